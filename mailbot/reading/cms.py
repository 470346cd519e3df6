"""The content of an opaque S/MIME signature (RFC 8551, 3.5.2): what was signed, not whether it holds.

A bounded walk over BER (X.690): six nested values deep, nothing is verified.
"""

from __future__ import annotations

MAX_CONTENT = 5_000_000
_MAX_CHUNKS = 20_000
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _SET, _OID, _INTEGER, _CONTEXT, _OCTETS, _OCTET_PARTS = 0x30, 0x31, 0x06, 0x02, 0xA0, 0x04, 0x24


def signed_content(data: bytes) -> bytes | None:
    """The MIME entity inside a CMS SignedData; None where it is encrypted, detached, broken or too large."""
    if len(data) > MAX_CONTENT:
        return None
    try:
        return _Reader(data).content()
    except (IndexError, ValueError):
        return None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def enter(self, tag: int) -> int | None:
        """Steps into a value of this tag; its length, None where it is indefinite. Raises ValueError."""
        if self.data[self.place] != tag:
            raise ValueError("unexpected tag")
        length = self.data[self.place + 1]
        self.place += 2
        if length == 0x80:
            return None
        if length > 0x80:
            size = length & 0x7F
            if size > 4:
                raise ValueError("length")
            length = int.from_bytes(self.data[self.place : self.place + size], "big")
            self.place += size
        if self.place + length > len(self.data):
            raise ValueError("cut off")
        return length

    def skip(self, tag: int) -> bytes:
        """The bytes of a value with a length, stepped over."""
        length = self.enter(tag)
        if length is None:
            raise ValueError("indefinite length")
        start = self.place
        self.place += length
        return self.data[start : self.place]

    def content(self) -> bytes | None:
        """The eContent of ContentInfo, SignedData, EncapsulatedContentInfo (RFC 5652, 3 and 5)."""
        self.enter(_SEQUENCE)
        if self.skip(_OID) != _SIGNED_DATA:
            return None
        self.enter(_CONTEXT)
        self.enter(_SEQUENCE)
        self.skip(_INTEGER)
        self.skip(_SET)
        self.enter(_SEQUENCE)
        if self.skip(_OID) != _DATA:
            return None
        self.enter(_CONTEXT)
        if self.data[self.place] == _OCTETS:
            return self.skip(_OCTETS)
        length = self.enter(_OCTET_PARTS)
        end = len(self.data) if length is None else self.place + length
        parts: list[bytes] = []
        for _ in range(_MAX_CHUNKS):
            if self.place >= end or self.data[self.place : self.place + 2] == b"\0\0":
                return b"".join(parts)
            parts.append(self.skip(_OCTETS))
        return None
