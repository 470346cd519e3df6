"""Messages built by hand: every byte is ours, so copies are cheap and nothing can slip into a header.

RFC 5322 (format), 2045 to 2047 (MIME), 2231 (file names), 3834 (Auto-Submitted), 2369 and 2919 (lists).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from mailbot.core.item import FileRef
from mailbot.core.leaving import SUBJECT
from mailbot.core.outcome import Purpose
from mailbot.core.values import MessageId

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,60}/[A-Za-z0-9][A-Za-z0-9.+_-]{0,80}")
_ENCODED_BYTES = 42
"""UTF-8 bytes of one encoded word: with its frame under 75 characters (RFC 2047, 2)."""


def one_line(text: str, limit: int = 300) -> str:
    """`text` as it may stand in a header: no line break, no control or invisible direction character."""
    text = " ".join(_UNPRINTABLE.sub(" ", text.encode("utf-8", "replace").decode()).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain_lines(text: str) -> str:
    """`text` with "\\n" alone as line break and without other control characters."""
    text = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text)


def encoded(text: str) -> str:
    """`text` as unstructured header content: itself where it is short ASCII, else encoded words."""
    if text.isascii() and len(text) <= 66 and "=?" not in text:
        return text
    words: list[str] = []
    chunk = b""
    for character in text:
        raw = character.encode()
        if len(chunk) + len(raw) > _ENCODED_BYTES:
            words.append(base64.b64encode(chunk).decode())
            chunk = b""
        chunk += raw
    words.append(base64.b64encode(chunk).decode())
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in words)


def mailbox(name: str, address: str) -> str:
    """A display name and an addr-spec (RFC 5322, 3.4)."""
    name = one_line(name, 120)
    if not name or name == address:
        return address
    if name.isascii() and "=?" not in name and len(name) < 60:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{address}>'
    return f"{encoded_always(name)}\r\n <{address}>"


def encoded_always(text: str) -> str:
    """Encoded words even for ASCII that a phrase may not hold."""
    found = encoded(text)
    if found.startswith("=?utf-8?b?"):
        return found
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


def identifiers(ids: Iterable[MessageId]) -> list[MessageId]:
    """The Message-IDs that may stand in a header: foreign ones come from strangers."""
    return [i for i in ids if i.isascii() and i.isprintable() and " " not in i and len(i) <= 900]


_SUPPRESS_ASK = "AutoReply, RN, NRN"
"""Never "All": it would suppress delivery reports (MS-OXCMAIL)."""
_SUPPRESS = "OOF, AutoReply, RN, NRN"


def purpose_headers(purpose: Purpose, *, answering: bool) -> list[str]:
    """What tells machines how to treat the mail. Asks carry no Auto-Submitted: absences are news to us."""
    match purpose:
        case Purpose.ASK | Purpose.REMINDER | Purpose.ASK_BACK | Purpose.CHOICE | Purpose.ERRAND:
            return [f"X-Auto-Response-Suppress: {_SUPPRESS_ASK}"]
        case Purpose.RELEASE | Purpose.TASK:
            kind = "auto-generated"
        case Purpose.STAFF | Purpose.NOTICE | Purpose.REFUSAL:
            kind = "auto-replied" if answering or purpose is not Purpose.STAFF else "auto-generated"
    return [f"Auto-Submitted: {kind}", f"X-Auto-Response-Suppress: {_SUPPRESS}"]


def list_headers(list_id: str, name: str, address: str) -> list[str]:
    """A distribution names itself and a way out (RFC 2919, 2369).

    The way out is a mail that says which list and, by its sender, which address; staff take it off.
    """
    local, _, domain = address.partition("@")
    way_out = f"mailto:{quote(local)}@{domain}?subject=" + quote(f"{SUBJECT} ({list_id})", safe="")
    return [
        f"List-Id: {encoded_always(one_line(name, 80))}\r\n <{list_id}.{domain}>",
        f"List-Unsubscribe: <{way_out}>",
    ]


def thread_headers(reply_to: MessageId | None, references: Sequence[MessageId]) -> list[str]:
    """In-Reply-To and References (RFC 5322, 3.6.4); the oldest and the newest where there are many."""
    known = identifiers(dict.fromkeys((*references, *((reply_to,) if reply_to else ()))))
    if not known:
        return []
    last = reply_to if reply_to in known else known[-1]
    kept = known if len(known) <= 20 else [known[0], *known[-19:]]
    return [f"In-Reply-To: {last}", "References: " + "\r\n ".join(kept)]


def date_header(now: datetime) -> str:
    return "Date: " + format_datetime(now)


def _text_part(kind: str, text: str) -> bytes:
    """A text part, quoted-printable even for ASCII, so that no relay encodes it again."""
    raw = text.replace("\n", "\r\n").encode()
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + binascii.b2a_qp(raw, istext=True) + b"\r\n"


def attachment_part(file: FileRef, data: bytes, charset: str = "") -> bytes:
    """A file as a part, base64. The name stands twice: RFC 2231, and as Outlook reads it."""
    name = one_line(file.name.replace("/", "_").replace("\\", "_"), 80) or "dosya"
    kind = file.content_type if _TYPE.fullmatch(file.content_type) else "application/octet-stream"
    if kind.lower().startswith(("message/", "multipart/")):
        kind = "application/octet-stream"
    parameter = f" charset={charset};" if charset else ""
    head = (
        f'Content-Type: {kind};{parameter}\r\n name="{_quoted_name(name)}"\r\n'
        f"Content-Disposition: attachment;\r\n filename*=utf-8''{quote(name, safe='')}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    ).encode()
    # 57 bytes make one line of 76 characters; encodebytes ends lines with LF alone.
    return head + base64.encodebytes(data).replace(b"\n", b"\r\n")


def _quoted_name(name: str) -> str:
    plain = encoded(name)
    return plain.replace("\\", "").replace('"', "'") if plain == name else plain


def multipart(text: str, html: str, files: Sequence[bytes], digests: Iterable[str]) -> tuple[str, bytes]:
    """The Content-Type value and the body of mixed(alternative(text, html), files).

    The boundary comes from the content: the same mail has the same bytes. "=_" occurs neither in
    quoted-printable nor in base64, so no boundary can stand inside a part.
    """
    plain, rich = _text_part("plain", text), _text_part("html", html)
    named = "".join(digests).encode("utf-8", "replace")
    seed = hashlib.sha256(plain + rich + named).hexdigest()
    inner, outer = f"=_a{seed[:30]}", f"=_m{seed[30:60]}"
    alternative = b"".join((
        f"--{inner}\r\n".encode(), plain, f"--{inner}\r\n".encode(), rich, f"--{inner}--\r\n".encode(),
    ))  # fmt: skip
    if not files:
        return f'multipart/alternative;\r\n boundary="{inner}"', alternative
    pieces = [
        f'--{outer}\r\nContent-Type: multipart/alternative;\r\n boundary="{inner}"\r\n\r\n'.encode(),
        alternative,
    ]
    for file in files:
        pieces += [f"--{outer}\r\n".encode(), file]
    pieces.append(f"--{outer}--\r\n".encode())
    return f'multipart/mixed;\r\n boundary="{outer}"', b"".join(pieces)
