"""The service: tasks that look at the mailboxes, one that decides, one that sends what is owed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import date, datetime, timedelta

from mailbot.app import timers
from mailbot.app.forms import Forms
from mailbot.app.intake import Intake
from mailbot.app.outbox import Outbox
from mailbot.app.parts import Parts, Watched
from mailbot.ports.mailbox import MailboxDown, MailboxRefused
from mailbot.ports.store import StoreDown

log = logging.getLogger("mailbot.service")

RETRY = (2.0, 5.0, 15.0, 30.0, 60.0)
"""Seconds before the next attempt to reach a server that is down; the last one repeats."""


RECOVER_EVERY = timedelta(minutes=1)
"""Between looks for mails that were being sent by a process that is gone."""


class Service:
    """Runs the parts until it is told to stop."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.intake = Intake(parts)
        self.outbox = Outbox(parts)
        self.forms = Forms(parts)
        self._news = asyncio.Event()
        self._day: date | None = None
        self._recovered: datetime | None = None

    async def round(self) -> bool:
        """Look once at every folder, handle all letters, fire due timers, send all that is due.

        True where anything was done. Raises MailboxDown, MailboxRefused, StoreDown.
        """
        self._recover()
        done = 0
        for watched in self._parts.watched:
            done += await self.intake.look(watched)
        done += await self.decide()
        while sent := await self.outbox.flush():
            done += sent + await self.decide()
        # Nothing else is left to do: the round may wait for the files of a letter, and for forms.
        return done + await self.forms.work() > 0 or await self.intake.rest()

    async def decide(self) -> int:
        """Handle what was accepted and what came due; how much there was."""
        done = 0
        while handled := await self.intake.handle():
            done += handled
            self._news.set()
            await asyncio.sleep(0)  # so that the mails that are owed leave before the next letters
        while fired := timers.fire(self._parts, self.forms):
            done += fired
        done += self._daily()
        if done:
            self._news.set()
        return done

    def _recover(self) -> None:
        """Take up mails whose sending process died; their lease may end long after our start."""
        now = self._parts.clock.now()
        if self._recovered is None or now - self._recovered >= RECOVER_EVERY:
            self._recovered = now
            if self.outbox.recover():
                self._news.set()

    def _daily(self) -> bool:
        """What is due once a working day; the database is asked only when the day is new to us."""
        now = self._parts.clock.now()
        calendar = self._parts.book.calendar
        today = now.astimezone(calendar.zone).date()
        if today == self._day or not calendar.is_working(now):
            return False
        self._day = today
        return timers.strangers(self._parts)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set. Raises MailboxRefused, where only a person can help."""
        async with asyncio.TaskGroup() as tasks:
            workers = [tasks.create_task(self._watch(w, stop)) for w in self._parts.watched]
            workers.append(tasks.create_task(self._tick(stop)))
            workers.append(tasks.create_task(self._send(stop)))
            workers.append(tasks.create_task(self._decide(stop)))
            workers.append(tasks.create_task(self._form(stop)))
            await stop.wait()
            self._news.set()
            for worker in workers:
                worker.cancel()
        with contextlib.suppress(StoreDown):
            self.intake.let_go()
        await self._parts.sender.close()
        for watched in self._parts.watched:
            await watched.mailbox.close()

    async def _watch(self, watched: Watched, stop: asyncio.Event) -> None:
        failures = 0
        while not stop.is_set():
            try:
                await self.intake.look(watched)
                failures = 0
                await watched.mailbox.wait(self._parts.poll_seconds)
            except MailboxDown as problem:
                pause = RETRY[min(failures, len(RETRY) - 1)]
                failures += 1
                log.warning("%s: %s (%g s sonra yeniden denenecek)", watched.name, problem, pause)
                self.intake.forget(watched)
                await watched.mailbox.close()
                await self._parts.clock.sleep(pause)
            except StoreDown as problem:
                log.error("%s", problem)
                await self._parts.clock.sleep(RETRY[-1])
            except MailboxRefused as problem:
                log.error("%s: %s", watched.name, problem)
                raise

    async def _tick(self, stop: asyncio.Event) -> None:
        """Timers do not wait for letters."""
        while not stop.is_set():
            try:
                self._recover()
                await self.decide()
            except StoreDown as problem:
                log.error("%s", problem)
            self._news.set()
            await self._parts.clock.sleep(1.0)

    async def _decide(self, stop: asyncio.Event) -> None:
        """Beside the watching: the next letters are fetched while these are read and decided."""
        while not stop.is_set():
            await self.intake.due.wait()
            self.intake.due.clear()
            try:
                await self.decide()
            except StoreDown as problem:
                log.error("%s", problem)
                await self._parts.clock.sleep(RETRY[-1])

    async def _form(self, stop: asyncio.Event) -> None:
        """Forms are made beside everything else; one that fails is asked for again."""
        while not stop.is_set():
            await self.forms.wanted.wait()
            self.forms.wanted.clear()
            try:
                await self.forms.work()
                self._news.set()
            except StoreDown as problem:
                log.error("%s", problem)
                await self._parts.clock.sleep(RETRY[-1])

    async def _send(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self._news.wait()
            self._news.clear()
            try:
                while await self.outbox.flush():
                    pass
            except StoreDown as problem:
                log.error("%s", problem)
                await self._parts.clock.sleep(RETRY[-1])
