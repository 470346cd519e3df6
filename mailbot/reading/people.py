"""Guests and speakers in a staff mail: a title and a name, as officials write them."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.reading.plain import plain, tidy

_ACADEMIC = r"(?:(?:Prof|Doç|Yrd|Öğr|Üyesi|Uzm?|Op|Dr|Dt|Ecz|Av|Psk|Dyt|Fzt|Hem|Vet|Bio|Ebe)\.[ ]?){1,4}"
_NAME = r"(?:[A-ZÇĞİÖŞÜ](?:[a-zçğıöşü]{1,20}|\.)[ ]){1,2}[A-ZÇĞİÖŞÜ](?:[a-zçğıöşü]{1,20}|[A-ZÇĞİÖŞÜ]{1,20})"
_WITH_TITLE = re.compile(rf"({_ACADEMIC}{_NAME})")
_ROLE = re.compile(
    rf"(?i:Başhemşire|Başhekim(?:i|imiz)?(?:\sYardımcısı)?|Hemşire|Ebe|Diyetisyen|Psikolog|Paramedik|Fizyoterapist|Eczacı|Doktor|Hekim|Başkanımız|Başkanı|Müdürümüz|Müdürü|Uzmanı|Sorumlusu|Koordinatörü|Teknikeri|Mühendisi|Biyolog|Veteriner|Sosyal\sÇalışmacı)\s({_NAME})"
)
_AS_GUEST = re.compile(
    rf"({_NAME})(?:'\w{{1,6}})?\s(?:konuk|katıl|bilgi verecek|konuşacak|anlatacak|röportaj|bağlan|uygun|yer alacak|temsil)|(?:konu[kğ]\w{{0,8}}|konuşmacı\w{{0,4}}|katılacak(?:\skişi)?)\s?(?:olarak|:|ise)?\s({_NAME})"
)


def guest_in(words: str, label: str | None, outlets: Iterable[str] = ()) -> str | None:
    """The person who is to speak: academic title and name; None where nobody is named."""
    text = re.sub(r"[’‘`]", "'", tidy(words))
    known = {plain(name) for name in outlets}
    if label:
        titled = _WITH_TITLE.search(label) or _ROLE.search(label) or re.search(rf"({_NAME})", label)
        return (titled[1] if titled else re.split(r"[,(;]", label)[0]).strip()
    for pattern in (_WITH_TITLE, _ROLE, _AS_GUEST):
        for hit in pattern.finditer(text):
            name = next(group for group in hit.groups() if group).strip()
            if plain(name) not in known and not re.search(
                r"(?:TV|Radyo|Hastanesi|Müdürlü|Başkanl|Bakan|Gazete|Program)", name
            ):
                return name
    return None
