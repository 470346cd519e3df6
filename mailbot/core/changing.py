"""New and corrected values: changed content is a version, and asked of everybody again (E4, E5, E8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailbot.core.advance import (
    advance,
    bound_fields,
    content_digest,
    go_back,
    missing,
    owed_by_staff,
    reopen_unapproved,
    understood,
)
from mailbot.core.alarm import set_alarm
from mailbot.core.asking import ask_again, withdraw_needless
from mailbot.core.collecting import replan, take
from mailbot.core.forming import want_form
from mailbot.core.item import CANCELLED, AskState, FieldValue, Hold, Item, Version
from mailbot.core.mailvalues import item_values, stage_title
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import staff
from mailbot.core.plan import times_of
from mailbot.core.replies import done, refused, traced
from mailbot.core.rules import FieldType
from mailbot.core.scene import Work
from mailbot.core.sparing import ASKED_WERE_TOLD, notify_spared, spare_needless
from mailbot.core.telling import call_off
from mailbot.core.timing import past, told_time, word_of
from mailbot.core.trigger import Actor, Cancelled, Changed, Collected


def answer_staff(work: Work) -> None:
    """Tell staff once, and first, how the item stands after all that followed from their mail."""
    work.mails = [understood(work), *(m for m in work.mails if m.template != "kayit-acildi")]


def make_version(work: Work, by: Actor, *, alone: bool) -> bool:
    """Make a version where the bound fields are complete and new; True where one was made."""
    scene, item = work.scene, work.item
    lacking = missing(scene, item)
    work.item = item = replace(item, missing=owed_by_staff(scene, item))
    if lacking:
        return False
    digest = content_digest(scene, item)
    if item.version is not None and item.version.digest == digest:
        return False
    version = Version(
        number=len(item.versions) + 1,
        digest=digest,
        bound=bound_fields(scene, item),
        made_at=scene.now,
        by=by.address,
        letter=by.letter,
        alone=alone and not item.versions,
    )
    work.item = replace(item, versions=(*item.versions, version))
    work.note(
        "version",
        f"Sürüm {version.number} oluştu ({by.name or by.address}).",
        traced(by, version=version.number, digest=digest),
    )
    want_form(work)
    return True


def changed(work: Work, trigger: Changed) -> None:
    """Staff gave new or corrected values."""
    item = work.item
    if (late := past(work.scene, trigger.fields)) is not None:
        label, instant = late
        refused(
            work,
            trigger.by,
            f"Yazılan {label} zamanı geçmişte: {told_time(work.scene, instant)}. Kayıtta bir şey değişmedi.",
            f"İleri bir zaman yazarak yeniden yanıtlayınız; örneğin “{word_of(label)}: 28.11.2026 09.00”. "
            f"Gerekmiyorsa “{word_of(label)}: yok” yazınız.",
        )
        return
    if _to_press_later(item, trigger):
        work.note(
            "reopened", "Web için yayımlanmış haber basın için yeniden onaya sunuluyor.", traced(trigger.by)
        )
        item = work.item = replace(item, released_at=None, hold=None, hold_by="")
        work.drop_timers("*")
    elif item.open and item.released_at is not None and work.scene.workflow.move:
        if moved(work, trigger.fields):
            work.note("reopened", "Onaylanmış bilgiler değişti; yeniden onaya sunuluyor.", traced(trigger.by))
            item = work.item = replace(item, released_at=None, hold=None, hold_by="")
            work.drop_timers("*")
    elif not item.open or item.released_at is not None:
        refused(
            work,
            trigger.by,
            "Kayıt yayımlandıktan ya da kapandıktan sonra değiştirilemez.",
            "Yayımlanan bir yanlış için “YAYIN DÜZELTME: yanlış ifade → doğru ifade” yazınız.",
        )
        return
    fields: Mapping[str, FieldValue] = {**item.fields, **_cleared(work, trigger.fields), **trigger.fields}
    thread = item.thread
    if trigger.message_id is not None and trigger.message_id not in thread:
        thread = (*thread, trigger.message_id)
    work.item = replace(
        item,
        fields=fields,
        # A text was chosen or sent: what was offered before it is settled.
        offers=trigger.offers or (() if "text" in trigger.fields else item.offers),
        notes=trigger.notes or item.notes,
        department=trigger.department or item.department,
        gm=trigger.gm or (item.gm if trigger.department in (None, item.department) else None),
        thread=thread,
    )
    made = make_version(work, trigger.by, alone=False)
    withdraw_needless(work)
    spare_needless(work, item)
    if set(trigger.fields) & set(times_of(work.scene.workflow)):
        set_alarm(work)
        replan(work)
    if made and len(work.item.versions) > 1:
        _supersede(work)
    elif work.item.missing and item.version is not None and not made and _past_draft(work):
        # What was asked is not complete any more ("ambargolu", and no time): the old text goes nowhere.
        go_back(work, work.scene.workflow.revise)
    elif (
        not made
        and not trigger.offers
        and (
            (work.item.fields, work.item.department, work.item.gm) == (item.fields, item.department, item.gm)
        )
    ):
        work.note("unchanged", "Gelen iletide onaya sunulan içerikte bir değişiklik yok.", traced(trigger.by))
    reopen_unapproved(work)
    advance(work)
    answer_staff(work)


def collected(work: Work, trigger: Collected) -> None:
    """What somebody outside the unit was asked for has come (1.4.3)."""
    if not take(work, trigger):
        return
    made = make_version(work, trigger.by, alone=False)
    if made and len(work.item.versions) > 1:
        _supersede(work)
    advance(work)
    work.mails.append(
        MailOrder(
            "talep-gelismesi",
            staff(work.scene, work.item),
            Purpose.STAFF,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "by": trigger.by.name or str(trigger.by.address),
                "words": trigger.words,
                "what": "İstenen bilgiler geldi."
                if trigger.offers
                else "İstenen geldi."
                if work.item.missing
                else f"İstenen geldi; kayıt “{stage_title(work.scene.workflow, work.item)}” aşamasında.",
                "next_step": "Gelen metni kullanmak için bu iletiyi yanıtlayıp "
                f"METİN: {len(work.item.offers)} yazınız ya da kendi metninizi gönderiniz."
                if trigger.offers
                else "",
            },
        )
    )


def moved(work: Work, fields: Mapping[str, FieldValue]) -> bool:
    """Whether the values differ from what approvals bind to."""
    rules = work.scene.workflow.fields
    return any(
        name in rules and rules[name].bind and work.item.fields.get(name) != value
        for name, value in fields.items()
    )


def _cleared(work: Work, fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Fields that another value makes anew: another guest needs another signature (1.2.2)."""
    rules, current = work.scene.workflow.fields, work.item.fields
    changed_ones = [n for n, v in fields.items() if n in rules and current.get(n) and current.get(n) != v]
    names = {name for n in changed_ones for name in rules[n].clears}
    return {n: () if rules[n].type in (FieldType.FILE, FieldType.FILES) else "" for n in names}


def _past_draft(work: Work) -> bool:
    """Whether the item stands behind the stage to which a change that is asked for leads back."""
    names = [stage.name for stage in work.scene.workflow.stages]
    revise = work.scene.workflow.revise
    return work.item.stage in names and names.index(work.item.stage) > names.index(revise)


def _to_press_later(item: Item, trigger: Changed) -> bool:
    """ "Bunu basına da verelim" after web alone: back to the approvals that the press needs (1.1.3)."""
    return (
        item.released_at is not None
        and item.stage != CANCELLED
        and item.fields.get("to") == "web"
        and trigger.fields.get("to") == "press"
    )


def _supersede(work: Work) -> None:
    """A new version: approvals of the old one no longer count; whoever was asked is asked again (E4, E5)."""
    version = work.item.version
    if version is None:
        return
    asks = tuple(
        replace(a, state=AskState.STALE)
        if a.version < version.number and a.state is not AskState.STALE
        else a
        for a in work.item.asks
    )
    stopped = work.item.hold if work.item.hold is Hold.STOPPED else None
    work.item = replace(work.item, asks=asks, hold=stopped, hold_by=work.item.hold_by if stopped else "")
    work.drop_timers("remind:*", "wait:*", "record:*")
    work.dropped_mails += [
        Purpose.ASK,
        Purpose.ASK_BACK,
        Purpose.CHOICE,
        Purpose.REMINDER,
        Purpose.RELEASE,
        Purpose.TASK,
    ]
    if asks:
        work.item = replace(work.item, stage=work.scene.workflow.reopen, entered_at=work.scene.now, passed=())
        if stopped is None:
            ask_again(work, version)


def cancelled(work: Work, trigger: Cancelled) -> None:
    """Staff cancel the item: everybody who was asked gets one short notice (E8)."""
    item = work.item
    if not item.open or (item.released_at is not None and not work.scene.workflow.move):
        refused(
            work,
            trigger.by,
            "Yayımlanmış ya da kapanmış bir kayıt iptal edilemez.",
            "Yayımlanmış bir haberi geri almak için “GERİ ÇEK: gerekçe”, yanlışını düzeltmek için “YAYIN "
            "DÜZELTME: yanlış ifade → doğru ifade”, kaydı kapatmak için KAPAT yazınız.",
        )
        return
    work.note(
        "cancelled",
        f"{trigger.by.name or trigger.by.address} iptal etti: {trigger.reason or 'gerekçe yok'}.",
        traced(trigger.by),
    )
    asks = tuple(replace(a, state=AskState.WITHDRAWN) if a.state is AskState.OPEN else a for a in item.asks)
    work.item = replace(item, stage=CANCELLED, asks=asks, hold=None, entered_at=work.scene.now)
    work.drop_timers("*")
    work.dropped_mails += [
        Purpose.ASK,
        Purpose.ASK_BACK,
        Purpose.CHOICE,
        Purpose.REMINDER,
        Purpose.RELEASE,
        Purpose.TASK,
    ]
    notified = notify_spared(work, item, work.scene.workflow.cancel_mail)
    call_off(work, item)
    done(work, trigger.by, "Kayıt iptal edildi." + (" " + ASKED_WERE_TOLD if notified else ""))
