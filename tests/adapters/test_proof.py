"""Who is proved to have written a letter: honest stamps, and what a forger may write."""

from __future__ import annotations

import time

import pytest

from mailbot.adapters.proof import ServerProofs, read_stamp
from mailbot.core.letter import ProofLevel
from mailbot.reading.mime import parse

OURS = "mx.unit.example"
PASS = f"Authentication-Results: {OURS}; dmarc=pass (p=reject dis=none) header.from=bakanlik.example"
RECEIVED = "Received: from x.example by mx.unit.example; Mon, 23 Nov 2026 15:00:00 +0300"
FROM = "From: Genel Md <onay@bakanlik.example>"

HONEST = {
    "plain": [PASS, RECEIVED, FROM],
    "below our own Received": [RECEIVED, PASS, RECEIVED, FROM],
    "case": [f"AUTHENTICATION-RESULTS: {OURS.upper()}; DMARC = Pass header.From = Bakanlik.Example", FROM],
    "folded": [f"Authentication-Results: {OURS};\r\n\tspf=pass smtp.mailfrom=a.example;\r\n dmarc=pass\r\n header.from=bakanlik.example", FROM],
    "version, nested comment": [f"Authentication-Results: {OURS} 1; dmarc=pass (a (b) c) header.from=bakanlik.example", FROM],
    "action=none of Exchange": [f"Authentication-Results: {OURS}; spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dmarc=pass action=none header.from=bakanlik.example;compauth=pass reason=100", FROM],
    "semicolon at the end": [f"Authentication-Results: {OURS}; dmarc=pass header.from=bakanlik.example;", FROM],
    "two milters side by side": [PASS, f"Authentication-Results: {OURS}; dkim=pass header.d=bakanlik.example", RECEIVED, FROM],
    "a stranger's stamp below": [PASS, RECEIVED, "Authentication-Results: mx.other.example; dmarc=fail header.from=bakanlik.example", FROM],
}  # fmt: skip

FORGED = {
    "no stamp": [RECEIVED, FROM],
    "somebody else's stamp": [PASS.replace(OURS, "mx.other.example"), FROM],
    "our name as a part": [PASS.replace(OURS, "evil." + OURS), FROM],
    "our name with a tail": [PASS.replace(OURS, OURS + ".evil.example"), FROM],
    "fail": [PASS.replace("pass", "fail"), FROM],
    "dkim of the domain alone": [f"Authentication-Results: {OURS}; dkim=pass header.d=bakanlik.example", FROM],
    "pass for another domain": [PASS.replace("bakanlik", "evil"), FROM],
    "pass for a parent domain": [PASS, "From: onay@alt.bakanlik.example"],
    "no header.from": [f"Authentication-Results: {OURS}; dmarc=pass", FROM],
    "two header.from": [PASS + " header.from=evil.example", FROM],
    "contradiction beside": [PASS, PASS.replace("pass", "fail"), FROM],
    "genuine fail above, forged pass below": [PASS.replace("pass", "fail"), RECEIVED, PASS, FROM],
    "genuine other domain above, forged below": [PASS.replace("bakanlik", "evil"), RECEIVED, PASS, FROM],
    "two From headers": [PASS, FROM, "From: x@evil.example"],
    "two From headers alike": [PASS, FROM, FROM],
    "two mailboxes in From": [PASS, "From: onay@bakanlik.example, x@evil.example"],
    "no From": [PASS, "Subject: x"],
    "pass in a comment": [f"Authentication-Results: {OURS}; dmarc=fail (; dmarc=pass header.from=bakanlik.example) header.from=evil.example", FROM],
    "pass in a quoted reason": [f'Authentication-Results: {OURS}; dmarc=fail reason="; dmarc=pass header.from=bakanlik.example" header.from=bakanlik.example', FROM],
    "pass in a sloppy local part": [f'Authentication-Results: {OURS}; spf=pass smtp.mailfrom=a"b; dmarc=pass header.from=bakanlik.example;"@evil.example', FROM],
    "open comment": [PASS + " (", FROM],
    "version 2": [PASS.replace(f"{OURS};", f"{OURS} 2;"), FROM],
    "encoded word": ["Authentication-Results: =?utf-8?q?mx=2Eunit=2Eexample=3B_dmarc=3Dpass_header=2Efrom=3Dbakanlik=2Eexample?=", FROM],
    "encoded word in the id": [PASS.replace(OURS, "=?utf-8?q?mx.unit.example?="), FROM],
    "stamp inside the body": [FROM, "", PASS],
    "arc only": [PASS.replace("Authentication-Results:", "ARC-Authentication-Results: i=1;"), FROM],
    "temperror": [PASS.replace("pass", "temperror"), FROM],
}  # fmt: skip


def level(lines: list[str], proofs: ServerProofs | None = None) -> ProofLevel:
    raw = "\r\n".join([*lines, "", "Uygundur."]).encode()
    return (proofs or ServerProofs(OURS)).judge(parse(raw)).level


@pytest.mark.parametrize("lines", HONEST.values(), ids=HONEST.keys())
def test_our_servers_pass_for_the_one_from_proves(lines: list[str]) -> None:
    assert level(lines) is ProofLevel.DMARC


@pytest.mark.parametrize("lines", FORGED.values(), ids=FORGED.keys())
def test_anything_else_proves_nothing(lines: list[str]) -> None:
    assert level(lines) is ProofLevel.NONE


def test_without_a_pinned_name_no_stamp_counts() -> None:
    assert level(HONEST["plain"], ServerProofs(None)) is ProofLevel.NONE


def test_a_stamp_below_more_received_than_our_servers_write_is_the_senders() -> None:
    proofs = ServerProofs(OURS, received_above=1)
    assert level([RECEIVED, PASS, FROM], proofs) is ProofLevel.DMARC
    assert level([RECEIVED, RECEIVED, PASS, FROM], proofs) is ProofLevel.NONE


def test_inside_mail_by_the_configured_header() -> None:
    proofs = ServerProofs(OURS, ("X-MS-Exchange-Organization-AuthAs", "Internal"))
    inside = "X-MS-Exchange-Organization-AuthAs: Internal"
    assert level([inside, FROM], proofs) is ProofLevel.INTERNAL
    assert level([inside, inside.replace("Internal", "Anonymous"), FROM], proofs) is ProofLevel.NONE
    assert level([inside, PASS.replace("pass", "fail"), FROM], proofs) is ProofLevel.NONE
    assert level([inside, FROM]) is ProofLevel.NONE


@pytest.mark.parametrize(
    "filling", ["(", "((a)", "x ", "=", '"', "\\", "spf=pass;", "header.x=1 ", "\x00", "İ"]
)
def test_a_hostile_stamp_is_read_in_no_time(filling: str) -> None:
    started = time.perf_counter()
    stamp = read_stamp(f"{OURS}; dmarc=pass " + filling * 8000)
    assert stamp is None or ("pass", "bakanlik.example") not in stamp.dmarc
    assert time.perf_counter() - started < 2.0
