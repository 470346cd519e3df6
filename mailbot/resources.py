"""Where the default rules and templates lie: at the top of a checkout, inside an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def rules_dir() -> Path:
    """The folder of the default rules."""
    return _find("rules")


def templates_dir() -> Path:
    """The folder of the default templates."""
    return _find("templates")


def _find(name: str) -> Path:
    checkout = _PACKAGE.parent / name
    # pyproject.toml beside it: no stray folder of that name in site-packages is taken for ours.
    if checkout.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return checkout
    return _PACKAGE / "_data" / name
