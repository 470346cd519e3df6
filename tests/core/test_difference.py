"""A difference never invents or loses a character, and names every field that changed."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.difference import Change, Kind, abridged, changed_fields, difference
from mailbot.core.item import FileRef
from mailbot.core.values import Digest

TEXTS = st.lists(st.sampled_from(["bir", "iki", " ", "\n\n", "üç.", "  ", "İl"]), max_size=30).map("".join)


@given(TEXTS, TEXTS)
def test_same_and_out_are_the_old_text_same_and_in_the_new(old: str, new: str) -> None:
    parts = difference(old, new)
    assert "".join(p.text for p in parts if p.kind is not Kind.IN) == old
    assert "".join(p.text for p in parts if p.kind is not Kind.OUT) == new


def test_one_word_changes_alone() -> None:
    assert difference("Tarama bugün başladı.", "Tarama dün başladı.") == (
        Change(Kind.SAME, "Tarama"),
        Change(Kind.OUT, " bugün"),
        Change(Kind.IN, " dün"),
        Change(Kind.SAME, " başladı."),
    )


def test_a_long_unchanged_run_is_cut_and_a_change_never_is() -> None:
    old = "kelime " * 300 + "eski " + "kelime " * 300
    parts = abridged(difference(old, old.replace("eski", "yeni")))
    assert len("".join(p.text for p in parts)) < 400
    assert [p.text.strip() for p in parts if p.kind is not Kind.SAME] == ["eski", "yeni"]


def test_hostile_lengths_end_soon() -> None:
    started = time.process_time()
    old = " ".join(str(n % 7) for n in range(40_000))
    parts = difference(old, old[::-1])
    assert parts
    assert time.process_time() - started < 5


def test_fields_are_named_and_a_replaced_photo_counts() -> None:
    photo = FileRef("a.jpg", "image/jpeg", 3, Digest("1" * 64))
    other = FileRef("a.jpg", "image/jpeg", 3, Digest("2" * 64))
    changes = changed_fields(
        {"title": "A", "photos": (photo,), "to": "web"},
        {
            "title": "A",
            "photos": (other,),
            "to": "press",
            "embargo": datetime(2026, 11, 28, 6, 0, tzinfo=UTC),
        },
    )
    assert [(c.label, [(p.kind.value, p.text) for p in c.parts]) for c in changes] == [
        ("Yayın yeri", [("out", "Yalnız web ve sosyal medya"), ("in", "Basın, web ve sosyal medya")]),
        ("Ambargo", [("out", "yok"), ("in", "28.11.2026, saat 09.00")]),
        ("Fotoğraflar", [("out", "a.jpg"), ("in", "a.jpg")]),
    ]
