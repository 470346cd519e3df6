"""Walks through every state that a workflow can reach, on the engine itself, and looks for what must not be.

A state is what decides about the future: stage, hold, who answered what for the current version, what is
waited for. They are few, because texts, people and instants are only told apart where the engine does.
Nothing is sent: mails are looked at as they fall due.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count, product

from mailbot.core.decision import Decision
from mailbot.core.item import CLOSED, GRANTED, Answer, AskState, FieldValue, FileRef, Item, Link, Request
from mailbot.core.letter import Proof, ProofLevel
from mailbot.core.outcome import MailOrder, Outcome, Purpose
from mailbot.core.plan import times_of
from mailbot.core.rules import Department, FieldRule, FieldType, Rulebook, Workflow
from mailbot.core.scene import Scene, required
from mailbot.core.trigger import (
    Acknowledged,
    Actor,
    Answered,
    Changed,
    Chosen,
    Collected,
    Published,
    Resumed,
    Supplemented,
    TimerFired,
    Trigger,
)
from mailbot.core.values import ItemRef, Office, Token, digest_of
from mailbot.core.workflow import open_item, step

MOST_STATES = 4_000
MOST_VERSIONS = 3
MOST_TIMERS = 60
"""Timers that may fire one after another, nobody doing anything, before that is called endless."""

_START = datetime.fromisoformat("2026-11-23T10:00:00+03:00")
_PAPER = FileRef("ek.pdf", "application/pdf", 1, digest_of(b"ek"))


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a workflow, and the happenings that lead there."""

    text: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.text} Yol: {' → '.join(self.path)}."


@dataclass(slots=True)
class _Node:
    item: Item
    now: datetime
    timers: dict[str, datetime]
    path: tuple[str, ...]
    after: set[object] = field(default_factory=set)
    waits_for_staff: bool = False


def search(workflow: Workflow, book: Rulebook) -> tuple[Flaw, ...]:
    """Every kind of flaw of `workflow`, each with a shortest path; empty where there is none."""
    return tuple(_Search(workflow, book).flaws())


class _Search:
    def __init__(self, workflow: Workflow, book: Rulebook) -> None:
        self.workflow, self.book = workflow, book
        self.keys: Iterator[Token] = (Token.from_bits(n) for n in count(1))
        staff = book.staff[0]
        self.staff = Actor(staff.address, staff.name, Proof(ProofLevel.SMIME, ""))
        self.found: dict[str, Flaw] = {}
        self.nodes: dict[object, _Node] = {}
        self.full = False

    def flaws(self) -> list[Flaw]:
        waiting = deque(self._starts())
        for node in waiting:
            self.nodes.setdefault(self._key(node), node)
        while waiting:
            node = waiting.popleft()
            key = self._key(node)
            if self.nodes[key] is not node:
                continue
            for name, trigger, span in self._happenings(node):
                following = self._do(node, name, trigger, span)
                if following is None:
                    continue
                next_key = self._key(following)
                node.after.add(next_key)
                if next_key in self.nodes:
                    continue
                if len(self.nodes) >= MOST_STATES:
                    self.full = True
                    continue
                self.nodes[next_key] = following
                waiting.append(following)
            self._endless(node)
        self._stuck()
        return list(self.found.values())

    # -- where it begins -----------------------------------------------------------------------------

    def _starts(self) -> list[_Node]:
        """One item for every combination of choices, and for a department with and without people."""
        choices = [r for r in self.workflow.fields.values() if r.type is FieldType.CHOICE]
        collected = {n for s in self.workflow.stages if s.collect for n in s.collect.fields}
        reachable = (d for d in self.book.departments.values() if d.gm and d.people)
        departments: tuple[Department | None, ...] = (next(reachable, None),)
        made = []
        for values in product(*(rule.choices for rule in choices)):
            for department in departments:
                fields = {
                    r.name: self._value(r) for r in self.workflow.fields.values() if r.name not in collected
                }
                fields |= {rule.name: value for rule, value in zip(choices, values, strict=True)}
                said = ", ".join(rule.said(v) for rule, v in zip(choices, values, strict=True))
                made.append(self._opened(fields, department.id if department else None, said))
        return made

    def _value(self, rule: FieldRule, version: int = 1) -> FieldValue:
        match rule.type:
            case FieldType.TIME:
                return _START + timedelta(days=2 + version)
            case FieldType.FILE | FieldType.FILES:
                return ()
            case _ if rule.name.endswith("_mail"):
                return f"kisi{version}@kurum.example"
            case _:
                return f"{rule.label} {version}"

    def _opened(self, fields: dict[str, FieldValue], department: str | None, said: str) -> _Node:
        office = Office(self.workflow.requester) if self.workflow.requester else None
        rule = self.book.offices.get(office) if office else None
        item = Item(
            ref=ItemRef(self.book.unit.code, self.workflow.code, 2026, 1),
            workflow=self.workflow.name,
            stage="",
            opened_at=_START,
            opened_by=self.staff.address,
            fields=fields,
            department=department,
            requests=(Request(rule.people[0].address, _START, rule.id),) if rule else (),
            recipients=(self.staff.address,),
        )
        path = (f"kayıt açılır{' (' + said + ')' if said else ''}",)
        outcome = open_item(self._scene(_START), item, self.staff)
        node = _Node(outcome.item, _START, {}, path)
        return self._taken(node, outcome, path[0], _START, first=True)

    def _scene(self, now: datetime) -> Scene:
        return Scene(self.workflow, self.book, now, self.keys)

    # -- what can happen -----------------------------------------------------------------------------

    def _happenings(self, node: _Node) -> list[tuple[str, Trigger, timedelta]]:
        item, now, soon = node.item, node.now, timedelta(minutes=1)
        if not item.open:
            return []
        found: list[tuple[str, Trigger, timedelta]] = []
        version = item.version
        for ask in item.asks:
            if version is None or ask.version != version.number or ask.state is not AskState.OPEN:
                continue
            name = self._name(ask.office)
            found.append(
                (f"{name} onaylar", self._answer(ask.office, version.number, Decision.APPROVE), soon)
            )
            if version.number < MOST_VERSIONS:
                found += [
                    (
                        f"{name} düzeltme ister",
                        self._answer(ask.office, version.number, Decision.REVISE),
                        soon,
                    ),
                    (f"{name} ret verir", self._answer(ask.office, version.number, Decision.REJECT), soon),
                ]
        stage = self.workflow.stage(item.stage)
        if (
            stage
            and stage.collect
            and item.errand
            and item.errand.answered_at is None
            and item.released_at is None
        ):
            values = {n: self._collected(self.workflow.fields[n]) for n in stage.collect.fields[:1]}
            found.append(("istenen gelir", Collected(self.staff, values, ""), soon))
        if item.released_at is None and len(item.versions) < MOST_VERSIONS and (version or item.missing):
            found.append(("personel yeni metin yazar", Changed(self.staff, self._changed(item)), soon))
        known = next((d.id for d in self.book.departments.values() if d.gm), None)
        if item.department is None and known is not None and item.released_at is None:
            found.append(("personel başkanlığı yazar", Changed(self.staff, department=known), soon))
        if item.hold is not None and item.released_at is None:
            found.append(("personel DEVAM yazar", Resumed(self.staff), soon))
            found += [
                (f"seçim: {choice}", Chosen(choice, self.staff), soon)
                for choice in self.workflow.reject
                if choice != "iptal"
            ]
        if stage and item.released_at is not None:
            if stage.record:
                channels = tuple(c if c != "sosyal" else "X" for c in stage.record)
                links = tuple(Link(c, f"https://{c}.example/1", now, self.staff.address) for c in channels)
                found.append(("bağlantılar yazılır", Published(links, self.staff), soon))
            if "ack" in stage.wait:
                found.append(("alındı denir", Acknowledged(self.staff, "Alındı."), soon))
            if self.workflow.supplement and len(item.versions) < 2:
                found.append(("ek bilgi istenir", Supplemented(self.staff, "ek"), soon))
        if node.timers:
            key = min(node.timers, key=lambda k: (node.timers[k], k))
            found.append(
                (f"zaman gelir ({key.partition(':')[0]})", TimerFired(key), max(node.timers[key] - now, soon))
            )
        return found

    def _answer(self, office: Office, version: int, decision: Decision) -> Answered:
        person = self.book.offices[office].people[0].address
        answer = Answer(decision, person, _START, ProofLevel.SMIME, "", decision.value, "mail")
        return Answered(office, version, answer)

    def _collected(self, rule: FieldRule) -> FieldValue:
        files = rule.type in (FieldType.FILE, FieldType.FILES)
        return (replace(_PAPER, name=f"{rule.name}.pdf"),) if files else f"{rule.label} geldi"

    def _changed(self, item: Item) -> dict[str, FieldValue]:
        """Another content of what approvals bind to; a missing file comes too."""
        number = len(item.versions) + 1
        fields: dict[str, FieldValue] = {}
        times = times_of(self.workflow)
        for rule in self.workflow.fields.values():
            if rule.type in (FieldType.LINE, FieldType.TEXT) and (
                rule.bind or not item.fields.get(rule.name)
            ):
                fields[rule.name] = self._value(replace(rule, type=FieldType.LINE), number)
            elif rule.type in (FieldType.FILE, FieldType.FILES) and rule.bind:
                fields[rule.name] = (replace(_PAPER, name=f"{rule.name}-{number}.pdf"),)
            elif rule.type is FieldType.TIME and not item.fields.get(rule.name) and rule.name not in times:
                fields[rule.name] = self._value(rule)
        return fields

    def _name(self, office: Office) -> str:
        rule = self.book.offices.get(office)
        return rule.short if rule else str(office)

    # -- one step ------------------------------------------------------------------------------------

    def _do(self, node: _Node, name: str, trigger: Trigger, span: timedelta) -> _Node | None:
        now = node.now + span
        outcome = step(self._scene(now), node.item, trigger)
        if replace(outcome.item, revision=node.item.revision) == node.item and not outcome.timers:
            timers = dict(node.timers)
            if isinstance(trigger, TimerFired) and trigger.key in timers:
                del timers[trigger.key]
                return _Node(node.item, now, timers, (*node.path, name))
            return None
        return self._taken(
            node, outcome, name, now, fired=trigger.key if isinstance(trigger, TimerFired) else ""
        )

    def _taken(
        self, node: _Node, outcome: Outcome, name: str, now: datetime, *, fired: str = "", first: bool = False
    ) -> _Node:
        timers = {
            k: due for k, due in node.timers.items() if k != fired and not _named(k, outcome.cancel_timers)
        }
        timers |= {timer.key: timer.due for timer in outcome.timers}
        path = node.path if first else (*node.path, name)
        self._look(node.item, outcome, path)
        return _Node(outcome.item, now, timers, path)

    def _look(self, before: Item, outcome: Outcome, path: tuple[str, ...]) -> None:
        for record in outcome.records:
            if record.kind == "nobody":
                self._flaw(f"nobody:{record.text}", record.text, path)
        for order in outcome.mails:
            if not order.to:
                self._flaw(f"to:{order.template}", f"“{order.template}” iletisinin alıcısı yok.", path)
            if self._outward(before, order) and not self._approved(outcome.item):
                self._flaw(
                    f"early:{order.template}", f"“{order.template}” onaylar tamamlanmadan gidiyor.", path
                )

    def _outward(self, before: Item, order: MailOrder) -> bool:
        """Whether the mail carries the text to somebody who is not asked for approval."""
        if self.workflow.pass_on:
            return False
        if order.purpose in (Purpose.RELEASE, Purpose.TASK):
            return True
        if order.purpose is not Purpose.NOTICE or order.template == self.workflow.cancel_mail:
            return False
        first = next((s.ask for s in self.workflow.stages if s.ask), ())
        asked = {a.office for a in before.asks} | {Office(spec) for spec in first}
        outside = [r.office for r in order.to if r.office is not None and r.office not in asked]
        return bool(outside)

    def _approved(self, item: Item) -> bool:
        version = item.version
        if version is None:
            return False
        asks = [
            item.ask_of(o, version.number) if o else None for _, _, o in required(self._scene(_START), item)
        ]
        return bool(asks) and all(a is not None and a.state in GRANTED for a in asks)

    # -- what must not be ----------------------------------------------------------------------------

    def _endless(self, node: _Node) -> None:
        """Timers alone, nobody doing anything, must come to an end."""
        if not node.timers or "endless" in self.found or not node.item.open:
            return
        current, fired = node, 0
        while current.timers:
            key = min(current.timers, key=lambda k: (current.timers[k], k))
            due = max(current.timers[key], current.now)
            outcome = step(self._scene(due), current.item, TimerFired(key))
            timers = {
                k: d for k, d in current.timers.items() if k != key and not _named(k, outcome.cancel_timers)
            }
            timers |= {timer.key: timer.due for timer in outcome.timers}
            current = _Node(outcome.item, due, timers, current.path)
            fired += 1
            if fired > MOST_TIMERS:
                self._flaw("endless", "Kimse bir şey yapmadan hatırlatmalar sonsuza dek sürüyor.", node.path)
                return

    def _stuck(self) -> None:
        """From every state that was reached some way must lead to the end without KAPAT or İPTAL."""
        good = {key for key, node in self.nodes.items() if node.item.stage == CLOSED}
        before: dict[object, set[object]] = {}
        for key, node in self.nodes.items():
            for after in node.after:
                before.setdefault(after, set()).add(key)
        waiting = deque(good)
        while waiting:
            for key in before.get(waiting.popleft(), ()):
                if key not in good:
                    good.add(key)
                    waiting.append(key)
        # Where versions or states were cut off, what lies behind is not known.
        stuck = [
            node
            for key, node in self.nodes.items()
            if key not in good
            and node.item.open
            and len(node.item.versions) < MOST_VERSIONS
            and not self.full
        ]
        if stuck:
            names = [stage.name for stage in self.workflow.stages]
            node = min(stuck, key=lambda n: (-names.index(n.item.stage), len(n.path)))
            stage = self.workflow.stage(node.item.stage)
            title = stage.title if stage else node.item.stage
            lacking = f" Eksik: {'; '.join(node.item.missing)}." if node.item.missing else ""
            self._flaw(
                "stuck", f"Kayıt “{title}” aşamasında kalıyor, buradan kapanamıyor.{lacking}", node.path
            )

    def _flaw(self, key: str, text: str, path: tuple[str, ...]) -> None:
        known = self.found.get(key)
        if known is None or len(path) < len(known.path):
            self.found[key] = Flaw(text, path)

    def _key(self, node: _Node) -> object:
        item = node.item
        number = item.version.number if item.version else 0
        return (
            item.stage,
            item.hold,
            number,
            tuple(sorted((a.office, a.state) for a in item.asks if a.version == number)),
            item.passed,
            item.missing,
            item.department,
            item.released_at is not None,
            item.errand is not None and item.errand.answered_at is None,
            tuple(sorted({link.channel for link in item.links})),
            tuple(sorted(item.fields.get(r.name, "") for r in self._choices())),
            tuple(sorted(node.timers)),
        )

    def _choices(self) -> list[FieldRule]:
        return [r for r in self.workflow.fields.values() if r.type is FieldType.CHOICE]


def _named(key: str, cancelled: tuple[str, ...]) -> bool:
    return any(key == c or (c.endswith("*") and key.startswith(c[:-1])) for c in cancelled)
