"""Lines with which mail clients introduce a quote: attributions, header blocks, dividers.

Patterns see folded text, are anchored, and every repeat is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mailbot.reading import signature

MAX_LINE = 2_000
_WRAP = 5
"""Lines over which an attribution may be wrapped."""

_WROTE = re.compile(
    r"(?:(?:şunu|şunları|şöyle|sunu|sunlari|sunları)?\s?(?:yazdı|yazdi|yazmış|yazmis|yazmıştır|"
    r"yazıyor|wrote|writes|schrieb|"
    r"geschrieben|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał|написал[аи]?|пишет|kirjoitti)"
    r"\s{0,2}(?:\([^()]{4,80}\)|\s?on [^:]{6,40}[0-9:]{4,8}|"
    r":?\s?[^:<>\n]{0,60}<[^<>]{3,100}>)?\s{0,2}:)\s{0,3}$"
)
_WROTE_INSIDE = re.compile(
    r"^(?:am|le|on|el|il|op|em|den|dnia)\s.{6,300}\b(?:schrieb|skrev|wrote)\s.{0,200}:$"
)
_DATE = re.compile(
    r"\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b|"
    r"\b\d{1,2}\.?\s(?:oca|şub|sub|mar|nis|may|haz|tem|ağu|agu|eyl|eki|kas|ara|jan|feb|apr|jun|jul|"
    r"aug|sep|oct|nov|dec|okt|dez)\w{0,7}\.?,?\s\d{4}|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.?\s\d{1,2},?\s\d{4}|"
    r"\b\d{1,2}:\d{2}\b|tarihinde|@"
)
_BARE_INTRO = re.compile(
    r"^\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?,? .{1,120}"
    r"<?[^\s<>@]{1,64}@[^\s<>]{1,100}>?\s?:$"
)
_LABEL = (
    r"kimden|gönderen|gonderen|gönderildi|gonderildi|gönderilme(?: tarihi)?|gonderilme(?: tarihi)?|"
    r"gönderme tarihi|gönderim tarihi|gönderilen|"
    r"tarih|kime|alıcı|alici|bilgi|cc|gizli|konu|from|sent|date|to|subject|reply-to|yanıt adresi|"
    r"von|gesendet|an|betreff|datum|de|envoyé|à|objet|"
    r"от|кому|тема|дата|отправлено|[iı]mportance|önem|ekler?|attachments?"
)
_HEADER = re.compile(rf"^[*_>\s]{{0,4}}(?P<label>{_LABEL})\s{{0,2}}[*_]{{0,2}}\s{{0,2}}:[*_]{{0,2}}(?:\s|$)")
_HEADERS_INSIDE = re.compile(rf"(?:^|[\s*;,])(?P<label>{_LABEL})\s{{0,2}}\*{{0,2}}\s{{0,2}}:")
_SENDER = frozenset({"kimden", "gönderen", "gonderen", "from", "von", "de", "от"})
_DIVIDER = re.compile(
    r"^[\s>]{0,6}(?:[-_=*–—]{2,80}\s{0,3}(?:özgün|orijinal|original|ursprüngliche|iletilen|"
    r"iletilmiş|yönlendirilen|yönlendirilmiş|"
    r"forwarded|weitergeleitete|message transféré|пересылаемое|reply|ilgili|önceki|alıntı|asıl|"
    r"begin forwarded)[\w .']{0,40}[-_=*–—]{0,80}:?|"
    r"(?:özgün ileti|orijinal (?:ileti|mesaj|e-posta)|original message|iletilen (?:ileti|mesaj)|"
    r"iletilmiş (?:ileti|mesaj)|begin forwarded message|"
    r"iletilen ileti başlangıcı|ileti başlangıcı|yönlendirilen ileti(?:nin)? başlangıcı|"
    r"iletinin başlangıcı|yönlendirilen ileti|"
    r"başlangıç iletilen ileti)\s?:?)\s{0,4}$"
)
_DIVIDER_JOINED = re.compile(
    r"^[\s>]{0,6}[-_=*–—]{2,80}\s{0,3}(?:özgün|orijinal|original|ursprüngliche|iletilen|iletilmiş|"
    r"yönlendirilen|yönlendirilmiş|forwarded|weitergeleitete)[\w .']{0,40}[-_=*–—]{2,80}\s{0,3}"
)
"""A divider with the headers behind it in one line: what Samsung leaves of its HTML."""
_MARKER = re.compile(
    r"bu satırın üst(?:üne|ünden) y|bu satirin ustune y|reply above this line|above this line"
)
_QUOTING = re.compile(
    r"^(?:quoting|zitat von|zitiere|citando(?: a)?|quote from|en réponse à|alıntı)\b.{1,160}[@>\"].{0,120}:$"
)
_FOREIGN = re.compile(
    r"\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|пишет|написал[аи]?|от)\b[^:]{0,120}:"
    r"\s?-{0,6}$"
)
_FULL_DATE = re.compile(
    r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|"
    r"(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,9}\.?),? \d{4}"
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)")
_RULE = re.compile(r"^[-_=]{8,80}$")
_NOTES = re.compile(r"^.{1,80}---\d{1,2}[./]\d{1,2}[./]\d{4} \d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?---")


_WROTE_RULE = re.compile(
    r"^-{2,20} ?(?:ileten|forwarded by|weitergeleitet von)\b.{1,120}-{2,20}$|"
    r"^-{3,20}.{1,160}(?:wrote|yazdı|yazmış|schrieb|a écrit|escribió)\s?:\s?-{2,20}$|"
    r"^>>> .{3,120}\d{1,2}[./]\d{1,2}[./]\d{2,4}.{0,20}>>>$"
)


_TAIL = re.compile(
    r"^(?:tarihinde|saatinde|şunu|şunları|şöyle|yazdı|yazmış|wrote|schrieb|<[^<>]{3,100}>).{0,60}:$"
)
"""How the last line of a wrapped attribution begins."""


def marker(line: str) -> bool:
    """Whether a folded line is the one above which our mails ask to answer."""
    return bool(_MARKER.search(line[:300]))


def divider(line: str) -> bool:
    """Whether a folded line announces an original or a forwarded message."""
    if len(line) < 200 and (_DIVIDER.match(line) or _NOTES.match(line) or _WROTE_RULE.match(line)):
        return True
    joined = _DIVIDER_JOINED.match(line[:200])
    return joined is not None and len(_labels(line[joined.end() : joined.end() + MAX_LINE])) > 1


def attribution(lines: Sequence[str], end: int) -> int | None:
    """The first line of the attribution that ends in folded line `end`; None where there is none."""
    last = lines[end]
    if len(last) > MAX_LINE or not last.rstrip().endswith(":"):
        return None
    if _BARE_INTRO.match(last[:400]) or _QUOTING.match(last[:300]):
        return end
    if _FULL_DATE.search(last[:300]) and (
        _FOREIGN.search(last[-200:])
        or ("@" in last and _CLOCK.search(last[:300]) and len(last) < 250 and not signature.clause(last))
    ):
        return end
    joined = last
    weak: int | None = None
    for start in range(end, max(-1, end - _WRAP), -1):
        if start < end:
            if not lines[start].strip() and _TAIL.match(joined):
                continue  # paragraphs made of the lines of a plain text
            if not lines[start].strip() or signature.clause(lines[start]):
                break
            joined = f"{lines[start]} {joined}"
        joined = joined[-MAX_LINE:]
        if _BARE_INTRO.match(joined[:400]) and joined[:1].isdigit():
            return start
        wrote = _WROTE.search(joined[-300:]) or _WROTE_INSIDE.match(joined[:600])
        if not wrote:
            if start == end and not re.search(r"(?:[<>@]|tarihinde|\d)", last):
                break
            continue
        if not _DATE.search(joined):
            continue
        if _OPENING.match(joined[:400]) and (
            weak is None or (_YEAR.search(lines[start]) and not _YEAR.search(lines[weak]))
        ):
            return start
        if weak is None and _NAMED.match(joined[:400]):
            weak = start
    return weak


def above(lines: Sequence[str], start: int) -> int:
    """Where the quote with attribution `start` really starts: Yandex puts a rule and labels above it."""
    place = start
    while place and start - place < 4 and _starts(lines[place - 1]):
        place -= 1
    return place - 1 if start > place > 0 and _RULE.match(lines[place - 1]) else start


def attribution_end(lines: Sequence[str], start: int) -> int | None:
    """The last line of the attribution that starts in folded line `start`; None where there is none."""
    for end in range(start, min(len(lines), start + _WRAP)):
        if not lines[end].strip():
            return None
        if lines[end].rstrip().endswith(":"):
            return end if attribution(lines, end) == start else None
    return None


def introduces(line: str) -> bool:
    """Whether a folded line right above quoted lines announces them in any language: address and colon."""
    return len(line) < 300 and line.rstrip().endswith(":") and "@" in line and not signature.clause(line)


_OPENING = re.compile(
    r"^[*_\s]{0,3}(?:(?:on|am|le|el|il|op|em|den|dnia|den)\s.{0,12}\d|(?:on|am)\s(?:mon|tue|wed|thu|"
    r"fri|sat|sun)|"
    r"\d{1,2}[./-]\s?\d{1,2}[./-]|\d{1,2}\.? [^\W\d_]{3,8}\.?,? \d{4}|\d{4}-\d|(?:pazar|pazartesi|"
    r"salı|sali|çarşamba|carsamba|perşembe|persembe|cuma|cumartesi|pzt|sal|çar|per|cum|cmt|"
    r"paz)[\s,.].{0,12}\d)"
)
_NAMED = re.compile(
    r"^[*_\s]{0,3}[^<>.!?]{0,90}[^<>.!?\s][^<>!?]{0,6}\s?[<(\[][^<>\s]{1,100}@|"
    r"^[*_\s]{0,3}[^<>.!?:;,\d]{2,60},?\s(?:\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}-\d{1,2}-\d{1,2}|"
    r"\d{1,2} [^\W\d_]{3,8} \d{4})"
)
_YEAR = re.compile(r"\b20\d\d\b|\d:\d\d")


# A line is asked for by every line near it.
@lru_cache(maxsize=2_000)
def _labels(line: str) -> frozenset[str]:
    """The header labels of a folded line: none unless it starts with one."""
    first = _HEADER.match(line[:200])
    if first is None:
        return frozenset()
    return frozenset(m["label"] for m in _HEADERS_INSIDE.finditer(line[:MAX_LINE])) | {first["label"]}


def _starts(line: str) -> bool:
    return ":" in line and bool(_labels(line))


def header_block(lines: Sequence[str], start: int) -> int | None:
    """The line after the header block that starts at folded line `start`; None where there is none.

    Three known labels, or the sender's and one more, on neighbouring lines or in one line.
    """
    if not _starts(lines[start]):
        return None
    labels = set(_labels(lines[start]))
    place, blank = start + 1, 0
    while place < min(len(lines), start + 24):
        line = lines[place]
        if _starts(line):
            found = _labels(line)
            if found & _SENDER and not labels & _SENDER and not _starts(lines[place - 1]):
                break  # a block starts with its sender: what stands above was typed ("Konu: …")
            labels |= found
            blank = 0
        elif not line.strip():
            blank += 1
            if blank > 1 and len(labels) > 2:
                break
        elif not any(map(_starts, lines[place + 1 : place + 4])):
            break
        place += 1
    senders = labels & _SENDER
    if len(labels) >= 3 or (senders - {"de"} and len(labels) >= 2):
        while place > start + 1 and not lines[place - 1].strip():
            place -= 1
        return place
    return None


def labelled(line: str) -> bool:
    """Whether a folded line looks like a header line of any language, below a rule."""
    return bool(re.match(r"^[^\W\d_]{2,20}(?: [^\W\d_]{2,15})?\s?:\s.{2,}[@<]", line[:300]))
