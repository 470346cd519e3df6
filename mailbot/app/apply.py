"""One outcome becomes one transaction: item, history, mails owed, timers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mailbot.app.mode import BANNER
from mailbot.app.parts import Mode, Parts
from mailbot.core.asking import ask_message_id
from mailbot.core.correcting import TOLD
from mailbot.core.item import Item
from mailbot.core.outcome import MailOrder, Outcome, Purpose, Recipient, Record
from mailbot.core.rules import Rulebook
from mailbot.core.scene import Scene
from mailbot.core.values import ItemRef, MessageId, Token
from mailbot.ports.store import MailState, OwedMail, Transaction


def keys(parts: Parts) -> Iterator[Token]:
    """Fresh random tokens, drawn one by one as they are needed."""
    while True:
        yield Token.from_bits(parts.entropy.bits(64))


def scene_for(parts: Parts, book: Rulebook, workflow: str, now: datetime) -> Scene:
    """The scene of a step for an item of this workflow."""
    return Scene(book.workflows[workflow], book, now, keys(parts))


def apply(
    tx: Transaction, parts: Parts, outcome: Outcome, was: int | None, mode: Mode, now: datetime
) -> Item:
    """Write all of `outcome`. `was` is the revision that the step was decided on; None for a new item."""
    item = outcome.item
    tx.put_item(item, was=was)
    tx.append(item.ref, outcome.records, now)
    if item.parent is not None:
        told = [r for r in outcome.records if r.kind in TOLD]
        tx.append(item.parent, [Record("correction", f"{item.ref}: {r.text}", r.data) for r in told], now)
    if outcome.cancel_mails:
        tx.cancel_mails(item.ref, outcome.cancel_mails)
    if outcome.cancel_timers:
        tx.cancel_timers(item.ref, outcome.cancel_timers)
    if outcome.timers:
        tx.set_timers(item.ref, outcome.timers)
    for order in outcome.mails:
        owe(tx, parts, order, item.ref, mode, now)
    return item


def owe(
    tx: Transaction, parts: Parts, order: MailOrder, ref: ItemRef | None, mode: Mode, now: datetime
) -> int:
    """Render an order and write its mails to the outbox; how many."""
    today = now.astimezone(parts.book.calendar.zone).date()
    people = [
        person
        for person in order.to
        if order.once is None or tx.once(f"{order.once}:{person.address}", today)
    ]
    if not people:
        return 0
    if mode is Mode.DENEME and order.purpose is not Purpose.STAFF:
        order = replace(order, values={**order.values, "banner": BANNER})
    order = replace(order, to=tuple(people))
    ids = [_message_id(parts, order, person, ref) for person in people]
    rendered = parts.renderer.render(order, ids, now, tx.blob)
    tx.owe(
        [
            OwedMail(
                ref=ref,
                recipient=person.address,
                message_id=message_id,
                template=order.template,
                purpose=order.purpose,
                subject=mail.subject,
                head=mail.head,
                body=mail.body,
                text=mail.text,
                due=order.not_before or now,
                repeatable=parts.renderer.repeatable(order.template),
                state=MailState.SHOWN if mode is Mode.GOLGE else MailState.QUEUED,
                version=order.version,
                office=person.office,
                gate=order.gate,
            )
            for person, message_id, mail in zip(people, ids, rendered, strict=True)
        ],
        now,
    )
    return len(people)


def _message_id(parts: Parts, order: MailOrder, person: Recipient, ref: ItemRef | None) -> MessageId:
    domain = parts.book.unit.address.domain
    if order.purpose is Purpose.ASK and person.token and ref and order.version:
        return ask_message_id(ref, order.version, person.token, domain)
    nonce = Token.from_bits(parts.entropy.bits(64))
    # A nonce of this kind must not look like a key of an ask.
    return MessageId(f"<{ref or 'mailbot'}.m{nonce.text[1:]}@{domain}>".lower())
