"""Floors: what was measured for requests and openings, set by set; no rule may lose it again."""

from __future__ import annotations

import pytest

from tests.reading import fields

FLOORS = {
    "requests": {"seen": 0.99, "dev": 0.98, "late": 0.985, "kept": 0.94},
    "openings": {"seen": 0.99, "dev": 0.99, "late": 0.98, "kept": 0.94},
}
"""All fields of a set together, as measured, rounded down."""


@pytest.mark.parametrize("name", fields.SETS)
def test_requests_keep_what_was_measured(name: str) -> None:
    tally = fields.requests(fields.SETS[name])
    assert tally.share >= FLOORS["requests"][name], None if name == "kept" else tally.wrong


@pytest.mark.parametrize("name", fields.SETS)
def test_openings_keep_what_was_measured(name: str) -> None:
    tally = fields.openings(fields.SETS[name])
    assert tally.share >= FLOORS["openings"][name], None if name == "kept" else tally.wrong


@pytest.mark.parametrize(
    ("got", "wanted", "same"),
    [
        ("Röntgen sırası koridora taştı", "Röntgen sırası yoğunluğu", True),
        ("Göveçlik ADSM", "Röntgen cihazının bozuk olduğu iddiası", False),
        ("Haber", "haber onayı", False),
        (None, None, True),
        ("UMKE tatbikatı", None, False),
        (
            "UMKE tatbikatı için araç, çadır, telsiz, yemek, yatak, battaniye, fener, eldiven, kask",
            "UMKE tatbikatı",
            False,
        ),
    ],
)
def test_free_wordings_are_compared_by_what_they_say(got: str | None, wanted: str | None, same: bool) -> None:
    assert fields.alike(got, wanted) is same
