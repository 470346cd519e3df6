"""A house for the tests of the shell: real store, rules and templates, mailbox and sender in memory."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.store import open_store
from mailbot.app.mode import set_mode
from mailbot.app.parts import Mode, Parts, Watched
from mailbot.app.scenario.play import AUTHSERV_ID
from mailbot.app.service import Service
from mailbot.core.item import Item
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.store import Delivery, LetterState, StoredLetter
from mailbot.resources import templates_dir
from tests.fakes.clock import FakeClock, FakeEntropy
from tests.fakes.mail import FakeMailbox, FakeSender, InlineDocuments, InlineReader
from tests.scenarios.worlds import rules

START = datetime(2026, 11, 23, 10, 0, tzinfo=ISTANBUL)
UNIT = "basin@denizli-ism.example"
STAFF = "ada.kurgu@denizli-ism.example"
CHIEF = "ece.taslak@denizli-ism.example"
DIRECTOR = "mudur@denizli-ism.example"

TITLE = "Aşı standı kuruldu"
TEXT = "Denizli’de aşı standı kuruldu. Stantta 120 kişiye bilgi verildi."
WEB = "Haber metni aşağıdadır. Sadece web sitesi ve sosyal medyada yayımlanacaktır."
PRESS = "Haber metni aşağıdadır. Yerel basına servis edilecektir."


def news(title: str = TITLE, text: str = TEXT, where: str = WEB) -> str:
    """The words of a staff mail that opens a news item."""
    return f"Sayın Müdürüm,\n\n{where}\n\nİlgili Başkanlık: Halk Sağlığı\nBaşlık: {title}\n\nMetin:\n{text}\n"


@dataclass
class House:
    """The service in one process; `restart` gives it another one."""

    folder: Path
    clock: FakeClock = field(default_factory=lambda: FakeClock(START))
    inbox: FakeMailbox = field(default_factory=FakeMailbox)
    sent_folder: FakeMailbox | None = None
    sender: FakeSender = field(default_factory=FakeSender)
    mode: Mode = Mode.CANLI
    entropy: FakeEntropy = field(default_factory=FakeEntropy)
    written: int = 0
    parts: Parts = field(init=False)
    service: Service = field(init=False)

    def build(self) -> None:
        """A new process over the same database and mailbox."""
        loaded = rules()
        watched = [Watched("INBOX", self.inbox)]
        if self.sent_folder is not None:
            watched.append(Watched("Sent", self.sent_folder, sent=True))
        self.parts = Parts(
            store=open_store(
                f"sqlite:///{self.folder / 'mailbot.db'}", entropy=self.entropy, clock=self.clock
            ),
            book=loaded.book,
            lexicon=loaded.lexicon,
            watched=tuple(watched),
            sender=self.sender,
            renderer=JinjaRenderer(templates_dir(), loaded.book.unit),
            proofs=ServerProofs(AUTHSERV_ID),
            clock=self.clock,
            entropy=self.entropy,
            reader=InlineReader(),
            documents=InlineDocuments(),
            envelope_from=loaded.book.unit.address,
        )
        with self.parts.store.writing() as tx:
            set_mode(tx, self.mode)
            tx.commit()
        self.service = Service(self.parts)
        self.service.outbox.recover()

    async def restart(self) -> None:
        """Stop and start again: another process, the same database and mailbox."""
        self.parts.store.close()
        self.build()
        await self.settle()

    def change(self, **parts: object) -> None:
        """Other parts, as another configuration would choose them."""
        self.parts = replace(self.parts, **parts)  # type: ignore[arg-type]
        self.service = Service(self.parts)

    async def settle(self) -> None:
        """Work until nothing is left to do."""
        for _ in range(30):
            if not await self.service.round():
                return
        raise AssertionError("the service does not come to rest")

    def mail(
        self,
        who: str,
        subject: str,
        body: str,
        *,
        to: str = UNIT,
        cc: str = "",
        files: Sequence[tuple[str, bytes]] = (),
        headers: Sequence[tuple[str, str]] = (),
        verdict: str = "pass",
        at: datetime | None = None,
    ) -> bytes:
        """A mail as it lies in the mailbox, with our server's stamp."""
        self.written += 1
        mail = EmailMessage(policy=policy.SMTP)
        domain = who.rpartition("@")[2]
        mail["Authentication-Results"] = f"{AUTHSERV_ID}; dmarc={verdict} header.from={domain}"
        mail["From"], mail["To"] = who, to
        if cc:
            mail["Cc"] = cc
        mail["Subject"] = subject
        mail["Date"] = format_datetime((at or self.clock.now()).astimezone(ISTANBUL))
        if not any(name == "Message-ID" for name, _ in headers):
            mail["Message-ID"] = f"<{self.written}.{len(body)}@{domain}>"
        for name, value in headers:
            mail[name] = value
        mail.set_content(body)
        for name, data in files:
            main, _, sub = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
            mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
        return mail.as_bytes()

    async def arrive(self, raw: bytes, *, at: datetime | None = None) -> None:
        """The mail lies in the INBOX; the service looks."""
        self.inbox.put(raw, at or self.clock.now())
        await self.settle()

    async def open(self, body: str = "", subject: str = f"Haber onayı: {TITLE}") -> None:
        """Staff write to the director with the bot in cc."""
        raw = self.mail(STAFF, subject, body or news(), to=DIRECTOR, cc=UNIT)
        await self.arrive(raw)

    async def answer(self, who: str, words: str, template: str) -> None:
        """`who` answers the newest mail of this template, quoting nothing."""
        asked = self.mails(who, template)[-1]
        headers = (("In-Reply-To", str(asked["Message-ID"])), ("References", str(asked["Message-ID"])))
        await self.arrive(self.mail(who, f"Ynt: {asked['Subject']}", words, headers=headers))

    # -- what became ------------------------------------------------------------------------------

    def mails(self, to: str = "", template: str = "") -> list[EmailMessage]:
        """What left, oldest first."""
        kinds = {str(row.message_id): row.template for row in self.deliveries()}
        found = []
        for recipient, raw in self.sender.accepted:
            mail = message_from_bytes(raw, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            kind = kinds[str(mail["Message-ID"]).lower()]
            if to in ("", str(recipient)) and template in ("", kind):
                found.append(mail)
        return found

    def sent(self) -> list[tuple[str, str]]:
        """Recipient and template of everything that left."""
        kinds = {(str(row.recipient), str(row.message_id)): row.template for row in self.deliveries()}
        out = []
        for recipient, raw in self.sender.accepted:
            number = str(message_from_bytes(raw, policy=policy.default)["Message-ID"]).lower()
            out.append((str(recipient), kinds[str(recipient), number]))
        return out

    def deliveries(self) -> list[Delivery]:
        with self.parts.store.reading() as reads:
            return list(reads.deliveries(limit=10_000))

    def letters(self, *states: LetterState) -> list[StoredLetter]:
        with self.parts.store.reading() as reads:
            return list(reads.letters(states=states, limit=100_000))

    def items(self) -> list[Item]:
        with self.parts.store.reading() as reads:
            return list(reads.items(open_only=False))

    def item(self) -> Item:
        """The only item."""
        (item,) = self.items()
        return item

    def forward(self, **span: float) -> None:
        """Move the clock, as timedelta counts."""
        self.clock.forward(timedelta(**span))


@asynccontextmanager
async def house(folder: Path, *, sent: bool = False, mode: Mode = Mode.CANLI) -> AsyncIterator[House]:
    """A house whose service has made its first start on an empty mailbox."""
    made = House(folder, sent_folder=FakeMailbox() if sent else None, mode=mode)
    made.build()
    try:
        await made.settle()
        yield made
    finally:
        made.parts.store.close()


def text(mail: EmailMessage) -> str:
    """The plain text of a mail, in one line."""
    body = mail.get_body(("plain",))
    return " ".join(str(body.get_content()).split()) if body is not None else ""
