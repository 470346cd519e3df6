"""Where the new words end and the signature begins.

A line with a verb or a condition is never taken for a signature: when in doubt it stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.notices import REMARK, banner, device, disclaimer
from mailbot.reading.turkish import fold, words_of

_DELIMITER = re.compile(r"^(?:--|—|––|_{5,80}|-{5,80}|={5,80}|\*{5,80})\s?$")
_RULE = re.compile(r"^[-_=*–—~#]{2,120}$")
_SOCIAL = re.compile(
    r"^(?:[\W_]{0,4}(?:facebook|twitter|x|[iı]nstagram|youtube|linked[iı]n|nsosyal|telegram|whatsapp|web|flickr)\b)"
    r"{1,8}\W{0,4}$"
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
    r"(?<!\w)(?:tel|telefon|gsm|cep|faks|fax|dahili|santral|phone|mobile|mobil|t|f|m|e|w|e-?posta|"
    r"e-?mail|email|mail|web|www|adres|address|kep|bilgi hattı)"
    r"\s{0,2}(?:[:.]\s{0,3}(?=[(+@\d]|\S{1,60}[@.]\w)|:)"
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
_PARTS = re.compile(r"\s[|/–—•·-]\s|[|•·]|,\s")
_HEADING = re.compile(r"^[^\W\d_]{2,20}(?: [^\W\d_]{2,20}){0,3} (?:a\.|v\.|adına)$")
_BEHIND_NAME = re.compile(r"(\s[/|–—-]\s?|\s?[|(]|,\s)")
_SHORT = re.compile(r"^(?:#\w{3,60}|[A-ZÇĞİÖŞÜ]{2,7}|(?:[A-ZÇĞİÖŞÜ]\.){2,6})$")
"""A slogan's tag or an abbreviated rank, below a name."""
_MOTTO = re.compile(r"^[\"“”„'‘’«].{4,100}[\"“”'‘’»]\.?$")
_CONTACT = re.compile(
    r"[\w.+-]{1,60}@[\w.-]{3,80}|(?:https?://|www\.)\S{3,100}|(?<![\w.])[+(]?\d[\d\s()./-]{7,40}\d(?![\w.])"
)
_ORDER = re.compile(r"\s{0,6}[A-ZÇĞİÖŞÜÂÎÛ]{3,20}(?:\s[A-ZÇĞİÖŞÜÂÎÛ]{2,20}){0,3}\s?:\s")
"""An order of staff ("AMBARGO: 28.11.2026 09.00", "YENİDEN: haber@…"): its numbers are no telephone's."""
_SMALL = frozenset({"ve", "ile", "için", "of", "the", "and", "de", "da", "a.", "v.", "adına"})


def clause(line: str) -> bool:
    """Whether a folded line holds a verb or a condition as replies have them."""
    return bool(_CLAUSE.search(line[:2_000]))


def page_link(line: str) -> bool:
    """Whether a line links to a page, as staff report a publication; profiles and maps do not count."""
    return any(len(f["path"]) > 1 and not _PROFILE.search(f[0].lower()) for f in _PAGE.finditer(line[:2_000]))


def _capital(line: str) -> bool:
    words = [word.strip("()[]/,.;:'’\"-–|•") for word in line.split()]
    words = [word for word in words if word and word[0].isalpha()]
    return bool(words) and all(
        word[0].isupper() or fold(word) in _SMALL or f"{fold(word)}." in _SMALL for word in words
    )


def _kind(line: str) -> str:
    """strong, name, weak or "" for one line; one of several parts is as strong as its strongest."""
    kind = _kind_of(line)
    if kind == "strong" or len(line) > 160 or not _PARTS.search(line):
        return kind
    folded = fold(line)
    if _CLAUSE.search(_STREET.sub(" ", folded)) or REMARK.search(folded):
        return kind
    kinds = [_kind_of(part) for part in _PARTS.split(line) if any(map(str.isalnum, part))]
    return "strong" if len(kinds) > 1 and "strong" in kinds and _capital(line) else kind


def _kind_of(line: str) -> str:
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
    if "@" in folded or "www" in folded or any(map(str.isdigit, folded)):
        bare, count = _CONTACT.subn(" ", folded)
        if count and not page_link(folded):
            rest = _CONTACT.sub(" ", line)
            if not any(map(str.isalpha, bare)):
                return "strong"
            # A row of a table that holds name, title and telephone number.
            if (
                len(rest.split()) <= 12
                and _capital(rest)
                and not _ORDER.match(line)
                and not _CLAUSE.search(bare)
                and not _CONTENT.search(bare)
            ):
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
    if _MOTTO.match(line.strip()) and not _CONTENT.search(folded):
        return "weak"
    if _SHORT.match(line.strip()) and not _STATE.match(folded) and not _CONTENT.search(folded):
        return "weak"
    if not _capital(line) or REMARK.search(folded):
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


def _heading(lines: Sequence[str], start: int) -> int:
    """Where a signature starts whose name stands at `start`: "Müdür a." or a rule may stand above it."""
    place = start - 1
    while place > 0 and start - place < 3 and not lines[place].strip():
        place -= 1
    above = fold(lines[place]).strip() if place > 0 else ""
    if _RULE.match(above) or (_HEADING.match(above) and _kind(lines[place]) == "strong"):
        return place
    return start


def inner(lines: Sequence[str], names: frozenset[str]) -> tuple[int, int] | None:
    """Where a whole signature stands that words were typed below: first line, and the line after it.

    Only one that names the sender is believed, since names and titles may be what a reply is about.
    """
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), 0)
    blanks = [n for n in range(last, 0, -1) if not lines[n].strip() and lines[n - 1].strip()][:8]
    for place in blanks if names else ():
        start = _block(lines, place)
        block = [line for line in lines[start:place] if line.strip()]
        above = next((line for line in reversed(lines[:start]) if line.strip()), "")
        if not block or not above or above.rstrip().endswith(":"):
            continue
        own = [names.intersection(words_of(line[:100])) for line in block[:8]]
        alone = len(block) == 1 and not _names_alone(block[0], names) and not _PARTS.search(block[0])
        if any(len(found) > 1 for found in own) and not alone:
            return start, place
    return None


def _own_name(folded: Sequence[str], names: frozenset[str]) -> int:
    """Where the sender's name stands with only titles and addresses below; the end where it does not."""
    place = len(folded) - 1
    while place > 0 and len(folded) - place < 12:
        line = folded[place]
        if _names_alone(line, names):
            return place
        if line and not _office_words(line):
            break
        place -= 1
    return len(folded)


def _names_alone(line: str, names: frozenset[str]) -> bool:
    """Whether a line holds nothing but the sender's name, with or without a title before it."""
    name, sign, rest = (
        _BEHIND_NAME.split(line[:100], 1) if _BEHIND_NAME.search(line[:100]) else (line, "", "")
    )
    words = words_of(_PREFIX.sub("", fold(name[:100]).strip()))
    if len(words) < 2 or not names.issuperset(words):
        return False
    return not sign or (len(rest.split()) < 5 and not _CLAUSE.search(_STREET.sub(" ", fold(rest))))


def _office_words(line: str) -> bool:
    if len(line) >= 100 or _CONTENT.search(line) or _CLAUSE.search(_STREET.sub(" ", line)):
        return False
    return any(p.search(line) for p in (_TITLE, _BODY, _REACH, _ADDRESS, _SOCIAL))


def _block(lines: Sequence[str], end: int) -> int:
    """Where the signature block that ends before line `end` starts; `end` where there is none."""
    start, strong, blanks = end, False, 0
    for place in range(end - 1, max(-1, end - 24), -1):
        line = lines[place].strip()
        if not line:
            blanks += 1
            if blanks > 3:
                break
            continue
        blanks = 0
        kind = _kind(line)
        if not kind:
            break
        if kind == "weak":
            continue
        strong = strong or kind == "strong"
        start = place
        if kind == "name" and strong:
            start = _heading(lines, start)
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
