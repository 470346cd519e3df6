"""A database in which nothing is: for reading mails without a configuration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.core.chain import Fault
from mailbot.core.item import Item
from mailbot.core.values import Address, Digest, ItemRef, MessageId, Token
from mailbot.ports.store import (
    CopyPlace,
    Delivery,
    LetterState,
    MailState,
    MessagePlace,
    StoredLetter,
    StoredRecord,
    Watermark,
)


class EmptyReads:
    """`ports.store.Reads` of an empty database."""

    def item(self, ref: ItemRef) -> Item | None:
        return None

    def items(self, *, open_only: bool = True, limit: int = 1000) -> Sequence[Item]:
        return ()

    def refs(self, *, after: ItemRef | None = None, limit: int = 1000) -> Sequence[ItemRef]:
        return ()

    def records(self, ref: ItemRef) -> Sequence[StoredRecord]:
        return ()

    def deliveries(
        self, ref: ItemRef | None = None, *, states: Sequence[MailState] = (), limit: int = 1000
    ) -> Sequence[Delivery]:
        return ()

    def delivery_of(self, message_id: MessageId) -> Delivery | None:
        return None

    def letter(self, letter_id: int) -> StoredLetter | None:
        return None

    def letters(
        self, *, ref: ItemRef | None = None, states: Sequence[LetterState] = (), limit: int = 1000
    ) -> Sequence[StoredLetter]:
        return ()

    def letters_named(self, message_id: MessageId) -> Sequence[StoredLetter]:
        return ()

    def blob(self, digest: Digest) -> bytes:
        raise KeyError(digest)

    def copy_of(self, token: Token) -> CopyPlace | None:
        return None

    def places(self, ids: Sequence[MessageId]) -> Sequence[MessagePlace]:
        return ()

    def open_asks_to(self, address: Address) -> Sequence[CopyPlace]:
        return ()

    def sent_digests(self, ref: ItemRef, *, limit: int = 50) -> Sequence[Digest]:
        return ()

    def letter_seen(self, digest: Digest, *, before: int) -> bool:
        return False

    def watermark(self, mailbox: str) -> Watermark | None:
        return None

    def meta(self, key: str) -> str | None:
        return None

    def next_due(self) -> datetime | None:
        return None

    def faults(self, ref: ItemRef) -> Sequence[Fault]:
        return ()

    def damaged_blobs(self, *, limit: int = 100) -> Sequence[Fault]:
        return ()
