"""The process that reads letters: it answers over one socket, and stops itself at its limits.

It is started by `adapters.reader` as a program of its own, so that it inherits no lock and no memory of
the service, and it ends when the service does.
"""

from __future__ import annotations

import contextlib
import pickle
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from mailbot.adapters.system import give_back_memory, settle_memory
from mailbot.reading.mime import hostile
from mailbot.reading.whole import Guide, Known, Look, Said, look, read

MEMORY = 1 << 30
"""Bytes of address space that reading may take beside what the process has when it starts."""


@dataclass(frozen=True, slots=True)
class LookAt:
    """The first step for letters of these sizes; their bytes follow. A Look or a Fault is told for each."""

    sizes: list[int]


@dataclass(frozen=True, slots=True)
class ReadOn:
    """The second step, for letters of the last LookAt by their place. A Said or a Fault is told for each."""

    letters: list[tuple[int, Known, tuple[str, ...]]]
    now: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a letter could not be read, in Turkish."""

    why: str
    poison: bool


def serve(incoming: BinaryIO, outgoing: BinaryIO, seconds: float) -> None:
    """Answer until the other side closes. Each letter may take `seconds` of CPU in each step."""
    guide: Guide | None = None
    looks: dict[int, Look] = {}

    def answer(step: Callable[[], Look | Said | Fault]) -> Look | Said | Fault:
        found = _within(seconds, step)
        told = replace(found, forms=()) if isinstance(found, Look) else found
        pickle.dump(told, outgoing, pickle.HIGHEST_PROTOCOL)
        outgoing.flush()
        return found

    while True:
        try:
            request = pickle.load(incoming)  # noqa: S301 - the other side is the service
        except EOFError:
            return
        match request:
            case Guide():
                guide = request
                settle_memory()
            case LookAt(sizes):
                raws = [incoming.read(size) for size in sizes]
                looks = {}
                for place in range(len(raws)):
                    raw, raws[place] = raws[place], b""
                    found = answer(partial(_look, raw))
                    if isinstance(found, Look):
                        looks[place] = found
            case ReadOn(letters, now):
                assert guide is not None
                for place, known, sent in letters:
                    answer(partial(read, looks[place], known, sent, guide, now))
                looks = {}


def _within(seconds: float, step: Callable[[], Look | Said | Fault]) -> Look | Said | Fault:
    """What `step` finds. The kernel ends the process when the step took so much CPU, whatever code runs.

    So a machine that stalls does not count against the letter.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return step()
    except (MemoryError, RecursionError) as problem:
        return Fault(f"okuma sınırlarını aşıyor ({type(problem).__name__})", poison=True)
    except Exception as problem:  # a bug of ours: the bytes are kept, the next letter goes on
        return Fault(f"okunurken hata oluştu ({type(problem).__name__})", poison=False)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)


def _look(raw: bytes) -> Look | Fault:
    why = hostile(raw)
    return Fault(f"ayrıştırma sınırlarını aşıyor ({why})", poison=True) if why else look(raw)


def limit_memory(beside: int = MEMORY) -> None:
    """Bound the address space to what it is now and so many bytes more."""
    with contextlib.suppress(OSError, ValueError):  # no /proc, or a lower limit is set already
        has = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (has + beside, has + beside))


def main() -> None:
    """Serve on the socket that standard input is; the one argument is the CPU limit in seconds."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the service's matter
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    give_back_memory()
    limit_memory()
    with (
        socket.socket(fileno=0) as connection,
        connection.makefile("rb") as incoming,
        connection.makefile("wb") as outgoing,
    ):
        serve(incoming, outgoing, float(sys.argv[1]))
