"""Turkish letters: the one way in which words are compared.

`"İ".lower()` is two characters and `"ONAYLIYORUM".lower()` is `onayliyorum`, so nothing in the
project lowers or compares Turkish words on its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064]+")
_LINE = 300
"""Characters of a text whose folding is remembered."""
_BARE = str.maketrans("çğıöşüâîû", "cgiosuaiu")


def fold(text: str) -> str:
    """`text` in lower case by the Turkish rules, in NFC, without invisible characters.

    NFKC rather than NFKD: compatibility forms are joined, and ş, ğ, ö stay letters of their own.
    """
    if text.isascii():
        return text.replace("I", "ı").lower()
    return _folded(text) if len(text) <= _LINE else _fold(text)


def _fold(text: str) -> str:
    # Searching and replacing costs a seventh of str.translate, and every line of every mail comes by.
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = text.replace("İ", "i").replace("I", "ı").lower()
    return unicodedata.normalize("NFC", text.replace("\u0307", ""))


# Remembered: the lines of a letter come by in each of its forms, beside what was sent and without it.
_folded = lru_cache(maxsize=4096)(_fold)


def bare(folded: str) -> str:
    """`folded` as somebody types it without Turkish letters: the key under which words are kept."""
    return folded.translate(_BARE)


def typed_for(typed: str, known: str) -> bool:
    """Whether `typed` is `known`, perhaps with diacritics left out; both folded.

    A diacritic may be missing, never added: `onayliyorum` is onaylıyorum, `ölür` is not olur. ı and i
    stand for each other, since capitals typed without Turkish letters fold to ı.
    """
    if typed == known:
        return True
    if len(typed) != len(known):
        return False
    return all(
        a == b or a == b.translate(_BARE) or (a in "ıi" and b in "ıiî")
        for a, b in zip(typed, known, strict=True)
    )


_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> list[str]:
    """The folded words of `text`: letters only, in order."""
    return _WORD.findall(fold(text))
