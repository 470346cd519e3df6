"""Slips of the finger: one letter missing, too many, wrong, or two swapped.

A slip is never read by likeness alone. The unknown word is replaced by every known word that is one
slip away, and only if each of them leaves the reply an approval is it one (see `verdict.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_LETTERS = "abcdefghijklmnoprstuvyz"
_TURKISH = re.compile("[a-zçğıöşüâîû]+")
"""Anything else is no slip: a Cyrillic а is typed on purpose."""
_VOWEL, _CONSONANT = "[aeıioöuüâîû]", "[bcçdfgğhjklmnprsştvyz]"
_SPOKEN = re.compile(f"{_CONSONANT}?{_VOWEL}(?:{_CONSONANT}{{1,2}}{_VOWEL}){{0,6}}{_CONSONANT}?")
MOST = 12
"""More known neighbours than this: too unsure to be read at all."""


def one_slip(word: str) -> Iterator[str]:
    """Every spelling one slip away from `word`, many of them twice and most no words at all."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        for letter in _LETTERS:
            yield head + letter + tail
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]
        if tail:
            yield head + tail[1:]
            for letter in _LETTERS:
                yield head + letter + tail[1:]


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter missing, too many or wrong, or by two swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        swapped = one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
        return swapped == other or one[at + 1 :] == other[at + 1 :]
    short, long = sorted((one, other), key=len)
    return short[at:] == long[at + 1 :]


def neighbours(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The known words one slip away from the folded `word`, if that has 4 to 24 Turkish letters.

    A short word that can be spoken may be a word of its own (onam, olay) and is no slip.
    """
    if (
        not 4 <= len(word) <= 24
        or not _TURKISH.fullmatch(word)
        or (len(word) < 7 and _SPOKEN.fullmatch(word))
    ):
        return ()
    return tuple(dict.fromkeys(other for other in one_slip(word) if other != word and known(other)))
