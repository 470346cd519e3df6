"""winmail.dat: the body and the files of an Outlook "Rich Text" mail (MS-OXTNEF, MS-OXRTFCP)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tnef:
    """What a TNEF stream held."""

    text: str | None
    html: str | None
    files: tuple[tuple[str, bytes], ...]


def open_tnef(data: bytes) -> Tnef | None:
    """The content of a TNEF stream, or None where it cannot be read."""
    return None
