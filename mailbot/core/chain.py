"""The hash chain of an item's history: one altered byte anywhere is found.

A link covers the salted digest of the record's data, not the data: a purge may take the data (and the
salt) away and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from mailbot.core.outcome import Plain
from mailbot.core.values import Digest, ItemRef

START = Digest("0" * 64)
"""What the first link of a chain is linked to."""


def canonical(data: Mapping[str, Plain]) -> str:
    """The one JSON text of `data`: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def salted_digest(salt: str, text: str, data: str) -> Digest:
    """The digest that stands for a record's words in the chain."""
    return Digest(hashlib.sha256(b"\0".join((salt.encode(), text.encode(), data.encode()))).hexdigest())


def link_of(previous: Digest, ref: ItemRef, seq: int, at: datetime, kind: str, content: Digest) -> Digest:
    """The link of record number `seq` (from 1), after the link `previous`."""
    line = "\n".join(
        ("mailbot chain 1", previous, str(ref), str(seq), at.astimezone(UTC).isoformat(), kind, content)
    )
    return Digest(hashlib.sha256(line.encode()).hexdigest())
