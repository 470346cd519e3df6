"""One page tells who was asked, who answered in which words, what waits for whom, what went to whom."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from mailbot.app.story import asked, sent, waiting
from mailbot.ports.sender import Answer, Deferred, Refused
from tests.app.houses import DIRECTOR, PRESS, STAFF, House, house, news

MINISTRY, GM, GOVERNOR = "basin@bakanlik-sm.example", "basin@hsgm-sm.example", "basin@denizli-valilik.example"


def played(folder: Path, act: Callable[[House], Awaitable[None]]) -> None:
    async def run() -> None:
        async with house(folder) as h:
            await h.open(news(where=PRESS))
            await h.answer(DIRECTOR, "Uygundur", "haber-mudur-onayi")
            h.forward(minutes=20)
            await h.answer(MINISTRY, "Uygundur,\nelinize sağlık.", "haber-dis-onay")
            await act(h)

    asyncio.run(run())


def test_what_is_waiting_and_for_whom(tmp_path: Path) -> None:
    async def act(h: House) -> None:
        rows = asked(h.parts.book, h.item())
        assert [(r["office"], r["version"], r["state_label"]) for r in rows] == [
            ("İl Sağlık Müdürü", 1, "onayladı"),
            ("Sağlık Bakanlığı Basın Müşavirliği", 1, "onayladı"),
            ("Halk Sağlığı Genel Müdürlüğü Basın Birimi", 1, "yanıt bekleniyor"),
            ("Denizli Valiliği Basın ve Halkla İlişkiler Müdürlüğü", 1, "yanıt bekleniyor"),
        ]
        [answer] = rows[1]["answers"]  # type: ignore[misc]
        said = (answer["words"], answer["person"])  # type: ignore[has-type]
        assert said == ("Uygundur, elinize sağlık.", "Basın Müşavirliği")
        since = "Sürüm 1 için yanıtı 23.11.2026, saat 10.00'dan beri bekleniyor."
        assert waiting(h.parts.book, h.item(), h.deliveries()) == [
            f"Halk Sağlığı Genel Müdürlüğü Basın Birimi: {since}",
            f"Denizli Valiliği Basın ve Halkla İlişkiler Müdürlüğü: {since}",
        ]

    played(tmp_path, act)


def test_what_went_to_whom_and_why_not(tmp_path: Path) -> None:
    async def act(h: House) -> None:
        await h.answer(GM, "Uygundur", "haber-dis-onay")
        await h.answer(GOVERNOR, "Uygundur", "haber-dis-onay")
        bad: dict[str, Answer] = {
            "haber@laodikradyo.example": Deferred("451 yoğun"),
            "haber@pamukajans.example": Refused("550 yok"),
        }
        h.sender.answer = lambda to: bad.get(str(to))
        h.forward(minutes=10)
        await h.settle()
        [row] = [r for r in sent(h.deliveries()) if r["kind"] == "Dağıtım"]
        assert (row["good"], row["count"], row["people"]) == (16, 18, "")
        assert {b["address"]: b["words"] for b in row["bad"]} == {  # type: ignore[attr-defined]
            "haber@laodikradyo.example": "ertelendi, saat 10.31'de yeniden denenecek (451 yoğun)",
            "haber@pamukajans.example": "kabul edilmedi (550 yok)",
        }
        assert waiting(h.parts.book, h.item(), h.deliveries()) == [
            "Yayın bağlantısı bekleniyor: web sitesi, sosyal medya.",
            "Dağıtım sürüyor: 1 alıcı sırada.",
        ]
        raw = h.mail(STAFF, f"[{h.item().ref}] Durum", "DURUM", headers=_answering(h))
        await h.arrive(raw)
        part = h.mails(STAFF, "durum")[-1].get_body(("plain",))
        assert part is not None
        text = part.get_content()
        assert "16/18 alıcıya gönderildi" in text
        assert "| haber@pamukajans.example: kabul edilmedi (550 yok)" in text
        assert "“Uygundur, elinize sağlık.”" in text

    played(tmp_path, act)


def _answering(h: House) -> tuple[tuple[str, str], ...]:
    number = str(h.mails(STAFF, "kayit-acildi")[-1]["Message-ID"])
    return (("In-Reply-To", number), ("References", number))
