"""step(): what one trigger means for one item. Pure; the shell applies the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from mailbot.core.advance import (
    advance,
    bound_fields,
    close,
    content_digest,
    go_back,
    missing,
    reopen_unapproved,
    start_waits,
    understood,
    wait_over,
)
from mailbot.core.answers import answered
from mailbot.core.asking import (
    ask_again,
    ask_unreached,
    put_ask,
    remind,
    resume_reminders,
    withdraw_needless,
)
from mailbot.core.decision import Decision
from mailbot.core.item import CANCELLED, GRANTED, Answer, Ask, AskState, FieldValue, Hold, Item, Version
from mailbot.core.mailvalues import DECISION_LABELS, item_values, office_name
from mailbot.core.outcome import MailOrder, Outcome, Plain, Purpose
from mailbot.core.people import holders, staff, told
from mailbot.core.rules import Tell
from mailbot.core.scene import Scene, Work, required
from mailbot.core.trigger import (
    Actor,
    Answered,
    Cancelled,
    Changed,
    Chosen,
    Closed,
    Noted,
    Published,
    Resumed,
    Ruled,
    Stopped,
    TimerFired,
    Trigger,
    Undelivered,
    Unproved,
    Waived,
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
    _refresh(work, by, alone=True)
    advance(work)
    work.item = replace(work.item, missing=tuple(dict.fromkeys((*work.item.missing, *gaps))))
    _answer_staff(work)
    return work.outcome()


def _answer_staff(work: Work) -> None:
    """Tell staff once, and first, how the item stands after all that followed from their mail."""
    work.mails = [understood(work), *(m for m in work.mails if m.template != "kayit-acildi")]


def step(scene: Scene, item: Item, trigger: Trigger) -> Outcome:
    """All that follows from `trigger` for `item` at `scene.now`."""
    work = Work(scene, item)
    match trigger:
        case Answered():
            answered(work, trigger)
        case Unproved():
            _unproved(work, trigger)
        case Changed():
            _changed(work, trigger)
        case Stopped():
            _stopped(work, trigger)
        case Resumed():
            _resumed(work, trigger)
        case Cancelled():
            _cancelled(work, trigger)
        case Waived():
            _waived(work, trigger)
        case Ruled():
            _ruled(work, trigger)
        case Chosen():
            _chosen(work, trigger)
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


def _by(actor: Actor, **more: Plain) -> dict[str, Plain]:
    return {
        "by": str(actor.address),
        "proof": actor.proof.by,
        "level": actor.proof.level.name,
        "letter": actor.letter,
    } | more


def _done(work: Work, by: Actor, sentence: str) -> None:
    work.mails.append(
        MailOrder(
            "komut-tamam",
            staff(work.scene, work.item, by.address),
            Purpose.STAFF,
            {"item": item_values(work.scene, work.item, work.item.version), "done": sentence},
        )
    )


def _refused(work: Work, by: Actor, problem: str, what_to_do: str) -> None:
    work.note("refused", problem, _by(by))
    work.mails.append(
        MailOrder(
            "hatali-ileti",
            staff(work.scene, work.item, by.address),
            Purpose.STAFF,
            {"item": item_values(work.scene, work.item), "problem": problem, "what_to_do": what_to_do},
        )
    )


def _refresh(work: Work, by: Actor, *, alone: bool) -> bool:
    """Make a version where the bound fields are complete and new; True where one was made."""
    scene, item = work.scene, work.item
    lacking = missing(scene, item)
    work.item = item = replace(item, missing=lacking)
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
        _by(by, version=version.number, digest=digest),
    )
    return True


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


def _changed(work: Work, trigger: Changed) -> None:
    item = work.item
    if not item.open or item.released_at is not None:
        _refused(
            work,
            trigger.by,
            "Kayıt yayımlandıktan ya da kapandıktan sonra değiştirilemez.",
            "Yanlış yayımlanan bir metin için düzeltme metnini yeni bir ileti olarak gönderiniz.",
        )
        return
    fields: Mapping[str, FieldValue] = {**item.fields, **trigger.fields}
    thread = item.thread
    if trigger.message_id is not None and trigger.message_id not in thread:
        thread = (*thread, trigger.message_id)
    work.item = replace(
        item,
        fields=fields,
        department=trigger.department or item.department,
        gm=trigger.gm or (item.gm if trigger.department in (None, item.department) else None),
        thread=thread,
    )
    made = _refresh(work, trigger.by, alone=False)
    withdraw_needless(work)
    if made and len(work.item.versions) > 1:
        _supersede(work)
    elif not made and not trigger.department and not trigger.gm and not work.item.missing:
        work.note("unchanged", "Gelen iletide onaya sunulan içerikte bir değişiklik yok.", _by(trigger.by))
    reopen_unapproved(work)
    advance(work)
    _answer_staff(work)


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
    work.drop_timers("remind:*", "wait:*")
    work.dropped_mails += [Purpose.ASK, Purpose.ASK_BACK, Purpose.REMINDER, Purpose.RELEASE, Purpose.TASK]
    if asks:
        work.item = replace(work.item, stage=work.scene.workflow.reopen, entered_at=work.scene.now, passed=())
        if stopped is None:
            ask_again(work, version)


def _stopped(work: Work, trigger: Stopped) -> None:
    item = work.item
    if not item.open:
        _refused(
            work,
            trigger.by,
            "Kayıt zaten kapanmış; durdurulacak bir işlem yok.",
            "Bir şey yapmanız gerekmiyor.",
        )
        return
    released = item.released_at is not None
    work.note("stopped", f"{trigger.by.name or trigger.by.address} durdurdu.", _by(trigger.by))
    work.hold(Hold.STOPPED, trigger.by.name or str(trigger.by.address))
    reason = (
        "Yayın başlamıştı: henüz gönderilmemiş iletiler durduruldu, gönderilenler geri alınamaz."
        if released
        else "Yayın başlamadan durduruldu; hiçbir metin gönderilmedi."
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
        _refused(work, trigger.by, "Kayıt durdurulmuş değil.", "Bir şey yapmanız gerekmiyor.")
        return
    if item.hold is None:
        _done(work, trigger.by, "Daha önce sorulamayan makamlara şimdi soruldu.")
        return
    if item.released_at is not None:
        _refused(
            work,
            trigger.by,
            "Yayını başlamış bir kayıt kendiliğinden sürdürülemez.",
            "Gönderilmeyen alıcıları “mailbot resend” ile tek tek gönderiniz ya da KAPAT yazınız.",
        )
        return
    version = item.version
    if item.objections:
        _refused(
            work,
            trigger.by,
            "Bir makam bu sürüme onay vermedi; DEVAM ile sürdürülemez.",
            "Yeni metni gönderiniz ya da makamla görüşüp “KARAR: ONAY” yazınız.",
        )
        return
    work.item = replace(item, hold=None, hold_by="")
    resume_reminders(work)
    work.note("resumed", f"{trigger.by.name or trigger.by.address} kaydı sürdürdü.", _by(trigger.by))
    if version is not None and any(a.version < version.number for a in item.asks):
        ask_again(work, version)
    stage = work.stage
    if stage is not None and stage.wait:
        start_waits(work, stage)
    advance(work)
    _done(work, trigger.by, "Kayıt kaldığı yerden sürdürülüyor.")


def _cancelled(work: Work, trigger: Cancelled) -> None:
    item = work.item
    if not item.open or item.released_at is not None:
        _refused(
            work,
            trigger.by,
            "Yayımlanmış ya da kapanmış bir kayıt iptal edilemez.",
            "Yayımlanan metin için düzeltme gönderiniz; kaydı kapatmak için KAPAT yazınız.",
        )
        return
    asked = told(work.scene, Tell("asked", "iptal-bildirimi"), item)
    work.note(
        "cancelled",
        f"{trigger.by.name or trigger.by.address} iptal etti: {trigger.reason or 'gerekçe yok'}.",
        _by(trigger.by),
    )
    asks = tuple(replace(a, state=AskState.WITHDRAWN) if a.state is AskState.OPEN else a for a in item.asks)
    work.item = replace(item, stage=CANCELLED, asks=asks, hold=None, entered_at=work.scene.now)
    work.drop_timers("*")
    work.dropped_mails += [Purpose.ASK, Purpose.ASK_BACK, Purpose.REMINDER, Purpose.RELEASE, Purpose.TASK]
    values = {"item": item_values(work.scene, work.item, item.version)}
    work.mails += [MailOrder("iptal-bildirimi", (person,), Purpose.NOTICE, values) for person in asked]
    _done(work, trigger.by, "Kayıt iptal edildi; kendisine sorulan makamlara kısa bir bildirim gönderildi.")


def _waived(work: Work, trigger: Waived) -> None:
    scene, item = work.scene, work.item
    rule = scene.book.offices.get(trigger.office)
    version = item.version
    needed = {office for _, _, office in required(scene, item)}
    ended = not item.open or item.released_at is not None
    ask = item.ask_of(trigger.office, version.number) if version else None
    granted = ask is not None and ask.state in GRANTED
    if rule is None or trigger.office not in needed or version is None or ended or granted:
        _refused(
            work, trigger.by, "Bu kayıtta böyle bir makamın onayı beklenmiyor.", "Makamın adını denetleyiniz."
        )
        return
    if ask in item.objections:
        _refused(
            work,
            trigger.by,
            f"{rule.name} bu sürüme onay vermedi; itiraz eden bir makamın onayından vazgeçilemez.",
            "Yeni metni gönderiniz ya da makamla görüşüp “KARAR: ONAY” yazınız.",
        )
        return
    if not rule.waivable:
        _refused(
            work,
            trigger.by,
            f"{rule.name} onayından vazgeçilemez.",
            "Makamın onayını bekleyiniz; sözlü onay verdiyse SÖZLÜ ONAY satırıyla bildiriniz.",
        )
        return
    if not trigger.reason.strip():
        _refused(
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
        _by(
            trigger.by,
            office=trigger.office,
            version=version.number,
            digest=version.digest,
            reason=trigger.reason,
        ),
    )
    advance(work)
    _done(work, trigger.by, f"{rule.name} onayından vazgeçildiği gerekçesiyle kaydedildi.")


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


def _ruled(work: Work, trigger: Ruled) -> None:
    """KARAR and SÖZLÜ ONAY: a verbal decision that proved staff vouch for (E12, T17)."""
    scene, item, version = work.scene, work.item, work.item.version
    if version is None or not item.open or item.released_at is not None:
        _refused(work, trigger.by, "Bu kayıtta beklenen bir karar yok.", "Kaydın durumunu DURUM ile sorunuz.")
        return
    office = trigger.office or _office_meant(work, version)
    rule = scene.book.offices.get(office) if office else None
    ask = item.ask_of(office, version.number) if office else None
    if rule is None or ask is None or ask.state is AskState.WITHDRAWN:
        _refused(
            work,
            trigger.by,
            "Kararın hangi makama ait olduğu anlaşılamadı.",
            "Makamı da yazınız; örneğin “KARAR: Bakanlık ONAY”.",
        )
        return
    if trigger.decision is Decision.APPROVE and not rule.verbal and not _written_since(ask):
        _refused(
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
        _by(
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
        case _:
            pass
    advance(work)
    _done(work, trigger.by, f"{rule.name} kararı kaydedildi.")


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


def _chosen(work: Work, trigger: Chosen) -> None:
    """One of the three ways on after a refusal (E3)."""
    item, offered = work.item, work.scene.workflow.reject
    if item.released_at is not None or not (
        item.objections or item.hold in (Hold.REJECTED, Hold.CONTRADICTION)
    ):
        _refused(
            work, trigger.by, "Bu kayıtta seçim bekleyen bir ret yok.", "Kaydın durumunu DURUM ile sorunuz."
        )
        return
    match trigger.choice:
        case "web" if "web" not in offered or item.fields.get("to") == "web":
            _refused(
                work,
                trigger.by,
                "Bu haber zaten yalnız web ve sosyal medya içindi.",
                "Yeni metni gönderiniz ya da İPTAL yazınız.",
            )
        case "web":
            _changed(work, Changed(trigger.by, {"to": "web"}))
        case "iptal":
            _cancelled(work, Cancelled(trigger.by, "ret üzerine"))
        case _:
            # The item stays held: what is still open must not release the text that is being replaced.
            work.note("choice", f"{trigger.by.name} yeni sürüm hazırlanacağını bildirdi.", _by(trigger.by))
            _done(work, trigger.by, "Yeni metni bu iletiyi yanıtlayarak gönderiniz.")


def _closed(work: Work, trigger: Closed) -> None:
    item = work.item
    if not item.open:
        _refused(work, trigger.by, "Kayıt zaten kapanmış.", "Bir şey yapmanız gerekmiyor.")
        return
    if item.released_at is None and any(a.state is AskState.OPEN for a in item.asks):
        _refused(
            work,
            trigger.by,
            "Onayı beklenen makamlar var; kayıt bu durumda kapatılamaz.",
            "Haberden vazgeçildiyse İPTAL yazınız; sorulan makamlara kısa bir bildirim gönderilir.",
        )
        return
    work.note("command", f"{trigger.by.name} kaydı kapattı.", _by(trigger.by))
    close(work)


def _published(work: Work, trigger: Published) -> None:
    item = work.item
    if item.released_at is None:
        _refused(
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
            "published", f"{link.channel}: {link.url}", _by(trigger.by, channel=link.channel, url=link.url)
        )
    advance(work)
    if work.item.open:
        _done(work, trigger.by, "Bağlantılar kaydedildi; kalan kanalların bağlantıları bekleniyor.")


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
        case "wait":
            if work.item.hold is None and work.item.open and wait_over(work, rest):
                work.item = replace(work.item, passed=tuple(sorted({*work.item.passed, rest})))
                advance(work)
