"""OpenDKIM and OpenDMARC as Postfix milters, with records from a file instead of DNS."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.servers.ground import await_port, free_port, program, scratch

_DKIM = """
Mode v
UserID opendkim
Socket inet:{port}@127.0.0.1
PidFile {d}/opendkim.pid
InternalHosts 192.0.2.1
AuthservID {name}
AlwaysAddARHeader yes
RemoveARAll yes
TestDNSData file:{d}/dnsdata
"""
_DMARC = """
Socket inet:{port}@127.0.0.1
UserID opendmarc
PidFile {d}/opendmarc.pid
AuthservID {name}
TrustedAuthservIDs {name}
RejectFailures false
IgnoreHosts {d}/nobody
SPFSelfValidate false
TestDNSData {d}/dnsdata
"""


@functools.cache
def milters_missing() -> str | None:
    """Why the milters cannot be used here; None where they can."""
    for name in ("opendkim", "opendmarc"):
        if program(name) is None:
            return f"{name} is missing"
    return None if os.geteuid() == 0 else "opendkim and opendmarc need root"


@contextmanager
def milters(records: Mapping[str, str], *, name: str = "mx.unit.example") -> Iterator[tuple[int, int]]:
    """Both, stamping as `name`; their ports in the order in which Postfix asks them."""
    binaries = [program("opendkim"), program("opendmarc")]
    with scratch("milters") as d:
        (d / "dnsdata").write_text("".join(f"{key} {value}\n" for key, value in records.items()))
        (d / "nobody").write_text("")
        ports = (free_port(), free_port())
        (d / "opendkim.conf").write_text(_DKIM.format(d=d, port=ports[0], name=name))
        (d / "opendmarc.conf").write_text(_DMARC.format(d=d, port=ports[1], name=name))
        shutil.chown(d, "opendkim")
        d.chmod(0o777)
        dkim, dmarc = binaries
        assert dkim is not None
        assert dmarc is not None
        commands = [
            [dkim, "-f", "-x", str(d / "opendkim.conf")],
            [dmarc, "-f", "-c", str(d / "opendmarc.conf")],
        ]
        running: list[subprocess.Popen[bytes]] = []
        try:
            for command, port in zip(commands, ports, strict=True):
                process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                running.append(process)
                await_port(port, lambda process=process: process.poll() is None)  # type: ignore[misc]
            yield ports
        finally:
            for process in running:
                process.terminate()
                process.wait(10)
