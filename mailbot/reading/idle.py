"""Staff mails that open nothing: answers, thanks, questions, plans, what became of an item."""

from __future__ import annotations

import re

from mailbot.core.letter import Letter
from mailbot.core.opening import Process
from mailbot.reading.links import find_urls
from mailbot.reading.plain import plain

_PREFIX = re.compile(r"^\W{0,3}(?:(?:re|ynt|yan|cvp|yanit|aw|sv)\s?:\s?)", re.IGNORECASE)
FORWARD = re.compile(r"^\W{0,3}(?:ilt|fw|fwd|iletilen|ilet)\s?:", re.IGNORECASE)
_UPDATES = re.compile(
    r"\bguncel(?:\shali|\smetin|lendi|lenmis|ledim)|\bduzelttim|\bduzeltilmis|\bduzeltildi|\brevize|\byeni\shali|\byeni\sversiyon|\bv[2-9]\b|\byanlisti\b|\bsurum\s?[2-9]|\bdegistirdim|\bekledim\b"
)
_CHANGES = re.compile(
    r"\biptal\s(?:edil|oldu)|\bsaati?\sdegis|\btarihi?\sdegis|\bertelen(?:di|mis)|'?[ae]\salindi\b|\bvek[ai]let\sed|\bsozlu\sonay|\btelefonla\sonay\s(?:verdi|verildi|alindi)|\bkayit\sdusul|\bsehven|\bkonugu?\sdegis|\bfarkli\sbir\ssaat"
)
_CHANGE_SUBJECT = re.compile(r"^\W{0,3}(?:iptal|vekalet|sozlu\sonay|duzeltme\s?:|hatirlatma\s?:|erteleme)")
_THANKS = re.compile(
    r"\b(?:icin|hizli|destek\w*|onay\w*)\s(?:\w{1,12}\s){0,4}?tesekkur\sed|\btesekkur(?:ler|\sederi[mz])\W{0,3}(?:mudurum|baskanim)?[^.\n]{0,60}\b(?:guzel|harika)\b|\belinize\ssaglik"
)
_WISH = re.compile(
    r"\bhaber\s?onay(?:i\b)|\bonay(?:iniza|lariniza|inizi|iniz\b)|\barz\b|\brica\b|\basagida|\bekte|\bhaberlestir|\bhaber\syap|\b(?:yayi[nm]la|paylas|servis\sed)\w*(?:alim|elim|sin\b|masi|mesi|acag|eceg|ilecek|ilacak|nacak)|\bbasina\s(?:ver|gonder|gid)|\bsiteye\b|\bsunuyor"
)
_TOOLS = re.compile(
    r"\bhaber\w{0,5}\s(?:\w{1,12}\s)?(?:sablon|arsiv|takvim|format|kilavuz|listes|toplanti|plan|klasor|yedeg|havuz|grub)\w*"
)
"""What the unit works with, not what it publishes."""
_DELIBERATES = re.compile(
    r"\b(?:dusunuyor|planliyor)\w*[^.\n]{0,40}(?:\?|ne\sders|acaba)|\b\w{2,12}(?:sak|sek)\sm[iu]\b|\bne\sdersiniz|\bfikriniz|\bileride\b|\bkonusalim|\bgoruselim|\btoplantida\s(?:konus|gorus|ele)|\baklim(?:da|a)|\bhenuz\s(?:yaz|hazir|basla|cekil)\w*|\bonumuzdeki\s(?:ay|yil)\b[^.\n]{0,60}(?:yapabilir|dusun)"
)
"""Thinking aloud opens nothing."""
_WORKS = frozenset(
    {Process.PRODUCTION, Process.FILMING, Process.INTERVIEW, Process.VISIT, Process.MEDIA_MATERIAL}
)
_ACT = re.compile(
    r"\b(?:onay|arz|rica|isti(?:yor|n|m|r)|iste(?:di|n|m)|talep|taleb|planla|gerek|lazim|hazirla|tasarla|bas(?:il|tir|ki)|cek(?:il|tir|im|mek|ecek|sin)|yap(?:il|tir|mak|acak|alim)|iletil|ilete|uygun|izin|izn|katil|konu[gk]|konus|davet|gorus|taslak|taslag|ekte|sun|randevu|ziyaret|gelmek|soru|baglan)\w*"
)
_PUBLISHED = re.compile(
    r"\b(?:yayi[nm]landi|paylasildi|yayinda(?:dir)?|girildi|yuklendi)\b(?!\s(?:\w{1,12}\s){0,2}?(?:haber|iddia))"
)
"""Links that are written back (1.1.3) tell where an item stands: they open none."""
_WANTS = re.compile(r"\bsimdiden|\bonayiniza|\barz\s|\brica\b|\basagida|\bisti(?:yor|en)|\btalep|\bekte")
_STATUS = re.compile(
    r"\b(?:onaylandi|yayi[nm]landi|paylasildi|cikti|geldi|gitti|gonderildi|hazir|girildi|bitti|tamam|degisti)\s?m[iu](?:ydi|dir)?\b|\bne\s(?:oldu|zaman|durumda|asamada)\b[^.\n]{0,60}(?:\?|$)|\bnereye\s(?:koy|gonder|yukle)\w*|\bgid(?:ecek|iyor)\sm[iu]ydi"
)
"""Questions about what became of an item: they open none."""

_READ = 6_000


def opens_nothing(subject: str, words: str, letter: Letter) -> bool:
    """Whether the words of a covering note open no item, whatever they speak of."""
    low_subject, low = plain(subject), plain(words[:_READ])
    if _CHANGE_SUBJECT.match(low_subject):
        return True
    answers = bool(_PREFIX.match(low_subject)) or (
        bool(letter.in_reply_to) and not FORWARD.match(low_subject)
    )
    if answers and (
        _UPDATES.search(low)
        or not re.search(r"\bonay(?:lar)?iniz|\bbasina|\bsadece\sweb|\bhaber\w*[^.\n]{0,40}\bek", low)
    ):
        return True
    if _TOOLS.search(low_subject + "\n" + low) and not re.search(r"\bonay(?:lar)?iniz|\bbasina\b", low):
        return True
    if not letter.attachments and _DELIBERATES.search(low) and not _WISH.search(low):
        return True
    if not letter.attachments and _PUBLISHED.search(low) and find_urls(words[:_READ]):
        return True
    if (
        not letter.attachments
        and len(low) < 400
        and (_STATUS.search(low) or (_THANKS.search(low) and not _WANTS.search(low)))
    ):
        return True
    return bool(_CHANGES.search(low)) and not re.search(
        r"\bhaber\w{0,6}[^.\n]{0,40}\b(?:ekte|asagida)|\bonay(?:lar)?iniza", low
    )


def wants_nothing(process: Process, said: str, *, brings: bool, files: bool) -> bool:
    """Whether a mail names a kind of work and wants nothing done about it.

    `said` is subject and note, `brings` whether a text, a link or a file comes with them.
    """
    if process is Process.NEWS:
        return not brings and not _WISH.search(plain(said))
    return process in _WORKS and not files and not _ACT.search(plain(said))
