"""What an approver's new words decide (the seven classes of reading)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """The seven classes. Only APPROVE ever lets a text go further."""

    APPROVE = "approve"
    REVISE = "revise"
    REJECT = "reject"
    DEFER = "defer"
    QUESTION = "question"
    NONE = "none"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Clue:
    """Which words were read as what: the reason that a person can follow."""

    words: str
    meaning: str
    """A short Turkish phrase: "onay", "koşul", "nezaket sözü", "anlaşılmayan sözler" …"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision and the words that it was read from."""

    decision: Decision
    why: tuple[Clue, ...]


class Position(StrEnum):
    """Where the new words stood beside the quoted ones."""

    TOP = "top"
    BOTTOM = "bottom"
    INLINE = "inline"
    NONE = "none"
    """There are no new words."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """The newly written words of a letter, and what was cut away."""

    text: str
    """New words alone: without quotes, signature, disclaimer and device line."""
    position: Position
    aside: str = ""
    """Signature and disclaimer as cut off: read only for a veto, never for an approval."""
    quoted: str = ""
    unsent: str = ""
    """Words in the quoted part that we did not send: answers typed into it. Read only for a veto.

    Known only where what was sent is known; else what the form alone gives away (colour, "[Ad]:")."""
    machine: str = ""
    """Device lines, scanners' footers and sentences of disclaimers as programs add them: no veto either."""
    why: tuple[str, ...] = ()
    """What was cut off and by which sign, a Turkish phrase each."""
