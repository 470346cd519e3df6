"""What a story is about, in a few words of the mail itself: for the list of open items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mailbot.reading.plain import capital, plain
from mailbot.reading.when import MONTHS

_ANCHOR = re.compile(
    r"(?<![a-z])(?:iddia\w*|haber(?:i(?:n\w{0,4}|yle)?|ine|ler\w{0,8}|e|le)?(?![a-z])|hakkinda|hk(?![a-z])|ilgili|iliskin|dair|yonelik|yonunde\w*|konulu|konusunda|konusu\w{0,3}|olayi?\w{0,5}|gorunt\w*|soyle(?:niyor|nen|ntisi|nmekte|mis|di|yen)\w*|(?:ileri|one)\ssurul\w*|islen(?:di|en|mis)|yaz(?:mis|iyor|ilmis|ildi|iliyor)|dile\sgetiril\w*|gosteren|paylasil(?:iyor|an|mis|mis)\w*|paylasim\w*|ajanslara|not\w{0,4}\sicin|sor(?:du|uyor|ulan|ulmakta)\w*)(?![a-z])"
)
_EMPTY = frozenset({
    "acele", "aciklama", "adli", "aksam", "aksamki", "aksamlar", "alan", "altyazi", "ana", "arkadaslar",
    "asagida", "asagidada", "asagidaki", "ayni", "az", "baglantisi", "bakanimiz", "bakanimizin",
    "bakanligimiz", "basin", "basina", "basinda", "baskanim", "basliginda", "basligiyla", "baslik",
    "baslikli", "baslikta", "basliktaki", "bilgi", "bilgileri", "bir", "bizden", "boyle", "bu", "bugun",
    "bugunku", "bulunan", "buna", "bunlar", "bunun", "calismalar", "carsamba", "cikan", "cikti", "ciktigi",
    "cuma", "cumartesi", "da", "daha", "dair", "de", "denizli", "denizlide", "dikkatine", "dil",
    "dinleyicinin", "diye", "donuyor", "dun", "dunku", "edilen", "edilmistir", "ediyoruz", "ekte",
    "ekteki", "en", "ettigimiz", "ettiginiz", "gazetesi", "gazetesinde", "gazetesinin", "gec", "gece",
    "gecen", "geciyor", "gelen", "gelsin", "genel", "gereken", "getirdigi", "gore", "gorulen",
    "gosterdigi", "gunaydin", "gundeme", "gundemine", "gunku", "gunler", "gunlu", "gunluk", "gunu",
    "haber", "haberde", "haberi", "haberin", "haberinde", "haberine", "haberler", "haberleri", "hafta",
    "hakkinda", "hk", "husus", "hususunda", "icerige", "icerik", "icerikle", "icin", "iddia", "iddialari",
    "iddialarina", "iddianin", "iddiasi", "iddiasina", "ikisi", "il", "ile", "ilgili", "ilgililer",
    "ilimiz", "ilimizde", "iliniz", "ilinizde", "ilinizdeki", "iliskin", "instagramda", "internet",
    "isimli", "isinin", "istegi", "istenen", "itibariyla", "ivedi", "iyi", "kadar", "kalmadi", "kanalda",
    "kanalinda", "kaynak", "kaynakli", "kez", "ki", "kolay", "konu", "konulu", "konunun", "konustugumuz",
    "konusu", "konuya", "konuyla", "kose", "kurum", "kurumunuzun", "kusaginda", "lazim", "link", "linki",
    "masa", "medya", "medyada", "merhaba", "merhabalar", "mi", "mu", "mudurlugu", "mudurlugumuz",
    "mudurlugumuze", "mudurum", "musavirligimiz", "nobetci", "nobetler", "not", "notu", "notunu",
    "notunun", "notunuz", "notunuzu", "olan", "olarak", "olay", "olayi", "olayla", "olmak", "olumsuz",
    "once", "one", "ozelinde", "paylasilan", "pazar", "pazartesi", "persembe", "programinda", "rica",
    "saat", "sabah", "sali", "satirindaki", "sayfasinda", "sayin", "selam", "selamlar", "servis", "sey",
    "sitesi", "sitesinde", "sitesinin", "sizden", "size", "sn", "son", "sonra", "sonu", "sosyal", "soyle",
    "soz", "su", "sure", "tabloda", "talebi", "talep", "tarafimiza", "tarafimizdan", "tarafindan",
    "tarihinde", "tarihli", "tek", "telefonda", "teslim", "tespit", "ulusal", "uygun", "uzere", "var",
    "ve", "ve/veya", "verilen", "veya", "videolar", "xte", "yansiyan", "yarisi", "yasandigi", "yayimlanan",
    "yayin", "yayini", "yayininda", "yayinlanan", "yazan", "yazdigi", "yazi", "yazisinda", "yaziyor",
    "yer", "yerel", "yeter", "yeterli", "yetkili", "yetkililer", "yok", "yonelik", "yonunde", "yonundeki",
})  # fmt: skip
"""Words of the form, greetings and references: they end no topic and begin none."""
_CLAUSE = re.compile(r"[.!?;:()\[\]\n]|,\s(?=(?:bu|konu|soz)\b)|\s[-–—|/]\s")
_ASKING = re.compile(
    r"\b(?:rica|bekli|ilet|gonder|kadar|nobetler|gereg|lutfen|mudur|iphone|tesekkur|saygi|musavir|kolay|elimiz|olsun|kala|emeg|sablon|bilgi\snot\w{0,4}\s(?:ihtiyac|gerek))"
)
_STRUCK = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|\"[^\"\n]{3,160}\"|(?:saat\s)?[0-2]?[0-9][.:][0-5][0-9](?![0-9.])'?[a-z]{0,4}"
    r"|[0-3]?[0-9][./][01]?[0-9](?:[./]20[0-9]{2})?"
    rf"|[0-3]?[0-9]\s(?:{'|'.join(MONTHS)})(?:\s20[0-9]{{2}})?"
)
"""What is told elsewhere: links, headlines, times, brackets."""
_SLUG = re.compile(
    r"https?://[^\s/]{3,200}/[^\s?#]{0,300}?([a-z]{3,30}(?:-[a-z0-9]{2,30}){1,12})/?(?=[?#\s]|$)"
)
_LABEL = re.compile(
    r"^\W{0,4}(?:haberin\s|olayin\s)?konu(?:su)?\s{0,6}:\s{0,4}(\S[^\n]{3,140})$", re.MULTILINE
)


def topic_of(
    head: str,
    body: str,
    title: str | None,
    *,
    names: Iterable[str],
    place: str | None = None,
    update: bool = False,
    outlet: str | None = None,
    urls: Iterable[str] = (),
    titles: Sequence[str] = (),
) -> str:
    """A few words for what the mail is about; `names` are facilities and outlets, which are told elsewhere.

    In this order: a line "Konu:", the clause before "iddiası", "haberi", "hakkında", the subject's own
    words, the headline, what the first sentence says. A word or two get the facility in front, `place`.
    A change to an earlier request (`update`) is about what its subject says.
    """
    names = [*names, *([title] if title else ())]
    if (label := _LABEL.search(plain(body))) and (words := _own(body[label.start(1) : label.end(1)], [])):
        return capital(words)
    if len(titles) > 1 and not update:
        return "; ".join(titles[:3])
    own, bare = _own(head, names), _own(head, [])
    if update and content(bare):
        return capital(bare)
    least = 1 if place and not title else 2
    for words in (
        _clause(body, names, least),
        title or "",
        own if len(content(own)) >= 2 else "",
        _sentence(body, names),
        own if content(own) else "",
        _slug(urls),
    ):
        if words:
            short = place and words != title and len(content(words)) < 3 and plain(place) not in plain(words)
            return f"{place}: {words}" if short else capital(words)
    return f"{place or outlet} haberi" if place or outlet else capital(bare or head.strip())


def _slug(urls: Iterable[str]) -> str:
    """The words of a link's last part: ".../acil-sedye-haberi" says what the page is about."""
    for hit in filter(None, map(_SLUG.match, urls)):
        words = trimmed(hit[1].replace("-", " "))
        if len(content(words)) >= 2:
            return words
    return ""


def content(words: str) -> list[str]:
    """The words of `words` that say something of their own."""
    found = re.findall(r"[a-z0-9]{2,}", plain(words).replace("'", " "))
    return [w for w in found if w not in _EMPTY]


def _own(text: str, names: Iterable[str]) -> str:
    """`text` without names and without the words of the form at its ends."""
    struck = masked(text, names)
    pieces = [trimmed(piece) for piece in re.split(r"[!:()/|]|\s[-–—]\s|\n|\0", struck)]
    return max(pieces, key=lambda p: len(content(p)), default="")


def masked(text: str, names: Iterable[str]) -> str:
    """`text` with names, quotations, links and times struck out, as long as before."""
    low = plain(text)
    spans = [
        hit.span()
        for name in names
        for hit in re.finditer(rf"(?<![a-z0-9]){re.escape(plain(name))}(?:'?[a-z]{{0,10}})(?![a-z0-9])", low)
    ]
    spans += [hit.span() for hit in _STRUCK.finditer(low)]
    letters = list(text)
    for start, end in spans:
        letters[start:end] = ["\0"] * (end - start)
    return re.sub("\0+", lambda m: "\0" + " " * (len(m[0]) - 1), "".join(letters))


def trimmed(words: str) -> str:
    """`words` without what says nothing at either end."""
    pieces = words.replace("\0", " ").split()

    def empty(token: str) -> bool:
        bare = re.sub(r"\W", "", plain(token).split("'")[0])
        return bare in _EMPTY or not bare

    while pieces and (empty(pieces[0]) or plain(pieces[0]).strip("!:,") == "acil"):
        pieces.pop(0)
    while pieces and empty(pieces[-1]):
        pieces.pop()
    return " ".join(pieces).strip(" ,.;:-–—'\"")


def _sentence(body: str, names: Iterable[str]) -> str:
    """The part of a sentence that says most, beside what is asked and until when."""
    parts = [trimmed(part) for part in re.split(r"[.!?:;\n,()]|\0", masked(body, names))]
    told = [words for words in parts if len(content(words)) >= 2 and not _ASKING.search(plain(words))]
    return " ".join(max(told, key=lambda words: min(6, len(content(words))), default="").split()[:9])


def _clause(body: str, names: Iterable[str], least: int) -> str:
    """The clause that stands before the first word of the kind "iddiası", "haberi", "ile ilgili"."""
    struck = masked(body, names)
    for hit in _ANCHOR.finditer(plain(struck)):
        before = struck[max(0, hit.start() - 400) : hit.start()]
        cuts = [m.end() for m in _CLAUSE.finditer(plain(before))]
        piece = before[cuts[-1] if cuts else 0 :]
        last = piece.rsplit("\0", 1)[-1]
        words = trimmed(last if len(content(last)) >= least else piece)
        words = trimmed(" ".join(words.split()[-9:]))
        if len(content(words)) >= least and not _ASKING.search(plain(words)):
            return words
    return ""
