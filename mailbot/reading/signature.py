"""Where the new words end and the signature, the disclaimer or the device line begins.

A line with a verb or a condition is never taken for a signature: when in doubt it stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.turkish import fold, words_of

_DELIMITER = re.compile(r"^(?:--|—|––|_{5,80}|-{5,80}|={5,80}|\*{5,80})\s?$")
_RULE = re.compile(r"^[-_=*–—~#]{2,120}$")
_DEVICE = re.compile(
    r"^(?:(?:iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|windows|outlook|"
    r"yandex|gmail|mobil|akıllı|cep|blackberry|honor|"
    r"nokia|mail\.ru|yahoo|tablet)\S{0,20}[^.!?]{0,80}(?:gönderil(?:di|miştir)|gonderil(?:di|"
    r"mistir)|yollandı|iletildi)\.?|"
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
_FOOTER = re.compile(
    r"^(?:(?:virüs bulunmuyor|virüs yok|virüssüz|virus-free|virenfrei)\b.{0,60}|"
    r"(?:bu|this|diese) .{0,60}\b(?:virüs|virus|viren|antivir)\w{0,12} .{0,100}|"
    r"(?:bu )?(?:belge|evrak|ileti|e-?posta|yazı)\b.{0,60}(?:elektronik imza|e-imza)\w{0,5}.{0,40}"
    r"imza(?:lan|lı)\w{2,10}\.?|"
    r"(?:bu )?(?:ileti|e-?posta|mesaj|mail)\w{0,3} [^.!?]{0,40}(?:telefon|cihaz|iphone|ipad|tablet)\w{0,8} "
    r"(?:gönderil|yazıl)(?:di|dı|miştir|mıştır)[^.!?]{0,40}(?:hata|yazım|imla)[^.!?]{0,40}"
    r"(?:özür|kusur|mazur|affola)[^.!?]{0,30}\.?)$"
)
"""Lines that virus scanners, signing programs and careful phone users put below every mail."""
_SOCIAL = re.compile(
    r"^(?:[\W_]{0,4}(?:facebook|twitter|x|[iı]nstagram|youtube|linked[iı]n|nsosyal|telegram|whatsapp|web|flickr)\b)"
    r"{1,8}\W{0,4}$"
)
_REACTION = re.compile(
    r"^(?P<sign>\W{0,12})(?:[^.!?\n]{2,80} )?(?:gmail üzerinden (?:tepki|ifade)|"
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
_CLAUSE = re.compile(
    r"(?<!\w)(?:uygun|onay|olur|olmaz|olsun|tamam|ret|red|redd\w*|iptal|düzelt|duzelt|değiş|degis|"
    r"değil|degil|ekle|çıkar|cikar|kaldır|kaldir|yayınla|yayımla|"
    r"yayinla|paylaş|paylas|servis ed|sakınca|sakinca|mahzur|mahsur|bekle|şart|sart(?:ıyla|iyla)|"
    r"koşul|kosul|kayd|hariç|haric|dışında|ancak|"
    r"yalnız|sadece|lütfen|lutfen|kalsın|kalsin|yap[ıi]l|edil|gönder|verilsin|girsin|yazılsın|"
    r"konulsun|evet|hayır|hayir|ok|okey|teşekkür|"
    r"tesekkur|saygı|saygi|sevgi|selam|merhaba|günaydın|iyi çalış|iyi günler|iyi akşam|kolay gelsin|"
    r"elinize|sayın|önce|sonra|kadar|görüş|gorus)\w*"
    r"|(?P<verb>(?<!\w)(?!bas[ıi]n)\w{2,}(?:yor|yorum|yoruz|mıştır|miştir|muştur|müştür|ınız|iniz|"
    r"unuz|ünüz|elim|alım|sın|sin|sün|acak|ecek|ilir|ılır|unur|ünür|arak|erek|ması|mesi)(?!\w))"
)
_STREET = re.compile(
    r"(?<!\w)\w{2,20} (?:mah|mh|mahallesi|cad|cd|caddesi|sok|sk|sokak|sokağı|bulv|blv|bulvarı|apt|"
    r"apartmanı|sitesi|köyü)(?!\w)"
)
"""A street may be named after any word: Onay Mah., Uygun Sok."""
_REACH = re.compile(
    r"(?<!\w)(?:tel|telefon|gsm|cep|faks|fax|dahili|santral|phone|mobile|mobil|t|f|m|e-?posta|"
    r"e-?mail|email|mail|web|www|adres|address|kep)\s{0,2}[:.]"
    r"|www\.[\w.-]{3,60}|https?://|^[\w.+-]{1,60}@[\w.-]{3,80}$|"
    r"^[+(]?[\d\s()+./-]{9,60}(?:\s?[-/(]?\s?(?:dahili|dah)\W{0,3}\d{2,5}\)?)?$"
)
_ADDRESS = re.compile(
    r"(?<!\w)(?:mah|mh|mahallesi|cad|cd|caddesi|sok|sk|sokak|sokağı|bulvarı|bulv|blv|apt|kat|no|"
    r"daire|plaza|blok)(?:\s?[.:/]|\s|,|$)|(?<!\d)\d{5}(?!\d)"
)
_TITLE = re.compile(
    r"(?:müdür|müdürü|müdürümüz|müd|başkan|başkanı|vali|valisi|yardımcısı|yrd|vekili|uzman|uzmanı|"
    r"sorumlusu|memuru|şefi|şef|koordinatör|koordinatörü|"
    r"danışmanı|danışman|müşaviri|müşavir|hemşire|hekim|tabip|başhekim|başhekimi|doktor|dr|sekreter|"
    r"sekreteri|asistanı|mühendis|mühendisi|"
    r"kaymakam|kaymakamı|amiri|temsilcisi|editör|editörü|bakan|bakanı|teknikeri|müfettiş|profesör|"
    r"gazeteci|memur|v|a|"
    r"manager|director|officer|assistant|advisor|head|specialist|deputy|governor|md|phd)\.?\s?\)?$"
)
_BODY = re.compile(
    r"(?:müdürlüğü|bakanlığı|valiliği|başkanlığı|hastanesi|birimi|kurumu|kurulu|dairesi|"
    r"daire başkanlığı|merkezi|üniversitesi|fakültesi|belediyesi|"
    r"müşavirliği|kaymakamlığı|sekreterliği|kalemi|şubesi|servisi|bölümü|anabilim dalı|ofisi|"
    r"derneği|gazetesi|ajansı|ministry|directorate|office|"
    r"department|hospital|unit|türkiye|ankara|denizli|istanbul|izmir)(?:\s?[/-]\s?\w{2,20}){0,2}\.?$"
)
_CONTENT = re.compile(
    r"(?<!\w)(?:foto|resim|görsel|başlı[kğ]|basli[kg]|metn|haber|yayın|yayin|basın|web|site|sosyal|medya|"
    r"yerel|ulusal|video|isim|tarih|saat|cümle|paragraf|spot|manşet|yarın|bugün|akşam|acil|ivedi|"
    r"program|canlı|bant|konuk|"
    r"not(?!\w)|gün(?!\w)|\w{3,}s[ıiuü]z(?!\w))"
)
"""Words of a remark about the text, in capitals too: "FOTOĞRAFSIZ YAYIN" is nobody's name."""
_REMARK = re.compile(
    r"(?<!\w)(?:foto|görsel|resim|başlı[kğ]|metn|cümle|paragraf|(?!bağım)\w{3,}s[ıiuü]z(?!\w))"
)
_PAGE = re.compile(r"(?:https?://|www\.)[^\s/]{3,100}/(?P<path>[^\s]{1,2000})")
_PROFILE = re.compile(
    r"(?:facebook|fb|[iı]nstagram|twitter|x|linked[iı]n|youtube|nsosyal)\.(?:com|net)/(?:in/|company/|@)?[\w.-]{2,40}/?$|"
    r"(?:goo\.gl|google\.\w{2,6}(?:\.\w\w)?)/maps"
)
_CLOSING = re.compile(
    r"^(?:en (?:içten|derin) )?(?:saygı\w{0,12}|saygi\w{0,12}|sevgi\w{0,10}|selam\w{0,10}|"
    r"iyi çalışmalar\w{0,4}|iyi günler\w{0,4}|mit freundlichen grüßen|freundliche grüße|viele grüße|"
    r"(?:kind |best |warm )?regards|sincerely|cordialement)"
    r"(?: (?:sunar(?:ım|ız)|dilerim|dileriz|sunarım))?[.,]?$"
)
_STATE = re.compile(r"^t\.?\s?c\.?(?:\s|$)")
_PREFIX = re.compile(
    r"^(?:(?:prof|doç|doc|dr|uzm|op|yrd|öğr|gör|av|ecz|hem|ebe|dt|müh|arş|vet|sn|hv|tbp|alb|bnb)\.\s?){1,5}"
)
_SMALL = frozenset({"ve", "ile", "için", "of", "the", "and", "de", "da", "a.", "v.", "adına"})


def clause(line: str) -> bool:
    """Whether a folded line holds a verb or a condition as replies have them."""
    return bool(_CLAUSE.search(line[:2_000]))


def device(line: str) -> bool:
    """Whether a folded line is one that a phone or a program adds."""
    if len(line) >= 200:
        return False
    return any(_DEVICE.match(form[:160]) or _FOOTER.match(form) for form in _forms(line))


def reaction(line: str) -> str | None:
    """The bare symbol of a line that tells of a reaction ("👍 … iletinize tepki verdi"); else None."""
    found = _REACTION.match(fold(line[:200])) if len(line) < 200 else None
    return None if found is None else found["sign"].strip(" :\t")


def recall(line: str) -> bool:
    """Whether a folded line is Exchange's wish to call back a mail."""
    return bool(_RECALL.search(line[:600]))


def page_link(line: str) -> bool:
    """Whether a line links to a page, as staff report a publication; profiles and maps do not count."""
    return any(len(f["path"]) > 1 and not _PROFILE.search(f[0].lower()) for f in _PAGE.finditer(line[:2_000]))


def banner(line: str) -> bool:
    """Whether a folded line is a gateway's warning at the top of a mail."""
    return any(map(_BANNER.match, _forms(line[:700])))


def disclaimer(line: str) -> bool:
    """Whether a folded paragraph starts a disclaimer."""
    return any(map(_disclaimer, _forms(line[:2_000])))


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
    r"(?<!\w)(?:foto|görsel|resim|resm|başlı[kğ]|basli[kg]|cümle|paragraf|spot|haber(?!dar)|metin|metn|ambargo|"
    r"saat|tarih|ertele|düzelt|duzelt|yay[ıi][nm]lama)"
)
_OF_THE_TEXT = re.compile(_PRESS.pattern + r"|(?<!\w)(?:uygun|onay|değiş|degis|bekle)")


def _legal_alone(sentence: str) -> bool:
    """Whether a folded sentence of a disclaimer speaks of the mail as such and of nothing else."""
    signs = {m[0] for form in _forms(sentence) for p in (_LEGAL, _LEGALESE) for m in p.finditer(form)}
    if _REMARK.search(sentence) or not signs:
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


def _capital(line: str) -> bool:
    words = [word.strip("()[]/,.;:'’\"-–|•") for word in line.split()]
    words = [word for word in words if word and word[0].isalpha()]
    return bool(words) and all(
        word[0].isupper() or fold(word) in _SMALL or f"{fold(word)}." in _SMALL for word in words
    )


def _kind(line: str) -> str:
    """strong, name, weak or "" for one line: what part of a signature it can be.

    weak: a line in capitals that says nothing by itself; it may stand inside a signature.
    """
    if len(line) > 160:
        return ""
    folded = fold(line).strip(" *_|•·")
    if not folded or ("/" in folded and page_link(folded)):
        return ""
    if _SOCIAL.match(folded):
        return "strong"
    verb = _CLAUSE.search(_STREET.sub(" ", folded))
    if _REACH.search(folded) and not verb and _few_words(folded):
        return "strong"
    if verb and verb["verb"] and _capital(line) and len(folded.split()) <= 9:
        # A title that ends as a title may hold a word shaped like a verb ("Önlenebilir Hastalıklar …").
        return "strong" if _BODY.search(folded) or _TITLE.search(folded) else ""
    if verb or line.rstrip().endswith(("!", "?", ":", "…", ";")):
        return ""
    if _ADDRESS.search(folded) and any(c.isdigit() for c in folded) and _capital(line):
        return "strong"
    if not _capital(line) or _REMARK.search(folded):
        return ""
    if _STATE.match(folded) or _BODY.search(folded) or (_TITLE.search(folded) and len(folded.split()) <= 9):
        return "strong"
    if _PREFIX.match(folded) and len(folded.split()) <= 6:
        return "strong"
    words = line.split()
    if (
        2 <= len(words) <= 4
        and not line.rstrip().endswith(".")
        and not any(c.isdigit() for c in line)
        and "," not in line
        and not _CONTENT.search(folded)
    ):
        return "name"
    weak = 1 < len(words) <= 9 and not line.rstrip().endswith(".") and not _CONTENT.search(folded)
    return "weak" if weak else ""


def _few_words(folded: str) -> bool:
    return len(re.findall(r"[^\W\d_]{3,}", re.sub(r"\S{0,80}(?:@|www\.|://)\S{0,200}", " ", folded))) <= 14


def cut(lines: Sequence[str], names: frozenset[str] = frozenset()) -> tuple[int, str]:
    """How many of the lines are new words, and by which sign the rest was cut off ("" where nothing was).

    `names`: the sender's own, as `words_of` gives them; a line of nothing else is a signature in any case.
    """
    folded = [fold(line[:2_000]).strip() for line in lines]
    end = len(lines)
    why = ""
    for place, line in enumerate(folded):
        if _DELIMITER.match(line) and (len(line) < 5 or not any(map(_CLAUSE.search, folded[place:]))):
            end, why = place, "imza çizgisi"
            break
        if disclaimer(line) and not (place == 0 and len(folded) > 1 and banner(line)):
            end, why = place, "yasal uyarı"
            break
    if names:
        own = _own_name(folded[:end], names)
        if own < end:
            end, why = own, why or "imza"
    while True:
        while end and not folded[end - 1]:
            end -= 1
        if end and device(folded[end - 1]):
            end, why = end - 1, why or "cihaz satırı"
            continue
        if end and _RULE.match(folded[end - 1]):
            end, why = end - 1, why or "imza çizgisi"
            continue
        start = _block(lines, end)
        if start < end:
            end, why = start, why or "imza"
            continue
        return end, why


def _own_name(folded: Sequence[str], names: frozenset[str]) -> int:
    """Where the sender's name stands with only titles and addresses below; the end where it does not."""
    place = len(folded) - 1
    while place > 0 and len(folded) - place < 12:
        line = folded[place]
        words = words_of(line[:100])
        if len(words) > 1 and names.issuperset(words):
            return place
        if line and not _office_words(line):
            break
        place -= 1
    return len(folded)


def _office_words(line: str) -> bool:
    if len(line) >= 100 or _CONTENT.search(line) or _CLAUSE.search(_STREET.sub(" ", line)):
        return False
    return any(p.search(line) for p in (_TITLE, _BODY, _REACH, _ADDRESS, _SOCIAL))


def _block(lines: Sequence[str], end: int) -> int:
    """Where the signature block that ends before line `end` starts; `end` where there is none."""
    start, strong, blanks = end, False, 0
    for place in range(end - 1, max(-1, end - 16), -1):
        line = lines[place].strip()
        if not line:
            blanks += 1
            if blanks > 3:
                break
            continue
        kind = _kind(line)
        if not kind:
            break
        if kind == "weak":
            continue
        strong = strong or kind == "strong"
        start = place
        if kind == "name" and strong:
            break
    if start == end:
        return end
    alone = start > 0 and (
        not lines[start - 1].strip()
        or lines[start - 1].rstrip().endswith((".", ",", "!", "?"))
        or bool(_CLOSING.match(fold(lines[start - 1][:80]).strip()))
    )
    above = any(line.strip() for line in lines[:start])
    return start if strong or (alone and above) else end
