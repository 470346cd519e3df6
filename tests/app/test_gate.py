"""The last look: a rendered mail that is not exactly the approved version does not leave."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from mailbot.app.gate import content_difference
from mailbot.core.item import FieldValue, FileRef, Version, version_digest
from mailbot.core.values import Address, digest_of

TEXT = "İlk paragraf, şu kadar.\n\nİkinci paragraf & “alıntı” <b>kalın</b> değil."
PHOTO = b"\x89PNG photo"


def version(text: str = TEXT) -> Version:
    photo = FileRef("foto.png", "image/png", len(PHOTO), digest_of(PHOTO))
    bound: dict[str, FieldValue] = {"title": "Başlık", "text": text, "to": "press", "photos": (photo,)}
    return Version(
        1, version_digest(bound), bound, datetime(2026, 11, 23, tzinfo=UTC), Address("a@b.example")
    )


def mail(
    *,
    plain: str = f"Değerli basın mensupları,\n\nBaşlık\n\n{TEXT}\n",
    html: str = "<style>p {}</style><p>Başlık</p><p>İlk paragraf, şu kadar.</p>"
    "<p>İkinci paragraf &amp; “alıntı” &lt;b&gt;kalın&lt;/b&gt; değil.</p>",
    photos: tuple[bytes, ...] = (PHOTO,),
    riding: str = "",
) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Denizli - Başlık"
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    for photo in photos:
        message.add_attachment(photo, maintype="image", subtype="png", filename="foto.png")
    if riding:
        message.add_attachment(riding, subtype="plain", filename="metin.txt")
    return message.as_bytes()


def test_exactly_the_version_may_leave() -> None:
    assert content_difference(mail(), version()) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (mail(plain=f"Başlık\n\n{TEXT.replace('şu', 'bu')}\n"), "metin"),
        (mail(html="<p>Başlık</p><p>İlk paragraf, bu kadar.</p>"), "metin"),
        (mail(plain="Başlık\n\nkısa"), "metin"),
        (mail(photos=()), "eklerden"),
        (mail(photos=(PHOTO, b"\x89PNG other")), "onaylanmamış"),
        (mail(photos=(PHOTO + b"\0",)), "onaylanmamış"),
        (mail(riding="Başka bir metin"), "onaylanmamış"),
    ],
)
def test_anything_else_is_named(wrong: bytes, said: str) -> None:
    difference = content_difference(wrong, version())
    assert difference is not None
    assert said in difference


def test_a_long_text_may_ride_as_an_attachment() -> None:
    long = "\n\n".join(f"Paragraf {n} uzun bir haber metninin parçasıdır." for n in range(900))
    riding = mail(plain="Başlık\n\nMetin ektedir.", html="<p>Başlık</p><p>Metin ektedir.</p>", riding=long)
    assert content_difference(riding, version(long)) is None
    altered = mail(
        plain="Başlık\n\nMetin ektedir.",
        html="<p>Başlık</p><p>Metin ektedir.</p>",
        riding=long.replace("Paragraf 7 ", "Paragraf 77 "),
    )
    assert content_difference(altered, version(long)) is not None


def test_only_what_the_limit_leaves_no_room_for_may_be_missing() -> None:
    photo = FileRef("foto.png", "image/png", len(PHOTO), digest_of(PHOTO))
    other = FileRef("b.png", "image/png", 5, digest_of(b"other"))
    assert content_difference(mail(photos=()), version(), [photo]) is None
    assert content_difference(mail(), version(), [photo]) is None
    assert content_difference(mail(photos=()), version(), [other]) is not None
    assert content_difference(mail(photos=(b"\x89PNG other",)), version(), [photo]) is not None
