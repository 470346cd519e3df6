"""A department's answer to a request for a draft: the draft itself, without what was written around it."""

from __future__ import annotations

import re

from mailbot.reading.asking import received
from mailbot.reading.plain import plain, tidy

_HEAD = re.compile(
    r"\W{0,4}(?:(?:yeni|guncel|duzeltilmis|revize|son)\s)?(?:bilgi\snotu|taslak|not(?:\smetni)?|metin)(?:\staslagi)?\W{0,4}(?::\W{0,4})?$"
)
_SECTION = re.compile(
    r"\W{0,6}(?:[0-9]{1,2}\W{1,3})?(?:konu(?:su)?|haber(?:in)?\s(?:kunyesi|basligi|tarihi|konusu)|olay(?:in|imiz)?\s?(?:ozeti|tarihi|seyri)?|ozet(?:i)?|kurum(?:umuz)?ca\syapilan(?:lar)?(?:\sislem(?:ler)?)?|yapilan\sislem(?:ler)?|degerlendirme(?:miz)?|sonuc(?:\sve\salinan\stedbir(?:ler)?)?|alinan\stedbir(?:ler)?|aciklama|bulgular|inceleme|kronoloji|hazirlayan(?:\sbirim)?)\s{0,2}:"
)
_GREETING = re.compile(
    r"\W{0,3}(?:sayin\b|merhaba|selam|iyi\s(?:gunler|calismalar|aksamlar|geceler)|gunaydin|kolay\sgelsin|degerli\b)[^\n]{0,80}$"
)
_COVER = re.compile(
    r"[^\n]{0,200}\b(?:asagida(?:dir)?|ekte(?:dir|ki)?|sunul(?:mustur|mus|ur)|iletil(?:mistir|ir)|gonder(?:iyor|ilmistir|iyoruz)|hazirlan(?:mistir|di))\b[^\n]{0,60}$"
)
_CLOSING = re.compile(
    r"\W{0,3}(?:saygilar(?:imla|imizla|imi)?|arz\s(?:ve\srica\s)?ed(?:erim|eriz)|rica\sed(?:erim|eriz)|bilgi(?:lerinize|nize)\b[^\n]{0,60}(?:arz|rica|sun)|iyi\s(?:calismalar|gunler|geceler)|tesekkur|kolay\sgelsin|geregini)\b[^\n]{0,120}$"
)
LONG = 120
"""Characters below which words without the shape of a note are a remark."""
_MOST = 60_000


def draft_in(words: str) -> str | None:
    """The draft in the new words of an answer; None where they are a remark, a question or a thank-you."""
    lines = tidy(words)[:_MOST].strip("\n").split("\n")
    low = [plain(line) for line in lines]
    head = next((n for n, line in enumerate(low[:25]) if line.strip() and _HEAD.match(line)), None)
    sections = [n for n, line in enumerate(low) if _SECTION.match(line)]
    if head is not None:
        start = head + 1
    elif len(sections) >= 2:
        start = sections[0]
    else:
        start = 0
        while start < len(lines) and (
            not low[start].strip() or _GREETING.match(low[start]) or _is_cover(lines, low, start)
        ):
            start += 1
    end = len(lines)
    while end > start and (not low[end - 1].strip() or _CLOSING.match(low[end - 1])):
        end -= 1
    text = "\n".join(lines[start:end]).strip()
    shaped = head is not None or len(sections) >= 2
    if not text or (not shaped and (len(text) < LONG or received(text) or text.rstrip().endswith("?"))):
        return None
    return text


def _is_cover(lines: list[str], low: list[str], number: int) -> bool:
    """A covering line stands alone: a blank line follows it."""
    alone = number + 1 < len(lines) and not lines[number + 1].strip()
    return alone and bool(_COVER.match(low[number]))
