"""The machine's own clock and randomness."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import os
import secrets
import socket
from datetime import UTC, datetime
from pathlib import Path

_M_MMAP_THRESHOLD = -3


def give_back_memory(above: int = 1_000_000) -> None:
    """Let the C library give blocks of so many bytes back to the system when they are freed (mallopt(3)).

    Left alone, glibc raises the limit to the size of the first large letter that was freed, and from then
    on keeps what large letters took. Does nothing where the C library has no such setting.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, above)


def settle_memory() -> None:
    """Tell the collector that what lives now lives to the end: rules, templates, code.

    Call it once all is loaded. A full collection then looks at what letters made, and at ten times the
    default number of new objects: reading one letter makes some thousands, nearly all freed by count.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


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


def own_name() -> str:
    """This process among all hosts: host, process number, and when it started."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


class SystemProcesses:
    """Looks whether a process of this very host still runs (`ports.processes.Processes`)."""

    def gone(self, owner: str) -> bool:
        host, _, rest = owner.rpartition(":")[0].rpartition(":")
        started = owner.rpartition(":")[2]
        if host != socket.gethostname() or not rest.isdecimal():
            return False
        if Path("/proc/self/stat").exists():
            # A number is given again; the instant of the start tells two processes apart.
            return _started(int(rest)) != started
        try:
            os.kill(int(rest), 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False


def _started(pid: int) -> str:
    """Clock ticks since boot at which the process started (proc(5)); "" where none runs under this number."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return told[19] if told[0] not in "ZX" else ""  # dead, and nobody has collected it yet
    except (OSError, IndexError):
        return ""
