"""The table of threats names what is there: every test and scenario exists, every row has one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "SECURITY.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| threat")
]


def functions(file: Path) -> set[str]:
    return {n.name for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.FunctionDef)}


def test_there_are_rows() -> None:
    assert len(ROWS) > 25


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_a_row_names_tests_that_exist(row: list[str]) -> None:
    threat, stopped, shown = row
    assert threat
    assert stopped
    named = re.findall("`([^`]+)`", shown)
    assert named
    for name in named:
        file, _, test = name.partition("::")
        if test:
            assert test in functions(ROOT / file), name
        else:
            assert (ROOT / "tests" / "scenarios" / name).is_file(), name
