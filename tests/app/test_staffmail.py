"""Orders of the staff, as they write them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from mailbot.core.item import AskState
from tests.app.houses import CHIEF, DIRECTOR, PRESS, STAFF, House, house, news, text


async def asked(h: House) -> None:
    await h.open(news(where=PRESS))
    await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")


def state(h: House, office: str) -> AskState:
    return next(ask.state for ask in h.item().asks if ask.office == office)


@pytest.mark.parametrize("office", ["GM", "ilgili genel müdürlük", "hsgm"])
def test_the_general_directorate_of_the_item_need_not_be_named(tmp_path: Path, office: str) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await asked(h)
            await h.answer(STAFF, f"SÖZLÜ ONAY: {office}, 17.10, Basın Masası", "kayit-acildi")
            assert state(h, "hsgm") is AskState.VERBAL

    asyncio.run(play())


def test_a_waiver_needs_its_reason_also_where_the_office_is_not_named(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await asked(h)
            await h.answer(STAFF, "FERAGAT: ilgili genel müdürlük", "kayit-acildi")
            assert state(h, "hsgm") is AskState.OPEN
            assert "gerekçe" in text(h.mails(STAFF, "hatali-ileti")[-1])
            chief = h.mail(CHIEF, f"[{h.item().ref}]", "FERAGAT: GM - yazım farkı")
            await h.arrive(chief)
            waived = next(ask for ask in h.item().asks if ask.office == "hsgm")
            assert waived.state is AskState.WAIVED
            assert waived.answer is not None
            assert waived.answer.words == "yazım farkı"

    asyncio.run(play())


@pytest.mark.parametrize("office", ["kaymakamlık", ""])
def test_an_office_that_is_none_is_asked_for_with_those_that_are(tmp_path: Path, office: str) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await asked(h)
            order = f"FERAGAT: {office} - genel müdürlük telefonla bildirdi"
            await h.answer(STAFF, order, "kayit-acildi")
            assert state(h, "hsgm") is AskState.OPEN
            assert "Bu kaydın makamları: Müdür, Bakanlık" in text(h.mails(STAFF, "hatali-ileti")[-1])

    asyncio.run(play())
