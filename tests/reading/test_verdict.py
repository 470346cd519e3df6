"""Decisions over the labelled replies, and the borders one by one."""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

import pytest

from mailbot.core.decision import Decision
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.verdict import decide, safe_addition, subject_words

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "tests" / "corpus" / "replies"

FLOORS = {"dev": 0.955, "seen": 0.955, "later": 0.875, "kept": 0.91}
"""The least share in the right class, slightly under the measured one."""


def replies(name: str) -> list[tuple[str, Decision]]:
    rows = [line.split("\t") for line in (CORPORA / f"{name}.tsv").read_text("utf-8").splitlines()[1:]]
    return [(row[1].replace("\\n", "\n"), Decision(row[0])) for row in rows]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


@pytest.mark.parametrize("name", FLOORS)
def test_no_false_approval(name: str, lexicon: Lexicon) -> None:
    rows = replies(name)
    wrong = [t for t, expected in rows if decide(t, lexicon).decision is Decision.APPROVE is not expected]
    assert wrong == []


@pytest.mark.parametrize("name", FLOORS)
def test_share_in_the_right_class(name: str, lexicon: Lexicon) -> None:
    rows = replies(name)
    right = sum(decide(text, lexicon).decision is expected for text, expected in rows)
    assert right / len(rows) >= FLOORS[name]


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Sakınca yoktur.", Decision.APPROVE),
        ("Sakıncasız bulmuyorum.", Decision.REJECT),
        ("Hatası yok, uygundur.", Decision.APPROVE),
        ("Ancak bakabildim, uygundur.", Decision.APPROVE),
        ("Uygundur ancak başlık değişsin.", Decision.REVISE),
        ("Sayın Valimiz uygun buldular, yayımlanabilir.", Decision.APPROVE),
        ("Sanırım Sayın Valimiz uygun buldu.", Decision.UNCLEAR),
        ("Onayınıza arz ederim.", Decision.DEFER),
        ("Müsait olur olmaz bakacağım.", Decision.DEFER),
        ("Biraz kısaltabilir misiniz?", Decision.REVISE),
        ("Rakamlar doğru mu, doğruysa uygundur", Decision.QUESTION),
        ("Bilgi edinilmiştir.", Decision.NONE),
        ("ok", Decision.APPROVE),
        ("👍", Decision.UNCLEAR),
        ("uygundur 👍", Decision.APPROVE),
        ("ölür", Decision.UNCLEAR),
        ("", Decision.NONE),
        ("tamam bakarım", Decision.DEFER),
        ("> Uygundur\n> ONAY", Decision.NONE),
        (
            "Yarın bakacağım.\n\nKimden: Basın Birimi\nKime: Ada Kurgusal\nUygun görülürse ONAY yazınız.",
            Decision.DEFER,
        ),
    ],
)
def test_borders(text: str, decision: Decision, lexicon: Lexicon) -> None:
    assert decide(text, lexicon).decision is decision


def test_every_verdict_says_why(lexicon: Lexicon) -> None:
    for text, _ in replies("dev"):
        assert all(clue.meaning for clue in decide(text, lexicon).why)
        assert decide(text, lexicon).why


@pytest.mark.parametrize(
    ("aside", "decision"),
    [
        ("Dr. Ada Kurgusal\nİl Sağlık Müdürü", Decision.APPROVE),
        ("Ada Kurgusal\nNot: Başlıktaki tarih düzeltilsin.", Decision.REVISE),
        ("Not: ikinci fotoğraf kullanılmasın", Decision.REJECT),
    ],
)
def test_what_stands_below_the_signature_may_veto(aside: str, decision: Decision, lexicon: Lexicon) -> None:
    verdict = decide("Onaylıyorum.", lexicon, aside=aside)
    assert verdict.decision is decision or (
        decision is not Decision.APPROVE and verdict.decision is not Decision.APPROVE
    )


def test_what_stands_below_the_signature_never_approves(lexicon: Lexicon) -> None:
    assert decide("Teşekkürler.", lexicon, aside="ONAY").decision is Decision.NONE


@pytest.mark.parametrize(
    ("subject", "asked", "words"),
    [
        ("ONAY - Ynt: Diyabet haberi için onayınız", "Diyabet haberi için onayınız", "onay"),
        ("Ynt: Diyabet haberi için onayınız", "Diyabet haberi için onayınız", ""),
        ("RE: Ynt: Onay: Diyabet", "Onay: Diyabet", ""),
        ("ONAY", "Diyabet haberi", ""),
        ("ONAY", "", ""),
    ],
)
def test_words_added_to_the_subject(subject: str, asked: str, words: str) -> None:
    assert subject_words(subject, asked) == words


def test_a_subject_counts_only_over_an_empty_body(lexicon: Lexicon) -> None:
    assert decide("", lexicon, subject="onay").decision is Decision.APPROVE
    assert decide("Teşekkürler", lexicon, subject="onay").decision is Decision.NONE
    assert decide("Onaylıyorum", lexicon, subject="yayınlamayın").decision is not Decision.APPROVE


def test_a_harmful_addition_is_refused_with_its_example(lexicon: Lexicon) -> None:
    known = replies("dev") + replies("seen")
    assert safe_addition(lexicon, "şahane yakışmış", Decision.APPROVE, known) is None
    refused = safe_addition(lexicon, "siz bilirsiniz", Decision.APPROVE, known)
    assert refused is not None
    assert "Siz bilirsiniz." in refused
    assert safe_addition(lexicon, "uygun değil", Decision.APPROVE, known) is not None
    assert safe_addition(lexicon, "uygundur", Decision.REJECT, known) is not None
    assert safe_addition(lexicon, "", Decision.APPROVE, known) is not None


def test_mistakes_in_a_lexicon_are_all_named() -> None:
    with pytest.raises(ValueError) as caught:
        lexicon_from({"phrases": {"approve": ["Onay"], "yok": []}, "böyle": {}})
    text = str(caught.value)
    assert "[böyle]" in text
    assert "[phrases] yok" in text
    assert "'Onay' küçük harfle" in text
    assert "[verbs]" in text


def test_speed_and_hostile_input(lexicon: Lexicon) -> None:
    rows = [text for text, _ in replies("dev")]
    for text in rows:
        decide(text, lexicon)
    started = time.process_time()
    for text in rows:
        decide(text, lexicon)
    assert (time.process_time() - started) / len(rows) < 0.005
    for hostile in (
        "uygun " * 40_000,
        "a" * 200_000,
        "?" * 200_000,
        "\n" * 200_000,
        "Dr. Ada " * 25_000,
        "yazdı" * 40_000,
        "> " * 100_000,
    ):
        started = time.process_time()
        assert decide(hostile, lexicon).decision in Decision
        assert time.process_time() - started < (0.1 if sys.gettrace() is None else 5)
