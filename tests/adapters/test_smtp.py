"""The four answers, from scripted servers, from Postfix and from smtp-sink."""

from __future__ import annotations

import asyncio
from typing import get_args

import pytest

from mailbot.adapters.embedded import DROP, DROP_ACCEPTED, HANG, EmbeddedServers, Step
from mailbot.adapters.smtp import SmtpSender, SmtpSettings, stuffed
from mailbot.core.values import Address
from mailbot.ports.sender import Accepted, Answer, Deferred, Refused, Uncertain
from tests.adapters.houses import BOT, PASSWORDS, STAFF, Kind, house
from tests.servers.ground import HOST, free_port
from tests.servers.sink import smtp_sink

FROM, TO = Address(BOT), Address(STAFF)
MAIL = f"From: {BOT}\r\nTo: {STAFF}\r\nSubject: Onay\r\n\r\n.nokta ile\r\n..iki nokta\r\n".encode()

KINDS = [
    pytest.param(kind, marks=[pytest.mark.servers("dovecot", "postfix")] if kind == "real" else [])
    for kind in get_args(Kind)
]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_accepted_arrives_byte_for_byte(kind: Kind) -> None:
    async def play() -> None:
        async with house(kind) as h:
            sender = SmtpSender(h.smtp)
            large = MAIL + b"0123456789abcdef\r\n" * 20_000
            for mail in (MAIL, large):
                answer = await sender.send(FROM, FROM, mail)
                assert isinstance(answer, Accepted)
                assert "queued as" in answer.reply
            await sender.close()
            box = h.mailbox()
            await box.open()
            async with asyncio.timeout(20):
                while len(uids := await box.uids_from(1)) < 2:
                    await box.wait(1.0)
            found = sorted((one.raw or b"" for one in await box.fetch(uids, max_size=10**7)), key=len)
            bodies = [raw.partition(b"\r\n\r\n")[2] for raw in found]
            assert bodies == [mail.partition(b"\r\n\r\n")[2] for mail in (MAIL, large)]
            await box.close()

    asyncio.run(play())


@pytest.mark.parametrize(
    ("step", "reply", "expected"),
    [
        ("mail", "451 4.3.0 busy", Deferred("451 4.3.0 busy")),
        ("mail", "550 5.7.1 not you", Refused("550 5.7.1 not you", account=True)),
        ("rcpt", "450 4.2.1 full for now", Deferred("450 4.2.1 full for now")),
        ("rcpt", "550 5.1.1 no such user", Refused("550 5.1.1 no such user")),
        ("rcpt", "421 4.3.2 going down", Deferred("421 4.3.2 going down")),
        ("rcpt", DROP, Deferred),
        ("rcpt", HANG, Deferred),
        ("data", "451 4.3.0 try later", Deferred("451 4.3.0 try later")),
        ("data", "421 4.3.2 going down", Deferred("421 4.3.2 going down")),
        ("data", "452 4.3.1 no room", Deferred("452 4.3.1 no room")),
        ("data", "552 5.3.4 too big", Refused("552 5.3.4 too big")),
        ("data", "554 5.7.1 spam", Refused("554 5.7.1 spam")),
        ("data", DROP, Uncertain),
        ("data", DROP_ACCEPTED, Uncertain),
        ("data", HANG, Uncertain),
    ],
)
def test_each_trouble_is_one_answer_and_the_next_mail_goes(
    step: Step, reply: str, expected: Answer | type[Answer]
) -> None:
    async def play() -> None:
        async with EmbeddedServers(PASSWORDS) as servers:
            sender = SmtpSender(
                SmtpSettings(
                    HOST, servers.smtp_port, BOT, PASSWORDS[BOT], tls="none", timeout=0.5, final_timeout=0.5
                )
            )
            servers.answer(step, reply)
            answer = await sender.send(FROM, TO, MAIL)
            assert isinstance(answer, expected) if isinstance(expected, type) else answer == expected
            before = len(servers.log)
            assert before == (1 if reply == DROP_ACCEPTED else 0)
            assert isinstance(await sender.send(FROM, TO, MAIL), Accepted)
            assert len(servers.log) == before + 1
            await sender.close()

    asyncio.run(play())


@pytest.mark.parametrize("reply", ["421 4.4.2 idle too long", DROP])
def test_a_kept_connection_that_has_died_is_replaced_without_a_word(reply: str) -> None:
    async def play() -> None:
        async with EmbeddedServers(PASSWORDS) as servers:
            sender = SmtpSender(SmtpSettings(HOST, servers.smtp_port, tls="none", timeout=2))
            assert isinstance(await sender.send(FROM, TO, MAIL), Accepted)
            servers.answer("mail", reply)
            assert isinstance(await sender.send(FROM, TO, MAIL), Accepted)
            assert len(servers.log) == 2
            await sender.close()

    asyncio.run(play())


def test_greylisting_defers_once() -> None:
    async def play() -> None:
        async with EmbeddedServers(PASSWORDS) as servers:
            servers.greylist = True
            sender = SmtpSender(SmtpSettings(HOST, servers.smtp_port, tls="none"))
            assert isinstance(await sender.send(FROM, TO, MAIL), Deferred)
            assert isinstance(await sender.send(FROM, TO, MAIL), Accepted)
            await sender.close()

    asyncio.run(play())


def test_a_cancelled_send_leaves_no_connection_out_of_step() -> None:
    async def play() -> None:
        async with EmbeddedServers(PASSWORDS) as servers:
            sender = SmtpSender(SmtpSettings(HOST, servers.smtp_port, tls="none", sessions=1))
            servers.answer("data", HANG)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await sender.send(FROM, TO, MAIL)
            assert isinstance(await sender.send(FROM, TO, MAIL), Accepted)
            await sender.close()

    asyncio.run(play())


def test_the_account_the_network_and_plain_text_are_told_apart() -> None:
    async def play() -> None:
        async with EmbeddedServers(PASSWORDS) as servers:
            at = (HOST, servers.smtp_port)
            wrong = await SmtpSender(SmtpSettings(*at, BOT, "yanlış", tls="none")).send(FROM, TO, MAIL)
            assert isinstance(wrong, Refused)
            assert wrong.account
            assert "parolayı denetleyiniz" in wrong.reply
            assert isinstance(
                await SmtpSender(SmtpSettings(*at, tls="starttls")).send(FROM, TO, MAIL), Deferred
            )
            assert isinstance(
                await SmtpSender(SmtpSettings(*at, tls="tls", timeout=1)).send(FROM, TO, MAIL), Deferred
            )
            plain = await SmtpSender(SmtpSettings("mail.example", 25, tls="none")).send(FROM, TO, MAIL)
            assert isinstance(plain, Refused)
            assert "şifresiz" in plain.reply
        down = await SmtpSender(SmtpSettings(HOST, free_port(), tls="none")).send(FROM, TO, MAIL)
        assert isinstance(down, Deferred)
        assert "bağlantıyı kabul etmiyor" in down.reply

    asyncio.run(play())


@pytest.mark.servers("dovecot", "postfix")
def test_a_certificate_of_nobody_we_know_sends_nothing() -> None:
    async def play() -> None:
        async with house("real") as h:
            answer = await SmtpSender(SmtpSettings(HOST, h.smtp.port, tls="starttls")).send(FROM, TO, MAIL)
            assert isinstance(answer, Deferred)
            assert "sertifikası doğrulanamadı" in answer.reply

    asyncio.run(play())


@pytest.mark.servers("smtp-sink")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("-r", "RCPT"), Deferred),
        (("-f", "RCPT"), Refused),
        (("-q", "."), Uncertain),
        (("-q", "RCPT"), Deferred),
    ],
)
def test_smtp_sink_gets_the_same_answers(options: tuple[str, ...], expected: type[Answer]) -> None:
    async def play() -> None:
        with smtp_sink(*options) as port:
            sender = SmtpSender(SmtpSettings(HOST, port, tls="none", timeout=2))
            assert isinstance(await sender.send(FROM, TO, MAIL), expected)
            await sender.close()

    asyncio.run(play())


@pytest.mark.parametrize(
    ("mail", "wire"),
    [
        (b"a\r\n.b\r\n", b"a\r\n..b\r\n.\r\n"),
        (b".a\r\n", b"..a\r\n.\r\n"),
        (b"a\n.\nb\r", b"a\r\n..\r\nb\r\n.\r\n"),
        (b"", b"\r\n.\r\n"),
        (b"a\r\n.\r\nMAIL FROM:<x>\r\n", b"a\r\n..\r\nMAIL FROM:<x>\r\n.\r\n"),
    ],
)
def test_no_mail_ends_its_own_transaction(mail: bytes, wire: bytes) -> None:
    assert stuffed(mail) + b".\r\n" == wire
