"""Laws of deciding: nothing that changes no word of a reply makes an approval of it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.decision import Decision
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.turkish import bare, fold
from mailbot.reading.verdict import decide

ROOT = Path(__file__).resolve().parents[2]
CORPORA = (
    "dev", "seen", "later", "red-team", "red-team-2", "red-team-wave1", "red-team-wave2", "hands-dev",
)  # fmt: skip
"""Those that may be read: a failing law prints the reply that breaks it."""
LETTERS = "abcdefghijklmnoprstuvyzçğıöşü"


@cache
def lexicon() -> Lexicon:
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


@cache
def corpus() -> tuple[tuple[str, Decision], ...]:
    found = []
    for name in CORPORA:
        for line in (ROOT / "tests/corpus/replies" / f"{name}.tsv").read_text("utf-8").splitlines()[1:]:
            decision, text, *_ = line.split("\t")
            found.append((text.replace("\\n", "\n"), Decision(decision)))
    return tuple(found)


others = st.sampled_from([text for text, decision in corpus() if decision is not Decision.APPROVE])
approvals = st.sampled_from([text for text, decision in corpus() if decision is Decision.APPROVE])


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


def slipped(text: str, at: int, kind: int, letter: str) -> str:
    """`text` with one slip at `at`: two letters swapped, one missing, one too many, one wrong."""
    if kind == 0:
        return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    return text[:at] + letter + text[at + (kind == 3) :]


@settings(max_examples=3000, deadline=None)
@given(others.filter(lambda text: not re.search("[\u0370-\u04ff]", text)), st.data())
def test_a_slip_never_makes_an_approval_unless_it_writes_one(text: str, data: st.DataObject) -> None:
    if not text:
        return
    at = data.draw(st.integers(0, len(text) - 1))
    mistyped = slipped(text, at, data.draw(st.integers(0, 3)), data.draw(st.sampled_from(LETTERS)))
    assert not approves(mistyped) or written_correctly(mistyped), mistyped


def written_correctly(text: str) -> bool:
    """Whether every word is a known one or a name, so that no slip had to be undone."""
    return all(word[0].isupper() or lexicon().knows(fold(word)) for word in re.findall(r"[^\W\d_]+", text))


@settings(max_examples=400, deadline=None)
@given(
    approvals,
    st.sampled_from(
        ["2. fotoğrafı çıkarın", "Yayınlamayın", "başlığı değiştirin", "Ama yarın", "sadece web"]
    ),
    st.sampled_from(["\n", " .", " -", " 👍", " ,", " evet", " onay", "\n.\n", " …"]),
    st.integers(1, 1500),
)
def test_nothing_hides_behind_padding(head: str, tail: str, padding: str, times: int) -> None:
    assert not approves(head + padding * times + "\n" + tail)


@settings(max_examples=400, deadline=None)
@given(others, st.data())
def test_what_is_left_of_lines_approves_only_as_an_approval_of_its_own(
    text: str, data: st.DataObject
) -> None:
    lines = text.split("\n")
    kept = [line for line in lines if data.draw(st.booleans())]
    rest = "\n".join(kept)
    if len(lines) > 1 and approves(rest):
        assert any(approves(line) for line in kept), rest


@settings(max_examples=600, deadline=None)
@given(others, st.data())
def test_a_line_break_inside_a_sentence_never_makes_an_approval(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    if " " in text[max(0, at - 1) : at + 1] or at in (0, len(text)):
        assert not approves(text[:at] + data.draw(st.sampled_from(["\n", "\n\n", "\r\n"])) + text[at:])


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


@cache
def dangers() -> tuple[str, ...]:
    return tuple((ROOT / "tests/corpus/replies/dangers.txt").read_text("utf-8").splitlines())


@settings(max_examples=1500, deadline=None)
@given(
    approvals,
    st.sampled_from(dangers()),
    st.sampled_from([". ", ", ", "; ", " - ", ".\n\n", "! "]),
    st.booleans(),
)
def test_a_danger_is_heard_wherever_it_stands(approval: str, danger: str, sign: str, first: bool) -> None:
    assert not approves(danger + sign + approval if first else approval + sign + danger)
