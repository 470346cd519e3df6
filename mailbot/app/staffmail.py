"""Mails of the unit's own staff about an item: they correct it by answering, and order."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.app.apply import scene_for
from mailbot.app.case import Case, Result, actor, day
from mailbot.app.chain import corrected_fields
from mailbot.app.correcting import correct, is_correction
from mailbot.app.informing import INFORMATION
from mailbot.app.keeping import one_line
from mailbot.app.listmail import LIST_ORDERS, obey
from mailbot.app.papers import added_photos, notes_of
from mailbot.app.phrases import PHRASE_WORDS, offer_phrase, take_phrase, unclear_words
from mailbot.app.releasing import let_go, unsent
from mailbot.core.command import NO_EMBARGO, Command, Verb
from mailbot.core.decision import Decision
from mailbot.core.item import FieldValue, Item, Link, Offer
from mailbot.core.mailvalues import item_values
from mailbot.core.opening import Process
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import colleague, staff
from mailbot.core.rules import Rulebook
from mailbot.core.scene import office_named
from mailbot.core.trigger import (
    Cancelled,
    Changed,
    Chosen,
    Closed,
    Noted,
    Published,
    Resumed,
    Ruled,
    Sought,
    Stopped,
    Trigger,
    Waived,
    Withdrawn,
)
from mailbot.ports.store import LetterState
from mailbot.reading.papers import BODY, Choice, alike, choose_text, chosen
from mailbot.reading.plain import plain
from mailbot.reading.revision import revised_text


def command(case: Case) -> Result:
    """Carry out what a staff mail orders, or take it as a correction of its item."""
    sight = case.sight
    informational = [c for c in sight.commands if c.verb in INFORMATION]
    for order in informational:
        INFORMATION[order.verb](case)
    listed = [c for c in sight.commands if c.verb in LIST_ORDERS]
    for order in listed:
        obey(case, order)
    orders = [c for c in sight.commands if c.verb not in INFORMATION and c.verb not in LIST_ORDERS]
    item = sight.item
    if item is None:
        if orders:
            case.refuse(
                "Yazdığınızın hangi kayıt için olduğu anlaşılamadı.",
                "Botun o kayıtla ilgili bir iletisini yanıtlayınız ya da konuya kayıt numarasını yazınız.",
            )
        return LetterState.HANDLED, None
    orders = [_for_the_gm(case.book, item, c) for c in orders]
    complete = {c.verb for c in orders if not c.lacking}
    orders = [c for c in orders if not (c.lacking and c.verb in complete)]
    lacking = [c for c in orders if c.lacking]
    if lacking:
        case.refuse(
            f"“{lacking[0].words}” satırı eksik: {lacking[0].lacking}.",
            "Satırı tamamlayıp yeniden yanıtlayınız." + _offices_of(case.book, item, lacking[0]),
        )
        return LetterState.HANDLED, item.ref
    corrections = [c for c in orders if is_correction(c, item)]
    if corrections:
        correct(case, item, corrections[0])
        return LetterState.HANDLED, item.ref
    taken = chosen(sight.fresh.text, item.offers) if item.offers and not orders else None
    if isinstance(taken, str):
        case.refuse(taken, _choices(item))
        return LetterState.HANDLED, item.ref
    change = _change(case, orders, item, taken)
    for order in (c for c in orders if c.verb is Verb.LEXICON):
        take_phrase(case, order)
    ruled = [c for c in orders if c.verb is Verb.RULE]
    unclear = unclear_words(item) if ruled else None
    triggers: list[Trigger] = [t for c in orders if (t := _trigger(case, c, item)) is not None]
    if change is not None:
        triggers.insert(0, change)
    for trigger in triggers:
        was_stopped = item.hold is not None and item.released_at is not None
        item = case.step(item, trigger)
        if isinstance(trigger, Resumed) and was_stopped and item.hold is None:
            let_go(case.tx, item, case.now)
    if ruled and unclear and ruled[0].decision in PHRASE_WORDS:
        offer_phrase(case, item, unclear, ruled[0].decision)
    lexicon = any(c.verb is Verb.LEXICON for c in orders)
    if not triggers and not informational and not listed and not lexicon:
        if troubles := [f.complaint for f in sight.examined.files if f.trouble is not None]:
            case.refuse(" ".join(troubles[:5]), "Kayıt olduğu gibi duruyor.")
            return LetterState.HANDLED, item.ref
        return _not_understood(case, item)
    return LetterState.HANDLED, item.ref


_GM = r"(?:ilgili\s)?(?:gm|genel\smudurlu\w{1,8})\b"
_THE_GM = re.compile(rf"[^:]{{1,40}}:\s{{0,3}}{_GM}")
"""It must stand where the office stands; a reason may speak of a general directorate too."""
_GM_FIRST = re.compile(rf"{_GM}(?:\sonayi\w{{0,6}})?\W{{0,3}}")


def _for_the_gm(book: Rulebook, item: Item, order: Command) -> Command:
    """ "GM" in an order means the general directorate of this item's department."""
    lacking = order.lacking.split(", ") if order.lacking else []
    if "makam" not in lacking or not _THE_GM.match(plain(order.words[:300])):
        return order
    gm = office_named("$department.gm", item, book)
    if gm is None:
        return order
    lacking.remove("makam")
    text = order.text
    if order.verb is Verb.WAIVE:
        named = _GM_FIRST.match(plain(text))
        text = text[named.end() :].strip() if named else text
        if len(re.sub(r"\W", "", text)) < 4 and "gerekçe" not in lacking:
            lacking.append("gerekçe")
    return replace(order, office=gm, text=text, lacking=", ".join(lacking))


def _offices_of(book: Rulebook, item: Item, order: Command) -> str:
    """Which offices can be meant, where an order names none."""
    if "makam" not in order.lacking:
        return ""
    asked = dict.fromkeys(ask.office for ask in item.asks)
    names = [book.offices[office].short for office in asked if office in book.offices]
    return f" Bu kaydın makamları: {', '.join(names)}." if names else ""


def _not_understood(case: Case, item: Item) -> Result:
    """A remark in the item's thread is kept; a line that tried to be an order is answered."""
    unknown = case.sight.unknown
    if unknown is not None and unknown.nearest is not None:
        sender = actor(case)
        person = case.book.staff_at(sender.address, day(case.book, case.now))
        scene = scene_for(case.parts, case.book, item.workflow, case.now)
        case.owe(
            MailOrder(
                "anlasilmadi",
                (colleague(person),) if person else staff(scene, item),
                Purpose.STAFF,
                {
                    "item": item_values(scene, item),
                    "line": unknown.words,
                    "nearest": unknown.nearest.value,
                    "example": unknown.example,
                },
                reply_to_id=case.sight.letter.message_id,
            ),
            item.ref,
        )
    else:
        case.step(item, Noted("note", f"{actor(case).name}: {case.sight.fresh.text[:500]}"))
    return LetterState.HANDLED, item.ref


def _choices(item: Item) -> str:
    """How the texts that wait are taken, in one sentence."""
    rows = "; ".join(f"METİN: {n} ({offer.source})" for n, offer in enumerate(item.offers, start=1))
    return f"Seçenekler: {rows}. Bu iletiyi yanıtlayıp birini yazınız."


def _change(case: Case, orders: list[Command], item: Item, taken: Offer | None) -> Changed | None:
    """All corrections of one letter as one change, so that they make one version."""
    fields: dict[str, FieldValue] = {}
    department, gm = None, None
    rejected = item.hold is not None and item.hold.value == "reddedildi"
    for order in orders:
        match order.verb:
            case Verb.DESTINATION if order.to_press is not None and not (rejected and not order.to_press):
                fields["to"] = "press" if order.to_press else "web"
            case Verb.TITLE if order.text:
                fields["title"] = one_line(order.text)
            case Verb.EMBARGO | Verb.POSTPONE if order.at is not None:
                fields["embargo"] = order.at
            case Verb.EMBARGO if order.text == NO_EMBARGO:
                fields["embargo"] = ""
            case Verb.DEPARTMENT:
                department = order.department
            case Verb.GM:
                gm = order.office
            case _:
                pass
    workflow = case.book.workflows[item.workflow]
    if "photos" not in workflow.fields:
        fields |= corrected_fields(case, workflow, item)
        if not fields and department is None and gm is None:
            return None
        return Changed(actor(case), fields, department, gm, case.sight.letter.message_id)
    opening = next((o for o in case.sight.openings if o.process is Process.NEWS), None)
    current = item.fields.get("text", "")
    text = None if taken else revised_text(case.sight.fresh.text, current if isinstance(current, str) else "")
    if text is None and taken is None and opening is not None and not orders:
        text = opening.text
    choice = _text(case, item, text) if taken is None else Choice(taken)
    if choice.text is not None:
        fields["text"] = choice.text.text
        if choice.text.title and "title" not in fields:
            fields["title"] = one_line(choice.text.title)
    fields |= added_photos(case, item)
    if not fields and not choice.offers and department is None and gm is None:
        return None
    notes = (*choice.notes, *notes_of(case))
    return Changed(actor(case), fields, department, gm, case.sight.letter.message_id, choice.offers, notes)


def _text(case: Case, item: Item, written: str | None) -> Choice:
    """The new text that the mail brings in its words or in a document; several are asked."""
    body = Offer(BODY, written.strip()) if written and written.strip() else None
    choice = choose_text(case.sight.examined, body)
    known = item.fields.get("text", "")
    if choice.text is None or not isinstance(known, str) or not known:
        return choice
    if choice.text.text == known:
        return Choice(None, (), choice.notes)
    if choice.text.source != BODY and not alike(choice.text.text, known):
        # A document that holds another text may belong to another item: staff say so with one word.
        return Choice(None, (choice.text,), choice.notes)
    return choice


def _trigger(case: Case, order: Command, item: Item) -> Trigger | None:
    """The trigger of one order; None where it is a correction that `_change` has taken."""
    by = actor(case)
    match order.verb:
        case Verb.STOP:
            return Stopped(by, order.words, unsent(case.tx, item))
        case Verb.RESUME:
            return Resumed(by)
        case Verb.CANCEL:
            return Cancelled(by, order.text or order.words)
        case Verb.WITHDRAW:
            return Withdrawn(by, order.text)
        case Verb.RULE:
            return Ruled(order.office, order.decision or Decision.UNCLEAR, by, order.words, case.now)
        case Verb.VERBAL:
            return Ruled(order.office, Decision.APPROVE, by, order.words, order.at or case.now)
        case Verb.WAIVE if order.office is not None:
            return Waived(order.office, by, order.text)
        case Verb.PUBLISHED:
            links = tuple(Link(link.channel, link.url, case.now, by.address) for link in order.links)
            return Published(links, by)
        case Verb.NEW_VERSION:
            return Chosen("taslak", by)
        case Verb.DESTINATION if order.to_press is False and item.hold is not None:
            return Chosen("web", by) if item.hold.value == "reddedildi" else None
        case Verb.CLOSE:
            return Closed(by)
        case Verb.FACTS:
            return Sought(by, order.text)
        case Verb.NOTE:
            return Noted("note", f"{by.name}: {order.text}")
        case (
            Verb.DESTINATION
            | Verb.TITLE
            | Verb.EMBARGO
            | Verb.POSTPONE
            | Verb.DEPARTMENT
            | Verb.GM
            | Verb.LEXICON
        ):
            return None
        case _:
            return Noted("note", f"{by.name}: {order.words} (bu komut henüz desteklenmiyor)")
