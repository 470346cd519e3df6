"""`mailbot mail`: the templates with their sample values, looked at, checked and sent to oneself."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from mailbot.adapters.browser import VIEWS, BrowserTrouble, View, find_browser, open_browser
from mailbot.adapters.mail_lint import Rendered
from mailbot.adapters.render import JinjaRenderer, RenderError, check_templates
from mailbot.adapters.renderer import read_info
from mailbot.adapters.template_check import sample_of, template_names
from mailbot.app.config import Settings, find_config, load_settings
from mailbot.app.journal import as_lines, print_table
from mailbot.app.wiring import smtp_settings
from mailbot.core.outcome import Recipient
from mailbot.core.rules import Closing, Rulebook
from mailbot.core.values import Address, MessageId
from mailbot.ports.sender import Accepted, Answer
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import load
from mailbot.rulebook.sheet import nearest

NO_ITEM = "DNZ-HBR-2026-0000"
"""The reference in a mail that is sent as a test: the counter begins at 1, so no answer finds an item."""
BANNER = "ÖRNEK: Bu ileti bir şablonun denemesidir; içindeki her şey uydurmadır, yanıtı işleme alınmaz."


@dataclass(frozen=True, slots=True)
class Shelf:
    """The templates that are meant: the unit's, or without a configuration the ones that come with us."""

    folder: Path
    book: Rulebook
    settings: Settings | None

    @property
    def renderer(self) -> JinjaRenderer:
        return JinjaRenderer(self.folder, self.book.unit)

    def rendered(self, name: str, renderer: JinjaRenderer) -> Rendered:
        """One template with its sample values. Raises RenderError, OSError, ValueError, TypeError."""
        sample = sample_of(self.folder, name)
        return Rendered(self.folder, name, *renderer.preview(sample.order, sample.now))


def shelf_of(config: str | None, environ: Mapping[str, str]) -> Shelf:
    """The templates to look at. Raises RulesRefused."""
    if config is None and not Path("mailbot.toml").is_file() and not environ.get("MAILBOT_CONFIG"):
        return Shelf(templates_dir(), load(rules_dir()).book, None)
    settings = load_settings(find_config(config, environ), environ)
    return Shelf(settings.templates, load(settings.rules).book, settings)


def run_mail(args: argparse.Namespace) -> int:
    """One of list, preview, lint, test; its exit status."""
    shelf = shelf_of(getattr(args, "config", None), os.environ)
    if not shelf.folder.is_dir():
        _say(f"{shelf.folder}: şablon klasörü bulunamadı; “mailbot init” ile kurunuz.")
        return 1
    wanted = [args.template] if args.action == "test" else getattr(args, "templates", [])
    known = template_names(shelf.folder)
    for name in wanted:
        if name not in known:
            _say(f"“{name}” diye bir şablon yok.{nearest(name, known)}")
            return 2
    names = wanted or known
    match args.action:
        case "list":
            return list_mails(shelf, json_lines=args.json)
        case "preview":
            return preview(shelf, names, args.out, pictures=not args.no_pictures)
        case "lint":
            return lint_mails(shelf, names, json_lines=args.json)
        case _:
            return send_test(shelf, args.template, args.to)


def list_mails(shelf: Shelf, *, json_lines: bool) -> int:
    """Every template, what it is for and whether it asks for something."""
    rows = []
    for name in template_names(shelf.folder):
        try:
            info = read_info(shelf.folder / name)
            rows.append((name, info.purpose, ", ".join(info.answers)))
        except (OSError, ValueError, TypeError) as error:
            rows.append((name, f"okunamadı: {error}", ""))
    if json_lines:
        as_lines(
            {"template": name, "purpose": purpose, "answers": answers} for name, purpose, answers in rows
        )
    else:
        print_table("Şablonlar", ("Şablon", "Ne için", "Yanıtlar"), rows)
    return 0


def lint_mails(shelf: Shelf, names: Sequence[str], *, json_lines: bool = False) -> int:
    """Every complaint, a sentence each with file and place. 1 where there is one."""
    complaints = check_templates(shelf.folder, shelf.book.unit, names)
    program = find_browser()
    if program is None:
        _say("Bu makinede Chromium yok; telefonda taşma resimle denetlenmedi.")
    elif not complaints:
        complaints = _overflows(shelf, names, program)
    if json_lines:
        as_lines({"place": place, "text": text} for place, _, text in (c.partition(": ") for c in complaints))
    else:
        for complaint in complaints:
            _say(complaint)
        _say(f"{len(names)} şablon denetlendi, {len(complaints)} kusur bulundu.")
    return 1 if complaints else 0


def _overflows(shelf: Shelf, names: Sequence[str], program: str) -> list[str]:
    """Mails that a reader must scroll sideways, found by laying them out on the narrow screen."""
    found = []
    renderer = shelf.renderer
    narrow = min(VIEWS, key=lambda view: view.width)
    try:
        with open_browser(program) as browser:
            for name in names:
                width = browser.picture(shelf.rendered(name, renderer).html, narrow).content_width
                if width > narrow.width:
                    found.append(
                        f"{shelf.folder / name / 'body.html'}: {narrow.width} piksellik ekranda taşıyor "
                        f"({width} piksel); uzun söze ya da geniş tabloya overflow-wrap:anywhere ekleyiniz."
                    )
    except BrowserTrouble as trouble:
        _say(f"Telefonda taşma denetlenemedi: {trouble}")
    return found


def preview(shelf: Shelf, names: Sequence[str], out: Path | None, *, pictures: bool) -> int:
    """The templates as files, with an `index.html` that shows all pictures side by side; or one as text."""
    renderer = shelf.renderer
    try:
        mails = [shelf.rendered(name, renderer) for name in names]
    except (RenderError, OSError, ValueError, TypeError) as error:
        _say(f"{error}; “mailbot mail lint” yerini söyler.")
        return 1
    if out is None:
        for mail in mails:
            sys.stdout.write(f"Şablon: {mail.name}\nKonu: {mail.subject}\n\n{mail.text}\n")
        return 0
    try:
        out.mkdir(parents=True, exist_ok=True)
        for mail in mails:
            (out / f"{mail.name}.txt").write_text(f"Konu: {mail.subject}\n\n{mail.text}", encoding="utf-8")
            (out / f"{mail.name}.html").write_text(mail.html, encoding="utf-8")
        views = _pictures(mails, out) if pictures else ()
        (out / "index.html").write_text(_index(mails, views), encoding="utf-8")
    except OSError as error:
        _say(f"{error.filename}: yazılamadı ({error.strerror}).")
        return 1
    _say(f"{len(mails)} şablon yazıldı; hepsi bir sayfada: {out / 'index.html'}")
    return 0


def _pictures(mails: Iterable[Rendered], out: Path) -> Sequence[View]:
    """The pictures, where there is a browser; the views that were drawn."""
    program = find_browser()
    if program is None:
        _say("Bu makinede Chromium yok; yalnız metin ve HTML yazıldı (Debian: apt install chromium).")
        return ()
    try:
        with open_browser(program) as browser:
            for mail in mails:
                for view in VIEWS:
                    picture = browser.picture(mail.html, view)
                    (out / f"{mail.name}.{view.name}.png").write_bytes(picture.png)
    except BrowserTrouble as trouble:
        _say(f"Resimler çekilemedi: {trouble}")
        return ()
    return VIEWS


_PAGE = """<!DOCTYPE html><html lang="tr"><meta charset="utf-8"><title>Şablonlar</title><style>
body{font-family:sans-serif;margin:16px}section{border-top:2px solid #888;padding:8px 0}
div{display:flex;gap:12px;align-items:flex-start;overflow-x:auto}img{border:1px solid #bbb}
pre{white-space:pre-wrap;max-width:80ch}</style>"""


def _index(mails: Sequence[Rendered], views: Sequence[View]) -> str:
    """A page to leaf through: each mail's subject, its pictures and its text."""
    parts = [_PAGE]
    for mail in mails:
        shots = "".join(
            f'<img src="{mail.name}.{view.name}.png" width="{view.width // 2}" alt="{view.name}">'
            for view in views
        )
        subject, text = escape(mail.subject), escape(mail.text)
        parts.append(
            f'<section><h2>{mail.name}</h2><p>{subject} · <a href="{mail.name}.html">HTML</a></p>'
            f"<div>{shots}</div><details><summary>Metin</summary><pre>{text}</pre></details></section>"
        )
    return "\n".join(parts)


def send_test(shelf: Shelf, name: str, to: str | None) -> int:
    """One template with its sample values to the unit's own address or to one of its staff."""
    if shelf.settings is None:
        _say("Göndermek için mailbot.toml gerekir; --config ile gösteriniz.")
        return 1
    unit = shelf.book.unit.address
    address = Address.parse(to) if to else unit
    if address is None or (address != unit and all(p.address != address for p in shelf.book.staff)):
        _say(f"“{to}” birim adresi ya da personel değil; deneme iletisi yalnız onlara gönderilir.")
        return 2
    try:
        message = sample_message(shelf, name, address)
    except (RenderError, OSError, ValueError, TypeError) as error:
        _say(f"{error}; “mailbot mail lint” yerini söyler.")
        return 1
    answer = asyncio.run(_send(shelf.settings, unit, address, message))
    if isinstance(answer, Accepted):
        _say(f"“{name}” {address} adresine gönderildi: {answer.reply}")
        return 0
    _say(f"“{name}” gönderilemedi: {answer.reply}")
    return 1


def sample_message(shelf: Shelf, name: str, to: Address) -> bytes:
    """The mail on the wire: the sample, with a banner, and a reference that no item has."""
    from mailbot.adapters.system import SystemClock, SystemEntropy

    sample = sample_of(shelf.folder, name)
    values = {**_renamed(sample.order.values), "banner": BANNER}
    person = Recipient(to, "", sample.order.to[0].salutation, Closing.NEZAKET, token=sample.order.to[0].token)
    order = replace(sample.order, values=values, to=(person,))
    number = SystemEntropy().bits(64)
    message_id = MessageId(f"<sablon-denemesi.{number:x}@{shelf.book.unit.address.domain}>")
    renderer = shelf.renderer
    return renderer.render(order, [message_id], SystemClock().now(), lambda _: b"")[0].message


_REFERENCE = re.compile(r"\b[A-Z]{2,6}-[A-Z]{3}-20[0-9]{2}-[0-9]{4,7}\b")


def _renamed(value: Any) -> Any:
    """`value` with every reference replaced: an answer must not meet a real item."""
    match value:
        case str():
            return _REFERENCE.sub(NO_ITEM, value)
        case dict():
            return {key: _renamed(one) for key, one in value.items()}
        case list():
            return [_renamed(one) for one in value]
        case _:
            return value


async def _send(settings: Settings, unit: Address, to: Address, message: bytes) -> Answer:
    from mailbot.adapters.smtp import SmtpSender

    sender = SmtpSender(smtp_settings(settings))
    try:
        return await sender.send(unit, to, message)
    finally:
        await sender.close()


def _say(text: str) -> None:
    print(text, file=sys.stderr)
