"""The answers an ask offers as `mailto:` links: each opens a ready reply that the approver sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

_MOST = 1_500
"""Characters above which some mail programs cut a mailto: address."""

SENTENCES: Mapping[str, str] = {
    "ONAY": "{ref} Sürüm {version} metnini onaylıyorum.",
    "DÜZELTME": "{ref} Sürüm {version} metninde şu değişikliğin yapılmasını istiyorum: ",
    "RET": "{ref} Sürüm {version} metnini uygun görmüyorum.",
}
HINTS: Mapping[str, str] = {
    "ONAY": "uygun görüyorum",
    "DÜZELTME": "istenen değişikliği de belirtiniz",
    "RET": "uygun görmüyorum",
}


@dataclass(frozen=True, slots=True)
class Button:
    """One answer: the word to write, what it means, and the link that writes it."""

    word: str
    hint: str
    href: str


def button(word: str, address: str, subject: str, ref: str, version: int, record: str) -> Button:
    """The link for one answer. It makes a new mail, so subject and body both carry reference and key."""
    sentence = SENTENCES[word].format(ref=ref, version=version)
    body = quote(f"{sentence}\r\n\r\n{record}", safe="")
    local, _, domain = address.partition("@")
    # "+" of a subaddress must be %2B: some programs read it as a blank.
    start = f"mailto:{quote(local, safe='')}@{domain}?subject="
    while len(start) + len(quote(subject, safe="")) + len(body) + 6 > _MOST:
        subject = subject[: max(len(subject) - 20, 0)].rstrip()
    return Button(word, HINTS[word], f"{start}{quote(subject, safe='')}&body={body}")
