"""What a staff mail wants to open, as far as its words say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbot.core.values import Digest, Office


class Process(StrEnum):
    """The unit's processes (duties G1-G7 and 1.1-1.4)."""

    NEWS = "news"
    INTERVIEW = "interview"
    FILMING = "filming"
    NEGATIVE_NEWS = "negative_news"
    INFO_NOTE = "info_note"
    CLIPPING = "clipping"
    REPORT_FORWARD = "report_forward"
    FEEDBACK = "feedback"
    VISIT = "visit"
    PRODUCTION = "production"
    MEDIA_MATERIAL = "media_material"
    REFUTATION = "refutation"


class FileRole(StrEnum):
    """What an attachment is for."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    CONSENT = "consent"
    """A consent form: never leaves the unit (E19)."""
    IDENTITY = "identity"
    """A copy of an identity paper: never leaves the unit either."""
    ARCHIVE = "archive"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OpeningFile:
    """An attachment of the mail and its role."""

    name: str
    role: FileRole
    digest: Digest


@dataclass(frozen=True, slots=True)
class Opening:
    """One item that a mail opens. None everywhere means: not said, and never guessed."""

    process: Process
    title: str
    text: str | None = None
    """The text to be published, where it stands in the mail body."""
    to_press: bool | None = None
    """True: press, web and social media. False: web and social media alone. None: ask."""
    when: date | datetime | None = None
    """Day of the event, or start of the programme, filming or visit (a datetime once a clock is said)."""
    until: datetime | None = None
    channel: str | None = None
    programme: str | None = None
    guest: str | None = None
    live: bool | None = None
    embargo: datetime | None = None
    embargo_unsaid: str = ""
    """What staff must still say about an embargo that the mail speaks of; "" where nothing is open."""
    deadline: datetime | None = None
    department: str | None = None
    """Identifier of the directory."""
    department_said: bool = False
    """True where a label or the full name says so; False where it follows from the topic."""
    gm: Office | None = None
    """The general directorate that the mail names."""
    place: str | None = None
    facility: str | None = None
    urls: tuple[str, ...] = ()
    files: tuple[OpeningFile, ...] = ()
    missing: tuple[str, ...] = ()
    """Turkish phrases: what staff still owe."""
    crisis: bool = False
    privacy: bool = False
    """Patients are named or shown: consent has to be looked at (E19)."""
    why: tuple[str, ...] = ()
    """Turkish sentences: from which words this was read."""
    workflow: str = ""
    """Name of a workflow of the unit's own that the subject names; "" where the process has its own."""

    @property
    def when_text(self) -> str | None:
        """`when` as ISO 8601: a date, or an instant with its offset."""
        return self.when.isoformat() if self.when else None
