"""A scenario is played in the terminal, and a workflow drawn, without a configuration."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from mailbot.app.cli import main

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def test_a_scenario_is_played_with_the_mails_that_leave(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["simulate", str(SCENARIOS / "s1-web.senaryo")]) == 0
    said = capsys.readouterr().out
    assert "mudur@denizli-ism.example" in said
    assert "sonuna kadar tuttu" in said


def test_a_line_that_is_not_so_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "yanlis.senaryo"
    file.write_text("senaryo: x\nsaat 23.11.2026 10.00\nkayıt sayısı 3\n", "utf-8")
    assert main(["simulate", str(file)]) == 1
    assert "yanlis.senaryo:3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "words"),
    [("saat 23.11.2026 10.00\n", "senaryo:"), ("senaryo: x\nmudur şarkı söyler\n", "anlaşılmadı")],
)
def test_a_file_that_cannot_be_read_says_why(
    text: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "bozuk.senaryo"
    file.write_text(text, "utf-8")
    assert main(["simulate", str(file)]) == 2
    assert words in capsys.readouterr().err
    assert main(["simulate", str(tmp_path / "yok.senaryo")]) == 2


def test_a_clock_that_would_run_backwards_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "geri.senaryo"
    file.write_text("senaryo: x\nsaat 23.11.2026 10.00\nsaat 22.11.2026 10.00\n", "utf-8")
    assert main(["simulate", str(file)]) == 1
    assert "geri alınamaz" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["news", "info_note", "interview"])
def test_a_workflow_is_drawn_with_every_stage(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "akis.svg"
    assert main(["graph", name, "--out", str(out)]) == 0
    words = " ".join(ET.fromstring(out.read_text("utf-8")).itertext())
    assert "Müdür onayında" in words
    assert "Kapandı" in words
    assert main(["graph", name]) == 0
    assert capsys.readouterr().out.startswith("<svg")


def test_an_unknown_workflow_gets_the_nearest_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["graph", "newz"]) == 1
    assert "“news”" in capsys.readouterr().err
