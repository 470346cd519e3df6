"""What each stage of reading a mail costs: `python -m tests.bench.stages` prints milliseconds a mail.

Over every raw mail of the corpus; the least of several rounds, CPU time. One core does 1000/ms of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from mailbot.adapters.system import SystemClock
from mailbot.app.gather import gather
from mailbot.app.nothing import EmptyReads
from mailbot.core.facts import SenderRole
from mailbot.reading.answer import read_decision
from mailbot.reading.fresh import forms_of, new_words
from mailbot.reading.kind import kind_of
from mailbot.reading.mime import parse
from mailbot.reading.page import lines_of
from mailbot.reading.thread import traces
from mailbot.reading.turkish import fold
from tests.bench.kinds import eyes

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def measure(rounds: int = 5, most: int = 10_000) -> dict[str, float]:
    """Milliseconds a mail by stage. Stages overlap: "new words" holds page and fold, "whole" all."""
    raws = [path.read_bytes() for path in sorted(CORPUS.glob("*/*.eml"))[:most]]
    letters = [parse(raw) for raw in raws]
    pages = [letter.html for letter in letters if letter.html]
    forms = [forms_of(letter) for letter in letters]
    found = [new_words(form) for form in forms]
    texts = [reading[0].text for reading in found]
    marks = [traces(letter, reading[0]) for letter, reading in zip(letters, found, strict=True)]
    known, clock, reads = eyes(), SystemClock(), EmptyReads()

    def each(work: Callable[..., object], *rows: Iterable[object]) -> Callable[[], None]:
        def run() -> None:
            for row in zip(*rows, strict=True):
                work(*row)

        return run

    stages: dict[str, Callable[[], None]] = {
        "parse (bytes to letter)": each(parse, raws),
        "page (HTML to lines), mails with HTML": each(lines_of, pages),
        "fold (new words to folded words)": each(fold, texts),
        "new words (page, quotes, signature)": each(lambda letter: new_words(forms_of(letter)), letters),
        "decide": each(lambda letter, new: read_decision(known.lexicon, letter, new), letters, found),
        "kind": each(
            lambda letter, new, mark: kind_of(letter, new[0], mark, role=SenderRole.UNKNOWN),
            letters,
            found,
            marks,
        ),
        "whole (new words to routing facts)": each(
            lambda letter: gather(reads, known, clock.now(), letter), letters
        ),
    }
    spent: dict[str, float] = {}
    for _ in range(rounds):
        for name, run in stages.items():
            start = time.process_time()
            run()
            count = len(pages) if name.startswith("page") else len(raws)
            cost = (time.process_time() - start) / count * 1e3
            spent[name] = min(spent.get(name, cost), cost)
    return spent


def main() -> None:
    for name, cost in measure().items():
        print(f"{name:42}{cost:8.3f} ms/mail{1000 / cost:10.0f}/s")


if __name__ == "__main__":
    main()
