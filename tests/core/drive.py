"""One item under `step`, with its timers and mails kept as the shell keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from mailbot.core.decision import Decision
from mailbot.core.item import Answer, Ask, FieldValue, FileRef, Item, Link
from mailbot.core.letter import Proof, ProofLevel
from mailbot.core.outcome import MailOrder, Outcome, Purpose, Recipient
from mailbot.core.rules import Rulebook
from mailbot.core.scene import Scene
from mailbot.core.trigger import (
    Actor,
    Answered,
    Cancelled,
    Changed,
    Chosen,
    Closed,
    Published,
    Resumed,
    Ruled,
    Stopped,
    TimerFired,
    Trigger,
    Unproved,
    Waived,
)
from mailbot.core.values import Address, ItemRef, MessageId, Office, Token, digest_of
from mailbot.core.workflow import open_item, step
from tests.core.books import BOOK, DIRECTOR, EXTERNALS, MONDAY, STAFF, address_of

PRESS: dict[str, FieldValue] = {"title": "Diyabet yürüyüşü", "text": "Yürüyüş yapıldı.", "to": "press"}
WEB: dict[str, FieldValue] = {**PRESS, "to": "web"}
PHOTO = FileRef("foto.jpg", "image/jpeg", 3, digest_of(b"jpg"))


def keys() -> Iterator[Token]:
    """Tokens that count up."""
    return (Token.from_bits(n) for n in count(1))


def actor(address: Address = STAFF, name: str = "Ece Taslak") -> Actor:
    return Actor(address, name, Proof(ProofLevel.DMARC, "sunucumuzun DMARC onayı"), digest_of(b"letter"))


@dataclass
class Drive:
    """The item, the clock and what followed so far."""

    book: Rulebook = BOOK
    now: datetime = MONDAY
    tokens: Iterator[Token] = field(default_factory=keys)
    item: Item = field(init=False)
    timers: dict[str, datetime] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def scene(self) -> Scene:
        return Scene(self.book.workflows["news"], self.book, self.now, self.tokens)

    def open(
        self, fields: dict[str, FieldValue] | None = None, department: str | None = "halk-sagligi"
    ) -> Drive:
        item = Item(
            ref=ItemRef("DNZ", "HBR", 2026, 1),
            workflow="news",
            stage="",
            opened_at=self.now,
            opened_by=STAFF,
            fields=PRESS if fields is None else fields,
            department=department,
            thread=(MessageId("<haber-1@unit.example>"),),
        )
        return self._take(open_item(self.scene, item, actor()))

    def do(self, trigger: Trigger) -> Outcome:
        """One step; its outcome is taken over as the shell would."""
        self._take(step(self.scene, self.item, trigger))
        return self.last

    def _take(self, outcome: Outcome) -> Drive:
        self.item = outcome.item
        for key in outcome.cancel_timers:
            for mine in [
                k for k in self.timers if k == key or (key.endswith("*") and k.startswith(key[:-1]))
            ]:
                del self.timers[mine]
        self.timers |= {timer.key: timer.due for timer in outcome.timers}
        self.outcomes.append(outcome)
        return self

    def wait(self, span: timedelta) -> list[Outcome]:
        """Move the clock, firing every timer at its instant; the outcomes of the timers."""
        until, before = self.now + span, len(self.outcomes)
        while due := min(((at, key) for key, at in self.timers.items() if at <= until), default=None):
            self.now = max(self.now, due[0])
            self.timers.pop(due[1])
            self.do(TimerFired(due[1]))
        self.now = until
        return self.outcomes[before:]

    # -- what people do ------------------------------------------------------------------------------

    def answer(
        self,
        office: Office,
        decision: Decision,
        words: str = "",
        *,
        version: int | None = None,
        person: Address | None = None,
        level: ProofLevel = ProofLevel.KEY,
    ) -> Outcome:
        answer = Answer(
            decision=decision,
            person=person or address_of(office),
            at=self.now,
            level=level,
            proof="anahtar ve kayıtlı adres",
            words=words or decision.value,
            channel="mail",
        )
        return self.do(Answered(office, version or self.version, answer))

    def approve(self, *offices: Office) -> Drive:
        for office in offices:
            self.answer(office, Decision.APPROVE, "Uygundur.")
        return self

    def all_approve(self) -> Drive:
        """Director and, for the press, the three offices outside."""
        self.approve(DIRECTOR)
        return self.approve(*EXTERNALS) if self.item.fields.get("to") == "press" else self

    def change(self, **fields: FieldValue) -> Outcome:
        return self.do(Changed(actor(), fields))

    def waive(self, office: Office, reason: str = "yazım farkı, telefonla bildirildi") -> Outcome:
        return self.do(Waived(office, actor(), reason))

    def rule(self, office: Office | None, decision: Decision, words: str = "telefonla söyledi") -> Outcome:
        return self.do(Ruled(office, decision, actor(), words, self.now))

    def choose(self, choice: str) -> Outcome:
        return self.do(Chosen(choice, actor()))

    def stop(self, by: Actor | None = None) -> Outcome:
        return self.do(Stopped(by or actor(), "DURDUR"))

    def resume(self) -> Outcome:
        return self.do(Resumed(actor()))

    def cancel(self, reason: str = "etkinlik iptal oldu") -> Outcome:
        return self.do(Cancelled(actor(), reason))

    def close(self) -> Outcome:
        return self.do(Closed(actor()))

    def publish(self, *channels: str) -> Outcome:
        links = tuple(Link(c, f"https://{c.lower()}.example/1", self.now, STAFF) for c in channels)
        return self.do(Published(links, actor()))

    def unproved(self, office: Office) -> Outcome:
        return self.do(Unproved(office, self.version, address_of(office), "ONAY", "anahtar yok"))

    # -- what came of it -----------------------------------------------------------------------------

    @property
    def last(self) -> Outcome:
        return self.outcomes[-1]

    @property
    def version(self) -> int:
        return self.item.version.number if self.item.version else 0

    def ask(self, office: Office, version: int | None = None) -> Ask:
        ask = self.item.ask_of(office, version or self.version)
        assert ask is not None, f"{office} was never asked for version {version or self.version}"
        return ask

    def mails(self) -> list[MailOrder]:
        return [mail for outcome in self.outcomes for mail in outcome.mails]

    def released(self) -> list[MailOrder]:
        """Every order so far that carries a text out, or rests on all approvals."""
        return [m for m in self.mails() if m.purpose in (Purpose.RELEASE, Purpose.TASK) or m.gate]


def templates(outcome: Outcome) -> list[str]:
    return [mail.template for mail in outcome.mails]


def mail_of(outcome: Outcome, template: str) -> MailOrder:
    """The one order of this template in the outcome."""
    found = [mail for mail in outcome.mails if mail.template == template]
    assert len(found) == 1, f"{len(found)} of {template} in {templates(outcome)}"
    return found[0]


def offices_of(outcome: Outcome, template: str) -> list[str]:
    """Which offices get a mail of this template, in order, each once."""
    people = (r for mail in outcome.mails if mail.template == template for r in mail.to)
    return list(dict.fromkeys(str(r.office) for r in people))


def recipients(order: MailOrder) -> list[Recipient]:
    return list(order.to)


def kinds(outcome: Outcome) -> list[str]:
    return [record.kind for record in outcome.records]


def in_days(book: Rulebook, **changes: object) -> Rulebook:
    return replace(book, **changes)  # type: ignore[arg-type]
