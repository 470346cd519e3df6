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
    "bir": 1, "iki": 2, "uc": 3, "dort": 4, "dord": 4, "bes": 5, "alti": 6, "yedi": 7, "sekiz": 8, "dokuz": 9, "on": 10,
    "on bir": 11, "on iki": 12, "on uc": 13, "on dort": 14, "on dord": 14, "on bes": 15, "on alti": 16, "on yedi": 17,
    "on sekiz": 18, "on dokuz": 19, "yirmi": 20, "yirmi bir": 21, "yirmi dort": 24, "yirmi dord": 24, "yirmi bes": 25, "otuz": 30, "kirk": 40,
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
    weekly: bool = False
    """Named by its weekday alone: the next one is as good where this one is over."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A clock time, on its day, and where it stands. Instants are Europe/Istanbul."""

    at: datetime
    start: int
    end: int
    day: Day | None
    clock: time | None
    """As it was said; None where it comes from a phrase such as "mesai bitimi"."""
    until: datetime | None = None
    """End of a range "10.00-12.00"."""
    about: bool = False
    """"9 gibi", "20.00 civarı"."""
    start_of_range: bool = False
    kind: Clock = Clock.EXPLICIT


_MONTH = "|".join(MONTHS)
WEEKDAY = "pazartesi|sali|carsamba|persembe|cumartesi|cuma|pazar"
_NUMBER = "|".join(sorted((n.replace(" ", r"\s?") for n in NUMBERS), key=len, reverse=True))
_END = r"(?:'?(?:n[iu]n|[iu]n|s[iu]n?|y[iu]|n?d[ae]n?|t[ae]n?|[iu]|y?[ae]|n[ae]|ya|ki|s[iu]nd[ae]n?|s[iu]n[ae]|[iu]nd[ae]n?|[iu]n[ae]))?"

_DAY = re.compile(
    rf"""(?<![a-z0-9.,/])(?:
      (?P<ymd>(20[2-4][0-9])-([01]?[0-9])-([0-3]?[0-9]))(?![0-9])
    | (?P<dmy>([0-3]?[0-9])\s?[./-]\s?([01]?[0-9])\s?[./-]\s?(20[2-4][0-9]|[2-4][0-9]))(?![0-9])(?!\.[0-9])
    | (?P<dm>(?P<d1>[0-3]?[0-9])(?:\s?(?:-|ve|ile|ila)\s?(?P<d2>[0-3]?[0-9]))?\s?(?P<m1>{_MONTH})(?:'?(?:d[ae]n?|t[ae]n?|[ae]|n?[iu]n|[iu]))?
        (?:\s?(?:-|ve|ile|ila)\s?(?P<d3>[0-3]?[0-9])\s?(?P<m2>{_MONTH}))?(?:,?\s(?P<y>20[2-4][0-9])(?![0-9]))?)(?![a-z]{{4}})
    | (?P<short>(?:[0-3]?[0-9])[./](?:1[0-2]|0?[1-9])(?=(?:'?[a-z]{{0,3}})?\s(?:tarih|gun[u]|saat\s[0-9]|{WEEKDAY})|\s?\((?:{WEEKDAY})\))
        |(?:2[5-9]|3[01])[./](?:1[0-2]|0?[1-9])(?=(?:'?[a-z]{{1,3}})?\s(?:kadar|dek|mesai|ogle|sabah|aksam)))
    | (?P<mth>ayin\s([0-3]?[0-9])'?[a-z]{{0,5}})
    | (?P<mon>(?P<m3>{_MONTH})'?[iu]n\s(?P<d4>[0-3]?[0-9])(?:'?[a-z]{{1,5}})?)(?![a-z0-9.:])
    | (?P<wd>(?P<pre>(?:(?:onumuzdeki|gelecek|bu|gecen|gectigimiz|gecmis|haftaya|ertesi|ilk)\s){{1,2}}(?:hafta(?:ki|nin)?\s)?|hafta\ssonu\s)?
        (?P<w>{WEEKDAY}))(?!l[iu]|\s?(?:yer[iu]|mezarligi|'n[iu]n\shalk))(?:'?(?:y[ae]|ye|ya|[ae]|n[iu]n|d[ae]n?|t[ae]n?|s[iu]|nd[ae]n?|ki|leri|lari|y?d[iu]))?(?![a-z])
    | (?P<rel>bugun|yarin|obur\sgun|ertesi\s(?:sabah|gun)(?!\sis)|dun|evvelsi\sgun|evvelki\sgun|onceki\sgun|bu\s(?:sabah|aksam|gece|ogle|ogleden\ssonra)|yarindan|dunku|bugunku|yarinki)
        (?:'?(?:ku|ki|u|y?d[iu]|n?d[ae]n?|t[ae]n?|n[iu]n|un|a|e|[iu]))?(?![a-z])
    | (?P<biz>(?:ilk|ertesi|takip\seden|izleyen|bir\ssonraki|sonraki|muteakip)(?:\silk)?\sis\sgunu?(?:n[ae]|n[iu]n|nde)?)
    )""",
    re.VERBOSE,
)

_PART = r"(?:sabaha?(?:i|leyin)?|aksama?(?:i|leyin|ustu)?|gece|ogleden\ssonra|ogleden\sonce|ogle(?:n|yin)?|ikindi)"
_CLOCK = re.compile(
    rf"""(?<![a-z0-9.,:/@_-])(?P<part>{_PART}\s)?(?P<saat>saat(?:i|ler[iu])?\s?:?\s?(?:tam\s|en\sgec\s)?)?
    (?:
      (?P<h>[01]?[0-9]|2[0-4])(?:\s?[.:]\s?|h)(?P<m>[0-5][0-9])(?![0-9])(?![.:/][0-9])(?!\s?(?:tl|lira|puan|kg|ton|milyon|bin|metre|km)\b)
    | (?P<h4>[01][0-9]|2[0-3])(?P<m4>[0-5][05])(?![0-9])(?(saat)(?!\s?(?:kisi|hasta|adet))|(?='?(?:d[ae]|t[ae]|[ae]|y[ae]|ye|ya|n[ae]|d[ae]n|t[ae]n)\b|\s(?:gibi|civari|itibar|kadar)))
    | (?P<hw>{_NUMBER}|[01]?[0-9]|2[0-4])(?P<half>\s?bucu[kg])?(?![0-9.,]\d)(?=(?:'?(?:y?[ae]|d[ae]n?|t[ae]n?|y[ae]|[iu]|[iu]n|s[iu]nd[ae]|[iu]nd[ae]|[iu]nc[iu]|n[ae]|n[iu]n|s[iu]))?(?![a-z0-9]))
    )""",
    re.VERBOSE,
)
_PHRASE = re.compile(
    r"(?<![a-z])(?:(?P<work>mesai(?:miz)?(?:\s(?:saati|saatleri|gunu))?\s(?:bitim|bitis|sonu|cikis)[a-z]{0,8}|mesai\s(?:saatleri?\s|saati\s)?(?:icinde|icerisinde|dahilinde|bitmeden)"
    r"|calisma\s(?:saati|saatleri|gunu)\s(?:bitim|sonu)[a-z]{0,4}|gun\s?sonu[a-z]{0,4}|gun(?:u)?\s(?:icinde|icerisinde|icersinde|bitmeden|bitimine)|bugun\s(?:icinde|icerisinde)|aksama(?=\s(?:kadar|dek))|aksam\suzeri(?:ne)?|is\sbitimi(?:ne)?)"
    r"|(?P<noon>ogleden\sonce|ogle(?:n|ye|ne|nden|den)?(?:\s?(?:arasi|yemegi|vakti|saati)(?:n[ae]|nd[ae]n)?)?(?=\s(?:kadar|dek|once|olmadan))|ogle(?:n|y)?e(?=\s(?:kadar|dek|lazim|bekli|istiyor|isteni|yetis|hazir|not|bilgi|gonder|ilet|elimiz)))"
    r"|(?P<morning>sabaha?(?=\s(?:kadar|dek))|sabaha(?=\s(?:lazim|bekli|istiyor|isteni|yetis|hazir|not|bilgi|gonder|ilet|elimiz))|(?:sabah\s)?ilk\sis(?!\sgun)(?:\solarak)?|mesai\s(?:baslangic|baslamadan)[a-z]{0,6})"
    r"|(?P<week>(?:bu\s)?hafta(?:nin)?\s(?:icinde|icerisinde|sonuna(?=\s(?:kadar|dek))|basina(?=\s(?:kadar|dek))))|(?P<month>(?:bu\s)?ay(?:in)?\ssonuna(?=\s(?:kadar|dek))))"
)
_AROUND = re.compile(
    rf"(?<![a-z0-9.,:/@_-])(?P<part>{_PART}\s)?(?P<saat>saat\s)?(?P<h>{_NUMBER}|[01]?[0-9])(?:'?[a-z]{{1,2}})\s(?P<m>ceyrek|yirmi\s?bes|yirmi|on\s?bes|on|bes|[0-5]?[0-9])\s(?P<way>kala|var|gece|geciyor)[a-z]{{0,3}}(?![a-z])"
)
"""Minutes to or past the hour: "dörde çeyrek kala", "3'ü 20 geçe"."""
SPAN = re.compile(
    rf"(?<![a-z0-9.,])(?P<n>[0-9]{{1,3}}(?:[.,]5)?|yarim|ceyrek|bi(?=\s)|{_NUMBER})(?P<half>\s?bucuk)?\s?(?P<biz>is\s)?(?P<unit>saat|sa|dakika|dk|gun|hafta|ay)(?P<end>'?(?:lik|luk|e|a|ye|ya|u|de|da|te|ta|den|dan)?)"
    r"(?P<tail>\s(?:icinde|icerisinde|icersinde|zarfinda|kadar|sure(?:niz|si)?(?:\svar)?|sonra(?:sina)?(?:\skadar)?|dahilinde|var\b))?(?![a-z])"
)
_FILL = re.compile(
    r"[\s,()/-]{0,4}(?:(?:gun[u]?|gunku|gunune|tarih(?:i|inde|ine|li)?|en\sgec|en\sfazla|saat|ve|icin|itibariyla|yapilacak|olan|da|de|"
    rf"sabahi?|aksami?|gecesi?|ogleden\s(?:sonra|once)|(?:{WEEKDAY}))[\s,()/-]{{0,3}}){{0,4}}"
)
_URL = re.compile(r"(?:https?://|www\.)\S{1,2000}|\S{1,64}@\S{1,255}")


def local_time(said_at: datetime) -> datetime:
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
    """Every day that `text` names, in order; a weekday beside a date is that date."""
    plain_text = blanked(text)
    return tuple(merged(list(scan_days(plain_text, local_time(said_at), calendar, leaning)), plain_text))


def scan_days(text: str, now: datetime, calendar: WorkCalendar, leaning: Leaning) -> Iterator[Day]:
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
        elif hit["mon"]:
            first = _yearless(int(hit["d4"]), MONTHS[hit["m3"]], today, leaning)
        elif hit["wd"]:
            first = _weekday(WEEKDAYS[hit["w"]], hit["pre"] or "", today, leaning)
        elif hit["rel"]:
            first, is_today = _relative(hit["rel"], today), hit["rel"].startswith(("bu ", "bugun"))
        else:
            first, business = calendar.add_business_days(now, 1).date(), True
        if first is None:
            continue
        weekly = bool(hit["wd"]) and not hit["pre"] and leaning is Leaning.FUTURE
        yield Day(
            first, last or first, hit.start(), hit.end(), today=is_today, business=business, weekly=weekly
        )


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
        # A day without a year was lately, or it comes soon: nobody means the one of a year ago.
        options = [d for d in options if timedelta(0) <= today - d < timedelta(days=300)] or options
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
    around = list(_around(text))
    yield from around
    taken = taken + [(c.start, c.end) for c in around]
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
        hour = int(digits) if digits.isdigit() else NUMBERS.get(spaced(digits), 99)
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


def _around(text: str) -> Iterator[_Clock]:
    for hit in _AROUND.finditer(text):
        digits, minutes = hit["h"], hit["m"]
        hour = int(digits) if digits.isdigit() else NUMBERS.get(spaced(digits), 99)
        past = 15 if minutes == "ceyrek" else int(minutes) if minutes.isdigit() else NUMBERS[spaced(minutes)]
        if hit["way"] in ("kala", "var"):
            hour, past = hour - 1, 60 - past
        if 0 <= hour < 24 and 0 < past < 60:
            yield _Clock(
                hit.start(), hit.end(), hour, past, (hit["part"] or "").strip(), bare=False, twelve=True
            )


def spaced(words: str) -> str:
    """`words` of a number as `NUMBERS` has them: "onbir" is "on bir"."""
    words = words.replace(" ", "")
    return next((n for n in NUMBERS if n.replace(" ", "") == words), words)


def moments_in(
    text: str, said_at: datetime, calendar: WorkCalendar, leaning: Leaning = Leaning.FUTURE
) -> tuple[Moment, ...]:
    """Every clock time and every phrase that stands for one, in order, each joined with its day."""
    plain_text, now = blanked(text), local_time(said_at)
    return tuple(sorted(scan_moments(plain_text, now, calendar, leaning), key=lambda m: m.start))


def scan_moments(text: str, now: datetime, calendar: WorkCalendar, leaning: Leaning) -> Iterator[Moment]:
    """`moments_in` for a text in plain letters, in the order of its classes."""
    for moment in _scanned(text, now, calendar, leaning):
        if moment.day and moment.day.weekly and moment.at < now:
            yield replace(moment, at=moment.at + timedelta(days=7))
        else:
            yield moment


def _scanned(text: str, now: datetime, calendar: WorkCalendar, leaning: Leaning) -> Iterator[Moment]:
    days = merged(list(scan_days(text, now, calendar, leaning)), text)
    spans = [(m.start(), m.end()) for m in SPAN.finditer(text) if m["tail"] or m["biz"]]
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
            if day is None and at < now:
                # Said after the end of work: "mesai bitimi" is the next one, "gün içinde" still this day.
                over = hit["work"].startswith(("mesai", "is "))
                at = (
                    calendar.end_of_day(calendar.next_working(now).date())
                    if over
                    else datetime.combine(on, time(23, 59), ISTANBUL)
                )
        elif hit["noon"]:
            at = calendar.noon(on)
            if day is None and at <= now:
                at = calendar.noon(on + timedelta(days=1))
        elif hit["morning"]:
            if day is None and now.hour >= 6:
                on += timedelta(days=1)
            at = datetime.combine(on, calendar.hours[0][0], ISTANBUL)
        elif hit["month"]:
            at = calendar.end_of_day(
                (on.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            )
        elif "basina" in hit["week"]:
            at = calendar.end_of_day(on + timedelta(days=7 - on.weekday()))
        else:
            at = calendar.end_of_day(on + timedelta(days=(4 - on.weekday()) % 7))
            at += timedelta(days=7 if at < now else 0)
        kind = Clock.BUSINESS_DAYS if day and day.business else Clock.COMPUTED
        yield Moment(at, day.start if day else hit.start(), hit.end(), day, None, kind=kind)


def merged(days: list[Day], text: str) -> list[Day]:
    """A weekday beside a date is that date: the date wins."""
    kept: list[Day] = []
    for day in days:
        if kept and re.fullmatch(r"[\s,(/-]{1,3}(?:gunu\s)?", text[kept[-1].end : day.start]):
            earlier, bare = kept[-1], text[day.start : day.end]
            if re.match(rf"(?:{WEEKDAY})", bare):
                kept[-1] = replace(earlier, end=day.end, weekly=False)
                continue
            if re.match(rf"(?:{WEEKDAY})|bugun|yarin|dun", text[earlier.start : earlier.end]):
                kept[-1] = replace(day, start=earlier.start, weekly=False)
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
    r"'?\s?(?:y?[ae]|y[ae]|ye|ya)\s(?:kadar|dek)(?!\s(?:kisi|hasta|adet|gun|personel|vatandas|arac|bin|yas|cocuk|ogrenci))|'?[dt][ae]n\s(?:once|gec)|'?\s?[dt][ae]\s(?:elimizde|bizde|masa|alabil|alal|hazir|tarafimizda)|\s(?:gibi|civari|sularinda|sularin)"
)


def _is_hour(text: str, clock: _Clock, day: Day | None) -> bool:
    """Whether a bare number ("15'e kadar", "yarın 10'da") is a clock time."""
    if " buc" in text[clock.start : clock.end] and re.match(
        r"'?(?:[yg]?[ae]|d[ae]|t[ae])(?![a-z])", text[clock.end :]
    ):
        return True
    latest = text[max(0, clock.start - 16) : clock.start].endswith(("en gec ", "en gec saat "))
    if latest and re.match(r"\s?(?:[.,;!)\n]|$)", text[clock.end :]):
        return True
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
    said = time(hour, clock.minute)
    at = datetime.combine(on, said, ISTANBUL)
    if day is None and at <= now:
        late = datetime.combine(on, time((hour + 12) % 24, clock.minute), ISTANBUL)
        if clock.twelve and hour < 12 and not part.startswith("sabah") and late > now:
            at = late
        else:
            at += timedelta(days=1)
    until = datetime.combine(at.date(), clock.until, ISTANBUL) if clock.until else None
    about = bool(re.match(r"(?:'?[a-z]{0,3})\s(?:gibi|civar|sular)", text[clock.end :]))
    kind = Clock.BUSINESS_DAYS if day and day.business else Clock.EXPLICIT
    return Moment(at, day.start if day else clock.start, clock.end, day, said, until, about, kind=kind)
