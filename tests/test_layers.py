"""core <- reading <- rulebook <- ports <- adapters <- app: each room imports only to its left."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["core", "reading", "rulebook", "ports", "adapters", "app"]
OUTSIDE = {
    "adapters": None,  # any
    "reading/mime.py": {"mailparser"},
    "app": {"rich"},  # what people see in the terminal
}
"""Which files import packages from outside, and which ones."""
IMPURE = {
    "asyncio", "ftplib", "http", "imaplib", "io", "multiprocessing", "os", "pathlib", "random", "secrets",
    "shutil", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "uuid",
}  # fmt: skip
"""What core and reading never import."""
CLOCKS = {"now", "today", "utcnow"}

FILES = sorted((ROOT / "mailbot").rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    """The modules that a file imports, in full."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "mailbot" and len(parts) > 1 and parts[1] in ROOMS else None


def complaints(name: str, source: str) -> list[str]:
    """What is wrong with the imports and calls of `name`, a path below mailbot/."""
    tree = ast.parse(source)
    room = name.split("/", maxsplit=1)[0]
    if room not in ROOMS:
        return []
    wrong: list[str] = []
    allowed = {"core", "ports"} if room == "ports" else set(ROOMS[: ROOMS.index(room) + 1])
    outside = OUTSIDE.get(name, OUTSIDE.get(room, set()))
    for module in imported(tree):
        top = module.split(".")[0]
        other = room_of(module)
        if other is not None and other not in allowed:
            wrong.append(f"{room} imports {module}")
        elif (
            top != "mailbot"
            and top not in sys.stdlib_module_names
            and outside is not None
            and top not in outside
        ):
            wrong.append(f"{module} enters outside adapters/")
        elif room in ("core", "reading") and top in IMPURE:
            wrong.append(f"{room} is pure, {module} is not")
    if room in ("core", "reading"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Name) and node.func.id in ("open", "input", "print"):
                    wrong.append(f"line {node.lineno}: {node.func.id}()")
                if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                    wrong.append(f"line {node.lineno}: reads a clock")
    return wrong


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOT)) for file in FILES])
def test_a_file_keeps_to_its_room(file: Path) -> None:
    assert complaints(str(file.relative_to(ROOT / "mailbot")), file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("core/a.py", "from mailbot.reading import mime"),
        ("ports/a.py", "from mailbot.reading.mime import parse"),
        ("adapters/a.py", "import mailbot.app.service"),
        ("app/a.py", "import sqlmodel"),
        ("rulebook/a.py", "import rich"),
        ("reading/a.py", "import mailparser"),
        ("reading/a.py", "import socket"),
        ("core/a.py", "from datetime import datetime\nx = datetime.now()"),
        ("core/a.py", "open('x')"),
    ],
)
def test_a_breach_is_seen(name: str, source: str) -> None:
    assert complaints(name, source)


def test_every_room_is_in_the_wheel() -> None:
    listed = (ROOT / "pyproject.toml").read_text("utf-8")
    packages = {str(f.parent.relative_to(ROOT)).replace("/", ".") for f in FILES if f.name == "__init__.py"}
    assert [name for name in sorted(packages) if f'"{name}"' not in listed] == []
