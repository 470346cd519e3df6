"""One database connection's ways: SQLite or PostgreSQL, statements compiled once, errors in words.

Statements are written with SQLAlchemy's Core against `tables.py`, compiled once and given to the driver as
text: the driver prepares and keeps them. That spares two thirds of what `Connection.execute` costs.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Executable, create_engine, event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from mailbot.ports.store import StoreConflict, StoreDown

Row = tuple[Any, ...]

LOCK_SECONDS = 5.0
"""How long a writer waits for another one."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={int(LOCK_SECONDS * 1000)}",
    "PRAGMA cache_size=-16000",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA temp_store=MEMORY",
)


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite URL, None for another database. Raises StoreDown where it is none of both."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreDown(f"Veritabanı adresi anlaşılmıyor: {url!r}. Örnek: sqlite:///mailbot.db") from error
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:" or parsed.query:
            raise StoreDown("Veritabanı bir dosyada durmalıdır. Örnek: sqlite:///mailbot.db")
        return Path(parsed.database)
    if parsed.drivername != "postgresql+psycopg":
        raise StoreDown("Veritabanı adresi sqlite:/// ya da postgresql+psycopg:// ile başlamalıdır.")
    return None


def make_engine(url: str) -> Engine:
    """The engine of `url`. An SQLite file is created readable by its owner alone. Raises StoreDown."""
    path = sqlite_path(url)
    try:
        if path is None:
            return create_engine(url, connect_args={"options": "-c timezone=UTC", "connect_timeout": 10})
        if not path.exists():
            # SQLite gives -wal and -shm the mode of the database file.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreDown(
            f"Veritabanı dosyası açılamıyor: {path} ({error.strerror}). Klasörün var olduğunu ve yazılabilir "
            "olduğunu denetleyiniz."
        ) from error
    except (ImportError, NoSuchModuleError) as error:
        raise StoreDown("PostgreSQL için psycopg paketi gereklidir: mailbot[postgres] kurunuz.") from error
    engine = create_engine(url, paramstyle="named", connect_args={"isolation_level": None})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


class Wire:
    """How statements and instants reach the driver, for one engine. Shared by all its connections."""

    def __init__(self, engine: Engine) -> None:
        self.dialect: Dialect = engine.dialect
        self.sqlite = engine.dialect.name == "sqlite"
        driver = engine.dialect.loaded_dbapi
        self.error: type[Exception] = driver.Error
        self.integrity: type[Exception] = driver.IntegrityError
        self._prepared: dict[Executable, tuple[str, dict[str, Any]]] = {}

    def prepared(self, statement: Executable) -> tuple[str, dict[str, Any]]:
        """The SQL of `statement` and its constant parameters."""
        known = self._prepared.get(statement)
        if known is None:
            compiled = statement.compile(dialect=self.dialect)  # type: ignore[attr-defined]
            constants = {name: value for name, value in compiled.params.items() if value is not None}
            known = self._prepared[statement] = (str(compiled), constants)
        return known

    def instant(self, at: datetime) -> object:
        """An aware instant as it is stored. Raises ValueError for a naive one."""
        if at.tzinfo is None:
            raise ValueError("an instant without time zone cannot be stored")
        at = at.astimezone(UTC)
        return at.isoformat(timespec="microseconds") if self.sqlite else at

    def moment(self, stored: Any) -> datetime:
        """The instant that `instant` stored, in UTC."""
        return datetime.fromisoformat(stored) if self.sqlite else stored.astimezone(UTC)

    def moment_or_none(self, stored: Any) -> datetime | None:
        return None if stored is None else self.moment(stored)


class Session:
    """One unit of work on one driver connection. Every driver error leaves as one of the port's."""

    def __init__(self, connection: Any, wire: Wire) -> None:
        self._connection = connection
        self.wire = wire

    def run(self, statement: Executable, **values: Any) -> Any:
        """Execute with `values`; the driver's cursor."""
        sql, constants = self.wire.prepared(statement)
        try:
            return self._connection.execute(sql, constants | values)
        except self.wire.error as error:
            raise in_words(error) from error

    def each(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute once for each row."""
        if not rows:
            return
        sql, constants = self.wire.prepared(statement)
        if constants:
            rows = [constants | dict(row) for row in rows]
        try:
            self._connection.cursor().executemany(sql, rows)
        except self.wire.error as error:
            raise in_words(error) from error

    def plain(self, sql: str) -> None:
        """Execute SQL without parameters that both databases understand."""
        try:
            self._connection.execute(sql)
        except self.wire.error as error:
            raise in_words(error) from error

    def one(self, statement: Executable, **values: Any) -> Row | None:
        row: Row | None = self.run(statement, **values).fetchone()
        return row

    def all(self, statement: Executable, **values: Any) -> list[Row]:
        rows: list[Row] = self.run(statement, **values).fetchall()
        return rows

    def stream(self, statement: Executable, **values: Any) -> Iterable[Row]:
        """Rows one by one: for what does not fit into memory at once."""
        cursor = self.run(statement, **values)
        while (row := cursor.fetchone()) is not None:
            yield row


def storable(text: str) -> str:
    """`text` as both databases can hold it: without NUL and lone surrogates, which hostile mail contains."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


_LOCKED = (
    "Veritabanı başka bir işlem tarafından kilitli tutuluyor. Aynı veritabanını kullanan ikinci bir mailbot "
    "ya da açık kalmış bir araç varsa kapatınız; kısa süre sonra yeniden denenecektir."
)
_READ_ONLY = (
    "Veritabanı yalnızca okunabiliyor. Dosyanın ve klasörünün mailbot'u çalıştıran kullanıcıya ait ve "
    "yazılabilir olduğunu denetleyiniz."
)
_FULL = "Veritabanının bulunduğu disk dolu. Yer açınız; mailbot kaldığı yerden sürdürecektir."
_DAMAGED = (
    "Veritabanı dosyası bozuk ya da bir mailbot veritabanı değil. Dosyayı olduğu gibi saklayınız ve son "
    "yedeği geri yükleyiniz."
)
_UNOPENED = (
    "Veritabanı açılamıyor. Klasörün var olduğunu ve mailbot'u çalıştıran kullanıcının yetkisini "
    "denetleyiniz."
)
_DISK = "Veritabanının bulunduğu disk okuma ya da yazma hatası veriyor. Diski denetleyiniz."
_GONE = (
    "Veritabanı sunucusuna ulaşılamıyor. Sunucunun çalıştığını ve ayarlardaki adresini denetleyiniz; kısa "
    "süre sonra yeniden denenecektir."
)
_REFUSED = "Veritabanı sunucusu hesabı kabul etmiyor. Kullanıcı adını, parolayı ve yetkilerini denetleyiniz."
_ABSENT = "Sunucuda bu adda bir veritabanı yok. Ayarlardaki adı düzeltiniz ya da veritabanını oluşturunuz."

_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_PERM: _UNOPENED,
    sqlite3.SQLITE_AUTH: _UNOPENED,
    sqlite3.SQLITE_IOERR: _DISK,
}

# By SQLSTATE or its class (PostgreSQL documentation, appendix A).
_POSTGRES = {
    "25006": _READ_ONLY,
    "53100": _FULL,
    "55P03": _LOCKED,
    "3D000": _ABSENT,
    "28": _REFUSED,
    "42501": _REFUSED,
    "XX": _DAMAGED,
    "58": _DISK,
}


def in_words(error: Exception) -> Exception:
    """The port's exception for a driver's: StoreConflict, StoreDown, or RuntimeError for a bug of ours."""
    if isinstance(error, DBAPIError) and isinstance(error.orig, Exception):
        error = error.orig
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error)
    return _from_postgres(error)


def _from_sqlite(error: sqlite3.Error) -> Exception:
    extended = getattr(error, "sqlite_errorcode", 0)
    if extended in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return StoreConflict(str(error))
    sentence = _SQLITE.get(extended & 0xFF)
    if sentence:
        return StoreDown(f"{sentence} ({error})")
    return RuntimeError(f"statement failed: {error}")


def _from_postgres(error: Exception) -> Exception:
    state = getattr(error, "sqlstate", None)
    if state is None:
        words = str(error).lower()
        # libpq gives no SQLSTATE where the connection itself fails.
        if "authentication failed" in words or "no password" in words or "role" in words:
            return StoreDown(f"{_REFUSED} ({error})")
        if "does not exist" in words:
            return StoreDown(f"{_ABSENT} ({error})")
        if type(error).__name__ in ("OperationalError", "InterfaceError", "ConnectionTimeout"):
            return StoreDown(f"{_GONE} ({error})")
        return RuntimeError(f"statement failed: {error}")
    if state in ("23505", "40001", "40P01"):
        return StoreConflict(str(error))
    if state[:2] in ("08", "57", "53") and state != "53100":
        return StoreDown(f"{_GONE} ({error})")
    sentence = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    return StoreDown(f"{sentence} ({error})") if sentence else RuntimeError(f"statement failed: {error}")
