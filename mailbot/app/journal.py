"""What can be looked at: open items, one item's whole story, what waits for a person."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mailbot.app.config import Settings
from mailbot.app.story import asked, copy_row, sent, waiting
from mailbot.app.wiring import load_rules, store_of
from mailbot.core.item import Item
from mailbot.core.letter import Letter
from mailbot.core.mailvalues import office_name, stage_title
from mailbot.core.rules import Rulebook
from mailbot.core.values import ItemRef
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.store import LetterState, MailState, Reads
from mailbot.reading.mime import hostile, parse
from mailbot.reading.page import lines_of

PIPE_WIDTH = 160
"""Columns where the output is no terminal."""

WAITING_LETTERS = (LetterState.HELD, LetterState.FAILED, LetterState.SET_ASIDE)
WAITING_MAILS = (MailState.UNCERTAIN, MailState.BLOCKED, MailState.REFUSED, MailState.BOUNCED)


def when(instant: datetime | None) -> str:
    """An instant as a clerk writes it: 23.11.2026 15.00."""
    return f"{instant.astimezone(ISTANBUL):%d.%m.%Y %H.%M}" if instant else ""


def as_lines(rows: Iterable[Mapping[str, object]]) -> None:
    """One JSON object a line, on stdout."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
    sys.stdout.flush()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _console() -> Console:
    """Words for people; a file or pipe has no edge at which they would have to wrap."""
    console = Console(highlight=False, markup=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, width=PIPE_WIDTH)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose first column is never cut: it is what the other commands take."""
    console, found = _console(), list(rows)
    if not found:
        console.print(f"{title}: yok")
        return
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, no_wrap=number == 0, overflow="fold")
    for row in found:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)


def printable(text: str) -> str:
    """Words from a mail, safe for a terminal: no escape sequences."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def item_row(book: Rulebook, item: Item) -> dict[str, object]:
    """One item for `items`."""
    workflow = book.workflows.get(item.workflow)
    return {
        "ref": str(item.ref),
        "process": item.workflow,
        "title": item.title,
        "state": item.stage,
        "stage": stage_title(workflow, item) if workflow else item.stage,
        "hold": item.hold.value if item.hold else None,
        "version": item.version.number if item.version else None,
        "waiting_for": [
            office_name(book, a.office)
            for a in item.asks
            if item.version and a.version == item.version.number and a.state.value in ("bekliyor", "ulasmadi")
        ],
        "opened_at": item.opened_at,
        "opened_by": str(item.opened_by),
        "mode": item.mode,
    }


def list_items(settings: Settings, *, everything: bool, json_lines: bool) -> int:
    """Open items, newest last."""
    book = load_rules(settings).book
    store = store_of(settings)
    with store.reading() as reads:
        items = reads.items(open_only=not everything, limit=1_000_000)
        rows = [item_row(book, item) for item in sorted(items, key=lambda item: item.opened_at)]
    store.close()
    if json_lines:
        as_lines(rows)
        return 0
    print_table(
        "Kayıtlar" if everything else "Açık kayıtlar",
        ("Kayıt", "Başlık", "Durum", "Sürüm", "Beklenen", "Açılış"),
        (
            (
                str(r["ref"]),
                str(r["title"]),
                str(r["stage"]),
                str(r["version"] or "-"),
                ", ".join(map(str, r["waiting_for"])),  # type: ignore[call-overload]
                when(r["opened_at"]),  # type: ignore[arg-type]
            )
            for r in rows
        ),
    )
    return 0


def story(reads: Reads, book: Rulebook, item: Item) -> dict[str, object]:
    """One item's whole story: versions, asks and answers, history, deliveries."""
    mails = reads.deliveries(item.ref, limit=10_000)
    return item_row(book, item) | {
        "department": item.department,
        "gm": item.gm,
        "missing": list(item.missing),
        "versions": [
            {
                "number": v.number,
                "digest": v.digest,
                "made_at": v.made_at,
                "by": str(v.by),
                "fields": {
                    name: value
                    if isinstance(value, (str, datetime))
                    else [{"name": f.name, "size": f.size, "digest": f.digest} for f in value]
                    for name, value in v.bound.items()
                },
            }
            for v in item.versions
        ],
        "asks": [
            {
                "office": a.office,
                "version": a.version,
                "state": a.state.value,
                "asked_at": a.asked_at,
                "asked": [str(c.address) for c in a.copies],
                "decision": a.answer.decision.value if a.answer else None,
                "by": str(a.answer.person) if a.answer else None,
                "at": a.answer.at if a.answer else None,
                "words": a.answer.words if a.answer else None,
                "proof": a.answer.proof if a.answer else None,
                "channel": a.answer.channel if a.answer else None,
            }
            for a in item.asks
        ],
        "links": [{"channel": link.channel, "url": link.url} for link in item.links],
        "history": [
            {"seq": r.seq, "at": r.at, "kind": r.kind, "text": r.text} for r in reads.records(item.ref)
        ],
        "waiting": waiting(book, item, mails),
        "deliveries": [copy_row(m) for m in mails],
    }


def show_item(settings: Settings, wanted: str, *, json_lines: bool) -> int:
    """The whole story of one item."""
    kind, _, number = wanted.partition(":")
    if kind in ("ileti", "gonderim") and number.isascii() and number.isdigit() and len(number) < 19:
        return _show_mail(settings, kind, int(number), json_lines=json_lines)
    ref = ItemRef.parse(wanted)
    if ref is None:
        print(
            f"“{wanted}” anlaşılamadı; kayıt numarasını DNZ-HBR-2026-0147, bir iletiyi ileti:12 ya da "
            "gonderim:34 biçiminde yazınız.",
            file=sys.stderr,
        )
        return 2
    book = load_rules(settings).book
    store = store_of(settings)
    with store.reading() as reads:
        item = reads.item(ref)
        told = story(reads, book, item) if item else None
        records = [r for r in reads.records(ref) if r.text]
        mails = reads.deliveries(ref, limit=10_000)
    store.close()
    if item is None or told is None:
        print(f"{ref} diye bir kayıt yok; “mailbot items --all” listesine bakınız.", file=sys.stderr)
        return 1
    if json_lines:
        as_lines([told])
        return 0
    console = _console()
    console.print(Text(str(item.ref), "bold"), printable(item.title), sep="  ")
    console.print(f"Durum: {told['stage']}   Sürüm: {told['version'] or '-'}   Açan: {item.opened_by}")
    _section(console, "Bekleyenler", waiting(book, item, mails) or ["Beklenen bir şey yok."])
    _section(console, "Kime soruldu, ne yanıt geldi", _asked_lines(asked(book, item)))
    _section(console, "Ne kime gitti", _sent_lines(sent(mails)))
    _section(console, "Olanlar", [f"{when(r.at)}  {r.text}" for r in records])
    return 0


def _section(console: Console, title: str, lines: Sequence[str]) -> None:
    """A heading and its lines; a line that is too long goes on below its own beginning."""
    console.print()
    console.print(Text(title, "bold"))
    for line in lines or ["yok"]:
        depth = len(line) - len(line.lstrip())
        said = printable(line.strip())
        shown: Text | Table = Text(said)
        if dated := re.match(r"(\d\d\.\d\d\.\d{4} \d\d\.\d\d) +(.*)", said, re.DOTALL):
            shown = Table.grid(padding=(0, 2))
            shown.add_row(Text(dated[1], no_wrap=True), Text(dated[2]))
        console.print(Padding(shown, (0, 0, 0, depth + 2)))


def _asked_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    found = []
    for row in rows:
        found.append(f"{row['office']}, Sürüm {row['version']}: {row['state_label']}")
        found.append(f"  {when(row['at'])} soruldu: {row['people']}")
        for answer in row["answers"]:
            said = f"“{answer['words']}”" if answer["words"] else "söz yok"
            found.append(f"  {when(answer['at'])} {answer['person']}, {answer['label']}: {said}")
    return found


def _sent_lines(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    found = []
    for row in rows:
        version = f", Sürüm {row['version']}" if row["version"] else ""
        whom = f"{row['good']}/{row['count']} alıcı" if not row["people"] else row["people"]
        at = f"{when(row['at'])}  " if row["at"] else ""
        found.append(f"{at}{row['kind']} ({row['template']}{version}): {whom}")
        found += [f"  {bad['address']}: {bad['words']}" for bad in row["bad"][:50]]
    return found


def _show_mail(settings: Settings, kind: str, number: int, *, json_lines: bool) -> int:
    """A mail that came or one that goes out, as a person reads it; in gölge what would have gone."""
    store = store_of(settings)
    with store.reading() as reads:
        raw = _letter_bytes(reads, number) if kind == "ileti" else _mail_bytes(reads, number)
    store.close()
    if raw is None:
        print(f"{kind}:{number} diye bir ileti yok; “mailbot held” listesine bakınız.", file=sys.stderr)
        return 1
    why = hostile(raw)
    letter = None if why else parse(raw)
    if json_lines:
        as_lines([{"id": f"{kind}:{number}", "raw": raw.decode("utf-8", "backslashreplace")}])
        return 0
    console = _console()
    if letter is None:
        console.print(f"İleti ayrıştırılamıyor ({why}); aslı --json ile görülür.")
        return 0
    people = {"Gönderen": letter.from_, "Alıcı": letter.to, "Bilgi": letter.cc}
    for name, members in people.items():
        if members:
            console.print(f"{name}: " + printable(", ".join(str(member.address) for member in members)))
    console.print(f"Tarih: {when(letter.date)}")
    console.print("Konu: " + printable(letter.subject))
    if letter.attachments:
        console.print("Ek: " + printable(", ".join(a.name or a.content_type for a in letter.attachments)))
    console.print("\n" + printable(letter.text or _html_text(letter)))
    return 0


def _html_text(letter: Letter) -> str:
    return "\n".join(line.text for line in lines_of(letter.html or ""))


def _letter_bytes(reads: Reads, number: int) -> bytes | None:
    stored = reads.letter(number)
    return reads.blob(stored.digest) if stored else None


def _mail_bytes(reads: Reads, number: int) -> bytes | None:
    mail = next((m for m in reads.deliveries(limit=1_000_000) if m.id == number), None)
    return mail.head + b"\r\n" + reads.blob(mail.body) if mail else None


def list_held(settings: Settings, *, json_lines: bool) -> int:
    """Letters, mails and items that wait for a person."""
    book = load_rules(settings).book
    store = store_of(settings)
    with store.reading() as reads:
        letters = reads.letters(states=WAITING_LETTERS)
        mails = reads.deliveries(states=WAITING_MAILS)
        items = [item for item in reads.items() if item.hold is not None]
    store.close()
    rows: list[dict[str, object]] = [
        {
            "id": f"ileti:{x.id}",
            "state": x.state.value,
            "at": x.arrived,
            "who": x.sender,
            "subject": x.subject,
            "reason": x.reason,
        }
        for x in letters
    ]
    rows += [
        {
            "id": f"gonderim:{m.id}",
            "state": m.state.value,
            "at": m.created_at,
            "who": str(m.recipient),
            "subject": m.subject,
            "reason": m.reply,
        }
        for m in mails
    ]
    rows += [
        {
            "id": str(i.ref),
            "state": i.hold.value if i.hold else "",
            "at": i.entered_at,
            "who": i.hold_by,
            "subject": i.title,
            "reason": stage_title(book.workflows[i.workflow], i),
        }
        for i in items
        if i.workflow in book.workflows
    ]
    if json_lines:
        as_lines(rows)
        return 0
    print_table(
        "Bir insanı bekleyenler",
        ("No", "Durum", "Zaman", "Kim", "Konu", "Neden"),
        (tuple(when(v) if isinstance(v, datetime) else str(v or "") for v in row.values()) for row in rows),
    )
    return 0
