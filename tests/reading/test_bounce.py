"""Delivery reports: by RFC 3464 first, by providers' words second."""
# ruff: noqa: E501 - the words of a mail stay in one line

from __future__ import annotations

import pytest

from mailbot.core.letter import DeliveryStatus
from mailbot.core.values import Address, MessageId, Token
from mailbot.reading.bounce import read_bounce
from tests.reading.letters import a_letter, samples

DAEMON = "mailer-daemon@posta.example"


def status(action: str, code: str = "5.1.1", recipient: str = "a@b.example") -> DeliveryStatus:
    return DeliveryStatus(Address(recipient), action, code, "smtp; 550 no such user")


def test_a_report_names_each_recipient() -> None:
    letter = a_letter(
        sender=DAEMON,
        report_type="delivery-status",
        delivery=(
            status("failed"),
            status("delayed", "4.4.1", "c@d.example"),
            status("delivered", "2.0.0", "e@f.example"),
        ),
        original_id="<k0123456789abc.1@denizli-ism.example>",
    )
    found = read_bounce(letter)
    assert [(str(b.recipient), b.permanent) for b in found] == [("a@b.example", True), ("c@d.example", False)]
    assert found[0].original_id == MessageId("<k0123456789abc.1@denizli-ism.example>")


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_success_is_no_bounce(action: str) -> None:
    assert (
        read_bounce(
            a_letter(sender=DAEMON, report_type="delivery-status", delivery=(status(action, "2.0.0"),))
        )
        == ()
    )


@pytest.mark.parametrize(
    "sample", [s for s in samples("letters/kinds.jsonl") if "recipient" in s.row], ids=lambda s: s.id
)
def test_providers_words(sample: object) -> None:
    row, letter = sample.row, sample.letter  # type: ignore[attr-defined]
    (bounce,) = read_bounce(letter)
    assert str(bounce.recipient) == row["recipient"]
    assert bounce.permanent == (row["kind"] == "bounce_failed")


def test_the_key_and_the_message_id_in_a_repeated_header() -> None:
    letter = a_letter(
        "Teslim edilemedi.\n<x@y.example>: 550 5.1.1 user unknown\n\nMessage-ID: <m1@denizli-ism.example>\nReply-To: basin+k0123456789abc@denizli-ism.example",
        sender=DAEMON,
        subject="Teslim edilemedi",
    )
    (bounce,) = read_bounce(letter)
    assert bounce.original_id == MessageId("<m1@denizli-ism.example>")
    assert bounce.tokens == (Token("k0123456789abc"),)
    assert bounce.status == "5.1.1"


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Metin teslim edilemedi diye not düşmüşler, tekrar gönderin.", "Ynt: Teslim edilemedi"),
        ("Haber bize ulaşmadı, adresi bulunamadı yazıyor.", "Haber"),
    ],
)
def test_a_person_who_speaks_of_delivery_is_no_report(body: str, subject: str) -> None:
    assert read_bounce(a_letter(body, subject=subject)) == ()


def test_an_absence_note_with_an_empty_return_path_is_no_bounce() -> None:
    letter = a_letter(
        "27 Kasım'a kadar izindeyim.", subject="Otomatik yanıt: Haber", headers={"Return-Path": "<>"}
    )
    assert read_bounce(letter) == ()
