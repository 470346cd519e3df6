"""A staff mail with the bot in To or Cc opens an item (1.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.app.apply import apply, scene_for
from mailbot.app.case import Case, Result, actor, day
from mailbot.app.chain import opened_fields
from mailbot.app.keeping import keep, one_line
from mailbot.core.item import FieldValue, FileRef, Item, Request
from mailbot.core.letter import Attachment
from mailbot.core.opening import FileRole, Opening
from mailbot.core.values import ItemRef, Office
from mailbot.core.workflow import open_item
from mailbot.ports.store import LetterState
from mailbot.reading.revision import revised_text


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
    workflow = opening.process.value
    if workflow not in case.book.workflows or case.book.workflows[workflow].draft:
        case.tell_staff(
            "Bu iş türü için botta henüz bir iş akışı yok; ileti birimde kaldı.",
            "İşi bugünkü gibi elle yürütünüz.",
            once=f"akis-yok:{opening.process.value}:{case.sight.facts.sender}",
        )
        return LetterState.HANDLED, None
    rules = case.book.workflows[workflow]
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    if "photos" in rules.fields:
        fields = _fields(case, opening)
        gaps, notes = _about_files(opening, has_text="text" in fields)
    else:
        fields = opened_fields(case, rules, opening)
    ref = new_item(
        case,
        workflow,
        fields,
        department=opening.department,
        gm=opening.gm,
        gaps=gaps,
        notes=notes,
    )
    return LetterState.HANDLED, ref


def new_item(
    case: Case,
    workflow: str,
    fields: Mapping[str, FieldValue],
    *,
    department: str | None = None,
    gm: Office | None = None,
    gaps: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    requests: tuple[Request, ...] = (),
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
        notes=notes,
    )
    scene = scene_for(case.parts, case.book, workflow, case.now)
    outcome = open_item(scene, item, by, gaps=gaps)
    apply(case.tx, case.parts, outcome, None, case.mode, case.now)
    return ref


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
    return tuple(keep(case, a) for a in case.sight.letter.attachments if a.digest in wanted)


def is_photo(attachment: Attachment) -> bool:
    """Whether a correction's attachment joins the photos: a picture that no signature shows."""
    return attachment.content_type.startswith("image/") and not attachment.inline
