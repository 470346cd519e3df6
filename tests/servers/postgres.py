"""A PostgreSQL of our own for tests: made by initdb in a scratch folder, on a free loopback port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.ground import HOST, free_port


def _binaries() -> Path | None:
    """The folder of the newest initdb and postgres, or None."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: (len(path.parent.name), path.parent.name)
    )
    found = shutil.which("initdb")
    folders = [*reversed(versions), *([Path(found).resolve().parent] if found else [])]
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def postgres_missing() -> str | None:
    """Why tests on PostgreSQL cannot run here, or None where they can."""
    if _binaries() is None:
        return "PostgreSQL (initdb, postgres)"
    return None


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a running server's empty database `postgres`; the server is stopped at the end.

    PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`.
    """
    folder = _binaries()
    assert folder is not None, postgres_missing()
    with tempfile.TemporaryDirectory(prefix="mailbot-pg-") as scratch:
        user: str | None = None
        if os.geteuid() == 0:
            known = {entry.pw_name for entry in pwd.getpwall()}
            user = "postgres" if "postgres" in known else "nobody"
            owner = pwd.getpwnam(user)
            os.chown(scratch, owner.pw_uid, owner.pw_gid)
        environment = {**os.environ, "HOME": scratch, "LC_ALL": "C.UTF-8"}
        data, port = f"{scratch}/data", free_port()
        made = subprocess.run(
            [str(folder / "initdb"), "-D", data, "-A", "trust", "-U", "mailbot", "-N", "-E", "UTF8"],
            user=user,
            env=environment,
            cwd=scratch,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        with Path(scratch, "log").open("wb") as log:
            server = subprocess.Popen(
                [str(folder / "postgres"), "-D", data, "-k", scratch, "-h", HOST, "-p", str(port)],
                user=user,
                env=environment,
                cwd=scratch,
                stdout=log,
                stderr=log,
            )
        try:
            _await(server, port, Path(scratch, "log"))
            yield f"postgresql+psycopg://mailbot@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(2)  # SIGINT: fast shutdown, open connections are ended.
            server.wait(timeout=30)


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import psycopg

    until = time.monotonic() + 30
    while True:
        assert server.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < until, log.read_text(errors="replace")
        try:
            psycopg.connect(f"postgresql://mailbot@127.0.0.1:{port}/postgres", connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
