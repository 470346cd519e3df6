"""What was wrong and what is right, in the words of an order to correct (YAYIN DÜZELTME)."""

from __future__ import annotations

import re

_ARROW = re.compile(r"\s{0,3}(?:→|⇒|->|=>|–>|—>)\s{0,3}")
_NOT = re.compile(r"\s{1,3}değil(?:dir)?\s?[,;]?\s{1,3}", re.IGNORECASE)
_INSTEAD = re.compile(r"\s{1,3}yerine\s{1,3}", re.IGNORECASE)
_TAIL = re.compile(
    r"\s{1,3}(?:olacak(?:tı|tır)?|olmalı(?:ydı|dır)?|yazılmalı(?:ydı|dır)?|yazılacak(?:tı|tır)?|olsun)\s?[.!]?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"yanlış\s?:\s?(?P<wrong>[^\n;]{1,500}?)\s?[;\n,]\s?doğru(?:su)?\s?:\s?(?P<right>[^\n]{1,500})",
    re.IGNORECASE,
)


def read_amendment(words: str) -> tuple[str, str] | None:
    """The wrong and the right words; None where they are not both said."""
    said = words.strip()
    if labelled := _LABELLED.search(said):
        return _both(labelled["wrong"], labelled["right"])
    for sign in (_ARROW, _NOT, _INSTEAD):
        parts = sign.split(said, maxsplit=1)
        if len(parts) == 2:
            return _both(*parts)
    return None


def _both(wrong: str, right: str) -> tuple[str, str] | None:
    wrong, right = (_TAIL.sub("", part).strip(" \t\"'“”‘’«»:;,.") for part in (wrong, right))
    return (wrong, right) if wrong and right and wrong != right else None
