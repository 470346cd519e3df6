"""The database: the truth about letters, items, mails owed and timers.

Reads and writes go through a short unit of work that rolls back unless `commit()` was reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from mailbot.core.chain import Fault
from mailbot.core.item import Item
from mailbot.core.outcome import Purpose, Record, Timer
from mailbot.core.values import Address, Digest, ItemRef, MessageId, Office, Token


class StoreConflict(Exception):
    """The item was written by somebody else since it was read: read again and decide again."""


class StoreDown(Exception):
    """The database cannot be read or written now. The text says why and what to do, in Turkish."""


class LetterState(StrEnum):
    """Where an inbound letter stands."""

    ACCEPTED = "accepted"
    """Its bytes are stored; nobody has handled it."""
    HANDLED = "handled"
    HELD = "held"
    """A person decides."""
    FAILED = "failed"
    """A bug; tried again until the third attempt."""
    SET_ASIDE = "set-aside"
    """Crashed or stalled the parser three times; its bytes are kept."""
    IGNORED = "ignored"
    """Not for the bot; it stays in the mailbox as it is."""
    DUPLICATE = "duplicate"
    OLD = "old"
    """Arrived before the first start: never acted on."""


class MailState(StrEnum):
    """Where one owed mail to one recipient stands."""

    QUEUED = "queued"
    SENDING = "sending"
    """Offered to the server; found in this state at start-up it is uncertain."""
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"
    BLOCKED = "blocked"
    """The gate found content or approvals changed; a person must look."""
    SHOWN = "shown"
    """Gölge: kept to be looked at, never sent."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter as the mailbox gave it, to be accepted."""

    uid: int
    arrived: datetime
    size: int
    raw: bytes = field(repr=False)
    state: LetterState = LetterState.ACCEPTED
    reason: str = ""
    """Why it is not ACCEPTED: too large (then `raw` is the head alone), too old."""


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A row of the letters table."""

    id: int
    mailbox: str
    uidvalidity: int
    uid: int
    digest: Digest
    size: int
    arrived: datetime
    state: LetterState
    attempts: int
    kind: str
    ref: ItemRef | None
    message_id: MessageId | None
    sender: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a mailbox was read. `started` is the first start: nothing older is ever acted on."""

    uidvalidity: int
    last_uid: int
    started: datetime


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """Whose copy of which ask a key belongs to."""

    ref: ItemRef
    office: Office
    version: int
    address: Address
    token: Token


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """What is known about a Message-ID that some letter refers to."""

    message_id: MessageId
    ref: ItemRef
    ours: bool
    """True where we sent it, False where it came in (a staff mail that opened the item)."""
    recipient: Address | None
    version: int | None
    purpose: Purpose | None


@dataclass(frozen=True, slots=True)
class OwedMail:
    """A rendered mail to one recipient, to be written with the state that owes it."""

    ref: ItemRef | None
    recipient: Address
    message_id: MessageId
    template: str
    purpose: Purpose
    subject: str
    head: bytes = field(repr=False)
    body: bytes = field(repr=False)
    text: str = field(repr=False)
    due: datetime
    repeatable: bool
    state: MailState = MailState.QUEUED
    version: int | None = None
    office: Office | None = None
    gate: Digest | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox: one mail to one recipient and what became of it."""

    id: int
    ref: ItemRef | None
    recipient: Address
    message_id: MessageId
    template: str
    purpose: Purpose
    subject: str
    state: MailState
    attempts: int
    due: datetime
    created_at: datetime
    sent_at: datetime | None
    reply: str
    version: int | None
    office: Office | None
    gate: Digest | None
    repeatable: bool
    body: Digest
    head: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an offered mail. QUEUED with a later `due` means deferred."""

    id: int
    state: MailState
    reply: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer whose instant has come."""

    id: int
    ref: ItemRef
    key: str
    due: datetime


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One link of an item's hash chain (see `core.chain`)."""

    ref: ItemRef
    seq: int
    at: datetime
    kind: str
    text: str
    data: str
    """Canonical JSON of the record's data."""
    salt: str
    """"" where the record was purged: then `text` and `data` are empty too."""
    content: Digest
    """Salted digest of `text` and `data`."""
    state: Digest | None
    """Salted digest of the item's document that was written with it, or None."""
    link: Digest


class Reads(Protocol):
    """What can be asked of the database."""

    def item(self, ref: ItemRef) -> Item | None: ...
    def items(self, *, open_only: bool = True, limit: int = 1000) -> Sequence[Item]: ...
    def records(self, ref: ItemRef) -> Sequence[StoredRecord]: ...
    def deliveries(
        self, ref: ItemRef | None = None, *, states: Sequence[MailState] = (), limit: int = 1000
    ) -> Sequence[Delivery]: ...
    def letter(self, letter_id: int) -> StoredLetter | None: ...
    def letters(
        self, *, ref: ItemRef | None = None, states: Sequence[LetterState] = (), limit: int = 1000
    ) -> Sequence[StoredLetter]: ...
    def delivery_of(self, message_id: MessageId) -> Delivery | None:
        """The outbox row of a Message-ID of ours, with or without an item: what a bounce is about."""
        ...

    def blob(self, digest: Digest) -> bytes:
        """The bytes under `digest`. Raises KeyError where there are none."""
        ...

    def copy_of(self, token: Token) -> CopyPlace | None: ...
    def places(self, ids: Sequence[MessageId]) -> Sequence[MessagePlace]:
        """Items that these Message-IDs belong to, through an index; in the order of `ids`."""
        ...

    def open_asks_to(self, address: Address) -> Sequence[CopyPlace]:
        """Copies of open asks that went to this address, across items."""
        ...

    def sent_digests(self, ref: ItemRef, *, limit: int = 50) -> Sequence[Digest]:
        """Plain texts of the newest mails of the item, ours and staff's: what a reply may quote.

        Newest first; a text that went to many is named once. `blob` has them in UTF-8.
        """
        ...

    def letter_seen(self, digest: Digest, *, before: int) -> bool:
        """Whether a letter with the same bytes and a lower id than `before` exists."""
        ...

    def letters_named(self, message_id: MessageId) -> Sequence[StoredLetter]:
        """Finished letters with this Message-ID, oldest first (through an index)."""
        ...

    def watermark(self, mailbox: str) -> Watermark | None: ...
    def meta(self, key: str) -> str | None: ...
    def next_due(self) -> datetime | None:
        """The earliest instant at which a queued mail or a timer is due."""
        ...

    # verifying
    def refs(self, *, after: ItemRef | None = None, limit: int = 1000) -> Sequence[ItemRef]:
        """References of all items, ascending, page by page."""
        ...

    def faults(self, ref: ItemRef) -> Sequence[Fault]:
        """What in the rows of one item is not as it was written: chain, document, keys, mails."""
        ...

    def damaged_blobs(self, *, limit: int = 100) -> Sequence[Fault]:
        """Bytes that no longer have their digest, or are missing; at most `limit`. Reads every blob."""
        ...


class Transaction(Reads, Protocol):
    """A unit of work. Nothing of it stays unless `commit()` is reached."""

    def commit(self) -> None:
        """Make it durable. Raises StoreConflict, StoreDown."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """What an exception inside it leaves undone, without ending the transaction."""
        ...

    # letters
    def accept(self, mailbox: str, uidvalidity: int, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Store bytes and rows, unique on (mailbox, uidvalidity, uid); how many were new."""
        ...

    def start_letters(
        self, limit: int, now: datetime, *, owner: str, lease: float, max_bytes: int
    ) -> Sequence[tuple[StoredLetter, bytes]]:
        """Oldest ACCEPTED and FAILED letters with attempts counted up, leased so many seconds.

        At most `limit`, and together at most `max_bytes`; a larger one comes alone.
        """
        ...

    def finish_letter(
        self,
        letter_id: int,
        state: LetterState,
        *,
        kind: str,
        reason: str = "",
        ref: ItemRef | None = None,
        message_id: MessageId | None = None,
        sender: str = "",
        subject: str = "",
        again: datetime | None = None,
    ) -> None:
        """How an attempt ended. `again`: when a FAILED letter is tried next; None at the end of its lease."""
        ...

    def retry_letter(self, letter_id: int) -> bool:
        """Make a held, failed or set-aside letter ACCEPTED with no attempts; False for any other."""
        ...

    def set_watermark(self, mailbox: str, mark: Watermark) -> None: ...
    # items
    def next_number(self, counter: str) -> int:
        """The next number of a gapless counter, in this transaction."""
        ...

    def put_item(self, item: Item, *, was: int | None) -> None:
        """Write `item`; `was` is the revision that was read, None for a new one. Copies' keys are indexed."""
        ...

    def append(self, ref: ItemRef, records: Iterable[Record], now: datetime) -> None:
        """Add links to the item's hash chain."""
        ...

    def link_message(
        self, message_id: MessageId, ref: ItemRef, *, version: int | None, text: str = ""
    ) -> None:
        """Remember that an inbound mail belongs to an item (its text: what a reply may quote)."""
        ...

    def put_blob(self, data: bytes) -> Digest: ...
    # jobs
    def owe(self, mails: Sequence[OwedMail], now: datetime) -> None: ...
    def cancel_mails(self, ref: ItemRef, purposes: Sequence[Purpose]) -> int:
        """Cancel queued mails of the item; how many."""
        ...

    def claim_mails(self, now: datetime, limit: int, *, owner: str, lease: float) -> Sequence[Delivery]:
        """Due QUEUED mails, marked SENDING for this owner."""
        ...

    def settle(self, results: Sequence[Settled], now: datetime, *, owner: str) -> None: ...
    def bounced(self, message_id: MessageId, reason: str) -> Delivery | None:
        """Mark the sent mail with this Message-ID as BOUNCED; None where we sent no such mail."""
        ...

    def requeue(self, mail_id: int, due: datetime) -> bool:
        """Queue an uncertain, refused, bounced, blocked or cancelled mail again; False for any other."""
        ...

    def stranded(self, now: datetime, *, owner: str) -> Sequence[Delivery]:
        """Mails found SENDING whose lease has passed, now this owner's: offered once, answer unknown."""
        ...

    def owners(self) -> Sequence[str]:
        """The processes that have letters or mails in hand, or left them so."""
        ...

    def end_leases(self, owners: Sequence[str]) -> None:
        """What these processes, which are gone, left half done is anybody's at once."""
        ...

    def set_timers(self, ref: ItemRef, timers: Sequence[Timer]) -> None: ...
    def cancel_timers(self, ref: ItemRef, keys: Sequence[str]) -> None:
        """Keys, or prefixes that end in "*"."""
        ...

    def due_timers(self, now: datetime, limit: int) -> Sequence[DueTimer]: ...
    def finish_timer(self, timer_id: int) -> None: ...
    # the rest
    def once(self, key: str, day: date) -> bool:
        """True the first time this key comes on this day."""
        ...

    def set_meta(self, key: str, value: str) -> None: ...


class Store(Protocol):
    """The database."""

    def reading(self) -> AbstractContextManager[Reads]: ...
    def writing(self) -> AbstractContextManager[Transaction]: ...
    def close(self) -> None: ...
