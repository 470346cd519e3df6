"""A mail that speaks of several pieces of work, in its parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mailbot.core.opening import Process
from mailbot.reading.plain import plain

_NUMBERED = re.compile(
    r"\s{0,6}(?:(?:haber|is|konu)\s)?([1-9])\s?(?:[).:/-]|\.\s?(?:haber|is|konu)\s?[:-])\s{0,3}(?=\S)(.{4,400})$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"^(\s{0,6})([a-hA-H])\)\s{1,3}(?=\S)")
_COUNT = {"ilk": 1, "birinci": 1, "ikinci": 2, "ucuncu": 3, "dorduncu": 4}
_COUNTED = re.compile(
    r"^\s{0,6}(ilk|birinci|ikinci|üçüncü|dördüncü)\s(?:haber(?:imiz)?|konu(?:muz)?|iş|talep|husus)\s?(?:[:)-]|ise)\s{0,3}",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s{0,6}[-–—•*·]\s{1,3}(?=\S)(.{4,400})$")
_ALSO = re.compile(
    r"(?:^|(?<=[.!\n])\s{0,3})(?=(?:ayrica|bir\s?de|ote\syandan|ikinci\s(?:olarak|konu|husus)|bununla\sbirlikte|bunun\syani\ssira|diger\s(?:konu|husus))\b)"
)
_ORDINAL = re.compile(
    r"\b(?:birincisi|ilki|biri)\b[:,]?\s(?P<a>.{8,300}?)[,;.]?\s(?:ikincisi|digeri|oteki)\b[:,]?\s(?P<b>[^.\n]{8,300})"
)
"""Two pieces of work in one sentence: "birincisi …, ikincisi …"."""
_CLOSING = re.compile(
    r"\W{0,3}(?:arz\sed|saygi|onay(?:lar)?iniz|bilgi(?:leri)?niz|tesekkur|iyi\s|kolay\s|ikisi|metin\w{0,4}\s(?:ve\s\w+\s)?ek|geregi|takdir|uygun)"
)


_MOST = 30
"""Parts of one mail that are read: more come from pasted lists."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of work: its number in the mail, its words, and its process where they tell one."""

    number: int
    words: str
    process: Process | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a mail, and what is said about all of them."""

    common: str
    parts: tuple[Part, ...]
    listed: bool
    """Numbered or bulleted, not told in two sentences."""


def parts_of(
    words: str,
    process_of: Callable[[str], Process | None],
    process_of_row: Callable[[str], Process | None],
    *,
    several: bool = False,
) -> Parts | None:
    """The parts of `words`; None where they are one. The readers tell the process of a part, and of a row.

    `several`: the mail says that it holds more than one; then its lines, or its sentences, may be parts.
    """
    lines = words.split("\n")
    lines = [_LETTERED.sub(lambda m: f"{m[1]}{'abcdefgh'.index(m[2].lower()) + 1}) ", line) for line in lines]
    lines = [_COUNTED.sub(lambda m: f"{_COUNT[plain(m[1])]}) ", line) for line in lines]
    for pattern in (_NUMBERED, _BULLET):
        if found := _listed(lines, pattern):
            common, items = found
            parts = tuple(Part(n, item, process_of_row(item)) for n, item in enumerate(items, start=1))
            return Parts(common, parts, listed=True)
    if pair := _ORDINAL.search(aligned := _aligned(words)):
        first, second = words[pair.start("a") : pair.end("a")], words[pair.start("b") : pair.end("b")]
        parts = tuple(Part(n, row, process_of_row(row)) for n, row in enumerate((first, second), start=1))
        if all(part.process for part in parts) or process_of_row(words[: pair.start()]):
            return Parts(words[: pair.start()], parts, listed=True)
    if several and (rows := _told(words, process_of)):
        return Parts("", rows, listed=True)
    halves = [half for half in _ALSO.split(aligned) if half.strip()]
    if len(halves) != 2:
        return None
    first, second = words[: len(halves[0])], words[len(halves[0]) :]
    parts = (Part(1, first, process_of(first)), Part(2, second, process_of(second)))
    kinds = {part.process for part in parts}
    return Parts("", parts, listed=False) if None not in kinds and len(kinds) == 2 else None


def _told(words: str, process_of: Callable[[str], Process | None]) -> tuple[Part, ...]:
    """Lines, else sentences, of which two or more tell a piece of work each; () where fewer do."""
    for pieces in (words.split("\n"), re.split(r"(?<=[^0-9][.!])\s+(?=\S)", words)):
        rows: list[tuple[str, Process | None]] = []
        for piece in pieces[:_MOST]:
            found = process_of(piece)
            if found is not None:
                rows.append((piece.strip(), found))
            elif rows and piece.strip() and not _CLOSING.match(plain(piece)):
                rows[-1] = (f"{rows[-1][0]} {piece.strip()}", rows[-1][1])
        if len(rows) >= 2:
            return tuple(Part(n, text, found) for n, (text, found) in enumerate(rows, start=1))
    return ()


def _aligned(words: str) -> str:
    low = plain(words)
    return low if len(low) == len(words) else words.lower()


def _listed(lines: list[str], pattern: re.Pattern[str]) -> tuple[str, list[str]] | None:
    """What stands around a list and its items, each with the lines that go on below it."""
    items: list[str] = []
    rest: list[str] = []
    open_item = False
    for line in lines:
        hit = pattern.match(line)
        if hit and (pattern is _BULLET or hit[1] == str(len(items) + 1)):
            items.append(hit[hit.lastindex or 1].strip())
            open_item = True
        elif open_item and line.strip() and not _CLOSING.match(plain(line)):
            items[-1] += " " + line.strip()
        else:
            rest.append(line)
            open_item = open_item and bool(line.strip()) and not _CLOSING.match(plain(line))
    return ("\n".join(rest), items) if 2 <= len(items) <= _MOST else None
