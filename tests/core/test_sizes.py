"""A mail stays below the server's limit by leaving photographs out, and nothing else."""

from __future__ import annotations

import base64

import pytest

from mailbot.core.item import FileRef
from mailbot.core.sizes import loaded, on_the_wire
from mailbot.core.values import digest_of

LIMITS = {"mail.max_outbound_kb": 10_240}


def photo(name: str, megabytes: float, kind: str = "image/jpeg") -> FileRef:
    return FileRef(name, kind, int(megabytes * 1_000_000), digest_of(name.encode()))


def test_as_many_as_fit_in_their_order() -> None:
    photos = [photo("a.jpg", 3), photo("b.jpg", 6), photo("c.jpg", 3), photo("d.jpg", 1)]
    load = loaded(photos, photos, LIMITS)
    assert [f.name for f in load.carried] == ["a.jpg", "c.jpg", "d.jpg"]
    assert [f.name for f in load.left] == ["b.jpg"]


def test_a_note_is_never_left_out() -> None:
    note, one = photo("not.pdf", 9, "application/pdf"), photo("a.jpg", 3)
    load = loaded([one, note], [one], LIMITS)
    assert (load.carried, load.left) == ((note,), (one,))


def test_all_ride_where_they_fit() -> None:
    photos = [photo("a.jpg", 2), photo("b.jpg", 2)]
    assert loaded(photos, photos, {}).left == ()


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 1_000_000])
def test_the_size_on_the_wire_is_counted_not_guessed(size: int) -> None:
    encoded = base64.encodebytes(b"x" * size).replace(b"\n", b"\r\n")
    assert len(encoded) <= on_the_wire(size) <= len(encoded) + 700
