"""A staff mail with the bot in To or Cc opens an item (1.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.app.apply import apply, scene_for
from mailbot.app.case import Case, Result, actor, day
from mailbot.app.chain import opened_fields
from mailbot.app.facts import offers_of
from mailbot.app.keeping import one_line
from mailbot.app.papers import notes_of, photos_in, text_of, title_of
from mailbot.core.command import Verb
from mailbot.core.facts import SenderRole
from mailbot.core.item import FieldValue, Item, Offer, Request
from mailbot.core.opening import Opening
from mailbot.core.suffix import tarih_saat
from mailbot.core.timing import UNSAID
from mailbot.core.trigger import Sought
from mailbot.core.values import Address, ItemRef, Office
from mailbot.core.workflow import open_item
from mailbot.ports.store import LetterState
from mailbot.reading.papers import Choice


def open_items(case: Case) -> Result:
    """A staff mail with the bot in To or Cc opens an item (1.1.1)."""
    openings = case.sight.openings
    if len(openings) > 1:
        titles = "; ".join(f"“{o.title}”" for o in openings)
        case.refuse(
            f"İletinizde birden çok iş var: {titles}. Hangi metnin ve ekin hangisine ait olduğu "
            "tahmin edilmez.",
            "Her iş için ayrı bir ileti gönderiniz; botu her birinde bilgiye ekleyiniz.",
        )
        return LetterState.HELD, None
    opening = openings[0]
    workflow = opening.workflow or opening.process.value
    if workflow not in case.book.workflows or case.book.workflows[workflow].draft:
        case.tell_staff(
            "Bu iş türü için botta henüz bir iş akışı yok; ileti birimde kaldı.",
            "İşi bugünkü gibi elle yürütünüz.",
            once=f"akis-yok:{opening.process.value}:{case.sight.facts.sender}",
        )
        return LetterState.HANDLED, None
    rules = case.book.workflows[workflow]
    choice = Choice()
    notes: tuple[str, ...] = ()
    if "photos" in rules.fields:
        choice = text_of(case, opening)
        outside = case.sight.facts.role is not SenderRole.STAFF
        if outside:
            # Somebody else's text waits until staff choose it.
            choice = Choice(None, offers_of(case), choice.notes)
        fields = _fields(case, opening, choice.text)
        notes = (*choice.notes, *notes_of(case, opening))
        if gap := _embargo_gap(opening, case.now):
            notes = (*notes, f"{gap} yazılmalı (AMBARGO: 28.11.2026 09.00 gibi; ambargo yoksa AMBARGO: yok).")
    else:
        fields = opened_fields(case, rules, opening)
    ref = new_item(
        case,
        workflow,
        fields,
        department=opening.department,
        gm=opening.gm,
        offers=choice.offers,
        notes=notes,
    )
    order = next((c for c in case.sight.commands if c.verb is Verb.FACTS), None)
    item = case.tx.item(ref)
    if order is not None and item is not None:
        case.step(item, Sought(actor(case), order.text))
    return LetterState.HANDLED, ref


def new_item(
    case: Case,
    workflow: str,
    fields: Mapping[str, FieldValue],
    *,
    department: str | None = None,
    gm: Office | None = None,
    offers: tuple[Offer, ...] = (),
    notes: tuple[str, ...] = (),
    requests: tuple[Request, ...] = (),
    parent: ItemRef | None = None,
    recipients: tuple[Address, ...] = (),
) -> ItemRef:
    """Open an item of this workflow out of the letter; its reference."""
    code = case.book.workflows[workflow].code
    year = day(case.book, case.now).year
    ref = ItemRef(case.book.unit.code, code, year, case.tx.next_number(f"{code}-{year}"))
    letter = case.sight.letter
    by = actor(case)
    item = Item(
        ref=ref,
        workflow=workflow,
        stage="",
        opened_at=case.now,
        opened_by=by.address,
        fields=fields,
        mode=case.mode.value,
        department=department,
        gm=gm,
        thread=(letter.message_id,) if letter.message_id else (),
        requests=requests,
        parent=parent,
        recipients=recipients,
        offers=offers,
        notes=notes,
    )
    scene = scene_for(case.parts, case.book, workflow, case.now)
    outcome = open_item(scene, item, by)
    apply(case.tx, case.parts, outcome, None, case.mode, case.now)
    return ref


def _fields(case: Case, opening: Opening, text: Offer | None) -> dict[str, FieldValue]:
    """The opening as fields of the news workflow."""
    photos = photos_in(case, case.sight.fresh.text)
    fields: dict[str, FieldValue] = {"photos": photos.ready}
    if photos.originals:
        fields["originals"] = photos.originals
    if title := one_line(title_of(case, opening, text)):
        fields["title"] = title
    if text is not None:
        fields["text"] = text.text
    if opening.to_press is not None:
        fields["to"] = "press" if opening.to_press else "web"
    if opening.embargo is not None:
        fields["embargo"] = opening.embargo
    if _embargo_gap(opening, case.now):
        fields["embargo"] = UNSAID
    if opening.when is not None:
        fields["event_date"] = (
            opening.when.date() if isinstance(opening.when, datetime) else opening.when
        ).isoformat()
    if opening.facility:
        fields["facility"] = opening.facility
    if opening.place:
        fields["place"] = opening.place
    return fields


def _embargo_gap(opening: Opening, now: datetime) -> str:
    """What staff must still say about the embargo, a Turkish phrase; "" where it is clear."""
    if opening.embargo_unsaid:
        return opening.embargo_unsaid
    if opening.embargo is not None and opening.embargo < now:
        return f"Yazılan ambargo zamanı ({tarih_saat(opening.embargo)}) geçmiş; doğru gün ve saat"
    return ""
