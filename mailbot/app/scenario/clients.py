"""Mails as people's programs write them: bytes on the wire, not values."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

from mailbot.adapters import made as build
from mailbot.core.values import digest_of
from mailbot.core.worktime import ISTANBUL

_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "txt": "text/plain",
    "eml": "message/rfc822",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_SIGNATURE = "\n\n-- \nBu ileti kişiye özeldir.\nTel: 0258 000 00 00"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to send."""

    sender: str
    name: str
    to: Sequence[str]
    cc: Sequence[str]
    subject: str
    body: str
    at: datetime
    message_id: str
    files: Sequence[str] = ()
    answered: EmailMessage | None = None
    options: frozenset[str] = frozenset()
    headers: Mapping[str, str] | None = None
    papers: Mapping[str, Sequence[str]] | None = None
    """Paragraphs of attached documents, and names in attached archives."""


def parsed(raw: bytes) -> EmailMessage:
    """A mail on the wire as the standard library reads it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    """The plain text that a reader sees."""
    body = message.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def file_bytes(name: str, papers: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A made-up file: its bytes follow from its name, and from the rows that the scenario gives it."""
    ending = name.rpartition(".")[2]
    rows = (papers or {}).get(name, ())
    if ending in ("jpg", "png"):
        colour = tuple(digest_of(name.encode()).encode()[:3])
        made = build.photo(
            kind={"jpg": "JPEG", "png": "PNG"}[ending],
            colour=(colour[0], colour[1], colour[2]),
            placed=name.startswith("konumlu"),
        )
        return made[:200] if name.startswith("bozuk") else made
    if ending == "zip":
        return build.zipped({inner: file_bytes(inner, papers) for inner in rows})
    if ending == "docx":
        return _docx(rows)
    if ending == "odt":
        return build.odt("".join(f"<text:p>{html.escape(row)}</text:p>" for row in rows))
    if ending == "rtf":
        return build.rtf(*rows)
    if ending == "txt":
        return "\r\n\r\n".join(rows).encode()
    if ending == "pdf":
        return build.pdf(list(rows))
    if ending == "eml":
        head = "From: ada@denizli-ism.example\r\nSubject: Haber metni\r\n"
        return (head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + "\r\n".join(rows)).encode()
    return name.encode() * 50


_MARKED = re.compile(r"(\[-.*?-\]|\[\+.*?\+\]|\[\*.*?\*\])")


def _docx(rows: Sequence[str]) -> bytes:
    """A Word document of these paragraphs, with its tracked changes and comments."""
    comments: list[str] = []

    def piece(text: str) -> str:
        words = text[2:-2]
        if text.startswith("[-") and text.endswith("-]"):
            return build.deleted(words)
        if text.startswith("[+") and text.endswith("+]"):
            return build.inserted(words)
        if text.startswith("[*") and text.endswith("*]"):
            comments.append(words)
            number = len(comments) - 1
            return f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        return build.run(text)

    paragraphs = [build.paragraph(*(piece(part) for part in _MARKED.split(row) if part)) for row in rows]
    said = "".join(
        f'<w:comment w:id="{number}" w:author="Ece Taslak">{build.paragraph(words)}</w:comment>'
        for number, words in enumerate(comments)
    )
    more = {"word/comments.xml": build.word_part("comments", said)} if comments else None
    return build.docx(*paragraphs, more=more)


def encoded(text: str) -> str:
    """A header's text as encoded words (RFC 2047), line breaks and all."""
    words, chunk = [], ""
    for character in text:
        if len((chunk + character).encode()) > 42:
            words.append(chunk)
            chunk = ""
        chunk += character
    words.append(chunk)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word.encode()).decode()}?=" for word in words)


def _quote(draft: Draft) -> str:
    answered = draft.answered
    if answered is None or draft.options & {"alıntısız", "anahtarsız", "kayıtsız"}:
        return ""
    text = text_of(answered)
    when = draft.at.astimezone(ISTANBUL)
    if "outlook" in draft.options:
        return (
            "________________________________\n"
            f"Gönderen: {answered['From']}\nGönderildi: {when:%d.%m.%Y %H:%M}\n"
            f"Kime: {answered['To']}\nKonu: {answered['Subject']}\n\n{text}"
        )
    lines = "\n".join(f"> {line}" for line in text.splitlines())
    return f"{when:%d.%m.%Y %H:%M} tarihinde {answered['From']} şunu yazdı:\n{lines}"


def _plain(draft: Draft) -> str:
    quote = _quote(draft)
    words = draft.body + (_SIGNATURE if "imzalı" in draft.options else "")
    parts = (quote, words) if "alta" in draft.options else (words, quote)
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(draft: Draft) -> str:
    def paragraphs(text: str) -> str:
        return "".join(f"<p>{html.escape(line) or '&nbsp;'}</p>" for line in text.splitlines())

    quote = ""
    if draft.answered is not None and not draft.options & {"alıntısız", "anahtarsız", "kayıtsız"}:
        quote = (
            f'<div class="gmail_quote"><div class="gmail_attr">{html.escape(str(draft.answered["From"]))} '
            'şunu yazdı:</div><blockquote class="gmail_quote">'
            f"{paragraphs(text_of(draft.answered))}</blockquote></div>"
        )
    return f"<html><body><div>{paragraphs(draft.body)}</div>{quote}</body></html>"


def bytes_of(draft: Draft) -> bytes:
    """The draft on the wire."""
    content = EmailMessage(policy=policy.SMTP)
    if "html" in draft.options:
        content.set_content(_html(draft), subtype="html", cte="base64")
    else:
        content.set_content(_plain(draft), cte="base64")
    for name in draft.files:
        main, _, sub = _TYPES.get(name.rpartition(".")[2], "application/octet-stream").partition("/")
        data = file_bytes(name, draft.papers)
        if main == "message":
            content.add_attachment(parsed(data))
        else:
            content.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if "büyük" in draft.options:
        content.add_attachment(b"\0" * 31_000_000, maintype="video", subtype="mp4", filename="film.mp4")
    head = [
        f"From: {encoded(draft.name)} <{draft.sender}>" if draft.name else f"From: {draft.sender}",
        f"To: {', '.join(draft.to)}",
        *([f"Cc: {', '.join(draft.cc)}"] if draft.cc else []),
        f"Subject: {encoded(draft.subject)}",
        f"Date: {format_datetime(draft.at.astimezone(ISTANBUL))}",
        f"Message-ID: {draft.message_id}",
        *_thread(draft),
        *(f"{name}: {value}" for name, value in (draft.headers or {}).items()),
    ]
    return ("\r\n".join(head) + "\r\n").encode() + content.as_bytes()


def _thread(draft: Draft) -> list[str]:
    answered = draft.answered
    if answered is None or draft.options & {"anahtarsız", "kayıtsız"}:
        return []
    if "outlook" in draft.options:
        return ["Thread-Index: AdxGaWxlZGJ5T3V0bG9va1RodW1i"]
    known = " ".join(filter(None, (str(answered["References"] or ""), str(answered["Message-ID"]))))
    return [f"In-Reply-To: {answered['Message-ID']}", f"References: {' '.join(known.split())}"]


def answer_subject(answered: EmailMessage, options: frozenset[str]) -> str:
    """The subject that a mail program proposes for the answer."""
    subject = " ".join(str(answered["Subject"]).split())
    if "kayıtsız" in options:
        return "Haber hakkında"
    if "anahtarsız" in options:
        subject = re.sub(r"\[[^\]]*\]\s*", "", subject)
    return f"YNT: {subject}"


def report(original: bytes, recipient: str, unit: str, reason: str, at: datetime) -> bytes:
    """A delivery report of failure (RFC 3464), as a mail server writes it."""
    head = original.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    edge = "=_rapor"
    return "\r\n".join(
        (
            "From: Mail Delivery System <MAILER-DAEMON@mx.denizli-ism.example>",
            f"To: {unit}",
            "Subject: Undelivered Mail Returned to Sender",
            f"Date: {format_datetime(at.astimezone(ISTANBUL))}",
            f"Message-ID: <rapor.{abs(hash((recipient, reason)))}@mx.denizli-ism.example>",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            f'Content-Type: multipart/report; report-type=delivery-status; boundary="{edge}"',
            "",
            f"--{edge}",
            "Content-Type: text/plain; charset=utf-8",
            "",
            f"<{recipient}>: {reason}",
            f"--{edge}",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.denizli-ism.example",
            "",
            f"Final-Recipient: rfc822; {recipient}",
            "Action: failed",
            f"Status: {reason.split(maxsplit=1)[0]}",
            f"Diagnostic-Code: smtp; 550 {reason}",
            f"--{edge}",
            "Content-Type: text/rfc822-headers",
            "",
            head,
            f"--{edge}--",
            "",
        )
    ).encode()
