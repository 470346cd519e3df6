"""What staff add to the lexicon: tried on every known reply first, then read by every service."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.adapters.store import SqlStore, open_store
from mailbot.app.glossary import LONGEST, add, additions, grown, known_replies, offered
from mailbot.core.decision import Decision
from mailbot.core.values import Address
from mailbot.reading.verdict import decide
from mailbot.resources import rules_dir
from mailbot.rulebook.load import load_lexicon
from tests.servers.databases import Dice

BY = Address("ada.kurgu@denizli-ism.example")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LEXICON = load_lexicon(rules_dir())
KNOWN = known_replies(rules_dir())


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return open_store(f"sqlite:///{tmp_path / 'a.db'}", entropy=Dice())


def _add(store: SqlStore, phrase: str, decision: Decision) -> str | None:
    with store.writing() as tx:
        refused = add(tx, LEXICON, KNOWN, phrase, decision, BY, NOW)
        tx.commit()
    return refused


def test_known_replies_ship_with_the_package() -> None:
    decisions = [decision for _, decision in KNOWN]
    assert len(KNOWN) > 500
    assert set(decisions) == set(Decision)


def test_a_new_phrase_is_understood_from_then_on(store: SqlStore) -> None:
    phrase = "topu doksana taktınız"
    assert decide(phrase, LEXICON).decision is not Decision.APPROVE
    assert _add(store, f"“{phrase}.”", Decision.APPROVE) is None
    with store.reading() as reads:
        added = additions(reads)
    assert [(a.phrase, a.by) for a in added] == [(phrase, str(BY))]
    assert decide(phrase.upper(), grown(LEXICON, added)).decision is Decision.APPROVE


@pytest.mark.parametrize(
    "phrase", ["değil", "yarın bakalım", "uygun değil", "sonra bakarım", "yeniden yazılsın"]
)
def test_what_would_turn_a_refusal_into_an_approval_is_refused(store: SqlStore, phrase: str) -> None:
    refused = _add(store, phrase, Decision.APPROVE)
    assert refused is not None
    assert phrase.split(maxsplit=1)[0] in refused or "“" in refused
    with store.reading() as reads:
        assert additions(reads) == ()


@pytest.mark.parametrize("phrase", ["", "  .", "x" * (LONGEST + 1)])
def test_what_is_no_phrase_is_refused_in_words(store: SqlStore, phrase: str) -> None:
    assert (_add(store, phrase, Decision.APPROVE) or "").endswith((".", "yazınız."))


def test_the_same_phrase_twice_is_said(store: SqlStore) -> None:
    assert _add(store, "topu doksana taktınız", Decision.APPROVE) is None
    assert "zaten" in (_add(store, "topu doksana taktınız", Decision.APPROVE) or "")


def test_only_one_short_line_is_offered() -> None:
    assert offered("Bana uyar.\n") == "Bana uyar"
    assert offered("Bir satır\nbir satır daha") is None
    assert offered("x" * 61) is None
