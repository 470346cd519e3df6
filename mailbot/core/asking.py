"""Asking offices: the ask, its copies and keys, reminders, and the ask after a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.core.difference import FieldChange, changed_fields
from mailbot.core.item import GRANTED, Ask, AskState, Copy, Version
from mailbot.core.mailvalues import item_values, label_of, load_of, office_name
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import deciders, holders, principals, staff
from mailbot.core.rules import Stage
from mailbot.core.scene import Work, office_named, required, rule_of
from mailbot.core.values import Address, ItemRef, MessageId, Office, Token


def ask_message_id(ref: ItemRef, version: int, token: Token, domain: str) -> MessageId:
    """The Message-ID of an ask: it carries the key, so that References lead back to it."""
    return MessageId(f"<{ref}.{version}.{token}@{domain}>".lower())


def _trouble(work: Work, office: Office | None) -> str | None:
    """Why `office` cannot be asked today, a Turkish phrase; None where it can."""
    if office is None:
        return "ilgili Genel Müdürlük (GM: … satırıyla yazınız)"
    rule = rule_of(work.scene, office)
    if rule is None or not deciders(work.scene, rule):
        return f"{office_name(work.scene.book, office)} için bugün geçerli bir e-posta adresi (rehber)"
    return None


def _unasked(work: Work, stage: Stage, version: Version) -> tuple[Office | None, ...]:
    """The offices of `stage` without a standing ask of `version`: not asked, not waived, not ruled for."""
    offices = (office_named(spec, work.item, work.scene.book) for spec in stage.ask)
    asks = ((o, work.item.ask_of(o, version.number) if o else None) for o in offices)
    return tuple(o for o, ask in asks if ask is None or ask.state is AskState.WITHDRAWN)


def unaskable(work: Work, stage: Stage) -> tuple[str, ...]:
    """Why some office of `stage` that must still be asked cannot be, a Turkish phrase each."""
    version = work.item.version
    if version is None:
        return ()
    troubles = (_trouble(work, office) for office in _unasked(work, stage, version))
    return tuple(t for t in troubles if t is not None)


def ensure_asks(work: Work, stage: Stage) -> None:
    """Ask every office of `stage` that has not been asked for the current version and can be.

    Who can be asked does not wait for an address that the directory lacks.
    """
    version = work.item.version
    if version is None:
        return
    for office in _unasked(work, stage, version):
        if office is not None and _trouble(work, office) is None:
            _ask(work, stage, office, version, again=False)


def ask_unreached(work: Work) -> None:
    """Ask anew whoever no copy of the current ask reached (E18): the directory may be right now."""
    version = work.item.version
    if version is None:
        return
    for ask in work.item.asks:
        stage = stage_asking(work, ask.office)
        if stage is None or ask.version != version.number or ask.state is not AskState.UNDELIVERED:
            continue
        if _trouble(work, ask.office) is None:
            _ask(work, stage, ask.office, version, again=False)


def withdraw_needless(work: Work) -> None:
    """Open asks of offices that the item no longer needs are not waited for (another department)."""
    needed = {office for _, _, office in required(work.scene, work.item)}
    for ask in work.item.asks:
        if ask.state in (AskState.OPEN, AskState.UNDELIVERED) and ask.office not in needed:
            put_ask(work, replace(ask, state=AskState.WITHDRAWN))
            work.drop_timers(reminder_key(ask))


def ask_again(work: Work, version: Version) -> None:
    """A changed text is asked again, at once, of every required office that was ever asked (1.1.4, E4)."""
    before = {ask.office for ask in work.item.asks if ask.version < version.number}
    for stage, _, office in required(work.scene, work.item):
        if office is None or office not in before or _trouble(work, office) is not None:
            continue
        if work.item.ask_of(office, version.number) is None:
            _ask(work, stage, office, version, again=True)


def _ask(work: Work, stage: Stage, office: Office, version: Version, *, again: bool) -> None:
    scene, item = work.scene, work.item
    rule = scene.book.offices[office]
    copies = tuple(
        Copy(person.address, person.name, next(scene.keys), deputy)
        for person, deputy in deciders(scene, rule)
    )
    unreached = item.ask_of(office, version.number)
    earlier = [a for a in item.asks if a.office == office and a.copies and a is not unreached]
    ask = Ask(office, version.number, AskState.OPEN, scene.now, copies)
    if unreached is not None:
        ask = replace(ask, copies=(*unreached.copies, *copies), history=unreached.history)
    put_ask(work, ask)
    item = work.item

    values: dict[str, object] = {"item": item_values(scene, item, version)}
    if again:
        previous = (earlier[-1].version if earlier else version.number - 1) or 1
        old = next(v for v in item.versions if v.number == previous)
        values |= {"previous_version": previous, "changes": _named_changes(work, old, version)}
    work.mails += [
        MailOrder(
            template=stage.again_mail if again else stage.ask_mail,
            to=(recipient,),
            purpose=Purpose.ASK,
            values=values,
            files=load_of(scene.book, version.bound).carried,
            version=version.number,
            references=_thread(work, earlier, stage, recipient.address),
        )
        for recipient in holders(scene, ask)
    ]
    work.mails += [
        MailOrder(
            template=stage.again_mail if again else stage.ask_mail,
            to=(principal,),
            purpose=Purpose.NOTICE,
            values=values,
            files=load_of(scene.book, version.bound).carried,
            version=version.number,
        )
        for principal in principals(scene, ask)
    ]
    names = ", ".join(copy.name or str(copy.address) for copy in copies)
    work.note(
        "ask",
        f"{rule.name} makamına Sürüm {version.number} soruldu ({names}).",
        {"office": office, "version": version.number, "digest": version.digest},
    )
    set_reminder(work, ask, stage)


def _named_changes(work: Work, old: Version, new: Version) -> tuple[FieldChange, ...]:
    """What differs, with the names that the workflow gives its fields."""
    rules = work.scene.workflow.fields
    return tuple(
        replace(change, label=label_of(rules[change.field])) if change.label == change.field else change
        for change in changed_fields(old.bound, new.bound)
    )


def _thread(work: Work, earlier: list[Ask], stage: Stage, person: Address) -> tuple[MessageId, ...]:
    """What the ask answers to: the person's earlier asks; before them, for the first office, staff's mail."""
    domain = work.scene.book.unit.address.domain
    ids = tuple(
        ask_message_id(work.item.ref, ask.version, copy.token, domain)
        for ask in earlier
        for copy in ask.copies
        if copy.address == person
    )
    first_asked = next((s for s in work.scene.workflow.stages if s.ask), None)
    return (*(work.item.thread if first_asked is stage else ()), *ids)


def reminder_key(ask: Ask) -> str:
    return f"remind:{ask.office}:{ask.version}"


def set_reminder(work: Work, ask: Ask, stage: Stage) -> None:
    """The next reminder of an open ask, in working hours."""
    if ask.reminders >= len(stage.remind):
        return
    span = stage.remind[ask.reminders]
    calendar, now = work.scene.book.calendar, work.scene.now
    due = calendar.add(now, span.length) if span.working else now + span.length
    if not stage.any_hour:
        due = calendar.next_working(due)
    if ask.remind_after is not None:
        due = max(due, ask.remind_after)
    work.set_timer(reminder_key(ask), due)


def stage_asking(work: Work, office: Office) -> Stage | None:
    """The stage of the workflow that asks `office` for this item."""
    return next((stage for stage, _, asked in required(work.scene, work.item) if asked == office), None)


def remind(work: Work, office: Office, version: int) -> None:
    """A reminder is due (T3). Silence is never consent: after the last one staff are told (E2)."""
    scene, item = work.scene, work.item
    ask = item.ask_of(office, version)
    stage = stage_asking(work, office)
    if ask is None or stage is None or ask.state is not AskState.OPEN:
        return
    if item.hold is not None or not item.open or item.released_at is not None:
        return
    if item.version is None or item.version.number != version:
        return
    calendar = scene.book.calendar
    if not stage.any_hour and not calendar.is_working(scene.now):
        work.set_timer(reminder_key(ask), calendar.next_working(scene.now))
        return
    if ask.remind_after is not None and scene.now < ask.remind_after:
        work.set_timer(reminder_key(ask), ask.remind_after)
        return
    ask = replace(ask, reminders=ask.reminders + 1, remind_after=None)
    put_ask(work, ask)
    values = {
        "item": item_values(scene, work.item, item.version),
        "asked_at": ask.asked_at,
        "reminder_no": ask.reminders,
    }
    domain = scene.book.unit.address.domain
    work.mails += [
        MailOrder(
            template=stage.remind_mail,
            to=(recipient,),
            purpose=Purpose.REMINDER,
            values=values,
            version=version,
            reply_to_id=ask_message_id(item.ref, version, recipient.token, domain)
            if recipient.token
            else None,
        )
        for recipient in holders(scene, ask)
    ]
    name = office_name(scene.book, office)
    work.note("reminder", f"{name} makamına hatırlatma gönderildi ({ask.reminders}.).", {"office": office})
    if ask.reminders >= len(stage.remind):
        work.note("late", f"{name} yanıtı gecikti; telefonla aranması gerekiyor.", {"office": office})
        work.mails.append(
            MailOrder(
                "onay-gecikti",
                staff(scene, item),
                Purpose.STAFF,
                {
                    "item": item_values(scene, work.item),
                    "office": name,
                    "short": rule.short if (rule := rule_of(scene, office)) else name,
                    "asked_at": ask.asked_at,
                    "reminders": ask.reminders,
                },
            )
        )
    else:
        set_reminder(work, ask, stage)


def put_ask(work: Work, ask: Ask) -> None:
    """Replace the item's ask of the same office and version, or add it."""
    same = [a for a in work.item.asks if (a.office, a.version) == (ask.office, ask.version)]
    asks = tuple(ask if a is same[0] else a for a in work.item.asks) if same else (*work.item.asks, ask)
    work.item = replace(work.item, asks=asks)


def postpone_reminder(work: Work, ask: Ask) -> None:
    """The office said "later": no reminder before the next working morning."""
    calendar = work.scene.book.calendar
    tomorrow = calendar.end_of_day(work.scene.today) + timedelta(minutes=1)
    until = calendar.add(max(tomorrow, work.scene.now), timedelta(hours=1))
    ask = replace(ask, remind_after=until)
    put_ask(work, ask)
    stage = stage_asking(work, ask.office)
    if stage is not None and ask.reminders < len(stage.remind):
        work.set_timer(reminder_key(ask), until)


def resume_reminders(work: Work) -> None:
    """After a hold: reminders of the asks that are still open start again."""
    version = work.item.version
    for ask in work.item.asks:
        stage = stage_asking(work, ask.office)
        if version and stage and ask.version == version.number and ask.state is AskState.OPEN:
            set_reminder(work, ask, stage)


def all_granted(work: Work, stage: Stage) -> bool:
    """Whether every office of `stage` granted exactly the current version."""
    version = work.item.version
    if version is None:
        return False
    for spec in stage.ask:
        office = office_named(spec, work.item, work.scene.book)
        ask = work.item.ask_of(office, version.number) if office else None
        if ask is None or ask.state not in GRANTED:
            return False
    return True
