"""A mailbox, a sender and a clock in memory: for playing a scenario in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mailbot.core.values import Address
from mailbot.ports.mailbox import Fetched, Selected
from mailbot.ports.sender import Accepted, Answer
from mailbot.reading.mime import hostile
from mailbot.reading.whole import Guide, LookUp, Seen, Unread, look, read


@dataclass
class MovableClock:
    """`ports.clock.Clock` whose hands are moved. Time never runs backwards."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant.astimezone(UTC)

    def forward(self, span: timedelta) -> None:
        """Move the hands on. Raises ValueError for a span below zero."""
        if span < timedelta(0):
            raise ValueError("saat geri alınamaz")
        self.instant += span

    def set(self, instant: datetime) -> None:
        """Move the hands to `instant`. Raises ValueError where it lies in the past."""
        self.forward(instant - self.instant)

    async def sleep(self, seconds: float) -> None:
        self.forward(timedelta(seconds=seconds))


@dataclass
class MemoryMailbox:
    """`ports.mailbox.Mailbox` over a list."""

    letters: dict[int, tuple[datetime, bytes]] = field(default_factory=dict)

    def put(self, raw: bytes, arrived: datetime) -> None:
        """A letter arrives."""
        self.letters[len(self.letters) + 1] = (arrived, raw)

    async def open(self) -> Selected:
        return Selected(1, len(self.letters) + 1, len(self.letters))

    async def uids_from(self, first: int, *, limit: int = 10_000) -> Sequence[int]:
        return [uid for uid in self.letters if uid >= first][:limit]

    async def batches(self, uids: Sequence[int], *, max_size: int) -> Sequence[Sequence[int]]:
        return [list(uids)] if uids else []

    async def fetch(self, uids: Sequence[int], *, max_size: int) -> Sequence[Fetched]:
        found = []
        for uid in uids:
            arrived, raw = self.letters[uid]
            head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            found.append(Fetched(uid, arrived, len(raw), raw if len(raw) <= max_size else None, head))
        return found

    async def wait(self, seconds: float) -> bool:
        return True

    async def move(self, uid: int, folder: str) -> bool:
        return False

    async def close(self) -> None:
        pass


@dataclass
class MemorySender:
    """`ports.sender.Sender` that keeps what it is given."""

    accepted: list[tuple[Address, bytes]] = field(default_factory=list)

    async def send(self, envelope_from: Address, recipient: Address, mail: bytes) -> Answer:
        self.accepted.append((recipient, mail))
        return Accepted("250 2.0.0 OK")

    async def close(self) -> None:
        pass


class HereReader:
    """`app.parts.Reader` in this process: a scenario's mails are the program's own."""

    async def read(
        self, raws: Sequence[bytes], guide: Guide, now: datetime, look_up: LookUp
    ) -> list[Seen | Unread]:
        answers: list[Seen | Unread] = []
        for place, raw in enumerate(raws):
            if why := hostile(raw):
                answers.append(Unread(why, poison=True))
                continue
            seen = look(raw)
            ((known, sent),) = look_up([(place, seen)])
            answers.append(Seen(seen, known, guide, read(seen, known, sent, guide, now)))
        return answers

    def close(self) -> None:
        pass
