"""DURDUR, DEVAM and GERİ ÇEK: what each means before, during and after the release.

| | nobody asked | asked, waiting | being released | after |
|---|---|---|---|---|
| DURDUR | holds | holds | the rest is stopped | nothing to stop: staff are told |
| GERİ ÇEK | refused | asks end with a notice, back to the draft | as after | `core.correcting` |
| İPTAL | ends | ends with a notice | refused | refused |
"""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.advance import advance, go_back, start_waits
from mailbot.core.asking import ask_again, ask_unreached, resume_reminders
from mailbot.core.forming import want_form
from mailbot.core.item import AskState, Hold
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import overseers, staff
from mailbot.core.replies import done, refused, traced
from mailbot.core.scene import Work
from mailbot.core.sparing import ASKED_WERE_TOLD, notify_spared
from mailbot.core.trigger import Resumed, Stopped, Withdrawn

AFTERWARDS = (
    "Yayımlanan bir yanlışı düzeltmek için “YAYIN DÜZELTME: yanlış ifade → doğru ifade”, haberi geri almak "
    "için “GERİ ÇEK: gerekçe” yazınız; Müdürün onayından sonra aynı alıcılara gönderilir."
)


def stopped(work: Work, trigger: Stopped) -> None:
    """Nothing more leaves until staff say so. Whoever stands in the item's chain may stop it."""
    item = work.item
    name = trigger.by.name or str(trigger.by.address)
    released = item.released_at is not None
    if released and (not item.open or trigger.unsent == 0):
        work.note("stopped-late", f"{name} durdurmak istedi; yayın tamamlanmıştı.", traced(trigger.by))
        _tell(work, trigger, "Yayın tamamlanmıştı; gönderilen iletiler geri alınamaz. " + AFTERWARDS)
        return
    if not item.open:
        refused(
            work,
            trigger.by,
            "Kayıt zaten kapanmış; durdurulacak bir işlem yok.",
            "Bir şey yapmanız gerekmiyor.",
        )
        return
    work.note("stopped", f"{name} durdurdu.", traced(trigger.by))
    work.hold(Hold.STOPPED, name)
    _tell(
        work,
        trigger,
        "Yayın başlamıştı: henüz gönderilmemiş iletiler durduruldu, gönderilenler geri alınamaz. DEVAM "
        "yazarsanız kalanlar gönderilir. " + AFTERWARDS
        if released
        else "Yayın başlamadan durduruldu; basına hiçbir metin gönderilmedi.",
    )


def _tell(work: Work, trigger: Stopped, reason: str) -> None:
    people = overseers(work.scene, work.item) if work.item.released_at else ()
    followers = staff(work.scene, work.item, trigger.by.address)
    work.mails.append(
        MailOrder(
            "durduruldu",
            tuple({r.address: r for r in (*followers, *people)}.values()),
            Purpose.STAFF,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "by": trigger.by.name or str(trigger.by.address),
                "reason": reason,
                "held": work.item.hold is not None,
            },
        )
    )


def resumed(work: Work, trigger: Resumed) -> None:
    """Staff let a stopped item go on; whoever could not be reached is asked now."""
    item = work.item
    if item.hold is None and item.released_at is None:
        # Whoever could not be reached or had no address may be asked now.
        ask_unreached(work)
        advance(work)
    if not item.open or (item.hold is None and not work.mails):
        refused(work, trigger.by, "Kayıt durdurulmuş değil.", "Bir şey yapmanız gerekmiyor.")
        return
    if item.hold is None:
        done(work, trigger.by, "Daha önce sorulamayan makamlara şimdi soruldu.")
        return
    version = item.version
    if item.objections and item.released_at is None:
        refused(
            work,
            trigger.by,
            "Bir makam bu sürüme onay vermedi; DEVAM ile sürdürülemez.",
            "Yeni metni gönderiniz ya da makamla görüşüp “KARAR: ONAY” yazınız.",
        )
        return
    work.item = replace(item, hold=None, hold_by="")
    work.note("resumed", f"{trigger.by.name or trigger.by.address} kaydı sürdürdü.", traced(trigger.by))
    if item.released_at is not None:
        # The mails that were stopped are let go by the shell: it alone knows them.
        advance(work)
        done(work, trigger.by, "Yayın sürdürülüyor; durdurulmuş iletiler gönderiliyor.")
        return
    if version is not None and not version.forms:
        want_form(work)
    resume_reminders(work)
    if version is not None and any(a.version < version.number for a in item.asks):
        ask_again(work, version)
    stage = work.stage
    if stage is not None and stage.wait:
        start_waits(work, stage)
    advance(work)
    done(work, trigger.by, "Kayıt kaldığı yerden sürdürülüyor.")


def withdrawn(work: Work, trigger: Withdrawn) -> None:
    """Staff take the text back from everybody who was asked; the item is a draft again."""
    item, version = work.item, work.item.version
    if not item.open or item.released_at is not None:
        refused(
            work,
            trigger.by,
            "Kayıt kapanmış; geri çekilecek bir onay isteği yok.",
            "Bir şey yapmanız gerekmiyor.",
        )
        return
    asked = [a for a in item.asks if version and a.version == version.number]
    if not any(a.copies and a.state is not AskState.WITHDRAWN for a in asked):
        refused(
            work,
            trigger.by,
            "Haber henüz kimsenin onayına sunulmadı; geri çekilecek bir istek yok.",
            "Haberden vazgeçildiyse İPTAL yazınız.",
        )
        return
    asks = tuple(
        replace(
            a,
            state=AskState.WITHDRAWN,
            answer=None,
            history=(*a.history, a.answer) if a.answer else a.history,
        )
        if a in asked
        else a
        for a in item.asks
    )
    name = trigger.by.name or str(trigger.by.address)
    work.note(
        "withdrawn",
        f"{name} haberi onaydan geri çekti: {trigger.reason or 'gerekçe yok'}.",
        traced(trigger.by),
    )
    notify_spared(work, item, "geri-cekildi")
    work.item = replace(item, asks=asks)
    go_back(work, work.scene.workflow.revise)
    work.hold(Hold.WITHDRAWN, name)
    work.dropped_mails += [Purpose.ASK, Purpose.ASK_BACK, Purpose.CHOICE]
    done(
        work,
        trigger.by,
        f"Haber onaydan geri çekildi; verilmiş onaylar geçersiz. {ASKED_WERE_TOLD} Yeni metni bu iletiyi "
        "yanıtlayarak gönderirseniz ya da aynı metin için DEVAM yazarsanız onaya yeniden sunulur.",
    )
