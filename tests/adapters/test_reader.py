"""Letters are read together in a process of their own, and one that is poison harms nobody else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot.adapters.reader import ProcessReader
from mailbot.app.gather import guide_of
from mailbot.core.facts import SenderRole
from mailbot.reading.whole import Known, Look, Seen, Unread
from mailbot.resources import rules_dir
from mailbot.rulebook.load import load

LOADED = load(rules_dir())
GUIDE = guide_of(LOADED.book, LOADED.lexicon)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
KNOWN = Known(SenderRole.OFFICE, asked=True, subject="", sent=(), echo=False, duplicate=False)

POISONED = """
import sys, os, signal, time
sys.path[:] = {path!r}
from mailbot.adapters import reading_process
really = reading_process.look
def poisoned(raw):
    if b"poison" in raw[:40]:
        {poison}
    return really(raw)
reading_process.look = poisoned
reading_process.main()
"""
"""A reading process to which letters that say so in their subject do something."""


def knowing(looks: Sequence[tuple[int, Look]]) -> list[tuple[Known, tuple[str, ...]]]:
    return [(KNOWN, ()) for _ in looks]


@contextmanager
def reader(poison: str = "", *, seconds: float = 2.0) -> Iterator[ProcessReader]:
    program = ("-c", POISONED.format(path=sys.path, poison=poison or "pass"))
    one = ProcessReader(seconds=seconds, workers=1, program=program)
    try:
        yield one
    finally:
        one.close()


def read(one: ProcessReader, raws: Sequence[bytes]) -> list[Seen | Unread]:
    return asyncio.run(one.read(raws, GUIDE, NOW, knowing))


def letters(count: int, poison: int | None = None) -> list[bytes]:
    return [
        b"Subject: %s %d\r\n\r\nUygundur.\r\n" % (b"poison" if number == poison else b"honest", number)
        for number in range(count)
    ]


def deep() -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * 200


def subjects(found: Sequence[Seen | Unread]) -> list[str | None]:
    return [one.look.letter.subject if isinstance(one, Seen) else None for one in found]


@pytest.mark.parametrize(
    ("poison", "why", "guilty"),
    [
        ("while True: pass", "saniyede okunamadı", True),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV", True),
        ("[b'x' * (1 << 31)]", "MemoryError", True),
        ("os.kill(os.getpid(), signal.SIGKILL)", "okuma işlemi durdu", False),
        ("raise ValueError", "ValueError", False),
    ],
)
def test_a_letter_that_breaks_the_process_is_named_and_the_others_are_read(
    poison: str, why: str, guilty: bool
) -> None:
    with reader(poison, seconds=0.3) as one:
        found = read(one, letters(7, poison=4))
        assert subjects(read(one, letters(2))) == ["honest 0", "honest 1"]
    assert subjects(found) == [None if number == 4 else f"honest {number}" for number in range(7)]
    broken = found[4]
    assert isinstance(broken, Unread)
    assert why in broken.why
    assert broken.poison is guilty


def test_a_stalled_machine_is_not_the_letters_fault() -> None:
    with reader("time.sleep(0.6)", seconds=0.3) as one:
        assert subjects(read(one, letters(3, poison=1))) == ["honest 0", "poison 1", "honest 2"]


def test_a_letter_over_a_cap_is_named_beside_the_others() -> None:
    with reader() as one:
        over, honest = read(one, [deep(), *letters(1)])
    assert isinstance(over, Unread)
    assert over.poison
    assert "sınırlarını aşıyor" in over.why
    assert isinstance(honest, Seen)


def test_what_the_database_does_not_tell_ends_the_reading_and_no_more() -> None:
    def down(looks: Sequence[tuple[int, Look]]) -> list[tuple[Known, tuple[str, ...]]]:
        raise OSError("database")

    with reader() as one:
        with pytest.raises(OSError, match="database"):
            asyncio.run(one.read(letters(2), GUIDE, NOW, down))
        assert subjects(read(one, letters(2))) == ["honest 0", "honest 1"]


def test_the_knowledge_of_each_letter_reaches_it() -> None:
    stranger = replace(KNOWN, role=SenderRole.UNKNOWN, asked=False)

    def by_place(looks: Sequence[tuple[int, Look]]) -> list[tuple[Known, tuple[str, ...]]]:
        return [(KNOWN if place == 2 else stranger, ()) for place, _ in looks]

    with reader() as one:
        found = asyncio.run(one.read([deep(), *letters(3)], GUIDE, NOW, by_place))
    kinds = [seen.said.kind.kind for seen in found if isinstance(seen, Seen)]
    assert kinds == ["other", "reply", "other"]
