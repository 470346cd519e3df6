"""The body of a winmail.dat: what Outlook sends instead of MIME to some receivers.

TNEF (MS-OXTNEF) carries MAPI properties; the body is plain text, HTML, or compressed RTF
(MS-OXRTFCP) around either (MS-OXRTFEX). Total and bounded: what is broken or too large gives None,
and a person looks.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_DATA = 30_000_000
MAX_ATTRIBUTES = 2_000
MAX_PROPERTIES = 2_000
MAX_RTF = 400_000
"""Bytes of RTF that are unpacked; a written answer with its quote has far fewer."""
MAX_GROUPS = 30_000
MAX_FILES = 100

_SIGNATURE = 0x223E9F78
_MAPI_PROPS, _BODY, _CODEPAGE = 0x00069003, 0x0002800C, 0x00069007
_FILE_START, _FILE_DATA, _FILE_TITLE, _FILE_PROPS = 0x00069002, 0x0006800F, 0x00018010, 0x00069005
_PR_BODY, _PR_HTML, _PR_RTF, _PR_CPID, _PR_LONG_NAME = 0x1000, 0x1013, 0x1009, 0x3FDE, 0x3707
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_VARIABLE = frozenset({0x1E, 0x1F, 0x0D, 0x102})


@dataclass(slots=True)
class Unpacked:
    """What a winmail.dat holds: body in the forms that it has, and files as (name, bytes)."""

    text: str | None = None
    html: str | None = None
    files: list[tuple[str, bytes]] = field(default_factory=list)


def unpack(data: bytes) -> Unpacked | None:
    """The body and files of a winmail.dat; None where it is broken, too large or without any body."""
    try:
        found = _unpack(data[:MAX_DATA])
    except (struct.error, ValueError, IndexError, OverflowError):
        return None
    has_body = any(form is not None and form.strip() for form in (found.text, found.html))
    return found if has_body else None


def _unpack(data: bytes) -> Unpacked:
    found = Unpacked()
    codepage, rtf = 1254, b""
    html: bytes | str = ""
    for ident, value in _attributes(data):
        if ident == _CODEPAGE and len(value) >= 4:
            codepage = struct.unpack_from("<I", value)[0]
        elif ident == _BODY and found.text is None:
            found.text = _decoded(value, codepage)
        elif ident == _MAPI_PROPS:
            properties = dict(_properties(value))
            cpid = properties.get(_PR_CPID)
            page = _number(cpid, codepage)
            body, html = properties.get(_PR_BODY), properties.get(_PR_HTML) or ""
            if body is not None:
                found.text = body if isinstance(body, str) else _decoded(body, codepage)
            if html:
                found.html = html if isinstance(html, str) else _decoded(html, page)
            packed = properties.get(_PR_RTF)
            rtf = packed if isinstance(packed, bytes) else b""
        elif ident == _FILE_START and len(found.files) < MAX_FILES:
            found.files.append(("", b""))
        elif found.files and ident == _FILE_TITLE:
            found.files[-1] = (found.files[-1][0] or _decoded(value, codepage), found.files[-1][1])
        elif found.files and ident == _FILE_DATA:
            found.files[-1] = (found.files[-1][0], value)
        elif found.files and ident == _FILE_PROPS:
            name = dict(_properties(value)).get(_PR_LONG_NAME)
            if name:
                shown = name if isinstance(name, str) else _decoded(name, codepage)
                found.files[-1] = (shown, found.files[-1][1])
    if rtf and found.html is None:
        page_text, plain = from_rtf(decompress(rtf))
        found.html = page_text
        found.text = found.text if found.text is not None else plain
    return found


def _number(value: bytes | str | None, default: int) -> int:
    return int.from_bytes(value[:4], "little") if isinstance(value, bytes) and len(value) >= 4 else default


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        raise ValueError("not TNEF")
    place = 6
    for _ in range(MAX_ATTRIBUTES):
        if place + 9 > len(data):
            return
        ident, size = struct.unpack_from("<II", data, place + 1)
        if place + 9 + size > len(data):
            raise ValueError("cut off")
        yield ident, data[place + 9 : place + 9 + size]
        place += 9 + size + 2
    raise ValueError("too many attributes")


def _properties(data: bytes) -> Iterator[tuple[int, bytes | str]]:
    """Identifier and first value of each MAPI property; text already decoded where it is Unicode."""
    count = struct.unpack_from("<I", data)[0]
    place = 4
    if count > MAX_PROPERTIES:
        raise ValueError("too many properties")
    for _ in range(count):
        kind, ident = struct.unpack_from("<HH", data, place)
        place += 4
        if ident >= 0x8000:
            named_by, number = struct.unpack_from("<II", data, place + 16)
            place += 24 + (number + -number % 4 if named_by == 1 else 0)
        value, place = _value(data, place, kind)
        yield ident, value


def _value(data: bytes, place: int, kind: int) -> tuple[bytes | str, int]:
    several, kind = bool(kind & 0x1000), kind & 0xEFFF
    values = 1
    if several or kind in _VARIABLE:
        values = struct.unpack_from("<I", data, place)[0]
        place += 4
        if values > MAX_PROPERTIES:
            raise ValueError("too many values")
    first: bytes = b""
    for number in range(values):
        if kind in _VARIABLE:
            size = struct.unpack_from("<I", data, place)[0]
            place += 4
            padded = size + -size % 4
        elif kind in _FIXED:
            size = padded = _FIXED[kind]
        else:
            raise ValueError("unknown type")
        if place + size > len(data):
            raise ValueError("cut off")
        if number == 0:
            first = data[place : place + size]
        place += padded
    if kind == 0x1F:
        return first.decode("utf-16-le", "replace").rstrip("\0"), place
    return first, place


_PAGES = dict.fromkeys((28599, 28591, 20127), "windows-1254") | {65001: "utf-8", 1200: "utf-16-le"}


def _decoded(data: bytes, codepage: int) -> str:
    name = _PAGES.get(codepage, f"cp{codepage}" if 850 <= codepage <= 1258 else "windows-1254")
    data = data.rstrip(b"\0") if name != "utf-16-le" else data
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return data.decode("windows-1254", "replace")


_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def decompress(data: bytes) -> bytes:
    """The RTF in a PR_RTF_COMPRESSED (MS-OXRTFCP 3.1). Raises ValueError where it is broken or too large."""
    packed, raw_size = struct.unpack_from("<II", data)
    if data[8:12] == b"MELA":
        return data[16 : 16 + min(raw_size, MAX_RTF)]
    if data[8:12] != b"LZFu" or raw_size > MAX_RTF:
        raise ValueError("no RTF")
    end = min(len(data), packed + 4)
    # The dictionary of 4,096 bytes is a window over what was written: kept whole, it needs no wrap.
    out = bytearray(_DICTIONARY)
    start, place, full = len(out), 16, len(_DICTIONARY) + raw_size
    while place < end and len(out) < full:
        control = data[place]
        place += 1
        for bit in range(8):
            if not control >> bit & 1:
                if place >= end:
                    break
                out.append(data[place])
                place += 1
                continue
            if place + 1 >= end:
                return bytes(out[start:])
            token = data[place] << 8 | data[place + 1]
            place += 2
            offset, size = token >> 4, (token & 15) + 2
            write = len(out) & 4095
            if offset == write:
                return bytes(out[start:full])
            back = (write - offset) & 4095
            begin = len(out) - back
            if begin < 0:
                raise ValueError("reference before the start")
            for n in range(begin, begin + size):
                out.append(out[n])
    return bytes(out[start:full])


_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|\\([^a-zA-Z])|([{}])|"
    rb"([^\\{}\r\n]{1,4000})|[\r\n]"
)
_SKIPPED = frozenset(
    [b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"listtable",
     b"generator", b"mhtmltag", b"xmlnstbl", b"themedata"]
)  # fmt: skip
_SIGNS = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"row": "\n", b"cell": " ", b"lquote": "‘", b"rquote": "’",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"ldblquote": "“",
    b"rdblquote": "”",
}  # fmt: skip
_CHARSETS = {162: "cp1254", 204: "cp1251", 161: "cp1253", 238: "cp1250", 186: "cp1257", 178: "cp1256"}


@dataclass(slots=True)
class _Group:
    skipped: bool = False
    tag: bool = False
    """Inside {\\*\\htmltag …}: HTML as it was."""
    hidden: bool = False
    """Between \\htmlrtf and \\htmlrtf0: RTF that stands for HTML already given."""
    fonts: bool = False
    codec: str = ""
    fallback: int = 1
    """Bytes to leave out behind \\u."""


def from_rtf(rtf: bytes) -> tuple[str | None, str | None]:
    """The HTML, or else the plain text, that an RTF document encloses (MS-OXRTFEX 3.1)."""
    encloses_html = b"\\fromhtml" in rtf[:2_000]
    writer = _Writer(encloses_html=encloses_html)
    for found in _TOKEN.finditer(rtf[:MAX_RTF]):
        writer.take(found)
    writer.flush()
    text = "".join(writer.out)
    return (text, None) if encloses_html else (None, text)


class _Writer:
    """One walk over the tokens of an RTF document."""

    def __init__(self, *, encloses_html: bool) -> None:
        self.html = encloses_html
        self.out: list[str] = []
        self.bytes = bytearray()
        self.stack: list[_Group] = []
        self.group = _Group()
        self.codec = "cp1254"
        self.codecs: dict[int, str] = {}
        self.font = 0
        self.left_out = 0
        self.starred = False
        self.groups = 0

    def flush(self) -> None:
        """Decodes the bytes that wait."""
        if self.bytes:
            text = self.bytes.decode(self.group.codec or self.codec, "replace")
            self.bytes.clear()
            self.out.append(text if self.group.tag or not self.html else text.replace("<", "&lt;"))

    def _write(self, text: str) -> None:
        if not (self.group.skipped or (self.group.hidden and not self.group.tag)):
            self.flush()
            self.out.append(text)

    def _raw(self, data: bytes) -> None:
        if self.left_out:
            drop = min(self.left_out, len(data))
            self.left_out -= drop
            data = data[drop:]
        if data and not (self.group.skipped or (self.group.hidden and not self.group.tag)):
            self.bytes += data

    def take(self, found: re.Match[bytes]) -> None:
        """One token."""
        code, word, number, sign, brace, text = found.groups()
        if text is not None:
            self._raw(text)
        elif code is not None:
            self._raw(bytes((int(code, 16),)))
        elif word is not None:
            self._word(word, int(number) if number else None)
        elif brace == b"{":
            self.flush()
            self.groups += 1
            if len(self.stack) > 500 or self.groups > MAX_GROUPS:
                raise ValueError("too many groups")
            self.stack.append(self.group)
            old = self.group
            self.group = _Group(old.skipped, old.tag, old.hidden, old.fonts, old.codec, old.fallback)
            self.starred, self.left_out = False, 0
        elif brace == b"}":
            self.flush()
            self.group = self.stack.pop() if self.stack else _Group()
            self.left_out = 0
        elif sign == b"*":
            self.starred = True
        elif sign == b"~":
            self._write("\u00a0")
        elif sign in (b"\\", b"{", b"}"):
            self._raw(sign)
        elif sign in (b"\n", b"\r"):
            self._write("\n")
        elif sign == b"_":
            self._write("-")

    def _word(self, word: bytes, number: int | None) -> None:
        group = self.group
        if word == b"htmltag" and self.starred:
            group.tag, group.skipped = True, False
        elif word in _SKIPPED or (self.starred and word != b"htmltag"):
            group.skipped = True
            group.fonts = group.fonts or word == b"fonttbl"
        elif word == b"htmlrtf":
            self.flush()
            group.hidden = number != 0
        elif word == b"ansicpg" and number in range(850, 1259):
            self.codec = f"cp{number}" if number == 857 or 1250 <= (number or 0) <= 1257 else self.codec
        elif word == b"uc" and number is not None:
            group.fallback = min(max(number, 0), 8)
        elif word == b"u" and number is not None:
            self.left_out = 0
            code = number & 0xFFFF
            self._write(chr(code) if not 0xD800 <= code < 0xE000 else "\ufffd")
            self.left_out = group.fallback
            self.starred = False
            return
        elif word == b"f" and number is not None:
            self.flush()
            self.font = number
            if not group.fonts:
                group.codec = self.codecs.get(number, "")
        elif word == b"fcharset" and number is not None and group.fonts and len(self.codecs) < 500:
            self.codecs[self.font] = _CHARSETS.get(number, "")
        elif word in _SIGNS and not (self.html and group.tag and word == b"tab"):
            self._write(_SIGNS[word])
        self.starred = False
