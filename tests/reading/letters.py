"""Letters for the tests of the reading room: only what a test says differs from a plain mail."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from mailbot.core.decision import Fresh, Position
from mailbot.core.directory import Directory, outlet_hosts
from mailbot.core.letter import Attachment, DeliveryStatus, Letter, Mailbox, ProofLevel
from mailbot.core.rules import Closing, Department, Facility, OfficeRule, Person
from mailbot.core.values import Address, MessageId, Office, digest_of
from mailbot.core.worktime import WorkCalendar

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
NOON = datetime.fromisoformat("2026-11-24T12:00:00+03:00")


def a_letter(
    body: str = "",
    *,
    subject: str = "Konu",
    sender: str = "ece.taslak@denizli-ism.example",
    name: str = "",
    to: Iterable[str] = ("basin@denizli-ism.example",),
    cc: Iterable[str] = (),
    at: datetime | None = NOON,
    files: Iterable[str] = (),
    headers: Mapping[str, str] | None = None,
    in_reply_to: Iterable[str] = (),
    references: Iterable[str] = (),
    delivery: tuple[DeliveryStatus, ...] = (),
    report_type: str | None = None,
    calendar_method: str | None = None,
    html: str | None = None,
    original_id: str | None = None,
) -> Letter:
    """A letter from staff to the unit's mailbox at noon of Tuesday 24.11.2026, unless said otherwise."""

    def box(address: str, shown: str = "") -> Mailbox:
        return Mailbox(shown, Address(address))

    return Letter(
        digest=digest_of(f"{subject}\n{body}".encode()),
        size=len(body),
        message_id=MessageId("<letter@denizli-ism.example>"),
        in_reply_to=tuple(MessageId(i) for i in in_reply_to),
        references=tuple(MessageId(i) for i in references),
        date=at,
        subject=subject,
        from_=(box(sender, name),),
        sender=None,
        reply_to=(),
        to=tuple(box(a) for a in to),
        cc=tuple(box(a) for a in cc),
        headers=tuple((key.lower(), value) for key, value in (headers or {}).items()),
        text=body,
        html=html,
        attachments=tuple(
            Attachment(file, "application/octet-stream", 4, digest_of(file.encode()), b"data")
            for file in files
        ),
        delivery=delivery,
        report_type=report_type,
        original_id=MessageId(original_id) if original_id else None,
        calendar_method=calendar_method,
    )


def fresh(text: str, quoted: str = "", aside: str = "") -> Fresh:
    """New words above quoted ones."""
    return Fresh(text, Position.TOP if text else Position.NONE, aside=aside, quoted=quoted)


@cache
def the_directory() -> Directory:
    """The example directory of `rules/`, read without the rulebook room."""
    data = tomllib.loads((ROOT / "rules" / "directory.toml").read_text("utf-8"))

    def people(row: Mapping[str, Any]) -> tuple[Person, ...]:
        return tuple(Person(Address(p["address"]), p.get("name", "")) for p in row.get("people", ()))

    return Directory(
        departments={
            d["id"]: Department(d["id"], d["name"], d.get("gm"), people(d), tuple(d.get("words", ())))
            for d in data["department"]
        },
        facilities={
            f["id"]: Facility(f["id"], f["name"], tuple(f["words"]), f["department"], people(f))
            for f in data["facility"]
        },
        outlets=tuple(data["media"]["outlets"]),
        hosts=outlet_hosts(
            ((p["name"], p["address"]) for row in data["list"] for p in row["people"]),
            data["media"]["outlets"],
        ),
        offices={
            Office(o["id"]): OfficeRule(
                Office(o["id"]),
                o["name"],
                o["short"],
                people(o),
                o["salutation"],
                Closing(o["closing"]),
                ProofLevel.KEY,
            )
            for o in data["office"]
        },
    )


@cache
def the_calendar() -> WorkCalendar:
    """Turkish holidays around the corpus: 1 January 2027 and the Ramazan Bayramı with its half day."""
    return WorkCalendar(
        holidays={
            date(2027, 1, 1): "Yılbaşı",
            **{date(2027, 3, day): "Ramazan Bayramı" for day in (9, 10, 11)},
        },
        half_days={
            date(2027, 3, 8): "Ramazan Bayramı arifesi",
            date(2026, 10, 28): "Cumhuriyet Bayramı arifesi",
        },
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail of the corpus with its expected fields."""

    id: str
    letter: Letter
    words: str
    expect: Mapping[str, Any]
    row: Mapping[str, Any]


def samples(file: str) -> tuple[Sample, ...]:
    """The samples of `tests/corpus/<file>`, one JSON object a line."""
    rows = [json.loads(line) for line in (CORPUS / file).read_text("utf-8").splitlines() if line.strip()]
    return tuple(_sample(row) for row in rows)


def _sample(row: Mapping[str, Any]) -> Sample:
    letter = a_letter(
        row["body"],
        subject=row["subject"],
        sender=row.get("from", "ece.taslak@denizli-ism.example"),
        name=row.get("name", ""),
        to=row.get("to", ("basin@denizli-ism.example",)),
        cc=row.get("cc", ()),
        at=datetime.fromisoformat(row["at"]) if "at" in row else NOON,
        files=row.get("files", ()),
        headers=row.get("headers"),
        report_type=row.get("report_type"),
        calendar_method=row.get("calendar"),
    )
    return Sample(row["id"], letter, row.get("fresh", row["body"]), row.get("expect", {}), row)
