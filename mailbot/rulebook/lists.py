"""Distribution lists: their own people, the CSV files beside the rules, and lists within lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from pathlib import PurePosixPath

from mailbot.core.rules import MailingList, Person
from mailbot.core.values import Address
from mailbot.rulebook.complaint import Complaint
from mailbot.rulebook.contacts import (
    MAX_BYTES,
    Contacts,
    ContactsRefused,
    decoded,
    group_name,
    read_contacts,
    rows_of,
    table_of,
)
from mailbot.rulebook.rows import Path
from mailbot.rulebook.sheet import Sheet, Table, nearest


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What `[[list]]` says beside its own people."""

    include: tuple[str, ...] = ()
    """Other lists whose members belong to this one too."""
    groups: tuple[str, ...] = ()
    """Only members of the file and of included lists that are in one of these; () for all."""


def read_spec(table: Table) -> tuple[str, ListSpec]:
    """The `file` of a list, and where else its members come from."""
    file = table.line("file", "")
    if file and not re.fullmatch(r"lists/[\w.-]{1,80}\.csv", file, re.ASCII):
        table.complain(
            "file", f"“{file}” olmaz; “lists/ad.csv” biçiminde, Türkçe harf içermeyen bir ad yazınız."
        )
        file = ""
    groups = tuple(dict.fromkeys(map(group_name, table.lines("groups"))))
    return file, ListSpec(table.lines("include"), groups)


def read_list_file(path: FilePath, *, unit: Address | None) -> Contacts:
    """The people of a CSV file. Raises ContactsRefused, OSError."""
    with path.open("rb") as opened:
        text, note = decoded(opened.read(MAX_BYTES + 1))
    found = read_contacts(rows_of(table_of(text)), unit=unit)
    return replace(found, notes=(*((note,) if note else ()), *found.notes))


def fill_lists(
    sheet: Sheet,
    lists: Mapping[str, MailingList],
    specs: Mapping[str, ListSpec],
    places: Mapping[tuple[str, str], Path],
    folder: FilePath,
    unit: Address,
) -> dict[str, MailingList]:
    """Every list with all of its members, each address once. What is wrong is noted on the sheet."""
    filed = {key: _of_file(sheet, places["list", key], one, folder, unit) for key, one in lists.items()}

    def members(key: str, way: tuple[str, ...]) -> dict[Address, Person]:
        spec, path = specs.get(key, ListSpec()), places["list", key]
        found = {person.address: person for person in lists[key].own}
        gathered = {person.address: person for person in filed[key]}
        for other in spec.include:
            if other not in lists:
                sheet.complain((*path, "include"), f"“{other}” diye bir liste yok.{nearest(other, lists)}")
            elif other in (*way, key):
                sheet.complain(
                    (*path, "include"), f"“{key}” ve “{other}” listeleri birbirini içeriyor; birini siliniz."
                )
            else:
                for address, person in members(other, (*way, key)).items():
                    gathered[address] = _joined(gathered.get(address), person)
        for address, person in gathered.items():
            if not spec.groups or set(spec.groups) & set(person.groups):
                found.setdefault(address, person)
        return found

    return {key: replace(one, members=tuple(members(key, ()).values())) for key, one in lists.items()}


def _joined(known: Person | None, person: Person) -> Person:
    """One member of two lists: known by the first, in the groups of both."""
    if known is None:
        return person
    return replace(known, groups=tuple(dict.fromkeys((*known.groups, *person.groups))))


def _of_file(
    sheet: Sheet, path: Path, one: MailingList, folder: FilePath, unit: Address
) -> tuple[Person, ...]:
    if not one.file:
        return ()
    name = str(PurePosixPath(one.file))
    try:
        found = read_list_file(folder / one.file, unit=unit)
    except FileNotFoundError:
        sheet.complain((*path, "file"), f"“{name}” dosyası yok; “mailbot lists import” ile oluşturunuz.")
        return ()
    except OSError as error:
        sheet.complain((*path, "file"), f"“{name}” okunamadı: {error.strerror or error}.")
        return ()
    except ContactsRefused as refused:
        sheet.complaints.append(Complaint(name, None, str(refused)))
        return ()
    sheet.complaints += [Complaint(name, bad.number, bad.why) for bad in found.bad]
    return found.people
