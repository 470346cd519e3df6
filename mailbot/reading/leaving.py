"""Whether somebody who gets our distributions asks to be taken off them.

Only a wish: staff take the address off. So words that merely complain reach staff too, but a question
about a mail, or a wish that denies itself, is no wish.
"""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re

from mailbot.core.leaving import SUBJECT
from mailbot.reading.plain import plain, tidy

_LIST = r"(?:(?:e-?\s?)?(?:posta|mail|bulten|dagitim|basin|haber|gonderim|iletisim|abone)\s)?(?:liste(?:si|niz|mi)?\w{0,5}|gru[pb]\w{0,7}|aboneli\w{1,9}|uyeli\w{1,7}|veri\staban\w{1,5}|rehber\w{0,7})"
_OUT = r"(?:cik(?:ar|ma|mak|iyor|ayim|alim|sin|acag|artil|aril)\w{0,14}|sil(?:in|er|mek|me|iniz|inme|dir)\w{0,12}|dus(?:un|urun|er|mek|ulme)\w{0,12}|ayril(?:mak|iyor|abil)\w{0,10}|iptal\w{0,12}|sonlandir\w{0,12}|kaldir\w{0,12}|terk\w{0,6})"
_MAILS = r"(?:bulten|haber|mail|e-?\s?posta|ileti|gonderi|duyuru|mesaj)\w{0,12}"
_NO_MORE = r"(?:gonder(?:me|ilme)(?:yin|yiniz|menizi|mesini|nizi|melisiniz)?\w{0,8}|(?:almak|gormek)\sistemiyor\w{0,4}|atma(?:yin|yiniz|yiniz)\b|yollama(?:yin|yiniz)\b|iletme(?:yin|yiniz)\b)"

_WISHES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_LIST}\s(?:\S{{1,20}}\s){{0,4}}?{_OUT}",
        rf"\b{_OUT}\s(?:\S{{1,20}}\s){{0,3}}?{_LIST}",
        rf"\b(?:bir\sdaha|artik|bundan\s(?:sonra|boyle)|lutfen)\s(?:\S{{1,20}}\s){{0,6}}?{_NO_MORE}",
        rf"\b{_MAILS}\s(?:\S{{1,20}}\s){{0,3}}?{_NO_MORE}",
        r"\bunsubscribe\b",
        r"\b(?:remove|take)\s(?:me|us|this\saddress|our\saddress)\s(?:from|off)\b",
    )
)
_DENIED = re.compile(
    rf"\b{_OUT}\s(?:istemiyor|istemem|degil)|\bcikarma(?:yin|yiniz|masin|san)\b|\bcikmak\sistemiyor|\bcikarilm(?:is|adi|adik)\w{{0,8}}\s?(?:mi|miy)|\b(?:neden|nicin|niye|yanlislikla)\b[^.!\n]{{0,60}}\bcikar|\btekrar\s(?:ekle|alin)|\byeniden\s(?:ekle|alin)"
)
_POLITE = re.compile(r"\bm[iu]s[iu]n")
"""“… çıkarır mısınız?” asks for it."""


def wants_out(subject: str, words: str) -> bool:
    """Whether the new words of a mail, or the subject that our own link writes, ask to leave a list."""
    if ours(subject):
        return True
    for sentence in re.split(r"[.!\n;]+", plain(tidy(words[:4_000]))):
        said = " ".join(sentence.split())
        asked = "?" in said and not _POLITE.search(said)
        if not asked and not _DENIED.search(said) and any(wish.search(said) for wish in _WISHES):
            return True
    return False


def ours(subject: str) -> bool:
    """Whether the subject is the one that our List-Unsubscribe field writes."""
    return plain(tidy(subject[:300])).lstrip().startswith(plain(SUBJECT))
