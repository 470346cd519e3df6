"""Wrong and right words of an order to correct."""

from __future__ import annotations

import pytest

from mailbot.reading.amendment import read_amendment


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ("Çamlık Parkı → Gökpınar Parkı", ("Çamlık Parkı", "Gökpınar Parkı")),
        ("“300” -> “400”", ("300", "400")),
        ("300 yerine 400 olacak", ("300", "400")),
        ("Çamlık Parkı değil, Gökpınar Parkı olmalıydı.", ("Çamlık Parkı", "Gökpınar Parkı")),
        ("Yanlış: 23 Kasım; Doğru: 24 Kasım", ("23 Kasım", "24 Kasım")),
        ("yer Gökpınar EAH olacak", None),
        ("→ 400", None),
        ("300 yerine 300", None),
        ("", None),
    ],
)
def test_both_are_said_or_none_is_taken(words: str, pair: tuple[str, str] | None) -> None:
    assert read_amendment(words) == pair
