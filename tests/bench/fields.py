"""How well requests and openings are read: `python -m tests.bench.fields` prints one table each.

With `--wrong` the wrong fields of the sets that may be looked at follow: never those of `kept`.
"""

from __future__ import annotations

import sys
import time

from tests.reading.fields import SETS, counts, openings, requests, table


def main() -> None:
    started = time.perf_counter()
    mails = sum(counts().values())
    for name, measure in (("requests", requests), ("openings", openings)):
        tallies = {key: measure(files) for key, files in SETS.items()}
        print(table(name, tallies), end="\n\n")
        if "--wrong" in sys.argv:
            for key in ("seen", "dev", "late"):
                print("".join(f"  {key} {line}\n" for line in tallies[key].wrong), end="")
    print(f"{(time.perf_counter() - started) / mails * 1000:.1f} ms a mail, n={mails}")


if __name__ == "__main__":
    main()
