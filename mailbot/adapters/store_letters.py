"""Inbound letters, their bytes, and how far each mailbox was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select, update

from mailbot.adapters.database import Row, Session, storable
from mailbot.adapters.statements import among, insert_row, numbered, setting, table, upsert_row
from mailbot.core.chain import Fault
from mailbot.core.values import Digest, ItemRef, MessageId, digest_of
from mailbot.ports.store import Arrival, LetterState, StoredLetter, Watermark

_blobs, _letters, _watermarks = table("blobs"), table("letters"), table("watermarks")
_c = _letters.c

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

_BLOB_KNOWN = select(_blobs.c.digest).where(_blobs.c.digest == bindparam("digest"))
_BLOB = select(_blobs.c.data).where(_blobs.c.digest == bindparam("digest"))
_BLOB_AFTER = (
    select(_blobs.c.digest, _blobs.c.data)
    .where(_blobs.c.digest > bindparam("after"))
    .order_by(_blobs.c.digest)
    .limit(bindparam("count"))
)
_PUT_BLOB = insert_row(_blobs).on_conflict_do_nothing()
_LOST_RAW = (
    select(_c.id, _c.ref, _c.digest)
    .outerjoin(_blobs, _blobs.c.digest == _c.digest)
    .where(_blobs.c.digest.is_(None))
    .limit(bindparam("count"))
)

_PLACE_TAKEN = select(_c.id).where(
    and_(
        _c.mailbox == bindparam("mailbox"),
        _c.uidvalidity == bindparam("uidvalidity"),
        _c.uid == bindparam("uid"),
    )
)
_ACCEPT = insert_row(_letters, without=["id"]).on_conflict_do_nothing()
_COLUMNS = (
    _c.id,
    _c.mailbox,
    _c.uidvalidity,
    _c.uid,
    _c.digest,
    _c.size,
    _c.arrived,
    _c.state,
    _c.attempts,
    _c.kind,
    _c.ref,
    _c.message_id,
    _c.sender,
    _c.subject,
    _c.reason,
)
_LETTER = select(*_COLUMNS).where(_c.id == bindparam("id"))
_READY = (
    select(*_COLUMNS)
    .where(_c.ready <= bindparam("now"))
    .order_by(_c.ready, _c.id)
    .limit(bindparam("count"))
    .with_for_update(skip_locked=True)
)
_START = (
    update(_letters)
    .where(_c.id == bindparam("the_id"))
    .values(ready=bindparam("ready"), owner=bindparam("owner"), attempts=_c.attempts + 1)
)
_FINISHED = ("state", "kind", "reason", "ref", "message_id", "key", "sender", "subject")
_FINISH = update(_letters).where(_c.id == bindparam("the_id")).values(setting(*_FINISHED, "ready"))
_FAIL = update(_letters).where(_c.id == bindparam("the_id")).values(setting(*_FINISHED))
_RETRY = (
    update(_letters)
    .where(
        and_(
            _c.id == bindparam("the_id"),
            or_(
                _c.state == LetterState.HELD.value,
                _c.state == LetterState.FAILED.value,
                _c.state == LetterState.SET_ASIDE.value,
            ),
        )
    )
    .values(state=bindparam("state"), ready=bindparam("ready"), attempts=0)
)
_NAMED = select(*_COLUMNS).where(_c.key == bindparam("key")).order_by(_c.id).limit(bindparam("count"))
_SEEN = select(_c.id).where(and_(_c.digest == bindparam("digest"), _c.id < bindparam("before"))).limit(1)

_WATERMARK = select(_watermarks).where(_watermarks.c.mailbox == bindparam("mailbox"))
_SET_WATERMARK = upsert_row(_watermarks, ["mailbox"])


def message_key(message_id: MessageId) -> str:
    """What a Message-ID is found under: itself, or its digest where it would not fit into an index."""
    text = storable(message_id)
    size = len(text) if text.isascii() else len(text.encode())
    return text if size <= 250 else f"sha256:{digest_of(text.encode())}"


@cache
def _letters_where(*, of_item: bool, states: int) -> Select[Any]:
    """The newest letters of an item or of all, in any of so many states (0: any)."""
    found = select(*_COLUMNS).order_by(_c.id.desc()).limit(bindparam("count"))
    if of_item:
        found = found.where(_c.ref == bindparam("ref"))
    return found.where(among(_c.state, states)) if states else found


class LetterWork(Session):
    """What a unit of work can do about letters and blobs."""

    def _letter(self, row: Row) -> StoredLetter:
        return StoredLetter(
            id=row[0],
            mailbox=row[1],
            uidvalidity=row[2],
            uid=row[3],
            digest=Digest(row[4]),
            size=row[5],
            arrived=self.wire.moment(row[6]),
            state=LetterState(row[7]),
            attempts=row[8],
            kind=row[9],
            ref=ItemRef.parse(row[10]) if row[10] else None,
            message_id=MessageId(row[11]) if row[11] else None,
            sender=row[12],
            subject=row[13],
            reason=row[14],
        )

    def letter(self, letter_id: int) -> StoredLetter | None:
        row = self.one(_LETTER, id=letter_id)
        return self._letter(row) if row else None

    def letters(
        self, *, ref: ItemRef | None = None, states: Sequence[LetterState] = (), limit: int = 1000
    ) -> Sequence[StoredLetter]:
        """The newest `limit` letters, oldest first."""
        values: dict[str, object] = dict(numbered(states, len(states))) if states else {}
        if ref is not None:
            values["ref"] = str(ref)
        rows = self.all(_letters_where(of_item=ref is not None, states=len(states)), count=limit, **values)
        return [self._letter(row) for row in reversed(rows)]

    def letter_seen(self, digest: Digest, *, before: int) -> bool:
        return self.one(_SEEN, digest=digest, before=before) is not None

    def letters_named(self, message_id: MessageId) -> Sequence[StoredLetter]:
        return [self._letter(row) for row in self.all(_NAMED, key=message_key(message_id), count=100)]

    def accept(self, mailbox: str, uidvalidity: int, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Store bytes and rows; a letter whose place is taken is left as it is."""
        accepted = self.wire.instant(now)
        new = 0
        for arrival in arrivals:
            place = {"mailbox": mailbox, "uidvalidity": uidvalidity, "uid": arrival.uid}
            if self.one(_PLACE_TAKEN, **place):
                continue
            new += self.run(
                _ACCEPT,
                **place,
                digest=self.put_blob(arrival.raw),
                size=arrival.size,
                arrived=self.wire.instant(arrival.arrived),
                accepted_at=accepted,
                state=arrival.state,
                ready=accepted if arrival.state is LetterState.ACCEPTED else None,
                attempts=0,
                owner=None,
                kind="",
                ref=None,
                message_id=None,
                key=None,
                sender="",
                subject="",
                reason=storable(arrival.reason),
            ).rowcount
        return new

    def start_letters(
        self, limit: int, now: datetime, *, owner: str, lease: float, max_bytes: int
    ) -> Sequence[tuple[StoredLetter, bytes]]:
        """A letter that failed, or whose service died, comes again once its lease passed."""
        started: list[tuple[StoredLetter, bytes]] = []
        weight = 0
        for row in self.all(_READY, now=self.wire.instant(now), count=limit):
            letter = self._letter((*row[:8], row[8] + 1, *row[9:]))
            weight += letter.size
            if started and weight > max_bytes:
                break
            started.append((letter, self.blob(letter.digest)))
        until = self.wire.instant(now + timedelta(seconds=lease))
        self.each(_START, [{"the_id": x.id, "ready": until, "owner": owner} for x, _ in started])
        return started

    def finish_letter(
        self,
        letter_id: int,
        state: LetterState,
        *,
        kind: str,
        reason: str = "",
        ref: ItemRef | None = None,
        message_id: MessageId | None = None,
        sender: str = "",
        subject: str = "",
        again: datetime | None = None,
    ) -> None:
        """As the port says; ACCEPTED (let go by a person) is ready at once."""
        values: dict[str, object] = {
            "the_id": letter_id,
            "state": state,
            "kind": kind,
            "reason": storable(reason),
            "ref": str(ref) if ref else None,
            "message_id": storable(message_id) if message_id else None,
            "key": message_key(message_id) if message_id else None,
            "sender": storable(sender),
            "subject": storable(subject),
        }
        if state is LetterState.FAILED and again is None:
            self.run(_FAIL, **values)
            return
        ready = LONG_AGO if state is LetterState.ACCEPTED else again
        self.run(_FINISH, ready=self.wire.instant(ready) if ready else None, **values)

    def retry_letter(self, letter_id: int) -> bool:
        ready = self.wire.instant(LONG_AGO)
        done = self.run(_RETRY, the_id=letter_id, state=LetterState.ACCEPTED, ready=ready)
        return int(done.rowcount) == 1

    def watermark(self, mailbox: str) -> Watermark | None:
        row = self.one(_WATERMARK, mailbox=mailbox)
        return Watermark(row[1], row[2], self.wire.moment(row[3])) if row else None

    def set_watermark(self, mailbox: str, mark: Watermark) -> None:
        self.run(
            _SET_WATERMARK,
            mailbox=mailbox,
            uidvalidity=mark.uidvalidity,
            last_uid=mark.last_uid,
            started=self.wire.instant(mark.started),
        )

    def blob(self, digest: Digest) -> bytes:
        row = self.one(_BLOB, digest=digest)
        if row is None:
            raise KeyError(digest)
        return bytes(row[0])

    def put_blob(self, data: bytes) -> Digest:
        """Store `data` unless it is there. Many equal bytes cost one look-up each."""
        digest = digest_of(data)
        if self.one(_BLOB_KNOWN, digest=digest) is None:
            self.run(_PUT_BLOB, digest=digest, data=data)
        return digest

    def damaged_blobs(self, *, limit: int = 100) -> Sequence[Fault]:
        faults: list[Fault] = []
        after = ""
        while row := self.one(_BLOB_AFTER, after=after, count=1):
            after = row[0]
            if digest_of(row[1]) != row[0]:
                faults.append(Fault(None, None, f"Saklanan içerik değiştirilmiş: {row[0]}"))
            if len(faults) >= limit:
                return faults
        for letter, ref, digest in self.all(_LOST_RAW, count=limit - len(faults)):
            of = ItemRef.parse(ref) if ref else None
            faults.append(Fault(of, None, f"{letter} numaralı gelen iletinin içeriği yok: {digest}"))
        return faults
