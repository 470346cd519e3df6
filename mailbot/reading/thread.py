"""Which item and which ask a letter may be about, and how sure: the marks it carries. No look-up here.

A mark proves nothing about who wrote. Where two marks disagree the stronger place is named first:
what a person typed into the subject beats the thread that their client chose (E15).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from mailbot.core.decision import Fresh
from mailbot.core.letter import Letter
from mailbot.core.values import Address, ItemRef, MessageId, Token, message_ids
from mailbot.reading.plain import LIMIT

_ENVELOPE = ("delivered-to", "x-original-to", "x-envelope-to", "envelope-to", "original-recipient")


class Place(IntEnum):
    """Where a mark stood, strongest first."""

    SUBJECT = 1
    ADDRESS = 2
    """The subaddress of one of our own addresses (RFC 5233), from Reply-To."""
    REPLY = 3
    """In-Reply-To."""
    REFERENCES = 4
    QUOTED = 5
    """The footer of our mail below the answer."""
    TEXT = 6
    """Typed by the sender."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One mark and its place."""

    place: Place
    mark: Token | ItemRef | MessageId


@dataclass(frozen=True, slots=True)
class Traces:
    """Every mark of a letter, strongest place first, each once."""

    tokens: tuple[Token, ...]
    refs: tuple[ItemRef, ...]
    message_ids: tuple[MessageId, ...]
    """In-Reply-To first, then References from the nearest to the farthest."""
    found: tuple[Trace, ...]

    def place_of(self, mark: Token | ItemRef | MessageId) -> Place | None:
        """The strongest place of `mark`, or None."""
        return next((trace.place for trace in self.found if trace.mark == mark), None)

    @property
    def split(self) -> bool:
        """True where the subject and the sender's own words name more than one item (E16)."""
        said = {t.mark for t in self.found if isinstance(t.mark, ItemRef) and t.place is not Place.QUOTED}
        return len(said) > 1


def traces(letter: Letter, fresh: Fresh) -> Traces:
    """The marks of `letter`; `fresh` tells its new words from the quoted ones."""
    found: list[Trace] = []

    def look(place: Place, text: str) -> None:
        text = text[:LIMIT]
        found.extend(Trace(place, token) for token in Token.find_all(text))
        found.extend(Trace(place, ref) for ref in ItemRef.find_all(text))

    look(Place.SUBJECT, letter.subject)
    addresses = [mailbox.address for mailbox in (*letter.to, *letter.cc)]
    for name in _ENVELOPE:
        parsed = (Address.parse(value.strip("<> ")) for value in letter.all_headers(name)[:5])
        addresses += [address for address in parsed if address]
    for address in addresses[:200]:
        if address.tag:
            look(Place.ADDRESS, address.tag)
    ids: list[MessageId] = []
    for place, header in ((Place.REPLY, letter.in_reply_to), (Place.REFERENCES, letter.references[::-1])):
        for mark in header[:100]:
            ids.append(mark)
            found.append(Trace(place, mark))
            look(place, mark)
    # Exchange keeps the original Message-ID here when it rewrites References.
    for value in letter.all_headers("x-ms-exchange-parent-message-id")[:1]:
        ids.extend(message_ids(value))
    look(Place.QUOTED, fresh.quoted)
    look(Place.TEXT, fresh.text)
    look(Place.QUOTED, fresh.aside)
    found.sort(key=lambda trace: trace.place)
    return Traces(
        tokens=tuple(dict.fromkeys(t.mark for t in found if isinstance(t.mark, Token))),
        refs=tuple(dict.fromkeys(t.mark for t in found if isinstance(t.mark, ItemRef))),
        message_ids=tuple(dict.fromkeys(ids)),
        found=tuple(dict.fromkeys(found)),
    )
