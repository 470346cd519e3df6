"""The defaults are found in a checkout and in an installed wheel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mailbot import resources

ROOT = Path(__file__).parents[1]


def test_a_checkout_uses_the_folders_at_its_top() -> None:
    assert resources.rules_dir() == ROOT / "rules"
    assert resources.templates_dir() == ROOT / "templates"


def test_an_installed_package_uses_what_the_wheel_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "mailbot"
    (package / "_data" / "rules").mkdir(parents=True)
    (tmp_path / "site-packages" / "rules").mkdir()  # somebody else's
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.rules_dir() == package / "_data" / "rules"
    assert resources.templates_dir() == package / "_data" / "templates"


def test_the_wheel_carries_every_folder_of_the_package_and_both_defaults() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {path.parent for path in (ROOT / "mailbot").rglob("*.py")}
    names = {".".join(path.relative_to(ROOT).parts) for path in folders}
    assert names | {"mailbot._data.rules", "mailbot._data.templates"} == set(told["packages"])
    assert told["package-dir"]["mailbot._data.rules"] == "rules"
    assert told["package-dir"]["mailbot._data.templates"] == "templates"
