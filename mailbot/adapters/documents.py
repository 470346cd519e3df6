"""`ports.documents.Documents` in a child process: a hang is killed, a bomb meets the limit of memory.

Beside the parser's process, not in it: a document may take seconds, and the next letter must not wait
for it. The process starts with the first document.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from mailbot.adapters.bulletin import make_form
from mailbot.adapters.examine import MAIL, examine_file
from mailbot.core.document import Examined, Found, Trouble
from mailbot.core.letter import Attachment, Letter
from mailbot.core.opening import FileRole
from mailbot.core.values import digest_of
from mailbot.ports.documents import Form
from mailbot.reading.files import role_of

SECONDS = 8.0
"""For one file: a PDF of 60 pages takes two, a photograph of 100 megapixels less than one."""
LETTER_SECONDS = 40.0
"""For all files of one letter; what is left then is named and not read."""
FORM_SECONDS = 30.0
"""For a form: the first PDF of a process takes two, most of it for loading the library."""
MEMORY = 1 << 30
"""Address space that a document may take beside the process's own, in bytes."""
FILES = 60


def files_of(letter: Letter) -> Iterator[tuple[str, str, bytes]]:
    """What is looked into: attachments and attached mails, no pictures of a signature."""
    for attachment in letter.attachments[:FILES]:
        if not attachment.inline or role_of(attachment) is not FileRole.PHOTO:
            yield attachment.name, attachment.content_type, attachment.data
    if letter.report_type is None:
        for raw in letter.attached[:10]:
            yield "", MAIL, raw


def _limit_memory() -> None:
    with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - no path of the unit
        own = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (own + MEMORY, own + MEMORY))


class ProcessDocuments:
    """`examine_file` in a child process, one file a task."""

    def __init__(
        self,
        templates: Path | None = None,
        *,
        seconds: float = SECONDS,
        letter_seconds: float = LETTER_SECONDS,
        look: Callable[[str, str, bytes], tuple[Found, ...]] = examine_file,
    ) -> None:
        """`templates`: where the folders of forms lie; None: there are none."""
        self._templates, self._look = templates, look
        self._seconds, self._letter_seconds = seconds, letter_seconds
        self._pool: ProcessPool | None = None

    async def examine(self, letter: Letter) -> Examined:
        end = time.monotonic() + self._letter_seconds
        found: list[Found] = []
        for name, content_type, data in files_of(letter):
            left = end - time.monotonic()
            if left < 0.5:
                found.append(_unread(name, content_type, data, Trouble.SLOW))
                continue
            found += await self._one(name, content_type, data, min(self._seconds, left))
        return Examined(tuple(found))

    async def _one(self, name: str, content_type: str, data: bytes, seconds: float) -> tuple[Found, ...]:
        future: ProcessFuture[tuple[Found, ...]] = self._ready().schedule(
            self._look, args=[name, content_type, data], timeout=seconds
        )
        try:
            return await asyncio.wrap_future(future)
        except (TimeoutError, FutureTimeout):
            return (_unread(name, content_type, data, Trouble.SLOW),)
        except (ProcessExpired, MemoryError):
            return (_unread(name, content_type, data, Trouble.BOMB),)
        except Exception:  # the bytes are kept; whatever was met in them, the letter goes on
            return (_unread(name, content_type, data, Trouble.BROKEN),)

    async def form(self, name: str, values: Mapping[str, object]) -> Form:
        folder = self._templates / f"_{name}" if self._templates is not None else None
        if folder is None or not folder.is_dir():
            return Form()
        future: ProcessFuture[Form] = self._ready().schedule(
            make_form, args=[folder, dict(values)], timeout=FORM_SECONDS
        )
        try:
            return await asyncio.wrap_future(future)
        except (TimeoutError, FutureTimeout):
            return Form((), f"{FORM_SECONDS:g} saniyede hazırlanamadı.")
        except (ProcessExpired, MemoryError) as problem:
            return Form((), f"hazırlayan süreç durdu ({type(problem).__name__}).")
        except Exception as problem:  # an edited template may do anything
            return Form((), f"hazırlanırken hata oluştu ({type(problem).__name__}).")

    def _ready(self) -> ProcessPool:
        if self._pool is None:
            # Started clean: a fork of a process with threads may inherit a lock that nobody gives back.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(max_workers=1, max_tasks=100, initializer=_limit_memory, context=context)
        return self._pool

    def close(self) -> None:
        """Stop the child process."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _unread(name: str, content_type: str, data: bytes, trouble: Trouble) -> Found:
    digest = digest_of(data)
    role = role_of(Attachment(name, content_type, len(data), digest, data))
    if content_type == MAIL:
        name = name or "ekli ileti"
    return Found(name, content_type, digest, len(data), role, trouble=trouble)
