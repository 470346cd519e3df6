"""What was found in the files of a mail: texts in both views, pictures made ready, what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mailbot.core.opening import FileRole
from mailbot.core.values import Digest


class Spot(StrEnum):
    """Where a paragraph stands in a document."""

    BODY = "metin"
    TABLE = "tablo"
    TEXTBOX = "metin kutusu"
    NOTE = "dipnot"
    HEADER = "üst bilgi"
    FOOTER = "alt bilgi"
    HIDDEN = "gizli yazı"


FLOW = frozenset({Spot.BODY, Spot.TABLE})
"""What is read from top to bottom; everything else is shown to staff and not taken."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of one view, in one line or with its line breaks."""

    text: str
    spot: Spot = Spot.BODY
    title: bool = False
    """Its style says that it is the title of the document (Title, Heading 1)."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark beside the text: a comment of Word or LibreOffice, an annotation of a PDF."""

    words: str
    author: str = ""
    about: str = ""
    """The words that it is attached to, where the file says so."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The text of one document in its two views (libraries.md: tracked changes make two texts)."""

    kind: str
    """`docx`, `odt`, `pdf`, `rtf`, `txt`, `eml`."""
    accepted: tuple[Paragraph, ...]
    """As it reads once every tracked change is accepted."""
    original: tuple[Paragraph, ...]
    """As it read before any tracked change; the same as `accepted` where there is none."""
    changes: int = 0
    """Tracked insertions and deletions, moves counted as both."""
    comments: tuple[Comment, ...] = ()
    signs: tuple[str, ...] = ()
    """Turkish phrases: what else is in the file and is not text."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph as it may leave: without position and other hidden data, in a size for mail."""

    content_type: str
    data: bytes = field(repr=False)
    """The bytes that go out: what is approved is exactly this copy."""
    width: int
    height: int
    located: bool = False
    """The original says where it was taken; the copy does not."""
    altered: bool = False
    """The copy is not the original's bytes: cleaned, turned upright, scaled or converted."""
    original_size: tuple[int, int] = (0, 0)
    """Width and height as they came, in pixels."""
    caption: str = ""
    photographer: str = ""


class Trouble(StrEnum):
    """Why a file could not be read. The value is a stable word; `TROUBLES` says what to do."""

    EMPTY = "bos"
    ENCRYPTED = "parolali"
    OLD_WORD = "eski-word"
    OLD_OFFICE = "eski-office"
    BOMB = "cok-buyuyor"
    UNSAFE = "dtd"
    BROKEN = "bozuk"
    SCAN = "taranmis"
    UNKNOWN = "taninmayan"
    PICTURE_BROKEN = "bozuk-fotograf"
    PICTURE_HUGE = "dev-fotograf"
    PICTURE_HEIC = "heic"
    PICTURE_OTHER = "baska-fotograf"
    ARCHIVE_NESTED = "ic-ice-arsiv"
    ARCHIVE_MANY = "cok-dosyali-arsiv"
    ARCHIVE_OTHER = "baska-arsiv"
    SLOW = "uzun-surdu"


TROUBLES: Mapping[Trouble, str] = {
    Trouble.EMPTY: "boş (0 bayt); dosyayı yeniden ekleyip gönderiniz.",
    Trouble.ENCRYPTED: "parolalı, okunamadı; parolasını kaldırıp yeniden gönderiniz ya da metni iletiye "
    "yapıştırınız.",
    Trouble.OLD_WORD: "eski Word biçiminde (.doc), okunamadı; Word’de “Farklı Kaydet” ile .docx olarak "
    "kaydedip gönderiniz ya da metni iletiye yapıştırınız.",
    Trouble.OLD_OFFICE: "eski Office biçiminde, okunamadı; yeni biçimde kaydedip gönderiniz.",
    Trouble.BOMB: "açıldığında olağan dışı büyüyor, güvenlik için okunmadı; metni iletiye yapıştırınız.",
    Trouble.UNSAFE: "güvenli olmayan bir tanım (DTD) içeriyor, okunmadı; belgeyi yeniden kaydedip gönderiniz "
    "ya da metni iletiye yapıştırınız.",
    Trouble.BROKEN: "bozuk, açılamadı; dosyayı yeniden kaydedip gönderiniz ya da metni iletiye yapıştırınız.",
    Trouble.SCAN: "taranmış bir belge, içinde okunabilir yazı yok; metni iletiye yapıştırınız ya da .docx "
    "olarak gönderiniz.",
    Trouble.UNKNOWN: "tanınmayan bir biçimde, okunamadı; metni .docx olarak ya da iletinin içinde "
    "gönderiniz.",
    Trouble.PICTURE_BROKEN: "bozuk ya da eksik, açılamadı; fotoğrafı yeniden gönderiniz.",
    Trouble.PICTURE_HUGE: "çok büyük bir görüntü, işlenmedi; en çok 120 megapiksel olacak biçimde "
    "küçültüp gönderiniz.",
    Trouble.PICTURE_HEIC: "HEIC biçiminde, burada açılamıyor; JPEG olarak kaydedip gönderiniz.",
    Trouble.PICTURE_OTHER: "işlenmemiş (ham) ya da tanınmayan bir görüntü; JPEG olarak kaydedip gönderiniz.",
    Trouble.ARCHIVE_NESTED: "arşiv içinde arşiv, açılmadı; dosyaları ayrı ayrı ekleyiniz.",
    Trouble.ARCHIVE_MANY: "çok sayıda ya da çok büyük dosya içeriyor, açılmadı; gerekenleri ayrı ayrı "
    "ekleyiniz.",
    Trouble.ARCHIVE_OTHER: "bu arşiv biçimi açılamıyor; dosyaları .zip olarak ya da ayrı ayrı gönderiniz.",
    Trouble.SLOW: "süresi içinde okunamadı; dosyayı küçültüp gönderiniz ya da metni iletiye yapıştırınız.",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """What the electronic signatures of a file say."""

    intact: bool
    """False: the file was changed after it was signed, or a signature cannot be checked."""
    names: tuple[str, ...] = ()
    """Common names of the certificates."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file of a mail, or of an archive or a mail attached to it, and what is in it."""

    name: str
    content_type: str
    digest: Digest
    """Of the bytes as they came."""
    size: int
    role: FileRole
    inside: str = ""
    """Name of the archive or attached mail that it came out of; "" where it is attached itself."""
    data: bytes = field(default=b"", repr=False)
    """The bytes as they came, where they are no attachment of the letter."""
    paper: Paper | None = None
    picture: Picture | None = None
    trouble: Trouble | None = None
    signed: Signed | None = None
    """None where it carries no signature."""

    @property
    def called(self) -> str:
        """The file as staff are told of it."""
        return f"{self.name} ({self.inside} içinde)" if self.inside else self.name

    @property
    def complaint(self) -> str:
        """What is wrong with it and what to do, one Turkish sentence; "" where it was read."""
        return f"“{self.called}” {TROUBLES[self.trouble]}" if self.trouble else ""


@dataclass(frozen=True, slots=True)
class Examined:
    """All files of one letter, in their order."""

    files: tuple[Found, ...] = ()

    @property
    def papers(self) -> tuple[Found, ...]:
        return tuple(f for f in self.files if f.paper is not None)


NOTHING = Examined()
