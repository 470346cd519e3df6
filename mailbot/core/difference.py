"""What changed between two versions, readable by somebody who has two minutes (1.1.4, E4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum

from mailbot.core.item import FieldValue, FileRef
from mailbot.core.worktime import ISTANBUL


class Kind(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words with its white space. Same and out joined are the old text, same and in the new."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A changed field of a version: `label` is its Turkish name, `parts` what happened to its content."""

    field: str
    label: str
    parts: tuple[Change, ...]


_WORDS = re.compile(r"\s*\S+|\s+$")
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?\n]+\s*|$)")
_FEW = 1_500
"""Words on each side up to which words are compared; above, sentences are."""
_MANY = 4_000
"""Pieces above which the texts are shown as one replaced by the other."""
_MOST_CHARACTERS = 400_000


def difference(old: str, new: str) -> tuple[Change, ...]:
    """The changes that lead from `old` to `new`, by words; by sentences where the texts are long.

    Law: the same and out runs joined give `old`, the same and in runs `new`.
    """
    if old == new:
        return (Change(Kind.SAME, old),) if old else ()
    if len(old) + len(new) > _MOST_CHARACTERS:
        return _runs([(Kind.OUT, old), (Kind.IN, new)])
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _FEW:
        before, after = ([s for s in _SENTENCES.findall(text) if s] for text in (old, new))
    if max(len(before), len(after)) > _MANY:
        return _runs([(Kind.OUT, old), (Kind.IN, new)])
    # A common head and tail need no search, and keep it short where one word of many changed.
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle_old, middle_new = before[head : len(before) - tail], after[head : len(after) - tail]
    found: list[tuple[Kind, str]] = [(Kind.SAME, "".join(before[:head]))]
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=True)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append((Kind.SAME, "".join(middle_old[a:b])))
        else:
            found += [(Kind.OUT, "".join(middle_old[a:b])), (Kind.IN, "".join(middle_new[c:d]))]
    found.append((Kind.SAME, "".join(before[len(before) - tail :])))
    return _runs(found)


def _runs(found: Iterable[tuple[Kind, str]]) -> tuple[Change, ...]:
    runs: list[Change] = []
    for kind, text in found:
        if not text:
            continue
        if runs and runs[-1].kind is kind:
            runs[-1] = Change(kind, runs[-1].text + text)
        else:
            runs.append(Change(kind, text))
    return tuple(runs)


def abridged(parts: Sequence[Change], words: int = 12) -> tuple[Change, ...]:
    """`parts` with long unchanged runs cut to `words` on the side of a change; "…" marks the cut."""
    short: list[Change] = []
    for place, part in enumerate(parts):
        pieces = _WORDS.findall(part.text)
        first, last = place == 0, place == len(parts) - 1
        if part.kind is not Kind.SAME or len(pieces) <= words * 2 + 4:
            short.append(part)
            continue
        head = "" if first else "".join(pieces[:words])
        tail = "" if last else "".join(pieces[-words:])
        short.append(Change(Kind.SAME, f"{head} …{tail}" if head else f"…{tail}"))
    return tuple(short)


LABELS: Mapping[str, str] = {
    "title": "Başlık",
    "text": "Metin",
    "to": "Yayın yeri",
    "embargo": "Ambargo",
    "photos": "Fotoğraflar",
}
_CHOICES: Mapping[str, str] = {"press": "Basın, web ve sosyal medya", "web": "Yalnız web ve sosyal medya"}


def changed_fields(old: Mapping[str, FieldValue], new: Mapping[str, FieldValue]) -> tuple[FieldChange, ...]:
    """Every bound field that differs, the usual ones first."""
    names = [*LABELS, *sorted((old.keys() | new.keys()) - LABELS.keys())]
    return tuple(
        FieldChange(name, LABELS.get(name, name), _field(name, old.get(name), new.get(name)))
        for name in names
        if old.get(name) != new.get(name)
    )


def _field(name: str, old: FieldValue | None, new: FieldValue | None) -> tuple[Change, ...]:
    if isinstance(old, tuple) or isinstance(new, tuple):
        return _files(old if isinstance(old, tuple) else (), new if isinstance(new, tuple) else ())
    before, after = _plain(name, old), _plain(name, new)
    if name in ("to", "embargo"):
        return _runs([(Kind.OUT, before), (Kind.IN, after)])
    return difference(before, after)


def _plain(name: str, value: FieldValue | None) -> str:
    if isinstance(value, datetime):
        return value.astimezone(ISTANBUL).strftime("%d.%m.%Y, saat %H.%M")
    if isinstance(value, str) and value:
        return _CHOICES.get(value, value) if name == "to" else value
    return "yok" if name == "embargo" else ""


def _told(file: FileRef) -> str:
    """A file by its name, a photograph with what is printed below it."""
    said = (("altyazı", file.caption), ("çeken", file.photographer))
    below = "; ".join(f"{label}: {words}" for label, words in said if words)
    return f"{file.name} ({below})" if below else file.name


def _files(old: tuple[FileRef, ...], new: tuple[FileRef, ...]) -> tuple[Change, ...]:
    """A file whose bytes changed under the same name is taken out and put in."""
    gone = [_told(f) for f in old if f not in new]
    come = [_told(f) for f in new if f not in old]
    if not gone and not come:
        return (Change(Kind.IN, "sıra değişti: " + ", ".join(f.name for f in new)),)
    return _runs([(Kind.OUT, ", ".join(gone)), (Kind.IN, ", ".join(come))])
