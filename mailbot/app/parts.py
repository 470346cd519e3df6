"""What the shell works with: every port filled in, and the unit's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mailbot.core.decision import Decision
from mailbot.core.rules import Rulebook
from mailbot.core.values import Address
from mailbot.ports.clock import Clock, Entropy
from mailbot.ports.documents import Documents
from mailbot.ports.mailbox import Mailbox
from mailbot.ports.processes import Processes
from mailbot.ports.proofs import Proofs
from mailbot.ports.renderer import Renderer
from mailbot.ports.sender import Sender
from mailbot.ports.store import Store
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.whole import Guide, LookUp, Seen, Unread


class Mode(StrEnum):
    """How far the service may go. A fresh directory starts in GOLGE."""

    GOLGE = "golge"
    """Reads the real mailbox, sends nothing, shows what it would have sent."""
    DENEME = "deneme"
    """Everything outward goes to staff, with a banner."""
    CANLI = "canli"


class Reader(Protocol):
    """Reads letters in two steps (see `reading.whole`) where they can be stopped."""

    async def read(
        self, raws: Sequence[bytes], guide: Guide, now: datetime, look_up: LookUp
    ) -> list[Seen | Unread]:
        """One answer for each mail, in order: one that hangs, crashes or swells harms no other.

        `look_up` is called between the steps, perhaps on another thread; what it raises is raised here.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder that is watched."""

    name: str
    """"INBOX", or the Sent folder."""
    mailbox: Mailbox
    sent: bool = False
    """True for the folder of what staff sent by hand."""


class NobodyKnown:
    """`ports.processes.Processes` where nothing is known of others: their leases run to their ends."""

    def gone(self, owner: str) -> bool:  # noqa: ARG002
        return False


@dataclass(frozen=True, slots=True)
class Parts:
    """All that the service is made of. `app.wiring` is the only place that chooses adapters."""

    store: Store
    book: Rulebook
    lexicon: Lexicon
    watched: tuple[Watched, ...]
    sender: Sender
    renderer: Renderer
    proofs: Proofs
    clock: Clock
    entropy: Entropy
    reader: Reader
    documents: Documents
    envelope_from: Address
    move_to: str | None = None
    """Where handled letters are filed; None (the default) leaves them where they are."""
    max_size: int = 30_000_000
    """Bytes; of a larger letter only the head is taken and staff are told."""
    poll_seconds: float = 60.0
    known: Sequence[tuple[str, Decision]] = ()
    """Replies with their classes, on which every addition to the lexicon is tried."""
    owner: str = "mailbot"
    """Names this process in leases."""
    processes: Processes = field(default_factory=NobodyKnown)
