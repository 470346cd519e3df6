"""From the delivery of a reply to the next ask accepted by SMTP, with Dovecot and smtp-sink.

`python -m tests.bench.latency [--rounds 3] [--replies 30]`. Each round: the director's approvals are
laid into the mailbox one by one; the time ends when the first office outside was asked. `own` is from our
notice of the reply on, `whole` from its delivery on. The first three warm up.
Beside it the round trip of one bare NOOP and of one bare mail.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.adapters.smtp import SmtpSender, SmtpSettings
from mailbot.app.service import Service
from mailbot.core.values import Address
from mailbot.ports.sender import Accepted, Answer
from tests.bench import figures, mails
from tests.bench.house import PASSWORD, Seeded, book, lay, parts_over, run_out, seed, warm
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.ground import HOST, scratch
from tests.servers.sink import smtp_sink

OWN, WHOLE = 0.025, 0.060
WARM_UP = 3
"""Replies that are not counted: templates are compiled, connections made."""


class TimedMailbox(ImapMailbox):
    """Remembers when news was last noticed."""

    noticed = 0.0

    async def wait(self, seconds: float) -> bool:
        news = await super().wait(seconds)
        self.noticed = time.perf_counter()
        return news


class TimedSender(SmtpSender):
    """Remembers when a mail to somebody outside was first accepted, and tells who waits for it."""

    def __init__(self, settings: SmtpSettings) -> None:
        super().__init__(settings)
        self.outside = book().offices
        self.accepted: asyncio.Queue[tuple[str, float]] = asyncio.Queue()

    async def send(self, envelope_from: Address, recipient: Address, mail: bytes) -> Answer:
        answer = await super().send(envelope_from, recipient, mail)
        if isinstance(answer, Accepted) and recipient.domain != envelope_from.domain:
            self.accepted.put_nowait((str(recipient), time.perf_counter()))
        return answer


@dataclass(slots=True)
class Round:
    whole: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    """Seconds of a NOOP and of a mail without any service between."""


async def play(folder: Path, server: Dovecot, user: str, sink: int, seeded: Seeded, count: int) -> Round:
    """One round: so many replies, one after the other."""
    dice = random.Random(3)
    box = TimedMailbox(ImapSettings(HOST, server.imap_port, user, PASSWORD, tls="none"))
    sender = TimedSender(SmtpSettings(HOST, sink, tls="none"))
    result = Round()
    with parts_over(folder, box, sender) as parts:
        service = Service(parts)
        await run_out(service)
        await warm(parts)
        await asyncio.sleep(1.1)  # INTERNALDATE has whole seconds: these must not look older than the start
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        for number, ask in enumerate(seeded.asks[:count]):
            raw = mails.reply(dice, book(), ask, picture=False, words="Uygundur, elinize sağlık.")
            await asyncio.sleep(0.15 + dice.random() / 5)  # so that it falls anywhere between two looks
            while not sender.accepted.empty():
                sender.accepted.get_nowait()
            laid = time.perf_counter()
            lay(server, user, [raw])
            async with asyncio.timeout(20):
                _, accepted = await sender.accepted.get()
            if number < WARM_UP < count:
                continue
            result.whole.append(accepted - laid)
            result.own.append(accepted - max(laid, box.noticed if box.noticed < accepted else laid))
        stop.set()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    result.bare = await bare(server, user, sink, count)
    return result


async def bare(server: Dovecot, user: str, sink: int, count: int) -> list[float]:
    """Seconds of one look into the mailbox and one mail of 20 kB, by the same adapters."""
    box = ImapMailbox(ImapSettings(HOST, server.imap_port, user, PASSWORD, tls="none"))
    sender = SmtpSender(SmtpSettings(HOST, sink, tls="none"))
    await box.open()
    mail = b"Subject: x\r\n\r\n" + b"x" * 78 * 256 + b"\r\n"
    spent = []
    for _ in range(count):
        started = time.perf_counter()
        await box.uids_from(1_000_000)
        await sender.send(Address("a@a.example"), Address("b@b.example"), mail)
        spent.append(time.perf_counter() - started)
    await box.close()
    await sender.close()
    return spent


def measure(rounds: int, replies: int) -> list[Round]:
    users = {f"l{number}@unit.example": PASSWORD for number in range(rounds)}
    results = []
    with scratch("latency") as folder, dovecot(users) as server, smtp_sink() as sink:
        (folder / "seed").mkdir()
        seeded = seed(folder / "seed", replies, approved=False, picture=0.0)
        for number, user in enumerate(users):
            place = folder / str(number)
            place.mkdir()
            seeded.copy_to(place)
            results.append(asyncio.run(play(place, server, user, sink, seeded, replies)))
            print(f"round {number}: " + ", ".join(map(str, _row(results[-1]))), flush=True)
    return results


def _row(r: Round) -> tuple[float, ...]:
    figures_of = (
        figures.median(r.bare),
        figures.median(r.own),
        figures.percentile(r.own, 0.95),
        figures.median(r.whole),
        figures.percentile(r.whole, 0.95),
    )
    return tuple(round(value * 1000, 1) for value in figures_of)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--replies", type=int, default=30)
    chosen = options.parse_args()
    rounds = measure(chosen.rounds, chosen.replies)
    head = ("bare ms", "own, median", "own, 95%", "whole, median", "whole, 95%")
    print(figures.table([_row(r) for r in rounds], head))
    own = figures.median([figures.percentile(r.own, 0.95) for r in rounds])
    whole = figures.median([figures.median(r.whole) for r in rounds])
    print(figures.verdict("own share, 95th percentile, ms", own * 1000, OWN * 1000, at_least=False))
    print(figures.verdict("delivery to acceptance, median, ms", whole * 1000, WHOLE * 1000, at_least=False))


if __name__ == "__main__":
    main()
