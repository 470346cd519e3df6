"""Turkish dates, clock times, deadlines and embargoes, relative to the Date of the mail that says them.

A scan finds days ("önümüzdeki salı", "3 Aralık Perşembe"), clocks ("20.30", "saat 5", "mesai bitimi") and
spans ("1 saat içinde", "3 iş günü"); a day and the clock behind it are joined. What such a moment is for
(a deadline, an embargo, a programme) is read from the words around it. Nothing said, nothing guessed:
"ivedi" is no time.
"""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from mailbot.core.request import Clock
from mailbot.core.worktime import ISTANBUL, WorkCalendar
from mailbot.reading.plain import plain, tidy

MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "ocak",
            "subat",
            "mart",
            "nisan",
            "mayis",
            "haziran",
            "temmuz",
            "agustos",
            "eylul",
            "ekim",
            "kasim",
            "aralik",
        ],
        start=1,
    )
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(["pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar"])
}
NUMBERS = {
    "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10,
    "on bir": 11, "on iki": 12, "on uc": 13, "on dort": 14, "on bes": 15, "on alti": 16, "on yedi": 17,
    "on sekiz": 18, "on dokuz": 19, "yirmi": 20, "yirmi bir": 21, "yirmi dort": 24, "otuz": 30, "kirk": 40,
    "kirk bes": 45, "kirk sekiz": 48, "elli": 50, "altmis": 60, "yirmi iki": 22, "yirmi uc": 23,
}  # fmt: skip


class Leaning(Enum):
    """Where a day without a year or a bare weekday lies."""

    FUTURE = "future"
    NEAREST = "nearest"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or the range of days, that the text names, and where (offsets in the tidied text)."""

    first: date
    last: date
    start: int
    end: int
    said: bool = True
    """False where the day is not named and today is meant."""
    today: bool = False
    business: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A clock time, on its day, and where it stands. Instants are Europe/Istanbul."""

    at: datetime
    start: int
    end: int
    day: Day | None
    clock: time | None
    """None where it comes from a phrase such as "mesai bitimi"."""
    until: datetime | None = None
    """End of a range "10.00-12.00"."""
    about: bool = False
    """"9 gibi", "20.00 civarı"."""
    start_of_range: bool = False
    kind: Clock = Clock.EXPLICIT


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, and the words that say so."""

    at: datetime
    words: str
    kind: Clock


_MONTH = "|".join(MONTHS)
_WEEKDAY = "pazartesi|sali|carsamba|persembe|cumartesi|cuma|pazar"
_NUMBER = "|".join(sorted((n.replace(" ", r"\s?") for n in NUMBERS), key=len, reverse=True))
_END = r"(?:'?(?:n[iu]n|[iu]n|s[iu]n?|y[iu]|n?d[ae]n?|t[ae]n?|[iu]|y?[ae]|n[ae]|ya|ki|s[iu]nd[ae]n?|s[iu]n[ae]|[iu]nd[ae]n?|[iu]n[ae]))?"

_DAY = re.compile(
    rf"""(?<![a-z0-9.,/])(?:
      (?P<ymd>(20[2-4][0-9])-([01]?[0-9])-([0-3]?[0-9]))(?![0-9])
    | (?P<dmy>([0-3]?[0-9])\s?[./-]\s?([01]?[0-9])\s?[./-]\s?(20[2-4][0-9]|[2-4][0-9]))(?![0-9])(?!\.[0-9])
    | (?P<dm>(?P<d1>[0-3]?[0-9])(?:\s?(?:-|ve|ile|ila)\s?(?P<d2>[0-3]?[0-9]))?\s?(?P<m1>{_MONTH})(?:'?(?:d[ae]n?|t[ae]n?|[ae]|n?[iu]n|[iu]))?
        (?:\s?(?:-|ve|ile|ila)\s?(?P<d3>[0-3]?[0-9])\s?(?P<m2>{_MONTH}))?(?:,?\s(?P<y>20[2-4][0-9])(?![0-9]))?)(?![a-z]{{4}})
    | (?P<short>([0-3]?[0-9])[./]([01]?[0-9]))(?=(?:'?[a-z]{{0,3}})?\s(?:tarih|{_WEEKDAY})|\s?\((?:{_WEEKDAY})\))
    | (?P<mth>ayin\s([0-3]?[0-9])'?[a-z]{{0,5}})
    | (?P<wd>(?P<pre>(?:(?:onumuzdeki|gelecek|bu|gecen|gectigimiz|gecmis|haftaya|ertesi|ilk)\s){{1,2}}(?:hafta(?:ki|nin)?\s)?|hafta\ssonu\s)?
        (?P<w>{_WEEKDAY}))(?!l[iu]|\s?(?:yer[iu]|mezarligi|'n[iu]n\shalk))(?:'?(?:y[ae]|ye|ya|[ae]|n[iu]n|d[ae]n?|t[ae]n?|s[iu]|nd[ae]n?|ki|leri|lari))?(?![a-z])
    | (?P<rel>bugun|yarin|obur\sgun|ertesi\s(?:sabah|gun)(?!\sis)|dun|evvelsi\sgun|evvelki\sgun|onceki\sgun|bu\s(?:sabah|aksam|gece|ogle|ogleden\ssonra)|yarindan|dunku|bugunku|yarinki)
        (?:'?(?:ku|ki|u|n?d[ae]n?|t[ae]n?|n[iu]n|un|a|e|[iu]))?(?![a-z])
    | (?P<biz>(?:ilk|ertesi|takip\seden|izleyen|bir\ssonraki|sonraki|muteakip)(?:\silk)?\sis\sgunu?(?:n[ae]|n[iu]n|nde)?)
    )""",
    re.VERBOSE,
)

_PART = r"(?:sabaha?(?:i|leyin)?|aksama?(?:i|leyin|ustu)?|gece|ogleden\ssonra|ogleden\sonce|ogle(?:n|yin)?|ikindi)"
_CLOCK = re.compile(
    rf"""(?<![a-z0-9.,:/@_-])(?P<part>{_PART}\s)?(?P<saat>saat(?:i|ler[iu])?\s?:?\s?(?:tam\s|en\sgec\s)?)?
    (?:
      (?P<h>[01]?[0-9]|2[0-4])\s?[.:]\s?(?P<m>[0-5][0-9])(?![0-9])(?![.:/][0-9])(?!\s?(?:tl|lira|puan|kg|ton|milyon|bin|metre|km)\b)
    | (?P<h4>[01][0-9]|2[0-3])(?P<m4>[0-5][05])(?='?(?:d[ae]|t[ae]|[ae]|y[ae]|ye|ya|n[ae])\b|\s(?:gibi|civari|itibar|kadar))
    | (?P<hw>{_NUMBER}|[01]?[0-9]|2[0-4])(?P<half>\s?bucu[kg])?(?![0-9.,]\d)(?=(?:'?(?:y?[ae]|d[ae]n?|t[ae]n?|y[ae]|[iu]|[iu]n|s[iu]nd[ae]|[iu]nd[ae]|[iu]nc[iu]|n[ae]|n[iu]n|s[iu]))?(?![a-z0-9]))
    )""",
    re.VERBOSE,
)
_PHRASE = re.compile(
    r"(?<![a-z])(?:(?P<work>mesai(?:miz)?(?:\s(?:saati|saatleri|gunu))?\s(?:bitim|bitis|sonu|cikis)[a-z]{0,8}|mesai\s(?:saatleri?\s|saati\s)?(?:icinde|icerisinde|dahilinde|bitmeden)"
    r"|gun\s?sonu[a-z]{0,4}|gun(?:u)?\s(?:icinde|icerisinde|icersinde|bitmeden|bitimine)|bugun\s(?:icinde|icerisinde)|aksama(?=\s(?:kadar|dek))|aksam\suzeri(?:ne)?|is\sbitimi(?:ne)?)"
    r"|(?P<noon>ogleden\sonce|ogle(?:n|ye|ne|nden|den)?(?:\s?(?:arasi|yemegi|vakti|saati)(?:n[ae]|nd[ae]n)?)?(?=\s(?:kadar|dek|once|olmadan))|oglen(?:e|i)?(?=\s(?:kadar|dek)))"
    r"|(?P<morning>sabaha?(?=\s(?:kadar|dek))|sabah\silk\sis|mesai\s(?:baslangic|baslamadan)[a-z]{0,6})"
    r"|(?P<week>(?:bu\s)?hafta(?:nin)?\s(?:icinde|icerisinde|sonuna(?=\s(?:kadar|dek)))))"
)
_SPAN = re.compile(
    rf"(?<![a-z0-9.,])(?P<n>[0-9]{{1,3}}(?:[.,]5)?|yarim|ceyrek|{_NUMBER})(?P<half>\s?bucuk)?\s?(?P<biz>is\s)?(?P<unit>saat|sa|dakika|dk|gun|hafta|ay)(?P<end>'?(?:lik|luk|e|a|ye|ya|u|de|da|te|ta|den|dan)?)"
    r"(?P<tail>\s(?:icinde|icerisinde|icersinde|zarfinda|kadar|sure(?:niz|si)?(?:\svar)?|sonra(?:sina)?(?:\skadar)?|dahilinde|var\b))?(?![a-z])"
)
_FILL = re.compile(
    r"[\s,()/-]{0,4}(?:(?:gun[u]?|gunku|gunune|tarih(?:i|inde|ine|li)?|en\sgec|en\sfazla|saat|ve|icin|itibariyla|yapilacak|olan|da|de|"
    rf"sabahi?|aksami?|gecesi?|ogleden\s(?:sonra|once)|(?:{_WEEKDAY}))[\s,()/-]{{0,3}}){{0,4}}"
)
_URL = re.compile(r"(?:https?://|www\.)\S{1,2000}|\S{1,64}@\S{1,255}")


def _local(said_at: datetime) -> datetime:
    if said_at.tzinfo is None:
        return said_at.replace(tzinfo=ISTANBUL)
    return said_at.astimezone(ISTANBUL)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def blanked(text: str) -> str:
    """The tidied `text` in plain letters, addresses and links turned to spaces: digits in them are no times."""
    return _URL.sub(lambda m: " " * len(m[0]), plain(tidy(text)))


def days_in(
    text: str, said_at: datetime, calendar: WorkCalendar, leaning: Leaning = Leaning.NEAREST
) -> tuple[Day, ...]:
    """Every day that `text` names, in order."""
    return tuple(_days(blanked(text), _local(said_at), calendar, leaning))


def _days(text: str, now: datetime, calendar: WorkCalendar, leaning: Leaning) -> Iterator[Day]:
    today = now.date()
    for hit in _DAY.finditer(text):
        first: date | None
        last: date | None = None
        is_today = business = False
        if hit["ymd"]:
            first = _date(*(int(p) for p in hit["ymd"].split("-")))
        elif hit["dmy"]:
            d, m, y = (int(p) for p in re.split(r"\s?[./-]\s?", hit["dmy"]))
            first = _date(y if y > 99 else 2000 + y, m, d)
        elif hit["short"]:
            d, m = (int(p) for p in re.split(r"[./]", hit["short"]))
            first = _yearless(d, m, today, leaning)
        elif hit["dm"]:
            first, last = _named_month(hit, today, leaning)
        elif hit["mth"]:
            d = int(re.findall(r"[0-9]+", hit["mth"])[0])
            first = _date(today.year, today.month, d)
            if first and first < today and leaning is Leaning.FUTURE:
                following = today.replace(day=1) + timedelta(days=32)
                first = _date(following.year, following.month, d)
        elif hit["wd"]:
            first = _weekday(WEEKDAYS[hit["w"]], hit["pre"] or "", today, leaning)
        elif hit["rel"]:
            first, is_today = _relative(hit["rel"], today), hit["rel"].startswith(("bu ", "bugun"))
        else:
            first, business = calendar.add_business_days(now, 1).date(), True
        if first is None:
            continue
        yield Day(first, last or first, hit.start(), hit.end(), today=is_today, business=business)


def _named_month(hit: re.Match[str], today: date, leaning: Leaning) -> tuple[date | None, date | None]:
    month, d1 = MONTHS[hit["m1"]], int(hit["d1"])
    first = _date(int(hit["y"]), month, d1) if hit["y"] else _yearless(d1, month, today, leaning)
    if first is None:
        return None, None
    last = None
    if hit["d2"]:
        last = _date(first.year, month, int(hit["d2"]))
    elif hit["d3"]:
        month2 = MONTHS[hit["m2"]]
        last = _date(first.year + (month2 < month), month2, int(hit["d3"]))
    return first, last if last and last >= first else None


def _yearless(day: int, month: int, today: date, leaning: Leaning) -> date | None:
    options = [d for year in (today.year - 1, today.year, today.year + 1) if (d := _date(year, month, day))]
    if leaning is Leaning.FUTURE:
        options = [d for d in options if d >= today]
    elif leaning is Leaning.PAST:
        options = [d for d in options if d <= today]
    return min(options, key=lambda d: abs((d - today).days), default=None)


def _weekday(number: int, before: str, today: date, leaning: Leaning) -> date:
    ahead = (number - today.weekday()) % 7
    if "haftaya" in before or ("hafta" in before and ("onumuz" in before or "gelecek" in before)):
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
        return monday + timedelta(days=number)
    if "gecen" in before or "gectigi" in before or "gecmis" in before:
        if "hafta" in before:
            return today - timedelta(days=today.weekday() + 7 - number)
        return today - timedelta(days=7 - ahead if ahead else 7)
    if "onumuz" in before or "gelecek" in before:
        return today + timedelta(days=ahead or 7)
    if before.startswith("bu "):
        return (
            today - timedelta(days=today.weekday() - number)
            if leaning is Leaning.PAST
            else today + timedelta(days=ahead)
        )
    if leaning is Leaning.PAST:
        return today - timedelta(days=(7 - ahead) % 7)
    return today + timedelta(days=ahead)


def _relative(words: str, today: date) -> date:
    if words.startswith(("bu ", "bugun")):
        return today
    if words.startswith(("yarin", "ertesi")):
        return today + timedelta(days=1)
    if words.startswith("obur"):
        return today + timedelta(days=2)
    if words.startswith("dun"):
        return today - timedelta(days=1)
    return today - timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Clock:
    start: int
    end: int
    hour: int
    minute: int
    part: str
    bare: bool
    """A number alone: a time only where the words around it say so."""
    twelve: bool
    """May be meant on the twelve-hour clock."""
    until: time | None = None


def _clocks(text: str, taken: list[tuple[int, int]]) -> Iterator[_Clock]:
    free = 0
    for hit in _CLOCK.finditer(text):
        if hit.start() < free or any(a < hit.end() and hit.start() < b for a, b in taken):
            continue
        part = (hit["part"] or "").strip()
        minute = 0
        if hit["h"]:
            digits, minute, bare = hit["h"], int(hit["m"]), False
            twelve = len(digits) == 1
        elif hit["h4"]:
            digits, minute, bare, twelve = hit["h4"], int(hit["m4"]), False, False
        else:
            digits = hit["hw"]
            minute = 30 if hit["half"] else 0
            bare = not (hit["saat"] or part)
            twelve = not (digits.isdigit() and len(digits) == 2 and digits.startswith("0"))
        hour = int(digits) if digits.isdigit() else NUMBERS.get(_spaced(digits), 99)
        if hour > 24 or (hour == 24 and minute):
            continue
        until = None
        if hit["h"] and (
            tail := re.match(
                r"\s?(?:-|ile|ve|ila)\s?([01]?[0-9]|2[0-3])[.:]([0-5][0-9])(?![0-9])", text[hit.end() :]
            )
        ):
            until = time(int(tail[1]), int(tail[2]))
            free = hit.end() + tail.end()
        elif hit["h"] and (
            tail := re.match(r"'?[dt][ae]n\s([01]?[0-9]|2[0-3])[.:]([0-5][0-9])", text[hit.end() :])
        ):
            until = time(int(tail[1]), int(tail[2]))
        yield _Clock(hit.start(), max(hit.end(), free), hour % 24, minute, part, bare, twelve, until)


def _spaced(words: str) -> str:
    words = words.replace(" ", "")
    return next((n for n in NUMBERS if n.replace(" ", "") == words), words)


def moments_in(
    text: str, said_at: datetime, calendar: WorkCalendar, leaning: Leaning = Leaning.FUTURE
) -> tuple[Moment, ...]:
    """Every clock time and every phrase that stands for one, in order, each joined with its day."""
    plain_text, now = blanked(text), _local(said_at)
    return tuple(sorted(_moments(plain_text, now, calendar, leaning), key=lambda m: m.start))


def _moments(text: str, now: datetime, calendar: WorkCalendar, leaning: Leaning) -> Iterator[Moment]:
    days = _merge(list(_days(text, now, calendar, leaning)), text)
    spans = [(m.start(), m.end()) for m in _SPAN.finditer(text) if m["tail"] or m["biz"]]
    taken = [(d.start, d.end) for d in days if not text[d.start : d.end].startswith("bu ")] + spans
    for clock in _clocks(text, taken):
        day = _day_before(days, clock.start, text)
        if clock.bare and not _is_hour(text, clock, day):
            continue
        part = clock.part or (_part_between(day, clock, text) if day else "")
        yield _settle(clock, day, part, now, text)
    for hit in _PHRASE.finditer(text):
        day = _day_before(days, hit.start(), text)
        if hit["work"] and hit["work"].startswith("bugun"):
            day = None
        on = day.first if day else now.date()
        if hit["work"]:
            at = calendar.end_of_day(on)
            if day is None and at < now and not hit["work"].startswith(("gun", "bugun")):
                at = max(at, now) if now.date() == on and now.hour < 17 else at
        elif hit["noon"]:
            at = calendar.noon(on)
            if day is None and at <= now:
                at = calendar.noon(on + timedelta(days=1))
        elif hit["morning"]:
            if day is None and now.hour >= 6:
                on += timedelta(days=1)
            at = datetime.combine(on, calendar.hours[0][0], ISTANBUL)
        else:
            at = calendar.end_of_day(on + timedelta(days=(4 - on.weekday()) % 7))
        kind = Clock.BUSINESS_DAYS if day and day.business else Clock.COMPUTED
        yield Moment(at, day.start if day else hit.start(), hit.end(), day, None, kind=kind)


def _merge(days: list[Day], text: str) -> list[Day]:
    """A weekday beside a date is that date: the date wins."""
    kept: list[Day] = []
    for day in days:
        if kept and re.fullmatch(r"[\s,(/-]{1,3}(?:gunu\s)?", text[kept[-1].end : day.start]):
            earlier, bare = kept[-1], text[day.start : day.end]
            if re.match(rf"(?:{_WEEKDAY})", bare):
                kept[-1] = replace(earlier, end=day.end)
                continue
            if re.match(rf"(?:{_WEEKDAY})|bugun|yarin|dun", text[earlier.start : earlier.end]):
                kept[-1] = replace(day, start=earlier.start)
                continue
        kept.append(day)
    return kept


def _day_before(days: list[Day], place: int, text: str) -> Day | None:
    for day in reversed(days):
        if day.end <= place and place - day.end < 60 and _FILL.fullmatch(text[day.end : place]):
            return day
        if day.start <= place < day.end and text[day.start : day.end].startswith("bu "):
            return day
    return None


def _part_between(day: Day, clock: _Clock, text: str) -> str:
    found = re.search(_PART, text[day.start : clock.start])
    return found[0] if found else ""


_HOUR_BEHIND = re.compile(
    r"'?\s?(?:y?[ae]|y[ae]|ye|ya)\s(?:kadar|dek)(?!\s(?:kisi|hasta|adet|gun|personel|vatandas|arac|bin|yas|cocuk|ogrenci))|'?[dt][ae]n\sonce|\s(?:gibi|civari|sularinda|sularin)"
)


def _is_hour(text: str, clock: _Clock, day: Day | None) -> bool:
    """Whether a bare number ("15'e kadar", "yarın 10'da") is a clock time."""
    if _HOUR_BEHIND.match(text[clock.end :]):
        before = text[max(0, clock.start - 16) : clock.start]
        return day is not None or 7 <= clock.hour <= 23 or "en gec" in before or text[clock.end] == "'"
    behind = re.match(r"'?(?:[dt][ae]|y?[ae])(?![a-z])", text[clock.end :])
    return day is not None and behind is not None and clock.end - clock.start <= 12


def _settle(clock: _Clock, day: Day | None, part: str, now: datetime, text: str) -> Moment:
    hour = clock.hour
    evening = part.startswith(("aksam", "ogleden sonra", "ikindi"))
    if clock.twelve and hour < 12:
        if (
            evening
            or (part.startswith("gece") and hour >= 8)
            or (part.startswith("ogle") and hour <= 3)
            or (hour in range(1, 8) and not part.startswith(("sabah", "gece")))
        ):
            hour += 12
    elif evening and hour < 12:
        hour += 12
    on = day.first if day else now.date()
    if (part.startswith("gece") and hour == 12) or (
        hour == 0 and text[clock.start : clock.end].rstrip(".:0").endswith("24")
    ):
        hour, on = 0, on + timedelta(days=1)
    at = datetime.combine(on, time(hour, clock.minute), ISTANBUL)
    if day is None and at <= now:
        late = datetime.combine(on, time((hour + 12) % 24, clock.minute), ISTANBUL)
        if clock.twelve and hour < 12 and not part.startswith("sabah") and late > now:
            at = late
        else:
            at += timedelta(days=1)
    until = datetime.combine(at.date(), clock.until, ISTANBUL) if clock.until else None
    about = bool(re.match(r"(?:'?[a-z]{0,3})\s(?:gibi|civar|sular)", text[clock.end :]))
    kind = Clock.BUSINESS_DAYS if day and day.business else Clock.EXPLICIT
    return Moment(at, day.start if day else clock.start, clock.end, day, at.time(), until, about, kind=kind)


_KADAR = re.compile(r"(?:'?\s?(?:y?[ae]|n[ae]|ye|ya|[iu]n?[ae]|s[iu]n?[ae])|')?\s{0,2}(?:kadar|dek|degin)\b")
_ELIMIZDE = re.compile(
    r"(?:'?\s?(?:[dt][ae])|'?[a-z]{0,3}\sitibari?[iy]l[ae]|\sgibi)\s[^.\n]{0,25}(?:alabil|elimizde|bizde|masa(?:mi|si)zda|tarafimizda|hazir|ulasmis|iletilmis|teslim|olmali|gondermeniz|gondermis|ciksin|cikmali|cikmasi|yetis)"
)
_ONCE = re.compile(
    r"(?:'?\s?(?:[dt][ae]n|n[dt][ae]n))\s{1,2}(?:once|evvel)\b|\soncesi(?:nde|ne)?\b|(?:'?[ae])?\solmadan"
)
_LABEL = re.compile(
    r"(?:son\s(?:gonderim\s|teslim\s|iletim\s|cevap\s)?(?:saat|tarih|sure|zaman|teslim)[a-z]{0,4}|termin|sure(?:si|niz)?|deadline|teslim\s(?:saati|tarihi|zamani)|en\sgec)\s{0,2}[:=-]?\s{0,2}(?:bugun\s|saat\s)?$"
)
_PUBLISH_NOT = re.compile(
    r"[^.\n;]{0,60}(?:yayi[nm]|paylas|servis|kullan|haberles|duyur|cik|basin)[a-z]{0,12}?m[ae](?:sin|yin|yalim|mas|yecek|z|k\suzere|den)[a-z]{0,6}"
)


def deadline_in(
    text: str, said_at: datetime, calendar: WorkCalendar, *, latest: bool = False
) -> Deadline | None:
    """When the text wants something done, or None where it names no time ("ivedi").

    Of several the first that is not past counts; with `latest` (extensions) the last one.
    """
    now, blank = _local(said_at), blanked(text)
    original = tidy(text)
    found: list[tuple[int, Deadline]] = []
    for moment in _moments(blank, now, calendar, Leaning.FUTURE):
        end = _due_end(blank, moment)
        if end is None or _is_embargo(blank, moment, end):
            continue
        words = _words(original, blank, moment.start, end)
        found.append((moment.start, Deadline(moment.at, words, moment.kind)))
    found += _due_spans(blank, original, now, calendar)
    found += _due_days(blank, original, now, calendar, [place for place, _ in found])
    found.sort(key=lambda pair: pair[0])
    ahead = [deadline for _, deadline in found if deadline.at >= now] or [deadline for _, deadline in found]
    return (ahead[-1] if latest else ahead[0]) if ahead else None


def _words(original: str, blank: str, start: int, end: int) -> str:
    before = re.search(r"(?:en\sgec|en\sfazla)\s(?:saat\s)?$", blank[max(0, start - 20) : start])
    return original[start - (len(before[0]) if before else 0) : end].strip()


def _due_end(text: str, moment: Moment) -> int | None:
    """Where the deadline's words end; None where this time is no deadline."""
    behind = text[moment.end : moment.end + 90]
    before = text[max(0, moment.start - 40) : moment.start]
    if named := re.match(r"saat[a-z]{0,3}\s?:?\s?", text[moment.start : moment.end]):
        before += named[0]
    if re.search(r"(?:[dt][ae]n|arasi(?:nda)?)\s{1,2}(?:saat\s)?$", before) and not before.rstrip().endswith(
        "once"
    ):
        # "09.00'dan 17.00'ye kadar" says how long something lasts.
        return None if re.search(r"[0-9]'?[dt][ae]n\s{1,2}(?:saat\s)?$", before) else moment.end
    if hit := _KADAR.match(behind):
        return moment.end + hit.end()
    if moment.clock is None:
        phrase = text[moment.start : moment.end]
        if re.search(r"(?:icinde|icerisinde|icersinde|dahilinde|bitmeden|once|ilk\sis)$", phrase):
            return moment.end
        if re.match(r"[a-z]{0,4}\s(?:once|olmadan|itibariyla|icin)|[a-z]{0,4}[\s,]", behind) and re.search(
            r"en\sgec", before + phrase
        ):
            return moment.end
        return moment.end if _LABEL.search(before) or _ONCE.match(behind) else None
    if (hit := _ELIMIZDE.match(behind)) or (hit := _ONCE.match(behind)):
        return moment.end + hit.end()
    if _LABEL.search(before) or re.search(r"en\sgec\s", text[moment.start : moment.end]):
        return moment.end
    return None


def _is_embargo(text: str, moment: Moment, end: int) -> bool:
    sentence = text[end : end + 120]
    around = text[max(0, moment.start - 40) : end + 40]
    return bool(_PUBLISH_NOT.match(sentence)) or "ambargo" in around


def _due_spans(
    blank: str, original: str, now: datetime, calendar: WorkCalendar
) -> list[tuple[int, Deadline]]:
    found = []
    for hit in _SPAN.finditer(blank):
        tail = (hit["tail"] or "").strip()
        if not tail or ("sonra" in tail and "kadar" not in tail):
            continue
        if tail.startswith("kadar") and hit["end"].strip("'") not in ("e", "a", "ye", "ya"):
            continue
        if re.match(r"(?:sure|var)", tail) and not re.search(r"(?:lik|luk)$|^$", hit["end"]):
            continue
        if re.match(
            r"\s?(?:\w{1,15}\s)?(?:once|once(?:ki|si)|suren|olan|beklet|bekled|gelen|geldi|gitti|ulast[i ]|gerceklesti|yapildi|meydana)",
            blank[hit.end() :],
        ):
            continue
        amount = _amount(hit["n"]) + (0.5 if hit["half"] else 0)
        if hit["biz"]:
            at, kind = calendar.add_business_days(now, max(1, int(amount))), Clock.BUSINESS_DAYS
        elif hit["unit"] in ("saat", "sa"):
            at, kind = now + timedelta(hours=amount), Clock.RELATIVE
        elif hit["unit"] in ("dakika", "dk"):
            at, kind = now + timedelta(minutes=amount), Clock.RELATIVE
        else:
            days = {"gun": 1, "hafta": 7, "ay": 30}[hit["unit"]] * amount
            at, kind = calendar.end_of_day(now.date() + timedelta(days=int(days))), Clock.COMPUTED
        found.append((hit.start(), Deadline(at, _words(original, blank, hit.start(), hit.end()), kind)))
    return found


def _amount(words: str) -> float:
    if words[0].isdigit():
        return float(words.replace(",", "."))
    return {"yarim": 0.5, "ceyrek": 0.25}.get(words, float(NUMBERS.get(_spaced(words), 1)))


def _due_days(
    blank: str, original: str, now: datetime, calendar: WorkCalendar, known: list[int]
) -> list[tuple[int, Deadline]]:
    """Days without a clock: "cumaya kadar", "27 Kasım'a kadar", "en geç yarın"."""
    found = []
    for day in _merge(list(_days(blank, now, calendar, Leaning.FUTURE)), blank):
        if any(day.start <= place < day.end + 40 for place in known):
            continue
        behind = blank[day.end : day.end + 60]
        before = blank[max(0, day.start - 24) : day.start]
        hit = re.match(
            r"(?:\s(?:gunu?|tarihi)(?:n[ae])?)?(?:'?\s?(?:y?[ae]|n[ae]))?\s(?:kadar|dek)\b", behind
        )
        if not hit and not re.search(r"en\sgec\s$", before) and not _LABEL.search(before):
            continue
        end = day.end + (hit.end() if hit else 0)
        if (
            _PUBLISH_NOT.match(blank[end : end + 100])
            or "ambargo" in blank[max(0, day.start - 30) : end + 30]
        ):
            continue
        kind = Clock.BUSINESS_DAYS if day.business else Clock.COMPUTED
        found.append(
            (
                day.start,
                Deadline(calendar.end_of_day(day.last), _words(original, blank, day.start, end), kind),
            )
        )
    return found


_AFTER = re.compile(
    r"(?:'?\s?(?:[dt][ae]n|n[dt][ae]n))\s{1,2}(?:itibaren|sonra)\b|'?[a-z]{0,3}\s(?:itibari?[iy]l[ae])"
)
_OUT = re.compile(
    r"[^.\n;]{0,70}(?:yayi[nm]la|yayi[nm]|paylas|servis|kullan|duyur|cik|basin|web|siteye|ver(?:il|eli))"
)
_AT_OUT = re.compile(
    r"'?(?:[dt][ae])\s[^.\n;]{0,50}?(?:yayi[nm]lan(?:sin|acak|mali|masi)|paylas(?:ilsin|ilacak|alim|ilmasi)|servis (?:edilsin|edilecek|edelim|edilmesi)|yayina (?:gir|alin)(?:sin|ecek|acak|mesi)|duyurul(?:sun|acak))"
)


def embargo_in(text: str, said_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """The instant before which nothing may be published, or None where none is named."""
    now, blank = _local(said_at), blanked(text)
    days = _merge(list(_days(blank, now, calendar, Leaning.FUTURE)), blank)
    moments = list(_moments(blank, now, calendar, Leaning.FUTURE))
    found: list[datetime] = []
    for moment in moments:
        if (
            moment.clock is None
            and moment.kind is Clock.COMPUTED
            and "mesai" not in blank[moment.start : moment.end]
        ) and not _ONCE.match(blank[moment.end :]):
            continue
        if _holds_back(blank, moment.start, moment.end):
            found.append(moment.at)
    for day in days:
        if any(m.start <= day.start < m.end for m in moments):
            continue
        end = (
            day.end + len(m[0])
            if (m := re.match(r"\s(?:gunu?|tarihi)(?:n?d[ae]n?|n[ae])?", blank[day.end :]))
            else day.end
        )
        if _holds_back(blank, day.start, end):
            later = re.match(r"(?:'?\s?[a-z]{0,5})\ssonra", blank[day.end : day.end + 20])
            found.append(datetime.combine(day.last + timedelta(days=1 if later else 0), time(0), ISTANBUL))
    return max(found) if found else None


def _holds_back(text: str, start: int, end: int) -> bool:
    behind = text[end : end + 140]
    before = text[max(0, start - 45) : start]
    if re.search(
        r"ambargo[a-z]{0,8}\s{0,2}(?:[:=(-]\s{0,2}|(?:saati|tarihi|suresi|bitisi|zamani)\s{0,2}[:=-]?\s{0,2})?(?:saat\s)?$",
        before,
    ):
        return True
    once = _ONCE.match(behind) or _KADAR.match(behind)
    if once:
        rest = behind[once.end() :]
        return bool(_PUBLISH_NOT.match(rest)) or bool(
            re.match(r"[^.\n;]{0,30}(?:ambargo|beklet|beklesin|beklen|tutul|gizli)", rest)
        )
    if re.search(r"(?:[dt][ae]n|n[dt][ae]n)$", text[start:end]) and re.match(
        r"\s(?:once|sonra|itibaren)", behind
    ):
        rest = re.sub(r"^\s\w{1,9}", "", behind)
        return bool((_PUBLISH_NOT if behind.startswith(" once") else _OUT).match(rest))
    if after := _AFTER.match(behind):
        return bool(_OUT.match(behind[after.end() :]))
    return bool(_AT_OUT.match(behind)) and not re.match(r"[^.\n;]{0,60}(?:program|canli|ekran)", behind)
