"""Bytes to Turkish text where the label of the charset lies (and it often does).

Measured on Turkish mails: single-byte labels mean windows-1254 or are really UTF-8, and UTF-8 is the
one charset that proves itself.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re

# Only these are decoded under their own name: Python also knows codecs that are no charsets or that
# take quadratic time (punycode, idna).
_OWN = re.compile(
    r"(?:windows|cp)-?125[0135678]|iso-8859-(?:[2-8]|1[0-6])|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|"
    r"iso-2022-(?:jp|kr)|euc-(?:jp|kr)|utf-?16(?:[lb]e)?|utf-?32(?:[lb]e)?|utf-?7|ibm857|cp857|mac-?turkish"
)


def _clean(text: str) -> str:
    """Without NUL and byte order marks. Not `str.translate`, which took a third of a letter's parsing."""
    return text.replace("\x00", "").replace("\ufeff", "")


def decode(data: bytes, label: str | None) -> tuple[str, bool]:
    """The text of `data` under the charset `label`, and whether the label told the truth.

    Never raises: what no rule explains is read as windows-1254 with replacement characters.
    """
    if data.isascii() and b"\x1b" not in data and (not label or not _OWN.fullmatch(label.strip().lower())):
        return _clean(data.decode("ascii")), True
    name = (label or "").strip(" \t\"'").lower().partition("*")[0]
    if _OWN.fullmatch(name):
        try:
            return _clean(data.decode(name)), True
        except (LookupError, ValueError):
            pass
    try:
        return _clean(data.decode("utf-8")), name in ("utf-8", "utf8")
    except UnicodeDecodeError:
        honest = name in ("windows-1254", "cp1254", "iso-8859-9", "latin5")
        return _clean(data.decode("windows-1254", "replace")), honest


_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,4000})\?=")


def _word_bytes(kind: str, text: str) -> bytes | None:
    data = text.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return quopri.decodestring(data.replace(b"_", b" "), header=True)
    return unbase64(data)


def unbase64(data: bytes | memoryview) -> bytes | None:
    """`data` out of base64, tolerant of missing padding and stray characters; None where hopeless."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
        try:
            return base64.b64decode(clean + b"=" * (-len(clean) % 4))
        except binascii.Error:
            return None


def decode_header(value: str) -> str:
    """A raw header value (surrogates for 8-bit bytes) in one line of text, RFC 2047 words decoded.

    Neighbouring words of one charset are joined before decoding: clients cut between the bytes of a
    letter.
    """
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"), None)[0]
    if "\n" in value or "\r" in value:
        value = re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", value)
    if "=?" in value:
        value = _decode_words(value)
    return "".join(c for c in value if (c >= " " and c != "\x7f") or c == "\t").replace("\t", " ").strip()


def _decode_words(value: str) -> str:
    out: list[str] = []
    place = 0
    run: bytes = b""
    charset = ""

    def flush() -> None:
        nonlocal run
        if run:
            out.append(decode(run, charset)[0])
            run = b""

    for found in _WORD.finditer(value):
        data = _word_bytes(found[2], found[3])
        if data is None:
            continue
        between = value[place : found.start()]
        if between.strip() or found[1].lower() != charset:
            flush()
        if between.strip() or not ((place and out) or run):
            out.append(between)
        charset = found[1].lower()
        run += data
        place = found.end()
    flush()
    out.append(value[place:])
    return "".join(out)
