"""Small builders for statements that are compiled once (see `database`)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, Column, ColumnElement, Table, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.dml import Insert

from mailbot.adapters.tables import metadata


def table(name: str) -> Table:
    """The table of `tables.py` with this name."""
    return metadata.tables[name]


def insert_row(into: Table, *, without: Sequence[str] = ()) -> postgresql.Insert:
    """INSERT of a whole row; a parameter for each column, under its name.

    SQLite took ON CONFLICT from PostgreSQL, words and meaning: the one construct compiles for both.
    """
    names = [column.name for column in into.columns if column.name not in without]
    return postgresql.insert(into).values({name: bindparam(name) for name in names})


def upsert_row(into: Table, keys: Sequence[str], *, without: Sequence[str] = ()) -> Insert:
    """INSERT of a whole row that replaces the one with the same keys."""
    insert = insert_row(into, without=without)
    fresh = {
        column.name: insert.excluded[column.name]
        for column in into.columns
        if column.name not in keys and column.name not in without
    }
    return insert.on_conflict_do_update(index_elements=list(keys), set_=fresh)


def setting(*names: str) -> dict[str, BindParameter[object]]:
    """SET of an UPDATE: a parameter for each column, under its name."""
    return {name: bindparam(name) for name in names}


def among(column: Column[str], count: int) -> ColumnElement[bool]:
    """`column` is one of the parameters x0 … x(count-1)."""
    return column.in_([bindparam(f"x{number}") for number in range(count)])


def numbered(values: Sequence[str], count: int) -> dict[str, str]:
    """Parameters x0 … for `among`; the last value is repeated where there are fewer than `count`."""
    padded = [*values, *[values[-1]] * (count - len(values))]
    return {f"x{number}": value for number, value in enumerate(padded)}


def size_class(count: int) -> int:
    """The next power of two: few different statements serve lists of any length."""
    return 1 << max(0, count - 1).bit_length()
