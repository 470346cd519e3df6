"""Alarms: staff are called while there is still time (1.4.4, 1.2.4)."""

from __future__ import annotations

from datetime import datetime

from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import overseers
from mailbot.core.plan import spoken
from mailbot.core.scene import Work


def set_alarm(work: Work) -> None:
    """The alarm of the present stage, set for the field as it stands now; one that is past rings at once."""
    work.drop_timers("alarm")
    stage = work.stage
    if stage is None or stage.alarm is None:
        return
    instant = work.item.fields.get(stage.alarm.field)
    if isinstance(instant, datetime) and instant > work.scene.now:
        work.set_timer("alarm", max(instant - stage.alarm.before, work.scene.now))


def ring(work: Work) -> None:
    """An alarm is due: staff hear how much time is left and who is waited for. Nothing else happens."""
    stage, item, scene = work.stage, work.item, work.scene
    if stage is None or stage.alarm is None or not item.open or item.hold is not None:
        return
    instant = item.fields.get(stage.alarm.field)
    if not isinstance(instant, datetime):
        return
    if instant - stage.alarm.before > scene.now:
        set_alarm(work)
        return
    work.note("alarm", f"“{stage.title}” aşamasında süre daralıyor: kalan {spoken(instant - scene.now)}.")
    work.mails.append(
        MailOrder(
            "sure-daraliyor",
            overseers(scene, item),
            Purpose.STAFF,
            {
                "item": item_values(scene, item, item.version),
                "instant": instant,
                "left": spoken(instant - scene.now),
            },
        )
    )
