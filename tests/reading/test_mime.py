"""Bytes to letters: charsets that lie, structure that hides, and bytes that mean harm."""

from __future__ import annotations

import base64
import time
import tracemalloc

import pytest

from mailbot.reading.mime import clean_name, hostile, parse

TOP = (
    b"From: a@x.example\r\nTo: b@y.example\r\nDate: Mon, 23 Nov 2026 10:00:00 +0300\r\n"
    b"Message-ID: <1@x.example>\r\n"
)


def _text(body: bytes, label: str) -> str | None:
    return parse(
        TOP
        + f"Content-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
        + body
    ).text


@pytest.mark.parametrize(
    "label", ["iso-8859-9", "iso-8859-1", "us-ascii", "x-unknown", "windows-1254", "utf-8", "punycode"]
)
@pytest.mark.parametrize("really", ["windows-1254", "utf-8"])
def test_turkish_letters_survive_a_label_that_lies(label: str, really: str) -> None:
    assert _text("Uygun görülmüştür, ğışİ".encode(really), label) == "Uygun görülmüştür, ğışİ"


def test_headers_in_raw_eight_bits_and_in_cut_encoded_words() -> None:
    half = base64.b64encode("ş".encode()[:1]).decode(), base64.b64encode("ş".encode()[1:]).decode()
    raw = f"Subject: =?utf-8?B?{half[0]}?=\r\n =?utf-8?B?{half[1]}?= son\r\nSubject: iki\r\n".encode()
    letter = parse(raw + "From: Ayşe <a@x.example>, B <b@x.example>\r\n\r\nx".encode("windows-1254"))
    assert letter.subject == "ş son"
    assert [(box.name, str(box.address)) for box in letter.from_] == [
        ("Ayşe", "a@x.example"),
        ("B", "b@x.example"),
    ]
    assert {"two-subjects", "two-from", "no-date", "no-message-id"} <= set(letter.defects)


def test_attached_words_are_no_body() -> None:
    raw = TOP + (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nEkte.\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nONAYLIYORUM\r\n"
        b'--b\r\nContent-Type: text/plain; name="../../o\x07nay.txt"\r\n'
        b"Content-Disposition: attachment\r\n\r\nONAY\r\n--b--\r\n"
    )
    letter = parse(raw)
    assert letter.text is not None
    assert letter.text.strip() == "Ekte."
    assert [item.name for item in letter.attachments] == ["onay.txt"]
    assert len(letter.attached) == 1
    assert b"ONAYLIYORUM" in letter.attached[0]


def test_format_flowed_is_unwrapped() -> None:
    body = b"Content-Type: text/plain; format=flowed\r\n\r\nbir \r\niki\r\n> a \r\n> b\r\n-- \r\nad"
    assert parse(TOP + body).text == "bir iki\n> a b\n-- \nad"


def test_delivery_report_and_receipt() -> None:
    raw = TOP + (
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
        b"\r\nFailed\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; v@gov.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: smtp; 550 no\r\n\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n"
        b"Message-ID: <ask@ism.example>\r\n--b--\r\n"
    )
    letter = parse(raw)
    assert letter.report_type == "delivery-status"
    assert letter.original_id == "<ask@ism.example>"
    assert [(str(s.recipient), s.action, s.status) for s in letter.delivery] == [
        ("v@gov.example", "failed", "5.1.1")
    ]


def test_large_parts_are_whole_and_cheap() -> None:
    data = bytes(range(256)) * 96_000
    raw = (
        TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nUygundur\r\n--b\r\n"
        b"Content-Type: image/jpeg\r\n"
    )
    raw += (
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(data[:18_000_000]).replace(b"\n", b"\r\n")
        + b"--b--\r\n"
    )
    tracemalloc.start()
    letter = parse(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert letter.attachments[0].data == data[:18_000_000]
    assert letter.text == "Uygundur"
    assert peak + len(raw) < 200_000_000


_REFERENCES = b"References: " + b"<a@b>\r\n " * 120_000
HOSTILE = {
    "nested": b"Content-Type: message/rfc822\r\n\r\n" * 300,
    "nested-multipart": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(300)
    ),
    "parameters": b"Content-Type: text/plain" + b"; a=b" * 9_600 + b"\r\n\r\n",
    "to": b"To: " + b"a@b.example, " * 21_000 + b"\r\n\r\nx",
    "references": _REFERENCES + b"\r\n\r\nx",
    "parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000,
    "encoded-words": b"Subject: " + b"=?utf-8?q?a?= " * 3_000 + b"\r\n\r\nx",
    "lone-cr": b"Content-Type: message/rfc822\r\r" * 300,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_structure_is_named_and_not_parsed(name: str) -> None:
    start = time.process_time()
    assert hostile(HOSTILE[name]) is not None
    letter = parse(TOP + HOSTILE[name])
    assert any(defect.startswith("over-limit:") for defect in letter.defects)
    assert letter.text is None
    assert letter.html is None
    assert str(letter.from_[0].address) == "a@x.example"
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 50,
        b"Message-ID: <[x]>\r\nDate: x\r\n\r\n",
        (
            b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            b"Content-Type: multipart/alternative; boundary=c\r\n"
        ),
        b"Content-Type: text/plain; charset=zlib\r\n\r\n\xff",
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!",
        b"From: <<>>,(((\r\n\r\nx",
    ],
)
def test_broken_bytes_give_a_letter(raw: bytes) -> None:
    letter = parse(raw)
    assert letter.size == len(raw)
    assert letter.defects


def test_names_lose_path_and_direction() -> None:
    assert clean_name("..\\..\\a/b\u202egpj.exe\x00") == "bgpj.exe"
