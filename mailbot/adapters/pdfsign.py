"""Signatures in a PDF: whether they hold, and whose they are (pyHanko, the extra [sign]).

Runs in the child process of `documents`. Who issued the certificate is not judged: the unit configures no
roots, and what counts is that the file has not changed since somebody signed it (ETSI EN 319 142).
"""

from __future__ import annotations

import io
import logging

from mailbot.core.document import Signed


def signed_by(data: bytes) -> Signed | None:
    """What the signatures of the PDF say; None where it has none, or where pyHanko is not installed."""
    if b"/ByteRange" not in data:
        return None
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.diff_analysis import ModificationLevel
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko_certvalidator import ValidationContext
    except ImportError:
        return None
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    names = []
    try:
        for signature in PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures:
            nobody = ValidationContext(trust_roots=[], allow_fetching=False)
            status = validate_pdf_signature(signature, nobody)
            level = status.modification_level or ModificationLevel.NONE
            if not (status.intact and status.valid) or level is ModificationLevel.OTHER:
                return Signed(intact=False)
            names.append(str(status.signing_cert.subject.native.get("common_name", "")))
    except Exception:  # whatever a forged file makes a reader do, it proves nothing
        return Signed(intact=False)
    return Signed(intact=True, names=tuple(filter(None, names))) if names else None
