"""Looking into the files of a mail, where it can be stopped and is never in the way of the next letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mailbot.core.document import Examined
from mailbot.core.letter import Letter


@dataclass(frozen=True, slots=True)
class FormFile:
    """One file of a form: its ending, its type, its bytes."""

    ending: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """What became of a form: its files, and why one of them is missing (a Turkish sentence)."""

    files: tuple[FormFile, ...] = ()
    trouble: str = ""


class Documents(Protocol):
    """Reads documents, makes photographs ready, fills the unit's forms."""

    async def examine(self, letter: Letter) -> Examined:
        """Every file of the letter with what is in it. Total: trouble is a value of the file it is about."""
        ...

    async def form(self, name: str, values: Mapping[str, object]) -> Form:
        """The unit's form `name` filled with `values`. Total."""
        ...

    def close(self) -> None: ...
