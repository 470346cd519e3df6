"""Letters for finding, not for deciding: one plain letter for each letter, so that places stay the same.

Staff and ministry mails are searched for dates, names and kinds of item. There a dropped or an added
diacritic changes nothing, so both sides are brought to plain lower-case letters. Decisions are never
read from this form (`turkish.fold` is for them): it makes different words equal.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LIMIT = 60_000
"""Characters of a body that are read; more come only from pasted reports and hostile mail."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0307]")
_SAME = str.maketrans(
    "İIıçÇğĞöÖşŞüÜâÂîÎûÛéÉ’‘ʼ´`“”„«»–—‑−\u00a0\u2007\u2009\u202f\t",
    "iiiccggoossuuaaiiuuee'''''\"\"\"\"\"----     ",
)

SUFFIX = (
    r"(?:'?(?:l[ae]r|l[iu]g[iu]|l[iu]k|s[iu]|[iu]m[iu]z|[iu]n[iu]z|m[iu]z|[iu]|y[iu]|y[ae]|[ae]|n[iu]n|[iu]n|"
    r"d[ae]n?|t[ae]n?|n[iu]|nd[ae]n?|n[ae]|l[iu]|yl[ae]|l[ae]|ki|l[ae]n?m[ae]|c[iu]l[iu]k|c[iu])){0,4}"
)
"""Case, plural and possessive endings of a noun in plain letters, so that short words stay words."""


def tidy(text: str) -> str:
    """`text` composed (NFC), without invisible letters, with line feeds only, cut at `LIMIT`."""
    text = unicodedata.normalize("NFC", text[: 2 * LIMIT])
    text = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text[:LIMIT]


def plain(text: str) -> str:
    """Lower-case letters without Turkish diacritics; exactly as long as the tidied `text`.

    >>> plain("İVEDİ – Aşı Haberi")
    'ivedi - asi haberi'
    """
    if text.isascii():
        return text.replace("\t", " ").replace("`", "'").lower()
    return _plain(text)


@lru_cache(maxsize=128)
def _plain(text: str) -> str:
    """Remembered: one reader after another asks for the same subject and body."""
    swapped = text.translate(_SAME)
    lowered = swapped.lower()
    return lowered if len(lowered) == len(swapped) else "".join(c.lower()[:1] for c in swapped)


_SOFTENS = {"k": "g", "p": "b", "t": "d"}


def word(text: str) -> re.Pattern[str]:
    """A pattern that finds `text` as a noun with its endings, in plain letters.

    Long words may be followed by any ending, short ones only by a known ending: `aşı` is not in
    `asistan`.
    """
    core = r"\s{1,3}".join(re.escape(part) for part in plain(tidy(text)).split())
    if len(text) > 5 and core[-1:] in _SOFTENS:
        # "poliklinik" is "polikliniği" before a vowel.
        core = f"{core[:-1]}(?:{core[-1]}|{_SOFTENS[core[-1]]}(?=[aeiou]))"
    ending = r"(?:'?[a-z]{0,12}){0,2}" if len(text) > 5 else SUFFIX
    return re.compile(rf"(?<![a-z0-9]){core}{ending}(?![a-z0-9])")


_LOWER = str.maketrans("Iİ", "ıi")
_UPPER = str.maketrans("ıi", "Iİ")
_SMALL = frozenset({"ve", "ile", "için", "de", "da", "veya", "mi", "mı", "mu", "mü", "ya"})


def lower(text: str) -> str:
    """Turkish lower case: I is ı."""
    return text.translate(_LOWER).lower()


def capital(text: str) -> str:
    """`text` with its first letter in Turkish upper case."""
    return text[:1].translate(_UPPER).upper() + text[1:]


def headline(text: str) -> str:
    """A title that was typed in capitals, in title case; another title as it is.

    >>> headline("DENİZLİ'DE AŞI VE SAĞLIK")
    "Denizli'de Aşı ve Sağlık"
    """
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.8 * len(letters) or len(text) < 6:
        return text
    words = []
    for n, token in enumerate(text.split()):
        small = lower(token)
        keep = (len(token) <= 4 and n > 0 and token.isupper() and token in _SHORT) or any(
            map(str.isdigit, token)
        )
        words.append(token if keep else small if n and small in _SMALL else capital(small))
    return " ".join(words)


_SHORT = frozenset({"EAH", "DH", "ADSM", "ASM", "TSM", "TV", "KBRN", "UMKE", "AIDS", "KOAH", "MR", "T.C."})
