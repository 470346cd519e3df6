"""What staff vouch for: waivers and verbal decisions (E4, E12)."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.advance import advance, go_back, start_waits
from mailbot.core.asking import put_ask, resume_reminders
from mailbot.core.decision import Decision
from mailbot.core.item import GRANTED, Answer, Ask, AskState, Hold, Version
from mailbot.core.mailvalues import DECISION_LABELS, office_name
from mailbot.core.replies import done, refused, traced
from mailbot.core.scene import Work, required
from mailbot.core.trigger import Actor, Ruled, Waived
from mailbot.core.values import Office

_DECISIVE = frozenset({Decision.APPROVE, Decision.REVISE, Decision.REJECT})


def waived(work: Work, trigger: Waived) -> None:
    """Staff do without an office's approval of this version, with a reason (E4)."""
    scene, item = work.scene, work.item
    rule = scene.book.offices.get(trigger.office)
    version = item.version
    needed = {office for _, _, office in required(scene, item)}
    ended = not item.open or item.released_at is not None
    ask = item.ask_of(trigger.office, version.number) if version else None
    granted = ask is not None and ask.state in GRANTED
    if rule is None or trigger.office not in needed or version is None or ended or granted:
        refused(
            work, trigger.by, "Bu kayıtta böyle bir makamın onayı beklenmiyor.", "Makamın adını denetleyiniz."
        )
        return
    if ask in item.objections:
        refused(
            work,
            trigger.by,
            f"{rule.name} bu sürüme onay vermedi; itiraz eden bir makamın onayından vazgeçilemez.",
            "Yeni metni gönderiniz ya da makamla görüşüp “KARAR: ONAY” yazınız.",
        )
        return
    if not rule.waivable:
        refused(
            work,
            trigger.by,
            f"{rule.name} onayından vazgeçilemez.",
            "Makamın onayını bekleyiniz; sözlü onay verdiyse SÖZLÜ ONAY satırıyla bildiriniz.",
        )
        return
    if not trigger.reason.strip():
        refused(
            work,
            trigger.by,
            "Vazgeçme gerekçesi yazılmamış.",
            f"Örneğin “FERAGAT: {rule.short} – yazım farkı, telefonla bildirildi” yazınız.",
        )
        return
    answer = _staff_answer(work, trigger.by, Decision.APPROVE, trigger.reason, "feragat")
    _grant(work, trigger.office, version, AskState.WAIVED, answer)
    work.note(
        "waived",
        f"{trigger.by.name} {rule.name} onayından vazgeçti: {trigger.reason}",
        traced(
            trigger.by,
            office=trigger.office,
            version=version.number,
            digest=version.digest,
            reason=trigger.reason,
        ),
    )
    advance(work)
    done(work, trigger.by, f"{rule.name} onayından vazgeçildiği gerekçesiyle kaydedildi.")


def _staff_answer(work: Work, by: Actor, decision: Decision, words: str, channel: str) -> Answer:
    return Answer(
        decision=decision,
        person=by.address,
        at=work.scene.now,
        level=by.proof.level,
        proof=by.proof.by,
        words=words,
        channel=channel,
        letter=by.letter,
        recorded_by=by.address,
    )


def _grant(work: Work, office: Office, version: Version, state: AskState, answer: Answer) -> None:
    ask = work.item.ask_of(office, version.number) or Ask(office, version.number, state, work.scene.now, ())
    kept = (*ask.history, ask.answer) if ask.answer else ask.history
    put_ask(work, replace(ask, state=state, answer=answer, history=kept))
    work.drop_timers(f"remind:{office}:{version.number}")


def ruled(work: Work, trigger: Ruled) -> None:
    """KARAR and SÖZLÜ ONAY: a verbal decision that proved staff vouch for (E12, T17)."""
    scene, item, version = work.scene, work.item, work.item.version
    if version is None or not item.open or item.released_at is not None:
        refused(work, trigger.by, "Bu kayıtta beklenen bir karar yok.", "Kaydın durumunu DURUM ile sorunuz.")
        return
    if trigger.decision not in _DECISIVE:
        refused(
            work,
            trigger.by,
            "Yazdığınız satır bir karar söylemiyor.",
            "KARAR: ONAY, RET ya da DÜZELTME yazınız.",
        )
        return
    office = trigger.office or _office_meant(work, version)
    rule = scene.book.offices.get(office) if office else None
    ask = item.ask_of(office, version.number) if office else None
    if rule is None or ask is None or ask.state is AskState.WITHDRAWN:
        refused(
            work,
            trigger.by,
            "Kararın hangi makama ait olduğu anlaşılamadı.",
            "Makamı da yazınız; örneğin “KARAR: Bakanlık ONAY”.",
        )
        return
    if trigger.decision is Decision.APPROVE and not rule.verbal and not _written_since(ask):
        refused(
            work,
            trigger.by,
            f"{rule.name} için sözlü onay kaydı kabul edilmiyor.",
            "Yazılı yanıtı bekleyiniz.",
        )
        return
    answer = replace(
        _staff_answer(work, trigger.by, trigger.decision, trigger.words, "sozlu"), at=trigger.told_at
    )
    work.note(
        "verbal",
        f"{trigger.by.name}, {rule.name} için sözlü karar bildirdi: "
        f"{DECISION_LABELS[trigger.decision]} — “{trigger.words}”.",
        traced(
            trigger.by,
            office=rule.id,
            version=version.number,
            digest=version.digest,
            decision=trigger.decision.value,
            words=trigger.words,
        ),
    )
    match trigger.decision:
        case Decision.APPROVE:
            if ask.state not in GRANTED:
                _grant(work, rule.id, version, AskState.VERBAL, answer)
            _settle_doubt(work, rule.name)
        case Decision.REJECT | Decision.REVISE:
            state = AskState.REJECTED if trigger.decision is Decision.REJECT else AskState.REVISE
            _grant(work, rule.id, version, state, answer)
            go_back(work, scene.workflow.revise)
            if state is AskState.REJECTED:
                work.hold(Hold.REJECTED, rule.name)
    advance(work)
    done(work, trigger.by, f"{rule.name} kararı kaydedildi.")


def _office_meant(work: Work, version: Version) -> Office | None:
    """The office of a ruling that names none: the one in doubt, else the only one outstanding."""
    item = work.item
    current = [a for a in item.asks if a.version == version.number and a.state is not AskState.WITHDRAWN]
    waiting = [a for a in current if a.state not in GRANTED]
    if item.hold is Hold.CONTRADICTION:
        doubted = [a for a in current if office_name(work.scene.book, a.office) == item.hold_by]
    else:
        doubted = [a for a in waiting if a.history or a.answer]
    for candidates in (doubted, waiting):
        if len(candidates) == 1:
            return candidates[0].office
    return None


def _written_since(ask: Ask) -> bool:
    """Whether the office itself approved in writing after its objection: staff need only confirm it."""
    objection = ask.answer
    return objection is not None and any(
        a.decision is Decision.APPROVE and a.channel == "mail" and a.at > objection.at for a in ask.history
    )


def _settle_doubt(work: Work, name: str) -> None:
    """The office `name` is in doubt no longer; the item goes on once nobody is."""
    item = work.item
    if item.hold not in (Hold.CONTRADICTION, Hold.REJECTED):
        return
    doubted = [n for n in item.hold_by.split(", ") if n != name]
    if doubted or item.objections:
        work.item = replace(item, hold_by=", ".join(doubted) or item.hold_by)
        return
    work.item = replace(item, hold=None, hold_by="")
    resume_reminders(work)
    if (stage := work.stage) is not None and stage.wait:
        start_waits(work, stage)
