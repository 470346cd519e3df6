"""Names of programmes and of places in a staff mail."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.plain import tidy

_QUOTED_NAME = r"(?:[\"“«]([^\"”»\n]{3,60})[\"”»]|(?<![\w])'([^'\n]{3,60})'(?!\w))"
_PROGRAMME = re.compile(
    rf"{_QUOTED_NAME}(?=\s(?:adlı\s|isimli\s)?(?:program|kuşa[kğ]|dosya|bülten|belgesel|yayın))"
)
_ANY_QUOTED = re.compile(_QUOTED_NAME)
_PROGRAMME_BARE = re.compile(
    r"((?:[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,20}\s){1,4})(?:adlı |isimli )?(?:(?:[Pp]rogram[ıi]|[Kk]uşağ[ıi])(?:n[aei]|ndaki|nda|nın|mıza)?\b|(dosyası)\b)"
)
_NOT_A_PROGRAMME = frozenset(
    {"TV", "Televizyon", "Radyo", "Sayın", "Müdürüm", "Canlı", "Yayın", "Haber", "Çekim"}
)


def programme_in(text: str, outlets: Sequence[str]) -> str | None:
    """The programme's name: quoted before "programı", else capitalised before it, else quoted anywhere."""
    text = re.sub(r"[’‘]", "'", tidy(text))
    for outlet in outlets:
        short = outlet.removesuffix(" Gazetesi")
        text = re.sub(rf"{re.escape(short)}(?: Gazetesi)?(?:'\w{{1,6}})?", " ; ", text)
    if hit := _PROGRAMME.search(text):
        return (hit[1] or hit[2]).strip()
    for hit in _PROGRAMME_BARE.finditer(text):
        words = hit[1].split()
        while words and words[0] in _NOT_A_PROGRAMME:
            words.pop(0)
        if words:
            return " ".join(words) + (" dosyası" if hit[2] else "")
    named = _ANY_QUOTED.search(text)
    return (named[1] or named[2]).strip() if named else None


_PLACE = re.compile(
    r"((?:[A-ZÇĞİÖŞÜ0-9][\wçğıöşü.]{0,20}\s){1,5}(?:Salonu|Meydanı|Pazaryeri|Parkı|Merkezi|Caddesi|Okulu|Lisesi|Üniversitesi|Otel|Oteli|Stadı|Stadyumu|AVM|Kampüsü|Camii|Bahçesi|Tesisleri|Müzesi|Sarayı|Alanı|Sitesi|Mahallesi|Köyü))"
    r"(?='?(?:nda|nde|da|de|ndaki|ta|te)\b)"
)


def place_in(note: str) -> str | None:
    """The hall, square or building that `note` names as a place."""
    found = _PLACE.search(tidy(note).translate(str.maketrans("’‘", "''"))) or re.search(
        _PLACE.pattern.replace("(?='?", "(?:"), note
    )
    return found[1].strip() if found and "Sağlık" not in found[1] else None
