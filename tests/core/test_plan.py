"""The plan over the time that is left."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.plan import own_deadline, spoken, usual_deadline
from mailbot.core.rules import Due, Span, Usual
from mailbot.core.worktime import ISTANBUL, WorkCalendar

NOW = datetime(2026, 11, 23, 11, 20, tzinfo=ISTANBUL)
HALF = Due(0.5, timedelta(minutes=15))


def in_minutes(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_an_hour_is_halved() -> None:
    assert own_deadline(HALF, in_minutes(60), NOW) == in_minutes(30)


def test_the_director_keeps_a_quarter_of_an_hour_of_a_short_one() -> None:
    assert own_deadline(HALF, in_minutes(20), NOW) == in_minutes(5)


def test_with_less_than_that_the_share_counts() -> None:
    assert own_deadline(HALF, in_minutes(10), NOW) == in_minutes(5)


def test_a_deadline_that_has_passed_gives_a_quarter_of_an_hour() -> None:
    assert own_deadline(HALF, in_minutes(-30), NOW) == in_minutes(15)


def test_no_deadline_no_plan() -> None:
    assert own_deadline(HALF, None, NOW) is None


@given(st.integers(1, 100_000))
def test_the_own_deadline_lies_between_now_and_the_deadline(minutes: int) -> None:
    due = own_deadline(HALF, in_minutes(minutes), NOW)
    assert due is not None
    assert NOW < due <= in_minutes(minutes)


def test_a_wish_without_a_deadline() -> None:
    usual = Usual(Span(timedelta(hours=2), working=True))
    calendar = WorkCalendar()
    night = NOW.replace(hour=22, minute=47)
    assert usual_deadline(usual, calendar, night, urgent=True) == datetime(
        2026, 11, 24, 10, 0, tzinfo=ISTANBUL
    )
    assert usual_deadline(usual, calendar, NOW, urgent=False) == NOW.replace(hour=17, minute=0)
    assert usual_deadline(usual, calendar, night, urgent=False) == datetime(
        2026, 11, 24, 17, 0, tzinfo=ISTANBUL
    )


def test_time_left_in_words() -> None:
    assert spoken(timedelta(hours=1, minutes=20)) == "1 saat 20 dakika"
    assert spoken(timedelta(days=2, hours=3)) == "2 gün 3 saat"
    assert spoken(timedelta(0)) == "süre doldu"
