"""Words at instants that hang on a date: the day before at ten, two hours before, an hour after (1.2.4)."""

from __future__ import annotations

from datetime import datetime

from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import told
from mailbot.core.rules import Notice, Stage, Tell
from mailbot.core.scene import Scene, Work


def set_notices(work: Work, stage: Stage) -> None:
    """Timers for the notices of the stage that still lie ahead."""
    work.drop_timers("notice:*")
    for number, notice in enumerate(stage.notices):
        instant = instant_of(work.scene, notice, work.item.fields.get(notice.field))
        if instant is not None and instant > work.scene.now:
            work.set_timer(f"notice:{number}", instant)


def instant_of(scene: Scene, notice: Notice, value: object) -> datetime | None:
    """When the notice is due for this value of its field."""
    if not isinstance(value, datetime):
        return None
    instant = value + notice.offset
    if notice.clock is None:
        return instant
    day = instant.astimezone(scene.book.calendar.zone).date()
    return datetime.combine(day, notice.clock, scene.book.calendar.zone)


def notice_due(work: Work, number: int) -> None:
    """Send one notice, unless the stage has ended, the item is held or the date has moved on."""
    stage, item, scene = work.stage, work.item, work.scene
    if stage is None or number >= len(stage.notices) or not item.open or item.hold is not None:
        return
    notice = stage.notices[number]
    instant = instant_of(scene, notice, item.fields.get(notice.field))
    if instant is None or instant > scene.now:
        set_notices(work, stage)
        return
    values = {"item": item_values(scene, item, item.version)}
    version = item.version
    for target in notice.to:
        people = told(scene, Tell(target, notice.template), item)
        inside = target in ("staff", "opener") or target.startswith("role:")
        work.mails += [
            MailOrder(
                notice.template,
                (person,),
                Purpose.STAFF if inside else Purpose.TASK,
                values,
                version=version.number if version else None,
                gate=None if inside or version is None else version.digest,
            )
            for person in people
        ]
    work.note("notice", f"Hatırlatma gönderildi ({notice.template}).")
