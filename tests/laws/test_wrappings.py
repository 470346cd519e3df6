"""Every client around every answer: exact, no quoted word read, no typed one lost, none made an approval."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from mailbot.app.ask import decide_text
from mailbot.core.decision import Decision, Position
from mailbot.reading.answer import read_decision
from mailbot.reading.fresh import alternatives, forms_of, new_words
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.mime import parse
from tests.laws.wrappings import ASKED, CLIENTS, FORMS, SIGNATURES, Wrapping, raw, sample

ROOT = Path(__file__).resolve().parents[2]
MAILS = tuple(sample(1_200, seed=20261123))
"""By hand with tens of thousands: `python -m tests.laws.wrappings`."""


@cache
def lexicon() -> Lexicon:
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_new_words_are_exact_in_every_form() -> None:
    wrong = []
    for mail in MAILS:
        texts = {flat(form.text) for form in alternatives(parse(raw(mail)))}
        if texts != {flat(mail.wanted)}:
            wrong.append(f"{mail}: {texts}")
    assert wrong == []


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_every_client_with_every_signature(client: object) -> None:
    mails = [
        Wrapping(c, form, signature=signature)
        for c in CLIENTS
        if c is client
        for form in FORMS
        for signature in SIGNATURES
    ]
    made = [mail for mail in mails if mail.possible]
    wrong = [m for m in made if any(flat(f.text) != flat(m.wanted) for f in alternatives(parse(raw(m))))]
    assert made
    assert [str(mail) for mail in wrong] == []


def test_no_word_is_lost_and_none_of_the_quote_is_new() -> None:
    quoted = set(ASKED.split())
    for mail in MAILS[:400]:
        typed = Counter(f"{mail.answer} {mail.postscript}".split())
        for form in alternatives(parse(raw(mail))):
            out = Counter(f"{form.text} {form.aside} {form.machine}".split())
            assert not typed - out, str(mail)
            assert not {word for word in form.text.split() if word in quoted} - set(mail.wanted.split())


def test_answers_stand_where_they_were_put() -> None:
    for mail in MAILS[:400]:
        wanted = Position.BOTTOM if mail.bottom else Position.TOP
        assert {form.position for form in alternatives(parse(raw(mail)))} == {wanted}, str(mail)


def test_no_wrapping_makes_an_approval() -> None:
    for mail in MAILS[:400]:
        letter = parse(raw(mail))
        found = read_decision(lexicon(), letter, new_words(forms_of(letter))).decision
        if found is Decision.APPROVE:
            assert decide_text(mail.wanted, lexicon()).decision is Decision.APPROVE, str(mail)
