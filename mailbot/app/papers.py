"""What the files of a staff mail give an item: its text or texts to choose from, photographs, and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mailbot.app.case import Case
from mailbot.core.document import Found
from mailbot.core.item import FileRef, Item, Offer
from mailbot.core.opening import FileRole, Opening
from mailbot.reading.body import split_body
from mailbot.reading.captions import captions, photographer
from mailbot.reading.papers import BODY, Choice, choose_text, file_notes
from mailbot.reading.plain import plain
from mailbot.reading.revision import revised_text

_SHARES = re.compile(
    r"wetransfer|we\.tl|drive\.|/drive|dropbox|onedrive|1drv\.ms|yandex|disk\.|sharepoint|mega\.nz|dosya"
)


def text_of(case: Case, opening: Opening) -> Choice:
    """The text that the mail opens its item with, else what staff have to choose from."""
    body = None
    if opening.text and opening.text.strip():
        # A label line ("Metin:") above the text is not part of it.
        text = revised_text(opening.text, "") or opening.text.strip()
        body = Offer(BODY, text, opening.title)
    return choose_text(case.sight.examined, body)


def title_of(case: Case, opening: Opening, text: Offer | None) -> str:
    """The title: by the mail's own label, else by the document that the text came from, else as read."""
    labelled = split_body(case.sight.fresh.text).title
    if text is None or text.source == BODY or not text.title or labelled:
        return opening.title
    return text.title


def notes_of(case: Case, opening: Opening | None = None) -> tuple[str, ...]:
    """Turkish sentences on the files of the mail and on files that it only links to."""
    notes = list(file_notes(case.sight.examined))
    if opening is not None:
        shares = [url for url in opening.urls if _SHARES.search(url)]
        notes += [
            f"Dosya paylaşım bağlantısı açılmadı: {url[:200]} (dosyaları iletiye ekleyiniz)."
            for url in shares[:5]
        ]
        consents = [f for f in case.sight.examined.files if f.role is FileRole.CONSENT]
        said = re.search(r"\bonam\w*\s(?:alindi|alinmis|var|mevcut|ekte)", plain(case.sight.fresh.text))
        if opening.privacy and not consents and not said:
            notes.append(
                "Fotoğraflarda hasta görünüyor olabilir ve onam belirtilmemiş; onam formunu gönderiniz ya da "
                "“onam alındı” yazınız."
            )
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class Photos:
    """Photographs as they leave, and as they came."""

    ready: tuple[FileRef, ...]
    originals: tuple[FileRef, ...]


def photos_in(case: Case, words: str) -> Photos:
    """The photographs of the mail, stored: the copy that goes out, and the original."""
    found = [f for f in case.sight.examined.files if f.picture is not None and f.role is FileRole.PHOTO]
    ready = tuple(_ready(case, file) for file in found)
    below = captions(words, [f.name for f in ready])
    taken_by = photographer(words) if ready else ""
    ready = tuple(replace(f, caption=below.get(f.name, ""), photographer=taken_by) for f in ready)
    return Photos(ready, tuple(_original(case, file) for file in found))


def _ready(case: Case, file: Found) -> FileRef:
    picture = file.picture
    assert picture is not None
    digest = case.tx.put_blob(picture.data)
    return FileRef(_named(file.name, picture.content_type), picture.content_type, len(picture.data), digest)


def _original(case: Case, file: Found) -> FileRef:
    data = file.data or next((a.data for a in case.sight.letter.attachments if a.digest == file.digest), b"")
    return FileRef(file.name, file.content_type, file.size, case.tx.put_blob(data) if data else file.digest)


def _named(name: str, content_type: str) -> str:
    """The file's name with the ending of what it is now."""
    stem, dot, ending = (name or "fotograf").rpartition(".")
    kinds = {"image/jpeg": ("jpg", "jpeg"), "image/png": ("png",)}[content_type]
    return name if dot and ending.lower() in kinds else f"{stem or ending}.{kinds[0]}"


def added_photos(case: Case, item: Item) -> dict[str, tuple[FileRef, ...]]:
    """The item's photographs with those of this mail, and with the captions that it writes."""
    words = case.sight.fresh.text
    new = photos_in(case, words)
    earlier = _files(item, "photos")
    below, taken_by = captions(words, [p.name for p in earlier]), photographer(words)
    kept = tuple(
        replace(p, caption=below.get(p.name, p.caption), photographer=taken_by or p.photographer)
        for p in earlier
    )
    known = {p.digest for p in kept}
    photos = (*kept, *(p for p in new.ready if p.digest not in known))
    if photos == earlier:
        return {}
    return {"photos": photos, "originals": (*_files(item, "originals"), *new.originals)}


def _files(item: Item, name: str) -> tuple[FileRef, ...]:
    value = item.fields.get(name, ())
    return value if isinstance(value, tuple) else ()
