"""How well and how fast replies are read: `python -m tests.bench.reading` prints the figures of every corpus.

Corpora that were looked at while rules were written and those that were only ever counted (`KEPT`) are
summed up apart. Times are of the process, so that other work on the machine does not count.
"""

from __future__ import annotations

import statistics
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mailbot.core.decision import Decision
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.verdict import decide

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "tests" / "corpus" / "replies"
LOOKED_AT = (
    "dev", "seen", "later", "red-team", "red-team-2", "red-team-wave1", "red-team-wave2", "hands-dev",
    "own-approvals",
)  # fmt: skip
KEPT = ("kept", "red-team-wave3", "hands-kept")
"""Counted, never read: no text of these is printed here or by a test."""
HOSTILE = (
    "uygun ",
    "a",
    "?",
    "\n",
    "Dr. Ada ",
    "yazdı",
    "> ",
    "onaylıyorum, geldim ",
    "notu bırakın ve onaylıyorum ",
)


@dataclass(slots=True)
class Table:
    """What became of the replies of one corpus or of several."""

    name: str
    right: Counter[Decision] = field(default_factory=Counter)
    wrong: Counter[Decision] = field(default_factory=Counter)
    asked: Counter[Decision] = field(default_factory=Counter)
    """Unclear where another class was right: the bot asks back."""
    false_approvals: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, got: Decision, expected: Decision, milliseconds: float) -> None:
        kind = self.right if got is expected else self.asked if got is Decision.UNCLEAR else self.wrong
        kind[expected] += 1
        self.false_approvals += got is Decision.APPROVE is not expected
        self.milliseconds.append(milliseconds)

    def join(self, other: Table) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.asked += other.asked
        self.false_approvals += other.false_approvals
        self.milliseconds += other.milliseconds

    def __str__(self) -> str:
        n = len(self.milliseconds)
        share = sum(self.right.values()) / n
        lines = [
            (
                f"{self.name}: n={n}  right={share:.1%}  false approvals={self.false_approvals}"
                f"  median {statistics.median(self.milliseconds):.3f} ms/reply"
            ),
            f"  {'class':10}{'n':>5}{'right':>7}{'wrong':>7}{'asked':>7}",
        ]
        for d in Decision:
            of_class = self.right[d] + self.wrong[d] + self.asked[d]
            if of_class:
                counts = f"{of_class:5}{self.right[d]:7}{self.wrong[d]:7}{self.asked[d]:7}"
                lines.append(f"  {d.value:10}{counts}{self.right[d] / of_class:8.0%}")
        return "\n".join(lines)


def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


def replies(name: str) -> list[tuple[str, Decision]]:
    """(text, expected decision) of every reply of a corpus file."""
    lines = (CORPORA / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [(row[1].replace("\\n", "\n"), Decision(row[0])) for row in rows]


def table_of(name: str, lexicon: Lexicon) -> Table:
    """The figures of one corpus; each reply is read twice and the second time counted."""
    table = Table(name)
    for text, expected in replies(name):
        decide(text, lexicon)
        started = time.process_time()
        got = decide(text, lexicon).decision
        table.add(got, expected, (time.process_time() - started) * 1000)
    return table


def main() -> None:
    started = time.process_time()
    lexicon = load_lexicon()
    decide("merhaba, onaylıyorum", lexicon)
    print(f"lexicon and grammar loaded in {(time.process_time() - started) * 1000:.0f} ms")
    if sys.argv[1:]:
        for name in sys.argv[1:]:
            print(table_of(name, lexicon))
        return
    for title, names in (("LOOKED AT", LOOKED_AT), ("KEPT", KEPT)):
        total = Table(f"{title}, all together")
        for name in names:
            table = table_of(name, lexicon)
            print(table)
            total.join(table)
        print(total, end="\n\n")
    for piece in HOSTILE:
        text = (piece * 200_000)[:200_000]
        started = time.process_time()
        decide(text, lexicon)
        spent = (time.process_time() - started) * 1000
        print(f"200 kB of {piece.strip() or 'line breaks':30} {spent:6.0f} ms")


if __name__ == "__main__":
    main()
