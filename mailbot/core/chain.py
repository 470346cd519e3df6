"""The hash chain of an item's history: one altered byte anywhere is found.

A link covers the salted digest of the record's data, not the data: a purge may take the data (and the
salt) away and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

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


STATE = "durum"
"""Kind of the record that only says which document the item has now."""


class Linked(Protocol):
    """What the verifier needs of a stored record."""

    @property
    def ref(self) -> ItemRef: ...
    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def data(self) -> str: ...
    @property
    def salt(self) -> str: ...
    @property
    def content(self) -> Digest: ...
    @property
    def state(self) -> Digest | None: ...
    @property
    def link(self) -> Digest: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where stored data is not what was written. `what` is a Turkish sentence."""

    ref: ItemRef | None
    seq: int | None
    what: str


def link_of(
    previous: Digest,
    ref: ItemRef,
    seq: int,
    at: datetime,
    kind: str,
    content: Digest,
    state: Digest | None = None,
) -> Digest:
    """The link of record number `seq` (from 1), after the link `previous`.

    `state` is the salted digest of the item's document as it was written together with the record.
    """
    line = "\n".join(
        (
            "mailbot chain 1",
            previous,
            str(ref),
            str(seq),
            at.astimezone(UTC).isoformat(),
            kind,
            content,
            state or "",
        )
    )
    return Digest(hashlib.sha256(line.encode()).hexdigest())


def verify_chain(records: Iterable[Linked]) -> list[Fault]:
    """What is wrong with the records of one item, in the order of `seq`; empty where nothing is.

    Each link is compared with the link stored before it, so that one altered record is named alone and
    not everything after it. A purged record (no salt, text or data) is covered by its `content`.
    """
    faults: list[Fault] = []
    previous, expected = START, 1
    for record in records:
        if record.seq != expected:
            faults.append(Fault(record.ref, record.seq, f"{expected} numaralı kayıt yerinde yok."))
        purged = not (record.salt or record.text or record.data)
        if not purged and record.content != salted_digest(record.salt, record.text, record.data):
            faults.append(Fault(record.ref, record.seq, "Kaydın metni ya da verisi değiştirilmiş."))
        link = link_of(previous, record.ref, record.seq, record.at, record.kind, record.content, record.state)
        if record.link != link:
            faults.append(Fault(record.ref, record.seq, "Kaydın zincirdeki halkası tutmuyor."))
        previous, expected = record.link, record.seq + 1
    return faults
