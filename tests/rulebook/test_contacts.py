"""Contact lists as people keep them: each row becomes a person, or a sentence that says what to do."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from mailbot.core.rules import Person
from mailbot.core.values import Address
from mailbot.resources import rules_dir
from mailbot.rulebook.complaint import RulesRefused
from mailbot.rulebook.contacts import (
    Contacts,
    ContactsRefused,
    csv_of,
    decoded,
    read_contacts,
    rows_of,
    table_of,
)
from mailbot.rulebook.load import load

UNIT = Address("basin@denizli-ism.example")


def read(data: bytes) -> Contacts:
    text, _ = decoded(data)
    return read_contacts(rows_of(table_of(text)), unit=UNIT)


def people(found: Contacts) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(str(p.address), p.name, p.groups) for p in found.people]


def test_what_turkish_excel_writes() -> None:
    data = (
        "Yayın Organı;E-Posta Adresi;Grubu;Başlangıç\r\n"
        "Çamlık Postası;HABER@camlik.example;Gazete;01.12.2026\r\n"
        'Ege "Kuşağı" TV;haber@ege.example;TELEVİZYON, İnternet;\r\n'
        "\r\n"
        "Işık Radyo;mailto:haber@isik.example;Radyo;2026-12-01\r\n"
    ).encode("cp1254")
    text, note = decoded(data)
    assert note == "Windows-1254 (Türkçe Excel) olarak okundu"
    found = read_contacts(rows_of(table_of(text)), unit=UNIT)
    assert people(found) == [
        ("haber@camlik.example", "Çamlık Postası", ("gazete",)),
        ("haber@isik.example", "Işık Radyo", ("radyo",)),
    ]
    assert found.people[0].since == found.people[1].since == date(2026, 12, 1)
    assert [(b.number, b.why) for b in found.bad] == [
        (3, 'Ad yalnız ad içermeli; < > @ " işaretlerini siliniz.')
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1254"])
def test_separators_and_charsets(separator: str, charset: str) -> None:
    data = separator.join(("ad", "e-posta")) + "\n" + separator.join(("Şehir Ğündem", "a@b.example")) + "\n"
    assert people(read(data.encode(charset))) == [("a@b.example", "Şehir Ğündem", ())]


def test_without_headings_and_with_excel_s_hint() -> None:
    assert people(read(b"sep=;\nGazete X;x@x.example\n")) == [("x@x.example", "Gazete X", ())]
    assert people(read(b"x@x.example\ny@y.example\n")) == [("x@x.example", "", ()), ("y@y.example", "", ())]


def test_a_street_is_no_address() -> None:
    found = read("kurum,adres,e-posta\nGazete,Çınar Cad. 4,a@b.example\n".encode())
    assert people(found) == [("a@b.example", "Gazete", ())]


def test_an_address_that_comes_again_is_one_person_in_all_groups() -> None:
    found = read(b"e-posta;ad;grup\na@b.example;Ege;gazete\nA@B.example;;tv\na@b.example;Ege;gazete\n")
    assert people(found) == [("a@b.example", "Ege", ("gazete", "tv"))]
    assert found.bad == ()
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Gazete;", "E-posta adresi yok"),
        ("Gazete;haber@", "“haber@” bir e-posta adresi değil"),
        ("Gazete;gündem@şehir.example", "Adreste Türkçe harf olmaz"),
        ("Gazete;a@x.example; b@x.example", None),
        ('Gazete;"a@x.example; b@x.example"', "birden çok adres"),
        ("Gazete;a@x.example b@x.example", "birden çok adres"),
        ('"Gazete\r\nBcc: kurban@x.example";a@x.example', "“ad” sütununda satır sonu"),
        ('Gazete;"a@x.example\r\nBcc: kurban@x.example"', "“e-posta” sütununda satır sonu"),
        ("Gazete\u2028Bcc: kurban@x.example;a@x.example", "“ad” sütununda satır sonu"),
        ("Gazete <b@x.example>;a@x.example", "Ad yalnız ad içermeli"),
        ("Birim;basin+x@denizli-ism.example", "birimin kendi adresi"),
        ("x" * 130 + ";a@x.example", "en çok 120 harf"),
    ],
)
def test_each_bad_row_is_told(row: str, why: str | None) -> None:
    found = read(f"ad;e-posta\nİyi;iyi@x.example\n{row}\n".encode())
    assert [str(p.address) for p in found.people][:1] == ["iyi@x.example"]
    if why is None:
        assert found.bad == ()
        return
    assert len(found.people) == 1
    [bad] = found.bad
    assert bad.number in (3, 4)
    assert why in bad.why
    assert "\n" not in bad.words
    assert "\r" not in bad.words


def test_one_address_under_two_names_is_a_person_s_to_decide() -> None:
    found = read(b"ad;e-posta\nBir;a@x.example\nIki;a@x.example\n")
    assert [(b.number, b.why) for b in found.bad] == [
        (3, "2. satırda aynı adres başka bir adla var (“Bir”); birini siliniz.")
    ]


def test_days_that_are_none() -> None:
    found = read("ad;e-posta;bitiş\na;a@x.example;31.02.2026\nb;b@x.example;yarın\n".encode())
    assert [b.why.split("”")[1] for b in found.bad] == [" bir gün değil; 23.11.2026 biçiminde yazınız."] * 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "hiç satır yok"),
        (b"ad;telefon\nx;y\n", "ilk satıra sütun adlarını yazınız"),
        (b"PK\x03\x04\0\0", "CSV, XLSX ya da VCF"),
        (b"a@b.example\n" * 20_001, "20000 satırdan fazlası"),
        (b"x" * 5_000_001, "5 MB'tan büyük"),
        (b'"a@b.example\n' + b"x" * 200_000, "CSV olarak okunamadı"),
    ],
)
def test_a_file_that_is_no_list(data: bytes, words: str) -> None:
    with pytest.raises(ContactsRefused, match=words):
        read(data)


def test_what_is_written_is_read_again() -> None:
    person = Person(
        Address("a@b.example"), "=HYPERLINK(1)", salutation="Sayın İlgili", until=date(2026, 12, 31),
        groups=("gazete", "televizyon"),
    )  # fmt: skip
    data = csv_of([person, Person(Address("b@b.example"), "İki; üç")])
    assert b"'=HYPERLINK" in data
    found = read(data)
    assert found.people == (person, Person(Address("b@b.example"), "İki; üç"))


def rules_with(folder: Path, extra: str, csv: bytes | None = None, name: str = "tv.csv") -> Path:
    """The rules that come with us, with more lists."""
    shutil.copytree(rules_dir(), folder / "rules")
    directory = folder / "rules" / "directory.toml"
    directory.write_text(directory.read_text(encoding="utf-8") + extra, encoding="utf-8")
    if csv is not None:
        (folder / "rules" / "lists").mkdir()
        (folder / "rules" / "lists" / name).write_bytes(csv)
    return folder / "rules"


LIST = '\n[[list]]\nid = "{}"\nname = "Liste"\nsalutation = "Merhaba"\nclosing = "nezaket"\n{}\n'


def test_a_member_of_several_lists_is_one_member(tmp_path: Path) -> None:
    csv = "e-posta;ad;grup\ntv@x.example;X TV;tv\nher@x.example;Her Yer;tv, radyo\nradyo@x.example;R;radyo\n"
    extra = (
        LIST.format("yayin", 'file = "lists/tv.csv"')
        + LIST.format("tv", 'include = ["yayin"]\ngroups = ["TV"]')
        + LIST.format("hepsi", 'include = ["tv", "yayin", "bashekimler"]\npeople = ["her@x.example"]')
    )
    lists = load(rules_with(tmp_path, extra, csv.encode())).book.lists
    assert [str(p.address) for p in lists["tv"].members] == ["tv@x.example", "her@x.example"]
    everybody = [str(p.address) for p in lists["hepsi"].members]
    assert everybody[:3] == ["her@x.example", "tv@x.example", "radyo@x.example"]
    assert len(everybody) == len(set(everybody)) == 8


@pytest.mark.parametrize(
    ("extra", "csv", "words"),
    [
        (LIST.format("a", 'file = "../x.csv"'), None, "“lists/ad.csv” biçiminde"),
        (LIST.format("a", 'file = "lists/tv.csv"'), None, "“lists/tv.csv” dosyası yok"),
        (LIST.format("a", 'file = "lists/tv.csv"'), b"e-posta\nkim\n", "lists/tv.csv, satır 2: “kim”"),
        (LIST.format("a", 'file = "lists/tv.csv"'), b"", "lists/tv.csv: Dosyada hiç satır yok."),
        (LIST.format("a", 'file = "lists/tv.csv"'), b"ad;e-posta\nA\rB;a@x.example\n", "lists/tv.csv"),
        (LIST.format("a", 'include = ["yerel-basn"]'), None, "Şunu mu demek istediniz: “yerel-basin”?"),
        (
            LIST.format("a", 'include = ["b"]')
            + LIST.format("b", 'include = ["a"]\npeople = ["a@x.example"]'),
            None, "listeleri birbirini içeriyor",
        ),
        (LIST.format("a", 'include = ["yerel-basin"]\ngroups = ["tv"]'), None, "“a” listesi boş"),
    ],
)  # fmt: skip
def test_wrong_lists_refuse_the_rules(tmp_path: Path, extra: str, csv: bytes | None, words: str) -> None:
    with pytest.raises(RulesRefused) as refused:
        load(rules_with(tmp_path, extra, csv))
    assert words in str(refused.value)
