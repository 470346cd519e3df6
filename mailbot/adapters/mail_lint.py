"""What is wrong with a rendered mail before anybody gets it: size, contrast, buttons, equal content.

Pure: subject, text and HTML in, findings out. Each names the file and, where it can be found, the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from mailbot.adapters.colours import LEAST, pale, unpaired

MOST_HTML = 90_000
"""Bytes: Gmail clips a mail at about 102 kB, and the key in its last line with it."""
MOST_BUTTON = 1_500
"""Characters above which some mail programs cut a mailto: address."""
MOST_SUBJECT = 200
SMALLEST = 13
"""Pixels of text that is meant to be read."""

_UNSEEN = re.compile(
    r"<style\b.*?</style>|<title\b.*?</title>|<!--.*?-->|<(\w+)[^>]*display:none[^>]*>.*?</\1>", re.DOTALL
)
_NO_ROLE = re.compile(r"<table(?![^>]*role=)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One template with its sample values."""

    folder: Path
    """Of all templates."""
    name: str
    subject: str
    text: str
    html: str

    def place(self, needle: str | re.Pattern[str], file: str = "body.html") -> str:
        """`file:row` of the first row of the template, its parts or the frame that holds `needle`."""
        pattern = re.compile(re.escape(needle)) if isinstance(needle, str) else needle
        ending = file.rpartition(".")[2]
        candidates = [self.folder / self.name / file]
        candidates += sorted((self.folder / "_parts").glob(f"*.{ending}"))
        candidates += sorted((self.folder / "_layout").glob(f"*.{ending}"))
        for path in candidates if needle else ():
            if not path.is_file():
                continue
            for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if pattern.search(row):
                    return f"{path}:{number}"
        return str(candidates[0])


def lint(mail: Rendered) -> list[str]:
    """Every complaint, `file[:row]: sentence`; empty where the mail is as it should be."""
    checks = (_subject, _size, _form, _contrast, _buttons, _same)
    return [complaint for check in checks for complaint in check(mail)]


def _subject(mail: Rendered) -> Iterator[str]:
    place = mail.folder / mail.name / "subject.txt"
    if not mail.subject:
        yield f"{place}: konu boş; bir konu yazınız."
    if len(mail.subject) > MOST_SUBJECT:
        yield f"{place}: konu {len(mail.subject)} harf; {MOST_SUBJECT} harften kısa yazınız."
    if re.search(r"\bsürüm\s*[0-9]", mail.subject, re.IGNORECASE):
        yield f"{place}: konuda sürüm yazıyor; konu değişirse yazışma bölünür, sürümü gövdeye yazınız."


def _size(mail: Rendered) -> Iterator[str]:
    size = len(mail.html.encode())
    if size >= MOST_HTML:
        yield (
            f"{mail.place('')}: ileti {size // 1000} kB; {MOST_HTML // 1000} kB sınırını aşıyor, "
            "Gmail sonunu (anahtarı) keser."
        )


_FORM: tuple[tuple[str, str], ...] = (
    (r"<img\b", "resim eklenmiş; çoğu program göstermez, izleyici sayılabilir. Resmi çıkarınız."),
    (r"<(?:script|iframe|form|input|button|video|object)\b", "posta programlarının sildiği bir öğe var."),
    (r"url\(|@import|<link\b", "uzaktan yüklenen bir biçim ya da yazı tipi var; çıkarınız."),
    (r"margin:\s*(?:0\s+)?auto", "ortalamak için margin:auto kullanılmış; Outlook bilmez, align kullanınız."),
    (
        r"(?:display:\s*(?:flex|grid)|position:\s*(?:absolute|fixed))",
        "Outlook'un bilmediği bir yerleşim var.",
    ),
    (r'href="http:', "bağlantı http ile başlıyor; https yazınız."),
)


def _form(mail: Rendered) -> Iterator[str]:
    for pattern, sentence in _FORM:
        if found := re.search(pattern, mail.html):
            yield f"{mail.place(found[0])}: {sentence}"
    if '<html lang="tr"' not in mail.html:
        yield f'{mail.place("<html")}: dil belirtilmemiş; <html lang="tr"> yazınız.'
    if mail.html.count("<table") != mail.html.count('role="presentation"'):
        yield (
            f'{mail.place(_NO_ROLE)}: role="presentation" yazılmamış bir tablo var; '
            "ekran okuyucu onu veri tablosu sanır."
        )
    visible = _UNSEEN.sub("", mail.html)
    for style, words in re.findall(r'style="([^"]*font-size:\s*[0-9]+px[^"]*)"[^>]*>([^<]*)', visible):
        size = int(re.search(r"font-size:\s*([0-9]+)", style)[1])  # type: ignore[index]
        if size < SMALLEST and unescape(words).strip():
            yield (
                f"{mail.place(f'font-size:{size}px')}: yazı {size} piksel, küçük: “{words.strip()[:40]}”; "
                f"en az {SMALLEST} yazınız."
            )


def _contrast(mail: Rendered) -> Iterator[str]:
    for words in pale(mail.html):
        when = "koyu görünümde " if words.dark else ""
        spot = mail.place(words.text)
        if words.ratio:
            yield (
                f"{spot}: {when}yazı zor okunuyor: “{words.words[:40]}” ({words.text}, zemin {words.ground}) "
                f"karşıtlığı {_ratio(words.ratio)}; en az {_ratio(LEAST)} olmalı."
            )
        else:
            yield f"{spot}: “{words.text}” ve “{words.ground}” renkleri #rrggbb biçiminde yazılmalı."
    for ground in unpaired(mail.html):
        yield (
            f"{mail.place(ground)}: zemin rengi ({ground}) yanında yazı rengi (color) yok; "
            "koyu görünümde okunmayabilir."
        )


def _ratio(value: float) -> str:
    return f"{int(value * 10) / 10:.1f}".replace(".", ",")


def _buttons(mail: Rendered) -> Iterator[str]:
    for href in re.findall(r'href="(mailto:[^"]*)"', mail.html):
        address = unescape(href)
        if len(address) >= MOST_BUTTON:
            yield (
                f"{mail.place('mailto:')}: düğme adresi {len(address)} harf; "
                f"{MOST_BUTTON} harfi aşan adresi bazı programlar keser."
            )
        bare = re.search(r"[\s,+<>“”çğıöşüÇĞİÖŞÜ]", address.partition("?")[2])
        if bare:
            yield f"{mail.place('mailto:')}: düğme adresinde yüzde ile yazılmamış işaret var: “{bare[0]}”."


def seen(html: str) -> str:
    """The words of HTML that a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", _UNSEEN.sub(" ", html))).split())


def _same(mail: Rendered) -> Iterator[str]:
    plain, rich = set(_WORD.findall(mail.text)), set(_WORD.findall(seen(mail.html)))
    for less, more, file, where in (
        (plain, rich, "body.txt", "düz gövdede"),
        (rich, plain, "body.html", "biçimli gövdede"),
    ):
        if missing := _in_order(more - less, mail.text if more is plain else seen(mail.html)):
            named = ", ".join(f"“{word}”" for word in missing[:5])
            more_of = f" ve {len(missing) - 5} söz daha" if len(missing) > 5 else ""
            yield (
                f"{mail.folder / mail.name / file}: {where} eksik: {named}{more_of}; "
                "iki gövde aynı şeyi söylemelidir."
            )


def _in_order(words: Iterable[str], text: str) -> list[str]:
    wanted = set(words)
    return list(dict.fromkeys(word for word in _WORD.findall(text) if word in wanted))
