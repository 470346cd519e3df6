"""The language of scenarios: a day told in the words of mail, one line a happening.

A file `*.senaryo` is read by people of the unit, so its words are theirs. Lines that start with `#`
are remarks; the indented lines under a mail belong to it.

    senaryo: <ad>
    saat 23.11.2026 10.00                            ilerle 10 dk | 3 sa | 2 gün
    kip gölge | deneme | canlı                       servis başlar
    vekil mudur: Dr. Deniz Numune <adres> 26.11.2026 - 27.11.2026

    ada.kurgu yazar mudur; bilgi: bot                mudur yanıtlar: Uygundur
      konu: …                                        mudur yanıtlar haber-mudur-onayi (html, alta)
      ek: foto1.jpg, onam.pdf                          | ilk satır
      | gövdenin bir satırı                            | ikinci satır
      haber.docx| belgenin bir paragrafı, içinde [-çıkan-], [+giren+] sözler ve [*bir açıklama*]
      haber.zip: foto2.jpg, haber.odt                  (konumlu-…jpg, bozuk-…jpg: öyle fotoğraflar)
    mudur iletiyi yanıtlar (herkese): Uygundur
    otomatik yanıt valilik: İzindeyim                geri döner valilik: 5.1.1 kutu yok
    aynı ileti yeniden

    bekle bakanlik, hsgm haber-dis-onay              gitmedi valilik [haber-dis-onay]
    yazıyor mudur haber-yeni-surum: 285 vatandaş     yazmıyor mudur haber-yeni-surum: 300 vatandaş
    ekli yerel-basin haber-servis: foto1.jpg         hiçbir ileti gitmedi
    ekleri temiz yerel-basin haber-servis            (fotoğrafların içinde konum ve gizli bilgi yok)
    durum dis_onayda | kapali | yok                  bekletme durduruldu | yok
    makam hsgm feragat                               sürüm 2
    kayıt sayısı 1                                   geçmişte: sözlü karar
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Istanbul")


Papers = tuple[tuple[str, tuple[str, ...]], ...]
"""Attached documents by name with their paragraphs, and archives with the names in them."""


class ScenarioError(Exception):
    """A line that cannot be read, or an expectation that was not met: file, line, what and why."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(f"{place}: {problem}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: “{self.words}”"


@dataclass(frozen=True, slots=True)
class Step:
    """One happening or expectation."""

    at: Place


@dataclass(frozen=True, slots=True)
class SetTime(Step):
    """The clock shows this instant."""

    instant: datetime


@dataclass(frozen=True, slots=True)
class Forward(Step):
    """Time passes."""

    span: timedelta


@dataclass(frozen=True, slots=True)
class SetMode(Step):
    """gölge, deneme or canlı."""

    mode: str


@dataclass(frozen=True, slots=True)
class StandIn(Step):
    """A deputy for an office between two days, inclusive."""

    office: str
    name: str
    address: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class ServiceStarts(Step):
    """Mails before this line lay in the mailbox before the first start."""


@dataclass(frozen=True, slots=True)
class Writes(Step):
    """Somebody writes a mail of their own."""

    who: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    body: str
    files: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()
    papers: Papers = ()


@dataclass(frozen=True, slots=True)
class Answers(Step):
    """Somebody answers the newest mail of the bot to them (of a template), or the staff's own mail."""

    who: str
    template: str | None
    body: str
    files: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()
    staff_mail: bool = False
    papers: Papers = ()


@dataclass(frozen=True, slots=True)
class AutoAnswers(Step):
    """Somebody's mail program answers by itself (RFC 3834)."""

    who: str
    body: str


@dataclass(frozen=True, slots=True)
class Bounces(Step):
    """The newest mail to somebody comes back (RFC 3464)."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Redelivered(Step):
    """The last mail arrives a second time, byte for byte."""


@dataclass(frozen=True, slots=True)
class Expect(Step):
    """Each of these people got a mail of this template that no line has spoken for yet."""

    who: tuple[str, ...]
    template: str


@dataclass(frozen=True, slots=True)
class ExpectNot(Step):
    """No mail that no line has spoken for went to them; with `who` empty: to anybody."""

    who: tuple[str, ...]
    template: str | None


@dataclass(frozen=True, slots=True)
class Contains(Step):
    """The newest mail of a template to somebody has (or has not) these words in subject or text."""

    who: str
    template: str
    words: str
    there: bool = True


@dataclass(frozen=True, slots=True)
class Attached(Step):
    """The newest mail of a template to somebody carries exactly these files."""

    who: str
    template: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clean(Step):
    """The pictures in the newest mail of a template to somebody hold nothing beside their pixels."""

    who: str
    template: str


@dataclass(frozen=True, slots=True)
class StateIs(Step):
    """The stage of the newest item; `yok` where there is no item."""

    stage: str


@dataclass(frozen=True, slots=True)
class HoldIs(Step):
    """Why the newest item is held; `yok` where it is not."""

    hold: str


@dataclass(frozen=True, slots=True)
class OfficeIs(Step):
    """How the office stands with the current version."""

    office: str
    state: str


@dataclass(frozen=True, slots=True)
class VersionIs(Step):
    number: int


@dataclass(frozen=True, slots=True)
class ItemsAre(Step):
    count: int


@dataclass(frozen=True, slots=True)
class HistoryHas(Step):
    words: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A told day."""

    name: str
    steps: tuple[Step, ...]


OPTIONS = frozenset(
    {
        "sahte",  # our server could not prove the sender, and no key came back
        "anahtarsız",  # nothing of the answered mail is left but its subject without the tag
        "kayıtsız",  # not even a subject
        "alıntısız",  # no quote
        "outlook",  # a header block instead of "> ", no References
        "html",  # the body as HTML with a blockquote
        "alta",  # written below the quote
        "imzalı",  # with a signature
        "herkese",  # to all of the answered mail
        "büyük",  # 31 MB
    }
)

_UNITS = {"dk": "minutes", "sa": "hours", "gün": "days"}


@dataclass
class _Line:
    place: Place
    text: str
    block: list[str] = field(default_factory=list)


def read(path: Path) -> Scenario:
    """The scenario in `path`. Raises ScenarioError."""
    return parse(path.read_text("utf-8"), path.name)


def parse(text: str, file: str = "?") -> Scenario:
    """The scenario that `text` tells. Raises ScenarioError with file and line."""
    lines = list(_lines(text, file))
    if not lines or not lines[0].text.startswith("senaryo:"):
        raise ScenarioError(Place(file, 1, text.partition("\n")[0]), "ilk satır “senaryo: …” olmalı")
    if lines[0].block:
        raise ScenarioError(lines[0].place, "bu satırın altında girintili satır olmaz")
    return Scenario(lines[0].text.partition(":")[2].strip(), tuple(_step(line) for line in lines[1:]))


def _lines(text: str, file: str) -> Iterator[_Line]:
    current: _Line | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        if raw[0] in " \t":
            if current is None:
                raise ScenarioError(
                    Place(file, number, raw.strip()), "girintili satır bir iletiye ait olmalı"
                )
            current.block.append(raw.strip())
            continue
        if current is not None:
            yield current
        current = _Line(Place(file, number, raw.strip()), raw.strip())
    if current is not None:
        yield current


def _step(line: _Line) -> Step:
    at, text = line.place, line.text
    for pattern, make in _FORMS:
        if found := re.fullmatch(pattern, text):
            if line.block and make not in (_writes, _answers, _answers_staff):
                raise ScenarioError(at, "bu satırın altında girintili satır olmaz")
            return make(line, found)
    raise ScenarioError(at, "satır anlaşılmadı")


def _instant(at: Place, text: str) -> datetime:
    try:
        return datetime.strptime(text, "%d.%m.%Y %H.%M").replace(tzinfo=ZONE)
    except ValueError:
        raise ScenarioError(at, "zaman “23.11.2026 10.00” biçiminde olmalı") from None


def _day(at: Place, text: str) -> date:
    return _instant(at, f"{text} 00.00").date()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _options(at: Place, text: str | None) -> frozenset[str]:
    options = frozenset(_names(text or ""))
    if unknown := options - OPTIONS:
        raise ScenarioError(at, f"bilinmeyen seçenek: {', '.join(sorted(unknown))}")
    return options


_PAPER = re.compile(r"([^|:]+\.(?:docx|odt|rtf|txt|pdf|eml))\| ?(.*)")
_ARCHIVE = re.compile(r"([^|:]+\.zip): ?(.*)")


def _block(line: _Line) -> tuple[dict[str, str], str, Papers]:
    """The named lines of a mail, its body, and what is in its documents."""
    named: dict[str, str] = {}
    body = []
    papers: dict[str, list[str]] = {}
    for row in line.block:
        if row.startswith("|"):
            body.append(row[1:].removeprefix(" "))
            continue
        if found := _PAPER.fullmatch(row):
            papers.setdefault(found[1].strip(), []).append(found[2])
            continue
        if found := _ARCHIVE.fullmatch(row):
            papers[found[1].strip()] = list(_names(found[2]))
            continue
        name, colon, value = row.partition(":")
        if not colon or name not in ("konu", "ek"):
            raise ScenarioError(line.place, f"“{row}”: iletide “konu:”, “ek:” ya da “|” beklenir")
        named[name] = value.strip()
    return named, "\n".join(body), tuple((name, tuple(rows)) for name, rows in papers.items())


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n")


def _set_time(line: _Line, m: re.Match[str]) -> Step:
    return SetTime(line.place, _instant(line.place, m[1]))


def _forward(line: _Line, m: re.Match[str]) -> Step:
    return Forward(line.place, timedelta(**{_UNITS[m[2]]: int(m[1])}))


def _mode(line: _Line, m: re.Match[str]) -> Step:
    return SetMode(line.place, {"gölge": "golge", "deneme": "deneme", "canlı": "canli"}[m[1]])


def _stand_in(line: _Line, m: re.Match[str]) -> Step:
    since, until = _day(line.place, m[4]), _day(line.place, m[5])
    return StandIn(line.place, m[1], m[2], m[3], since, until)


def _writes(line: _Line, m: re.Match[str]) -> Step:
    named, body, papers = _block(line)
    return Writes(
        line.place,
        who=m[1],
        to=_names(m[2]),
        cc=_names(m[3] or ""),
        subject=_unescaped(named.get("konu", "")),
        body=body,
        files=_names(named.get("ek", "")),
        options=_options(line.place, m[4]),
        papers=papers,
    )


def _answers(line: _Line, m: re.Match[str]) -> Step:
    named, body, papers = _block(line)
    return Answers(
        line.place,
        who=m[1],
        template=m[2],
        body="\n".join(filter(None, (_unescaped((m[4] or "").strip()), body))),
        files=_names(named.get("ek", "")),
        options=_options(line.place, m[3]),
        papers=papers,
    )


def _answers_staff(line: _Line, m: re.Match[str]) -> Step:
    _, body, _ = _block(line)
    return Answers(
        line.place,
        who=m[1],
        template=None,
        body="\n".join(filter(None, (_unescaped((m[3] or "").strip()), body))),
        options=_options(line.place, m[2]),
        staff_mail=True,
    )


_WHO = r"([\w.@+-]+)"
_MANY = r"([\w.@+-]+(?:, ?[\w.@+-]+)*)"
_TEMPLATE = r"([a-z]+(?:-[a-z]+)+|durum|durduruldu|kapandi|anlasilmadi|hatirlatma|yardim)"
_OPT = r"(?: \(([^)]*)\))?"

_FORMS = (
    (r"saat (\d\d\.\d\d\.\d{4} \d\d\.\d\d)", _set_time),
    (r"ilerle (\d+) (dk|sa|gün)", _forward),
    (r"kip (gölge|deneme|canlı)", _mode),
    (r"vekil (\w+): ([^<]+?) <([^>]+)> (\S+) - (\S+)", _stand_in),
    (r"servis başlar", lambda line, m: ServiceStarts(line.place)),
    (rf"{_WHO} yazar {_MANY}(?:; bilgi: {_MANY})?{_OPT}", _writes),
    (rf"{_WHO} iletiyi yanıtlar{_OPT}(?::(.*))?", _answers_staff),
    (rf"{_WHO} yanıtlar(?: {_TEMPLATE})?{_OPT}(?::(.*))?", _answers),
    (rf"otomatik yanıt {_WHO}: (.+)", lambda line, m: AutoAnswers(line.place, m[1], m[2])),
    (rf"geri döner {_WHO}: (.+)", lambda line, m: Bounces(line.place, m[1], m[2])),
    (r"aynı ileti yeniden", lambda line, m: Redelivered(line.place)),
    (rf"bekle {_MANY} {_TEMPLATE}", lambda line, m: Expect(line.place, _names(m[1]), m[2])),
    (r"hiçbir ileti gitmedi", lambda line, m: ExpectNot(line.place, (), None)),
    (rf"gitmedi {_TEMPLATE}", lambda line, m: ExpectNot(line.place, (), m[1])),
    (rf"gitmedi {_MANY}(?: {_TEMPLATE})?", lambda line, m: ExpectNot(line.place, _names(m[1]), m[2])),
    (
        rf"(yazıyor|yazmıyor) {_WHO} {_TEMPLATE}: (.+)",
        lambda line, m: Contains(line.place, m[2], m[3], m[4], m[1] == "yazıyor"),
    ),
    (rf"ekli {_WHO} {_TEMPLATE}: (.+)", lambda line, m: Attached(line.place, m[1], m[2], _names(m[3]))),
    (rf"ekleri temiz {_WHO} {_TEMPLATE}", lambda line, m: Clean(line.place, m[1], m[2])),
    (r"durum (\w+)", lambda line, m: StateIs(line.place, m[1])),
    (r"bekletme (\w+)", lambda line, m: HoldIs(line.place, m[1])),
    (r"makam (\w+) (\w+)", lambda line, m: OfficeIs(line.place, m[1], m[2])),
    (r"sürüm (\d+)", lambda line, m: VersionIs(line.place, int(m[1]))),
    (r"kayıt sayısı (\d+)", lambda line, m: ItemsAre(line.place, int(m[1]))),
    (r"geçmişte: (.+)", lambda line, m: HistoryHas(line.place, m[1])),
)
