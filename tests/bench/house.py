"""The service on scratch ground: shipped rules and templates, real adapters, a database of its own."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from mailbot.adapters.documents import ProcessDocuments
from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.reader import ProcessReader
from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.smtp import SmtpSender, SmtpSettings
from mailbot.adapters.store import open_store
from mailbot.adapters.system import SystemClock, SystemEntropy, settle_memory
from mailbot.app.gather import guide_of
from mailbot.app.mode import set_mode
from mailbot.app.parts import Mode, Parts, Reader, Watched
from mailbot.app.service import Service
from mailbot.core.facts import SenderRole
from mailbot.core.rules import Rulebook
from mailbot.ports.mailbox import Mailbox
from mailbot.ports.sender import Sender
from mailbot.ports.store import Store
from mailbot.reading.whole import Known, Look
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import Loaded, load
from tests.bench import mails
from tests.fakes.mail import FakeMailbox, FakeSender, InlineReader
from tests.servers.dovecot import Dovecot
from tests.servers.ground import HOST

PASSWORD = "secret"


@cache
def rules() -> Loaded:
    """The shipped rules, without the caps on what may leave in an hour."""
    loaded = load(rules_dir())
    caps = ("per_hour", "per_minute", "per_hour_per_recipient")
    caps = ("per_hour", "per_minute", "per_hour_per_recipient")
    limits = {**loaded.book.limits, **{f"mail.{cap}": 10**9 for cap in caps}}
    return replace(loaded, book=replace(loaded.book, limits=limits))


def book() -> Rulebook:
    return rules().book


def imap_of(server: Dovecot, user: str) -> ImapMailbox:
    return ImapMailbox(ImapSettings(HOST, server.imap_port, user, PASSWORD, tls="none"))


def smtp_to(port: int) -> SmtpSender:
    return SmtpSender(SmtpSettings(HOST, port, tls="none"))


def store_in(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder / 'mailbot.db'}", entropy=SystemEntropy())


@contextmanager
def parts_over(
    folder: Path, mailbox: Mailbox, sender: Sender, *, name: str = "INBOX", reader: Reader | None = None
) -> Iterator[Parts]:
    """All parts over the database in `folder`, in mode canlı."""
    store = store_in(folder)
    own, documents = reader or ProcessReader(), ProcessDocuments()
    loaded = rules()
    settle_memory()
    try:
        with store.writing() as tx:
            set_mode(tx, Mode.CANLI)
            tx.commit()
        yield Parts(
            store=store,
            book=loaded.book,
            lexicon=loaded.lexicon,
            watched=(Watched(name, mailbox),),
            sender=sender,
            renderer=JinjaRenderer(templates_dir(), loaded.book.unit),
            proofs=ServerProofs("mx.unit.example"),
            clock=SystemClock(),
            entropy=SystemEntropy(),
            reader=own,
            documents=documents,
            envelope_from=loaded.book.unit.address,
            owner=f"bench:{os.getpid()}",
        )
    finally:
        own.close()
        documents.close()
        store.close()


async def warm(parts: Parts) -> None:
    """Have every reading process read a letter: it has started, and templates of words are made."""

    def nothing(looks: Sequence[tuple[int, Look]]) -> list[tuple[Known, tuple[str, ...]]]:
        known = Known(SenderRole.UNKNOWN, False, "", (), False, False)
        return [(known, ()) for _ in looks]

    guide = guide_of(parts.book, parts.lexicon)
    raw = b"Subject: warm\r\n\r\nUygundur.\r\n"
    await asyncio.gather(*(parts.reader.read([raw], guide, datetime.now(UTC), nothing) for _ in range(2)))


async def run_out(service: Service) -> None:
    """Let the service work until nothing is left to do."""
    while await service.round():
        pass


@dataclass(slots=True)
class Seeded:
    """A database with open items, and the asks that people hold for them."""

    folder: Path
    asks: list[mails.Sent]

    def copy_to(self, folder: Path) -> None:
        """The database, for one round to write on."""
        for file in self.folder.glob("mailbot.db*"):
            shutil.copy(file, folder)


def seed(folder: Path, items: int, *, approved: bool, picture: float = 1 / 3) -> Seeded:
    """So many news items, opened by the service itself; `approved`: by the director, others are asked."""
    dice = random.Random(7)
    box, sender = FakeMailbox(), FakeSender()
    with parts_over(folder, box, sender, name="seed", reader=InlineReader()) as parts:
        service = Service(parts)

        def settle() -> None:
            asyncio.run(run_out(service))

        settle()
        for number in range(items):
            raw = mails.opening(dice, parts.book, number, picture=dice.random() < picture)
            box.put(raw, datetime.now(UTC))
        settle()
        if approved:
            for ask in _asks(sender, "mudur@"):
                box.put(_yes(parts.book, ask), datetime.now(UTC))
            sender.accepted.clear()
            settle()
        return Seeded(folder, _asks(sender, "" if approved else "mudur@"))


def _asks(sender: FakeSender, start: str) -> list[mails.Sent]:
    """The asks among the accepted mails, one for each office and item."""
    found: dict[tuple[str, str], mails.Sent] = {}
    for recipient, raw in sender.accepted:
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain",))
        held = book().office_of(recipient, datetime.now(UTC).date())
        if held is None or "Auto-Submitted" in mail or not recipient.text.startswith(start) or body is None:
            continue
        found.setdefault(
            (str(held[0].id), str(mail["Subject"]).partition("/")[0]),
            mails.Sent(
                str(recipient),
                str(mail["Message-ID"]),
                str(mail["References"] or ""),
                str(mail["Subject"]),
                str(body.get_content()),
            ),
        )
    return list(found.values())


def _yes(rulebook: Rulebook, ask: mails.Sent) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = ask.recipient, str(rulebook.unit.address)
    mail["Subject"] = f"YNT: {ask.subject}"
    mail["Message-ID"] = ask.message_id.replace("<", "<re.")
    mail["In-Reply-To"] = mail["References"] = ask.message_id
    mail.set_content("Uygundur.\n")
    return mail.as_bytes()


def lay(server: Dovecot, user: str, letters: Sequence[bytes | Path]) -> None:
    """Put mails, or files of mails, into the INBOX of `user` as a delivery agent does (Maildir)."""
    maildir = server.folder / "mail" / user / "Maildir"
    owner = maildir.stat()
    for number, raw in enumerate(letters):
        name = f"{datetime.now(UTC).timestamp():.6f}.P{os.getpid()}Q{number}.bench"
        file = maildir / "tmp" / name
        if isinstance(raw, Path):
            shutil.copyfile(raw, file)
        else:
            file.write_bytes(raw)
        os.chown(file, owner.st_uid, owner.st_gid)
        file.rename(maildir / "new" / name)
