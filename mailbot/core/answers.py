"""What an approver's answer does to an item (process 1.1.2 to 1.1.4, E4, E17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from mailbot.core.advance import advance, go_back
from mailbot.core.asking import postpone_reminder, put_ask, reminder_key
from mailbot.core.choosing import WEB, put_choices
from mailbot.core.collecting import send_errand
from mailbot.core.decision import Decision
from mailbot.core.item import GRANTED, Answer, Ask, AskState, Hold
from mailbot.core.mailvalues import DECISION_LABELS, answer_values, item_values, office_name, person_name
from mailbot.core.outcome import MailOrder, Plain, Purpose, Recipient
from mailbot.core.people import holders, staff
from mailbot.core.scene import Work
from mailbot.core.trigger import Answered

_WAITING = frozenset({AskState.OPEN, AskState.UNDELIVERED})
_OFFERS = 6
"""Corrected texts that wait for staff; the oldest gives way."""


def answered(work: Work, trigger: Answered) -> None:
    """Apply a proved answer of an asked office to the ask it belongs to."""
    item, answer = work.item, trigger.answer
    ask = item.ask_of(trigger.office, trigger.version)
    current = item.version.number if item.version else 0
    if ask is None:
        work.note("unasked", f"{_who(work, trigger)} yanıt verdi, ancak kendisine sorulmamıştı.")
        return
    _record(work, ask, answer)
    rule = work.scene.book.offices.get(ask.office)
    if answer.decision is Decision.APPROVE and (rule is None or answer.level < rule.least_proof):
        # The shell asks such a sender back; the engine does not rely on it.
        work.note("weak", f"{_who(work, trigger)} onayı bu makam için yeterince kanıtlı değil; sayılmadı.")
        return
    if not item.open or item.released_at is not None:
        _after_release(work, ask, answer)
    elif trigger.version < current:
        _old_version(work, ask, answer, current)
    elif ask.state in _WAITING and trigger.web_only and item.fields.get("to") != WEB:
        _web_only(work, ask, answer)
    elif ask.state in _WAITING:
        _offered(work, trigger)
        _EFFECTS[answer.decision](work, ask, answer)
    elif ask.state in GRANTED:
        _offered(work, trigger)
        _after_grant(work, ask, answer)
    else:
        _offered(work, trigger)
        _after_refusal(work, ask, answer)
    advance(work)


def _offered(work: Work, trigger: Answered) -> None:
    """A corrected text in a document waits for staff: it is no version before they say so (1.1.2)."""
    if trigger.offer is None:
        return
    name = _who(work, trigger)
    offer = replace(trigger.offer, sender=name)
    others = tuple(o for o in work.item.offers if o.sender != name)
    work.item = replace(work.item, offers=(*others, offer)[-_OFFERS:])
    work.note("offer", f"{name} düzeltilmiş metni “{offer.source}” ile gönderdi; karar personelin.")


def _who(work: Work, trigger: Answered) -> str:
    return office_name(work.scene.book, trigger.office)


def _record(work: Work, ask: Ask, answer: Answer) -> None:
    version = next(v for v in work.item.versions if v.number == ask.version)
    data: dict[str, Plain] = {
        "office": ask.office,
        "version": ask.version,
        "digest": version.digest,
        "decision": answer.decision.value,
        "person": str(answer.person),
        "words": answer.words,
        "level": answer.level.name,
        "proof": answer.proof,
        "channel": answer.channel,
        "letter": answer.letter,
        "recorded_by": str(answer.recorded_by) if answer.recorded_by else None,
    }
    name = person_name(work.scene.book, answer.person)
    work.note(
        "answer",
        f"{office_name(work.scene.book, ask.office)} ({name}), Sürüm {ask.version}: "
        f"{DECISION_LABELS[answer.decision]} — “{_short(answer.words)}”.",
        data,
    )


def _short(words: str, limit: int = 200) -> str:
    words = " ".join(words.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def _tell_staff(work: Work, template: str, ask: Ask, answer: Answer, next_step: str = "") -> None:
    work.mails.append(
        MailOrder(
            template,
            staff(work.scene, work.item),
            Purpose.STAFF,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "answer": answer_values(work.scene.book, ask.office, answer),
                "next_step": next_step,
            },
            version=ask.version,
        )
    )


def _approve(work: Work, ask: Ask, answer: Answer) -> None:
    put_ask(work, replace(ask, state=AskState.APPROVED, answer=answer))
    work.drop_timers(reminder_key(ask))
    left = [
        office_name(work.scene.book, a.office)
        for a in work.item.asks
        if a.version == ask.version and a.state in _WAITING
    ]
    step = f"Yanıtı beklenenler: {', '.join(left)}." if left else "Bu aşamada beklenen başka yanıt kalmadı."
    _tell_staff(work, "yanit-bildirimi", ask, answer, step)


def _revise(work: Work, ask: Ask, answer: Answer) -> None:
    put_ask(work, replace(ask, state=AskState.REVISE, answer=answer))
    go_back(work, work.scene.workflow.revise)
    stage = work.stage
    if stage is not None and stage.collect is not None and not stage.collect.on_order:
        send_errand(work, stage, words=answer.words)
    _tell_staff(work, "duzeltme-istendi", ask, answer)


def _reject(work: Work, ask: Ask, answer: Answer) -> None:
    _refuse(work, replace(ask, state=AskState.REJECTED, answer=answer), answer)


def _web_only(work: Work, ask: Ask, answer: Answer) -> None:
    """A wish that drops the press and leaves the web is a refusal with a way on (decisions, S4)."""
    if answer.decision is Decision.REVISE:
        _refuse(work, replace(ask, state=AskState.REVISE, answer=answer), answer)
    else:
        _EFFECTS[answer.decision](work, ask, answer)


def _refuse(work: Work, ask: Ask, answer: Answer) -> None:
    """Nothing goes on until staff, or the office that may choose, say how (E3)."""
    put_ask(work, ask)
    go_back(work, work.scene.workflow.revise)
    work.hold(Hold.REJECTED, office_name(work.scene.book, ask.office))
    shown = {
        "item": item_values(work.scene, work.item, work.item.version),
        "answer": answer_values(work.scene.book, ask.office, answer),
    }
    chooser = put_choices(work, ask, shown)
    step = f"Aynı üç yol şu makama da soruldu: {chooser}." if chooser else ""
    _tell_staff(work, "ret-geldi", ask, answer, step)


def _defer(work: Work, ask: Ask, answer: Answer) -> None:
    postpone_reminder(work, replace(ask, history=(*ask.history, answer)))
    _tell_staff(
        work, "yanit-bildirimi", ask, answer, "Yanıt bekleniyor; hatırlatma bir sonraki iş gününe alındı."
    )


def _question(work: Work, ask: Ask, answer: Answer) -> None:
    put_ask(work, replace(ask, history=(*ask.history, answer)))
    _tell_staff(
        work,
        "yanit-bildirimi",
        ask,
        answer,
        "Soruyu lütfen ilgili makama siz yanıtlayınız; onayı hâlâ bekleniyor.",
    )


def _nothing(work: Work, ask: Ask, answer: Answer) -> None:
    put_ask(work, replace(ask, history=(*ask.history, answer)))


def _unclear(work: Work, ask: Ask, answer: Answer) -> None:
    """An unclear reply costs one question, never a guess."""
    put_ask(work, replace(ask, history=(*ask.history, answer)))
    work.mails += [
        MailOrder(
            "yanit-netlestirme",
            (recipient,),
            Purpose.ASK_BACK,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "answer": answer_values(work.scene.book, ask.office, answer),
            },
            version=ask.version,
            once=f"netlestirme:{work.item.ref}:{ask.version}",
        )
        for recipient in _answerer(work, ask, answer, key=True)
    ]
    _tell_staff(work, "belirsiz-yanit", ask, answer)


_EFFECTS: Mapping[Decision, Callable[[Work, Ask, Answer], None]] = {
    Decision.APPROVE: _approve,
    Decision.REVISE: _revise,
    Decision.REJECT: _reject,
    Decision.DEFER: _defer,
    Decision.QUESTION: _question,
    Decision.NONE: _nothing,
    Decision.UNCLEAR: _unclear,
}


def _answerer(work: Work, ask: Ask, answer: Answer, *, key: bool) -> tuple[Recipient, ...]:
    """The person who answered, at the registered address."""
    return tuple(r for r in holders(work.scene, ask, key=key) if r.address == answer.person)


def _already(work: Work, ask: Ask, answer: Answer, what: str) -> None:
    earlier = ask.answer
    work.mails += [
        MailOrder(
            "zaten-sonuclandi",
            (recipient,),
            Purpose.NOTICE,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "who": person_name(work.scene.book, earlier.person) if earlier else "",
                "when": earlier.at if earlier else work.item.released_at or work.scene.now,
                "what": what,
            },
            version=ask.version,
            once=f"zaten:{work.item.ref}:{ask.version}",
        )
        for recipient in _answerer(work, ask, answer, key=False)
    ]


def _after_grant(work: Work, ask: Ask, answer: Answer) -> None:
    """A second answer to an ask that was granted (E17): approve-then-refuse counts as the refusal."""
    match answer.decision:
        case Decision.APPROVE if ask.state is AskState.APPROVED:
            _already(work, ask, answer, "Bu metin zaten onaylandı")
        case Decision.APPROVE:
            put_ask(
                work,
                replace(ask, state=AskState.APPROVED, answer=answer, history=_kept(ask)),
            )
            work.note("written", f"{office_name(work.scene.book, ask.office)} yazılı onayını da gönderdi.")
            _tell_staff(work, "yanit-bildirimi", ask, answer, "Sözlü kaydın yerini yazılı onay aldı.")
        case Decision.REVISE | Decision.REJECT:
            state = AskState.REVISE if answer.decision is Decision.REVISE else AskState.REJECTED
            put_ask(work, replace(ask, state=state, answer=answer, history=_kept(ask)))
            go_back(work, work.scene.workflow.revise)
            work.hold(Hold.CONTRADICTION, office_name(work.scene.book, ask.office))
            work.note("contradiction", "Aynı makamdan önce onay, sonra farklı yanıt geldi; kayıt durduruldu.")
            _tell_staff(
                work,
                "yanit-bildirimi",
                ask,
                answer,
                "Aynı makam önce onay vermişti; kayıt durduruldu. Makamla görüşüp yeni metni gönderiniz "
                "ya da “KARAR: ONAY” veya “KARAR: RET” yazınız.",
            )
        case Decision.UNCLEAR | Decision.DEFER:
            put_ask(work, replace(ask, history=(*ask.history, answer)))
            work.hold(Hold.CONTRADICTION, office_name(work.scene.book, ask.office))
            _tell_staff(
                work,
                "yanit-bildirimi",
                ask,
                answer,
                "Aynı makam önce onay vermişti; bu yanıt onunla uyuşmuyor olabilir. Kayıt durduruldu: "
                "devam etmek için DEVAM, durdurmak için İPTAL yazınız.",
            )
        case Decision.QUESTION:
            put_ask(work, replace(ask, history=(*ask.history, answer)))
            _tell_staff(work, "yanit-bildirimi", ask, answer, "Onay geçerli; soruyu lütfen siz yanıtlayınız.")
        case Decision.NONE:
            put_ask(work, replace(ask, history=(*ask.history, answer)))


def _kept(ask: Ask) -> tuple[Answer, ...]:
    return (*ask.history, ask.answer) if ask.answer else ask.history


def _after_refusal(work: Work, ask: Ask, answer: Answer) -> None:
    """An answer after the same office asked for a change or refused: staff are told, nothing is guessed."""
    if answer.decision is Decision.REJECT and ask.state is AskState.REVISE:
        _reject(work, replace(ask, history=_kept(ask)), answer)
        return
    put_ask(work, replace(ask, history=(*ask.history, answer)))
    if answer.decision is Decision.NONE:
        return
    if ask.state is AskState.WITHDRAWN:
        _tell_staff(work, "yanit-bildirimi", ask, answer, "Bu makamın onayı artık beklenmiyor.")
        return
    earlier = "düzeltme istemişti" if ask.state is AskState.REVISE else "uygun görmemişti"
    _tell_staff(
        work,
        "yanit-bildirimi",
        ask,
        answer,
        f"Aynı makam bu sürümü daha önce {earlier}. Makamla görüşüp “KARAR: ONAY”, “KARAR: RET” ya da "
        "“KARAR: DÜZELTME …” yazınız; isterseniz yeni metni gönderiniz.",
    )


def _old_version(work: Work, ask: Ask, answer: Answer, current: int) -> None:
    """An answer to an old text never approves the new one; a refusal of it is still heard."""
    put_ask(work, replace(ask, history=(*ask.history, answer)))
    if answer.decision is Decision.NONE:
        return
    newest = work.item.ask_of(ask.office, current)
    if newest is not None and newest.state in _WAITING:
        keyed = [r for r in holders(work.scene, newest) if r.address == answer.person]
        work.mails += [
            MailOrder(
                "eski-surum",
                (recipient,),
                Purpose.ASK_BACK,
                {
                    "item": item_values(work.scene, work.item, work.item.version),
                    "previous_version": ask.version,
                },
                version=current,
                once=f"eski:{work.item.ref}:{current}",
            )
            for recipient in keyed
        ]
    if answer.decision in (Decision.REVISE, Decision.REJECT):
        work.hold(Hold.CONTRADICTION, office_name(work.scene.book, ask.office))
        _tell_staff(
            work,
            "yanit-bildirimi",
            ask,
            answer,
            f"Yanıt eski Sürüm {ask.version} içindir, ancak itiraz içerdiği için kayıt durduruldu. "
            "Devam etmek için DEVAM yazınız ya da yeni metni gönderiniz.",
        )
    else:
        _tell_staff(
            work, "yanit-bildirimi", ask, answer, f"Yanıt eski Sürüm {ask.version} içindir; sayılmadı."
        )


def _after_release(work: Work, ask: Ask, answer: Answer) -> None:
    """After the release an answer changes nothing; an objection is an alarm to staff."""
    put_ask(work, replace(ask, history=(*ask.history, answer)))
    match answer.decision:
        case Decision.NONE:
            return
        case Decision.APPROVE:
            if ask.state in (AskState.VERBAL, AskState.WAIVED):
                put_ask(work, replace(ask, state=AskState.APPROVED, answer=answer, history=_kept(ask)))
                work.note(
                    "written", f"{office_name(work.scene.book, ask.office)} yazılı onayını da gönderdi."
                )
            ended = "Bu haber zaten yayımlandı" if work.item.released_at else "Bu kayıt zaten kapandı"
            _already(work, ask, answer, ended)
        case _:
            ended = "yayımlandıktan" if work.item.released_at else "kapandıktan"
            _tell_staff(
                work,
                "yanit-bildirimi",
                ask,
                answer,
                f"DİKKAT: Yanıt, kayıt {ended} sonra geldi; kendiliğinden hiçbir şey değişmedi. "
                "Makamla görüşünüz.",
            )
