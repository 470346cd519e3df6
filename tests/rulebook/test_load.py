"""The shipped rules load; every bad case says exactly what is wrong, where, and what to do."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from mailbot.adapters.template_check import template_names
from mailbot.core.rules import Span
from mailbot.core.values import Address
from mailbot.rulebook.complaint import RulesRefused
from mailbot.rulebook.load import load
from mailbot.rulebook.rows import rows
from mailbot.rulebook.spans import parse_span

RULES = Path(__file__).parents[2] / "rules"
BAD = Path(__file__).parent / "bad"
CASES = sorted(path.name for path in BAD.iterdir())
TEMPLATES = template_names(Path(__file__).parents[2] / "templates")


def test_the_shipped_rules_load_without_a_word() -> None:
    loaded = load(RULES, templates=TEMPLATES, today=date(2026, 11, 25))
    assert loaded.warnings == ()
    assert set(loaded.book.workflows) >= {"news", "interview", "info_note"}
    assert not any(w.draft for w in loaded.book.workflows.values())
    assert len(loaded.book.lists["yerel-basin"].members) == 18


def test_a_deputy_of_the_file_stands_in(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    file = folder / "directory.toml"
    row = (
        '[[deputy]]\noffice = "mudur"\naddress = "v@vekil.example"\nsince = 2026-11-26\nuntil = 2026-11-27\n'
    )
    file.write_text(file.read_text("utf-8") + row, "utf-8")
    book = load(folder).book
    found = book.office_of(Address("v@vekil.example"), date(2026, 11, 27))
    assert found is not None
    assert found[0].id == "mudur"
    assert book.office_of(Address("v@vekil.example"), date(2026, 11, 28)) is None


def test_a_calendar_that_ends_soon_is_a_warning() -> None:
    warnings = load(RULES, today=date(2028, 12, 1)).warnings
    assert [(w.row, w.warning) for w in warnings] == [(14, True)]
    assert "2029 yılının resmî tatilleri yazılmamış" in warnings[0].text


@pytest.mark.parametrize("case", CASES)
def test_bad_rules_are_refused_in_words(case: str, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    for changed in (BAD / case).rglob("*.toml"):
        shutil.copy(changed, folder / changed.relative_to(BAD / case))
    with pytest.raises(RulesRefused) as refused:
        load(folder, templates=TEMPLATES)
    said = "\n".join(str(c) for c in refused.value.complaints)
    assert said == (BAD / case / "expected.txt").read_text("utf-8").rstrip("\n")


def test_two_mistakes_are_said_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    for case in ("unknown-office", "limit-unknown"):
        for changed in (BAD / case).rglob("*.toml"):
            shutil.copy(changed, folder / changed.relative_to(BAD / case))
    (folder / "calendar.toml").unlink()
    with pytest.raises(RulesRefused) as refused:
        load(folder)
    assert [c.file for c in refused.value.complaints] == ["calendar.toml"]
    shutil.copy(RULES / "calendar.toml", folder)
    shutil.copy(BAD / "unknown-key" / "directory.toml", folder)
    with pytest.raises(RulesRefused) as refused:
        load(folder)
    assert {c.file for c in refused.value.complaints} == {"directory.toml", "limits.toml"}


def test_rows_reach_into_arrays_and_strings() -> None:
    text = (
        'a = """\n[x]\n"""\n[[t]]\nk = [\n  { b = 1 },\n  # '
        '[no]\n  { b = "]" },\n]\n[t.u]\n[[t]]\n"q.r" = 1\n'
    )
    found = rows(text)
    assert found["t", 0] == 4
    assert found["t", 0, "k", 1, "b"] == 8
    assert found["t", 0, "u"] == 10
    assert found["t", 1, "q.r"] == 12
    assert ("x",) not in found


@pytest.mark.parametrize(
    ("text", "seconds", "working"),
    [("10m", 600, False), ("2wh", 7200, True), ("1d", 86400, False), ("3h", 10800, False)],
)
def test_spans(text: str, seconds: int, *, working: bool) -> None:
    span = parse_span(text)
    assert isinstance(span, Span)
    assert (span.length.total_seconds(), span.working) == (seconds, working)


@pytest.mark.parametrize("text", ["", "0m", "2", "wh", "2 wh", "-1h", "1e3m", "99999m", "٣h"])
def test_what_is_no_span(text: str) -> None:
    assert parse_span(text) is None
