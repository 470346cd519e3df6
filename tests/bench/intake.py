"""From IMAP to committed state with the owed mails accepted by SMTP, beside the raw limit.

`python -m tests.bench.intake [--rounds 5] [--mails 500]`. Three in ten mails open an item, the others answer
asks of items that exist; a third carries a picture. Each round: the raw limit, then the service, on the
same mails.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from mailbot.app.service import Service
from mailbot.ports.store import LetterState, MailState, Store
from tests.bench import figures, mails
from tests.bench.house import PASSWORD, Seeded, book, imap_of, lay, parts_over, run_out, seed, smtp_to, warm
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.ground import scratch
from tests.servers.sink import smtp_sink

TARGET = 0.4
OPENINGS = 0.302
"""Share of the mails that open an item: 151 of 500."""


@dataclass(frozen=True, slots=True)
class Round:
    limit: float
    """Mails a second of the raw limit."""
    whole: float
    """Mails a second of the service, to the last owed mail's acceptance."""
    out: int
    """Mails that were accepted."""
    limit_cpu: float
    """CPU milliseconds a mail of the raw limit: this figure stands also on a machine with other work."""
    cpu: float
    """CPU milliseconds a mail of the service and its processes."""

    @property
    def ratio(self) -> float:
        return self.whole / self.limit


def letters_for(seeded: Seeded, count: int) -> list[bytes]:
    """The round's mails, shuffled; the same ones every time."""
    dice = random.Random(11)
    new = round(count * OPENINGS)
    asks = dice.sample(seeded.asks, count - new)
    raws = [mails.opening(dice, book(), 5000 + n, picture=n % 3 == 0) for n in range(new)]
    raws += [mails.reply(dice, book(), ask, picture=n % 3 == 0) for n, ask in enumerate(asks)]
    dice.shuffle(raws)
    return raws


def raw_limit(folder: Path, letters: Sequence[bytes]) -> tuple[float, float]:
    """Seconds, and CPU seconds, for a file, compat32, attachments fsynced and one durable commit each."""
    files = []
    for number, raw in enumerate(letters):
        files.append(folder / f"{number}.eml")
        files[-1].write_bytes(raw)
    database = sqlite3.connect(folder / "limit.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE letters (id TEXT PRIMARY KEY, sender TEXT, subject TEXT, text BLOB)")
    started, before = time.perf_counter(), time.process_time()
    for file in files:
        mail = message_from_bytes(file.read_bytes())
        text = b""
        for part in mail.walk():
            if part.get_content_type() == "text/plain":
                text = part.get_payload(decode=True)  # type: ignore[assignment]
            elif part.get_filename():
                target = os.open(file.with_suffix(".part"), os.O_CREAT | os.O_WRONLY)
                os.write(target, part.get_payload(decode=True))  # type: ignore[arg-type]
                os.fsync(target)
                os.close(target)
        database.execute("BEGIN")
        row = (mail["Message-ID"], str(mail["From"]), str(mail["Subject"]), text)
        database.execute("INSERT INTO letters VALUES (?, ?, ?, ?)", row)
        database.execute("COMMIT")
    spent, cpu = time.perf_counter() - started, time.process_time() - before
    database.close()
    return spent, cpu


def whole_way(
    folder: Path, server: Dovecot, user: str, sink: int, letters: Sequence[bytes]
) -> tuple[float, float, int]:
    """Seconds, and seconds of CPU, from the mails in the mailbox to the last owed mail's acceptance.

    And how many those were.
    """

    async def drive() -> tuple[float, float, int]:
        with parts_over(folder, imap_of(server, user), smtp_to(sink)) as parts:
            service = Service(parts)
            await run_out(service)  # the first start acts on nothing
            await warm(parts)
            before = sent(parts.store)
            await asyncio.sleep(
                1.1
            )  # INTERNALDATE has whole seconds: these must not look older than the start
            lay(server, user, letters)
            started, cpu = time.perf_counter(), cpu_of_all()
            await run_out(service)
            spent, cpu = time.perf_counter() - started, cpu_of_all() - cpu
            await parts.sender.close()
            await parts.watched[0].mailbox.close()
            complain(parts.store, len(letters))
            return spent, cpu, sent(parts.store) - before

    return asyncio.run(drive())


def cpu_of_all() -> float:
    """CPU seconds of this process and of its children that are Python; the servers are children too."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    python = [pid for pid in children if "python" in Path(f"/proc/{pid}/exe").readlink().name]
    ticks = 0
    for pid in python:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def sent(store: Store) -> int:
    with store.reading() as reads:
        return len(reads.deliveries(states=(MailState.SENT,), limit=1_000_000))


def complain(store: Store, count: int) -> None:
    """A benchmark that skips work measures nothing."""
    with store.reading() as reads:
        handled = reads.letters(states=(LetterState.HANDLED,), limit=1_000_000)
        waiting = reads.deliveries(states=(MailState.QUEUED, MailState.SENDING, MailState.BLOCKED))
    done = sum(letter.mailbox == "INBOX" for letter in handled)
    if done != count or waiting:
        raise RuntimeError(f"{done} of {count} letters handled, {len(waiting)} mails waiting")


def measure(rounds: int, count: int) -> list[Round]:
    """So many interleaved rounds."""
    users = {f"r{number}@unit.example": PASSWORD for number in range(rounds)}
    results = []
    with scratch("bench") as folder, dovecot(users) as server, smtp_sink("-c") as sink:
        (folder / "seed").mkdir()
        # Three offices are asked for each item.
        seeded = seed(folder / "seed", count // 4 + 2, approved=True)
        letters = letters_for(seeded, count)
        for number, user in enumerate(users):
            place = folder / str(number)
            place.mkdir()
            seeded.copy_to(place)
            limit, limit_cpu = raw_limit(place, letters)
            whole, cpu, out = whole_way(place, server, user, sink, letters)
            results.append(
                Round(count / limit, count / whole, out, 1000 * limit_cpu / count, 1000 * cpu / count)
            )
            print(
                f"round {number}: limit {count / limit:.0f}/s, service {count / whole:.0f}/s, "
                f"{results[-1].ratio:.2f} of the limit, {out} mails out; "
                f"CPU {results[-1].limit_cpu:.1f} and {results[-1].cpu:.1f} ms a mail",
                flush=True,
            )
    return results


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--mails", type=int, default=500)
    chosen = options.parse_args()
    rounds = measure(chosen.rounds, chosen.mails)
    print(
        figures.table(
            [(n, r.limit, r.whole, r.ratio, r.out, r.limit_cpu, r.cpu) for n, r in enumerate(rounds)],
            ("round", "limit/s", "service/s", "ratio", "mails out", "limit CPU ms", "service CPU ms"),
        )
    )
    print(
        figures.verdict(
            "share of the raw limit", figures.median([r.ratio for r in rounds]), TARGET, at_least=True
        )
    )


if __name__ == "__main__":
    main()
