"""What an attachment is for, by its name and type."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re

from mailbot.core.letter import Attachment
from mailbot.core.opening import FileRole
from mailbot.reading.plain import plain, tidy

_PHOTO = ("jpg", "jpeg", "png", "heic", "heif", "webp", "tif", "tiff", "bmp", "gif", "raw", "cr2", "nef")
_VIDEO = ("mp4", "mov", "avi", "mkv", "m4v", "webm", "mts", "wmv", "3gp")
_WRITING = ("doc", "docx", "odt", "rtf", "txt", "udf", "pages", "md")
_ARCHIVE = ("zip", "rar", "7z", "tar", "gz", "tgz")
_CONSENT = re.compile(r"onam|riza|muvafakat|kvkk|izin_?form|acik_?riza|consent")
_IDENTITY = re.compile(
    r"(?<!kurumsal_)(?<!kurum_)(?<![a-z])(?:kimlik(?!li)|nufus_?(?:cuzdan|kayit|kagid)|tckn|tc_?(?:kimlik|no)|ehliyet|surucu_?belge|pasaport|passport|vukuatli)"
)
_PAPER = re.compile(
    r"imza|ust_?yazi|resmi|yazi(?:si)?(?:$|[^a-z])|talep|davet|dilekce|liste|tutanak|rapor|program_?akis|protokol|katilimci|ek[-_ ]?haber|kupur|gazete|logo|olur|form"
)
_NEWS_TEXT = re.compile(
    r"haber|metin|metni|bulten|aciklama|duyuru|basin|tekzip|cevap|not(?:u)?(?:$|[^a-z])|senaryo|text|icerik|tasla[kg]|spot"
)


def role_of(attachment: Attachment) -> FileRole:
    """The role of `attachment`. Consent forms and identity papers are recognised whatever their type."""
    name = plain(tidy(attachment.name))
    stem, _, ending = name.rpartition(".")
    words = re.sub(r"[^a-z0-9]+", "_", stem or name)
    kind = attachment.content_type.lower()
    if _CONSENT.search(words):
        return FileRole.CONSENT
    if _IDENTITY.search(words):
        return FileRole.IDENTITY
    if ending in _PHOTO or kind.startswith("image/"):
        return FileRole.PHOTO
    if ending in _VIDEO or kind.startswith("video/"):
        return FileRole.VIDEO
    if ending in _ARCHIVE or kind in (
        "application/zip",
        "application/x-rar-compressed",
        "application/x-7z-compressed",
    ):
        return FileRole.ARCHIVE
    if ending in _WRITING or "wordprocessingml" in kind or kind in ("application/msword", "application/rtf"):
        return FileRole.DOCUMENT if _PAPER.search(words) and not _NEWS_TEXT.search(words) else FileRole.TEXT
    if ending == "pdf" or kind == "application/pdf":
        text = re.search(r"haber_?metn|metin|basin_?(?:aciklama|bulten|duyuru)|bulten_?metn", words)
        return FileRole.TEXT if text and not re.search(r"imza|ozet|tarama", words) else FileRole.DOCUMENT
    if ending in ("xls", "xlsx", "csv", "ods", "ppt", "pptx", "odp"):
        return FileRole.DOCUMENT
    return FileRole.OTHER
