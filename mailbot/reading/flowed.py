"""format=flowed: soft line breaks of RFC 3676 taken out again."""

from __future__ import annotations

import re

_QUOTE = re.compile(r">{0,200}")


def unflow(text: str, *, delsp: bool = False) -> str:
    """`text` with its paragraphs joined (RFC 3676, 4.1 to 4.5); quote marks stay.

    `delsp`: the space before a soft break is an addition and goes too.
    """
    out: list[str] = []
    depth_open = -1
    """Quote depth of the paragraph that is still open, or -1."""
    for line in text.split("\n"):
        depth = _QUOTE.match(line).end()  # type: ignore[union-attr]
        words = line[depth:].removeprefix(" ")  # space-stuffing
        signature = words.rstrip("\r") == "-- "
        if depth == depth_open and not signature:
            out[-1] += words
        else:
            out.append(">" * depth + (" " if depth and words else "") + words)
        soft = words.endswith(" ") and not signature
        if soft and delsp:
            out[-1] = out[-1][:-1]
        depth_open = depth if soft else -1
    return "\n".join(out)
