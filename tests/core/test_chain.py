"""The hash chain of an item's history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from mailbot.core.chain import START, link_of, salted_digest, verify_chain
from mailbot.core.values import Digest, ItemRef

REF = ItemRef("DNZ", "HBR", 2026, 1)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    ref: ItemRef
    seq: int
    at: datetime
    kind: str
    text: str
    data: str
    salt: str
    content: Digest
    state: Digest | None
    link: Digest


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    link = START
    for seq in range(1, length + 1):
        content = salted_digest("tuz", f"{seq}. kayıt", "{}")
        link = link_of(link, REF, seq, NOW, "kayit", content, None)
        entries.append(Entry(REF, seq, NOW, "kayit", f"{seq}. kayıt", "{}", "tuz", content, None, link))
    return entries


def test_an_untouched_chain_has_no_faults() -> None:
    assert verify_chain(chain(3)) == []
    assert verify_chain([]) == []


def test_the_same_instant_in_another_zone_is_the_same() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=3)))
    assert verify_chain([replace(entry, at=local) for entry in chain(2)]) == []


def test_a_purged_record_leaves_the_chain_whole() -> None:
    first, second, third = chain(3)
    assert verify_chain([first, replace(second, text="", data="", salt=""), third]) == []


def test_an_altered_record_is_named_alone() -> None:
    first, second, third = chain(3)
    faults = verify_chain([first, replace(second, text="2. Kayıt"), third])
    assert [fault.seq for fault in faults] == [2]


def test_a_missing_record_is_named() -> None:
    first, _, third = chain(3)
    assert [fault.seq for fault in verify_chain([first, third])] == [3, 3]


def test_a_record_rewritten_with_a_fitting_content_breaks_its_link() -> None:
    first, second, third = chain(3)
    forged = replace(second, text="onayladı", content=salted_digest("tuz", "onayladı", "{}"))
    assert [fault.seq for fault in verify_chain([first, forged, third])] == [2]
