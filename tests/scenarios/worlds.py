"""Three worlds for the same scenario: fakes, embedded servers, Dovecot with Postfix."""

from __future__ import annotations

import asyncio
import imaplib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mailbot.adapters.documents import ProcessDocuments
from mailbot.adapters.embedded import EmbeddedServers
from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.reader import ProcessReader
from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.smtp import SmtpSender, SmtpSettings
from mailbot.adapters.store import open_store
from mailbot.app.glossary import known_replies
from mailbot.app.parts import Parts, Reader, Watched
from mailbot.app.scenario.play import AUTHSERV_ID
from mailbot.core.rules import Rulebook
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.documents import Documents
from mailbot.ports.mailbox import Mailbox
from mailbot.ports.sender import Sender
from mailbot.ports.store import MailState
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import Loaded, load
from tests.fakes.clock import FakeClock, FakeEntropy
from tests.fakes.mail import FakeMailbox, FakeSender, InlineDocuments, InlineReader
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.ground import HOST
from tests.servers.postfix import Postfix, postfix

START = datetime(2026, 11, 23, 9, 0, tzinfo=ISTANBUL)
"""A Monday morning; scenarios set their own time after it."""

PASSWORD = "gizli-sinama"


def rules() -> Loaded:
    """The rules that the product comes with: scenarios test them too."""
    templates = [p.name for p in templates_dir().iterdir() if (p / "mail.toml").is_file()]
    return load(rules_dir(), templates=templates)


def addresses(book: Rulebook) -> set[str]:
    """Everybody whom a scenario may reach."""
    people = [p for office in book.offices.values() for p in office.people]
    people += [p for mailing in book.lists.values() for p in mailing.members]
    people += [p for group in (book.departments, book.facilities) for g in group.values() for p in g.people]
    people += [*book.staff]
    guests = ("deniz.numune@denizli-ism.example", "ada.kurgusal@denizli-ism.example")
    return {str(book.unit.address), *guests, *(str(p.address) for p in people)}


def _parts(
    folder: Path,
    clock: FakeClock,
    mailbox: Mailbox,
    sender: Sender,
    reader: Reader,
    documents: Documents,
    loaded: Loaded,
) -> Parts:
    entropy = FakeEntropy()
    return Parts(
        store=open_store(f"sqlite:///{folder / 'mailbot.db'}", entropy=entropy, clock=clock),
        book=loaded.book,
        lexicon=loaded.lexicon,
        watched=(Watched("INBOX", mailbox),),
        sender=sender,
        renderer=JinjaRenderer(templates_dir(), loaded.book.unit),
        proofs=ServerProofs(AUTHSERV_ID),
        clock=clock,
        entropy=entropy,
        reader=reader,
        documents=documents,
        envelope_from=loaded.book.unit.address,
        known=known_replies(rules_dir()),
    )


async def _close(parts: Parts) -> None:
    await parts.sender.close()
    for watched in parts.watched:
        await watched.mailbox.close()
    parts.reader.close()
    parts.documents.close()
    parts.store.close()


@dataclass
class FakeWorld:
    """Mailbox and sender in memory, the real store and renderer."""

    clock: FakeClock
    parts: Parts
    mailbox: FakeMailbox
    sender: FakeSender

    async def arrive(self, raw: bytes) -> None:
        self.mailbox.put(raw, self.clock.now())

    async def outgoing(self) -> list[tuple[str, bytes]]:
        return [(str(recipient), raw) for recipient, raw in self.sender.accepted]


@asynccontextmanager
async def fakes(folder: Path) -> AsyncIterator[FakeWorld]:
    clock, mailbox, sender = FakeClock(START), FakeMailbox(), FakeSender()
    parts = _parts(folder, clock, mailbox, sender, InlineReader(), InlineDocuments(), rules())
    try:
        yield FakeWorld(clock, parts, mailbox, sender)
    finally:
        await _close(parts)


@dataclass
class EmbeddedWorld:
    """pymap and aiosmtpd in this process."""

    clock: FakeClock
    parts: Parts
    servers: EmbeddedServers

    async def arrive(self, raw: bytes) -> None:
        await self.servers.put(str(self.parts.book.unit.address), raw, when=self.clock.now())

    async def outgoing(self) -> list[tuple[str, bytes]]:
        return [(recipient, mail.raw) for mail in self.servers.log for recipient in mail.recipients]


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[EmbeddedWorld]:
    loaded, clock = rules(), FakeClock(START)
    unit = str(loaded.book.unit.address)
    async with EmbeddedServers(sorted(addresses(loaded.book)), authserv_id=AUTHSERV_ID) as servers:
        password = servers.passwords[unit]
        box = ImapMailbox(ImapSettings(servers.imap_host, servers.imap_port, unit, password, tls="none"))
        sender = SmtpSender(SmtpSettings(servers.smtp_host, servers.smtp_port, unit, password, tls="none"))
        parts = _parts(folder, clock, box, sender, ProcessReader(), ProcessDocuments(), loaded)
        try:
            yield EmbeddedWorld(clock, parts, servers)
        finally:
            await _close(parts)


@dataclass
class ServerWorld:
    """Dovecot keeps the mailboxes, Postfix takes what the service sends and hands it to Dovecot."""

    clock: FakeClock
    parts: Parts
    imap: Dovecot
    _found: list[tuple[str, bytes]] = field(default_factory=list)
    _files: set[str] = field(default_factory=set)

    async def arrive(self, raw: bytes) -> None:
        await asyncio.to_thread(self._append, raw)

    def _append(self, raw: bytes) -> None:
        unit = str(self.parts.book.unit.address)
        with imaplib.IMAP4(HOST, self.imap.imap_port) as box:
            box.login(unit, PASSWORD)
            done, _ = box.append("INBOX", "", imaplib.Time2Internaldate(self.clock.now().astimezone()), raw)
            assert done == "OK"

    async def outgoing(self) -> list[tuple[str, bytes]]:
        """What lies in people's mailboxes, once everything that the store calls sent is there."""
        with self.parts.store.reading() as reads:
            rows = reads.deliveries(states=(MailState.SENT, MailState.BOUNCED), limit=100_000)
        end = time.monotonic() + 30
        while len(self._found) < len(rows):
            self._look()
            assert time.monotonic() < end, f"{len(rows)} mails were accepted, {len(self._found)} have come"
            await asyncio.sleep(0.02)
        return list(self._found)

    def forget(self) -> None:
        """What has come so far belongs to an earlier world."""
        self._look()
        self._found.clear()

    def _look(self) -> None:
        unit = str(self.parts.book.unit.address)
        for path in sorted((self.imap.folder / "mail").glob("*/Maildir/new/*")):
            user = path.parts[-4]
            if user == unit or path.name in self._files:
                continue
            self._files.add(path.name)
            self._found.append((user, path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")))


@contextmanager
def running_servers() -> Iterator[tuple[Dovecot, Postfix]]:
    """Both servers with everybody's mailbox; several worlds may follow one another on them."""
    everybody = addresses(rules().book)
    domains = sorted({address.rpartition("@")[2] for address in everybody})
    with dovecot(dict.fromkeys(everybody, PASSWORD)) as imap, postfix(imap.lmtp_port, domains) as smtp:
        yield imap, smtp


@asynccontextmanager
async def servers(folder: Path, imap: Dovecot, smtp: Postfix) -> AsyncIterator[ServerWorld]:
    """A world on servers that run; what lies in the mailboxes is from before its first start."""
    loaded, clock = rules(), FakeClock(START)
    unit = str(loaded.book.unit.address)
    box = ImapMailbox(ImapSettings(HOST, imap.imaps_port, unit, PASSWORD, tls="tls", ca_file=imap.ca))
    sender = SmtpSender(SmtpSettings(HOST, smtp.port, None, "", tls="starttls", ca_file=smtp.ca))
    parts = _parts(folder, clock, box, sender, ProcessReader(), ProcessDocuments(), loaded)
    world = ServerWorld(clock, parts, imap)
    world.forget()
    try:
        yield world
    finally:
        await _close(parts)
