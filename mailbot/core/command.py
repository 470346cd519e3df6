"""What staff or an approver order by mail, in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbot.core.decision import Decision
from mailbot.core.values import Office


class Verb(StrEnum):
    """The orders by their Turkish key word, as mails and the guide print it."""

    STOP = "DURDUR"
    RESUME = "DEVAM"
    WITHDRAW = "GERİ ÇEK"
    CANCEL = "İPTAL"
    RULE = "KARAR"
    WAIVE = "FERAGAT"
    VERBAL = "SÖZLÜ ONAY"
    PUBLISHED = "YAYINDA"
    DESTINATION = "YAYIN YERİ"
    GM = "GM"
    DEPARTMENT = "BAŞKANLIK"
    TITLE = "BAŞLIK"
    EMBARGO = "AMBARGO"
    POSTPONE = "ERTELE"
    NEW_VERSION = "YENİ SÜRÜM"
    CLOSE = "KAPAT"
    FACTS = "BİLGİ İSTE"
    """A department or hospital is asked for facts and photographs (1.1.1)."""
    NOTE = "NOT"
    STATUS = "DURUM"
    HELP = "YARDIM"
    OPEN_ITEMS = "AÇIK"
    TODAY = "BUGÜN"
    EBYS = "EBYS"
    DEPUTY = "VEKÂLET"
    CORRECTED = "YAYIN DÜZELTME"
    LEXICON = "SÖZLÜK"
    """A phrase of an unclear reply is to be understood from now on."""
    UNLIST = "ÇIKAR"
    """An address gets no distribution any more."""
    RELIST = "LİSTEYE AL"
    RESEND = "YENİDEN GÖNDER"
    """One copy of a release goes out once more."""


NO_EMBARGO = "yok"
"""The text of an EMBARGO order that takes the embargo away."""


@dataclass(frozen=True, slots=True)
class PublishedLink:
    """Where something was published: `web`, `X`, `Instagram`, `Facebook`, `YouTube` or `basın`."""

    channel: str
    url: str


@dataclass(frozen=True, slots=True)
class Command:
    """One order. Which fields are filled depends on the verb; `words` is the line it came from."""

    verb: Verb
    words: str
    office: Office | None = None
    """WAIVE, VERBAL, GM, DEPUTY; RULE where an office is named."""
    text: str = ""
    """The reason, note, title or number that was given; for VERBAL and DEPUTY the person, for UNLIST,
    RELIST and RESEND the address ("" where none was written)."""
    decision: Decision | None = None
    """RULE and LEXICON."""
    at: datetime | None = None
    """VERBAL: when it was said. EMBARGO, POSTPONE: until when."""
    to_press: bool | None = None
    """DESTINATION alone."""
    department: str | None = None
    """DEPARTMENT: its identifier in the directory."""
    links: tuple[PublishedLink, ...] = ()
    since: date | None = None
    until: date | None = None
    """DEPUTY: first and last day."""
    lacking: str = ""
    """What the order needs and does not say, in Turkish; "" where it is complete."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A line that is no order, and the order that is nearest to it."""

    words: str
    nearest: Verb | None
    example: str
    """A line that would work: `AMBARGO: 28.11.2026 09.00`."""
