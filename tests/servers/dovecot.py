"""Dovecot 2.3 on loopback: IMAP with and without TLS, LMTP for delivery."""

from __future__ import annotations

import functools
import grp
import os
import pwd
import re
import shutil
import smtplib
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.ground import (
    HOST,
    await_end,
    await_pid,
    await_port,
    certificates,
    free_port,
    program,
    run,
    scratch,
)

_CONFIG = """
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/dovecot.log
instance_name = mailbot-test
listen = 127.0.0.1
protocols = imap lmtp
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
ssl = yes
ssl_cert = <{tls.leaf}
ssl_key = <{tls.key}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %Lu
recipient_delimiter = +
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = {d}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={d}/mail/%u
}}
mail_location = maildir:~/Maildir
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "Gönderilmiş Öğeler" {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  user = {user}
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


@functools.cache
def dovecot_missing() -> str | None:
    """Why Dovecot cannot be used here; None where it can."""
    path = program("dovecot")
    if path is None:
        return "dovecot is missing"
    if program("openssl") is None:
        return "openssl is missing"
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    if not re.match(r"2\.[23]\.", version):
        found = version.split()[0] if version.split() else "?"
        return f"dovecot {found} is not 2.3, whose configuration this is"
    return None


@dataclass(frozen=True)
class Dovecot:
    """A running Dovecot."""

    folder: Path
    imap_port: int
    imaps_port: int
    lmtp_port: int
    ca: Path
    passwords: Mapping[str, str]

    def deliver(self, user: str, raw: bytes) -> None:
        """Lay a mail into the INBOX of `user`, by LMTP."""
        with smtplib.LMTP(HOST, self.lmtp_port) as lmtp:
            lmtp.sendmail("bounces@outside.example", [user], raw)


@contextmanager
def dovecot(passwords: Mapping[str, str], *, more: str = "") -> Iterator[Dovecot]:
    """Dovecot with these users and `more` settings, as an ordinary user or, for root, as nobody."""
    binary = program("dovecot")
    assert binary is not None
    as_root = os.geteuid() == 0
    account = pwd.getpwnam("nobody") if as_root else pwd.getpwuid(os.geteuid())
    with scratch("dovecot") as d:
        tls = certificates(d)
        ports = {name: free_port() for name in ("imap", "imaps", "lmtp")}
        (d / "users").write_text(
            "".join(f"{user}:{{PLAIN}}{word}::::::\n" for user, word in passwords.items())
        )
        (d / "dovecot.conf").write_text(
            _CONFIG.format(
                d=d, tls=tls, user=account.pw_name, group=grp.getgrgid(account.pw_gid).gr_name,
                uid=account.pw_uid, gid=account.pw_gid, **ports,
            )
            + more
        )  # fmt: skip
        if as_root:
            for path in (d, *d.iterdir()):
                shutil.chown(path, account.pw_uid, account.pw_gid)
        drop = (
            ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
            if as_root
            else []
        )
        run(*drop, binary, "-c", str(d / "dovecot.conf"))
        for port in ports.values():
            await_port(port)
        pid = await_pid(d / "run" / "master.pid")
        try:
            yield Dovecot(d, ports["imap"], ports["imaps"], ports["lmtp"], tls.ca, dict(passwords))
        finally:
            os.kill(pid, 15)
            await_end(pid)
