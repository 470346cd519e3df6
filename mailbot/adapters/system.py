"""The machine's own clock and randomness."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import secrets
from datetime import UTC, datetime

_M_MMAP_THRESHOLD = -3


def give_back_memory(above: int = 1_000_000) -> None:
    """Let the C library give blocks of so many bytes back to the system when they are freed (mallopt(3)).

    Left alone, glibc raises the limit to the size of the first large letter that was freed, and from then
    on keeps what large letters took. Does nothing where the C library has no such setting.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, above)


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
