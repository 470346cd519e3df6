"""A process of one's own is one workflow file and two templates: a permit for a drone flight."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from mailbot.app.cli import main
from mailbot.app.scenario.language import parse
from mailbot.app.scenario.play import Player
from mailbot.app.simulate import world
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import load
from mailbot.rulebook.search import search

FLIGHT = """
name  = "drone"
code  = "DRN"
title = "Drone uçuş izni"

[fields]
title     = { type = "line", label = "uçuşun amacı", bind = true, words = ["amaç"] }
place     = { type = "line", label = "uçuş yeri", bind = true, words = ["yer"] }
starts_at = { type = "time", label = "uçuş zamanı", bind = true, words = ["zaman"] }

[[stage]]
name  = "talep"
title = "Talep"
need  = ["title", "place", "starts_at"]

[[stage]]
name       = "onayda"
title      = "Onayda"
ask        = ["mudur", "valilik"]
ask_mail   = "drone-onayi"
again_mail = "drone-onayi"

[[stage]]
name  = "izinli"
title = "İzinli"
gate  = true
tell  = [{ to = "opener", template = "drone-izni", carry = false }]
wait  = ["starts_at"]

[on]
revise = "talep"
reopen = "onayda"
"""

DAY = """senaryo: Drone uçuşu
saat 23.11.2026 10.00
ada.kurgu yazar mudur; bilgi: bot
  konu: Drone uçuş izni: hastane tanıtım çekimi
  | Sayın Müdürüm, uçuş için onaylarınıza arz ederim.
  |
  | Yer: Gökpınar Eğitim ve Araştırma Hastanesi
  | Zaman: 26.11.2026 11.00
  |
  | Kolay gelsin
bekle mudur, valilik drone-onayi
gitmedi bakanlik
mudur yanıtlar: Uygundur
durum onayda
valilik yanıtlar: Uygundur
durum izinli
bekle ada.kurgu drone-izni
"""


@pytest.fixture
def unit(tmp_path: Path) -> tuple[Path, Path]:
    """The unit's rules and templates with a chain of its own beside the shipped ones."""
    rules, templates = tmp_path / "rules", tmp_path / "templates"
    shutil.copytree(rules_dir(), rules)
    shutil.copytree(templates_dir(), templates)
    (rules / "workflows" / "drone.toml").write_text(FLIGHT, "utf-8")
    for made, like in (("drone-onayi", "cekim-onayi"), ("drone-izni", "kapandi")):
        shutil.copytree(templates / like, templates / made)
    for name in ("body.txt", "body.html"):
        body = templates / "drone-onayi" / name
        words = body.read_text("utf-8")
        for field in ("outlet", "speaker"):
            words = words.replace("{{ item.fields." + field + " }}", "-")
        body.write_text(words, "utf-8")
    return rules, templates


def test_it_is_played_from_the_mail_to_the_permit(unit: tuple[Path, Path], tmp_path: Path) -> None:
    made = world(*unit, tmp_path)
    try:
        asyncio.run(Player(made).play(parse(DAY, "drone.senaryo")))
    finally:
        made.parts.documents.close()
        made.parts.store.close()


def test_check_looks_through_its_states_and_graph_draws_it(
    unit: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = load(unit[0]).book
    assert search(book.workflows["drone"], book) == ()
    monkeypatch.setattr("mailbot.resources.rules_dir", lambda: unit[0])
    monkeypatch.setattr("mailbot.resources.templates_dir", lambda: unit[1])
    monkeypatch.chdir(tmp_path)
    assert main(["graph", "drone", "--out", str(tmp_path / "drone.svg")]) == 0
    assert "Drone uçuş izni" in (tmp_path / "drone.svg").read_text("utf-8")
