"""Mails of ours that came back (process E18, 1.1.4b)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.core.asking import put_ask, reminder_key
from mailbot.core.item import AskState, Bounced
from mailbot.core.mailvalues import item_values, office_name, person_name
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import staff
from mailbot.core.scene import Work
from mailbot.core.trigger import Undelivered

GATHERED_FOR = timedelta(minutes=30)
"""Reports about one release come in a bunch: staff get them as one list."""

TIMER = "bounces"


def undelivered(work: Work, trigger: Undelivered) -> None:
    """A bounced ask was never asked; staff get the address and the reason."""
    ask = work.item.ask_of(trigger.office, trigger.version) if trigger.office and trigger.version else None
    if ask is not None and ask.state is AskState.OPEN:
        copies = tuple(
            replace(c, undelivered=True) if c.address == trigger.address else c for c in ask.copies
        )
        nobody = all(c.undelivered for c in copies)
        put_ask(work, replace(ask, copies=copies, state=AskState.UNDELIVERED if nobody else ask.state))
        if nobody:
            work.drop_timers(reminder_key(ask))
    work.note(
        "undelivered",
        f"{trigger.address} adresine ileti ulaşmadı: {trigger.reason}",
        {"address": str(trigger.address), "reason": trigger.reason, "office": trigger.office},
    )
    bounced = Bounced(trigger.address, trigger.reason, trigger.office)
    if not trigger.release:
        _tell(work, (bounced,))
        return
    waiting = any(not b.told for b in work.item.bounces)
    work.item = replace(work.item, bounces=(*work.item.bounces, bounced))
    if not waiting:
        work.set_timer(TIMER, work.scene.now + GATHERED_FOR)


def tell_bounces(work: Work) -> None:
    """The list of outlets that a release did not reach."""
    new = tuple(b for b in work.item.bounces if not b.told)
    if new:
        work.item = replace(work.item, bounces=tuple(replace(b, told=True) for b in work.item.bounces))
        _tell(work, new)


def _tell(work: Work, bounces: tuple[Bounced, ...]) -> None:
    book = work.scene.book
    failures = [
        {
            "address": str(b.address),
            "office": office_name(book, b.office) if b.office else _called(work, b),
            "reason": b.reason,
        }
        for b in bounces
    ]
    work.mails.append(
        MailOrder(
            "teslim-edilemedi",
            staff(work.scene, work.item),
            Purpose.STAFF,
            {"item": item_values(work.scene, work.item), "failures": failures},
        )
    )


def _called(work: Work, bounced: Bounced) -> str:
    name = person_name(work.scene.book, bounced.address)
    return "" if name == str(bounced.address) else name
