"""Who left the distribution lists: kept in the database (why: `core.leaving`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from mailbot.core.leaving import Departure
from mailbot.core.values import Address
from mailbot.ports.store import Reads, Transaction

_KEY = "lists.departures"


def departures(reads: Reads) -> tuple[Departure, ...]:
    """Everybody who left, oldest first."""
    return _read(reads.meta(_KEY) or "[]")


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[Departure, ...]:
    return tuple(Departure(Address(row["address"]), row["by"], row["at"]) for row in json.loads(text))


def departed(reads: Reads) -> frozenset[Address]:
    """Their addresses."""
    return frozenset(one.address for one in departures(reads))


def leave(tx: Transaction, address: Address, by: Address | str, now: datetime) -> bool:
    """Take an address off every list; False where it has left already."""
    known = departures(tx)
    if any(one.address == address for one in known):
        return False
    _write(tx, (*known, Departure(address, str(by), now.isoformat())))
    return True


def come_back(tx: Transaction, address: Address) -> bool:
    """Let the lists send to an address again; False where it never left."""
    known = departures(tx)
    kept = tuple(one for one in known if one.address != address)
    if len(kept) == len(known):
        return False
    _write(tx, kept)
    return True


def _write(tx: Transaction, rows: Sequence[Departure]) -> None:
    plain = [{"address": str(one.address), "by": one.by, "at": one.at} for one in rows]
    tx.set_meta(_KEY, json.dumps(plain))
