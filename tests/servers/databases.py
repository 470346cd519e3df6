"""Fixtures that give each test an empty store of its own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from mailbot.adapters.store import open_store
from tests.servers.postgres import postgres

NewUrl = Callable[[], str]
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.servers("postgres"))]


class Dice:
    """Entropy that gives the same bits in every run."""

    def __init__(self) -> None:
        self._random = random.Random(7)

    def bits(self, count: int) -> int:
        return self._random.getrandbits(count)


@pytest.fixture(scope="session")
def postgres_urls() -> Iterator[NewUrl]:
    """URLs of new databases whose schema was made once."""
    with postgres() as url:
        base, _, _ = url.rpartition("/")
        admin = url.replace("+psycopg", "")
        numbers = itertools.count()
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("CREATE DATABASE pattern")
            open_store(f"{base}/pattern", entropy=Dice()).close()

            def new() -> str:
                name = f"t{next(numbers)}"
                connection.execute(f"CREATE DATABASE {name} TEMPLATE pattern".encode())
                return f"{base}/{name}"

            yield new


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/mailbot.db"
    new: NewUrl = request.getfixturevalue("postgres_urls")
    return new()
