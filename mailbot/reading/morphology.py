"""The forms of Turkish verbs and nouns, written out in full.

Whether somebody approves or refuses hangs on two letters inside a word (onaylıyorum, onaylamıyorum).
So words are never stemmed: every ending is generated from its parts, with vowel harmony, and a word
counts only where a known stem and one generated ending make up the whole of it.

Endings are written with the usual archiphonemes: A is a or e, I is ı, i, u or ü, D is d or t; a
consonant in brackets appears after a vowel, a vowel in brackets after a consonant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from mailbot.reading.turkish import bare, typed_for

VOWELS = "aeıioöuüâîû"
_VOWELS = frozenset(VOWELS)
_BACK, _ROUND = frozenset("aıouâû"), frozenset("oöuü")
_HARD = frozenset("fstkçşhp")

Endings = Mapping[str, tuple[tuple[str, str], ...]]
"""Bare ending -> (spelled ending, form) pairs."""


def is_vowel(letter: str) -> bool:
    return letter in VOWELS or letter in "AI"


def join(*parts: str, after_vowel: bool) -> str:
    """The parts of an ending as one, brackets resolved by what stands before each."""
    out = ""
    for part in parts:
        found = re.match(r"\((.)\)", part)
        if found:
            bracket = found[1] if is_vowel(found[1]) != after_vowel else ""
            out += bracket + part[3:]
        else:
            out += part
        if out:
            after_vowel = is_vowel(out[-1])
    return out


@cache
def spellings(ending: str) -> tuple[str, ...]:
    """Every spelling of an ending by vowel harmony, for each kind of last vowel before it."""
    found: dict[str, None] = {}
    for last in "aeoö":
        for first_d in "dt":
            out, vowel = "", last
            for sign in ending:
                letter = sign
                if letter == "A":
                    letter = "a" if vowel in _BACK else "e"
                elif letter == "I":
                    letter = ("uı" if vowel in _BACK else "üi")[vowel not in _ROUND]
                elif letter == "D":
                    letter = first_d if not out else "t" if out[-1] in _HARD else "d"
                if letter in VOWELS:
                    vowel = letter
                out += letter
            found[out] = None
    return tuple(found)


def in_harmony(stem: str, ending: str) -> bool:
    """Whether the ending's first vowel is back or front as the stem's last; saat and hal may take both."""
    last = next((c for c in reversed(stem) if c in VOWELS), "")
    first = next((c for c in ending if c in VOWELS), "")
    if not last or not first or stem.endswith(("l", "at", "rf", "k")):
        return True
    return (last in _BACK) == (first in _BACK)


def _table(rows: Iterable[tuple[str, str]]) -> Endings:
    table: dict[str, dict[tuple[str, str], None]] = {}
    for ending, form in rows:
        for spelled in spellings(ending):
            table.setdefault(bare(spelled), {})[spelled, form] = None
    return {key: tuple(found) for key, found in table.items()}


# ---- verbs: polarity, then tense and person. A form is written "+fact1", "-imp2", "+can2" …

_PERSONS_Z = (("1", "(y)Im"), ("2", "sIn"), ("3", ""), ("1", "(y)Iz"), ("2", "sInIz"), ("3", "lAr"))
_PERSONS_K = (("1", "m"), ("2", "n"), ("3", ""), ("1", "k"), ("2", "nIz"), ("3", "lAr"))
_AFTER_MA = {
    "nom": ("sI", "m", "mIz", "nIz", "lArI", "lAr"),
    "acc": ("sInI", "yI", "mI", "mIzI", "nIzI", "lArInI"),
    "dat": ("sInA", "yA", "mIzA", "nIzA", "lArInA"),
    "loc": ("sIndA", "dA", "mdA", "mIzdA", "nIzdA", "lArIndA"),
    "abl": ("sIndAn", "mIzdAn", "nIzdAn", "lArIndAn"),
    "gen": ("sInIn", "nIn", "mIzIn", "nIzIn", "lArInIn"),
    "ins": ("sIylA", "ylA", "mIzlA", "nIzlA", "lArIylA"),
    "pred": ("sIdIr", "dIr"),
}
_OWNED = ("I", "Im", "ImIz", "In", "InIz")
_N_CASES = ("", "nI", "nA", "ndA", "ndAn", "nIn")


def _verb_rows(*, vowel: bool) -> Iterator[tuple[str, str]]:
    """Every ending behind a stem that ends in a vowel or a consonant, with its form."""
    for kind, ext in (("+", ""), ("-", "mA"), ("can", "(y)AbIl"), ("-", "(y)AmA")):
        stem = join(ext, after_vowel=vowel)
        ends_in_vowel = is_vowel(stem[-1]) if stem else vowel
        able = kind == "can"
        sign = "+" if able else kind

        def row(
            form: str, *parts: str, stem: str = stem, at: bool = ends_in_vowel, sign: str = sign
        ) -> tuple[str, str]:
            return stem + join(*parts, after_vowel=at), sign + form

        fact = "able" if able else "fact"
        for person, end in _PERSONS_K:
            yield row(fact + person, "DI", end)
            yield row("past" + person, "DI", end)
            yield row("plup" + person, "mIştI", end)
            yield row("cond", "sA", end)
            yield row("cond", "DIysA", end)
            if sign == "-":
                yield row("cond", "zsA", end)
            elif able or not vowel:
                yield row("cond", "IrsA", end)
                yield row("cond", "ArsA", end)
            else:
                yield row("cond", "rsA", end)
        for person, end in _PERSONS_Z:
            yield row("evid" + person, "mIş", end)
            yield row("fut" + person, "(y)AcAğ" if end.startswith("(y)") else "(y)AcAk", end)
        for end in ("tIr", "lArdIr"):
            yield row(fact + "3", "mIş", end)
            yield row("past3", "mIş", end)
            yield row("fut3", "(y)AcAk", end)
        yield row("evid3", "mIşçAsInA")
        for end in ("(y)IcAm", "(y)IcAz", "(y)AcAm", "(y)AcAz"):
            yield row("fut1", end)
        yield row("cond", "mIşsA")
        yield row("cond", "(y)AcAksA")
        yield row("q", "(y)AcAkmI")
        yield row("q", "DImI")
        yield row("q", "DInIzmI")
        yield row("q", "mIşmI")
        for person, end in (("3", ""), ("3", "dIr"), ("1", "yIm"), ("1", "yIz"), ("3", "dIrlAr")):
            yield row(fact + person, "mAktA", end)
        for end in ("", "dIr", "yIz", "yIm", "sInIz", "lAr", "dIrlAr"):
            yield row("nec", "mAlI", end)
        if not (able and sign == "-"):
            for end in ("", "(y)In", "(y)InIz"):
                yield row("imp2", end)
            yield row("imp3", "sIn")
            yield row("imp3", "sInlAr")
        yield row("opt1", "(y)AyIm")
        yield row("optp", "(y)AlIm")
        yield row("q", "(y)AlImmI")
        yield row("q", "(y)AyImmI")
        # aorist and present, where the parts before them matter
        if sign == "-":
            for person, end in _PERSONS_Z:
                yield row("aor" + person, {"(y)Im": "m", "(y)Iz": "yIz"}.get(end, "z" + end))
            yield row("q", "zmI")
            yield row("q", "zmIsInIz")
        else:
            for start in ("Ir",) if able else ("r",) if vowel else ("Ir", "Ar"):
                for person, end in _PERSONS_Z:
                    yield row(("can" if able else "aor") + person, start, end)
                yield row("q", start + "mI")
                yield row("q", start + "mIsInIz")
                yield row("q", start + "mIyIz")
                yield row("would", start + "DI")
                yield row("would", start + "DIm")
                yield row("ken", start + "ken")
        if sign == "-" or able or not vowel:
            yield from _present(stem[:-1] if sign == "-" else stem, sign, fact)
        if kind == "+":
            for form, end in (
                ("imp2", ""),
                ("imp2", "(y)In"),
                ("imp2", "(y)InIz"),
                ("imp3", "sIn"),
                ("optp", "(y)AlIm"),
            ):
                yield row(form, "(y)Iver", end)  # "yayınlayıverin": done at once, and meant the same
        # verbs as adverbs, nouns and adjectives
        yield row("ip", "(y)Ip")
        yield row("arak", "(y)ArAk")
        yield row("inca", "(y)IncA")
        yield row("inca", "DIkçA")
        yield row("dikta", "DIktAn")
        if sign == "+":
            yield row("madan", "mAdAn")
            yield row("madan", "mAksIzIn")
        yield row("mak", "mAk")
        yield row("mak", "mAktAn")
        for case, ends in _AFTER_MA.items():
            for end in ends:
                yield row("vn." + case, "mA", end)
        for end in ("", "lAr", "I", "A", "In", "lArI", "lArIn", "lArA", "dIr"):
            yield row("an", "(y)An", end)
        for owner in _OWNED:
            for case in _N_CASES if owner == "I" else ("", "I", "A", "dA", "dAn", "In"):
                form = "diginda" if case in ("ndA", "dA") else "dik"
                yield row(form, "DIğ", owner, case)
                yield row("acak", "(y)AcAğ", owner, case)
        for owner in ("Im", "ImIz", "InIz"):
            for case in ("", "I", "A", "dA", "dAn", "In"):
                yield row("dik", "DIklAr", owner, case)
        for case in _N_CASES:
            yield row("diginda" if case == "ndA" else "dik", "DIklArI", case)


def _present(before: str, sign: str, fact: str) -> Iterator[tuple[str, str]]:
    for person, end in (
        ("1", "um"),
        ("2", "sun"),
        ("3", ""),
        ("1", "uz"),
        ("2", "sunuz"),
        ("3", "lar"),
        ("1", "m"),
    ):
        yield f"{before}Iyor{end}", sign + fact + person
    yield f"{before}Iyordu", sign + "would"
    yield f"{before}Iyordum", sign + "would"
    yield f"{before}Iyormuş", sign + "evid3"
    for end in ("mu", "musun", "musunuz", "muyuz", "muyum"):
        yield f"{before}Iyor{end}", sign + "q"
    for _, end in _PERSONS_K:
        yield f"{before}Iyorsa{'k' if end == 'k' else end.replace('A', 'a').replace('I', 'ı')}", sign + "cond"


# ---- nouns: plural, owner, case, then what makes a sentence of them

_OWNERS = ("", "(I)m", "(I)n", "(s)I", "(I)mIz", "(I)nIz")
_YOURS = ("(I)n", "(I)nIz")
_CASES = (
    ("nom", ""),
    ("acc", "(y)I"),
    ("dat", "(y)A"),
    ("loc", "DA"),
    ("abl", "DAn"),
    ("gen", "(n)In"),
    ("ins", "(y)lA"),
    ("eq", "cA"),
    ("eq", "çA"),
)
_CASES_N = (
    ("nom", ""),
    ("acc", "nI"),
    ("dat", "nA"),
    ("loc", "ndA"),
    ("abl", "ndAn"),
    ("gen", "nIn"),
    ("ins", "ylA"),
    ("eq", "ncA"),
)
_COPULAS = (
    ("pred", "DIr"),
    ("cond", "(y)sA"),
    ("was", "(y)DI"),
    ("was", "(y)DIm"),
    ("evid", "(y)mIş"),
    ("q", "mI"),
    ("q", "mIdIr"),
    ("am", "(y)Im"),
    ("am", "(y)Iz"),
    ("cond", "(y)sAnIz"),
    ("pred", "DIrlAr"),
)


def _noun_rows(*, vowel: bool, owners: tuple[str, ...] = (*_OWNERS, "I")) -> Iterator[tuple[str, str]]:
    for plural in ("", "lAr"):
        for owner in owners:
            if owner == "I" and not (plural and owner):
                continue
            third = owner in ("(s)I", "I")
            for case, end in _CASES_N if third else _CASES:
                ending = join(plural, owner, end, after_vowel=vowel)
                yield ending, "." + case + ("~" if owner in _YOURS else "")
                if case not in ("nom", "loc"):
                    continue
                at = is_vowel(ending[-1]) if ending else vowel
                for name, copula in _COPULAS:
                    yield ending + join(copula, after_vowel=at), "." + name
                if case == "loc":
                    yield ending + "ki", ".ki"


_KI: Endings = {"ki": (("ki", ".ki"),), "ku": (("kü", ".ki"),)}
"""Behind words of time alone: haftaki, bugünkü."""


class Tables:
    """The endings of verbs and nouns: built once, a few milliseconds."""

    __slots__ = ("adjective", "noun", "present", "verb")

    def __init__(self) -> None:
        self.verb = {vowel: _table(_verb_rows(vowel=vowel)) for vowel in (False, True)}
        self.present = _table(_present("", "+", "fact"))
        self.adjective = {vowel: _table(_noun_rows(vowel=vowel, owners=("",))) for vowel in (False, True)}
        self.noun = {vowel: _table(_noun_rows(vowel=vowel)) for vowel in (False, True)}


@cache
def tables() -> Tables:
    """The one set of tables."""
    return Tables()


def passive(stem: str) -> str:
    """The passive of a verb stem: onayla -> onaylan, gör -> görül, sil -> silin, et -> edil."""
    stem = {"et": "ed", "git": "gid"}.get(stem, stem)
    if stem[-1] in VOWELS:
        return stem + "n"
    last = next((c for c in reversed(stem) if c in VOWELS), "e")
    vowel = ("uı" if last in _BACK else "üi")[last not in _ROUND]
    return stem + vowel + ("n" if stem.endswith("l") else "l")


_SOFTENED = (
    "affet",
    "reddet",
    "hisset",
    "bahset",
    "naklet",
    "sabret",
    "şükret",
    "keşfet",
    "resmet",
    "seyret",
    "zannet",
    "hallet",
    "neşret",
)
"""Verbs joined with etmek: t is d before a vowel."""


class Stems:
    """Known stems with the class of each, and the reading of whole words against them."""

    __slots__ = ("_stems", "longest")

    def __init__(self) -> None:
        self._stems: dict[str, list[tuple[str, str, Endings, str]]] = {}
        self.longest = 0

    def _add(self, stem: str, tag: str, endings: Endings, before: str = "") -> None:
        """`before` is "vowel" or "consonant" where the stem stands before such endings alone."""
        self._stems.setdefault(bare(stem), []).append((stem, tag, endings, before))
        self.longest = max(self.longest, len(stem))

    def add_verb(self, infinitive: str, tag: str) -> None:
        """Adds a verb by its dictionary form, and its passive under the tag with a P behind."""
        stem = infinitive[:-3]
        self._add_verb_stem(stem, tag)
        self._add_verb_stem(passive(stem), tag + "P")

    def _add_verb_stem(self, stem: str, tag: str) -> None:
        table = tables()
        if stem[-1] in VOWELS:
            self._add(stem, tag, table.verb[True])
            self._add(stem[:-1], tag, table.present)
            return
        softens = stem in ("et", "git", *_SOFTENED) or stem.endswith(("det", "bet"))
        self._add(stem, tag, table.verb[False], "consonant" if softens else "")
        if softens:
            self._add(stem[:-1] + "d", tag, table.verb[False], "vowel")

    def add_adjective(self, word: str, tag: str) -> None:
        """Adds an adjective: like a noun, but nobody's own (uygunu is the suitable one, not suitable)."""
        self._add(word, tag, tables().adjective[word[-1] in VOWELS])

    def add_noun(self, noun: str, tag: str) -> None:
        """Adds a noun or adjective; "metin/metn" names the stem before a vowel, k softens by itself."""
        word, _, soft = noun.partition("/")
        table = tables().noun[word[-1] in VOWELS]
        self._add(word, tag, table)
        if tag == "time":
            self._add(word, tag, _KI)
        if not soft and word.endswith("k") and sum(c in VOWELS for c in word) > 1:
            soft = word[:-1] + ("g" if word.endswith("nk") else "ğ")
        if soft:
            self._add(soft, tag, tables().noun[soft[-1] in VOWELS], "vowel")

    @staticmethod
    def is_ending(rest: str) -> bool:
        """Whether a bare `rest` is a whole ending of a verb or noun, or nothing."""
        return not rest or any(
            rest in table for table in (*tables().noun.values(), *tables().verb.values(), tables().present)
        )

    def readings(self, word: str) -> frozenset[str]:
        """Every tag that the folded `word` has as stem and ending; empty where it is unknown."""
        found: set[str] = set()
        key = bare(word)
        for cut in range(min(len(word), self.longest), 0, -1):
            stems = self._stems.get(key[:cut])
            if not stems:
                continue
            rest = word[cut:]
            for stem, tag, endings, before in stems:
                if (before and (before == "vowel") != (rest[:1] in _VOWELS)) or not typed_for(
                    word[:cut], stem
                ):
                    continue
                for spelled, form in endings.get(key[cut:], ()):
                    if not (typed_for(rest, spelled) and in_harmony(stem, spelled)):
                        continue
                    if not form.endswith("~"):
                        found.add(tag + form)
                    elif tag != "approval":  # "onayınız": whose it is decides who approves
                        found.add(tag + form[:-1])
                    else:
                        found.add("approval.yours")
        return frozenset(found)
