"""The work of one step while it is being decided: rules, the instant, and what follows so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from mailbot.core.item import Hold, Item
from mailbot.core.outcome import MailOrder, Outcome, Plain, Purpose, Record, Timer
from mailbot.core.rules import OfficeRule, Rulebook, Stage, Workflow
from mailbot.core.values import Office, Token


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step may look at. `keys` yields fresh random tokens, drawn by the shell."""

    workflow: Workflow
    book: Rulebook
    now: datetime
    keys: Iterator[Token]

    @property
    def today(self) -> date:
        return self.now.astimezone(self.book.calendar.zone).date()


@dataclass(slots=True)
class Work:
    """The outcome in the making. Lives for one step only."""

    scene: Scene
    item: Item
    records: list[Record] = field(default_factory=list)
    mails: list[MailOrder] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    dropped_timers: list[str] = field(default_factory=list)
    dropped_mails: list[Purpose] = field(default_factory=list)

    @property
    def stage(self) -> Stage | None:
        return self.scene.workflow.stage(self.item.stage)

    def note(self, kind: str, text: str, data: Mapping[str, Plain] | None = None) -> None:
        """Add a record to the history."""
        self.records.append(Record(kind, text, data or {}))

    def set_timer(self, key: str, due: datetime) -> None:
        self.timers.append(Timer(key, due))

    def drop_timers(self, *keys: str) -> None:
        """Cancel stored timers, and those of this step that the same keys name."""
        for key in keys:
            self.dropped_timers.append(key)
            if key.endswith("*"):
                self.timers = [t for t in self.timers if not t.key.startswith(key[:-1])]
            else:
                self.timers = [t for t in self.timers if t.key != key]

    def hold(self, why: Hold, by: str) -> None:
        """Nothing goes on until a person says so; what waits to leave is called back.

        A stop is lifted by staff alone, so no later doubt may take its place. `hold_by` names
        everybody whose word is doubted, each once.
        """
        standing = self.item.hold
        if standing is Hold.STOPPED and why is not Hold.STOPPED:
            why, by = Hold.STOPPED, self.item.hold_by
        elif standing is not None and why is not Hold.STOPPED:
            by = ", ".join(dict.fromkeys((*self.item.hold_by.split(", "), by)))
        self.item = replace(self.item, hold=why, hold_by=by, passed=())
        self.drop_timers("wait:*")
        self.dropped_mails += [Purpose.RELEASE, Purpose.TASK]

    def outcome(self) -> Outcome:
        return Outcome(
            item=replace(self.item, revision=self.item.revision + 1),
            records=tuple(self.records),
            mails=tuple(self.mails),
            timers=tuple(self.timers),
            cancel_timers=tuple(self.dropped_timers),
            cancel_mails=tuple(dict.fromkeys(self.dropped_mails)),
        )


def condition_holds(when: Mapping[str, str], item: Item) -> bool:
    """Whether every named field of `item` has the named value."""
    return all(item.fields.get(name) == value for name, value in when.items())


def office_named(spec: str, item: Item, book: Rulebook) -> Office | None:
    """The office that `spec` of a workflow means for this item; None while it is not known."""
    if spec != "$department.gm":
        return Office(spec)
    if item.gm is not None:
        return item.gm
    department = book.departments.get(item.department or "")
    return department.gm if department else None


def required(scene: Scene, item: Item) -> tuple[tuple[Stage, str, Office | None], ...]:
    """Every approval that `item` needs by its workflow: stage, the rule's words, the office."""
    return tuple(
        (stage, spec, office_named(spec, item, scene.book))
        for stage in scene.workflow.stages
        if condition_holds(stage.when, item)
        for spec in stage.ask
    )


def rule_of(scene: Scene, office: Office) -> OfficeRule | None:
    """The office's entry in the directory."""
    return scene.book.offices.get(office)
