"""What a reader may know of the world: who is asked, which departments, facilities and outlets exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailbot.core.rules import Department, Facility, OfficeRule, Rulebook
from mailbot.core.values import Office


@dataclass(frozen=True, slots=True)
class Directory:
    """The part of the rulebook that names things, for finding them in a mail."""

    departments: Mapping[str, Department] = field(default_factory=dict)
    facilities: Mapping[str, Facility] = field(default_factory=dict)
    outlets: tuple[str, ...] = ()
    offices: Mapping[Office, OfficeRule] = field(default_factory=dict)
    province: str = "Denizli"

    @classmethod
    def of(cls, book: Rulebook) -> Directory:
        """The names in `book`."""
        first = book.unit.institution.split()
        province = next((w for w in first if w[:1].isupper() and w != "T.C."), "Denizli")
        return cls(book.departments, book.facilities, book.outlets, book.offices, province)
