"""The whole ask and reply with oneself, on the embedded servers."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from mailbot.adapters.embedded import EmbeddedServers
from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.adapters.smtp import SmtpSender, SmtpSettings
from mailbot.adapters.system import SystemClock, SystemEntropy
from mailbot.app.check_ask import check_ask
from mailbot.app.finding import Finding
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import load


async def _try(*, swallow: bool = False) -> Finding:
    loaded = load(rules_dir())
    own = loaded.book.unit.address
    async with EmbeddedServers([str(own), "baska@denizli-ism.example"]) as servers:
        password = servers.passwords[str(own)]
        inbox = ImapMailbox(
            ImapSettings(servers.imap_host, servers.imap_port, str(own), password, tls="none")
        )
        sender = SmtpSender(
            SmtpSettings(servers.smtp_host, servers.smtp_port, str(own), password, tls="none")
        )
        book = loaded.book
        if swallow:
            elsewhere = replace(own, text="baska@denizli-ism.example")
            book = replace(book, unit=replace(book.unit, address=elsewhere))
        try:
            return await check_ask(
                inbox,
                sender,
                book,
                loaded.lexicon,
                templates_dir(),
                SystemClock(),
                SystemEntropy(),
                patience=5.0 if not swallow else 0.3,
            )
        finally:
            await inbox.close()
            await sender.close()


def test_an_ask_to_oneself_is_answered_and_understood() -> None:
    finding = asyncio.run(_try())
    assert finding.ok, finding
    assert finding.note == "anahtarın bulunduğu yerler: konu, yanıt başlığı, alıntı"


def test_an_ask_that_never_arrives_is_said() -> None:
    finding = asyncio.run(_try(swallow=True))
    assert not finding.ok
    assert "kutuya gelmedi" in finding.complaints[0].text
