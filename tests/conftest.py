"""Tests whose servers are missing are not collected, and the run names them at its end.

With MAILBOT_SERVERS=require a missing server is a failure: nothing is left out unseen.
"""

from __future__ import annotations

import functools
import importlib.util
import os
from collections import defaultdict
from collections.abc import Callable
from ctypes.util import find_library

import pytest

from tests.servers.dovecot import dovecot_missing
from tests.servers.ground import program
from tests.servers.milters import milters_missing
from tests.servers.postfix import postfix_missing
from tests.servers.sink import sink_missing


@functools.cache
def _postgres_missing() -> str | None:
    if importlib.util.find_spec("tests.servers.postgres") is None:
        return "tests/servers/postgres.py is missing"
    from tests.servers.postgres import postgres_missing

    return postgres_missing()


def _chromium_missing() -> str | None:
    return None if program("chromium") or program("chromium-browser") else "chromium is missing"


def _pango_missing() -> str | None:
    return None if find_library("pango-1.0") and find_library("pangoft2-1.0") else "pango is missing"


MISSING: dict[str, Callable[[], str | None]] = {
    "dovecot": dovecot_missing,
    "postfix": postfix_missing,
    "opendkim": milters_missing,
    "opendmarc": milters_missing,
    "smtp-sink": sink_missing,
    "postgres": _postgres_missing,
    "chromium": _chromium_missing,
    "pango": _pango_missing,
}

_LEFT_OUT = pytest.StashKey[dict[str, list[str]]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept: list[pytest.Item] = []
    left_out: dict[str, list[str]] = defaultdict(list)
    for item in items:
        names = [name for mark in item.iter_markers("servers") for name in mark.args]
        reasons = sorted({reason for name in names if (reason := MISSING[name]()) is not None})
        if reasons:
            left_out[", ".join(reasons)].append(item.nodeid)
        else:
            kept.append(item)
    if left_out and os.environ.get("MAILBOT_SERVERS") == "require":
        raise pytest.UsageError("MAILBOT_SERVERS=require, but " + "; ".join(sorted(left_out)))
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    config.stash[_LEFT_OUT] = left_out


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for reason, names in sorted(config.stash.get(_LEFT_OUT, {}).items()):
        terminalreporter.write_sep("-", f"not collected: {len(names)} tests, because {reason}")
        for name in names:
            terminalreporter.write_line(f"  {name}")
