"""A tracked item: its versions, who was asked for which, and what they answered. Frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from mailbot.core.decision import Decision
from mailbot.core.letter import ProofLevel
from mailbot.core.values import Address, Digest, ItemRef, MessageId, Office, Token


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file: its bytes lie as a blob under the digest."""

    name: str
    content_type: str
    size: int
    digest: Digest
    warning: str = ""
    """Turkish phrase: what in its text must not leave (E19); "" where nothing was found."""
    caption: str = ""
    """What is printed below a photograph; approved with it."""
    photographer: str = ""


FieldValue = str | datetime | tuple[FileRef, ...]
"""LINE, TEXT and CHOICE are str, TIME an aware datetime, FILE and FILES a tuple of FileRef."""


def version_digest(bound: Mapping[str, FieldValue]) -> Digest:
    """The digest of exactly what is approved: each bound field by name, in order of names.

    Every part is written with its length before it, so that no two different contents give the same
    bytes. An instant counts as UTC, a file as its name and the digest of its bytes, a photograph with
    the words that are printed below it.
    """
    running = hashlib.sha256(b"mailbot version 1\n")

    def put(part: bytes) -> None:
        running.update(len(part).to_bytes(8, "big"))
        running.update(part)

    for name in sorted(bound):
        value = bound[name]
        put(name.encode())
        match value:
            case str():
                put(b"text")
                put(value.encode(errors="surrogatepass"))
            case datetime():
                put(b"time")
                put(value.astimezone(UTC).isoformat().encode())
            case tuple():
                put(b"files")
                put(len(value).to_bytes(8, "big"))
                for file in value:
                    put(file.name.encode(errors="surrogatepass"))
                    put(file.digest.encode())
                    if file.caption or file.photographer:
                        put(b"below")
                        put(file.caption.encode(errors="surrogatepass"))
                        put(file.photographer.encode(errors="surrogatepass"))
    return Digest(running.hexdigest())


@dataclass(frozen=True, slots=True)
class Version:
    """One frozen content that approvals bind to."""

    number: int
    digest: Digest
    bound: Mapping[str, FieldValue]
    made_at: datetime
    by: Address
    letter: Digest | None = None
    """The mail it came from."""
    alone: bool = False
    """True where that one mail made the whole version: an answer to it counts for the version."""
    forms: tuple[FileRef, ...] = ()
    """The version in the unit's form, made of its words alone; empty while it is not made."""


class AskState(StrEnum):
    """Where one ask stands."""

    OPEN = "bekliyor"
    APPROVED = "onayladi"
    REVISE = "duzeltme_istedi"
    REJECTED = "reddetti"
    WAIVED = "feragat"
    VERBAL = "sozlu"
    STALE = "eski_surum"
    WITHDRAWN = "geri_cekildi"
    UNDELIVERED = "ulasmadi"


GRANTED = frozenset({AskState.APPROVED, AskState.WAIVED, AskState.VERBAL})
"""States in which an ask no longer holds the item back."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of an ask that one person got, with a key of their own."""

    address: Address
    name: str
    token: Token
    deputy: bool = False
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided for an ask: by whom, how proved, in which words (E12: or how it was told)."""

    decision: Decision
    person: Address
    at: datetime
    level: ProofLevel
    proof: str
    words: str
    channel: str
    """`mail`, `sozlu`, `feragat` or `personel`."""
    letter: Digest | None = None
    recorded_by: Address | None = None
    not_before: datetime | None = None
    """A time that the words name for the publication: staff may take it over (S5)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One office asked for one version."""

    office: Office
    version: int
    state: AskState
    asked_at: datetime
    copies: tuple[Copy, ...]
    answer: Answer | None = None
    history: tuple[Answer, ...] = ()
    """Earlier answers of this ask (E17)."""
    reminders: int = 0
    remind_after: datetime | None = None
    """No reminder before this instant: the office said when it will look."""


class Hold(StrEnum):
    """Why an item does not go on although its stage would let it."""

    STOPPED = "durduruldu"
    CONTRADICTION = "celiski"
    REJECTED = "reddedildi"
    WITHDRAWN = "geri_cekildi"
    """Staff took the text back from those who were asked."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that may become the item's text once staff say so; nothing goes out of it by itself."""

    source: str
    """What staff call it: "haber.docx", "ileti gövdesi"."""
    text: str
    title: str = ""
    """"" where the source has none: the item's title stays."""
    sender: str = ""
    """The office that sent it as its correction; "" where staff themselves did."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the item was published: a channel and its address."""

    channel: str
    url: str
    at: datetime
    by: Address


@dataclass(frozen=True, slots=True)
class Request:
    """A mail from outside that asked for the item (1.4.1): it is answered in its own thread."""

    address: Address
    at: datetime
    office: Office | None = None
    subject: str = ""
    message_id: MessageId | None = None
    references: tuple[MessageId, ...] = ()


@dataclass(frozen=True, slots=True)
class Errand:
    """What somebody outside the unit was asked to send, for one stage."""

    stage: str
    asked_at: datetime
    asked: tuple[Address, ...]
    due: datetime | None = None
    reminders: int = 0
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bounced:
    """A copy that did not arrive, and whether staff were told."""

    address: Address
    reason: str
    office: Office | None = None
    told: bool = False


CLOSED = "kapali"
CANCELLED = "iptal"


@dataclass(frozen=True, slots=True)
class Item:
    """A news item, an interview, a note: whatever a workflow tracks."""

    ref: ItemRef
    workflow: str
    stage: str
    opened_at: datetime
    opened_by: Address
    fields: Mapping[str, FieldValue]
    revision: int = 0
    """Counts the writes: compared when the next one is made."""
    mode: str = "canli"
    """The service's mode when it was opened; another mode never continues it."""
    department: str | None = None
    gm: Office | None = None
    """The general directorate asked; None while unknown."""
    versions: tuple[Version, ...] = ()
    asks: tuple[Ask, ...] = ()
    hold: Hold | None = None
    hold_by: str = ""
    entered_at: datetime | None = None
    """When the present stage began."""
    passed: tuple[str, ...] = ()
    """Wait conditions of the present stage that are fulfilled."""
    released_at: datetime | None = None
    first_released_at: datetime | None = None
    """When it first left, where a supplement has opened it again (1.4.5)."""
    errand: Errand | None = None
    requests: tuple[Request, ...] = ()
    """Who asked for it, first the first; the same wish of another office stands behind it."""
    links: tuple[Link, ...] = ()
    thread: tuple[MessageId, ...] = ()
    """Message-IDs of the staff mails that opened or changed it."""
    missing: tuple[str, ...] = ()
    """Turkish names of what staff still owe."""
    offers: tuple[Offer, ...] = ()
    """Texts that staff have to choose from, or may take."""
    notes: tuple[str, ...] = field(default=())
    """Turkish sentences for staff about what came with the opening mail and goes no further."""
    parent: ItemRef | None = None
    """The released item that this one corrects or takes back."""
    recipients: tuple[Address, ...] = ()
    """Whoever got the release of `parent`."""
    bounces: tuple[Bounced, ...] = ()
    """Copies of a release that came back."""

    @property
    def version(self) -> Version | None:
        """The current version, or None while the item is incomplete."""
        return self.versions[-1] if self.versions else None

    @property
    def open(self) -> bool:
        return self.stage not in (CLOSED, CANCELLED)

    @property
    def title(self) -> str:
        value = self.fields.get("title", "")
        return value if isinstance(value, str) else ""

    @property
    def objections(self) -> tuple[Ask, ...]:
        """Asks of the current version whose office refused or wants a change."""
        number = self.version.number if self.version else 0
        against = (AskState.REVISE, AskState.REJECTED)
        return tuple(a for a in self.asks if a.version == number and a.state in against)

    def ask_of(self, office: Office, version: int) -> Ask | None:
        """The ask of `office` for version number `version`, or None."""
        return next((a for a in self.asks if a.office == office and a.version == version), None)
