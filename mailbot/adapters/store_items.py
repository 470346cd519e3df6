"""Items, the keys and messages that lead to them, their history and its verification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select, update

from mailbot.adapters.codec import decode_item, encode_item
from mailbot.adapters.database import Row, Session, Wire, storable
from mailbot.adapters.statements import among, insert_row, numbered, setting, size_class, table, upsert_row
from mailbot.adapters.store_letters import LetterWork, message_key
from mailbot.core.chain import START, STATE, Fault, canonical, link_of, salted_digest, verify_chain
from mailbot.core.item import AskState, Item
from mailbot.core.outcome import Purpose, Record
from mailbot.core.values import Address, Digest, ItemRef, MessageId, Office, Token, digest_of
from mailbot.ports.clock import Entropy
from mailbot.ports.store import CopyPlace, MessagePlace, StoreConflict, StoredRecord

_items, _copies, _messages = table("items"), table("copies"), table("messages")
_records, _chains = table("records"), table("chains")
_jobs, _mails = table("jobs"), table("mails")

_ITEM = select(_items.c.document).where(_items.c.ref == bindparam("ref"))
_ITEM_ROW = select(_items).where(_items.c.ref == bindparam("ref"))
_NEWEST_ITEMS = (
    select(_items.c.document).order_by(_items.c.opened_at.desc(), _items.c.ref).limit(bindparam("count"))
)
_OPEN_ITEMS = _NEWEST_ITEMS.where(_items.c.open == bindparam("open"))
_REFS = (
    select(_items.c.ref)
    .where(_items.c.ref > bindparam("after"))
    .order_by(_items.c.ref)
    .limit(bindparam("count"))
)
_NEW_ITEM = insert_row(_items)
_WRITE_ITEM = (
    update(_items)
    .where(and_(_items.c.ref == bindparam("the_ref"), _items.c.revision == bindparam("was")))
    .values(setting("revision", "workflow", "stage", "open", "document", "salt", "digest"))
)

_PLACE = (_copies.c.ref, _copies.c.office, _copies.c.version, _copies.c.address, _copies.c.token)
_COPY = select(*_PLACE).where(_copies.c.token == bindparam("token"))
_OPEN_COPIES = (
    select(*_PLACE)
    .where(and_(_copies.c.address == bindparam("address"), _copies.c.open == bindparam("open")))
    .order_by(_copies.c.ref, _copies.c.version, _copies.c.office)
)
_COPIES = select(
    _copies.c.token, _copies.c.office, _copies.c.version, _copies.c.address, _copies.c.open
).where(_copies.c.ref == bindparam("ref"))
_PUT_COPY = upsert_row(_copies, ["token"])

_LINK_MESSAGE = insert_row(_messages, without=["id"]).on_conflict_do_nothing()
_TEXTS = (
    select(func.max(_messages.c.id), _messages.c.text)
    .where(and_(_messages.c.ref == bindparam("ref"), _messages.c.text.is_not(None)))
    # A notice to staff repeats an answer's words on a line of their own: the next "Uygundur" is no quote.
    .where(or_(_messages.c.purpose.is_(None), _messages.c.purpose != Purpose.STAFF.value))
    .group_by(_messages.c.text)
    .order_by(func.max(_messages.c.id).desc())
    .limit(bindparam("count"))
)

_RECORDS = select(_records).where(_records.c.ref == bindparam("ref")).order_by(_records.c.seq)
_PUT_RECORD = insert_row(_records)
_CHAIN = select(_chains.c.seq, _chains.c.link).where(_chains.c.ref == bindparam("ref"))
_CHAIN_LOCKED = _CHAIN.with_for_update()
_PUT_CHAIN = upsert_row(_chains, ["ref"])

_HEADS = (
    select(_mails.c.message_id, _mails.c.head, _mails.c.head_digest)
    .join(_jobs, _jobs.c.id == _mails.c.id)
    .where(_jobs.c.ref == bindparam("ref"))
)


@cache
def _messages_among(count: int) -> Select[Any]:
    c = _messages.c
    return select(c.key, c.ref, c.ours, c.recipient, c.version, c.purpose).where(among(c.key, count))


def _known_ref(text: str) -> ItemRef:
    """The reference that we wrote into a row."""
    ref = ItemRef.parse(text)
    if ref is None:
        raise ValueError(f"damaged reference: {text!r}")
    return ref


def _keys_of(item: Item) -> list[tuple[str, str, int, str, int]]:
    """Rows of the copies table that `item` stands for: token, office, version, address, open."""
    return sorted(
        (copy.token.text, ask.office, ask.version, copy.address.text, int(ask.state is AskState.OPEN))
        for ask in item.asks
        for copy in ask.copies
    )


class ItemWork(LetterWork, Session):
    """What a unit of work can do about items and their history."""

    def __init__(self, connection: Any, wire: Wire, entropy: Entropy) -> None:
        super().__init__(connection, wire)
        self._entropy = entropy
        self._unsealed: dict[ItemRef, Digest] = {}
        """Documents written in this transaction that no record names yet."""

    def _salt(self) -> str:
        return f"{self._entropy.bits(128):032x}"

    # reading

    def item(self, ref: ItemRef) -> Item | None:
        row = self.one(_ITEM, ref=str(ref))
        return decode_item(row[0]) if row else None

    def items(self, *, open_only: bool = True, limit: int = 1000) -> Sequence[Item]:
        """The newest `limit` items, newest first."""
        rows = (
            self.all(_OPEN_ITEMS, open=1, count=limit) if open_only else self.all(_NEWEST_ITEMS, count=limit)
        )
        return [decode_item(row[0]) for row in rows]

    def refs(self, *, after: ItemRef | None = None, limit: int = 1000) -> Sequence[ItemRef]:
        rows = self.all(_REFS, after=str(after) if after else "", count=limit)
        return [_known_ref(row[0]) for row in rows]

    def records(self, ref: ItemRef) -> Sequence[StoredRecord]:
        return [self._record(ref, row) for row in self.all(_RECORDS, ref=str(ref))]

    def _record(self, ref: ItemRef, row: Row) -> StoredRecord:
        _, seq, at, kind, text, data, salt, content, state, link = row
        return StoredRecord(
            ref=ref,
            seq=seq,
            at=self.wire.moment(at),
            kind=kind,
            text=text,
            data=data,
            salt=salt,
            content=Digest(content),
            state=Digest(state) if state else None,
            link=Digest(link),
        )

    @staticmethod
    def _copy(row: Row) -> CopyPlace:
        return CopyPlace(_known_ref(row[0]), Office(row[1]), row[2], Address(row[3]), Token(row[4]))

    def copy_of(self, token: Token) -> CopyPlace | None:
        row = self.one(_COPY, token=token.text)
        return self._copy(row) if row else None

    def open_asks_to(self, address: Address) -> Sequence[CopyPlace]:
        return [self._copy(row) for row in self.all(_OPEN_COPIES, address=address.text, open=1)]

    def places(self, ids: Sequence[MessageId]) -> Sequence[MessagePlace]:
        wanted = {message_key(message_id): message_id for message_id in ids}
        if not wanted:
            return []
        count = size_class(len(wanted))
        rows = self.all(_messages_among(count), **numbered(list(wanted), count))
        found = {row[0]: row for row in rows}
        return [
            MessagePlace(
                message_id=message_id,
                ref=_known_ref(row[1]),
                ours=bool(row[2]),
                recipient=Address(row[3]) if row[3] else None,
                version=row[4],
                purpose=Purpose(row[5]) if row[5] else None,
            )
            for key, message_id in wanted.items()
            if (row := found.get(key)) is not None
        ]

    def sent_digests(self, ref: ItemRef, *, limit: int = 50) -> Sequence[Digest]:
        return [Digest(digest) for _, digest in self.all(_TEXTS, ref=str(ref), count=limit)]

    # writing

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        unsealed = dict(self._unsealed)
        self.plain("SAVEPOINT here")
        try:
            yield
        except BaseException:
            self.plain("ROLLBACK TO SAVEPOINT here")
            self.plain("RELEASE SAVEPOINT here")
            self._unsealed = unsealed
            raise
        self.plain("RELEASE SAVEPOINT here")

    def put_item(self, item: Item, *, was: int | None) -> None:
        """As the port says. Raises StoreConflict where `was` is not the stored revision."""
        document, salt = encode_item(item), self._salt()
        digest = salted_digest(salt, "", document)
        values: dict[str, object] = {
            "revision": item.revision,
            "workflow": item.workflow,
            "stage": item.stage,
            "open": int(item.open),
            "document": document,
            "salt": salt,
            "digest": digest,
        }
        if was is None:
            self.run(_NEW_ITEM, ref=str(item.ref), opened_at=self.wire.instant(item.opened_at), **values)
        elif self.run(_WRITE_ITEM, the_ref=str(item.ref), was=was, **values).rowcount != 1:
            raise StoreConflict(f"{item.ref} is no longer at revision {was}")
        names = ("token", "office", "version", "address", "open")
        self.each(
            _PUT_COPY,
            [{"ref": str(item.ref), **dict(zip(names, key, strict=True))} for key in _keys_of(item)],
        )
        self._unsealed[item.ref] = digest

    def append(self, ref: ItemRef, records: Iterable[Record], now: datetime) -> None:
        """Add links; each names the item's document where this transaction wrote it before."""
        rows: list[dict[str, object]] = []
        head = self.one(_CHAIN_LOCKED, ref=str(ref))
        seq, link = (head[0], Digest(head[1])) if head else (0, START)
        state = self._unsealed.get(ref)
        at = self.wire.instant(now)
        for record in records:
            seq += 1
            salt, text, data = self._salt(), storable(record.text), storable(canonical(record.data))
            content = salted_digest(salt, text, data)
            link = link_of(link, ref, seq, now, record.kind, content, state)
            rows.append(
                {
                    "ref": str(ref),
                    "seq": seq,
                    "at": at,
                    "kind": record.kind,
                    "text": text,
                    "data": data,
                    "salt": salt,
                    "content": content,
                    "state": state,
                    "link": link,
                }
            )
        if rows:
            self.each(_PUT_RECORD, rows)
            self.run(_PUT_CHAIN, ref=str(ref), seq=seq, link=link)
            self._unsealed.pop(ref, None)

    def seal(self, now: datetime) -> None:
        """Name every document that was written without a record, so that each state is in its chain."""
        for ref in list(self._unsealed):
            self.append(ref, [Record(STATE, "")], now)

    def link_message(
        self, message_id: MessageId, ref: ItemRef, *, version: int | None, text: str = ""
    ) -> None:
        self.run(
            _LINK_MESSAGE,
            key=message_key(message_id),
            ref=str(ref),
            ours=0,
            recipient=None,
            version=version,
            purpose=None,
            text=self.put_blob(storable(text).encode()) if text else None,
        )

    # verifying

    def faults(self, ref: ItemRef) -> Sequence[Fault]:
        """Every row of the item against its chain, and the chain against itself."""
        records = self.records(ref)
        faults = verify_chain(records)
        head = self.one(_CHAIN, ref=str(ref))
        end = (records[-1].seq, records[-1].link) if records else (0, START)
        if (tuple(head) if head else (0, START)) != end:
            faults.append(Fault(ref, end[0], "Zincirin sonundaki kayıt eksik ya da değiştirilmiş."))
        return [*faults, *self._item_faults(ref, records), *self._mail_faults(ref)]

    def _item_faults(self, ref: ItemRef, records: Sequence[StoredRecord]) -> Iterator[Fault]:
        row = self.one(_ITEM_ROW, ref=str(ref))
        if row is None:
            yield Fault(ref, None, "İşin kendisi veritabanında yok.")
            return
        _, revision, workflow, stage, is_open, opened_at, document, salt, digest = row
        recorded = next((record.state for record in reversed(records) if record.state), None)
        if salted_digest(salt, "", document) != digest or digest != recorded:
            yield Fault(ref, None, "İşin içeriği, geçmişine yazılan son durumla aynı değil.")
        try:
            item = decode_item(document)
        except ValueError:
            yield Fault(ref, None, "İşin içeriği okunamıyor.")
            return
        told = (item.ref, item.revision, item.workflow, item.stage, int(item.open))
        if told != (ref, revision, workflow, stage, is_open) or item.opened_at != self._or_none(opened_at):
            yield Fault(ref, None, "İşin arama sütunları içeriğiyle aynı değil.")
        if sorted(tuple(copy) for copy in self.all(_COPIES, ref=str(ref))) != _keys_of(item):
            yield Fault(ref, None, "Onay anahtarları işin içeriğiyle aynı değil.")

    def _mail_faults(self, ref: ItemRef) -> Iterator[Fault]:
        for message_id, head, digest in self.all(_HEADS, ref=str(ref)):
            if digest_of(head) != digest:
                yield Fault(ref, None, f"Giden iletinin başlıkları değiştirilmiş: {message_id}")

    def _or_none(self, stored: object) -> datetime | None:
        """The instant, None where the stored one is no instant any more."""
        try:
            return self.wire.moment(stored)
        except ValueError:
            return None
