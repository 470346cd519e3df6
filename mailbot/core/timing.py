"""Times of an item: spoken of and not said, in the past, and what they hold back (process E6, S5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.core.item import FieldValue
from mailbot.core.rules import FieldType
from mailbot.core.scene import Scene
from mailbot.core.suffix import tarih_saat

UNSAID = "?"
"""The value of a time field of which the mail says that there is one, but not when ("ambargolu", "Bakanımızın
paylaşımından sonra"). Nobody is asked before staff have said it."""


def unsaid(value: FieldValue | None) -> bool:
    """Whether a time was spoken of and not said."""
    return value == UNSAID


def past(scene: Scene, fields: Mapping[str, FieldValue]) -> tuple[str, datetime] | None:
    """The first bound time among `fields` that lies before now: the field's label and the instant."""
    for name, value in fields.items():
        rule = scene.workflow.fields.get(name)
        if rule is None or not rule.bind or rule.type is not FieldType.TIME:
            continue
        if isinstance(value, datetime) and value < scene.now:
            return rule.label, value
    return None


def word_of(label: str) -> str:
    """A field's label as the order that sets it: "ambargo" is ordered with AMBARGO."""
    return label.replace("i", "İ").upper()


def told_time(scene: Scene, instant: datetime) -> str:
    """23.11.2026, saat 15.00, on the unit's clock."""
    return tarih_saat(instant.astimezone(scene.book.calendar.zone))
