"""The answers an ask offers as `mailto:` links: each opens a ready reply that the approver sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

_MOST = 1_500
"""Characters above which some mail programs cut a mailto: address."""

SENTENCES: Mapping[str, str] = {
    "ONAY": "Metni onaylıyorum.",
    "DÜZELTME": "Metinde şu değişikliğin yapılmasını istiyorum: ",
    "RET": "Metni uygun görmüyorum.",
    "WEB": "Yalnız web ve sosyal medyada yayımlansın.",
    "YENİ SÜRÜM": "Yeni sürüm",
    "İPTAL": "İptal",
}
HINTS: Mapping[str, str] = {
    "ONAY": "Metin uygunsa ONAY yazınız.",
    "DÜZELTME": "Değişiklik istiyorsanız DÜZELTME yazıp değişikliği belirtiniz.",
    "RET": "Metin uygun değilse RET yazınız.",
    "WEB": "Basına vermeyip yalnız web ve sosyal medyada yayımlatmak için WEB yazınız.",
    "YENİ SÜRÜM": "Metnin değiştirilip yeniden onaya sunulması için YENİ SÜRÜM yazınız.",
    "İPTAL": "Haberden vazgeçmek için İPTAL yazınız.",
}


@dataclass(frozen=True, slots=True)
class Button:
    """One answer: the word to write, the sentence that says when, and the link that writes it."""

    word: str
    hint: str
    href: str


def button(word: str, address: str, subject: str, record: str) -> Button:
    """The link for one answer. It makes a new mail, so subject and body both carry reference and key.

    `record` names reference, version and key; it stands below the signature delimiter (RFC 3676, 4.3),
    where no reader takes it for words of the approver.
    """
    body = quote(f"{SENTENCES[word]}\r\n\r\n-- \r\n{record}", safe="")
    local, _, domain = address.partition("@")
    # "+" of a subaddress must be %2B: some programs read it as a blank.
    start = f"mailto:{quote(local, safe='')}@{domain}?subject="
    while len(start) + len(quote(subject, safe="")) + len(body) + 6 > _MOST:
        subject = subject[: max(len(subject) - 20, 0)].rstrip()
    return Button(word, HINTS[word], f"{start}{quote(subject, safe='')}&body={body}")
