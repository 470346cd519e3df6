"""A calendar entry that rides on a mail: the same one through every change (RFC 5545, RFC 5546)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.core.item import CANCELLED, Item
from mailbot.core.rules import FieldType, Workflow

USUAL_LENGTH = timedelta(hours=1)
"""Of a programme whose end nobody said."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is to happen when and where; `sequence` grows with every version."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    words: str
    cancelled: bool = False


def event_of(workflow: Workflow, item: Item, domain: str) -> Event | None:
    """The entry of the item's approved date, or None where it has none."""
    version = item.version
    if version is None:
        return None
    names = [r.name for r in workflow.fields.values() if r.type is FieldType.TIME and r.bind]
    starts = version.bound.get("starts_at" if "starts_at" in names else names[0]) if names else None
    if not isinstance(starts, datetime):
        return None
    ends = item.fields.get("ends_at")
    said = {n: str(item.fields.get(n) or "") for n in ("programme", "outlet", "guest", "place")}
    head = " / ".join(filter(None, (said["outlet"], said["programme"]))) or workflow.title
    gone = item.stage == CANCELLED
    return Event(
        uid=f"{item.ref}@{domain}".lower(),
        sequence=version.number + (1 if gone else 0),
        starts_at=starts,
        ends_at=ends if isinstance(ends, datetime) and ends > starts else starts + USUAL_LENGTH,
        title=f"{head}: {item.title}",
        place=said["place"],
        words=", ".join(filter(None, (said["guest"], item.title))),
        cancelled=gone,
    )
