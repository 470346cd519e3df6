"""Values for tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime

from mailbot.core.item import Ask, AskState, Copy, FieldValue, FileRef, Item, Version
from mailbot.core.outcome import Purpose
from mailbot.core.values import Address, Digest, ItemRef, MessageId, Office, Token, digest_of
from mailbot.ports.store import Arrival, OwedMail

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MUDUR = Address("mudur@denizli.example")


def ref_of(number: int) -> ItemRef:
    return ItemRef("DNZ", "HBR", 2026, number)


REF = ref_of(1)


def item_of(number: int = 1, *, revision: int = 0, state: AskState = AskState.OPEN) -> Item:
    photo = FileRef("a.jpg", "image/jpeg", 3, digest_of(b"abc"))
    fields: dict[str, FieldValue] = {"title": "2026-01-01T00:00:00", "embargo": NOW, "photos": (photo,)}
    copy = Copy(MUDUR, "Ayşe Işık", Token.from_bits(number))
    return Item(
        ref=ref_of(number),
        workflow="news",
        stage="mudur_onayinda",
        opened_at=NOW,
        opened_by=MUDUR,
        fields=fields,
        revision=revision,
        versions=(Version(1, Digest("0" * 64), fields, NOW, MUDUR),),
        asks=(Ask(Office("mudur"), 1, state, NOW, (copy,)),),
    )


def mail_of(number: int, ref: ItemRef | None = REF, *, due: datetime = NOW) -> OwedMail:
    return OwedMail(
        ref=ref,
        recipient=MUDUR,
        message_id=MessageId(f"<{number}@denizli.example>"),
        template="onay",
        purpose=Purpose.ASK,
        subject="Onayınıza",
        head=b"Subject: x\r\n",
        body=b"govde",
        text="Onayınıza sunulur.",
        due=due,
        repeatable=True,
    )


def arrival_of(uid: int, raw: bytes = b"From: a@b.example\r\n\r\nx") -> Arrival:
    return Arrival(uid, NOW, len(raw), raw)
