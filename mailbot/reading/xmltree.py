"""XML of a document as a tree that is safe to walk: no DTD, no entities, bounded in depth and size."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_DEPTH = 150
"""Word writes about 30 levels; the walkers recurse."""
MAX_ELEMENTS = 400_000
"""A book of 500 pages has about 200,000."""


class UnsafeXml(Exception):
    """The file defines entities or a document type: office programs never write one."""


class TooMuchXml(Exception):
    """Deeper or longer than any document that people write."""


def tree_of(data: bytes) -> Element:
    """The root element, all names without their namespace. Raises UnsafeXml, TooMuchXml, expat.ExpatError."""
    parser = expat.ParserCreate(namespace_separator="}")
    builder = TreeBuilder()
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise TooMuchXml
        builder.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(name))

    def doctype(*_: object) -> None:
        raise UnsafeXml

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.Parse(data, True)  # noqa: FBT003 - its only form
    return builder.close()


def _local(name: str) -> str:
    return name.rpartition("}")[2]
