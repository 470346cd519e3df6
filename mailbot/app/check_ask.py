"""The last thing `mailbot check` tries: a whole ask to oneself, answered as a person answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.template_check import sample_of
from mailbot.app.finding import Finding
from mailbot.core.asking import ask_message_id
from mailbot.core.decision import Decision
from mailbot.core.letter import Letter
from mailbot.core.rules import Rulebook
from mailbot.core.values import Address, ItemRef, MessageId, Token
from mailbot.ports.clock import Clock, Entropy
from mailbot.ports.mailbox import Mailbox
from mailbot.ports.sender import Accepted, Sender
from mailbot.reading.fresh import fresh
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.mime import parse
from mailbot.reading.thread import Place, traces
from mailbot.reading.verdict import decide
from mailbot.rulebook.complaint import Complaint

TEMPLATE = "haber-mudur-onayi"

PLACES = {
    Place.SUBJECT: "konu",
    Place.ADDRESS: "ek adres",
    Place.REPLY: "yanıt başlığı",
    Place.REFERENCES: "zincir başlığı",
    Place.QUOTED: "alıntı",
    Place.TEXT: "yazılan söz",
}
"""What `check` calls the places of a key, strongest first."""


async def check_ask(
    inbox: Mailbox,
    sender: Sender,
    book: Rulebook,
    lexicon: Lexicon,
    templates: Path,
    clock: Clock,
    entropy: Entropy,
    *,
    patience: float,
    monotonic: Callable[[], float] = time.monotonic,
) -> Finding:
    """Send an ask to the unit's own address, answer it with ONAY under the quoted ask, read the answer.

    Says which of the three places the key came back in, and whether the words were read as an approval.
    """
    what = "onay isteği ve yanıtı"
    own, now = book.unit.address, clock.now()
    key = Token.from_bits(entropy.bits(64))
    sample = sample_of(templates, TEMPLATE)
    ref = ItemRef(book.unit.code, "DNM", now.year, 1)
    person = replace(sample.order.to[0], address=own, token=key)
    item = {**dict(sample.order.values["item"]), "ref": str(ref)}  # type: ignore[call-overload]
    order = replace(sample.order, to=(person,), values={**sample.order.values, "item": item})
    ask_id = ask_message_id(ref, order.version or 1, key, own.domain)
    renderer = JinjaRenderer(templates, book.unit)
    ask = renderer.render(order, [ask_id], now, lambda _: b"")[0]

    first = (await inbox.open()).uidnext
    answer = await sender.send(own, own, ask.message)
    if not isinstance(answer, Accepted):
        return _bad(what, f"Sunucu onay isteğini kabul etmedi: {answer.reply}")
    came = await _await(inbox, first, ask_id, monotonic() + patience, monotonic)
    if came is None:
        return _bad(what, f"Onay isteği {patience:.0f} saniyede kutuya gelmedi.")
    reply_id = MessageId(f"<check.{entropy.bits(64):x}@{own.domain}>")
    answer = await sender.send(own, own, _reply(own, came, reply_id, now))
    if not isinstance(answer, Accepted):
        return _bad(what, f"Sunucu yanıtı kabul etmedi: {answer.reply}")
    back = await _await(inbox, first, reply_id, monotonic() + patience, monotonic)
    if back is None:
        return _bad(what, f"Yanıt {patience:.0f} saniyede kutuya gelmedi.")
    words = fresh(back, [ask.text])
    marks = traces(back, words)
    if key not in marks.tokens:
        return _bad(what, "Yanıtta anahtar bulunamadı; posta sunucusu konuyu ve alıntıyı değiştiriyor.")
    if decide(words.text, lexicon, aside=words.aside).decision is not Decision.APPROVE:
        return _bad(what, f"Yanıt onay olarak okunamadı: “{words.text[:100]}”")
    places = sorted({trace.place for trace in marks.found if trace.mark == key})
    return Finding(what, (), "anahtarın bulunduğu yerler: " + ", ".join(PLACES[p] for p in places))


def _bad(what: str, text: str) -> Finding:
    return Finding(what, (Complaint("imap", None, text),))


async def _await(
    inbox: Mailbox, first: int, wanted: MessageId, end: float, monotonic: Callable[[], float]
) -> Letter | None:
    while monotonic() < end:
        for fetched in await inbox.fetch(await inbox.uids_from(first), max_size=500_000):
            letter = parse(fetched.raw) if fetched.raw else None
            if letter and letter.message_id == wanted:
                return letter
        await inbox.wait(1.0)
    return None


def _reply(own: Address, ask: Letter, message_id: MessageId, now: datetime) -> bytes:
    """A reply as a mail program writes it: quoted below, the subject kept."""
    quoted = "\r\n".join(f"> {line}" for line in (ask.text or "").splitlines())
    head = (
        f"From: <{own}>\r\nTo: <{own}>\r\nSubject: Re: {_ascii(ask.subject)}\r\n"
        f"Date: {format_datetime(now)}\r\nMessage-ID: {message_id}\r\nIn-Reply-To: {ask.message_id}\r\n"
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return (head + f"ONAY\r\n\r\n{own} şunu yazdı:\r\n{quoted}\r\n").encode()


def _ascii(subject: str) -> str:
    """The subject's tag and what else is ASCII of it: enough to see the key again."""
    return subject.encode("ascii", "ignore").decode()[:200]
