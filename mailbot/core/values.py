"""Small values that are parsed once and trusted afterwards."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import NewType

Digest = NewType("Digest", str)
"""SHA-256 of some bytes, 64 lower-case hexadecimal digits."""

MessageId = NewType("MessageId", str)
"""A Message-ID with its angle brackets (RFC 5322, 3.6.4)."""

Office = NewType("Office", str)
"""The identifier of an office of `rules/directory.toml`, such as `bakanlik`."""


def digest_of(data: bytes) -> Digest:
    """The SHA-256 digest of `data`."""
    return Digest(hashlib.sha256(data).hexdigest())


# RFC 5322 dot-atom and a domain of labels; quoted local parts do not occur in the unit's world
# and are where forgeries hide.
_ADDR_SPEC = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An addr-spec (RFC 5322, 3.4.1) in lower case, without display name."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Address | None:
        """The address in `text`, or None where it is no plain addr-spec."""
        text = text.strip()
        if len(text) > 254 or not _ADDR_SPEC.fullmatch(text):
            return None
        return cls(text.lower())

    @property
    def local(self) -> str:
        return self.text.rpartition("@")[0]

    @property
    def domain(self) -> str:
        return self.text.rpartition("@")[2]

    @property
    def tag(self) -> str | None:
        """The subaddress behind "+" (RFC 5233), or None."""
        _, plus, tag = self.local.partition("+")
        return tag if plus else None

    @property
    def base(self) -> Address:
        """The address without its subaddress."""
        return Address(f"{self.local.partition('+')[0]}@{self.domain}")

    def __str__(self) -> str:
        return self.text


_REF = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2,6})-([A-Z]{3})-(20[0-9]{2})-([0-9]{4,7})(?![0-9])")


@dataclass(frozen=True, slots=True, order=True)
class ItemRef:
    """The public reference of an item, `DNZ-HBR-2026-0147`. It proves nothing."""

    unit: str
    code: str
    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> ItemRef | None:
        """The reference that `text` is, or None."""
        found = _REF.fullmatch(text.strip().upper())
        return cls(found[1], found[2], int(found[3]), int(found[4])) if found else None

    @classmethod
    def find_all(cls, text: str) -> tuple[ItemRef, ...]:
        """Every reference in `text`, each once, in order of appearance."""
        hits = (cls(m[1], m[2], int(m[3]), int(m[4])) for m in _REF.finditer(text.upper()))
        return tuple(dict.fromkeys(hits))

    def __str__(self) -> str:
        return f"{self.unit}-{self.code}-{self.year}-{self.number:04d}"


_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_TOKEN = re.compile(rf"(?<![{_CROCKFORD}A-Z])k([{_CROCKFORD}]{{13}})(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """The key of one ask for one person: 64 random bits, written `k` and 13 Crockford digits."""

    text: str

    @classmethod
    def from_bits(cls, bits: int) -> Token:
        """The token of 64 random `bits` (0 <= bits < 2**64)."""
        if not 0 <= bits < 1 << 64:
            raise ValueError("a token has 64 bits")
        digits = [_CROCKFORD[(bits >> shift) & 31] for shift in range(60, -1, -5)]
        return cls("k" + "".join(digits))

    @classmethod
    def parse(cls, text: str) -> Token | None:
        """The token that `text` is, or None."""
        found = _TOKEN.fullmatch(text.strip().lower())
        return cls("k" + found[1]) if found else None

    @classmethod
    def find_all(cls, text: str) -> tuple[Token, ...]:
        """Every token in `text`, each once, in order of appearance."""
        return tuple(dict.fromkeys(cls("k" + m[1]) for m in _TOKEN.finditer(text.lower())))

    def __str__(self) -> str:
        return self.text


_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")


def message_ids(text: str) -> tuple[MessageId, ...]:
    """Every Message-ID in a header such as References, in order, each once.

    At most the last 100 are kept: more come only from hostile mail.
    """
    return tuple(dict.fromkeys(MessageId(m) for m in _MESSAGE_ID.findall(text[-100_000:])))[-100:]
