"""Deadlines: when a text wants something done, relative to the mail that says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.core.request import Clock
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.plain import tidy
from mailbot.reading.when import (
    NUMBERS,
    SPAN,
    Day,
    Leaning,
    Moment,
    blanked,
    local_time,
    merged,
    scan_days,
    scan_moments,
    spaced,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, and the words that say so."""

    at: datetime
    words: str
    kind: Clock


UNTIL = re.compile(r"(?:'?\s?(?:y?[ae]|n[ae]|ye|ya|[iu]n?[ae]|s[iu]n?[ae])|')?\s{0,2}(?:kadar|dek|degin)\b")
_NO_NEWS = r"(?:(?!randevu|haber|iddia|yayi[nm]|yasan|meydana|gerceklesen|yapil|olan\b|acilan|program)[^.\n])"
_WANTED = re.compile(
    rf"(?:'?\s?(?:[dt][ae]|y?[ae]|n[ae]))\s(?:bilgi\snot\w{{0,6}}\s|not\w{{0,5}}\s)?{_NO_NEWS}{{0,24}}?\b(?:lazim|istiyor|isteriz|istenmekte|gerekiyor|bekliyor|beklemekte|beklenmekte|yetis|hazir\sol|alalim|alsak|alabil|rica\sed|(?:ilet|gonder|gec|paylas|yolla|bildir|yaz|at|ver|guncelle)(?:il)?(?:[iuy]{{0,2}}n(?:iz)?|[iua]?r\s?m[iu]\w*|[ae]bilir\w*|meniz\w*|maniz\w*|mesi\w*|masi\w*)\b)"
)
"""A time that something is wanted at or by: "16.00'ya notu istiyoruz"."""
_NOT_LATER = re.compile(
    r"'?\s?(?:y?[iu]|[iu])\s(?:gecme|gecirme|asma|bulmadan)|'?[dt][ae]n\sgec\s(?:olma|kalma)|\s(?:olmak|olacak)\s(?:uzere|sekilde)|'?[ae]\s(?:mutlaka|muhakkak)"
)
_BY_THEN = re.compile(
    rf"[a-z]{{0,3}}\s(?:son\b|itibar|{_NO_NEWS}{{0,24}}?\b(?:lazim|istiyor|isteriz|bekliyor|beklemekte|beklenmekte|yetis|hazir\b|elimizde|bizde\sol|gonder|ilet))"
)
"""Behind "mesai bitimi", "öğlene", "cumaya": it is wanted by then."""
_TIME_GIVEN = re.compile(r"\b(?:sure|teslim|termin|saat)\w{0,6}\s(?:\w{1,12}\s){0,3}$")
_MOVED = re.compile(r"'?\s?[yn]?[ae]\s(?:cek|uzat|ertele|kaydir|al)(?:iyor|ti|dik|tik|ildi|ilmis|indi)\w*")


def _end_of(day: Day, now: datetime, calendar: WorkCalendar) -> datetime:
    at = calendar.end_of_day(day.last)
    return calendar.end_of_day(day.last + timedelta(days=7)) if day.weekly and at < now else at


_LAST = re.compile(
    r"'?[a-z]{0,3}\sson(?:dur)?\b|'?[a-z]{0,3}\sitibari?[iy]l[ae]\s(?:gonder|ilet|bekl|alma|ulas)"
)
_ALONE_BEFORE = re.compile(r"(?:^|[.!?\n]\s{0,3})(?:saat\s)?$")
_ALONE_BEHIND = re.compile(r"\s{0,2}(?:[.!]\s{0,3})?(?:\n|$)")
"""A clock that is a sentence of its own at the end of a line: "Bilgi notu rica ederim. 17:00"."""
_OLSUN = re.compile(r"(?:'?[a-z]{0,3})\s(?:olsun|alalim|olarak\s(?:guncel|degis|revize|duzelt|belirlen))")
_ELIMIZDE = re.compile(
    r"(?:'?\s?(?:[dt][ae])|'?[a-z]{0,3}\sitibari?[iy]l[ae]|\sgibi|\ssular[a-z]{1,6}|\scivar[a-z]{1,6})\s[^.\n]{0,25}(?:al(?:abil|alim|mayi|may[ai])|elimizde|bizde|masa(?:mi|si)zda|tarafimizda|hazir|ulasmis|iletilmis|teslim|olmali|gondermeniz|gondermis|ciksin|cikmali|cikmasi|yetis)"
)
BEFORE = re.compile(
    r"(?:'?\s?(?:[dt][ae]n|n[dt][ae]n))\s{1,2}(?:once|evvel)\b|\soncesi(?:nde|ne)?\b|(?:'?[ae])?\solmadan"
)
_LABEL = re.compile(
    r"(?:bilgi\snotu\s?[/,-]|son\s(?:gonderim\s|teslim\s|iletim\s|cevap\s)?(?:saat|tarih|sure|zaman|teslim)[a-z]{0,4}|termin|sure(?:si|niz)?|deadline|teslim\s(?:saati|tarihi|zamani)|en\sgec)\s{0,2}[:=-]?\s{0,2}(?:bugun\s|saat\s)?$"
)
PUBLISH_NOT = re.compile(
    r"[^.\n;]{0,60}(?:yayi[nm]|paylas|servis|kullan|haberles|duyur|cik|basin)[a-z]{0,12}?m[ae](?:sin|yin|yalim|mas|mak\s(?:kayd|sart|uzere)|mek\s(?:kayd|sart|uzere)|yecek|z|k\suzere|den)[a-z]{0,6}"
)


def deadline_in(
    text: str, said_at: datetime, calendar: WorkCalendar, *, latest: bool = False
) -> Deadline | None:
    """When the text wants something done, or None where it names no time ("ivedi").

    Of several the first that is not past counts, and one for the thing itself goes before one for a
    first word about it; with `latest` (extensions) the last one.
    """
    now, blank = local_time(said_at), blanked(text)
    original = tidy(text)
    found: list[tuple[int, Deadline]] = []
    for moment in scan_moments(blank, now, calendar, Leaning.FUTURE):
        end = _due_end(blank, moment)
        if end is None or _is_embargo(blank, moment, end):
            continue
        words = _words(original, blank, moment.start, end)
        found.append((moment.start, Deadline(moment.at, words, moment.kind)))
    found += _spans_of_datives(blank, original, now)
    found += _due_spans(blank, original, now, calendar)
    found += _due_days(blank, original, now, calendar, [place for place, _ in found])
    found.sort(key=lambda pair: pair[0])
    if len(found) > 1:
        found = [pair for pair in found if not _first_word(blank, pair[0])] or found
    ahead = [deadline for _, deadline in found if deadline.at >= now] or [deadline for _, deadline in found]
    return (ahead[-1] if latest else ahead[0]) if ahead else None


def _first_word(text: str, place: int) -> bool:
    """Whether the clause of a deadline asks for first information, and the whole thing comes later."""
    clause = re.split(r"[.;\n]|,\s", text[max(0, place - 60) : place])[-1]
    behind = re.split(r"[.;\n]|,\s(?=[a-z])", text[place : place + 90])[0]
    return bool(
        re.search(
            r"\b(?:ilk|on|sozlu|telefonla|kisa\sbir)\s(?:bilgi|degerlendirme|not)(?!\s?notu)", clause + behind
        )
    )


def _spans_of_datives(blank: str, original: str, now: datetime) -> list[tuple[int, Deadline]]:
    """ "yarım saate not lazım", "10 dakikaya gönderin": a span in the dative is a span within."""
    found = []
    for hit in SPAN.finditer(blank):
        if hit["tail"] or hit["biz"] or hit["unit"] not in ("saat", "sa", "dakika", "dk"):
            continue
        if hit["end"].strip("'") not in ("e", "a", "ye", "ya") or not re.match(
            rf"\s{_NO_NEWS}{{0,40}}?\b(?:not|bilgi|ilet|gonder|don|lazim|bekl|gec|hazir|yaz|elimiz|alabil|alal|ulas)",
            blank[hit.end() :],
        ):
            continue
        amount = _amount(hit["n"]) + (0.5 if hit["half"] else 0)
        unit = timedelta(hours=amount) if hit["unit"] in ("saat", "sa") else timedelta(minutes=amount)
        words = _words(original, blank, hit.start(), hit.end())
        found.append((hit.start(), Deadline(now + unit, words, Clock.RELATIVE)))
    return found


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
    if re.match(r"'?[a-z]{0,4}(?:\s(?:gibi|civar[a-z]{0,3}))?\sdegil\b|'?[a-z]{0,3}\syerine\b", behind):
        return None
    if hit := UNTIL.match(behind):
        return moment.end + hit.end()
    if hit := _LAST.match(behind):
        return moment.end + hit.end()
    alone = moment.clock is not None and moment.day is None
    if alone and _ALONE_BEFORE.search(before) and _ALONE_BEHIND.match(behind):
        return moment.end
    if hit := _NOT_LATER.match(behind):
        return moment.end + hit.end()
    if _TIME_GIVEN.search(before) and (hit := _MOVED.match(behind)):
        return moment.end + hit.end()
    if re.search(r"\syerine\s(?:[a-z]{2,12}\s){0,2}(?:saat\s)?$", before) and (hit := _OLSUN.match(behind)):
        return moment.end + hit.end()
    if re.search(r"(?:kala|gece)$", text[moment.start : moment.end]) and re.match(
        rf"\s{_NO_NEWS}{{0,25}}?(?:elimizde|bizde|hazir|gonder|ilet|alabil|bekli|olsun|ulas)", behind
    ):
        return moment.end
    if moment.clock is None:
        phrase = text[moment.start : moment.end]
        if re.search(r"(?:icinde|icerisinde|icersinde|dahilinde|bitmeden|once|ilk\sis)$", phrase):
            return moment.end
        if re.match(r"[a-z]{0,4}\s(?:once|olmadan|itibariyla|icin)|[a-z]{0,4}[\s,]", behind) and re.search(
            r"en\sgec", before + phrase
        ):
            return moment.end
        if _LABEL.search(before) or BEFORE.match(behind) or _BY_THEN.match(behind):
            return moment.end
        return None
    if (hit := _ELIMIZDE.match(behind)) or (hit := BEFORE.match(behind)) or (hit := _WANTED.match(behind)):
        return moment.end + hit.end()
    if _LABEL.search(before) or re.search(r"en\sgec\s", text[moment.start : moment.end]):
        return moment.end
    return None


def _is_embargo(text: str, moment: Moment, end: int) -> bool:
    sentence = text[end : end + 120]
    around = text[max(0, moment.start - 40) : end + 40]
    return bool(PUBLISH_NOT.match(sentence)) or "ambargo" in around


def _due_spans(
    blank: str, original: str, now: datetime, calendar: WorkCalendar
) -> list[tuple[int, Deadline]]:
    found = []
    for hit in SPAN.finditer(blank):
        tail = (hit["tail"] or "").strip()
        if not tail and _LABEL.search(blank[max(0, hit.start() - 30) : hit.start()]):
            tail = "icinde"
        if not tail or ("sonra" in tail and "kadar" not in tail):
            continue
        if tail.startswith("kadar") and hit["end"].strip("'") not in ("e", "a", "ye", "ya"):
            continue
        if re.match(r"(?:sure|var)", tail) and not re.search(r"(?:lik|luk)$|^$", hit["end"]):
            continue
        if re.match(
            r"\s?(?:\w{1,15}\s)?(?:once|once(?:ki|si)|suren|olan|beklet|bekled|gelen|geldi|gitti|ulasti\b|gerceklesti|yapildi|meydana)",
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
    return {"yarim": 0.5, "ceyrek": 0.25}.get(words, float(NUMBERS.get(spaced(words), 1)))


def _due_days(
    blank: str, original: str, now: datetime, calendar: WorkCalendar, known: list[int]
) -> list[tuple[int, Deadline]]:
    """Days without a clock: "cumaya kadar", "27 Kasım'a kadar", "en geç yarın"."""
    found = []
    for day in merged(list(scan_days(blank, now, calendar, Leaning.FUTURE)), blank):
        if any(day.start <= place < day.end + 40 for place in known) or re.match(
            r"bugune", blank[day.start : day.end + 2]
        ):
            continue  # "bugüne kadar" tells of what was
        behind = blank[day.end : day.end + 60]
        before = blank[max(0, day.start - 24) : day.start]
        hit = re.match(
            r"(?:\s(?:gunu?|tarihi)(?:n[ae])?)?(?:'?\s?(?:y?[ae]|n[ae]))?\s(?:kadar|dek)\b", behind
        )
        dative = re.search(r"(?:[^0-9]'?y?[ae]|[0-9]'[yn]?[ae])$", blank[day.start : day.end])
        if (
            not hit
            and not re.search(r"en\sgec\s$", before)
            and not _LABEL.search(before)
            and not (dative and _BY_THEN.match(" " + behind.lstrip()) and not day.today)
        ):
            continue
        end = day.end + (hit.end() if hit else 0)
        if PUBLISH_NOT.match(blank[end : end + 100]) or "ambargo" in blank[max(0, day.start - 30) : end + 30]:
            continue
        kind = Clock.BUSINESS_DAYS if day.business else Clock.COMPUTED
        found.append(
            (
                day.start,
                Deadline(_end_of(day, now, calendar), _words(original, blank, day.start, end), kind),
            )
        )
    return found
