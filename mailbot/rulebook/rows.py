"""In which row of a TOML file a table, key or array element stands.

`tomllib` gives values without places. This scanner gives places without values: it runs over text
that `tomllib` has accepted, so it may be lax about everything that TOML forbids.
"""

from __future__ import annotations

from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Keys and array positions from the top: ("office", 2, "people", 0, "address")."""


def rows(text: str) -> Mapping[Path, int]:
    """The row, from 1, of every table, key and array element of valid TOML `text`."""
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.document()
    return scanner.found


def row_of(found: Mapping[Path, int], path: Path) -> int | None:
    """The row of `path`, or of the nearest thing around it."""
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.row = 1
        self.found: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        """How often an array of tables was opened."""

    def document(self) -> None:
        here: Path = ()
        while self._skip():
            if self.text.startswith("[[", self.at):
                row = self.row
                self._step(2)
                path = self._resolve(self._key("]"))
                self._step(2)
                number = self.counts.get(path, -1) + 1
                self.counts[path] = number
                here = (*path, number)
                self.found.setdefault(path, row)
                self.found[here] = row
            elif self._peek() == "[":
                row = self.row
                self._step(1)
                here = self._resolve(self._key("]"))
                self._step(1)
                self.found.setdefault(here, row)
            else:
                self._pair(here)

    def _resolve(self, keys: Path) -> Path:
        """A header's keys with the position of the last element of each array of tables on the way."""
        path: Path = ()
        for index, key in enumerate(keys):
            path = (*path, key)
            if path in self.counts and index < len(keys) - 1:
                path = (*path, self.counts[path])
        return path

    def _pair(self, here: Path) -> None:
        row = self.row
        keys = self._key("=")
        self._step(1)
        for end in range(1, len(keys) + 1):
            self.found.setdefault((*here, *keys[:end]), row)
        self._skip()
        self._value((*here, *keys))

    def _value(self, path: Path) -> None:
        match self._peek():
            case "[":
                self._step(1)
                number = 0
                while self._skip() and self._peek() != "]":
                    if self._peek() == ",":
                        self._step(1)
                        continue
                    self.found[(*path, number)] = self.row
                    self._value((*path, number))
                    number += 1
                self._step(1)
            case "{":
                self._step(1)
                while self._skip() and self._peek() != "}":
                    if self._peek() == ",":
                        self._step(1)
                        continue
                    self._pair(path)
                self._step(1)
            case '"' | "'":
                self._string()
            case _:
                while self._peek() not in ("", ",", "]", "}", "\n", "#"):
                    self._step(1)

    def _key(self, end: str) -> Path:
        keys: list[str] = []
        while self._peek() not in ("", end):
            char = self._peek()
            if char in "\"'":
                keys.append(self._string())
            elif char in " \t.":
                self._step(1)
            else:
                start = self.at
                while self._peek() not in ("", end, ".", " ", "\t", "\n"):
                    self._step(1)
                if self.at == start:
                    self._step(1)
                else:
                    keys.append(self.text[start : self.at])
        return tuple(keys)

    def _string(self) -> str:
        quote = self._peek()
        mark = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self._step(len(mark))
        start = self.at
        while self.at < len(self.text) and not self.text.startswith(mark, self.at):
            self._step(2 if quote == '"' and self._peek() == "\\" else 1)
        content = self.text[start : self.at]
        self._step(len(mark))
        while len(mark) == 3 and self._peek() == quote:
            self._step(1)
        return content

    def _skip(self) -> bool:
        """Pass over blanks, line ends and comments; False at the end of the text."""
        while self.at < len(self.text):
            char = self._peek()
            if char == "#":
                while self._peek() not in ("", "\n"):
                    self._step(1)
            elif char in " \t\n\r":
                self._step(1)
            else:
                return True
        return False

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _step(self, count: int) -> None:
        self.row += self.text.count("\n", self.at, self.at + count)
        self.at += count
