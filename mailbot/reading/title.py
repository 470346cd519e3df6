"""The title of an item: by label, by the line above the text, else from subject and note."""

# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.core.opening import Process
from mailbot.reading.body import Body
from mailbot.reading.plain import capital, headline, plain, tidy
from mailbot.reading.topic import content, masked, trimmed

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
    r"(?:konu(?:su)?|program\skonusu)\s?(?::|ise)\s?(?P<a>[^.\n;]{4,140})|(?<![a-z])konu(?:su|muz)?\s(?!hakkinda|ile\b|olarak|uzerin|gundem|hak)(?P<c>[^.,;\n]{4,70})|(?<![a-z])(?P<b>(?:[a-z'-]{2,20}\s){1,6}[a-z'-]{2,24})\s(?:konulu|konusunda|hakkinda|konusunu|uzerine|konusu\s(?:ele|islen|konus)|konusmak|ile\silgili\s(?:roportaj|program|konus|bilgi|cekim|yayin|gorus))"
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


_KIND_WORDS = frozenset({
    "televizyon", "tv", "radyo", "program", "programi", "programina", "katilim", "onayi", "onay", "konugu", "konuk", "foto", "fotograf",
    "fotograflar", "gorsel", "goruntu", "talebi", "talep", "izni", "izin", "afis", "afisi", "isi", "is", "olumsuz", "bi", "dm", "den", "gelen",
    "yarin", "cekim", "cekimi", "gazeteci", "basin", "geldi", "aradi", "ziyaret", "ziyareti", "davetiye", "oneri", "onerisi", "podcast", "kaydi",
    "vatandas", "mesaj", "mesaji", "yorum", "yorumu", "facebook", "instagram", "twitter", "canli", "yayin", "acil", "yanlis", "tekzip", "metni",
    "metin", "soru", "sikayet", "sikayeti", "tesekkur", "brosur", "film", "filmi", "tanitim", "roportaj", "rapor", "raporu", "bakanlik", "bakanliktan",
    "muhabir", "kayit", "web", "site", "duyuru", "duyurusu", "bulten", "aciklama", "aciklamasi", "yeni", "gunun", "iki", "uc", "birden", "tane",
    "imza", "hoca", "istiyor", "istedi", "istendi", "bilgi", "notu", "cimer", "sabim", "kisa", "disi", "revizyonu", "revize", "ambargolu", "davet", "daveti", "hali", "yapacaklarmis", "istegi", "gunaydin", "dagitimi", "video", "videosu", "haber", "hocam", "mudur", "paylasim", "paylasimi", "instagramdan", "instagrama", "hemsireyim", "nobetci",
})  # fmt: skip
"""Words that name a kind of work: a subject made of them says nothing about this one."""
_ENDS = {
    Process.FILMING: r"\b(?:belgesel\s)?(?:cekim\w*|goruntu\w*|kayit\w*|kamera\w*|dron\w*|cek(?:mek|meye|ecek|sin)\w*)",
    Process.FEEDBACK: r"\b(?:belirt\w*|diyor\w*|soylu?\w*|oner\w*|sikayet\s\w+|dile\w*|yazmis\w*|bildir\w*|talep\w*|istiyor\w*|istedi\w*|istemis\w*|rahatsiz\w*|birakm\w*)",
    Process.PRODUCTION: r"\b(?:afis|brosur|film|davetiye|video|poster|katalog|infografik|roll|billboard|kitapcik|branda|pankart|kamu\sspotu|magnet|tasar)\w*",
    Process.MEDIA_MATERIAL: r"\b(?:goruntu|fotograf|foto\b|gorsel|video|kare)\w*",
    Process.INTERVIEW: r"\b(?:hakkinda|konusunda|konulu|konusunu|konusu|uzerine|ile\silgili|icin\s(?:konuk|uzman|bilgi)|konus(?:mak|acak|ul)\w*|anlat(?:acak|mak|sin)\w*|bilgilendirme\s(?:yap|icin)\w*|bilgi\sver\w*|dolayisiyla|kapsaminda|nedeniyle|vesilesiyle)",
    Process.VISIT: r"\b(?:ziyaret\w*|randevu\w*|gorus(?:mek|me)\w*)",
    Process.NEWS: r"\b(?:haber\w*|metn?i?\w*|bulten\w*|duyuru\w*|aciklama\w*|fotograf\w*)",
    Process.INFO_NOTE: r"\b(?:haber\w*|iddia\w*|hakkinda|konusunda|ile\silgili|iliskin|icin|olay\w*)",
    Process.NEGATIVE_NEWS: r"\b(?:haber\w*|iddia\w*|hakkinda|paylasim\w*)",
    Process.REFUTATION: r"\b(?:haber\w*|tekzip\w*)",
}
_OWN_NOUN = {
    Process.FILMING: "çekimi", Process.MEDIA_MATERIAL: "", Process.PRODUCTION: "", Process.VISIT: "ziyareti",
}  # fmt: skip
_HEADLINED = re.compile(
    r"(?:[\"“«]([^\"”»\n]{4,140})[\"”»]|(?<![\w])'([^'\n]{6,120})'(?!\w))\s(?:baslikl|adli|isimli|haber)"
)


def title_of(process: Process, subject: str, body: Body, note: str, names: Iterable[str] = ()) -> str:
    """A title for the item; "" only where neither subject nor note says anything.

    Read in this order: the label or the line above the text, a headline that the mail quotes, the topic of
    a programme, the subject as far as it says more than the kind of work, the clause of the note that the
    kind of work ends, the first line. `names` are outlets: they are told elsewhere.
    """
    if body.title and process in (Process.NEWS, Process.REFUTATION):
        return body.title
    text, names = tidy(note), list(names)
    cleaned = clean_subject(subject)
    if quoted := _quoted(process, text, subject):
        return quoted
    if process is Process.INTERVIEW and (about := _topic(body, text)):
        return capital(about)
    if process in (Process.CLIPPING, Process.REPORT_FORWARD):
        hit = _PREFIXES.match(plain(subject))
        return subject[hit.end() :].strip() if hit else subject.strip()
    if process is Process.VISIT and names:
        return f"{names[0]} ziyareti"
    own = _informative(cleaned, names)
    if own >= 2:
        return capital(headline(cleaned))
    if body.title:
        return body.title
    clause = _clause(process, text, names) or (_event(text, names) if process is Process.NEWS else "")
    if clause and (not own or (len(cleaned.split()) == 1 and len(content(clause)) > 1)):
        return capital(clause)
    if own and not _GENERIC.fullmatch(plain(cleaned)):
        return capital(headline(cleaned))
    if topic := _topic(body, text):
        return capital(topic)
    first = next((line.strip() for line in (body.text or "").split("\n") if line.strip()), "")
    return headline(first[:120]) if first else capital(clause or cleaned or subject.strip())


def item_title(said: str) -> str:
    """The title of one item in a list: what stands before the kind of work, a dash or a bracket."""
    if hit := _KIND.match(plain(said)):
        said = said[hit.end() :]
    title = re.sub(r"\s{0,2}\([^()]{0,120}\)\s{0,2}", " ", said)
    title = re.split(r"\s[-–—:>]{1,2}\s|[;:]\s|,\s(?=(?:sadece|yalnız|basın|web|site|sosyal))", title)[0]
    if hit := re.search(r"\s(?:haber(?:i|imiz|inin|ini)?|metni|bulteni|duyurusu)\b", plain(title)):
        title = title[: hit.start()] if hit.start() > 8 else title
    title = re.sub(r"^\W{0,3}(?:[Aa]yrıca|[Bb]ir de)\W{1,3}", "", title.strip(" .,-–\n"))
    return capital(" ".join(title.split()[:12]).strip(" .,-–"))


def _quoted(process: Process, text: str, subject: str) -> str | None:
    """The headline that the mail is about."""
    if process in (Process.NEGATIVE_NEWS, Process.REFUTATION):
        hit = _QUOTED.search(text) or _QUOTED.search(subject)
        return (hit[1] or hit[2]).strip() if hit else None
    if process is Process.NEWS and (hit := _HEADLINED.search(plain(text))):
        group = 1 if hit[1] else 2
        return text[hit.start(group) : hit.end(group)].strip()
    return None


def _informative(cleaned: str, names: list[str]) -> int:
    """How many words of a subject say something of this item."""
    rest = masked(cleaned, names).replace("\0", " ")
    return sum(word not in _KIND_WORDS for word in content(rest))


def _clause(process: Process, text: str, names: list[str]) -> str:
    """The words before the one that names the kind of work, and that word where it is a thing."""
    pattern = _ENDS.get(process)
    if pattern is None:
        return ""
    struck = masked(_unsigned(text), names)
    noun = _OWN_NOUN.get(process)
    best = ""
    cut = _STOPS if process is Process.FEEDBACK else _CUT
    for hit in re.finditer(pattern, plain(struck)):
        words = _before(struck, hit.start(), cut)
        if not words:
            continue
        if noun is not None:
            words = f"{words} {noun or struck[hit.start() : hit.end()].strip()}"
        if _weight(words) >= 2:
            return words
        best = best or (words if _weight(words) else "")
    return best


def _before(text: str, place: int, cut: re.Pattern[str]) -> str:
    """The words before `place` in its sentence: the nearest piece that says something of its own."""
    sentence = re.split(r"[.!?](?=\s)|\n", text[max(0, place - 300) : place])[-1]
    edges = [0]
    for hit in cut.finditer(plain(sentence)):
        edges += [hit.start(), hit.end()]
    edges.append(len(sentence))
    pieces = [p for start, end in zip(edges[::2], edges[1::2], strict=True) for p in sentence[start:end].split("\0")]
    told = [words for piece in reversed(pieces) if content(words := _stripped(piece))]
    words = next((w for w in told if _weight(w) >= 2), told[0] if told else "")
    return " ".join(words.split()[-8:])


def _event(text: str, names: list[str]) -> str:
    """The event that a news text tells of, by the noun that names it."""
    struck = masked(_unsigned(text), names)
    for hit in _EVENT.finditer(plain(struck)):
        if words := _before(struck, hit.start(), _CUT):
            return f"{words} {struck[hit.start() : hit.end()]}"
    return ""


_EVENT = re.compile(
    r"\b(?:acilis|egitim|toren|panel|semin|toplanti|yuruyus|stant|stand|tatbikat|etkinli|konferans|ziyaret|kutlama|tarama|kampanya|turnuva|sergi|senlik|dogum|ameliyat|mesaj)\w*"
)


def _weight(words: str) -> int:
    return sum(word not in _KIND_WORDS for word in content(words))


_STOPS = re.compile(r"[.!?:;()\n]|,\s|\s[-–—]\s|\b(?:yorumda|mesajda|aradi|arayarak)\s")
_CUT = re.compile(
    r"[.!?:;()\n]|,\s|\s[-–—]\s|\b(?:icin|olarak|muhabiri|muhabirleri|ekibi|ekipleri|vatandas(?:imiz)?|takipcimiz|gunu|saat|yarin|bugun|dun|sabah|aksam|kullanmak)\s(?=\S+\s\S)"
)


def _stripped(piece: str) -> str:
    words = trimmed(re.sub(r"\b[A-ZÇĞİÖŞÜ]\d\b|\b\d{1,5}(?:'?[a-zçğıöşü]{1,4})?\b", " ", piece))
    tokens = words.split()
    while tokens and (plain(tokens[0]).strip("'\".,") in _SKIP or not content(tokens[0])):
        tokens.pop(0)
    while tokens and (plain(tokens[-1]).strip("'\".,") in _SKIP or not content(tokens[-1])):
        tokens.pop()
    return " ".join(tokens).strip(" ,.;:-–—'\"")


_SKIP = frozenset({
    "mudurum", "sayin", "ekte", "ekteki", "hocam", "ben", "stajyer", "yapilan", "duzenlenen", "gerceklestirilen", "gerceklesen", "hazirlanan", "hazirladigimiz",
    "hazirladigim", "ait", "iliskin", "birime", "kurumumuzda", "hastanemizde", "yeni", "guzel", "kisa", "merhaba", "arkadaslar", "isteyen", "verilen",
    "yapmak", "yapilmasi", "izin", "izni", "talebi", "talep", "istiyor", "icin", "istegi", "adet", "tane", "kanalin", "kanallarin", "istedigi", "arsiv",
    "program", "programa", "programina", "yayinina", "yayini", "ile", "ve", "bir", "o", "tarafindan", "uzere", "sonra", "once", "haftaki", "bu", "gecen", "son",
    "tasarimi", "taslagi", "acisindan", "mektup", "mektubu", "belgesel", "dis", "disindan", "kapsaminda", "yonelik", "konu", "konuk", "talebini", "web",
})  # fmt: skip


def _unsigned(text: str) -> str:
    """`text` without the formula and the signature that follows it."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and re.match(r"\W{0,3}(?:saygilar|arz\sed|iyi\s(?:calisma|gun)|kolay\sgelsin)", plain(line)):
            return "\n".join(lines[:number])
    return text


def _topic(body: Body, text: str) -> str | None:
    if body.labels.get("topic"):
        return body.labels["topic"].strip(" .")
    found = _ABOUT.search(plain(text))
    if not found:
        return None
    name = "a" if found["a"] else "c" if found["c"] else "b"
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
