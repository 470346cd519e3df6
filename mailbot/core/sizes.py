"""What fits into one mail: a smaller set of photographs where all of them would exceed the server's limit.

One pure rule, asked when a mail is written and again at the gate: what an approver was shown and what the
press gets are the same set, and a photograph that is missing is missing for this reason alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mailbot.core.item import FileRef

DEFAULT_KB = 10_240
"""kB of a whole mail that institutions' servers commonly take."""
_TEXT = 500_000
"""Bytes kept for headers, text, HTML (under 90 kB) and the unit's form of the text that goes to outlets."""
_PART = 600
"""Bytes of a part's own headers."""


@dataclass(frozen=True, slots=True)
class Load:
    """The files of one mail: what rides and what is left out, each in the order given."""

    carried: tuple[FileRef, ...]
    left: tuple[FileRef, ...] = ()


def on_the_wire(size: int) -> int:
    """Bytes of a file of `size` bytes as base64 in lines of 76 characters (RFC 2045, 6.8)."""
    return -(-size // 57) * 78 + _PART


def loaded(files: Sequence[FileRef], photos: Sequence[FileRef], limits: Mapping[str, int]) -> Load:
    """`files` without the photographs that do not fit any more, first come first served.

    Other files (a note, a bulletin) are the mail's purpose and never left out.
    """
    budget = limits.get("mail.max_outbound_kb", DEFAULT_KB) * 1024 - _TEXT
    droppable = {photo.digest for photo in photos}
    budget -= sum(on_the_wire(f.size) for f in files if f.digest not in droppable)
    carried: list[FileRef] = []
    left: list[FileRef] = []
    for file in files:
        if file.digest not in droppable:
            carried.append(file)
        elif on_the_wire(file.size) <= budget:
            budget -= on_the_wire(file.size)
            carried.append(file)
        else:
            left.append(file)
    return Load(tuple(carried), tuple(left))
