"""What a staff mail still owes for the work it opens (1.1.1, 1.2.1, duty G2)."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from datetime import datetime

from mailbot.core.opening import FileRole, Opening, Process
from mailbot.reading.plain import plain

_SIGNED = re.compile(r"imzali|imzalanmis|imzasi\s(?:ekte|alindi|tamam)|imza\sekte|ebys")
_UNSIGNED = re.compile(
    r"imza\w{0,5}\s(?:yarin|bekle|gelecek|sonra|henuz|alinacak|eksik|yok|tamamlan)|imzasiz"
)
NEEDS_HEAD = (Process.INTERVIEW, Process.FILMING)
"""The department head signs these (1.2.2)."""


def missing(opening: Opening, low: str) -> tuple[str, ...]:
    """Turkish phrases: what the process needs and the mail does not hold. `low`: its words in plain letters."""
    roles = [file.role for file in opening.files]
    lacks: list[str] = []
    if opening.process is Process.NEWS:
        if opening.text is None and FileRole.TEXT not in roles:
            lacks.append("haber metni")
        if opening.to_press is None:
            lacks.append("yayın yeri (basın mı, yalnız web ve sosyal medya mı)")
        if opening.when is None:
            lacks.append("etkinlik tarihi")
        if opening.place is None and opening.facility is None:
            lacks.append("etkinlik yeri")
        if FileRole.ARCHIVE in roles and FileRole.PHOTO not in roles:
            lacks.append("fotoğraflar (arşiv dosyası içinde, ayrı ayrı ekleyiniz)")
        elif FileRole.PHOTO not in roles:
            lacks.append("fotoğraf")
        if any(
            re.search(r"wetransfer|drive|dosya|we\.tl|yandex|onedrive|dropbox", url) for url in opening.urls
        ):
            lacks.append("bağlantıyla verilen dosyalar (iletiye ekleyiniz)")
    if opening.process in NEEDS_HEAD:
        if _UNSIGNED.search(low) or not _SIGNED.search(
            low + " " + " ".join(plain(f.name) for f in opening.files)
        ):
            lacks.append("ilgili başkanın imzası")
        if opening.channel is None:
            lacks.append("yayın kuruluşu")
        if opening.process is Process.INTERVIEW and opening.programme is None:
            lacks.append("program adı")
        if opening.process is Process.INTERVIEW and opening.guest is None:
            lacks.append("konuk")
    if opening.process in (*NEEDS_HEAD, Process.VISIT):
        if opening.when is None:
            lacks += ["tarih", "saat"]
        elif not isinstance(opening.when, datetime):
            lacks.append("saat")
        elif "saat yaklaşık yazılmış" in opening.why:
            lacks.append("kesin saat (yaklaşık yazılmış)")
    if opening.process in (Process.NEWS, *NEEDS_HEAD) and opening.department is None:
        lacks.append("ilgili başkanlık")
    return tuple(lacks)
