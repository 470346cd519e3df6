"""Looking into the files of a mail, where it can be stopped and is never in the way of the next letter."""

from __future__ import annotations

from typing import Protocol

from mailbot.core.document import Examined
from mailbot.core.letter import Letter


class Documents(Protocol):
    """Reads documents and makes photographs ready."""

    async def examine(self, letter: Letter) -> Examined:
        """Every file of the letter with what is in it. Total: trouble is a value of the file it is about."""
        ...

    def close(self) -> None: ...
