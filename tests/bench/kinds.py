"""How well kinds of letters are told apart: `python -m tests.bench.kinds` prints one table.

`own` was written beside the rules. `hands-dev` and `hands-kept` were written whole by a hand that had
not read the reader, and parted by the hash of their identifiers; of the kept third only the totals were
ever looked at. At first sight 36 of 49 and 15 of 20 came out right.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from email.header import Header
from functools import cache
from pathlib import Path
from typing import Any

from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.system import SystemClock
from mailbot.app.gather import Eyes
from mailbot.app.inspect import inspect_bytes
from mailbot.app.nothing import EmptyReads
from mailbot.resources import rules_dir
from mailbot.rulebook.load import load

LETTERS = Path(__file__).resolve().parents[1] / "corpus" / "letters"
PARTS = ("own", "hands-dev", "hands-kept")


def rows(part: str) -> list[dict[str, Any]]:
    """The letters of one part of the corpus."""
    lines = (LETTERS / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def raw(row: Mapping[str, Any]) -> bytes:
    """The bytes of one letter: the headers of the row, its body in UTF-8, its files as attachments."""
    headers = dict(row["headers"])
    kind = headers.pop("Content-Type", "text/plain; charset=utf-8")
    name, _, address = row["from"].rpartition("<")
    sender = f"{Header(name.strip(), 'utf-8').encode()} <{address}" if name else row["from"]
    lines = [
        f"From: {sender}",
        "To: basin@denizli-ism.example",
        f"Subject: {Header(row['subject'], 'utf-8', maxlinelen=10_000).encode()}",
        "Date: Thu, 26 Nov 2026 11:00:00 +0300",
        f"Message-ID: <{row['id']}@hands.example>",
        *(f"{key}: {value}" for key, value in headers.items()),
        "MIME-Version: 1.0",
    ]
    body = row["body"]
    if row.get("files"):
        files = "".join(
            f'--=_m\nContent-Type: application/pdf; name="{file}"\nContent-Disposition: attachment\n\n%PDF\n'
            for file in row["files"]
        )
        body = f"--=_m\nContent-Type: {kind}\n\n{body}\n{files}--=_m--\n"
        kind = 'multipart/mixed; boundary="=_m"'
    return "\n".join([*lines, f"Content-Type: {kind}", "", body]).encode()


@cache
def eyes() -> Eyes:
    """The example directory and lexicon."""
    loaded = load(rules_dir())
    return Eyes(loaded.book, loaded.lexicon, ServerProofs(None))


def read(row: Mapping[str, Any]) -> dict[str, Any]:
    """What `mailbot inspect` says of one letter, knowing the example directory alone."""
    return inspect_bytes(row["id"], raw(row), eyes(), EmptyReads(), SystemClock())


def right(part: str) -> tuple[int, int]:
    """Letters of the right kind, and letters."""
    found = rows(part)
    return sum(read(row)["kind"] == row["kind"] for row in found), len(found)


def table(parts: Sequence[str] = PARTS) -> str:
    """One row for each kind and part."""
    lines = [f"{'kind':16}" + "".join(f"{part:>14}" for part in parts)]
    cells: dict[str, dict[str, list[bool]]] = {}
    for part in parts:
        for row in rows(part):
            cells.setdefault(row["kind"], {}).setdefault(part, []).append(read(row)["kind"] == row["kind"])
    for kind, found in sorted(cells.items()):
        lines.append(f"{kind:16}" + "".join(f"{_cell(found.get(part, [])):>14}" for part in parts))
    totals = [[hit for found in cells.values() for hit in found.get(part, [])] for part in parts]
    lines.append(f"{'all':16}" + "".join(f"{_cell(hits):>14}" for hits in totals))
    return "\n".join(lines)


def _cell(hits: Sequence[bool]) -> str:
    return f"{sum(hits)}/{len(hits)}" if hits else "-"


def main() -> None:
    print(table())
    if "-v" in sys.argv[1:]:
        for row in (*rows("own"), *rows("hands-dev")):
            said = read(row)
            if said["kind"] != row["kind"]:
                print(f"{row['id']}: {said['kind']} is not {row['kind']}: {said['why']}")
    print(Counter(read(row)["kind"] for part in PARTS for row in rows(part)).most_common())


if __name__ == "__main__":
    main()
