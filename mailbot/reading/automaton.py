"""Regular patterns over the tags of words, matched in linear time.

A pattern is written in words: `sakinca.* ( yok.pred | bul+fact1 )`. A name that ends in `*` stands for
every tag with that beginning, `{name}` for another pattern, `? * +` and `|` mean what they mean in a
regular expression. A word may carry several tags, so the pattern runs as a Glushkov automaton over
sets of places: no input makes it slow, and no reading of an ambiguous word is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SYMBOL = re.compile(r"\s*(?:(?P<ref>\{\w+\})|(?P<tag>\w[\w]*(?:[.+-]\w+)*(?:[.+-]\*)?)|(?P<op>[()|?+*]))")
_CACHE_LIMIT = 20_000
"""States and words remembered; beyond it they are worked out anew."""


@dataclass(slots=True)
class _Part:
    """First and last places of a piece of a pattern, and whether it may be empty."""

    empty: bool
    first: int
    last: int


class Automaton:
    """A compiled pattern. Places are bits of an int; place 0 is the start."""

    def __init__(self, pattern: str, named: Mapping[str, str]) -> None:
        self._named = named
        self._tags: list[str] = [""]
        self._follow: list[int] = [0]
        whole = self._alternatives(_symbols(pattern))
        self._follow[0] = whole.first
        self._accept = whole.last | (1 if whole.empty else 0)
        self._exact: dict[str, int] = {}
        self._prefix: dict[str, int] = {}
        for place, tag in enumerate(self._tags):
            if tag.endswith("*"):
                self._prefix[tag[:-1]] = self._prefix.get(tag[:-1], 0) | 1 << place
            elif tag:
                self._exact[tag] = self._exact.get(tag, 0) | 1 << place
        self._by_tag: dict[str, int] = {}
        self._by_word: dict[frozenset[str], int] = {}
        self._next: dict[int, int] = {1: whole.first}

    def matches(self, words: Iterable[frozenset[str] | None]) -> bool:
        """Whether the pattern covers the whole sequence of tag sets; None stands for any word at all."""
        state = 1
        for tags in words:
            state = self._after(state) if tags is None else self._after(state) & self._places(tags)
            if not state:
                return False
        return bool(state & self._accept)

    def _after(self, state: int) -> int:
        found = self._next.get(state)
        if found is None:
            found, rest = 0, state
            while rest:
                low = rest & -rest
                found |= self._follow[low.bit_length() - 1]
                rest ^= low
            if len(self._next) < _CACHE_LIMIT:
                self._next[state] = found
        return found

    def _places(self, tags: frozenset[str]) -> int:
        found = self._by_word.get(tags)
        if found is None:
            found = 0
            for tag in tags:
                found |= self._of_tag(tag)
            if len(self._by_word) < _CACHE_LIMIT:
                self._by_word[tags] = found
        return found

    def _of_tag(self, tag: str) -> int:
        found = self._by_tag.get(tag)
        if found is None:
            found = self._exact.get(tag, 0)
            for prefix, places in self._prefix.items():
                if tag.startswith(prefix):
                    found |= places
            self._by_tag[tag] = found
        return found

    # The pattern's own grammar: alternatives of sequences of pieces with a sign behind them.

    def _alternatives(self, symbols: list[str]) -> _Part:
        part = self._sequence(symbols)
        while symbols and symbols[-1] == "|":
            symbols.pop()
            other = self._sequence(symbols)
            part = _Part(part.empty or other.empty, part.first | other.first, part.last | other.last)
        return part

    def _sequence(self, symbols: list[str]) -> _Part:
        part = _Part(empty=True, first=0, last=0)
        while symbols and symbols[-1] not in "|)":
            piece = self._piece(symbols)
            self._link(part.last, piece.first)
            part = _Part(
                part.empty and piece.empty,
                part.first | (piece.first if part.empty else 0),
                piece.last | (part.last if piece.empty else 0),
            )
        return part

    def _piece(self, symbols: list[str]) -> _Part:
        symbol = symbols.pop()
        if symbol == "(":
            part = self._alternatives(symbols)
            if not symbols or symbols.pop() != ")":
                raise ValueError("a bracket is left open")
        elif symbol.startswith("{"):
            part = self._alternatives(_symbols(self._named[symbol[1:-1]]))
        else:
            place = 1 << len(self._tags)
            self._tags.append(symbol)
            self._follow.append(0)
            part = _Part(empty=False, first=place, last=place)
        while symbols and symbols[-1] in ("?", "*", "+"):
            sign = symbols.pop()
            if sign != "?":
                self._link(part.last, part.first)
            part = _Part(part.empty or sign != "+", part.first, part.last)
        return part

    def _link(self, lasts: int, firsts: int) -> None:
        while lasts:
            low = lasts & -lasts
            self._follow[low.bit_length() - 1] |= firsts
            lasts ^= low


def _symbols(pattern: str) -> list[str]:
    """The symbols of a pattern, last first."""
    found, at, pattern = [], 0, pattern.rstrip()
    while at < len(pattern):
        symbol = _SYMBOL.match(pattern, at)
        if symbol is None:
            raise ValueError(f"cannot read the pattern at {pattern[at : at + 20]!r}")
        found.append(symbol[0].strip())
        at = symbol.end()
    return found[::-1]
