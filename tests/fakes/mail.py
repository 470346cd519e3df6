"""A mailbox and a sender in memory, and readers in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.adapters.documents import files_of
from mailbot.adapters.examine import examine_file
from mailbot.core.document import Examined
from mailbot.core.letter import Letter
from mailbot.core.values import Address
from mailbot.ports.documents import Form
from mailbot.ports.mailbox import Fetched, MailboxDown, Selected
from mailbot.ports.sender import Accepted, Answer
from mailbot.reading.mime import hostile
from mailbot.reading.whole import Guide, LookUp, Seen, Unread, look, read


@dataclass
class FakeMailbox:
    """`ports.mailbox.Mailbox` over a list: letters by UID, as IMAP4rev1 would number them."""

    uidvalidity: int = 1
    letters: dict[int, tuple[datetime, bytes]] = field(default_factory=dict)
    moved: list[tuple[int, str]] = field(default_factory=list)
    down: str | None = None
    """Say why the server cannot be reached, and every call raises MailboxDown."""
    _next: int = 1

    def put(self, raw: bytes, arrived: datetime) -> int:
        """A letter arrives; its UID."""
        uid = self._next
        self.letters[uid] = (arrived, raw)
        self._next += 1
        return uid

    def renumber(self) -> None:
        """The server rebuilt the folder: other UIDs under another UIDVALIDITY."""
        kept = list(self.letters.values())
        self.uidvalidity += 1
        self.letters = dict(enumerate(kept, start=1))
        self._next = len(kept) + 1

    def _reach(self) -> None:
        if self.down is not None:
            raise MailboxDown(self.down)

    async def open(self) -> Selected:
        self._reach()
        return Selected(self.uidvalidity, self._next, len(self.letters))

    async def uids_from(self, first: int, *, limit: int = 10_000) -> Sequence[int]:
        self._reach()
        return sorted(uid for uid in self.letters if uid >= first)[:limit]

    async def batches(self, uids: Sequence[int], *, max_size: int) -> Sequence[Sequence[int]]:
        self._reach()
        return [list(uids)] if uids else []

    async def fetch(self, uids: Sequence[int], *, max_size: int) -> Sequence[Fetched]:
        self._reach()
        found = []
        for uid in uids:
            if uid not in self.letters:
                continue
            arrived, raw = self.letters[uid]
            whole = raw if len(raw) <= max_size else None
            head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            found.append(Fetched(uid, arrived, len(raw), whole, head))
        return found

    async def wait(self, seconds: float) -> bool:
        self._reach()
        return True

    async def move(self, uid: int, folder: str) -> bool:
        self._reach()
        if self.letters.pop(uid, None) is None:
            return False
        self.moved.append((uid, folder))
        return True

    async def close(self) -> None:
        pass


@dataclass
class FakeSender:
    """`ports.sender.Sender` that takes everything, or answers by script, and remembers what it took."""

    accepted: list[tuple[Address, bytes]] = field(default_factory=list)
    script: deque[Answer] = field(default_factory=deque)
    """Answers for the next offers; when it is empty, mails are accepted."""
    answer: Callable[[Address], Answer | None] = lambda recipient: None
    """A standing answer for some recipients; None: accepted."""

    async def send(self, envelope_from: Address, recipient: Address, mail: bytes) -> Answer:
        answer = self.script.popleft() if self.script else self.answer(recipient) or Accepted("250 2.0.0 OK")
        if isinstance(answer, Accepted):
            self.accepted.append((recipient, mail))
        return answer

    async def close(self) -> None:
        pass


class InlineDocuments:
    """`ports.documents.Documents` in this process."""

    async def examine(self, letter: Letter) -> Examined:
        return Examined(tuple(one for file in files_of(letter) for one in examine_file(*file)))

    async def form(self, name: str, values: Mapping[str, object]) -> Form:
        return Form()

    def close(self) -> None:
        pass


class InlineReader:
    """`app.parts.Reader` in this process: for tests whose mails are known to be harmless."""

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
