"""The rows of the database and their indexes, nothing else.

Instants are aware and in UTC: `timestamptz` on PostgreSQL, on SQLite ISO 8601 text of fixed width, which
sorts as time does and can be read by a person. References between rows are checked at commit, so a
transaction may write in any order.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

INSTANT = DateTime(timezone=True).with_variant(String(32), "sqlite")
BIG = BigInteger().with_variant(Integer(), "sqlite")
DIGEST = String(64)
REF = String(32)

metadata = SQLModel.metadata


def _identity() -> Column[int]:
    return Column("id", BIG, primary_key=True, autoincrement=True)


def _to_item(*, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    key = ForeignKey("items.ref", deferrable=True, initially="DEFERRED")
    return Column("ref", REF, key, nullable=nullable, primary_key=primary_key)


def _to_blob(name: str, *, nullable: bool = False) -> Column[str]:
    key = ForeignKey("blobs.digest", deferrable=True, initially="DEFERRED")
    return Column(name, DIGEST, key, nullable=nullable)


class BlobRow(SQLModel, table=True):
    """Bytes under their SHA-256: raw letters, attachments, bodies and texts of our mails. Stored once.

    In the database and not in files: one transaction, one backup, and every host sees them.
    """

    __tablename__ = "blobs"

    digest: str = Field(sa_column=Column(DIGEST, primary_key=True))
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class LetterRow(SQLModel, table=True):
    """An inbound letter. `ready` is when it may be started (next); NULL once it is finished."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("mailbox", "uidvalidity", "uid", name="uq_letters_place"),
        Index("ix_letters_digest", "digest", "id"),
        Index("ix_letters_state", "state", "id"),
        Index("ix_letters_ref", "ref", "id"),
        Index("ix_letters_ready", "ready", "id"),
        Index("ix_letters_key", "key", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=_identity())
    mailbox: str = Field(sa_column=Column(String(255), nullable=False))
    uidvalidity: int = Field(sa_column=Column(BigInteger, nullable=False))
    uid: int = Field(sa_column=Column(BigInteger, nullable=False))
    digest: str = Field(sa_column=_to_blob("digest"))
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    arrived: datetime = Field(sa_column=Column(INSTANT, nullable=False))
    accepted_at: datetime = Field(sa_column=Column(INSTANT, nullable=False))
    state: str = Field(sa_column=Column(String(16), nullable=False))
    ready: datetime | None = Field(sa_column=Column(INSTANT, nullable=True))
    attempts: int = Field(sa_column=Column(Integer, nullable=False))
    owner: str | None = Field(default=None, sa_column=Column(String(128), nullable=True))
    """Which process started it last."""
    kind: str = Field(sa_column=Column(String(32), nullable=False))
    ref: str | None = Field(sa_column=_to_item(nullable=True))
    message_id: str | None = Field(sa_column=Column(Text, nullable=True))
    key: str | None = Field(sa_column=Column(String(512), nullable=True))
    """What the Message-ID is found under: itself, or "sha256:" and its digest where it is long."""
    sender: str = Field(sa_column=Column(Text, nullable=False))
    subject: str = Field(sa_column=Column(Text, nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))


class ItemRow(SQLModel, table=True):
    """An item as a JSON document, what is searched for beside it, and the digest that its chain names."""

    __tablename__ = "items"
    __table_args__ = (Index("ix_items_open", "open", "opened_at"),)

    ref: str = Field(sa_column=Column(REF, primary_key=True))
    revision: int = Field(sa_column=Column(Integer, nullable=False))
    workflow: str = Field(sa_column=Column(String(64), nullable=False))
    stage: str = Field(sa_column=Column(String(64), nullable=False))
    open: int = Field(sa_column=Column(Integer, nullable=False))
    opened_at: datetime = Field(sa_column=Column(INSTANT, nullable=False))
    document: str = Field(sa_column=Column(Text, nullable=False))
    salt: str = Field(sa_column=Column(String(32), nullable=False))
    digest: str = Field(sa_column=Column(DIGEST, nullable=False))


class CopyRow(SQLModel, table=True):
    """The key of one person's copy of an ask: derived from the item, for finding it."""

    __tablename__ = "copies"
    __table_args__ = (Index("ix_copies_address", "address", "open"), Index("ix_copies_ref", "ref"))

    token: str = Field(sa_column=Column(String(14), primary_key=True))
    ref: str = Field(sa_column=_to_item())
    office: str = Field(sa_column=Column(String(64), nullable=False))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    address: str = Field(sa_column=Column(String(254), nullable=False))
    open: int = Field(sa_column=Column(Integer, nullable=False))


class MessageRow(SQLModel, table=True):
    """A Message-ID that belongs to an item: a mail of ours, or a staff mail that opened or changed it."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_key", "key", unique=True),
        Index("ix_messages_ref", "ref", "id"),
    )

    id: int | None = Field(default=None, sa_column=_identity())
    key: str = Field(sa_column=Column(String(512), nullable=False))
    """What the Message-ID is found under, as in `letters`."""
    ref: str = Field(sa_column=_to_item())
    ours: int = Field(sa_column=Column(Integer, nullable=False))
    recipient: str | None = Field(sa_column=Column(String(254), nullable=True))
    version: int | None = Field(sa_column=Column(Integer, nullable=True))
    purpose: str | None = Field(sa_column=Column(String(16), nullable=True))
    text: str | None = Field(sa_column=_to_blob("text", nullable=True))


class RecordRow(SQLModel, table=True):
    """One link of an item's hash chain. A purge empties text, data and salt; `content` keeps the proof."""

    __tablename__ = "records"

    ref: str = Field(sa_column=_to_item(primary_key=True))
    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    at: datetime = Field(sa_column=Column(INSTANT, nullable=False))
    kind: str = Field(sa_column=Column(String(64), nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    data: str = Field(sa_column=Column(Text, nullable=False))
    salt: str = Field(sa_column=Column(String(32), nullable=False))
    content: str = Field(sa_column=Column(DIGEST, nullable=False))
    state: str | None = Field(sa_column=Column(DIGEST, nullable=True))
    """Digest of the item's document when this was written; NULL where it was not written again."""
    link: str = Field(sa_column=Column(DIGEST, nullable=False))


class ChainRow(SQLModel, table=True):
    """The end of each item's chain: where the next link goes, and that none at the end is gone."""

    __tablename__ = "chains"

    ref: str = Field(sa_column=_to_item(primary_key=True))
    seq: int = Field(sa_column=Column(Integer, nullable=False))
    link: str = Field(sa_column=Column(DIGEST, nullable=False))


class JobRow(SQLModel, table=True):
    """Something owed at an instant: a mail to one recipient, or a timer (reminder, deadline, pause).

    `owner` and `leased_until` say which service works on it; only that owner may finish it.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("ref", "kind", "key", name="uq_jobs_key"),
        Index("ix_jobs_due", "kind", "state", "due", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=_identity())
    kind: str = Field(sa_column=Column(String(8), nullable=False))
    """`mail` or `timer`."""
    ref: str | None = Field(sa_column=_to_item(nullable=True))
    key: str | None = Field(sa_column=Column(String(255), nullable=True))
    """A timer of the same item and key replaces the earlier one; NULL for mails."""
    due: datetime = Field(sa_column=Column(INSTANT, nullable=False))
    state: str = Field(sa_column=Column(String(16), nullable=False))
    attempts: int = Field(sa_column=Column(Integer, nullable=False))
    owner: str | None = Field(sa_column=Column(String(128), nullable=True))
    leased_until: datetime | None = Field(sa_column=Column(INSTANT, nullable=True))
    created_at: datetime = Field(sa_column=Column(INSTANT, nullable=False))


class MailRow(SQLModel, table=True):
    """The content of a mail job, and what the server said."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_message_id", "message_id", unique=True),)

    id: int = Field(
        sa_column=Column(
            BIG,
            ForeignKey("jobs.id", deferrable=True, initially="DEFERRED"),
            primary_key=True,
            autoincrement=False,
        )
    )
    message_id: str = Field(sa_column=Column(String(512), nullable=False))
    recipient: str = Field(sa_column=Column(String(254), nullable=False))
    template: str = Field(sa_column=Column(String(128), nullable=False))
    purpose: str = Field(sa_column=Column(String(16), nullable=False))
    subject: str = Field(sa_column=Column(Text, nullable=False))
    head: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    head_digest: str = Field(sa_column=Column(DIGEST, nullable=False))
    body: str = Field(sa_column=_to_blob("body"))
    repeatable: int = Field(sa_column=Column(Integer, nullable=False))
    version: int | None = Field(sa_column=Column(Integer, nullable=True))
    office: str | None = Field(sa_column=Column(String(64), nullable=True))
    gate: str | None = Field(sa_column=Column(DIGEST, nullable=True))
    sent_at: datetime | None = Field(sa_column=Column(INSTANT, nullable=True))
    reply: str = Field(sa_column=Column(Text, nullable=False))


class CounterRow(SQLModel, table=True):
    """A counter without gaps: raised in the transaction that uses its number."""

    __tablename__ = "counters"

    name: str = Field(sa_column=Column(String(128), primary_key=True))
    value: int = Field(sa_column=Column(BigInteger, nullable=False))


class OnceRow(SQLModel, table=True):
    """What was done on a day and must not be done again that day."""

    __tablename__ = "once"

    day: str = Field(sa_column=Column(String(10), primary_key=True))
    key: str = Field(sa_column=Column(String(512), primary_key=True))


class WatermarkRow(SQLModel, table=True):
    """How far a mailbox was read."""

    __tablename__ = "watermarks"

    mailbox: str = Field(sa_column=Column(String(255), primary_key=True))
    uidvalidity: int = Field(sa_column=Column(BigInteger, nullable=False))
    last_uid: int = Field(sa_column=Column(BigInteger, nullable=False))
    started: datetime = Field(sa_column=Column(INSTANT, nullable=False))


class MetaRow(SQLModel, table=True):
    """Small facts about the installation."""

    __tablename__ = "meta"

    key: str = Field(sa_column=Column(String(128), primary_key=True))
    value: str = Field(sa_column=Column(Text, nullable=False))
