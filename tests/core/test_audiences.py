"""A distribution reaches everybody once, and nobody who left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.core.leaving import lists_of, wished, without
from mailbot.core.outcome import Purpose
from mailbot.core.rules import Person, Rulebook, Tell
from mailbot.core.values import Address
from tests.core.books import BOOK, DIRECTOR, EXTERNALS
from tests.core.drive import Drive

PRESS = BOOK.lists["yerel-basin"]
AGENCY = Address("haber@ajans.example")


def two_lists(template: str) -> Rulebook:
    """A release to the press and to the agencies, one of which is on both lists."""
    agencies = replace(
        PRESS, id="ajanslar", name="Ajanslar", members=(Person(AGENCY), Person(Address("b@ajans.example")))
    )
    news = BOOK.workflows["news"]
    stages = tuple(
        replace(stage, tell=(*stage.tell, Tell("list:ajanslar", template))) if stage.gate else stage
        for stage in news.stages
    )
    return replace(
        BOOK,
        lists={**BOOK.lists, "ajanslar": agencies},
        workflows={"news": replace(news, stages=stages)},
    )


def released(book: Rulebook) -> Drive:
    run = Drive(book).open().approve(DIRECTOR)
    for office in EXTERNALS:
        run.approve(office)
    run.wait(timedelta(minutes=10))
    return run


def test_who_is_on_two_lists_gets_the_release_once() -> None:
    run = released(two_lists("haber-servis"))
    copies = [m for m in run.last.mails if m.purpose is Purpose.RELEASE]
    addresses = [str(r.address) for m in copies for r in m.to]
    assert addresses == ["haber@gazete.example", "haber@ajans.example", "b@ajans.example"]
    assert [m.mailing for m in copies] == [("yerel-basin", "Yerel basın"), ("ajanslar", "Ajanslar")]
    notices = [m for m in run.outcomes[-2].mails if m.template == "duraklama-bildirimi"]
    assert {m.values["recipients"] for m in notices} == {3}


def test_another_mail_to_another_list_still_goes_to_both() -> None:
    run = released(two_lists("haber-bilgi"))
    copies = [m for m in run.last.mails if m.purpose is Purpose.RELEASE]
    assert [len(m.to) for m in copies] == [2, 2]


def test_a_list_whose_members_were_all_reached_is_not_called_empty() -> None:
    book = two_lists("haber-servis")
    same = replace(book.lists["ajanslar"], members=PRESS.members)
    run = released(replace(book, lists={**book.lists, "ajanslar": same}))
    assert [m.template for m in run.last.mails if m.template in ("hatali-ileti", "haber-servis")] == [
        "haber-servis"
    ]


def test_who_left_is_on_no_list() -> None:
    book = without(BOOK, {AGENCY})
    assert [str(p.address) for p in book.lists["yerel-basin"].members] == ["haber@gazete.example"]
    assert lists_of(book, AGENCY) == ()
    assert lists_of(BOOK, AGENCY) == ("Yerel basın",)
    assert without(BOOK, ()) is BOOK


@pytest.mark.parametrize(
    ("subject", "address"),
    [
        ("YNT: Listeden çıkma isteği: haber@ajans.example", "haber@ajans.example"),
        ("Re: Listeden çıkma isteği:  haber@ajans.example", None),
        ("Listeden çıkma isteği: haber", None),
        ("Haber", None),
    ],
)
def test_the_address_of_a_wish_is_read_from_its_subject(subject: str, address: str | None) -> None:
    found = wished(subject)
    assert (str(found) if found else None) == address
