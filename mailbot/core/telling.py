"""Whom a stage tells when it is entered: tasks, distributions, answers in the asker's own thread."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.channels import lacking_channels
from mailbot.core.event import event_of
from mailbot.core.item import FileRef, Item, Version
from mailbot.core.mailvalues import item_values, load_of
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import leaves_house, staff, told
from mailbot.core.plan import deadline_of, spoken
from mailbot.core.rules import Stage, Tell
from mailbot.core.scene import Scene, Work, condition_holds
from mailbot.core.suffix import tarih_saat
from mailbot.core.values import Address, Office


def empty_lists(scene: Scene, item: Item, stage: Stage) -> tuple[str, ...]:
    """Lists of a release without anybody on them today: it waits rather than go to nobody."""
    return tuple(
        f"“{tell.to.removeprefix('list:')}” listesinde bugün geçerli alıcı yok; rules/directory.toml "
        "dosyasına alıcı ekleyip servisi yeniden başlattıktan sonra DEVAM yazınız."
        for tell in stage.tell
        if leaves_house(tell.to) and condition_holds(tell.when, item) and not told(scene, tell, item)
    )


def tell_stage(work: Work, stage: Stage) -> None:
    """Everybody whom the stage tells: each once, an asker in the thread of the own mail.

    Who is on several lists gets the same distribution once; it does not stand for a task of theirs.
    """
    scene, version = work.scene, work.item.version
    if stage.gate:
        first = work.item.first_released_at or scene.now
        work.item = replace(work.item, released_at=scene.now, first_released_at=first)
        _kept_deadline(work)
    recorded = bool(stage.record) and not lacking_channels(stage, work.item)
    carries = stage.gate or scene.workflow.pass_on
    later = scene.book.calendar.next_working(scene.now) if scene.workflow.pass_on else None
    reached: set[tuple[str, Address]] = set()
    offices: set[Office] = set()
    for tell in stage.tell:
        if not condition_holds(tell.when, work.item):
            continue
        outward = leaves_house(tell.to)
        if recorded and not outward:
            # A text that was on the web first and now goes to the press: it is published already.
            continue
        everybody = told(scene, tell, work.item)
        kind = _kind(tell)
        people = tuple(r for r in everybody if (kind, r.address) not in reached and r.office not in offices)
        reached |= {(kind, r.address) for r in everybody}
        if tell.to == "$requester":
            offices |= {r.office for r in everybody if r.office is not None}
        if everybody and not people:
            continue
        if not people:
            work.note("nobody", f"“{tell.to}” için kayıtlı alıcı yok; {tell.template} gönderilemedi.")
            work.mails.append(
                MailOrder(
                    "hatali-ileti",
                    staff(scene, work.item),
                    Purpose.STAFF,
                    {
                        "item": item_values(scene, work.item),
                        **_nobody(scene, tell),
                    },
                )
            )
            continue
        mailing = scene.book.lists.get(tell.to.removeprefix("list:")) if kind else None
        order = MailOrder(
            tell.template,
            people,
            _purpose(stage, tell),
            {"item": item_values(scene, work.item, version if stage.gate else None), "request": None},
            files=_files(scene, version, outward=outward) if carries and version and tell.carry else (),
            version=version.number if version else None,
            gate=version.digest if stage.gate and version else None,
            mailing=(mailing.id, mailing.name) if mailing else None,
            not_before=later,
        )
        if tell.to == "$requester":
            work.mails += _in_threads(work, order)
        elif tell.invite:
            event = event_of(scene.workflow, work.item, scene.book.unit.address.domain)
            work.mails += [replace(order, to=(person,), event=event) for person in people]
        else:
            work.mails.append(order)
        if kind:
            work.note(
                "release",
                f"{len(people)} alıcıya servis ediliyor ({_called(tell.to)}).",
                {
                    "list": tell.to,
                    "count": len(people),
                    "version": version.number if version else None,
                    "digest": version.digest if version else None,
                },
            )


def _called(to: str) -> str:
    return "haberi almış olanlar" if to == "$recipients" else to.removeprefix("list:")


def _nobody(scene: Scene, tell: Tell) -> dict[str, object]:
    """What staff are told where a mail would go to nobody, and what to do."""
    kind, _, name = tell.to.partition(":")
    rule = scene.workflow.fields.get(name) if kind == "$field" else None
    if rule is None:
        return {
            "problem": f"“{tell.to}” listesinde bugün geçerli alıcı yok.",
            "what_to_do": "rules/directory.toml dosyasına alıcı ekleyip servisi yeniden başlatınız.",
        }
    label = rule.words[0] if rule.words else rule.label
    return {
        "problem": f"“{rule.label}” yazılmamış; {tell.template} iletisi gönderilemedi.",
        "what_to_do": f"Kişiye siz haber veriniz; sonraki iletiler için “{label}: ad@kurum.example” yazınız.",
    }


def call_off(work: Work, before: Item) -> None:
    """Whoever holds a calendar entry of the item is told that it is off (RFC 5546, 3.2.5)."""
    scene = work.scene
    if before.first_released_at is None:
        return
    event = event_of(scene.workflow, work.item, scene.book.unit.address.domain)
    values = {"item": item_values(scene, work.item, before.version)}
    tells = [t for s in scene.workflow.stages if s.gate for t in s.tell if t.invite]
    work.mails += [
        MailOrder("takvim-iptal", (person,), Purpose.NOTICE, values, event=event)
        for t in tells
        for person in told(scene, t, before)
    ]


def _kind(tell: Tell) -> str:
    """What a second mail of the stage is compared with: the same distribution; "" for everything else."""
    return tell.template if leaves_house(tell.to) else ""


def copies_of(scene: Scene, stage: Stage, item: Item) -> int:
    """How many copies of distributions the stage will send."""
    tells = [t for t in stage.tell if leaves_house(t.to) and condition_holds(t.when, item)]
    return len({(t.template, r.address) for t in tells for r in told(scene, t, item)})


def _files(scene: Scene, version: Version, *, outward: bool) -> tuple[FileRef, ...]:
    """What goes with a release: the version's files, to outlets the unit's form of it too."""
    return (*load_of(scene.book, version.bound).carried, *(version.forms if outward else ()))


def _purpose(stage: Stage, tell: Tell) -> Purpose:
    """What a mail of the stage is: a distribution, a task, or a word in between."""
    if leaves_house(tell.to):
        return Purpose.RELEASE
    if stage.gate:
        return Purpose.TASK
    return Purpose.STAFF if tell.to in ("staff", "opener") or tell.to.startswith("role:") else Purpose.NOTICE


def _in_threads(work: Work, order: MailOrder) -> list[MailOrder]:
    """The order once for each asker, as an answer to the mail that asked (RFC 5322, 3.6.4)."""
    asked = {r.address.base: r for r in work.item.requests}
    orders = []
    for person in order.to:
        request = asked.get(person.address.base) or next(
            (r for r in work.item.requests if r.office == person.office), None
        )
        if request is None:
            orders.append(replace(order, to=(person,), values={**order.values, "request": None}))
            continue
        asked_in = (request.message_id,) if request.message_id else ()
        orders.append(
            replace(
                order,
                to=(person,),
                values={**order.values, "request": {"subject": request.subject, "at": request.at}},
                reply_to_id=request.message_id,
                references=(*request.references, *asked_in),
            )
        )
    return orders


def _kept_deadline(work: Work) -> None:
    """Whether the item left in time goes into its history (1.4.5)."""
    deadline = deadline_of(work.scene.workflow, work.item.fields)
    if deadline is None:
        return
    late = work.scene.now > deadline
    over = f", {spoken(work.scene.now - deadline)} gecikmeyle" if late else ""
    work.note(
        "late" if late else "in-time",
        f"Son saat: {tarih_saat(deadline)}. {'Süresinden sonra' if late else 'Süresinde'} gönderildi{over}.",
        {"deadline": deadline.isoformat(), "late": late},
    )
