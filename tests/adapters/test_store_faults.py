"""Altered data is named, and what goes wrong with the database is said in words."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from mailbot.adapters.codec import encode_item
from mailbot.adapters.schema import HEAD, copy_beside
from mailbot.adapters.store import open_store
from mailbot.adapters.tables import metadata
from mailbot.core.chain import salted_digest
from mailbot.core.item import AskState
from mailbot.core.outcome import Record
from mailbot.ports.store import StoreDown
from tests.adapters.samples import NOW, REF, arrival_of, item_of, mail_of
from tests.servers.databases import Dice


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one item of two states."""
    file = tmp_path / "mailbot.db"
    store = open_store(f"sqlite:///{file}", entropy=Dice())
    with store.writing() as tx:
        tx.accept("INBOX", 1, [arrival_of(1)], NOW)
        tx.put_item(item_of(), was=None)
        tx.append(REF, [Record("acildi", "İş açıldı.", {"a": 1}), Record("soruldu", "Soruldu.")], NOW)
        tx.owe([mail_of(1)], NOW)
        tx.put_item(item_of(revision=1), was=0)
        tx.commit()
    store.close()
    return file


def faults(path: Path) -> list[str]:
    store = open_store(f"sqlite:///{path}", entropy=Dice())
    with store.reading() as reads:
        found = [fault.what for fault in [*reads.faults(REF), *reads.damaged_blobs()]]
    store.close()
    return found


ALTERATIONS = [
    "UPDATE records SET ref = 'DNZ-HBR-2026-0002' WHERE seq = 3",
    "UPDATE records SET seq = 9 WHERE seq = 2",
    "UPDATE records SET at = '2026-11-23T12:00:00.000001+00:00' WHERE seq = 1",
    "UPDATE records SET kind = 'acildI' WHERE seq = 1",
    "UPDATE records SET text = 'İş açıldı!' WHERE seq = 1",
    "UPDATE records SET data = '{\"a\":2}' WHERE seq = 1",
    "UPDATE records SET salt = '00' WHERE seq = 1",
    "UPDATE records SET content = replace(content, substr(content, 1, 1), 'x') WHERE seq = 2",
    "UPDATE records SET state = NULL WHERE seq = 1",
    "UPDATE records SET link = replace(link, substr(link, 1, 1), 'x') WHERE seq = 2",
    "DELETE FROM records WHERE seq = 3",
    "UPDATE chains SET seq = 4",
    "UPDATE items SET document = replace(document, 'Ay', 'Az')",
    "UPDATE items SET document = 'x'",
    "UPDATE items SET digest = salt || salt",
    "UPDATE items SET salt = '00'",
    "UPDATE items SET stage = 'yayinda'",
    "UPDATE items SET open = 0",
    "UPDATE items SET opened_at = '2026-11-23T12:00:01.000000+00:00'",
    "UPDATE copies SET office = 'bakanlik'",
    "UPDATE copies SET address = 'x@y.example'",
    "DELETE FROM copies",
    "UPDATE mails SET head = x'00'",
    "UPDATE blobs SET data = x'00' WHERE digest = (SELECT body FROM mails)",
    "UPDATE blobs SET data = x'00' WHERE digest = (SELECT digest FROM letters)",
    "DELETE FROM blobs WHERE digest = (SELECT digest FROM letters)",
]


def test_what_was_not_altered_has_no_faults(path: Path) -> None:
    assert faults(path) == []


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_an_alteration_is_found(path: Path, alteration: str) -> None:
    with sqlite3.connect(path) as connection:
        assert connection.execute(alteration).rowcount == 1
    connection.close()
    assert faults(path) != []


def test_a_document_rewritten_with_its_own_digest_is_found(path: Path) -> None:
    forged = encode_item(item_of(revision=1, state=AskState.APPROVED))
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE items SET document = ?, salt = 'ab', digest = ?",
            (forged, salted_digest("ab", "", forged)),
        )
        connection.execute("UPDATE copies SET open = 0")
    connection.close()
    assert faults(path) == ["İşin içeriği, geçmişine yazılan son durumla aynı değil."]


def test_a_copy_is_made_beside_an_older_database(path: Path) -> None:
    first, second = copy_beside(path, "0001"), copy_beside(path, "0001")
    assert first != second
    assert first.stat().st_mode & 0o777 == 0o600
    assert faults(first) == []


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    store = open_store(f"sqlite:///{path}", entropy=Dice())
    with store.writing() as tx:
        tx.set_meta("a", "b")
        tx.commit()
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    store.close()
    assert modes == dict.fromkeys(("mailbot.db", "mailbot.db-wal", "mailbot.db-shm"), 384)


def test_migrations_make_what_the_tables_say(url: str) -> None:
    open_store(url, entropy=Dice()).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_database_of_the_first_schema_is_upgraded_with_all_that_is_in_it(url: str) -> None:
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", "mailbot.adapters:migrations")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO meta VALUES ('a', 'b')"))
        connection.commit()
    engine.dispose()
    store = open_store(url, entropy=Dice())
    with store.writing() as tx:
        assert tx.meta("a") == "b"
        assert tx.owners() == []
    store.close()


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "mailbot.adapters:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_newer_database_is_refused_in_words(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreDown, match="daha yeni"):
        open_store(f"sqlite:///{path}", entropy=Dice())


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "dosyada"),
        ("mysql://x/y", "ile başlamalıdır"),
        ("nonsense", "anlaşılmıyor"),
        ("sqlite:////nowhere/at/all.db", "açılamıyor"),
        ("postgresql+psycopg://x@127.0.0.1:1/y", "ulaşılamıyor"),
    ],
)
def test_a_database_that_cannot_be_opened(url: str, words: str) -> None:
    with pytest.raises(StoreDown, match=words):
        open_store(url, entropy=Dice())


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "mailbot.db"
    file.write_bytes(b"not a database at all " * 100)
    with pytest.raises(StoreDown, match="bozuk"):
        open_store(f"sqlite:///{file}", entropy=Dice())


def test_a_database_locked_by_another_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.adapters.database._PRAGMAS", ("PRAGMA busy_timeout=10",))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = open_store(f"sqlite:///{path}", entropy=Dice())
    with pytest.raises(StoreDown, match="kilitli"), store.writing():
        pass
    other.close()
    with store.writing() as tx:
        tx.commit()
    store.close()


@pytest.mark.parametrize(
    ("pragma", "words"),
    [("PRAGMA query_only=1", "yalnızca okunabiliyor"), ("PRAGMA max_page_count=1", "dolu")],
)
def test_a_database_that_takes_nothing_more(
    path: Path, monkeypatch: pytest.MonkeyPatch, pragma: str, words: str
) -> None:
    monkeypatch.setattr("mailbot.adapters.database._PRAGMAS", (pragma,))
    store = open_store(f"sqlite:///{path}", entropy=Dice())
    with pytest.raises(StoreDown, match=words), store.writing() as tx:
        tx.put_blob(b"x" * 1_000_000)
    store.close()


_LOOP = """
import sys
from mailbot.adapters.store import open_store
from tests.servers.databases import Dice
store = open_store(sys.argv[1], entropy=Dice())
while True:
    with store.writing() as tx:
        number = tx.next_number("n")
        tx.set_meta("n", str(number))
        tx.commit()
    print(number, flush=True)
"""


def test_what_was_committed_survives_kill_9(url: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", _LOOP, url], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    told = 0
    for line in child.stdout:
        told = int(line)
        if told >= 50:
            os.kill(child.pid, signal.SIGKILL)
            break
    told = max([told, *(int(line) for line in child.stdout.read().split("\n")[:-1])])
    child.wait()
    child.stdout.close()
    store = open_store(url, entropy=Dice())
    with store.writing() as tx:
        kept = int(tx.meta("n") or 0)
        assert kept in (told, told + 1)
        assert tx.next_number("n") == kept + 1
    store.close()
