"""How an item is to go on after a refusal, in the words of whoever may choose (process E3, S4)."""

from __future__ import annotations

import re

from mailbot.reading.destination import destination_in
from mailbot.reading.plain import plain, tidy

_MOST = 120
"""Characters: a choice is said in a line. Whoever writes more wants more, and a person reads that."""

_DROP = re.compile(
    r"(?:(?:bu|o)\s)?(?:haber(?:i|den|imizi|imizden)?\s|bundan\s|bunu\s|metni\s)?(?:tamamen\s|tumuyle\s|simdilik\s|artik\s)?"
    r"(?:vazgec(?:elim|iyoruz|tik|ildi|in|iniz|ilsin)?|iptal(?:\sed(?:elim|in|iniz|iyoruz|ilsin))?|hic\syayi[nm]lamayalim)"
)
_AGAIN = re.compile(
    r"yeni\s(?:surum|versiyon|metin)(?:\s(?:hazirla(?:yin|yalim|yiniz|nsin)|yazilsin|yazin|yazalim))?"
    r"|(?:metni\s|haberi\s)?(?:yeniden|bastan|tekrar)\s(?:yaz(?:in|iniz|alim|ilsin)|hazirla(?:yin|yalim|yiniz|nsin)|duzenle(?:yin|yelim|nsin))"
    r"|(?:metni\s|haberi\s)?duzelt(?:ip|erek)\s(?:yeniden\s|tekrar\s)?(?:gonder(?:in|elim|iniz|ilsin)|sun(?:un|alim|ulsun|unuz)|sor(?:un|alim|ulsun))"
)
_WEB = re.compile(
    r"(?:web|site|sosyal\smedya|web\sve\ssosyal(?:\smedya)?|(?:kendi\s)?(?:web\s)?site(?:mize|mizde|ye|de)(?:\s(?:koyun|koyalim|koyup|girelim|girin|ekleyin|ekleyelim))?)"
    r"(?:\s(?:yeter(?:li)?(?:dir)?|olsun|gecelim|kalsin))?"
)
_FILLER = re.compile(
    r"^(?:(?:o\szaman|peki|tamam(?:dir)?|lutfen|arkadaslar|merhaba|selam|bence|evet|hayir|madem\soyle|olur)[\s,.!;:-]{1,3}){1,3}"
)
_SALUTATION = re.compile(
    r"(?:sayin|sn|degerli)\b.{0,60}|(?:merhaba|selam)(?:lar)?|iyi\s(?:gunler|aksamlar)|gunaydin"
)
_CLOSING = re.compile(
    r"saygi|iyi\s(?:calismalar|gunler)|tesekkur|kolay\sgelsin|selamlar|bilgi(?:niz|leriniz)e|_{4}|dr\b|uzm?\b"
)
_MORE = re.compile(
    r"\?|\bparagraf|\bcumle|\bbaslik|\bfoto|\bgorsel|\bisim|\bciks|\bama\b|\bancak\b|\bfakat\b|\bcikar|\bekle(?:n|y(?!in\b|elim\b))|\bdegis|\bduzelt|\bsil\b|\bsilin|\bsonra\b|\bonce\b|\bkadar\b|\bsaat\b|\bm[iu]\b"
    r"|\b\w{2,15}(?:[iuae]rs[ae]|yors[ae])\b|\bsorun\b|\bbekle"
)
_NO_PRESS = re.compile(
    r"\bbasin\w{0,3}\b[^.!?\n]{0,60}\b(?:uygun\s(?:gorul|bulun|gor|bul)\w{0,3}m\w{1,12}|uygun\sdegil\w{0,5}|sakincali\w{0,5})"
)
_WEB_MAY = re.compile(
    r"\b(?:web|internet|site|sosyal\smedya)\w{0,8}\b[^.!?\n]{0,60}\b(?:yayi[nm]la(?:n|y)\w{0,16}|paylas\w{0,14}|kon(?:ul|ab)\w{0,10}|yer\s(?:alabilir|verilebilir)|uygun(?:dur)?)\b"
)


_NAMED_ACT = re.compile(r"\b(?:servis\s)?\w{2,12}l(?:me|ma)si\w{0,3}\b")


def read_choice(words: str) -> str | None:
    """`web`, `taslak` or `iptal` where the whole of `words` says so and nothing beside it, else None."""
    lines = [" ".join(line.split()).strip(" .,!;:-*") for line in plain(tidy(words)).split("\n")]
    end = next((n for n, line in enumerate(lines) if n and _CLOSING.match(line)), len(lines))
    said = " ".join(line for line in lines[:end] if line and not _SALUTATION.fullmatch(line))
    low = _FILLER.sub("", said)
    if not low or len(low) > _MOST:
        return None
    if _DROP.fullmatch(low):
        return "iptal"
    if _AGAIN.fullmatch(low):
        return "taslak"
    if _MORE.search(low):
        return None
    if _WEB.fullmatch(low) or destination_in(low) is False:
        return "web"
    return None


def drops_press(words: str) -> bool:
    """Whether `words` take the press away and leave web and social media."""
    low = re.sub(r"\s+", " ", plain(tidy(words)))
    if _NO_PRESS.search(low) and _WEB_MAY.search(low):
        return True
    # "Servis edilmesi" names the act; only "edilmemesi" denies it.
    return destination_in(_NAMED_ACT.sub("isi", low)) is False
