"""What a reader may know of the world: who is asked, which departments, facilities and outlets exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from mailbot.core.rules import Department, Facility, OfficeRule, Rulebook
from mailbot.core.values import Office


@dataclass(frozen=True, slots=True)
class Directory:
    """The part of the rulebook that names things, for finding them in a mail."""

    departments: Mapping[str, Department] = field(default_factory=dict)
    facilities: Mapping[str, Facility] = field(default_factory=dict)
    outlets: tuple[str, ...] = ()
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Outlets by the domain of their address in a list: a link's host may not spell the name."""
    offices: Mapping[Office, OfficeRule] = field(default_factory=dict)
    province: str = "Denizli"

    @classmethod
    def of(cls, book: Rulebook) -> Directory:
        """The names in `book`."""
        first = book.unit.institution.split()
        province = next((w for w in first if w[:1].isupper() and w != "T.C."), "Denizli")
        hosts = outlet_hosts(
            ((p.name, str(p.address)) for row in book.lists.values() for p in row.members), book.outlets
        )
        return cls(book.departments, book.facilities, book.outlets, hosts, book.offices, province)


def outlet_hosts(people: Iterable[tuple[str, str]], outlets: Collection[str]) -> Mapping[str, str]:
    """Domain to outlet, for every (name, address) of `people` whose name is an outlet of its own domain."""
    found: dict[str, set[str]] = {}
    for name, address in people:
        if name in outlets and "@" in address:
            found.setdefault(address.rpartition("@")[2].lower(), set()).add(name)
    return {host: names.pop() for host, names in found.items() if len(names) == 1}
