"""Parsing in a process that can be stopped: a hang is killed, a memory bomb is contained."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from mailbot.core.letter import Letter
from mailbot.reading.mime import hostile, parse

SECONDS = 2.0
"""A letter that takes longer is poison: 250 MB mails of honest people take well under one."""

BATCH = 10
BATCH_BYTES = 2_000_000
"""Letters, and bytes, that are handed to the parsing process at a time."""

MEMORY = 1 << 30
"""Address space of the parsing process, in bytes."""


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _parse_all(raws: list[bytes]) -> list[Letter | str]:
    """In the child: a letter each, or which cap its bytes break."""
    return [f"ayrıştırma sınırlarını aşıyor ({why})" if (why := hostile(raw)) else parse(raw) for raw in raws]


def _batches(raws: Sequence[bytes]) -> Iterator[list[bytes]]:
    """`raws` in order, small letters together: handing over costs as much as parsing one."""
    batch: list[bytes] = []
    weight = 0
    for raw in raws:
        if batch and (len(batch) == BATCH or weight + len(raw) > BATCH_BYTES):
            yield batch
            batch, weight = [], 0
        batch.append(raw)
        weight += len(raw)
    if batch:
        yield batch


class ProcessParser:
    """`mime.parse` in a child process. Small honest letters, the most, are parsed in batches."""

    def __init__(self, *, seconds: float = SECONDS, workers: int = 1) -> None:
        self._seconds = seconds
        self._pool = ProcessPool(max_workers=workers, max_tasks=2000, initializer=_limit_memory)

    async def parse(self, raws: list[bytes]) -> list[Letter | str]:
        """A letter each, or a Turkish phrase that says why there is none."""
        batches = list(_batches(raws))
        # All are handed over before the first answer is awaited: the child is never idle.
        futures = [self._schedule(batch) for batch in batches]
        results: list[Letter | str] = []
        for batch, future in zip(batches, futures, strict=True):
            found = await self._answer(future)
            if isinstance(found, str) and len(batch) > 1:
                # One of them is poison: alone it harms nobody else.
                alone = [await self._answer(self._schedule([raw])) for raw in batch]
                results += [one if isinstance(one, str) else one[0] for one in alone]
            else:
                results += [found] if isinstance(found, str) else found
        if any(len(raw) > BATCH_BYTES for raw in raws):
            # The pool's threads hold on to the last task and its answer until the next ones come.
            await self._answer(self._schedule([]))
        return results

    def _schedule(self, batch: list[bytes]) -> ProcessFuture[list[Letter | str]]:
        return self._pool.schedule(_parse_all, args=[batch], timeout=self._seconds)

    async def _answer(self, future: ProcessFuture[list[Letter | str]]) -> list[Letter | str] | str:
        """The letters of a batch, or why there are none."""
        try:
            found: list[Letter | str] = await asyncio.wrap_future(future)
            return found
        except (TimeoutError, FutureTimeout):
            return f"{self._seconds:g} saniyede ayrıştırılamadı"
        except (ProcessExpired, MemoryError, RecursionError) as problem:
            return f"ayrıştırıcı durdu ({type(problem).__name__})"
        except Exception as problem:  # the bytes are kept; whatever the parser met, the next letter goes on
            return f"ayrıştırıcı hatası ({type(problem).__name__})"

    def close(self) -> None:
        """Stop the child process."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
