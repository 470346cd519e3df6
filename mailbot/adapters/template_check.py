"""Every complaint about a folder of templates at once, with file and row, in Turkish."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError

from mailbot.adapters import message
from mailbot.adapters.mail_lint import Rendered, lint
from mailbot.adapters.renderer import JinjaRenderer, MailInfo, RenderError, environment, read_info
from mailbot.core.difference import Change, FieldChange, Kind
from mailbot.core.outcome import MailOrder, Purpose, Recipient
from mailbot.core.rules import Closing, Unit
from mailbot.core.values import Address, Office, Token

_FILES = ("subject.txt", "body.txt", "body.html")
_KEY = Token.from_bits(0x6B7A_1D22_9C03_4E58)


@dataclass(frozen=True, slots=True)
class Sample:
    """A template's own example: what it would be rendered from."""

    order: MailOrder
    now: datetime


def template_names(folder: Path) -> list[str]:
    """The folders of `folder` that are templates."""
    return sorted(p.name for p in folder.iterdir() if p.is_dir() and not p.name.startswith(("_", ".")))


def sample_of(folder: Path, name: str, info: MailInfo | None = None) -> Sample:
    """The sample values of one template over the common ones. Raises OSError, ValueError.

    `item = false` in the sample: a mail that belongs to no item. `purpose`: a `Purpose`, where it is
    neither an ask nor a word to staff.
    """
    info = info or read_info(folder / name)
    common = tomllib.loads((folder / "_parts" / "ornek.toml").read_text(encoding="utf-8"))
    now = common.pop("now")
    if not isinstance(now, datetime):
        raise TypeError("now bir zaman olmalı")
    values = _merged(common, info.sample)
    if values["item"] is False:
        values.pop("item")
    item = values.get("item", {})
    for ask in item.get("asks", ()):
        ask.setdefault("at", None)
    if "changes" in values:
        values["changes"] = [_change(row) for row in values["changes"]]
    staff = not info.answers
    person = Recipient(
        address=Address("nisan.ornek@makam.example"),
        name="Nisan Örnek",
        salutation="Sayın Nisan Örnek" if staff else "Sayın Yetkili",
        closing=Closing.NEZAKET if staff and "purpose" not in info.sample else Closing.ARZ,
        office=None if staff else Office("bakanlik"),
        token=None if staff else _KEY,
    )
    purpose = Purpose(values.pop("purpose", Purpose.STAFF if staff else Purpose.ASK))
    return Sample(MailOrder(name, (person,), purpose, values, version=item.get("version") or None), now)


def _merged(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(common)
    for key, value in own.items():
        known = found.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        found[key] = _merged(known, value) if both else value  # type: ignore[arg-type]
    return found


def _change(row: Mapping[str, Any]) -> FieldChange:
    parts = tuple(Change(Kind(part["kind"]), part["text"]) for part in row["parts"])
    return FieldChange(row["field"], row["label"], parts)


def check_templates(folder: Path, unit: Unit, names: Sequence[str] = ()) -> list[str]:
    """What is wrong with the templates in `folder` (all, or `names`); empty where all is well."""
    if not folder.is_dir():
        return [f"{folder}: şablon klasörü bulunamadı."]
    wanted = names or template_names(folder)
    return [complaint for name in wanted for complaint in _check(folder, name, unit)]


def _check(folder: Path, name: str, unit: Unit) -> list[str]:
    place = folder / name
    missing = [
        f"{place / file}: dosya yok." for file in ("mail.toml", *_FILES) if not (place / file).is_file()
    ]
    if missing:
        return missing
    try:
        info = read_info(place)
    except (OSError, ValueError, TypeError) as error:
        return [f"{place / 'mail.toml'}: okunamadı: {error}"]
    broken = _syntax(folder, name)
    if broken:
        return broken
    try:
        sample = sample_of(folder, name, info)
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        return [f"{place / 'mail.toml'}: örnek değerler okunamadı: {error}"]
    try:
        subject, text, html = JinjaRenderer(folder, unit).preview(sample.order, sample.now)
    except RenderError as error:
        return [_placed(folder, place, error)]
    found = _contents(place, info, sample.order.to[0], subject, text, html)
    return found + lint(Rendered(folder, name, subject, text, html))


def _syntax(folder: Path, name: str) -> list[str]:
    found = []
    for file in _FILES:
        env = environment(folder, html=file.endswith(".html"))
        try:
            env.get_template(f"{name}/{file}")
        except TemplateSyntaxError as error:
            spot = folder / (error.name or f"{name}/{file}")
            found.append(f"{spot}:{error.lineno}: yazım yanlışı: {error.message}")
        except (OSError, UnicodeDecodeError, LookupError) as error:
            found.append(f"{folder / name / file}: okunamadı: {error}")
    return found


def _placed(folder: Path, place: Path, error: RenderError) -> str:
    """The complaint with the template's file and row: jinja puts them into the traceback."""
    cause = error.__cause__
    spot = _row(folder, cause.__traceback__ if cause else None) or str(place)
    if isinstance(cause, UndefinedError):
        return f"{spot}: bilinmeyen değer: {cause.message}"
    return f"{spot}: örnek değerlerle işlenemedi: {cause or error}"


def _row(folder: Path, trace: TracebackType | None) -> str:
    spot = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(str(folder)):
            spot = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return spot


def _contents(
    place: Path, info: MailInfo, person: Recipient, subject: str, text: str, html: str
) -> list[str]:
    found = []
    if person.token and info.record:
        key = str(person.token)
        for file, content in (("subject.txt", subject), ("body.txt", text), ("body.html", html)):
            if key not in content:
                found.append(f"{place / file}: yanıtın tanınmasını sağlayan anahtar yok.")
    if info.answers and 'href="mailto:' not in html:
        found.append(f"{place / 'body.html'}: yanıt düğmeleri yok.")
    if message.one_line(subject) != subject:
        found.append(f"{place / 'subject.txt'}: konu tek satır olmalı.")
    return found
