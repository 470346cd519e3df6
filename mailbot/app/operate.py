"""What a person does at the terminal: run, go live, let go, send again, verify."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from datetime import date

from mailbot.app.check import run_check
from mailbot.app.config import Settings
from mailbot.app.gather import vouched_key
from mailbot.app.mode import mode_of, set_mode
from mailbot.app.parts import Mode, Parts
from mailbot.app.service import Service
from mailbot.app.start import wrong_at_start
from mailbot.app.wiring import parts_of, store_of
from mailbot.core.chain import Fault
from mailbot.core.values import ItemRef
from mailbot.ports.mailbox import MailboxDown, MailboxRefused
from mailbot.rulebook.complaint import RulesRefused

log = logging.getLogger("mailbot")

MODE_NAMES = {Mode.GOLGE: "gölge", Mode.DENEME: "deneme", Mode.CANLI: "canlı"}


def say(text: str) -> None:
    print(text, file=sys.stderr)


def run_service(settings: Settings, *, once: bool) -> int:
    """Serve until SIGTERM or SIGINT; with `once`, one round. 1 where only a person can help."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    if wrong := wrong_at_start(settings, date.today()):  # noqa: DTZ011 - the unit's own day
        raise RulesRefused(wrong)
    with parts_of(settings) as parts:
        with parts.store.reading() as reads:
            log.info("mailbot %s modunda başladı", MODE_NAMES[mode_of(reads)])
        try:
            return asyncio.run(_once(parts) if once else _serve(parts))
        except* (MailboxRefused, MailboxDown) as group:
            for problem in group.exceptions:
                say(str(problem))
    return 1


async def _once(parts: Parts) -> int:
    service = Service(parts)
    try:
        while await service.round():
            pass
    finally:
        await parts.sender.close()
        for watched in parts.watched:
            await watched.mailbox.close()
    return 0


async def _serve(parts: Parts) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await Service(parts).run(stop)
    return 0


def change_mode(settings: Settings, wanted: str, *, assume_yes: bool) -> int:
    """Change the mode; canlı only when the whole checklist passes."""
    mode = Mode(wanted)
    if mode is not Mode.GOLGE and run_check(settings, offline=False) != 0:
        say("Denetim listesi tamam değil; mod değiştirilmedi.")
        return 1
    if not assume_yes and not _agreed(f"Mod {MODE_NAMES[mode]} olsun mu? (evet/hayır) "):
        say("Mod değiştirilmedi.")
        return 1
    store = store_of(settings)
    with store.writing() as tx:
        before = mode_of(tx)
        set_mode(tx, mode)
        tx.commit()
        left = [item for item in tx.items(open_only=True) if item.mode != mode.value]
    store.close()
    say(f"Mod {MODE_NAMES[before]} iken {MODE_NAMES[mode]} oldu.")
    if left:
        say(f"Önceki modda açılmış {len(left)} kayıt bu modda sürdürülmez; gerekenleri yeniden açınız.")
    return 0


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        say("Onay için bir terminal gerekir; betikte --yes kullanınız.")
        return False
    return input(question).strip().lower() in ("evet", "e")


def _number(what: str, kind: str) -> int | None:
    word, _, number = what.partition(":")
    return int(number) if word == kind and number.isdigit() else None


def let_go(settings: Settings, what: str) -> int:
    """Handle a held letter again, with the operator's word for who wrote it; or send an uncertain mail."""
    letter = _number(what, "ileti")
    if letter is None:
        return send_again(settings, what)
    store = store_of(settings)
    with store.writing() as tx:
        done = tx.retry_letter(letter)
        tx.set_meta(vouched_key(letter), "evet")
        if done:
            tx.commit()
    store.close()
    say(
        f"{what} yeniden ele alınacak."
        if done
        else f"{what} bekletilen bir ileti değil; “mailbot held” listesine bakınız."
    )
    return 0 if done else 1


def send_again(settings: Settings, what: str) -> int:
    """Queue a mail again that was refused, came back, or of which nobody knows whether it arrived."""
    from mailbot.adapters.system import SystemClock

    mail = _number(what, "gonderim")
    if mail is None:
        say("Numara “ileti:12” ya da “gonderim:34” biçiminde yazılır; “mailbot held” listesine bakınız.")
        return 2
    store = store_of(settings)
    with store.writing() as tx:
        done = tx.requeue(mail, SystemClock().now())
        if done:
            tx.commit()
    store.close()
    say(f"{what} yeniden sıraya kondu." if done else f"{what} yeniden gönderilebilecek bir gönderim değil.")
    return 0 if done else 1


def verify(settings: Settings, wanted: str | None) -> int:
    """Recompute chains and digests; every fault is said. 0 where nothing was altered."""
    ref = ItemRef.parse(wanted) if wanted else None
    if wanted and ref is None:
        say(f"“{wanted}” bir kayıt numarası değil; DNZ-HBR-2026-0147 biçiminde yazınız.")
        return 2
    store = store_of(settings)
    count = 0
    faults: list[Fault] = []
    with store.reading() as reads:
        refs = [ref] if ref else list(reads.refs(limit=1000))
        while refs:
            for one in refs:
                if reads.item(one) is None and not reads.records(one):
                    say(f"{one} diye bir kayıt yok.")
                    return 1
                count += 1
                faults += reads.faults(one)
            refs = [] if ref else list(reads.refs(after=refs[-1], limit=1000))
        if ref is None:
            faults += reads.damaged_blobs()
    store.close()
    for fault in faults:
        place = " ".join(str(part) for part in (fault.ref, fault.seq) if part is not None)
        say(f"{place}: {fault.what}" if place else fault.what)
    say(f"{count} kayıt denetlendi, {len(faults)} bozukluk bulundu.")
    return 1 if faults else 0
