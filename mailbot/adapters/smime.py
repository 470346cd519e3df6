"""S/MIME signatures as proof (RFC 8551), verified by pyHanko against the authorities that the unit names."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from asn1crypto import cms, pem, x509
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from mailbot.core.letter import Letter, Proof, ProofLevel, Signed
from mailbot.ports.proofs import Proofs
from mailbot.reading.cms import signed_content

T = TypeVar("T")

LATE = timedelta(days=7)
"""How long before the letter's Date a signature may have been made: longer is a letter sent again."""
_USAGE = KeyUsageConstraints(key_usage={"digital_signature"}, extd_key_usage={"email_protection"})


class AuthoritiesRefused(Exception):
    """The file of authorities cannot be used; a Turkish sentence says why."""


def authorities(file: Path) -> list[x509.Certificate]:
    """The certificates of `file` (PEM). Raises AuthoritiesRefused."""
    try:
        found = [
            x509.Certificate.load(der) for _, _, der in pem.unarmor(file.read_bytes(), multiple=True)
        ]
        for certificate in found:
            _ = certificate.subject.native  # loads lazily: a broken one would fail at the first letter
    except OSError as error:
        raise AuthoritiesRefused(f"{file} okunamadı ({error.strerror or error}).") from error
    except (ValueError, TypeError) as error:
        raise AuthoritiesRefused(f"{file} PEM biçiminde bir sertifika dosyası değil.") from error
    return found


class SmimeProofs:
    """Judges by signature first, else as `other` does (`ports.proofs.Proofs`).

    A signature that does not hold proves nothing and refutes nothing: mailing lists and scanners break
    honest ones.
    """

    def __init__(self, other: Proofs, roots: Sequence[x509.Certificate]) -> None:
        self._other, self._roots = other, list(roots)

    def judge(self, letter: Letter) -> Proof:
        proof = self._other.judge(letter)
        if letter.signed is None or proof.refuted or len(letter.from_) != 1:
            return proof
        if len(letter.all_headers("from")) != 1:
            return proof
        trouble, at = self._trouble(letter.signed, letter.from_[0].address.text, letter.date)
        if trouble is None:
            return Proof(
                ProofLevel.SMIME, f"S/MIME imzası {letter.from_[0].address} adresinin.", signed_at=at
            )
        if proof.level > ProofLevel.NONE:
            return proof
        return Proof(ProofLevel.NONE, f"S/MIME imzası kanıt sayılmadı: {trouble}")

    def _trouble(
        self, signed: Signed, sender: str, date: datetime | None
    ) -> tuple[str | None, datetime | None]:
        """What is wrong with the signature, in Turkish; None where it holds. And when it was made."""
        content = signed.content if signed.content is not None else signed_content(signed.cms)
        if content is None:
            return "imza okunamadı.", None
        if date is None:
            return "mektubun tarihi yok.", None
        moment = date.astimezone(UTC)
        try:
            info = cms.ContentInfo.load(signed.cms)
            if info["content_type"].native != "signed_data" or len(info["content"]["signer_infos"]) != 1:
                return "tek bir imza değil.", None
            if signed.content is None:
                # What it encloses was taken out above and is validated as a detached one's.
                info["content"]["encap_content_info"] = cms.ContentInfo({"content_type": "data"})
            context = ValidationContext(trust_roots=self._roots, allow_fetching=False, moment=moment)
            status = _driven(
                async_validate_detached_cms(
                    content,
                    info["content"],
                    signer_validation_context=context,
                    key_usage_settings=_USAGE,
                )
            )
            names = status.signing_cert.subject_alt_name_value
            mails = {n.native.lower() for n in names or () if n.name == "rfc822_name"}
        except Exception as problem:  # whatever a hostile signature runs pyHanko and asn1crypto into
            return f"imza okunamadı ({type(problem).__name__}).", None
        if not status.intact or not status.valid:
            return "imzadan sonra metin değişmiş ya da imza bozuk.", None
        if not status.trusted:
            return "sertifika tanınan bir kökten değil ya da geçerli değil.", None
        if sender not in mails:
            return f"sertifika gönderenin değil ({', '.join(sorted(mails)) or 'adressiz'}).", None
        at = status.signer_reported_dt
        if at is None or not at - timedelta(minutes=10) <= moment <= at + LATE:
            return "imzanın zamanı mektubun tarihine uymuyor; eski bir mektup olabilir.", at
        return None, at


def _driven(validation: Coroutine[Any, Any, T]) -> T:
    """The result of a validation that fetches nothing and so never waits. Raises RuntimeError if it does."""
    try:
        validation.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    validation.close()
    raise RuntimeError("it waits for something")
