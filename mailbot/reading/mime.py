"""Raw bytes to a Letter. Total: any bytes give one, and what is wrong with them is named in `defects`.

The only importer of mail-parser. It reads the addresses, with their defects; the body is walked here,
since its `text_plain` holds the text of attached messages too, and reading all of it twice halved the
speed.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from mailparser.utils import get_addresses

from mailbot.core.letter import Attachment, DeliveryStatus, Letter, Mailbox
from mailbot.core.values import Address, Digest, MessageId, digest_of, message_ids
from mailbot.reading import skeleton, tnef
from mailbot.reading.charset import decode, decode_header
from mailbot.reading.cms import signed_content
from mailbot.reading.flowed import unflow
from mailbot.reading.signed import signed_of
from mailbot.reading.skeleton import Skeleton

# It warns of every image, on the service's own log.
logging.getLogger("mailparser").setLevel(logging.CRITICAL)

MAX_BODY = 1_000_000
"""Characters of a body that are kept."""
_MAX_VALUE = skeleton.MAX_FIELD
_MAX_NAME = 200


def hostile(raw: bytes) -> str | None:
    """Why these bytes should not be parsed at all (the cap that they break), or None. Linear time."""
    return skeleton.over_limit(_plain_line_ends(raw))


def parse(raw: bytes) -> Letter:
    """The letter that `raw` is. Never raises.

    Over a cap the letter has headers only and the defect `over-limit:<what>`; where the parser
    breaks down, `malformed`.
    """
    digest = digest_of(raw)
    lines = _plain_line_ends(raw)
    bones = skeleton.split(lines, digest)
    if isinstance(bones, str):
        return _headers_only(raw, digest, f"over-limit:{bones}")
    try:
        message: Message[Any, Any] = message_from_bytes(bones.bones)
        content = _Content(bones)
        content.walk(message)
        defects = ("lone-cr",) if lines is not raw else ()
        return _letter(raw, digest, list(message.raw_items()), message, content, defects)
    except Exception:  # any bytes: the bytes are kept, the letter is set aside
        return _headers_only(raw, digest, "malformed")


def _plain_line_ends(raw: bytes) -> bytes:
    """`raw` with lone carriage returns, which parsers take for line ends, made line feeds."""
    if b"\r" in raw and raw.count(b"\r") != raw.count(b"\r\n"):
        return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def _headers_only(raw: bytes, digest: Digest, defect: str) -> Letter:
    """A letter from the first 64 kB of the header block, without body."""
    block = re.split(rb"\r?\n\r?\n", raw[: skeleton.MAX_FIELD], maxsplit=1)[0].decode(
        "utf-8", "surrogateescape"
    )
    fields: list[tuple[str, str]] = []
    for line in re.split(r"\r?\n", block)[:500]:
        if line[:1] in (" ", "\t") and fields:
            if len(fields[-1][1]) < 4_000:
                fields[-1] = (fields[-1][0], fields[-1][1] + "\n" + line[:4_000])
        elif ":" in line[:100]:
            name, _, value = line.partition(":")
            fields.append((name.strip(), value.strip()[:4_000]))
    try:
        return _letter(raw, digest, fields, None, None, (defect,))
    except Exception:  # nothing in the headers may cost the letter
        return _letter(raw, digest, [], None, None, (defect, "bad-headers"))


_MARKS = frozenset(
    {"from", "to", "subject", "date", "message-id", "received", "content-type", "mime-version"}
)
"""Without any of these the bytes are no mail at all."""
# RFC 2047 gives encoded words no meaning in trace fields. Decoding them would let a sender write our
# server's name into a stamp where the server's own filter does not see it.
_TRACE = frozenset({"authentication-results", "received"})


def _value(name: str, value: str) -> str:
    """The value of a header as the Letter carries it: in one line, decoded unless it is a trace field."""
    return " ".join(value[:_MAX_VALUE].split()) if name in _TRACE else decode_header(value[:_MAX_VALUE])


def _letter(
    raw: bytes,
    digest: Digest,
    fields: list[tuple[str, str]],
    message: Message[Any, Any] | None,
    content: _Content | None,
    defects: tuple[str, ...],
) -> Letter:
    found = list(defects)
    headers = tuple(
        (name.lower(), _value(name.lower(), str(value))) for name, value in fields[: skeleton.MAX_HEADERS]
    )
    named: dict[str, list[str]] = {}
    for name, value in fields:
        named.setdefault(name.lower(), []).append(str(value)[:_MAX_VALUE])

    from_, bad = _mailboxes(named.get("from", ()))
    found += ["bad-from"] * bad
    if len(from_) > 1 or len(named.get("from", ())) > 1:
        found.append("two-from")
    if not from_:
        found.append("no-from")
    senders = _mailboxes(named.get("sender", ())[:1])[0]
    if len(named.get("subject", ())) > 1:
        found.append("two-subjects")
    ids = message_ids(" ".join(named.get("message-id", ())))
    if len(ids) > 1 or len(named.get("message-id", ())) > 1:
        found.append("two-message-ids")
    if not ids:
        found.append("no-message-id")
    date = _date(named.get("date", ())[:1])
    if date is None:
        found.append("no-date" if "date" not in named else "bad-date")
    if not _MARKS.intersection(named):
        found.append("no-headers")
    content = content or _Content(Skeleton(b"", b"", {}))
    content.finish()
    return Letter(
        digest=digest,
        size=len(raw),
        message_id=ids[0] if ids else None,
        in_reply_to=message_ids(" ".join(named.get("in-reply-to", ()))),
        references=message_ids(" ".join(named.get("references", ()))),
        date=date,
        subject=next((value for name, value in headers if name == "subject"), ""),
        from_=from_,
        sender=senders[0] if senders else None,
        reply_to=_mailboxes(named.get("reply-to", ()))[0],
        to=_mailboxes(named.get("to", ()))[0],
        cc=_mailboxes(named.get("cc", ()))[0],
        headers=headers,
        text=content.text,
        html=content.html,
        attachments=tuple(content.attachments),
        attached=tuple(content.attached),
        delivery=tuple(content.delivery),
        report_type=content.report_type,
        original_id=content.original_id,
        content_type=message.get_content_type() if message is not None else "text/plain",
        calendar_method=content.calendar_method,
        signed=signed_of(raw) if message is not None else None,
        defects=tuple(dict.fromkeys(found + content.defects)),
    )


def _mailboxes(values: Iterable[str]) -> tuple[tuple[Mailbox, ...], bool]:
    """Every mailbox of these address headers, and whether something in them was no address."""
    result: list[Mailbox] = []
    bad = False
    for value in values:
        plain = value if value.isascii() else decode(value.encode("utf-8", "surrogateescape"), None)[0]
        problems: list[dict[str, Any]] = []
        for name, text in get_addresses(plain, defects=problems):
            address = Address.parse(text)
            if address is None:
                bad = bad or bool(text)
            else:
                result.append(Mailbox(decode_header(name), address))
        bad = bad or any(not problem.get("recovered") for problem in problems)
    return tuple(result), bad


def _date(values: Iterable[str]) -> datetime | None:
    for value in values:
        try:
            date = parsedate_to_datetime(value[:200])
            date = date if date.tzinfo else date.replace(tzinfo=UTC)
            date.astimezone(UTC)
            return date
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None


@dataclass(slots=True)
class _Piece:
    """One stretch of the body, in the forms in which it was sent."""

    text: str | None = None
    html: str | None = None


@dataclass(slots=True)
class _Content:
    """What a walk over the parts collects."""

    bones: Skeleton
    pieces: list[_Piece] = field(default_factory=list)
    text: str | None = None
    html: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
    attached: list[bytes] = field(default_factory=list)
    delivery: list[DeliveryStatus] = field(default_factory=list)
    report_type: str | None = None
    original_id: MessageId | None = None
    calendar_method: str | None = None
    defects: list[str] = field(default_factory=list)
    cids: dict[int, str] = field(default_factory=dict)
    winmail: tnef.Unpacked | None = None
    opened: bool = False
    """An opaque S/MIME signature was opened; one inside another is left to a person."""

    def walk(self, part: Message[Any, Any]) -> None:
        """Collects `part` and everything in it."""
        kind = part.get_content_type()
        if kind.startswith("multipart/") and part.is_multipart():
            self._multipart(part, kind)
        elif kind == "message/delivery-status":
            self.delivery += [status for block in _blocks(part) if (status := _status(block)) is not None]
        elif kind.startswith("message/") and part.is_multipart():
            self._message(part, kind)
        else:
            self._leaf(part, kind)

    def _multipart(self, part: Message[Any, Any], kind: str) -> None:
        if kind == "multipart/report":
            self.report_type = _parameter(part, "report-type").lower() or None
        if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects):
            self.defects.append("cut-off")
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        if kind != "multipart/alternative":
            for child in children:
                self.walk(child)
            return
        before = self.pieces
        joint = _Piece()
        for child in children:
            self.pieces = []
            self.walk(child)
            text = _joined(piece.text for piece in self.pieces)
            page = (
                _joined(_as_html(piece) for piece in self.pieces)
                if any(p.html for p in self.pieces)
                else None
            )
            joint.text = text if joint.text is None else joint.text
            joint.html = page if joint.html is None else joint.html
        self.pieces = [*before, joint]

    def _message(self, part: Message[Any, Any], kind: str) -> None:
        inner = part.get_payload(0)
        if not isinstance(inner, Message):
            return
        if kind == "message/disposition-notification":
            ids = message_ids(str(inner.get("Original-Message-ID", "")))
            self.original_id = self.original_id or (ids[0] if ids else None)
            return
        if self.report_type is not None:
            ids = message_ids(str(inner.get("Message-ID", "")))
            self.original_id = self.original_id or (ids[0] if ids else None)
        self.attached.append(self.bones.restored(inner.as_bytes()))

    def _leaf(self, part: Message[Any, Any], kind: str) -> None:
        data = self._data(part)
        disposition = str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()
        name = file_name(part)
        if kind == "text/rfc822-headers":
            ids = message_ids(_id_line(data))
            self.original_id = self.original_id or (ids[0] if ids else None)
            return
        if kind == "text/calendar":
            method = _parameter(part, "method") or _calendar_method(data)
            self.calendar_method = self.calendar_method or method.upper() or None
        if kind in ("text/plain", "text/html") and disposition != "attachment" and not name:
            self.pieces.append(self._body(part, kind, data))
            return
        if kind == "text/vnd.google.email-reaction+json":
            return  # the same symbol stands in the text and HTML beside it
        if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
            if self._signed(data):
                return
            self.defects.append("smime-opaque")
        if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat":
            if self.winmail is None and (unpacked := tnef.unpack(data)) is not None:
                self.winmail = unpacked
                return
            self.defects.append("winmail")
        cid = str(part.get("Content-ID", "")).strip().strip("<>")
        if cid and disposition != "attachment":
            self.cids[len(self.attachments)] = cid
        self.attachments.append(Attachment(name, kind, len(data), digest_of(data), data))

    def _signed(self, data: bytes) -> bool:
        """Collects what an opaque S/MIME signature encloses; False where it cannot be read."""
        inner = signed_content(data)
        if inner is None or self.opened or skeleton.over_limit(inner) is not None:
            return False
        self.opened = True
        self.walk(message_from_bytes(inner))
        return True

    def _take_winmail(self, winmail: tnef.Unpacked) -> None:
        """The body and the files of a winmail.dat, beside the text that a server may have made of it."""
        has_text = any(piece.text and piece.text.strip() for piece in self.pieces)
        if any(piece.html and piece.html.strip() for piece in self.pieces):
            self.defects.append("winmail")
            return
        form = _Piece(
            text=winmail.text.replace("\r\n", "\n").replace("\r", "\n")[:MAX_BODY] if winmail.text else None,
            html=winmail.html[:MAX_BODY] if winmail.html else None,
        )
        if not has_text:
            self.pieces = [form]
        else:
            text = _joined(piece.text for piece in self.pieces)
            self.pieces = [_Piece(text=text, html=_as_html(form))]
        for name, data in winmail.files:
            clean = clean_name(name)
            kind = "application/octet-stream"
            self.attachments.append(Attachment(clean, kind, len(data), digest_of(data), data))

    def _data(self, part: Message[Any, Any]) -> bytes:
        """The decoded bytes of a leaf, lifted or not."""
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        try:
            payload = part.get_payload()
        except (LookupError, ValueError):  # the library decodes 8-bit text under the label, whatever that is
            payload = ""
        lifted = self.bones.body(payload, encoding) if isinstance(payload, str) else b""
        if lifted is not None:
            return lifted
        plain = part.get_payload(decode=True)
        return plain if isinstance(plain, bytes) else b""

    def _body(self, part: Message[Any, Any], kind: str, data: bytes) -> _Piece:
        label = _parameter(part, "charset") or None
        if len(data) > 4 * MAX_BODY:
            data = data[: 4 * MAX_BODY]
            self.defects.append("long-body")
        text, honest = decode(data, label)
        if not honest:
            self.defects.append("bad-charset")
        text = text.replace("\r\n", "\n").replace("\r", "\n")[:MAX_BODY]
        if kind == "text/html":
            return _Piece(html=text)
        if _parameter(part, "format").lower() == "flowed":
            text = unflow(text, delsp=_parameter(part, "delsp").lower() == "yes")
        return _Piece(text=text)

    def finish(self) -> None:
        """Joins the pieces and marks the attachments that the HTML shows."""
        if self.winmail is not None:
            self._take_winmail(self.winmail)
        self.text = _joined(piece.text for piece in self.pieces)
        if any(piece.html is not None for piece in self.pieces):
            self.html = _joined(_as_html(piece) for piece in self.pieces)
        for number, cid in self.cids.items():
            if self.html and f"cid:{cid}" in self.html:
                old = self.attachments[number]
                self.attachments[number] = Attachment(
                    old.name, old.content_type, old.size, old.digest, old.data, inline=True
                )


def _joined(texts: Iterable[str | None]) -> str | None:
    present = [text for text in texts if text is not None]
    return "\n".join(present) if present else None


def _as_html(piece: _Piece) -> str | None:
    if piece.html is not None or piece.text is None:
        return piece.html
    return "<div>" + html.escape(piece.text, quote=False).replace("\n", "<br>\n") + "</div>"


def _blocks(part: Message[Any, Any]) -> Iterator[Message[Any, Any]]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload[:200] if isinstance(block, Message))


def _status(block: Message[Any, Any]) -> DeliveryStatus | None:
    """The per-recipient fields of one block (RFC 3464, 2.3); None for the per-message block."""

    def value(name: str) -> str:
        return decode_header(str(block.get(name, ""))[:2_000])

    recipient = value("Final-Recipient") or value("Original-Recipient")
    if not recipient and not value("Action"):
        return None
    address = Address.parse(recipient.rpartition(";")[2].strip().strip("<>"))
    return DeliveryStatus(
        address, value("Action").lower(), value("Status").split(" ")[0], value("Diagnostic-Code")
    )


def _id_line(data: bytes) -> str:
    found = re.search(rb"(?im)^message-id:((?:[^\n]|\n[ \t]){0,998})", data)
    return found[1].decode("ascii", "replace") if found else ""


def _calendar_method(data: bytes) -> str:
    found = re.search(rb"(?im)^METHOD:([A-Z]{1,20})", data[:20_000])
    return found[1].decode("ascii") if found else ""


def _parameter(part: Message[Any, Any], name: str) -> str:
    """A parameter of Content-Type as text, "" where absent."""
    value = part.get_param(name)
    return _parameter_text(value)


def _parameter_text(value: object) -> str:
    if isinstance(value, tuple) and len(value) == 3:  # RFC 2231: charset, language, bytes as latin-1
        return decode(str(value[2]).encode("latin-1", "replace"), value[0] or None)[0]
    return decode_header(value) if isinstance(value, str) else ""


def file_name(part: Message[Any, Any]) -> str:
    """The file name of a part (RFC 2183, 2231, 2047), clean; "" where it has none."""
    value = part.get_param("filename", header="content-disposition") or part.get_param("name")
    return clean_name(_parameter_text(value))


def clean_name(name: str) -> str:
    """`name` without path, control and direction characters, of bounded length."""
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", name).strip().strip(".")
    if len(name) > _MAX_NAME:
        stem, dot, extension = name.rpartition(".")
        name = stem[: _MAX_NAME - 12] + dot + extension[:10] if dot else name[:_MAX_NAME]
    return name
