"""What IMAP and SMTP share: TLS as the unit sets it, and network faults in a clerk's words."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from pathlib import Path
from typing import Literal

TlsMode = Literal["tls", "starttls", "none"]
"""TLS from the first byte, TLS by STARTTLS (RFC 2595, 3207), or none: on loopback only."""


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its very name or number; no name is looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def tls_complaint(host: str, mode: TlsMode) -> str | None:
    """Why this mode must not be used with this host, in Turkish; None where it may."""
    if mode == "none" and not is_loopback(host):
        return f'{host} adresine şifresiz bağlanılmaz; tls ayarını "tls" ya da "starttls" yapınız.'
    return None


def client_context(ca_file: Path | None) -> ssl.SSLContext:
    """A verifying context. Raises OSError or ssl.SSLError where `ca_file` cannot be read."""
    return ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=str(ca_file) if ca_file else None)


def explain(fault: BaseException, host: str, port: int) -> str:
    """One Turkish sentence that says what happened between us and `host`."""
    place = f"{host}:{port}"
    match fault:
        case ssl.SSLCertVerificationError():
            return (
                f"{place} sunucusunun sertifikası doğrulanamadı ({fault.verify_message}); "
                "sunucu adını ve ca_file ayarını denetleyiniz."
            )
        case ssl.SSLError():
            return (
                f"{place} ile TLS kurulamadı ({fault.reason or fault}); tls ve port ayarlarını denetleyiniz."
            )
        case socket.gaierror():
            return f"{host} adı bulunamadı; sunucu adını ve ağ bağlantısını denetleyiniz."
        case ConnectionRefusedError():
            return f"{place} bağlantıyı kabul etmiyor; sunucu kapalı ya da port yanlış olabilir."
        case TimeoutError():
            return f"{place} süresi içinde yanıt vermedi."
        case ConnectionError():
            return f"{place} ile bağlantı koptu."
        case _:
            return f"{place} ile bağlantı kurulamadı ya da koptu ({one_line(str(fault))})."


def one_line(text: str, limit: int = 300) -> str:
    """A server's words, safe for a log and for a mail to staff: printable, one line, bounded."""
    text = " ".join(text[: 4 * limit].encode("utf-8", "replace").decode("utf-8", "replace").split())
    text = "".join(sign for sign in text if sign.isprintable())
    return text if len(text) <= limit else text[: limit - 1] + "…"
