"""`directory.toml` becomes offices, people, departments, facilities and lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mailbot.core.letter import ProofLevel
from mailbot.core.rules import (
    Closing,
    Department,
    Deputy,
    Facility,
    MailingList,
    OfficeRule,
    Person,
    PersonRole,
    Unit,
)
from mailbot.core.values import Address, Office
from mailbot.rulebook.lists import ListSpec, read_spec
from mailbot.rulebook.rows import Path
from mailbot.rulebook.sheet import Sheet, Table

PROOFS: Mapping[str, ProofLevel] = {
    "yok": ProofLevel.NONE,
    "anahtar": ProofLevel.KEY,
    "ic": ProofLevel.INTERNAL,
    "dmarc": ProofLevel.DMARC,
    "smime": ProofLevel.SMIME,
}

_OFFICE_ROLES = {str(r): r for r in (PersonRole.MEMBER, PersonRole.SECRETARY)}
_STAFF_ROLES = {str(r): r for r in (PersonRole.STAFF, PersonRole.EDITOR, PersonRole.CHIEF)}

_NOBODY = Address("kimse@yok.invalid")
"""Stands where an address was refused, so that reading goes on to the next mistake."""


@dataclass(frozen=True, slots=True)
class DirectoryFile:
    """Everything in the file, and where each entry stands."""

    unit: Unit
    offices: Mapping[Office, OfficeRule]
    departments: Mapping[str, Department]
    facilities: Mapping[str, Facility]
    lists: Mapping[str, MailingList]
    staff: tuple[Person, ...]
    deputies: tuple[Deputy, ...]
    outlets: tuple[str, ...]
    list_specs: Mapping[str, ListSpec]
    places: Mapping[tuple[str, str], Path]
    """(kind, identifier) to the path of the entry."""
    deputy_rows: tuple[int, ...]
    """Position in the file of each of `deputies`: entries that could not be read are left out there."""


def read_directory(sheet: Sheet) -> DirectoryFile:
    """The values of `directory.toml`; what is wrong is noted on the sheet."""
    top = sheet.top
    places: dict[tuple[str, str], Path] = {}
    unit_table = top.table("unit", required=True)
    unit = _unit(unit_table or Table(Sheet("", {}), (), {}))
    staff = _staff(top.tables("staff"))
    offices = _by_id(top.tables("office"), "office", places, _office)
    departments = _by_id(top.tables("department"), "department", places, _department)
    facilities = _by_id(top.tables("facility"), "facility", places, _facility)
    specs: dict[str, ListSpec] = {}

    def mailing_list(table: Table, ident: str) -> MailingList:
        found, specs[ident] = _list(table, ident)
        return found

    lists = _by_id(top.tables("list"), "list", places, mailing_list)
    deputies = _deputies(top.tables("deputy"))
    media = top.table("media")
    outlets = media.lines("outlets") if media else ()
    if media:
        media.done()
    top.done()
    return DirectoryFile(
        unit,
        {Office(k): v for k, v in offices.items()},
        departments,
        facilities,
        lists,
        staff,
        tuple(deputy for _, deputy in deputies),
        outlets,
        specs,
        places,
        tuple(number for number, _ in deputies),
    )


_Entry = TypeVar("_Entry")


def _by_id(
    tables: Iterable[Table],
    kind: str,
    places: dict[tuple[str, str], Path],
    make: Callable[[Table, str], _Entry],
) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for table in tables:
        ident = table.ident("id")
        value = make(table, ident)
        table.done()
        if not ident:
            continue
        if ident in found:
            table.complain("id", f"“{ident}” kısa adı ikinci kez kullanılmış; her kayda ayrı bir ad veriniz.")
            continue
        found[ident] = value
        places[kind, ident] = table.path
    return found


def _unit(table: Table) -> Unit:
    code = table.line("code")
    if code and not (2 <= len(code) <= 6 and code.isascii() and code.isalpha() and code.isupper()):
        table.complain("code", f"“{code}” birim kodu olamaz; Türkçe harf içermeyen 2-6 büyük harf yazınız.")
    unit = Unit(
        code=code,
        name=table.name("name"),
        institution=table.name("institution"),
        phone=table.line("phone"),
        address=table.address("address") or _NOBODY,
        website=table.line("website", ""),
        photos=table.line("photos", ""),
    )
    if unit.photos and not re.fullmatch(r"https://[^\s<>\"]{4,280}", unit.photos):
        table.complain("photos", f"“{unit.photos}” bir bağlantı değil; https:// ile başlayan adresi yazınız.")
    if unit.address.tag is not None:
        table.complain("address", "Birimin adresi “+” içermemeli; ekli adresleri program kendisi üretir.")
    table.done()
    return unit


def _person(table: Table, roles: Mapping[str, PersonRole], default: PersonRole) -> Person | None:
    address = table.address("address")
    person = Person(
        address=address or _NOBODY,
        name=table.name("name", ""),
        role=table.one_of("role", roles, default) or default,
        salutation=table.line("salutation", ""),
        since=table.day("since"),
        until=table.day("until"),
    )
    if person.since and person.until and person.since > person.until:
        table.complain(
            "since",
            f"Başlangıç ({_tr(person.since)}) bitişten ({_tr(person.until)}) sonra; günleri düzeltiniz.",
        )
    return person if address else None


def _tr(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _people(table: Table, key: str = "people") -> tuple[Person, ...]:
    found: list[Person] = []
    for entry in table.tables(key, text_as="address"):
        person = _person(entry, _OFFICE_ROLES, PersonRole.MEMBER)
        entry.done()
        if person is None:
            continue
        twin = next((p for p in found if p.address == person.address and _overlap(p, person)), None)
        if twin is not None:
            entry.complain("address", f"“{person.address}” burada iki kez yazılmış; birini siliniz.")
            continue
        found.append(person)
    return tuple(found)


def _overlap(one: Person, other: Person) -> bool:
    """Whether two times of validity share a day."""
    return not (
        (one.until is not None and other.since is not None and one.until < other.since)
        or (other.until is not None and one.since is not None and other.until < one.since)
    )


def _staff(tables: Iterable[Table]) -> tuple[Person, ...]:
    found: list[Person] = []
    for table in tables:
        person = _person(table, _STAFF_ROLES, PersonRole.STAFF)
        table.done()
        if person is None:
            continue
        if any(p.address == person.address and _overlap(p, person) for p in found):
            table.complain(
                "address", f"“{person.address}” personel arasında iki kez yazılmış; birini siliniz."
            )
            continue
        found.append(person)
    return tuple(found)


def _office(table: Table, ident: str) -> OfficeRule:
    return OfficeRule(
        id=Office(ident),
        name=table.name("name"),
        short=table.name("short"),
        people=_people(table),
        salutation=table.line("salutation"),
        closing=table.choice("closing", Closing) or Closing.ARZ,
        least_proof=_least(table),
        verbal=table.flag("verbal", default=True),
        waivable=table.flag("waivable", default=True),
    )


def _least(table: Table) -> ProofLevel:
    known = {word: level for word, level in PROOFS.items() if level is not ProofLevel.NONE}
    return table.one_of("least_proof", known, ProofLevel.KEY) or ProofLevel.KEY


def _department(table: Table, ident: str) -> Department:
    gm = table.line("gm", "")
    return Department(
        id=ident,
        name=table.name("name"),
        gm=Office(gm) if gm else None,
        people=_people(table),
        words=table.lines("words"),
    )


def _facility(table: Table, ident: str) -> Facility:
    return Facility(
        id=ident,
        name=table.name("name"),
        words=table.lines("words"),
        department=table.line("department"),
        people=_people(table),
    )


def _list(table: Table, ident: str) -> tuple[MailingList, ListSpec]:
    people = _people(table)
    file, spec = read_spec(table)
    found = MailingList(
        id=ident,
        name=table.name("name"),
        members=people,
        salutation=table.line("salutation"),
        closing=table.choice("closing", Closing) or Closing.NEZAKET,
        file=file,
        own=people,
    )
    return found, spec


def _deputies(tables: Iterable[Table]) -> list[tuple[int, Deputy]]:
    found = []
    for number, table in enumerate(tables):
        office = table.line("office")
        person = _person(table, {"uye": PersonRole.MEMBER}, PersonRole.MEMBER)
        table.done()
        for key in ("since", "until"):
            if key not in table.data:
                table.complain(
                    None, f"Vekâletin “{key}” günü yazılmamış; günü tırnaksız ekleyiniz (2026-11-23)."
                )
        if person is None or person.since is None or person.until is None or not office:
            continue
        found.append((number, Deputy(Office(office), person, person.since, person.until)))
    return found
