"""The text of an OpenDocument text (ISO/IEC 26300) in two views, with all that stands beside it.

Deleted words lie in `text:tracked-changes` at the head of the file and are only pointed to where they
stood; inserted words stand in the text between two marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from mailbot.core.document import Comment, Paper, Spot
from mailbot.reading.flow import Flow, View
from mailbot.reading.xmltree import tree_of

_COMMENTS = 200
_WORDS = 1_000
_SKIPPED = frozenset(
    {"tracked-changes", "annotation-end", "sequence-decls", "variable-decls", "forms", "note-citation"}
)
_SPACES = 500


@dataclass(frozen=True, slots=True)
class _Where:
    spot: Spot = Spot.BODY
    lists: int = 0
    title: bool = False


@dataclass(slots=True)
class _Walk:
    deletions: Mapping[str, Element]
    flow: Flow = field(default_factory=Flow)
    aside: list[Flow] = field(default_factory=list)
    inside: set[str] = field(default_factory=set)
    """Insertions that the walk is in."""
    comments: list[Comment] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0

    @property
    def view(self) -> View:
        return View.ACCEPTED if self.inside else View.BOTH

    def content(self, element: Element, where: _Where) -> None:
        """The text of `element` and what is in it, in order."""
        self.add(element.text)
        for child in element:
            self.any(child, where)
            self.add(child.tail)

    def add(self, text: str | None) -> None:
        if text:
            self.flow.add(" ".join(text.split("\n")), self.view)

    def blocks(self, element: Element, where: _Where) -> None:
        for child in element:
            self.any(child, where)

    def any(self, element: Element, where: _Where) -> None:
        name = element.tag
        if name in ("p", "h"):
            self.paragraph(element, where)
        elif name == "s":
            count = element.get("c", "1")
            self.flow.add(" " * min(int(count) if count.isdigit() else 1, _SPACES), self.view)
        elif name == "tab":
            self.flow.add("\t", self.view)
        elif name == "line-break":
            self.flow.add("\n", self.view)
        elif name == "change":
            self.deleted(element.get("change-id", ""), where)
        elif name == "change-start":
            self.inside.add(element.get("change-id", ""))
        elif name == "change-end":
            self.inside.discard(element.get("change-id", ""))
        elif name == "annotation":
            self.comment(element)
        elif name == "text-box":
            self.apart(element, Spot.TEXTBOX)
        elif name == "note-body":
            self.apart(element, Spot.NOTE)
        elif name in ("hidden-text", "hidden-paragraph"):
            self.hidden(element)
        elif name == "image":
            self.pictures += 1
        elif name in ("object", "object-ole"):
            self.objects += 1
        elif name == "table":
            inner = replace(where, spot=Spot.TABLE) if where.spot is Spot.BODY else where
            self.blocks(element, inner)
        elif name == "list":
            self.blocks(element, replace(where, lists=where.lists + 1))
        elif name == "section" and element.get("display") == "none":
            self.apart(element, Spot.HIDDEN)
        elif name in ("span", "a", "ruby-base", "bookmark-ref", "meta", "meta-field") or name.endswith(
            ("-name", "date", "time")
        ):
            self.content(element, where)
        elif name not in _SKIPPED:
            self.blocks(element, where)

    def paragraph(self, element: Element, where: _Where) -> None:
        if where.lists:
            self.flow.add("- ", self.view)
        self.content(element, where)
        title = element.get("style-name", "") in ("Title", "Heading_20_1") or (
            element.tag == "h" and element.get("outline-level") == "1"
        )
        self.flow.end(self.view, where.spot, title=title)

    def deleted(self, key: str, where: _Where) -> None:
        """What stood here: its paragraphs but the last end here, the last runs on."""
        found = self.deletions.get(key)
        if found is None:
            return
        paragraphs = [child for child in found if child.tag in ("p", "h")]
        kept, self.flow = self.flow, Flow()
        for number, paragraph in enumerate(paragraphs):
            self.content(paragraph, where)
            text = "".join(self.flow.original.buffer)
            self.flow.original.buffer.clear()
            kept.add(text, View.ORIGINAL)
            if number < len(paragraphs) - 1:
                kept.end(View.ORIGINAL, where.spot)
        self.flow = kept

    def comment(self, element: Element) -> None:
        author = element.findtext("creator", "")
        words = "\n".join("".join(part.itertext()) for part in element.iter("p")).strip()
        if words and len(self.comments) < _COMMENTS:
            self.comments.append(Comment(words[:_WORDS], author[:100]))

    def apart(self, element: Element, spot: Spot) -> None:
        own, self.flow = self.flow, Flow()
        self.blocks(element, _Where(spot))
        self.flow.end(self.view, spot)
        self.aside.append(self.flow)
        self.flow = own

    def hidden(self, element: Element) -> None:
        own, self.flow = self.flow, Flow()
        self.add(element.get("string-value") or "".join(element.itertext()))
        self.flow.end(self.view, Spot.HIDDEN)
        self.aside.append(self.flow)
        self.flow = own


def read_odt(parts: Mapping[str, bytes]) -> Paper:
    """The document in these parts of its package. Raises KeyError, UnsafeXml, TooMuchXml, ExpatError."""
    root = tree_of(parts["content.xml"])
    deletions: dict[str, Element] = {}
    insertions: set[str] = set()
    for region in root.iter("changed-region"):
        key = region.get("id", "")
        if (gone := region.find("deletion")) is not None:
            deletions[key] = gone
        elif region.find("insertion") is not None:
            insertions.add(key)
    walk = _Walk(deletions)
    body = root.find("body")
    text = body.find("text") if body is not None else None
    if text is None:
        raise KeyError("office:text")
    walk.blocks(text, _Where())
    walk.flow.end(View.BOTH, Spot.BODY)
    if "styles.xml" in parts:
        styles = tree_of(parts["styles.xml"])
        for name, spot in (("header", Spot.HEADER), ("footer", Spot.FOOTER)):
            for page in styles.iter(name):
                walk.apart(page, spot)
    walk.flow.take(walk.aside)
    signs = []
    if walk.pictures:
        signs.append(f"belgenin içinde {walk.pictures} görsel var (ayrıca ekleyiniz)")
    if walk.objects:
        signs.append("belgeye başka bir belge ya da nesne gömülmüş (okunmadı)")
    if walk.flow.cut:
        signs.append("belge çok uzun, sonu okunmadı")
    return Paper(
        "odt",
        tuple(walk.flow.accepted.paragraphs),
        tuple(walk.flow.original.paragraphs),
        len(deletions) + len(insertions),
        tuple(walk.comments),
        tuple(signs),
    )
