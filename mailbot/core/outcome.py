"""What a step decides: the next item, records for the history, mails and timers owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailbot.core.event import Event
from mailbot.core.item import FileRef, Item
from mailbot.core.rules import Closing
from mailbot.core.values import Address, Digest, MessageId, Office, Token

Plain = str | int | bool | None
"""What a record may hold: read again years later, by a verifier of one file."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of an item's history. `kind` is a stable word, `text` the Turkish sentence."""

    kind: str
    text: str
    data: Mapping[str, Plain] = field(default_factory=dict)


class Purpose(StrEnum):
    """What a mail is for: decides its headers, its cap and whether it may be repeated."""

    ASK = "ask"
    REMINDER = "reminder"
    STAFF = "staff"
    """An answer or a notice to the unit's own staff."""
    NOTICE = "notice"
    """A short word to an approver that asks for nothing."""
    ASK_BACK = "ask-back"
    """A question to an approver: unclear words, or a proof that is missing."""
    CHOICE = "choice"
    """After a refusal the ways on are put to whoever may choose one (E3)."""
    RELEASE = "release"
    TASK = "task"
    REFUSAL = "refusal"
    ERRAND = "errand"
    """A department or hospital is asked to send something; its answer comes back by mail."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person who gets a mail of their own."""

    address: Address
    name: str
    salutation: str
    closing: Closing
    office: Office | None = None
    office_name: str = ""
    token: Token | None = None
    """Their key, where the mail asks for a decision."""
    copy_to: tuple[Address, ...] = ()
    """Cc: the principal beside a deputy. Never a key for them."""


@dataclass(frozen=True, slots=True)
class MailOrder:
    """A mail that is owed. Rendered and stored in the transaction of the state that owes it."""

    template: str
    to: tuple[Recipient, ...]
    purpose: Purpose
    values: Mapping[str, object] = field(default_factory=dict)
    """What the template may use; see `templates/README.md`."""
    files: tuple[FileRef, ...] = ()
    version: int | None = None
    gate: Digest | None = None
    """The version digest that is compared again at the moment of sending."""
    reply_to_id: MessageId | None = None
    references: tuple[MessageId, ...] = ()
    not_before: datetime | None = None
    once: str | None = None
    """At most one such mail per recipient and day where this key is the same."""
    mailing: tuple[str, str] | None = None
    """Identifier and name of the list that a distribution goes to."""
    event: Event | None = None
    """A calendar entry that rides on the mail."""


@dataclass(frozen=True, slots=True)
class Timer:
    """Something due at an instant; a timer of the same item and key replaces the earlier one."""

    key: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that follows from one trigger. Applied in one transaction or not at all."""

    item: Item
    records: tuple[Record, ...] = ()
    mails: tuple[MailOrder, ...] = ()
    timers: tuple[Timer, ...] = ()
    cancel_timers: tuple[str, ...] = ()
    """Keys, or prefixes that end in "*"."""
    cancel_mails: tuple[Purpose, ...] = ()
    """Unsent mails of the item of these purposes are not sent any more."""
