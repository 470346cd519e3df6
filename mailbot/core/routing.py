"""Which of the shell's actions a letter gets: the first rule whose every guard holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mailbot.core.facts import Facts
from mailbot.core.guards import GUARDS
from mailbot.core.rules import RoutingRule


class Action(StrEnum):
    """What the shell can do with a letter; `then` of a routing rule is one of these."""

    IGNORE = "ilgilenme"
    """It is not for the bot: it stays in the mailbox as it is."""
    DECIDE = "karar"
    """Apply the decision of a proved, asked person."""
    CHOOSE = "sec"
    """After a refusal, take the way on that the office which may choose has named (E3)."""
    ASK_PROOF = "kanit-iste"
    """Ask the person back at the registered address."""
    ASK_WHICH = "hangisi"
    """Ask the sender which item is meant (E15)."""
    COMMAND = "komut"
    """Carry out commands, or take the letter as a correction, of proved staff."""
    STOP = "durdur"
    """Somebody of the item's chain stops it."""
    OPEN = "ac"
    REQUEST = "talep"
    """A ministry's request for an information note, or what it says about one."""
    COLLECT = "taslak"
    """A department answers with what it was asked for."""
    RECEIVED = "alindi"
    """Who got a released text says that it came."""
    LEAVE = "listeden-cikma"
    """Show staff a wish to be taken off a distribution list."""
    REPORT = "rapor"
    """The ministry's report: passed on to its lists."""
    BOUNCE = "ulasmadi"
    NOTE = "not"
    """Keep it in the item's history; no effect."""
    TELL = "bildir"
    """Keep it, and show it to staff."""
    HOLD = "beklet"
    """A person decides."""
    UNKNOWN = "bilinmeyen"
    """No effect; staff hear of such senders once a day."""


@dataclass(frozen=True, slots=True)
class Routed:
    """The action, the rule that chose it, and the rules that were looked at before."""

    action: Action
    rule: str
    why: str
    missed: tuple[str, ...]


def route(rules: Iterable[RoutingRule], facts: Facts) -> Routed:
    """The first rule that holds; where none does, a person decides."""
    missed: list[str] = []
    for rule in rules:
        if all(_holds(name, facts) for name in rule.when):
            return Routed(Action(rule.then), rule.name, rule.why, tuple(missed))
        missed.append(rule.name)
    return Routed(Action.HOLD, "kuralsız", "Hiçbir yönlendirme kuralı bu iletiye uymuyor.", tuple(missed))


def _holds(name: str, facts: Facts) -> bool:
    if name.startswith("!"):
        return not GUARDS[name[1:]](facts)
    return GUARDS[name](facts)
