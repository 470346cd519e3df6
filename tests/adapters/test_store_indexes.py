"""What is looked up for every letter goes through an index, however many rows there are."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Executable, create_engine

from mailbot.adapters import store_items, store_jobs, store_letters
from mailbot.adapters.database import Wire
from mailbot.adapters.store import open_store
from tests.servers.databases import Dice

LOOKUPS: dict[str, Any] = {
    "item": store_items._ITEM,
    "token": store_items._COPY,
    "asks to an address": store_items._OPEN_COPIES,
    "copies": store_items._COPIES,
    "open items": store_items._OPEN_ITEMS,
    "records": store_items._RECORDS,
    "chain": store_items._CHAIN,
    "texts": store_items._TEXTS,
    "message-ids": store_items._messages_among(4),
    "blob": store_letters._BLOB_KNOWN,
    "place": store_letters._PLACE_TAKEN,
    "ready letters": store_letters._READY,
    "same bytes": store_letters._SEEN,
    "named": store_letters._NAMED,
    "letters of an item": store_letters._letters_where(of_item=True, states=0),
    "due mails": store_jobs._DUE_MAILS,
    "stranded": store_jobs._STRANDED,
    "due timers": store_jobs._DUE_TIMERS,
    "next due": store_jobs._NEXT_DUE,
    "delivery": store_jobs._DELIVERY_OF,
    "timer": store_jobs._DROP_TIMER,
    "mails of purposes": store_jobs._cancel_mails(2),
    "deliveries of an item": store_jobs._deliveries_where(of_item=True, states=1),
}
TABLES = {"blobs", "letters", "items", "copies", "messages", "records", "chains", "jobs", "mails"}


@pytest.mark.parametrize("name", LOOKUPS)
def test_no_table_is_scanned(tmp_path: Path, name: str) -> None:
    statement: Executable = LOOKUPS[name]
    url = f"sqlite:///{tmp_path}/mailbot.db"
    open_store(url, entropy=Dice()).close()
    engine = create_engine(url, paramstyle="named")
    sql, constants = Wire(engine).prepared(statement)
    compiled = statement.compile(dialect=engine.dialect)  # type: ignore[attr-defined]
    values = {key: constants.get(key, 1) for key in compiled.params}
    connection = sqlite3.connect(tmp_path / "mailbot.db")
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    connection.close()
    engine.dispose()
    assert plan
    assert [step for step in plan if step.split()[0] == "SCAN" and step.split()[1] in TABLES] == []
