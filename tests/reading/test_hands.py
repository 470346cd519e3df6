"""Letters and raw mails by hands that had not read the reader: floors at what was measured.

Of the kept parts only totals are printed, so that no rule can be fitted to them.
"""

from __future__ import annotations

import pytest

from tests.bench import kinds, rawmails

KINDS = {"own": 77, "hands-dev": 49, "hands-kept": 18}
"""Letters of the right kind."""
RAW = {"red-team": (53, 62), "hands-raw-dev": (76, 86), "hands-raw-kept": (55, 69)}
"""Replies whose new words are exact in every form, and mails of the right kind."""


@pytest.mark.parametrize("part", KINDS)
def test_kinds_of_letters_are_told_apart(part: str) -> None:
    right, of = kinds.right(part)
    assert right >= KINDS[part], f"{part}: {right} of {of}"


@pytest.mark.parametrize("part", RAW)
def test_new_words_and_kinds_of_raw_mails(part: str) -> None:
    exact = sum(reading.exact for reading in rawmails.replies(part))
    of_kind = sum(reading.same("kind") for reading in rawmails.readings(part))
    assert (exact >= RAW[part][0], of_kind >= RAW[part][1]) == (True, True), f"{part}: {exact}, {of_kind}"


@pytest.mark.parametrize("part", RAW)
def test_no_mail_is_approved_falsely(part: str) -> None:
    counted = [r for r in rawmails.readings(part) if r.expected["kind"] == "reply"]
    assert sum(reading.false_approval for reading in counted) == 0
