"""The unit's form of a text as DOCX and PDF (duty G5), from templates that the unit edits.

Whatever a template does, what it made is read back: a form that does not hold the approved title and text
word for word is not given out.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from jinja2 import TemplateError

from mailbot.adapters.containers import Unreadable
from mailbot.adapters.papers import read_paper
from mailbot.adapters.renderer import environment
from mailbot.adapters.report import NoPdf, pdf_of
from mailbot.core.document import Spot
from mailbot.ports.documents import Form, FormFile

WORD, PAGE = "bulten.docx", "bulten.html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SAMPLE: Mapping[str, object] = {
    "kurum": "Denizli İl Sağlık Müdürlüğü",
    "birim": "Basın ve İletişim Birimi",
    "telefon": "0258 000 00 00",
    "eposta": "basin@denizli-ism.example",
    "web": "https://denizli-ism.example",
    "tarih": "23 Kasım 2026",
    "baslik": "Ağız ve diş sağlığı taraması başladı",
    "paragraflar": [
        "Denizli’de ağız ve diş sağlığı taraması Sayın Valimizin katılımıyla başladı: ĞÜŞİÖÇ ğüşıöç.",
        "Taramalar 15 okulda sürecek; 4.200 öğrenciye ulaşılması planlanıyor & “izlenecek” <dikkatle>.",
    ],
    "fotograflar": [{"ad": "tarama-1.jpg", "altyazi": "Pamukkale İlkokulu", "ceken": "Ada Kurgu"}],
}
"""What `mailbot check` fills a form with."""


class _Refused(Exception):
    """The template made something that may not go out. The sentence is Turkish."""


def make_form(folder: Path, values: dict[str, object]) -> Form:
    """The form in `folder`, filled: DOCX, and PDF or, where Pango is missing, HTML. Never raises."""
    files: list[FormFile] = []
    troubles: list[str] = []
    for template, maker in ((WORD, _docx), (PAGE, _pdf)):
        if not (folder / template).is_file():
            continue
        try:
            files.append(maker(folder / template, values))
        except _Refused as problem:
            troubles.append(str(problem))
        except ImportError:
            continue  # without the extra [pdf] there is no such file; `mailbot check` says so
        except TemplateError as problem:
            troubles.append(f"{template} şablonu işlenemedi: {problem}")
        except Exception as problem:  # a template that somebody edited may hold anything
            troubles.append(f"{template} şablonundan belge yapılamadı ({type(problem).__name__}).")
    return Form(tuple(files), " ".join(troubles))


def check_form(folder: Path) -> tuple[list[str], list[str]]:
    """What is wrong with the form in `folder`, and what is only missing on this machine. Sentences."""
    if not folder.is_dir():
        return [f"{folder}: bülten şablonu klasörü yok; “mailbot init” ile gelen klasörü kopyalayınız."], []
    made = make_form(folder, dict(SAMPLE))
    wrong = [f"{folder}: {made.trouble}"] if made.trouble else []
    kinds = {file.ending for file in made.files}
    missing = []
    if "html" in kinds:
        missing.append(
            "PDF yapılamıyor (mailbot[pdf] paketi ya da sistemin Pango kitaplığı yok); HTML gider."
        )
    if (folder / WORD).is_file() and "docx" not in kinds and not wrong:
        missing.append("DOCX bülten yapılamıyor; mailbot[pdf] paketini kurunuz.")
    return wrong, missing


def _docx(template: Path, values: Mapping[str, object]) -> FormFile:
    from docxtpl import DocxTemplate

    document = DocxTemplate(template)
    document.render(dict(values), jinja_env=environment(template.parent, html=True), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return _checked(FormFile("docx", DOCX, out.getvalue()), template.name, values)


def _pdf(template: Path, values: Mapping[str, object]) -> FormFile:
    page = environment(template.parent, html=True).get_template(template.name).render(values)
    try:
        data = pdf_of(page)
    except NoPdf:
        return FormFile("html", "text/html", page.encode())
    return _checked(FormFile("pdf", "application/pdf", data), template.name, values)


def _checked(file: FormFile, template: str, values: Mapping[str, object]) -> FormFile:
    """The file, once it was read back and holds title and text in their order."""
    try:
        paper = read_paper(template.replace(".html", ".pdf"), file.data)
    except Unreadable as problem:
        raise _Refused(f"{template}: yapılan belge geri okunamadı ({problem.trouble.value}).") from problem
    said = _letters(" ".join(p.text for p in paper.accepted if p.spot is not Spot.HIDDEN))
    title, paragraphs = values["baslik"], values["paragraflar"]
    assert isinstance(title, str)
    assert isinstance(paragraphs, list)
    if _letters(title) not in said:
        raise _Refused(f"{template}: şablon, onaylanan başlığı olduğu gibi içermiyor ({{{{ baslik }}}}).")
    at = 0
    for paragraph in paragraphs:
        at = _end_of(_letters(paragraph), said, at)
        if at < 0:
            raise _Refused(f"{template}: şablon, onaylanan metni olduğu gibi içermiyor (paragraflar).")
    return file


_HEAD = 30
_FURNITURE = 600
"""Letters that may stand between two pages: the foot of one and the head of the next."""
_BACK = 12


def _end_of(wanted: str, said: str, at: int) -> int:
    """Where `wanted`, which may run over pages, ends in `said` behind `at`; -1 where it is not whole."""
    start = said.find(wanted[:_HEAD], at)
    while start >= 0:
        same = _common(wanted, said, start)
        if same == len(wanted):
            return start + same
        # A page may end here. Its foot may begin with the very letters that go on behind it.
        for end in range(same, max(same - _BACK, min(_HEAD, same) - 1), -1):
            rest = wanted[end:]
            again = said.find(rest[:_HEAD], start + end, start + end + _FURNITURE + len(rest[:_HEAD]))
            if again >= 0 and (found := _end_of(rest, said, again)) >= 0:
                return found
        start = said.find(wanted[:_HEAD], start + 1)
    return -1


def _common(wanted: str, said: str, start: int) -> int:
    """How many letters of `wanted` stand at `start`."""
    length = 0
    while length < len(wanted) and wanted[length : length + 1] == said[start + length : start + length + 1]:
        length += 1
    return length


def _letters(text: str) -> str:
    """Letters and digits in order: what the lines and pages of a form may not change."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
