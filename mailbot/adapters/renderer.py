"""Templates and values become messages (jinja2)."""

from __future__ import annotations

import re
import tomllib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from mailbot.adapters import message
from mailbot.adapters.buttons import SENTENCES, Button, button
from mailbot.adapters.invitation import invitation_part
from mailbot.core import suffix
from mailbot.core.difference import Change, FieldChange, abridged
from mailbot.core.item import FileRef
from mailbot.core.outcome import MailOrder, Purpose, Recipient
from mailbot.core.rules import Closing, Unit
from mailbot.core.values import Digest, MessageId, digest_of
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.renderer import RenderedMail

REPLY_LINE = "— Yanıtınızı lütfen bu satırın üstüne yazınız —"
CLOSINGS: Mapping[Closing, str] = {
    Closing.ARZ: "arz ederim",
    Closing.RICA: "rica ederim",
    Closing.ARZ_RICA: "arz ve rica ederim",
    Closing.NEZAKET: "sunarız",
}
TRIAL_BANNER = "DENEME: Bu ileti yalnız denemedir; gerçek bir işlem başlatmaz."
LONG_TEXT = 40_000
"""Bytes of escaped text above which it rides as an attachment: Gmail clips a mail at about 102 kB."""
EXCERPT = 3_000
_CACHED_BYTES = 48_000_000


class RenderError(Exception):
    """A template could not be rendered: a bug or an edited template. The sentence is Turkish."""


@dataclass(frozen=True, slots=True)
class MailInfo:
    """`mail.toml` of one template."""

    purpose: str
    repeatable: bool
    personal: bool
    record: bool
    """Whether the record line with reference and version closes the mail."""
    answers: tuple[str, ...]
    salutation: str
    sample: Mapping[str, Any]


def read_info(folder: Path) -> MailInfo:
    """`mail.toml` of the template in `folder`. Raises OSError, ValueError, TypeError."""
    raw = tomllib.loads((folder / "mail.toml").read_text(encoding="utf-8"))
    known = {"purpose", "repeatable", "personal", "record", "answers", "salutation", "sample"}
    for key in raw.keys() - known:
        raise ValueError(f"bilinmeyen anahtar: {key}")
    answers = tuple(raw.get("answers", ()))
    for word in answers:
        if word not in SENTENCES:
            raise ValueError(f"bilinmeyen yanıt: {word}; olabilecekler: {', '.join(SENTENCES)}")
    for key in ("purpose", "salutation"):
        if not isinstance(raw.get(key, ""), str):
            raise TypeError(f"{key} bir yazı olmalı")
    for key in ("repeatable", "personal", "record"):
        if not isinstance(raw.get(key, True), bool):
            raise TypeError(f"{key} true ya da false olmalı")
    if not raw.get("purpose"):
        raise ValueError("purpose (iletinin ne için olduğu) yazılmamış")
    return MailInfo(
        purpose=raw["purpose"],
        repeatable=raw.get("repeatable", False),
        personal=raw.get("personal", True),
        record=raw.get("record", True),
        answers=answers,
        salutation=raw.get("salutation", ""),
        sample=raw.get("sample", {}),
    )


def _shown(changes: Sequence[FieldChange]) -> list[tuple[str, tuple[Change, ...]]]:
    """The changes as a mail shows them: each with some words around it, and not more than a mail holds."""
    left, shown = LONG_TEXT // 2, []
    for change in changes:
        parts = []
        for part in abridged(change.parts):
            text = part.text if len(part.text) <= left else part.text[:left] + " … (devamı güncel metinde)"
            left = max(left - len(text), 0)
            parts.append(Change(part.kind, text))
        shown.append((change.label, tuple(parts)))
    return shown


def _first_sentence(text: str) -> str:
    """The first sentence, for a short social media text of at most 240 characters."""
    line = next((row.strip() for row in text.splitlines() if row.strip()), "")
    found = re.search(r"(?<![0-9])[.!?](?=\s|$)", line)
    return message.one_line(line[: found.end()] if found else line, 240)


_KEY_BEHIND_REF = re.compile(r"(?i)(?<=[0-9])\s?/\s?(?:Sürüm\s[0-9]{1,6}\s?/\s?)?k[0-9a-z]{13}(?![0-9a-z])")


def _keyless(text: object) -> str:
    """`text` without the keys behind references: what one person was given, nobody else is shown."""
    return _KEY_BEHIND_REF.sub("", str(text))


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{case.value: (lambda value, case=case: suffix.suffixed(value, case)) for case in suffix.Case},
    "tarih": suffix.tarih,
    "tarih_uzun": suffix.tarih_uzun,
    "saat": suffix.saat,
    "tarih_saat": suffix.tarih_saat,
    "gun": suffix.gun,
    "boyut": suffix.boyut,
    "degisiklikler": _shown,
    "ilk_cumle": _first_sentence,
    "anahtarsiz": _keyless,
}


def environment(folder: Path, *, html: bool) -> ImmutableSandboxedEnvironment:
    """Jinja for one of the two parts: a name that is not known is an error, HTML is escaped."""
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        cache_size=400,
    )
    env.filters.update(FILTERS)
    return env


@dataclass(frozen=True, slots=True)
class _Compiled:
    info: MailInfo
    subject: Template
    text: Template
    html: Template


class JinjaRenderer:
    """`ports.renderer.Renderer` over a folder of templates."""

    def __init__(self, folder: Path, unit: Unit, *, mode: str = "canli", subaddress: bool = False) -> None:
        self._folder, self._unit, self._mode, self._subaddress = folder, unit, mode, subaddress
        self._text_env = environment(folder, html=False)
        self._html_env = environment(folder, html=True)
        self._compiled: dict[str, _Compiled] = {}
        self._parts: OrderedDict[tuple[str, str, str], bytes] = OrderedDict()
        self._part_bytes = 0

    def repeatable(self, template: str) -> bool:
        """Whether a mail of this template may go twice where SMTP's answer is unknown."""
        return self._template(template).info.repeatable

    def render(
        self,
        order: MailOrder,
        message_ids: Sequence[MessageId],
        now: datetime,
        blob: Callable[[Digest], bytes],
    ) -> list[RenderedMail]:
        """One message per recipient of the order, in order. Raises RenderError."""
        compiled = self._template(order.template)
        values = {**order.values}
        files = [self._file_part(file, blob) for file in order.files]
        digests = [file.digest + file.name for file in order.files]
        if long := self._long_text(values):
            files.append(message.attachment_part(*long, charset="utf-8"))
            digests.append(long[0].digest)
        mails: list[RenderedMail] = []
        shared: tuple[str, str, str, bytes] | None = None
        for person, message_id in zip(order.to, message_ids, strict=True):
            if shared is None or compiled.info.personal:
                subject, text, html = self._contents(
                    order, compiled, values, person, now, long_text=bool(long)
                )
                riding = list(files)
                if order.event is not None:
                    riding.append(invitation_part(order.event, self._unit, person))
                kind, body = message.multipart(text, html, riding, digests)
                shared = (subject, text, kind, body)
            subject, text, kind, body = shared
            head = self._head(order, person, message_id, now, subject, kind)
            mails.append(RenderedMail(head, body, subject, text))
        return mails

    def preview(self, order: MailOrder, now: datetime) -> tuple[str, str, str]:
        """Subject, text and HTML for the first recipient: what `check` and the pictures look at."""
        values = {**order.values}
        long = self._long_text(values)
        return self._contents(
            order, self._template(order.template), values, order.to[0], now, long_text=bool(long)
        )

    def _template(self, name: str) -> _Compiled:
        found = self._compiled.get(name)
        if found is None:
            try:
                found = _Compiled(
                    read_info(self._folder / name),
                    self._text_env.get_template(f"{name}/subject.txt"),
                    self._text_env.get_template(f"{name}/body.txt"),
                    self._html_env.get_template(f"{name}/body.html"),
                )
            except (OSError, ValueError, TypeError, TemplateError) as error:
                raise RenderError(f"“{name}” şablonu okunamadı: {error}") from error
            self._compiled[name] = found
        return found

    def _contents(
        self,
        order: MailOrder,
        compiled: _Compiled,
        values: Mapping[str, object],
        person: Recipient,
        now: datetime,
        *,
        long_text: bool,
    ) -> tuple[str, str, str]:
        info = compiled.info
        item = values.get("item")
        ref = str(item.get("ref", "")) if isinstance(item, Mapping) else ""
        version = order.version or (item.get("version") if isinstance(item, Mapping) else None)
        key = str(person.token) if person.token and info.personal else ""
        record = " / ".join(filter(None, (f"Kayıt no: {ref}", f"Sürüm {version}" if version else "", key)))
        context: dict[str, object] = {
            "banner": TRIAL_BANNER if self._mode == "deneme" and order.purpose is not Purpose.STAFF else "",
            "item": None,
            **values,
            "unit": self._unit,
            "key": key,
            "tag": f"{ref}/{key}" if key else ref,
            "now": now.astimezone(ISTANBUL),
            "reply_line": REPLY_LINE if info.answers or order.purpose in _ASKING else "",
            "record": record if ref and info.record else "",
            "salutation": info.salutation or (person.salutation if info.personal else ""),
            "long_text": long_text,
            "buttons": (),
        }
        if info.personal:
            context |= {"to": person, "kapanis": CLOSINGS[person.closing]}
        try:
            subject = message.one_line(compiled.subject.render(context))
            if key and isinstance(version, int):
                context["buttons"] = self._buttons(info, person, subject, record)
            text = message.plain_lines(compiled.text.render(context)).rstrip() + "\n"
            html = message.plain_lines(compiled.html.render(context)).strip() + "\n"
        except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
            raise RenderError(f"“{order.template}” şablonu işlenemedi: {error}") from error
        return subject, text, html

    def _buttons(self, info: MailInfo, person: Recipient, subject: str, record: str) -> tuple[Button, ...]:
        address = self._reply_address(person)
        return tuple(button(word, address, subject, record) for word in info.answers)

    def _reply_address(self, person: Recipient) -> str:
        address = self._unit.address
        if self._subaddress and person.token:
            return f"{address.base.local}+{person.token}@{address.domain}"
        return address.text

    def _head(
        self,
        order: MailOrder,
        person: Recipient,
        message_id: MessageId,
        now: datetime,
        subject: str,
        kind: str,
    ) -> bytes:
        unit = self._unit
        lines = [
            message.date_header(now.astimezone(ISTANBUL)),
            "From: " + message.mailbox(unit.institution, unit.address.text),
            "To: " + message.mailbox(person.name, person.address.text),
        ]
        if person.copy_to:
            lines.append("Cc: " + ",\r\n ".join(copy.text for copy in person.copy_to))
        lines += [
            f"Reply-To: {self._reply_address(person)}",
            "Subject: " + message.encoded(subject),
            f"Message-ID: {message_id}",
            *message.thread_headers(order.reply_to_id, order.references),
            *message.purpose_headers(order.purpose, answering=order.reply_to_id is not None),
        ]
        if order.purpose is Purpose.RELEASE:
            ident, name = order.mailing or ("bulten", "Basın bülteni")
            lines += message.list_headers(ident, f"{unit.institution} - {name}", unit.address.text)
        lines += ["MIME-Version: 1.0", f"Content-Type: {kind}", "Content-Language: tr"]
        return ("\r\n".join(lines) + "\r\n").encode("ascii")

    def _file_part(self, file: FileRef, blob: Callable[[Digest], bytes]) -> bytes:
        """The encoded part of a file, kept while it fits: a distribution or three asks use it again."""
        key = (file.digest, file.name, file.content_type)
        part = self._parts.get(key)
        if part is None:
            part = message.attachment_part(file, blob(file.digest))
            self._parts[key] = part
            self._part_bytes += len(part)
            while self._part_bytes > _CACHED_BYTES:
                _, dropped = self._parts.popitem(last=False)
                self._part_bytes -= len(dropped)
        else:
            self._parts.move_to_end(key)
        return part

    def _long_text(self, values: dict[str, object]) -> tuple[FileRef, bytes] | None:
        """A text too long for a mail leaves an excerpt in `values` and becomes a file."""
        item = values.get("item")
        text = item.get("text") if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or not isinstance(text, str) or len(text) < LONG_TEXT // 6:
            return None
        if len(escape(text).encode("utf-8", "replace")) <= LONG_TEXT:
            return None
        data = ("\ufeff" + message.plain_lines(text).replace("\n", "\r\n")).encode()
        cut = text[:EXCERPT]
        values["item"] = {**item, "text": (cut.rpartition("\n")[0] or cut) + "\n…"}
        name = f"{item.get('ref', 'haber')}-metin.txt"
        return FileRef(name, "text/plain", len(data), digest_of(data)), data


_ASKING = frozenset({Purpose.ASK, Purpose.REMINDER, Purpose.ASK_BACK, Purpose.CHOICE})
