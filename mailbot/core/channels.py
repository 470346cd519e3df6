"""The channels on which an item is published, and which of them still lack a link (duty G1)."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.core.item import Item
from mailbot.core.rules import Stage

LABELS: Mapping[str, str] = {"web": "web sitesi", "sosyal": "sosyal medya"}
"""What people call a channel; others are called by their own name."""

_NOT_SOCIAL = frozenset({"web", "basın"})


def lacking_channels(stage: Stage, item: Item) -> tuple[str, ...]:
    """The channels of `stage.record` without a link, as people call them; any social account is one."""
    linked = {link.channel for link in item.links}
    return tuple(
        LABELS.get(channel, channel)
        for channel in stage.record
        if not (linked - _NOT_SOCIAL if channel == "sosyal" else channel in linked)
    )
