"""Photographs as they leave: no position, no hidden data, upright, in a size for mail."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageFile

from mailbot.adapters import made as build
from mailbot.adapters.containers import Unreadable
from mailbot.adapters.pictures import LONG_SIDE, MAX_BYTES, read_picture
from mailbot.core.document import Trouble


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def trouble(name: str, data: bytes) -> Trouble:
    with pytest.raises(Unreadable) as caught:
        read_picture(name, data)
    return caught.value.trouble


def test_a_position_does_not_leave() -> None:
    data = build.photo(placed=True, caption="Vali stantta", photographer="Ada Kurgu")
    picture = read_picture("foto.jpg", data)
    assert picture.located
    assert picture.altered
    assert (picture.caption, picture.photographer) == ("Vali stantta", "Ada Kurgu")
    assert not opened(picture.data).getexif()
    assert b"Ada Kurgu" not in picture.data
    assert read_picture("foto.jpg", data).data == picture.data, "the copy is the same every time"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_is_left_of_what_stands_beside_the_pixels(kind: str) -> None:
    picture = read_picture(
        "foto",
        build.photo(kind=kind, placed=True, xmp=b"<x:xmpmeta>gizli</x:xmpmeta>" if kind != "TIFF" else b""),
    )
    image = opened(picture.data)
    assert not image.getexif()
    assert b"gizli" not in picture.data
    assert picture.content_type in ("image/jpeg", "image/png")
    assert image.getpixel((60, 40)) is not None


def test_a_clean_photograph_stays_as_it_is() -> None:
    data = build.photo()
    picture = read_picture("foto.jpg", data)
    assert picture.data == data
    assert not picture.altered


def test_what_hangs_behind_a_photograph_does_not_leave() -> None:
    picture = read_picture("foto.jpg", build.photo() + b"ftypmp42 canli fotografin filmi")
    assert picture.altered
    assert b"filmi" not in picture.data


def test_a_photograph_that_lies_on_its_side_stands_up() -> None:
    picture = read_picture("foto.jpg", build.photo((80, 40), turned=True))
    assert (picture.width, picture.height) == (40, 80)


def test_a_large_photograph_becomes_one_for_mail() -> None:
    picture = read_picture("foto.jpg", build.photo((6000, 4000)))
    assert (picture.width, picture.height) == (LONG_SIDE, LONG_SIDE * 2 // 3)
    assert picture.original_size == (6000, 4000)
    assert len(picture.data) <= MAX_BYTES


def test_a_transparent_picture_gets_a_white_ground_where_it_becomes_a_jpeg() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "WEBP", lossless=True)
    picture = read_picture("logo.webp", out.getvalue())
    assert picture.content_type == "image/jpeg"
    red, green, blue = opened(picture.data).convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert min(red, green, blue) > 250


def test_a_photograph_of_an_iphone_becomes_a_jpeg() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (10, 200, 10)).save(out, "HEIF")
    picture = read_picture("IMG_0001.HEIC", out.getvalue())
    assert picture.content_type == "image/jpeg"
    assert opened(picture.data).size == (64, 64)


def test_without_its_library_heic_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.adapters.pictures._heif", lambda: False)
    assert trouble("IMG_0001.HEIC", b"\0\0\0\x18ftypheic") is Trouble.PICTURE_HEIC


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("foto.jpg", b"", Trouble.EMPTY),
        ("foto.jpg", b"\xff\xd8\xff\xe0 yarim", Trouble.PICTURE_BROKEN),
        ("foto.jpg", build.photo((400, 300))[:-900], Trouble.PICTURE_BROKEN),
        ("foto.png", build.png_of_size(20_000, 10_000), Trouble.PICTURE_HUGE),
        ("foto.png", build.png_of_size(100, 100), Trouble.PICTURE_BROKEN),
        ("foto.CR2", b"II*\0" + bytes(100), Trouble.PICTURE_OTHER),
        ("foto.heic", b"bozuk", Trouble.PICTURE_BROKEN),
    ],
)
def test_what_is_no_photograph_has_a_name(name: str, data: bytes, expected: Trouble) -> None:
    assert trouble(name, data) is expected


def test_half_a_picture_is_broken_also_where_a_bulletin_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as weasyprint leaves it
    assert trouble("foto.jpg", build.photo((400, 300))[:-900]) is Trouble.PICTURE_BROKEN
