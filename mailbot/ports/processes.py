"""The other processes that may work on the same database."""

from __future__ import annotations

from typing import Protocol


class Processes(Protocol):
    """Tells which of them are gone, so that what they left half done need not wait for its lease."""

    def gone(self, owner: str) -> bool:
        """Whether the process that called itself `owner` is surely gone; False where nobody can know."""
        ...
