"""The limits of the unit's server are kept: by the minute, across restarts, and in the size of a mail."""

from __future__ import annotations

import asyncio
import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from mailbot.ports.store import MailState
from tests.app.houses import DIRECTOR, PRESS, STAFF, UNIT, House, house, news


def noise(width: int, height: int) -> bytes:
    """A photograph that hardly compresses."""
    pixels = random.Random(width).randbytes(width * height * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(out, "JPEG", quality=90)
    return out.getvalue()


def limited(h: House, **limits: int) -> None:
    named = {f"mail.{name}": value for name, value in limits.items()}
    h.change(book=replace(h.parts.book, limits={**h.parts.book.limits, **named}))


def waiting(h: House) -> int:
    return sum(m.state is MailState.QUEUED for m in h.deliveries())


def test_no_more_leave_in_a_minute_than_the_server_takes(tmp_path: Path) -> None:
    async def run() -> None:
        async with house(tmp_path) as h:
            await h.open(news(where=PRESS))
            await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
            for office in (
                "basin@bakanlik-sm.example",
                "basin@hsgm-sm.example",
                "basin@denizli-valilik.example",
            ):
                await h.answer(office, "Uygundur", "haber-dis-onay")
            limited(h, per_minute=10)
            before = len(h.sender.accepted)
            h.forward(minutes=10)
            await h.settle()
            assert (len(h.sender.accepted) - before, waiting(h)) == (10, 9)
            await h.settle()
            assert len(h.sender.accepted) - before == 10
            h.forward(seconds=61)
            await h.settle()
            assert waiting(h) == 0

    asyncio.run(run())


def test_a_restart_does_not_begin_a_new_hour(tmp_path: Path) -> None:
    async def run() -> None:
        async with house(tmp_path) as h:
            await h.open(news(where=PRESS))
            sent = len(h.sender.accepted)
            await h.restart()
            limited(h, per_hour=sent + 1)
            await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
            assert len(h.sender.accepted) == sent + 1
            assert waiting(h) > 0

    asyncio.run(run())


@pytest.mark.parametrize("share", ["", "https://dosya.unit.example/{kayit}"])
def test_photographs_that_do_not_fit_are_named_and_the_rest_goes_out(tmp_path: Path, share: str) -> None:
    async def run() -> None:
        async with house(tmp_path) as h:
            h.change(book=replace(h.parts.book, unit=replace(h.parts.book.unit, photos=share)))
            limited(h, max_outbound_kb=1_000)
            files = [("bir.jpg", noise(300, 200)), ("iki.jpg", noise(1600, 1200))]
            await h.arrive(
                h.mail(STAFF, "Haber onayı: Stant", news(where=PRESS), to=DIRECTOR, cc=UNIT, files=files)
            )
            [told] = h.mails(STAFF, "kayit-acildi")
            assert "eklenmeyecek; küçültüp yeniden gönderebilirsiniz:\n\n- iki.jpg" in words(told)
            await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
            for office in (
                "basin@bakanlik-sm.example",
                "basin@hsgm-sm.example",
                "basin@denizli-valilik.example",
            ):
                await h.answer(office, "Uygundur", "haber-dis-onay")
            h.forward(minutes=10)
            await h.settle()
            for template in ("haber-mudur-onayi", "haber-dis-onay", "haber-servis"):
                mail = h.mails(template=template)[-1]
                assert [part.get_filename() for part in mail.iter_attachments()] == ["bir.jpg"], template
                assert "sığmayan fotoğraflar:\n- iki.jpg" in words(mail)
                assert len(mail.as_bytes()) < 1_000 * 1024
                last = f"Tamamı: https://dosya.unit.example/{h.item().ref}" if share else "isteyebilirsiniz."
                assert last in words(mail)

    asyncio.run(run())


def words(mail: object) -> str:
    part = mail.get_body(("plain",))  # type: ignore[attr-defined]
    return str(part.get_content()).replace("\r\n", "\n")
