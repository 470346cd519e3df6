"""A mail that a dying process left half sent is owed still, also when its lease ends long after our start."""

from __future__ import annotations

import asyncio
from pathlib import Path

from mailbot.app.outbox import LEASE
from mailbot.ports.store import MailState
from tests.app.houses import DIRECTOR, STAFF, UNIT, House, house, news


async def _left_half_sent(h: House) -> None:
    """Another process has claimed the director's ask and is gone."""
    raw = h.mail(STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT)
    h.inbox.put(raw, h.clock.now())
    await h.service.intake.look(h.parts.watched[0])
    await h.service.decide()
    with h.parts.store.writing() as tx:
        claimed = tx.claim_mails(h.parts.clock.now(), 50, owner="gone", lease=LEASE)
        tx.commit()
    assert any(str(mail.recipient) == DIRECTOR for mail in claimed)


def test_a_mail_left_half_sent_goes_once_its_lease_has_ended(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await _left_half_sent(h)
            await h.settle()
            assert not h.mails(DIRECTOR)
            h.forward(seconds=LEASE + 61)
            await h.settle()
            assert len(h.mails(DIRECTOR, "haber-mudur-onayi")) == 1
            assert all(mail.state is not MailState.SENDING for mail in h.deliveries())

    asyncio.run(play())


class Gone:
    """`ports.processes.Processes` that knows one process to be gone."""

    def gone(self, owner: str) -> bool:
        return owner == "gone"


def test_a_process_that_is_surely_gone_is_not_waited_for(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await _left_half_sent(h)
            h.change(processes=Gone())
            await h.settle()
            assert len(h.mails(DIRECTOR, "haber-mudur-onayi")) == 1

    asyncio.run(play())


def test_letters_that_a_dead_process_had_begun_are_read_at_once(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.settle()
            raw = h.mail(STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT)
            h.inbox.put(raw, h.clock.now())
            await h.service.intake.look(h.parts.watched[0])
            with h.parts.store.writing() as tx:
                assert tx.start_letters(9, h.clock.now(), owner="gone", lease=LEASE, max_bytes=10**6)
                tx.commit()
            await h.settle()
            assert not h.items()
            h.change(processes=Gone())
            await h.settle()
            assert len(h.items()) == 1

    asyncio.run(play())
