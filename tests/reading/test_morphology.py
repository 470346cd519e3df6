"""Generated word forms: polarity lies in the whole word."""

from __future__ import annotations

import pytest

from mailbot.reading.morphology import Stems, passive, spellings


@pytest.fixture(scope="module")
def stems() -> Stems:
    found = Stems()
    for verb in ("onaylamak", "yayımlamak", "etmek", "görmek", "vermek"):
        found.add_verb(verb, verb[:-3])
    for noun in ("metin/metn", "uygun", "başlık", "diş"):
        found.add_noun(noun, noun.split("/")[0])
    return found


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("onaylıyorum", "onayla+fact1"),
        ("onaylamıyorum", "onayla-fact1"),
        ("onayliyorum", "onayla+fact1"),
        ("onaylamiyorum", "onayla-fact1"),
        ("onaylanmıştır", "onaylaP+fact3"),
        ("onaylanmamıştır", "onaylaP-fact3"),
        ("yayımlayabilirsiniz", "yayımla+can2"),
        ("yayımlayamazsınız", "yayımla-aor2"),
        ("yayımlanmamasında", "yayımlaP-vn.loc"),
        ("edilmiştir", "etP+fact3"),
        ("görülmemektedir", "görP-fact3"),
        ("vermiyorum", "ver-fact1"),
        ("onaylandımı", "onaylaP+q"),
        ("onaylarsa", "onayla+cond"),
        ("metninin", "metin.gen"),
        ("uygundur", "uygun.pred"),
        ("uygunsa", "uygun.cond"),
        ("başlığı", "başlık.acc"),
    ],
)
def test_forms(stems: Stems, word: str, tag: str) -> None:
    assert tag in stems.readings(word)


@pytest.mark.parametrize("word", ["onaylıyorumm", "önaylıyorum", "onaylmıyorum", "dişında", ""])
def test_what_is_no_form_is_unknown(stems: Stems, word: str) -> None:
    assert stems.readings(word) == frozenset()


@pytest.mark.parametrize(
    ("stem", "other"), [("onayla", "onaylan"), ("gör", "görül"), ("sil", "silin"), ("et", "edil")]
)
def test_passive(stem: str, other: str) -> None:
    assert passive(stem) == other


def test_spellings_follow_vowel_harmony() -> None:
    assert set(spellings("lAr")) == {"lar", "ler"}
    assert {"dım", "dim", "dum", "düm", "tım"} <= set(spellings("DIm"))
