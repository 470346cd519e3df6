"""Answers to what staff order: done, or refused with a reason and what to do instead."""

from __future__ import annotations

from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Plain, Purpose
from mailbot.core.people import staff
from mailbot.core.scene import Work
from mailbot.core.trigger import Actor


def traced(actor: Actor, **more: Plain) -> dict[str, Plain]:
    """Who ordered it and by which proof, for a record's data."""
    return {
        "by": str(actor.address),
        "proof": actor.proof.by,
        "level": actor.proof.level.name,
        "letter": actor.letter,
    } | more


def done(work: Work, by: Actor, sentence: str) -> None:
    """Tell staff what was done."""
    work.mails.append(
        MailOrder(
            "komut-tamam",
            staff(work.scene, work.item, by.address),
            Purpose.STAFF,
            {"item": item_values(work.scene, work.item, work.item.version), "done": sentence},
        )
    )


def refused(work: Work, by: Actor, problem: str, what_to_do: str) -> None:
    """Tell whoever ordered it why it was not done, and what to do instead."""
    work.note("refused", problem, traced(by))
    work.mails.append(
        MailOrder(
            "hatali-ileti",
            staff(work.scene, work.item, by.address),
            Purpose.STAFF,
            {"item": item_values(work.scene, work.item), "problem": problem, "what_to_do": what_to_do},
        )
    )
