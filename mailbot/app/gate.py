"""The last look before a mail leaves: is it wanted still, and does it carry exactly what was approved?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from html import unescape

from mailbot.core.advance import gate_troubles
from mailbot.core.item import GRANTED, FileRef, Item, Version
from mailbot.core.mailvalues import load_of, photos_of
from mailbot.core.outcome import Purpose
from mailbot.core.scene import Scene
from mailbot.core.values import Digest, ItemRef
from mailbot.ports.store import Delivery


def unwanted(item: Item, mail: Delivery) -> str | None:
    """Why an ask or a reminder need not go any more (the answer came first), or None."""
    if mail.purpose not in (Purpose.ASK, Purpose.REMINDER, Purpose.ASK_BACK):
        return None
    if not item.open:
        return "kayıt kapandı"
    current = item.version.number if item.version else None
    if mail.version is not None and mail.version != current:
        return "sürüm değişti"
    ask = item.ask_of(mail.office, mail.version) if mail.office and mail.version else None
    if ask is not None and ask.state in GRANTED:
        return "yanıt önce geldi"
    return None


def blocked(scene: Scene, item: Item, mail: Delivery, message: bytes) -> str | None:
    """Why a gated mail must not leave, or None.

    The version's digest, the approvals, and the rendered text and attachments are compared again.
    """
    if mail.gate is None:
        return None
    troubles = list(gate_troubles(scene, item))
    version = item.version
    if version is None or version.digest != mail.gate:
        troubles.append("İleti, onaylanan sürümden önce hazırlanmış.")
    elif not troubles:
        carrying = all(t.carry for s in scene.workflow.stages for t in s.tell if t.template == mail.template)
        told = any(n.template == mail.template for s in scene.workflow.stages for n in s.notices)
        if carrying and not told:
            difference = content_difference(message, version, load_of(scene.book, version.bound).left)
        else:
            difference = notice_difference(message, version)
        if difference:
            troubles.append(difference)
    return " ".join(troubles) or None


_OF_THE_COPY = frozenset({b"to", b"cc", b"date", b"message-id", b"reply-to"})
"""Header fields that differ between the copies of one distribution and say nothing of its content."""
_REMEMBERED = 1000


class Checked:
    """`blocked`, where the parsing of equal copies is done once.

    Remembered is only that the content was right, for exactly this revision of the item, body and all of
    the head that does not differ between copies. Approvals and digests are compared for every mail.
    """

    def __init__(self) -> None:
        self._right: dict[tuple[ItemRef, int, Digest, Digest, bytes], None] = {}

    def blocked(self, scene: Scene, item: Item, mail: Delivery, body: bytes, digest: Digest) -> str | None:
        """Why the gated mail of `mail.head` and `body`, whose digest is `digest`, must not leave, or None."""
        if mail.gate is None:
            return None
        key = (item.ref, item.revision, mail.gate, digest, _shared_head(mail.head))
        if key in self._right:
            version = item.version
            troubles = gate_troubles(scene, item)
            if not troubles and version is not None and version.digest == mail.gate:
                return None
        trouble = blocked(scene, item, mail, mail.head + b"\r\n" + body)
        if trouble is None:
            if len(self._right) >= _REMEMBERED:
                self._right.clear()
            self._right[key] = None
        return trouble


def _shared_head(head: bytes) -> bytes:
    """The fields of a head that all copies share, each with its folded lines."""
    fields = re.split(rb"\r\n(?![ \t])", head)
    return b"\r\n".join(f for f in fields if f.partition(b":")[0].lower() not in _OF_THE_COPY)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _said(part: MIMEPart | None) -> str:
    """The words of a text part, without markup and with single spaces."""
    if part is None:
        return ""
    text = str(part.get_content())
    if part.get_content_type() == "text/html":
        text = unescape(re.sub(r"<[^<>]{0,4000}>", " ", re.sub(r"(?s)<(style|head)\b.*?</\1>", " ", text)))
    return _squeezed(text)


_LISTED = 60
"""Photographs that a mail lists by name."""


def _captions(version: Version, left: frozenset[str]) -> list[str]:
    photos = [photo for photo in photos_of(version.bound) if photo.digest not in left][:_LISTED]
    return [words for photo in photos for words in (photo.caption, photo.photographer) if words]


def notice_difference(message: bytes, version: Version) -> str | None:
    """What is wrong with a mail that speaks of the version: another title, or an approved file."""
    parsed = message_from_bytes(message, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    title = _squeezed(str(version.bound.get("title", "")))
    bodies = (parsed.get_body(("plain",)), parsed.get_body(("html",)))
    if any(title not in _said(body) for body in bodies if body is not None):
        return f"İletideki konu, onaylanan Sürüm {version.number} ile aynı değil."
    if any(part.get_content_type() != "text/calendar" for part in parsed.iter_attachments()):
        return "İletide onaylanmamış bir ek var."
    return None


def content_difference(message: bytes, version: Version, too_many: Sequence[FileRef] = ()) -> str | None:
    """What in a rendered mail is not the version: its text, in plain and in HTML, or a file by digest.

    `too_many` are photographs that the server's limit leaves no room for: they alone may be missing.
    """
    left = frozenset(str(photo.digest) for photo in too_many)
    parsed = message_from_bytes(message, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    wanted = {
        name: _squeezed(value)
        for name in ("title", "text")
        if isinstance(value := version.bound.get(name, ""), str)
    }
    riding = False
    attached = set()
    for part in parsed.iter_attachments():
        assert isinstance(part, EmailMessage)
        if part.get_content_type() == "text/plain" and _said(part) == wanted.get("text"):
            # A text too long for the body rides as an attachment.
            riding = True
            continue
        data = part.get_payload(decode=True)
        attached.add(hashlib.sha256(data if isinstance(data, bytes) else b"").hexdigest())
    plain, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    subject = _squeezed(str(parsed["Subject"]))
    for body in (plain, html) if html is not None else (plain,):
        said = _said(body)
        if wanted.get("title", "") not in said and wanted.get("title", "") not in subject:
            return f"İletideki başlık, onaylanan Sürüm {version.number} ile aynı değil."
        if not riding and wanted.get("text", "") not in said:
            return f"İletideki metin, onaylanan Sürüm {version.number} ile aynı değil."
        if any(_squeezed(words) not in said for words in _captions(version, left)):
            return "Onaylanan fotoğraf altı yazılardan biri iletide aynı değil."
    approved = {
        str(file.digest)
        for value in version.bound.values()
        if isinstance(value, tuple)
        for file in value
        if isinstance(file, FileRef)
    }
    if not attached <= approved | {str(form.digest) for form in version.forms}:
        return "İletide onaylanmamış bir ek var."
    if not approved - left <= attached:
        return "Onaylanan eklerden biri iletide yok."
    return None
