"""Sending what is owed: marked before, settled after, nothing twice except where nobody can know."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import assert_never

from mailbot.app.apply import apply, owe, scene_for
from mailbot.app.deliveries import STATE_LABELS, queue_id
from mailbot.app.departures import departed
from mailbot.app.gate import Checked, unwanted
from mailbot.app.mode import book_for, mode_of
from mailbot.app.parts import Mode, Parts
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import staff
from mailbot.core.trigger import Noted, Trigger, Undelivered
from mailbot.core.values import ItemRef, digest_of
from mailbot.core.workflow import step
from mailbot.ports.sender import Accepted, Answer, Deferred, Refused, Uncertain
from mailbot.ports.store import Delivery, MailState, Settled, Transaction

log = logging.getLogger("mailbot.outbox")

LEASE = 1800.0
"""Seconds; longer than every SMTP timeout of one mail together (RFC 5321, 4.5.3.2)."""

BATCH = 50
"""Mails offered between two commits: the set that a crash leaves uncertain."""

WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 30, 60))
"""Before the next attempt of a deferred mail; the last one repeats."""

GIVE_UP_HOURS = 120
"""RFC 5321, 4.5.4.1: at least four to five days."""

_WAITING = (MailState.QUEUED, MailState.SENDING)

@dataclass(frozen=True, slots=True)
class _Offer:
    mail: Delivery
    body: bytes
    """Copies of a distribution share it; the message is joined when its turn comes."""


class Outbox:
    """The one place that sends."""

    def __init__(self, parts: Parts, *, sessions: int = 4) -> None:
        self._parts = parts
        self._sessions = asyncio.Semaphore(sessions)
        self._sent: deque[datetime] = deque()
        self._remembered = False
        self._checked = Checked()
        self._give_up = timedelta(hours=parts.book.limits.get("mail.retry_hours", GIVE_UP_HOURS))

    def recover(self) -> int:
        """Mails found SENDING after their lease were offered once, and nobody knows the answer.

        The lease of a process that is surely gone has ended; so has its hold on letters.
        """
        now, parts = self._parts.clock.now(), self._parts
        if not self._remembered:
            self._remembered = True
            self._remember_sent()
        with parts.store.writing() as tx:
            tx.end_leases([o for o in tx.owners() if o != parts.owner and parts.processes.gone(o)])
            stranded = tx.stranded(now, owner=parts.owner)
            self._settle_uncertain(tx, [(m, "servis gönderim sırasında durdu") for m in stranded], now)
            self._report_releases(tx, stranded, now)
            tx.commit()
        return len(stranded)

    async def flush(self) -> int:
        """Offer one batch of due mails; how many were taken up."""
        offers, claimed = self._claim()
        if not claimed:
            return 0
        if offers:
            answers = await asyncio.gather(*(self._offer(offer) for offer in offers))
            self._settle([o.mail for o in offers], answers)
        return claimed

    async def _offer(self, offer: _Offer) -> Answer:
        async with self._sessions:
            message = offer.mail.head + b"\r\n" + offer.body
            return await self._parts.sender.send(self._parts.envelope_from, offer.mail.recipient, message)

    def _claim(self) -> tuple[list[_Offer], int]:
        parts, now = self._parts, self._parts.clock.now()
        room = self._room(now)
        if room <= 0:
            return [], 0
        with parts.store.writing() as tx:
            mode = mode_of(tx)
            if mode is Mode.GOLGE:
                return [], 0
            book = book_for(parts.book, mode, tx)
            mails = tx.claim_mails(now, min(BATCH, room), owner=parts.owner, lease=LEASE)
            offers: list[_Offer] = []
            done: list[Settled] = []
            items = {ref: tx.item(ref) for ref in {m.ref for m in mails if m.ref}}
            bodies = {digest: tx.blob(digest) for digest in {m.body for m in mails}}
            # Of the bytes that will leave: a row that was altered must not pass as what was checked.
            digests = {m.body: digest_of(bodies[m.body]) for m in mails if m.gate}
            gone = departed(tx)
            for mail in mails:
                body = bodies[mail.body]
                if mail.purpose is Purpose.RELEASE and mail.recipient in gone:
                    done.append(Settled(mail.id, MailState.CANCELLED, "alıcı listeden çıktı"))
                    continue
                item = items.get(mail.ref) if mail.ref else None
                if item is not None:
                    if reason := unwanted(item, mail):
                        done.append(Settled(mail.id, MailState.CANCELLED, reason))
                        continue
                    if mail.gate is not None and (
                        trouble := self._checked.blocked(
                            scene_for(parts, book, item.workflow, now), item, mail, body, digests[mail.body]
                        )
                    ):
                        done.append(Settled(mail.id, MailState.BLOCKED, trouble))
                        continue
                elif mail.gate is not None:
                    done.append(Settled(mail.id, MailState.BLOCKED, "kaydı bulunamadı"))
                    continue
                offers.append(_Offer(mail, body))
            if done:
                tx.settle(done, now, owner=parts.owner)
            if mails:
                tx.commit()
        return offers, len(mails)

    def _room(self, now: datetime) -> int:
        """How many more mails the server's limits allow at this instant, by the hour and by the minute."""
        while self._sent and self._sent[0] <= now - timedelta(hours=1):
            self._sent.popleft()
        a_minute_ago = now - timedelta(minutes=1)
        lately = sum(1 for _ in takewhile(lambda at: at > a_minute_ago, reversed(self._sent)))
        limits = self._parts.book.limits
        return min(
            limits.get("mail.per_hour", 2000) - len(self._sent),
            limits.get("mail.per_minute", 2000) - lately,
        )

    def _remember_sent(self) -> None:
        """What an earlier process sent within the hour counts too."""
        now = self._parts.clock.now()
        limit = min(self._parts.book.limits.get("mail.per_hour", 2000), 5_000)
        with self._parts.store.reading() as reads:
            rows = reads.deliveries(states=(MailState.SENT,), limit=limit)
        recent = (m.sent_at for m in rows if m.sent_at is not None)
        self._sent = deque(sorted(at for at in recent if at > now - timedelta(hours=1)))

    def _settle(self, mails: Sequence[Delivery], answers: Sequence[Answer]) -> None:
        parts, now = self._parts, self._parts.clock.now()
        with parts.store.writing() as tx:
            results: list[Settled] = []
            unsure: list[tuple[Delivery, str]] = []
            failed: list[tuple[Delivery, str]] = []
            for mail, answer in zip(mails, answers, strict=True):
                match answer:
                    case Accepted():
                        self._sent.append(now)
                        results.append(Settled(mail.id, MailState.SENT, answer.reply))
                    case Deferred() if now - mail.created_at < self._give_up:
                        results.append(
                            Settled(mail.id, MailState.QUEUED, answer.reply, self._next(mail, now))
                        )
                    case Refused(account=True) if now - mail.created_at < self._give_up:
                        log.error("gönderim sunucusu hesabı reddetti: %s", answer.reply)
                        results.append(
                            Settled(mail.id, MailState.QUEUED, answer.reply, self._next(mail, now))
                        )
                    case Deferred() | Refused():
                        results.append(Settled(mail.id, MailState.REFUSED, answer.reply))
                        failed.append((mail, answer.reply))
                    case Uncertain():
                        unsure.append((mail, answer.reply))
                    case _:
                        assert_never(answer)
            tx.settle(results, now, owner=parts.owner)
            if waiting := [result for result in results if result.state is MailState.QUEUED]:
                log.warning("%d ileti bekliyor, yeniden denenecek: %s", len(waiting), waiting[-1].reply)
            self._settle_uncertain(tx, unsure, now)
            for mail, reply in failed:
                self._undelivered(tx, mail, reply, now)
            self._report_releases(tx, mails, now)
            tx.commit()

    def _next(self, mail: Delivery, now: datetime) -> datetime:
        return now + WAITS[min(mail.attempts, len(WAITS)) - 1 if mail.attempts else 0]

    def _settle_uncertain(
        self, tx: Transaction, mails: Sequence[tuple[Delivery, str]], now: datetime
    ) -> None:
        """Sent once more under the same Message-ID where that is safe, else held for a person."""
        for mail, reply in mails:
            if mail.repeatable and mail.attempts < 3:
                again = Settled(mail.id, MailState.QUEUED, f"belirsiz, yeniden: {reply}", now)
            else:
                again = Settled(mail.id, MailState.UNCERTAIN, reply)
            tx.settle([again], now, owner=self._parts.owner)
            if mail.ref is None:
                continue
            text = f"{mail.recipient} adresine gönderim belirsiz kaldı ({mail.template}): {reply}"
            self._step(tx, mail.ref, Noted("uncertain", text), now)

    def _undelivered(self, tx: Transaction, mail: Delivery, reply: str, now: datetime) -> None:
        if mail.ref is None or mail.purpose is Purpose.RELEASE:
            return
        self._step(
            tx,
            mail.ref,
            Undelivered(mail.recipient, mail.message_id, mail.version, mail.office, reply),
            now,
        )

    def _step(self, tx: Transaction, ref: ItemRef, trigger: Trigger, now: datetime) -> None:
        item = tx.item(ref)
        if item is None:
            return
        mode = mode_of(tx)
        scene = scene_for(self._parts, book_for(self._parts.book, mode, tx), item.workflow, now)
        apply(tx, self._parts, step(scene, item, trigger), item.revision, mode, now)

    def _report_releases(self, tx: Transaction, settled: Sequence[Delivery], now: datetime) -> None:
        for ref in {m.ref for m in settled if m.ref and m.purpose is Purpose.RELEASE}:
            self._report(tx, ref, now)

    def _report(self, tx: Transaction, ref: ItemRef, now: datetime) -> None:
        """When the last copy of a release is settled, staff get the list of what went to whom."""
        # Asked after every batch: a look at a few rows, as long as many copies wait.
        waiting = tx.deliveries(ref, states=_WAITING, limit=BATCH)
        if any(m.purpose is Purpose.RELEASE for m in waiting):
            return
        rows = [m for m in tx.deliveries(ref, limit=10_000) if m.purpose is Purpose.RELEASE]
        if any(m.state in _WAITING for m in rows):
            return
        item = tx.item(ref)
        if item is None or item.version is None:
            return
        mode = mode_of(tx)
        scene = scene_for(self._parts, book_for(self._parts.book, mode, tx), item.workflow, now)
        rows = [m for m in rows if m.version == item.version.number]
        zone = self._parts.book.calendar.zone
        left = sorted(m.sent_at.astimezone(zone) for m in rows if m.sent_at is not None)
        sent = sum(m.state is MailState.SENT for m in rows)
        order = MailOrder(
            "servis-raporu",
            staff(scene, item),
            Purpose.STAFF,
            {
                "item": item_values(scene, item, item.version),
                "first": left[0] if left else None,
                "last": left[-1] if left else None,
                "seconds": round((left[-1] - left[0]).total_seconds()) if left else 0,
                "deliveries": [
                    {
                        "name": "",
                        "address": str(m.recipient),
                        "state_label": STATE_LABELS[m.state],
                        "reply": m.reply if m.state is not MailState.SENT else "",
                        "number": queue_id(m.reply) or "",
                    }
                    for m in rows
                ],
            },
            once=f"servis-raporu:{ref}:{item.version.number}:{sent}",
        )
        if owe(tx, self._parts, order, ref, mode, now):
            self._step(tx, ref, Noted("released", f"{len(rows)} alıcıdan {sent} tanesine gönderildi."), now)
