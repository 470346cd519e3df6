"""Taking letters in: bytes first, then one attempt after another until each is handled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mailbot.app.desk import Desk
from mailbot.app.parts import Parts, Watched
from mailbot.core.letter import Letter
from mailbot.ports.mailbox import Fetched, Selected
from mailbot.ports.store import Arrival, LetterState, StoredLetter, Transaction, Watermark

log = logging.getLogger("mailbot.intake")

LEASE = 120.0
"""Seconds for which a started letter belongs to this process."""

BATCH = 50
"""Letters between two commits."""

ATTEMPTS = 3
"""The third failure sets a letter aside with its bytes."""

SKEW = timedelta(minutes=10)
"""How far the clock of the mail server may lie behind ours."""

TOO_LARGE = "too-large"
"""Reason of a letter of which only the head was taken."""


@dataclass(frozen=True, slots=True)
class _Started:
    """Letters whose attempt is counted, and the parsing of them that is under way."""

    letters: Sequence[StoredLetter]
    parsing: asyncio.Future[list[Letter | str]]


class Intake:
    """From the mailbox to committed state."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._desk = Desk(parts)
        self._open: dict[str, Selected] = {}
        self._one_at_a_time = asyncio.Lock()
        self._ahead: _Started | None = None
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
        while uids := await box.uids_from(mark.last_uid + 1, limit=BATCH):
            for batch in await box.batches(uids, max_size=parts.max_size):
                fetched = await box.fetch(batch, max_size=parts.max_size)
                arrivals = [self._arrival(f, watched, mark) for f in fetched]
                mark = Watermark(mark.uidvalidity, batch[-1], mark.started)
                with parts.store.writing() as tx:
                    taken += tx.accept(watched.name, mark.uidvalidity, arrivals, parts.clock.now())
                    tx.set_watermark(watched.name, mark)
                    tx.commit()
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

    async def handle(self, limit: int = BATCH) -> int:
        """Handle accepted letters, one transaction for the batch, a savepoint for each; how many."""
        async with self._one_at_a_time:
            started, self._ahead = self._ahead or self._start(limit), None
            if started is None:
                return 0
            parsed = await started.parsing
            # The parsing process takes up the next batch while this one is handled here.
            self._ahead = self._start(limit)
            await asyncio.sleep(0)
            with self._parts.store.writing() as tx:
                self._handle_batch(tx, started.letters, parsed)
                tx.commit()
            return len(started.letters)

    def _start(self, limit: int) -> _Started | None:
        parts = self._parts
        with parts.store.writing() as tx:
            batch = tx.start_letters(limit, parts.clock.now(), lease=LEASE)
            if not batch:
                return None
            tx.commit()
        parsing = parts.parser.parse([raw for _, raw in batch])
        return _Started([stored for stored, _ in batch], asyncio.ensure_future(parsing))

    def _handle_batch(
        self, tx: Transaction, batch: Sequence[StoredLetter], letters: Sequence[Letter | str]
    ) -> None:
        for stored, letter in zip(batch, letters, strict=True):
            if isinstance(letter, str):
                self._unreadable(tx, stored, letter)
                continue
            try:
                with tx.savepoint():
                    self._desk.handle(tx, stored, letter)
            except Exception as problem:
                # A bug: the letter is kept and tried again; the others go on.
                log.exception("ileti %d işlenemedi", stored.id)
                self._unreadable(tx, stored, f"işlenirken hata oluştu ({type(problem).__name__})")

    def _unreadable(self, tx: Transaction, stored: StoredLetter, reason: str) -> None:
        if stored.attempts < ATTEMPTS:
            tx.finish_letter(stored.id, LetterState.FAILED, kind="malformed", reason=reason)
            return
        tx.finish_letter(stored.id, LetterState.SET_ASIDE, kind="malformed", reason=reason)
        self._desk.set_aside(tx, stored, reason)
