"""Every row of the other chains names the scenarios that play it, or why there is none."""

from __future__ import annotations

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "zincir-satirlari.toml").read_text(encoding="utf-8"))
ROWS = {
    *("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.3.2", "1.4.1", "1.4.2", "1.4.3", "1.4.4", "1.4.5", "G2"),
    *("S6", "S7", "S8", "S9", "S10", "S11.4", "S11.5", "S11.6", "E9", "E10", "E11"),
}


def test_every_row_of_the_chains_is_in_the_table() -> None:
    assert set(TABLE["rows"]) | set(TABLE["without"]) == ROWS
    assert not set(TABLE["rows"]) & set(TABLE["without"])


def test_every_scenario_of_the_table_is_there() -> None:
    named = {name for names in TABLE["rows"].values() for name in names}
    assert sorted(name for name in named if not (HERE / f"{name}.senaryo").is_file()) == []
    assert all(names for names in TABLE["rows"].values())
    assert all(reason.strip() for reason in TABLE["without"].values())
