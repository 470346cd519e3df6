"""An embargo that a mail speaks of without saying when, or with two times: staff are asked (E6, S5)."""

from __future__ import annotations

import re
from datetime import datetime

from mailbot.core.suffix import tarih_saat
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.embargo import embargoes_in
from mailbot.reading.plain import plain, tidy

_SPOKEN = re.compile(
    r"\bambargo(?!\w{0,3}(?:suz|\s{0,2}[:=-]?\s{0,2}(?:yok|olmay|bulunm|kalk|kaldir|konulma|koyma|degil|gerek)))"
)
_AFTER_SOMEBODY = re.compile(
    r"\b(?:(?:sayin\s)?(?:cumhurbaskan|bakan|vali|genel\smudur|mudur)\w{0,14})\s(?:\w{1,14}\s){0,3}?"
    r"(?:paylas|acikla|duyur|tweet|yayi[nm]la|konusma|basin\stoplanti)\w{0,14}\s?(?:sonra\w{0,5}|ardindan|muteakip\w{0,4}|akabinde|once\w{0,3}\s\w{0,12}m[ae]\w{0,6})"
)


def unsaid_embargo(note: str, said_at: datetime, calendar: WorkCalendar) -> str:
    """What staff must still say about the embargo that `note` speaks of, a Turkish phrase; "" for nothing."""
    times = sorted(embargoes_in(note, said_at, calendar))
    if len(times) > 1:
        return (
            f"ambargo için birden çok zaman yazılmış ({' ve '.join(map(tarih_saat, times))}); hangisi geçerli"
        )
    if times:
        return ""
    low = plain(tidy(note))
    if after := _AFTER_SOMEBODY.search(low):
        return f"“{tidy(note)[after.start() : after.end()].strip()}” denmiş; yayın günü ve saati"
    return "ambargonun günü ve saati" if _SPOKEN.search(low) else ""
