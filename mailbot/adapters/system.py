"""The machine's own clock and randomness."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime


class SystemClock:
    """Wall-clock time in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class SystemEntropy:
    """The operating system's generator."""

    def bits(self, count: int) -> int:
        return secrets.randbits(count)
