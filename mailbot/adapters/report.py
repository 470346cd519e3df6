"""Pages for people to keep: HTML from the unit's templates (jinja2), and PDF of it (weasyprint)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from jinja2 import TemplateError

from mailbot.adapters.renderer import RenderError, environment
from mailbot.resources import templates_dir

# weasyprint tells the log of every step of a page.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


class NoPdf(Exception):
    """PDF cannot be made on this machine; a Turkish sentence says what is missing."""


def page_of(templates: Path, name: str, values: Mapping[str, object]) -> str:
    """The page `name` of the unit's templates, or of ours where an older set-up has none.

    Raises RenderError where the template is broken.
    """
    folder = templates if (templates / name).is_file() else templates_dir()
    try:
        return environment(folder, html=True).get_template(name).render(values)
    except TemplateError as error:
        raise RenderError(f"{folder / name} kullanılamıyor: {error}.") from error


def pdf_of(html: str) -> bytes:
    """`html` as a PDF. Nothing is fetched: what it shows stands in it (data: addresses). Raises NoPdf."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as missing:
        raise NoPdf("PDF üretilemiyor: mailbot[pdf] paketi ya da sistemin Pango kitaplığı yok.") from missing
    data: bytes = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",))).write_pdf()
    return data
