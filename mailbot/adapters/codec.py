"""Items as JSON documents.

Documents outlive programs: a field that an old document lacks takes its default, one that is unknown is
left out. In `fields` and `bound` a text, an instant and files must stay apart, so there an instant is
written `{"time": …}`; everything else is as its type says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter

from mailbot.core.item import Item


@cache
def _adapter() -> TypeAdapter[Item]:
    return TypeAdapter(Item)


def _plain(value: object) -> str:
    """JSON for the one kind of value that `json` does not know."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _mark(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: {"time": value.isoformat()} if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _unmark(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: datetime.fromisoformat(value["time"]) if isinstance(value, dict) else value
        for name, value in values.items()
    }


def encode_item(item: Item) -> str:
    """The JSON text of `item`: sorted keys, ASCII only, so that any database keeps it as it is."""
    document: dict[str, Any] = _adapter().dump_python(item)
    document["fields"] = _mark(document["fields"])
    for version in document["versions"]:
        version["bound"] = _mark(version["bound"])
    return json.dumps(document, sort_keys=True, separators=(",", ":"), default=_plain)


@lru_cache(maxsize=200)
def decode_item(text: str) -> Item:
    """The item in `text`. Raises ValueError where it is none (a damaged row).

    Remembered: one letter has its item looked up from several sides, and replies come in bunches.
    """
    try:
        document = json.loads(text)
        document["fields"] = _unmark(document["fields"])
        for version in document.get("versions", ()):
            version["bound"] = _unmark(version["bound"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"no item: {error}") from error
    return _adapter().validate_python(document)
