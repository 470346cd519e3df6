"""Collecting: a department is asked, reminded, and its answer put on the item (1.1.1, 1.4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mailbot.core.item import AskState, Errand, FieldValue, Item
from mailbot.core.mailvalues import item_values, person_name
from mailbot.core.outcome import MailOrder, Purpose, Recipient
from mailbot.core.people import staff, told
from mailbot.core.plan import deadline_of, own_deadline
from mailbot.core.privacy import NUMBERS, Kind, found_in
from mailbot.core.replies import done, refused, traced
from mailbot.core.rules import Collect, FieldType, Span, Stage, Tell
from mailbot.core.scene import Scene, Work
from mailbot.core.trigger import Collected, Sought

_TIMERS = "errand*"


def ensure_errand(work: Work, stage: Stage) -> None:
    """Ask whoever the stage collects from, once for each time that the stage begins."""
    collect, item = stage.collect, work.item
    if collect is None or collect.on_order or item.hold is not None or filled(item, collect) or not item.open:
        return
    if item.version is not None and not set(collect.fields) & _needed(stage):
        # What is only useful is not asked for once the text stands.
        return
    if item.errand is None or item.errand.stage != stage.name:
        send_errand(work, stage)


def _needed(stage: Stage) -> set[str]:
    return {name for need in stage.need for name in need.split("|")}


def filled(item: Item, collect: Collect) -> bool:
    """Whether one of the collected fields has come."""
    return any(item.fields.get(name) for name in collect.fields)


def source_missing(scene: Scene, item: Item, stage: Stage) -> str | None:
    """Why nobody can be asked, a Turkish phrase; None where somebody can, or need not be."""
    collect = stage.collect
    if (
        collect is None
        or collect.on_order
        or filled(item, collect)
        or told(scene, Tell(collect.source, collect.mail), item)
    ):
        return None
    if collect.source == "$department" and not item.department:
        return "ilgili başkanlık (BAŞKANLIK: … satırıyla yazınız)"
    return "başkanlığın bugün geçerli e-posta adresi (rehber)"


def send_errand(work: Work, stage: Stage, *, words: str = "") -> None:
    """The work mail, each person their own, with the own deadline and the reminders before it.

    `words` is what has to be different from what came before.
    """
    scene = work.scene
    collect = stage.collect
    assert collect is not None
    people = told(scene, Tell(collect.source, collect.mail), work.item)
    work.drop_timers(_TIMERS)
    if not people:
        return
    due = _due(scene, work.item, collect)
    errand = Errand(stage.name, scene.now, tuple(p.address for p in people), due)
    work.item = replace(work.item, errand=errand)
    if collect.due_field and due is not None:
        work.item = replace(work.item, fields={**work.item.fields, collect.due_field: due})
    _mail(work, collect.mail, people, words)
    names = ", ".join(p.name or str(p.address) for p in people)
    work.note("errand", f"{names}: istendi.", {"due": due.isoformat() if due else None, "words": words})
    for number, instant in enumerate(_reminders(scene, collect, errand), start=1):
        if instant > scene.now:
            work.set_timer(f"errand:{number}", instant)
    if due is not None:
        work.set_timer("errand-due", due)


def replan(work: Work) -> None:
    """The time left has changed: a new own deadline and new reminders for an errand that is open."""
    stage, errand = work.stage, work.item.errand
    if stage is None or stage.collect is None or errand is None or errand.answered_at is not None:
        return
    if stage.name == errand.stage and work.item.open and work.item.released_at is None:
        send_errand(work, stage)


def _due(scene: Scene, item: Item, collect: Collect) -> datetime | None:
    written = item.fields.get(collect.due_field) if collect.due_field else None
    planned = item.errand.due if item.errand else None
    if isinstance(written, datetime) and written > scene.now and written != planned:
        return written
    deadline = deadline_of(scene.workflow, item.fields)
    return own_deadline(collect.due, deadline, scene.now) if collect.due else None


def _reminders(scene: Scene, collect: Collect, errand: Errand) -> tuple[datetime, ...]:
    calendar = scene.book.calendar
    found = []
    last = errand.asked_at
    for step in collect.remind:
        if isinstance(step, Span):
            after = calendar.add(last, step.length) if step.working else last + step.length
            last = after
            found.append(calendar.next_working(after))
        elif errand.due is not None:
            share = errand.asked_at + (errand.due - errand.asked_at) * step
            found.append(share.replace(second=0, microsecond=0))
    return tuple(found)


def _mail(work: Work, template: str, people: tuple[Recipient, ...], words: str = "") -> None:
    values = {"item": item_values(work.scene, work.item), "words": words}
    work.mails += [
        MailOrder(template, (p,), Purpose.ERRAND, {**values, "due": work.item.errand.due})
        for p in people
        if work.item.errand is not None
    ]


def errand_timer(work: Work, key: str, number: int) -> None:
    """A reminder of an open errand, or its own deadline, is due: after it staff phone (1.4.3)."""
    stage, item = work.stage, work.item
    errand = item.errand
    if stage is None or stage.collect is None or errand is None or errand.answered_at is not None:
        return
    if errand.stage != stage.name or item.hold is not None or not item.open or filled(item, stage.collect):
        return
    people = told(work.scene, Tell(stage.collect.source, stage.collect.mail), item)
    if key == "errand-due":
        work.note("late", "İstenen taslak ara sürede gelmedi; telefonla aranması gerekiyor.")
        work.mails.append(
            MailOrder(
                "taslak-gecikti",
                staff(work.scene, item),
                Purpose.STAFF,
                {
                    "item": item_values(work.scene, item),
                    "people": [p.name or str(p.address) for p in people],
                    "asked_at": errand.asked_at,
                    "due": errand.due,
                },
            )
        )
        return
    later = (*_reminders(work.scene, stage.collect, errand)[number:], *((errand.due,) if errand.due else ()))
    if any(instant <= work.scene.now for instant in later):
        # After an outage one word is enough: what is due later says it.
        return
    work.item = replace(item, errand=replace(errand, reminders=errand.reminders + 1))
    _mail(work, stage.collect.remind_mail or stage.collect.mail, people)
    work.note("reminder", f"Taslak için hatırlatma gönderildi ({errand.reminders + 1}.).")


def privacy_troubles(scene: Scene, fields: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """What in the bound fields would identify a person, a masked phrase each."""
    book = scene.book
    known = (
        *(f.name for f in book.facilities.values()),
        *(d.name for d in book.departments.values()),
        *(o.name for o in book.offices.values()),
        *book.outlets,
    )
    found: list[str] = []
    checks = {check for stage in scene.workflow.stages for check in stage.check}
    # A news text names people and illnesses; numbers of patients it never holds.
    kinds = frozenset(Kind) if "privacy" in checks else NUMBERS
    for rule in scene.workflow.fields.values():
        value = fields.get(rule.name)
        if not rule.bind:
            continue
        if rule.type in (FieldType.LINE, FieldType.TEXT) and isinstance(value, str):
            found += [
                f"{finding.kind.value} ({finding.shown})"
                for finding in found_in(value, known)
                if finding.kind in kinds
            ]
    return tuple(dict.fromkeys(found))


def file_troubles(scene: Scene, fields: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """What is wrong with the files that approvals bind to: an altered signature, a name in a note."""
    values = (fields.get(rule.name) for rule in scene.workflow.fields.values() if rule.bind)
    files = (file for value in values if isinstance(value, tuple) for file in value)
    return tuple(dict.fromkeys(f"“{file.name}”: {file.warning}" for file in files if file.warning))


def checks_privacy(scene: Scene) -> bool:
    """Whether the workflow lets nothing leave that identifies a person."""
    return any(stage.check for stage in scene.workflow.stages)


def take(work: Work, trigger: Collected) -> bool:
    """Put what came on the item; False where it did not change anything that is asked.

    What would identify a patient is not taken: the sender is asked to take it out (1.4.3, E19).
    """
    scene, item, stage = work.scene, work.item, work.stage
    who = trigger.by.name or str(trigger.by.address)
    values = trigger.fields if any(trigger.fields.values()) else {}
    waiting = stage is not None and stage.collect is not None and item.open and item.released_at is None
    if not waiting or not values:
        work.note("answer", f"{who} yazdı.", traced(trigger.by, words=trigger.words))
        _show(work, trigger, waiting=waiting)
        return False
    assert stage is not None
    taken = {**item.fields, **values}
    troubles = file_troubles(scene, taken) + (privacy_troubles(scene, taken) if checks_privacy(scene) else ())
    if troubles:
        work.note("privacy", f"{who} taslağı alınmadı: " + "; ".join(troubles) + ".", traced(trigger.by))
        _send_back(work, trigger, troubles)
        return False
    errand = replace(item.errand, answered_at=scene.now) if item.errand else None
    offers = (*item.offers, *trigger.offers)[-6:]
    work.item = replace(item, fields={**item.fields, **values}, errand=errand, offers=offers)
    _thank(work, trigger)
    work.drop_timers(_TIMERS)
    said = f" {trigger.evidence}" if trigger.evidence else ""
    work.note("collected", f"{who} gönderdi.{said}", traced(trigger.by, words=trigger.words))
    return True


def sought(work: Work, trigger: Sought) -> None:
    """Staff have whoever the stage collects from asked for facts and photographs (1.1.1)."""
    stage, item = work.stage, work.item
    if stage is None or stage.collect is None or not item.open or item.version is not None:
        refused(
            work,
            trigger.by,
            "Bu aşamada bilgi istenmez; metin onaya sunulmuş ya da kayıt kapanmış.",
            "Eksik bilgiyi ilgili birime siz sorunuz.",
        )
        return
    if not told(work.scene, Tell(stage.collect.source, stage.collect.mail), item):
        refused(
            work,
            trigger.by,
            "Kimden bilgi isteneceği belli değil.",
            "Başkanlığı “BAŞKANLIK: Halk Sağlığı Hizmetleri Başkanlığı” biçiminde yazıp yineleyiniz.",
        )
        return
    send_errand(work, stage, words=trigger.words)
    asked = work.item.errand.asked if work.item.errand else ()
    names = ", ".join(person_name(work.scene.book, address) for address in asked)
    done(work, trigger.by, f"Bilgi ve fotoğraf istendi: {names}. Yanıt gelmezse hatırlatılır.")


def _thank(work: Work, trigger: Collected) -> None:
    """Whoever sent facts for a text that staff write hears that they came, once a day."""
    stage = work.stage
    if stage is None or stage.collect is None or not stage.collect.on_order:
        return
    people = told(work.scene, Tell(stage.collect.source, ""), work.item)
    work.mails += [
        MailOrder(
            "haber-bilgi-alindi",
            (person,),
            Purpose.NOTICE,
            {"item": item_values(work.scene, work.item)},
            reply_to_id=trigger.message_id,
            once=f"bilgi-alindi:{work.item.ref}",
        )
        for person in people
        if person.address == trigger.by.address.base
    ]


def _show(work: Work, trigger: Collected, *, waiting: bool) -> None:
    item = work.item
    asked = any(a.state is AskState.OPEN for a in item.asks)
    if trigger.fields and asked:
        what = "Taslak onaya sunulduktan sonra yeni bir taslak geldi; onaya sunulan metin değişmedi."
        step = "Yeni taslak kullanılacaksa bu iletiyi yanıtlayıp metni yapıştırınız ya da dosyayı ekleyiniz."
    elif waiting:
        what, step = "Yanıtta taslak ya da ek bulunamadı; bekleniyor.", ""
    else:
        what, step = "İleti kayıtta bir şey değiştirmedi.", ""
    work.mails.append(
        MailOrder(
            "talep-gelismesi",
            staff(work.scene, item),
            Purpose.STAFF,
            {
                "item": item_values(work.scene, item),
                "by": trigger.by.name or str(trigger.by.address),
                "words": trigger.words,
                "what": what,
                "next_step": step,
            },
        )
    )


def _send_back(work: Work, trigger: Collected, troubles: tuple[str, ...]) -> None:
    scene, item, stage = work.scene, work.item, work.stage
    assert stage is not None
    assert stage.collect is not None
    people = told(scene, Tell(stage.collect.source, ""), item)
    sender = tuple(p for p in people if p.address == trigger.by.address.base) or people
    due = item.errand.due if item.errand else None
    template = "kimlik-bilgisi" if checks_privacy(scene) else "belge-alinmadi"
    values: dict[str, object] = {"item": item_values(scene, item), "troubles": list(troubles), "due": due}
    work.mails += [
        MailOrder(template, (p,), Purpose.ERRAND, values, reply_to_id=trigger.message_id) for p in sender
    ]
    work.mails.append(
        MailOrder(
            "talep-gelismesi",
            staff(scene, item),
            Purpose.STAFF,
            {
                "item": item_values(scene, item),
                "by": trigger.by.name or str(trigger.by.address),
                "words": "",
                "what": "Gelen belge alınmadı, gönderene geri yazıldı: " + "; ".join(troubles) + ".",
                "next_step": "",
            },
        )
    )
