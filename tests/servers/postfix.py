"""Postfix on loopback: takes mail by SMTP with STARTTLS and hands it to Dovecot by LMTP."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.ground import await_end, await_port, certificates, free_port, program, run, scratch

_MAIN = """
compatibility_level = 3.6
queue_directory = {d}/spool
data_directory = {d}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = {d}
maillog_file = {d}/mail.log
myhostname = {name}
mydomain = {domain}
mydestination =
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = {domains}
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
recipient_delimiter = +
default_transport = error:5.1.2 no outside delivery in tests
relay_transport = error:5.1.2 no outside delivery in tests
smtp_host_lookup = native
disable_dns_lookups = yes
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_cert_file = {tls.leaf}
smtpd_tls_key_file = {tls.key}
smtpd_tls_security_level = may
message_size_limit = 30000000
minimal_backoff_time = 2s
maximal_backoff_time = 10s
queue_run_delay = 2s
bounce_queue_lifetime = 60s
maximal_queue_lifetime = 120s
smtpd_milters = {milters}
milter_default_action = tempfail
"""

_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix n - n 60 1 pickup
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
smtp      unix - - n - - smtp
relay     unix - - n - - smtp
showq     unix n - n - - showq
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
lmtp      unix - - n - - lmtp
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
tlsmgr    unix - - n 1000? 1 tlsmgr
postlog   unix-dgram n - n - 1 postlogd
"""


@functools.cache
def postfix_missing() -> str | None:
    """Why Postfix cannot be used here; None where it can."""
    if program("postfix") is None:
        return "postfix is missing"
    if program("openssl") is None:
        return "openssl is missing"
    return None if os.geteuid() == 0 else "postfix needs root"


@dataclass(frozen=True)
class Postfix:
    """A running Postfix."""

    folder: Path
    port: int
    ca: Path

    def words(self) -> str:
        """Its log so far."""
        log = self.folder / "mail.log"
        return log.read_text("utf-8", "replace") if log.exists() else ""


@contextmanager
def postfix(
    lmtp_port: int, domains: Sequence[str], *, name: str = "mx.unit.example", milter_ports: Sequence[int] = ()
) -> Iterator[Postfix]:
    """Postfix that is the server of `domains` and reaches nobody else."""
    binary = program("postfix")
    assert binary is not None
    with scratch("postfix") as d:
        tls = certificates(d)
        for folder in ("etc", "spool", "data"):
            (d / folder).mkdir()
        shutil.chown(d / "data", "postfix")
        port = free_port()
        milters = ", ".join(f"inet:127.0.0.1:{milter}" for milter in milter_ports)
        (d / "etc" / "main.cf").write_text(
            _MAIN.format(
                d=d, tls=tls, name=name, domain=domains[0], domains=", ".join(domains), lmtp=lmtp_port,
                milters=milters,
            )
        )  # fmt: skip
        (d / "etc" / "master.cf").write_text(_MASTER.format(port=port))
        run(binary, "-c", str(d / "etc"), "start")
        pid = int((d / "spool" / "pid" / "master.pid").read_text())
        try:
            await_port(port)
            yield Postfix(d, port, tls.ca)
        finally:
            run(binary, "-c", str(d / "etc"), "stop")
            await_end(pid)
