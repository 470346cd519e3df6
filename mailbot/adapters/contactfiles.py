"""Contact lists as files of other programs: CSV, Excel (XLSX) and address cards (vCard).

Read into rows that `rulebook.contacts` judges, so that all three say the same about the same mistake.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mailbot.core.rules import Person
from mailbot.rulebook.contacts import (
    COLUMNS,
    MAX_BYTES,
    MAX_ROWS,
    ContactsRefused,
    Row,
    cells_of,
    csv_of,
    decoded,
    rows_of,
    table_of,
)

_UNPACKED = 60_000_000
"""Bytes that a workbook may unpack to, by its own directory."""


def read_rows(path: Path) -> tuple[list[Row], str]:
    """The rows of a file and a note on how it was read. Raises ContactsRefused, OSError."""
    with path.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ContactsRefused("Dosya 5 MB'tan büyük; yanlış bir dosya seçilmiş olmalı.")
    if data.startswith(b"PK\x03\x04"):
        return rows_of(_sheet(data)), ""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ContactsRefused("Bu eski bir Excel dosyası (XLS); Excel'de XLSX ya da CSV olarak kaydediniz.")
    text, note = decoded(data)
    if text.lstrip().upper().startswith("BEGIN:VCARD"):
        return _cards(text), note
    return rows_of(table_of(text)), note


def _sheet(data: bytes) -> list[list[str]]:
    """The cells of the first sheet that holds addresses, else of the first."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED:
                raise ContactsRefused(
                    "Dosya açıldığında çok büyüyor; içe aktarılmadı. CSV olarak kaydediniz."
                )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles that it leaves out
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            tables = [_table(sheet) for sheet in book.worksheets]
            book.close()
    except ContactsRefused:
        raise
    except Exception as error:  # a damaged workbook raises whatever its XML makes openpyxl stumble over
        raise ContactsRefused(
            "Dosya Excel dosyası olarak okunamadı; parolalı ya da bozuk olabilir. CSV olarak kaydediniz."
        ) from error
    filled = [t for t in tables if any("@" in cell for row in t for cell in row)]
    return next(iter(filled or tables), [])


def _table(sheet: Any) -> list[list[str]]:
    rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=50, values_only=True)
    return [[_said(cell) for cell in row] for row in rows]


def _said(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime() | date():
            return f"{cell:%d.%m.%Y}"
        case _:
            return str(cell)


def _cards(text: str) -> list[Row]:
    """One row a card; its number is that of the card. Raises ContactsRefused."""
    import vobject

    rows: list[Row] = []
    cards = vobject.readComponents(text, ignoreUnreadable=True, allowQP=True)
    try:
        for number, card in enumerate(cards, start=1):
            if number > MAX_ROWS:
                raise ContactsRefused(f"Dosyada {MAX_ROWS} karttan fazlası var.")
            rows.append(Row(number, _fields(card)))
    except ContactsRefused:
        raise
    except Exception as error:  # vobject's ParseError, and what a damaged card makes it stumble over
        raise ContactsRefused(
            f"{len(rows) + 1}. kart okunamadı; kartvizit programından yeniden dışa aktarınız."
        ) from error
    if not rows:
        raise ContactsRefused("Dosyada hiç kart yok.")
    return rows


def _fields(card: Any) -> dict[str, str]:
    """The cells of a card (RFC 6350): EMAIL with the best PREF, FN or ORG, CATEGORIES."""
    contents: dict[str, list[Any]] = card.contents
    mails = sorted(contents.get("email", ()), key=_preference)
    names = [str(line.value) for line in contents.get("fn", ()) if str(line.value).strip()]
    organisations = [
        " ".join(line.value) if isinstance(line.value, list) else str(line.value)
        for line in contents.get("org", ())
    ]
    groups = [
        str(one)
        for line in contents.get("categories", ())
        for one in (line.value if isinstance(line.value, list) else [line.value])
    ]
    return {
        "address": str(mails[0].value) if mails else "",
        "name": (names or organisations or [""])[0],
        "groups": ", ".join(groups),
    }


def _preference(line: Any) -> int:
    """PREF of RFC 6350 (1 is best), or `TYPE=pref` of earlier versions."""
    given = line.params.get("PREF", [])
    if given and str(given[0]).isdecimal():
        return int(given[0])
    kinds = [str(kind).lower() for kind in (*line.params.get("TYPE", []), *line.singletonparams)]
    return 1 if "pref" in kinds else 101


def written(people: Sequence[Person], kind: str) -> bytes:
    """The people as `csv`, `xlsx` or `vcf`."""
    match kind:
        case "csv":
            return csv_of(people)
        case "xlsx":
            return _workbook(people)
        case _:
            return _card_file(people)


def _workbook(people: Iterable[Person]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Liste"
    for number, cells in enumerate([list(COLUMNS), *map(cells_of, people)], start=1):
        for place, value in enumerate(cells, start=1):
            cell = sheet.cell(number, place)
            cell.value = value or None
            cell.data_type = "s" if value else "n"  # a name that begins with "=" is no formula
    for place, width in enumerate((36, 36, 24, 24, 12, 12)):
        sheet.column_dimensions["ABCDEF"[place]].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _card_file(people: Iterable[Person]) -> bytes:
    import vobject

    cards = []
    for person in people:
        card = vobject.vCard()
        card.add("fn").value = person.name or str(person.address)
        card.add("n").value = vobject.vcard.Name(family=person.name or str(person.address))
        card.add("email").value = str(person.address)
        if person.groups:
            card.add("categories").value = list(person.groups)
        cards.append(card.serialize())
    return "".join(cards).encode()
