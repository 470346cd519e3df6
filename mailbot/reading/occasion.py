"""When what a staff mail tells of takes place: an appointment to come, or an event that was."""

from __future__ import annotations

import re
from datetime import date, datetime

from mailbot.core.opening import Process
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.asking import undotted
from mailbot.reading.body import Body
from mailbot.reading.when import Day, Leaning, Moment, blanked, days_in, moments_in

_HELD = re.compile(
    r"[^.\n]{0,80}\b(?:yap|duzenle|gercekles|kutla|acil|kurul|veril|hizmete\sgir|basla|sona\ser)\w*"
)
"""A day on which something was held goes before one that is named beside it."""
_AHEAD = re.compile(
    r"(?:(?!\b\w{2,16}(?:[iu]lan|[iu]len|l[ae]nen|[ae]n|[dt][iu]|[dt][iu]g[iu]\w*|m[iu]s\w*)\b)[^.\n]){0,70}?\b\w{2,14}(?:[ae]ca[gk]|[ae]cek)\w{0,6}"
)
"""A verb in the future, with no participle of something done before it."""


def appointment(
    subject: str, body: Body, said_at: datetime, calendar: WorkCalendar
) -> tuple[date | datetime | None, datetime | None, bool]:
    """The day and time of something that is planned, the end of its range, and whether it is about."""
    labels = body.labels
    if labels.get("date"):
        said = " ".join(
            filter(
                None,
                (
                    labels["date"],
                    f"saat {labels['time'].removeprefix('saat ')}" if labels.get("time") else "",
                ),
            )
        )
    else:
        said = subject + "\n" + body.note
    moments = [m for m in moments_in(said, said_at, calendar) if m.clock is not None and not _due(said, m)]
    dated = [m for m in moments if m.day is not None]
    days = [d for d in days_in(said, said_at, calendar, Leaning.FUTURE) if not _aside(said, d)]
    # A deadline may stand beside the date: it was left out above.
    if dated:
        return dated[0].at, dated[0].until, dated[0].about
    if moments and days:
        nearest = min(days, key=lambda d: abs(d.start - moments[0].start))
        at = datetime.combine(nearest.first, moments[0].clock or moments[0].at.time(), calendar.zone)
        return (
            at,
            moments[0].until and datetime.combine(nearest.first, moments[0].until.timetz()),
            moments[0].about,
        )
    if days:
        return days[0].first, None, False
    return None, None, False


def _due(text: str, moment: Moment) -> bool:
    behind = blanked(text)[moment.end : moment.end + 60]
    return bool(
        re.match(r"'?[a-z]{0,4}\s(?:kadar|dek|once)|'?[a-z]{0,3}\s[^.\n]{0,30}(?:onay\sver|donus)", behind)
    )


def _aside(text: str, day: Day) -> bool:
    """A day that the signature, a deadline or an earlier mail is about."""
    low = blanked(text)
    behind, before = low[day.end : day.end + 70], low[max(0, day.start - 40) : day.start]
    return bool(
        re.match(
            r"'?[a-z]{0,4}\s(?:gunu\s)?(?:kadar|dek|once)|\s(?:imza\w*\s)?gelecek|\s(?:tarihli|sayili)|\s(?:imza|gonderecegim|iletecegim|donus|bilgi\sver)",
            behind,
        )
        or re.search(r"imza\w{0,5}\s$|\bdoneceg\w*\s$", before)
    )


def event_day(
    process: Process, subject: str, body: Body, said_at: datetime, calendar: WorkCalendar
) -> date | None:
    """The day on which the event took or takes place: by label, else the first day named for it."""
    if label := body.labels.get("date"):
        days = days_in(label, said_at, calendar)
        if days:
            return days[0].first
    for text in (subject + "\n" + body.note, body.text or ""):
        low = undotted(blanked(text))
        past = days_in(text, said_at, calendar, Leaning.PAST)
        named = [
            day
            for day in past
            if not _not_event(low, day)
            and (
                process is not Process.PRODUCTION
                or re.search(r"\bcekim", low[max(0, day.start - 60) : day.end + 60])
            )
        ]
        if not named:
            continue
        day = next((d for d in named if _HELD.match(low, d.end)), named[0])
        if _AHEAD.match(low, day.end) or process is Process.PRODUCTION:
            future = days_in(text, said_at, calendar, Leaning.FUTURE)
            return next((d.first for d in future if d.start == day.start), day.first)
        return day.first
    return None


def _not_event(low: str, day: Day) -> bool:
    behind, before = low[day.end : day.end + 60], low[max(0, day.start - 30) : day.start]
    return bool(
        re.match(
            r"(?:\sgunu)?(?:\ssaat)?\s?(?:[0-9]{1,2}[.:][0-9]{2})?'?[a-z]{0,5}\s(?:kadar|dek|once|itibar|sonra)|\s(?:mesai|ogle|sabah\sservis)|[^.\n]{0,28}\b(?:cik(?:sin|mali|masi|ma)|yayi[nm]la(?:n|y|ma)\w*|servis\sed|paylas(?:ilsin|alim|ilmasi|ilacak|acagiz)|gonder|onay|basina|gece\b|yetis|geliyor|iletec)"
            r"|\s(?:tarihli|sayili)\s(?:yazi|olur|onay|haber)|\s(?:gunu\s)?(?:cikan|gonderdig|ilettig|paylastig)",
            behind,
        )
        or re.search(r"ambargo\w{0,4}\W{0,3}$|\bbugunku\s$", before)
    )
