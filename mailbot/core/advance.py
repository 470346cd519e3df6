"""Moving an item through the stages of its workflow as far as it can go by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.core.alarm import set_alarm
from mailbot.core.asking import all_granted, ensure_asks, resume_reminders, unaskable
from mailbot.core.channels import lacking_channels
from mailbot.core.collecting import (
    checks_privacy,
    ensure_errand,
    file_troubles,
    privacy_troubles,
    source_missing,
)
from mailbot.core.item import CLOSED, GRANTED, FieldValue, Hold, Item, version_digest
from mailbot.core.letter import ProofLevel
from mailbot.core.mailvalues import item_values
from mailbot.core.noticing import set_notices
from mailbot.core.outcome import MailOrder, Purpose, Recipient
from mailbot.core.people import holders, overseers, staff
from mailbot.core.recording import start_record_reminders
from mailbot.core.rules import FieldType, Stage
from mailbot.core.scene import Scene, Work, condition_holds, required
from mailbot.core.telling import copies_of, empty_lists, tell_stage
from mailbot.core.timing import unsaid
from mailbot.core.values import Digest


def missing(scene: Scene, item: Item) -> tuple[str, ...]:
    """What staff still owe before the item can be asked: a Turkish phrase each."""
    fields = scene.workflow.fields
    lacking = [
        " ya da ".join(fields[name].label for name in one_of)
        for stage in scene.workflow.stages
        if condition_holds(stage.when, item)
        for one_of in map(alternatives, stage.need)
        if not any(item.fields.get(name) for name in one_of)
    ]
    lacking += file_troubles(scene, item.fields)
    if checks_privacy(scene):
        lacking += [
            f"içeriğin kimlik bilgisinden arındırılması: {t}" for t in privacy_troubles(scene, item.fields)
        ]
    lacking += [f"{rule.label} zamanı" for rule in fields.values() if unsaid(item.fields.get(rule.name))]
    return tuple(dict.fromkeys(lacking))


def owed_by_staff(scene: Scene, item: Item) -> tuple[str, ...]:
    """What is missing and nobody else was asked for; and why somebody cannot be asked."""
    stage = scene.workflow.stage(item.stage)
    lacking = missing(scene, item)
    if stage is None or stage.collect is None:
        return lacking
    if trouble := source_missing(scene, item, stage):
        return (*(p for p in lacking if p not in _collected(scene, stage)), trouble)
    return tuple(phrase for phrase in lacking if phrase not in _collected(scene, stage))


def _collected(scene: Scene, stage: Stage) -> frozenset[str]:
    """The phrases of `missing` that stand for what the stage collects."""
    fields, collect = scene.workflow.fields, stage.collect
    return frozenset(
        " ya da ".join(fields[name].label for name in one_of)
        for one_of in map(alternatives, stage.need)
        if collect is not None and set(one_of) & set(collect.fields)
    )


def alternatives(need: str) -> tuple[str, ...]:
    """The fields of which one is enough: "text|note"."""
    return tuple(need.split("|"))


def bound_fields(scene: Scene, item: Item) -> dict[str, FieldValue]:
    """The fields that approvals bind to, as they stand; an absent list of files counts as empty."""
    bound: dict[str, FieldValue] = {}
    for rule in scene.workflow.fields.values():
        if not rule.bind:
            continue
        empty: FieldValue = () if rule.type in (FieldType.FILE, FieldType.FILES) else ""
        bound[rule.name] = item.fields.get(rule.name, empty)
    return bound


def content_digest(scene: Scene, item: Item) -> Digest:
    """The digest of the item's bound fields as they stand."""
    return version_digest(bound_fields(scene, item))


def gate_troubles(scene: Scene, item: Item) -> tuple[str, ...]:
    """Why nothing may leave: every reason, a Turkish sentence each; empty where all is approved.

    Checked when the release is decided, and again when each mail leaves.
    """
    version = item.version
    if version is None:
        return ("Onaya sunulmuş bir sürüm yok.",)
    troubles = []
    if item.hold is not None:
        troubles.append(f"Kayıt bekletiliyor ({item.hold.value}).")
    if version_digest(version.bound) != version.digest or content_digest(scene, item) != version.digest:
        troubles.append(f"Kayıttaki içerik, onaylanan Sürüm {version.number} ile aynı değil.")
    for _, spec, office in required(scene, item):
        ask = item.ask_of(office, version.number) if office else None
        if ask is None or ask.state not in GRANTED:
            troubles.append(f"{office or spec} makamının Sürüm {version.number} için onayı yok.")
    if not any(True for _ in required(scene, item)):
        troubles.append("İş akışında hiçbir onay makamı yok.")
    return tuple(troubles)


def advance(work: Work) -> None:
    """Go on until something has to be waited for. Called at the end of every step."""
    for _ in range(2 * len(work.scene.workflow.stages) + 2):
        stage = work.stage
        if stage is None or work.item.hold is not None:
            return
        ensure_errand(work, stage)
        if work.item.version is not None and stage.ask:
            ensure_asks(work, stage)
            work.item = replace(work.item, missing=unaskable(work, stage))
        if not _fulfilled(work, stage):
            return
        following = _next(work, stage)
        if following is None:
            close(work)
            return
        if not _enter(work, following):
            return


def _complete(scene: Scene, item: Item, stage: Stage) -> bool:
    """Whether what the stage needs is there, and nothing else holds the version back.

    What a later stage collects is waited for there, not here.
    """
    if _unmet(item, stage):
        return False
    stages = scene.workflow.stages
    later = stages[stages.index(stage) + 1 :]
    if any(_unmet(item, s) for s in later if condition_holds(s.when, item)):
        return True
    if item.version is None or missing(scene, item):
        return False
    return not item.objections or content_digest(scene, item) != item.version.digest


def _unmet(item: Item, stage: Stage) -> bool:
    return any(not any(item.fields.get(name) for name in alternatives(need)) for need in stage.need)


def _fulfilled(work: Work, stage: Stage) -> bool:
    item = work.item
    if stage.need and not _complete(work.scene, item, stage):
        return False
    if stage.ask and not all_granted(work, stage):
        return False
    if any(condition not in item.passed for condition in stage.wait):
        return False
    return not lacking_channels(stage, item)


def _next(work: Work, stage: Stage) -> Stage | None:
    stages = work.scene.workflow.stages
    later = stages[stages.index(stage) + 1 :]
    return next((s for s in later if condition_holds(s.when, work.item)), None)


def reopen_unapproved(work: Work) -> None:
    """Return to the first stage passed whose approvals are no longer complete (another department)."""
    scene, item = work.scene, work.item
    for stage in scene.workflow.stages:
        if stage.name == item.stage:
            return
        if stage.ask and condition_holds(stage.when, item) and not all_granted(work, stage):
            go_back(work, stage.name)
            resume_reminders(work)
            return


def go_back(work: Work, name: str) -> None:
    """Return to an earlier stage without its mails: reminders and waits of the present one end."""
    work.item = replace(work.item, stage=name, entered_at=work.scene.now, passed=())
    work.drop_timers("wait:*", "remind:*", "record:*", "notice:*")
    work.dropped_mails += [Purpose.RELEASE, Purpose.TASK, Purpose.REMINDER]
    set_alarm(work)
    stage = work.scene.workflow.stage(name)
    work.note("stage", f"Kayıt “{stage.title if stage else name}” aşamasına döndü.", {"stage": name})


def _enter(work: Work, stage: Stage) -> bool:
    """Enter `stage`; False where its gate holds the item back."""
    scene = work.scene
    if stage.gate:
        troubles = (*gate_troubles(scene, work.item), *empty_lists(scene, work.item, stage))
        if troubles:
            work.hold(Hold.STOPPED, "onay denetimi")
            work.note("gate", "Yayın durduruldu: " + " ".join(troubles), {"stage": stage.name})
            work.mails.append(
                MailOrder(
                    "durduruldu",
                    staff(scene, work.item),
                    Purpose.STAFF,
                    {
                        "item": item_values(scene, work.item),
                        "by": "mailbot",
                        "reason": " ".join(troubles),
                        "held": True,
                    },
                )
            )
            return False
    work.item = replace(work.item, stage=stage.name, entered_at=scene.now, passed=())
    work.note("stage", f"Kayıt “{stage.title}” aşamasına geçti.", {"stage": stage.name})
    if trouble := unaskable(work, stage):
        work.item = replace(work.item, missing=trouble)
        work.note("missing", "Sorulamadı, eksik: " + "; ".join(trouble) + ".")
        work.mails.append(understood(work))
    start_waits(work, stage)
    set_alarm(work)
    start_record_reminders(work, stage)
    set_notices(work, stage)
    tell_stage(work, stage)
    return True


def wait_over(work: Work, condition: str) -> bool:
    """Whether the instant of a wait has come: a timer from before a change must not end a later wait."""
    stage, item, now = work.stage, work.item, work.scene.now
    if stage is None or condition not in stage.wait:
        return False
    if condition == "pause":
        return stage.pause is None or item.entered_at is None or now >= item.entered_at + stage.pause.length
    instant = item.fields.get(condition)
    return now >= instant if isinstance(instant, datetime) else not unsaid(instant)


def start_waits(work: Work, stage: Stage) -> None:
    """Set the timers of a waiting stage from now on and announce the pause (duraklama)."""
    scene = work.scene
    work.item = replace(work.item, entered_at=scene.now)
    passed = set(work.item.passed)
    for condition in stage.wait:
        if condition == "pause":
            if stage.pause is None:
                passed.add(condition)
                continue
            due = scene.now + stage.pause.length
            work.set_timer("wait:pause", due)
            _announce_pause(work, due)
        elif condition in scene.workflow.fields:
            instant = work.item.fields.get(condition)
            if isinstance(instant, datetime) and instant > scene.now:
                work.set_timer(f"wait:{condition}", instant)
            elif not unsaid(instant):
                passed.add(condition)
    work.item = replace(work.item, passed=tuple(sorted(passed)))


def _announce_pause(work: Work, due: datetime) -> None:
    """Tell staff, and whoever approved by key and address alone, that a release is about to go."""
    scene, item, version = work.scene, work.item, work.item.version
    if version is None:
        return
    weak: list[Recipient] = []
    for ask in item.asks:
        if ask.version == version.number and ask.answer and ask.answer.level <= ProofLevel.KEY:
            weak += [r for r in holders(scene, ask, key=False) if r.address == ask.answer.person]
    count = sum(copies_of(scene, stage, item) for stage in scene.workflow.stages if stage.gate)
    embargo = item.fields.get("embargo")
    release_at = max(due, embargo) if isinstance(embargo, datetime) else due
    values = {"item": item_values(scene, item, version), "release_at": release_at, "recipients": count}
    for purpose, people in ((Purpose.STAFF, overseers(scene, item)), (Purpose.NOTICE, tuple(weak))):
        if people:
            work.mails.append(
                MailOrder("duraklama-bildirimi", people, purpose, values, version=version.number)
            )


def understood(work: Work) -> MailOrder:
    """The answer to staff: what was understood, what is missing, who is asked (opening by mail)."""
    scene, item = work.scene, work.item
    return MailOrder(
        "kayit-acildi",
        staff(scene, item),
        Purpose.STAFF,
        {"item": item_values(scene, item)},
        reply_to_id=item.thread[-1] if item.thread else None,
        references=item.thread,
    )


def close(work: Work) -> None:
    """The item is done."""
    work.item = replace(work.item, stage=CLOSED, entered_at=work.scene.now, passed=(), missing=())
    work.drop_timers("*")
    work.note("closed", "Kayıt kapandı.")
    work.mails.append(
        MailOrder(
            "kapandi",
            staff(work.scene, work.item),
            Purpose.STAFF,
            {"item": item_values(work.scene, work.item)},
        )
    )
