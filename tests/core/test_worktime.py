"""Working time: laws over any calendar, and the days that a press officer would name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.worktime import ISTANBUL, WorkCalendar

CALENDAR = WorkCalendar(
    holidays={date(2026, 10, 29): "Cumhuriyet Bayramı", date(2027, 1, 1): "Yılbaşı"},
    half_days={date(2026, 10, 28): "Cumhuriyet Bayramı öncesi"},
    leave={date(2026, 10, 30): "idari izin"},
)

INSTANTS = st.datetimes(
    datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-12-31"), timezones=st.just(UTC)
)
WORK = st.timedeltas(timedelta(0), timedelta(hours=60))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ISTANBUL)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T09:00", 2, "2026-11-23T11:00"),
        ("2026-11-23T11:00", 2, "2026-11-23T14:00"),  # over the lunch break
        ("2026-11-23T16:00", 2, "2026-11-24T09:00"),  # over the night
        ("2026-11-27T16:00", 2, "2026-11-30T09:00"),  # over a weekend
        ("2026-11-28T10:00", 1, "2026-11-30T09:00"),  # from a Saturday
        ("2026-10-28T11:00", 1, "2026-10-28T12:00"),  # a half day's morning
        ("2026-10-28T11:00", 2, "2026-11-02T09:00"),  # half day, holiday, leave, weekend
        ("2026-11-23T03:00", 0, "2026-11-23T08:00"),
        ("2026-11-23T12:30", 0, "2026-11-23T13:00"),
    ],
)
def test_working_hours_are_added(start: str, hours: int, end: str) -> None:
    assert CALENDAR.add(at(start), timedelta(hours=hours)) == at(end)


@given(INSTANTS, WORK, WORK)
def test_more_work_never_ends_earlier(instant: datetime, one: timedelta, other: timedelta) -> None:
    few, many = sorted((one, other))
    assert CALENDAR.add(instant, few) <= CALENDAR.add(instant, many)


@given(INSTANTS, INSTANTS, WORK)
def test_a_later_start_never_ends_earlier(one: datetime, other: datetime, work: timedelta) -> None:
    early, late = sorted((one, other))
    assert CALENDAR.add(early, work) <= CALENDAR.add(late, work)


@given(INSTANTS, WORK)
def test_the_end_lies_in_working_time(instant: datetime, work: timedelta) -> None:
    end = CALENDAR.add(instant, work)
    assert any(start <= end <= stop for start, stop in CALENDAR.blocks(end.date()))


@given(INSTANTS)
def test_adding_nothing_twice_is_adding_nothing(instant: datetime) -> None:
    once = CALENDAR.next_working(instant)
    assert CALENDAR.next_working(once) == once
    assert CALENDAR.is_working(once)


@given(INSTANTS)
def test_the_zone_of_the_instant_does_not_matter(instant: datetime) -> None:
    local = instant.astimezone(ISTANBUL)
    assert CALENDAR.add(local, timedelta(hours=3)) == CALENDAR.add(instant, timedelta(hours=3))


def test_istanbul_keeps_one_offset_all_year() -> None:
    offsets = {datetime(2027, month, 1, tzinfo=ISTANBUL).utcoffset() for month in range(1, 13)}
    assert offsets == {timedelta(hours=3)}


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-11-23", "2026-11-23T17:00"),
        ("2026-10-28", "2026-10-28T13:00"),  # a half day ends where the law ends it
        ("2026-10-29", "2026-10-29T17:00"),  # a day off: the usual end
    ],
)
def test_end_of_day(day: str, end: str) -> None:
    assert CALENDAR.end_of_day(date.fromisoformat(day)) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23T09:00", 2, "2026-11-25T17:00"),
        ("2026-11-27T09:00", 1, "2026-11-30T17:00"),
        ("2026-10-27T09:00", 2, "2026-11-02T17:00"),
    ],
)
def test_business_days(start: str, days: int, end: str) -> None:
    assert CALENDAR.add_business_days(at(start), days) == at(end)


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="takvimde"):
        WorkCalendar(weekdays=frozenset()).add(at("2026-11-23T09:00"), timedelta(hours=1))
