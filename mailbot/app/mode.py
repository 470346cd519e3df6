"""Gölge, deneme, canlı: kept in the database, so that a copied directory starts in gölge."""

from __future__ import annotations

from mailbot.app.parts import Mode
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


def book_for(book: Rulebook, mode: Mode) -> Rulebook:
    """The rulebook as the mode lets it be: in deneme every way out leads to staff."""
    return trial(book) if mode is Mode.DENEME else book
