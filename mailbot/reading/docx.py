"""The text of a Word document (ECMA-376, WordprocessingML) in two views, with all that stands beside it.

Our own walker: the usual libraries drop inserted words or return deleted ones as text, which is a text
that nobody wrote. Names are compared without namespace, so that the transitional and the strict form
(ISO/IEC 29500) read alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from mailbot.core.document import Comment, Paper, Spot
from mailbot.reading.flow import Flow, View
from mailbot.reading.xmltree import tree_of

_TITLES = frozenset({"title", "heading1", "konubal", "konubasligi", "balk1", "baslik1", "kbal"})
"""Style identifiers of a title, plain letters; Turkish Word writes `KonuBal` and `Balk1`."""
_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_BREAKS: Mapping[str, str] = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SKIPPED = frozenset(
    {
        "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr", "instrText", "delInstrText", "tblGrid", "sdtPr",
        "softHyphen", "annotationRef", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak",
    }
)  # fmt: skip
_COMMENTS = 200
_WORDS = 1_000
"""Characters of a comment that are kept."""


@dataclass(frozen=True, slots=True)
class _Where:
    """What holds for everything below an element."""

    view: View = View.BOTH
    spot: Spot = Spot.BODY


@dataclass(slots=True)
class _Walk:
    """One document while it is walked."""

    styles: frozenset[str]
    numbering: Mapping[tuple[str, str], str]
    flow: Flow = field(default_factory=Flow)
    aside: list[Flow] = field(default_factory=list)
    """Text boxes, footnotes, hidden text."""
    changes: int = 0
    pictures: int = 0
    objects: int = 0
    open_comments: dict[str, list[str]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    counters: dict[tuple[str, str], int] = field(default_factory=dict)

    def blocks(self, element: Element, where: _Where) -> None:
        for child in element:
            self.any(child, where)

    def any(self, element: Element, where: _Where) -> None:
        name = element.tag
        if name == "p":
            self.paragraph(element, where)
        elif name == "r":
            self.run(element, where)
        elif name in _INSERTED or name in _DELETED:
            self.changed(element, where, View.ACCEPTED if name in _INSERTED else View.ORIGINAL)
        elif name == "tbl":
            inner = replace(where, spot=Spot.TABLE) if where.spot is Spot.BODY else where
            self.blocks(element, inner)
        elif name == "tr":
            self.row(element, where)
        elif name == "AlternateContent":
            self.alternative(element, where)
        elif name == "txbxContent":
            self.apart(element, replace(where, spot=Spot.TEXTBOX))
        elif name == "commentRangeStart":
            self.open_comments[element.get("id", "")] = []
        elif name == "commentRangeEnd":
            key = element.get("id", "")
            self.about[key] = " ".join("".join(self.open_comments.pop(key, [])).split())[:200]
        elif name == "altChunk":
            self.objects += 1
        elif name not in _SKIPPED:
            self.inside(element, where)

    def inside(self, element: Element, where: _Where) -> None:
        """What can stand inside a run or around text: text itself, breaks, pictures, fields, controls."""
        name = element.tag
        if name in ("t", "delText"):
            self.text(element.text or "", where)
        elif name in _BREAKS:
            self.text(_BREAKS[name], where)
        elif name == "sym":
            self.text(_symbol(element), where)
        elif name == "blip":
            self.pictures += 1
        elif name in ("object", "OLEObject"):
            self.objects += name == "object"
            self.blocks(element, where)
        elif name not in _SKIPPED:
            self.blocks(element, where)

    def text(self, text: str, where: _Where) -> None:
        self.flow.add(text, where.view)
        for heard in self.open_comments.values():
            if len(heard) < 200:
                heard.append(text)

    def paragraph(self, element: Element, where: _Where) -> None:
        properties = element.find("pPr")
        bullet = self.number(properties)
        if bullet:
            self.flow.add(bullet, where.view)
        self.blocks(element, where)
        view = where.view
        if properties is not None and (mark := properties.find("rPr")) is not None:
            # The paragraph mark itself was inserted or deleted: in the other view the text runs on.
            if mark.find("ins") is not None:
                view &= View.ACCEPTED
                self.changes += 1
            if mark.find("del") is not None:
                view &= View.ORIGINAL
                self.changes += 1
        self.flow.end(view, where.spot, title=self.is_title(properties))

    def is_title(self, properties: Element | None) -> bool:
        style = properties.find("pStyle") if properties is not None else None
        level = properties.find("outlineLvl") if properties is not None else None
        if level is not None and level.get("val") == "0":
            return True
        return style is not None and _bare(style.get("val", "")) in self.styles

    def number(self, properties: Element | None) -> str:
        """What a list puts before its paragraph: its number or a dash."""
        found = properties.find("numPr") if properties is not None else None
        if found is None:
            return ""
        which, level = found.find("numId"), found.find("ilvl")
        key = (
            which.get("val", "") if which is not None else "",
            level.get("val", "0") if level is not None else "0",
        )
        if key[0] in ("", "0"):
            return ""
        kind = self.numbering.get(key, "bullet")
        if kind == "decimal":
            self.counters[key] = self.counters.get(key, 0) + 1
            return f"{self.counters[key]}. "
        return "" if kind == "none" else "- "

    def run(self, element: Element, where: _Where) -> None:
        properties = element.find("rPr")
        if properties is not None and _on(properties, "vanish"):
            self.apart(element, replace(where, spot=Spot.HIDDEN), paragraphs=False)
            return
        self.blocks(element, where)

    def changed(self, element: Element, where: _Where, view: View) -> None:
        """A tracked insertion or deletion, in the text or of a table's row."""
        before = (self.flow.accepted.size, self.flow.original.size)
        self.blocks(element, replace(where, view=where.view & view))
        self.changes += before != (self.flow.accepted.size, self.flow.original.size)

    def row(self, element: Element, where: _Where) -> None:
        properties = element.find("trPr")
        if properties is not None and properties.find("ins") is not None:
            self.changed(element, where, View.ACCEPTED)
        elif properties is not None and properties.find("del") is not None:
            self.changed(element, where, View.ORIGINAL)
        else:
            self.blocks(element, where)

    def alternative(self, element: Element, where: _Where) -> None:
        """The same content for new and for old programs: it is read once (ECMA-376, part 3)."""
        chosen = element.find("Choice")
        if chosen is None or not any(True for _ in chosen.iter("txbxContent")):
            old = element.find("Fallback")
            if chosen is None or (old is not None and any(True for _ in old.iter("txbxContent"))):
                chosen = old
        if chosen is not None:
            self.blocks(chosen, where)

    def apart(self, element: Element, where: _Where, *, paragraphs: bool = True) -> None:
        """Text that stands beside the flow: it is kept in paragraphs of its own."""
        own, self.flow = self.flow, Flow()
        if paragraphs:
            self.blocks(element, where)
        else:
            for child in element:
                self.inside(child, where)
        self.flow.end(where.view, where.spot)
        self.aside.append(self.flow)
        self.flow = own


def read_docx(parts: Mapping[str, bytes]) -> Paper:
    """The document in these parts of its package, by name.

    Raises KeyError, UnsafeXml, TooMuchXml, expat.ExpatError.
    """
    main = _main_part(parts)
    base = main.rpartition("/")[0]
    styles = frozenset(_title_styles(parts.get(f"{base}/styles.xml")))
    walk = _Walk(styles, _numbering(parts.get(f"{base}/numbering.xml")))
    body = tree_of(parts[main])
    walk.blocks(body, _Where())
    walk.flow.end(View.BOTH, Spot.BODY)
    for name in sorted(parts):
        if not name.startswith(f"{base}/") or not name.endswith(".xml"):
            continue
        spot = _part_spot(name.removeprefix(f"{base}/"))
        if spot is not None:
            walk.apart(tree_of(parts[name]), _Where(spot=spot))
    walk.flow.take(walk.aside)
    comments = _comments(parts, base, walk.about)
    signs = []
    if walk.pictures:
        signs.append(f"belgenin içinde {walk.pictures} görsel var (ayrıca ekleyiniz)")
    if walk.objects:
        signs.append("belgeye başka bir belge ya da nesne gömülmüş (okunmadı)")
    if walk.flow.cut:
        signs.append("belge çok uzun, sonu okunmadı")
    return Paper(
        "docx",
        tuple(walk.flow.accepted.paragraphs),
        tuple(walk.flow.original.paragraphs),
        walk.changes,
        comments,
        tuple(signs),
    )


def _part_spot(name: str) -> Spot | None:
    for start, spot in (
        ("footnotes", Spot.NOTE),
        ("endnotes", Spot.NOTE),
        ("header", Spot.HEADER),
        ("footer", Spot.FOOTER),
    ):
        if name.startswith(start):
            return spot
    return None


def _main_part(parts: Mapping[str, bytes]) -> str:
    """The part that the package names as its document; `word/document.xml` where it names none."""
    if "_rels/.rels" in parts:
        for relation in tree_of(parts["_rels/.rels"]):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in parts:
                return target
    return "word/document.xml"


def _title_styles(styles: bytes | None) -> set[str]:
    """Style identifiers that mean a title, by identifier, by name, and by what they are based on."""
    known = set(_TITLES)
    if styles is None:
        return known
    based: list[tuple[str, str]] = []
    for style in tree_of(styles).iter("style"):
        key = _bare(style.get("styleId", ""))
        name, base = style.find("name"), style.find("basedOn")
        if name is not None and _bare(name.get("val", "")) in _TITLES:
            known.add(key)
        if base is not None:
            based.append((key, _bare(base.get("val", ""))))
    known |= {key for key, base in based if base in known and not key.startswith(("heading", "balk"))}
    return known


def _bare(name: str) -> str:
    return "".join(c for c in name.lower() if c.isascii() and c.isalnum())


def _numbering(data: bytes | None) -> dict[tuple[str, str], str]:
    """The format of each list and level: `decimal`, `bullet` …"""
    if data is None:
        return {}
    root = tree_of(data)
    abstract: dict[str, dict[str, str]] = {}
    for definition in root.iter("abstractNum"):
        levels = {}
        for level in definition.iter("lvl"):
            kind = level.find("numFmt")
            levels[level.get("ilvl", "0")] = kind.get("val", "bullet") if kind is not None else "decimal"
        abstract[definition.get("abstractNumId", "")] = levels
    found: dict[tuple[str, str], str] = {}
    for use in root.iter("num"):
        reference = use.find("abstractNumId")
        levels = abstract.get(reference.get("val", "") if reference is not None else "", {})
        found |= {(use.get("numId", ""), level): kind for level, kind in levels.items()}
    return found


def _on(properties: Element, name: str) -> bool:
    """A switch of run properties: present, and not turned off again."""
    found = properties.find(name)
    return found is not None and found.get("val", "true") not in ("false", "0", "off", "none")


def _symbol(element: Element) -> str:
    """A character of a symbol font: bullets and ticks; others have no meaning outside their font."""
    code = element.get("char", "")
    return {"F0B7": "•", "F0A7": "▪", "F0FC": "✓", "F0D8": "➢", "F02D": "-"}.get(code.upper(), "•")


def _comments(parts: Mapping[str, bytes], base: str, about: Mapping[str, str]) -> tuple[Comment, ...]:
    if f"{base}/comments.xml" not in parts:
        return ()
    found = []
    for comment in tree_of(parts[f"{base}/comments.xml"]).iter("comment"):
        words = "\n".join(
            "".join(piece.text or "" for piece in paragraph.iter("t")) for paragraph in comment.iter("p")
        ).strip()
        if words:
            key = comment.get("id", "")
            found.append(Comment(words[:_WORDS], comment.get("author", "")[:100], about.get(key, "")))
    return tuple(found[:_COMMENTS])
