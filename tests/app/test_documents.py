"""Files of letters: looked into beside the others, never in their way, and never for strangers."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from mailbot.adapters import made as build
from mailbot.core.document import Examined
from mailbot.core.item import AskState, Item
from mailbot.core.letter import Letter
from mailbot.core.values import Office
from mailbot.ports.store import LetterState
from tests.app.houses import CHIEF, DIRECTOR, STAFF, UNIT, House, house, news, text
from tests.fakes.mail import InlineDocuments

Play = Callable[[House], Coroutine[None, None, None]]

TITLE = "Diyabet yürüyüşüne yoğun ilgi"
TEXT = "Müdürlüğümüz Çamlık Parkı’nda diyabet farkındalık yürüyüşü düzenledi. Yürüyüşe 300 vatandaş katıldı."
BODY = "Haber metni ektedir. Sadece web ve sosyal medyada yayımlanacaktır.\nİlgili Başkanlık: Halk Sağlığı\n"


class Slow(InlineDocuments):
    """Files are read when the test says so."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.asked = 0

    async def examine(self, letter: Letter) -> Examined:
        self.asked += 1
        await self.go.wait()
        return await super().examine(letter)


def played(folder: Path, play: Play) -> None:
    async def run() -> None:
        async with house(folder) as made:
            await play(made)

    asyncio.run(run())


def opening(h: House, who: str = STAFF, name: str = "haber metni.docx", data: bytes | None = None) -> bytes:
    data = build.docx(TITLE, TEXT) if data is None else data
    return h.mail(who, "Haber onayı: Yürüyüş", BODY, to=DIRECTOR, cc=UNIT, files=[(name, data)])


async def rounds(h: House, count: int = 3) -> None:
    """Work without waiting for files."""
    for watched in h.parts.watched:
        await h.service.intake.look(watched)
    for _ in range(count):
        await h.service.decide()
        await h.service.outbox.flush()


def titles(items: list[Item]) -> list[str]:
    return [item.title for item in items]


def test_the_next_letter_does_not_wait_for_a_document(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        slow = Slow()
        h.change(documents=slow)
        h.inbox.put(opening(h), h.clock.now())
        h.inbox.put(h.mail(CHIEF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT), h.clock.now())
        await rounds(h)
        assert titles(h.items()) == ["Aşı standı kuruldu"]
        slow.go.set()
        await h.settle()
        assert sorted(titles(h.items())) == ["Aşı standı kuruldu", TITLE]
        assert slow.asked == 1

    played(tmp_path, play)


def test_what_belongs_to_a_letter_that_waits_keeps_its_place(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        slow = Slow()
        h.change(documents=slow)
        first = opening(h)
        number = next(line for line in first.decode().splitlines() if line.startswith("Message-ID:")).split()[
            1
        ]
        h.inbox.put(first, h.clock.now())
        thread = (("In-Reply-To", number), ("References", number))
        h.inbox.put(
            h.mail(DIRECTOR, "Ynt: Haber onayı", "Uygundur.", cc=STAFF, headers=thread), h.clock.now()
        )
        await rounds(h)
        assert len(h.letters(LetterState.ACCEPTED)) == 2
        slow.go.set()
        await h.settle()
        ask = h.item().ask_of(Office("mudur"), 1)
        assert ask is not None
        assert ask.state is AskState.APPROVED

    played(tmp_path, play)


def test_files_of_strangers_are_not_looked_into(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        slow = Slow()
        h.change(documents=slow)
        await h.arrive(opening(h, who="yabanci@disarda.example"))
        assert slow.asked == 0
        assert h.items() == []

    played(tmp_path, play)


def test_a_letter_goes_on_where_looking_into_its_files_breaks_down(tmp_path: Path) -> None:
    class Broken(InlineDocuments):
        async def examine(self, letter: Letter) -> Examined:
            raise ValueError("ein Fehler")

    async def play(h: House) -> None:
        h.change(documents=Broken())
        await h.arrive(opening(h))
        assert h.item().missing

    played(tmp_path, play)


def test_a_letter_whose_lease_passed_meanwhile_is_left_to_whoever_has_it_now(tmp_path: Path) -> None:
    async def play(h: House) -> None:
        slow = Slow()
        h.change(documents=slow)
        h.inbox.put(opening(h), h.clock.now())
        await rounds(h)
        h.forward(minutes=3)
        slow.go.set()
        await h.settle()
        assert titles(h.items()) == [TITLE]

    played(tmp_path, play)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("haber metni.docx", build.entity_bomb(), "güvenli olmayan bir tanım"),
        ("haber metni.docx", build.ole("EncryptedPackage"), "parolalı"),
        ("haber metni.doc", build.ole("WordDocument"), "eski Word biçiminde"),
        ("haber metni.docx", b"", "boş (0 bayt)"),
        ("foto.jpg", b"", "boş (0 bayt)"),
        ("foto.png", build.png_of_size(20_000, 10_000), "çok büyük bir görüntü"),
        ("haberler.zip", build.zipped({"ic.zip": build.zipped({"a.txt": "x"})}), "arşiv içinde arşiv"),
    ],
)
def test_bad_files_are_named_and_the_item_stays_as_it_was(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    async def play(h: House) -> None:
        await h.open()
        before = h.item()
        asked = h.mails(STAFF, "kayit-acildi")[-1]
        thread = (("In-Reply-To", str(asked["Message-ID"])), ("References", str(asked["Message-ID"])))
        await h.arrive(h.mail(STAFF, "Ynt: Kayıt", "Ekte.", headers=thread, files=[(name, data)]))
        after = h.item()
        assert (after.fields, after.versions, after.stage) == (before.fields, before.versions, before.stage)
        assert said in text(h.mails(STAFF, "hatali-ileti")[-1])

    played(tmp_path, play)


def test_what_goes_out_of_a_photograph_is_what_was_approved_and_the_original_is_kept(tmp_path: Path) -> None:
    photo = build.photo(placed=True)

    async def play(h: House) -> None:
        raw = h.mail(
            STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT, files=[("foto.jpg", photo)]
        )
        await h.arrive(raw)
        item = h.item()
        photos, originals = item.fields["photos"], item.fields["originals"]
        assert isinstance(photos, tuple)
        assert isinstance(originals, tuple)
        (ready,), (original,) = photos, originals
        assert item.version is not None
        assert item.version.bound["photos"] == (ready,)
        (part,) = h.mails(DIRECTOR, "haber-mudur-onayi")[-1].iter_attachments()
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        assert hashlib.sha256(data).hexdigest() == ready.digest
        with h.parts.store.reading() as reads:
            assert reads.blob(original.digest) == photo
        assert original.digest != ready.digest

    played(tmp_path, play)


@pytest.mark.parametrize(
    ("paragraphs", "notes", "state"),
    [
        ((TITLE, TEXT), (), AskState.OPEN),
        ((TITLE, TEXT.replace("300", "285")), (), AskState.REVISE),
        ((TITLE, TEXT), (("Text", "285 olacak"),), AskState.REVISE),
        (("Başka bir yazı", "Konu hakkında bilgi verilmesini arz ederim."), (), AskState.OPEN),
    ],
    ids=["unchanged", "changed", "remark", "another"],
)
def test_an_approval_beside_a_document_never_approves(
    tmp_path: Path, paragraphs: tuple[str, ...], notes: tuple[tuple[str, str], ...], state: AskState
) -> None:
    data = build.pdf([*paragraphs], notes=notes) if notes else build.docx(*paragraphs)
    name = "haber.pdf" if notes else "haber.docx"

    async def play(h: House) -> None:
        await h.open(news(TITLE, TEXT))
        asked = h.mails(DIRECTOR, "haber-mudur-onayi")[-1]
        thread = (("In-Reply-To", str(asked["Message-ID"])), ("References", str(asked["Message-ID"])))
        await h.arrive(
            h.mail(DIRECTOR, f"Ynt: {asked['Subject']}", "Uygundur.", headers=thread, files=[(name, data)])
        )
        ask = h.item().ask_of(Office("mudur"), 1)
        assert ask is not None
        assert ask.state is state
        assert h.item().version is not None
        assert h.item().versions[-1].number == 1
        if notes:
            assert "285 olacak" in text(h.mails(STAFF, "duzeltme-istendi")[-1])

    played(tmp_path, play)
