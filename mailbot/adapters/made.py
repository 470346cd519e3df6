"""Documents and photographs as people's programs write them, for scenarios: small, the same each time."""
# ruff: noqa: E501 - a part of a document is written in one piece

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from html import escape

from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(files: Mapping[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file whose bytes do not depend on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2026, 11, 23, 10, 0, 0))
            info.compress_type = compression
            archive.writestr(info, data)
    return out.getvalue()


def run(text: str, *, properties: str = "") -> str:
    """A run of Word text."""
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{head}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="Ece Taslak" w:date="2026-11-23T09:00:00Z">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    return (
        '<w:del w:id="2" w:author="Ece Taslak" w:date="2026-11-23T09:00:00Z">'
        f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


def paragraph(*content: str, style: str = "", mark: str = "") -> str:
    """A Word paragraph; content that is no markup is text."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{head}{''.join(c if c.startswith('<') else run(c) for c in content)}</w:p>"


def docx(*paragraphs: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word document; a paragraph that is no markup is plain text."""
    body = "".join(p if p.startswith("<") else paragraph(p) for p in paragraphs)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {_MORE}><w:body>{body}</w:body></w:document>'
    )
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _RELS,
            "word/document.xml": document,
            **(more or {}),
        }
    )


def word_part(name: str, content: str) -> str:
    """A part beside the document: comments, footnotes, a header."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_MORE}>{content}</w:{name}>'


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(content: str, *, manifest: str = "") -> bytes:
    """An OpenDocument text with this content of office:text."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest or "<manifest/>",
            "content.xml": f'<?xml version="1.0"?><office:document-content {_ODF}><office:body><office:text>'
            f"{content}</office:text></office:body></office:document-content>",
        }
    )


_TURKISH = "ğĞıİşŞçÇöÖüÜ’“”–"
_GLYPHS = (
    "/gbreve/Gbreve/dotlessi/Idotaccent/scedilla/Scedilla/ccedilla/Ccedilla/odieresis/Odieresis/udieresis"
)
_GLYPHS += "/Udieresis/quoteright/quotedblleft/quotedblright/endash"
_CODES = {letter: 128 + n for n, letter in enumerate(_TURKISH)}


def pdf(lines: Sequence[str], *, notes: Sequence[tuple[str, str]] = (), picture: bool = False) -> bytes:
    """A PDF of one page with these lines; `notes` are annotations: subtype and words."""
    shown = b"".join(b"(%s) Tj T*\n" % _pdf_text(line) for line in lines)
    stream = b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET"
    annots = " ".join(f"{7 + n} 0 R" for n in range(len(notes)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[%s]"
        b"/Resources<</Font<</F1 5 0 R>>%s>>>>" % (annots.encode(), b"/XObject<<>>" if picture else b""),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding 6 0 R>>",
        f"<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[128{_GLYPHS}]>>".encode(),
    ]
    for kind, words in notes:
        objects.append(
            b"<</Type/Annot/Subtype/%s/Rect[60 700 80 720]/T(Vali Yard\xfdmc\xfds\xfd)/Contents %s>>"
            % (kind.encode(), b"<" + ("\ufeff" + words).encode("utf-16-be").hex().encode() + b">")
        )
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _pdf_text(line: str) -> bytes:
    found = bytearray()
    for letter in line:
        code = _CODES.get(letter) or ord(letter)
        found += b"\\" + bytes([code]) if letter in "()\\" else bytes([code])
    return bytes(found)


def rtf(*paragraphs: str) -> bytes:
    """An RTF text as WordPad writes it on Turkish Windows."""
    body = "\\par\n".join(
        "".join(f"\\'{byte:02x}" if byte > 126 else chr(byte) for byte in p.encode("cp1254"))
        for p in paragraphs
    )
    return f"{{\\rtf1\\ansi\\ansicpg1254\\deff0{{\\fonttbl{{\\f0 Calibri;}}}}\n{body}\\par}}".encode("ascii")


def ole(stream: str) -> bytes:
    """A compound file of old Office with one stream of this name (not more than its directory)."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def photo(
    size: tuple[int, int] = (64, 48),
    *,
    kind: str = "JPEG",
    colour: tuple[int, int, int] = (20, 120, 200),
    placed: bool = False,
    turned: bool = False,
    caption: str = "",
    photographer: str = "",
    xmp: bytes = b"",
) -> bytes:
    """A picture; `placed` writes a GPS position into its EXIF, `turned` that it lies on its side."""
    image = Image.new("RGB", size, colour)
    image.paste((250, 250, 250), (0, 0, max(1, size[0] // 4), max(1, size[1] // 4)))
    exif = Image.Exif()
    if placed:
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", (37.0, 46.0, 0.0), "E", (29.0, 5.0, 0.0)
        exif[0x8825] = gps
    if turned:
        exif[0x0112] = 6
    if caption:
        exif[0x010E] = caption
    if photographer:
        exif[0x013B] = photographer
    out = io.BytesIO()
    more = {"exif": exif.tobytes()} if len(exif) else {}
    if xmp:
        more["xmp"] = xmp
    image.save(out, kind, **more)
    return out.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that claims these pixels and holds none of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def bomb(size: int = 300_000_000) -> bytes:
    """A DOCX of a few hundred kB whose document unpacks to `size` bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _RELS)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f"<w:document {W}><w:body><w:p><w:r><w:t>".encode())
            for _ in range(size // 1_000_000):
                part.write(b"a" * 1_000_000)
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return out.getvalue()


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def entity_bomb() -> bytes:
    """A DOCX whose document defines entities."""
    return zipped({"_rels/.rels": _RELS, "word/document.xml": ENTITIES})


def hidden_in(picture: bytes) -> dict[int, object]:
    """What a picture carries beside what is seen (EXIF tags)."""
    with Image.open(io.BytesIO(picture)) as image:
        return dict(image.getexif())
