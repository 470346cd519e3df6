"""`mailbot inspect`: what would be done with these mails, changing nothing."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path
from typing import TextIO

from mailbot.adapters.documents import ProcessDocuments
from mailbot.adapters.proof import ServerProofs
from mailbot.app import reasons
from mailbot.app.gather import Eyes, Sight, gather
from mailbot.app.nothing import EmptyReads
from mailbot.core.document import NOTHING, Examined
from mailbot.core.facts import SenderRole
from mailbot.core.letter import Letter
from mailbot.core.opening import Opening
from mailbot.core.request import InfoRequest
from mailbot.core.routing import Action, route
from mailbot.core.rules import Rulebook
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.clock import Clock
from mailbot.ports.store import Reads, StoreDown
from mailbot.reading.bounce import read_bounce
from mailbot.reading.mime import hostile, parse
from mailbot.reading.missing import NEEDS_HEAD
from mailbot.resources import rules_dir
from mailbot.rulebook.load import load

DECIDING = frozenset({"reply", "auto_reply", "duplicate"})
"""Kinds in which words answer an ask; elsewhere `decision` is null, but for what looks like an answer."""

MAX_FILE = 200_000_000
"""Bytes that are read of a file; no mail server takes a mail of that size."""

ACTIONS: Mapping[Action, str] = {
    Action.IGNORE: "İleti olduğu gibi bırakılır.",
    Action.DECIDE: "Karar kayda işlenir.",
    Action.CHOOSE: "Retten sonra nasıl devam edileceği kayda işlenir.",
    Action.ASK_PROOF: "Karar sayılmaz; kayıtlı adrese yeni bir anahtarla sorulur.",
    Action.ASK_WHICH: "Karar sayılmaz; hangi kaydın kastedildiği gönderene sorulur.",
    Action.COMMAND: "Personelin yazdığı, kayda uygulanır.",
    Action.STOP: "Kayıt durdurulur.",
    Action.LEAVE: "Dağıtım listesinden çıkma isteği personele bildirilir.",
    Action.OPEN: "Yeni kayıt açılır, anlaşılanlar personele yazılır.",
    Action.REQUEST: "Bilgi notu talebi kayda alınır; açık bir kayıt varsa ona işlenir.",
    Action.COLLECT: "Başkanlığın gönderdiği taslak kayda alınır.",
    Action.RECEIVED: "Alındığı kayda işlenir.",
    Action.REPORT: "Bakanlık raporu listelerine iletilir; aynısı gelmişse iletilmez.",
    Action.BOUNCE: "Gönderim ulaşmadı olarak işaretlenir, personele bildirilir.",
    Action.NOTE: "Kaydın geçmişine not edilir; başka etkisi olmaz.",
    Action.TELL: "Personele bildirilir; kayıtta bir şey değişmez.",
    Action.HOLD: "Bekletilir; bir personelin bakması gerekir.",
    Action.UNKNOWN: "Hiçbir etkisi olmaz; personel günde bir kez böyle gönderenleri öğrenir.",
}


def inspect_files(files: Sequence[Path], config: str | None, out: TextIO) -> int:
    """One JSON object a file, in order. 1 where a file could not be read at all."""
    status = 0
    with ExitStack() as stack:
        eyes, reads, clock = _eyes(config, stack)
        documents = ProcessDocuments()
        stack.callback(documents.close)

        def examine(letter: Letter) -> Examined:
            return asyncio.run(documents.examine(letter))

        for file in files:
            answer: dict[str, object]
            try:
                with file.open("rb") as opened:
                    raw = opened.read(MAX_FILE)
            except OSError as error:
                answer, status = _malformed(str(file), f"dosya okunamadı: {error.strerror}"), 1
            else:
                answer = inspect_bytes(str(file), raw, eyes, reads, clock, examine)
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
    return status


def _eyes(config: str | None, stack: ExitStack) -> tuple[Eyes, Reads, Clock]:
    """With a configuration its rules and database, else the example directory and nothing."""
    from mailbot.adapters.system import SystemClock

    if config is None and not Path("mailbot.toml").is_file() and not os.environ.get("MAILBOT_CONFIG"):
        loaded = load(rules_dir())
        return Eyes(loaded.book, loaded.lexicon, ServerProofs(None)), EmptyReads(), SystemClock()
    from mailbot.app.config import find_config, load_settings
    from mailbot.app.wiring import is_new, load_rules, proofs_of, store_of

    settings = load_settings(find_config(config, os.environ), os.environ)
    loaded = load_rules(settings)
    eyes = Eyes(loaded.book, loaded.lexicon, proofs_of(settings))
    if is_new(settings):  # looking must not make a database
        return eyes, EmptyReads(), SystemClock()
    store = store_of(settings)
    stack.callback(store.close)
    reading: AbstractContextManager[Reads] = store.reading()
    return eyes, stack.enter_context(reading), SystemClock()


def inspect_bytes(
    name: str,
    raw: bytes,
    eyes: Eyes,
    reads: Reads,
    clock: Clock,
    examine: Callable[[Letter], Examined] = lambda _: NOTHING,
) -> dict[str, object]:
    """What one mail is and what would be done with it. Never raises for what the bytes hold."""
    if why := hostile(raw):
        return _malformed(name, f"ayrıştırma sınırlarını aşıyor ({why})")
    try:
        letter = parse(raw)
        sight = gather(reads, eyes, clock.now(), letter, examine)
        return _answer(name, letter, sight, eyes.book)
    except StoreDown:
        raise
    except Exception as problem:  # the contract: an object for any bytes, never a traceback
        return _malformed(name, f"okunurken hata oluştu ({type(problem).__name__})")


def _malformed(name: str, why: str) -> dict[str, object]:
    return {
        "file": name,
        "kind": "malformed",
        "decision": None,
        "new_text": "",
        "position": "none",
        "sender": {"address": "", "office": None, "proved": False, "by": "ileti okunamadı"},
        "item": None,
        "open": [],
        "request": None,
        "bounce": None,
        "action": "Aslı saklanır, bir kenara ayrılır; personelin bakması gerekir.",
        "why": [why],
    }


def _answer(name: str, letter: Letter, sight: Sight, book: Rulebook) -> dict[str, object]:
    facts = sight.facts
    routed = route(book.routing, facts)
    bounces = read_bounce(letter) if facts.kind.startswith("bounce") else ()
    counts = _answers(letter, sight)
    ordered = reasons.orders(sight.commands) if facts.role is SenderRole.STAFF else []
    return {
        "file": name,
        "kind": facts.kind,
        "decision": sight.verdict.decision.value if counts else None,
        "new_text": sight.fresh.text,
        "position": sight.fresh.position.value,
        "sender": {
            "address": str(facts.sender) if facts.sender else "",
            "office": facts.office,
            "proved": facts.level >= facts.needed,
            "by": sight.proof.by,
        },
        "item": str(facts.ref) if facts.ref else None,
        "open": [_opening(o, book) for o in sight.openings] if facts.kind in ("open", "report") else [],
        "request": _request(sight.request, book)
        if facts.kind.startswith("info_note") and sight.request
        else None,
        "bounce": {
            "recipient": str(bounces[0].recipient) if bounces[0].recipient else "",
            "permanent": bounces[0].permanent,
        }
        if bounces
        else None,
        "action": ACTIONS[routed.action],
        "why": [
            *sight.why,
            *reasons.cut_off(sight.fresh),
            *reasons.words_read(sight.verdict, counts=counts),
            *ordered,
            reasons.rule(routed),
        ],
    }


def _answers(letter: Letter, sight: Sight) -> bool:
    """Whether the words may be somebody's answer, whoever wrote them."""
    if sight.facts.kind in DECIDING:
        return True
    marked = letter.in_reply_to or letter.references or sight.traces.tokens or sight.traces.refs
    return sight.facts.kind == "other" and bool(marked)


def _iso(instant: datetime | None) -> str | None:
    return instant.astimezone(ISTANBUL).isoformat() if instant else None


def _department(key: str | None, book: Rulebook) -> str | None:
    """The department's name, which other tools know, for its identifier."""
    department = book.departments.get(key or "")
    return department.name if department else key


def _opening(opening: Opening, book: Rulebook) -> dict[str, object]:
    return {
        "process": opening.process.value,
        "title": opening.title,
        "to_press": opening.to_press,
        "when": opening.when_text,
        "channel": opening.channel if opening.process in NEEDS_HEAD else None,
        "guest": opening.guest,
        "embargo": _iso(opening.embargo),
        "department": _department(opening.department, book),
        "missing": list(opening.missing),
        "attachments": len(opening.files),
    }


def _request(request: InfoRequest, book: Rulebook) -> dict[str, object]:
    return {
        "deadline": _iso(request.deadline),
        "urls": list(request.urls),
        "topic": request.topic,
        "outlet": request.outlet,
        "title": request.title,
        "facility": request.facility,
        "department": _department(request.department, book),
        "update": request.update.value if request.update else None,
    }
