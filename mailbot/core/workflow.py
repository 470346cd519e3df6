"""step(): what one trigger means for one item. Pure; the shell applies the outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mailbot.core.advance import (
    advance,
    close,
    wait_over,
)
from mailbot.core.alarm import ring, set_alarm
from mailbot.core.answers import answered
from mailbot.core.asking import (
    put_ask,
    remind,
)
from mailbot.core.bouncing import tell_bounces, undelivered
from mailbot.core.changing import answer_staff, cancelled, changed, collected, make_version
from mailbot.core.choosing import chosen
from mailbot.core.collecting import errand_timer, sought
from mailbot.core.forming import formed
from mailbot.core.item import AskState, Item
from mailbot.core.mailvalues import item_values
from mailbot.core.noticing import notice_due
from mailbot.core.outcome import MailOrder, Outcome, Purpose
from mailbot.core.people import holders
from mailbot.core.publishing import published
from mailbot.core.recording import remind_of_links
from mailbot.core.replies import refused, traced
from mailbot.core.requesting import acknowledged, called_off, extended, supplemented, wanted
from mailbot.core.ruling import ruled, waived
from mailbot.core.scene import Scene, Work
from mailbot.core.stopping import resumed, stopped, withdrawn
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
    Formed,
    Noted,
    Published,
    Resumed,
    Ruled,
    Sought,
    Stopped,
    Supplemented,
    TimerFired,
    Trigger,
    Undelivered,
    Unproved,
    Waived,
    Wanted,
    Withdrawn,
)
from mailbot.core.values import Office

_KEYS = 3
"""Keys of one person for one ask: a flood of forged replies must not grow the item without end."""


def open_item(scene: Scene, item: Item, by: Actor) -> Outcome:
    """A staff mail opens `item` (1.1.1). What is missing is asked of staff, never guessed."""
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
            stopped(work, trigger)
        case Resumed():
            resumed(work, trigger)
        case Cancelled():
            cancelled(work, trigger)
        case Withdrawn():
            withdrawn(work, trigger)
        case Waived():
            waived(work, trigger)
        case Ruled():
            ruled(work, trigger)
        case Collected():
            collected(work, trigger)
        case Sought():
            sought(work, trigger)
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
            published(work, trigger)
        case Closed():
            _closed(work, trigger)
        case Noted():
            work.note(trigger.kind, trigger.text)
        case Undelivered():
            undelivered(work, trigger)
        case Formed():
            formed(work, trigger)
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


def _timer(work: Work, key: str) -> None:
    kind, _, rest = key.partition(":")
    match kind:
        case "remind":
            office, _, version = rest.partition(":")
            remind(work, Office(office), int(version))
        case "errand" | "errand-due":
            errand_timer(work, kind, int(rest or 0))
        case "notice":
            notice_due(work, int(rest))
        case "alarm":
            ring(work)
        case "record":
            name, _, number = rest.partition(":")
            remind_of_links(work, name, int(number))
        case "bounces":
            tell_bounces(work)
        case "wait":
            if work.item.hold is None and work.item.open and wait_over(work, rest):
                work.item = replace(work.item, passed=tuple(sorted({*work.item.passed, rest})))
                advance(work)
