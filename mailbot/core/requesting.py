"""What the asker of an item may still say: again, more, later, not any more, received (1.4.1, 1.4.5)."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.advance import advance
from mailbot.core.alarm import set_alarm
from mailbot.core.changing import cancelled
from mailbot.core.collecting import replan, send_errand
from mailbot.core.item import AskState, Hold, Item, Request
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import staff, told
from mailbot.core.plan import deadline_of
from mailbot.core.replies import traced
from mailbot.core.rules import Tell
from mailbot.core.scene import Work
from mailbot.core.suffix import tarih_saat
from mailbot.core.trigger import Acknowledged, Actor, CalledOff, Cancelled, Extended, Supplemented, Wanted

_UNDER_WAY = (
    Purpose.ASK,
    Purpose.ASK_BACK,
    Purpose.REMINDER,
    Purpose.RELEASE,
    Purpose.TASK,
)


def inform(work: Work, by: Actor, words: str, what: str, next_step: str = "") -> None:
    """Tell staff what the asker wrote and what became of it."""
    work.mails.append(
        MailOrder(
            "talep-gelismesi",
            staff(work.scene, work.item),
            Purpose.STAFF,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "by": by.name or str(by.address),
                "words": words,
                "what": what,
                "next_step": next_step,
            },
        )
    )


def _joined(item: Item, request: Request) -> Item:
    """The item with one more asker; a second mail of the same office takes the first one's place."""
    others = tuple(r for r in item.requests if r.address != request.address)
    return replace(item, requests=(*others, request))


def wanted(work: Work, trigger: Wanted) -> None:
    """The same wish again: whoever wrote gets the note too, and nothing is opened twice."""
    item = work.item
    again = any(r.office == trigger.request.office for r in item.requests)
    work.item = _joined(item, trigger.request)
    by = trigger.by.name or str(trigger.by.address)
    if trigger.reminder or again:
        work.note("tekit", f"{by} talebini yineledi.", traced(trigger.by, words=trigger.words))
        left = "Not daha gönderilmedi." if item.released_at is None else "Not gönderilmişti."
        inform(work, trigger.by, trigger.words, f"Talep yinelendi. {left}")
        return
    work.note("twin", f"{by} aynı konuyu sordu; bu kayda bağlandı.", traced(trigger.by, words=trigger.words))
    what = (
        "Aynı haber için ikinci talep geldi; bu kayda bağlandı. Not onaylanınca bu makama da gönderilecek."
        if item.released_at is None
        else "Aynı haber için bir talep daha geldi; not bu makama da gönderilmişti ya da şimdi gönderilmeli."
    )
    inform(work, trigger.by, trigger.words, what)


def supplemented(work: Work, trigger: Supplemented) -> None:
    """More is wanted: the item goes back to whoever prepares it, and a new version is approved anew."""
    scene, item = work.scene, work.item
    back = scene.workflow.stage(scene.workflow.supplement)
    if not item.open or back is None:
        work.note(
            "supplement", "Kapanmış kayıt için ek bilgi istendi.", traced(trigger.by, words=trigger.words)
        )
        inform(
            work,
            trigger.by,
            trigger.words,
            "Kayıt kapandıktan sonra ek bilgi istendi; bot bir şey başlatmadı.",
            "Gerekiyorsa botu bilgiye ekleyerek yeni bir bilgi notu talebi yazınız.",
        )
        return
    fields = {name: value for name, value in item.fields.items() if name not in scene.workflow.clears}
    fields["supplement"] = trigger.words
    if trigger.deadline is not None and scene.workflow.deadline:
        fields[scene.workflow.deadline] = trigger.deadline
    ended = (AskState.OPEN, AskState.UNDELIVERED)
    asks = tuple(replace(a, state=AskState.WITHDRAWN) if a.state in ended else a for a in item.asks)
    work.item = replace(
        item,
        fields=fields,
        asks=asks,
        hold=item.hold if item.hold is Hold.STOPPED else None,
        released_at=None,
        errand=None,
        stage=back.name,
        entered_at=scene.now,
        passed=(),
    )
    if trigger.request is not None:
        work.item = _joined(work.item, trigger.request)
    work.drop_timers("*")
    work.dropped_mails += _UNDER_WAY
    work.note(
        "supplement",
        f"{trigger.by.name or trigger.by.address} ek bilgi istedi.",
        traced(trigger.by, words=trigger.words),
    )
    inform(
        work,
        trigger.by,
        trigger.words,
        "Ek bilgi istendi; not yeniden hazırlanacak ve yeniden Müdür onayına sunulacak.",
    )
    set_alarm(work)
    if back.collect is not None:
        send_errand(work, back, words=trigger.words)
    advance(work)


def extended(work: Work, trigger: Extended) -> None:
    """Another deadline: every plan over the remaining time is made anew."""
    scene, item = work.scene, work.item
    name = scene.workflow.deadline
    if not name or not item.open:
        work.note("deadline", "Süre değişikliği bu kayda uymuyor.", traced(trigger.by, words=trigger.words))
        return
    before = deadline_of(scene.workflow, item.fields)
    work.item = replace(item, fields={**item.fields, name: trigger.deadline})
    said = tarih_saat(trigger.deadline)
    work.note(
        "deadline",
        f"{trigger.by.name or trigger.by.address}: son saat {said} oldu.",
        traced(trigger.by, words=trigger.words, before=before.isoformat() if before else None),
    )
    inform(work, trigger.by, trigger.words, f"Son saat {said} oldu; ara süreler yeniden hesaplandı.")
    set_alarm(work)
    replan(work)


def called_off(work: Work, trigger: CalledOff) -> None:
    """The asker does without. After the note has left once, staff close the item themselves."""
    item = work.item
    if item.open and item.first_released_at is None and item.released_at is None:
        cancelled(work, Cancelled(trigger.by, f"talep geri çekildi: {trigger.words}"))
        return
    if not item.open or item.released_at is not None:
        work.note("called-off", "Talep geri çekildi; not daha önce gönderilmişti.", traced(trigger.by))
        inform(work, trigger.by, trigger.words, "Talep geri çekildi; not daha önce gönderilmişti.")
        return
    ended = (AskState.OPEN, AskState.UNDELIVERED)
    asks = tuple(replace(a, state=AskState.WITHDRAWN) if a.state in ended else a for a in item.asks)
    work.item = replace(item, asks=asks)
    work.drop_timers("*")
    work.dropped_mails += _UNDER_WAY
    work.note("called-off", "Ek bilgi talebi geri çekildi.", traced(trigger.by, words=trigger.words))
    _tell_preparers(work)
    inform(
        work,
        trigger.by,
        trigger.words,
        "Ek bilgi talebi geri çekildi; hatırlatmalar durduruldu.",
        "Başka bekleyen yoksa KAPAT yazınız.",
    )


def _tell_preparers(work: Work) -> None:
    workflow = work.scene.workflow
    for target in workflow.cancel_tell:
        people = told(work.scene, Tell(target, workflow.cancel_mail), work.item)
        values = {"item": item_values(work.scene, work.item, work.item.version)}
        work.mails += [MailOrder(workflow.cancel_mail, (p,), Purpose.NOTICE, values) for p in people]


def acknowledged(work: Work, trigger: Acknowledged) -> None:
    """ "Alındı." ends the wait for it; said at any other time it is only kept."""
    stage = work.stage
    work.note(
        "ack",
        f"{trigger.by.name or trigger.by.address} alındığını bildirdi.",
        traced(trigger.by, words=trigger.words),
    )
    if stage is None or "ack" not in stage.wait or work.item.released_at is None:
        return
    work.item = replace(work.item, passed=tuple(sorted({*work.item.passed, "ack"})))
    advance(work)
