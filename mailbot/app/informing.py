"""Mails that only tell: help, one item's story, what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailbot.app import story
from mailbot.app.apply import scene_for
from mailbot.app.case import Case, actor, day, team
from mailbot.core.command import Verb
from mailbot.core.mailvalues import item_values, stage_title
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import colleague


def _send_help(case: Case) -> None:
    _inform(case, "yardim", {})


def _send_status(case: Case) -> None:
    item = case.sight.item
    if item is None:
        _send_open(case)
        return
    zone = case.book.calendar.zone
    records = [{"at": r.at.astimezone(zone), "text": r.text} for r in case.tx.records(item.ref) if r.text]
    mails = case.tx.deliveries(item.ref, limit=10_000)
    values: dict[str, object] = {
        "records": records,
        "waiting": story.waiting(case.book, item, mails),
        "asked": story.asked(case.book, item),
        "sent": story.sent(mails),
    }
    _inform(case, "durum", values)


def _send_open(case: Case) -> None:
    rows = [
        {
            "ref": str(item.ref),
            "title": item.title,
            "stage": stage_title(case.book.workflows[item.workflow], item),
            "opened_at": item.opened_at,
        }
        for item in case.tx.items(open_only=True)
        if item.workflow in case.book.workflows
    ]
    _inform(case, "acik-kayitlar", {"rows": rows})


def _inform(case: Case, template: str, values: dict[str, object]) -> None:
    by = actor(case)
    person = case.book.staff_at(by.address, day(case.book, case.now))
    item = case.sight.item
    if item is not None:
        scene = scene_for(case.parts, case.book, item.workflow, case.now)
        values = {"item": item_values(scene, item, item.version), **values}
    case.owe(
        MailOrder(
            template,
            (colleague(person),) if person else team(case.book, case.now),
            Purpose.STAFF,
            values,
            reply_to_id=case.sight.letter.message_id,
        ),
        item.ref if item else None,
    )


INFORMATION: Mapping[Verb, Callable[[Case], None]] = {
    Verb.HELP: _send_help,
    Verb.STATUS: _send_status,
    Verb.OPEN_ITEMS: _send_open,
    Verb.TODAY: _send_open,
}
"""Orders that change nothing."""
