"""The whole check runs before the first start, and again only where the unit's files have changed."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from mailbot.app import start
from mailbot.app.config import Settings, load_settings
from mailbot.app.finding import Finding
from mailbot.app.init import create, make_plan
from mailbot.app.start import digest_of_files, wrong_at_start
from mailbot.rulebook.complaint import Complaint

TODAY = date(2026, 11, 23)


@pytest.fixture
def unit(tmp_path: Path) -> Settings:
    folder = tmp_path / "birim"
    create(folder, make_plan({"unit_address": "basin@denizli-ism.example"}, None))
    return load_settings(folder / "mailbot.toml", {**os.environ, "MAILBOT_PASSWORD": "gizli"})


class Looks:
    """Counts the whole checks, and finds what it is told to find."""

    def __init__(self, *complaints: Complaint) -> None:
        self.count = 0
        self._complaints = complaints

    def __call__(
        self, settings: Settings, today: date, *, offline: bool, forms: bool = True
    ) -> list[Finding]:
        self.count += 1
        return [Finding("kurallar", self._complaints)]


def test_what_passed_is_not_looked_at_again(unit: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Looks(Complaint("directory.toml", None, "uyarı", warning=True))
    monkeypatch.setattr(start, "check", looks)
    assert wrong_at_start(unit, TODAY) == []
    assert wrong_at_start(unit, TODAY) == []
    assert looks.count == 1
    with (unit.templates / "durum" / "subject.txt").open("a") as subject:
        subject.write(" ")
    assert wrong_at_start(unit, TODAY) == []
    assert looks.count == 2


def test_what_did_not_pass_is_looked_at_until_it_does(
    unit: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Complaint("directory.toml", 3, "yanlış")
    looks = Looks(wrong)
    monkeypatch.setattr(start, "check", looks)
    assert wrong_at_start(unit, TODAY) == [wrong]
    assert wrong_at_start(unit, TODAY) == [wrong]
    assert looks.count == 2


def test_a_missing_password_keeps_a_known_unit_from_starting(
    unit: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "check", Looks())
    assert wrong_at_start(unit, TODAY) == []
    poor = load_settings(unit.file, {k: v for k, v in os.environ.items() if k != "MAILBOT_PASSWORD"})
    assert any("MAILBOT_PASSWORD" in str(c) for c in wrong_at_start(poor, TODAY))


def test_a_name_moved_between_files_is_another_state(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("xy")
    (tmp_path / "b").write_text("")
    one = digest_of_files(tmp_path)
    (tmp_path / "a").write_text("x")
    (tmp_path / "b").write_text("y")
    assert digest_of_files(tmp_path) != one
