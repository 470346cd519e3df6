"""Ports that die at the k-th call, and stay dead: a process that is killed makes no further call.

A cut falls before the call, so that nothing of it happened. What falls behind it (a mail the server took, a
commit that is durable) is the cut before the next call, for which the sender and the store tick once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mailbot.core.values import Address
from mailbot.ports.clock import Clock, Entropy
from mailbot.ports.mailbox import Fetched, Mailbox, Selected
from mailbot.ports.sender import Answer, Sender
from mailbot.ports.store import Store


class Cut(BaseException):
    """The process is gone. No handler of the service may catch it."""


@dataclass
class Fuse:
    """Counts calls and blows before the call number `at` (from 1); None: it only counts."""

    at: int | None = None
    calls: list[str] = field(default_factory=list)
    blown: bool = False

    def tick(self, call: str) -> None:
        if self.blown:
            raise Cut(call)
        self.calls.append(call)
        if len(self.calls) == self.at:
            self.blown = True
            raise Cut(call)


@dataclass
class CutStore:
    """`ports.store.Store`: a unit of work is cut where it begins, before it is durable, and behind that."""

    inner: Store
    fuse: Fuse

    @contextmanager
    def reading(self) -> Iterator[Any]:
        self.fuse.tick("store.reading")
        with self.inner.reading() as reads:
            yield reads

    @contextmanager
    def writing(self) -> Iterator[Any]:
        self.fuse.tick("store.writing")
        with self.inner.writing() as tx:
            yield _CutTransaction(tx, self.fuse)

    def close(self) -> None:
        self.inner.close()


@dataclass
class _CutTransaction:
    _inner: Any
    _fuse: Fuse

    def commit(self) -> None:
        self._fuse.tick("store.commit")
        self._inner.commit()
        self._fuse.tick("store.committed")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@dataclass
class CutMailbox:
    """`ports.mailbox.Mailbox`."""

    inner: Mailbox
    fuse: Fuse

    async def open(self) -> Selected:
        self.fuse.tick("mailbox.open")
        return await self.inner.open()

    async def uids_from(self, first: int, *, limit: int = 10_000) -> Sequence[int]:
        self.fuse.tick("mailbox.uids_from")
        return await self.inner.uids_from(first, limit=limit)

    async def batches(self, uids: Sequence[int], *, max_size: int) -> Sequence[Sequence[int]]:
        self.fuse.tick("mailbox.batches")
        return await self.inner.batches(uids, max_size=max_size)

    async def fetch(self, uids: Sequence[int], *, max_size: int) -> Sequence[Fetched]:
        self.fuse.tick("mailbox.fetch")
        return await self.inner.fetch(uids, max_size=max_size)

    async def wait(self, seconds: float) -> bool:
        self.fuse.tick("mailbox.wait")
        return await self.inner.wait(seconds)

    async def move(self, uid: int, folder: str) -> bool:
        self.fuse.tick("mailbox.move")
        return await self.inner.move(uid, folder)

    async def close(self) -> None:
        await self.inner.close()


@dataclass
class CutSender:
    """`ports.sender.Sender`: a mail is cut before it is offered, and when the server has taken it."""

    inner: Sender
    fuse: Fuse

    async def send(self, envelope_from: Address, recipient: Address, mail: bytes) -> Answer:
        self.fuse.tick("sender.send")
        answer = await self.inner.send(envelope_from, recipient, mail)
        self.fuse.tick("sender.answered")
        return answer

    async def close(self) -> None:
        await self.inner.close()


@dataclass
class CutClock:
    """`ports.clock.Clock`."""

    inner: Clock
    fuse: Fuse

    def now(self) -> datetime:
        self.fuse.tick("clock.now")
        return self.inner.now()

    async def sleep(self, seconds: float) -> None:
        self.fuse.tick("clock.sleep")
        await self.inner.sleep(seconds)


@dataclass
class CutEntropy:
    """`ports.clock.Entropy`."""

    inner: Entropy
    fuse: Fuse

    def bits(self, count: int) -> int:
        self.fuse.tick("entropy.bits")
        return self.inner.bits(count)
