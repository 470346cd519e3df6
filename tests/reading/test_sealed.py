"""Bodies in other wrappings: winmail.dat and opaque S/MIME, read or left to a person."""

from __future__ import annotations

import base64
import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.reading import tnef
from mailbot.reading.cms import signed_content
from mailbot.reading.mime import parse

HEAD = b"From: a@x.example\r\nDate: Mon, 23 Nov 2026 10:00:00 +0300\r\nMessage-ID: <a@x.example>\r\n"
SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")


def _attribute(ident: int, data: bytes) -> bytes:
    return struct.pack("<BII", 1, ident, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _property(tag: int, data: bytes) -> bytes:
    return struct.pack("<III", tag, 1, len(data)) + data + b"\0" * (-len(data) % 4)


def _winmail(*properties: bytes, more: bytes = b"") -> bytes:
    mapi = struct.pack("<I", len(properties)) + b"".join(properties)
    return struct.pack("<IH", 0x223E9F78, 1) + _attribute(0x00069003, mapi) + more


def _stored(rtf: bytes) -> bytes:
    return struct.pack("<II", len(rtf) + 12, len(rtf)) + b"MELA" + bytes(4) + rtf


def _mail(kind: bytes, data: bytes) -> bytes:
    head = HEAD + b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + base64.encodebytes(data)


def _value(tag: int, body: bytes) -> bytes:
    size = len(body).to_bytes(4, "big")
    return bytes((tag, 0x84)) + size + body


def _sealed(inner: bytes, oid: bytes = SIGNED) -> bytes:
    content = _value(0x30, DATA + _value(0xA0, _value(0x04, inner)))
    return _value(0x30, oid + _value(0xA0, _value(0x30, b"\x02\x01\x01" + _value(0x31, b"") + content)))


def test_unicode_and_named_properties_before_the_body() -> None:
    named = struct.pack("<HH16sIII", 0x1F, 0x8001, bytes(16), 1, 6, 0) + bytes(4)
    named += struct.pack("<II", 1, 4) + b"a\0\0\0"
    numbered = struct.pack("<HH16sIII", 3, 0x8002, bytes(16), 0, 7, 9)
    body = _property(0x1000001F, "Uygun değildir\0".encode("utf-16-le"))
    unpacked = tnef.unpack(_winmail(named, numbered, body))
    assert unpacked is not None
    assert unpacked.text == "Uygun değildir"


def test_rtf_encloses_html_and_hides_its_own_copy() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1254\fromhtml1{\fonttbl{\f0\fcharset162 Arial;}{\f1\fcharset204 A;}}"
        rb"{\*\htmltag64 <p>}\htmlrtf {\b\htmlrtf0 Uygun de\'f0ildir \u351?\f1 \'e4\f0 {\*\htmltag84 &amp;}"
        rb"\htmlrtf }kopya\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    unpacked = tnef.unpack(_winmail(_property(0x10090102, _stored(rtf))))
    assert unpacked is not None
    assert unpacked.html == "<p>Uygun değildir şд&amp;</p>"


def test_compressed_rtf_as_in_the_specification() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert tnef.decompress(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_a_winmail_is_read_as_the_body_and_its_files_as_files() -> None:
    files = _attribute(0x00069002, bytes(14)) + _attribute(0x00018010, b"metin.docx\0")
    files += _attribute(0x0006800F, b"PK")
    data = _winmail(_property(0x10130102, b"<p>Uygundur</p>"), more=files)
    letter = parse(_mail(b"application/ms-tnef; name=winmail.dat", data))
    assert letter.html == "<p>Uygundur</p>"
    assert [a.name for a in letter.attachments] == ["metin.docx"]
    assert "winmail" not in letter.defects


def test_a_broken_winmail_goes_to_a_person() -> None:
    data = _winmail(_property(0x10130102, b"<p>Uygundur</p>"))[:-9]
    letter = parse(_mail(b"application/ms-tnef; name=winmail.dat", data))
    assert letter.html is None
    assert "winmail" in letter.defects


def test_opaque_signature_is_opened_once() -> None:
    inner = b"Content-Type: text/plain; charset=utf-8\r\n\r\nUygundur."
    assert parse(_mail(b"application/pkcs7-mime; smime-type=signed-data", _sealed(inner))).text == "Uygundur."
    twice = _mail(b"application/pkcs7-mime", _sealed(inner))
    letter = parse(_mail(b"application/pkcs7-mime", _sealed(twice)))
    assert letter.text is None
    assert "smime-opaque" in letter.defects


def test_an_encrypted_mail_goes_to_a_person() -> None:
    enveloped = bytes.fromhex("06092a864886f70d010703")
    letter = parse(_mail(b"application/pkcs7-mime; smime-type=enveloped-data", _sealed(b"x", enveloped)))
    assert letter.text is None
    assert "smime-opaque" in letter.defects


@settings(max_examples=500, deadline=None)
@given(data=st.binary(max_size=400), cut=st.integers(0, 300), place=st.integers(0, 250))
def test_any_bytes_are_survived(data: bytes, cut: int, place: int) -> None:
    whole = _winmail(_property(0x10090102, _stored(b"{\\rtf1 Uygundur" + data)))
    broken = whole[:place] + data[:3] + whole[place:cut]
    for candidate in (data, broken):
        found = tnef.unpack(candidate)
        assert found is None or found.text or found.html
    sealed = _sealed(data)
    assert signed_content(sealed) == data
    opened = signed_content(sealed[:place] + data[:2] + sealed[place:])
    assert opened is None or isinstance(opened, bytes)


@pytest.mark.parametrize(
    "rtf", [b"{" * 390_000, b"{a}" * 130_000, b"\\a" * 195_000, b"\\'e7" * 97_000, b"\\u305?" * 50_000]
)
def test_hostile_rtf_costs_little(rtf: bytes) -> None:
    start = time.process_time()
    tnef.unpack(_winmail(_property(0x10090102, _stored(rtf))))
    assert time.process_time() - start < 1.0
