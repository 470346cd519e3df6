"""Answers typed into the quoted part: words there that were never sent.

Clients without quote signs (Outlook, Apple Mail) let people write between the lines of the quote.
Compared are folded words, not lines: re-wrapping, quotation marks and spaces of a client leave nothing
behind. What remains vetoes an approval and never makes one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mailbot.reading import boundaries, notices
from mailbot.reading.page import Line
from mailbot.reading.turkish import bare, fold

MAX_SENT = 200_000
"""Characters of one earlier mail that are compared."""
MAX_TEXTS = 50
MAX_RESIDUE = 4_000
"""Characters of what is kept of the words that we did not send."""
MIN_LETTERS = 8
LONG_LETTERS = 25
"""A line of as many letters is ours wherever it stands."""
_WRAPPED = 110
"""Characters of a line that a client may have wrapped."""
_RUN = 3
"""Neighbouring words that have to stand together in what was sent."""

_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_SIGNS = re.compile(r"^(?:\s{0,3}(?:>|&gt;|\|))+\s{0,3}|^\s{0,3}[A-ZÇĞİÖŞÜ]{1,3}>\s?")
_LABELLED = re.compile(
    r"^\W{0,4}(?:kimden|gönderen|gonderen|gönderildi|gönderilenler|kime|alıcı|bilgi|tarih|konu|from|sent|to|cc|"
    r"date|subject|von|gesendet|an|datum|betreff|de|à|objet|envoyé|ekler?|attachments?|önem|[iı]mportance)\b\s?[:\"<\d]?"
)
_COMMENT = re.compile(
    r"^\W{0,3}[\[(<]{1,2}\s?[^\W\d_][\w .]{0,30}[\])>]{1,2}\s?[:\-–]|^(?:\*{2,4}|>>|==>|-->|→)\s?\w"
)
"""A writer's own mark before words put into a quote: [Ad]: …, ** …, → …"""


def key(text: str) -> str:
    """The letters of `text`, folded: how lines are compared whatever a client did to them."""
    return _NO_LETTER.sub("", fold(text))


class Sent:
    """What went out or came in before in the thread, as letters and as words."""

    def __init__(self, texts: Sequence[str]) -> None:
        known = [_letters(text[:MAX_SENT]) for text in texts[:MAX_TEXTS]]
        self.lines = frozenset[str]().union(*(lines for lines, _ in known))
        self.stream = "\n".join(stream for _, stream in known)
        self._texts = tuple(text[:MAX_SENT] for text in texts[:MAX_TEXTS])

    def __bool__(self) -> bool:
        return bool(self.lines)

    def holds(self, line: str, above: str = "") -> bool:
        """Whether a line's letters were sent; `above`: the line above it if that was, for wrapped lines."""
        if len(line) >= MIN_LETTERS and (
            line in self.lines or (len(line) >= LONG_LETTERS and line in self.stream)
        ):
            return True
        return len(above) >= MIN_LETTERS and above + line in self.stream

    def knows(self, word: str) -> bool:
        """Whether the folded word stands anywhere in what was sent."""
        return any(word in _words(text)[0] for text in self._texts)

    def covered(self, row: Sequence[str]) -> list[bool]:
        """Which of these folded words stand in a run of three that was sent."""
        found = [False] * len(row)
        runs = [_words(text)[1] for text in self._texts]
        for place in range(len(row) - _RUN + 1):
            run = tuple(row[place : place + _RUN])
            if any(run in known for known in runs):
                found[place : place + _RUN] = (True,) * _RUN
        return found


# Remembered: every reply about an item asks for the same mails again.
@lru_cache(maxsize=500)
def _letters(text: str) -> tuple[frozenset[str], str]:
    """The letters of a text, line by line and in one."""
    folded = fold(text)
    lines = frozenset(_NO_LETTER.sub("", line) for line in folded.splitlines()[:1_500])
    return lines, _NO_LETTER.sub("", folded)


@lru_cache(maxsize=100)
def _words(text: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """The folded words of a text, and its runs of three."""
    row = _WORD.findall(bare(fold(_LINK.sub(" ", text))))
    return frozenset(row), frozenset(zip(row, row[1:], row[2:], strict=False))


def residue(lines: Sequence[Line], sent: Sent) -> tuple[list[str], list[str]]:
    """The words of the quoted `lines` that were not sent, a line each; and the disclaimers among them.

    Where nothing is known of what was sent, only words that give themselves away: put in another
    colour, struck out, or behind a writer's own mark.
    """
    quoted = [line for line in lines if line.quoted]
    out = [line.struck for line in quoted if line.struck and not _told(line, sent)]
    known = False
    legal: list[str] = []
    if sent:
        segments, legal = _segments(quoted, sent)
        for segment in segments:
            words, ours = _unsent(segment, sent)
            known = known or ours
            if ours:
                out += words
    if not known:
        for line in quoted:
            text = _SIGNS.sub("", line.text)
            if line.marked:
                out.append(line.marked)
            elif _COMMENT.match(text) and not boundaries.divider(fold(text)):
                out.append(text)
    return out, legal


def _told(line: Line, sent: Sent) -> bool:
    """Whether the strike-through is one of our own comparisons of two versions."""
    return "ÇIKTI:" in line.text or key("ÇIKTI:" + line.struck) in sent.stream


def _segments(quoted: Sequence[Line], sent: Sent) -> tuple[list[list[str]], list[str]]:
    """The quoted letters one below the other, without headers and attributions; and their disclaimers."""
    texts = [_SIGNS.sub("", line.text).strip() for line in quoted]
    depths = [line.text[:20].count(">") if line.text.startswith(">") else 0 for line in quoted]
    folded = [fold(text[: boundaries.MAX_LINE]) for text in texts]
    segments: list[list[str]] = [[]]
    found: list[str] = []
    place, header, legal = 0, 0, False
    while place < len(texts):
        line = folded[place]
        if place and depths[place] != depths[place - 1]:
            segments.append([])
        block = boundaries.header_block(folded, place) if ":" in line else None
        if block is not None:
            segments.append([])
            place, header, legal = block, 3, False
            continue
        end = boundaries.attribution_end(folded, place)
        if end is not None or boundaries.divider(line) or boundaries.divider(fold(quoted[place].text[:200])):
            segments.append([])
            place, header, legal = (place if end is None else end) + 1, 8, False
            continue
        if boundaries.marker(line):
            header = 0
        elif header and (_LABELLED.match(line) or ("@" in line and len(line) < 160)):
            pass
        elif not line:
            legal = False
        elif notices.disclaimer(line) or notices.banner(line) or (legal and not sent.holds(key(line))):
            # To the end of its paragraph, where lines are wrapped. It is read with the signature.
            legal = len(line) < _WRAPPED
            found.append(texts[place])
        elif not notices.device(line):
            legal = False
            segments[-1].append(texts[place])
        header = max(0, header - 1)
        place += 1
    return segments, found


def _unsent(segment: Sequence[str], sent: Sent) -> tuple[list[str], bool]:
    """The words of one quoted letter that were not sent, and whether any of it was."""
    whole: list[bool] = []
    above = ""
    for text in segment:
        letters = key(text)
        mine = not letters or letters in sent.lines or sent.holds(letters, above)
        above = letters if mine else ""
        whole.append(mine)
    if all(whole):
        return [], any(segment)
    row: list[str] = []
    owner: list[tuple[int, int, int]] = []
    """Line, start and end of each word of `row`."""
    for number, text in enumerate(segment):
        plain = _LINK.sub(lambda found: " " * len(found[0]), text) if "/" in text or "www" in text else text
        for found in _WORD.finditer(plain):
            for word in _WORD.findall(bare(fold(found[0]))):
                row.append(word)
                owner.append((number, found.start(), found.end()))
    covered = sent.covered(row)
    ours = any(mine and key(text) for mine, text in zip(whole, segment, strict=True)) or any(covered)
    capital = [segment[number][start:end].isupper() for number, start, end in owner]
    labels = _labels(row, covered, capital, sent)
    spans: dict[int, tuple[int, int]] = {}
    for place, (number, start, end) in enumerate(owner):
        if whole[number] or covered[place]:
            continue
        if place in labels:
            continue
        first, _ = spans.get(number, (start, end))
        spans[number] = (first, end)
    return [_shown(segment[number], start, end) for number, (start, end) in spans.items()], ours


def _labels(row: Sequence[str], covered: Sequence[bool], capital: Sequence[bool], sent: Sent) -> set[int]:
    """The places of button labels, which stand twice in our HTML and once in our plain text.

    One word in capitals that we use, or several that come again right behind what the button does.
    """
    found: set[int] = set()
    for place, held in enumerate(covered):
        start = place
        while held and start and not covered[start - 1] and capital[start - 1] and place - start < 3:
            start -= 1
        label = tuple(row[start:place])
        again = any(tuple(row[n : n + len(label)]) == label for n in range(place, min(place + 30, len(row))))
        if label and all(map(sent.knows, label)) and (len(label) == 1 or again):
            found.update(range(start, place))
    return found


def _shown(line: str, start: int, end: int) -> str:
    """The line where most of it is new, else the new words in it."""
    return line if (end - start) * 2 > len(line) else line[start:end]
