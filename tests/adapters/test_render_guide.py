"""The guide shows the mails as they leave, and orders that work as written.

`MAILBOT_GOLDEN=write` copies the golden files into the guide.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from email import message_from_string, policy
from pathlib import Path

import pytest

from mailbot.app.cli import parser
from mailbot.core.command import Command
from mailbot.core.directory import Directory
from mailbot.core.worktime import ISTANBUL
from mailbot.reading.command import read_commands
from mailbot.rulebook.load import load

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "kullanim.md"
GOLDEN = Path(__file__).parent / "golden"
_MAIL = re.compile(r"(?<=<!-- ileti: )([a-z-]+) -->\n```text\n(.*?)```", re.DOTALL)


def as_shown(template: str) -> str:
    """A golden mail as the guide shows it: its subject and its text."""
    mail = message_from_string(
        (GOLDEN / f"{template}.txt").read_text(encoding="utf-8"), policy=policy.default
    )
    return f"Konu: {mail['Subject']}\n\n{mail.get_payload()}"


def test_the_guide_shows_the_mails_as_they_leave() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    current = _MAIL.sub(lambda found: f"{found[1]} -->\n```text\n{as_shown(found[1])}```", guide)
    if os.environ.get("MAILBOT_GOLDEN") == "write":
        GUIDE.write_text(current, encoding="utf-8")
    assert len(_MAIL.findall(guide)) == guide.count("```text")
    assert GUIDE.read_text(encoding="utf-8") == current


def _orders() -> list[str]:
    table = GUIDE.read_text(encoding="utf-8").split("**Komutlar:**")[1].split("Anlaşılmayan satır")[0]
    return list(re.findall(r"`([^`\n]+)`", table))


@pytest.mark.parametrize("line", _orders())
def test_orders_of_the_guide_work_as_written(line: str) -> None:
    book = load(ROOT / "rules").book
    now = datetime(2026, 11, 23, 17, 30, tzinfo=ISTANBUL)
    [found] = read_commands(line, directory=Directory.of(book), calendar=book.calendar, now=now)
    assert isinstance(found, Command)
    assert found.lacking == ""


@pytest.mark.parametrize("line", re.findall(r"`mailbot ([^`\n]+)`", GUIDE.read_text(encoding="utf-8")))
def test_calls_of_the_guide_are_calls_of_the_program(line: str) -> None:
    assert parser().parse_args(line.split()).command == line.split(maxsplit=1)[0]
