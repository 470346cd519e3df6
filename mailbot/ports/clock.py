"""Time and randomness from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The wall clock and waiting."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait so long (a fake returns at once and moves its hands)."""
        ...


class Entropy(Protocol):
    """Unguessable bits."""

    def bits(self, count: int) -> int:
        """`count` random bits from the operating system's generator."""
        ...
