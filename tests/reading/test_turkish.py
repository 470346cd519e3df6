"""Letters: folding and comparing."""

from __future__ import annotations

import pytest

from mailbot.reading.turkish import bare, fold, typed_for


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ONAYLIYORUM", "onaylıyorum"),
        ("İPTAL", "iptal"),
        ("I\u0307ptal", "iptal"),
        ("Olu\u0308r", "olür"),
        ("on\u00adaylıyorum\u200b", "onaylıyorum"),
        ("ﬁrma", "firma"),
        ("ŞĞÖÜÇ", "şğöüç"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("typed", "known", "same"),
    [
        ("onayliyorum", "onaylıyorum", True),
        ("degıl", "değil", True),
        ("ölür", "olur", False),
        ("onaylıyorum", "onaylıyor", False),
        ("şart", "sart", False),
    ],
)
def test_a_diacritic_may_be_missing_but_never_added(typed: str, known: str, same: bool) -> None:
    assert typed_for(typed, known) is same


def test_bare_keeps_length() -> None:
    assert bare("yayımlanmasında güçlüğü") == "yayimlanmasinda guclugu"
