"""`mailbot demo`: one news item from the staff's mail to the local press, on real IMAP and SMTP.

The servers are embedded and listen on loopback alone; the clock is moved by the play, nothing waits.
"""

from __future__ import annotations

import asyncio
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from mailbot.adapters.documents import ProcessDocuments
from mailbot.adapters.embedded import EmbeddedServers
from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.reader import ProcessReader
from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.smtp import SmtpSender, SmtpSettings
from mailbot.adapters.store import open_store
from mailbot.adapters.system import SystemEntropy
from mailbot.app.mode import set_mode
from mailbot.app.parts import Mode, Parts, Watched
from mailbot.app.screen import Screen, as_json
from mailbot.app.service import Service
from mailbot.core.item import CLOSED, Item
from mailbot.core.rules import PersonRole, Rulebook
from mailbot.core.values import Address, ItemRef
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.sender import Accepted
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import Loaded, load

START = datetime(2026, 11, 23, 10, 5, tzinfo=ISTANBUL)
"""A Monday morning in office hours."""

TITLE = "Çamlık'ta diyabet farkındalık yürüyüşü"

TEXT = """İl Sağlık Müdürlüğümüz, Dünya Diyabet Günü etkinlikleri kapsamında 22 Kasım Pazar günü Çamlık \
Parkı'nda farkındalık yürüyüşü düzenledi. Yürüyüşe yaklaşık 300 vatandaş katıldı.

Yürüyüşün ardından kurulan stantta vatandaşların kan şekeri ölçüldü, sağlıklı beslenme ve hareketli yaşam \
hakkında bilgi verildi. Ölçümü yüksek çıkan vatandaşlar aile hekimlerine yönlendirildi.

Etkinlik, katılımcılara broşür dağıtılmasıyla sona erdi."""

CHANGED_TEXT = TEXT.replace(
    "Yürüyüşe yaklaşık 300 vatandaş", "Denizli Valiliği koordinesindeki yürüyüşe 285 vatandaş"
)


class DemoClock:
    """A clock that only the play moves."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def forward(self, span: timedelta) -> None:
        self._now += span

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def picture(red: int, green: int, blue: int, size: int = 96) -> bytes:
    """A plain PNG of one colour: stands for a photo."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((red, green, blue)) * size for _ in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


Show = Callable[[Mapping[str, object]], None]


@dataclass(slots=True)
class Stage:
    """The running servers and service, and what was seen on the wire."""

    servers: EmbeddedServers
    service: Service
    parts: Parts
    clock: DemoClock
    show: Show
    seen: int = 0
    mails_in: int = 0
    mails_out: int = 0
    ref: ItemRef | None = None
    state: str = ""
    read: dict[str, int] = field(default_factory=dict)

    async def write(self, who: str, to: str, subject: str, body: str, **more: object) -> None:
        """`who` sends a mail over SMTP; the service looks at once."""
        mail = EmailMessage()
        mail["From"] = who
        mail["To"] = to
        for name in ("Cc", "In-Reply-To", "References"):
            if value := more.get(name.lower().replace("-", "_")):
                mail[name] = str(value)
        mail["Subject"] = subject
        mail["Date"] = format_datetime(self.clock.now().astimezone(ISTANBUL))
        mail["Message-ID"] = make_msgid(domain=who.rpartition("@")[2].rstrip(">"))
        mail.set_content(body)
        for name, data in dict(more.get("photos") or {}).items():  # type: ignore[call-overload]
            mail.add_attachment(data, maintype="image", subtype="png", filename=name)
        address = who.partition("<")[2].rstrip(">") or who
        sender = SmtpSender(
            SmtpSettings(
                self.servers.smtp_host,
                self.servers.smtp_port,
                address,
                self.servers.passwords[address],
                tls="none",
            )
        )
        for recipient in filter(None, (to, str(more.get("cc") or ""))):
            answer = await sender.send(Address(address), Address(recipient), mail.as_bytes())
            assert isinstance(answer, Accepted), answer
        await sender.close()
        self.mails_in += 1
        self.seen = len(self.servers.log)
        self.show(
            {"event": "mail", "direction": "in", "from": who, "to": to, "subject": subject, "text": body}
        )
        await self.settle()

    async def settle(self) -> None:
        """Let the service work until nothing is left to do, then show what it sent."""
        while await self.service.round():
            pass
        for sent in self.servers.log[self.seen :]:
            mail = message_from_bytes(sent.raw, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            body = mail.get_body(("plain",))
            self.mails_out += 1
            self.show(
                {
                    "event": "mail",
                    "direction": "out",
                    "from": str(mail["From"]),
                    "to": ", ".join(sent.recipients),
                    "subject": str(mail["Subject"]),
                    "text": str(body.get_content()) if body else "",
                    "attachments": [part.get_filename() or "" for part in mail.iter_attachments()],
                }
            )
        self.seen = len(self.servers.log)
        item = self.item()
        if item is not None and item.stage != self.state:
            self.state = item.stage
            self.show({"event": "state", "item": str(item.ref), "state": item.stage})

    def item(self) -> Item | None:
        """The play's one item."""
        with self.parts.store.reading() as reads:
            items = reads.items(open_only=False)
        if items:
            self.ref = items[0].ref
        return items[0] if items else None

    async def answer(self, address: str, words: str, *, contains: str = "") -> None:
        """`address` answers the newest mail of the bot in their own inbox, quoting it as mail programs do."""
        inbox = await self.servers.inbox(address)
        mails = [message_from_bytes(raw, policy=policy.default) for raw in inbox]
        mail = next(m for m in reversed(mails) if contains in str(m["Subject"]))
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain",))
        quoted = str(body.get_content()) if body else ""
        when = self.clock.now().astimezone(ISTANBUL).strftime("%d.%m.%Y %H:%M")
        quote = "\n".join(f"> {line}" for line in quoted.splitlines())
        unit = str(self.parts.book.unit.address)
        await self.write(
            address,
            unit,
            f"YNT: {mail['Subject']}",
            f"{words}\n\n{when} tarihinde {unit} şunu yazdı:\n{quote}\n",
            in_reply_to=mail["Message-ID"],
            references=f"{mail['References'] or ''} {mail['Message-ID']}".strip(),
        )

    def scene(self, text: str) -> None:
        self.show({"event": "scene", "text": text, "time": self.clock.now().astimezone(ISTANBUL).isoformat()})

    async def wait(self, span: timedelta, why: str) -> None:
        self.clock.forward(span)
        self.scene(why)
        await self.settle()


async def play(stage: Stage) -> None:
    """The day: opened, changed, approved by everybody, released, published, closed."""
    book = stage.parts.book
    unit = str(book.unit.address)
    staff = next(p for p in book.staff if p.role is PersonRole.STAFF)
    editor = next(p for p in book.staff if p.role is PersonRole.EDITOR)
    director, ministry, governor = (str(book.offices[o].people[0].address) for o in _offices(book))  # type: ignore[index]
    gm_office = next(d.gm for d in book.departments.values() if d.gm and "Halk Sağlığı" in d.name)
    gm = str(book.offices[gm_office].people[0].address)
    department = next(d.name for d in book.departments.values() if d.gm == gm_office)

    stage.scene("Personel haber metnini iki fotoğrafla müdüre yazıyor, botu bilgiye ekliyor")
    await stage.write(
        f"{staff.name} <{staff.address}>",
        director,
        f"Haber onayı: {TITLE}",
        f"Sayın Müdürüm,\n\nHaber metni aşağıdadır, fotoğraflar ektedir. Yerel basına servis edilecektir.\n\n"
        f"İlgili Başkanlık: {department}\nBaşlık: {TITLE}\n\nMetin:\n{TEXT}\n",
        cc=unit,
        photos={"yuruyus-1.png": picture(40, 110, 180), "yuruyus-2.png": picture(60, 150, 90)},
    )
    stage.clock.forward(timedelta(minutes=25))
    stage.scene("Müdür yanıtlıyor")
    await stage.answer(director, "Uygundur, elinize sağlık.")
    stage.clock.forward(timedelta(minutes=40))
    stage.scene("Bakanlık onaylıyor")
    await stage.answer(ministry, "Sakınca yok, iyi çalışmalar dileriz.")
    stage.clock.forward(timedelta(minutes=10))
    stage.scene("Valilik değişiklik istiyor")
    await stage.answer(
        governor, "Metne “Denizli Valiliği koordinesinde” ifadesi eklenerek servis edilmesi uygundur."
    )
    stage.clock.forward(timedelta(minutes=15))
    stage.scene("Personel yeni metni gönderiyor: Sürüm 2 herkese yeniden soruluyor, fark işaretli")
    await stage.answer(str(staff.address), f"Yeni metin:\n{CHANGED_TEXT}")
    stage.clock.forward(timedelta(minutes=20))
    stage.scene("Onaylar geliyor")
    await stage.answer(director, "Olur.")
    await stage.answer(governor, "uygundur")
    await stage.answer(ministry, "Değişikliğe gerek yoktur, onaylıyoruz.")
    await stage.answer(gm, "Tarafımızca uygun mütalaa edilmiştir.")
    await stage.wait(timedelta(minutes=11), "On dakikalık bekleme doldu: haber yerel basına servis ediliyor")
    stage.clock.forward(timedelta(minutes=30))
    stage.scene("Web ve sosyal medya sorumlusu bağlantıları bildiriyor")
    await stage.answer(
        str(editor.address),
        f"Yayında:\n{book.unit.website or 'https://denizli-ism.example'}/haber/diyabet-yuruyusu\n"
        "https://x.com/denizliism/status/1861000000000000000",
        contains=str(stage.ref),
    )


def _offices(book: Rulebook) -> Iterator[str]:
    for name in ("mudur", "bakanlik", "valilik"):
        yield next(office for office in book.offices if office == name)


@contextmanager
def _parts(folder: Path, servers: EmbeddedServers, loaded: Loaded, clock: DemoClock) -> Iterator[Parts]:
    unit = loaded.book.unit.address
    entropy = SystemEntropy()
    store = open_store(f"sqlite:///{folder / 'demo.db'}", entropy=entropy, clock=clock)
    reader, documents = ProcessReader(), ProcessDocuments()
    password = servers.passwords[str(unit)]
    imap = ImapSettings(servers.imap_host, servers.imap_port, str(unit), password, tls="none", notice="idle")
    smtp = SmtpSettings(servers.smtp_host, servers.smtp_port, str(unit), password, tls="none")
    try:
        yield Parts(
            store=store,
            book=loaded.book,
            lexicon=loaded.lexicon,
            watched=(Watched("INBOX", ImapMailbox(imap)),),
            sender=SmtpSender(smtp),
            renderer=JinjaRenderer(templates_dir(), loaded.book.unit),
            proofs=ServerProofs(servers.authserv_id),
            clock=clock,
            entropy=entropy,
            reader=reader,
            documents=documents,
            envelope_from=unit,
        )
    finally:
        reader.close()
        documents.close()
        store.close()


def addresses(book: Rulebook) -> list[str]:
    """Every address that the play may write to or from."""
    people = [p for office in book.offices.values() for p in office.people]
    people += [p for mailing in book.lists.values() for p in mailing.members]
    people += list(book.staff)
    return sorted({str(book.unit.address), *(str(p.address) for p in people)})


async def run(show: Show, *, keep: bool = False, say: Callable[[str], None] = lambda _: None) -> bool:
    """Play the day; True where the item came to its end."""
    loaded = load(rules_dir())
    clock = DemoClock(START)
    with tempfile.TemporaryDirectory(prefix="mailbot-demo-") as folder:
        async with EmbeddedServers(addresses(loaded.book), now=clock.now) as servers:
            with _parts(Path(folder), servers, loaded, clock) as parts:
                with parts.store.writing() as tx:
                    set_mode(tx, Mode.CANLI)
                    tx.commit()
                stage = Stage(servers, Service(parts), parts, clock, show)
                await stage.settle()
                await play(stage)
                item = stage.item()
                ok = item is not None and item.stage == CLOSED
                show(
                    {
                        "event": "done",
                        "ok": ok,
                        "item": str(item.ref) if item else None,
                        "state": item.stage if item else None,
                        "mails_in": stage.mails_in,
                        "mails_out": stage.mails_out,
                    }
                )
                if keep:
                    say(_how_to_connect(servers, parts))
                    await asyncio.Event().wait()
                await parts.sender.close()
                for watched in parts.watched:
                    await watched.mailbox.close()
    return ok


def _how_to_connect(servers: EmbeddedServers, parts: Parts) -> str:
    unit = str(parts.book.unit.address)
    return (
        f"Sunucular açık (durdurmak için Ctrl+C).\n"
        f"IMAP {servers.imap_host}:{servers.imap_port}, "
        f"SMTP {servers.smtp_host}:{servers.smtp_port}, şifrelemesiz\n"
        f"Kullanıcı {unit}, parola {servers.passwords[unit]}"
    )


def main(*, json_lines: bool, keep: bool) -> int:
    """Run the demo; 0 where the item came to its end."""
    show: Show = as_json if json_lines else Screen()
    try:
        ok = asyncio.run(run(show, keep=keep, say=lambda text: print(text, file=sys.stderr)))
    except KeyboardInterrupt:
        return 0
    return 0 if ok else 1
