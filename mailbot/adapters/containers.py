"""Zip files, opened only as far as they are harmless: packages of office documents, and archives of files."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress

from mailbot.core.document import Trouble

PART = 40_000_000
"""Bytes of one unpacked part; the text of a 1,000-page book has a tenth of it."""
PACKAGE = 80_000_000
"""Bytes of all parts that are read of one document."""
MEMBERS = 60
"""Files of an archive; a shoot of photographs has fewer."""
MEMBER = 40_000_000
ARCHIVE = 120_000_000
_PARTS = 3_000


class Unreadable(Exception):
    """Nothing can be read; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as problem:
        raise Unreadable(Trouble.BROKEN) from problem


def _read(zipped: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """At most `limit` bytes are ever unpacked, whatever size the file claims."""
    if info.flag_bits & 0x1:
        raise Unreadable(Trouble.ENCRYPTED)
    try:
        with zipped.open(info) as part:
            data = part.read(limit + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as problem:
        raise Unreadable(Trouble.BROKEN) from problem
    if len(data) > limit:
        raise Unreadable(Trouble.BOMB)
    return data


def parts_of(data: bytes) -> dict[str, bytes]:
    """The XML parts of an office package by name. Raises Unreadable."""
    with _open(data) as zipped:
        infos = zipped.infolist()
        if len(infos) > _PARTS:
            raise Unreadable(Trouble.BOMB)
        parts: dict[str, bytes] = {}
        left = PACKAGE
        for info in infos:
            if info.filename == "mimetype" or info.filename.endswith((".xml", ".rels")):
                parts[info.filename.lstrip("/")] = found = _read(zipped, info, min(PART, left))
                left -= len(found)
    return parts


def names_of(data: bytes) -> frozenset[str]:
    """The names in a zip file. Raises Unreadable."""
    with _open(data) as zipped:
        return frozenset(zipped.namelist()[:_PARTS])


def members_of(data: bytes) -> Iterable[tuple[str, bytes]]:
    """Name and bytes of each file of an archive, one level deep. Raises Unreadable."""
    with _open(data) as zipped:
        infos = [i for i in zipped.infolist() if not i.is_dir() and not _needless(i.filename)]
        if len(infos) > MEMBERS or sum(i.file_size for i in infos) > ARCHIVE:
            raise Unreadable(Trouble.ARCHIVE_MANY)
        left = ARCHIVE
        for info in infos:
            found = _read(zipped, info, min(MEMBER, left))
            left -= len(found)
            yield _name(info), found


def _needless(name: str) -> bool:
    """What macOS and Windows put beside the files."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (
        name.startswith("__MACOSX/")
        or last.startswith("._")
        or last in (".DS_Store", "Thumbs.db", "desktop.ini")
    )


def _name(info: zipfile.ZipInfo) -> str:
    """The file's name without its folders; Turkish Windows writes names in code page 857."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp857")
    return name.replace("\\", "/").rpartition("/")[2]
