"""Raw bytes cut at their MIME boundaries, before any parser sees them.

Two uses. Hostile structure is named while that is still cheap: nesting, parts, header bytes,
parameters, encoded words. And large leaf bodies are lifted out, so that the parser handles a small
skeleton and a mail of 25 MB stays far under 250 MB.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass, field

from mailbot.core.values import Digest
from mailbot.reading.charset import unbase64

MAX_DEPTH = 20
MAX_PARTS = 500
MAX_HEADER_BLOCK = 256 * 1024
MAX_HEADERS = 1_000
MAX_FIELD = 64 * 1024
MAX_PARAMETERS = 64
MAX_ENCODED_WORDS = 2_000
MAX_FALSE_HITS = 10_000
LIFT = 8 * 1024
"""Leaf bodies of more bytes than this are lifted out of the skeleton."""

_BLANK = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"^([!-9;-~]{1,100})[ \t]{0,10}:((?:[^\n]|\n[ \t])*)", re.MULTILINE)
_BOUNDARY = re.compile(
    rb"boundary[ \t]{0,9}=[ \t\r\n]{0,9}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A mail whose large leaf bodies are replaced by marks."""

    bones: bytes
    raw: bytes = field(repr=False)
    lifted: dict[str, tuple[int, int]]
    """Mark to the place in `raw`."""

    def body(self, payload: str, encoding: str) -> bytes | None:
        """The decoded bytes of the lifted leaf that `payload` marks; None where it is no mark."""
        place = self.lifted.get(payload.strip()) if len(payload) < 200 else None
        return undo(memoryview(self.raw)[place[0] : place[1]], encoding) if place is not None else None

    def restored(self, data: bytes) -> bytes:
        """`data`, a piece of the bones, with its lifted bodies put back."""
        for mark, (start, end) in self.lifted.items():
            if mark.encode() in data:
                data = data.replace(mark.encode(), self.raw[start:end])
        return data


def undo(data: bytes | memoryview, encoding: str) -> bytes:
    """`data` without its transfer encoding (RFC 2045, 6); as it stands where that is broken."""
    if encoding == "base64":
        decoded = unbase64(data)
        return bytes(data) if decoded is None else decoded
    if encoding == "quoted-printable":
        return quopri.decodestring(bytes(data))
    return bytes(data)


class _OverLimit(Exception):
    """A cap was reached; the argument says which."""


@dataclass(slots=True)
class _Head:
    end: int
    """Where the body starts."""
    kind: bytes
    encoding: bytes
    boundary: bytes | None


def _head(raw: bytes, start: int, limit: int, *, top: bool = False) -> _Head:
    if raw[start : start + 1] == b"\n":
        return _Head(start + 1, b"text/plain", b"", None)
    if raw[start : start + 2] == b"\r\n":
        return _Head(start + 2, b"text/plain", b"", None)
    blank = _BLANK.search(raw, start, min(limit, start + MAX_HEADER_BLOCK + 4))
    if blank is None and limit - start > MAX_HEADER_BLOCK:
        raise _OverLimit("header-bytes")
    stop, end = (blank.start() + 1, blank.end()) if blank else (limit, limit)
    block = raw[start:stop]
    if block.count(b"\n") > MAX_HEADERS * 8 or block.count(b"=?") > MAX_ENCODED_WORDS:
        raise _OverLimit("headers" if block.count(b"=?") <= MAX_ENCODED_WORDS else "encoded-words")
    kind, encoding, boundary, count = b"text/plain", b"", None, 0
    for found in _FIELD.finditer(block):
        count += 1
        name, value = found[1].lower(), found[2]
        if len(value) > MAX_FIELD:
            raise _OverLimit("header-bytes")
        parametric = name in (b"content-type", b"content-disposition")
        if parametric and (value.count(b";") > MAX_PARAMETERS or len(value) > MAX_FIELD // 8):
            raise _OverLimit("parameters")
        if name == b"content-type":
            kind = value.partition(b";")[0].strip().lower()
            mark = _BOUNDARY.search(value)
            boundary = (mark[1] or mark[2]).rstrip() if mark else None
        elif name == b"content-transfer-encoding":
            encoding = value.strip().lower()
    if count > MAX_HEADERS:
        raise _OverLimit("headers")
    if not top and blank is None and not count:
        end = start
    return _Head(end, kind, encoding, boundary)


class _Splitter:
    """One walk over the bytes; `stack` holds the boundaries that are open."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.stack: list[bytes] = []
        self.ahead: dict[bytes, int] = {}
        self.false_hits = 0
        self.leaves: list[tuple[int, int]] = []

    def _next(self, boundary: bytes, start: int) -> int:
        """Where the next delimiter line of `boundary` starts at or after `start`; the end if none."""
        place = self.ahead.get(boundary, -1)
        if place >= start:
            return place
        line = b"--" + boundary
        place = start if start == 0 and self.raw.startswith(line) else -1
        search = max(start - 1, 0)
        while place < 0:
            hit = self.raw.find(b"\n" + line, search)
            if hit < 0:
                place = len(self.raw)
                break
            rest = self.raw[hit + 1 + len(line) : hit + 1 + len(line) + 80].split(b"\n", 1)[0]
            if not rest.strip(b"- \t\r") and rest.rstrip() in (b"", b"--"):
                place = hit + 1
                break
            search = hit + 1
            self.false_hits += 1
            if self.false_hits > MAX_FALSE_HITS:
                raise _OverLimit("boundaries")
        self.ahead[boundary] = place
        return place

    def run(self) -> None:
        raw, place, parts, top = self.raw, 0, 0, True
        while True:
            parts += 1
            if parts > MAX_PARTS:
                raise _OverLimit("parts")
            depth = len(self.stack)
            limit = min((self._next(b, place) for b in self.stack), default=len(raw))
            head = _head(raw, place, limit, top=top)
            top = False
            while head.kind.startswith((b"message/rfc822", b"message/global", b"message/news")):
                depth += 1
                if depth > MAX_DEPTH:
                    raise _OverLimit("depth")
                head = _head(raw, head.end, limit) if head.end < limit else _Head(limit, b"-", b"", None)
            if head.boundary and head.kind.startswith(b"multipart/"):
                self.stack.append(head.boundary)
                if depth + 1 > MAX_DEPTH:
                    raise _OverLimit("depth")
            elif not head.kind.startswith((b"multipart/", b"message/")):
                end = limit - 1 if limit < len(raw) else limit
                end -= limit < len(raw) and end > head.end and raw[end - 1 : end] == b"\r"
                if end - head.end > LIFT or (head.encoding == b"binary" and end > head.end):
                    self.leaves.append((head.end, end))
            following = self._following(head.end)
            if following is None:
                return
            place = following

    def _following(self, start: int) -> int | None:
        """The first byte of the next part, with the stack unwound to it; None at the end."""
        while self.stack:
            places = [self._next(b, start) for b in self.stack]
            nearest = min(places)
            if nearest >= len(self.raw):
                return None
            level = len(places) - 1 - places[::-1].index(nearest)
            boundary = self.stack[level]
            line_end = self.raw.find(b"\n", nearest)
            line = self.raw[nearest : line_end if line_end >= 0 else len(self.raw)]
            start = line_end + 1 if line_end >= 0 else len(self.raw)
            if line.rstrip() == b"--" + boundary + b"--" and not boundary.endswith(b"--"):
                del self.stack[level:]
                continue
            del self.stack[level + 1 :]
            return start if start < len(self.raw) else None
        return None


def split(raw: bytes, digest: Digest) -> Skeleton | str:
    """The skeleton of `raw`, or the name of the cap that it breaks.

    `digest` is that of `raw`: it makes marks that the mail cannot contain.
    """
    splitter = _Splitter(raw)
    try:
        splitter.run()
    except _OverLimit as over:
        return str(over)
    pieces: list[bytes] = []
    lifted: dict[str, tuple[int, int]] = {}
    place = 0
    for number, (start, end) in enumerate(splitter.leaves):
        mark = f"{digest}{number:04d}"
        lifted[mark] = (start, end)
        pieces += [raw[place:start], mark.encode()]
        place = end
    pieces.append(raw[place:] if place else raw)
    return Skeleton(b"".join(pieces) if lifted else raw, raw, lifted)


def over_limit(raw: bytes) -> str | None:
    """The cap that `raw` breaks, or None."""
    try:
        _Splitter(raw).run()
    except _OverLimit as over:
        return str(over)
    return None
