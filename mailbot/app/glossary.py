"""Phrases that staff add to the reader's lexicon: offered after an unclear reply, taken only when safe.

They are kept in the database, so that every service on it reads alike; `rules/lexicon.toml` stays the
unit's own file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbot.core.decision import Decision
from mailbot.core.mailvalues import DECISION_LABELS
from mailbot.core.values import Address
from mailbot.ports.store import Reads, Transaction
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.turkish import fold
from mailbot.reading.verdict import decide, safe_addition

_KEY = "lexicon.additions"

LONGEST = 60
"""Characters of a phrase; a longer one is a reply, not a phrase."""

Known = Sequence[tuple[str, Decision]]


@dataclass(frozen=True, slots=True)
class Addition:
    """A phrase that staff added, and who and when."""

    phrase: str
    decision: Decision
    by: str
    at: str
    """ISO 8601."""


def known_replies(folder: Path) -> Known:
    """The replies with their classes that every addition is tried on (`known-replies.tsv`)."""
    known = []
    for line in (folder / "known-replies.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        decision, _, text = line.partition("\t")
        known.append((text.replace("\\n", "\n"), Decision(decision)))
    return tuple(known)


def additions(reads: Reads) -> tuple[Addition, ...]:
    """What staff have added so far, oldest first."""
    rows = json.loads(reads.meta(_KEY) or "[]")
    return tuple(Addition(r["phrase"], Decision(r["decision"]), r["by"], r["at"]) for r in rows)


def grown(lexicon: Lexicon, added: Sequence[Addition]) -> Lexicon:
    """`lexicon` with the additions in their classes of phrases."""
    if not added:
        return lexicon
    data = {name: dict(section) for name, section in lexicon.data.items()}
    for addition in added:
        phrases = data["phrases"]
        phrases[addition.decision.value] = [*phrases[addition.decision.value], addition.phrase]
    return lexicon_from(data)


def add(
    tx: Transaction,
    lexicon: Lexicon,
    known: Known,
    phrase: str,
    decision: Decision,
    by: Address,
    now: datetime,
) -> str | None:
    """Take a phrase in: None where it is taken, else a Turkish sentence why not.

    Every known reply is read again with it first; the sentence names the reply that it would break.
    """
    phrase = fold(" ".join(phrase.split())).strip(" .,;:!“”\"'")
    if not phrase:
        return "Eklenecek söz yazılmamış."
    if len(phrase) > LONGEST:
        return (
            f"Söz çok uzun; en çok {LONGEST} harf olabilir. Yanıtın yalnız kararı söyleyen sözlerini yazınız."
        )
    earlier = additions(tx)
    if any(a.phrase == phrase and a.decision is decision for a in earlier):
        return f"“{phrase}” zaten sözlükte."
    present = grown(lexicon, earlier)
    read = decide(phrase, present).decision
    if read is decision:
        return f"“{phrase}” zaten böyle okunuyor."
    if read is not Decision.UNCLEAR:
        return f"“{phrase}” zaten başka bir anlama geliyor ({DECISION_LABELS[read]}); anlamı değiştirilemez."
    why = safe_addition(present, phrase, decision, known)
    if why is not None:
        return why
    rows = [{"phrase": a.phrase, "decision": a.decision.value, "by": a.by, "at": a.at} for a in earlier]
    rows.append({"phrase": phrase, "decision": decision.value, "by": str(by), "at": now.isoformat()})
    tx.set_meta(_KEY, json.dumps(rows, ensure_ascii=False))
    return None


def offered(words: str) -> str | None:
    """The phrase worth offering from an unclear reply's words: one short line, or None."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if len(lines) != 1:
        return None
    phrase = lines[0].strip(" .,;:!")
    return phrase if 2 <= len(phrase) <= LONGEST else None
