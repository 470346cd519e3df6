"""The title of an item: by label, by the line above the text, else from subject and note."""

from __future__ import annotations

import re

from mailbot.core.opening import Process
from mailbot.reading.body import Body
from mailbot.reading.plain import capital, headline, plain, tidy

_PREFIXES = re.compile(
    r"^\W{0,3}(?:(?:re|ynt|yan|cvp|yanit|aw|sv|ilt|fw|fwd|iletilen|ilet)\s?:\s?|\[[^\]]{1,60}\]\s?){1,8}"
)
_KIND = re.compile(
    r"^\W{0,3}(?:(?:cok\s)?(?:acil|ivedi|onemli)[\s:!-]{1,3})?(?:haber\s?onayi(?:\stalebi)?|haber\s?metni(?:\sonayi)?|haber\staslagi|onay(?:iniza)?(?:\stalebi)?|web\shaberi|basin\s(?:duyurusu|aciklamasi|bulteni|bildirisi)|bulten|haber(?:imiz)?|duyuru(?:\smetni)?|sosyal\smedya(?:\spaylasimi)?|tv\sprogrami|radyo\sprogrami|program|roportaj(?:\stalebi|\sizni|\sonayi)?|cekim\s(?:izni|talebi|izin\stalebi)|olumsuz\shaber(?:\stespiti)?|haber\stespiti|sikayet|oneri|tesekkur|ziyaret(?:\splani|\stalebi|\sprogrami)?|iade-?\s?i\sziyaret|afis|brosur|tanitim\sfilmi|tekzip(?:\smetni)?|duzeltme\sve\scevap|bilgi\snotu(?:\stalebi)?|hastanemiz\shaberi|gorsel\stalebi|goruntu\stalebi|canli\syayin|onay)"
    r"(?:\s?\([^()]{1,40}\))?\s?(?:[:/|]|\s[-–—]|-\s)\s{0,3}"
)
_TAIL = re.compile(
    r"(?:\s?\((?:[^()]{0,10}(?:ulusal|yerel|basin|web|sosyal|acil|onay|taslak|haber|v[0-9]|fotograf|ek)[^()]{0,40})\)|\s(?:haberi|haberi?\s(?:onayi|metni|icin)|haber\s(?:metni|onayi|taslagi)|hk\.?|hakkinda|onayi|metni|\(hk\.?\)|basin\s(?:duyurusu|bulteni))|[\s!.-])$"
)
_GENERIC = re.compile(
    r"\W{0,3}(?:(?:yeni\s|bir\s|[0-9]\s|iki\s|web\s|acil\s|ivedi\s|gunun\s|basin\s|bugunku\s|tv\s|radyo\s)*(?:haber(?:ler|i|imiz|leri)?(?:\s(?:birden|onayi|metni|var))?|onay(?:\s(?:talebi|icin))?|onayiniza|basin|bulten|duyuru|web|sosyal\smedya|roportaj(?:\stalebi)?|tv\s?(?:programi)?|program(?:\sonayi|\stalebi)?|cekim(?:\sizni|\stalebi)?|foto(?:graf)?lar|metin|talep|oneri\s-\svatandas|vatandas|instagram\smesaji|sikayet|oneri|tekzip(?:\smetni)?|aciklama|bilgi|rica|konu\syok|paylasim)?)\W{0,3}"
)
_QUOTED = re.compile(r"[\"“«]([^\"”»\n]{4,140})[\"”»]|(?<![\w])'([^'\n]{6,120})'(?!\w)")
_ABOUT = re.compile(
    r"(?:konu(?:su)?|program\skonusu)\s?(?::|ise)\s?(?P<a>[^.\n;]{4,140})|(?<![a-z])(?P<b>(?:[a-z'-]{2,20}\s){1,6}[a-z'-]{2,24})\s(?:konulu|konusunda|hakkinda|konusunu|uzerine|konusu\s(?:ele|islen|konus)|konusmak|ile\silgili\s(?:roportaj|program|konus|bilgi|cekim|yayin|gorus))"
)
_NEWS_OF = re.compile(
    r"(?P<a>(?:[^\s,.;:()]{1,30}\s){1,9})(?:haberi(?:miz|nin|ni|mizi|ne)?|haber\smetni|basin\s(?:aciklamasi|bulteni|duyurusu)|duyurusu?|duyuru\smetni|bulteni)\b"
)
_FILLER = re.compile(
    r"^(?:(?:sayin|mudurum|merhaba|baskanim|ekte|ekteki|asagidaki|asagida|bu|su|ile|ve|iyi|gunler|gunaydin|bugunku|dunku|gecen|hafta|yapilan|duzenlenen|gerceklestirilen|gerceklestirdigimiz|yaptigimiz|hazirlanan|ait|iliskin|ilgili|kapsaminda|tarihinde|olan|yine|ayrica|yonelik|hazirladigimiz|hocam)\s)+"
)


def clean_subject(subject: str) -> str:
    """The subject without reply prefixes, tags, the name of the form and its tail."""
    text = tidy(subject).strip()
    if hit := _PREFIXES.match(plain(text)):
        text = text[hit.end() :]
    for _ in range(3):
        hit = _KIND.match(plain(text))
        if not hit or hit.end() >= len(text):
            break
        text = text[hit.end() :]
    for _ in range(4):
        hit = _TAIL.search(plain(text))
        if not hit or hit.start() < 3:
            break
        text = text[: hit.start()]
    return text.strip(' -–—:.,!"“”')


def title_of(process: Process, subject: str, body: Body, note: str) -> str:
    """A title for the item; "" only where neither subject nor note says anything."""
    if body.title and process in (Process.NEWS, Process.REFUTATION):
        return body.title
    text = tidy(note)
    cleaned = clean_subject(subject)
    if process is Process.NEGATIVE_NEWS and (quoted := _QUOTED.search(text)):
        return (quoted[1] or quoted[2]).strip()
    if process is Process.INTERVIEW:
        about = _topic(body, text)
        if about:
            return capital(about)
    if process in (Process.CLIPPING, Process.REPORT_FORWARD):
        hit = _PREFIXES.match(plain(subject))
        return subject[hit.end() :].strip() if hit else subject.strip()
    if cleaned and not _GENERIC.fullmatch(plain(cleaned)):
        return capital(headline(cleaned))
    if body.title:
        return body.title
    if topic := _topic(body, text):
        return capital(topic)
    if found := _NEWS_OF.search(plain(text)):
        start, end = found.span("a")
        words = text[start:end]
        if hit := _FILLER.match(plain(words)):
            words = words[hit.end() :]
        if len(words.strip()) > 4:
            return capital(words.strip(" -,:'\""))
    first = next((line.strip() for line in (body.text or "").split("\n") if line.strip()), "")
    return headline(first[:120]) if first else capital(cleaned or subject.strip())


def _topic(body: Body, text: str) -> str | None:
    if body.labels.get("topic"):
        return body.labels["topic"].strip(" .")
    found = _ABOUT.search(plain(text))
    if not found:
        return None
    name = "a" if found["a"] else "b"
    words = text[found.start(name) : found.end(name)].strip(" .:'\"")
    if name == "b":
        pieces = words.split()
        stop = {
            "ve",
            "için",
            "ile",
            "istiyor",
            "olarak",
            "programında",
            "programına",
            "saat",
            "telefonla",
            "bağlanıp",
            "canlı",
            "yayında",
            "konuğu",
            "da",
            "de",
            "gibi",
            "günü",
        }
        cut = max(
            (
                n
                for n, w in enumerate(pieces)
                if plain(w) in {plain(s) for s in stop} or re.search(r"'[a-zçğıöşü]+$|[0-9]", w)
            ),
            default=-1,
        )
        words = " ".join(pieces[cut + 1 :])
    return words or None
