"""One letter on the desk: what is known about it, and the few things that an action may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mailbot.app.apply import apply, owe, scene_for
from mailbot.app.gather import Sight, sender_text
from mailbot.app.parts import Mode, Parts
from mailbot.core.item import Item
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose, Recipient
from mailbot.core.people import colleague, staff
from mailbot.core.routing import Routed
from mailbot.core.rules import PersonRole, Rulebook
from mailbot.core.trigger import Actor, Trigger
from mailbot.core.values import Address, ItemRef
from mailbot.core.workflow import step
from mailbot.ports.store import LetterState, StoredLetter, Transaction


def day(book: Rulebook, now: datetime) -> date:
    return now.astimezone(book.calendar.zone).date()


def team(book: Rulebook, now: datetime, by: Address | None = None) -> tuple[Recipient, ...]:
    """Who hears of mails that belong to no item: the unit's chief, or everybody; and the colleague `by`."""
    today = day(book, now)
    people = [p for p in book.staff if p.valid_on(today)]
    chiefs = [p for p in people if p.role is PersonRole.CHIEF] or people
    authors = [p for p in people if p.address == by and p not in chiefs]
    return tuple(colleague(p) for p in (*authors, *chiefs))


def actor(case: Case) -> Actor:
    """Who wrote the letter, for the history."""
    sender = case.sight.facts.sender
    assert sender is not None
    person = case.book.staff_at(sender, day(case.book, case.now))
    held = case.book.office_of(sender, day(case.book, case.now))
    name = person.name if person else held[1].name if held else _outside(case.book, sender)
    return Actor(sender, name or str(sender), case.sight.proof, case.stored.digest)


def _outside(book: Rulebook, sender: Address) -> str:
    """The name of somebody of a department or a hospital, as the directory has it."""
    groups = (*(d.people for d in book.departments.values()), *(f.people for f in book.facilities.values()))
    return next((p.name for people in groups for p in people if p.address == sender.base), "")


@dataclass(frozen=True, slots=True)
class Case:
    """One letter on the desk."""

    tx: Transaction
    parts: Parts
    book: Rulebook
    mode: Mode
    now: datetime
    stored: StoredLetter
    sight: Sight
    routed: Routed

    def step(self, item: Item, trigger: Trigger) -> Item:
        """Decide and write one trigger for one item; the item as it is then."""
        scene = scene_for(self.parts, self.book, item.workflow, self.now)
        outcome = step(scene, item, trigger)
        return apply(self.tx, self.parts, outcome, item.revision, self.mode, self.now)

    def owe(self, order: MailOrder, ref: ItemRef | None = None) -> int:
        return owe(self.tx, self.parts, order, ref, self.mode, self.now)

    def tell_staff(self, reason: str, what_to_do: str, *, once: str | None = None) -> None:
        """Show the letter to staff: who wrote, what, why it waits or had no effect, what to do."""
        item = self.sight.item
        letter = self.sight.letter
        values: dict[str, object] = {
            "sender": sender_text(letter),
            "subject": letter.subject,
            "reason": reason,
            "excerpt": self.sight.fresh.text[:600],
            "what_to_do": what_to_do,
        }
        ref = None
        if item is not None:
            scene = scene_for(self.parts, self.book, item.workflow, self.now)
            values["item"] = item_values(scene, item)
            people, ref = staff(scene, item), item.ref
        else:
            people = team(self.book, self.now, self.sight.facts.sender)
        self.owe(MailOrder("bekletilen-ileti", people, Purpose.STAFF, values, once=once), ref)

    def refuse(self, problem: str, what_to_do: str) -> None:
        """An answer to the sender alone: what is wrong and what to write instead."""
        sender = self.sight.facts.sender
        person = self.book.staff_at(sender, day(self.book, self.now)) if sender else None
        people = (colleague(person),) if person else team(self.book, self.now)
        values: dict[str, object] = {"problem": problem, "what_to_do": what_to_do}
        item = self.sight.item
        if item is not None:
            values["item"] = item_values(scene_for(self.parts, self.book, item.workflow, self.now), item)
        letter = self.sight.letter
        order = MailOrder(
            "hatali-ileti",
            people,
            Purpose.STAFF,
            values,
            reply_to_id=letter.message_id,
            references=letter.references,
        )
        self.owe(order, item.ref if item else None)


Result = tuple[LetterState, ItemRef | None]
"""How the letter ends, and the item that it belongs to."""
