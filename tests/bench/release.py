"""Personal copies of a release into smtp-sink, each durable before and after, beside `smtp-source`.

`python -m tests.bench.release [--rounds 3] [--copies 1000] [--large 40]`. A copy is its own mail with its own
Message-ID to one recipient; up to BATCH of them share the commit before and the commit after. The set that
a crash leaves uncertain is that batch.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import subprocess
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import Queue, get_context
from pathlib import Path

from mailbot.app.apply import apply, scene_for
from mailbot.app.outbox import Outbox
from mailbot.app.parts import Mode, Parts
from mailbot.core.advance import bound_fields
from mailbot.core.item import Ask, AskState, FieldValue, FileRef, Item, Version, version_digest
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Outcome, Purpose, Recipient
from mailbot.core.rules import Closing
from mailbot.core.values import Address, ItemRef, Office
from mailbot.ports.store import MailState
from tests.bench import figures
from tests.bench.house import book, parts_over, smtp_to
from tests.bench.mails import news_text
from tests.fakes.mail import FakeMailbox
from tests.servers.ground import HOST, program, scratch
from tests.servers.sink import smtp_sink

SMALL, LARGE = 20_000, 2_000_000
"""Bytes of a mail."""
TARGETS = {SMALL: 1000.0, LARGE: 40.0}


@dataclass(frozen=True, slots=True)
class Round:
    size: int
    limit: float
    """Mails a second of smtp-source over four sessions, nothing durable."""
    service: float


def approved_item(parts: Parts, size: int) -> Item:
    """A news item that every office approved, with text and pictures for a mail of `size` bytes."""
    now = datetime.now(UTC)
    dice = random.Random(size)
    text = news_text(dice, 4_500 if size == SMALL else 3_000)
    photos: tuple[FileRef, ...] = ()
    if size > SMALL:
        data = b"\xff\xd8\xff\xe0" + dice.randbytes(int(size * 0.73))
        with parts.store.writing() as tx:
            photos = (FileRef("foto.jpg", "image/jpeg", len(data), tx.put_blob(data)),)
            tx.commit()
    fields: dict[str, FieldValue] = {
        "title": "Çamlık'ta diyabet yürüyüşü",
        "text": text,
        "photos": photos,
        "to": "press",
    }
    staff = parts.book.staff[0].address
    offices = [Office(name) for name in ("mudur", "bakanlik", "hsgm", "valilik")]
    asks = tuple(Ask(office, 1, AskState.WAIVED, now, ()) for office in offices)
    item = Item(
        ref=ItemRef(parts.book.unit.code, "HBR", 2026, 1), workflow="news", stage="yayinda", opened_at=now,
        opened_by=staff, fields=fields, mode=Mode.CANLI.value, department="halk-sagligi", gm=Office("hsgm"),
        asks=asks,
    )  # fmt: skip
    bound = bound_fields(scene_for(parts, parts.book, item.workflow, now), item)
    return replace(item, versions=(Version(1, version_digest(bound), bound, now, staff),))


def owe_release(parts: Parts, item: Item, copies: int) -> int:
    """Write the release to the outbox for so many outlets; bytes of one copy."""
    assert item.version is not None
    people = tuple(
        Recipient(
            Address(f"haber{n}@gazete.example"), f"Gazete {n}", "Değerli basın mensupları", Closing.NEZAKET
        )
        for n in range(copies)
    )
    now = datetime.now(UTC) - timedelta(seconds=1)
    values: dict[str, object] = {
        "item": item_values(scene_for(parts, parts.book, item.workflow, now), item, item.version)
    }
    photos = item.fields["photos"]
    order = MailOrder(
        "haber-servis", people, Purpose.RELEASE, values, version=1, gate=item.version.digest,
        files=photos if isinstance(photos, tuple) else (),
    )  # fmt: skip
    with parts.store.writing() as tx:
        apply(tx, parts, Outcome(item, mails=(order,)), None, Mode.CANLI, now)
        tx.commit()
    with parts.store.reading() as reads:
        one = reads.deliveries(item.ref, limit=1)[0]
        return len(one.head) + 2 + len(reads.blob(one.body))


def service(folder: Path, sink: int, size: int, copies: int) -> tuple[float, int]:
    """Seconds to send all copies, and the bytes of one."""

    async def drive() -> tuple[float, int]:
        with parts_over(folder, FakeMailbox(), smtp_to(sink)) as parts:
            item = approved_item(parts, size)
            bytes_of_one = owe_release(parts, item, copies)
            outbox = Outbox(parts)
            started = time.perf_counter()
            while await outbox.flush():
                pass
            spent = time.perf_counter() - started
            await parts.sender.close()
            with parts.store.reading() as reads:
                rows = reads.deliveries(item.ref, limit=10 * copies)
            sent = [m for m in rows if m.purpose is Purpose.RELEASE and m.state is MailState.SENT]
            if len(sent) != copies:
                states = {m.reply for m in rows if m.state is not MailState.SENT}
                raise RuntimeError(f"{len(sent)} of {copies} copies were sent: {states}")
            return spent, bytes_of_one

    return asyncio.run(drive())


def alone(sink: int, folder: Path, copies: int, answer: Queue[tuple[float, int, int]]) -> None:
    """In a process of its own: seconds for so many outlets, kB at the peak, bodies that were rendered."""
    spent, _ = service(folder, sink, LARGE, copies)
    with parts_over(folder, FakeMailbox(), smtp_to(sink)) as parts, parts.store.reading() as reads:
        bodies = {m.body for m in reads.deliveries(limit=10 * copies) if m.purpose is Purpose.RELEASE}
    answer.put((spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(bodies)))


def flat(outlets: int) -> None:
    """Whether memory grows with the outlets, and whether each copy was rendered anew."""
    with scratch("flat") as folder, smtp_sink() as sink:
        peaks = []
        for count in (outlets // 4, outlets):
            place = folder / str(count)
            place.mkdir()
            answer: Queue[tuple[float, int, int]] = get_context("spawn").Queue()
            child = get_context("spawn").Process(target=alone, args=(sink, place, count, answer))
            child.start()
            spent, peak, bodies = answer.get(timeout=600)
            child.join()
            peaks.append(peak)
            print(f"{count} outlets, 2 MB: {count / spent:.0f}/s, {peak // 1024} MB, {bodies} body rendered")
        growth = peaks[1] / peaks[0]
        print(figures.verdict("peak for all outlets over a quarter of them", growth, 1.1, at_least=False))


def source(sink: int, size: int, copies: int) -> float:
    """Seconds of smtp-source for as many mails of the same size."""
    binary = program("smtp-source")
    assert binary is not None
    started = time.perf_counter()
    subprocess.run(
        [binary, "-d", "-s", "4", "-l", str(size), "-m", str(copies), "-f", "a@a.example",
         "-t", "b@b.example",
         f"inet:{HOST}:{sink}"],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - started


def measure(rounds: int, copies: int, large: int) -> list[Round]:
    """So many interleaved rounds of both sizes."""
    results = []
    with scratch("release") as folder, smtp_sink() as sink:
        for number in range(rounds):
            for size, count in ((SMALL, copies), (LARGE, large)):
                if not count:
                    continue
                place = folder / f"{number}-{size}"
                place.mkdir()
                spent, bytes_of_one = service(place, sink, size, count)
                limit = source(sink, bytes_of_one, count)
                results.append(Round(size, count / limit, count / spent))
                print(
                    f"round {number}: {bytes_of_one} bytes: smtp-source {count / limit:.0f}/s, "
                    f"service {count / spent:.0f}/s",
                    flush=True,
                )
    return results


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--copies", type=int, default=1000)
    options.add_argument("--large", type=int, default=40)
    options.add_argument("--outlets", type=int, default=0, help="only: memory and speed for so many outlets")
    chosen = options.parse_args()
    book()
    if chosen.outlets:
        flat(chosen.outlets)
        return
    rounds = measure(chosen.rounds, chosen.copies, chosen.large)
    print(
        figures.table(
            [(r.size, r.limit, r.service, r.service / r.limit) for r in rounds],
            ("bytes", "smtp-source/s", "service/s", "ratio"),
        )
    )
    for size, target in TARGETS.items():
        speeds = [r.service for r in rounds if r.size == size]
        if speeds:
            print(
                figures.verdict(
                    f"copies of {size} bytes a second", figures.median(speeds), target, at_least=True
                )
            )


if __name__ == "__main__":
    main()
