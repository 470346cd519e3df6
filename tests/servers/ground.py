"""What the daemons of the tests share: scratch folders, free ports, a test CA, starting and stopping."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"


def program(name: str) -> str | None:
    """The path of a daemon, also where sbin is not on an ordinary user's PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin:/sbin")


_held: list[socket.socket] = []
"""Bound and never listening, until the run ends."""


def free_port() -> int:
    """A port for a server that is started next; nobody else gets it as long as this process lives.

    A socket stays bound to it: the kernel then gives it to no other pick, of this run or of another, and
    to no outgoing connection. A daemon may still listen there, since both ask for SO_REUSEADDR and ours
    does not listen (socket(7)). Where nobody listens, connections are refused.
    """
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind((HOST, 0))
    _held.append(holder)
    port: int = holder.getsockname()[1]
    return port


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """A folder that daemons under other users can enter; short, since sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix=f"mb-{name}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(*words: str) -> None:
    """Run a program to its end; its words are shown where it fails."""
    # Into a file: a daemon that it leaves behind would hold a pipe open for ever.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=output, timeout=60, check=False
        )
        if done.returncode != 0:
            output.seek(0)
            raise RuntimeError(f"{words[0]}: {output.read().decode('utf-8', 'replace')}")


def await_port(port: int, alive: Callable[[], bool] = lambda: True, *, seconds: float = 20.0) -> None:
    """Until somebody listens there. Raises RuntimeError where nobody does in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        with socket.socket() as probe:
            probe.settimeout(1.0)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"nobody listens on port {port}")


def await_pid(file: Path, *, seconds: float = 10.0) -> int:
    """The number in a daemon's pid file, once it is written."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if file.exists() and (text := file.read_text().strip()):
            return int(text)
        time.sleep(0.02)
    raise RuntimeError(f"{file} was not written")


def await_end(pid: int, *, seconds: float = 10.0) -> None:
    """Until the process with this number is gone; killed where it stays."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return  # ended; in a container nobody may collect it
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.02)
    os.kill(pid, 9)


@dataclass(frozen=True)
class Certificates:
    """A test CA and a leaf for localhost and 127.0.0.1, as PEM files."""

    ca: Path
    leaf: Path
    key: Path


def certificates(folder: Path) -> Certificates:
    """Make them with openssl."""
    ca, ca_key = folder / "ca.pem", folder / "ca.key"
    leaf, key, request, extensions = (folder / name for name in ("srv.pem", "srv.key", "srv.csr", "ext"))
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    run(
        "openssl", "req", "-x509", *new, "-days", "3650", "-subj", "/CN=mailbot test CA",
        "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        "-keyout", str(ca_key), "-out", str(ca),
    )  # fmt: skip
    run("openssl", "req", *new, "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(request))
    extensions.write_text(
        "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"
    )
    run(
        "openssl", "x509", "-req", "-in", str(request), "-CA", str(ca), "-CAkey", str(ca_key),
        "-CAcreateserial", "-days", "825", "-extfile", str(extensions), "-out", str(leaf),
    )  # fmt: skip
    for file in (leaf, key):
        file.chmod(0o644)
    return Certificates(ca, leaf, key)
