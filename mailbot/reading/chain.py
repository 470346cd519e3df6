"""A mail that passes others on, in its layers: each text with the date on which it was said."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from mailbot.core.worktime import ISTANBUL
from mailbot.reading.plain import plain, tidy

_HEADER = re.compile(
    r"[\s>*_|]{0,6}(?P<name>kimden|gonderen|from|von|kime|alici|to|an|tarih|gonderildi|gonderilme(?:\s(?:tarihi|zamani))?|gonderme\s(?:tarihi|zamani)|date|sent|konu|subject|bilgi|cc|bcc)\s{0,2}\*?:\*?(?P<value>.{0,300})$"
)
_DATED = frozenset({"tarih", "date", "sent", "gonderildi"})
_RULE = re.compile(
    r"[\s>]{0,4}(?:[-_=*]{3,80}|[-_=* ]{0,40}(?:ozgun|orijinal|original|iletilen|iletilmis|forwarded|yonlendirilen)[\s\w]{0,30}(?:ileti|mesaj|message|e-?posta)[-_=*: ]{0,40}|(?:baslangic|begin)\W{0,3}\(?(?:iletilen|forwarded)[\s\w]{0,20}\)?\s?:?)\s{0,4}"
)
_MONTHS = {
    "oca": 1, "jan": 1, "sub": 2, "feb": 2, "mar": 3, "nis": 4, "apr": 4, "may": 5, "haz": 6, "jun": 6, "tem": 7, "jul": 7,
    "agu": 8, "aug": 8, "eyl": 9, "sep": 9, "eki": 10, "oct": 10, "kas": 11, "nov": 11, "ara": 12, "dec": 12,
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"(?<![0-9])(?:(?P<d>[0-3]?[0-9])[\s./-]{{1,2}}(?:(?P<m>[01]?[0-9])|(?P<w>{_MONTH})[a-z]{{0,7}}\.?)[\s./-]{{1,2}}(?P<y>20[0-9]{{2}})"
    rf"|(?P<y2>20[0-9]{{2}})-(?P<m2>[01]?[0-9])-(?P<d2>[0-3]?[0-9])|(?P<w3>{_MONTH})[a-z]{{0,7}}\s(?P<d3>[0-3]?[0-9]),?\s(?P<y3>20[0-9]{{2}}))"
)
_TIME = re.compile(
    r"(?<![0-9.])([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.][0-5][0-9])?(?![0-9.])\s?(am|pm|oo|os)?"
)

_LINES = 600
_LAYERS = 8


@dataclass(frozen=True, slots=True)
class Layer:
    """What one writer wrote, and when."""

    text: str
    said_at: datetime


def layers(whole: str, said_at: datetime) -> tuple[Layer, ...]:
    """The layers of `whole`, outermost first: header blocks part them and date the text below them.

    A block is two header lines or more that follow one another; where it tells no date, or one that lies
    after the mail itself, the date of the layer above counts.
    """
    lines = tidy(whole).split("\n")[:_LINES]
    names = [_name(line) for line in lines]
    found: list[Layer] = []
    start, when, number = 0, said_at, 0
    while number < len(lines) and len(found) < _LAYERS:
        block = _block(names, number)
        if block is None:
            number += 1
            continue
        found.append(Layer(_text(lines[start:number]), when))
        dates = [
            line for line, name in zip(lines[number:block], names[number:block], strict=True) if _dates(name)
        ]
        dated = next((d for line in dates if (d := header_date(line))), None)
        when = dated if dated and dated <= said_at.astimezone(ISTANBUL) else when
        start = number = block
    found.append(Layer(_text(lines[start:]), when))
    return tuple(found)


def header_date(line: str) -> datetime | None:
    """The instant of a date line as clients write it, in Istanbul's time; None where it holds no day."""
    low = plain(line)
    day = _DAY.search(low)
    if not day:
        return None
    month = day["m"] or day["m2"] or str(_MONTHS[day["w"] or day["w3"]])
    clock = _TIME.search(low[day.end() :]) or _TIME.search(low[: day.start()])
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    if clock and clock[3] in ("pm", "os") and hour < 12:
        hour += 12
    if clock and clock[3] in ("am", "oo") and hour == 12:
        hour = 0
    try:
        return datetime(
            int(day["y"] or day["y2"] or day["y3"]), int(month), int(day["d"] or day["d2"] or day["d3"]), hour, minute,
            tzinfo=ISTANBUL,
        )  # fmt: skip
    except ValueError:
        return None


def _name(line: str) -> str:
    found = _HEADER.match(plain(line[:400]))
    return found["name"] if found else ""


def _dates(name: str) -> bool:
    return name in _DATED or name.startswith(("gonderil", "gonderme"))


def _block(names: list[str], start: int) -> int | None:
    """The line behind the header block that begins at `start`, or None where none does."""
    if not names[start]:
        return None
    end = start
    while end < len(names) and names[end]:
        end += 1
    kinds = set(names[start:end])
    return (
        end if len(kinds) >= 2 and kinds & {"kimden", "gonderen", "from", "von", "konu", "subject"} else None
    )


def _text(lines: list[str]) -> str:
    return "\n".join(line for line in lines if not _RULE.fullmatch(plain(line[:200]))).strip()
