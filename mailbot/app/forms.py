"""Making the unit's forms of new versions beside the letters: a timer asks, a child process fills them."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

from mailbot.app.apply import apply, scene_for
from mailbot.app.mode import book_for, mode_of
from mailbot.app.parts import Parts
from mailbot.core.forming import KEY, form_values
from mailbot.core.item import FileRef, Version
from mailbot.core.outcome import Timer
from mailbot.core.trigger import Formed
from mailbot.core.values import ItemRef
from mailbot.core.workflow import step
from mailbot.ports.documents import Form
from mailbot.ports.store import Transaction
from mailbot.reading.plain import plain, tidy

AGAIN = timedelta(minutes=3)
"""When a form is asked for once more whose process died before it was stored."""


class Forms:
    """Which forms are wanted; `work` makes them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._wanted: dict[tuple[ItemRef, int], None] = {}
        self.wanted = asyncio.Event()

    def take(self, tx: Transaction, ref: ItemRef, key: str) -> bool:
        """Whether the timer `key` asks for a form: it is noted, and set again until the form is stored."""
        if not key.startswith(KEY):
            return False
        tx.set_timers(ref, [Timer(key, self._parts.clock.now() + AGAIN)])
        self._wanted[ref, int(key.removeprefix(KEY))] = None
        self.wanted.set()
        return True

    async def work(self) -> int:
        """Make every form that is wanted; how many."""
        done = 0
        while self._wanted:
            ref, number = next(iter(self._wanted))
            del self._wanted[ref, number]
            await self._make(ref, number)
            done += 1
        return done

    async def _make(self, ref: ItemRef, number: int) -> None:
        parts = self._parts
        with parts.store.reading() as reads:
            book = book_for(parts.book, mode_of(reads), reads)
            item = reads.item(ref)
        version = next((v for v in item.versions if v.number == number), None) if item else None
        workflow = book.workflows.get(item.workflow) if item else None
        made = Form()
        if version is not None and workflow is not None:
            made = await parts.documents.form(workflow.form, form_values(book, version))
        with parts.store.writing() as tx:
            mode, now = mode_of(tx), parts.clock.now()
            item = tx.item(ref)
            if item is None or version is None or item.mode != mode.value or workflow is None:
                tx.cancel_timers(ref, [f"{KEY}{number}"])
            else:
                files = _kept(tx, version, made)
                scene = scene_for(parts, book, item.workflow, now)
                outcome = step(scene, item, Formed(number, files, made.trouble))
                apply(tx, parts, outcome, item.revision, mode, now)
            tx.commit()


def _kept(tx: Transaction, version: Version, made: Form) -> tuple[FileRef, ...]:
    title = version.bound.get("title", "")
    words = re.findall(r"[a-z0-9]+", plain(tidy(title if isinstance(title, str) else "")))
    stem = "-".join(["basin-bulteni", *words])[:70].rstrip("-")
    return tuple(
        FileRef(f"{stem}.{file.ending}", file.content_type, len(file.data), tx.put_blob(file.data))
        for file in made.files
    )
