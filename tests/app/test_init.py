"""mailbot init: a directory that loads, for its owner alone, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.app.config import load_settings
from mailbot.app.init import PlanRefused, create, make_plan
from mailbot.rulebook.load import load

FLAGS = {"unit_address": "basin@ism.example", "imap_host": "127.0.0.1:1143", "smtp_host": "smtp.ism.example"}


def test_the_new_directory_loads_and_is_private(tmp_path: Path) -> None:
    target = tmp_path / "birim"
    create(target, make_plan(FLAGS, None))
    settings = load_settings(target / "mailbot.toml", {})
    assert (settings.imap.port, settings.imap.tls, settings.smtp.tls) == (1143, "none", "starttls")
    assert settings.state.is_dir()
    assert str(load(target / "rules").book.unit.address) == "basin@ism.example"
    assert all(path.stat().st_mode & 0o077 == 0 for path in [target, *target.rglob("*")])


def test_answers_at_the_terminal_become_addresses(tmp_path: Path) -> None:
    answers = {"Yerel basın": "bir@a.example, iki@b.example", "İl Sağlık Müdürünün": "m@ism.example"}

    def ask(question: str, default: str) -> str:
        return next((text for start, text in answers.items() if question.startswith(start)), default)

    create(tmp_path / "d", make_plan(FLAGS, ask))
    book = load(tmp_path / "d" / "rules").book
    assert [str(p.address) for p in book.lists["yerel-basin"].members] == ["bir@a.example", "iki@b.example"]
    assert [str(p.address) for o in book.offices.values() if o.id == "mudur" for p in o.people] == [
        "m@ism.example"
    ]


def test_what_exists_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "mailbot.toml").write_text("benim", "utf-8")
    said = create(tmp_path, make_plan(FLAGS, None))
    assert (tmp_path / "mailbot.toml").read_text("utf-8") == "benim"
    assert list((tmp_path / "rules").iterdir()) == []
    assert sum(line.startswith("zaten var") for line in said) == 2


@pytest.mark.parametrize(
    "wrong",
    [{"unit_address": "basin"}, {"imap_host": "http://x"}, {"smtp_host": "x:99999"}, {"password_env": "a b"}],
)
def test_wrong_answers_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(PlanRefused):
        make_plan(FLAGS | wrong, None)


def test_a_wrong_answer_is_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter(["basin", "basin@ism.example"])

    def ask(question: str, default: str) -> str:
        return next(answers) if question.startswith("Birimin") else default

    assert str(make_plan({}, ask).unit_address) == "basin@ism.example"
    assert "“basin” bir e-posta adresi değil" in capsys.readouterr().err


def test_people_replace_the_examples(tmp_path: Path) -> None:
    people = ["personel=Ece Taslak <ece@ism.example>; bora@ism.example", "yerel-basin=a@basin.example"]
    create(tmp_path / "d", make_plan(FLAGS | {"people": people}, None))
    book = load(tmp_path / "d" / "rules").book
    assert [(str(p.address), p.name, p.role.value) for p in book.staff] == [
        ("ece@ism.example", "Ece Taslak", "sorumlu"),
        ("bora@ism.example", "", "editor"),
    ]
    assert [str(p.address) for p in book.lists["yerel-basin"].members] == ["a@basin.example"]
    with pytest.raises(PlanRefused, match="KİM=ADRES"):
        make_plan(FLAGS | {"people": ["muhtar=a@b.example"]}, None)
