"""Two views of one document, written side by side while it is walked: changes accepted, and original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Flag, auto

from mailbot.core.document import Paragraph, Spot

MAX_CHARACTERS = 200_000
"""Of one view; what comes behind is named as cut off, never silently dropped."""


class View(Flag):
    """In which of the two views something stands."""

    ACCEPTED = auto()
    ORIGINAL = auto()
    BOTH = ACCEPTED | ORIGINAL


@dataclass(slots=True)
class _Side:
    paragraphs: list[Paragraph] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    size: int = 0
    cut: bool = False

    def add(self, text: str) -> None:
        if self.size > MAX_CHARACTERS:
            self.cut = True
            return
        self.size += len(text)
        self.buffer.append(text)

    def end(self, spot: Spot, *, title: bool) -> None:
        text = "".join(self.buffer).strip(" \t\n\u00a0")
        self.buffer.clear()
        if text:
            self.paragraphs.append(Paragraph(text, spot, title))


@dataclass(slots=True)
class Flow:
    """Collects text into both views."""

    accepted: _Side = field(default_factory=_Side)
    original: _Side = field(default_factory=_Side)

    def add(self, text: str, view: View) -> None:
        if View.ACCEPTED in view:
            self.accepted.add(text)
        if View.ORIGINAL in view:
            self.original.add(text)

    def end(self, view: View, spot: Spot, *, title: bool = False) -> None:
        """A paragraph ends in `view`; in the other one its text runs on into the next paragraph."""
        if View.ACCEPTED in view:
            self.accepted.end(spot, title=title)
        if View.ORIGINAL in view:
            self.original.end(spot, title=title)

    @property
    def cut(self) -> bool:
        return self.accepted.cut or self.original.cut

    def take(self, others: Iterable[Flow]) -> None:
        """Put the paragraphs of `others` behind those of this one."""
        for other in others:
            self.accepted.paragraphs += other.accepted.paragraphs
            self.original.paragraphs += other.original.paragraphs
            self.accepted.cut |= other.accepted.cut
            self.original.cut |= other.original.cut
