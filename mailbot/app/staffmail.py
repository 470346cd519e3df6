"""Mails of the unit's own staff: they open items, correct them by answering, and order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from mailbot.app.apply import apply, scene_for
from mailbot.app.glossary import add, offered
from mailbot.core.command import Command, Verb
from mailbot.core.decision import Decision
from mailbot.core.item import FieldValue, FileRef, Item, Link
from mailbot.core.letter import Attachment
from mailbot.core.mailvalues import item_values, stage_title
from mailbot.core.opening import FileRole, Opening, Process
from mailbot.core.outcome import MailOrder, Purpose, Recipient
from mailbot.core.people import colleague, staff
from mailbot.core.rules import PersonRole, Rulebook
from mailbot.core.scene import office_named
from mailbot.core.trigger import (
    Actor,
    Cancelled,
    Changed,
    Chosen,
    Closed,
    Noted,
    Published,
    Resumed,
    Ruled,
    Stopped,
    Trigger,
    Waived,
)
from mailbot.core.values import Address, ItemRef
from mailbot.core.workflow import open_item
from mailbot.ports.store import LetterState
from mailbot.reading.plain import plain
from mailbot.reading.revision import revised_text

if TYPE_CHECKING:
    from mailbot.app.desk import Case, Result

TITLE_LIMIT = 200
"""Characters of a title: longer ones are cut where a word ends."""

_WORKFLOWS: Mapping[Process, str] = {Process.NEWS: "news"}
"""Processes that the service opens items for today."""


def day(book: Rulebook, now: datetime) -> date:
    return now.astimezone(book.calendar.zone).date()


def team(book: Rulebook, now: datetime, by: Address | None = None) -> tuple[Recipient, ...]:
    """Who hears of mails that belong to no item: the unit's chief, or everybody; and the colleague `by`."""
    today = day(book, now)
    people = [p for p in book.staff if p.valid_on(today)]
    chiefs = [p for p in people if p.role is PersonRole.CHIEF] or people
    authors = [p for p in people if p.address == by and p not in chiefs]
    return tuple(colleague(p) for p in (*authors, *chiefs))


def actor(case: Case) -> Actor:
    """Who wrote the letter, for the history."""
    sender = case.sight.facts.sender
    assert sender is not None
    person = case.book.staff_at(sender, day(case.book, case.now))
    held = case.book.office_of(sender, day(case.book, case.now))
    name = person.name if person else held[1].name if held else ""
    return Actor(sender, name or str(sender), case.sight.proof, case.stored.digest)


def one_line(text: str) -> str:
    """A title in one line without control characters, at most TITLE_LIMIT long."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text).split())
    return line if len(line) <= TITLE_LIMIT else line[:TITLE_LIMIT].rsplit(" ", 1)[0] + "…"


# Opening ---------------------------------------------------------------------------------------------


def open_items(case: Case) -> Result:
    """A staff mail with the bot in To or Cc opens an item (1.1.1)."""
    openings = case.sight.openings
    if len(openings) > 1:
        titles = "; ".join(f"“{o.title}”" for o in openings)
        _bad(
            case,
            f"İletinizde birden çok iş var: {titles}. Hangi metnin ve ekin hangisine ait olduğu "
            "tahmin edilmez.",
            "Her iş için ayrı bir ileti gönderiniz; botu her birinde bilgiye ekleyiniz.",
        )
        return LetterState.HELD, None
    opening = openings[0]
    workflow = _WORKFLOWS.get(opening.process)
    if workflow is None or workflow not in case.book.workflows or case.book.workflows[workflow].draft:
        case.tell_staff(
            "Bu iş türü için botta henüz bir iş akışı yok; ileti birimde kaldı.",
            "İşi bugünkü gibi elle yürütünüz.",
            once=f"akis-yok:{opening.process.value}:{case.sight.facts.sender}",
        )
        return LetterState.HANDLED, None
    code = case.book.workflows[workflow].code
    year = day(case.book, case.now).year
    ref = ItemRef(case.book.unit.code, code, year, case.tx.next_number(f"{code}-{year}"))
    fields = _fields(case, opening)
    gaps, notes = _about_files(opening, has_text="text" in fields)
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
        department=opening.department,
        gm=opening.gm,
        thread=(letter.message_id,) if letter.message_id else (),
        notes=notes,
    )
    scene = scene_for(case.parts, case.book, workflow, case.now)
    outcome = open_item(scene, item, by, gaps=gaps)
    apply(case.tx, case.parts, outcome, None, case.mode, case.now)
    return LetterState.HANDLED, ref


def _fields(case: Case, opening: Opening) -> dict[str, FieldValue]:
    """The opening as fields of the news workflow."""
    fields: dict[str, FieldValue] = {"photos": _photos(case, opening)}
    if title := one_line(opening.title):
        fields["title"] = title
    if opening.text and opening.text.strip():
        # A label line ("Metin:") above the text is not part of it.
        fields["text"] = revised_text(opening.text, "") or opening.text.strip()
    if opening.to_press is not None:
        fields["to"] = "press" if opening.to_press else "web"
    if opening.embargo is not None:
        fields["embargo"] = opening.embargo
    if opening.when is not None:
        fields["event_date"] = (
            opening.when.date() if isinstance(opening.when, datetime) else opening.when
        ).isoformat()
    if opening.place:
        fields["place"] = opening.place
    return fields


def _about_files(opening: Opening, *, has_text: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is missing because it lies in a file, and what staff should know about the other files."""
    gaps, notes = [], []
    for file in opening.files:
        match file.role:
            case FileRole.PHOTO:
                continue
            case FileRole.TEXT if not has_text:
                gaps.append(f"“{file.name}” içindeki metin (lütfen ileti gövdesine yapıştırınız)")
            case FileRole.CONSENT:
                notes.append(f"“{file.name}” bir onam formu; hiçbir iletiye eklenmeyecek.")
            case _:
                notes.append(f"“{file.name}” fotoğraf değil; onaya ve servise eklenmeyecek.")
    return tuple(gaps), tuple(notes)


def _photos(case: Case, opening: Opening) -> tuple[FileRef, ...]:
    wanted = {file.digest for file in opening.files if file.role is FileRole.PHOTO}
    return tuple(_keep(case, a) for a in case.sight.letter.attachments if a.digest in wanted)


def is_photo(attachment: Attachment) -> bool:
    """Whether a correction's attachment joins the photos: a picture that no signature shows."""
    return attachment.content_type.startswith("image/") and not attachment.inline


def _keep(case: Case, attachment: Attachment) -> FileRef:
    digest = case.tx.put_blob(attachment.data)
    return FileRef(attachment.name or "fotograf", attachment.content_type, attachment.size, digest)


def _bad(case: Case, problem: str, what_to_do: str) -> None:
    """An answer to the sender alone: what is wrong and what to write instead."""
    sender = case.sight.facts.sender
    person = case.book.staff_at(sender, day(case.book, case.now)) if sender else None
    people = (colleague(person),) if person else team(case.book, case.now)
    values: dict[str, object] = {"problem": problem, "what_to_do": what_to_do}
    item = case.sight.item
    if item is not None:
        values["item"] = item_values(scene_for(case.parts, case.book, item.workflow, case.now), item)
    letter = case.sight.letter
    order = MailOrder(
        "hatali-ileti",
        people,
        Purpose.STAFF,
        values,
        reply_to_id=letter.message_id,
        references=letter.references,
    )
    case.owe(order, item.ref if item else None)


# Commands and corrections -----------------------------------------------------------------------------


def command(case: Case) -> Result:
    """Carry out what a staff mail orders, or take it as a correction of its item."""
    sight = case.sight
    informational = [c for c in sight.commands if c.verb in _INFORMATION]
    for order in informational:
        _INFORMATION[order.verb](case)
    orders = [c for c in sight.commands if c.verb not in _INFORMATION]
    item = sight.item
    if item is None:
        if orders:
            _bad(
                case,
                "Yazdığınızın hangi kayıt için olduğu anlaşılamadı.",
                "Botun o kayıtla ilgili bir iletisini yanıtlayınız ya da konuya kayıt numarasını yazınız.",
            )
        return LetterState.HANDLED, None
    orders = [_for_the_gm(case.book, item, c) for c in orders]
    complete = {c.verb for c in orders if not c.lacking}
    orders = [c for c in orders if not (c.lacking and c.verb in complete)]
    lacking = [c for c in orders if c.lacking]
    if lacking:
        _bad(
            case,
            f"“{lacking[0].words}” satırı eksik: {lacking[0].lacking}.",
            "Satırı tamamlayıp yeniden yanıtlayınız." + _offices_of(case.book, item, lacking[0]),
        )
        return LetterState.HANDLED, item.ref
    change = _change(case, orders, item)
    for order in (c for c in orders if c.verb is Verb.LEXICON):
        _lexicon(case, order)
    ruled = [c for c in orders if c.verb is Verb.RULE]
    unclear = _unclear_words(item) if ruled else None
    triggers: list[Trigger] = [t for c in orders if (t := _trigger(case, c, item)) is not None]
    if change is not None:
        triggers.insert(0, change)
    for trigger in triggers:
        item = case.step(item, trigger)
    if ruled and unclear and ruled[0].decision in PHRASE_WORDS:
        _offer_phrase(case, item, unclear, ruled[0].decision)
    if not triggers and not informational and not any(c.verb is Verb.LEXICON for c in orders):
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


def _change(case: Case, orders: list[Command], item: Item) -> Changed | None:
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
            case Verb.EMBARGO if order.at is not None:
                fields["embargo"] = order.at
            case Verb.DEPARTMENT:
                department = order.department
            case Verb.GM:
                gm = order.office
            case _:
                pass
    opening = next((o for o in case.sight.openings if o.process is Process.NEWS), None)
    current = item.fields.get("text", "")
    text = revised_text(case.sight.fresh.text, current if isinstance(current, str) else "")
    if text is None and opening is not None and not orders:
        text = opening.text
    if text and text.strip():
        fields["text"] = text.strip()
    added = tuple(_keep(case, a) for a in case.sight.letter.attachments if is_photo(a))
    if added:
        earlier = item.fields.get("photos", ())
        earlier = earlier if isinstance(earlier, tuple) else ()
        known = {p.digest for p in earlier}
        fields["photos"] = (*earlier, *(p for p in added if p.digest not in known))
    if not fields and department is None and gm is None:
        return None
    return Changed(actor(case), fields, department, gm, case.sight.letter.message_id)


def _trigger(case: Case, order: Command, item: Item) -> Trigger | None:
    """The trigger of one order; None where it is a correction that `_change` has taken."""
    by = actor(case)
    match order.verb:
        case Verb.STOP:
            return Stopped(by, order.words)
        case Verb.RESUME:
            return Resumed(by)
        case Verb.CANCEL | Verb.WITHDRAW:
            return Cancelled(by, order.text or order.words)
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
        case Verb.NOTE:
            return Noted("note", f"{by.name}: {order.text}")
        case Verb.DESTINATION | Verb.TITLE | Verb.EMBARGO | Verb.DEPARTMENT | Verb.GM | Verb.LEXICON:
            return None
        case _:
            return Noted("note", f"{by.name}: {order.words} (bu komut henüz desteklenmiyor)")


# The lexicon ------------------------------------------------------------------------------------------

PHRASE_WORDS: Mapping[Decision | None, str] = {
    Decision.APPROVE: "ONAY",
    Decision.REJECT: "RET",
    Decision.REVISE: "DÜZELTME",
}
"""Decisions whose words may be offered as an addition, as the order writes them."""


def _unclear_words(item: Item) -> str | None:
    """The words of the newest unclear answer to the current version."""
    version = item.version.number if item.version else None
    answers = [a for ask in item.asks if ask.version == version for a in ask.history]
    unclear = [a for a in answers if a.decision is Decision.UNCLEAR]
    return max(unclear, key=lambda a: a.at).words if unclear else None


def _offer_phrase(case: Case, item: Item, words: str, decision: Decision | None) -> None:
    """Staff decided an unclear reply: its phrase is offered as an addition to the lexicon."""
    phrase = offered(words)
    if phrase is None:
        return
    scene = scene_for(case.parts, case.book, item.workflow, case.now)
    case.owe(
        MailOrder(
            "sozluk-onerisi",
            staff(scene, item, actor(case).address),
            Purpose.STAFF,
            {
                "item": item_values(scene, item, item.version),
                "phrase": phrase,
                "line": f"SÖZLÜK: {PHRASE_WORDS[decision]} {phrase}",
            },
            once=f"sozluk:{phrase}",
        ),
        item.ref,
    )


def _lexicon(case: Case, order: Command) -> None:
    """`SÖZLÜK: ONAY söz`: taken only where no known reply would be misread."""
    if order.decision is None:
        return
    by = actor(case)
    lexicon, known = case.parts.lexicon, case.parts.known
    refused = add(case.tx, lexicon, known, order.text, order.decision, by.address, case.now)
    if refused is not None:
        _bad(case, refused, "Başka, daha açık bir söz seçebilir ya da eklemeden bırakabilirsiniz.")
        return
    item = case.sight.item
    if item is None:
        return
    case.step(item, Noted("lexicon", f"{by.name} sözlüğe ekledi: {order.words}"))
    scene = scene_for(case.parts, case.book, item.workflow, case.now)
    done = f"“{order.text}” bundan sonra {PHRASE_WORDS.get(order.decision, 'ERTELEME')} olarak okunacak."
    case.owe(
        MailOrder(
            "komut-tamam",
            staff(scene, item, by.address),
            Purpose.STAFF,
            {"item": item_values(scene, item, item.version), "done": done},
        ),
        item.ref,
    )


def _send_help(case: Case) -> None:
    _inform(case, "yardim", {})


def _send_status(case: Case) -> None:
    item = case.sight.item
    if item is None:
        _send_open(case)
        return
    zone = case.book.calendar.zone
    records = [{"at": r.at.astimezone(zone), "text": r.text} for r in case.tx.records(item.ref)]
    from mailbot.app.outbox import STATE_LABELS

    deliveries = [
        {
            "name": m.subject,
            "address": str(m.recipient),
            "state_label": STATE_LABELS[m.state],
            "reply": m.reply,
        }
        for m in case.tx.deliveries(item.ref, limit=500)
    ]
    _inform(case, "durum", {"records": records, "deliveries": deliveries})


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


_INFORMATION: Mapping[Verb, Callable[[Case], None]] = {
    Verb.HELP: _send_help,
    Verb.STATUS: _send_status,
    Verb.OPEN_ITEMS: _send_open,
    Verb.TODAY: _send_open,
}
