"""Raw mails of many clients: the new words come out exactly, up to white space."""

from __future__ import annotations

import pytest

from tests.bench.newwords import GOAL, Mail, judge, mails

MAILS = mails()


@pytest.mark.parametrize("mail", [m for m in MAILS if not m.kept], ids=lambda mail: mail.name)
def test_new_words_of_every_form_of_the_body(mail: Mail) -> None:
    outcome = judge(mail)
    assert outcome.exact, outcome.said
    assert outcome.position, outcome.said
    assert outcome.unsent, outcome.said


def test_mails_that_no_rule_was_written_for_reach_the_goal() -> None:
    outcomes = [judge(mail) for mail in MAILS if mail.kept]
    assert sum(outcome.exact for outcome in outcomes) / len(outcomes) >= GOAL


def test_no_quoted_word_is_ever_read_as_an_answer() -> None:
    assert not any(judge(mail).quoted for mail in MAILS)
