"""Names that the directory knows, in the forms in which people write them."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from mailbot.core.directory import Directory
from mailbot.core.rules import OfficeRule
from mailbot.core.values import Office
from mailbot.reading.links import host_of, social_of
from mailbot.reading.plain import SUFFIX, capital, headline, plain, tidy, word

_SHORT_KINDS = {
    "eah": "Eğitim ve Araştırma Hastanesi",
    "dh": "Devlet Hastanesi",
    "adsm": "Ağız ve Diş Sağlığı Merkezi",
    "adsh": "Ağız ve Diş Sağlığı Hastanesi",
    "asm": "Aile Sağlığı Merkezi",
    "tsm": "Toplum Sağlığı Merkezi",
    "ism": "İlçe Sağlık Müdürlüğü",
    "shm": "Sağlıklı Hayat Merkezi",
    "sh": "Şehir Hastanesi",
}
_KINDS = (
    (r"egitim(?:\sve)?\sarastirma\shastanesi", "Eğitim ve Araştırma Hastanesi"),
    (r"(?:ilce\s)?entegre\s(?:ilce\s)?(?:devlet\s)?hastanesi", "Entegre İlçe Hastanesi"),
    (r"ilce\sdevlet\shastanesi", "İlçe Devlet Hastanesi"),
    (r"devlet\shastanesi", "Devlet Hastanesi"),
    (r"sehir\shastanesi", "Şehir Hastanesi"),
    (r"universite(?:si)?\shastanesi", "Üniversitesi Hastanesi"),
    (
        r"kadin\sdogum(?:\sve)?\scocuk(?:\shastaliklari)?\shastanesi",
        "Kadın Doğum ve Çocuk Hastalıkları Hastanesi",
    ),
    (r"gogus\shastaliklari\shastanesi", "Göğüs Hastalıkları Hastanesi"),
    (r"ozel\shastanesi", "Özel Hastanesi"),
    (r"agiz(?:\sve)?\sdis\ssagligi\smerkezi", "Ağız ve Diş Sağlığı Merkezi"),
    (r"agiz(?:\sve)?\sdis\ssagligi\shastanesi", "Ağız ve Diş Sağlığı Hastanesi"),
    (r"aile\ssagligi\smerkezi", "Aile Sağlığı Merkezi"),
    (r"toplum\ssagligi\smerkezi", "Toplum Sağlığı Merkezi"),
    (r"saglikli\shayat\smerkezi", "Sağlıklı Hayat Merkezi"),
    (r"ilce\ssaglik\smudurlugu", "İlçe Sağlık Müdürlüğü"),
    (r"saglik\sevi", "Sağlık Evi"),
    (r"112\s(?:acil\s(?:saglik\s(?:hizmetleri\s)?)?)?istasyonu", "112 Acil Sağlık Hizmetleri İstasyonu"),
)
_STOP = frozenset(
    [
        "ve",
        "ile",
        "icin",
        "ilimiz",
        "iliniz",
        "ilinizdeki",
        "ilimizdeki",
        "il",
        "ilce",
        "sayin",
        "t.c.",
        "tc",
        "denizli",
        "haber",
        "bu",
        "o",
        "bir",
        "olan",
        "ozel",
        "dun",
        "bugun",
        "bolgemizdeki",
        "merkezefendi'de",
        "ilinizde",
        "ilimizde",
        "hastanemiz",
        "yeni",
    ]
)
_NAME = r"(?P<name>(?:[a-z]{2,20}(?:\s[0-9]{1,2}(?:\s?no'?lu)?)?\s){1,2}?)"


@lru_cache(maxsize=64)
def _facility_patterns(
    items: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_numbered(word(form)), key) for key, forms in items for form in forms)


def _numbered(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """ "3 No'lu" is also "3 nolu", "3 no.lu", "3 numaralı"."""
    return re.compile(re.sub(r"no'?lu", r"(?:no[.' ]{0,2}lu|numarali)", pattern.pattern))


@lru_cache(maxsize=512)
def _word(text: str) -> re.Pattern[str]:
    return word(text)


def facilities_in(text: str, directory: Directory) -> tuple[tuple[int, str, str | None], ...]:
    """Facilities that `text` names: place, full name, identifier where the directory knows it."""
    original = tidy(text)
    low = plain(original)
    table = tuple((key, (f.name, *f.words)) for key, f in directory.facilities.items())
    outlets = _outlet_spans(low, directory)
    found: list[tuple[int, int, str, str | None]] = []
    for pattern, key in _facility_patterns(table):
        name = directory.facilities[key].name
        found += [(hit.start(), hit.end(), name, key) for hit in pattern.finditer(low)]
    by_stem = {plain(f.name).split()[0]: key for key, f in directory.facilities.items()}
    for hit in re.finditer(
        r"(?<![a-z0-9])([a-z]{3,20})\s(?:ilce(?:si|miz|de)|mahalle(?:si)?|istasyonu)(?:nd[ae]n?|n[iu]n|n[ae])?(?![a-z])",
        low,
    ):
        key_of = by_stem.get(hit[1])
        if key_of and (
            hit[0].split()[1].startswith("ista")
            or not re.search(r"hastane|merkez", plain(directory.facilities[key_of].name))
        ):
            found.append((hit.start(), hit.end(), directory.facilities[key_of].name, key_of))
    taken = [(a, b) for a, b, _, _ in found]
    for start, end, name in _unknown_facilities(original, low):
        if not any(a < end and start < b for a, b in taken):
            found.append((start, end, name, None))
    best: list[tuple[int, int, str, str | None]] = []
    for entry in sorted(found, key=lambda e: (e[0], -e[1])):
        if not best or entry[0] >= best[-1][1]:
            best.append(entry)
    if not best:
        best = _by_first_word(low, directory, outlets)
    unique = {name: (start, name, key) for start, _, name, key in reversed(best)}
    return tuple(sorted(unique.values(), key=lambda e: e[0]))


_OTHER_PLACE = (
    r"(?=\s(?:ilce|mahalle|koy|yol|belediye|kaymakam|festival|meydan|caddesi|park|pazar|stadi|spor))"
)


def _by_first_word(
    low: str, directory: Directory, outlets: list[tuple[int, int]]
) -> list[tuple[int, int, str, str | None]]:
    """A place name alone ("Yenicepınar'da acil servis"), where one facility bears it and no other place is meant."""
    owners: dict[str, list[str]] = {}
    for key, facility in directory.facilities.items():
        owners.setdefault(plain(facility.name).split()[0], []).append(key)
    found: list[tuple[int, int, str, str | None]] = []
    for stem, keys in owners.items():
        name = directory.facilities[keys[0]].name
        if len(keys) > 1 or len(stem) < 4:
            continue
        found += [
            (hit.start(), hit.end(), name, keys[0])
            for hit in _word(stem).finditer(low)
            if not any(a <= hit.start() < b for a, b in outlets)
            and not re.match(_OTHER_PLACE, low[hit.end() :])
        ]
    return sorted(found)


def _outlet_spans(low: str, directory: Directory) -> list[tuple[int, int]]:
    return [hit.span() for outlet in directory.outlets for hit in _word(outlet).finditer(low)]


def _unknown_facilities(original: str, low: str) -> list[tuple[int, int, str]]:
    """Facilities that no directory lists: capitalised words before a kind of facility."""
    found = []
    for pattern, kind in _KINDS:
        if not re.search(pattern, low):  # fast, and most mails name none
            continue
        found += [
            (named[0], hit.end(), f"{named[1]} {kind}")
            for hit in re.finditer(rf"(?<=\s){pattern}", low)
            if (named := _capitals_before(original, hit.start()))
        ]
    found += [
        (named[0], hit.end() - 1, f"{named[1]} {_SHORT_KINDS[hit[1]]}")
        for hit in re.finditer(r"(?<=\s)(eah|dh|adsm|adsh|asm|tsm|shm)(?:'?[a-z]{0,8})?(?![a-z])", " " + low)
        if (named := _capitals_before(original, hit.start() - 1))
    ]
    for hit in re.finditer(r"(?<![a-z])ozel\s(?:[^\s]{1,20}\s){1,2}(?:hastanesi|tip\smerkezi)", low):
        words = original[hit.start() : hit.end()]
        if all(w[:1].isupper() for w in words.split()):
            found.append((hit.start(), hit.end(), re.sub(r"'\w+$", "", words)))
    return sorted(found, key=lambda f: -(f[1] - f[0]))


def _capitals_before(original: str, stop: int) -> tuple[int, str] | None:
    """The capitalised words that end at `stop`, at most three, and where they begin."""
    words: list[str] = []
    place = stop
    for hit in reversed(list(re.finditer(r"\S{1,30}", original[max(0, stop - 90) : stop]))[-4:]):
        token = hit[0]
        if token.endswith((",", ".", ":", ";", "!", "?")) or plain(token).strip("'\"(") in _STOP:
            break
        numbered = re.fullmatch(r"[0-9]{1,2}\.?|[Nn]o'?[Ll]u", token)
        if not (token.strip("\"'(")[:1].isupper() or (numbered and not words) or (numbered and words)):
            break
        words.insert(0, token.strip("\"'("))
        place = max(0, stop - 90) + hit.start()
        if len(words) == 3:
            break
    if not words or re.search(r"'[a-zıçşğöü]{1,6}$", words[-1]) or not words[0][:1].isalpha():
        return None
    return place, headline(" ".join(words))


_MEDIA_WORDS = {
    "haber": "Haber", "haberleri": "Haberleri", "postasi": "Postası", "gazetesi": "Gazetesi", "gundem": "Gündem", "medya": "Medya",
    "tv": "TV", "radyo": "Radyo", "ajans": "Ajans", "ajansi": "Ajansı", "aynasi": "Aynası", "ekspres": "Ekspres", "manset": "Manşet",
    "bulteni": "Bülteni", "sesi": "Sesi", "hatti": "Hattı", "kusagi": "Kuşağı", "sozcu": "Sözcü", "son": "Son", "dakika": "Dakika",
    "objektif": "Objektif", "gercek": "Gerçek", "olay": "Olay", "yerel": "Yerel", "meydani": "Meydanı", "haberci": "Haberci",
}  # fmt: skip
_NETWORKS = (
    ("X", r"(?<![a-z])(?:x|twitter)(?:'?[dt][ae]n?|'?[dt]eki|'?in)?(?=\s(?:dolas|paylas|hesab|uzerind|gonderi|video|yayil|platform))|(?<![a-z])x'[dt]e(?:ki)?(?![a-z])|(?<![a-z])twitter"),
    ("Instagram", r"(?<![a-z])instagram"), ("Facebook", r"(?<![a-z])facebook"), ("YouTube", r"(?<![a-z])youtube"), ("TikTok", r"(?<![a-z])tik ?tok"),
    ("WhatsApp", r"(?<![a-z])whats ?app"), ("Telegram", r"(?<![a-z])telegram"),
)  # fmt: skip


def outlets_in(text: str, directory: Directory) -> tuple[tuple[int, str], ...]:
    """Media outlets that `text` names, known ones first in the writing of the directory, and where."""
    original = tidy(text)
    low = re.sub(
        r"(?:https?://|www\.)\S{1,500}|\S{1,60}@\S{1,100}", lambda m: " " * len(m[0]), plain(original)
    )
    found: list[tuple[int, int, str]] = []
    for outlet in directory.outlets:
        forms = [outlet]
        if (short := re.sub(r"\s(?:Gazetesi|Haber Ajansı)$", "", outlet)) != outlet:
            forms.append(short)
        for form in forms:
            found += [(hit.start(), hit.end(), outlet) for hit in _word(form).finditer(low)]
    taken = [(a, b) for a, b, _ in found]
    for start, end, name in _unknown_outlets(original, low):
        if not any(a < end and start < b for a, b in taken):
            found.append((start, end, name))
    best: list[tuple[int, int, str]] = []
    for entry in sorted(found, key=lambda e: (e[0], -e[1], _spelt_as(e[2], original))):
        if not best or entry[0] >= best[-1][1]:
            best.append(entry)
    unique = {name: (start, name) for start, _, name in reversed(best)}
    return tuple(sorted(unique.values()))


def _spelt_as(name: str, original: str) -> int:
    """0 where the text has the name in full, else 1: "Ege Kuşağı" alone may be two outlets."""
    return 0 if plain(name) in plain(original) else 1


_ISIMLI = r"(?:['\"]?\s(?:isimli|adli|unvanli))(?=\s(?:[a-z]{2,12}\s){0,3}(?:site|gazete|kanal|haber|internet|dergi|radyo|platform|hesap|portal|yayin|televizyon))"


def _unknown_outlets(original: str, low: str) -> list[tuple[int, int, str]]:
    found = []
    named = rf"{_ISIMLI}|\s(?:haber\s|internet\s(?:haber\s)?)(?:sitesi|portali|ajansi)|\ssitesi(?:nd[ae]|n[iu]n)|\sgazetesi|\s(?:tv|televizyonu|radyo|haber|postasi|ajans|ajansi|gundem|medya|ekspres|manset)(?![a-z])"
    for hit in re.finditer(named, low):
        name = _capitals_before(original, hit.start())
        if not name:
            continue
        start, words = name
        kind = hit[0].strip().split()[-1]
        kept = {
            "gazetesi": "Gazetesi",
            "tv": "TV",
            "televizyonu": "Televizyonu",
            "ajansi": "Haber Ajansı" if "haber" in hit[0] else "Ajansı",
        }.get(kind, _MEDIA_WORDS.get(kind, ""))
        if kind == "haber" and not original[hit.start() + 1 : hit.end()].startswith("H"):
            continue
        found.append((start, hit.end(), f"{words} {kept}".strip()))
    for hit in re.finditer(r"(?<![a-z])(kanal|radyo)\s([a-z0-9]{1,20})", low):
        words = original[hit.start() : hit.end()]
        if all(w[:1].isupper() or w[:1].isdigit() for w in words.split()):
            found.append((hit.start(), hit.end(), words))
    return sorted(found, key=lambda f: -(f[1] - f[0]))


def outlet_of_url(url: str, directory: Directory) -> str | None:
    """The outlet whose name the host spells, a social network, or the host's words as a name."""
    if network := social_of(url):
        return f"{network} (sosyal medya)"
    host = host_of(url)
    if listed := next((name for own, name in directory.hosts.items() if host in (own, "www." + own)), None):
        return listed
    label = re.sub(r"[^a-z0-9]", "", host_of(url).split(".")[0])
    for outlet in directory.outlets:
        joined = re.sub(r"[^a-z0-9]", "", plain(outlet))
        if label == joined or label == joined.removesuffix("gazetesi") or label == joined + "gazetesi":
            return outlet
    for ending in sorted(_MEDIA_WORDS, key=len, reverse=True):
        if label.endswith(ending) and len(label) > len(ending) + 2:
            return f"{capital(label.removesuffix(ending))} {_MEDIA_WORDS[ending]}"
        if label.startswith(ending) and len(label) > len(ending) + 2 and ending in ("radyo", "haber"):
            return f"{_MEDIA_WORDS[ending]} {capital(label.removeprefix(ending))}"
    return None


def network_in(text: str) -> str | None:
    """A social network that `text` names as the place of a post, or None."""
    low = plain(tidy(text))
    return next((name for name, pattern in _NETWORKS if re.search(pattern, low)), None)


def department_of(
    head: str, body: str, directory: Directory, *, lean: str | None = None
) -> tuple[str | None, bool, str]:
    """The department that the words point to: identifier, whether it is named, and the words.

    A full name or its distinctive beginning with "Başkanlığı" names it. Else topic words are weighed:
    longer words count more and hide shorter ones inside them, the subject counts double, a known
    facility counts for its department, and a little the department that the asker is in charge of (`lean`).
    No clear winner: None.
    """
    low_head, low_body = plain(tidy(head)), plain(tidy(body))
    for key, department in directory.departments.items():
        stem = re.sub(r"\s(?:hizmetleri\s)?baskanligi$", "", plain(department.name))
        named = rf"(?<![a-z])(?<!acil\s){re.escape(stem)}(?:\shizmetleri)?\s(?:baskan|hizmetleri\sbirimi)"
        if stem == "saglik":
            named = r"(?<!acil )(?<!halk )saglik\shizmetleri\sbaskan"
        if re.search(named, low_head + "\n" + low_body):
            return key, True, department.name
    scores: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    for low, weight in ((low_head, 2.0), (low_body, 1.0)):
        for key, text, score in _topic_hits(low, directory):
            scores[key] = scores.get(key, 0) + weight * score
            words.setdefault(key, []).append(text)
    for _, name, facility in facilities_in(head + "\n" + body, directory)[:3]:
        owner = directory.facilities[facility].department if facility else None
        if owner:
            named_in_full = any(
                _word(form).search(low_head + "\n" + low_body) for form in _forms(facility, directory)
            )
            scores[owner] = scores.get(owner, 0) + (1.5 if named_in_full else 0.6)
            words.setdefault(owner, []).append(name)
    if not scores:
        return None, False, ""
    if lean:
        scores[lean] = scores.get(lean, 0) + 1.6
        words.setdefault(lean, []).append("soran makam")
    ranked = sorted(scores, key=lambda key: -scores[key])
    if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < 0.3:
        return None, False, ""
    return ranked[0], False, ", ".join(dict.fromkeys(words[ranked[0]]))


def _forms(facility: str | None, directory: Directory) -> tuple[str, ...]:
    known = directory.facilities.get(facility or "")
    return (known.name, *known.words) if known else ()


def _topic_hits(low: str, directory: Directory) -> list[tuple[str, str, float]]:
    hits: list[tuple[int, int, str]] = []
    for key, department in directory.departments.items():
        for term in department.words:
            hits += [(m.start(), m.end(), f"{key}\0{term}") for m in list(_word(term).finditer(low))[:3]]
    kept: list[tuple[int, int, str]] = []
    for hit in sorted(hits, key=lambda h: (-len(h[2].split("\0")[1]), h[0])):
        if not any(a < hit[1] and hit[0] < b for a, b, _ in kept):
            kept.append(hit)
    unique = dict.fromkeys(entry for _, _, entry in kept)
    return [
        (key, term, 1.0 + 0.5 * term.count(" ") + (0.2 if len(term) > 7 else 0.0))
        for key, term in (entry.split("\0") for entry in unique)
    ]


_OFFICE_WORDS: tuple[tuple[str, str], ...] = (
    ("bakanlik", r"bakanli[gk]|basin\smusavirli"),
    ("valilik", r"valili[gk]|(?<!sayin\s)valimiz|vali(?:nin)?\sozel"),
    ("mudur", r"(?:il\ssaglik\s)?mudur(?:um|umuz|\sbey|\shanim|u|e|den)?(?=[\s,.:;']|$)|il\smuduru"),
)


_OTHER_BEFORE = re.compile(
    r"(?:genel|sube|hastane|isletme|bolge|okul|ilce(?:\ssaglik)?|yazi\sisleri|mali\s\w{2,12}|idari\s\w{2,12})\s$"
)
_OTHER_BEHIND = re.compile(r"l[iu][gk]|\s?(?:yardimci|yrd)|\.?\s?yrd")


def _named(low: str, hit: re.Match[str]) -> bool:
    """Whether "müdür" names the director there, not a directorate, another director or a deputy director."""
    if not re.match(r"(?:il\ssaglik\s)?mudur", hit[0]):
        return True
    if re.search(r"mudurl[iu][gk]", hit[0]):
        return False
    return not _OTHER_BEFORE.search(low[: hit.start()][-30:]) and not _OTHER_BEHIND.match(low, hit.end())


def offices_in(text: str, offices: Mapping[Office, OfficeRule]) -> tuple[Office, ...]:
    """Offices that `text` names, in order of appearance: by name, short name, identifier or usage."""
    low = plain(tidy(text))
    hits: list[tuple[int, Office]] = []
    general = r"(?:\sgenel\smudurlugu|\sgm|\sg\.m\.)"
    for office, rule in offices.items():
        forms = {plain(rule.short), plain(rule.name), plain(office)}
        stem = re.sub(general + r".*$", "", plain(rule.name))
        patterns = [rf"(?<![a-z]){re.escape(form)}{SUFFIX}(?![a-z])" for form in forms]
        if re.search(general, plain(rule.name)) or re.search(general, plain(rule.short)):
            before = "" if stem.startswith("acil") else r"(?<!acil\s)(?<!halk\s)"
            patterns.append(rf"{before}(?<![a-z]){re.escape(stem)}(?:\shizmetleri)?{general}")
        patterns += [pattern for key, pattern in _OFFICE_WORDS if key == office]
        hits += [
            (hit.start(), office)
            for pattern in patterns
            for hit in re.finditer(pattern, low)
            if _named(low, hit)
        ]
    # "Sağlık Hizmetleri GM" stands inside "Acil Sağlık Hizmetleri GM".
    first: dict[Office, int] = {}
    for place, office in sorted(hits):
        first.setdefault(office, place)
    shadowed = {
        office
        for office in first
        for other in first
        if other != office
        and plain(offices[office].short) in plain(offices[other].short)
        and low.count(plain(offices[office].short)) == low.count(plain(offices[other].short))
    }
    return tuple(office for office in sorted(first, key=lambda o: first[o]) if office not in shadowed)
