"""Durations as the unit writes them: "10m", "1h", "1d", "2wh" (working hours), "sabah"."""

from __future__ import annotations

import re
from datetime import timedelta

from mailbot.core.rules import Span

_SPAN = re.compile(r"([0-9]{1,4})(m|h|d|wh)")

# A reminder never leaves outside office hours but waits for the next block. Fifteen hours after any
# office hour (08.00 to 17.00) lie in the night that follows, so this is the next working morning.
_MORNING = Span(timedelta(hours=15), working=False)


def parse_span(text: str) -> Span | None:
    """The duration in `text`, or None where it is none. Zero is none."""
    if text == "sabah":
        return _MORNING
    found = _SPAN.fullmatch(text)
    if not found or int(found[1]) == 0:
        return None
    number = int(found[1])
    match found[2]:
        case "m":
            return Span(timedelta(minutes=number), working=False)
        case "h":
            return Span(timedelta(hours=number), working=False)
        case "d":
            return Span(timedelta(days=number), working=False)
        case _:
            return Span(timedelta(hours=number), working=True)
