"""An S/MIME signature proves its sender, and nothing else does in its name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.smime import AuthoritiesRefused, SmimeProofs, authorities
from mailbot.core.letter import Proof, ProofLevel
from mailbot.reading.mime import parse
from tests.adapters.authority import SIGNED_TEXT, Certificate, certificate, letter, signature

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=30)
DIRECTOR = "mudur@denizli-ism.example"

ROOT = certificate("Kök", since=SINCE)
LEAF = certificate("Müdür", ROOT, mail=DIRECTOR, since=SINCE)
WHOLE = signature(SIGNED_TEXT, LEAF, NOW)


def _judge(raw: bytes, root: Certificate = ROOT, authserv_id: str | None = None) -> Proof:
    known = asn1.Certificate.load(root.public.public_bytes(Encoding.DER))
    return SmimeProofs(ServerProofs(authserv_id), [known]).judge(parse(raw))


@pytest.mark.parametrize("form", ["detached", "opaque"])
def test_an_honest_signature_proves(form: str) -> None:
    raw = letter(LEAF, NOW, form=form)  # type: ignore[arg-type]
    proof = _judge(raw)
    assert proof.level is ProofLevel.SMIME, proof
    assert proof.signed_at == NOW
    assert "Onaylıyorum." in (parse(raw).text or "")


def test_bare_line_feeds_of_a_file_are_taken_for_what_they_were() -> None:
    assert _judge(letter(LEAF, NOW).replace(b"\r\n", b"\n")).level is ProofLevel.SMIME


@pytest.mark.parametrize("form", ["detached", "opaque"])
def test_a_changed_word_is_found(form: str) -> None:
    raw = letter(LEAF, NOW, form=form)  # type: ignore[arg-type]
    changed = raw.replace("Onaylıyorum.".encode(), "Onaylıyoruz.".encode())
    if form == "opaque":
        import base64

        head, blank, body = raw.partition(b"\r\n\r\n")
        data = base64.b64decode(body).replace("Onaylıyorum.".encode(), "Onaylıyoruz.".encode())
        changed = head + blank + base64.encodebytes(data)
    assert changed != raw
    proof = _judge(changed)
    assert proof.level is ProofLevel.NONE
    assert "metin değişmiş" in proof.by


def test_another_persons_signature_does_not_prove_the_director() -> None:
    clerk = certificate("Memur", ROOT, mail="memur@denizli-ism.example", since=SINCE)
    proof = _judge(letter(clerk, NOW))
    assert proof.level is ProofLevel.NONE
    assert "sertifika gönderenin değil" in proof.by


def test_a_root_of_ones_own_proves_nothing() -> None:
    other = certificate("Kök", since=SINCE)
    forged = certificate("Müdür", other, mail=DIRECTOR, since=SINCE)
    assert "tanınan bir kökten değil" in _judge(letter(forged, NOW)).by


def test_a_leaf_makes_no_certificates() -> None:
    child = certificate("Müdür", LEAF, mail=DIRECTOR, since=SINCE)
    assert _judge(letter(child, NOW)).level is ProofLevel.NONE


def test_an_expired_certificate_proves_nothing() -> None:
    old = certificate("Müdür", ROOT, mail=DIRECTOR, since=SINCE, days=10)
    assert _judge(letter(old, NOW)).level is ProofLevel.NONE


def test_a_certificate_for_servers_signs_no_mail() -> None:
    server = certificate(
        "sunucu", ROOT, mail=DIRECTOR, since=SINCE, usage=ExtendedKeyUsageOID.SERVER_AUTH
    )
    assert _judge(letter(server, NOW)).level is ProofLevel.NONE


def test_words_beside_what_was_signed_take_the_proof_away() -> None:
    inner = letter(LEAF, NOW).partition(b"MIME-Version: 1.0\r\n")[2]
    raw = (
        b"From: mudur@denizli-ism.example\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="dis"\r\n\r\n--dis\r\nContent-Type: text/plain\r\n\r\n'
        b"Onay\r\n--dis\r\n" + inner + b"\r\n--dis--\r\n"
    )
    assert "Onay" in (parse(raw).text or "")
    assert _judge(raw).level is ProofLevel.NONE


def test_a_third_part_takes_the_proof_away() -> None:
    raw = letter(LEAF, NOW).replace(
        b"\r\n--imza-1--", b"\r\n--imza-1\r\nContent-Type: text/plain\r\n\r\nOnay\r\n--imza-1--"
    )
    assert _judge(raw).level is ProofLevel.NONE


@pytest.mark.parametrize("days", [-20, -8, 1])
def test_a_signature_of_another_day_is_a_letter_sent_again(days: int) -> None:
    raw = letter(LEAF, NOW, date=NOW - timedelta(days=days))
    assert _judge(raw).level is ProofLevel.NONE


def test_a_letter_without_a_date_is_not_proved() -> None:
    raw = letter(LEAF, NOW).replace(b"Date: ", b"X-Date: ")
    assert "tarihi yok" in _judge(raw).by


def test_two_from_headers_are_never_proved() -> None:
    raw = b"From: vali@denizli-valilik.example\r\n" + letter(LEAF, NOW)
    assert _judge(raw).level is ProofLevel.NONE


def test_a_name_that_looks_like_the_address_identifies_nobody() -> None:
    clerk = certificate("Memur", ROOT, mail="memur@denizli-ism.example", since=SINCE)
    raw = letter(clerk, NOW, sender='"mudur@denizli-ism.example" <memur@denizli-ism.example>')
    proof = _judge(raw)
    assert proof.level is ProofLevel.SMIME
    assert "memur@denizli-ism.example" in proof.by


def test_what_our_server_refutes_no_signature_saves() -> None:
    stamp = b"Authentication-Results: mx.unit.example; dmarc=fail header.from=denizli-ism.example\r\n"
    proof = _judge(stamp + letter(LEAF, NOW), authserv_id="mx.unit.example")
    assert proof.level is ProofLevel.NONE
    assert proof.refuted


def test_a_broken_signature_leaves_our_servers_verdict_as_it_is() -> None:
    stamp = b"Authentication-Results: mx.unit.example; dmarc=pass header.from=denizli-ism.example\r\n"
    raw = stamp + letter(LEAF, NOW).replace("Onaylıyorum.".encode(), "Onaylıyoruz.".encode())
    assert _judge(raw, authserv_id="mx.unit.example").level is ProofLevel.DMARC


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_signature_never_proves_and_never_raises(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    import base64

    start, _, rest = letter(LEAF, NOW).partition(b"base64\r\n\r\n")
    raw = start + b"base64\r\n\r\n" + base64.encodebytes(cut) + b"\r\n--imza-1--\r\n"
    assert rest
    proof = _judge(raw)
    # A byte that the signature does not cover may change; what was signed may not.
    assert proof.level is ProofLevel.NONE or parse(raw).text == parse(letter(LEAF, NOW)).text


def test_authorities_are_read_or_refused_in_words(tmp_path: Path) -> None:
    good, bad = tmp_path / "kok.pem", tmp_path / "bozuk.pem"
    good.write_bytes(ROOT.pem + LEAF.pem)
    bad.write_text("bu bir sertifika değil")
    assert len(authorities(good)) == 2
    for file, words in ((bad, "PEM biçiminde"), (tmp_path / "yok.pem", "okunamadı")):
        with pytest.raises(AuthoritiesRefused, match=words):
            authorities(file)
