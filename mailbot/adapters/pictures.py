"""Photographs made ready to leave (1.1.1): upright, without position and hidden data, in a size for mail.

The original is kept; what goes out, and is approved, is the copy.
"""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from typing import Any

from PIL import ExifTags, Image, ImageFile, ImageOps, UnidentifiedImageError

from mailbot.adapters.containers import Unreadable
from mailbot.core.document import Picture, Trouble
from mailbot.reading.charset import decode

MAX_PIXELS = 120_000_000
"""The cameras of today's telephones go to 108 and 200 million; more than this is no press photograph."""
LONG_SIDE = 2_400
"""Pixels: enough for a newspaper's page, and ten of them fit into one mail."""
MAX_BYTES = 1_800_000
QUALITY = 88
_LOWER = (80, 70, 60)

# Our own limit is asked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None

_KEPT = frozenset({"JPEG", "PNG"})
"""Formats that every outlet opens; others become JPEG."""


def read_picture(name: str, data: bytes) -> Picture:
    """The picture that `data` is, ready to leave. Raises Unreadable."""
    if not data:
        raise Unreadable(Trouble.EMPTY)
    ending = name.lower().rpartition(".")[2]
    heic = ending in ("heic", "heif") or data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
    if heic and not _heif():
        raise Unreadable(Trouble.PICTURE_HEIC)
    if ending in ("cr2", "nef", "raw", "arw", "dng", "svg", "psd", "ai", "eps"):
        raise Unreadable(Trouble.PICTURE_OTHER)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _ready(data)
    except Unreadable:
        raise
    except UnidentifiedImageError as problem:
        raise Unreadable(Trouble.PICTURE_HEIC if heic else Trouble.PICTURE_BROKEN) from problem
    except MemoryError as problem:
        raise Unreadable(Trouble.PICTURE_HUGE) from problem
    except Exception as problem:  # any bytes: whatever the library met in them, there is no picture
        raise Unreadable(Trouble.PICTURE_BROKEN) from problem


def _heif() -> bool:
    """Whether HEIC can be opened here."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener()
    return True


def _ready(data: bytes) -> Picture:
    # weasyprint, which may have made a bulletin in this process, lets half a picture pass for all of Pillow.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(
        io.BytesIO(data), formats=("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "HEIF", "MPO")
    ) as image:
        width, height = image.size
        if width * height > MAX_PIXELS or width < 1 or height < 1:
            raise Unreadable(Trouble.PICTURE_HUGE)
        kind = image.format or ""
        exif = image.getexif()
        located = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
        caption, photographer = _said(image, exif)
        bare = kind in _KEPT and not exif and not _hidden(image) and _ends(kind, data)
        size = (width, height)
        if kind in ("JPEG", "MPO"):
            # The decoder scales while it reads: a large photograph costs no more than a small one.
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        image.load()
        if bare and max(size) <= LONG_SIDE and len(data) <= MAX_BYTES:
            return Picture(
                f"image/{kind.lower()}",
                data,
                width,
                height,
                located,
                original_size=size,
                caption=caption,
                photographer=photographer,
            )
        upright = ImageOps.exif_transpose(image)
        copy, content_type = _copy(upright, kind)
    with Image.open(io.BytesIO(copy)) as made:
        return Picture(
            content_type,
            copy,
            *made.size,
            located,
            altered=True,
            original_size=size,
            caption=caption,
            photographer=photographer,
        )


def _copy(image: Image.Image, kind: str) -> tuple[bytes, str]:
    """The bytes of the picture alone: nothing of what came beside its pixels but the colour profile."""
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if kind == "PNG":
        out = io.BytesIO()
        plain = image if image.mode in ("RGB", "RGBA", "L", "LA", "P", "1") else image.convert("RGB")
        clean = plain.copy()
        profile = image.info.get("icc_profile")
        transparency = image.info.get("transparency")
        clean.info = {} if transparency is None else {"transparency": transparency}
        clean.save(out, "PNG", icc_profile=profile, optimize=False)
        if out.tell() <= MAX_BYTES:
            return out.getvalue(), "image/png"
    if see_through:
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.convert("RGBA").getchannel("A"))
        ground.info = image.info
        image = ground
    # A profile describes the colours that it came with: other colours go without it.
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "L") else None
    plain = image.copy() if image.mode in ("RGB", "L") else image.convert("RGB")
    plain.info = {}
    for quality in (QUALITY, *_LOWER):
        out = io.BytesIO()
        plain.save(out, "JPEG", quality=quality, icc_profile=profile, optimize=True)
        if out.tell() <= MAX_BYTES:
            break
    return out.getvalue(), "image/jpeg"


def _hidden(image: Image.Image) -> bool:
    """Whether anything beside the pixels is in the file: XMP, IPTC, comments, texts, a second picture."""
    told = set(image.info) - {
        "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "icc_profile", "progressive",
        "progression", "adobe", "adobe_transform", "gamma", "transparency", "interlace", "srgb",
        "chromaticity",
    }  # fmt: skip
    return bool(told) or getattr(image, "n_frames", 1) > 1


def _ends(kind: str, data: bytes) -> bool:
    """Whether nothing stands behind the picture: a film of a "live" photograph, a second file."""
    return data.rstrip(b"\0").endswith(b"\xff\xd9" if kind == "JPEG" else b"IEND\xaeB`\x82")


def _said(image: Any, exif: Image.Exif) -> tuple[str, str]:
    """Caption and photographer as the camera or the archive wrote them (EXIF, IPTC-IIM 2:120 and 2:80)."""
    caption = _text(exif.get(ExifTags.Base.ImageDescription, ""))
    photographer = _text(exif.get(ExifTags.Base.Artist, ""))
    try:
        from PIL import IptcImagePlugin

        facts = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # a broken block says nothing
        facts = {}
    caption = _text(facts.get((2, 120), "")) or caption
    photographer = _text(facts.get((2, 80), "")) or photographer
    if caption.upper().startswith(
        ("DCIM", "DIGITAL CAMERA", "OLYMPUS", "SAMSUNG", "SONY DSC", "MINOLTA", "KODAK")
    ):
        caption = ""
    return caption, photographer


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else b""
    if isinstance(value, str):
        # Pillow reads EXIF as latin-1; cameras and programs write UTF-8.
        text = value
        with suppress(UnicodeError):
            text = value.encode("latin-1").decode("utf-8")
    elif isinstance(value, bytes):
        text = decode(value, None)[0]
    else:
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]
