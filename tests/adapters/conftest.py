"""Fixtures for tests of the adapters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailbot.adapters.store import SqlStore, open_store
from tests.servers.databases import Dice, postgres_urls, url

__all__ = ["postgres_urls", "store", "url"]


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    opened = open_store(url, entropy=Dice())
    yield opened
    opened.close()
