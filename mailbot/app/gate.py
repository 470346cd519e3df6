"""The last look before a mail leaves: is it wanted still, and does it carry exactly what was approved?"""

from __future__ import annotations

import hashlib
from email import message_from_bytes, policy
from email.message import EmailMessage

from mailbot.core.advance import gate_troubles
from mailbot.core.item import GRANTED, FileRef, Item, Version
from mailbot.core.outcome import Purpose
from mailbot.core.scene import Scene
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
        difference = content_difference(message, version)
        if difference:
            troubles.append(difference)
    return " ".join(troubles) or None


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def content_difference(message: bytes, version: Version) -> str | None:
    """What in a rendered mail is not the version: its text, or an attachment by digest."""
    parsed = message_from_bytes(message, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    body = parsed.get_body(("plain",))
    text = _squeezed(str(body.get_content())) if body is not None else ""
    for name in ("title", "text"):
        value = version.bound.get(name, "")
        if isinstance(value, str) and _squeezed(value) not in text and _squeezed(value) not in str(parsed["Subject"]):
            return f"İletideki metin, onaylanan Sürüm {version.number} ile aynı değil."
    attached = {
        hashlib.sha256(part.get_payload(decode=True) or b"").hexdigest()  # type: ignore[arg-type]
        for part in parsed.iter_attachments()
    }
    approved = {
        str(file.digest)
        for value in version.bound.values()
        if isinstance(value, tuple)
        for file in value
        if isinstance(file, FileRef)
    }
    if not attached <= approved:
        return "İletide onaylanmamış bir ek var."
    if not approved <= attached:
        return "Onaylanan eklerden biri iletide yok."
    return None
