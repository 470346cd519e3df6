"""Office hours, holidays, half days: add working time to an instant (1.1.2, 1.1.4: reminders)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ISTANBUL = ZoneInfo("Europe/Istanbul")

_HORIZON_DAYS = 366
"""A calendar without one working day within a year is a mistake of the file."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The unit's working time.

    `hours` are the blocks of a full day, in order; `half_day_end` is when a half day ends (Law 2429,
    art. 2: 13.00). `holidays` are full days off, `half_days` the eves, `leave` administrative leave
    that staff added.
    """

    hours: tuple[tuple[time, time], ...] = ((time(8), time(12)), (time(13), time(17)))
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """Monday is 0."""
    half_day_end: time = time(13)
    holidays: Mapping[date, str] = field(default_factory=dict)
    half_days: Mapping[date, str] = field(default_factory=dict)
    leave: Mapping[date, str] = field(default_factory=dict)
    zone: ZoneInfo = ISTANBUL

    def blocks(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The working blocks of `day` as aware instants; empty on a day off."""
        if day.weekday() not in self.weekdays or day in self.holidays or day in self.leave:
            return ()
        spans = []
        for start, usual_end in self.hours:
            end = min(usual_end, self.half_day_end) if day in self.half_days else usual_end
            if start < end:
                spans.append((datetime.combine(day, start, self.zone), datetime.combine(day, end, self.zone)))
        return tuple(spans)

    def is_working(self, instant: datetime) -> bool:
        """Whether `instant` lies inside a working block."""
        local = instant.astimezone(self.zone)
        return any(start <= local < end for start, end in self.blocks(local.date()))

    def add(self, instant: datetime, working: timedelta) -> datetime:
        """`instant` plus so much working time; a start outside the hours counts from the next block."""
        local = instant.astimezone(self.zone)
        left = working
        day = local.date()
        for _ in range(_HORIZON_DAYS):
            for start, end in self.blocks(day):
                begin = max(start, local)
                if begin >= end:
                    continue
                if left <= end - begin:
                    return begin + left
                left -= end - begin
            day += timedelta(days=1)
        raise ValueError("takvimde bir yıl içinde yeterli çalışma saati yok")

    def next_working(self, instant: datetime) -> datetime:
        """`instant` itself inside working hours, else the start of the next block."""
        return self.add(instant, timedelta(0))

    def end_of_day(self, day: date) -> datetime:
        """Mesai bitimi of `day`: 13.00 on a half day (Law 2429, art. 2), though no block reaches it.

        On a day off it is the usual end of a full day.
        """
        half = day in self.half_days and bool(self.blocks(day))
        return datetime.combine(day, self.half_day_end if half else self.hours[-1][1], self.zone)

    def noon(self, day: date) -> datetime:
        """Öğle of `day`: the end of the first block."""
        return datetime.combine(day, self.hours[0][1], self.zone)

    def add_business_days(self, instant: datetime, days: int) -> datetime:
        """Mesai bitimi of the `days`-th business day after `instant`'s day; half days count."""
        day = instant.astimezone(self.zone).date()
        left = days
        for _ in range(_HORIZON_DAYS + 2 * days):
            if left == 0:
                return self.end_of_day(day)
            day += timedelta(days=1)
            if self.blocks(day):
                left -= 1
        raise ValueError("takvimde yeterli iş günü yok")
