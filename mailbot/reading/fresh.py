"""The newly written words of a letter: what is neither quoted nor signature.

Marks of the client first (HTML, quote signs), then the lines that introduce a quote, then what we
sent ourselves, last the signature. What is cut off is kept: `aside` is read for a veto, never for an
approval (domain rule: a condition may stand below the signature).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

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
_LETTERS = re.compile(r"[^\w]|_")
_NO_QUOTES: tuple[str, ...] = ()


def fresh(letter: Letter, sent: Sequence[str] = _NO_QUOTES) -> Fresh:
    """The new words of `letter`, from its HTML where it has one.

    `sent`: texts of mails that went out or came in before in the thread; their lines are quoted.
    """
    return alternatives(letter, sent)[0]


def alternatives(letter: Letter, sent: Sequence[str] = _NO_QUOTES) -> tuple[Fresh, ...]:
    """The new words of each form of the body, HTML first: one where the forms agree, else two."""
    forms = []
    if letter.html is not None and letter.html.strip():
        forms.append(_fresh(lines_of(letter.html), sent))
    if letter.text is not None and letter.text.strip():
        forms.append(fresh_text(letter.text, sent))
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
    return _fresh(lines, sent)


def _key(text: str) -> str:
    return _LETTERS.sub("", fold(text))


class _Sent:
    """What was sent before, as letters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.lines: frozenset[str] = frozenset()
        self.stream = ""
        if texts:
            whole = [text[:MAX_TEXT] for text in texts[:50]]
            self.lines = frozenset(_key(line) for text in whole for line in text.splitlines()[:MAX_LINES])
            self.stream = "\n".join(_key(text) for text in whole)

    def holds(self, key: str, above: str) -> bool:
        """Whether a line stands in what was sent; `above`: the line above it if that does, for wrapped lines."""
        if len(key) >= _MIN_LETTERS and (
            key in self.lines or (len(key) >= _LONG_LETTERS and key in self.stream)
        ):
            return True
        return len(above) >= _MIN_LETTERS and above + key in self.stream


def _fresh(lines: list[Line], texts: Sequence[str]) -> Fresh:
    why: list[str] = []
    for line in lines:
        if not line.text.isascii():
            line.text = unicodedata.normalize("NFC", line.text)
    overflow = lines[MAX_LINES:]
    lines = lines[:MAX_LINES]
    folded = [fold(line.text[: boundaries.MAX_LINE]).strip() for line in lines]
    _mark_boundaries(lines, folded, why)
    if texts:
        _mark_sent(lines, _Sent(texts), why)
    if overflow and not any(line.quoted for line in lines):
        lines = lines + overflow

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


def _mark_sent(lines: list[Line], sent: _Sent, why: list[str]) -> None:
    """Marks lines that stand in what was sent; a short one only between two of them."""
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
    for line, mine in zip(lines, ours, strict=True):
        if mine and not line.quoted:
            line.quoted = True
            why.append("daha önce gönderdiğimiz satırlar")


def _pieces(lines: list[Line], why: list[str]) -> tuple[list[tuple[int, str]], list[str], list[str]]:
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
