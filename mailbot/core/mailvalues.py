"""What the templates may say about an item: the `item` value of every mail order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parseaddr

from mailbot.core.difference import FieldChange, changed_fields
from mailbot.core.item import (
    CANCELLED,
    CLOSED,
    Answer,
    Ask,
    AskState,
    FileRef,
    Hold,
    Item,
    Version,
)
from mailbot.core.letter import ProofLevel
from mailbot.core.plan import deadline_of, spoken
from mailbot.core.rules import FieldRule, FieldType, Rulebook, Workflow
from mailbot.core.scene import Scene
from mailbot.core.sizes import Load, loaded
from mailbot.core.suffix import tarih_saat
from mailbot.core.values import Office

ASK_LABELS: Mapping[AskState, str] = {
    AskState.OPEN: "yanıt bekleniyor",
    AskState.APPROVED: "onayladı",
    AskState.REVISE: "düzeltme istedi",
    AskState.REJECTED: "uygun görmedi",
    AskState.WAIVED: "onayından gerekçeyle vazgeçildi",
    AskState.VERBAL: "sözlü onay verdi (yazılısı bekleniyor)",
    AskState.STALE: "önceki sürüm içindi",
    AskState.WITHDRAWN: "geri çekildi",
    AskState.UNDELIVERED: "ileti ulaşmadı",
}

DECISION_LABELS: Mapping[str, str] = {
    "approve": "onay",
    "revise": "düzeltme isteği",
    "reject": "ret",
    "defer": "erteleme",
    "question": "soru",
    "none": "karar içermeyen yanıt",
    "unclear": "açık olmayan yanıt",
}

PROOF_LABELS: Mapping[ProofLevel, str] = {
    ProofLevel.NONE: "gönderen doğrulanamadı",
    ProofLevel.KEY: "anahtarıyla doğrulandı",
    ProofLevel.INTERNAL: "kurum içi posta",
    ProofLevel.DMARC: "göndereni doğrulandı",
    ProofLevel.SMIME: "elektronik imzalı",
}
"""The proof of an answer in a word or two; the history has the whole sentence."""

DESTINATIONS: Mapping[str, str] = {
    "press": "Basın, web ve sosyal medya",
    "web": "Yalnız web ve sosyal medya",
}


HOLD_TITLES: Mapping[Hold, str] = {
    Hold.STOPPED: "Durduruldu",
    Hold.CONTRADICTION: "Çelişen yanıtlar",
    Hold.REJECTED: "Reddedildi",
    Hold.WITHDRAWN: "Geri çekildi",
}


def office_name(book: Rulebook, office: Office) -> str:
    """The office's full name, or its identifier where the directory no longer has it."""
    rule = book.offices.get(office)
    return rule.name if rule else str(office)


def person_name(book: Rulebook, address: object) -> str:
    """How staff and approvers are called in mails: the directory's name, else the address."""
    text = str(address)
    for person in book.staff:
        if person.address.text == text and person.name:
            return person.name
    for office in book.offices.values():
        for person in office.people:
            if person.address.text == text and person.name:
                return person.name
    others = [
        *(d.person for d in book.deputies),
        *(p for mailing in book.lists.values() for p in mailing.members),
        *(p for department in book.departments.values() for p in department.people),
        *(p for facility in book.facilities.values() for p in facility.people),
    ]
    for person in others:
        if person.address.text == text and person.name:
            return person.name
    return parseaddr(text)[1] or text


def stage_title(workflow: Workflow, item: Item) -> str:
    """The Turkish name of the item's stage."""
    ends = {CLOSED: "Kapandı", CANCELLED: "İptal edildi"}
    if item.hold is not None and item.stage not in ends:
        return HOLD_TITLES[item.hold]
    stage = workflow.stage(item.stage)
    return stage.title if stage else ends.get(item.stage, item.stage)


def answer_values(book: Rulebook, office: Office, answer: Answer) -> dict[str, object]:
    """One answer, for mails to staff."""
    return {
        "office": office_name(book, office),
        "person": person_name(book, answer.person),
        "words": answer.words,
        "at": answer.at,
        "decision": answer.decision.value,
        "decision_label": DECISION_LABELS[answer.decision],
        "proof": answer.proof,
        "proof_label": PROOF_LABELS[answer.level],
        "not_before": answer.not_before,
    }


def _ask_row(book: Rulebook, ask: Ask) -> dict[str, object]:
    return {
        "office": office_name(book, ask.office),
        "version": ask.version,
        "state": ask.state.value,
        "state_label": ASK_LABELS[ask.state],
        "at": ask.answer.at if ask.answer else None,
        "person": person_name(book, ask.answer.person) if ask.answer else "",
        "words": ask.answer.words if ask.answer else "",
    }


def photos_of(fields: Mapping[str, object]) -> tuple[FileRef, ...]:
    """The files of the `photos` field; empty where there are none."""
    value = fields.get("photos", ())
    return value if isinstance(value, tuple) else ()


def files_of(fields: Mapping[str, object]) -> tuple[FileRef, ...]:
    """Every file of a version, field by field: what an ask shows and a release carries."""
    return tuple(file for value in fields.values() if isinstance(value, tuple) for file in value)


def load_of(book: Rulebook, fields: Mapping[str, object]) -> Load:
    """The files of a version as they fit into one mail of this unit."""
    return loaded(files_of(fields), photos_of(fields), book.limits)


def content_values(book: Rulebook, bound: Mapping[str, object]) -> dict[str, object]:
    """Text, destination, embargo and photos of a version or of the fields so far."""
    destination = bound.get("to")
    load = load_of(book, bound)
    left = {photo.digest for photo in load.left}
    photos = [photo for photo in photos_of(bound) if photo.digest not in left]
    embargo = bound.get("embargo")
    return {
        "title": bound.get("title", ""),
        "text": bound.get("text", ""),
        "destination": destination,
        "destination_label": DESTINATIONS.get(str(destination), "henüz belirtilmedi"),
        "embargo": embargo if isinstance(embargo, datetime) else None,
        "photos": [
            {
                "name": p.name,
                "size": p.size,
                "content_type": p.content_type,
                "caption": p.caption,
                "photographer": p.photographer,
            }
            for p in photos
        ],
        "photo_count": len(photos),
        "photos_left": [{"name": p.name, "size": p.size} for p in load.left],
    }


_EXCERPT = 300


def _offers(item: Item) -> list[dict[str, object]]:
    """The texts that wait for the word of staff; beside the item's text with what they change."""
    title, text = item.title, item.fields.get("text")
    rows: list[dict[str, object]] = []
    for number, offer in enumerate(item.offers, start=1):
        words = " ".join(offer.text.split())
        changes: tuple[FieldChange, ...] = ()
        if isinstance(text, str) and text:
            new = {"title": offer.title or title, "text": offer.text}
            changes = changed_fields({"title": title, "text": text}, new)
        rows.append(
            {
                "no": number,
                "source": offer.source,
                "sender": offer.sender,
                "title": offer.title,
                "count": len(words.split()),
                "excerpt": words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…",
                "changes": changes,
            }
        )
    return rows


def _day(value: object) -> date | None:
    """A field that holds a day as ISO 8601 text."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _plain(rule: FieldRule, value: object) -> object:
    """A field for a template: text as people say it, an instant, or file names; never undefined."""
    if isinstance(value, tuple):
        return [file.name for file in value]
    if value is None or value == "":
        return (
            []
            if rule.type in (FieldType.FILE, FieldType.FILES)
            else None
            if rule.type is FieldType.TIME
            else ""
        )
    return rule.said(value) if isinstance(value, str) else value


def label_of(rule: FieldRule) -> str:
    """The field's name with a capital, without what stands in brackets."""
    label = rule.label.partition(" (")[0]
    return label[:1].replace("i", "İ").upper() + label[1:]


def _rows(workflow: Workflow, fields: Mapping[str, object]) -> list[tuple[str, str]]:
    """What a mail to staff shows of an item: label and value of every field that is filled."""
    rows = []
    for rule in workflow.fields.values():
        value = _plain(rule, fields.get(rule.name))
        if not rule.shown or rule.type is FieldType.TEXT or not value:
            continue
        if isinstance(value, datetime):
            value = tarih_saat(value)
        elif isinstance(value, list):
            value = ", ".join(value)
        rows.append((label_of(rule), str(value)))
    return rows


_TYPED: Mapping[FieldType, str] = {FieldType.TIME: "28.11.2026 09.00"}


def _examples(workflow: Workflow) -> list[str]:
    """Lines that correct a field, as staff may write them."""
    rows = []
    for rule in workflow.fields.values():
        if rule.words:
            label = rule.words[0].replace("i", "İ").replace("ı", "I").upper()
            value = _TYPED.get(rule.type) or (rule.choice_words[0] if rule.choice_words else "…")
            rows.append(f"{label}: {value}")
    return rows


def item_values(scene: Scene, item: Item, version: Version | None = None) -> dict[str, object]:
    """The `item` value: of `version` where one is given, else of the fields as they stand."""
    book = scene.book
    department = book.departments.get(item.department or "")
    gm = item.gm or (department.gm if department else None)
    director = next(
        (
            a.answer
            for a in reversed(item.asks)
            if a.office == "mudur" and a.answer and a.state is AskState.APPROVED
        ),
        None,
    )
    workflow = scene.workflow
    fields = {**item.fields, **(version.bound if version else {})}
    deadline = deadline_of(workflow, item.fields)
    values = content_values(book, version.bound if version else item.fields)
    values |= {
        "fields": {rule.name: _plain(rule, fields.get(rule.name)) for rule in workflow.fields.values()},
        "rows": [] if "to" in workflow.fields else _rows(workflow, fields),
        "examples": _examples(workflow),
        "files": [{"name": f.name, "size": f.size, "content_type": f.content_type} for f in files_of(fields)],
        "deadline": deadline,
        "left": spoken(deadline - scene.now) if deadline else "",
        "requested_by": [office_name(book, r.office) for r in item.requests if r.office],
        "requested_at": item.requests[0].at if item.requests else None,
        "ref": str(item.ref),
        "photos_url": book.unit.photos.replace("{kayit}", str(item.ref)),
        "process": scene.workflow.title,
        "stage_title": stage_title(scene.workflow, item),
        "version": version.number if version else (item.version.number if item.version else None),
        "department": department.name if department else None,
        "gm": office_name(book, gm) if gm else None,
        "opened_by": person_name(book, item.opened_by),
        "opened_at": item.opened_at,
        "missing": list(item.missing),
        "notes": list(item.notes),
        "offers": _offers(item),
        "asks": [_ask_row(book, ask) for ask in {ask.office: ask for ask in item.asks}.values()],
        "links": [{"channel": link.channel, "url": link.url} for link in item.links],
        "director_approved_at": director.at if director else None,
        "release_at": item.released_at,
        "event": item.fields.get("event"),
        "event_date": _day(item.fields.get("event_date")),
        "place": item.fields.get("place"),
    }
    return values
