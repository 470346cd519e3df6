"""The database on SQLite (one host) or PostgreSQL (several): fills `ports.store`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mailbot.adapters.database import LOCK_SECONDS, Wire, in_words, make_engine
from mailbot.adapters.schema import bring_up_to_date
from mailbot.adapters.store_jobs import JobWork
from mailbot.adapters.system import SystemClock
from mailbot.ports.clock import Clock, Entropy
from mailbot.ports.store import Reads, StoreDown, Transaction


class SqlTransaction(JobWork):
    """One unit of work; see `ports.store.Transaction`."""

    committed = False

    def __init__(self, connection: Any, wire: Wire, entropy: Entropy, clock: Clock) -> None:
        super().__init__(connection, wire, entropy)
        self._clock = clock

    def commit(self) -> None:
        if self.committed:
            raise RuntimeError("this transaction is over")
        self.seal(self._clock.now())
        try:
            self._connection.commit()
        except self.wire.error as error:
            raise in_words(error) from error
        self.committed = True


class SqlStore:
    """The database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, entropy: Entropy, clock: Clock) -> None:
        self._engine = engine
        self._entropy = entropy
        self._clock = clock
        self._wire = Wire(engine)
        # SQLite lets one writer in at a time; waiting here is fair and wakes at once, its busy handler polls.
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Reads]:
        """One consistent view. Raises StoreDown."""
        with self._work("BEGIN" if self._wire.sqlite else _SNAPSHOT) as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction, rolled back unless committed. Raises StoreConflict, StoreDown."""
        if not self._wire.sqlite:
            with self._work(None) as work:
                yield work
            return
        if not self._turn.acquire(timeout=LOCK_SECONDS):
            raise StoreDown("Veritabanı uzun süredir başka bir yazma işlemiyle meşgul; yeniden denenecektir.")
        try:
            with self._work("BEGIN IMMEDIATE") as work:
                yield work
        finally:
            self._turn.release()

    @contextmanager
    def _work(self, begin: str | None) -> Iterator[SqlTransaction]:
        connection = self._connect()
        try:
            work = SqlTransaction(connection.dbapi_connection, self._wire, self._entropy, self._clock)
            if begin:
                work.plain(begin)
            yield work
        except StoreDown:
            # A server that was restarted leaves dead connections behind: the next try gets a new one.
            if not self._wire.sqlite:
                connection.invalidate()
                self._engine.dispose()
            raise
        finally:
            # Back to the pool, which rolls back what was not committed.
            connection.close()

    def _connect(self) -> Any:
        try:
            return self._engine.raw_connection()
        except PoolTimeout as error:
            raise StoreDown("Veritabanı bağlantılarının tümü kullanımda; yeniden denenecektir.") from error
        except (DBAPIError, self._wire.error) as error:
            raise in_words(error) from error

    def close(self) -> None:
        self._engine.dispose()


_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def open_store(url: str, *, entropy: Entropy, clock: Clock | None = None) -> SqlStore:
    """The store at `url`: `sqlite:///file` or `postgresql+psycopg://…`, its schema brought up to date.

    A new database is made; an older one is copied beside itself (SQLite) and upgraded. Raises StoreDown
    where it cannot be opened, or is newer than this program.
    """
    engine = make_engine(url)
    try:
        bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, entropy, clock or SystemClock())
