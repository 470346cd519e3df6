"""`mailbot check`: every complaint about configuration, rules, templates and servers at once."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from email.utils import format_datetime

from mailbot.adapters.bulletin import check_form
from mailbot.adapters.imap import ImapMailbox
from mailbot.adapters.proof import read_stamp
from mailbot.adapters.render import check_templates
from mailbot.adapters.smtp import SmtpSender
from mailbot.adapters.system import SystemClock, SystemEntropy
from mailbot.app.check_ask import check_ask
from mailbot.app.config import ConfigRefused, Settings
from mailbot.app.finding import Finding
from mailbot.app.wiring import imap_settings, proofs_of, smtp_settings, store_of
from mailbot.core.letter import Letter
from mailbot.core.rules import Rulebook
from mailbot.core.values import Address
from mailbot.ports.mailbox import Mailbox, MailboxDown, MailboxRefused
from mailbot.ports.sender import Accepted, Sender
from mailbot.ports.store import StoreDown
from mailbot.reading.mime import parse
from mailbot.rulebook.complaint import Complaint, RulesRefused
from mailbot.rulebook.load import Loaded, load
from mailbot.rulebook.search import search

_PATIENCE = 30.0
"""Seconds in which a mail to oneself is expected back."""


def run_check(settings: Settings, *, offline: bool, json_lines: bool = False) -> int:
    """Look at everything and report it. 0 where nothing is wrong, else 1."""
    findings = check(settings, date.today(), offline=offline)  # noqa: DTZ011 - the unit's own day
    if json_lines:
        for finding in findings:
            row = {"check": finding.what, "ok": finding.ok, "note": finding.note}
            row["complaints"] = [asdict(c) for c in finding.complaints]
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        _print(findings)
    return 0 if all(f.ok for f in findings) else 1


def check(settings: Settings, today: date, *, offline: bool, forms: bool = True) -> list[Finding]:
    """What is fine and what is not, in the order in which it should be mended.

    `forms`: whether the unit's forms are filled too, which takes seconds that a start does not have.
    """
    rules, loaded = check_rules(settings, today)
    book = loaded.book if loaded else None
    findings = [check_secrets(settings), rules, _states(book), _templates(settings, book)]
    findings += _forms(settings, book) if forms else []
    findings.append(_database(settings))
    if not offline and findings[0].ok and loaded is not None:
        findings += asyncio.run(_servers(settings, loaded))
    return findings


def check_secrets(settings: Settings) -> Finding:
    """Whether the passwords and the authorities of signatures can be read."""
    found: list[Complaint] = []
    try:
        proofs_of(settings)
    except ConfigRefused as refused:
        found += refused.complaints
    for server in (settings.imap, settings.smtp):
        try:
            server.password()
        except ConfigRefused as refused:
            found += refused.complaints
    return Finding("ayarlar", tuple(dict.fromkeys(found)), str(settings.file))


def check_rules(settings: Settings, today: date) -> tuple[Finding, Loaded | None]:
    """The rules against themselves and the templates."""
    names: list[str] | None = None
    if settings.templates.is_dir():
        names = [p.name for p in settings.templates.iterdir() if (p / "mail.toml").is_file()]
    try:
        loaded = load(settings.rules, templates=names, today=today)
    except RulesRefused as refused:
        return Finding("kurallar", refused.complaints, str(settings.rules)), None
    return Finding("kurallar", loaded.warnings + _examples(loaded.book), str(settings.rules)), loaded


def _examples(book: Rulebook) -> tuple[Complaint, ...]:
    """Example addresses that nobody replaced: mail to them can never arrive (RFC 2606)."""
    people = [p for office in book.offices.values() for p in office.people]
    people += [p for members in book.lists.values() for p in members.members]
    count = len({p.address for p in people if p.address.domain.endswith(".example")})
    if not count:
        return ()
    text = f"{count} alıcı hâlâ örnek adres (.example); gerçek adresleri yazınız."
    return (Complaint("directory.toml", None, text, warning=True),)


def _states(book: Rulebook | None) -> Finding:
    """Every state that the workflows can reach: none stuck, endless, or ahead of its approvals."""
    if book is None:
        return Finding("iş akışları", (), "kurallar düzelince denetlenir")
    found = tuple(
        Complaint(f"workflows/{name}.toml", None, str(flaw))
        for name, workflow in book.workflows.items()
        for flaw in search(workflow, book)
    )
    return Finding("iş akışları", found, ", ".join(book.workflows))


def _templates(settings: Settings, book: Rulebook | None) -> Finding:
    """Whether every template renders with its sample values."""
    if book is None:
        return Finding("şablonlar", (), "kurallar düzelince denetlenir")
    said = (line.partition(": ") for line in check_templates(settings.templates, book.unit))
    found = tuple(Complaint(place, None, text) for place, _, text in said)
    return Finding("şablonlar", found, str(settings.templates))


def _forms(settings: Settings, book: Rulebook | None) -> list[Finding]:
    """Whether each form that a workflow names can be filled, and what this machine lacks for it."""
    names = dict.fromkeys(w.form for w in book.workflows.values() if w.form) if book is not None else {}
    findings = []
    for name in names:
        wrong, missing = check_form(settings.templates / f"_{name}")
        complaints = [Complaint("bülten", None, text) for text in wrong]
        complaints += [Complaint("bülten", None, text, warning=True) for text in missing]
        findings.append(Finding("bülten", tuple(complaints), f"_{name}"))
    return findings


def _database(settings: Settings) -> Finding:
    try:
        store_of(settings).close()
    except StoreDown as down:
        return Finding("veritabanı", (Complaint("veritabanı", None, str(down)),))
    return Finding("veritabanı")


async def _servers(settings: Settings, loaded: Loaded) -> list[Finding]:
    own = loaded.book.unit.address
    findings = []
    for folder in filter(None, (settings.inbox, settings.sent, settings.move_to)):
        mailbox = ImapMailbox(imap_settings(settings, folder))
        findings.append(await check_folder(mailbox, folder))
        await mailbox.close()
    if not findings[0].ok:
        return findings
    inbox, sender = ImapMailbox(imap_settings(settings, settings.inbox)), SmtpSender(smtp_settings(settings))
    try:
        findings += await check_way(
            inbox,
            sender,
            own,
            authserv_id=settings.authserv_id,
            subaddress=settings.subaddress,
        )
        if all(finding.ok for finding in findings):
            findings.append(
                await check_ask(
                    inbox,
                    sender,
                    loaded.book,
                    loaded.lexicon,
                    settings.templates,
                    SystemClock(),
                    SystemEntropy(),
                    patience=_PATIENCE,
                )
            )
    except (MailboxDown, MailboxRefused) as error:
        findings.append(Finding("kendine ileti", (Complaint("imap", None, str(error)),)))
    finally:
        await inbox.close()
        await sender.close()
    return findings


async def check_folder(mailbox: Mailbox, folder: str) -> Finding:
    """Login and folder."""
    try:
        selected = await mailbox.open()
    except (MailboxDown, MailboxRefused) as error:
        return Finding(f"IMAP: {folder}", (Complaint("imap", None, str(error)),))
    return Finding(f"IMAP: {folder}", (), f"{selected.exists} ileti")


async def check_way(
    inbox: Mailbox,
    sender: Sender,
    own: Address,
    *,
    authserv_id: str | None,
    subaddress: bool,
    patience: float = _PATIENCE,
    clock: Callable[[], float] = time.monotonic,
) -> list[Finding]:
    """A mail to oneself and one to a subaddress: what comes back, how it is threaded and stamped."""
    first = (await inbox.open()).uidnext
    key = secrets.token_hex(8)
    plain, tagged = f"<check.{key}.1@{own.domain}>", f"<check.{key}.2@{own.domain}>"
    answer = await sender.send(own, own, _probe(own, plain, ""))
    if not isinstance(answer, Accepted):
        text = f"Sunucu iletiyi kabul etmedi: {answer.reply}"
        return [Finding("SMTP", (Complaint("smtp", None, text),))]
    findings = [Finding("SMTP", (), answer.reply[:80])]
    plus = Address(f"{own.local}+check@{own.domain}")
    await sender.send(own, plus, _probe(own, tagged, plain))
    back: dict[str, Letter] = {}
    end = clock() + patience
    while len(back) < 2 and clock() < end:
        if plain in back and not subaddress and clock() > end - patience / 2:
            break
        await inbox.wait(1.0)
        for fetched in await inbox.fetch(await inbox.uids_from(first), max_size=200_000):
            letter = parse(fetched.raw) if fetched.raw else None
            if letter and letter.message_id in (plain, tagged):
                back[str(letter.message_id)] = letter
    findings.append(_came_back(back.get(plain), patience))
    findings.append(_subaddress(tagged in back, subaddress))
    if plain in back:
        findings.append(_stamps(back[plain], authserv_id))
    if tagged in back and plain not in back[tagged].in_reply_to:
        text = "Sunucu In-Reply-To başlığını değiştiriyor; yanıtlar kayıt anahtarından bulunacak."
        findings.append(Finding("ileti zinciri", (Complaint("imap", None, text, warning=True),)))
    return findings


def _probe(own: Address, message_id: str, answers: str) -> bytes:
    """A mail that says it is a machine's (RFC 3834), so that nobody answers it."""
    thread = f"In-Reply-To: {answers}\r\n" if answers else ""
    return (
        f"From: <{own}>\r\nTo: <{own}>\r\nSubject: mailbot check\r\n"
        f"Date: {format_datetime(datetime.now(UTC))}\r\nMessage-ID: {message_id}\r\n{thread}"
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "mailbot check komutunun deneme iletisidir; silebilirsiniz.\r\n"
    ).encode()


def _came_back(letter: Letter | None, patience: float) -> Finding:
    if letter is not None:
        return Finding("kendine ileti")
    text = (
        f"Kendimize gönderdiğimiz ileti {patience:.0f} saniyede "
        "kutuya gelmedi; adresi ve klasörü denetleyiniz."
    )
    return Finding("kendine ileti", (Complaint("imap", None, text),))


def _subaddress(works: bool, wanted: bool) -> Finding:  # noqa: FBT001 - two findings side by side
    if wanted and not works:
        text = "“+” ekli adrese giden ileti gelmedi; [mail] subaddress = false yazınız."
        return Finding("ekli adres", (Complaint("mailbot.toml", None, text),))
    return Finding("ekli adres", (), "çalışıyor" if works else "sunucuda yok; gerekmiyor")


def _stamps(letter: Letter, authserv_id: str | None) -> Finding:
    values = letter.all_headers("authentication-results")
    names = {stamp.authserv_id for stamp in map(read_stamp, values) if stamp is not None}
    if authserv_id is None:
        seen = ", ".join(sorted(names)) or "yok"
        return Finding("sunucu damgası", (), f"görülen authserv-id: {seen}")
    if authserv_id.lower() in names:
        return Finding("sunucu damgası", (), authserv_id)
    # Mail from the server to itself is often not stamped at all: no proof that the name is wrong.
    text = f"Gelen iletide “{authserv_id}” damgası yok (görülen: {', '.join(sorted(names)) or 'hiç'})."
    return Finding("sunucu damgası", (Complaint("mailbot.toml", None, text, warning=True),))


def _print(findings: Sequence[Finding]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(stderr=True)
    table = Table("", "denetim", "sonuç", show_edge=False)
    for finding in findings:
        mark = Text("✓", "green") if finding.ok else Text("✗", "bold red")
        lines = [str(c) for c in finding.complaints] or [finding.note]
        table.add_row(mark, finding.what, Text("\n".join(lines)))
    console.print(table)
