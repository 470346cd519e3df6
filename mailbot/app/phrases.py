"""The lexicon grows by mail: a phrase is offered to staff, and taken in where they order it."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.app.apply import scene_for
from mailbot.app.case import Case, actor
from mailbot.app.glossary import add, offered
from mailbot.core.command import Command
from mailbot.core.decision import Decision
from mailbot.core.item import Item
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import staff
from mailbot.core.trigger import Noted

PHRASE_WORDS: Mapping[Decision | None, str] = {
    Decision.APPROVE: "ONAY",
    Decision.REJECT: "RET",
    Decision.REVISE: "DÜZELTME",
}
"""Decisions whose words may be offered as an addition, as the order writes them."""


def unclear_words(item: Item) -> str | None:
    """The words of the newest unclear answer to the current version."""
    version = item.version.number if item.version else None
    answers = [a for ask in item.asks if ask.version == version for a in ask.history]
    unclear = [a for a in answers if a.decision is Decision.UNCLEAR]
    return max(unclear, key=lambda a: a.at).words if unclear else None


def offer_phrase(case: Case, item: Item, words: str, decision: Decision | None) -> None:
    """Staff decided an unclear reply: its phrase is offered as an addition to the lexicon."""
    phrase = offered(words)
    if phrase is None:
        return
    scene = scene_for(case.parts, case.book, item.workflow, case.now)
    case.owe(
        MailOrder(
            "sozluk-onerisi",
            staff(scene, item, actor(case).address),
            Purpose.STAFF,
            {
                "item": item_values(scene, item, item.version),
                "phrase": phrase,
                "line": f"SÖZLÜK: {PHRASE_WORDS[decision]} {phrase}",
            },
            once=f"sozluk:{phrase}",
        ),
        item.ref,
    )


def take_phrase(case: Case, order: Command) -> None:
    """`SÖZLÜK: ONAY söz`: taken only where no known reply would be misread."""
    if order.decision is None:
        return
    by = actor(case)
    lexicon, known = case.parts.lexicon, case.parts.known
    refused = add(case.tx, lexicon, known, order.text, order.decision, by.address, case.now)
    if refused is not None:
        case.refuse(refused, "Başka, daha açık bir söz seçebilir ya da eklemeden bırakabilirsiniz.")
        return
    item = case.sight.item
    if item is None:
        return
    case.step(item, Noted("lexicon", f"{by.name} sözlüğe ekledi: {order.words}"))
    scene = scene_for(case.parts, case.book, item.workflow, case.now)
    done = f"“{order.text}” bundan sonra {PHRASE_WORDS.get(order.decision, 'ERTELEME')} olarak okunacak."
    case.owe(
        MailOrder(
            "komut-tamam",
            staff(scene, item, by.address),
            Purpose.STAFF,
            {"item": item_values(scene, item, item.version), "done": done},
        ),
        item.ref,
    )
