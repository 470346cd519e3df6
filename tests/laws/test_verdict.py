"""Laws of deciding: nothing that changes no word of a reply makes an approval of it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.decision import Decision
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.turkish import bare
from mailbot.reading.verdict import decide

ROOT = Path(__file__).resolve().parents[2]
LETTERS = "abcdefghijklmnoprstuvyzçğıöşü"


@cache
def lexicon() -> Lexicon:
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


@cache
def corpus() -> tuple[tuple[str, Decision], ...]:
    found = []
    for name in ("dev", "seen", "later", "kept"):
        for line in (ROOT / "tests/corpus/replies" / f"{name}.tsv").read_text("utf-8").splitlines()[1:]:
            decision, text, *_ = line.split("\t")
            found.append((text.replace("\\n", "\n"), Decision(decision)))
    return tuple(found)


others = st.sampled_from([text for text, decision in corpus() if decision is not Decision.APPROVE])


def approves(text: str) -> bool:
    return decide(text, lexicon()).decision is Decision.APPROVE


@settings(max_examples=600, deadline=None)
@given(
    others,
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase, lambda t: t.replace("i", "İ").upper()]),
)
def test_case_never_makes_an_approval(text: str, change: object) -> None:
    assert not approves(change(text))  # type: ignore[operator]


@settings(max_examples=600, deadline=None)
@given(others)
def test_missing_diacritics_never_make_an_approval(text: str) -> None:
    assert not approves(bare(text))


@settings(max_examples=600, deadline=None)
@given(
    others,
    st.sampled_from(["", " ", "\n\n", ".", "!", "...", " 👍"]),
    st.sampled_from(["", "\n", " ", ".", "!!", " :)"]),
)
def test_space_and_signs_never_make_an_approval(text: str, before: str, behind: str) -> None:
    if any(letter.isalnum() for letter in text):
        assert not approves(before + text + behind)


@settings(max_examples=600, deadline=None)
@given(
    others,
    st.sampled_from(
        [
            "\n\nDr. Ada Kurgusal\nİl Sağlık Müdürü",
            "\n\nSaygılarımla,\nBora Deneme\nOnay Mah. Uygun Cad. No: 3",
            "\n\niPhone'umdan gönderildi",
            "\n\nBu e-posta ve ekleri gizlidir, yetkisiz kişilerce paylaşılması uygun değildir.",
            "\n\n> Uygun görülürse ONAY yazınız.",
        ]
    ),
)
def test_signature_and_disclaimer_never_make_an_approval(text: str, tail: str) -> None:
    assert not approves(text + tail)
    assert decide(text, lexicon(), aside=tail).decision is not Decision.APPROVE


@settings(max_examples=600, deadline=None)
@given(others, st.data())
def test_wrapping_lines_never_makes_an_approval(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    gaps = data.draw(st.lists(st.sampled_from([" ", "\n", "  "]), min_size=len(words), max_size=len(words)))
    assert not approves("".join(word + gap for word, gap in zip(words, gaps, strict=True)))


@settings(max_examples=1500, deadline=None)
@given(others, st.data())
def test_a_slip_never_makes_an_approval_unless_it_writes_one(text: str, data: st.DataObject) -> None:
    if not text:
        return
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    kind = data.draw(st.integers(0, 3))
    if kind == 0:
        slipped = (
            text[:at]
            + text[at + 2 : at + 1 : -1]
            + text[at + 1 : at + 2]
            + text[at : at + 1]
            + text[at + 2 :]
        )
    else:
        slipped = text[:at] + ("" if kind == 1 else letter) + text[at + (kind != 2) :]
    if not approves(slipped):
        return
    assert written_correctly(slipped), slipped


def written_correctly(text: str) -> bool:
    """Whether an approval stands without any slip being undone: every word of it is known."""
    known = lexicon()
    return all(known.knows(word) for word in _words(text))


def _words(text: str) -> list[str]:
    from mailbot.reading.turkish import words_of

    return words_of(text)


@settings(max_examples=600, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_a_verdict(text: str) -> None:
    verdict = decide(text, lexicon(), aside=text[:50], subject=text[-50:])
    assert verdict.decision in Decision
    assert verdict.why


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "uygun",
                "uygundur",
                "onay",
                "değil",
                "olur",
                "mu",
                "sakınca",
                "yok",
                "ama",
                "yayınlayın",
                "?",
                ".",
                "\n",
            ]
        ),
        max_size=8,
    )
)
def test_words_of_refusal_leave_no_approval(words: list[str]) -> None:
    text = " ".join(words)
    if {"değil", "mu", "ama", "?"} & set(words):
        assert not approves(text)
