"""Lines that programs and gateways add to mails: device lines, banners, disclaimers, notices.

A remark about the text that a person put among them stays a person's: `machine_made` parts the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.turkish import fold

_DEVICE = re.compile(
    r"^(?:(?:iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|windows|outlook|"
    r"yandex|gmail|mobil|akıllı|cep|blackberry|honor|"
    r"nokia|mail\.ru|yahoo|tablet)\S{0,20}[^.!?]{0,80}(?:gönderil(?:di|miştir)|gonderil(?:di|"
    r"mistir)|yollandı|iletildi)\.?|"
    r"(?:bu (?:e-?posta|ileti|mesaj|mail)\w{0,2} )?(?:[\w.-]{2,20} ){0,2}"
    r"(?:iphone|ipad|android|mobil|tablet|zimbra|outlook|"
    r"gmail|telefon|cihaz|posta|mail|app)\w{0,4}['’]?[dt][ae]n (?:gönderil(?:di|miştir)|yollandı)\.?|"
    r"gönderildi: (?:iphone|ipad|android|mobil)\S{0,12}|"
    r"[^.!?]{0,60}\b(?:cihazım|telefonum|iphone.?um|ipad.?im|tabletim)\w{0,8} gönderil(?:di|miştir)\.?|"
    r"(?:android|ios|iphone|mac|windows|mobil|cep telefonu)?\s?(?:için|icin)\s(?:outlook|posta|mail|"
    r"yandex)\S{0,20}\s?(?:uygulaması)?\S{0,8}\s?(?:edinin|alın|indirin|kullanılarak gönderildi|"
    r"gönderildi|ile gönderildi)\.?|"
    r"(?:android|ios|windows|mac) için (?:outlook|posta)\S{0,12}(?: \S{1,14}){0,3}|"
    r"outlook for (?:android|ios|mac)\S{0,3} (?:edinin|uygulamasını edinin)\.?|"
    r"(?:get|download|edinin:|holen sie sich) [^.!?]{2,30} (?:for|für) \S{2,12}(?: \S{2,12})?|"
    r"edinin: [^.!?]{2,40}|"
    r"(?:von|diese nachricht wurde von) mein(?:em|er) [^.!?]{2,70} (?:gesendet|geschickt)\.?|"
    r"[iı]nviato da [^.!?]{2,40}|enviado desde [^.!?]{2,40}|verstuurd vanaf [^.!?]{2,40}|"
    r"[^.!?]{0,40}\bile (?:güvenli )?(?:e-?posta |ileti )?gönderil(?:di|miştir)\.?|"
    r"sent (?:from|via|with|using) [^.!?]{2,60}\.?|"
    r"gesendet (?:von|mit) [^.!?]{2,50}|envoyé (?:de|depuis) [^.!?]{2,50}|"
    r"от правлено [^.!?]{2,40}|отправлено из [^.!?]{2,40}|windows için posta ile gönderildi|"
    r"[^.!?]{0,40}(?:uygulamasından|mail'den|mailden|posta'dan) gönderildi\.?)$"
)
_LINK_BEHIND = re.compile(r"\s{0,3}[:<(\[]?\s{0,3}(?:https?://|www\.)\S{1,500}$")
_FOOTER = re.compile(
    r"^(?:(?:virüs bulunmuyor|virüs yok|virüssüz|virus-free|virenfrei)\b.{0,60}|"
    r"(?:bu|this|diese) .{0,60}\b(?:virüs|virus|viren|antivir)\w{0,12} .{0,100}|"
    r"(?:bu )?(?:belge|evrak|ileti|e-?posta|yazı)\b.{0,60}(?:elektronik imza|e-imza)\w{0,5}.{0,40}"
    r"imza(?:lan|lı)\w{2,10}\.?|"
    r"(?:bu )?(?:(?:ileti|e-?posta|mesaj|mail)\w{0,3} )?"
    r"[^.!?]{0,40}(?:telefon|cihaz|iphone|ipad|tablet)\w{0,8} "
    r"(?:gönderil|yazıl|yazd|yolland)(?:di|dı|ı|ım|ığım|miştir|mıştır)[^.!?]{0,40}(?:hata|yazım|imla)[^.!?]{0,40}"
    r"(?:özür|kusur|mazur|affola)[^.!?]{0,30}\.?)$"
)
"""Lines that virus scanners, signing programs and careful phone users put below every mail."""
_REACTION = re.compile(
    r"^(?P<sign>\W{0,12})(?:[^!?\n]{2,80} )?(?:gmail üzerinden (?:tepki|ifade)|"
    r"(?:ileti|mesaj|e-?posta)\w{0,6} "
    r"(?:\W{1,12} )?(?:ile )?(?:tepki|ifade)|reacted (?:via gmail|to (?:your|a) (?:message|email))|"
    r"hat (?:über gmail|auf (?:ihre|deine) nachricht)|a réagi )[^.!?\n]{0,60}[:.]?$"
)
_RECALL = re.compile(
    r"(?:ileti|mesaj)\w{0,8} geri (?:çağırmak|almak|çekmek) ist(?:iyor|emektedir)|"
    r"would like to recall the message|"
    r"möchte die nachricht .{0,160}zurückrufen"
)
_DISCLAIMER_TITLE = re.compile(
    r"^[*\s\[]{0,4}(?:yasal uyarı|yasal bildirim|gizlilik (?:uyarısı|bildirimi|notu)|uyarı|"
    r"önemli uyarı|sorumluluk reddi|feragat(?:name)?|disclaimer|"
    r"confidentiality notice|legal (?:notice|disclaimer)|kvkk(?: bilgilendirme\w{0,5})?|"
    r"e-posta (?:yasal )?uyarısı)\s?[\])]?\s?[:/.*-]{0,3}(?:\s|$)"
)
_DISCLAIMER = re.compile(
    r"^[*\s(\[\"]{0,4}(?:(?:işbu|bu|iş bu) (?:e-?posta|elektronik posta|ileti|mesaj|e-?mail|"
    r"elektronik ileti|mail|yazışma)|this (?:e-?mail|message|communication|electronic)|"
    r"the (?:information|contents?)|dikkat\b|kişisel veri|6698|"
    r"diese e-?mail|der inhalt dieser|lütfen (?:çevre|bu e-?postayı|yazdır|"
    r"doğa)|please consider|çevre(?:mi|ni)?(?:zi|yi)|doğa(?:mı|nı)?(?:zı|yı)|"
    r"çevre için|bu belge|bu bilgi|yasal|uyarı|gizlilik|[iı]f you (?:are not|have received)|eğer (?:bu|"
    r"mesaj)|think before|save )"
)
_SHORT_NOTICE = re.compile(
    r"(?:bu|işbu) (?:e-?posta|mesaj|ileti|mail)(?: ve ekleri)? (?:kişiye özel|gizli)(?:dir)?"
    r"(?: ve (?:kişiye özel|gizli)(?:dir)?)?[.!]?"
)
_LEGAL = re.compile(
    r"gizli(?:dir|lik|)?\b|alıcı|muhatab|yetkisiz|yetkili|sorumlu|hukuk|virüs|kvkk|6698|"
    r"vertraulich|empfänger|irrtümlich|confidential|intended|recipient|privileged|liab|virus|"
    r"yazdırma|çıktı|print|kurum dışı|outside|external|kişiye özel|bildirmeniz|silme|ifşa|korunma|"
    r"tanımadığınız|bağlantılara"
)
_BANNER = re.compile(
    r"^[*\s\[(]{0,4}(?:caution|dikkat|uyarı|warning|external|dış kaynak|harici)\b.{0,400}(?:outside|"
    r"external|kurum dış|kuruluş dış|dışarıdan|harici|organization|tanımadığınız)"
    r"|^(?:\[external\]|\[dış\]|external email|you don't often get email from .{3,200}|"
    r".{3,120} adresinden sık sık e-posta almıyorsunuz.{0,200})$"
)
REMARK = re.compile(
    r"(?<!\w)(?:foto|görsel|resim|başlı[kğ]|metn|cümle|paragraf|(?!bağım)\w{3,}s[ıiuü]z(?!\w))"
)


_WRAPPED = 110
"""Characters of a line that a client may have wrapped."""


def device(line: str) -> bool:
    """Whether a folded line is one that a phone or a program adds."""
    line = _LINK_BEHIND.sub("", line) if "/" in line else line
    if len(line) >= 200 or _PRESS.search(line):
        return False
    return any(_DEVICE.match(form[:160]) or _FOOTER.match(form) for form in _forms(line))


def reaction(line: str) -> str | None:
    """The bare symbol of a line that tells of a reaction ("👍 … iletinize tepki verdi"); else None."""
    found = _REACTION.match(fold(line[:200])) if len(line) < 200 else None
    return None if found is None else found["sign"].strip(" :\t")


def recall(line: str) -> bool:
    """Whether a folded line is Exchange's wish to call back a mail."""
    return bool(_RECALL.search(line[:600]))


def banner(line: str) -> bool:
    """Whether a folded line is a gateway's warning at the top of a mail."""
    return any(map(_BANNER.match, _forms(line[:700])))


def disclaimer(line: str) -> bool:
    """Whether a folded paragraph starts a disclaimer."""
    return any(map(_disclaimer, _forms(line[:2_000])))


def leading(lines: Sequence[str]) -> int:
    """How many of the first lines a gateway or a template put above the words: banners and disclaimers.

    A template may carry its legal notice at the top; what stands below is an answer all the same.
    """
    place, legal = 0, False
    while place < len(lines) and place < 60:
        line = fold(lines[place][:2_000]).strip()
        if not line:
            place += 1
            continue
        if banner(line):
            place += 1
            continue
        alone = legal and all(_legal_alone(part) for part in _SENTENCE.split(line))
        wrapped = legal and place and 50 <= len(lines[place - 1]) <= _WRAPPED and not clause_of_text(line)
        if not (disclaimer(line) or alone or wrapped):
            break
        legal = True
        place += 1
    return place


def clause_of_text(line: str) -> bool:
    """Whether a folded line speaks of the text that was asked about."""
    return bool(_OF_THE_TEXT.search(line))


def _forms(line: str) -> tuple[str, ...]:
    """A folded line, and as it is in other languages, whose capital I is an i."""
    return (line, line.replace("ı", "i")) if "ı" in line else (line,)


def _disclaimer(line: str) -> bool:
    title = _DISCLAIMER_TITLE.match(line)
    if title and (len(line) < title.end() + 3 or _LEGAL.search(line)):
        return True
    if (len(line) >= 50 and _DISCLAIMER.match(line) and _LEGAL.search(line)) or _SHORT_NOTICE.fullmatch(line):
        return True
    return len(line) >= 200 and len({found[0] for found in _LEGAL.finditer(line)}) >= 4


_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LEGALESE = re.compile(
    r"e-?posta|e-?mail|elektronik|ileti|mesaj|gönderen|bilgilendir|haberdar|imha|kopyala|dağıt|çoğalt|sil(?:in|me|erek)|"
    r"kurumumuz|bakanlığımız|müdürlüğümüz|doğruluğu|garanti|zarar|yazılım|tehlikeli|çevre|kağıt|kâğıt|"
    r"sender|notify|delet|disclos|cop(?:y|ied|ies)|distribut|attachment|message|links?\b|nachricht|absender|lösch"
)
_PRESS = re.compile(
    r"(?<!\w)(?:foto|görsel|resim|resm(?!i|î)|başlı[kğ]|basli[kg]|cümle|paragraf|spot|haber(?!dar| ver)|"
    r"metin|metn|ambargo|saat|tarih|ertele|düzelt|duzelt|yay[ıi][nm]lama)"
)
_OF_THE_TEXT = re.compile(_PRESS.pattern + r"|(?<!\w)(?:uygun|onay|değiş|degis|bekle)")


def _legal_alone(sentence: str) -> bool:
    """Whether a folded sentence of a disclaimer speaks of the mail as such and of nothing else."""
    signs = {m[0] for form in _forms(sentence) for p in (_LEGAL, _LEGALESE) for m in p.finditer(form)}
    if REMARK.search(sentence) or not signs:
        return False
    return (len(signs) > 1 and not _PRESS.search(sentence)) or not _OF_THE_TEXT.search(sentence)


def machine_made(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines that a person may have written, and those that programs add below every mail.

    A disclaimer is taken sentence by sentence: a remark about the text put into one stays with the
    first.
    """
    written: list[str] = []
    added: list[str] = []
    place = 0
    while place < len(lines):
        line = fold(lines[place][:2_000]).strip()
        end = place + 1
        if device(line) and not _OF_THE_TEXT.search(line):
            added.append(lines[place])
        elif disclaimer(line) or banner(line):
            while end < len(lines) and 50 <= len(lines[end - 1]) <= 110 and end - place < 40:
                end += 1
            for sentence in _SENTENCE.split(" ".join(lines[place:end])[:20_000]):
                (added if _legal_alone(fold(sentence)) else written).append(sentence)
        else:
            written.append(lines[place])
        place = end
    return written, added
