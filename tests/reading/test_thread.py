"""Marks of an item or an ask, and the order in which they are believed."""

from __future__ import annotations

from mailbot.core.values import ItemRef, MessageId, Token
from mailbot.reading.thread import Place, traces
from tests.reading.letters import a_letter, fresh

ONE, TWO = "k0123456789abc", "kzyxwvtsrqpnmk"


def test_a_key_is_found_in_every_place() -> None:
    for letter, words, place in (
        (a_letter(subject=f"Ynt: [DNZ-HBR-2026-0147 {ONE}] Haber"), fresh("Onay"), Place.SUBJECT),
        (a_letter(to=[f"basin+{ONE}@denizli-ism.example"]), fresh("Onay"), Place.ADDRESS),
        (
            a_letter(headers={"Delivered-To": f"basin+{ONE}@denizli-ism.example"}),
            fresh("Onay"),
            Place.ADDRESS,
        ),
        (a_letter(in_reply_to=[f"<{ONE}.1@denizli-ism.example>"]), fresh("Onay"), Place.REPLY),
        (a_letter(references=[f"<{ONE}.1@denizli-ism.example>"]), fresh("Onay"), Place.REFERENCES),
        (a_letter(), fresh("Onay", quoted=f"> Kayıt no: DNZ-HBR-2026-0147 / Sürüm 1 / {ONE}"), Place.QUOTED),
        (a_letter(), fresh(f"Onay {ONE}"), Place.TEXT),
    ):
        found = traces(letter, words)
        assert found.tokens == (Token(ONE),)
        assert found.place_of(Token(ONE)) is place


def test_what_was_typed_into_the_subject_beats_the_thread() -> None:
    letter = a_letter(subject=f"[DNZ-HBR-2026-0001 {TWO}]", in_reply_to=[f"<{ONE}@denizli-ism.example>"])
    assert traces(letter, fresh("Onay")).tokens == (Token(TWO), Token(ONE))


def test_references_are_taken_from_the_nearest() -> None:
    letter = a_letter(
        in_reply_to=["<3@a.example>"], references=["<1@a.example>", "<2@a.example>", "<3@a.example>"]
    )
    assert traces(letter, fresh("")).message_ids == (
        MessageId("<3@a.example>"),
        MessageId("<2@a.example>"),
        MessageId("<1@a.example>"),
    )


def test_two_items_in_one_reply_are_split() -> None:
    letter = a_letter(subject="Ynt: [DNZ-HBR-2026-0001] Haber")
    assert traces(letter, fresh("DNZ-HBR-2026-0001 ve DNZ-HBR-2026-0002 uygundur")).split
    assert not traces(letter, fresh("Uygundur", quoted="DNZ-HBR-2026-0002")).split


def test_a_reference_in_a_quotation_is_kept_behind_the_subject() -> None:
    letter = a_letter(subject="Ynt: [DNZ-HBR-2026-0001] Haber")
    found = traces(letter, fresh("", quoted="DNZ-TVP-2026-0002"))
    assert found.refs == (ItemRef("DNZ", "HBR", 2026, 1), ItemRef("DNZ", "TVP", 2026, 2))


def test_a_letter_without_marks() -> None:
    found = traces(a_letter("Merhaba"), fresh("Merhaba"))
    assert (found.tokens, found.refs, found.message_ids) == ((), (), ())
