"""A stage that records links reminds whoever publishes of the missing ones (`record`, `remind`)."""

from __future__ import annotations

from mailbot.core.channels import lacking_channels
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import overseers, told
from mailbot.core.rules import Stage, Tell
from mailbot.core.scene import Work


def start_record_reminders(work: Work, stage: Stage) -> None:
    """The stage was entered: the first reminder is set where it waits for links."""
    if stage.record and stage.remind:
        _set(work, stage, 0)


def _set(work: Work, stage: Stage, number: int) -> None:
    span, now, calendar = stage.remind[number], work.scene.now, work.scene.book.calendar
    due = calendar.next_working(calendar.add(now, span.length) if span.working else now + span.length)
    work.set_timer(f"record:{stage.name}:{number}", due)


def remind_of_links(work: Work, name: str, number: int) -> None:
    """A reminder of missing links is due; with the last one the unit's chief hears of it too."""
    stage, item, calendar = work.stage, work.item, work.scene.book.calendar
    if stage is None or stage.name != name or item.hold is not None or number >= len(stage.remind):
        return
    lacking = lacking_channels(stage, item)
    if not lacking:
        return
    if not calendar.is_working(work.scene.now):
        work.set_timer(f"record:{name}:{number}", calendar.next_working(work.scene.now))
        return
    last = number + 1 == len(stage.remind)
    people = told(work.scene, Tell(stage.record_from, stage.remind_mail), item)
    people = tuple({r.address: r for r in (*people, *(overseers(work.scene, item) if last else ()))}.values())
    since = item.released_at or item.entered_at or work.scene.now
    work.mails.append(
        MailOrder(
            stage.remind_mail,
            people,
            Purpose.STAFF,
            {
                "item": item_values(work.scene, item, item.version),
                "lacking": list(lacking),
                "since": since,
                "last": last,
            },
        )
    )
    work.note("record-reminder", f"Eksik yayın bağlantıları hatırlatıldı: {', '.join(lacking)}.")
    if not last:
        _set(work, stage, number + 1)
