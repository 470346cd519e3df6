"""A mailbox that people use: old mail, renumbered folders, restarts, echoes, the Sent folder."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.app.parts import Mode, Watched
from mailbot.ports.store import LetterState, MailState
from tests.app.houses import DIRECTOR, STAFF, START, UNIT, House, house, news
from tests.fakes.clock import FakeClock
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.ground import HOST

OLD = 20_000


def an_old_life(h: House) -> list[bytes]:
    """Years of mail: old approvals, old requests, and what lies in any mailbox."""
    before = START - timedelta(days=30)
    return [
        h.mail(DIRECTOR, "Ynt: [DNZ-HBR-2026-0001] Haber onayı", "ONAY", at=before),
        h.mail(STAFF, "Haber onayı: Eski haber", news("Eski haber"), to=DIRECTOR, cc=UNIT, at=before),
        h.mail(
            "basin@bakanlik-sm.example",
            "Bilgi notu talebi",
            "Yarın saat 10.00'a kadar bilgi notu gönderiniz.",
            at=before,
        ),
        h.mail("abone@baska.example", "Bülten", "İyi günler.", at=before),
    ]


def late(h: House, raw: bytes) -> None:
    h.inbox.put(raw, h.clock.now())


async def first_start(h: House, put: Callable[[bytes], None]) -> None:
    """Nothing is made of what lay there; what comes afterwards is."""
    await h.settle()
    assert (h.letters(), h.items(), h.deliveries()) == ([], [], [])
    put(h.mail(STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT))
    await h.settle()
    assert [letter.kind for letter in h.letters()] == ["open"]
    assert h.item().title == "Aşı standı kuruldu"


def test_a_first_start_on_twenty_thousand_old_mails_acts_on_none(tmp_path: Path) -> None:
    async def play() -> None:
        h = House(tmp_path)
        h.build()
        kinds = an_old_life(h)
        for number in range(OLD):
            h.inbox.put(kinds[number % len(kinds)], START - timedelta(days=30))
        await first_start(h, lambda raw: late(h, raw))
        h.parts.store.close()

    asyncio.run(play())


@pytest.mark.servers("dovecot")
def test_a_first_start_on_a_full_mailbox_of_dovecot(tmp_path: Path) -> None:
    async def play(server: Dovecot) -> None:
        h = House(tmp_path, clock=FakeClock(datetime.now(UTC)))
        h.build()
        for raw in an_old_life(h):
            server.deliver(UNIT, raw)
        new = server.folder / "mail" / UNIT / "Maildir" / "new"
        seeds = list(new.iterdir())
        for number in range(OLD):
            os.link(seeds[number % len(seeds)], new / f"{1_700_000_000 + number}.M1P1.old")
        box = ImapMailbox(ImapSettings(HOST, server.imaps_port, UNIT, "gizli", ca_file=server.ca))
        h.change(watched=(Watched("INBOX", box),))
        await first_start(h, lambda raw: server.deliver(UNIT, raw))
        await box.close()
        h.parts.store.close()

    with dovecot({UNIT: "gizli"}) as server:
        asyncio.run(play(server))


def test_a_renumbered_folder_repeats_nothing_and_loses_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        h = House(tmp_path)
        for raw in an_old_life(h):
            h.inbox.put(raw, START - timedelta(days=30))
        h.build()
        await h.settle()
        h.forward(minutes=5)
        await h.open()
        await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
        before = (h.item(), h.sent())
        h.inbox.renumber()
        h.forward(minutes=2)
        h.inbox.put(
            h.mail(STAFF, "Haber onayı: Yeni", news("Bu arada gelen"), to=DIRECTOR, cc=UNIT), h.clock.now()
        )
        h.service.intake.forget(h.parts.watched[0])
        await h.settle()
        titles = {item.title: item for item in h.items()}
        assert set(titles) == {before[0].title, "Bu arada gelen"}
        assert titles[before[0].title].asks == before[0].asks
        assert h.sent()[len(before[1]) :] == [(STAFF, "kayit-acildi"), (DIRECTOR, "haber-mudur-onayi")]
        assert all(letter.state is LetterState.OLD for letter in h.letters() if "Eski" in letter.subject)
        h.parts.store.close()

    asyncio.run(play())


def test_a_letter_of_the_first_second_is_not_taken_for_an_old_one(tmp_path: Path) -> None:
    """INTERNALDATE counts in whole seconds, by a clock that may lie behind ours."""

    async def play() -> None:
        async with house(tmp_path) as h:
            h.forward(seconds=0.9)
            raw = h.mail(STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT)
            await h.arrive(raw, at=h.clock.now() - timedelta(minutes=3))
            assert h.item().stage == "mudur_onayinda"

    asyncio.run(play())


def test_an_old_mail_that_somebody_moves_into_the_folder_stays_old(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            for raw in an_old_life(h):
                await h.arrive(raw, at=START - timedelta(days=30))
            assert [letter.state for letter in h.letters()] == [LetterState.OLD] * 4
            assert (h.items(), h.deliveries()) == ([], [])

    asyncio.run(play())


def test_two_restarts_do_nothing_twice(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
            before = (h.items(), h.sent(), h.letters())
            for _ in range(2):
                await h.restart()
                assert (h.items(), h.sent(), h.letters()) == before

    asyncio.run(play())


def test_an_echo_of_our_own_mail_does_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            before = (h.item(), h.sent())
            for _, raw in list(h.sender.accepted):
                await h.arrive(raw)
            assert (h.item(), h.sent()) == before
            assert [letter.kind for letter in h.letters()] == ["open", "loop", "loop"]

    asyncio.run(play())


def test_what_staff_send_by_hand_is_kept_and_opens_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path, sent=True) as h:
            assert h.sent_folder is not None
            await h.open()
            before = (h.item().asks, h.sent())
            asked = h.mails(DIRECTOR)[0]
            thread = (("In-Reply-To", str(asked["Message-ID"])),)
            for raw in (
                h.mail(UNIT, "Haber onayı: Elle yazılan", news("Elle yazılan"), to=DIRECTOR, cc=UNIT),
                h.mail(UNIT, f"Ynt: {asked['Subject']}", "ONAY", to=DIRECTOR, headers=thread),
                h.mail(
                    UNIT, f"Ynt: {asked['Subject']}", "DURDUR", to=DIRECTOR, headers=thread, verdict="none"
                ),
            ):
                h.sent_folder.put(raw, h.clock.now())
            await h.settle()
            assert (h.item().asks, h.sent()) == before
            assert h.item().hold is None
            kept = [letter for letter in h.letters() if letter.mailbox == "Sent"]
            assert len(kept) == 3
            with h.parts.store.reading() as reads:
                assert all(b"Subject:" in reads.blob(letter.digest) for letter in kept)

    asyncio.run(play())


@pytest.mark.parametrize("mode", list(Mode))
def test_how_far_each_mode_goes(tmp_path: Path, mode: Mode) -> None:
    async def play() -> None:
        async with house(tmp_path, mode=mode) as h:
            await h.open()
            sent = {to for to, _ in h.sent()}
            staff = {str(person.address) for person in h.parts.book.staff}
            match mode:
                case Mode.GOLGE:
                    assert sent == set()
                    assert {row.state for row in h.deliveries()} == {MailState.SHOWN}
                    assert DIRECTOR in {str(row.recipient) for row in h.deliveries()}
                case Mode.DENEME:
                    assert sent
                    assert sent <= staff
                case Mode.CANLI:
                    assert sent == {STAFF, DIRECTOR}

    asyncio.run(play())
