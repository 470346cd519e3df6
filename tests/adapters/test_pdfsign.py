"""A signed PDF is known by its signature; one that was altered afterwards is refused."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from mailbot.adapters import made
from mailbot.adapters.examine import examine_file
from mailbot.adapters.pdfsign import signed_by


@pytest.fixture(scope="module")
def signed() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Örnek Başkan")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.KeyUsage(*([True] * 2), *([False] * 7)), critical=True)
        .sign(key, hashes.SHA256())
    )
    packed = serialization.pkcs12.serialize_key_and_certificates(
        b"x", key, certificate, None, serialization.BestAvailableEncryption(b"sinama")
    )
    signer = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=b"sinama")
    assert signer is not None
    out = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(made.pdf(["Katılımı uygundur."]))),
        signers.PdfSignatureMetadata(field_name="Imza"),
        signer=signer,
    )
    return bytes(out.getvalue())


def test_a_signature_that_holds_names_its_holder(signed: bytes) -> None:
    found = signed_by(signed)
    assert found is not None
    assert found.intact
    assert found.names == ("Örnek Başkan",)


def test_a_changed_byte_breaks_it(signed: bytes) -> None:
    place = signed.index(b"/Type")
    found = signed_by(signed[:place] + b"/type" + signed[place + 5 :])
    assert found is not None
    assert not found.intact


def test_words_without_a_signature_have_none() -> None:
    assert signed_by(made.pdf(["Katılımı uygundur."])) is None


def test_rubbish_that_claims_to_be_signed_proves_nothing() -> None:
    found = signed_by(b"%PDF-1.7 /ByteRange [0 1 2 3]")
    assert found is not None
    assert not found.intact


def test_the_look_at_a_file_brings_its_signature(signed: bytes) -> None:
    (found,) = examine_file("imza.pdf", "application/pdf", signed)
    assert found.signed is not None
    assert found.signed.intact
