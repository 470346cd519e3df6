"""Mails of the corpus, broken as wires, programs and attackers break them.

By hand: `python -m tests.laws.mutations 600` breaks mails for ten minutes and names what raised and
what took long.
"""
# ruff: noqa: E501 - pieces, a class a line

from __future__ import annotations

import random
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from mailbot.adapters.system import SystemClock
from mailbot.app.gather import gather
from mailbot.app.nothing import EmptyReads
from mailbot.reading.mime import hostile, parse
from tests.bench.kinds import eyes

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_CHARSETS = (
    b"utf-8",
    b"utf-16",
    b"utf-7",
    b"windows-1254",
    b"iso-2022-jp",
    b"us-ascii",
    b"x-unknown",
    b"idna",
    b"punycode",
    b"hz",
    b"",
)
_ENCODINGS = (b"base64", b"quoted-printable", b"8bit", b"binary", b"uuencode", b"x-none", b"")
_TYPES = (
    b"text/html", b"text/plain", b"multipart/mixed", b"multipart/alternative", b"message/rfc822", b"multipart/report",
    b"message/delivery-status", b"text/calendar", b"application/ms-tnef", b"application/pkcs7-mime", b"multipart/signed",
    b"text/rfc822-headers", b"message/disposition-notification", b"image/png", b"text", b"/", b"message/partial",
)  # fmt: skip
_SPLICES = (
    b"\0", b"\r", b"\n", b"\r\n\r\n", b"\xff\xfe", b"\xed\xa0\x80", b"=?utf-8?b?//8=?=", b"=?x?q?=FF?=", b"--", b"<", b">", b"&#0;",
    b"\x1b$B", b"From: x@y.example\n", b"Subject: ONAY\n", b"Content-Type: text/html\n", b"In-Reply-To: <\n", b"To: " + b"a@b.example, " * 200,
    b"Date: Fri, 99 Foo 99999 99:99:99 +9999\n", b"Message-ID: <>\n", b"Content-Type: multipart/mixed; boundary=\"\"\n", b"\xe2\x80\xae",
    b"Content-Disposition: attachment; filename*=x'y'%FF%GG\n", b"References: " + b"<a@b> " * 300, b"From: =?utf-8?q?=00=0D=0A?= <@>\n",
)  # fmt: skip
Mutation = Callable[[bytes, random.Random], bytes]


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _behead(raw: bytes, chance: random.Random) -> bytes:
    return raw[chance.randrange(len(raw) + 1) :]


def _flip(raw: bytes, chance: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(chance.randrange(1, 30)):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _splice(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(raw) + 1)
        raw = raw[:place] + chance.choice(_SPLICES) + raw[place:]
    return raw


def _double_header(raw: bytes, chance: random.Random) -> bytes:
    head, _, body = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    for _ in range(chance.randrange(1, 6)):
        lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return b"\n".join(lines) + b"\n\n" + body


def _drop_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    start = chance.randrange(len(lines))
    del lines[start : start + chance.randrange(1, 12)]
    return b"\n".join(lines)


def _shuffle(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    for _ in range(chance.randrange(1, 12)):
        one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def _swap(pattern: bytes, values: tuple[bytes, ...]) -> Mutation:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda raw, chance: found.sub(lambda hit: hit[1] + chance.choice(values), raw)


def _ends(raw: bytes, chance: random.Random) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(
        b"\n", chance.choice((b"\r", b"\r\n", b"\n\r", b"\r\r\n", b"\n \n", b"\x0b\n"))
    )


def _wrap(raw: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 3, 19, 30))):
        raw = b'Content-Type: multipart/mixed; boundary="w"\n\n--w\n' + raw + b"\n--w--\n"
    return raw


def _join(raw: bytes, chance: random.Random) -> bytes:
    other = chance.choice(mails())
    place = chance.randrange(len(raw) + 1)
    return raw[:place] + other[chance.randrange(len(other) + 1) :]


MUTATIONS: tuple[Mutation, ...] = (
    _cut, _behead, _flip, _splice, _double_header, _drop_lines, _shuffle, _ends, _wrap, _join,
    _swap(rb"(charset\s*=\s*)[^\s;]+", _CHARSETS),
    _swap(rb"(content-transfer-encoding:\s*)\S+", _ENCODINGS),
    _swap(rb"(content-type:\s*)[^\s;]+", _TYPES),
)  # fmt: skip


@cache
def mails() -> tuple[bytes, ...]:
    """Every raw mail of the corpus."""
    return tuple(path.read_bytes() for path in sorted(CORPUS.glob("*/*.eml")))


def broken(count: int, seed: int) -> Iterator[bytes]:
    """`count` broken mails, the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        raw = chance.choice(mails())
        for _ in range(chance.choice((1, 1, 2, 3))):
            raw = chance.choice(MUTATIONS)(raw, chance)
        yield raw


def read(raw: bytes) -> None:
    """Reads a mail whole, with nothing caught on the way. Raises what the readers raise."""
    if hostile(raw):
        return
    letter = parse(raw)
    gather(EmptyReads(), eyes(), SystemClock().now(), letter)


def main() -> None:
    until = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else 60)
    seed, done, slowest = int(sys.argv[2]) if len(sys.argv) > 2 else 0, 0, 0.0
    while time.monotonic() < until:
        seed += 1
        for raw in broken(200, seed):
            start = time.process_time()
            try:
                read(raw)
            except Exception:
                print(f"seed {seed}, mail {done % 200}:\n{traceback.format_exc()}")
            spent = time.process_time() - start
            if spent > max(slowest, 0.25):
                slowest = spent
                print(f"seed {seed}, mail {done % 200}: {spent:.2f} s for {len(raw)} bytes")
            done += 1
    print(f"{done} mails, slowest {slowest:.2f} s")


if __name__ == "__main__":
    main()
