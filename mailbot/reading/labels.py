"""Lines "LABEL: value" that give the fields of a workflow, by the labels that its file names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from mailbot.core.item import FieldValue
from mailbot.core.rules import FieldRule, FieldType
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.plain import plain, tidy
from mailbot.reading.when import moments_in

_LINE = re.compile(r"\W{0,4}(?P<label>[a-z][a-z /-]{1,40}?)\s{0,2}[:=]\s{0,3}(?P<value>\S.{0,600})?$")
_LINES = 400
_MOST = 4_000


def read_labels(
    words: str, fields: Iterable[FieldRule], said_at: datetime, calendar: WorkCalendar
) -> dict[str, FieldValue]:
    """The fields that label lines of `words` give. A text goes on until the next label or blank line.

    A value that does not fit its field (a day that is none, an unknown choice) is left out.
    """
    labels = {plain(word): rule for rule in fields for word in rule.words}
    found: dict[str, FieldValue] = {}
    lines = tidy(words).split("\n")[:_LINES]
    for number, line in enumerate(lines):
        hit = _LINE.match(plain(line))
        rule = labels.get(hit["label"].strip()) if hit else None
        if hit is None or rule is None or rule.name in found:
            continue
        value = line[hit.start("value") : hit.end("value")] if hit["value"] else ""
        if rule.type is FieldType.TEXT:
            value = "\n".join((value, *_below(lines[number + 1 :], labels))).strip()
        read = _value(rule, value.strip(), said_at, calendar)
        if read:
            found[rule.name] = read
    return found


def label_lines(words: str, fields: Iterable[FieldRule]) -> tuple[str, ...]:
    """The lines of `words` that carry one of the labels, whatever their value."""
    labels = {plain(word) for rule in fields for word in rule.words}
    hits = ((line, _LINE.match(plain(line))) for line in tidy(words).split("\n")[:_LINES])
    return tuple(line.strip() for line, hit in hits if hit and hit["label"].strip() in labels)


def _below(lines: list[str], labels: dict[str, FieldRule]) -> list[str]:
    rows = []
    for line in lines:
        hit = _LINE.match(plain(line))
        if not line.strip() or (hit and hit["label"].strip() in labels):
            break
        rows.append(line)
    return rows


def _value(rule: FieldRule, value: str, said_at: datetime, calendar: WorkCalendar) -> FieldValue | None:
    match rule.type:
        case FieldType.LINE:
            return " ".join(value.split())[:200]
        case FieldType.TEXT:
            return value[:_MOST]
        case FieldType.TIME:
            moments = moments_in(value, said_at, calendar)
            return moments[0].at if moments else None
        case FieldType.CHOICE:
            low = plain(value)
            known = (*zip(rule.choices, rule.choice_words, strict=False), *((c, c) for c in rule.choices))
            return next(
                (choice for choice, word in known if re.match(rf"{re.escape(plain(word))}\b", low)), None
            )
        case FieldType.FILE | FieldType.FILES:
            return None
