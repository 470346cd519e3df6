"""After a refusal there are three ways on: a new version, web alone, or nothing (process E3)."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.core.changing import cancelled, changed
from mailbot.core.item import Ask, Hold, Item
from mailbot.core.mailvalues import office_name
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import holders
from mailbot.core.replies import done, refused, traced
from mailbot.core.rules import Workflow
from mailbot.core.scene import Work
from mailbot.core.trigger import Cancelled, Changed, Chosen

WEB = "web"
DROP = "iptal"


def choosable(item: Item) -> bool:
    """Whether the item waits for somebody to choose how it goes on."""
    refusal = item.hold in (Hold.REJECTED, Hold.CONTRADICTION)
    return item.open and item.released_at is None and (refusal or bool(item.objections))


def offered(workflow: Workflow, item: Item) -> tuple[str, ...]:
    """The choices that make a difference for this item."""
    web_already = item.fields.get("to") == WEB
    return tuple(c for c in workflow.reject if not (c == WEB and web_already))


def put_choices(work: Work, refusal: Ask, values: Mapping[str, object]) -> str:
    """Put the ways on to the office that may choose beside staff; its name, or "" where nobody was asked.

    An office that refused itself has said how it goes on as far as it wants.

    It chooses about a text that it has seen: only who was asked for this version is written to.
    """
    chooser = work.scene.workflow.choose
    if chooser is None or chooser == refusal.office:
        return ""
    ask = work.item.ask_of(chooser, refusal.version)
    people = holders(work.scene, ask) if ask is not None else ()
    work.mails += [
        MailOrder(
            "ret-secenek",
            (recipient,),
            Purpose.CHOICE,
            values,
            version=refusal.version,
            once=f"secenek:{work.item.ref}:{refusal.version}:{refusal.office}",
        )
        for recipient in people
    ]
    return office_name(work.scene.book, chooser) if people else ""


def chosen(work: Work, trigger: Chosen) -> None:
    """Somebody who may chose one of the ways on. Web alone is a new version, approved like any other."""
    item, by = work.item, trigger.by
    if not choosable(item):
        refused(work, by, "Bu kayıtta seçim bekleyen bir ret yok.", "Kaydın durumunu DURUM ile sorunuz.")
        return
    match trigger.choice:
        case "web" if WEB not in offered(work.scene.workflow, item):
            refused(
                work,
                by,
                "Bu haber zaten yalnız web ve sosyal medya içindi.",
                "Yeni metni gönderiniz ya da İPTAL yazınız.",
            )
        case "web":
            work.note("choice", f"{by.name} yalnız web ve sosyal medyayı seçti.", traced(by))
            changed(work, Changed(by, {"to": WEB}))
        case "iptal":
            cancelled(work, Cancelled(by, "ret üzerine"))
        case _:
            # The item stays held: what is still open must not release the text that is being replaced.
            work.note("choice", f"{by.name} yeni sürüm hazırlanacağını bildirdi.", traced(by))
            done(work, by, f"{by.name} yeni sürüm istedi. Yeni metni bu iletiyi yanıtlayarak gönderiniz.")
