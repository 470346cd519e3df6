"""An office whose answers must be signed: the signature counts, an old one under new headers does not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding

from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.smime import SmimeProofs
from mailbot.core.item import AskState
from mailbot.core.letter import ProofLevel
from mailbot.core.values import Office
from tests.adapters.authority import certificate, letter
from tests.app.houses import DIRECTOR, START, House, house

ROOT = certificate("Kök", since=START - timedelta(days=30))
LEAF = certificate("Müdür", ROOT, mail=DIRECTOR, since=START - timedelta(days=30))
OFFICE = Office("mudur")


def _demand_signatures(h: House) -> None:
    rule = replace(h.parts.book.offices[OFFICE], least_proof=ProofLevel.SMIME)
    known = asn1.Certificate.load(ROOT.public.public_bytes(Encoding.DER))
    h.change(
        book=replace(h.parts.book, offices={**h.parts.book.offices, OFFICE: rule}),
        proofs=SmimeProofs(ServerProofs(None), [known]),
    )


async def _signed_answer(h: House, at: datetime) -> None:
    """A signed "Onaylıyorum." that answers the newest ask, signed at `at`."""
    asked = h.mails(DIRECTOR, "haber-mudur-onayi")[-1]
    headers = (
        f"Subject: Re: {asked['Subject'].split(']')[0]}]\r\nIn-Reply-To: {asked['Message-ID']}\r\n"
        f"Message-ID: <imza.{at:%H%M%S}@denizli-ism.example>\r\n"
    )
    await h.arrive(letter(LEAF, at, date=h.clock.now(), headers=headers))


def _state(h: House) -> AskState:
    ask = h.item().ask_of(OFFICE, 1)
    assert ask is not None
    return ask.state


def test_a_signed_answer_counts(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            _demand_signatures(h)
            h.forward(minutes=5)
            await _signed_answer(h, h.clock.now())
            assert _state(h) is AskState.APPROVED
            ask = h.item().ask_of(OFFICE, 1)
            assert ask is not None
            assert ask.answer is not None
            assert ask.answer.level is ProofLevel.SMIME
            assert "S/MIME" in ask.answer.proof

    asyncio.run(play())


def test_without_a_signature_the_key_is_not_enough(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            _demand_signatures(h)
            await h.answer(DIRECTOR, "Onaylıyorum.", "haber-mudur-onayi")
            assert _state(h) is AskState.OPEN
            assert h.mails(DIRECTOR, "kimlik-dogrulama")

    asyncio.run(play())


def test_an_answer_signed_before_it_was_asked_does_not_count(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as h:
            await h.open()
            _demand_signatures(h)
            h.forward(minutes=5)
            await _signed_answer(h, START - timedelta(days=2))
            assert _state(h) is AskState.OPEN

    asyncio.run(play())
