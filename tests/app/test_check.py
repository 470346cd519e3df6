"""mailbot check: the way of a mail to oneself, on a server that is a list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from mailbot.app.check import check, check_way
from mailbot.app.config import load_settings
from mailbot.app.finding import Finding
from mailbot.app.init import create, make_plan
from mailbot.core.values import Address
from mailbot.ports.mailbox import Fetched, Selected
from mailbot.ports.sender import Accepted, Answer, Refused

OWN = Address("basin@ism.example")


class Loop:
    """A mailbox and a sender in one: what is sent lies there, if the server takes the address."""

    def __init__(self, *, plus: bool, stamp: str = "", refuse: bool = False) -> None:
        self.plus, self.stamp, self.refuse = plus, stamp, refuse
        self.mails: list[bytes] = []

    async def open(self) -> Selected:
        return Selected(1, 1, 0)

    async def uids_from(self, first: int, *, limit: int = 10_000) -> Sequence[int]:
        return range(first, len(self.mails) + 1)

    async def batches(self, uids: Sequence[int], *, max_size: int) -> Sequence[Sequence[int]]:
        return [uids]

    async def fetch(self, uids: Sequence[int], *, max_size: int) -> Sequence[Fetched]:
        now = datetime.now(UTC)
        return [Fetched(u, now, len(self.mails[u - 1]), self.mails[u - 1]) for u in uids]

    async def wait(self, seconds: float) -> bool:
        return True

    async def move(self, uid: int, folder: str) -> bool:
        return True

    async def close(self) -> None:
        return None

    async def send(self, envelope_from: Address, recipient: Address, mail: bytes) -> Answer:
        if self.refuse:
            return Refused("550 5.7.1 no")
        if self.plus or recipient.tag is None:
            self.mails.append(self.stamp.encode() + mail)
        return Accepted("250 2.0.0 queued")


def way(loop: Loop, *, authserv_id: str | None = None, subaddress: bool = False) -> list[Finding]:
    ticks = count()
    return asyncio.run(
        check_way(
            loop,
            loop,
            OWN,
            authserv_id=authserv_id,
            subaddress=subaddress,
            clock=lambda: float(next(ticks)),
        )
    )


def test_a_mail_to_oneself_comes_back() -> None:
    stamp = "Authentication-Results: mx.ism.example; dmarc=pass header.from=ism.example\r\n"
    findings = way(Loop(plus=True, stamp=stamp), authserv_id="mx.ism.example", subaddress=True)
    assert [f.what for f in findings if f.ok] == ["SMTP", "kendine ileti", "ekli adres", "sunucu damgası"]
    assert all(f.complaints == () for f in findings)


def test_a_missing_subaddress_is_wrong_only_where_it_is_wanted() -> None:
    assert all(f.ok for f in way(Loop(plus=False)))
    assert [f.what for f in way(Loop(plus=False), subaddress=True) if not f.ok] == ["ekli adres"]


def test_a_refusal_is_said_with_the_servers_words() -> None:
    (finding,) = way(Loop(plus=True, refuse=True))
    assert "550 5.7.1 no" in finding.complaints[0].text


def test_the_stamp_that_was_seen_is_shown() -> None:
    stamp = "Authentication-Results: other.example; dmarc=pass header.from=ism.example\r\n"
    finding = way(Loop(plus=True, stamp=stamp), authserv_id="mx.ism.example")[-1]
    assert "other.example" in finding.complaints[0].text


def test_rules_and_secrets_are_checked_offline(tmp_path: Path) -> None:
    flags = {
        "unit_address": "basin@ism.example",
        "imap_host": "imap.ism.example",
        "smtp_host": "smtp.ism.example",
    }
    create(tmp_path, make_plan(flags, None))
    (tmp_path / "rules" / "limits.toml").write_text("[mail]\nper_hor = 3\n", "utf-8")
    findings = check(load_settings(tmp_path / "mailbot.toml", {}), datetime.now(UTC).date(), offline=True)
    said = {f.what: [str(c) for c in f.complaints] for f in findings}
    assert "MAILBOT_PASSWORD" in said["ayarlar"][0]
    assert said["kurallar"][0].startswith("limits.toml, satır 2: “per_hor”")
