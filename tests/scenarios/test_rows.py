"""Every row of the news process names the scenarios that play it, or why there is none."""

from __future__ import annotations

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "haber-satirlari.toml").read_text(encoding="utf-8"))
ROWS = {"1.1.1", "1.1.2", "1.1.3", "1.1.4a", "1.1.4b", "G1", "S4", "S5", "S12"} | {
    f"E{number}" for number in range(1, 21)
}


def test_every_row_of_the_news_process_is_in_the_table() -> None:
    assert set(TABLE["rows"]) | set(TABLE["without"]) == ROWS
    assert not set(TABLE["rows"]) & set(TABLE["without"])


def test_every_scenario_of_the_table_is_there() -> None:
    named = {name for names in TABLE["rows"].values() for name in names}
    assert sorted(name for name in named if not (HERE / f"{name}.senaryo").is_file()) == []
    assert all(names for names in TABLE["rows"].values())
    assert all(reason.strip() for reason in TABLE["without"].values())
