"""What is owed: mails to one recipient each, and timers. And the small facts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    null,
    or_,
    select,
    union,
    union_all,
    update,
)

from mailbot.adapters.database import Row, storable
from mailbot.adapters.statements import among, insert_row, numbered, setting, table, upsert_row
from mailbot.adapters.store_items import ItemWork
from mailbot.adapters.store_letters import LONG_AGO, message_key
from mailbot.core.outcome import Purpose, Timer
from mailbot.core.values import Address, Digest, ItemRef, MessageId, Office, digest_of
from mailbot.ports.store import Delivery, DueTimer, MailState, OwedMail, Settled

_jobs, _mails, _messages = table("jobs"), table("mails"), table("messages")
_letters = table("letters")
_counters, _once, _meta = table("counters"), table("once"), table("meta")
_j, _m = _jobs.c, _mails.c

MAIL, TIMER = "mail", "timer"

_NEXT_NUMBER = (
    insert_row(_counters)
    .on_conflict_do_update(index_elements=["name"], set_={"value": _counters.c.value + 1})
    .returning(_counters.c.value)
)
_ONCE = insert_row(_once).on_conflict_do_nothing()
_META = select(_meta.c.value).where(_meta.c.key == bindparam("key"))
_SET_META = upsert_row(_meta, ["key"])

_NEW_JOB = insert_row(_jobs, without=["id"]).returning(_j.id)
_NEW_MAIL = insert_row(_mails)
_NEW_MESSAGE = insert_row(_messages, without=["id"])
_DELIVERY = (
    select(
        _j.id,
        _j.ref,
        _m.recipient,
        _m.message_id,
        _m.template,
        _m.purpose,
        _m.subject,
        _j.state,
        _j.attempts,
        _j.due,
        _j.created_at,
        _m.sent_at,
        _m.reply,
        _m.version,
        _m.office,
        _m.gate,
        _m.repeatable,
        _m.body,
        _m.head,
    )
    .select_from(_jobs.join(_mails, _m.id == _j.id))
    .where(_j.kind == MAIL)
)
_DELIVERY_OF = _DELIVERY.where(_m.message_id == bindparam("message_id"))
_DUE_MAILS = (
    _DELIVERY.where(and_(_j.state == MailState.QUEUED.value, _j.due <= bindparam("now")))
    .order_by(_j.due, _j.id)
    .limit(bindparam("count"))
    .with_for_update(skip_locked=True, of=_jobs)
)
_STRANDED = (
    _DELIVERY.where(and_(_j.state == MailState.SENDING.value, _j.leased_until <= bindparam("now")))
    .order_by(_j.due, _j.id)
    .with_for_update(skip_locked=True, of=_jobs)
)
_OWNERS = union(
    select(_j.owner).where(and_(_j.state == MailState.SENDING.value, _j.owner.is_not(None))),
    select(_letters.c.owner).where(and_(_letters.c.ready.is_not(None), _letters.c.owner.is_not(None))),
)
_END_SENDING = (
    update(_jobs)
    .where(and_(_j.state == MailState.SENDING.value, _j.owner == bindparam("the_owner")))
    .values(leased_until=bindparam("until"))
)
_END_READING = (
    update(_letters)
    .where(and_(_letters.c.ready.is_not(None), _letters.c.owner == bindparam("the_owner")))
    .values(ready=bindparam("until"), owner=null())
)
_TAKE_OVER = update(_jobs).where(_j.id == bindparam("the_id")).values(owner=bindparam("owner"))
_CLAIM = (
    update(_jobs)
    .where(_j.id == bindparam("the_id"))
    .values(
        state=bindparam("state"),
        owner=bindparam("owner"),
        leased_until=bindparam("leased_until"),
        attempts=_j.attempts + 1,
    )
)
# Fenced: a service whose lease passed, and whose mail another one has taken since, changes nothing.
# What was accepted by the server stays so: only a bounce can follow.
_SETTLE = (
    update(_jobs)
    .where(
        and_(
            _j.id == bindparam("the_id"),
            _j.owner.is_(None) | (_j.owner == bindparam("the_owner")),
            and_(_j.state != MailState.SENT.value, _j.state != MailState.BOUNCED.value)
            | (bindparam("the_state") == MailState.BOUNCED.value),
        )
    )
    .values(
        state=bindparam("state"),
        due=func.coalesce(bindparam("due"), _j.due),
        owner=null(),
        leased_until=null(),
    )
)
_ANSWERED = (
    update(_mails)
    .where(_m.id == bindparam("the_id"))
    .values(reply=bindparam("reply"), sent_at=func.coalesce(_m.sent_at, bindparam("sent_at")))
)
_SET_STATE = update(_jobs).where(_j.id == bindparam("the_id")).values(setting("state"))
_REQUEUE = (
    update(_jobs)
    .where(
        and_(
            _j.id == bindparam("the_id"),
            or_(
                _j.state == MailState.UNCERTAIN.value,
                _j.state == MailState.REFUSED.value,
                _j.state == MailState.BOUNCED.value,
                _j.state == MailState.BLOCKED.value,
                _j.state == MailState.CANCELLED.value,
            ),
        )
    )
    .values(setting("state", "due"))
)

_SET_TIMER = upsert_row(_jobs, ["ref", "kind", "key"], without=["id"])
_DROP_TIMER = delete(_jobs).where(
    and_(_j.ref == bindparam("ref"), _j.kind == TIMER, _j.key == bindparam("key"))
)
_DROP_TIMERS = delete(_jobs).where(
    and_(
        _j.ref == bindparam("ref"),
        _j.kind == TIMER,
        func.substr(_j.key, 1, func.length(bindparam("prefix"))) == bindparam("prefix"),
    )
)
_DUE_TIMERS = (
    select(_j.id, _j.ref, _j.key, _j.due)
    .where(and_(_j.kind == TIMER, _j.state == MailState.QUEUED.value, _j.due <= bindparam("now")))
    .order_by(_j.due, _j.id)
    .limit(bindparam("count"))
    .with_for_update(skip_locked=True)
)
_FINISH_TIMER = delete(_jobs).where(and_(_j.id == bindparam("the_id"), _j.kind == TIMER))


def _first(kind: str) -> Select[Any]:
    return select(func.min(_j.due).label("due")).where(
        and_(_j.kind == kind, _j.state == MailState.QUEUED.value)
    )


_NEXT_DUE = select(func.min(union_all(_first(MAIL), _first(TIMER)).subquery().c.due))


@cache
def _deliveries_where(*, of_item: bool, states: int) -> Select[Any]:
    found = _DELIVERY.order_by(_j.id.desc()).limit(bindparam("count"))
    if of_item:
        found = found.where(_j.ref == bindparam("ref"))
    return found.where(among(_j.state, states)) if states else found


@cache
def _cancel_mails(purposes: int) -> Any:
    of_purpose = exists().where(and_(_m.id == _j.id, among(_m.purpose, purposes)))
    return (
        update(_jobs)
        .where(
            and_(
                _j.ref == bindparam("the_ref"),
                _j.kind == MAIL,
                _j.state == MailState.QUEUED.value,
                of_purpose,
            )
        )
        .values(state=bindparam("state"))
    )


class JobWork(ItemWork):
    """What a unit of work can do about mails owed, timers, counters and small facts."""

    def _delivery(self, row: Row) -> Delivery:
        return Delivery(
            id=row[0],
            ref=ItemRef.parse(row[1]) if row[1] else None,
            recipient=Address(row[2]),
            message_id=MessageId(row[3]),
            template=row[4],
            purpose=Purpose(row[5]),
            subject=row[6],
            state=MailState(row[7]),
            attempts=row[8],
            due=self.wire.moment(row[9]),
            created_at=self.wire.moment(row[10]),
            sent_at=self.wire.moment_or_none(row[11]),
            reply=row[12],
            version=row[13],
            office=Office(row[14]) if row[14] else None,
            gate=Digest(row[15]) if row[15] else None,
            repeatable=bool(row[16]),
            body=Digest(row[17]),
            head=row[18],
        )

    # mails

    def deliveries(
        self, ref: ItemRef | None = None, *, states: Sequence[MailState] = (), limit: int = 1000
    ) -> Sequence[Delivery]:
        """The newest `limit` mails, oldest first."""
        values: dict[str, object] = dict(numbered(states, len(states))) if states else {}
        if ref is not None:
            values["ref"] = str(ref)
        rows = self.all(_deliveries_where(of_item=ref is not None, states=len(states)), count=limit, **values)
        return [self._delivery(row) for row in reversed(rows)]

    def delivery_of(self, message_id: MessageId) -> Delivery | None:
        row = self.one(_DELIVERY_OF, message_id=message_id)
        return self._delivery(row) if row else None

    def owe(self, mails: Sequence[OwedMail], now: datetime) -> None:
        """Store mails; copies that share one body or text object share one blob, hashed once."""
        created = self.wire.instant(now)
        bodies: dict[int, Digest] = {}
        texts: dict[str, Digest] = {}
        contents: list[dict[str, object]] = []
        messages: list[dict[str, object]] = []
        for mail in mails:
            ref = str(mail.ref) if mail.ref else None
            row = self.one(
                _NEW_JOB,
                kind=MAIL,
                ref=ref,
                key=None,
                due=self.wire.instant(mail.due),
                state=mail.state,
                attempts=0,
                owner=None,
                leased_until=None,
                created_at=created,
            )
            assert row is not None
            if id(mail.body) not in bodies:
                bodies[id(mail.body)] = self.put_blob(mail.body)
            contents.append(
                {
                    "id": row[0],
                    "message_id": mail.message_id,
                    "recipient": mail.recipient.text,
                    "template": mail.template,
                    "purpose": mail.purpose,
                    "subject": storable(mail.subject),
                    "head": mail.head,
                    "head_digest": digest_of(mail.head),
                    "body": bodies[id(mail.body)],
                    "repeatable": int(mail.repeatable),
                    "version": mail.version,
                    "office": mail.office,
                    "gate": mail.gate,
                    "sent_at": None,
                    "reply": "",
                }
            )
            if ref is None:
                continue
            if mail.text not in texts:
                texts[mail.text] = self.put_blob(storable(mail.text).encode())
            messages.append(
                {
                    "key": message_key(mail.message_id),
                    "ref": ref,
                    "ours": 1,
                    "recipient": mail.recipient.text,
                    "version": mail.version,
                    "purpose": mail.purpose,
                    "text": texts[mail.text],
                }
            )
        self.each(_NEW_MAIL, contents)
        self.each(_NEW_MESSAGE, messages)

    def cancel_mails(self, ref: ItemRef, purposes: Sequence[Purpose]) -> int:
        if not purposes:
            return 0
        count = len(purposes)
        done = self.run(
            _cancel_mails(count),
            the_ref=str(ref),
            state=MailState.CANCELLED,
            **numbered(purposes, count),
        )
        return int(done.rowcount)

    def claim_mails(self, now: datetime, limit: int, *, owner: str, lease: float) -> Sequence[Delivery]:
        rows = self.all(_DUE_MAILS, now=self.wire.instant(now), count=limit)
        until = self.wire.instant(now + timedelta(seconds=lease))
        taken = {"state": MailState.SENDING, "owner": owner, "leased_until": until}
        self.each(_CLAIM, [{"the_id": row[0], **taken} for row in rows])
        return [self._delivery((*row[:7], MailState.SENDING, row[8] + 1, *row[9:])) for row in rows]

    def settle(self, results: Sequence[Settled], now: datetime, *, owner: str) -> None:
        """Write answers. One is dropped where another owner took the mail since, or it was already sent."""
        at = self.wire.instant(now)
        for result in results:
            settled = self.run(
                _SETTLE,
                the_id=result.id,
                the_owner=owner,
                the_state=result.state,
                state=result.state,
                due=self.wire.instant(result.due) if result.due else None,
            )
            if settled.rowcount:
                sent_at = at if result.state is MailState.SENT else None
                self.run(_ANSWERED, the_id=result.id, reply=storable(result.reply), sent_at=sent_at)

    def stranded(self, now: datetime, *, owner: str) -> Sequence[Delivery]:
        found = [self._delivery(row) for row in self.all(_STRANDED, now=self.wire.instant(now))]
        for mail in found:
            self.run(_TAKE_OVER, the_id=mail.id, owner=owner)
        return found

    def owners(self) -> Sequence[str]:
        return [str(row[0]) for row in self.all(_OWNERS)]

    def end_leases(self, owners: Sequence[str]) -> None:
        until = self.wire.instant(LONG_AGO)
        for owner in owners:
            self.run(_END_SENDING, the_owner=owner, until=until)
            self.run(_END_READING, the_owner=owner, until=until)

    def bounced(self, message_id: MessageId, reason: str) -> Delivery | None:
        """As the port says. An uncertain mail that comes back was sent after all."""
        found = self.delivery_of(message_id)
        if found is None or found.state not in (MailState.SENT, MailState.UNCERTAIN, MailState.BOUNCED):
            return None
        self.run(_SET_STATE, the_id=found.id, state=MailState.BOUNCED)
        self.run(_ANSWERED, the_id=found.id, reply=storable(reason), sent_at=None)
        return self.delivery_of(message_id)

    def requeue(self, mail_id: int, due: datetime) -> bool:
        done = self.run(_REQUEUE, the_id=mail_id, state=MailState.QUEUED, due=self.wire.instant(due))
        return int(done.rowcount) == 1

    # timers

    def set_timers(self, ref: ItemRef, timers: Sequence[Timer]) -> None:
        self.each(
            _SET_TIMER,
            [
                {
                    "kind": TIMER,
                    "ref": str(ref),
                    "key": timer.key,
                    "due": self.wire.instant(timer.due),
                    "state": MailState.QUEUED,
                    "attempts": 0,
                    "owner": None,
                    "leased_until": None,
                    "created_at": self.wire.instant(timer.due),
                }
                for timer in timers
            ],
        )

    def cancel_timers(self, ref: ItemRef, keys: Sequence[str]) -> None:
        for key in keys:
            if key.endswith("*"):
                self.run(_DROP_TIMERS, ref=str(ref), prefix=key[:-1])
            else:
                self.run(_DROP_TIMER, ref=str(ref), key=key)

    def due_timers(self, now: datetime, limit: int) -> Sequence[DueTimer]:
        """Timers due, oldest first; with several services, theirs alone until this transaction ends."""
        rows = self.all(_DUE_TIMERS, now=self.wire.instant(now), count=limit)
        found = [(row, ItemRef.parse(row[1])) for row in rows]
        return [DueTimer(row[0], ref, row[2], self.wire.moment(row[3])) for row, ref in found if ref]

    def finish_timer(self, timer_id: int) -> None:
        self.run(_FINISH_TIMER, the_id=timer_id)

    def next_due(self) -> datetime | None:
        row = self.one(_NEXT_DUE)
        return self.wire.moment_or_none(row[0]) if row else None

    # the rest

    def next_number(self, counter: str) -> int:
        row = self.one(_NEXT_NUMBER, name=counter, value=1)
        assert row is not None
        return int(row[0])

    def once(self, key: str, day: date) -> bool:
        done = self.run(_ONCE, day=day.isoformat(), key=storable(key))
        return int(done.rowcount) == 1

    def meta(self, key: str) -> str | None:
        row = self.one(_META, key=key)
        return str(row[0]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        self.run(_SET_META, key=key, value=storable(value))
