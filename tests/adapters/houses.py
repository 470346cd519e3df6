"""The same tests on two houses: the embedded servers, and Dovecot with Postfix."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mailbot.adapters.embedded import EmbeddedServers
from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.adapters.smtp import SmtpSettings
from tests.servers.dovecot import dovecot
from tests.servers.ground import HOST
from tests.servers.postfix import postfix

BOT, STAFF = "bot@unit.example", "ayse@unit.example"
PASSWORDS = {BOT: "gizli-1", STAFF: "gizli-2"}
Kind = Literal["embedded", "real"]


def letter(subject: str = "Deneme", body: str = "Uygundur.") -> bytes:
    return f"From: Ay <{STAFF}>\r\nTo: {BOT}\r\nSubject: {subject}\r\n\r\n{body}\r\n".encode()


@dataclass(frozen=True)
class House:
    """A running pair of servers."""

    imap: ImapSettings
    smtp: SmtpSettings
    embedded: EmbeddedServers | None
    lmtp_port: int

    async def deliver(self, raw: bytes, user: str = BOT) -> None:
        """Lay a mail into the INBOX of `user` as the outside world does."""
        if self.embedded is not None:
            await self.embedded.deliver(user, raw)
            return

        def by_lmtp() -> None:
            with smtplib.LMTP(HOST, self.lmtp_port) as lmtp:
                lmtp.sendmail(STAFF, [user], raw)

        await asyncio.to_thread(by_lmtp)

    def mailbox(self, **changes: object) -> ImapMailbox:
        fields = {name: getattr(self.imap, name) for name in ImapSettings.__slots__}
        return ImapMailbox(ImapSettings(**{**fields, **changes}))


@asynccontextmanager
async def house(kind: Kind) -> AsyncIterator[House]:
    if kind == "embedded":
        async with EmbeddedServers(PASSWORDS) as servers:
            yield House(
                ImapSettings(HOST, servers.imap_port, BOT, PASSWORDS[BOT], tls="none", timeout=5),
                SmtpSettings(HOST, servers.smtp_port, BOT, PASSWORDS[BOT], tls="none", timeout=5),
                servers,
                0,
            )
        return
    with dovecot(PASSWORDS) as imap, postfix(imap.lmtp_port, ["unit.example"]) as smtp:
        yield House(
            ImapSettings(
                HOST, imap.imap_port, BOT, PASSWORDS[BOT], tls="starttls", ca_file=Path(imap.ca), timeout=10
            ),
            SmtpSettings(HOST, smtp.port, tls="starttls", ca_file=Path(smtp.ca), timeout=10),
            None,
            imap.lmtp_port,
        )
