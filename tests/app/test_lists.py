"""`mailbot lists`: import and export in three forms, every bad row told, and nothing half written."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mailbot.adapters.contactfiles import read_rows, written
from mailbot.app.cli import main
from mailbot.app.init import create, make_plan
from mailbot.core.rules import Person
from mailbot.core.values import Address
from mailbot.rulebook.contacts import read_contacts
from mailbot.rulebook.load import load
from tests.app.houses import UNIT

LIST = "yerel-basin"

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: its status, the objects on stdout, the words on stderr."""

    def command(*words: str) -> tuple[int, list[dict[str, Any]], str]:
        status = main(words)
        out, err = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines() if line.startswith("{")], err

    return command


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh directory from init, entered."""
    monkeypatch.setenv("MAILBOT_PASSWORD", "gizli")
    monkeypatch.delenv("MAILBOT_CONFIG", raising=False)
    folder = tmp_path / "birim"
    create(folder, make_plan({"unit_address": UNIT}, None))
    monkeypatch.chdir(folder)
    return folder


def members(folder: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {str(p.address): (p.name, p.groups) for p in load(folder / "rules").book.lists[LIST].members}


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Boş sayfa"])
    sheet = book.create_sheet("Basın")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


CSV = (
    "Kurum;E-posta;Grup\r\n"
    "Yeni Gazete;haber@yeni.example;gazete\r\n"
    "Ege TV;haber@ege.example;tv\r\n"
    "Adressiz;;\r\n"
    'Kötü "\r\nBcc: kurban@x.example";kotu@x.example;\r\n'
    '"Kötü\r\nBcc: kurban@x.example";kotu@x.example;\r\n'
    "Ege TV;HABER@EGE.example;internet\r\n"
).encode("cp1254")


def test_good_rows_are_taken_and_bad_ones_told(run: Run, unit: Path) -> None:
    (unit / "basin.csv").write_bytes(CSV)
    before = members(unit)
    status, _, said = run("lists", "import", LIST, "basin.csv", "--bad-rows", "kotu.csv")
    assert status == 1
    assert "Windows-1254 (Türkçe Excel) olarak okundu" in said
    assert "satır 4: E-posta adresi yok" in said
    assert "satır sonu ya da denetim karakteri var" in said
    assert "\x1b" not in said
    assert "2 alıcı eklendi, 0 güncellendi, 0 çıkarıldı; 4 satır alınmadı" in said
    after = members(unit)
    assert after.pop("haber@yeni.example") == ("Yeni Gazete", ("gazete",))
    assert after.pop("haber@ege.example") == ("Ege TV", ("tv", "internet"))
    assert after == before
    assert (unit / "kotu.csv").read_text("utf-8-sig").count("\n") == 5
    directory = (unit / "rules" / "directory.toml").read_text("utf-8")
    assert directory.count('file       = "lists/yerel-basin.csv"\n') == 1


def test_an_import_again_changes_only_what_the_file_says(run: Run, unit: Path) -> None:
    (unit / "a.csv").write_bytes(b"e-posta;ad;grup\na@x.example;Bir;gazete\nb@x.example;Iki;tv\n")
    (unit / "b.csv").write_bytes(b"e-posta;ad;grup\na@x.example;Yeni Ad;radyo\n")
    assert run("lists", "import", LIST, "a.csv")[0] == 0
    assert "Deneme: 0 alıcı eklendi, 1 güncellendi" in run("lists", "import", LIST, "b.csv", "--dry-run")[2]
    assert members(unit)["a@x.example"] == ("Bir", ("gazete",))
    assert run("lists", "import", LIST, "b.csv")[0] == 0
    assert members(unit)["a@x.example"] == ("Yeni Ad", ("gazete", "radyo"))
    assert "b@x.example" in members(unit)
    status, _, said = run("lists", "import", LIST, "b.csv", "--replace")
    assert (status, "0 alıcı eklendi, 1 güncellendi, 1 çıkarıldı" in said) == (0, True)
    assert "b@x.example" not in members(unit)
    assert members(unit)["a@x.example"] == ("Yeni Ad", ("radyo",))


def test_who_left_does_not_come_back_by_an_import(run: Run, unit: Path) -> None:
    (unit / "a.csv").write_bytes(b"e-posta\na@x.example\nb@x.example\n")
    assert run("lists", "remove", "A@x.example")[0] == 0
    assert run("lists", "remove", "a@x.example")[0] == 1
    status, _, said = run("lists", "import", LIST, "a.csv")
    assert status == 1
    assert "mailbot lists restore a@x.example" in said
    assert "a@x.example" not in members(unit)
    assert run("lists", "restore", "a@x.example")[0] == 0
    assert run("lists", "import", LIST, "a.csv")[0] == 0
    assert "a@x.example" in members(unit)


def test_rules_that_would_not_hold_are_left_as_they_were(
    run: Run,
    unit: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (unit / "a.csv").write_bytes(b"e-posta\na@x.example\n")
    directory = unit / "rules" / "directory.toml"
    before = directory.read_bytes()
    monkeypatch.setattr("mailbot.app.lists.csv_of", lambda people: b"e-posta\nbozuk\n")
    status, _, said = run("lists", "import", LIST, "a.csv")
    assert status == 1
    assert "her şey eski hâlinde" in said
    assert directory.read_bytes() == before
    assert list((unit / "rules" / "lists").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"PK\x03\x04 bozuk", "Excel dosyası olarak okunamadı"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 500, "eski bir Excel dosyası"),
        ("a.vcf", b"BEGIN:VCARD\r\nFN:x", "kart"),
        ("a.csv", b"", "hiç satır yok"),
        ("a.csv", b"\0\1\2", "metin dosyası değil"),
    ],
)
def test_a_file_that_is_none_changes_nothing(
    run: Run,
    unit: Path,
    name: str,
    data: bytes,
    words: str,
) -> None:
    (unit / name).write_bytes(data)
    before = members(unit)
    status, _, said = run("lists", "import", LIST, name)
    assert status == 1
    assert words in said
    assert "Traceback" not in said
    assert members(unit) == before


def test_a_workbook_that_unpacks_without_end_is_refused(run: Run, unit: Path) -> None:
    with zipfile.ZipFile(unit / "bomba.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    status, _, said = run("lists", "import", LIST, "bomba.xlsx")
    assert status == 1
    assert "çok büyüyor" in said


def test_excel_and_cards(tmp_path: Path) -> None:
    sheet = tmp_path / "a.xlsx"
    sheet.write_bytes(workbook(("Ad", "E-posta", "Telefon"), ("Işık TV", "haber@isik.example", 2580000000)))
    rows, _ = read_rows(sheet)
    assert [(r.number, r.cells["address"], r.cells["name"]) for r in rows] == [
        (2, "haber@isik.example", "Işık TV")
    ]
    card = tmp_path / "a.vcf"
    card.write_bytes(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Çamlık Postası\r\nN:;Çamlık;;;\r\nORG:Çamlık;Haber\r\n"
        "EMAIL;TYPE=HOME:ev@camlik.example\r\nEMAIL;TYPE=WORK,PREF:haber@camlik.example\r\n"
        "CATEGORIES:Gazete,Yerel\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kötü\\nBcc: kurban@x.example\r\nN:Kötü;;;;\r\n"
        "EMAIL:kotu@x.example\r\nEND:VCARD\r\n".encode()
    )
    found = read_contacts(read_rows(card)[0])
    assert [(str(p.address), p.name, p.groups) for p in found.people] == [
        ("haber@camlik.example", "Çamlık Postası", ("gazete", "yerel"))
    ]
    assert [(b.number, "satır sonu" in b.why) for b in found.bad] == [(2, True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "vcf"])
def test_what_is_exported_is_imported_again(tmp_path: Path, kind: str) -> None:
    people = (
        Person(Address("a@x.example"), "Çamlık Postası", groups=("gazete", "yerel")),
        Person(Address("b@x.example"), "=1+1"),
        Person(Address("c@x.example")),
    )
    file = tmp_path / f"liste.{kind}"
    file.write_bytes(written(people, kind))
    found = read_contacts(read_rows(file)[0])
    assert found.bad == ()
    assert [(p.address, p.groups) for p in found.people] == [(p.address, p.groups) for p in people]
    assert [p.name for p in found.people][:2] == ["Çamlık Postası", "=1+1"]
    if kind == "xlsx":
        cell = openpyxl.load_workbook(file).active["B3"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_show_and_export(run: Run, unit: Path) -> None:
    run("lists", "remove", "haber@travertenhaber.example")
    status, rows, _ = run("lists", "show", "--json")
    assert status == 0
    assert {"list": LIST, "name": "Yerel basın", "members": 17, "left": 1, "file": ""} in rows
    _, people, _ = run("lists", "show", LIST, "--json")
    assert [p["address"] for p in people if p["left"]] == ["haber@travertenhaber.example"]
    assert run("lists", "export", LIST, "liste.xlsx")[0] == 0
    assert len(read_rows(unit / "liste.xlsx")[0]) == 18
    assert run("lists", "export", LIST, "liste.doc")[0] == 2
    assert "Şunu mu demek istediniz: “yerel-basin”?" in run("lists", "show", "yerel-basn")[2]
    assert run("lists", "remove", "kim")[0] == 2
