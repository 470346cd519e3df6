"""Bad input: a clear sentence in Turkish, by mail or at the terminal, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.adapters.embedded import EmbeddedServers
from mailbot.adapters.store import open_store
from mailbot.app.cli import main
from mailbot.app.init import create, make_plan
from mailbot.core.item import Hold
from mailbot.ports.mailbox import MailboxDown
from mailbot.ports.sender import Deferred
from mailbot.ports.store import LetterState, MailState, StoreDown
from tests.app.houses import CHIEF, DIRECTOR, PRESS, STAFF, UNIT, House, house, news, text

MB = 1_000_000


def told(h: House, template: str, to: str = STAFF) -> str:
    """The words of the newest mail of this template."""
    return text(h.mails(to, template)[-1])


# By mail -------------------------------------------------------------------------------------------


def test_an_empty_text_is_asked_for_and_no_office_is_troubled(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open(news(text=""))
            assert h.sent() == [(STAFF, "kayit-acildi")]
            assert "eksik" in told(h, "kayit-acildi")
            assert "metn" in told(h, "kayit-acildi")

    asyncio.run(play())


def test_an_unknown_sender_has_no_effect_and_staff_hear_of_it_once_a_day(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            before = (h.item(), h.sent())
            for number in range(3):
                await h.arrive(h.mail("kimse@baska.example", f"Onay {number}", "ONAY"))
            assert (h.item(), h.sent()) == before
            h.forward(days=1)
            await h.settle()
            assert [to for to, template in h.sent() if template == "bilinmeyen-gonderenler"] == [CHIEF]
            assert "kimse@baska.example" in told(h, "bilinmeyen-gonderenler", CHIEF)

    asyncio.run(play())


def test_two_items_in_one_mail_are_sent_back_to_be_parted(tmp_path: Path) -> None:
    body = (
        "Sayın Müdürüm, iki haber metni aşağıdadır, ikisi de sadece web sitesinde yayımlanacaktır.\n\n"
        "Başlık: Aşı standı kuruldu\n\nMetin:\nDenizli’de aşı standı kuruldu.\n\n"
        "Başlık: Kan bağışı yapıldı\n\nMetin:\nDenizli’de kan bağışı yapıldı.\n"
    )

    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open(body, "Haber onayı: iki haber")
            assert h.sent() == [(STAFF, "hatali-ileti")]
            assert "ayrı bir ileti" in told(h, "hatali-ileti")
            assert (h.items(), [letter.state for letter in h.letters()]) == ([], [LetterState.HELD])

    asyncio.run(play())


def test_a_mail_of_thirty_megabytes_is_told_to_its_author_and_kept_in_the_mailbox(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            h.change(max_size=h.parts.book.limits["mail.max_inbound_kb"] * 1024)
            photos = [(f"{n}.jpg", os.urandom(11 * MB)) for n in range(2)]
            raw = h.mail(STAFF, "Haber onayı: Aşı", news(), to=DIRECTOR, cc=UNIT, files=photos)
            assert len(raw) > 29 * MB
            await h.arrive(raw)
            assert "çok büyük (30 MB)" in told(h, "bekletilen-ileti")
            assert {to for to, _ in h.sent()} == {STAFF, CHIEF}
            assert [letter.state for letter in h.letters()] == [LetterState.HELD]
            await h.arrive(h.mail("dergi@baska.example", "Fotoğraflar", "Ekte.", files=photos))
            assert len(h.sent()) == 2

    asyncio.run(play())


@pytest.mark.parametrize(
    "broken", ["Aşı\r\nBcc: kurban@baska.example", "Aşı\n\nX-Yeni: 1", "Aşı\u2028standı"]
)
def test_a_title_with_line_breaks_becomes_one_line(tmp_path: Path, broken: str) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            await h.answer(STAFF, f"BAŞLIK: {broken}", "kayit-acildi")
            for _, raw in h.sender.accepted:
                head = raw.partition(b"\r\n\r\n")[0].lower()
                assert b"\r\nbcc:" not in head
                assert b"\r\nx-yeni:" not in head
            assert {to for to, _ in h.sent()} <= {STAFF, CHIEF, DIRECTOR}
            assert len(h.item().title.splitlines()) == 1

    asyncio.run(play())


def with_book(h: House, *, office: str = "", mailing: str = "") -> None:
    """Nobody holds this office, or nobody stands in this list, today."""
    book = h.parts.book
    offices = {key: replace(o, people=()) if key == office else o for key, o in book.offices.items()}
    lists = {key: replace(m, members=()) if key == mailing else m for key, m in book.lists.items()}
    h.change(book=replace(book, offices=offices, lists=lists))


async def approved(h: House, offices: Sequence[str] = ("bakanlik", "valilik", "hsgm")) -> None:
    await h.open(news(where=PRESS))
    await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
    people = {str(key): office.people for key, office in h.parts.book.offices.items()}
    for office in offices:
        await h.answer(str(people[office][0].address), "Uygundur", "haber-dis-onay")
    h.forward(minutes=11)
    await h.settle()


def test_an_office_without_an_address_is_named_and_nothing_is_released(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            with_book(h, office="valilik")
            await approved(h, ("bakanlik", "hsgm"))
            assert "Valiliği" in told(h, "kayit-acildi")
            assert "geçerli bir e-posta adresi" in told(h, "kayit-acildi")
            assert "haber-servis" not in {template for _, template in h.sent()}

    asyncio.run(play())


def test_an_empty_list_stops_the_release(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            with_book(h, mailing="yerel-basin")
            await approved(h)
            assert h.item().hold is Hold.STOPPED
            assert "yerel-basin" in told(h, "durduruldu")
            assert not {"haber-servis", "yayin-gorevi"} & {template for _, template in h.sent()}

    asyncio.run(play())


# At the terminal -----------------------------------------------------------------------------------


def unit(folder: Path, imap: str, smtp: str, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    flags = {"unit_address": UNIT, "imap_host": imap, "smtp_host": smtp}
    create(folder, make_plan(flags, None))
    monkeypatch.setenv("MAILBOT_PASSWORD", password)
    monkeypatch.chdir(folder)


@pytest.mark.parametrize("command", [["run", "--once"], ["run"], ["check"]])
def test_a_wrong_password_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    async def play() -> tuple[int | None, str]:
        async with EmbeddedServers([UNIT]) as servers:
            hosts = (f"127.0.0.1:{servers.imap_port}", f"127.0.0.1:{servers.smtp_port}")
            unit(tmp_path / "d", *hosts, "yanlis-parola", monkeypatch)
            ended = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "mailbot.app.cli", *command, stderr=asyncio.subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "400"},
            )  # fmt: skip
            _, words = await ended.communicate()
            return ended.returncode, words.decode()

    status, said = asyncio.run(play())
    assert status == 1
    assert "parolayı denetleyiniz" in said
    assert "b'" not in said
    assert "yanlis-parola" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", [["run", "--once"], ["check"], ["golive", "--yes"]])
def test_a_server_that_is_down_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    unit(tmp_path / "d", "127.0.0.1:1", "127.0.0.1:1", "gizli", monkeypatch)
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "127.0.0.1:1" in said
    assert "Traceback" not in said


def test_a_server_that_is_down_for_a_while_loses_nothing(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            h.sender.answer = lambda recipient: Deferred("bağlantı kurulamadı")
            await h.open()
            assert {row.state for row in h.deliveries()} == {MailState.QUEUED}
            h.inbox.down = "imap.ism.example:993 bağlantıyı kabul etmiyor"
            with pytest.raises(MailboxDown):
                await h.service.round()
            h.sender.answer = lambda recipient: None
            h.inbox.down = None
            h.forward(minutes=2)
            await h.settle()
            assert h.sent() == [(STAFF, "kayit-acildi"), (DIRECTOR, "haber-mudur-onayi")]

    asyncio.run(play())


READ_ONLY = ("PRAGMA query_only=1",)
PRAGMAS = "mailbot.adapters.database._PRAGMAS"


@pytest.mark.parametrize("command", [["run", "--once"], ["golive", "--mode", "golge", "--yes"]])
def test_a_read_only_database_is_said_at_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    unit(tmp_path / "d", "127.0.0.1:1", "127.0.0.1:1", "gizli", monkeypatch)
    h = House(tmp_path / "d" / "state")
    h.build()
    h.parts.store.close()
    monkeypatch.setattr(PRAGMAS, READ_ONLY)
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "yalnızca okunabiliyor" in said
    assert "Traceback" not in said


def test_a_read_only_database_loses_no_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            raw = h.mail(STAFF, "Haber onayı: Aşı", news(), to=DIRECTOR, cc=UNIT)
            h.inbox.put(raw, h.clock.now())
            with monkeypatch.context() as patch:
                store = h.parts.store
                patch.setattr(PRAGMAS, READ_ONLY)
                h.change(store=open_store(f"sqlite:///{tmp_path / 'mailbot.db'}", entropy=h.entropy))
                with pytest.raises(StoreDown):
                    await h.service.round()
                h.parts.store.close()
            assert h.sender.accepted == []
            h.change(store=store)
            await h.settle()
            assert h.sent() == [(STAFF, "kayit-acildi"), (DIRECTOR, "haber-mudur-onayi")]

    asyncio.run(play())
