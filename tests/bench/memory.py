"""Large letters, many items, many mails: what must not grow with the installation.

`python -m tests.bench.memory [--rounds 3] [--items 100000] [--mails 50000] [--megabytes 25] [--letters 1]`:
the peak memory of each process for large letters, beside the bare parser of the library; the CPU of a
letter with many items beside 10; the time to find one new mail among many beside 10.
`--items 1000000` takes some minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

from mailbot.adapters.system import give_back_memory
from mailbot.app.service import Service
from tests.bench import figures, mails
from tests.bench.house import PASSWORD, Seeded, book, imap_of, lay, parts_over, run_out, seed, smtp_to
from tests.fakes.mail import FakeMailbox, FakeSender, InlineReader
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.ground import scratch
from tests.servers.sink import smtp_sink

PEAK, GROWTH = 250.0, 1.3
USER = "bot@unit.example"


# One large letter -------------------------------------------------------------------------------------


def large_letter(megabytes: int) -> bytes:
    """A staff mail whose photos make it so large."""
    dice = random.Random(1)
    mail = EmailMessage(policy=SMTP)
    small = message_from_bytes(mails.opening(dice, book(), 1, picture=False), policy=default)
    for name in ("From", "To", "Cc", "Subject", "Date", "Message-ID"):
        mail[name] = str(small[name])
    body = "İlgili Başkanlık: Halk Sağlığı\nBaşlık: Aşı haftası\n\nMetin:\n" + mails.news_text(dice, 2000)
    mail.set_content("Yerel basına servis edilecektir.\n" + body)
    for number in range(5):
        data = b"\xff\xd8\xff\xe0" + dice.randbytes(int(megabytes * 1_000_000 / 5 * 0.73))
        mail.add_attachment(data, maintype="image", subtype="jpeg", filename=f"foto-{number}.jpg")
    return mail.as_bytes()


async def take_large(folder: Path, server: Dovecot, sink: int, letters: Sequence[Path]) -> tuple[int, float]:
    """Take the letters in and send what they owe; how many mails were owed, and the readers' peak in MB."""
    give_back_memory()
    with parts_over(folder, imap_of(server, USER), smtp_to(sink)) as parts:
        service = Service(parts)
        await run_out(service)
        await asyncio.sleep(1.1)
        lay(server, USER, letters)
        await run_out(service)
        await parts.sender.close()
        await parts.watched[0].mailbox.close()
        with parts.store.reading() as reads:
            owed = len(reads.deliveries(limit=100))
        # The servers are children too, but no Python.
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        python = [pid for pid in children if "python" in Path(f"/proc/{pid}/exe").readlink().name]
        return owed, max(map(peak, python))


def peaks(megabytes: int, letters: int = 1) -> tuple[float, float, float]:
    """Peak MB of the service, of its largest child process, and of a bare `message_from_bytes`."""
    own = [sys.executable, "-m", "tests.bench.memory", "--megabytes", str(megabytes)]
    own += ["--letters", str(letters)]
    done = subprocess.run([*own, "--only", "service"], check=True, capture_output=True, text=True)
    service, parser = done.stdout.split()[-2:]
    done = subprocess.run([*own, "--only", "bare"], check=True, capture_output=True, text=True)
    return float(service), float(parser), float(done.stdout.split()[-1])


def only(part: str, megabytes: int, letters: int) -> None:
    """In a process of its own: take so many large letters at once, and print its peaks in MB."""
    with scratch("large") as folder:
        file = folder / "large.eml"
        # Made elsewhere: making it costs more than taking it.
        make = f"from tests.bench.memory import *; Path({str(file)!r}).write_bytes(large_letter({megabytes}))"
        subprocess.run([sys.executable, "-c", make], check=True)
        files = [file, *(folder / f"{number}.eml" for number in range(1, letters))]
        other = "s/^Message-ID: </&{}./;s/^Subject: .*/&, {}/"
        for number, copy in enumerate(files[1:]):
            with copy.open("wb") as out:
                subprocess.run(["sed", other.format(number, number), str(file)], check=True, stdout=out)
        if part == "bare":
            message_from_bytes(file.read_bytes())
            print(peak("self"))
            return
        with dovecot({USER: PASSWORD}) as server, smtp_sink() as sink:
            owed, parser = asyncio.run(take_large(folder, server, sink, files))
            if owed < 2:
                raise RuntimeError(f"{owed} mails for the large letters")
            print(peak("self"), parser)


def peak(process: str) -> float:
    """The most memory that this process had, in MB (proc(5), VmHWM)."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


# Many items -------------------------------------------------------------------------------------------


def multiply(database: Path, items: int) -> None:
    """Rows of so many older items beside those that are there."""
    db = sqlite3.connect(database)
    # Nothing to be kept if this fails: without a journal, a million items take minutes and no 15 GB of WAL.
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-1000000"):
        db.execute(f"PRAGMA {pragma}")
    many = f"WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < {items - 1})"
    model = db.execute("SELECT ref FROM items LIMIT 1").fetchone()[0]
    ref = "printf('DNZ-HBR-2024-%07d', n)"
    fresh = {
        "items": ("ref", {"ref": ref}),
        "chains": ("ref", {"ref": ref}),
        "records": ("ref, seq", {"ref": ref}),
        "copies": ("ref", {"ref": ref, "token": "printf('k%011d%02d', n, row % 100)"}),
        "messages": ("ref", {"ref": ref, "id": "NULL", "key": "printf('<%d.%d@old.example>', n, row)"}),
        "letters": ("ref", {"ref": ref, "id": "NULL", "uid": "1000000 + n * 100 + row", "key": "NULL"}),
        "jobs": ("ref", {"ref": ref, "id": "100000 + n * 100 + row", "key": "NULL", "kind": "'mail'"}),
    }
    for table, (_, changed) in fresh.items():
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(changed.get(name, name) for name in names)
        limit = "kind = 'mail' AND" if table == "jobs" else ""
        rows = f"(SELECT *, row_number() OVER () AS row FROM {table} WHERE {limit} ref = '{model}' LIMIT 4)"
        db.execute(f"{many} INSERT INTO {table} SELECT {values} FROM {rows}, n")
    names = [row[1] for row in db.execute("PRAGMA table_info(mails)")]
    values = ", ".join(
        {"id": "100000 + n * 100 + row", "message_id": "printf('<%d.%d@old.example>', n, row)"}.get(
            name, name
        )
        for name in names
    )
    rows = (
        "(SELECT mails.*, row_number() OVER () AS row FROM jobs JOIN mails USING (id) "
        f"WHERE kind = 'mail' AND ref = '{model}' LIMIT 4)"
    )
    db.execute(f"{many} INSERT INTO mails SELECT {values} FROM {rows}, n")
    db.commit()
    db.execute("ANALYZE")
    db.close()


def cpu_per_letter(folder: Path, seeded: Seeded, count: int) -> float:
    """CPU seconds for one reply, in process, on a database that is there."""
    dice = random.Random(5)
    box, sender = FakeMailbox(), FakeSender()
    with parts_over(folder, box, sender, reader=InlineReader()) as parts:
        service = Service(parts)
        asyncio.run(run_out(service))
        for ask in seeded.asks[: count + 5]:
            box.put(mails.reply(dice, book(), ask, picture=False), datetime.now(UTC))
            if len(box.letters) == 5:
                asyncio.run(run_out(service))
                started = time.process_time()
        asyncio.run(run_out(service))
        return (time.process_time() - started) / count


def growth(rounds: int, items: int, replies: int) -> list[tuple[float, float]]:
    """CPU of a letter with few and with many items, round by round."""
    results = []
    with scratch("items") as folder:
        (folder / "seed").mkdir()
        seeded = seed(folder / "seed", max(10, (replies + 5) // 3 + 1), approved=True)
        (folder / "many").mkdir()
        seeded.copy_to(folder / "many")
        multiply(folder / "many" / "mailbot.db", items)
        for _ in range(rounds):
            pair = []
            for source in (seeded, Seeded(folder / "many", seeded.asks)):
                place = folder / "round"
                place.mkdir()
                source.copy_to(place)
                pair.append(cpu_per_letter(place, seeded, replies))
                shutil.rmtree(place)
            results.append((pair[0], pair[1]))
    return results


# Many mails -------------------------------------------------------------------------------------------


async def find_new(server: Dovecot, user: str, there: int, looks: int) -> float:
    """Median seconds from asking to knowing the one new UID, with so many mails in the mailbox."""
    box = imap_of(server, user)
    await box.open()
    await box.close()
    lay(server, user, [b"Subject: old\r\n\r\nx\r\n"] * there)
    selected = await box.open()
    following, spent = selected.uidnext, []
    for number in range(looks):
        lay(server, user, [b"Subject: %d\r\n\r\nx\r\n" % number])
        await asyncio.sleep(0.01)
        started = time.perf_counter()
        while not (found := await box.uids_from(following)):
            pass
        spent.append(time.perf_counter() - started)
        following = found[-1] + 1
    await box.close()
    return figures.median(spent)


def finding(rounds: int, there: int) -> list[tuple[float, float]]:
    """Seconds to find one new mail among 10 and among many, round by round."""
    users = {f"{kind}{n}@unit.example": PASSWORD for n in range(rounds) for kind in ("few", "many")}
    # Without it Dovecot reads the whole directory of a Maildir for each new mail.
    with dovecot(users, more="maildir_very_dirty_syncs = yes\n") as server:
        return [
            (
                asyncio.run(find_new(server, f"few{n}@unit.example", 10, 20)),
                asyncio.run(find_new(server, f"many{n}@unit.example", there, 20)),
            )
            for n in range(rounds)
        ]


def report(megabytes: int, letters: int, rounds: int, items: int, there: int) -> None:
    """Measure and print all three."""
    if megabytes:
        service, child, bare = peaks(megabytes, letters)
        print(figures.table([(service, child, bare)], ("service MB", "child MB", "message_from_bytes MB")))
        print(
            figures.verdict(
                f"peak with {letters} letters of {megabytes} MB", max(service, child), PEAK, at_least=False
            )
        )
    if items:
        _compare(growth(rounds, items, 60), f"CPU ms a letter, {items} items")
    if there:
        _compare(finding(rounds, there), f"ms to find a new mail among {there}")


def _compare(pairs: Sequence[tuple[float, float]], name: str) -> None:
    rows = [(few * 1000, many * 1000, many / few) for few, many in pairs]
    print(figures.table(rows, ("with 10", "with many", "ratio")))
    print(figures.verdict(name, figures.median([row[2] for row in rows]), GROWTH, at_least=False))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--items", type=int, default=100_000)
    options.add_argument("--mails", type=int, default=50_000)
    options.add_argument("--megabytes", type=int, default=25)
    options.add_argument("--letters", type=int, default=1)
    options.add_argument("--only", choices=("service", "bare"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.only:
        only(chosen.only, chosen.megabytes, chosen.letters)
    else:
        report(chosen.megabytes, chosen.letters, chosen.rounds, chosen.items, chosen.mails)


if __name__ == "__main__":
    main()
