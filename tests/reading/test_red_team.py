"""Replies written against the reader, and by hands that had not read its rules."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mailbot.app.ask import decide_text
from mailbot.core.decision import Decision
from mailbot.reading.lexicon import Lexicon, lexicon_from

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "tests" / "corpus" / "replies"
FLOORS = {
    "red-team": (0.99, 0.90),
    "red-team-2": (0.99, 0.58),
    "red-team-wave1": (0.90, 0.88),
    "red-team-wave2": (0.74, 0.79),
    "hands-dev": (0.59, 0.76),
    "own-approvals": (0.74, 0.74),
}
"""The least share of approvals understood and of all in the right class, just under the measured ones."""
AGAINST = ("red-team-wave4",)
"""Replies of which none approves, written against the reader by somebody who saw only its answers."""
KEPT = {"red-team-wave3": (0.73, 0.75), "hands-kept": (0.45, 0.66)}
"""The same of corpora that are only ever counted: a failure must not show what they say."""


def replies(name: str) -> list[tuple[str, Decision]]:
    rows = [line.split("\t") for line in (CORPORA / f"{name}.tsv").read_text("utf-8").splitlines()[1:]]
    return [(row[1].replace("\\n", "\n"), Decision(row[0])) for row in rows]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


def test_every_corpus_is_held() -> None:
    found = {
        path.stem for name in ("red-team*.tsv", "hands-*.tsv", "own-*.tsv") for path in CORPORA.glob(name)
    }
    assert found == {*FLOORS, *KEPT, *AGAINST}


@pytest.mark.parametrize("name", [*FLOORS, *AGAINST])
def test_none_is_approved_falsely(name: str, lexicon: Lexicon) -> None:
    approved = [
        text
        for text, expected in replies(name)
        if decide_text(text, lexicon).decision is Decision.APPROVE is not expected
    ]
    assert approved == []


@pytest.mark.parametrize("name", FLOORS)
def test_floors(name: str, lexicon: Lexicon) -> None:
    rows = replies(name)
    approvals = [text for text, expected in rows if expected is Decision.APPROVE]
    understood = sum(decide_text(text, lexicon).decision is Decision.APPROVE for text in approvals)
    right = sum(decide_text(text, lexicon).decision is expected for text, expected in rows)
    least_understood, least_right = FLOORS[name]
    assert understood / len(approvals) >= least_understood
    assert right / len(rows) >= least_right


@pytest.mark.parametrize("name", KEPT)
def test_what_is_only_counted(name: str, lexicon: Lexicon) -> None:
    false = understood = right = approvals = 0
    rows = replies(name)
    for text, expected in rows:
        got = decide_text(text, lexicon).decision
        right += got is expected
        approvals += expected is Decision.APPROVE
        understood += got is Decision.APPROVE is expected
        false += got is Decision.APPROVE is not expected
    shares, count = (understood / approvals, right / len(rows)), len(rows)
    del rows, text  # pytest prints what a failing test holds
    assert (false, count) == (0, count)
    assert shares[0] >= KEPT[name][0]
    assert shares[1] >= KEPT[name][1]


def test_a_danger_beside_an_approval_leaves_none(lexicon: Lexicon) -> None:
    """Whatever asks, changes, delays or doubts is heard beside an approval, before and behind it."""
    dangers = (CORPORA / "dangers.txt").read_text("utf-8").splitlines()
    assert len(dangers) > 400
    approved = [
        text
        for danger in dangers
        for text in (
            f"Onaylıyorum. {danger.capitalize()}.",
            f"{danger.capitalize()}. Uygundur.",
            f"Haber uygundur, {danger}",
            f"metni okudum, onaylıyorum {danger}",
            f"{danger}\nSakınca yoktur",
            f"Merhaba, yayınlayabilirsiniz. Ayrıca {danger}, iyi günler.",
        )
        if decide_text(text, lexicon).decision is Decision.APPROVE
    ]
    assert approved == []


@pytest.mark.parametrize("word", ["ONAY", "Onaylıyorum", "Uygundur", "olur", "tamam", "yayınlayın"])
def test_a_letter_of_another_alphabet_never_approves(word: str, lexicon: Lexicon) -> None:
    alike = {"O": "ОΟ", "N": "Ν", "A": "АΑ", "Y": "УΥ", "o": "оο", "a": "аα", "u": "υ", "y": "у"}
    places = [(at, other) for at, letter in enumerate(word) for other in alike.get(letter, "")]
    forged = [word[:at] + other + word[at + 1 :] for at, other in places]
    assert forged
    assert [text for text in forged if decide_text(text, lexicon).decision is Decision.APPROVE] == []


@pytest.mark.parametrize("filler", ["\n", " .", " -", " 👍", " evet", "\n.\n"])
@pytest.mark.parametrize("count", [390, 400, 410, 3_000])
def test_nothing_is_hidden_beyond_what_is_read(filler: str, count: int, lexicon: Lexicon) -> None:
    text = "Onaylıyorum" + filler * count + "\n2. fotoğrafı çıkarın"
    assert decide_text(text, lexicon).decision is not Decision.APPROVE
