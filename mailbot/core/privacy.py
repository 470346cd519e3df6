"""What must not leave in a note: identity numbers, file numbers, a name beside a diagnosis (1.4.3, E19).

Found by shape alone, so it also finds what is no identity; a person looks and words it differently
("54 yaşında erkek hasta"). Pure: text in, findings out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found, as a mail names it."""

    IDENTITY = "T.C. kimlik numarası"
    FILE = "protokol ya da dosya numarası"
    NAME = "hastalık ya da hasta sözünün yanında kişi adı"
    INITIALS = "hasta sözünün yanında ad baş harfleri"
    PHONE = "telefon numarası"


NUMBERS = frozenset({Kind.IDENTITY, Kind.FILE})
"""What no text that leaves ever holds, whatever it is about (`check = ["numbers"]`)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place. `shown` may be mailed: digits and names in it are masked."""

    kind: Kind
    shown: str


_LIMIT = 200_000
_DIGITS = re.compile(r"(?<![0-9])[1-9](?:[ .\u00a0-]?[0-9]){10}(?![0-9])")
_NUMBER = r"\W{0,6}(?:[0-9][0-9./-]{3,20})"
_FILE = re.compile(
    rf"\b(?:protokol|dosya|hasta|başvuru|arşiv|yatış|barkod|vaka|kabul|sgk|sicil)\s?(?:no|numara|nosu|numaralı|numarası)\w{{0,6}}{_NUMBER}|(?<![0-9])[0-9]{{5,12}}\s(?:protokol|dosya|hasta|barkod|vaka)\s?(?:no|numara)\w{{0,8}}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![0-9])(?:\+?90[ .-]?|0)?\(?5[0-9]{2}\)?[ .-]?[0-9]{3}[ .-]?[0-9]{2}[ .-]?[0-9]{2}(?![0-9])"
)

_UP = "A-ZÇĞİÖŞÜÂÎÛ"
_LOW = "a-zçğıöşüâîû"
_NAME = re.compile(
    rf"(?<![{_UP}{_LOW}])[{_UP}][{_LOW}]{{1,20}}(?:\s[{_UP}](?:[{_LOW}]{{1,20}}|\.|[{_UP}]{{1,20}})){{1,3}}(?![{_UP}{_LOW}])"
)
_INITIALS = re.compile(rf"(?<![{_UP}{_LOW}.])[{_UP}]\.\s?[{_UP}]\.(?!\s?[{_UP}][{_LOW}]|[{_UP}{_LOW}])")
_NEAR = re.compile(
    r"\b(?:hasta(?!ne|hane)\w{0,14}|vefat|eks\b|ölen|öldü|yaralı\w{0,6}|yaralan\w{0,10}|mağdur\w{0,8}|anne(?:si|nin)?|baba(?:sı|nın)?|bebe[kğ]\w{0,8}|eşi\b|oğlu\b|kızı\b|vatandaş\w{0,8}|müteveffa|maktul|çocu[kğ]\w{0,8}|yakını\w{0,6}|şikâyetçi|şikayetçi|kazazede\w{0,6}"
    r"|tanı\w{0,3}(?:sı|sıyla|lı)\b|teşhis\w{0,10}|kanser\w{0,6}|tümör\w{0,6}|lösemi\w{0,4}|diyabet\w{0,6}|koah|kalp\skrizi\w{0,6}|enfarktüs\w{0,6}|inme\b|felç\w{0,6}|hepatit\w{0,4}|hiv\b|aids\b|verem\w{0,4}|tüberküloz\w{0,6}|menenjit\w{0,6}|zatürre\w{0,6}|pnömoni\w{0,4}|apandisit\w{0,6}|gebe(?:lik|si|nin|dir)?\w{0,6}|hamile\w{0,8}|doğum\syap\w{0,8}|düşük\syap\w{0,6}|epilepsi\w{0,4}|şizofren\w{0,6}|depresyon\w{0,6}|intihar\w{0,8}|bağımlı\w{0,8}|kırı[kğ]\w{0,6}|travma\w{0,6}|ameliyat\w{0,8}|entübe\w{0,6}|yoğun\sbakım\w{0,8}|kuduz|kızamık|salgın\w{0,6}|zehirlen\w{0,8})",
    re.IGNORECASE,
)

_WORDS_OF_NO_NAME = frozenset(
    [
        "il",
        "ilçe",
        "sağlık",
        "hizmetleri",
        "müdürlüğü",
        "müdürlüğümüz",
        "müdürü",
        "müdürümüz",
        "müdür",
        "başkanlığı",
        "başkanı",
        "başkan",
        "bakanlığı",
        "bakanı",
        "bakan",
        "bakanlık",
        "genel",
        "valiliği",
        "vali",
        "valimiz",
        "kaymakamlığı",
        "kaymakam",
        "belediyesi",
        "belediye",
        "hastanesi",
        "hastane",
        "hastaneleri",
        "hastanemiz",
        "devlet",
        "eğitim",
        "araştırma",
        "üniversitesi",
        "tıp",
        "fakültesi",
        "merkezi",
        "merkez",
        "polikliniği",
        "polikliniğine",
        "poliklinik",
        "servisi",
        "servisine",
        "servis",
        "kliniği",
        "kliniğine",
        "klinik",
        "ünitesi",
        "ünitesine",
        "ünite",
        "birimi",
        "birim",
        "bölümü",
        "bölüm",
        "acil",
        "yoğun",
        "bakım",
        "ambulans",
        "komuta",
        "kontrol",
        "istasyonu",
        "ekibi",
        "ekipleri",
        "kamu",
        "halk",
        "özel",
        "aile",
        "çocuk",
        "kadın",
        "doğum",
        "göğüs",
        "kalp",
        "damar",
        "göz",
        "diş",
        "ağız",
        "beyin",
        "cerrahisi",
        "cerrahi",
        "dahiliye",
        "üroloji",
        "ortopedi",
        "nöroloji",
        "psikiyatri",
        "radyoloji",
        "anestezi",
        "kulak",
        "burun",
        "boğaz",
        "enfeksiyon",
        "hastalıkları",
        "hastalığı",
        "mahallesi",
        "mahalle",
        "caddesi",
        "sokağı",
        "sokak",
        "bulvarı",
        "parkı",
        "ilkokulu",
        "ortaokulu",
        "lisesi",
        "okulu",
        "gazetesi",
        "haber",
        "ajansı",
        "tv",
        "televizyonu",
        "radyo",
        "kanalı",
        "sitesi",
        "sosyal",
        "medya",
        "facebook",
        "instagram",
        "youtube",
        "twitter",
        "türkiye",
        "cumhuriyeti",
        "ocak",
        "şubat",
        "mart",
        "nisan",
        "mayıs",
        "haziran",
        "temmuz",
        "ağustos",
        "eylül",
        "ekim",
        "kasım",
        "aralık",
        "pazartesi",
        "salı",
        "çarşamba",
        "perşembe",
        "cuma",
        "cumartesi",
        "pazar",
        "hasta",
        "hastanın",
        "hastamız",
        "hastaya",
        "hastayı",
        "bilgi",
        "notu",
        "notun",
        "konu",
        "konusu",
        "olay",
        "olayın",
        "özeti",
        "haberin",
        "haber",
        "künyesi",
        "kurumumuzca",
        "yapılan",
        "işlemler",
        "değerlendirme",
        "sonuç",
        "alınan",
        "tedbir",
        "hazırlayan",
        "onaylayan",
        "sayın",
        "uzm",
        "uz",
        "dr",
        "op",
        "doç",
        "prof",
        "yrd",
        "öğr",
        "hemşire",
        "ebe",
        "başhekim",
        "başhekimi",
        "başhekimliği",
        "başhekimlik",
        "cumhuriyet",
        "başsavcılığı",
        "savcılığı",
        "emniyet",
        "jandarma",
        "adli",
        "kurumu",
        "kurum",
        "kurulu",
        "komisyonu",
        "soruşturma",
        "hakları",
        "hasta",
        "yönetmeliği",
        "kanunu",
        "yasası",
        "tebliği",
        "genelge",
        "hizmet",
        "kalite",
        "yönetim",
        "birinci",
        "ikinci",
        "üçüncü",
        "basamak",
        "içişleri",
        "milli",
        "emzirme",
        "aşı",
        "kampanyası",
        "günü",
        "haftası",
        "programı",
        "projesi",
        "bakımı",
        "bakıma",
        "yatışı",
        "tedavi",
        "tedavisi",
        "tanı",
        "tanısı",
        "teşhis",
        "müdahale",
        "sevk",
        "nakil",
        "bu",
        "o",
        "bir",
        "ve",
        "ile",
        "için",
        "söz",
        "konusu",
        "ilgili",
        "ayrıca",
        "ancak",
        "böylece",
        "bunun",
        "üzerine",
        "yapılan",
        "ilk",
        "son",
        "gün",
        "saat",
        "sabah",
        "akşam",
        "gece",
    ]
)


def found_in(text: str, known: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What in `text` would identify a person. `known` are names that may stand (facilities, offices)."""
    text = text[:_LIMIT].replace("’", "'")
    found = [
        Finding(Kind.IDENTITY, _masked(hit[0]))
        for hit in _DIGITS.finditer(text)
        if is_identity_number(re.sub(r"[^0-9]", "", hit[0]))
    ]
    found += [Finding(Kind.FILE, _masked(hit[0])) for hit in _FILE.finditer(text)]
    found += [Finding(Kind.PHONE, _masked(hit[0])) for hit in _PHONE.finditer(text)]
    bare = text
    for name in sorted({n for n in known if len(n) > 3}, key=len, reverse=True):
        bare = re.sub(re.escape(name), lambda m: "x" * len(m[0]), bare, flags=re.IGNORECASE)
    for sentence in _sentences(bare):
        if not _NEAR.search(sentence):
            continue
        found += [Finding(Kind.NAME, _initials(hit)) for hit in _names(sentence)]
        found += [Finding(Kind.INITIALS, hit[0]) for hit in _INITIALS.finditer(sentence) if hit[0] != "T.C."]
    return tuple(dict.fromkeys(found))


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits are a Turkish identity number by its two check digits (NVİ).

    >>> is_identity_number("10000000146"), is_identity_number("10000000147")
    (True, False)
    """
    if len(digits) != 11 or digits[0] == "0" or not (digits.isascii() and digits.isdigit()):
        return False
    d = [int(c) for c in digits]
    tenth = (7 * sum(d[0:9:2]) - sum(d[1:8:2])) % 10
    return d[9] == tenth and d[10] == sum(d[:10]) % 10


def _sentences(text: str) -> list[str]:
    """Sentences, where the dot of a title or an initial ends none."""
    joined = re.sub(
        rf"(?:(?<=\b[{_UP}])|(?<=\bDr)|(?<=\bUz)|(?<=\bOp)|(?<=\bAv)|(?<=\bNo)|(?<=\bUzm)|(?<=\bDoç)|(?<=\bProf))\.",
        "․",
        text,
    )
    parts = re.split(r"[.!?]+(?=\s|$)|\n{1,}", joined)
    return [part.replace("․", ".") for part in parts if part.strip()]


def _names(sentence: str) -> list[str]:
    names = []
    for hit in _NAME.finditer(sentence):
        words = hit[0].split()
        while words and _ordinary(words[0]):
            words.pop(0)
        while words and _ordinary(words[-1]):
            words.pop()
        if len(words) >= 2 and not any(_ordinary(word) for word in words):
            names.append(" ".join(words))
    return names


def _ordinary(word: str) -> bool:
    low = word.replace("I", "ı").replace("İ", "i").lower().rstrip(".")
    return low in _WORDS_OF_NO_NAME or bool(
        re.search(
            r"(?:lığı|liği|luğu|lüğü|hanesi|hanemiz|lerimiz|larımız|mizde|mızda|umuzda|ümüzde|mizin|mızın)$",
            low,
        )
    )


def _initials(name: str) -> str:
    return " ".join(f"{word[0]}…" for word in name.split())


def _masked(text: str) -> str:
    """The words of a hit with all but its first two digits hidden."""
    seen = 0

    def hide(hit: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return hit[0] if seen <= 2 else "*"

    return " ".join(re.sub(r"[0-9]", hide, text).split())
