"""The unit's mailbox, as IMAP4rev1 with UIDPLUS offers it (RFC 3501, 4315)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Selected:
    """What SELECT told: a UID names a letter only together with its UIDVALIDITY."""

    uidvalidity: int
    uidnext: int
    exists: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A letter's bytes as they lie in the mailbox."""

    uid: int
    arrived: datetime
    """INTERNALDATE, aware."""
    size: int
    """RFC822.SIZE in bytes."""
    raw: bytes | None = field(repr=False)
    """None where the letter is larger than the limit asked for: then `head` alone was fetched."""
    head: bytes = field(default=b"", repr=False)


class MailboxDown(Exception):
    """The server cannot be reached or has closed: connect again later. The text says why, in Turkish."""


class MailboxRefused(Exception):
    """The server refuses the account or the folder: a person must act. The text says what to do."""


class Mailbox(Protocol):
    """One watched folder over one connection. Every call may raise MailboxDown."""

    async def open(self) -> Selected:
        """Connect, log in, select. Raises MailboxRefused where trying again is no use."""
        ...

    async def uids_from(self, first: int, *, limit: int = 10_000) -> Sequence[int]:
        """The lowest UIDs >= `first`, ascending."""
        ...

    async def batches(self, uids: Sequence[int], *, max_size: int) -> Sequence[Sequence[int]]:
        """`uids` in order, parted so that the letters of one part fit into memory beside each other."""
        ...

    async def fetch(self, uids: Sequence[int], *, max_size: int) -> Sequence[Fetched]:
        """The letters with `BODY.PEEK[]`: looking changes nothing. Vanished ones are left out."""
        ...

    async def wait(self, seconds: float) -> bool:
        """Wait for news by IDLE (or a NOOP a few times a second), at most so long.

        True where something may have changed. Only a hint: search by UID either way.
        """
        ...

    async def move(self, uid: int, folder: str) -> bool:
        """File the letter; False where it is no longer there. A courtesy, may be repeated."""
        ...

    async def close(self) -> None:
        """End the connection without raising."""
        ...
