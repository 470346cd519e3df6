"""An IMAP and an SMTP server in this process, for `mailbot demo` and for fast tests.

pymap keeps the mailboxes in memory, aiosmtpd receives; what SMTP accepts lies in the recipient's
INBOX at once. Like a unit's own server it strips forged Authentication-Results headers that carry
its name (RFC 8601, 5) and stamps its own verdict. Only on loopback, without TLS.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import logging
import re
import secrets
from argparse import Namespace
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.sock import SocketInfoLocal
from pymap.backend.dict import Config, DictBackend, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

HOST = "127.0.0.1"
Verdict = Literal["pass", "fail", "none"]
"""What the server stamps as its DMARC result (RFC 7489, 11.2)."""
Step = Literal["connect", "mail", "rcpt", "data"]
"""Where in an SMTP transaction a scripted answer is given; `data` is after the final dot."""

DROP = "drop"
"""A scripted answer: close the connection without a word, not having accepted."""
DROP_ACCEPTED = "drop-accepted"
"""A scripted answer to `data`: deliver, then close the connection without a word."""
HANG = "hang"
"""A scripted answer: say nothing until the servers stop."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One mail that SMTP accepted."""

    mail_from: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)
    """As it came over the wire, without our stamp."""
    user: str | None
    """Who was logged in."""


@dataclass(slots=True)
class _Scripted:
    step: Step
    reply: str
    times: int
    recipient: str | None


class EmbeddedServers:
    """Both servers on free loopback ports: `async with EmbeddedServers(users=[...]) as servers`.

    `users` are addresses (passwords are made up) or a mapping to passwords; an address is also the
    login name. Mail to others is accepted, logged and goes nowhere. `now` dates what arrives.
    """

    def __init__(
        self,
        users: Iterable[str] | Mapping[str, str],
        *,
        authserv_id: str = "mx.mailbot.example",
        folders: Sequence[str] = ("Sent",),
        max_size: int = 64 * 1024 * 1024,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        given = users if isinstance(users, Mapping) else {user: secrets.token_urlsafe(12) for user in users}
        self.passwords: dict[str, str] = {user.lower(): password for user, password in given.items()}
        self.authserv_id = authserv_id
        self.imap_host = self.smtp_host = HOST
        self.imap_port = self.smtp_port = 0
        self.log: list[Transaction] = []
        """Every accepted transaction, in order."""
        self.verdicts: dict[str, Verdict] = {}
        """What to stamp on mail from an address or domain, where it should not be the rule's."""
        self.greylist = False
        """Refuse the first attempt of each pair of sender and recipient with 451."""
        self._folders = tuple(folders)
        self._max_size = max_size
        self._now = now
        self._script: list[_Scripted] = []
        self._seen_pairs: set[tuple[str, str]] = set()
        self._mailboxes: dict[str, MailboxSet] = {}
        self._sessions: set[_Receiver] = set()
        self._imap_tasks: set[asyncio.Task[Any]] = set()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        for name in ("pymap", "mail.log"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        config = _ImapConfig()
        login = Login(config)
        backend = DictBackend(login, config)
        for user, password in self.passwords.items():
            login.users_dict[user] = UserMetadata(config, user, password=password)
            mailboxes = self._mailboxes[user] = MailboxSet()
            for folder in self._folders:
                await mailboxes.add_mailbox(folder)
            config.set_cache[user] = (mailboxes, FilterSet())
        imap = await asyncio.start_server(self._imap_session(IMAPServer(backend.login, config)), HOST, 0)
        smtp = await asyncio.get_running_loop().create_server(self._receiver, HOST, 0)
        self.imap_port = imap.sockets[0].getsockname()[1]
        self.smtp_port = smtp.sockets[0].getsockname()[1]
        self._stack.callback(imap.close)
        self._stack.callback(smtp.close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()
        for session in tuple(self._sessions):
            session.stop()
        for task in tuple(self._imap_tasks):
            task.cancel()
        await asyncio.gather(*self._imap_tasks, return_exceptions=True)

    # -- what tests and the demo do -----------------------------------------------------------------

    async def deliver(self, user: str, raw: bytes, *, dmarc: Verdict | None = "pass") -> None:
        """Put a mail into the INBOX of `user` as if it had come from outside, stamped with `dmarc`.

        None: no stamp, though forged ones are stripped all the same.
        """
        await self._append(user, self._stamped(raw, dmarc))

    async def inbox(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """The letters in a folder of `user`, in order of their UIDs."""
        mailbox = await self._mailboxes[user.lower()].get_mailbox(folder)
        return [bytes(message._content) async for message in mailbox.messages() if message._content]

    async def put(self, user: str, raw: bytes, folder: str = "INBOX", when: datetime | None = None) -> None:
        """Lay bytes into a folder as they are, without stamp or strip."""
        mailbox = await self._mailboxes[user.lower()].get_mailbox(folder)
        await mailbox.append(AppendMessage(raw, when or self._now()), recent=True)

    def answer(self, step: Step, reply: str, *, times: int = 1, recipient: str | None = None) -> None:
        """Script the next answers at `step`: a reply line such as "451 4.3.0 …", DROP or HANG."""
        self._script.append(_Scripted(step, reply, times, recipient.lower() if recipient else None))

    # -- SMTP ---------------------------------------------------------------------------------------

    def _receiver(self) -> _Receiver:
        receiver = _Receiver(self, self._max_size)
        self._sessions.add(receiver)
        return receiver

    def scripted(self, step: Step, recipients: Sequence[str]) -> str | None:
        """The answer that was scripted for this moment, used up once."""
        for entry in self._script:
            if entry.step == step and (entry.recipient is None or entry.recipient in recipients):
                entry.times -= 1
                if entry.times == 0:
                    self._script.remove(entry)
                return entry.reply
        return None

    def greylisted(self, pair: tuple[str, str]) -> bool:
        """Whether this pair comes for the first time while greylisting is on."""
        first = self.greylist and pair not in self._seen_pairs
        self._seen_pairs.add(pair)
        return first

    async def accept(self, mail: Transaction) -> None:
        """Log the mail and lay it into the INBOX of each recipient who lives here."""
        self.log.append(mail)
        stamped = self._stamped(mail.raw, self._verdict(mail))
        for recipient in mail.recipients:
            if (user := self._user_of(recipient)) is not None:
                await self._append(user, stamped)

    def login(self, login: str, password: str) -> bool:
        """Whether this is the password of that user."""
        known = self.passwords.get(login.lower())
        return known is not None and secrets.compare_digest(known.encode(), password.encode())

    def _user_of(self, address: str) -> str | None:
        """The mailbox of an address, subaddress or not (RFC 5233)."""
        address = address.lower()
        local, _, domain = address.rpartition("@")
        base = f"{local.partition('+')[0]}@{domain}"
        return next((name for name in (address, base) if name in self._mailboxes), None)

    def _verdict(self, mail: Transaction) -> Verdict:
        """pass where the login owns the From address, fail where somebody else uses a local domain."""
        author = _author(mail.raw)
        domain = author.rpartition("@")[2]
        for key in (author, domain):
            if key in self.verdicts:
                return self.verdicts[key]
        if mail.user is not None and self._user_of(author) == mail.user:
            return "pass"
        here = {user.rpartition("@")[2] for user in self.passwords}
        return "fail" if domain in here else "none"

    def _stamped(self, raw: bytes, verdict: Verdict | None) -> bytes:
        head, gap, body = _split(raw)
        head = _strip_forged(head, self.authserv_id)
        now = email.utils.format_datetime(self._now())
        stamp = f"Received: from [{HOST}] by {self.authserv_id} with ESMTPSA; {now}\r\n"
        if verdict is not None:
            domain = _author(raw).rpartition("@")[2] or "invalid"
            stamp = (
                f"Authentication-Results: {self.authserv_id};\r\n dmarc={verdict} header.from={domain}\r\n"
                + stamp
            )
        return stamp.encode("ascii", "replace") + head + gap + body

    async def _append(self, user: str, raw: bytes) -> None:
        await self.put(user, raw)

    # -- IMAP ---------------------------------------------------------------------------------------

    def _imap_session(
        self, server: IMAPServer
    ) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._imap_tasks.add(task)
            try:
                await server(reader, writer, SocketInfoLocal(writer, unique_id=secrets.token_bytes(16)))
            except Exception as fault:  # a client that broke off, or one that speaks no IMAP
                logging.getLogger("pymap").debug("session ended: %r", fault)
            finally:
                self._imap_tasks.discard(task)
                writer.close()

        return session


class _ImapConfig(Config):
    """pymap's configuration without command line, TLS, name look-ups and slow hashes."""

    def __init__(self) -> None:
        super().__init__(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=HOST,
            port=0,
            demo_data=False,
            demo_user="",
            demo_password="",
            tls_enabled=False,
            hash_context=Cleartext(),
            invalid_user_sleep=0.0,
            cpu_subsystem=Subsystem.for_asyncio(),
        )

    @property
    def greeting(self) -> bytes:
        return b"mailbot demo server ready"


class _Receiver(SMTP):
    """One SMTP session of aiosmtpd, asking the script before each answer."""

    def __init__(self, servers: EmbeddedServers, max_size: int) -> None:
        self._servers = servers
        super().__init__(
            self,
            hostname="mx.mailbot.example",
            ident="mailbot demo server",
            data_size_limit=max_size,
            auth_require_tls=False,
            authenticator=self._authenticate_user,
            loop=asyncio.get_running_loop(),
        )

    def stop(self) -> None:
        """End the session from our side."""
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()
        if self.transport is not None:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self._servers._sessions.discard(self)
        super().connection_lost(error)

    def _authenticate_user(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        if isinstance(data, LoginPassword):
            login, password = data.login.decode("utf-8", "replace"), data.password.decode("utf-8", "replace")
            if self._servers.login(login, password):
                return AuthResult(success=True, auth_data=login.lower())
        return AuthResult(
            success=False, handled=False, message="535 5.7.8 Authentication credentials invalid"
        )

    async def _scripted(self, step: Step, recipients: Sequence[str]) -> str | None:
        reply = self._servers.scripted(step, recipients)
        if reply == HANG:
            await asyncio.get_running_loop().create_future()
        if reply == DROP:
            self._drop()
        return reply

    def _drop(self) -> None:
        assert self.transport is not None
        self.transport.abort()  # type: ignore[attr-defined]
        raise asyncio.CancelledError

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        reply = await self._scripted("connect", ())
        return [reply] if reply else responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := await self._scripted("mail", ()):
            return reply
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := await self._scripted("rcpt", (address.lower(),)):
            return reply
        if self._servers.greylisted((envelope.mail_from or "", address.lower())):
            return "451 4.7.1 Greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        recipients = tuple(address.lower() for address in envelope.rcpt_tos)
        reply = await self._scripted("data", recipients)
        if reply not in (None, DROP_ACCEPTED):
            return reply
        user = session.auth_data if session.authenticated else None
        raw = bytes(envelope.original_content or b"")
        await self._servers.accept(Transaction(envelope.mail_from or "", recipients, raw, user))
        if reply == DROP_ACCEPTED:
            self._drop()
        return f"250 2.0.0 OK queued as {len(self._servers.log)}"


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Header fields with their last line end, the empty line, the body."""
    found = re.search(rb"\r?\n(\r?\n)", raw)
    if found is None:
        return raw, b"", b""
    return raw[: found.start(1)], found[1], raw[found.end(1) :]


def _fields(head: bytes) -> list[bytes]:
    """The header fields, folded lines with their field."""
    return re.split(rb"(?<=\n)(?![ \t])", head)


def _strip_forged(head: bytes, authserv_id: str) -> bytes:
    ours = authserv_id.lower().encode()

    def forged(line: bytes) -> bool:
        name, _, value = line.partition(b":")
        return name.strip().lower() == b"authentication-results" and ours in value.lower()

    return b"".join(line for line in _fields(head) if not forged(line))


def _author(raw: bytes) -> str:
    """The address of the first From field, lower case."""
    for line in _fields(_split(raw)[0]):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"from":
            with contextlib.suppress(ValueError, IndexError):
                text = value.decode("utf-8", "replace").replace("\r", "").replace("\n", "")
                return email.utils.parseaddr(text)[1].lower()
    return ""
