"""Cuts a scenario at every call of every port, starts the service again and compares.

`python -m tests.crash.sweep [--every N] [SCENARIO …]` prints a table: calls, cuts, and every cut that ended
otherwise than the uncut run. CI runs a bounded part (`test_sweep.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from mailbot.app.parts import Parts, Watched
from mailbot.app.scenario.clients import parsed
from mailbot.app.scenario.language import Scenario, read
from mailbot.app.scenario.play import Player, Sent
from mailbot.app.service import Service
from mailbot.core.mailvalues import ASK_LABELS
from mailbot.ports.mailbox import Mailbox
from mailbot.ports.sender import Sender
from mailbot.ports.store import LetterState, MailState, Store
from tests.crash.cut import Cut, CutClock, CutEntropy, CutMailbox, CutSender, CutStore, Fuse
from tests.fakes.clock import FakeClock, FakeEntropy
from tests.fakes.mail import FakeMailbox, FakeSender
from tests.scenarios import worlds

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
UNSURE_KINDS = frozenset({"uncertain", "released"})
"""Records of what a crash repeats on purpose: that nobody knew whether a mail had left, and, when a person
has sent it again, one more report of the release."""
REPORT = "servis-raporu"
DONE = (
    LetterState.HANDLED, LetterState.HELD, LetterState.IGNORED, LetterState.DUPLICATE, LetterState.OLD,
    LetterState.SET_ASIDE,
)  # fmt: skip


def message_id_of(raw: bytes) -> str:
    """As the store writes it."""
    return str(parsed(raw)["Message-ID"]).lower()


class OthersGone:
    """`ports.processes.Processes`: every process but the asking one has died."""

    def gone(self, owner: str) -> bool:
        return owner.startswith("process-")


@dataclass
class CutWorld:
    """A world whose service is a process that can die; mailbox, sender, database and time go on."""

    folder: Path
    fuse: Fuse
    clock: FakeClock = field(default_factory=lambda: FakeClock(worlds.START))
    mailbox: FakeMailbox = field(default_factory=FakeMailbox)
    sender: FakeSender = field(default_factory=FakeSender)
    entropy: FakeEntropy = field(default_factory=FakeEntropy)
    parts: Parts = field(init=False)
    processes: int = 0

    def process(self) -> Parts:
        """The parts of a new process, whose calls go through the fuse; `parts` are the test's own."""
        self.processes += 1
        return replace(
            self.parts,
            store=cast(Store, CutStore(self.parts.store, self.fuse)),
            watched=(Watched("INBOX", cast(Mailbox, CutMailbox(self.mailbox, self.fuse))),),
            sender=cast(Sender, CutSender(self.sender, self.fuse)),
            clock=CutClock(self.clock, self.fuse),
            entropy=CutEntropy(self.entropy, self.fuse),
            owner=f"process-{self.processes}",
            processes=OthersGone(),
        )

    async def arrive(self, raw: bytes) -> None:
        self.mailbox.put(raw, self.clock.now())

    async def outgoing(self) -> list[tuple[str, bytes]]:
        return [(str(recipient), raw) for recipient, raw in self.sender.accepted]


@dataclass
class CutPlayer(Player):
    """Plays on when the service dies: starts it again, and waits until it takes up what was left."""

    twice: list[str] = field(default_factory=list)
    cut_at: str = ""

    def serve(self) -> Service:
        return Service(cast(CutWorld, self.world).process())

    async def settle(self) -> None:
        if not self.started:
            return
        try:
            await self._work()
        except Cut as cut:
            self.cut_at = str(cut)
            cast(CutWorld, self.world).fuse = Fuse()
            self.service = self.serve()
            await self._work()
            self._look_for_uncertain()
            await self._work()
        await self._collect()

    async def _work(self) -> None:
        for _ in range(50):
            if not await self.service.round():
                return
        raise AssertionError("the service does not come to rest")

    def _look_for_uncertain(self) -> None:
        """What the person does who is told of an uncertain mail: look whether it came, send it where not."""
        came = {(str(who), message_id_of(raw)) for who, raw in cast(CutWorld, self.world).sender.accepted}
        with self.world.parts.store.writing() as tx:
            for mail in tx.deliveries(states=(MailState.UNCERTAIN,)):
                if (str(mail.recipient), str(mail.message_id)) not in came:
                    assert tx.requeue(mail.id, self.world.clock.now())
            tx.commit()

    async def _collect(self) -> None:
        with self.world.parts.store.reading() as reads:
            rows = {(str(r.recipient), str(r.message_id)): r for r in reads.deliveries(limit=100_000)}
        for recipient, raw in (await self.world.outgoing())[len(self.sent) :]:
            key = (recipient, message_id_of(raw))
            row = rows.get(key)
            assert row is not None, f"a mail to {recipient} left that the store does not know"
            mail = Sent(recipient, row.template, raw, spoken=key in self._seen)
            if key in self._seen:
                self.twice.append(f"{row.template} → {recipient}" + ("" if row.repeatable else " (!)"))
            self._seen.add(key)
            self.sent.append(mail)


@dataclass(frozen=True)
class Ending:
    """What must be the same whether the process died on the way or not."""

    items: tuple[tuple[str, str, str, int, tuple[tuple[str, int, str], ...]], ...]
    history: tuple[tuple[str, tuple[str, ...]], ...]
    letters: tuple[str, ...]
    mails: Counter[tuple[str, str]]

    def against(self, uncut: Ending) -> list[str]:
        """How this ending differs from the uncut one, a phrase each."""
        found = []
        for name in ("items", "history", "letters"):
            mine, theirs = getattr(self, name), getattr(uncut, name)
            if mine != theirs:
                found.append(f"{name}: {mine} instead of {theirs}")
        if missing := uncut.mails - self.mails:
            found.append(f"mails that never left: {dict(missing)}")
        if more := Counter({mail: n for mail, n in (self.mails - uncut.mails).items() if mail[0] != REPORT}):
            found.append(f"mails too many: {dict(more)}")
        return found


def ending(player: CutPlayer) -> Ending:
    """The state that the world is left in. Raises AssertionError for what may never be."""
    with player.world.parts.store.reading() as reads:
        items = sorted(reads.items(open_only=False), key=lambda item: item.ref)
        histories = tuple(
            (str(i.ref), tuple(r.kind for r in reads.records(i.ref) if r.kind not in UNSURE_KINDS))
            for i in items
        )
        faults = [fault.what for item in items for fault in reads.faults(item.ref)]
        open_letters = reads.letters(states=[s for s in LetterState if s not in DONE])
        letters = tuple(x.state.value for x in reads.letters())
        half = reads.deliveries(states=(MailState.SENDING,))
        rows = reads.deliveries(limit=100_000)
    assert not faults, faults
    assert not open_letters, f"letters nobody finished: {[x.id for x in open_letters]}"
    assert not half, f"mails nobody settled: {[(x.template, str(x.recipient)) for x in half]}"
    known = Counter((r.template, str(r.recipient)) for r in rows)
    return Ending(
        items=tuple(
            (
                str(i.ref), i.stage, i.hold.value if i.hold else "", len(i.versions),
                tuple((str(a.office), a.version, ASK_LABELS[a.state]) for a in i.asks),
            )
            for i in items
        ),
        history=histories,
        letters=letters,
        mails=known,
    )  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One scenario cut once, or not at all."""

    calls: list[str]
    cut_at: str
    ending: Ending
    twice: list[str]


async def _play(scenario: Scenario, folder: Path, at: int | None) -> Run:
    async with _world(folder, Fuse(at)) as (world, first):
        player = CutPlayer(world)
        await player.play(scenario)
        return Run(first.calls, player.cut_at, ending(player), player.twice)


@contextlib.asynccontextmanager
async def _world(folder: Path, fuse: Fuse) -> AsyncIterator[tuple[CutWorld, Fuse]]:
    async with worlds.fakes(folder) as given:
        world = CutWorld(folder, fuse)
        world.parts = replace(given.parts, clock=world.clock, entropy=world.entropy)
        yield world, fuse


def run(scenario: Scenario, at: int | None = None) -> Run:
    """Play `scenario`, the process killed before its call number `at`."""
    with tempfile.TemporaryDirectory(prefix="mb-crash-") as folder:
        return asyncio.run(_play(scenario, Path(folder), at))


def sweep(cuts: Iterable[int], uncut: Run, scenario: Scenario) -> Iterator[tuple[int, str, list[str]]]:
    """Every cut: its number, where it fell, what was wrong afterwards (nothing: an empty list)."""
    for at in cuts:
        try:
            done = run(scenario, at)
        except Exception as problem:
            yield at, uncut.calls[at - 1], [f"{type(problem).__name__}: {problem}"[:600]]
            continue
        wrong = done.ending.against(uncut.ending)
        wrong += [f"sent twice: {mail}" for mail in done.twice if mail.endswith("(!)")]
        yield at, done.cut_at, wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", type=int, default=1, help="every N-th call")
    options.add_argument("scenarios", nargs="*", type=Path)
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    total = bad = 0
    for path in chosen.scenarios or sorted(SCENARIOS.glob("*.senaryo")):
        started, scenario = time.monotonic(), read(path)
        uncut = run(scenario)
        cuts = range(1, len(uncut.calls) + 1, chosen.every)
        broken = [(at, where, wrong) for at, where, wrong in sweep(cuts, uncut, scenario) if wrong]
        total, bad = total + len(cuts), bad + len(broken)
        print(f"{path.stem:40} {len(uncut.calls):6} calls {len(cuts):6} cuts {len(broken):4} broken "
              f"{time.monotonic() - started:6.0f} s", flush=True)  # fmt: skip
        for at, where, wrong in broken:
            print(f"    before call {at} ({where}): {'; '.join(wrong)}"[:900], flush=True)
    print(f"{total} cuts, {bad} broken")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
