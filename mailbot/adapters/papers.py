"""Bytes of a document to its text. What a file is, its bytes say; its name and type may be wrong."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from mailbot.adapters.containers import Unreadable, parts_of
from mailbot.core.document import Comment, Paper, Paragraph, Trouble
from mailbot.reading.charset import decode
from mailbot.reading.docx import read_docx
from mailbot.reading.odt import read_odt
from mailbot.reading.xmltree import TooMuchXml, UnsafeXml

PAGES = 60
_CHARACTERS = 200_000
_COMMENTS = 200

# pypdf tells the log of every oddity of a file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The compound file of Office 97 to 2003; newer documents lie in one where they have a password."""


def read_paper(name: str, data: bytes) -> Paper:
    """The document that `data` is. Raises Unreadable; nothing else leaves but what stops the process."""
    if not data:
        raise Unreadable(Trouble.EMPTY)
    try:
        return _reader(name, data)(data)
    except Unreadable:
        raise
    except UnsafeXml as problem:
        raise Unreadable(Trouble.UNSAFE) from problem
    except TooMuchXml as problem:
        raise Unreadable(Trouble.BOMB) from problem
    except MemoryError as problem:
        raise Unreadable(Trouble.BOMB) from problem
    except (expat.ExpatError, RecursionError) as problem:
        raise Unreadable(Trouble.BROKEN) from problem
    except Exception as problem:  # any bytes: whatever a library met in them, the file could not be read
        raise Unreadable(Trouble.BROKEN) from problem


def _reader(name: str, data: bytes) -> Callable[[bytes], Paper]:
    ending = name.lower().rpartition(".")[2]
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_OLE):
        return _ole
    if data.startswith(b"PK"):
        return _package
    if b"%PDF-" in data[:1024]:
        return _pdf
    if head.startswith(b"{\\rtf"):
        return _rtf
    if ending in ("txt", "md", "text", "") and b"\0" not in data[:4096]:
        return _text
    if ending in ("txt", "text") and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _text
    if ending in ("docx", "odt", "docm", "dotx", "pdf", "rtf", "doc"):
        raise Unreadable(Trouble.BROKEN)
    raise Unreadable(Trouble.UNKNOWN)


def _ole(data: bytes) -> Paper:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(Trouble.ENCRYPTED)
    if "WordDocument".encode("utf-16-le") in data:
        raise Unreadable(Trouble.OLD_WORD)
    raise Unreadable(Trouble.OLD_OFFICE)


def _package(data: bytes) -> Paper:
    parts = parts_of(data)
    if "content.xml" in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise Unreadable(Trouble.ENCRYPTED)
        return read_odt(parts)
    if any(part.startswith("word/") for part in parts) or "_rels/.rels" in parts:
        try:
            return read_docx(parts)
        except KeyError as problem:
            raise Unreadable(Trouble.BROKEN) from problem
    raise Unreadable(Trouble.UNKNOWN)


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Plain text in paragraphs: by empty lines where there are any, else by lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")[:_CHARACTERS]
    pieces = re.split(r"\n[ \t\u00a0]*\n", text)
    if len(pieces) < 2:
        pieces = text.split("\n")
    return tuple(Paragraph(piece.strip()) for piece in pieces if piece.strip())


def _simple(
    kind: str,
    paragraphs: tuple[Paragraph, ...],
    comments: tuple[Comment, ...] = (),
    signs: tuple[str, ...] = (),
) -> Paper:
    return Paper(kind, paragraphs, paragraphs, 0, comments, signs)


def _text(data: bytes) -> Paper:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _simple("txt", paragraphs_of(data.decode("utf-16", "replace")))
    text, _ = decode(data.removeprefix(b"\xef\xbb\xbf"), None)
    return _simple("txt", paragraphs_of(text))


def _rtf(data: bytes) -> Paper:
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1")
    if re.search(r"\\(?:revised|deleted|revauth)(?![a-z])", source):
        # The library knows no tracked changes: its text would be one that nobody wrote.
        raise Unreadable(Trouble.UNKNOWN)
    text = str(
        rtf_to_text(source, encoding="cp1254", errors="replace")  # type: ignore[no-untyped-call]
    )
    signs = ("belgede açıklama (yorum) var, okunamadı",) if "\\*\\annotation" in source else ()
    lines = tuple(Paragraph(line.strip()) for line in text[:_CHARACTERS].split("\n") if line.strip())
    return _simple("rtf", lines, signs=signs)


def _pdf(data: bytes) -> Paper:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(Trouble.ENCRYPTED)
    texts: list[str] = []
    comments: list[Comment] = []
    pictures = False
    for number, page in enumerate(reader.pages):
        if number == PAGES or sum(map(len, texts)) > _CHARACTERS:
            break
        texts.append(page.extract_text())
        comments += _annotations(page)
        pictures = pictures or "/XObject" in (page.get("/Resources") or {})
    text = "\n".join(texts)
    if len(re.sub(r"\W", "", text)) < 20:
        raise Unreadable(Trouble.SCAN if pictures or not comments else Trouble.BROKEN)
    signs = ("belge çok uzun, sonu okunmadı",) if len(reader.pages) > PAGES else ()
    return _simple("pdf", _rejoined(text), tuple(comments[:_COMMENTS]), signs)


_MARKS: Mapping[str, str] = {
    "/StrikeOut": "üstü çizilmiş",
    "/Highlight": "vurgulanmış",
    "/Underline": "altı çizilmiş",
    "/Squiggly": "altı çizilmiş",
    "/Caret": "araya ekleme",
    "/Ink": "elle çizim",
    "/Stamp": "damga",
}


def _annotations(page: Any) -> list[Comment]:
    """Remarks and marks that somebody put on a page."""
    found = []
    annotations = page.get("/Annots")
    annotations = annotations.get_object() if annotations is not None else []
    for reference in list(annotations)[:_COMMENTS]:
        note = reference.get_object()
        kind = str(note.get("/Subtype", ""))
        words = str(note.get("/Contents", "") or "").strip()
        if kind in ("/Link", "/Popup", "/Widget"):
            continue
        mark = _MARKS.get(kind, "")
        if words or mark:
            said = f"{words} ({mark})" if words and mark else words or mark
            found.append(Comment(said[:1_000], str(note.get("/T", "") or "")[:100]))
    return found


def _rejoined(text: str) -> tuple[Paragraph, ...]:
    """The lines of a page put back into paragraphs: a line that ends short or with a full stop ends one."""
    lines = [line.strip() for line in text.split("\n")]
    full = sorted((len(line) for line in lines if line), reverse=True)
    width = full[len(full) // 10] if full else 0
    paragraphs: list[str] = []
    running = ""
    for line in lines:
        if not line:
            if running:
                paragraphs.append(running)
                running = ""
            continue
        running = _continued(running, line)
        if len(line) < 0.75 * width or (
            line.endswith((".", "!", "?", ":", "”", '"')) and len(line) < 0.92 * width
        ):
            paragraphs.append(running)
            running = ""
    if running:
        paragraphs.append(running)
    return tuple(Paragraph(p) for p in paragraphs)


def _continued(running: str, line: str) -> str:
    if not running:
        return line
    if running.endswith("-") and line[:1].islower():
        return running[:-1] + line
    return f"{running} {line}"
