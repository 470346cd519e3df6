"""Whether the words of a rendered mail can be read: WCAG 2.2 contrast (1.4.3), by day and in dark mode.

No browser is needed: our mails say every colour inline, as a pair, and the dark ones in one `@media`
block of simple selectors. What the block cannot say is a complaint too: it would be nobody's colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

LEAST = 4.5
"""Contrast ratio of text (WCAG 2.2, 1.4.3, AA)."""

Colour = tuple[int, int, int]

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"})
_HIDDEN = frozenset({"head", "style", "script", "title"})
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAMES: Mapping[str, str] = {"white": "#ffffff", "black": "#000000"}


@dataclass(frozen=True, slots=True)
class Painted:
    """Some words and the two colours that they are seen in."""

    words: str
    text: str
    """As it is written: `#57616c`."""
    ground: str
    dark: bool
    ratio: float


def colour_of(written: str) -> Colour | None:
    """`#1d4f7c` or `#fff` as red, green, blue; None for anything else."""
    value = _NAMES.get(written.strip().lower(), written.strip().lower())
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        value = "#" + "".join(digit * 2 for digit in value[1:])
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        return None
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class _Box:
    """An open element, as far as colours go."""

    tag: str
    classes: frozenset[str]
    text: str
    ground: str
    shown: bool


@dataclass(frozen=True, slots=True)
class _DarkRule:
    path: tuple[str, ...]
    """`.kart p` as its parts, from the outside in."""
    text: str | None
    ground: str | None


def declared(style: str) -> dict[str, str]:
    """The declarations of a `style` attribute or of a rule, names in lower case."""
    found = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip()
    return found


def _ground(style: Mapping[str, str]) -> str | None:
    return style.get("background-color") or style.get("background")


def dark_rules(html: str) -> list[_DarkRule]:
    """The rules of the dark-mode block, in order."""
    block = re.search(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", html)
    found = []
    for selectors, body in _RULE.findall(block[1]) if block else ():
        style = declared(body)
        text, ground = style.get("color"), _ground(style)
        if text or ground:
            found += [_DarkRule(tuple(s.split()), text, ground) for s in selectors.split(",")]
    return found


class _Painter(HTMLParser):
    """Walks a mail with the colours of every open element at hand."""

    def __init__(self, dark: list[_DarkRule] | None) -> None:
        super().__init__(convert_charrefs=True)
        self.dark = dark
        self.open: list[_Box] = [_Box("", frozenset(), "#000000", "#ffffff", shown=True)]
        self.found: list[Painted] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        style = declared(given.get("style", ""))
        outer = self.open[-1]
        classes = frozenset(given.get("class", "").split())
        text = style.get("color") or outer.text
        ground = _ground(style) or given.get("bgcolor") or outer.ground
        for rule in self.dark or ():
            if self._meets(rule.path, tag, classes):
                text, ground = rule.text or text, rule.ground or ground
        shown = outer.shown and tag not in _HIDDEN and style.get("display") != "none"
        self.open.append(_Box(tag, classes, text, ground, shown))

    def _meets(self, path: tuple[str, ...], tag: str, classes: frozenset[str]) -> bool:
        if not _is(path[-1], tag, classes):
            return False
        outside = iter(reversed(self.open))
        return all(any(_is(part, box.tag, box.classes) for box in outside) for part in reversed(path[:-1]))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        box = self.open[-1]
        words = " ".join(data.replace("\xa0", " ").split())
        if not words or not box.shown:
            return
        text, ground = colour_of(box.text), colour_of(box.ground)
        ratio = contrast(text, ground) if text and ground else 0.0
        self.found.append(Painted(words, box.text, box.ground, self.dark is not None, ratio))


def _is(selector: str, tag: str, classes: frozenset[str]) -> bool:
    return selector[1:] in classes if selector.startswith(".") else selector == tag


def painted(html: str) -> Iterator[Painted]:
    """All words that a reader sees, in the colours of the day and then in those of dark mode."""
    for dark in (None, dark_rules(html)):
        painter = _Painter(dark)
        painter.feed(html)
        painter.close()
        yield from painter.found


def pale(html: str) -> list[Painted]:
    """Words that are hard to read, each pair of colours once; ratio 0: a colour that is no `#rrggbb`."""
    found: dict[tuple[str, str, bool], Painted] = {}
    for words in painted(html):
        if words.ratio < LEAST:
            found.setdefault((words.text, words.ground, words.dark), words)
    return list(found.values())


def unpaired(html: str) -> list[str]:
    """Backgrounds that are set without a text colour beside them: another program's dark mode turns one."""
    found: dict[str, None] = {}
    for style in re.findall(r'style="([^"]*)"', html):
        known = declared(style)
        if (ground := _ground(known)) and "color" not in known:
            found[ground] = None
    return list(found)
