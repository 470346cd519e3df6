"""An inbound mail as a frozen value: what the bytes say, nothing that they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from mailbot.core.values import Address, Digest, MessageId


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox of an address list (RFC 5322, 3.4): display name and address."""

    name: str
    address: Address


@dataclass(frozen=True, slots=True)
class Attachment:
    """A leaf part that is not the body: decoded bytes under their digest."""

    name: str
    """File name as the sender gave it, decoded and without path; "" where it has none."""
    content_type: str
    size: int
    """Bytes after decoding."""
    digest: Digest
    data: bytes = field(repr=False)
    inline: bool = False
    """True where the HTML body shows it (Content-ID) rather than the sender attaching it."""


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """One recipient's fields of a message/delivery-status part (RFC 3464, 2.3)."""

    recipient: Address | None
    action: str
    """failed, delayed, delivered, relayed or expanded, in lower case."""
    status: str
    """Enhanced status code such as 5.1.1 (RFC 3463), or ""."""
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Signed:
    """An S/MIME signature of a whole letter (RFC 8551, 3.5), not yet verified."""

    content: bytes | None = field(repr=False)
    """The signed entity, byte for byte; None where the signature encloses it."""
    cms: bytes = field(repr=False)
    """CMS ContentInfo, DER or BER (RFC 5652)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A parsed inbound mail. Total: any bytes give one, with its defects named."""

    digest: Digest
    size: int
    message_id: MessageId | None
    in_reply_to: tuple[MessageId, ...]
    references: tuple[MessageId, ...]
    date: datetime | None
    """The Date header with its offset; None where absent or unreadable."""
    subject: str
    """Decoded (RFC 2047), in one line. The first, where a hostile mail has several."""
    from_: tuple[Mailbox, ...]
    """Every mailbox of every From header: exactly one in honest mail."""
    sender: Mailbox | None
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    headers: tuple[tuple[str, str], ...]
    """Every header in order: name in lower case, value unfolded and decoded. Capped.

    Trace headers (Received, Authentication-Results) are unfolded only: RFC 2047 gives encoded words
    no meaning there, and decoding them would let a sender write our server's name past its filter.
    """
    text: str | None
    """The text/plain body, charset repaired, format=flowed unwrapped; None where there is none."""
    html: str | None
    """The text/html body, charset repaired; None where there is none."""
    attachments: tuple[Attachment, ...] = ()
    attached: tuple[bytes, ...] = field(default=(), repr=False)
    """Attached messages (message/rfc822) as bytes: never part of the body."""
    delivery: tuple[DeliveryStatus, ...] = ()
    """From a multipart/report of type delivery-status; empty elsewhere."""
    report_type: str | None = None
    """delivery-status, disposition-notification …: the report-type of a multipart/report."""
    original_id: MessageId | None = None
    """Message-ID of the mail that a report is about, where it carries one."""
    content_type: str = "text/plain"
    calendar_method: str | None = None
    """The method of a text/calendar part (REPLY, REQUEST …), upper case."""
    signed: Signed | None = field(default=None, repr=False)
    defects: tuple[str, ...] = ()
    """What was wrong with the bytes, a word each: `no-date`, `two-from`, `bad-charset` …"""

    def header(self, name: str) -> str | None:
        """The first header of this name (any case), or None."""
        name = name.lower()
        return next((value for key, value in self.headers if key == name), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Every header of this name (any case), top first."""
        name = name.lower()
        return tuple(value for key, value in self.headers if key == name)


class ProofLevel(IntEnum):
    """How sure we are who wrote a letter, weakest first."""

    NONE = 0
    KEY = 1
    """The key of an ask came back from the registered address it was given to."""
    INTERNAL = 2
    """A header that only our own server sets for inside mail, where the unit configures it."""
    DMARC = 3
    """Our own server's verdict (RFC 8601) is dmarc=pass for exactly the one From."""
    SMIME = 4


@dataclass(frozen=True, slots=True)
class Proof:
    """Who wrote a letter, as far as it is proved, and by what."""

    level: ProofLevel
    by: str
    """One short Turkish sentence for the history: what proved it, or why it is not proved."""
    signed_at: datetime | None = None
    """When a signature says that it was made; None where no signature proved it."""
    refuted: bool = False
    """Our own server says that the From domain did not send it (dmarc=fail): an old key proves nothing."""
