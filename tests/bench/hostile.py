"""What hostile bodies of 200 kB cost: `python -m tests.bench.hostile` prints the dearest for each stage.

Milliseconds of CPU, the least of three. Wanted: under 100 each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

from mailbot.core.decision import Fresh, Position
from mailbot.core.facts import SenderRole
from mailbot.reading.fresh import fresh, fresh_text
from mailbot.reading.kind import kind_of
from mailbot.reading.mime import parse
from mailbot.reading.page import lines_of
from mailbot.reading.thread import traces
from tests.laws.hostile import BODIES

_ASK = "Sayın Müdürüm, haber metni onaylarınıza arz edilir.\nOnay üçüncü satır.\n"
SENT = (_ASK * 300,)


def stages(body: str) -> Mapping[str, Callable[[], object]]:
    """What is measured of one body."""
    page = parse(b"Content-Type: text/html; charset=utf-8\n\n" + body.encode())
    plain = parse(b"Content-Type: text/plain; charset=utf-8\n\n" + body.encode())
    new = Fresh(body, Position.TOP)
    marks = traces(plain, new)
    return {
        "parse": lambda: parse(b"Content-Type: text/plain; charset=utf-8\n\n" + body.encode()),
        "headers": lambda: parse(body.encode()),
        "page": lambda: lines_of(body),
        "fresh plain": lambda: fresh_text(body),
        "fresh html": lambda: fresh(page),
        "fresh plain, sent known": lambda: fresh(plain, SENT),
        "fresh html, sent known": lambda: fresh(page, SENT),
        "kind": lambda: kind_of(plain, new, marks, role=SenderRole.UNKNOWN),
    }


def cost(work: Callable[[], object], times: int = 3) -> float:
    """The least CPU time in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1e3)
        if spent[0] < 20:
            break
    return min(spent)


def main() -> None:
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    found: dict[str, list[tuple[float, str]]] = {}
    for name, body in BODIES.items():
        for stage, work in stages(body).items():
            if only in stage:
                found.setdefault(stage, []).append((cost(work), name))
    for stage, costs in found.items():
        costs.sort(reverse=True)
        over = sum(ms > 100 for ms, _ in costs)
        print(f"{stage}: n={len(costs)} over 100 ms: {over}")
        print("".join(f"    {ms:8.1f} ms  {name!r}\n" for ms, name in costs[:8]), end="")


if __name__ == "__main__":
    main()
