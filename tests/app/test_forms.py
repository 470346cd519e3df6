"""A bulletin is made beside the letters, goes with the release of its version alone, and is no bottleneck."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from mailbot.app.gate import content_difference
from mailbot.core.values import digest_of
from mailbot.ports.documents import Form, FormFile
from tests.app.houses import DIRECTOR, PRESS, STAFF, House, house, news, text
from tests.fakes.mail import InlineDocuments

Play = Callable[[House], Coroutine[None, None, None]]


class Press(InlineDocuments):
    """Prints title and text into one file, or says why not."""

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble
        self.made: list[Mapping[str, object]] = []
        self.down = False

    async def form(self, name: str, values: Mapping[str, object]) -> Form:
        if self.down:
            raise ConnectionError("süreç öldü")
        self.made.append(values)
        data = f"{values['baslik']}\n{values['paragraflar']}".encode()
        return (
            Form((), self.trouble) if self.trouble else Form((FormFile("docx", "application/x-docx", data),))
        )


def played(folder: Path, play: Play) -> None:
    async def run() -> None:
        async with house(folder) as made:
            await play(made)

    asyncio.run(run())


async def approved(h: House) -> None:
    """Everybody approves the newest version."""
    asks = ("haber-yeni-surum", "haber-mudur-onayi", "haber-dis-onay")
    for _ in range(4):
        waiting = [a for a in h.item().asks if a.state.value == "bekliyor"]
        for ask in waiting:
            who = str(ask.copies[0].address)
            template = next(t for t in asks if h.mails(who, t))
            await h.answer(who, "Uygundur.", template)


def files(h: House, template: str, to: str = "") -> list[str]:
    return [str(p.get_filename()) for p in h.mails(to, template)[-1].iter_attachments()]


def test_a_bulletin_goes_with_the_release_to_outlets_alone(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        press = Press()
        h.change(documents=press)
        await h.open(news(where=PRESS))
        assert files(h, "haber-mudur-onayi", DIRECTOR) == []
        await approved(h)
        h.forward(minutes=11)
        await h.settle()
        assert files(h, "haber-servis") == ["basin-bulteni-asi-standi-kuruldu.docx"]
        assert files(h, "yayin-gorevi") == []
        assert len(press.made) == 1
        assert press.made[0]["baslik"] == "Aşı standı kuruldu"

    played(tmp_path, play)


def test_a_new_version_has_a_bulletin_of_its_own(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        press = Press()
        h.change(documents=press)
        await h.open(news(where=PRESS))
        first = h.item().versions[0].forms
        await h.answer(STAFF, "BAŞLIK: Aşı standına ilgi", "kayit-acildi")
        second = h.item().versions[1].forms
        assert first
        assert second
        assert first != second
        assert [values["baslik"] for values in press.made] == ["Aşı standı kuruldu", "Aşı standına ilgi"]

    played(tmp_path, play)


def test_a_web_item_has_no_bulletin(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        press = Press()
        h.change(documents=press)
        await h.open()
        assert press.made == []

    played(tmp_path, play)


def test_without_a_bulletin_staff_are_told_and_the_release_goes_on(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        h.change(documents=Press("bulten.html şablonu işlenemedi."))
        await h.open(news(where=PRESS))
        assert "bulten.html şablonu işlenemedi." in text(h.mails(STAFF, "hatali-ileti")[-1])
        await approved(h)
        h.forward(minutes=11)
        await h.settle()
        assert files(h, "haber-servis") == []

    played(tmp_path, play)


def test_a_form_whose_maker_died_is_asked_for_again(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        press = Press()
        press.down = True
        h.change(documents=press)
        with suppress(ConnectionError):
            await h.open(news(where=PRESS))
        assert h.item().versions[0].forms == ()
        press.down = False
        await h.restart()
        h.change(documents=press)
        h.forward(minutes=4)
        await h.settle()
        assert h.item().versions[0].forms

    played(tmp_path, play)


def test_the_gate_lets_the_form_of_this_version_pass_and_no_other_file(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        h.change(documents=Press())
        await h.open(news(where=PRESS))
        await approved(h)
        h.forward(minutes=11)
        await h.settle()
        raw = h.mails("", "haber-servis")[-1].as_bytes()
        version = h.item().versions[-1]
        assert content_difference(raw, version) is None
        other = replace(version.forms[0], digest=digest_of(b"x"))
        assert content_difference(raw, replace(version, forms=(other,))) == "İletide onaylanmamış bir ek var."
        assert content_difference(raw, replace(version, forms=())) == "İletide onaylanmamış bir ek var."

    played(tmp_path, play)
