"""Parsing in a process that can be stopped: a hang is killed, a memory bomb is contained."""

from __future__ import annotations

import asyncio
import resource
from concurrent.futures import TimeoutError as FutureTimeout

from pebble import ProcessExpired, ProcessPool

from mailbot.core.letter import Letter
from mailbot.reading.mime import hostile, parse

SECONDS = 2.0
"""A letter that takes longer is poison: 250 MB mails of honest people take well under one."""

MEMORY = 1 << 30
"""Address space of the parsing process, in bytes."""


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class ProcessParser:
    """`mime.parse` in a child process. Small honest letters, the most, are parsed in batches."""

    def __init__(self, *, seconds: float = SECONDS, workers: int = 1) -> None:
        self._seconds = seconds
        self._pool = ProcessPool(max_workers=workers, max_tasks=2000, initializer=_limit_memory)

    async def parse(self, raws: list[bytes]) -> list[Letter | str]:
        """A letter each, or a Turkish phrase that says why there is none."""
        results: list[Letter | str] = []
        too_much = [hostile(raw) for raw in raws]
        futures = [
            None if why else self._pool.schedule(parse, args=[raw], timeout=self._seconds)
            for raw, why in zip(raws, too_much, strict=True)
        ]
        for why, future in zip(too_much, futures, strict=True):
            if future is None:
                results.append(f"ayrıştırma sınırlarını aşıyor ({why})")
                continue
            try:
                letter: Letter = await asyncio.wrap_future(future)
                results.append(letter)
            except (TimeoutError, FutureTimeout):
                results.append(f"{self._seconds:g} saniyede ayrıştırılamadı")
            except (ProcessExpired, MemoryError, RecursionError) as problem:
                results.append(f"ayrıştırıcı durdu ({type(problem).__name__})")
            except (
                Exception
            ) as problem:  # the bytes are kept; whatever the parser met, the next letter goes on
                results.append(f"ayrıştırıcı hatası ({type(problem).__name__})")
        return results

    def close(self) -> None:
        """Stop the child process."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
