"""Taking letters in: bytes first, then one attempt after another until each is handled."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.app.desk import Desk
from mailbot.app.parts import Parts, Watched
from mailbot.core.document import NOTHING, Examined
from mailbot.core.letter import Letter
from mailbot.core.rules import Rulebook
from mailbot.core.values import Address
from mailbot.ports.mailbox import Fetched, Selected
from mailbot.ports.store import Arrival, LetterState, StoredLetter, StoreDown, Transaction, Watermark
from mailbot.reading.whole import Seen, Unread

log = logging.getLogger("mailbot.intake")

LEASE = 120.0
"""Seconds for which a started letter belongs to this process."""

FETCHED = 50
"""Letters that are looked for at a time."""

BATCH = 10
BATCH_BYTES = 4_000_000
"""Letters, and bytes, that are read together and decided between two commits. A larger one goes alone."""

AHEAD = 3
"""Batches that are being read, or lie read, while one is decided: no process is ever idle."""

ATTEMPTS = 3
"""The third failure sets a letter aside with its bytes; poison is set aside at the first."""

AGAIN = (timedelta(seconds=5), timedelta(seconds=30))
"""Before the second and the third attempt: what was not the letter's fault may have passed."""

SKEW = timedelta(minutes=10)
"""How far the clock of the mail server may lie behind ours."""

WAITING = 25
WAITING_BYTES = 32_000_000
"""Letters, and bytes, whose files are being looked into at a time: they lie in memory."""

TOO_LARGE = "too-large"
"""Reason of a letter of which only the head was taken."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Letters whose attempt is counted, and the reading of them that is under way."""

    letters: Sequence[StoredLetter]
    reading: asyncio.Future[list[Seen | Unread]]
    at: datetime

    @property
    def weight(self) -> int:
        return sum(letter.size for letter in self.letters)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A letter whose turn it is."""

    stored: StoredLetter
    seen: Seen | Unread
    examined: Examined = NOTHING


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A letter whose files are being looked into, or that may belong to one whose files are."""

    stored: StoredLetter
    seen: Seen | Unread
    looking: asyncio.Future[Examined] | None
    at: datetime
    """When its attempt was counted."""


class Intake:
    """From the mailbox to committed state."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._acquainted = _acquainted(parts.book)
        self._desk = Desk(parts)
        self._open: dict[str, Selected] = {}
        self._one_at_a_time = asyncio.Lock()
        self._ahead: deque[_Batch] = deque()
        self._waiting: list[_Waiting] = []
        self.due = asyncio.Event()
        """Letters were accepted, or the files of one were read: there may be something to decide."""
        self._renumbered: dict[str, int] = {}
        """By folder: below this UID lie letters that got new numbers, old ones among them."""

    def forget(self, watched: Watched) -> None:
        """The connection is gone; the next look opens it anew."""
        self._open.pop(watched.name, None)

    async def look(self, watched: Watched) -> int:
        """Accept what is new in the folder; how many letters. Raises MailboxDown, MailboxRefused."""
        parts, box = self._parts, watched.mailbox
        selected = self._open.get(watched.name)
        if selected is None:
            selected = self._open[watched.name] = await box.open()
        with parts.store.reading() as reads:
            mark = reads.watermark(watched.name)
        if mark is None:
            # Nothing that arrived before the first start is acted on.
            self._mark(watched, Watermark(selected.uidvalidity, selected.uidnext - 1, parts.clock.now()))
            log.info("%s: ilk başlangıç; önceki %d ileti işlenmeyecek", watched.name, selected.exists)
            return 0
        if mark.uidvalidity != selected.uidvalidity:
            log.warning("%s: UIDVALIDITY değişti; iletiler yeniden tanınıyor", watched.name)
            self._renumbered[watched.name] = selected.uidnext
            mark = Watermark(selected.uidvalidity, 0, mark.started)
            first = await self._first_since_start(watched, mark)
            mark = Watermark(mark.uidvalidity, first - 1, mark.started)
            self._mark(watched, mark)
        taken = 0
        while uids := await box.uids_from(mark.last_uid + 1, limit=FETCHED):
            for batch in await box.batches(uids, max_size=parts.max_size):
                fetched = await box.fetch(batch, max_size=parts.max_size)
                arrivals = [self._arrival(f, watched, mark) for f in fetched]
                mark = Watermark(mark.uidvalidity, batch[-1], mark.started)
                with parts.store.writing() as tx:
                    taken += tx.accept(watched.name, mark.uidvalidity, arrivals, parts.clock.now())
                    tx.set_watermark(watched.name, mark)
                    tx.commit()
                self.due.set()
            if len(uids) < FETCHED:
                # What came since was told with one of these answers: the next wait ends at once.
                break
        return taken

    def _mark(self, watched: Watched, mark: Watermark) -> None:
        with self._parts.store.writing() as tx:
            tx.set_watermark(watched.name, mark)
            tx.commit()

    async def _first_since_start(self, watched: Watched, mark: Watermark) -> int:
        """The lowest UID of the renumbered folder that arrived after the first start; reads heads alone."""
        last = 0
        while uids := await watched.mailbox.uids_from(last + 1, limit=500):
            for fetched in await watched.mailbox.fetch(uids, max_size=0):
                if fetched.arrived > mark.started:
                    return fetched.uid
            last = uids[-1]
        return last + 1

    def _arrival(self, fetched: Fetched, watched: Watched, mark: Watermark) -> Arrival:
        raw = fetched.raw if fetched.raw is not None else fetched.head
        if self._is_old(fetched, watched, mark):
            return Arrival(
                fetched.uid,
                fetched.arrived,
                fetched.size,
                raw,
                LetterState.OLD,
                "ilk başlangıçtan önce gelmiş",
            )
        reason = TOO_LARGE if fetched.raw is None else ""
        return Arrival(fetched.uid, fetched.arrived, fetched.size, raw, LetterState.ACCEPTED, reason)

    def _is_old(self, fetched: Fetched, watched: Watched, mark: Watermark) -> bool:
        """Whether the letter arrived before the first start, by the server's clock, which counts in seconds.

        A number above the first start's says that it came later, unless somebody moved it here or
        the folder was renumbered; only there the date alone decides.
        """
        if fetched.uid < self._renumbered.get(watched.name, 0):
            return fetched.arrived <= mark.started
        return fetched.arrived < mark.started - SKEW

    async def handle(self) -> int:
        """Take up one batch of letters that were read, and decide those whose turn has come; how many."""
        async with self._one_at_a_time:
            self._read_ahead()
            came = 0
            if self._ahead:
                batch = self._ahead.popleft()
                seen = await batch.reading
                came = len(seen)
                for stored, one in zip(batch.letters, seen, strict=True):
                    self._queue(stored, one, batch.at)
                self._read_ahead()
                await asyncio.sleep(0)  # so that the reading starts
            ready = self._turns()
            await self._decide(ready)
            return len(ready) or came

    async def rest(self) -> bool:
        """Wait for the files of one letter; False where none are being looked into."""
        looking = [w.looking for w in self._waiting if w.looking is not None]
        if looking:
            await asyncio.wait(looking, return_when=asyncio.FIRST_COMPLETED)
        return bool(looking)

    def let_go(self) -> None:
        """Leave what was not decided to the next start, which need not wait for the end of a lease."""
        with self._parts.store.writing() as tx:
            for batch in self._ahead:
                batch.reading.cancel()
            left = [stored for batch in self._ahead for stored in batch.letters]
            for stored in (*left, *(waiting.stored for waiting in self._waiting)):
                tx.finish_letter(stored.id, LetterState.ACCEPTED, kind="")
            tx.commit()
        self._ahead.clear()
        self._waiting.clear()

    def _read_ahead(self) -> None:
        parts = self._parts
        while len(self._ahead) < AHEAD and sum(batch.weight for batch in self._ahead) < BATCH_BYTES:
            waiting = sum(one.stored.size for one in self._waiting)
            if len(self._waiting) >= WAITING or waiting >= WAITING_BYTES:
                return
            now = parts.clock.now()
            with parts.store.writing() as tx:
                started = tx.start_letters(
                    BATCH, now, owner=parts.owner, lease=LEASE, max_bytes=BATCH_BYTES
                )
                if not started:
                    return
                guide = self._desk.guide(tx)
                tx.commit()
            letters = [stored for stored, _ in started]
            reading = parts.reader.read(
                [raw for _, raw in started], guide, now, self._desk.looking_up(letters, now)
            )
            self._ahead.append(_Batch(letters, asyncio.ensure_future(reading), now))

    def _queue(self, stored: StoredLetter, seen: Seen | Unread, at: datetime) -> None:
        """Put a letter behind those that wait, and have its files looked into where it has any."""
        # A letter that comes again, since its lease passed while its files were read, waits once.
        self._waiting = [w for w in self._waiting if w.stored.id != stored.id]
        looking = None
        if isinstance(seen, Seen) and self._has_files(seen.look.letter):
            looking = asyncio.ensure_future(self._parts.documents.examine(seen.look.letter))
            looking.add_done_callback(lambda _: self.due.set())
        self._waiting.append(_Waiting(stored, seen, looking, at))

    def _has_files(self, letter: Letter) -> bool:
        """Whether files have to be looked into: only those of somebody whom the directory knows."""
        if not letter.attachments and not letter.attached:
            return False
        return len(letter.from_) == 1 and letter.from_[0].address.base in self._acquainted

    def _turns(self) -> list[_Ready]:
        """Letters that may be handled now, in order; what belongs to one that waits, waits behind it."""
        ready: list[_Ready] = []
        waiting: list[_Waiting] = []
        over = self._parts.clock.now() - timedelta(seconds=LEASE * 0.8)
        for one in self._waiting:
            if one.at < over:
                continue  # another process may have it by now: it comes again when its lease has passed
            if (one.looking is not None and not one.looking.done()) or any(_behind(one, w) for w in waiting):
                waiting.append(one)
            else:
                ready.append(_Ready(one.stored, one.seen, _found(one)))
        self._waiting = waiting
        return ready

    async def _decide(self, letters: Sequence[_Ready]) -> None:
        """One transaction for the batch. What its first letters change may be what a later one was read on.

        Then that one is read again before it and those behind it are decided.
        """
        left = list(letters)
        while left:
            with self._parts.store.writing() as tx:
                done = self._in_order(tx, left)
                if done:
                    tx.commit()
            left = left[done:]
            if left:
                left[0] = replace(left[0], seen=await self._read_again(left[0].stored))

    def _in_order(self, tx: Transaction, batch: Sequence[_Ready]) -> int:
        """Decide one after the other, a savepoint for each; how many, until one has to be read again."""
        now = self._parts.clock.now()
        for done, one in enumerate(batch):
            if isinstance(one.seen, Unread):
                self._unread(tx, one.stored, one.seen, now)
                continue
            try:
                with tx.savepoint():
                    if not self._desk.handle(tx, one.stored, one.seen, one.examined):
                        return done
            except StoreDown:
                raise
            except Exception as problem:
                # A bug: the letter is kept and tried again; the others go on.
                log.exception("ileti %d işlenemedi", one.stored.id)
                why = f"işlenirken hata oluştu ({type(problem).__name__})"
                self._unread(tx, one.stored, Unread(why, poison=False), now)
        return len(batch)

    async def _read_again(self, stored: StoredLetter) -> Seen | Unread:
        parts, now = self._parts, self._parts.clock.now()
        with parts.store.reading() as reads:
            raw, guide = reads.blob(stored.digest), self._desk.guide(reads)
        (seen,) = await parts.reader.read([raw], guide, now, self._desk.looking_up([stored], now))
        return seen

    def _unread(self, tx: Transaction, stored: StoredLetter, unread: Unread, now: datetime) -> None:
        if stored.attempts < ATTEMPTS and not unread.poison:
            again = now + AGAIN[min(stored.attempts, len(AGAIN)) - 1]
            tx.finish_letter(stored.id, LetterState.FAILED, kind="malformed", reason=unread.why, again=again)
            return
        tx.finish_letter(stored.id, LetterState.SET_ASIDE, kind="malformed", reason=unread.why)
        self._desk.set_aside(tx, stored, unread.why)


def _found(one: _Waiting) -> Examined:
    """What was found in the files; nothing where looking broke down, which is a bug: the letter goes on."""
    if one.looking is None or one.looking.cancelled():
        return NOTHING
    if (problem := one.looking.exception()) is not None:
        log.error("ileti %d: ekleri incelenemedi", one.stored.id, exc_info=problem)
        return NOTHING
    return one.looking.result()


def _acquainted(book: Rulebook) -> frozenset[Address]:
    """Everybody whose files may matter; a stranger's cost nothing."""
    people = [*book.staff, *(d.person for d in book.deputies)]
    people += [p for office in book.offices.values() for p in office.people]
    people += [p for group in (book.departments, book.facilities) for g in group.values() for p in g.people]
    return frozenset(p.address.base for p in people)


def _behind(one: _Waiting, other: _Waiting) -> bool:
    """Whether `one` may only be understood after `other`: the same sender, or the same thread."""
    if isinstance(one.seen, Unread) or isinstance(other.seen, Unread):
        return False
    mine, theirs = one.seen.look.letter, other.seen.look.letter
    if mine.from_ and theirs.from_ and mine.from_[0].address.base == theirs.from_[0].address.base:
        return True
    named = {*mine.in_reply_to, *mine.references}
    return theirs.message_id in named or bool(named & {*theirs.in_reply_to, *theirs.references})
