"""The newly written words of a letter: what is neither quoted nor signature.

Marks of the client first (HTML, quote signs), then the lines that introduce a quote, then what we
sent ourselves, last the signature. What is cut off is kept: `aside` is read for a veto, never for an
approval (domain rule: a condition may stand below the signature).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mailbot.core.decision import Fresh, Position
from mailbot.core.letter import Letter
from mailbot.reading import boundaries, signature
from mailbot.reading.page import Line, lines_of
from mailbot.reading.turkish import fold

MAX_TEXT = 200_000
"""Characters of a plain body that are read."""
MAX_LINES = 1_500
_MIN_LETTERS = 8
_LONG_LETTERS = 25

_QUOTE_SIGN = re.compile(r"^\s{0,3}(?:>|&gt;)")
_LINK = re.compile(r"\s?<(?:mailto|https?|tel):[^<>\s]{0,3000}>")
_IMAGE = re.compile(
    r"\[(?:cid:[^\[\]\s]{1,200}|(?:image|resim|görüntü|inline image)\s?:?[^\[\]]{0,120})\]", re.IGNORECASE
)
_LETTERS = re.compile(r"[\W_]+")
_NO_QUOTES: tuple[str, ...] = ()


def fresh(letter: Letter, sent: Sequence[str] = _NO_QUOTES) -> Fresh:
    """The new words of `letter`, from its HTML where it has one.

    `sent`: texts of mails that went out or came in before in the thread; their lines are quoted.
    """
    return alternatives(letter, sent)[0]


@dataclass(frozen=True, slots=True)
class Marked:
    """The lines of one form of a body, quotes marked as far as the lines themselves tell."""

    lines: tuple[Line, ...]
    overflow: tuple[Line, ...]
    """What stands beyond MAX_LINES."""
    why: tuple[str, ...]


def alternatives(letter: Letter, sent: Sequence[str] = _NO_QUOTES) -> tuple[Fresh, ...]:
    """The new words of each form of the body, HTML first: one where the forms agree, else two."""
    return new_words(forms_of(letter), sent)


def forms_of(letter: Letter) -> tuple[Marked, ...]:
    """The forms of the body, HTML first: what reading them with and without `sent` has in common."""
    found = []
    if letter.html is not None and letter.html.strip():
        found.append(_marked(lines_of(letter.html)))
    if letter.text is not None and letter.text.strip():
        found.append(_marked(_lines_of_text(letter.text)))
    return tuple(found)


def new_words(marked: Sequence[Marked], sent: Sequence[str] = _NO_QUOTES) -> tuple[Fresh, ...]:
    """The new words of each form: one where the forms agree, else two."""
    before = _Sent(sent)
    forms = [_fresh(form, before) for form in marked]
    if not forms:
        return (Fresh("", Position.NONE),)
    if len(forms) == 2:
        page, text = forms
        if not page.text and not page.quoted and text.text:
            return (text,)
        if not text.text and not text.quoted:
            return (page,)
        if _key(page.text) == _key(text.text):
            return (page,)
    return tuple(forms)


def fresh_text(text: str, sent: Sequence[str] = _NO_QUOTES) -> Fresh:
    """The new words of a plain text body."""
    return _fresh(_marked(_lines_of_text(text)), _Sent(sent))


def _lines_of_text(text: str) -> list[Line]:
    text = text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    lines = []
    rule = False
    for raw in text.split("\n"):
        line = _IMAGE.sub("", _LINK.sub("", raw)) if "<" in raw or "[" in raw else raw
        line = line.replace("\u00a0", " ")
        if re.match(r"^_{8,80}\s?$", line):
            rule = True
            lines.append(Line(""))
            continue
        lines.append(Line(line.strip(), bool(_QUOTE_SIGN.match(line)), rule=rule))
        rule = rule and not line.strip()
    return lines


def _key(text: str) -> str:
    return _LETTERS.sub("", fold(text))


class _Sent:
    """What was sent before, as letters."""

    def __init__(self, texts: Sequence[str]) -> None:
        known = [_keys_of(text[:MAX_TEXT]) for text in texts[:50]]
        self.lines = frozenset[str]().union(*(lines for lines, _ in known))
        self.stream = "\n".join(stream for _, stream in known)

    def holds(self, key: str, above: str) -> bool:
        """Whether a line stands in what was sent; `above`: the line above it if that does, for wrapped lines."""
        if len(key) >= _MIN_LETTERS and (
            key in self.lines or (len(key) >= _LONG_LETTERS and key in self.stream)
        ):
            return True
        return len(above) >= _MIN_LETTERS and above + key in self.stream


@lru_cache(maxsize=500)
def _keys_of(text: str) -> tuple[frozenset[str], str]:
    """The letters of a text, line by line and in one. Remembered: every reply about an item asks anew."""
    folded = fold(text)
    return frozenset(_LETTERS.sub("", line) for line in folded.splitlines()[:MAX_LINES]), _LETTERS.sub(
        "", folded
    )


def _marked(lines: list[Line]) -> Marked:
    why: list[str] = []
    for line in lines:
        if not line.text.isascii():
            line.text = unicodedata.normalize("NFC", line.text)
    overflow = lines[MAX_LINES:]
    lines = lines[:MAX_LINES]
    folded = [fold(line.text[: boundaries.MAX_LINE]).strip() for line in lines]
    _mark_boundaries(lines, folded, why)
    return Marked(tuple(lines), tuple(overflow), tuple(why))


def _fresh(form: Marked, sent: _Sent) -> Fresh:
    why = list(form.why)
    lines = _mark_sent(form.lines, sent, why) if sent.lines else form.lines
    if form.overflow and not any(line.quoted for line in lines):
        lines += form.overflow

    pieces, aside, quoted = _pieces(lines, why)
    new = [piece for piece in pieces if piece[1]]
    text = "\n".join(piece[1] for piece in new).strip()
    return Fresh(
        text=text,
        position=_position(new, has_quotes=any(line.quoted and line.text for line in lines)),
        aside="\n".join(aside).strip(),
        quoted="\n".join(quoted).strip(),
        why=tuple(dict.fromkeys(filter(None, why))),
    )


def _mark_boundaries(lines: list[Line], folded: list[str], why: list[str]) -> None:
    """Marks attributions, header blocks, dividers and what stands below them as quoted."""
    place = 0
    while place < len(lines):
        line, text = lines[place], folded[place]
        after: int | None = None
        sign = ""
        if line.quoted:
            place += 1
            continue
        if line.cut and text:
            _quote(lines, place, len(lines))
            why.append("posta programının alıntı işareti")
            return
        if not text:
            place += 1
            continue
        if boundaries.marker(text):
            after, sign = place + 1, "“bu satırın üstüne yazınız” satırı"
        elif boundaries.divider(text):
            after, sign = place + 1, f"alıntı ayracı: {line.text[:60]}"
        elif (line.rule and boundaries.labelled(text)) or ":" in text:
            block = boundaries.header_block(folded, place)
            if block is not None:
                after, sign = block, "önceki iletinin başlıkları"
            elif line.rule and boundaries.labelled(text):
                after, sign = place + 1, "çizgi altındaki ileti başlığı"
        start = place
        if after is None and text.endswith(":"):
            first = boundaries.attribution(folded, place)
            if first is not None:
                start, after, sign = first, place + 1, f"alıntı satırı: {line.text[-60:]}"
        if after is None:
            place += 1
            continue
        why.append(sign)
        following = next((n for n in range(after, len(lines)) if folded[n]), None)
        if following is not None and lines[following].quoted:
            _quote(lines, start, after)
            place = after
        else:
            _quote(lines, start, len(lines))
            return
    if any(line.quoted for line in lines):
        why.append("alıntı işaretli satırlar")


def _quote(lines: list[Line], start: int, end: int) -> None:
    for line in lines[start:end]:
        line.quoted = True


def _mark_sent(lines: Sequence[Line], sent: _Sent, why: list[str]) -> tuple[Line, ...]:
    """The lines, marked where they stand in what was sent; a short one only between two of them."""
    keys = [_key(line.text[: boundaries.MAX_LINE]) for line in lines]
    ours = [False] * len(lines)
    above_key = ""
    for place, key in enumerate(keys):
        if not key:
            continue
        ours[place] = lines[place].quoted or sent.holds(key, above_key)
        above_key = key if ours[place] else ""
    full = [place for place, key in enumerate(keys) if key]
    for n, place in enumerate(full):
        if ours[place] or keys[place] not in sent.lines or len(keys[place]) >= _MIN_LETTERS:
            continue
        upper = n > 0 and ours[full[n - 1]]
        below = next((ours[p] for p in full[n + 1 :] if len(keys[p]) >= _MIN_LETTERS), False)
        ours[place] = upper and below
    if any(mine and not line.quoted for line, mine in zip(lines, ours, strict=True)):
        why.append("daha önce gönderdiğimiz satırlar")
    return tuple(
        replace(line, quoted=True) if mine and not line.quoted else line
        for line, mine in zip(lines, ours, strict=True)
    )


def _pieces(lines: Sequence[Line], why: list[str]) -> tuple[list[tuple[int, str]], list[str], list[str]]:
    """Stretches of new words with the number of the quote before them; what was set aside; what is quoted."""
    pieces: list[tuple[int, str]] = []
    aside: list[str] = []
    quoted: list[str] = []
    run: list[str] = []
    quotes = 0

    def close() -> None:
        while run and not run[0].strip():
            del run[0]
        while run and signature.banner(fold(run[0][:700])):
            aside.append(run.pop(0))
            why.append("geçit uyarısı")
            while run and not run[0].strip():
                del run[0]
        end, sign = signature.cut(run)
        if end < len(run):
            aside.extend(line for line in run[end:] if line.strip())
            why.append(sign)
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(run[:end]).strip())
        pieces.append((quotes, text))
        run.clear()

    in_quote = False
    for line in lines:
        if line.quoted:
            if line.text:
                if not in_quote:
                    close()
                    quotes += 1
                in_quote = True
                quoted.append(line.text)
            continue
        if line.signature:
            if line.text:
                aside.append(line.text)
                why.append("posta programının imza işareti")
            continue
        if line.text:
            in_quote = False
        run.append(line.text)
    close()
    return pieces, aside, quoted


def _position(new: list[tuple[int, str]], *, has_quotes: bool) -> Position:
    if not new:
        return Position.NONE
    if not has_quotes or (len(new) == 1 and new[0][0] == 0):
        return Position.TOP
    if len(new) == 1:
        return Position.BOTTOM
    return Position.INLINE
