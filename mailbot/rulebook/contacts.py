"""Rows of a contact list become people, or a sentence each about what is wrong with them.

The same reading serves `rules/lists/*.csv`, where one bad row refuses the rules, and `mailbot lists
import`, where it is reported and the others are taken. Pure: bytes and rows in, people and reports out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mailbot.core.rules import Person
from mailbot.core.values import Address
from mailbot.reading.plain import plain
from mailbot.reading.turkish import fold

COLUMNS = ("e-posta", "ad", "grup", "hitap", "başlangıç", "bitiş")
"""The columns that we write, in order."""
MAX_ROWS = 20_000
MAX_BYTES = 5_000_000

_HEADINGS: tuple[tuple[str, str], ...] = (
    ("address", r"e-?\s?posta.*|e-?\s?mail.*|mail.*|eposta.*|posta\sadresi"),
    ("address", r"adres(?:i)?"),
    ("since", r"baslangic.*|since|gecerlilik\sbasi"),
    ("until", r"bitis.*|until|gecerlilik\ssonu"),
    ("groups", r"gru[pb].*|kategori.*|tur(?:u)?|groups?|categories|etiket.*"),
    ("salutation", r"hitap.*|salutation"),
    ("name", r"(?:ad|isim|name|kurum|kurulus|unvan|yayin\s?organi|gazete|kanal|medya)\b.*|adi\b.*"),
)
"""What people call a column, in plain letters, surest first: "adres" may be a street beside "e-posta"."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_NAMED = re.compile(r'\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*')
_DAY = re.compile(r"(?:(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?)")
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as the file's program shows it, and its cells by our names."""

    number: int
    cells: Mapping[str, str]

    @property
    def words(self) -> str:
        """What stands in the row, for a report: one line, nothing that a terminal would obey."""
        joined = "; ".join(_CONTROL.sub("␤", value.strip()) for value in self.cells.values() if value.strip())
        return joined if len(joined) <= 120 else joined[:119] + "…"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: where it stands, what it says, and what to do about it."""

    number: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """What a file holds."""

    people: tuple[Person, ...] = ()
    bad: tuple[BadRow, ...] = ()
    notes: tuple[str, ...] = ()
    """What was understood silently otherwise: a charset, rows that name one address twice."""
    places: Mapping[Address, int] = field(default_factory=dict)
    """The row of each person."""


class ContactsRefused(Exception):
    """The file holds no contacts that could be read. The sentence is Turkish and says what to do."""


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a CSV or vCard file and a note on its charset ("" where it is UTF-8).

    Windows-1254 where it is no UTF-8: what Turkish Excel writes. Raises ContactsRefused.
    """
    if len(data) > MAX_BYTES:
        raise ContactsRefused("Dosya 5 MB'tan büyük; yanlış bir dosya seçilmiş olmalı.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16 olarak okundu"
    if b"\0" in data:
        raise ContactsRefused("Dosya bir metin dosyası değil; CSV, XLSX ya da VCF olarak kaydediniz.")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1254", "replace"), "Windows-1254 (Türkçe Excel) olarak okundu"


def table_of(text: str) -> list[list[str]]:
    """The cells of CSV text, whichever of ";", tab and "," separates them. Raises ContactsRefused."""
    separator = ""
    if found := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):  # Excel's own hint
        separator, text = found[1], text[found.end() :]
    if not separator:
        first = re.sub(r'"[^"]*"', "", next((row for row in text.splitlines() if row.strip()), ""))
        separator = max((";", "\t", ","), key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ContactsRefused(f"Dosya CSV olarak okunamadı ({error}); yeniden kaydediniz.") from error


def rows_of(table: Sequence[Sequence[str]]) -> list[Row]:
    """Rows by our names for the columns. Raises ContactsRefused where no column holds addresses."""
    filled = [(number, cells) for number, cells in enumerate(table, start=1) if any(c.strip() for c in cells)]
    if not filled:
        raise ContactsRefused("Dosyada hiç satır yok.")
    if len(filled) > MAX_ROWS:
        raise ContactsRefused(f"Dosyada {MAX_ROWS} satırdan fazlası var; yanlış bir dosya seçilmiş olmalı.")
    names = _headings(filled[0][1])
    if "address" in names:
        body = filled[1:]
    elif any("@" in cell for cell in filled[0][1]):
        names, body = _guessed(filled[0][1]), filled
    else:
        raise ContactsRefused(
            "Hangi sütunun e-posta adresi olduğu anlaşılamadı; ilk satıra sütun adlarını yazınız: "
            + "; ".join(COLUMNS)
            + "."
        )
    return [
        Row(number, {name: cells[place] for place, name in enumerate(names) if name and place < len(cells)})
        for number, cells in body
    ]


def _headings(cells: Sequence[str]) -> list[str]:
    """Our name for each column, "" where it is none of ours; each name once."""
    names = [""] * len(cells)
    for name, pattern in _HEADINGS:
        if name in names:
            continue
        for place, cell in enumerate(cells):
            said = " ".join(plain(cell).replace("_", " ").split())
            if not names[place] and "@" not in cell and re.fullmatch(pattern, said):
                names[place] = name
                break
    return names


def _guessed(cells: Sequence[str]) -> list[str]:
    """Columns of a file without headings: the address, and the first other text as the name."""
    place = next(n for n, cell in enumerate(cells) if "@" in cell)
    name = next((n for n, cell in enumerate(cells) if n != place and cell.strip()), -1)
    return ["address" if n == place else "name" if n == name else "" for n in range(len(cells))]


def read_contacts(rows: Iterable[Row], *, unit: Address | None = None) -> Contacts:
    """People and bad rows. An address that comes again is one person in all of its groups."""
    people: dict[Address, Person] = {}
    places: dict[Address, int] = {}
    bad: list[BadRow] = []
    notes: list[str] = []
    for row in rows:
        person = _person(row, unit)
        if isinstance(person, str):
            bad.append(BadRow(row.number, row.words, person))
            continue
        twin = people.get(person.address)
        if twin is None:
            people[person.address] = person
            places[person.address] = row.number
        elif twin.name and person.name and plain(twin.name) != plain(person.name):
            first = places[person.address]
            why = f"{first}. satırda aynı adres başka bir adla var (“{twin.name}”); birini siliniz."
            bad.append(BadRow(row.number, row.words, why))
        else:
            groups = tuple(dict.fromkeys((*twin.groups, *person.groups)))
            people[person.address] = replace(twin, name=twin.name or person.name, groups=groups)
            notes.append(f"{row.number}. satır {places[person.address]}. satırla aynı adres; birleştirildi")
    return Contacts(tuple(people.values()), tuple(bad), tuple(notes), places)


def _person(row: Row, unit: Address | None) -> Person | str:
    """The person of a row, or why there is none."""
    cells = {name: value for name, value in row.cells.items() if value.strip()}
    for name, value in cells.items():
        if _CONTROL.search(value.strip()):
            column = dict(zip(("address", "name", "groups", "salutation"), COLUMNS, strict=False)).get(
                name, name
            )
            return f"“{column}” sütununda satır sonu ya da denetim karakteri var; tek satır yazınız."
    written = cells.get("address", "").strip().removeprefix("mailto:").rstrip(" ;,.")
    name = _unquoted(cells.get("name", "")).strip()
    if not written:
        return "E-posta adresi yok; adresi yazınız ya da satırı siliniz."
    if (named := _NAMED.fullmatch(written)) is not None:
        name, written = name or named[1].strip(), named[2].strip()
    if written.count("@") > 1 or re.search(r"[;,/]|\s", written):
        return "Bir hücrede birden çok adres var; her adresi ayrı bir satıra yazınız."
    address = Address.parse(written)
    if address is None:
        letters = " Adreste Türkçe harf olmaz." if not written.isascii() else ""
        return f"“{written[:80]}” bir e-posta adresi değil; doğrusunu yazınız.{letters}"
    if unit is not None and address.base == unit:
        return "Bu, birimin kendi adresi; listede olamaz."
    if name.lower() == address.text:
        name = ""
    if any(sign in name for sign in '<>@"'):
        return 'Ad yalnız ad içermeli; < > @ " işaretlerini siliniz.'
    if len(name) > 120:
        return "Ad çok uzun; en çok 120 harf yazınız."
    since, until = (_day(cells.get(key, "").strip()) for key in ("since", "until"))
    for key, day in (("since", since), ("until", until)):
        if day is None and cells.get(key):
            return f"“{cells[key].strip()[:40]}” bir gün değil; 23.11.2026 biçiminde yazınız."
    if since and until and since > until:
        return "Başlangıç günü bitiş gününden sonra; günleri düzeltiniz."
    groups = tuple(
        dict.fromkeys(g for g in map(group_name, re.split(r"[,;/|]", cells.get("groups", ""))) if g)
    )
    salutation = _unquoted(cells.get("salutation", "")).strip()[:120]
    return Person(address, name, salutation=salutation, since=since, until=until, groups=groups)


def group_name(written: str) -> str:
    """The key under which a group is known: "Televizyon " and "TELEVİZYON" are one."""
    return " ".join(fold(written).split())[:40]


def _day(written: str) -> date | None:
    found = _DAY.fullmatch(written)
    if not found:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _unquoted(cell: str) -> str:
    """A cell without the apostrophe that keeps a program from reading it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def cells_of(person: Person) -> list[str]:
    """A person as the cells of `COLUMNS`."""
    days = [f"{day:%d.%m.%Y}" if day else "" for day in (person.since, person.until)]
    return [str(person.address), person.name, ", ".join(person.groups), person.salutation, *days]


def csv_of(people: Iterable[Person]) -> bytes:
    """A list as CSV that Turkish Excel opens right: UTF-8 with its mark, semicolons.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for person in people:
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells_of(person))
    return b"\xef\xbb\xbf" + out.getvalue().encode()
