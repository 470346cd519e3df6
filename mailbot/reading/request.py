"""The ministry's requests for an information note (1.4.1), and mails that only look like one."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from mailbot.core.directory import Directory
from mailbot.core.letter import Letter
from mailbot.core.request import Clock, InfoRequest, NewsRef, Update
from mailbot.core.values import Office
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.asking import Asked, asked_in, undotted
from mailbot.reading.chain import Layer, layers
from mailbot.reading.due import deadline_in
from mailbot.reading.links import find_urls
from mailbot.reading.names import department_of, facilities_in, network_in, outlet_of_url, outlets_in
from mailbot.reading.plain import plain, tidy
from mailbot.reading.topic import topic_of
from mailbot.reading.when import Leaning, blanked, days_in


def read_request(
    letter: Letter, words: str, *, directory: Directory, calendar: WorkCalendar
) -> InfoRequest | None:
    """The request, or the change to an earlier one, in `letter`; None where it is neither.

    Only the ministry's press office and the general directorates ask for notes: any other sender, and
    a look-alike address, gives None. `words` are the new words; a passed-on request is looked for in
    the body below them, and counts from its own date.
    """
    if not _may_ask(letter, directory):
        return None
    subject = tidy(letter.subject[:600])
    words = _without_tables(tidy(words)[:_READ])
    said_at = letter.date or datetime(2000, 1, 1, tzinfo=UTC)
    answers = re.match(r"\W{0,3}(?:re|ynt|yan|cvp|yanit|aw|sv)\s?:", plain(subject)) is not None
    threaded = bool(letter.in_reply_to or letter.references) and not _FORWARD.match(plain(subject))
    told: tuple[Layer, ...] = (Layer(words, said_at),)
    if not answers and not threaded:
        told = _passed_on(letter, words, said_at) or told
    for depth, layer in enumerate(told):
        due = deadline_in(layer.text, layer.said_at, calendar) is not None
        below = "\n".join(part.text for part in told[depth:])
        named = bool(
            outlets_in(below, directory)
            or find_urls(below)
            or facilities_in(subject + "\n" + below, directory)
        )
        asked = asked_in(
            subject if depth == 0 else "",
            layer.text,
            threaded=answers or threaded,
            due=due,
            named=named,
            news_ask=answers
            and re.search(r"haber\s?(?:metni\s)?onay|onayiniz|-hbr-", plain(subject)) is not None,
        )
        if asked is not None:
            break
    else:
        return None
    if _for_another(letter, subject, words, directory):
        return None
    return _fields(letter, subject, told, directory, calendar, asked)


_READ = 20_000


def requesters(directory: Directory) -> frozenset[Office]:
    """The offices that may ask for notes: the ministry's press office and every general directorate."""
    general = {d.gm for d in directory.departments.values() if d.gm}
    return frozenset(
        general | {o for o in directory.offices if "bakanlig" in plain(directory.offices[o].name)}
    )


def _may_ask(letter: Letter, directory: Directory) -> bool:
    if len(letter.from_) != 1:
        return False
    who = letter.from_[0].address.base
    allowed = requesters(directory)
    return any(p.address == who for office in allowed for p in directory.offices[office].people)


_PROVINCES = frozenset({
    "adana", "adiyaman", "afyonkarahisar", "agri", "aksaray", "amasya", "ankara", "antalya", "ardahan",
    "artvin", "aydin", "balikesir", "bartin", "batman", "bayburt", "bilecik", "bingol", "bitlis", "bolu",
    "burdur", "bursa", "canakkale", "cankiri", "corum", "denizli", "diyarbakir", "duzce", "edirne",
    "elazig", "erzincan", "erzurum", "eskisehir", "gaziantep", "giresun", "gumushane", "hakkari", "hatay",
    "igdir", "isparta", "istanbul", "izmir", "kahramanmaras", "karabuk", "karaman", "kars", "kastamonu",
    "kayseri", "kilis", "kirikkale", "kirklareli", "kirsehir", "kocaeli", "konya", "kutahya", "malatya",
    "manisa", "mardin", "mersin", "mugla", "mus", "nevsehir", "nigde", "ordu", "osmaniye", "rize",
    "sakarya", "samsun", "sanliurfa", "siirt", "sinop", "sirnak", "sivas", "tekirdag", "tokat", "trabzon",
    "tunceli", "usak", "van", "yalova", "yozgat", "zonguldak",
})  # fmt: skip


def _for_another(letter: Letter, subject: str, words: str, directory: Directory) -> bool:
    """Whether the request is addressed to another province's directorate."""
    own = plain(directory.province)
    low = plain(subject + "\n" + words)
    if own in low:
        return False
    for named in re.finditer(
        r"(?<![a-z])([a-z]{3,16})\s(?:il\ssaglik\smudurlug|valilig)\w{0,6}(?P<called>\s?(?:dikkatine|[,:]))?",
        low,
    ):
        if named[1] in _PROVINCES and named[1] != own and (named["called"] or letter.cc):
            return True
    return False


_FORWARD = re.compile(r"\W{0,3}(?:ilt|fw|fwd|iletilen|ilet)\s?:")


def _passed_on(letter: Letter, words: str, said_at: datetime) -> tuple[Layer, ...]:
    """The layers of a mail that passes a request on, the new words first; () where it passes nothing on."""
    found = layers(_without_tables(letter.text or ""), said_at)
    if len(found) < 2:
        return ()
    inner = tuple(Layer(part.text[:_READ], part.said_at) for part in found[1:] if part.text)
    outer = Layer(found[0].text[:_READ] if found[0].text else words, said_at)
    return (outer, *inner)


def _without_tables(text: str) -> str:
    """`text` with the rows of a table ("| Kurum | Aksuova DH |") as lines "Kurum: Aksuova DH"."""
    lines = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.count("|") >= 2 else []
        if len(cells) == 2 and not re.fullmatch(r"[-: ]*", cells[0]):
            lines.append(f"{cells[0]}: {cells[1]}")
        elif not cells or not re.fullmatch(r"[-:| ]*", line.strip()):
            lines.append(line)
    return "\n".join(lines)


def _fields(
    letter: Letter,
    subject: str,
    told: tuple[Layer, ...],
    directory: Directory,
    calendar: WorkCalendar,
    asked: Asked,
) -> InfoRequest:
    said_at = told[-1].said_at
    body = "\n\n".join(_without_signature(layer.text) for layer in told)
    head = _bare_subject(subject)
    both = head + "\n" + body
    update = asked.update
    latest = update is Update.EXTEND
    # The outermost layer that names a time is the one that counts: whoever passes a request on may want it sooner.
    due = next(
        (d for layer in told if (d := deadline_in(layer.text, layer.said_at, calendar, latest=latest))), None
    ) or deadline_in(head, told[0].said_at, calendar)
    urls = find_urls(body, None if letter.text else letter.html)
    outlets = [name for _, name in outlets_in(both, directory)]
    facilities = [name for _, name, _ in facilities_in(both, directory)]
    asker = _department_of_asker(letter, directory)
    department, _, topic_words = department_of(head, body, directory, lean=asker)
    if department is None and asker:
        department, topic_words = asker, "talep eden genel müdürlük"
    title = _headline(body, facilities) or _headline(head, facilities)
    news = _stories(body, urls, outlets, title, said_at, directory, calendar)
    by_link = next((n.outlet for n in news if n.outlet), None)
    outlet = outlets[0] if outlets else by_link or _network(body)
    if title is None and len(news) > 1:
        title = news[0].title
    separate = (
        bool(re.search(r"\bayri\sayri|\bher\s(?:bir\s)?haber\sicin|\bhaberlerin\sher\sbiri", plain(body)))
        and len(news) > 1
    )
    request = InfoRequest(
        topic=topic_of(
            head,
            body,
            title,
            names=[*_written(both, directory), *outlets],
            place=facilities[0] if facilities else None,
            update=update is not None,
            outlet=outlet,
            urls=urls,
            titles=[n.title for n in news if n.title],
        ),
        deadline=due.at if due else None,
        deadline_words=due.words if due else _urgent_word(both),
        clock=due.kind if due else Clock.NONE,
        urgent=bool(_urgent_word(both)),
        urls=urls,
        outlet=outlet,
        title=title,
        facility=facilities[0] if facilities else None,
        department=department,
        update=update,
        news=news,
        separate=separate,
        why=(
            f"“{' '.join(asked.words.split())}” sözlerinden",
            *((f"konu sözleri: {topic_words}",) if topic_words else ()),
        ),
    )
    if len(news) == 1 and news[0].title is None:
        request = replace(request, news=(replace(news[0], title=title, outlet=news[0].outlet or outlet),))
    return request


def _department_of_asker(letter: Letter, directory: Directory) -> str | None:
    """The department of the general directorate that asks, where it has one alone."""
    who = letter.from_[0].address.base
    own = {o for o, rule in directory.offices.items() if any(p.address == who for p in rule.people)}
    keys = [key for key, department in directory.departments.items() if department.gm in own]
    return keys[0] if len(keys) == 1 else None


def _written(text: str, directory: Directory) -> list[str]:
    """Facilities as the mail writes them: full names and the short forms of the directory."""
    low = plain(text)
    return [
        form
        for facility in directory.facilities.values()
        for form in (facility.name, *facility.words)
        if plain(form) in low
    ]


def _urgent_word(text: str) -> str:
    found = re.search(
        r"\b(?:cok\s)?(?:ivedi(?:likle)?|acil(?:en)?(?!\sservis|\ssaglik|\sdurum)|gunlu|derhal|bir\san\sonce|en\skisa\s(?:surede|zamanda))\b",
        plain(text),
    )
    return text[found.start() : found.end()].strip() if found else ""


def _without_signature(words: str) -> str:
    """The words down to the closing formula: a signature's "Sağlık Bakanlığı" is no topic."""
    lines = words.split("\n")
    for number, line in enumerate(lines):
        if number and re.match(
            r"\W{0,3}(?:iyi\s(?:calismalar|gunler)|saygilar\w*|kolay\sgelsin|t\.\s?c\.)", plain(line)
        ):
            rest = lines[number + 1 :]
            # A reference line ("İlgi: …") or a link may follow the formula.
            kept = [
                r
                for r in rest
                if re.match(r"\W{0,3}(?:ilgi|haber|link|ek|baglanti)\s?\w{0,4}\s?:|\W{0,3}https?:", plain(r))
            ]
            return "\n".join(lines[:number] + kept)
    return words


def _bare_subject(subject: str) -> str:
    low = plain(subject)
    hit = re.match(
        r"\W{0,3}(?:(?:re|ynt|yan|cvp|yanit|aw|sv|ilt|fw|fwd)\s?:\s?|(?:tekit|hatirlatma|acil|ivedi|gunlu|onemli)\s?[:!-]{1,3}\s?|\[[^\]]{1,60}\]\s?){0,8}",
        low,
    )
    return subject[hit.end() :].strip() if hit else subject


_TITLE = re.compile(r"[\"“«]([^\"”»\n]{4,160})[\"”»]|(?<![\w])['‘]([^\n]{5,160}?)['’](?=\s|[.,;:)]|$)")


def _headline(body: str, facilities: list[str]) -> str | None:
    """The headline that the mail quotes, or names with "başlıklı"."""
    quoted = [(hit, (hit[1] or hit[2]).strip()) for hit in _TITLE.finditer(body)]
    low = plain(body)
    strong = [
        t
        for hit, t in quoted
        if re.match(
            r"\W{0,3}(?:baslikl|haber|iddia|baslig|manset|dizi|roportaj|video)",
            low[hit.end() : hit.end() + 20],
        )
    ]
    if strong:
        return strong[0]
    plausible = [
        t
        for hit, t in quoted
        if not re.match(
            r"\W{0,3}(?:adli|isimli|sayfa|hesap|hesab|grub|program|kanal)", low[hit.end() : hit.end() + 20]
        )
        and len(t.split()) >= 2
        and plain(t) not in {plain(f) for f in facilities}
    ]
    if plausible:
        return plausible[0]
    named = re.search(
        r"(?:haber(?:in)?\s?basligi|baslik|basligi|(?:^|\n)\W{0,4}haber)\s?:\s?(?!https?:|www)([^\n]{4,160}?)(?=\n|$|https?:|\.\s|\slink)",
        low,
    )
    return body[named.start(1) : named.end(1)].strip(" .\"'“”-") if named else None


def _network(body: str) -> str | None:
    if network := network_in(body):
        return f"{network} (sosyal medya)"
    low = plain(body)
    if national := re.search(r"\bulusal\s(kanal|basin|medya)", low):
        return "ulusal kanallar" if national[1] == "kanal" else "ulusal basın"
    if re.search(r"\bekranlar", low):
        return "ekranlar (TV)"
    return "sosyal medya" if re.search(r"\bsosyal\smedya", low) else None


def _stories(
    body: str,
    urls: tuple[str, ...],
    outlets: list[str],
    title: str | None,
    said_at: datetime,
    directory: Directory,
    calendar: WorkCalendar,
) -> tuple[NewsRef, ...]:
    """One story for each link, or for each outlet where no link is given."""
    lines = body.split("\n")
    stories = []
    for url in urls[:30]:
        line = next((line for line in lines if url in line or url.split("://")[1].split("?")[0] in line), "")
        own = line if len(urls) > 1 else body
        facility = next((name for _, name, _ in facilities_in(own, directory)), None)
        bracket = re.search(r"\(([^()]{3,140})\)", line) if len(urls) > 1 else None
        own_title = _headline(line, []) if len(urls) > 1 else title
        if own_title is None and len(urls) > 1 and not bracket:
            own_title = _beside_link(line, directory)
        if own_title is None and bracket and (dash := re.split(r"\s[-–—]\s", bracket[1])):
            own_title = dash[-1].strip() if len(dash) > 1 else None
        department, _, _ = department_of("", own, directory)
        stories.append(
            NewsRef(
                url,
                outlet_of_url(url, directory),
                own_title,
                _story_day(own, said_at, calendar),
                facility,
                department,
            )
        )
    if not stories:
        day = _story_day(body, said_at, calendar)
        stories = [NewsRef(None, outlet, title, day) for outlet in outlets[:10]]
    if not stories and (title or _network(body)):
        stories = [NewsRef(None, _network(body), title, _story_day(body, said_at, calendar))]
    return tuple(stories)


def _beside_link(line: str, directory: Directory) -> str | None:
    """The headline in a row "link - headline - facility": the first part that is no name."""
    rest = re.sub(r"(?:https?://|www\.)\S{1,2000}", " ", line)
    for part in re.split(r"\s[-–—|]\s", rest):
        words = re.sub(r"^\W{0,3}(?:[1-9][).]\s?)?", "", part).strip(" -–—:")
        if (
            len(words.split()) >= 2
            and not facilities_in(words, directory)
            and not outlets_in(words, directory)
        ):
            return words
    return None


def _story_day(text: str, said_at: datetime, calendar: WorkCalendar) -> date | None:
    """When the news came out: a day before or at the mail's own that no deadline takes."""
    low = undotted(blanked(text))
    today = said_at.astimezone(calendar.zone).date()
    for day in days_in(text, said_at, calendar, Leaning.PAST):
        if day.first > today or re.match(r"[^.\n]{0,40}(?:kadar|dek|icinde)\b", low[day.end :]):
            continue
        if (
            day.today
            and not re.match(
                r"\w{0,4}\s?(?:sayi|nusha|yayi|gazete|cik|haber|saat\s[0-9.:]+'?[dt][ae]\syayi)",
                low[day.end :],
            )
            and not low[day.start : day.end].startswith("bugunku")
        ):
            continue
        return day.first
    aired = re.search(r"saat\s[0-9]{1,2}[.:][0-9]{2}'?[dt]?[ae]?\s(?:yayi|haber|cik|gir)", low)
    return today if aired else None
