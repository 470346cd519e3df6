"""All that routing may look at: gathered once per letter, then only read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.core.decision import Decision
from mailbot.core.letter import ProofLevel
from mailbot.core.values import Address, ItemRef, Office


class SenderRole(StrEnum):
    """What the From address is to the unit. It claims; only a proof makes it count."""

    SELF = "kendi"
    STAFF = "personel"
    OFFICE = "makam"
    SECRETARY = "sekreter"
    DEPARTMENT = "baskanlik"
    OUTLET = "basin"
    UNKNOWN = "bilinmeyen"


class Found(StrEnum):
    """How the ask that a reply answers was found, surest first."""

    KEY = "anahtar"
    THREAD = "ileti-zinciri"
    STAFF_MAIL = "personel-iletisi"
    """It answers the staff's own mail that alone made the version."""
    REFERENCE = "kayit-no"
    SUBJECT = "konu"
    SEVERAL = "birden-cok"
    """Several asks of the sender are open and nothing says which is meant (E15)."""
    NOTHING = "yok"


@dataclass(frozen=True, slots=True)
class Facts:
    """One letter, as far as rules may know it."""

    kind: str
    """`kind` of the reading room: reply, open, command, auto_reply …"""
    sender: Address | None
    role: SenderRole
    office: Office | None
    level: ProofLevel
    needed: ProofLevel
    """The least level at which this sender's decision or command counts."""
    found: Found
    ref: ItemRef | None
    version: int | None
    asked: bool
    """The office was asked for that version and this person holds a copy of the ask."""
    decision: Decision
    commands: bool
    stops: bool
    """It orders DURDUR."""
    openings: int
    for_bot: bool
    """The unit's mailbox stands in To or Cc."""
    echo: bool
    """Our own mail came back to us."""
    duplicate: bool
    defects: tuple[str, ...] = ()
    leaves: bool = False
    """Somebody whom our distributions reach asks to be taken off."""
    choice: str = ""
    """Which way on after a refusal the words choose, where the sender's office may choose; else ""."""
    received: bool = False
    """Its words only say that something came ("Alındı.")."""
    refuted: bool = False
    """Our own server says that the From domain did not send it."""
    follows: bool = False
    """It belongs to an item that somebody outside asked for."""
