"""What is wrong with a file that people edit: file, row, and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """One mistake of a file. `row` counts from 1; None where it concerns the whole file."""

    file: str
    row: int | None
    text: str
    warning: bool = False
    """True: worth knowing, but the service may start."""

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}, satır {self.row}"
        return f"{place}: {'(uyarı) ' if self.warning else ''}{self.text}"


class RulesRefused(Exception):
    """The rule files cannot be used. Carries every complaint, in order of file and row."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = in_order(complaints)
        super().__init__("\n".join(str(c) for c in self.complaints))


def in_order(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """Each complaint once, by file and row."""
    return tuple(sorted(dict.fromkeys(complaints), key=lambda c: (c.file, c.row or 0)))
