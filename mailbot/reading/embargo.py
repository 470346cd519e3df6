"""Embargoes: the instant before which nothing may be published (E6)."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from mailbot.core.request import Clock
from mailbot.core.worktime import ISTANBUL, WorkCalendar
from mailbot.reading.due import BEFORE, PUBLISH_NOT, UNTIL
from mailbot.reading.when import Day, Leaning, Moment, blanked, local_time, merged, scan_days, scan_moments

_AFTER = re.compile(
    r"(?:'?\s?(?:[dt][ae]n|n[dt][ae]n))\s{1,2}(?:itibaren|sonra)\b|'?[a-z]{0,3}\s(?:itibari?[iy]l[ae])"
)
_OUT = re.compile(
    r"[^.\n;]{0,70}(?:yayi[nm]la|yayi[nm]|paylas|servis|kullan|duyur|cik|basin|web|siteye|ver(?:il|eli))"
)
_AT_OUT = re.compile(
    r"'?(?:[dt][ae])\s[^.\n;]{0,50}?(?:yayi[nm]lan(?:sin|acak|mali|masi)|paylas(?:ilsin|ilacak|alim|ilmasi)|servis (?:edilsin|edilecek|edelim|edilmesi)|yayina (?:gir|alin)(?:sin|ecek|acak|mesi)|duyurul(?:sun|acak))"
)


def embargo_in(text: str, said_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """The instant before which nothing may be published, or None where none is named."""
    return max(embargoes_in(text, said_at, calendar), default=None)


def embargoes_in(text: str, said_at: datetime, calendar: WorkCalendar) -> frozenset[datetime]:
    """Every instant that is named as one before which nothing may be published."""
    now, blank = local_time(said_at), blanked(text)
    days = merged(list(scan_days(blank, now, calendar, Leaning.FUTURE)), blank)
    moments = list(scan_moments(blank, now, calendar, Leaning.FUTURE))
    found: list[datetime] = []
    for moment in moments:
        if (
            moment.clock is None
            and moment.kind is Clock.COMPUTED
            and "mesai" not in blank[moment.start : moment.end]
        ) and not BEFORE.match(blank[moment.end :]):
            continue
        if _holds_back(blank, moment.start, moment.end):
            found.append(_on_its_day(moment, days, now))
    for day in days:
        if any(m.start <= day.start < m.end for m in moments):
            continue
        end = (
            day.end + len(m[0])
            if (m := re.match(r"\s(?:gunu?|tarihi)(?:n?d[ae]n?|n[ae])?", blank[day.end :]))
            else day.end
        )
        if _holds_back(blank, day.start, end):
            later = re.match(r"(?:'?\s?[a-z]{0,5})\ssonra", blank[day.end : day.end + 20])
            found.append(datetime.combine(day.last + timedelta(days=1 if later else 0), time(0), ISTANBUL))
    return frozenset(found)


def _on_its_day(moment: Moment, days: list[Day], now: datetime) -> datetime:
    """A clock without a day lies on the day of the event that is told before it, where that is to come."""
    before = {d.first for d in days if d.end <= moment.start and moment.start - d.end < 220}
    if moment.day is None and len(before) == 1 and (day := before.pop()) > now.date():
        return datetime.combine(day, moment.at.timetz())
    return moment.at


def _holds_back(text: str, start: int, end: int) -> bool:
    behind = text[end : end + 140]
    before = text[max(0, start - 45) : start]
    if re.search(
        r"ambargo[a-z]{0,8}\s{0,2}(?:[:=(-]\s{0,2}|(?:saati|tarihi|suresi|bitisi|zamani)\s{0,2}[:=-]?\s{0,2})?(?:saat\s)?$",
        before,
    ):
        return True
    once = BEFORE.match(behind) or UNTIL.match(behind)
    if once:
        rest = behind[once.end() :]
        return bool(PUBLISH_NOT.match(rest)) or bool(
            re.match(r"[^.\n;]{0,30}(?:ambargo|beklet|beklesin|beklen|tutul|gizli)", rest)
        )
    if re.search(r"(?:[dt][ae]n|n[dt][ae]n)$", text[start:end]) and re.match(
        r"\s(?:once|sonra|itibaren)", behind
    ):
        rest = re.sub(r"^\s\w{1,9}", "", behind)
        return bool((PUBLISH_NOT if behind.startswith(" once") else _OUT).match(rest))
    if after := _AFTER.match(behind):
        return bool(_OUT.match(behind[after.end() :]))
    return bool(_AT_OUT.match(behind)) and not re.match(r"[^.\n;]{0,60}(?:program|canli|ekran)", behind)
