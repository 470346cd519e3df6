"""Orders that staff and approvers write into a mail, in the words people use.

An order stands at the beginning of a line. What stops or slows an item is understood generously; what
moves it forward (KARAR: ONAY, SÖZLÜ ONAY, FERAGAT, DEVAM) only where the whole line says so and nothing
in it denies, doubts or asks. Who may order what is decided elsewhere.
"""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it
# ruff: noqa: ARG002 - the handlers of `_TABLE` share one signature

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from mailbot.core.command import NO_EMBARGO, Command, PublishedLink, Unknown, Verb
from mailbot.core.decision import Decision
from mailbot.core.directory import Directory
from mailbot.core.suffix import tarih_saat
from mailbot.core.values import Office
from mailbot.core.worktime import ISTANBUL, WorkCalendar
from mailbot.reading.destination import destination_in
from mailbot.reading.embargo import embargo_in
from mailbot.reading.links import channel_of, clean, find_urls
from mailbot.reading.names import department_of, offices_in
from mailbot.reading.plain import plain, tidy
from mailbot.reading.when import Leaning, days_in, moments_in

_LINES = 30
_LINE = 1000

EXAMPLES: dict[Verb, str] = {
    Verb.STOP: "DURDUR",
    Verb.RESUME: "DEVAM",
    Verb.WITHDRAW: "GERİ ÇEK",
    Verb.CANCEL: "İPTAL: etkinlik ertelendi",
    Verb.RULE: "KARAR: DÜZELTME ikinci cümle çıkarılacak",
    Verb.WAIVE: "FERAGAT: valilik - yazım farkı, telefonla bildirildi",
    Verb.VERBAL: "SÖZLÜ ONAY: bakanlık, 17.10, nöbetçi basın görevlisi",
    Verb.PUBLISHED: "YAYINDA: https://denizli-ism.example/haber/147",
    Verb.DESTINATION: "YAYIN YERİ: basın",
    Verb.GM: "GM: Halk Sağlığı Genel Müdürlüğü",
    Verb.DEPARTMENT: "BAŞKANLIK: Halk Sağlığı Hizmetleri Başkanlığı",
    Verb.TITLE: "BAŞLIK: Erişkin aşı standı açıldı",
    Verb.EMBARGO: "AMBARGO: 28.11.2026 09.00",
    Verb.POSTPONE: "ERTELE: 30.11.2026 10.00",
    Verb.NEW_VERSION: "YENİ SÜRÜM",
    Verb.CLOSE: "KAPAT",
    Verb.FACTS: "BİLGİ İSTE: katılımcı sayısı ve fotoğraflar",
    Verb.NOTE: "NOT: fotoğrafçı arandı",
    Verb.STATUS: "DURUM",
    Verb.HELP: "YARDIM",
    Verb.OPEN_ITEMS: "AÇIK",
    Verb.TODAY: "BUGÜN",
    Verb.EBYS: "EBYS: E-12345678-000-1234",
    Verb.DEPUTY: "VEKÂLET: müdür, 26-27 Kasım, Dr. Deniz Numune",
    Verb.CORRECTED: "YAYIN DÜZELTME: yer Gökpınar EAH olacak",
    Verb.LEXICON: "SÖZLÜK: ONAY uygun mütalaa ettik",
    Verb.UNLIST: "ÇIKAR: haber@gazete.example",
    Verb.RELIST: "LİSTEYE AL: haber@gazete.example",
    Verb.RESEND: "YENİDEN GÖNDER: haber@gazete.example",
}
"""One line for each order that works as written."""

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_GREETING = re.compile(
    r"(?:merhaba(?:lar)?|selam(?:lar)?|gunaydin|iyi\s(?:gunler|calismalar|aksamlar|haftalar)|sayin\s[^,:]{1,40}|arkadaslar|kolay\sgelsin|tamam(?:dir)?|peki|"
    r"tesekkur(?:ler|\sederi[mz])|saygilar(?:imla|imizla)?|rica\sederi[mz]|lutfen|bilgi(?:niz)?e|evet|hocam|mudurum)[\s,.!:;-]{0,4}"
)
_NOT = r"(?!\w*(?:ma|me)(?:y[iu]n|yal[iu]m|sin|d[iu]|m[iu]s|z|\b))"
_DENIED = re.compile(
    r"\b\w{2,15}(?:ma|me)(?:d[iu]|m[iu]s|yor|yacak|yecek|z|y[iu]n|sin|d[iu]k)\w{0,6}\b|\bdegil|\byok\b|\bhenuz\b|\bsanirim|\bgaliba|\bmi\b|\bmu\b|\?|\bbekleniyor|\bbekliyor|\bancak\b|\bsartiyla|\bkaydiyla"
    r"|\bama\b|\bfakat\b|\bherhalde|\bbelki|\b\w{2,15}(?:irsa|arsa|erse|ursa|yorsa|dikten\ssonra|acak|ecek)\b"
)


def read_commands(
    words: str, *, directory: Directory, calendar: WorkCalendar, now: datetime
) -> tuple[Command | Unknown, ...]:
    """The orders in the new words of a mail, in order; one `Unknown` where there is none.

    `now` is the Date of the mail: what "bugün" and "17.10" in it are relative to.
    """
    text = tidy(words)
    reader = _Reader(now, directory, calendar)
    commands: list[Command] = []
    for line in _lines(text):
        commands += reader.line(line)
    commands += reader.links(text, commands)
    if not commands and (verbal := reader.verbal(" ".join(_lines(text)[:6]))):
        commands.append(verbal)
    if not commands and (deputy := reader.deputy_sentence(" ".join(_lines(text)[:6]))):
        commands.append(deputy)
    if commands:
        return tuple(_unique(commands))
    return (_nearest(text),)


def _unique(commands: list[Command]) -> list[Command]:
    kept: list[Command] = []
    for command in commands:
        if not any(replace(command, words="") == replace(other, words="") for other in kept):
            kept.append(command)
    return kept


def _lines(text: str) -> list[str]:
    lines = [line.strip(" \t*>-•") for line in text.split("\n")]
    return [line[:_LINE] for line in lines if line.strip()][:_LINES]


_PHRASE_CLASSES: dict[str, Decision] = {
    "onay": Decision.APPROVE,
    "ret": Decision.REJECT,
    "duzeltme": Decision.REVISE,
    "erteleme": Decision.DEFER,
}


@lru_cache(maxsize=200)
def _department_patterns(key: str, full_name: str) -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    """The stem of a department's name, and what names it: at the beginning of an answer, and anywhere."""
    name = plain(full_name)
    stem = re.sub(r"\s(?:hizmetleri\s)?baskanligi$", "", name)
    whole, part = re.escape(name), re.escape(stem)
    loosely = rf"^\W{{0,3}}(?:{whole}|{part}(?:\shizmetleri)?(?:\sbaskanligi)?|{re.escape(key)})\b"
    return stem, re.compile(loosely), re.compile(rf"\b{whole}|\b{part}(?:\shizmetleri)?\sbaskanl")


class _Reader:
    """Reads one line at a time, with what is known about the mail."""

    def __init__(self, said_at: datetime, directory: Directory, calendar: WorkCalendar) -> None:
        self.said_at = said_at
        self.directory = directory
        self.calendar = calendar

    def line(self, line: str) -> list[Command]:
        for _ in range(3):
            greeting = _GREETING.match(plain(line))
            if not greeting or greeting.end() >= len(line):
                break
            line = line[greeting.end() :]
        low = plain(line)
        for verb, pattern, handler in _TABLE:
            if found := re.match(pattern, low):
                rest = line[found.end() :].strip(" \t:;-–=,.")
                command = handler(self, verb, line, low, rest)
                if command is not None:
                    return self._and_more(command, line, low)
        return self._corrections(line)

    def _and_more(self, command: Command, line: str, low: str) -> list[Command]:
        """What a short answer says beside its first order ("basına gidecek, başkanlık Halk Sağlığı")."""
        if command.verb is not Verb.DESTINATION:
            return [command]
        return [command, *(c for c in self._corrections(line) if c.verb is not Verb.DESTINATION)]

    def _corrections(self, line: str) -> list[Command]:
        found: list[Command] = []
        for piece in re.split(r"[,;.]\s|\s(?:ve|ayrıca)\s(?=(?:baş|amb|gm|gen|bas|yaln|sad|web))", line):
            low = plain(piece).strip()
            to_press = destination_in(piece)
            if to_press is not None and len(low) < 120:
                found.append(Command(Verb.DESTINATION, piece.strip(), to_press=to_press))
            if hit := re.search(
                r"\bbaskanli[gk]i?\s?(?::|-|=|olarak|ise)?\s?(?=\w)|\b(?:ilgili\s)?birim\s?[:=]\s?", low
            ):
                if (key := self._department(piece[hit.end() :] or piece)) and not re.search(
                    r"\?|\bmi\b", low
                ):
                    found.append(Command(Verb.DEPARTMENT, piece.strip(), department=key))
            elif (key := self._department(piece, strict=True)) and re.search(r"baskanl", low):
                found.append(Command(Verb.DEPARTMENT, piece.strip(), department=key))
            if hit := re.match(r"(?:yeni\s)?baslik\s?(?:su\solsun|olarak|olsun|:|=|soyle)\s?:?\s?", low):
                found.append(
                    Command(Verb.TITLE, piece.strip(), text=piece.strip()[hit.end() :].strip(" \"'“”"))
                )
            if hit := re.search(r"ambargo", low):
                found += [
                    c
                    for c in [self.embargo(Verb.EMBARGO, piece.strip(), low, piece[hit.end() :])]
                    if c and c.at
                ]
        return found

    def _department(self, text: str, *, strict: bool = False) -> str | None:
        low = plain(tidy(text))
        for key, department in self.directory.departments.items():
            stem, loosely, strictly = _department_patterns(key, department.name)
            if (strictly if strict else loosely).search(low):
                if (
                    stem == "saglik"
                    and not strict
                    and not re.match(r"\W{0,3}saglik\shizmetleri|\W{0,3}saglik\s?(?:baskan|$)", low)
                ):
                    continue
                if stem == "saglik" and re.search(r"(?:acil|halk)\ssaglig?k?", low):
                    continue
                return key
        if strict:
            return None
        # "Halk Sağlığı olacak", "acil": the beginning of exactly one name.
        head = " ".join(low.strip(" :.-").split()[:2])
        first = head.split(" ")[0].rstrip(".,'") if head else ""
        hits = [
            k
            for k, d in self.directory.departments.items()
            if len(first) > 2 and plain(d.name).startswith(first)
        ]
        return hits[0] if len(hits) == 1 else None

    # Each handler below gets the verb, the line, the line in plain letters and what follows the key word.

    def simple(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        return Command(verb, line, text=rest)

    def bare(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        """A key word that is also an everyday word: only alone in its line."""
        return Command(verb, line) if len(rest) <= 3 else None

    def address(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        """A key word with an e-mail address, or alone in its line; anything else beside it is no order."""
        found = _ADDRESS.findall(rest)
        left = re.sub(r"\W", "", _ADDRESS.sub("", rest))
        if len(found) > 1 or len(left) > 3 or "?" in rest:
            return None
        lacking = "" if found or verb is Verb.UNLIST else "e-posta adresi"
        return Command(verb, line, text=found[0].lower() if found else "", lacking=lacking)

    def resume(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        return None if _DENIED.search(low) or len(low) > 80 else Command(verb, line, text=rest)

    def rule(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        """`KARAR: ONAY|RET|DÜZELTME not`; an approval is taken only where nothing else stands beside it."""
        low_rest = plain(rest)
        office = next(
            iter(offices_in(re.split(r"onay|ret|red|duzelt", low_rest)[0], self.directory.offices)), None
        )
        decision = _ruling(low_rest)
        if decision is None:
            return Command(verb, line, office=office, text=rest, lacking="karar: ONAY, RET ya da DÜZELTME")
        note = re.sub(
            r"^\W*(?:\w[\w\s'’.İIı]{0,60}?[:,-]\s?)?(?:onay\w*|ret\w*|red\w*|düzelt\w*|duzelt\w*|DÜZELT\w*)\W*",
            "",
            rest,
            flags=re.IGNORECASE,
        )
        if decision is Decision.APPROVE and _DENIED.search(low_rest):
            return Command(
                verb,
                line,
                office=office,
                text=rest,
                lacking="karar açık değil: yalnız ONAY, RET ya da DÜZELTME yazınız",
            )
        if decision is Decision.REVISE and not note.strip():
            return Command(verb, line, office=office, decision=decision, lacking="istenen değişiklik")
        return Command(verb, line, office=office, decision=decision, text=note.strip(), at=self._clock(rest))

    def lexicon(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        """`SÖZLÜK: ONAY|RET|DÜZELTME|ERTELEME söz`: the class first, then the phrase as it was written."""
        found = re.match(r"(\w{2,12})\W{0,4}", rest)
        decision = _PHRASE_CLASSES.get(plain(found[1])) if found else None
        phrase = rest[found.end() :].strip(" \"'“”.") if found and decision else ""
        lacking = "" if decision and phrase else "karar (ONAY, RET, DÜZELTME, ERTELEME) ve söz"
        return Command(verb, line, text=phrase, decision=decision, lacking=lacking)

    def waive(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        # The reason may name other offices: "FERAGAT: HSGM – valilik telefonla sordu".
        head, *behind = re.split(r"\s[-–—]\s|:\s?|;\s", rest, maxsplit=1)
        if not behind:
            head = rest.partition(", ")[0]
        label = line[: len(line) - len(rest)] if line.endswith(rest) else ""
        offices = offices_in(f"{label} {head}", self.directory.offices)
        reason = self._without_office(rest)
        lacking = []
        if not offices:
            lacking.append("makam")
        if len(offices) > 1:
            lacking.append("tek bir makam")
        if len(re.sub(r"\W", "", reason)) < 4:
            lacking.append("gerekçe")
        if re.search(r"\?|\bmi\b|\bmiyiz\b|\betme(?:yin|yelim|di)|gecmeyelim|\bdegil\b|\bvazgecilmedi", low):
            return None
        return Command(
            verb,
            line,
            office=offices[0] if len(offices) == 1 else None,
            text=reason,
            lacking=", ".join(lacking),
        )

    def _without_office(self, rest: str) -> str:
        """The reason behind the office: after the first dash, colon or comma, else behind its name."""
        parts = re.split(r"\s[-–—]\s|:\s?|[,;]\s", rest, maxsplit=1)
        if len(parts) == 2 and offices_in(parts[0], self.directory.offices):
            return parts[1].strip()
        if bracket := re.search(r"\(([^()]{4,300})\)", rest):
            return bracket[1].strip()
        low = plain(rest)
        for rule in self.directory.offices.values():
            for form in sorted((plain(rule.name), plain(rule.short), plain(rule.id)), key=len, reverse=True):
                if hit := re.match(
                    rf"{re.escape(form)}\w{{0,6}}(?:'\w{{1,6}})?\s?(?:onayi\w{{0,6}}|icin|genel\smudurlugu)?\W{{0,3}}",
                    low,
                ):
                    return rest[hit.end() :].strip()
        if hit := re.match(r"\S{1,30}\s(?:genel\smudurlugu|gm)?\W{0,3}", low):
            return (
                rest[hit.end() :].strip() if offices_in(rest[: hit.end()], self.directory.offices) else rest
            )
        return rest

    def verbal_line(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        if re.search(
            r"\?|\bverme(?:di|yecek)|\bdegil\b|\balinmadi|\balinamadi|\bbekleniyor|\balinacak|\bverecek", low
        ):
            return None
        offices = offices_in(rest or line, self.directory.offices)
        at = self._clock(rest)
        person = self._person(rest)
        lacking = [name for name, absent in (("makam", len(offices) != 1), ("saat", at is None)) if absent]
        return Command(
            verb,
            line,
            office=offices[0] if len(offices) == 1 else None,
            text=person,
            at=at,
            lacking=", ".join(lacking),
        )

    def verbal(self, line: str) -> Command | None:
        """A sentence that reports an approval by telephone or in person, as a fact."""
        low = plain(line)
        how = re.search(
            r"\btelefon\w{0,6}|\bsozlu|\bsifahen|\bsifahi|\barayarak|\baradi|\bwhatsapp|\byuz\syuze|\bmakamda\b|\bsahsen",
            low,
        )
        said = re.search(
            r"\bonay(?:ini|i)?\s(?:verdi(?:ler)?|verildi|vermis(?:tir|ler)?|vermistir|alindi|aldik|aldim|bildirdi|bildirildi)\b|\bonayladi(?:lar)?\b"
            r"|\bonayladigini\s(?:soyledi|bildirdi|iletti)|\buygun\s(?:buldu(?:lar)?|gordu(?:ler)?|bulundu|goruldu)\b|\buygundur\sded|\bolur\s(?:verdi|ded)|\bonay\sverdigini\s(?:soyledi|bildirdi|iletti)",
            low,
        )
        if not how or not said or _DENIED.search(low):
            return None
        # The office stands before the words that report the approval; an item's title may name others.
        offices = offices_in(line[: said.end()], self.directory.offices)
        at = self._clock(line)
        lacking = [name for name, absent in (("makam", len(offices) != 1), ("saat", at is None)) if absent]
        return Command(
            Verb.VERBAL,
            line,
            office=offices[0] if len(offices) == 1 else None,
            text=self._person(line),
            at=at,
            lacking=", ".join(lacking),
        )

    def _clock(self, text: str) -> datetime | None:
        """The last clock time in `text` that is not in the future: what was said, was said."""
        found = moments_in(text, self.said_at, self.calendar, Leaning.PAST)
        times = [m for m in found if m.clock is not None]
        if not times:
            bare = re.search(r"(?<![0-9])([01]?[0-9]|2[0-3])[.:]([0-5][0-9])(?![0-9.])", text)
            if not bare:
                return None
            at = datetime.combine(
                self.said_at.astimezone(ISTANBUL).date(), time(int(bare[1]), int(bare[2])), ISTANBUL
            )
        else:
            at = times[-1].at
            if times[-1].day is None:
                at = datetime.combine(
                    self.said_at.astimezone(ISTANBUL).date(), at.timetz().replace(tzinfo=None), ISTANBUL
                )
        # A few minutes ahead is a clock that runs fast; hours ahead is yesterday's call.
        return at if at <= self.said_at + timedelta(minutes=30) else at - timedelta(days=1)

    def _person(self, text: str) -> str:
        titled = re.search(
            r"(?:(?:Prof|Doç|Uzm?|Op|Dr|Dt|Sn|Av)\.\s?){1,4}(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,20}\s?){1,3}"
            r"|[A-ZÇĞİÖŞÜ][a-zçğıöşü]{1,20}\s[A-ZÇĞİÖŞÜ][a-zçğıöşü]{1,20}(?:\s(?:Bey|Hanım))|[A-ZÇĞİÖŞÜ][a-zçğıöşü]{1,20}\s(?:Bey|Hanım)",
            text,
        )
        if titled:
            return re.sub(r"'\w+$", "", titled[0]).strip()
        role = re.search(
            r"((?:nöbetçi|basın|özel kalem|müşavir|görevli|şube|daire)[\wçğıöşüÇĞİÖŞÜ ]{0,40}(?:görevlisi|görevli|müdürü|müşaviri|sorumlusu|memuru|masası))",
            text,
            re.IGNORECASE,
        )
        if role:
            return role[1].strip()
        parts = [p.strip() for p in re.split(r"[,;]", text) if p.strip()]
        left = [p for p in parts if not re.search(r"\d", p) and not offices_in(p, self.directory.offices)]
        return left[-1] if len(parts) > 1 and left else ""

    def published(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        """The links are gathered from the whole mail by `links`."""
        if re.search(r"\byayinda\s?degil|\?|\byayinlanm(?:adi|ayacak)|\byayimlanm(?:adi|ayacak)", low):
            return None
        return None

    def links(self, text: str, known: list[Command]) -> list[Command]:
        urls = find_urls(text)
        low = re.sub(r"(?:https?://|www\.)\S{3,2000}", " ", plain(text))
        said = re.search(
            r"\byayinda\b|\byay[iı]?[nm]lan(?:di|mistir|mis)|\byayinladi(?:k|m)|\byayimladi(?:k|m)|\bpaylas(?:ildi|ilmistir|tik|tim)|\byayina\s(?:alindi|verildi|girdi)|\bsiteye\s(?:kondu|koyduk|eklendi|girildi)|\bcanliya\salindi|\blink(?:ler|leri|i)?\b|\bbaglanti(?:lar)?",
            low,
        )
        bare_links = bool(urls) and len(low.split()) <= 12
        if not urls:
            if re.match(r"\W{0,3}yayinda\W{0,4}$", low.strip()):
                return [Command(Verb.PUBLISHED, text.strip(), lacking="yayın bağlantısı")]
            return []
        if any(c.verb in (Verb.NOTE, Verb.RULE) for c in known) or not (said or bare_links):
            return []
        if any(re.search(r"wetransfer|we\.tl|drive|dropbox|dosya", url) for url in urls):
            return []
        if re.search(
            r"\byay[iı]?[nm]la(?:nacak|yacagiz|nsin|yalim)|\?|olumsuz|bilgi\snotu|\byayinda\sdegil", low
        ):
            return []
        links = []
        for hit in list(re.finditer(r"(?:https?://|www\.)\S{3,2000}", text))[:50]:
            url = next(iter(find_urls(hit[0])), "")
            line_start = text.rfind("\n", 0, hit.start()) + 1
            before = text[line_start : hit.start()]
            if not before.strip(" :-*•") and line_start:
                before = text[text.rfind("\n", 0, line_start - 1) + 1 : line_start - 1]
                before = before if before.rstrip().endswith(":") or len(before) < 20 else ""
            if url:
                links.append(PublishedLink(channel_of(url, before), clean(url)))
        return [Command(Verb.PUBLISHED, text.strip()[:_LINE], links=tuple(dict.fromkeys(links)))]

    def destination(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        labelled = re.match(r"(?:yayin|hedef|dest|mecra)[a-z ]{0,12}[:=-]", low)
        to_press = destination_in(rest if labelled else line)
        return Command(verb, line, to_press=to_press) if to_press is not None else None

    def gm(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        office = self._gm(rest)
        if office is None:
            return Command(verb, line, text=rest, lacking="rehberdeki bir genel müdürlük adı")
        return Command(verb, line, office=office)

    def _gm(self, text: str) -> Office | None:
        low = plain(tidy(text)).strip(" .:'\"")
        for office, rule in self.directory.offices.items():
            if low.startswith(plain(office)) and re.match(rf"{re.escape(plain(office))}\b", low):
                return office
            if plain(rule.short) and low.startswith((plain(rule.short), plain(rule.name))):
                return office
        found = offices_in(text, self.directory.offices)
        if len(found) == 1:
            return found[0]
        hits = [
            o for o, r in self.directory.offices.items() if len(low) > 3 and plain(r.name).startswith(low)
        ]
        return hits[0] if len(hits) == 1 else None

    def department(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        key = self._department(rest)
        if key is None and (guess := department_of(rest, "", self.directory)) and guess[1]:
            key = guess[0]
        if key is None:
            return Command(verb, line, text=rest, lacking="rehberdeki bir başkanlık adı")
        return Command(verb, line, department=key)

    def title(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        title = rest.strip(" \"'“”«»")
        return Command(verb, line, text=title, lacking="" if title else "başlık")

    def embargo(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        if re.search(r"ambargo\w{0,4}\s?(?::|-)?\s?(?:yok|kalkti|kaldir|iptal)", low):
            return Command(verb, line, text=NO_EMBARGO)
        several = sorted({m.at for m in moments_in(rest, self.said_at, self.calendar) if m.clock is not None})
        if len(several) > 1:
            both = " ve ".join(tarih_saat(m) for m in several)
            return Command(verb, line, text=rest, lacking=f"tek bir ambargo zamanı ({both} yazılmış)")
        at = embargo_in(line, self.said_at, self.calendar)
        if at is None:
            found = moments_in(rest, self.said_at, self.calendar)
            days = days_in(rest, self.said_at, self.calendar, Leaning.FUTURE)
            at = (
                found[0].at if found else datetime.combine(days[0].first, time(0), ISTANBUL) if days else None
            )
        return Command(verb, line, at=at, text=rest, lacking="" if at else "ambargonun günü ve saati")

    def postpone(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        found = moments_in(line, self.said_at, self.calendar)
        days = days_in(line, self.said_at, self.calendar, Leaning.FUTURE)
        at = found[-1].at if found else None
        if at is None and days:
            at = datetime.combine(days[-1].first, self.calendar.hours[0][0], ISTANBUL)
        return Command(verb, line, at=at, text=rest, lacking="" if at else "yeni gün ve saat")

    def ebys(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        number = re.search(r"[A-Z]?-?[0-9][0-9A-Z./-]{2,60}", rest)
        return Command(
            verb, line, text=number[0] if number else rest, lacking="" if number else "EBYS sayısı"
        )

    def deputy_line(self, verb: Verb, line: str, low: str, rest: str) -> Command | None:
        return self._deputy(line, rest)

    def deputy_sentence(self, line: str) -> Command | None:
        low = plain(line)
        if not re.search(
            r"vek[ai]let(?:en)?\s(?:ed(?:ecek|iyor|er)|bak(?:acak|iyor))|vekil\solarak|yerine\s(?:bakacak|vekalet)",
            low,
        ):
            return None
        return self._deputy(line, line)

    def _deputy(self, line: str, rest: str) -> Command | None:
        if re.search(r"\?|vekalet\setme|vekaleti\s(?:bitti|sona|kaldir)", plain(line)):
            return None
        days = days_in(rest, self.said_at, self.calendar, Leaning.NEAREST)
        since: date | None = days[0].first if days else None
        until: date | None = max(d.last for d in days) if days else None
        low = plain(rest)
        office = next(iter(offices_in(rest, self.directory.offices)), None)
        if office is None and "mudur" in low:
            office = next((o for o in self.directory.offices if o == "mudur"), None)
        person = self._person(re.sub(r"[İI]l Sağlık Müdür\w*|Sayın Müdür\w*", "", rest))
        lacking = [
            n
            for n, absent in (
                ("makam", office is None),
                ("vekilin adı", not person),
                ("başlangıç ve bitiş günü", since is None),
            )
            if absent
        ]
        return Command(
            Verb.DEPUTY,
            line,
            office=office,
            text=person,
            since=since,
            until=until,
            lacking=", ".join(lacking),
        )


def _ruling(low: str) -> Decision | None:
    kinds = [
        decision
        for decision, pattern in (
            (Decision.REVISE, r"\bduzelt\w*|\bdegisiklik|\brevize"),
            (
                Decision.REJECT,
                r"\bret\b|\bred\b|\bredd\w*|\brettir|\bonaylanmadi|\buygun\s(?:degil|bulunmadi|gorulmedi)|\bonay\s(?:yok|verilmedi|vermedi)",
            ),
            (Decision.APPROVE, r"\bonay\b|\bonaylandi|\bonaydir|\bonayli\b|\buygun(?:dur)?\b|\bkabul\b"),
        )
        if re.search(pattern, low)
    ]
    if Decision.REJECT in kinds and Decision.REVISE not in kinds:
        return Decision.REJECT if not re.search(r"\bonay\b(?!\s(?:yok|ver))", low) else None
    if Decision.REVISE in kinds:
        return Decision.REVISE if kinds[-1] is Decision.REVISE else None
    return kinds[0] if len(kinds) == 1 else None


Handler = Callable[[_Reader, Verb, str, str, str], Command | None]

_TABLE: tuple[tuple[Verb, str, Handler], ...] = (
    (Verb.UNLIST, r"(?:listeden\s)?cikar(?:in(?:iz)?|ilsin|alim)?\b", _Reader.address),
    (Verb.RELIST, r"listeye\s(?:al|ekle)(?:in(?:iz)?|yin(?:iz)?|nsin|insin|alim|yelim)?\b", _Reader.address),
    (Verb.RESEND, r"(?:yeniden|tekrar)\sgonder(?:in(?:iz)?|ilsin|elim)?\s?(?=[:=-]|\S{1,64}@)", _Reader.address),
    (Verb.RULE, r"karar(?:i|imiz|imiz\ssu|dir)?\s?[:=-]", _Reader.rule),
    (Verb.LEXICON, r"sozluk(?:e\sekle)?\s?[:=-]", _Reader.lexicon),
    (Verb.VERBAL, r"sozlu\sonay\w{0,6}(?:\skaydi)?\s?[:=,-]", _Reader.verbal_line),
    (Verb.WAIVE, r"(?:feragat|muafiyet|vazgec(?:me|ildi|iyoruz|tik)?)\w{0,4}\s?(?=[:=,-])|feragat\b|muafiyet\b", _Reader.waive),
    (Verb.DEPUTY, r"vekalet(?:\sbildirimi|en)?\s?(?=[:=-])|vekil\s?(?=[:=-])", _Reader.deputy_line),
    (Verb.CORRECTED, r"yayin(?:da)?\sduzeltme(?:si)?\b", _Reader.simple),
    (Verb.WITHDRAW, r"(?:(?:bu|su)\s)?(?:haber(?:i|imizi)?|metni|bunu|onayimi|onayimizi|talebi)?\s?(?:hemen\s|lutfen\s)?geri\s(?:cek\b|cek(?:in(?:iz)?|elim|iyoru[mz]|ildi|ilsin|er\smisiniz)\b)", _Reader.simple),
    (Verb.CANCEL, r"iptal\s?(?:[:,.!;-]|$)", _Reader.simple),
    (Verb.CANCEL, r"(?:[^.!?\n]{0,60}\s)?(?:iptal\s(?:edelim|edin|ediyoruz|edildi(?!gi)|edilmistir|ediniz|edilsin|oldu))", _Reader.simple),
    (Verb.STOP, r"(?:acil(?:en)?[\s,:!-]{1,3})?(?:lutfen\s|hemen\s)?(?:(?:bu|su|o)\s)?(?:haber(?:i|imizi)?|yayini|servisi|gonderimi|bunu|islemi|metni|hepsini|duyuruyu)?\s?(?:hemen\s|lutfen\s|simdilik\s|acilen\s)?(?:durdur(?:un(?:uz)?|alim|ulsun|uyoruz|uyorum|ur\smusunuz)?\b(?!m)|dur\b|bekletin|bekletelim|beklesin|beklet\b|gondermeyin|gondermeyelim|yayinlamayin|yayinlamayalim|yayimlamayin|yayimlamayalim|yayinlanmasin|yayimlanmasin|servis\setmeyin|servis\setmeyelim|stop\b)", _Reader.simple),
    (Verb.STOP, r"[^.!?\n]{0,80}\b(?:durdur(?:un(?:uz)?|alim|ulsun))\b", _Reader.simple),
    (Verb.RESUME, r"(?:isleme\s|yayina\s|kaldigi\syerden\s|surece\s)?(?:devam(?:\sed(?:in(?:iz)?|elim|ebilirsiniz|ilsin|ebiliriz))?\b|surdur(?:un|elim)\b|baslat(?:in|alim)?\b)", _Reader.resume),
    (Verb.NEW_VERSION, r"yeni\s(?:surum|versiyon)\b", _Reader.bare),
    (Verb.GM, r"(?:makam|gm|genel\smudurluk|ilgili\sgm|ilgili\sgenel\smudurluk)\s?[:=-]", _Reader.gm),
    (Verb.DEPARTMENT, r"(?:ilgili\s)?(?:baskanlik|birim)\s?[:=-]", _Reader.department),
    (Verb.TITLE, r"(?:yeni\s)?(?:haber\s)?basligi?\s?[:=]|(?:yeni\s)?baslik\s?[:=-]", _Reader.title),
    (Verb.EMBARGO, r"ambargo(?:lu|su|yu)?\b", _Reader.embargo),
    (Verb.POSTPONE, r"ertele(?:yin|yelim|ndi|nsin|yiniz)?\b(?!m)|(?:bu\s|haberi\s|yayini\s|etkinlik\s){0,2}(?:[^.!?\n]{0,50}\s)?ertele(?:yin|yelim|nsin|ndi)\b", _Reader.postpone),
    (Verb.FACTS, r"(?:(?:baskanliktan|birimden|hastaneden|kurumdan)\s)?(?:bilgi(?:\sve\sfotograf(?:lar)?)?|fotograf(?:lar)?)\s(?:iste(?:yin|yelim|yiniz|nsin)?|talep\sed(?:in|elim|iniz|ilsin))\b", _Reader.simple),
    (Verb.NOTE, r"not(?:u|um)?\s?[:=]", _Reader.simple),
    (Verb.EBYS, r"(?:ebys|dys|belgenet)(?:\s(?:no|sayi(?:si)?|kayit\sno|numarasi))?\b\s?[:=-]?", _Reader.ebys),
    (Verb.CLOSE, r"(?:(?:bu\s)?(?:haberi|kaydi|konuyu|isi|dosyayi)\s)?kapat(?:in|alim|ilsin|abiliriz|abilirsiniz|iyoruz)?\b(?!m)\W{0,3}", _Reader.bare),
    (Verb.STATUS, r"(?:durum(?:u)?(?:\s(?:nedir|ne|nasil|raporu))?|son\sdurum(?:\snedir)?|ne\sdurumda|ne\sasamada)\b\W{0,3}", _Reader.bare),
    (Verb.HELP, r"(?:yardim|komutlar|help|nasil\syapilir)\b\W{0,3}", _Reader.bare),
    (Verb.OPEN_ITEMS, r"(?:acik(?:\s(?:isler|kayitlar|olanlar|haberler|liste))?|bekleyen(?:ler|\sisler|\skayitlar))\b\W{0,3}", _Reader.bare),
    (Verb.TODAY, r"bugun(?:un)?(?:\s(?:ne\svar|isleri|ajanda|gundem))?\b\W{0,3}", _Reader.bare),
    (Verb.PUBLISHED, r"yayinda\b|yayinlandi\b|yayimlandi\b|paylasildi\b", _Reader.published),
    (Verb.DESTINATION, r"(?:yayin\syeri|hedef|destinasyon|mecra)\s?[:=-]|basin(?:a)?\b|(?:sadece|yalniz(?:ca)?)\s|web\b|site(?:ye|de)?\b|sosyal\smedya\b", _Reader.destination),
)  # fmt: skip

_EVERYDAY = frozenset({Verb.UNLIST, Verb.RELIST, Verb.RESEND})
"""Orders whose key words begin many a remark: a slip in one is not guessed at."""

_KEYWORDS = {plain(verb.value): verb for verb in Verb if verb not in _EVERYDAY} | {
    "vazgec": Verb.WAIVE, "muafiyet": Verb.WAIVE, "sozlu": Verb.VERBAL, "basin": Verb.DESTINATION, "web": Verb.DESTINATION,
    "yayinda": Verb.PUBLISHED, "makam": Verb.GM, "vekil": Verb.DEPUTY, "durdur": Verb.STOP, "dur": Verb.STOP,
}  # fmt: skip


def _nearest(text: str) -> Unknown:
    """The order whose key word is most like a word at the beginning of the first lines."""
    lines = _lines(text)
    first = lines[0][:200] if lines else ""
    best: tuple[float, Verb] | None = None
    for line in lines[:3]:
        for typed in re.findall(r"[a-z]{3,20}", plain(line))[:3]:
            for key, verb in _KEYWORDS.items():
                head = key.split()[0]
                if abs(len(typed[:12]) - len(head)) > max(1, len(head) // 4):
                    continue
                distance = _distance(typed[:12], head)
                if distance <= max(1, len(head) // 4) and (best is None or distance < best[0]):
                    best = (distance, verb)
    verb_found = best[1] if best else None
    return Unknown(first, verb_found, EXAMPLES[verb_found] if verb_found else EXAMPLES[Verb.HELP])


def _distance(a: str, b: str) -> int:
    """Edit distance with insertions, deletions and replacements (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, start=1):
        above, row[0] = row[0], i
        for j, cb in enumerate(b, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (ca != cb))
    return row[-1]
