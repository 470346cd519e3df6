"""Orders in the words people use; what moves an item forward only where the line says exactly that."""
# ruff: noqa: E501 - the words of a mail stay in one line

from __future__ import annotations

from datetime import date, datetime

import pytest

from mailbot.core.command import Command, PublishedLink, Unknown, Verb
from mailbot.core.decision import Decision
from mailbot.reading.command import EXAMPLES, read_commands
from tests.reading.letters import the_calendar, the_directory

EVENING = datetime.fromisoformat("2026-11-24T17:30:00+03:00")


def read(words: str) -> tuple[Command | Unknown, ...]:
    return read_commands(words, directory=the_directory(), calendar=the_calendar(), now=EVENING)


def one(words: str) -> Command:
    (command,) = read(words)
    assert isinstance(command, Command)
    return command


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("DURDUR", Verb.STOP),
        ("durdurun lütfen", Verb.STOP),
        ("Bu haberi durduralım", Verb.STOP),
        ("Haberi yayınlamayın!", Verb.STOP),
        ("Merhaba,\nlütfen bekletelim", Verb.STOP),
        ("Devam", Verb.RESUME),
        ("Devam edebilirsiniz", Verb.RESUME),
        ("Geri çekin", Verb.WITHDRAW),
        ("GERI CEK", Verb.WITHDRAW),
        ("iptal", Verb.CANCEL),
        ("Yarınki etkinlik hava muhalefeti nedeniyle iptal edildi", Verb.CANCEL),
        ("kapat", Verb.CLOSE),
        ("Bu kaydı kapatalım", Verb.CLOSE),
        ("durum nedir", Verb.STATUS),
        ("YARDIM", Verb.HELP),
        ("Açık işler", Verb.OPEN_ITEMS),
        ("BUGÜN", Verb.TODAY),
        ("NOT: fotoğrafçı arandı", Verb.NOTE),
        ("EBYS: E-12345678-000-1234", Verb.EBYS),
        ("YENİ SÜRÜM", Verb.NEW_VERSION),
        ("ÇIKAR", Verb.UNLIST),
        ("Çıkarınız", Verb.UNLIST),
        ("yayın düzeltme: yer Gökpınar olacak", Verb.CORRECTED),
    ],
)
def test_orders_in_the_words_people_use(words: str, verb: Verb) -> None:
    assert one(words).verb is verb


@pytest.mark.parametrize("verb", list(Verb))
def test_every_example_is_understood_as_its_own_order(verb: Verb) -> None:
    first = read(EXAMPLES[verb])[0]
    assert isinstance(first, Command)
    assert (first.verb, first.lacking) == (verb, "")


@pytest.mark.parametrize(
    "words",
    [
        "Elinize sağlık",
        "devam etmeyin",
        "durdurmayın",
        "iptal etmeyelim",
        "kapatmayın",
        "Valilik telefonla onay vermedi",
        "Valilik telefonla onay verecek",
        "Bakanlık telefonla onay verdi mi?",
        "Sanırım bakanlık telefonla onay verdi",
        "Bakanlık onay verdi",
        "basına mı gitsin siteye mi",
        "bugünkü toplantı ertelenmedi",
        "",
    ],
)
def test_what_is_no_order(words: str) -> None:
    (unknown,) = read(words)
    assert isinstance(unknown, Unknown)


@pytest.mark.parametrize(
    ("words", "decision", "note"),
    [
        ("KARAR: ONAY", Decision.APPROVE, ""),
        ("karar : ret", Decision.REJECT, ""),
        ("Karar: reddedildi", Decision.REJECT, ""),
        ("KARAR: DÜZELTME ikinci cümle çıksın", Decision.REVISE, "ikinci cümle çıksın"),
    ],
)
def test_rulings(words: str, decision: Decision, note: str) -> None:
    command = one(words)
    assert (command.verb, command.decision, command.text, command.lacking) == (Verb.RULE, decision, note, "")


@pytest.mark.parametrize(
    "words",
    [
        "KARAR: onay değil",
        "KARAR: onay mı",
        "KARAR: ONAY ya da RET",
        "KARAR: onay verilmedi",
        "KARAR:",
        "KARAR: onay bekleniyor",
        "KARAR: onay ancak başlık değişsin",
    ],
)
def test_a_ruling_that_is_not_plain_approves_nothing(words: str) -> None:
    assert all(not (isinstance(c, Command) and c.decision is Decision.APPROVE) for c in read(words))


def test_a_verbal_approval_names_office_time_and_person() -> None:
    command = one("SÖZLÜ ONAY: Bakanlık, 17.10, Ayşe Hanım")
    assert (command.office, command.text, command.lacking) == ("bakanlik", "Ayşe Hanım", "")
    assert command.at == datetime.fromisoformat("2026-11-24T17:10:00+03:00")


def test_a_verbal_approval_as_a_sentence() -> None:
    command = one(
        "Diyabet haberi için Bakanlık Basın Müşavirliği'nden nöbetçi görevli telefonla onay verdi, saat 16.00. Kayıt düşülsün."
    )
    assert (command.verb, command.office) == (Verb.VERBAL, "bakanlik")
    assert command.at == datetime.fromisoformat("2026-11-24T16:00:00+03:00")


def test_a_verbal_approval_without_office_or_time_lacks_them() -> None:
    assert one("SÖZLÜ ONAY: alındı").lacking == "makam, saat"


def test_a_waiver_needs_one_office_and_a_reason() -> None:
    full = one("FERAGAT: HSGM - yazım farkı, GM telefonla bildirildi")
    assert (full.verb, full.office, full.text, full.lacking) == (
        Verb.WAIVE,
        "hsgm",
        "yazım farkı, GM telefonla bildirildi",
        "",
    )
    assert one("VAZGEÇ: bakanlık").lacking == "gerekçe"
    assert "makam" in one("MUAFİYET: gerek görülmedi").lacking


@pytest.mark.parametrize(
    ("words", "to_press"),
    [("BASIN", True), ("basına", True), ("web", False), ("sadece web", False), ("basına gerek yok", False)],
)
def test_the_answer_to_where_it_goes(words: str, to_press: bool) -> None:
    assert one(words).to_press is to_press


def test_several_corrections_in_one_answer() -> None:
    found = read("basına gidecek, başkanlık Halk Sağlığı")
    assert [(c.verb, c.to_press, c.department) for c in found if isinstance(c, Command)] == [
        (Verb.DESTINATION, True, None),
        (Verb.DEPARTMENT, None, "halk-sagligi"),
    ]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("GM: HSGM", "hsgm"),
        ("MAKAM: Sağlık Hizmetleri Genel Müdürlüğü", "shgm"),
        ("GM: Acil Sağlık Hizmetleri GM", "ashgm"),
    ],
)
def test_the_general_directorate_is_set(words: str, office: str) -> None:
    assert one(words).office == office


def test_links_of_what_was_published() -> None:
    command = one(
        "YAYINDA\nhttps://denizli-ism.example/haber/1?utm_source=x\nX: https://kisa.example/a\nhttps://www.instagram.com/p/9/?igshid=1"
    )
    assert command.links == (
        PublishedLink("web", "https://denizli-ism.example/haber/1"),
        PublishedLink("X", "https://kisa.example/a"),
        PublishedLink("Instagram", "https://www.instagram.com/p/9/"),
    )
    assert one("YAYINDA").lacking == "yayın bağlantısı"


def test_links_alone_are_taken_and_links_with_other_matters_are_not() -> None:
    assert one("https://denizli-ism.example/haber/1").verb is Verb.PUBLISHED
    assert isinstance(read("Olumsuz haber: https://travertenhaber.example/n/1 bakar mısınız?")[0], Unknown)


def test_an_embargo_and_a_postponement_have_their_instants() -> None:
    assert one("AMBARGO: cumartesi 09.00").at == datetime.fromisoformat("2026-11-28T09:00:00+03:00")
    assert one("ERTELE: pazartesi 10.00").at == datetime.fromisoformat("2026-11-30T10:00:00+03:00")
    assert one("AMBARGO").lacking == "ambargonun günü ve saati"


def test_a_delegation_in_a_line_and_in_a_sentence() -> None:
    for words in (
        "VEKÂLET: müdür, 26-27 Kasım, Dr. Deniz Numune",
        "Sayın Müdürümüz 26-27 Kasım'da yıllık izinli, İl Sağlık Müdürlüğüne Dr. Deniz Numune vekalet edecek.",
    ):
        command = one(words)
        assert (command.verb, command.office, command.text) == (Verb.DEPUTY, "mudur", "Dr. Deniz Numune")
        assert (command.since, command.until) == (date(2026, 11, 26), date(2026, 11, 27))


def test_a_slip_is_answered_with_an_example() -> None:
    (unknown,) = read("DURDR")
    assert isinstance(unknown, Unknown)
    assert (unknown.nearest, unknown.example) == (Verb.STOP, "DURDUR")


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("SÖZLÜ ONAY: müdür, 17.10, Kaya Örnek", "mudur"),
        ("SÖZLÜ ONAY: ilgili genel müdürlük, 17.10, Basın Masası", None),
        ("SÖZLÜ ONAY: müdür yardımcısı, 17.10, Kaya Örnek", None),
        ("SÖZLÜ ONAY: şube müdürü, 17.10, Kaya Örnek", None),
        ("SÖZLÜ ONAY: Müdürlük, 17.10, Kaya Örnek", None),
        ("Hastane müdürü telefonla 17.10'da onay verdi", None),
        ("FERAGAT: valilik – yazım farkı, HSGM telefonla bildirdi", "valilik"),
        ("FERAGAT: kaymakamlık – valilik telefonla bildirdi", None),
        ("FERAGAT: valilik, bakanlık – yazım farkı", None),
    ],
)
def test_an_order_is_about_the_office_that_it_names(words: str, office: str | None) -> None:
    command = one(words)
    assert command.office == office
    assert bool(command.lacking) is (office is None)


@pytest.mark.parametrize(
    ("words", "verb", "address", "lacking"),
    [
        ("ÇIKAR", Verb.UNLIST, "", ""),
        ("ÇIKAR: Haber@Gazete.example", Verb.UNLIST, "haber@gazete.example", ""),
        ("Listeden çıkar - haber@gazete.example", Verb.UNLIST, "haber@gazete.example", ""),
        ("LİSTEYE AL: haber@gazete.example", Verb.RELIST, "haber@gazete.example", ""),
        ("Listeye ekleyin: haber@gazete.example", Verb.RELIST, "haber@gazete.example", ""),
        ("LİSTEYE AL", Verb.RELIST, "", "e-posta adresi"),
        ("Yeniden gönder: haber@gazete.example", Verb.RESEND, "haber@gazete.example", ""),
        ("TEKRAR GÖNDERİN haber@gazete.example", Verb.RESEND, "haber@gazete.example", ""),
    ],
)
def test_orders_about_one_address(words: str, verb: Verb, address: str, lacking: str) -> None:
    command = one(words)
    assert (command.verb, command.text, command.lacking) == (verb, address, lacking)


@pytest.mark.parametrize(
    "words",
    [
        "Çıkar şu ikinci cümleyi",
        "Çıkaralım mı?",
        "Yeniden gönderdim",
        "Tekrar gönderir misiniz",
        "Fotoğrafları yeniden gönderin",
        "ÇIKAR: a@x.example b@x.example",
        "Listeye alalım mı haber@gazete.example?",
    ],
)
def test_remarks_that_begin_alike_are_no_orders(words: str) -> None:
    (found,) = read(words)
    assert isinstance(found, Unknown)
    assert found.nearest is None
