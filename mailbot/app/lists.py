"""`mailbot lists`: distribution lists looked at, imported, exported; who left, and who came back."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mailbot.adapters.contactfiles import read_rows, written
from mailbot.adapters.system import SystemClock
from mailbot.app.config import Settings
from mailbot.app.departures import come_back, departures, leave
from mailbot.app.journal import as_lines, print_table
from mailbot.app.wiring import is_new, load_rules, store_of
from mailbot.core.leaving import lists_of
from mailbot.core.rules import MailingList, Person, Rulebook
from mailbot.core.values import Address
from mailbot.rulebook.complaint import RulesRefused
from mailbot.rulebook.contacts import BadRow, Contacts, ContactsRefused, csv_of, read_contacts
from mailbot.rulebook.lists import read_list_file
from mailbot.rulebook.sheet import nearest, read_sheet

KINDS = {".csv": "csv", ".xlsx": "xlsx", ".vcf": "vcf"}


def run_lists(settings: Settings, args: argparse.Namespace) -> int:
    """One of show, import, export, remove, restore; its exit status. Raises RulesRefused."""
    book = load_rules(settings).book
    match args.action:
        case "show":
            return show(settings, book, args.list, json_lines=args.json)
        case "import":
            return import_list(settings, book, args)
        case "export":
            return export_list(book, args.list, args.file)
        case _:
            return come_or_go(settings, book, args.address, out=args.action == "remove")


def _named(book: Rulebook, ident: str) -> MailingList | None:
    found = book.lists.get(ident)
    if found is None:
        _say(f"“{ident}” diye bir liste yok.{nearest(ident, book.lists)}")
    return found


def _left(settings: Settings) -> dict[Address, str]:
    """Who left, and when (ISO 8601). Looking makes no database."""
    if is_new(settings):
        return {}
    store = store_of(settings)
    with store.reading() as reads:
        found = {one.address: one.at for one in departures(reads)}
    store.close()
    return found


def show(settings: Settings, book: Rulebook, ident: str | None, *, json_lines: bool) -> int:
    """All lists with their numbers, or the members of one."""
    left = _left(settings)
    if ident is None:
        rows: list[dict[str, object]] = [
            {
                "list": one.id,
                "name": one.name,
                "members": sum(p.address not in left for p in one.members),
                "left": sum(p.address in left for p in one.members),
                "file": one.file,
            }
            for one in book.lists.values()
        ]
        columns: tuple[str, ...] = ("Liste", "Adı", "Alıcı", "Çıkan", "Dosya")
        title = "Dağıtım listeleri"
    else:
        one_list = _named(book, ident)
        if one_list is None:
            return 2
        rows = [
            {
                "address": str(p.address),
                "name": p.name,
                "groups": ", ".join(p.groups),
                "since": f"{p.since:%d.%m.%Y}" if p.since else "",
                "until": f"{p.until:%d.%m.%Y}" if p.until else "",
                "left": left.get(p.address, "")[:10],
            }
            for p in one_list.members
        ]
        columns = ("E-posta", "Ad", "Grup", "Başlangıç", "Bitiş", "Listeden çıkış")
        title = one_list.name
    if json_lines:
        as_lines(rows)
    else:
        print_table(title, columns, ([str(value) for value in row.values()] for row in rows))
    return 0


@dataclass(frozen=True, slots=True)
class Merged:
    """What a list's file holds after an import, and how that differs from before."""

    people: tuple[Person, ...]
    added: int
    changed: int
    dropped: int
    refused: tuple[BadRow, ...]


def merged(
    before: Sequence[Person],
    own: Sequence[Person],
    found: Contacts,
    left: Mapping[Address, str],
    *,
    replaced: bool,
) -> Merged:
    """`before` with the people of a file: named anew where it names them, in the groups of both.

    With `replaced` only the file's people stay. Nobody who left comes back by an import.
    """
    refused: list[BadRow] = []
    known = {person.address: person for person in before}
    inside = {person.address for person in own}
    result: dict[Address, Person] = {} if replaced else dict(known)
    for person in found.people:
        row = found.places.get(person.address, 0)
        if person.address in left:
            day = ".".join(reversed(left[person.address][:10].split("-")))
            why = f"{day} günü listeden çıktı; geri almak için: mailbot lists restore {person.address}"
            refused.append(BadRow(row, str(person.address), why))
        elif person.address in inside:
            why = "Adres directory.toml dosyasında bu listeye zaten yazılmış; oradan düzeltiniz."
            refused.append(BadRow(row, str(person.address), why))
        else:
            result[person.address] = _renewed(known.get(person.address), person, replaced=replaced)
    return Merged(
        tuple(result.values()),
        added=sum(a not in known for a in result),
        changed=sum(a in known and known[a] != p for a, p in result.items()),
        dropped=sum(a not in result for a in known),
        refused=tuple(refused),
    )


def _renewed(known: Person | None, person: Person, *, replaced: bool) -> Person:
    if known is None or replaced:
        return person
    return replace(
        known,
        name=person.name or known.name,
        salutation=person.salutation or known.salutation,
        since=person.since or known.since,
        until=person.until or known.until,
        groups=tuple(dict.fromkeys((*known.groups, *person.groups))),
    )


def import_list(settings: Settings, book: Rulebook, args: argparse.Namespace) -> int:
    """Good rows into the list's CSV file; each bad one is told. 1 where there were bad ones."""
    one = _named(book, args.list)
    if one is None:
        return 2
    try:
        rows, note = read_rows(args.file)
        found = read_contacts(rows, unit=book.unit.address)
    except ContactsRefused as refused:
        _say(f"{args.file}: {refused}")
        return 1
    except OSError as error:
        _say(f"{args.file}: okunamadı ({error.strerror}).")
        return 1
    for line in (note, *found.notes):
        if line:
            _say(f"{args.file}: {line}.")
    name = one.file or f"lists/{one.id}.csv"
    target = settings.rules / name
    before = read_list_file(target, unit=None).people if target.is_file() else ()
    result = merged(before, one.own, found, _left(settings), replaced=args.replace)
    bad = sorted((*found.bad, *result.refused), key=lambda row: row.number)
    _report(args, bad)
    summary = (
        f"{result.added} alıcı eklendi, {result.changed} güncellendi, {result.dropped} çıkarıldı; "
        f"{len(bad)} satır alınmadı"
    )
    if args.dry_run:
        _say(f"Deneme: {summary}; hiçbir şey yazılmadı.")
        return 1 if bad else 0
    if not result.people:
        _say("Alınacak hiçbir satır yok; liste olduğu gibi kaldı.")
        return 1
    if refusal := _write(settings, one, name, result.people):
        _say(refusal)
        return 1
    _say(f"{one.name}: {summary}. Alıcılar {target} dosyasında; servisi yeniden başlatınız.")
    return 1 if bad else 0


def _report(args: argparse.Namespace, bad: Sequence[BadRow]) -> None:
    """The rows that were not taken, for people and, where wanted, as a file to mend and import again."""
    for row in bad:
        _say(f"{args.file}, satır {row.number}: {row.why} [{row.words}]")
    if args.bad_rows and bad:
        lines = ["satır;neden;içerik", *(f"{r.number};{_cell(r.why)};{_cell(r.words)}" for r in bad)]
        args.bad_rows.write_bytes(b"\xef\xbb\xbf" + ("\r\n".join(lines) + "\r\n").encode())
        _say(f"Alınmayan satırlar {args.bad_rows} dosyasına da yazıldı.")


def _cell(text: str) -> str:
    text = text.replace('"', '""')
    return f'"{chr(39) if text[:1] in "=+-@" else ""}{text}"'


def _write(settings: Settings, one: MailingList, name: str, people: Sequence[Person]) -> str | None:
    """Write the file, name it in `directory.toml` where it is new, and see that the rules still hold.

    A Turkish sentence where they would not; then everything is as it was.
    """
    target, directory = settings.rules / name, settings.rules / "directory.toml"
    old_list = target.read_bytes() if target.is_file() else None
    old_directory = directory.read_bytes()
    try:
        target.parent.mkdir(exist_ok=True)
        _replace(target, csv_of(people))
        if not one.file:
            _replace(directory, _with_file(directory, one.id, name))
            _say(f'directory.toml dosyasında “{one.id}” listesine file = "{name}" satırı eklendi.')
        load_rules(settings)
    except (RulesRefused, OSError) as trouble:
        _replace(directory, old_directory)
        if old_list is None:
            target.unlink(missing_ok=True)
        else:
            _replace(target, old_list)
        return f"İçe aktarılamadı, her şey eski hâlinde: {trouble}"
    return None


def _replace(path: Path, data: bytes) -> None:
    """Whole or not at all: a service that starts meanwhile reads the old file or the new one."""
    fresh = path.with_name(f".{path.name}.yeni")
    fresh.write_bytes(data)
    if path.is_file():
        fresh.chmod(path.stat().st_mode & 0o777)
    fresh.replace(path)


def _with_file(directory: Path, ident: str, name: str) -> bytes:
    """`directory.toml` with a `file` row below the `id` row of the list; nothing else is touched."""
    sheet = read_sheet(directory, directory.name)
    entries = sheet.data.get("list", [])
    number = next(n for n, entry in enumerate(entries) if entry.get("id") == ident)
    row = sheet.places["list", number, "id"]
    lines = directory.read_bytes().decode("utf-8").splitlines(keepends=True)
    ending = "\r\n" if lines[row - 1].endswith("\r\n") else "\n"
    pad = re.match(r"id(\s*)=", lines[row - 1])
    lines.insert(row, f'file{(pad[1] if pad else " ")[2:] or " "}= "{name}"{ending}')
    return "".join(lines).encode()


def export_list(book: Rulebook, ident: str, file: Path) -> int:
    """All members of a list, those of its file and of included lists too, as CSV, XLSX or vCard."""
    one = _named(book, ident)
    if one is None:
        return 2
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        _say(f"“{file.name}”: dosya adı .csv, .xlsx ya da .vcf ile bitmeli.")
        return 2
    try:
        file.write_bytes(written(one.members, kind))
    except OSError as error:
        _say(f"{file}: yazılamadı ({error.strerror}).")
        return 1
    _say(f"{one.name}: {len(one.members)} alıcı {file} dosyasına yazıldı.")
    return 0


def come_or_go(settings: Settings, book: Rulebook, written_address: str, *, out: bool) -> int:
    """Take an address off every list, or let them send to it again."""
    address = Address.parse(written_address)
    if address is None:
        _say(f"“{written_address}” bir e-posta adresi değil.")
        return 2
    store = store_of(settings)
    with store.writing() as tx:
        if out:
            done = leave(tx, address, f"terminal ({_user()})", SystemClock().now())
        else:
            done = come_back(tx, address)
        if done:
            tx.commit()
    store.close()
    if not done:
        _say(f"{address} {'zaten listelerden çıkarılmıştı' if out else 'listelerden çıkarılmamıştı'}.")
        return 1
    names = ", ".join(lists_of(book, address)) or "hiçbir listede yazılı değil"
    _say(f"{address} {'listelerden çıkarıldı' if out else 'yeniden listeye alındı'} ({names}).")
    return 0


def _user() -> str:
    return os.environ.get("USER") or str(os.getuid())


def _say(text: str) -> None:
    print("".join(sign if sign.isprintable() else " " for sign in text), file=sys.stderr)
