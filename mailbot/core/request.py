"""A ministry's request for an information note (process 1.4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Update(StrEnum):
    """What a mail changes about a request that is already known."""

    REMINDER = "reminder"
    CANCEL = "cancel"
    EXTEND = "extend"
    SUPPLEMENT = "supplement"


class Clock(StrEnum):
    """How a deadline was said."""

    EXPLICIT = "explicit"
    COMPUTED = "computed"
    RELATIVE = "relative"
    BUSINESS_DAYS = "business_days"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NewsRef:
    """One news story that a note is asked about."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    day: date | None = None
    facility: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class InfoRequest:
    """What is asked, until when, about which news. None where the mail does not say it."""

    topic: str
    deadline: datetime | None = None
    deadline_words: str = ""
    clock: Clock = Clock.NONE
    urgent: bool = False
    urls: tuple[str, ...] = ()
    """Clean: without tracking parameters and link wrappers."""
    outlet: str | None = None
    title: str | None = None
    facility: str | None = None
    department: str | None = None
    """Identifier of the directory."""
    update: Update | None = None
    news: tuple[NewsRef, ...] = ()
    separate: bool = False
    """A note for each story is asked for: one mail opens several items."""
    why: tuple[str, ...] = ()
