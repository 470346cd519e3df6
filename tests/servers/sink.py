"""smtp-sink of Postfix: takes mail fast and throws it away; for benchmarks and odd answers."""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers.ground import HOST, await_port, free_port, program


@functools.cache
def sink_missing() -> str | None:
    """Why smtp-sink cannot be used here; None where it can."""
    return None if program("smtp-sink") else "smtp-sink is missing"


@contextmanager
def smtp_sink(*options: str) -> Iterator[int]:
    """smtp-sink with these options (`-r RCPT` greylists, `-f RCPT` refuses, `-q .` drops); its port."""
    binary = program("smtp-sink")
    assert binary is not None
    port = free_port()
    user = ("-u", "nobody") if os.geteuid() == 0 else ()
    process = subprocess.Popen(
        [binary, *user, *options, f"{HOST}:{port}", "1000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await_port(port, lambda: process.poll() is None)
        yield port
    finally:
        process.terminate()
        process.wait(10)
