"""Gölge, deneme, canlı: kept in the database, so that a copied directory starts in gölge."""

from __future__ import annotations

from mailbot.app.departures import departed
from mailbot.app.parts import Mode
from mailbot.core.leaving import without
from mailbot.core.rules import Rulebook
from mailbot.core.trial import trial
from mailbot.ports.store import Reads, Transaction

_KEY = "mode"

BANNER = "DENEME: Bu ileti yalnız birim personeline gönderildi; gerçek alıcısına gitmedi."


def mode_of(reads: Reads) -> Mode:
    """The present mode; gölge where none was ever set."""
    return Mode(reads.meta(_KEY) or Mode.GOLGE)


def set_mode(tx: Transaction, mode: Mode) -> None:
    """Change the mode. The caller has passed the checklist of `golive`."""
    tx.set_meta(_KEY, mode.value)


def book_for(book: Rulebook, mode: Mode, reads: Reads) -> Rulebook:
    """The rulebook as it holds now: lists without who left; in deneme every way out leads to staff."""
    present = without(book, departed(reads))
    return trial(present) if mode is Mode.DENEME else present
