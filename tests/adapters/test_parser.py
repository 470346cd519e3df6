"""Letters are parsed together in a process of their own, and one that is poison harms nobody else."""

from __future__ import annotations

import asyncio
import time

import pytest

from mailbot.adapters import parser
from mailbot.adapters.parser import ProcessParser
from mailbot.core.letter import Letter
from mailbot.reading.mime import parse as really


def stalls(raw: bytes) -> Letter:
    if raw.startswith(b"Subject: poison"):
        time.sleep(60)
    return really(raw)


def test_a_stall_costs_only_the_letter_that_stalls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "parse", stalls)  # the child is forked with it
    raws = [b"Subject: %d\r\n\r\nx" % number for number in range(2 * parser.BATCH + 3)]
    raws[4] = b"Subject: poison\r\n\r\nx"
    pool = ProcessParser(seconds=0.5)
    try:
        found = asyncio.run(pool.parse(raws))
    finally:
        pool.close()
    subjects = [one.subject if isinstance(one, Letter) else None for one in found]
    assert subjects == [None if number == 4 else str(number) for number in range(len(raws))]
    assert isinstance(found[4], str)
    assert "saniyede" in found[4]


def test_a_letter_over_a_cap_is_named_beside_the_others() -> None:
    pool = ProcessParser()
    try:
        deep = b"Content-Type: message/rfc822\r\n\r\n" * 200
        over, honest = asyncio.run(pool.parse([deep, b"Subject: x\r\n\r\ny"]))
    finally:
        pool.close()
    assert isinstance(over, str)
    assert "sınırlarını aşıyor" in over
    assert isinstance(honest, Letter)


def test_large_letters_travel_alone() -> None:
    small, large = b"x" * 100, b"x" * (parser.BATCH_BYTES + 1)
    assert [len(batch) for batch in parser._batches([small, small, large, small, large])] == [2, 1, 1, 1]
    assert list(parser._batches([])) == []
