"""Timers that came due: reminders, pauses, embargoes; and the once-a-day mail about strangers."""

from __future__ import annotations

from datetime import timedelta

from mailbot.app.apply import apply, owe, scene_for
from mailbot.app.forms import Forms
from mailbot.app.mode import book_for, mode_of
from mailbot.app.parts import Parts
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import colleague
from mailbot.core.rules import PersonRole
from mailbot.core.trigger import TimerFired
from mailbot.core.workflow import step
from mailbot.ports.store import LetterState

UNKNOWN_KIND = "unknown"
"""`kind` of a letter whose sender nobody knows."""


def fire(parts: Parts, forms: Forms, limit: int = 100) -> int:
    """Decide for every due timer; how many there were. Those that ask for a form are handed to `forms`."""
    now = parts.clock.now()
    with parts.store.reading() as reads:
        due_at = reads.next_due()
    if due_at is None or due_at > now:
        return 0
    with parts.store.writing() as tx:
        mode = mode_of(tx)
        book = book_for(parts.book, mode, tx)
        due = tx.due_timers(now, limit)
        for timer in due:
            tx.finish_timer(timer.id)
            if forms.take(tx, timer.ref, timer.key):
                continue
            item = tx.item(timer.ref)
            if item is None or item.mode != mode.value or item.workflow not in book.workflows:
                continue
            scene = scene_for(parts, book, item.workflow, now)
            apply(tx, parts, step(scene, item, TimerFired(timer.key)), item.revision, mode, now)
        if due:
            tx.commit()
    return len(due)


def strangers(parts: Parts) -> bool:
    """One mail a day to staff about the unknown senders since the working day before."""
    now = parts.clock.now()
    calendar = parts.book.calendar
    today = now.astimezone(calendar.zone).date()
    with parts.store.writing() as tx:
        if not tx.once("bilinmeyen-gonderenler", today):
            return False
        since = now - timedelta(days=1) if today.weekday() else now - timedelta(days=3)
        rows = [
            {"sender": letter.sender, "subject": letter.subject, "at": letter.arrived}
            for letter in tx.letters(states=(LetterState.IGNORED, LetterState.HELD), limit=500)
            if letter.kind == UNKNOWN_KIND and letter.arrived >= since
        ]
        if rows:
            mode = mode_of(tx)
            people = [p for p in parts.book.staff if p.valid_on(today)]
            chiefs = [p for p in people if p.role is PersonRole.CHIEF] or people
            order = MailOrder(
                "bilinmeyen-gonderenler",
                tuple(colleague(p) for p in chiefs),
                Purpose.STAFF,
                {"rows": rows},
            )
            owe(tx, parts, order, None, mode, now)
        tx.commit()
    return bool(rows)
