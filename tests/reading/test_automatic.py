"""Machine mail is told from people's, with and without headers."""
# ruff: noqa: E501 - the words of a mail stay in one line

from __future__ import annotations

from datetime import date

import pytest

from mailbot.core.values import Address
from mailbot.reading.automatic import AutoKind, Strength, read_automatic
from tests.reading.letters import a_letter


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("Auto-Submitted", "auto-replied", AutoKind.AUTO_REPLY),
        ("Auto-Submitted", "auto-generated; owner=x", AutoKind.AUTO_REPLY),
        ("X-Autoreply", "yes", AutoKind.AUTO_REPLY),
        ("Precedence", "auto_reply", AutoKind.AUTO_REPLY),
        ("Precedence", "bulk", AutoKind.LIST),
        ("List-Id", "<bulten.example>", AutoKind.LIST),
        ("Return-Path", "<>", AutoKind.AUTO_REPLY),
        ("X-MS-Exchange-Inbox-Rules-Loop", "mudur@denizli-ism.example", AutoKind.AUTO_REPLY),
    ],
)
def test_headers_are_certain_whatever_the_words_say(name: str, value: str, kind: AutoKind) -> None:
    found = read_automatic(a_letter("Onay", headers={name: value}), "Onay")
    assert found is not None
    assert (found.kind, found.strength) == (kind, Strength.HEADER)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "no"),
        ("X-Auto-Response-Suppress", "All"),
        ("Return-Path", "<a@b.example>"),
        ("X-Autoreply", "no"),
    ],
)
def test_headers_that_prove_nothing(name: str, value: str) -> None:
    assert read_automatic(a_letter("Uygundur.", headers={name: value}), "Uygundur.") is None


@pytest.mark.parametrize(
    "words",
    [
        "23-27 Kasım tarihleri arasında yıllık izindeyim. Acil durumlarda Dr. Deniz Numune ile iletişime geçebilirsiniz.",
        "Şu anda ofis dışındayım. Dönüşümde e-postanızı yanıtlayacağım.",
        "Su an ofis disindayim, 30.11.2026 tarihine kadar e-postalarima bakamiyorum.",
        "Yıllık izinde olacağım için e-postanıza 1 Aralık'tan sonra dönüş yapacağım.",
        "Bu otomatik bir mesajdır, lütfen yanıtlamayınız.",
        "Bu e-posta otomatik olarak oluşturulmuştur.",
        "E-postanız alınmıştır. En kısa sürede dönüş yapılacaktır.",
        "I am currently out of the office and will return on Monday.",
        "Raporluyum, acil konular için nobetci@hsgm-sm.example adresine yazınız.",
    ],
)
def test_absence_notes_without_any_header(words: str) -> None:
    found = read_automatic(a_letter(words, subject="Ynt: Haber"), words)
    assert found is not None
    assert found.kind is AutoKind.AUTO_REPLY


@pytest.mark.parametrize(
    "words",
    [
        "İzindeyim ama uygundur.",
        "İzindeyim, telefondan yazıyorum, onaylıyorum.",
        "Bu hafta izinli olduğum için bakamadım. İkinci paragraf çıkarılsın.",
        "Müdür Bey izinde, dönüşünü bekleyelim.",
        "Toplantıdayım, dönüşte bakacağım.",
        "Uygundur.",
        "Tamam, yıllık iznim bitince görüşelim.",
        "",
    ],
)
def test_people_who_mention_leave_are_people(words: str) -> None:
    assert read_automatic(a_letter(words, subject="Ynt: Haber"), words) is None


@pytest.mark.parametrize(
    "subject",
    [
        "Otomatik yanıt: Haber",
        "OTOMATİK YANIT: Haber",
        "Automatic reply: Haber",
        "Out of Office Re: Haber",
        "Ofis Dışında: Haber",
        "Re: Otomatik cevap: Haber",
    ],
)
def test_subjects_that_say_so(subject: str) -> None:
    found = read_automatic(
        a_letter("Onay süreçleri için teşekkürler.", subject=subject), "Onay süreçleri için teşekkürler."
    )
    assert found is not None
    assert found.strength is Strength.SUBJECT


def test_until_when_and_who_stands_in() -> None:
    words = "23-27 Kasım tarihleri arasında izindeyim. Acil durumlarda Dr. Deniz Numune ile iletişime geçebilirsiniz: deniz.numune@denizli-ism.example"
    found = read_automatic(a_letter(words), words)
    assert found is not None
    assert found.until == date(2026, 11, 27)
    assert found.deputy == "Dr. Deniz Numune"
    assert found.deputy_address == Address("deniz.numune@denizli-ism.example")


def test_receipts_and_calendar_answers() -> None:
    receipt = read_automatic(a_letter("", report_type="disposition-notification"), "")
    assert receipt is not None
    assert receipt.kind is AutoKind.READ_RECEIPT
    answer = read_automatic(a_letter("", subject="Kabul Edildi: Toplantı", calendar_method="REPLY"), "")
    assert answer is not None
    assert answer.kind is AutoKind.CALENDAR_REPLY
    assert (
        read_automatic(
            a_letter("Haber metni kabul edildi.", subject="Kabul edildi: Haber metni"),
            "Haber metni kabul edildi.",
        )
        is None
    )
