"""The copies of a release that have not left: counted where it is stopped, let go where it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.core.item import Item
from mailbot.core.outcome import Purpose
from mailbot.core.values import Address
from mailbot.ports.store import Delivery, MailState, Reads, Transaction

_OF_RELEASE = (Purpose.RELEASE, Purpose.TASK)


def _copies(reads: Reads, item: Item, states: Sequence[MailState]) -> list[Delivery]:
    version = item.version.number if item.version else None
    rows = reads.deliveries(item.ref, states=states, limit=10_000)
    return [m for m in rows if m.purpose in _OF_RELEASE and m.version == version]


def unsent(reads: Reads, item: Item) -> int | None:
    """How many copies of the item's release still wait; None where it is not released."""
    if item.released_at is None:
        return None
    return len(_copies(reads, item, (MailState.QUEUED, MailState.SENDING)))


def let_go(tx: Transaction, item: Item, now: datetime) -> int:
    """Queue the copies that a stop called back; the gate looks at each again. How many."""
    stopped = _copies(tx, item, (MailState.CANCELLED,))
    return sum(tx.requeue(mail.id, now) for mail in stopped)


def reached(reads: Reads, item: Item) -> tuple[Address, ...]:
    """Whoever got, or may have got, a copy of the distribution: a correction goes to them."""
    rows = reads.deliveries(item.ref, states=(MailState.SENT, MailState.UNCERTAIN), limit=10_000)
    return tuple(dict.fromkeys(m.recipient for m in rows if m.purpose is Purpose.RELEASE))
