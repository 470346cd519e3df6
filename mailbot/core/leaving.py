"""Leaving a distribution list: the words of the mails that carry the wish, and lists without who left.

Who left is kept in the database, not in the unit's rule files. Staff order it by mail while the service
runs, and it must hold at once, on every host, and also when an old Excel file is imported again; a rule
file is the unit's own hand and is read at the start.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from mailbot.core.rules import Rulebook
from mailbot.core.values import Address

SUBJECT = "Listeden çıkmak istiyorum"
"""Subject of the mail that our List-Unsubscribe field writes (RFC 2369, 3.2)."""
WISH = "Listeden çıkma isteği"
"""How the subject of the mail begins that shows a wish to staff; the address follows."""

_WISHED = re.compile(rf"{WISH}: (\S{{3,254}})")


@dataclass(frozen=True, slots=True)
class Departure:
    """An address that gets no distribution any more."""

    address: Address
    by: str
    """The member of the staff who ordered it."""
    at: str
    """ISO 8601."""


def wished(subject: str) -> Address | None:
    """The address that a reply to our mail about a wish means."""
    found = _WISHED.search(subject)
    return Address.parse(found[1]) if found else None


def lists_of(book: Rulebook, address: Address) -> tuple[str, ...]:
    """Names of the lists that send to `address`."""
    return tuple(one.name for one in book.lists.values() if any(p.address == address for p in one.members))


def without(book: Rulebook, left: Collection[Address]) -> Rulebook:
    """`book` whose lists no longer reach those who left; itself where there are none."""
    if not left:
        return book
    lists = {
        key: replace(one, members=tuple(p for p in one.members if p.address not in left))
        for key, one in book.lists.items()
    }
    return replace(book, lists=lists)
