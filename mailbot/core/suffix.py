"""Turkish case suffixes for words, names, numbers, dates and times: 15.00'te, 23.11.2026'da.

Vowel harmony and consonant hardening (TDK Yazım Kılavuzu, "Kesme İşareti"; "Büyük Ünlü Uyumu").
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from enum import StrEnum

from mailbot.core.worktime import ISTANBUL


class Case(StrEnum):
    """The cases that templates use."""

    AT = "de"
    TO = "e"
    OF = "in"
    FROM = "den"
    OBJECT = "i"


MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
    "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
WEEKDAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")

_ONES = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_POWERS = ((12, "trilyon"), (9, "milyar"), (6, "milyon"), (3, "bin"), (2, "yüz"))

_BACK = "aıouâû"
_VOWELS = _BACK + "eiöüî"
_HARD = "fstkçşhp"
_HIGH = dict(zip("aıâouûeiîöü", "ııiuuüiiiüü", strict=True))
_FRONT_ENDINGS = (
    "saat", "dikkat", "sürat", "seyahat", "kontrol", "sembol", "futbol", "petrol", "alkol", "protokol",
    "ihtimal", "hâl", "meşgul", "kabul", "kalp", "harf",
)  # fmt: skip
"""Loan words whose last vowel is back and whose suffixes are front."""
_LETTERS = {
    "f": "fe", "h": "he", "k": "ke", "l": "le", "m": "me", "n": "ne", "r": "re", "s": "se", "ş": "şe",
    "b": "be", "c": "ce", "ç": "çe", "d": "de", "g": "ge", "ğ": "ge", "j": "je", "p": "pe", "t": "te",
    "v": "ve", "y": "ye", "z": "ze", "q": "kü", "w": "ve", "x": "iks",
}  # fmt: skip
_POSSESSED = re.compile(
    r"(?:lığı|liği|luğu|lüğü|kanlığı|merkezi|şirketi|hastanesi|üniversitesi|birimi|bakanlığı|müşavirliği"
    r"|fakültesi|derneği|odası|salonu|meydanı|parkı|kurumu|kurulu|dairesi|programı|müdürü|başkanı|valisi"
    r"|hekimi|vekili|ilçesi|mahallesi|caddesi|sokağı|televizyonu|gazetesi|ajansı|laboratuvarı|polikliniği"
    r"|enstitüsü|kampüsü|binası|ocağı|evi|yurdu|okulu|lisesi|fuarı|haftası|günü|töreni)$"
)
"""Endings of a compound that already bears its possessive: the case comes with -n-."""
_OFFICE = re.compile(
    r"(?:^|\s)(?:valilik|bakanlık|müdürlük|başkanlık|başhekimlik|müşavirlik|kaymakamlık|rektörlük|belediye)$"
)
"""Words for a public body that stand for its name: no apostrophe, as after the full name (Valiliğe)."""
_PLACE = re.compile(
    r"(?:meydanı|parkı|bahçesi|caddesi|bulvarı|sokağı|mahallesi|köyü|köşkü|kalesi|dağı|gölü|ovası|vadisi"
    r"|salonu|binası|stadı|stadyumu|çarşısı|camisi|camii|fuarı|haftası|günü)$"
)
"""Compounds that name no institution: as names they take the apostrophe, too (Çamlık Parkı'nda)."""


def lower(text: str) -> str:
    """`text` in lower case by the Turkish rules."""
    return text.replace("İ", "i").replace("I", "ı").lower()


def read_number(number: int) -> str:
    """The last word in which `number` is read: 2026 ends in "altı", 40 in "kırk"."""
    number = abs(number)
    if number == 0:
        return "sıfır"
    if number % 10:
        return _ONES[number % 10]
    if number % 100:
        return _TENS[number // 10 % 10]
    zeros = len(str(number)) - len(str(number).rstrip("0"))
    for power, word in _POWERS:
        if zeros >= power:
            return word
    return "yüz"


def _read_time(hour: int, minute: int) -> str:
    if minute:
        return read_number(minute)
    return read_number(hour) if hour else "sıfır"


_TIME = re.compile(r"(\d{1,2})[.:](\d{2})$")
_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./](\d{4})$")
_TAIL_NUMBER = re.compile(r"(\d{1,15})$")
_BACRONYM = re.compile(r"[A-ZÇĞİÖŞÜ]{2,8}$")


def spoken(text: str) -> str:
    """The lower-case word by whose sound the suffix of `text` is chosen."""
    text = text.rstrip(" .\"”’'»)]")
    if found := _DAY.search(text):
        return read_number(int(found[1]))
    if found := _TIME.search(text):
        return _read_time(int(found[1]), int(found[2]))
    if text.endswith("%"):
        return "yüzde"
    if found := _TAIL_NUMBER.search(text):
        return read_number(int(found[1]))
    word = re.split(r"[\s/\-–—]+", text)[-1] if text else ""
    folded = lower(word)
    if _BACRONYM.search(word) and not any(c in _VOWELS for c in folded):
        return _LETTERS.get(folded[-1], folded)
    return folded


def _ending(sound: str, case: Case, *, possessed: bool) -> str:
    vowels = [c for c in sound if c in _VOWELS]
    last = vowels[-1] if vowels else "e"
    front = last not in _BACK or sound.endswith(_FRONT_ENDINGS)
    high = _HIGH[last]
    if front and high in "ıu":
        high = {"ı": "i", "u": "ü"}[high]
    low = "e" if front else "a"
    ends_in_vowel = bool(sound) and sound[-1] in _VOWELS
    hard = bool(sound) and sound[-1] in _HARD
    match case:
        case Case.AT:
            return f"nd{low}" if possessed else f"{'t' if hard else 'd'}{low}"
        case Case.FROM:
            return f"nd{low}n" if possessed else f"{'t' if hard else 'd'}{low}n"
        case Case.TO:
            return ("n" if possessed else "y" if ends_in_vowel else "") + low
        case Case.OBJECT:
            return ("n" if possessed else "y" if ends_in_vowel else "") + high
        case Case.OF:
            return ("n" if ends_in_vowel else "") + high + "n"


def suffixed(value: object, case: Case) -> str:
    """`value` with the suffix of `case`, an apostrophe before it where the spelling rules want one.

    Names, numbers, dates, times and abbreviations take the apostrophe; institutions and common words
    do not ("Denizli İl Sağlık Müdürlüğüne", TDK: kurum ve kuruluş adları), squares and parks do.
    """
    text = written(value).strip()
    if not text:
        return ""
    sound = spoken(text)
    proper = text[-1].isdigit() or text[-1] in '"”%)' or any(word[0].isupper() for word in text.split())
    words = text.split()
    if len(words) > 1 and _PLACE.search(sound):
        return text + ("'" if words[-1][0].isupper() else "") + _ending(sound, case, possessed=True)
    if len(words) > 1 and _POSSESSED.search(sound):
        return text + _ending(sound, case, possessed=True)
    if proper and _OFFICE.search(lower(text)):
        proper = False
    if not proper:
        text, sound = _softened(text, sound, case)
    return text + ("'" if proper else "") + _ending(sound, case, possessed=False)


def _softened(text: str, sound: str, case: Case) -> tuple[str, str]:
    """Words of several syllables soften a final k before a vowel: "yemek", "yemeğin"."""
    before_vowel = case in (Case.TO, Case.OF, Case.OBJECT)
    if before_vowel and sound.endswith("k") and sum(c in _VOWELS for c in sound) > 1:
        return text[:-1] + "ğ", sound[:-1] + "ğ"
    return text, sound


def written(value: object) -> str:
    """How a date, a time or anything else is written: 23.11.2026, 15.00."""
    match value:
        case datetime():
            local = value.astimezone(ISTANBUL) if value.tzinfo else value
            return local.strftime("%d.%m.%Y %H.%M")
        case date():
            return value.strftime("%d.%m.%Y")
        case time():
            return value.strftime("%H.%M")
        case None:
            return ""
        case _:
            return str(value)


def day_of(value: object) -> date | None:
    """The day in Istanbul of a date or an instant, or None."""
    if isinstance(value, datetime):
        return (value.astimezone(ISTANBUL) if value.tzinfo else value).date()
    return value if isinstance(value, date) else None


def tarih(value: object) -> str:
    """23.11.2026; "" for None."""
    day = day_of(value)
    return day.strftime("%d.%m.%Y") if day else ""


def tarih_uzun(value: object) -> str:
    """3 Aralık 2026; "" for None."""
    day = day_of(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def saat(value: object) -> str:
    """15.00 by Istanbul's clock; "" for None."""
    if isinstance(value, datetime):
        value = (value.astimezone(ISTANBUL) if value.tzinfo else value).time()
    return value.strftime("%H.%M") if isinstance(value, time) else ""


def tarih_saat(value: object) -> str:
    """23.11.2026, saat 15.00; "" for None."""
    return f"{tarih(value)}, saat {saat(value)}" if isinstance(value, datetime) else tarih(value)


def gun(value: object) -> str:
    """The weekday, "Pazartesi"; "" for None."""
    day = day_of(value)
    return WEEKDAYS[day.weekday()] if day else ""


def boyut(size: int) -> str:
    """A file size for people: 412 kB, 2,4 MB."""
    if size < 1_000:
        return f"{size} bayt"
    if size < 999_500:
        return f"{size / 1_000:.0f} kB"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + " MB"
