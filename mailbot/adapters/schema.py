"""The schema's version: a new database is made by the migrations, an older one copied and upgraded.

Alembic is slow to import, so it is only asked where the version table does not already say HEAD.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from mailbot.adapters.database import in_words
from mailbot.ports.store import StoreDown

HEAD = "0002"
"""The newest revision in `migrations/versions`; four digits, ascending."""

_ADVISORY_LOCK = 7_041_776


def version_of(connection: Connection) -> str | None:
    """The schema version of the database, None for an empty one. Raises StoreDown where it is not ours."""
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names:
            raise StoreDown(
                "Veritabanında başka bir programın tabloları var. mailbot'a boş bir veritabanı veriniz."
            )
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def bring_up_to_date(engine: Engine) -> None:
    """Make or upgrade the schema. Raises StoreDown, also where the database is newer than the program."""
    try:
        with engine.connect() as connection:
            found = version_of(connection)
        if found == HEAD:
            return
        _refuse_newer(found)
        if found is not None and engine.dialect.name == "sqlite":
            copy_beside(Path(str(engine.url.database)), found)
        with engine.connect() as connection:
            _upgrade(connection)
    except DBAPIError as error:
        raise in_words(error) from error


def _refuse_newer(found: str | None) -> None:
    if found is not None and found > HEAD:
        raise StoreDown(
            f"Veritabanı bu mailbot'tan daha yeni bir sürümle kullanılmış (şema {found}, bilinen {HEAD}). "
            "mailbot'u güncelleyiniz ya da eski sürüme ait yedeği geri yükleyiniz."
        )


def _upgrade(connection: Connection) -> None:
    """All missing migrations in one transaction; of several services that start together, one does it."""
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    found = version_of(connection)
    _refuse_newer(found)
    if found != HEAD:
        config = Config()
        config.set_main_option("script_location", "mailbot.adapters:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    connection.commit()


def copy_beside(path: Path, version: str) -> Path:
    """A consistent copy of the SQLite database `path`, named after its schema version; where it lies."""
    number = 1
    while True:
        target = path.with_name(f"{path.name}.{version}-{number}.bak")
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            break
        except FileExistsError:
            number += 1
        except OSError as error:
            raise StoreDown(
                f"Yükseltmeden önce veritabanının kopyası alınamadı: {target} ({error.strerror}). Klasörde "
                "yazma izni ve yeterli yer olduğunu denetleyiniz."
            ) from error
    source, copy = sqlite3.connect(path), sqlite3.connect(target)
    try:
        source.backup(copy)
    except sqlite3.Error as error:
        raise in_words(error) from error
    finally:
        source.close()
        copy.close()
    return target
