"""`rules/lexicon.toml` as a press officer opens it: in order, said once, with a word on every class."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PATH = Path(__file__).resolve().parents[2] / "rules" / "lexicon.toml"
TEXT = PATH.read_text("utf-8")
LEXICON = tomllib.loads(TEXT)
ORDER = "aâbcçdefgğhıiîjklmnoöpqrsştuüûvwxyz0123456789"


def in_order(word: str) -> list[int]:
    return [ORDER.find(letter) for letter in word.replace(" ", "\0")]


def test_no_word_stands_twice_in_a_class() -> None:
    twice = [
        (section, name, word)
        for section, classes in LEXICON.items()
        for name, words in classes.items()
        for word in set(words)
        if words.count(word) > 1
    ]
    assert twice == []


def test_words_stand_in_the_order_of_the_alphabet() -> None:
    groups = re.findall(r"(?:\[\n|# [^\n]*\n)((?:    \"[^\n]*\n)+)", TEXT)
    assert len(groups) > 80
    for group in groups:
        words = re.findall(r'"([^"]*)"', group)
        assert words == sorted(words, key=in_order), words[:5]


def test_every_class_says_what_it_is_and_no_line_is_long() -> None:
    lines = TEXT.splitlines()
    for at, line in enumerate(lines):
        assert len(line) <= 115, line
        if re.match(r"[a-z-]+ = \[", line):
            assert lines[at - 1].startswith("# "), line
