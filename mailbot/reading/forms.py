"""Papers that never leave the unit, known by their words: consent forms and copies of identity papers (E19)."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re

from mailbot.core.opening import FileRole
from mailbot.core.privacy import Kind, found_in
from mailbot.reading.plain import plain, tidy

_FORM = re.compile(
    r"\baydinlatilmis\sonam|\bonam\sformu|\bacik\sriza|\briza\s(?:beyan|metni|formu)|\bmuvafakat(?:name)?|\b(?:goruntu|fotograf|cekim|video)\w{0,4}\s(?:kullanim\w{0,2}\s)?iz(?:in|ni)\w{0,3}\b|\bveli\sizin|\bkisisel\sverilerin\skorunmasi"
)
_BLANKS = re.compile(
    r"\bimza(?:si)?\b|\badi?\s?(?:,|ve)?\s?soyadi?\b|\bkimlik\s?(?:no|numarasi)|\bt\.?\s?c\.?\s?kimlik|\bveli(?:si)?\b|\byakinligi|\btelefon\b|\bdogum\starihi|\bbeyan\sed(?:erim|iyorum)|\bizin\sveriyorum|\briza\sgosteriyorum|\bkabul\sediyorum|\.{6}|_{5}"
)
_IDENTITY = re.compile(
    r"\bnufus\scuzdani|\bkimlik\skarti|\bidentity\scard|\bsurucu\sbelgesi|\bdriving\slicen[cs]e|\bpasaport\b|\bpassport\b|\bnufus\skayit\sornegi|\bvukuatli"
)
_FORM_LENGTH = 8_000
_CARD_LENGTH = 2_500


def private_role(text: str) -> FileRole | None:
    """CONSENT or IDENTITY where the words are those of such a paper, else None."""
    low = plain(tidy(text[:20_000]))
    if len(low) <= _FORM_LENGTH and _FORM.search(low) and len({m[0] for m in _BLANKS.finditer(low)}) >= 2:
        return FileRole.CONSENT
    if len(low) <= _CARD_LENGTH and _IDENTITY.search(low) and has_identity_number(low):
        return FileRole.IDENTITY
    return None


def has_identity_number(text: str) -> bool:
    """Whether a Turkish identity number stands in the text."""
    return any(found.kind is Kind.IDENTITY for found in found_in(text))
