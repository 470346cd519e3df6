"""A letter read as a whole, in two steps: alone, and beside what the database knows of its matter.

Both steps are pure, so that they run where they can be stopped (`adapters.reader`); between them the
service looks up what the marks of the letter lead to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.core.command import Command, Unknown
from mailbot.core.decision import Clue, Decision, Fresh, Verdict
from mailbot.core.directory import Directory
from mailbot.core.facts import SenderRole
from mailbot.core.letter import Letter
from mailbot.core.opening import Opening, Process
from mailbot.core.request import InfoRequest
from mailbot.core.values import Digest
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.answer import read_decision
from mailbot.reading.command import read_commands
from mailbot.reading.fresh import Marked, forms_of, new_words
from mailbot.reading.kind import Kind, kind_of
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.mime import parse
from mailbot.reading.opening import read_opening
from mailbot.reading.request import read_request
from mailbot.reading.thread import Traces, traces


@dataclass(frozen=True, slots=True)
class Guide:
    """What of the unit's rules reading needs."""

    lexicon: Lexicon
    directory: Directory
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Look:
    """A letter read alone."""

    letter: Letter
    traces: Traces
    forms: tuple[Marked, ...] = field(default=(), repr=False)
    """The lines of the body, for the second step; not carried between processes."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of the letter's matter: equal values give equal readings."""

    role: SenderRole
    asked: bool
    """The sender holds a copy of the ask that the letter answers."""
    subject: str
    """The title of the item that the letter is about; "" where it is about none."""
    sent: tuple[Digest, ...]
    """The mails of that item, ours and staff's: what the letter may quote."""
    echo: bool
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the letter says."""

    fresh: Fresh
    verdict: Verdict
    orders: tuple[Command | Unknown, ...]
    openings: tuple[Opening, ...]
    request: InfoRequest | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter that was read, and on what knowledge."""

    look: Look
    known: Known
    guide: Guide
    said: Said


@dataclass(frozen=True, slots=True)
class Unread:
    """A letter that could not be read."""

    why: str
    """A Turkish phrase."""
    poison: bool
    """The letter itself is the reason: another attempt would end the same way."""


LookUp = Callable[[Sequence[tuple[int, Look]]], Sequence[tuple[Known, Sequence[str]]]]
"""For letters and their places in a request: what the database knows of each, and the texts of
`Known.sent`."""

OPENS = Verdict(Decision.NONE, (Clue("", "personelin iş açan iletisi karar söylemez"),))

_WORK_OF: Mapping[SenderRole, frozenset[Process]] = {
    SenderRole.STAFF: frozenset(Process),
    SenderRole.DEPARTMENT: frozenset({Process.NEWS}),
    SenderRole.OFFICE: frozenset({Process.REPORT_FORWARD}),
    SenderRole.SECRETARY: frozenset({Process.REPORT_FORWARD}),
}
"""Whose mail may tell of which work; the routing table says whose opens an item."""


def look(raw: bytes) -> Look:
    """The first step. Never raises for what the bytes hold; `mime.hostile` is asked before."""
    return look_at(parse(raw))


def look_at(letter: Letter) -> Look:
    """The first step for a letter that is parsed."""
    forms = forms_of(letter)
    first = new_words(forms[:1])[0]
    if not first.text and not first.quoted:
        # Only then may the other form be the one that counts.
        first = new_words(forms)[0]
    return Look(letter, traces(letter, first), forms)


def read(look: Look, known: Known, sent: Sequence[str], guide: Guide, now: datetime) -> Said:
    """The second step. `sent` are the texts of `known.sent`; `now` stands in for a missing Date."""
    letter = look.letter
    readings = new_words(look.forms, sent)
    # A new version of a text repeats most lines of what we sent: there only the client's marks count.
    fresh = new_words(look.forms)[0] if sent and known.role is SenderRole.STAFF else readings[0]
    orders = read_commands(
        _with_links(fresh), directory=guide.directory, calendar=guide.calendar, now=letter.date or now
    )
    openings = () if known.asked else _openings(letter, fresh, known.role, guide)
    if openings and known.role is SenderRole.STAFF:
        verdict = OPENS  # to read a press text for a decision costs most, and nobody asks for it
    else:
        verdict = read_decision(guide.lexicon, letter, readings, asked_subject=known.subject)
    request = read_request(letter, fresh.text, directory=guide.directory, calendar=guide.calendar)
    kind = kind_of(
        letter,
        fresh,
        look.traces,
        role=known.role,
        commands=tuple(order for order in orders if isinstance(order, Command)),
        openings=openings,
        request=request,
        echo=known.echo,
        duplicate=known.duplicate,
        asked=known.asked,
    )
    return Said(fresh, verdict, orders, openings, request, kind)


def _openings(letter: Letter, fresh: Fresh, role: SenderRole, guide: Guide) -> tuple[Opening, ...]:
    wanted = _WORK_OF.get(role)
    if wanted is None:
        return ()
    found = read_opening(
        letter, fresh.text, directory=guide.directory, calendar=guide.calendar, quoted=fresh.quoted
    )
    return tuple(opening for opening in found if opening.process in wanted)


_DEEP_LINK = re.compile(r"https?://[^\s/]{3,200}/\S{2,1500}")


def _with_links(fresh: Fresh) -> str:
    """The new words, with the links to pages that stood where a signature stands."""
    links = [line for line in fresh.aside.splitlines()[:50] if _DEEP_LINK.search(line)]
    return "\n".join((fresh.text, *links))
