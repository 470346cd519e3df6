"""What a mail says below its photographs: captions and who took them, a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.plain import plain, tidy

_NUMBERED = re.compile(
    r"\W{0,3}(?:foto(?:graf)?|gorsel|resim)\s?(?:alti\s?)?(?:no\s?)?([0-9]{1,2})\s?(?:altyazi(?:si)?|alti)?\s?[:=]\s?(?=\S)"
)
_ALL = re.compile(
    r"\W{0,3}(?:foto(?:graf)?|gorsel|resim)\s?(?:alt\s?yazi(?:si)?|alti)\s?[:=]\s?(?=\S)|\W{0,3}alt\s?yazi\s?[:=]\s?(?=\S)"
)
_TAKEN_BY = re.compile(
    r"\W{0,3}(?:foto(?:graf)?(?:lar)?(?:i|lari)?\s?(?:ceken|cekim)?|fotograflari\sceken|fotografci|muhabir-foto)\s?[:=]\s?(?=\S)"
)
_NAME = re.compile(r"(?:(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]*\.?)\s?){2,4}(?:/\s?[\wçğıöşüÇĞİÖŞÜ. ]{2,40})?")
_LIMIT = 300


def captions(words: str, names: Sequence[str]) -> dict[str, str]:
    """Captions by name of the photograph: "tarama-1.jpg: …", "Foto 2: …", or "Fotoğraf altı: …" for all."""
    found: dict[str, str] = {}
    common = ""
    by_name = {plain(tidy(name)): name for name in names}
    for line in tidy(words).split("\n")[:400]:
        low = plain(line)
        if (hit := _NUMBERED.match(low)) and 1 <= int(hit[1]) <= len(names):
            said = line[hit.end() :].strip()
            if len(said.split()) > 1:
                found[names[int(hit[1]) - 1]] = said[:_LIMIT]
        elif hit := _ALL.match(low):
            common = line[hit.end() :].strip()[:_LIMIT]
        else:
            head, colon, said = low.partition(":")
            name = by_name.get(head.strip(" -•*\"'"))
            if colon and name is not None and said.strip():
                found[name] = line[len(head) + 1 :].strip()[:_LIMIT]
    return {name: found.get(name, common) for name in names if found.get(name, common)}


def photographer(words: str) -> str:
    """Who took the photographs, where a line says so and holds a name and nothing else; else ""."""
    for line in tidy(words).split("\n")[:400]:
        if hit := _TAKEN_BY.match(plain(line)):
            name = line[hit.end() :].strip(" .")
            if _NAME.fullmatch(name):
                return name[:100]
    return ""
