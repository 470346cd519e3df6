"""The text to be published, told apart from the covering note that a staff mail wraps around it."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from mailbot.reading.plain import headline, plain, tidy

_LABELS = {
    "title": r"(?:haber\s)?basli(?:k|gi)|manset|haberin\sbasligi",
    "date": r"(?:etkinlik\s|program\s|cekim\s|ziyaret\s|yayin\s|olay\s)?(?:tarihi?|gunu?)(?:\s(?:ve|/)\s?saati?)?|ne\szaman|zaman",
    "time": r"(?:program\s|yayin\s|etkinlik\s)?saati?",
    "place": r"(?:etkinlik\s)?(?:yeri?|mekan|adres|lokasyon)",
    "department": r"(?:ilgili\s|sorumlu\s)?(?:baskanlik|baskanligi|birim)",
    "topic": r"konu(?:su)?|program\skonusu|roportaj\skonusu",
    "guest": r"konuk|konugu?|katilimci|konusmaci|katilacak\s(?:kisi|personel)|roportaj\s(?:verecek(?:\skisi)?|yapilacak\skisi)|roportaj",
    "channel": r"kanal|kurulus|yayin\skurulusu|medya\skurulusu|mecra|basin\skurulusu|gazete|radyo|televizyon",
    "programme": r"program(?:\sadi|in\sadi)?",
    "destination": r"yayin\syeri|hedef|nerede\syayinlanacak|dagitim|servis|yayin",
    "embargo": r"ambargo",
    "facility": r"kurum|hastane|tesis",
    "files": r"foto(?:graf)?(?:lar)?|ekler?|gorsel(?:ler)?",
    "spot": r"spot",
}
_LABEL = re.compile("|".join(rf"(?P<{name}>{pattern})" for name, pattern in _LABELS.items()))
_LABEL_LINE = re.compile(r"\W{0,4}(?P<label>[a-z/ ]{2,34}?)\s{0,2}[:=]\s{0,3}(?P<value>\S.{0,400})?$")

_BELOW = re.compile(
    r"(?:metin|metni|haber(?:imiz|in)?|bulten|aciklama|duyuru|icerik|yazi)\w{0,6}[^.\n]{0,40}\basagida\w{0,8}|\basagida(?:ki|\syer\salan|\sbulunan|\spaylas\w+)?\s[^.\n]{0,40}(?:metin|metni|haber|bulten|duyuru|aciklama)"
    r"|\bmetni?\s(?:bu\se-?postanin|mailin)\s(?:devaminda|altinda)|\bmetin\s(?:iletinin|mailin)\s(?:icinde|govdesinde)"
)
_START = re.compile(
    r"\W{0,4}(?:haber\s|basin\s|duyuru\s|bulten\s)?(?:metni|metin|metnimiz|haber\smetni)\W{0,3}:\W{0,3}"
)
_RULE = re.compile(r"\s{0,4}[-=_*~#]{3,80}\s{0,4}")
_NOTE = re.compile(
    r"\bekte\b|\bekteki|\bektedir|\beklidir|\bek'te|\barz\b|\brica\b|\bonay(?:lar)?in|\bonayiniz|\bmudurum\b|\bbasina\b|\bsadece\sweb|\bbilgi(?:niz|leriniz)|\bmerhaba|\bsayin\smudur|\basagida|\bkolay\sgelsin|\bgonderiyorum|\biletiyorum"
    r"|\bsunuyorum|\bsunulmustur|\bpaylasalim|\byayinlayalim|\bsaygilar|\bfotograflar|\bbaskanim\b|\btesekkur\sederim|\biyi\scalismalar|\bmumkunse|\bambargo|\byayi[nm]lanmasin|\bservis\sedilecek|\bsosyal\smedya(?:da|\shesap)\w*\s(?:paylas|icin)"
)
_CLOSING = re.compile(
    r"\W{0,3}(?:saygilar(?:imla|imizla|imi)?|arz\sed(?:erim|eriz)|bilgi(?:lerinize|nize)|onay(?:lariniza|iniza)|iyi\s(?:calismalar|gunler)|tesekkur|kolay\sgelsin|geregini|musaadelerinize|takdirlerinize|selamlar)\b[^\n]{0,120}"
)


_TO_READER = re.compile(
    r"\bbasina\s(?:\w{1,12}\s){0,2}(?:servis|gonder|ver|gid|git|gerek|yok|dagit)|\bsadece\s(?:web|site|sosyal)|\bfoto\w{0,12}\s(?:\w{1,12}\s){0,2}ek(?:te|li)|\bonay(?:iniz|lariniz)|\bmudurum\b|\b(?:web|site|sosyal\smedya)\w{0,14}[^.\n]{0,40}(?:paylasacag|yayi[nm]layacag|koyacag|paylasalim|koyalim)|\bservis\sedil(?:ecek|meyecek|sin|mesin)|\barz\seder"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A staff mail's body in its parts."""

    note: str
    """What is written to the reader."""
    text: str | None
    """The text to be published; None where the mail does not hold it."""
    title: str | None
    """The line above the text, or the label `Başlık:`."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Values of label lines, by the name in `_LABELS`."""


def split_body(body: str) -> Body:
    """The parts of `body`. The text is taken only where a mark or its shape shows where it begins."""
    lines = tidy(body).split("\n")[:800]
    labels: dict[str, str] = {}
    rest: list[str] = []
    for number, line in enumerate(lines):
        found = _label_of(line)
        if found and found[0] not in {"spot", "topic"} | _prose(lines, number):
            labels.setdefault(*found)
            rest.append("")
        else:
            if found and found[0] == "topic":
                labels.setdefault(*found)
            rest.append(line)
    start, title = _start_of(rest)
    if start is None:
        note, text = _by_shape(rest)
    else:
        below, behind = _without_note(rest[start:])
        note, text = "\n".join([*rest[:start], *behind]), _without_closing(below)
    return Body(note.strip(), text, labels.get("title") or title, labels)


def titled_blocks(words: str) -> list[tuple[str, str]]:
    """Title and text of each item in a mail that gives every one its own "Başlık:"; [] for fewer than two."""
    lines = tidy(words).split("\n")[:800]
    starts = [number for number, line in enumerate(lines) if (_label_of(line) or ("", ""))[0] == "title"]
    if len(starts) < 2:
        return []
    blocks = []
    for start, end in pairwise([*starts, len(lines)]):
        title = (_label_of(lines[start]) or ("", ""))[1]
        rest = lines[start + 1 : end]
        marked = any(_START.match(plain(line)) for line in rest)
        text = split_body("\n".join(rest if marked else ["Metin:", *rest])).text
        if text:
            blocks.append((title, text))
    return blocks if len({title for title, _ in blocks}) > 1 else []


def _prose(lines: list[str], number: int) -> set[str]:
    """Labels that are not believed in a line this long."""
    return {"files", "destination", "guest", "date"} if len(lines[number]) > 160 else set()


def _label_of(line: str) -> tuple[str, str] | None:
    found = _LABEL_LINE.match(plain(line))
    if not found or not found["value"]:
        return None
    label = _LABEL.fullmatch(found["label"].strip())
    if not label or not label.lastgroup:
        return None
    return label.lastgroup, line[found.start("value") : found.end("value")].strip().strip("*")


def _start_of(lines: list[str]) -> tuple[int | None, str | None]:
    """The line where the text begins, and its title where one stands above it."""
    for number, line in enumerate(lines):  # a label says it more surely than a sentence above it
        if hit := _START.match(plain(line)):
            tail = line[hit.end() :].strip()
            if tail:
                lines[number] = tail
                return number, None
            return _titled(lines, number + 1)
    for number, line in enumerate(lines):
        low = plain(line)
        if _BELOW.search(low) and any(part.strip() for part in lines[number + 1 :]):
            return _titled(lines, number + 1)
        if _capitals(line) and len(" ".join(lines[number + 1 :]).strip()) > 60:
            return number + 1, headline(line.strip(" *\"“”'"))
        if _RULE.fullmatch(line) and number and len(" ".join(lines[number + 1 :]).strip()) > 150:
            return _titled(lines, number + 1)
    return None, None


def _titled(lines: list[str], start: int) -> tuple[int, str | None]:
    """Skips empty lines and notes; a short line without a full stop above a paragraph is the title."""
    while start < len(lines) and (
        not lines[start].strip() or _RULE.fullmatch(lines[start]) or _skips(lines[start])
    ):
        start += 1
    if start >= len(lines):
        return start, None
    line = lines[start].strip().strip('*"“”')
    after = [part for part in lines[start + 1 :] if part.strip()]
    if after and 8 <= len(line) <= 130 and not line.endswith((".", ":", ",", ";")) and len(after[0]) > 40:
        return start + 1, headline(line)
    return start, None


def _skips(line: str) -> bool:
    """A further line of the covering note, such as "Saygılarımla"."""
    return bool(len(line) < 150 and _NOTE.search(plain(line)) and not _capitals(line))


def _capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return (
        len(letters) >= 10
        and len(line.split()) >= 2
        and sum(c.isupper() for c in letters) > 0.9 * len(letters)
        and len(line) < 160
    )


def _by_shape(lines: list[str]) -> tuple[str, str | None]:
    """Without any mark: long paragraphs that address nobody are the text."""
    paragraphs = [p.strip() for p in re.split(r"\n\s{0,10}\n", "\n".join(lines)) if p.strip()]
    told = [len(p) >= 180 and not _NOTE.search(plain(p)) for p in paragraphs]
    if not any(told):
        return "\n".join(lines), None
    first, last = told.index(True), len(told) - 1 - told[::-1].index(True)
    if sum(len(p) for p in paragraphs[first : last + 1]) < 250:
        return "\n".join(lines), None
    return "\n\n".join(paragraphs[:first] + paragraphs[last + 1 :]), "\n\n".join(paragraphs[first : last + 1])


def _without_note(lines: list[str]) -> tuple[list[str], list[str]]:
    """The text without the lines behind it that are written to the reader: where it goes, what is attached."""
    end = len(lines)
    for number in range(len(lines) - 1, max(0, len(lines) - 12), -1):
        low = plain(lines[number])
        if _TO_READER.search(low) and len(low) < 200:
            end = number
        elif low.strip() and not _CLOSING.fullmatch(low) and len(low) > 40:
            break
    return lines[:end], lines[end:]


def _without_closing(lines: list[str]) -> str | None:
    """The text without the formula and the name below it."""
    lines = list(lines)
    for number in range(len(lines) - 1, max(-1, len(lines) - 9), -1):
        if _CLOSING.fullmatch(plain(lines[number])):
            lines = lines[:number]
            break
    while lines and (not lines[-1].strip() or _RULE.fullmatch(lines[-1])):
        lines.pop()
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text or None
