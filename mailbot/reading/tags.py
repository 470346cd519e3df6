"""HTML cut into tags and text as browsers cut it (HTML Standard, 13.2.5), in time linear to its length.

A tokenizer of our own, because mails are read in the service's own process: it is pure, bounded and
follows the standard where mails and attackers lean on it (quotes in attributes, comments, raw text).
Trees are not built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,60}+)"
    r"((?:[^<>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>\"'][^\s<>\"']*+)?+)*+)>"
)
"""A tag as programs write them; the rest goes the long way, which never ends before this one failed."""
_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
_STOP = re.compile(r"[>=]")
_VALUE = re.compile(r"\s*+([\"']?)")
_UNQUOTED = re.compile(r"[^\s>]*+")
_LONE = re.compile(r"<(?:<(?![a-zA-Z/!?]))*+")
_COMMENT_END = re.compile(r"--!?>")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
"""Elements whose content is no markup, by the tag that ends them."""

Token = tuple[str, str, str]
"""Kind ("text", "start", "end"), text or name in lower case, attributes as they stand."""


def tokens(page: str) -> Iterator[Token]:
    """The text and the tags of `page` in order; comments, declarations and raw text are left out."""
    place, end = 0, len(page)
    while place < end:
        start = page.find("<", place)
        if start < 0:
            yield "text", page[place:], ""
            return
        if start > place:
            yield "text", page[place:start], ""
        found = _TAG.match(page, start)
        if found is not None:
            place = found.end()
            slash, name, attributes = found[1], found[2].lower(), found[3]
        elif (opened := _NAME.match(page, start)) is not None:
            place = _end_of_tag(page, opened.end())
            slash, name, attributes = opened[1], opened[2].lower()[:60], page[opened.end() : place - 1]
        else:
            place = _markup(page, start)
            if place == start:  # a lone "<" is text
                place = _LONE.match(page, start).end()  # type: ignore[union-attr]
                yield "text", page[start:place], ""
            continue
        if slash:
            yield "end", name, ""
            continue
        yield "start", name, attributes
        if name in _RAW:
            close = _RAW[name].search(page, place)
            place = close.start() if close else end
        elif name == "plaintext":
            yield "text", page[place:], ""
            return


def _end_of_tag(page: str, place: int) -> int:
    """The character after the ">" that ends a tag; the end of the page where nothing ends it."""
    while (stop := _STOP.search(page, place)) is not None:
        place = stop.end()
        if stop[0] == ">":
            return place
        value = _VALUE.match(page, place)
        if value is None or not value[1]:
            place = _UNQUOTED.match(page, value.end() if value else place).end()  # type: ignore[union-attr]
            continue
        close = page.find(value[1], value.end())
        if close < 0:
            break
        place = close + 1
    return len(page) + 1


def _markup(page: str, start: int) -> int:
    """The character after a comment or declaration that begins at `start`; `start` where none does."""
    if page.startswith("<!--", start):
        if page.startswith((">", "->"), start + 4):
            return page.index(">", start + 4) + 1
        end = _COMMENT_END.search(page, start + 4)
        return end.end() if end else len(page)
    if page.startswith(("<!", "<?", "</"), start):
        close = page.find(">", start)
        return close + 1 if close >= 0 else len(page)
    return start
