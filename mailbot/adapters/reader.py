"""Reading in processes that can be stopped: fills `app.parts.Reader`.

A conversation is plain blocking code on a thread, so that it goes on while the service decides: bytes
out, looks in, knowledge out, readings in. When a process dies, the letter whose answer was due is the
reason; the others are read by the next one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import queue
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from mailbot.adapters.reading_process import Fault, LookAt, ReadOn
from mailbot.reading.whole import Guide, Known, Look, LookUp, Said, Seen, Unread

SECONDS = 2.0
"""CPU seconds of a letter in each step; one that takes more is poison."""

PATIENCE = 30.0
"""Seconds until an answer is no longer awaited: the machine stalls, or the process hangs without CPU."""

LETTERS = 10_000
"""After so many letters a process is replaced, whatever it may have gathered."""

WORKERS = min(2, os.cpu_count() or 1)

_SCRIPT = "import sys; sys.path[:] = {path!r}; from mailbot.adapters.reading_process import main; main()"
PROGRAM = ("-c", _SCRIPT.format(path=sys.path))
"""What Python is told to run; it finds modules where the service does."""


class _Died(Exception):
    """The process ended, or was ended, before it answered for the letter at `place`."""

    def __init__(self, place: int, why: Unread) -> None:
        super().__init__(why)
        self.place, self.why = place, why


class _Process:
    """One reading process and the talk with it."""

    def __init__(self, program: Sequence[str], seconds: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._popen = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, *program, str(seconds)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if not name.startswith("MAILBOT_")},
            )
        ours.settimeout(PATIENCE)
        self._socket, self._seconds = ours, seconds
        self._incoming = ours.makefile("rb", buffering=1 << 18)
        self._guide: Guide | None = None
        self.letters = 0

    def read(
        self, raws: Mapping[int, bytes], guide: Guide, now: datetime, look_up: LookUp
    ) -> dict[int, Seen | Unread]:
        """Both steps for letters by their place. Raises _Died, and what `look_up` raises."""
        found: dict[int, Seen | Unread] = {}
        places = list(raws)
        self.letters += len(places)
        looks: list[tuple[int, Look]] = []
        self._tell(places[0], LookAt([len(raw) for raw in raws.values()]), *raws.values())
        for place in places:
            match self._hear(place):
                case Look() as look:
                    looks.append((place, look))
                case Fault() as fault:
                    found[place] = Unread(fault.why, fault.poison)
        if not looks:
            return found
        known = look_up(looks)
        if self._guide is not guide:
            self._tell(looks[0][0], guide)
            self._guide = guide
        asked = [
            (places.index(place), facts, tuple(texts))
            for (place, _), (facts, texts) in zip(looks, known, strict=True)
        ]
        self._tell(looks[0][0], ReadOn(asked, now))
        for (place, look), (facts, _) in zip(looks, known, strict=True):
            found[place] = self._reading(self._hear(place), look, facts, guide)
        return found

    @staticmethod
    def _reading(answer: object, look: Look, known: Known, guide: Guide) -> Seen | Unread:
        if isinstance(answer, Fault):
            return Unread(answer.why, answer.poison)
        assert isinstance(answer, Said)
        return Seen(look, known, guide, answer)

    def _tell(self, place: int, request: object, *raws: bytes) -> None:
        try:
            self._socket.sendall(pickle.dumps(request, pickle.HIGHEST_PROTOCOL))
            for raw in raws:
                self._socket.sendall(raw)
        except OSError as fault:
            raise self._died(place, fault) from fault

    def _hear(self, place: int) -> object:
        try:
            return pickle.load(self._incoming)  # noqa: S301 - the other side is ours
        except (OSError, EOFError, pickle.UnpicklingError) as fault:
            raise self._died(place, fault) from fault

    def _died(self, place: int, fault: Exception) -> _Died:
        """What became of the process, and whether the letter whose answer was due is to blame."""
        if isinstance(fault, TimeoutError):
            self.close()
            return _Died(place, Unread(f"{PATIENCE:g} saniyede yanıt alınamadı", poison=False))
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(2.0)
        code = self._popen.poll()
        self.close()
        if code == -signal.SIGPROF:
            return _Died(place, Unread(f"{self._seconds:g} saniyede okunamadı", poison=True))
        if code is not None and code < 0 and code not in (-signal.SIGKILL, -signal.SIGTERM):
            return _Died(place, Unread(f"okuma işlemi çöktü ({signal.Signals(-code).name})", poison=True))
        # Killed from outside (the system was short of memory, somebody stops the service), or never started.
        return _Died(place, Unread("okuma işlemi durdu", poison=False))

    def close(self) -> None:
        """End it at once."""
        self._popen.kill()
        self._popen.wait()
        self._incoming.close()
        self._socket.close()


class ProcessReader:
    """Reads in `workers` processes, which are started at once."""

    def __init__(
        self, *, seconds: float = SECONDS, workers: int = WORKERS, program: Sequence[str] = PROGRAM
    ) -> None:
        self._seconds, self._program = seconds, program
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        self._free: queue.SimpleQueue[_Process] = queue.SimpleQueue()
        self._all: set[_Process] = set()
        self._closed = False
        for _ in range(workers):
            self._free.put(self._start())

    async def read(
        self, raws: Sequence[bytes], guide: Guide, now: datetime, look_up: LookUp
    ) -> list[Seen | Unread]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._read, list(raws), guide, now, look_up)

    def _read(self, raws: list[bytes], guide: Guide, now: datetime, look_up: LookUp) -> list[Seen | Unread]:
        found: dict[int, Seen | Unread] = {}
        left = dict(enumerate(raws))
        count = len(raws)
        raws.clear()
        while left and not self._closed:
            process = self._free.get()
            try:
                found |= process.read(left, guide, now, look_up)
                left.clear()
            except _Died as death:
                found[death.place] = death.why
                del left[death.place]
                process = self._replaced(process)
            except BaseException:  # of the look-up: the process waits for what will not come
                process = self._replaced(process)
                raise
            finally:
                self._free.put(process if process.letters < LETTERS else self._replaced(process))
        return [found.get(place) or Unread("servis kapanıyor", poison=False) for place in range(count)]

    def _start(self) -> _Process:
        process = _Process(self._program, self._seconds)
        self._all.add(process)
        return process

    def _replaced(self, process: _Process) -> _Process:
        process.close()
        self._all.discard(process)
        return self._start() if not self._closed else process

    def close(self) -> None:
        """Stop the processes; a reading under way ends with what it has."""
        self._closed = True
        for process in list(self._all):
            process.close()
        self._threads.shutdown()
