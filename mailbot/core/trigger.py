"""What can happen to an item. Each is decided by `core.workflow.step`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.core.decision import Decision
from mailbot.core.item import Answer, FieldValue, FileRef, Link, Offer, Request
from mailbot.core.letter import Proof
from mailbot.core.values import Address, Digest, MessageId, Office


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and how that is proved: every effect names its person."""

    address: Address
    name: str
    proof: Proof
    letter: Digest | None = None
    """The mail that says so."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A proved person of an asked office answered the ask of `version`."""

    office: Office
    version: int
    answer: Answer
    web_only: bool = False
    """Its words drop the press and leave web and social media: the choices of a refusal are open."""
    offer: Offer | None = None
    """The corrected text that came in a document (1.1.2): staff take it with one word."""


@dataclass(frozen=True, slots=True)
class Unproved:
    """A decision came under the name of an asked person, but nothing proves that it is theirs."""

    office: Office
    version: int
    address: Address
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Staff gave new or corrected values (a new text makes a new version)."""

    by: Actor
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    department: str | None = None
    gm: Office | None = None
    message_id: MessageId | None = None
    offers: tuple[Offer, ...] = ()
    """Texts of the mail from which staff have to choose."""
    notes: tuple[str, ...] = ()
    """Turkish sentences on its files."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """`DURDUR` from staff or from anybody who was asked."""

    by: Actor
    words: str
    unsent: int | None = None
    """Copies of the release that have not left; None where nobody counted."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """`DEVAM` from staff."""

    by: Actor


@dataclass(frozen=True, slots=True)
class Cancelled:
    """`İPTAL` from staff (E8)."""

    by: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """`GERİ ÇEK` from staff before the release: the text goes back to the draft."""

    by: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Staff do without an office's approval, with a reason (1.1.4, E4)."""

    office: Office
    by: Actor
    reason: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """Staff record what an office decided outside mail: `KARAR:` or `SÖZLÜ ONAY` (E12, T17)."""

    office: Office | None
    """None: the only office whose answer is outstanding."""
    decision: Decision
    by: Actor
    words: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Collected:
    """Somebody who was asked to send something answered: the values, or only words."""

    by: Actor
    fields: Mapping[str, FieldValue]
    words: str
    message_id: MessageId | None = None
    offers: tuple[Offer, ...] = ()
    """Texts that staff may choose; nothing goes out of them by itself."""
    evidence: str = ""
    """What is known of a signature among it, a Turkish sentence."""


@dataclass(frozen=True, slots=True)
class Sought:
    """`BİLGİ İSTE` from staff: whoever the stage collects from is asked (1.1.1)."""

    by: Actor
    words: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mail asks for what an open item is already about: another office's request, or a reminder (tekit)."""

    request: Request
    by: Actor
    words: str
    reminder: bool = False


@dataclass(frozen=True, slots=True)
class Supplemented:
    """The asker wants more (1.4.5): before the note left or after it."""

    by: Actor
    words: str
    deadline: datetime | None = None
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """The asker gave another deadline."""

    by: Actor
    deadline: datetime
    words: str


@dataclass(frozen=True, slots=True)
class CalledOff:
    """The asker does without (1.4.5)."""

    by: Actor
    words: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Who got the released text says that it came ("Alındı.")."""

    by: Actor
    words: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """After a refusal: `YENİ SÜRÜM`, `WEB` or `İPTAL` (E3)."""

    choice: str
    by: Actor


@dataclass(frozen=True, slots=True)
class Published:
    """Staff report where the item was published."""

    links: tuple[Link, ...]
    by: Actor


@dataclass(frozen=True, slots=True)
class Closed:
    """`KAPAT` from staff."""

    by: Actor


@dataclass(frozen=True, slots=True)
class Noted:
    """Something worth keeping that changes nothing."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A mail of ours came back for good (RFC 3464), or the server refused it."""

    address: Address
    message_id: MessageId | None
    version: int | None
    office: Office | None
    reason: str
    release: bool = False
    """A copy of a distribution."""


@dataclass(frozen=True, slots=True)
class Formed:
    """The form of a version was made beside the item's steps, or could not be."""

    version: int
    files: tuple[FileRef, ...] = ()
    trouble: str = ""
    """A Turkish sentence: why there is none."""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer of the item came due."""

    key: str


Trigger = (
    Answered
    | Unproved
    | Changed
    | Stopped
    | Resumed
    | Cancelled
    | Withdrawn
    | Waived
    | Ruled
    | Collected
    | Sought
    | Wanted
    | Supplemented
    | Extended
    | CalledOff
    | Acknowledged
    | Chosen
    | Published
    | Closed
    | Noted
    | Undelivered
    | Formed
    | TimerFired
)
