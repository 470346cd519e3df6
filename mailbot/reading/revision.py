"""A staff mail that brings a new text for an item: the text, without what was written around it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from mailbot.reading.plain import plain, tidy

_LABEL = re.compile(
    r"^\W{0,3}(?:(?:yeni|guncel|guncellenmis|duzeltilmis|degistirilmis|revize|son|ikinci|nihai)\s{1,3}){0,2}"
    r"(?:haber\s{1,3}|bulten\s{1,3}|duyuru\s{1,3})?(?:metn?i?n?i?|hali|hâli|surum)"
    r"(?:\s{1,3}(?:su|soyle|asagida|asagidadir|asagidaki gibidir|bu|budur|asagida sunulmustur)){0,2}"
    r"(?:\s{1,3}\(?(?:s(?:urum)?|v)\.?\s?\d{1,2}\)?)?\s{0,3}[:.]?\s{0,3}$"
)
"""A line of its own that says "the text follows"."""

_INLINE = re.compile(
    r"^\W{0,3}(?:yeni|guncel|duzeltilmis|revize|son)?\s{0,3}(?:haber\s)?metin\s{0,3}:\s{0,3}(?=\S)"
)

ALIKE = 0.6
"""Share of words in common above which a long mail is taken for a new version of the text."""

LONG = 200
"""Characters below which a mail without a label is a remark, not a text."""

_MOST = 60_000


def revised_text(words: str, current: str) -> str | None:
    """The new text that the new words of a staff mail carry, or None where they are a remark.

    A label line ("Yeni metin:") says so; without one, a long mail that is mostly the `current` text
    does. Its paragraphs that resemble nothing before the first resembling one are a covering note.
    """
    text = tidy(words)[:_MOST].strip("\n")
    lines = text.split("\n")
    for number, line in enumerate(lines[:40]):
        low = plain(line)
        if len(line) <= 80 and _LABEL.match(low):
            rest = "\n".join(lines[number + 1 :]).strip()
            return rest or None
        if found := _INLINE.match(low):
            return "\n".join((line[found.end() :], *lines[number + 1 :])).strip()
    if len(text) < LONG or not current.strip():
        return None
    paragraphs = [p.strip() for p in re.split(r"\n\s{0,200}\n", text) if p.strip()]
    known = set(plain(current).split())
    first = next((i for i, p in enumerate(paragraphs) if _share(p, known) >= ALIKE and len(p) > 60), None)
    if first is None:
        return None
    body = "\n\n".join(paragraphs[first:])
    matcher = SequenceMatcher(None, plain(current).split()[:4000], plain(body).split()[:4000], autojunk=False)
    return body if matcher.ratio() >= ALIKE else None


def _share(paragraph: str, known: set[str]) -> float:
    words = plain(paragraph).split()
    return sum(word in known for word in words) / len(words) if words else 0.0
