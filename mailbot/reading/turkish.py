"""Turkish letters: the one way in which words are compared.

`"İ".lower()` is two characters and `"ONAYLIYORUM".lower()` is `onayliyorum`, so nothing in the
project lowers or compares Turkish words on its own.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)]
)
_DOTS = str.maketrans({"İ": "i", "I": "ı"})
_BARE = str.maketrans("çğıöşüâîû", "cgiosuaiu")


def fold(text: str) -> str:
    """`text` in lower case by the Turkish rules, in NFC, without invisible characters.

    NFKC rather than NFKD: compatibility forms are joined, and ş, ğ, ö stay letters of their own.
    """
    if text.isascii():
        return text.replace("I", "ı").lower()
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_DOTS).lower()
    return unicodedata.normalize("NFC", text.replace("\u0307", ""))


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
    return all(a == b or a == b.translate(_BARE) or (a in "ıi" and b in "ıiî") for a, b in zip(typed, known, strict=True))


_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> list[str]:
    """The folded words of `text`: letters only, in order."""
    return _WORD.findall(fold(text))
