"""How well and how fast replies are read: `python tests/bench/reading.py` prints one table a corpus.

`dev`, `seen` and `later` were looked at while the rules were written; `kept` only ever in totals.
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

from mailbot.core.decision import Decision
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.verdict import decide

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "tests" / "corpus" / "replies"
WAVES = ("red-team-wave1", "red-team-wave2", "red-team-wave3")
"""Replies by another hand; the last was used for no rule."""


def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


def replies(name: str) -> list[tuple[str, Decision]]:
    """(text, expected decision) of every reply of a corpus file."""
    lines = (CORPORA / f"{name}.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [(row[1].replace("\\n", "\n"), Decision(row[0])) for row in rows]


def report(name: str, lexicon: Lexicon) -> str:
    """The table of one corpus."""
    rows = replies(name)
    started = time.perf_counter()
    read = [decide(text, lexicon).decision for text, _ in rows]
    spent = (time.perf_counter() - started) / len(rows) * 1000
    right, wrong, asked = Counter[Decision](), Counter[Decision](), Counter[Decision]()
    for got, (_, expected) in zip(read, rows, strict=True):
        (right if got is expected else asked if got is Decision.UNCLEAR else wrong)[expected] += 1
    false = sum(
        got is Decision.APPROVE is not expected for got, (_, expected) in zip(read, rows, strict=True)
    )
    share = sum(right.values()) / len(rows)
    lines = [f"{name}: n={len(rows)}  right={share:.1%}  false approvals={false}  {spent:.3f} ms/reply"]
    lines += [f"  {'class':10}{'n':>5}{'right':>7}{'wrong':>7}{'asked':>7}"]
    for d in Decision:
        n = right[d] + wrong[d] + asked[d]
        lines.append(
            f"  {d.value:10}{n:5}{right[d]:7}{wrong[d]:7}{asked[d]:7}{right[d] / n if n else 1:8.0%}"
        )
    return "\n".join(lines)


def main() -> None:
    started = time.perf_counter()
    lexicon = load_lexicon()
    decide("onaylıyorum", lexicon)
    print(f"lexicon and grammar loaded in {(time.perf_counter() - started) * 1000:.0f} ms")
    for name in sys.argv[1:] or ("dev", "seen", "later", "kept", "red-team", "red-team-2", *WAVES):
        print(report(name, lexicon))


if __name__ == "__main__":
    main()
