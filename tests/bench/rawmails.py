"""How raw mails of many clients are read whole: `python -m tests.bench.rawmails` prints one table.

Written whole by hands that had not read the reader, and parted by the hash of their file names. Of
`hands-raw-kept` only totals were ever looked at. At first sight 73 of 76 and 52 of 57 kept replies came
out exact, and the kinds of 83 of 86 and 68 of 72 kept mails right. `-v` names the others where they come
out wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mailbot.adapters.system import SystemClock
from mailbot.app.inspect import inspect_bytes
from mailbot.app.nothing import EmptyReads
from mailbot.reading.fresh import alternatives
from mailbot.reading.mime import parse
from tests.bench.kinds import eyes
from tests.bench.newwords import flat

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PARTS = ("red-team", "hands-raw-dev", "hands-raw-kept")


@dataclass(frozen=True, slots=True)
class Reading:
    """One raw mail, what its writer expects, and what came out."""

    expected: Mapping[str, Any]
    said: Mapping[str, Any]
    texts: tuple[str, ...]
    """The new words of every form of the body."""

    @property
    def exact(self) -> bool:
        """Every form gave the new words up to white space."""
        return all(flat(text) == flat(self.expected["new_text"] or "") for text in self.texts)

    @property
    def quoted(self) -> bool:
        """Words came out as new that the writer did not type."""
        typed = set(flat(self.expected["new_text"] or "").split())
        return any(word not in typed for text in self.texts for word in text.split())

    @property
    def false_approval(self) -> bool:
        return bool(self.said["decision"] == "approve" != self.expected["decision"])

    def same(self, name: str) -> bool:
        """Whether this field came out as expected."""
        return bool(self.said[name] == self.expected[name])


@cache
def readings(part: str) -> tuple[Reading, ...]:
    """Every mail of one part, read without knowing what was sent."""
    folder = CORPUS / part
    found = []
    for row in json.loads((folder / "labels.json").read_text("utf-8")):
        raw = (folder / row["file"]).read_bytes()
        said = inspect_bytes(row["file"], raw, eyes(), EmptyReads(), SystemClock())
        texts = tuple(form.text for form in alternatives(parse(raw)))
        found.append(Reading(row, said, texts))
    return tuple(found)


def replies(part: str) -> tuple[Reading, ...]:
    """The mails of one part that people wrote in answer."""
    return tuple(r for r in readings(part) if r.expected["kind"] == "reply")


def table(parts: Sequence[str] = PARTS) -> str:
    """One row for each part."""
    rows = [
        f"{'part':16}{'n':>5}{'exact':>13}{'quoted':>8}{'position':>13}{'decision':>13}{'kind':>13}{'false':>7}"
    ]
    for part in parts:
        answers, mails = replies(part), readings(part)
        cells = [
            _cell([r.exact for r in answers]),
            f"{sum(r.quoted for r in answers):8}",
            _cell([r.same("position") for r in answers]),
            _cell([r.same("decision") for r in answers]),
            _cell([r.same("kind") for r in mails]),
            f"{sum(r.false_approval for r in mails):7}",
        ]
        rows.append(f"{part:16}{len(mails):5}" + "".join(cells))
    return "\n".join(rows)


def _cell(hits: Sequence[bool]) -> str:
    return f"{f'{sum(hits)}/{len(hits)} {sum(hits) / len(hits):.0%}':>13}"


def main() -> None:
    print(table())
    if "-v" in sys.argv[1:]:
        for part in ("hands-raw-dev", "red-team"):
            for r in readings(part):
                _complain(r)


def _complain(r: Reading) -> None:
    names = ["kind"] + (["decision", "position"] if r.expected["kind"] == "reply" else [])
    wrong = [f"{n}: {r.said[n]} is not {r.expected[n]}" for n in names if not r.same(n)]
    if r.expected["kind"] == "reply" and not r.exact:
        wrong.append(f"{r.texts} is not {r.expected['new_text']!r}")
    if wrong:
        print(f"{r.expected['file']} ({r.expected['note']})")
        print("".join(f"    {line}\n" for line in wrong) + f"    {list(r.said['why'])}")


if __name__ == "__main__":
    main()
