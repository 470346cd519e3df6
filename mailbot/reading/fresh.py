"""The newly written words of a letter: what is neither quoted nor signature.

Marks of the client first (HTML, quote signs), then the lines that introduce a quote, then what we
sent ourselves, last the signature. What is cut off is kept: `aside` and `unsent` are read for a veto,
never for an approval (domain rule: a condition may stand below the signature).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailbot.core.decision import Fresh, Position
from mailbot.core.letter import Letter
from mailbot.reading import boundaries, notices, page, signature
from mailbot.reading.page import Line
from mailbot.reading.turkish import fold, words_of
from mailbot.reading.unsent import LONG_LETTERS, MAX_RESIDUE, MIN_LETTERS, Sent, key, residue

MAX_TEXT = 200_000
"""Characters of a plain body that are read."""
MAX_LINES = 1_500
"""Lines in which quotes and signatures are looked for."""
_KEPT_LINES = 4_000
"""Lines that are kept at all."""
_MAX_TRIES = 300
"""Lines that end in a colon and may introduce a quote."""
MAX_ASIDE = 15_000
"""Characters of `aside` that whoever reads it for a veto is sure to read."""

TRUNCATED = "çok uzun: okunmayan bölüm var"
"""In `Fresh.why`: a limit was reached, so new words or a veto may be missing. Never an approval."""
TYPED_IN = "alıntının içine yazılmış sözler"
"""In `Fresh.why`: the quoted part holds words that we did not send (`Fresh.unsent`)."""
STRUCK = "üstü çizili sözler"
"""In `Fresh.why`: the writer struck out words beside the new ones; they are in `aside`."""
CUT = "kesildi: "
"""Begins what `Fresh.why` says of words set aside."""
QUOTE = "alıntı: "
"""Begins what `Fresh.why` says of words taken for a quote."""
BELOW = f"{CUT}imza; altına yazılmış sözler var"
"""In `Fresh.why`: words stood below the signature; they are in `text`."""
RECALL = "gönderen, bir iletisini geri çağırmak istiyor"
"""In `Fresh.why`: Exchange's request to call back a mail, which has no words of its own."""

_QUOTE_SIGN = re.compile(r"^\s{0,3}(?:>|&gt;|[A-ZÇĞİÖŞÜ]{1,3}>(?:\s|$))")
_LINK = re.compile(
    r"(?<=[^:\s])\s?<(?:mailto|https?|tel):[^<>\s]{0,3000}>|\s?<(?:mailto|tel):[^<>\s]{0,3000}>"
)
_BARE_LINK = re.compile(r"<(https?:[^<>\s]{1,3000})>")
_IMAGE = re.compile(
    r"\[(?:cid:[^\[\]\s]{1,200}|signature_[^\[\]\s]{1,40}|[^\[\]]{0,200}description automatically generated|"
    r"(?:image|resim|görüntü|inline image|logo|imza)\s?:?[^\[\]]{0,120})\]",
    re.IGNORECASE,
)
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
    cut_off: bool = False
    """The body is longer than what is read of it."""
    names: frozenset[str] = frozenset()
    """The words of the sender's name."""


def alternatives(letter: Letter, sent: Sequence[str] = _NO_QUOTES) -> tuple[Fresh, ...]:
    """The new words of each form of the body, HTML first: one where the forms agree, else two."""
    return new_words(forms_of(letter), sent)


def forms_of(letter: Letter) -> tuple[Marked, ...]:
    """The forms of the body, HTML first: what reading them with and without `sent` has in common."""
    found = []
    boxes = (*letter.from_[:2], letter.sender)
    names = frozenset(word for box in boxes if box for word in words_of(box.name[:200]))
    if letter.html is not None and letter.html.strip():
        lines, cut_off = page.read(letter.html)
        _mark_signs(lines)
        found.append(_marked(lines, cut_off=cut_off, names=names))
    if letter.text is not None and letter.text.strip():
        found.append(_marked(_lines_of_text(letter.text), cut_off=len(letter.text) > MAX_TEXT, names=names))
    return tuple(found)


def _mark_signs(lines: list[Line]) -> None:
    """Marks lines behind quote signs in HTML that a server made of plain text; one alone is typed."""
    signed = [line for line in lines if line.text.startswith(">")]
    if len(signed) > 1:
        for line in signed:
            line.quoted = True


def new_words(marked: Sequence[Marked], sent: Sequence[str] = _NO_QUOTES) -> tuple[Fresh, ...]:
    """The new words of each form: one where the forms agree, else two."""
    before = Sent(sent)
    forms = [_fresh(form, before) for form in marked]
    if not forms:
        return (Fresh("", Position.NONE),)
    if len(forms) == 2:
        html, text = forms
        if not html.text and not html.quoted and text.text:
            return (text,)
        if not text.text and not text.quoted and not text.unsent:
            return (html,)
        if key(html.text) == key(text.text):
            return (_joined(html, text),)
    return tuple(forms)


def _joined(page: Fresh, text: Fresh) -> Fresh:
    """The HTML form, with what only the plain form knows against an approval."""
    if not (text.unsent and not page.unsent) and TRUNCATED not in text.why:
        return page
    why = dict.fromkeys((*page.why, *(sign for sign in text.why if sign in (TRUNCATED, TYPED_IN))))
    unsent = page.unsent or text.unsent
    return replace(page, unsent=unsent, why=tuple(why), position=_among(page.text, unsent, page.position))


def fresh_text(text: str, sent: Sequence[str] = _NO_QUOTES) -> Fresh:
    """The new words of a plain text body."""
    return _fresh(_marked(_lines_of_text(text), cut_off=len(text) > MAX_TEXT), Sent(sent))


def _lines_of_text(text: str) -> list[Line]:
    text = text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    lines = []
    rule = False
    for raw in text.split("\n", _KEPT_LINES)[:_KEPT_LINES]:
        line = raw
        if "<" in raw:
            line = _BARE_LINK.sub(r"\1", _LINK.sub("", raw))
        line = line.replace("\u00a0", " ")
        if line.startswith("________") and len(line) <= 81 and not line.strip("_ "):
            rule = True
            lines.append(Line(""))
            continue
        lines.append(Line(line.strip(), bool(_QUOTE_SIGN.match(line)), rule=rule))
        rule = rule and not line.strip()
    return lines


def _marked(lines: list[Line], *, cut_off: bool, names: frozenset[str] = frozenset()) -> Marked:
    why: list[str] = []
    for line in lines:
        if not line.text.isascii():
            line.text = unicodedata.normalize("NFC", line.text)
        if "[" in line.text:
            line.text = _IMAGE.sub("", line.text).strip()
    overflow = lines[MAX_LINES:]
    lines = lines[:MAX_LINES]
    _mark_notices(lines, why)
    folded = [fold(line.text[: boundaries.MAX_LINE]).strip() for line in lines]
    _mark_boundaries(lines, folded, why)
    cut_off = cut_off or len(lines) + len(overflow) >= _KEPT_LINES or any(line.text for line in overflow)
    return Marked(tuple(lines), tuple(overflow), tuple(why), cut_off, names)


def _mark_notices(lines: Sequence[Line], why: list[str]) -> None:
    """Takes a client's own sentence off a reaction, so that the bare symbol is left, and off a recall."""
    first = [line for line in lines[:12] if line.text and not line.quoted][:3]
    for place, line in enumerate(first):
        sign = notices.reaction(line.text)
        if sign is not None and (sign or not any(c.isalnum() for above in first[:place] for c in above.text)):
            line.text = sign
            why.append("posta programının tepki bildirimi")
            return
    if first and notices.recall(fold(first[0].text)):
        first[0].text = ""
        why.append(RECALL)


def _fresh(form: Marked, sent: Sent) -> Fresh:
    why = list(form.why)
    if form.cut_off:
        why.append(TRUNCATED)
    lines = _mark_sent(form.lines, sent, why) if sent else form.lines
    if form.overflow and not any(line.quoted for line in lines):
        lines += form.overflow

    pieces, aside, quoted = _pieces(lines, why, form.names)
    new = [piece for piece in pieces if piece[1]]
    text = "\n".join(piece[1] for piece in new).strip()
    typed, legal = residue(lines, sent)
    end = _before_signature(typed)
    written, machine = notices.machine_made((*aside, *typed[end:], *legal))
    set_aside = "\n".join(written).strip()
    unsent = "\n".join(typed[:end])[:MAX_RESIDUE]
    if unsent:
        why.append(TYPED_IN)
    if len(set_aside) > MAX_ASIDE or len(unsent) >= MAX_RESIDUE:
        why.append(TRUNCATED)
    position = _position(new, quotes=pieces[-1][0])
    return Fresh(
        text=text,
        position=_among(text, unsent, position),
        aside=set_aside,
        quoted="\n".join(quoted).strip(),
        unsent=unsent,
        machine="\n".join(machine).strip(),
        why=tuple(dict.fromkeys(filter(None, why))),
    )


def _before_signature(typed: list[str]) -> int:
    """How many of the lines found in a quote stand before a whole signature; one line never is one."""
    end, _ = signature.cut(typed)
    titled = len(typed) - end > 1 and sum(any(map(str.isalpha, line)) for line in typed[end:]) > 1
    return end if titled else len(typed)


def _among(text: str, unsent: str, position: Position) -> Position:
    return Position.INLINE if text and unsent else position


def _mark_boundaries(lines: list[Line], folded: list[str], why: list[str]) -> None:
    """Marks attributions, header blocks, dividers and what stands below them as quoted."""
    place = tries = 0
    while place < len(lines):
        line, text = lines[place], folded[place]
        after: int | None = None
        sign = ""
        if line.quoted:
            place += 1
            continue
        if line.cut and text:
            _quote(lines, place, len(lines))
            why.append(f"{QUOTE}posta programının işaretinden sonrası")
            return
        if not text:
            place += 1
            continue
        if boundaries.marker(text):
            after, sign = place + 1, f"{QUOTE}“{line.text[:60]}” satırından sonrası"
        elif boundaries.divider(text):
            after, sign = place + 1, f"{QUOTE}“{line.text[:60]}” ayracından sonrası"
        elif (line.rule and boundaries.labelled(text)) or ":" in text:
            block = boundaries.header_block(folded, place)
            if block is not None:
                after, sign = block, f"{QUOTE}“{line.text[:60]}” başlıklarından sonrası"
            elif line.rule and boundaries.labelled(text):
                after, sign = place + 1, f"{QUOTE}çizgi altındaki “{line.text[:60]}” başlığından sonrası"
        start = place
        if after is None and text.endswith(":"):
            tries += 1
            if tries > _MAX_TRIES:
                why.append(TRUNCATED)
                return
            first = boundaries.attribution(folded, place)
            if first is not None:
                start, after = boundaries.above(folded, first), place + 1
                sign = f"{QUOTE}“{line.text[-60:]}” satırından sonrası"
            elif boundaries.introduces(text) and _quoted_below(lines, place):
                after, sign = place + 1, f"alıntı satırı: {line.text[-60:]}"
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
        why.append(f"{QUOTE}işaretli satırlar")


def _quote(lines: list[Line], start: int, end: int) -> None:
    for line in lines[start:end]:
        line.quoted = True


def _quoted_below(lines: Sequence[Line], place: int) -> bool:
    return next((line.quoted for line in lines[place + 1 : place + 4] if line.text), False)


def _mark_sent(lines: Sequence[Line], sent: Sent, why: list[str]) -> tuple[Line, ...]:
    """The lines, marked where they stand in what was sent; a short one only beside others that do.

    A word of ours that stands alone ("Onaylıyorum", the label of a button) is what we ask people to
    write.
    """
    keys = [key(line.text) for line in lines]
    full = [place for place, letters in enumerate(keys) if letters]
    held = [False] * len(lines)
    above_key = ""
    for place in full:
        held[place] = lines[place].quoted or sent.holds(keys[place], above_key)
        above_key = keys[place] if held[place] else ""
    ours = list(held)
    for n, place in enumerate(full):
        if lines[place].quoted or len(keys[place]) >= LONG_LETTERS:
            continue
        upper, lower = full[n - 1 : n], full[n + 1 : n + 2]
        if held[place]:
            ours[place] = any(held[p] and not lines[p].quoted for p in (*upper, *lower))
        elif keys[place] in sent.lines:
            below = next((held[p] for p in full[n + 1 :] if len(keys[p]) >= MIN_LETTERS), False)
            ours[place] = any(held[p] for p in upper) and below
    if any(mine and not line.quoted for line, mine in zip(lines, ours, strict=True)):
        why.append(f"{QUOTE}daha önce gönderdiğimiz satırlar")
    return tuple(
        replace(line, quoted=True) if mine and not line.quoted else line
        for line, mine in zip(lines, ours, strict=True)
    )


def _pieces(
    lines: Sequence[Line], why: list[str], names: frozenset[str]
) -> tuple[list[tuple[int, str]], list[str], list[str]]:
    """Stretches of new words with the number of the quote before them; what was set aside; what is quoted."""
    pieces: list[tuple[int, str]] = []
    aside: list[str] = []
    quoted: list[str] = []
    run: list[str] = []
    quotes = 0

    def close() -> None:
        while run and not run[0].strip():
            del run[0]
        above = notices.leading(run)
        if any(line.strip() for line in run[above:]) and above:
            aside.extend(line for line in run[:above] if line.strip())
            why.append(f"{CUT}üstteki uyarı metni")
            del run[:above]
        end, sign = signature.cut(run, names)
        if end < len(run):
            aside.extend(line for line in run[end:] if line.strip())
            why.append(f"{CUT}{sign}" if sign else "")
        del run[end:]
        if (block := signature.inner(run, names)) is not None:
            aside.extend(line for line in run[slice(*block)] if line.strip())
            del run[slice(*block)]
            why.append(BELOW)
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(run).strip())
        pieces.append((quotes, text))
        run.clear()

    in_quote = False
    for line in lines:
        if line.struck and not line.quoted:
            aside.append(line.struck)
            why.append(STRUCK)
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
                why.append(f"{CUT}posta programının imza işareti")
            continue
        if line.text:
            in_quote = False
        run.append(line.text)
    close()
    return pieces, aside, quoted


def _position(new: list[tuple[int, str]], *, quotes: int) -> Position:
    if not new:
        return Position.NONE
    if not quotes or (len(new) == 1 and new[0][0] == 0):
        return Position.TOP
    return Position.BOTTOM if len(new) == 1 and new[0][0] == quotes else Position.INLINE
