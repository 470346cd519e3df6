"""What is checked before the service starts: everything, once for each state of rules and templates.

Searching the states of every workflow and rendering every template takes seconds that a restart after a
crash does not have. What passed is remembered in the database under the digest of all the unit's files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mailbot import __version__
from mailbot.app.check import check, check_rules, check_secrets
from mailbot.app.config import Settings
from mailbot.app.wiring import store_of
from mailbot.ports.store import StoreDown
from mailbot.rulebook.complaint import Complaint

PASSED = "check:passed"
"""Where the database remembers the digest of the files that passed last."""


def wrong_at_start(settings: Settings, today: date) -> list[Complaint]:
    """Every complaint that keeps the service from starting; empty where it may start."""
    files = digest_of_files(settings.rules, settings.templates)
    if _passed(settings) != files:
        wrong = _errors(f.complaints for f in check(settings, today, offline=True, forms=False))
        if not wrong:
            _remember(settings, files)
        return wrong
    return _errors((check_secrets(settings).complaints, check_rules(settings, today)[0].complaints))


def digest_of_files(*folders: Path) -> str:
    """SHA-256 over the names and bytes of all files in `folders`, and the program's version."""
    running = hashlib.sha256(__version__.encode())
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder).as_posix().encode()
            running.update(b"%d %b %d " % (len(name), name, path.stat().st_size))
            running.update(path.read_bytes())
    return running.hexdigest()


def _errors(found: Iterator[tuple[Complaint, ...]] | tuple[tuple[Complaint, ...], ...]) -> list[Complaint]:
    return [c for complaints in found for c in complaints if not c.warning]


def _passed(settings: Settings) -> str | None:
    """None also where the database cannot be opened: the whole check then says why."""
    try:
        store = store_of(settings)
    except StoreDown:
        return None
    try:
        with store.reading() as reads:
            return reads.meta(PASSED)
    except StoreDown:
        return None
    finally:
        store.close()


def _remember(settings: Settings, files: str) -> None:
    """A database that takes nothing is not told here: the service's first word to it says so."""
    try:
        store = store_of(settings)
    except StoreDown:
        return
    try:
        with store.writing() as tx:
            tx.set_meta(PASSED, files)
            tx.commit()
    except StoreDown:
        pass
    finally:
        store.close()
