"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "items",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index("ix_items_open", "items", ["open", "opened_at"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "once",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=512), nullable=False),
        sa.PrimaryKeyConstraint("day", "key"),
    )
    op.create_table(
        "watermarks",
        sa.Column("mailbox", sa.String(length=255), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("started", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("mailbox"),
    )
    op.create_table(
        "chains",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["items.ref"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_table(
        "copies",
        sa.Column("token", sa.String(length=14), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["items.ref"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index("ix_copies_address", "copies", ["address", "open"], unique=False)
    op.create_index("ix_copies_ref", "copies", ["ref"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("due", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=128), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["items.ref"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("ref", "kind", "key", name="uq_jobs_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_due", "jobs", ["kind", "state", "due", "id"], unique=False)
    op.create_table(
        "letters",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("mailbox", sa.String(length=255), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("arrived", INSTANT, nullable=False),
        sa.Column("accepted_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ready", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("key", sa.String(length=512), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["ref"], ["items.ref"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mailbox", "uidvalidity", "uid", name="uq_letters_place"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_digest", "letters", ["digest", "id"], unique=False)
    op.create_index("ix_letters_key", "letters", ["key", "id"], unique=False)
    op.create_index("ix_letters_ready", "letters", ["ready", "id"], unique=False)
    op.create_index("ix_letters_ref", "letters", ["ref", "id"], unique=False)
    op.create_index("ix_letters_state", "letters", ["state", "id"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=512), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("ours", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=True),
        sa.Column("text", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["ref"], ["items.ref"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["text"], ["blobs.digest"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_messages_key", "messages", ["key"], unique=True)
    op.create_index("ix_messages_ref", "messages", ["ref", "id"], unique=False)
    op.create_table(
        "records",
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["items.ref"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("ref", "seq"),
    )
    op.create_table(
        "mails",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.String(length=512), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("template", sa.String(length=128), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("head_digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("repeatable", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("office", sa.String(length=64), nullable=True),
        sa.Column("gate", sa.String(length=64), nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["blobs.digest"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["id"], ["jobs.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mails_message_id", "mails", ["message_id"], unique=True)
