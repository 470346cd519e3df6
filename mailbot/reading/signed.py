"""What an S/MIME signature of a whole letter covers (RFC 8551, 3.5; RFC 1847, 2.1): cut out, not verified.

Only a signature of the whole body counts. One inside another multipart leaves room beside it for words
that nobody signed.
"""

from __future__ import annotations

import re
from email import message_from_bytes

from mailbot.core.letter import Signed

SIGNATURE = ("application/pkcs7-signature", "application/x-pkcs7-signature")
OPAQUE = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_MAYBE = re.compile(rb"pkcs7-(?:signature|mime)", re.IGNORECASE)
MAX_SIGNATURE = 200_000
"""Bytes of a detached signature with its chain of certificates; honest ones have 2 to 20 kB."""


def signed_of(raw: bytes) -> Signed | None:
    """The signed entity of the letter `raw` and its signature; None where it is not signed as a whole."""
    if not _MAYBE.search(raw):
        return None
    head, blank, body = re.sub(rb"\r?\n", b"\r\n", raw).partition(b"\r\n\r\n")
    top = message_from_bytes(head + blank)
    kind = top.get_content_type()
    if kind in OPAQUE:
        data = _decoded(head + blank + body)
        return Signed(None, data) if data else None
    if kind != "multipart/signed" or not isinstance(boundary := top.get_boundary(), str):
        return None
    line = rb"(?:\A|\r\n)--" + re.escape(boundary.encode("ascii", "replace")) + rb"(--)?[ \t]*(?=\r\n|\Z)"
    marks = [found for _, found in zip(range(4), re.finditer(line, body), strict=False)]
    if [bool(mark[1]) for mark in marks] != [False, False, True]:
        return None
    content = body[marks[0].end() + 2 : marks[1].start()]
    second = body[marks[1].end() + 2 : marks[2].start()]
    if message_from_bytes(second[:2000]).get_content_type() not in SIGNATURE:
        return None
    data = _decoded(second)
    return Signed(content, data) if data and len(data) <= MAX_SIGNATURE else None


def _decoded(part: bytes) -> bytes | None:
    data = message_from_bytes(part).get_payload(decode=True)
    return data if isinstance(data, bytes) and data else None
