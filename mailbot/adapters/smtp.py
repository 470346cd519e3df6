"""The submission server over SMTP (RFC 5321, 6409), by aiosmtplib on connections that are kept.

One transaction, one recipient. Every outcome is one of four answers; what was written is tracked
closely enough to know whether the server can have accepted, since only then is it *uncertain*.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path

import aiosmtplib
from aiosmtplib.protocol import normalize_message_line_endings

from mailbot.adapters.network import TlsMode, client_context, explain, one_line, tls_complaint
from mailbot.core.values import Address
from mailbot.ports.sender import Accepted, Answer, Deferred, Refused, Uncertain

CHUNK = 64 * 1024
"""Bytes written at a time; the next chunk waits until the server has taken in most of this one."""

_ENHANCED = re.compile(r"(?<![0-9.])[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
# RFC 3463, X.7.x and RFC 4954: about who sends, not about this mail or recipient.
_ACCOUNT_CODES = frozenset({530, 534, 535, 538})


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """How mail goes out. `password` never appears in a representation."""

    host: str
    port: int
    user: str | None = None
    """None where the server takes mail without a login."""
    password: str = field(default="", repr=False)
    tls: TlsMode = "starttls"
    ca_file: Path | None = None
    timeout: float = 60.0
    """Seconds for connecting and for each command's answer."""
    final_timeout: float = 300.0
    """Seconds for the answer to the final dot. Long, for its lack makes a mail uncertain
    (RFC 5321, 4.5.3.2.6, recommends ten minutes)."""
    sessions: int = 4
    """Connections at most."""
    mails_a_session: int = 100
    """After so many mails a connection is closed, before the server does it."""
    keep: float = 20.0
    """Seconds that an idle connection is trusted."""
    helo: str = "[127.0.0.1]"
    """Our name in EHLO: an address literal where there is no better (RFC 5321, 4.1.3)."""

    @property
    def longest(self) -> float:
        """Seconds that one `send` may take at most: a lease on a mail must be longer."""
        return 2 * 6 * self.timeout + self.final_timeout


class _Broken(Exception):
    """The transaction ended before its final dot; `answer` says how, and the connection is done for."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


@dataclass(slots=True)
class _Session:
    client: aiosmtplib.SMTP
    writer: asyncio.StreamWriter
    """aiosmtplib's own transport and protocol, with a `drain()`. It closes them when it is collected."""
    mails: int = 0
    used: float = 0.0

    def fresh(self, settings: SmtpSettings) -> bool:
        """Whether it may carry another mail."""
        return (
            self.client.is_connected
            and self.mails < settings.mails_a_session
            and time.monotonic() - self.used < settings.keep
        )


class SmtpSender:
    """The way out (`ports.sender.Sender`). Calls may overlap, up to `sessions` at a time."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._gate = asyncio.Semaphore(settings.sessions)
        self._idle: list[_Session] = []

    async def send(self, envelope_from: Address, recipient: Address, mail: bytes) -> Answer:
        async with self._gate:
            kept = self._take_idle()
            if kept is not None:
                answer = await self._offer(kept, envelope_from, recipient, mail, kept=True)
                if answer is not None:
                    return answer
            try:
                session = await self._connect()
            except _Broken as broken:
                return broken.answer
            answer = await self._offer(session, envelope_from, recipient, mail, kept=False)
            assert answer is not None
            return answer

    async def close(self) -> None:
        while self._idle:
            await _part(self._idle.pop().client)

    async def probe(self) -> Answer:
        """Connect, log in and part again, for `mailbot check`. Accepted where that went well."""
        async with self._gate:
            try:
                session = await self._connect()
            except _Broken as broken:
                return broken.answer
            await _part(session.client)
            return Accepted("")

    # -- connections --------------------------------------------------------------------------------

    def _take_idle(self) -> _Session | None:
        while self._idle:
            session = self._idle.pop()
            if session.fresh(self._settings):
                return session
            session.client.close()
        return None

    async def _connect(self) -> _Session:
        s = self._settings
        if complaint := tls_complaint(s.host, s.tls):
            raise _Broken(Refused(complaint, account=True))
        try:
            context = None if s.tls == "none" else client_context(s.ca_file)
        except (OSError, ssl.SSLError) as fault:
            raise _Broken(
                Refused(f"{s.ca_file} okunamadı ({one_line(str(fault))}).", account=True)
            ) from fault
        client = aiosmtplib.SMTP(
            hostname=s.host,
            port=s.port,
            timeout=s.timeout,
            local_hostname=s.helo,
            use_tls=s.tls == "tls",
            start_tls=s.tls == "starttls",
            tls_context=context,
        )
        try:
            async with asyncio.timeout(6 * s.timeout):
                await client.connect()
                if s.user is not None:
                    await client.login(s.user, s.password)
                elif client.is_ehlo_or_helo_needed:
                    await client.ehlo()
        except Exception as fault:
            client.close()
            raise _Broken(self._no_connection(fault)) from fault
        except asyncio.CancelledError:
            client.close()
            raise
        assert client.protocol is not None
        assert isinstance(client.transport, asyncio.WriteTransport)
        writer = asyncio.StreamWriter(client.transport, client.protocol, None, asyncio.get_running_loop())
        return _Session(client, writer, used=time.monotonic())

    def _no_connection(self, fault: Exception) -> Answer:
        """The answer where not even a transaction began: nothing was accepted."""
        s = self._settings
        match fault:
            case aiosmtplib.SMTPAuthenticationError(code=code) if code >= 500:
                return Refused(
                    f"{s.host} {s.user} hesabını kabul etmedi; kullanıcı adını ve parolayı denetleyiniz "
                    f"({_reply(code, fault.message)}).",
                    account=True,
                )
            case aiosmtplib.SMTPResponseException(code=code):
                text = f"{s.host} bağlantıyı geri çevirdi ({_reply(code, fault.message)})."
                return Refused(text, account=True) if code >= 500 else Deferred(text)
            case (
                aiosmtplib.SMTPConnectError()
                | aiosmtplib.SMTPTimeoutError()
                | aiosmtplib.SMTPServerDisconnected()
            ):
                # aiosmtplib wraps what asyncio said: certificate, refused, unknown host.
                return Deferred(explain(fault.__cause__ or fault, s.host, s.port))
            case aiosmtplib.SMTPException() if s.tls == "starttls" and "STARTTLS" in fault.message:
                return Deferred(f"{s.host} STARTTLS sunmuyor; tls ve port ayarlarını denetleyiniz.")
            case aiosmtplib.SMTPException():
                return Refused(f"{s.host} ile oturum açılamadı ({one_line(str(fault))}).", account=True)
            case _:
                return Deferred(explain(fault, s.host, s.port))

    # -- one transaction ----------------------------------------------------------------------------

    async def _offer(
        self, session: _Session, envelope_from: Address, recipient: Address, mail: bytes, *, kept: bool
    ) -> Answer | None:
        """One transaction on `session`, which is kept or closed afterwards.

        None where a kept connection turned out to be closed before anything was offered on it:
        then a new one is worth a try.
        """
        usable = False
        try:
            answer = await self._transact(session, envelope_from, recipient, mail)
            session.mails += 1
            session.used = time.monotonic()
            usable = session.client.is_connected
            return answer
        except _Broken as broken:
            stale = kept and isinstance(broken.answer, Deferred) and not session.client.is_connected
            return None if stale else broken.answer
        finally:
            # Also where the call was cancelled: `is_connected` says nothing of a reply that is due.
            if usable:
                self._idle.append(session)
            else:
                session.client.close()

    async def _transact(
        self, session: _Session, envelope_from: Address, recipient: Address, mail: bytes
    ) -> Answer:
        client = session.client
        options = [b"SIZE=%d" % len(mail)] if client.supports_extension("size") else []
        if not mail.isascii() and client.supports_extension("8bitmime"):
            options.append(b"BODY=8BITMIME")
        sender = b"FROM:<%s>" % envelope_from.text.encode("ascii")
        limit = client.esmtp_extensions.get("size", "").strip()
        if limit.isdecimal() and 0 < int(limit) < len(mail):
            return Refused(
                f"552 {self._settings.host} en çok {int(limit)} baytlık mektup alıyor ({len(mail)})."
            )
        code, text = await self._command(client, b"MAIL", sender, *options)
        if code != 250:
            # 552 and 452 here are about SIZE; the rest is about who sends.
            return await self._not_accepted(
                client, code, text, account=code not in (552, 554) and code >= 500
            )
        code, text = await self._command(client, b"RCPT", b"TO:<%s>" % recipient.text.encode("ascii"))
        if code not in (250, 251):
            return await self._not_accepted(client, code, text)
        code, text = await self._command(client, b"DATA")
        if code != 354:
            return await self._not_accepted(client, code, text)
        code, text = await self._body(session, mail)
        if code == 421:
            client.close()
        return _answer(code, text)

    async def _command(self, client: aiosmtplib.SMTP, *words: bytes) -> tuple[int, str]:
        """A command's reply. Raises _Broken where none came: certainly not accepted."""
        s = self._settings
        try:
            response = await client.execute_command(*words)
        except (OSError, ssl.SSLError, aiosmtplib.SMTPException) as fault:
            client.close()
            raise _Broken(Deferred(explain(fault, s.host, s.port))) from fault
        if response.code == 421:  # it is going away; aiosmtplib has closed
            raise _Broken(Deferred(_reply(response.code, response.message)))
        return response.code, response.message

    async def _not_accepted(
        self, client: aiosmtplib.SMTP, code: int, text: str, *, account: bool = False
    ) -> Answer:
        """The answer to a refused transaction, with the connection made ready for the next."""
        answer = _answer(code, text, account=account)
        if isinstance(answer, Accepted | Uncertain):  # 2yz where it makes no sense
            answer = Deferred(_reply(code, text))
        with contextlib.suppress(_Broken):
            if (await self._command(client, b"RSET"))[0] != 250:
                client.close()
        return answer

    async def _body(self, session: _Session, mail: bytes) -> tuple[int, str]:
        """Write the mail and its final dot; the reply to it.

        The part with the dot is written only when the server has taken what came before, so where
        the connection breaks earlier the mail was certainly not accepted. Raises _Broken.
        """
        s = self._settings
        client, writer, protocol = session.client, session.writer, session.client.protocol
        if protocol is None:
            raise _Broken(Deferred(explain(ConnectionResetError(), s.host, s.port)))
        data = stuffed(mail)
        last = max(0, (len(data) - 1) // CHUNK) * CHUNK
        view = memoryview(data)
        dotted = False
        try:
            for start in range(0, last, CHUNK):
                writer.write(view[start : start + CHUNK])
                async with asyncio.timeout(s.timeout):
                    await writer.drain()
            reading = asyncio.ensure_future(protocol.read_response(timeout=s.final_timeout))
            await asyncio.sleep(0)  # so that it listens before the dot is out
            dotted = True
            writer.write(bytes(view[last:]) + b".\r\n")
            response = await reading
        except (OSError, ssl.SSLError, aiosmtplib.SMTPException) as fault:
            client.close()
            words = explain(fault, s.host, s.port)
            raise _Broken(Uncertain(words) if dotted else Deferred(words)) from fault
        return response.code, response.message


def stuffed(mail: bytes) -> bytes:
    """`mail` as DATA carries it before the final dot: CRLF alone ends lines, dots doubled (RFC 5321, 4.5.2).

    Itself, uncopied, where nothing has to be changed.
    """
    ends = mail.count(b"\r\n")
    if mail.count(b"\n") != ends or mail.count(b"\r") != ends or not mail.endswith(b"\r\n"):
        mail = normalize_message_line_endings(mail)
    if mail.startswith(b"."):
        mail = b"." + mail
    if b"\n." in mail:
        mail = mail.replace(b"\r\n.", b"\r\n..")
    return mail


def _answer(code: int, text: str, *, account: bool = False) -> Answer:
    """A reply code (RFC 5321, 4.2.1) as one of the four answers."""
    reply = _reply(code, text)
    if 200 <= code <= 299:
        return Accepted(reply)
    if 400 <= code <= 499:
        return Deferred(reply)
    if 500 <= code <= 599:
        return Refused(
            reply, account=account or code in _ACCOUNT_CODES or " 5.7.8 " in f" {_enhanced(text)} "
        )
    return Uncertain(reply)  # no SMTP reply at all


def _enhanced(text: str) -> str:
    found = _ENHANCED.match(text)
    return found[0] if found else ""


def _reply(code: int, text: str) -> str:
    return one_line(f"{code} {text}")


async def _part(client: aiosmtplib.SMTP) -> None:
    """QUIT where the server answers soon; close either way."""
    with contextlib.suppress(OSError, aiosmtplib.SMTPException, TimeoutError):
        async with asyncio.timeout(2.0):
            await client.quit()
    client.close()
