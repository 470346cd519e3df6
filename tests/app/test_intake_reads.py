"""What became of letters that could not be read, and of those that were read on knowledge since overtaken."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailbot.app import intake
from mailbot.ports.store import LetterState
from mailbot.reading.whole import Guide, LookUp, Seen, Unread
from tests.app.houses import CHIEF, DIRECTOR, STAFF, UNIT, House, house, news
from tests.fakes.mail import InlineReader


@dataclass
class ScriptedReader(InlineReader):
    """Fails for letters that say so, as often as it is told to; and remembers how many it read at a time."""

    fails: Unread | None = None
    times: int = 99
    read_together: list[int] = field(default_factory=list)

    async def read(
        self, raws: Sequence[bytes], guide: Guide, now: datetime, look_up: LookUp
    ) -> list[Seen | Unread]:
        self.read_together.append(len(raws))
        answers = await super().read(raws, guide, now, look_up)
        for place, raw in enumerate(raws):
            if b"Bozuk" in raw and self.fails and self.times:
                self.times -= 1
                answers[place] = self.fails
        return answers


def _with(h: House, reader: ScriptedReader) -> None:
    h.change(reader=reader)


async def _both(h: House) -> None:
    """A broken letter and a good one behind it."""
    h.inbox.put(h.mail(CHIEF, "Bozuk", "Bozuk"), h.clock.now())
    await h.open()


def test_poison_is_set_aside_at_once_and_the_next_one_is_handled(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            _with(h, ScriptedReader(fails=Unread("2 saniyede okunamadı", poison=True)))
            await _both(h)
            (aside,) = h.letters(LetterState.SET_ASIDE)
            assert (aside.attempts, aside.reason) == (1, "2 saniyede okunamadı")
            assert len(h.mails(CHIEF, "bekletilen-ileti")) == 1
            assert len(h.letters(LetterState.HANDLED)) == 1

    asyncio.run(play())


def test_what_was_not_the_letters_fault_is_tried_again_soon(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            _with(h, ScriptedReader(fails=Unread("okuma işlemi durdu", poison=False), times=2))
            await _both(h)
            assert len(h.letters(LetterState.FAILED)) == 1
            h.forward(seconds=4)
            await h.settle()
            assert h.letters(LetterState.FAILED)[0].attempts == 1
            h.forward(seconds=1)
            await h.settle()
            assert h.letters(LetterState.FAILED)[0].attempts == 2
            h.forward(seconds=30)
            await h.settle()
            assert not h.letters(LetterState.FAILED, LetterState.SET_ASIDE)
            assert not h.mails(CHIEF, "bekletilen-ileti")

    asyncio.run(play())


def test_the_third_failure_sets_it_aside(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            _with(h, ScriptedReader(fails=Unread("okuma işlemi durdu", poison=False)))
            await _both(h)
            for seconds in (5, 30):
                assert not h.letters(LetterState.SET_ASIDE)
                h.forward(seconds=seconds)
                await h.settle()
            assert h.letters(LetterState.SET_ASIDE)[0].attempts == 3

    asyncio.run(play())


def test_a_letter_is_read_again_where_one_before_it_changed_what_it_was_read_on(tmp_path: Path) -> None:
    """The same mail by three ways in one batch: when both were read, neither was a duplicate."""

    async def play() -> None:
        async with house(tmp_path) as h:
            reader = ScriptedReader()
            _with(h, reader)
            raw = h.mail(STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT)
            for number in range(3):
                h.inbox.put(b"X-Copy: %d\r\n" % number + raw, h.clock.now())
            await h.settle()
            assert reader.read_together == [3, 1, 1]
            assert [letter.state for letter in h.letters()] == [
                LetterState.HANDLED, LetterState.DUPLICATE, LetterState.DUPLICATE,
            ]  # fmt: skip
            assert len(h.items()) == 1

    asyncio.run(play())


def test_letters_are_decided_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    """The words that stop an item and those that let it go on again come in one batch."""

    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            asked = h.mails(DIRECTOR, "haber-mudur-onayi")[-1]
            headers = (("In-Reply-To", str(asked["Message-ID"])),)
            for words in ("Başlık daha kısa olsun.", "Uygundur."):
                raw = h.mail(DIRECTOR, f"Ynt: {asked['Subject']}", words, headers=headers)
                h.inbox.put(raw, h.clock.now())
            await h.settle()
            assert h.item().stage == "taslak"  # the approval came behind the wish, to a text that is old

    asyncio.run(play())


def test_large_letters_are_read_one_at_a_time(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            reader = ScriptedReader()
            _with(h, reader)
            large = "x" * 70 + "\r\n"
            body = news() + large * (intake.BATCH_BYTES * 2 // 3 // len(large))
            for number in range(3):
                raw = h.mail(STAFF, f"Haber onayı: {number}. stant", body, to=DIRECTOR, cc=UNIT)
                h.inbox.put(raw, h.clock.now())
            await h.settle()
            assert reader.read_together[:3] == [1, 1, 1]

    asyncio.run(play())


def test_what_was_read_ahead_is_left_to_the_next_start(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            for number in range(3 * intake.BATCH):
                raw = h.mail(STAFF, f"Haber onayı: {number}. stant", news(f"{number}. stant"), cc=UNIT)
                h.inbox.put(raw, h.clock.now())
            await h.service.intake.look(h.parts.watched[0])
            await h.service.intake.handle()
            h.service.intake.let_go()
            await h.restart()
            assert len(h.letters(LetterState.HANDLED)) == 3 * intake.BATCH

    asyncio.run(play())
