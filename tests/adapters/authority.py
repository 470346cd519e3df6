"""An authority of the tests, certificates of its own and letters signed with them."""

from __future__ import annotations

import asyncio
import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Literal

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_TEXT = (
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + "Onaylıyorum.\r\n".encode()
)


@dataclass(frozen=True)
class Certificate:
    key: ec.EllipticCurvePrivateKey
    public: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.public.public_bytes(Encoding.PEM)


def certificate(
    name: str,
    issuer: Certificate | None = None,
    *,
    mail: str | None = None,
    since: datetime,
    days: int = 900,
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION,
) -> Certificate:
    """A root where there is no issuer, else a leaf for `mail`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    root = issuer is None
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.public.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not root, content_commitment=not root, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=root, crl_sign=root,
                encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    if mail is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(mail)]), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    return Certificate(key, builder.sign(key if issuer is None else issuer.key, hashes.SHA256()))


def signature(content: bytes, by: Certificate, at: datetime, *, opaque: bool = False) -> bytes:
    """CMS in DER over `content`, made at `at`."""
    signer = SimpleSigner(
        signing_cert=asn1.Certificate.load(by.public.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(
            by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    attributes = PdfCMSSignedAttributes(signing_time=at)
    signing = signer.async_sign_general_data(
        content, "sha256", detached=not opaque, signed_attr_settings=attributes
    )
    with ThreadPoolExecutor(1) as other:  # the test may have a loop of its own
        signed = other.submit(asyncio.run, signing).result()
    data: bytes = signed.dump()
    return data


def letter(
    by: Certificate,
    at: datetime,
    *,
    date: datetime | None = None,
    headers: str = "Subject: Re: Onay\r\nMessage-ID: <imza@denizli-ism.example>\r\n",
    sender: str = "mudur@denizli-ism.example",
    content: bytes = SIGNED_TEXT,
    form: Literal["detached", "opaque"] = "detached",
) -> bytes:
    """A letter signed at `at`, as a mail program sends it; `date` is its Date where it is another."""
    head = (
        f"From: {sender}\r\nTo: basin@denizli-ism.example\r\n{headers}"
        f"Date: {format_datetime(date or at)}\r\nMIME-Version: 1.0\r\n"
    ).encode()
    if form == "opaque":
        data = base64.encodebytes(signature(content, by, at, opaque=True)).replace(b"\n", b"\r\n")
        kind = b'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'
        return head + b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + data
    data = base64.encodebytes(signature(content, by, at)).replace(b"\n", b"\r\n")
    return (
        head
        + b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;\r\n'
        + b' boundary="imza-1"\r\n\r\nThis is an S/MIME signed message\r\n\r\n--imza-1\r\n'
        + content
        + b"\r\n--imza-1\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + data
        + b"\r\n--imza-1--\r\n"
    )
