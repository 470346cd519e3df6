"""One short notice to whoever was asked and need not answer any more (process E8, S4)."""

from __future__ import annotations

from mailbot.core.item import AskState, Item
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import holders, told
from mailbot.core.rules import Tell
from mailbot.core.scene import Work, required

ASKED_WERE_TOLD = "Kendisine sorulanlara kısa bir bildirim gönderildi."

_ASKED = frozenset(
    {AskState.OPEN, AskState.APPROVED, AskState.VERBAL, AskState.REVISE, AskState.REJECTED, AskState.WAIVED}
)


def spare_needless(work: Work, before: Item) -> None:
    """After a change some offices are not needed any more: web alone, another department."""
    version = before.version
    if version is None:
        return
    needed = {office for _, _, office in required(work.scene, work.item)}
    web = before.fields.get("to") != work.item.fields.get("to") == "web"
    for ask in before.asks:
        if ask.version != version.number or ask.state not in _ASKED or ask.office in needed:
            continue
        work.mails += [
            MailOrder(
                "gerek-kalmadi",
                (person,),
                Purpose.NOTICE,
                {"item": item_values(work.scene, before, version), "web_only": web},
                version=version.number,
                once=f"gerek-kalmadi:{before.ref}:{version.number}",
            )
            for person in holders(work.scene, ask, key=False)
        ]


def notify_spared(work: Work, before: Item, template: str, **values: object) -> bool:
    """The notice `template` to everybody who was ever asked, each once; whether there was anybody.

    Of a cancellation those hear too whom the workflow names."""
    targets = (
        "asked",
        *(work.scene.workflow.cancel_tell if template == work.scene.workflow.cancel_mail else ()),
    )
    people = (person for target in targets for person in told(work.scene, Tell(target, template), before))
    asked = {person.address: person for person in people}
    shown = {"item": item_values(work.scene, work.item, before.version), **values}
    work.mails += [MailOrder(template, (person,), Purpose.NOTICE, shown) for person in asked.values()]
    return bool(asked)
