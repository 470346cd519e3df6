"""What became of each copy, in words; copies to who left; resending to one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from mailbot.app.deliveries import queue_id, state_words
from mailbot.app.departures import come_back, departed, leave
from mailbot.core.outcome import Purpose
from mailbot.core.values import Address, Digest, MessageId
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.sender import Deferred
from mailbot.ports.store import Delivery, MailState
from tests.app.houses import DIRECTOR, PRESS, House, house, news

AT = datetime(2026, 11, 23, 15, 10, tzinfo=ISTANBUL)
RADIO = Address("haber@laodikradyo.example")
COPY = Delivery(
    id=1, ref=None, recipient=RADIO, message_id=MessageId("<a@b>"), template="haber-servis",
    purpose=Purpose.RELEASE, subject="", state=MailState.QUEUED, attempts=0, due=AT, created_at=AT,
    sent_at=None, reply="", version=1, office=None, gate=None, repeatable=False, body=Digest(""), head=b"",
)  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "number"),
    [
        ("250 2.0.0 Ok: queued as 4XyzAb2kQzJ9", "4XyzAb2kQzJ9"),
        ("250 OK id=1rXyzA-0001Ab-2c", "1rXyzA-0001Ab-2c"),
        ("250 2.6.0 <a@b> [InternalId=81604378624, Hostname=x] Queued mail for delivery", "81604378624"),
        ("250 2.0.0 3AN7abcd012345 Message accepted for delivery", "3AN7abcd012345"),
        ("250 OK", None),
        ("250 Ok: queued as the next one", None),
    ],
)
def test_the_server_s_own_number(reply: str, number: str | None) -> None:
    assert queue_id(reply) == number


@pytest.mark.parametrize(
    ("state", "attempts", "reply", "words"),
    [
        (MailState.QUEUED, 0, "", "sırada"),
        (MailState.QUEUED, 2, "451 yoğun", "ertelendi, saat 15.10'da yeniden denenecek (451 yoğun)"),
        (
            MailState.SENT,
            1,
            "250 Ok: queued as AB12CD",
            "gönderildi 23.11.2026, saat 15.10 (kuyruk no AB12CD)",
        ),
        (MailState.SENT, 1, "250 Ok", "gönderildi 23.11.2026, saat 15.10"),
        (MailState.BOUNCED, 1, "5.2.2 kutu dolu", "geri döndü (5.2.2 kutu dolu)"),
        (MailState.UNCERTAIN, 1, "bağlantı koptu", "belirsiz (bağlantı koptu)"),
        (MailState.REFUSED, 1, "550 yok", "kabul edilmedi (550 yok)"),
        (MailState.CANCELLED, 0, "", "gönderilmedi"),
    ],
)
def test_each_state_says_why(state: MailState, attempts: int, reply: str, words: str) -> None:
    sent = AT if state is MailState.SENT else None
    assert state_words(replace(COPY, state=state, attempts=attempts, reply=reply, sent_at=sent)) == words


def test_who_left_is_remembered_until_they_come_back(tmp_path: Path) -> None:
    async def run() -> None:
        async with house(tmp_path) as h:
            with h.parts.store.writing() as tx:
                assert leave(tx, RADIO, "ece.taslak@denizli-ism.example", AT)
                assert not leave(tx, RADIO, "ece.taslak@denizli-ism.example", AT)
                tx.commit()
            await h.restart()
            with h.parts.store.writing() as tx:
                assert departed(tx) == {RADIO}
                assert come_back(tx, RADIO)
                assert not come_back(tx, RADIO)
                assert departed(tx) == set()

    asyncio.run(run())


async def released(h: House) -> None:
    """A news item whose copies to the press are due now."""
    await h.open(news(where=PRESS))
    await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
    for office in ("basin@bakanlik-sm.example", "basin@hsgm-sm.example", "basin@denizli-valilik.example"):
        await h.answer(office, "Uygundur", "haber-dis-onay")
    h.forward(minutes=10)
    await h.settle()


def test_a_copy_that_waits_does_not_reach_who_left_meanwhile(tmp_path: Path) -> None:
    async def run() -> None:
        async with house(tmp_path) as h:
            h.sender.answer = lambda to: Deferred("451 4.3.2 yoğun") if to == RADIO else None
            await released(h)
            with h.parts.store.writing() as tx:
                leave(tx, RADIO, "ece.taslak@denizli-ism.example", AT)
                tx.commit()
            h.sender.answer = lambda to: None
            h.forward(minutes=5)
            await h.settle()
            [copy] = [m for m in h.deliveries() if m.recipient == RADIO]
            assert (copy.state, copy.reply) == (MailState.CANCELLED, "alıcı listeden çıktı")
            assert not any(to == str(RADIO) for to, _ in h.sent())

    asyncio.run(run())
