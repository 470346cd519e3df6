"""The mailbox on the embedded server and on Dovecot."""

from __future__ import annotations

import asyncio
import time
from typing import get_args

import pytest

from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.ports.mailbox import MailboxDown, MailboxRefused
from tests.adapters.houses import BOT, Kind, house, letter
from tests.servers.ground import HOST, free_port

KINDS = [
    pytest.param(kind, marks=[pytest.mark.servers("dovecot", "postfix")] if kind == "real" else [])
    for kind in get_args(Kind)
]
on_both = pytest.mark.parametrize("kind", KINDS)


@on_both
def test_letters_are_found_by_uid_and_fetched_whole(kind: Kind) -> None:
    async def play() -> None:
        async with house(kind) as h:
            box = h.mailbox()
            start = await box.open()
            assert (start.exists, await box.uids_from(1)) == (0, [])
            for number in range(5):
                await h.deliver(letter(f"Deneme {number}"))
            uids = list(await box.uids_from(start.uidnext))
            assert len(uids) == 5
            assert uids == sorted(uids)
            assert list(await box.uids_from(uids[-1] + 1)) == []  # "n:*" names the last one all the same
            assert list(await box.uids_from(1, limit=2)) == uids[:2]
            found = await box.fetch([*uids, uids[-1] + 99], max_size=100_000)
            assert [one.uid for one in found] == uids
            assert all(one.raw is not None and one.raw.endswith(b"Uygundur.\r\n") for one in found)
            assert all(one.arrived.tzinfo is not None for one in found)
            await box.close()

    asyncio.run(play())


@on_both
def test_of_a_large_letter_only_the_head_travels(kind: Kind) -> None:
    async def play() -> None:
        async with house(kind) as h:
            box = h.mailbox()
            start = await box.open()
            await h.deliver(letter("Büyük", "x" * 70 + "\r\n" + "y" * 70))
            (one,) = await box.fetch(await box.uids_from(start.uidnext), max_size=50)
            assert one.raw is None
            assert b"Subject:" in one.head
            assert b"yyy" not in one.head
            assert one.size > 50
            await box.close()

    asyncio.run(play())


@on_both
@pytest.mark.parametrize("notice", ["noop", "idle"])
def test_waiting_ends_when_a_letter_comes_and_not_before(kind: Kind, notice: str) -> None:
    async def play() -> None:
        async with house(kind) as h:
            box = h.mailbox(notice=notice)
            start = await box.open()
            assert await box.wait(0.2) is False
            waiting = asyncio.create_task(box.wait(20.0))
            started = time.monotonic()
            await h.deliver(letter())
            assert await waiting is True
            assert time.monotonic() - started < 5.0
            assert len(await box.uids_from(start.uidnext)) == 1
            await box.close()

    asyncio.run(play())


@on_both
def test_filing_moves_once_and_makes_the_folder(kind: Kind) -> None:
    async def play() -> None:
        async with house(kind) as h:
            box = h.mailbox()
            start = await box.open()
            await h.deliver(letter())
            (uid,) = await box.uids_from(start.uidnext)
            assert await box.move(uid, "İşlendi") is True
            assert await box.move(uid, "İşlendi") is False
            assert "İşlendi" in await box.folders()
            assert list(await box.fetch([uid], max_size=1000)) == []
            assert await box.special("Sent") in {"Sent", "Gönderilmiş Öğeler"}
            await box.close()

    asyncio.run(play())


@on_both
def test_looking_leaves_a_letter_unread(kind: Kind) -> None:
    async def play() -> None:
        async with house(kind) as h:
            box = h.mailbox()
            start = await box.open()
            await h.deliver(letter())
            uids = await box.uids_from(start.uidnext)
            await box.fetch(uids, max_size=100_000)
            assert await box._run(lambda: list(box._connection().search(["UNSEEN"]))) == list(uids)
            await box.close()

    asyncio.run(play())


@on_both
def test_a_wrong_password_is_refused_in_words(kind: Kind) -> None:
    async def play() -> None:
        async with house(kind) as h:
            with pytest.raises(MailboxRefused, match="parolayı denetleyiniz"):
                await h.mailbox(password="baska").open()
            if kind == "real":  # pymap breaks off where SASL PLAIN carries a wrong one of these
                with pytest.raises(MailboxRefused, match="parolayı denetleyiniz"):
                    await h.mailbox(password="yanlış-parola").open()
            with pytest.raises(MailboxRefused, match="klasörü açılamadı"):
                await h.mailbox(folder="Yok").open()

    asyncio.run(play())


def test_a_server_that_goes_away_is_down_and_can_be_opened_again() -> None:
    async def play() -> None:
        async with house("embedded") as h:
            box = h.mailbox()
            await box.open()
            assert h.embedded is not None
            for task in tuple(h.embedded._imap_tasks):
                task.cancel()
            with pytest.raises(MailboxDown):
                await box.wait(5.0)
            with pytest.raises(MailboxDown):
                await box.uids_from(1)
            assert (await box.open()).exists == 0
            await box.close()

    asyncio.run(play())


def test_nobody_there_is_down_and_plain_text_to_elsewhere_is_refused() -> None:
    async def play() -> None:
        with pytest.raises(MailboxDown, match="bağlantıyı kabul etmiyor"):
            await ImapMailbox(ImapSettings(HOST, free_port(), BOT, "x", tls="none")).open()
        with pytest.raises(MailboxRefused, match="şifresiz"):
            await ImapMailbox(ImapSettings("mail.example", 143, BOT, "x", tls="none")).open()

    asyncio.run(play())


def test_batches_keep_the_order_and_bound_what_lies_in_memory() -> None:
    box = ImapMailbox(ImapSettings(HOST, 1, BOT, "x"))
    box._sizes = {1: 5_000_000, 2: 5_000_000, 3: 20_000_000, 4: 10, 5: 10, 6: 90_000_000}
    assert list(box._batches([1, 2, 3, 4, 5, 6], max_size=30_000_000)) == [[1], [2], [3], [4, 5, 6]]
