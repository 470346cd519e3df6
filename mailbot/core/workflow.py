"""step(): what one trigger means for one item. Pure; the shell applies the outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mailbot.core.advance import (
    advance,
    close,
    start_waits,
    wait_over,
)
from mailbot.core.alarm import ring, set_alarm
from mailbot.core.answers import answered
from mailbot.core.asking import (
    ask_again,
    ask_unreached,
    put_ask,
    remind,
    resume_reminders,
)
from mailbot.core.changing import answer_staff, cancelled, changed, collected, make_version
from mailbot.core.choosing import chosen
from mailbot.core.collecting import errand_timer
from mailbot.core.item import AskState, Hold, Item
from mailbot.core.mailvalues import item_values, office_name
from mailbot.core.outcome import MailOrder, Outcome, Purpose
from mailbot.core.people import holders, staff
from mailbot.core.replies import done, refused, traced
from mailbot.core.requesting import acknowledged, called_off, extended, supplemented, wanted
from mailbot.core.ruling import ruled, waived
from mailbot.core.scene import Scene, Work
from mailbot.core.telling import tell_stage
from mailbot.core.trigger import (
    Acknowledged,
    Actor,
    Answered,
    CalledOff,
    Cancelled,
    Changed,
    Chosen,
    Closed,
    Collected,
    Extended,
    Noted,
    Published,
    Resumed,
    Ruled,
    Stopped,
    Supplemented,
    TimerFired,
    Trigger,
    Undelivered,
    Unproved,
    Waived,
    Wanted,
)
from mailbot.core.values import Office

_KEYS = 3
"""Keys of one person for one ask: a flood of forged replies must not grow the item without end."""


def open_item(scene: Scene, item: Item, by: Actor, *, gaps: tuple[str, ...] = ()) -> Outcome:
    """A staff mail opens `item` (1.1.1). What is missing is asked of staff, never guessed.

    `gaps` are further phrases of the reader about what it did not find.
    """
    work = Work(scene, replace(item, stage=scene.workflow.stages[0].name, entered_at=scene.now))
    work.note(
        "opened",
        f"{by.name or by.address} kaydı açtı: “{item.title or 'başlıksız'}”.",
        {"by": str(by.address), "proof": by.proof.by, "letter": by.letter, "level": by.proof.level.name},
    )
    if (first := work.stage) is not None and first.tell:
        tell_stage(work, first)
    set_alarm(work)
    make_version(work, by, alone=True)
    advance(work)
    work.item = replace(work.item, missing=tuple(dict.fromkeys((*work.item.missing, *gaps))))
    answer_staff(work)
    return work.outcome()


def step(scene: Scene, item: Item, trigger: Trigger) -> Outcome:
    """All that follows from `trigger` for `item` at `scene.now`."""
    work = Work(scene, item)
    match trigger:
        case Answered():
            answered(work, trigger)
        case Unproved():
            _unproved(work, trigger)
        case Changed():
            changed(work, trigger)
        case Stopped():
            _stopped(work, trigger)
        case Resumed():
            _resumed(work, trigger)
        case Cancelled():
            cancelled(work, trigger)
        case Waived():
            waived(work, trigger)
        case Ruled():
            ruled(work, trigger)
        case Collected():
            collected(work, trigger)
        case Wanted():
            wanted(work, trigger)
        case Supplemented():
            supplemented(work, trigger)
        case Extended():
            extended(work, trigger)
        case CalledOff():
            called_off(work, trigger)
        case Acknowledged():
            acknowledged(work, trigger)
        case Chosen():
            chosen(work, trigger)
        case Published():
            _published(work, trigger)
        case Closed():
            _closed(work, trigger)
        case Noted():
            work.note(trigger.kind, trigger.text)
        case Undelivered():
            _undelivered(work, trigger)
        case TimerFired():
            _timer(work, trigger.key)
        case _:
            assert_never(trigger)
    return work.outcome()


def _unproved(work: Work, trigger: Unproved) -> None:
    """The person is asked back at the registered address with a fresh key; only that answer counts.

    The earlier key stays good: a forger must not be able to lock the real person out.
    """
    scene = work.scene
    work.note(
        "unproved",
        f"{trigger.address} adına gelen yanıt kanıtlanamadı, sayılmadı: {trigger.why}",
        {"office": trigger.office, "version": trigger.version, "words": trigger.words, "why": trigger.why},
    )
    ask = work.item.ask_of(trigger.office, trigger.version)
    holder = next((c for c in ask.copies if c.address == trigger.address), None) if ask else None
    if ask is None or holder is None or ask.state is not AskState.OPEN or work.item.hold is not None:
        return
    if sum(copy.address == trigger.address for copy in ask.copies) < _KEYS:
        ask = replace(ask, copies=(*ask.copies, replace(holder, token=next(scene.keys))))
        put_ask(work, ask)
    work.mails += [
        MailOrder(
            "kimlik-dogrulama",
            (recipient,),
            Purpose.ASK_BACK,
            {
                "item": item_values(scene, work.item, work.item.version),
                "words": trigger.words,
                "at": scene.now,
            },
            version=trigger.version,
            once=f"kimlik:{work.item.ref}:{trigger.version}",
        )
        for recipient in holders(scene, ask)
        if recipient.address == trigger.address
    ]


def _stopped(work: Work, trigger: Stopped) -> None:
    item = work.item
    if not item.open:
        refused(
            work,
            trigger.by,
            "Kayıt zaten kapanmış; durdurulacak bir işlem yok.",
            "Bir şey yapmanız gerekmiyor.",
        )
        return
    released = item.released_at is not None
    work.note("stopped", f"{trigger.by.name or trigger.by.address} durdurdu.", traced(trigger.by))
    work.hold(Hold.STOPPED, trigger.by.name or str(trigger.by.address))
    reason = (
        "Yayın başlamıştı: henüz gönderilmemiş iletiler durduruldu, gönderilenler geri alınamaz."
        if released
        else "Yayın başlamadan durduruldu; basına hiçbir metin gönderilmedi."
    )
    work.mails.append(
        MailOrder(
            "durduruldu",
            staff(work.scene, work.item, trigger.by.address),
            Purpose.STAFF,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "by": trigger.by.name or str(trigger.by.address),
                "reason": reason,
            },
        )
    )


def _resumed(work: Work, trigger: Resumed) -> None:
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
    if item.released_at is not None:
        refused(
            work,
            trigger.by,
            "Yayını başlamış bir kayıt kendiliğinden sürdürülemez.",
            "Gönderilmeyen alıcıları “mailbot resend” ile tek tek gönderiniz ya da KAPAT yazınız.",
        )
        return
    version = item.version
    if item.objections:
        refused(
            work,
            trigger.by,
            "Bir makam bu sürüme onay vermedi; DEVAM ile sürdürülemez.",
            "Yeni metni gönderiniz ya da makamla görüşüp “KARAR: ONAY” yazınız.",
        )
        return
    work.item = replace(item, hold=None, hold_by="")
    resume_reminders(work)
    work.note("resumed", f"{trigger.by.name or trigger.by.address} kaydı sürdürdü.", traced(trigger.by))
    if version is not None and any(a.version < version.number for a in item.asks):
        ask_again(work, version)
    stage = work.stage
    if stage is not None and stage.wait:
        start_waits(work, stage)
    advance(work)
    done(work, trigger.by, "Kayıt kaldığı yerden sürdürülüyor.")


def _closed(work: Work, trigger: Closed) -> None:
    item = work.item
    if not item.open:
        refused(work, trigger.by, "Kayıt zaten kapanmış.", "Bir şey yapmanız gerekmiyor.")
        return
    if item.released_at is None and any(a.state is AskState.OPEN for a in item.asks):
        refused(
            work,
            trigger.by,
            "Onayı beklenen makamlar var; kayıt bu durumda kapatılamaz.",
            "Haberden vazgeçildiyse İPTAL yazınız; sorulan makamlara kısa bir bildirim gönderilir.",
        )
        return
    work.note("command", f"{trigger.by.name} kaydı kapattı.", traced(trigger.by))
    close(work)


def _published(work: Work, trigger: Published) -> None:
    item = work.item
    if item.released_at is None:
        refused(
            work,
            trigger.by,
            "Kayıt henüz yayına açılmadı; yayın bağlantısı kabul edilemedi.",
            "DİKKAT: Metin yayımlandıysa lütfen yayından kaldırınız ve birim sorumlusuna haber veriniz.",
        )
        return
    known = {(link.channel, link.url) for link in item.links}
    new = tuple(link for link in trigger.links if (link.channel, link.url) not in known)
    work.item = replace(item, links=(*item.links, *new))
    for link in new:
        work.note(
            "published", f"{link.channel}: {link.url}", traced(trigger.by, channel=link.channel, url=link.url)
        )
    advance(work)
    if work.item.open:
        done(work, trigger.by, "Bağlantılar kaydedildi; kalan kanalların bağlantıları bekleniyor.")


def _undelivered(work: Work, trigger: Undelivered) -> None:
    """A bounced ask was never asked (E18); staff get the address and the reason."""
    scene, item = work.scene, work.item
    ask = item.ask_of(trigger.office, trigger.version) if trigger.office and trigger.version else None
    if ask is not None and ask.state is AskState.OPEN:
        copies = tuple(
            replace(c, undelivered=True) if c.address == trigger.address else c for c in ask.copies
        )
        nobody = all(c.undelivered for c in copies)
        put_ask(work, replace(ask, copies=copies, state=AskState.UNDELIVERED if nobody else ask.state))
        if nobody:
            work.drop_timers(f"remind:{ask.office}:{ask.version}")
    work.note(
        "undelivered",
        f"{trigger.address} adresine ileti ulaşmadı: {trigger.reason}",
        {"address": str(trigger.address), "reason": trigger.reason, "office": trigger.office},
    )
    failure = {
        "address": str(trigger.address),
        "office": office_name(scene.book, trigger.office) if trigger.office else "",
        "reason": trigger.reason,
    }
    work.mails.append(
        MailOrder(
            "teslim-edilemedi",
            staff(scene, work.item),
            Purpose.STAFF,
            {"item": item_values(scene, work.item), "failures": [failure]},
        )
    )


def _timer(work: Work, key: str) -> None:
    kind, _, rest = key.partition(":")
    match kind:
        case "remind":
            office, _, version = rest.partition(":")
            remind(work, Office(office), int(version))
        case "errand" | "errand-due":
            errand_timer(work, kind)
        case "alarm":
            ring(work)
        case "wait":
            if work.item.hold is None and work.item.open and wait_over(work, rest):
                work.item = replace(work.item, passed=tuple(sorted({*work.item.passed, rest})))
                advance(work)
