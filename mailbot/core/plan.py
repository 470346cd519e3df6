"""The time left for an item with a deadline: an own deadline for whoever prepares it (1.4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from mailbot.core.item import FieldValue
from mailbot.core.rules import Due, Usual, Workflow
from mailbot.core.worktime import WorkCalendar

LATE_SHARE = timedelta(minutes=15)
"""What is given where the deadline has already passed: the note is written all the same."""


def own_deadline(due: Due, deadline: datetime | None, now: datetime) -> datetime | None:
    """When the share of the remaining time ends, so that at least `due.keep` stays for the director.

    Where less than twice `due.keep` is left, the share alone counts: nobody is asked for yesterday.
    """
    if deadline is None:
        return None
    left = deadline - now
    if left <= timedelta(0):
        return now + LATE_SHARE
    by_share = now + left * due.share
    by_keep = deadline - due.keep
    return min(by_share, by_keep) if by_keep > now else by_share


def usual_deadline(usual: Usual, calendar: WorkCalendar, now: datetime, *, urgent: bool) -> datetime:
    """The deadline of a wish that names none."""
    span = usual.urgent if urgent else usual.other
    if span is not None:
        return calendar.add(now, span.length) if span.working else now + span.length
    begins = calendar.next_working(now)
    return calendar.end_of_day(begins.astimezone(calendar.zone).date())


def deadline_of(workflow: Workflow, fields: Mapping[str, FieldValue]) -> datetime | None:
    """The instant in the workflow's deadline field, or None."""
    value = fields.get(workflow.deadline) if workflow.deadline else None
    return value if isinstance(value, datetime) else None


def spoken(left: timedelta) -> str:
    """ "1 saat 20 dakika", "2 gün 3 saat"; "süre doldu" where nothing is left."""
    minutes = int(left.total_seconds() // 60)
    if minutes <= 0:
        return "süre doldu"
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "gün"), (hours, "saat"), (minutes, "dakika"))
    return " ".join(f"{number} {name}" for number, name in parts if number)


def times_of(workflow: Workflow) -> frozenset[str]:
    """The time fields on which plans hang: a change makes them anew."""
    named = {workflow.deadline, *(s.alarm.field for s in workflow.stages if s.alarm)}
    named |= {s.collect.due_field for s in workflow.stages if s.collect}
    return frozenset(name for name in named if name)
