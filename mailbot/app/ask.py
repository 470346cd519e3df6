"""`mailbot decide`: reply texts in, decisions out; needs no configuration."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from mailbot.core.decision import Clue, Decision, Verdict
from mailbot.reading.fresh import TRUNCATED, TYPED_IN, fresh_text
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.reach import between_quotes
from mailbot.reading.verdict import decide
from mailbot.resources import rules_dir
from mailbot.rulebook.load import load_lexicon


def decide_text(text: str, lexicon: Lexicon) -> Verdict:
    """The decision of one reply as a person wrote it: its own words alone."""
    fresh = fresh_text(text)
    verdict = decide(fresh.text, lexicon, aside=f"{fresh.aside}\n{fresh.unsent}".strip())
    if verdict.decision is Decision.APPROVE and between_quotes(text):
        return Verdict(Decision.UNCLEAR, (*verdict.why, Clue("", "alıntının altında da söz var")))
    if verdict.decision is Decision.APPROVE and (fresh.unsent or TRUNCATED in fresh.why):
        clue = Clue(fresh.unsent[:200], TYPED_IN if fresh.unsent else TRUNCATED)
        return Verdict(Decision.UNCLEAR, (*verdict.why, clue))
    return verdict


def decide_lines(lines: Iterable[bytes], out: TextIO) -> int:
    """One reply a line (`\\n` for a line break), one JSON object a line, in order."""
    lexicon = load_lexicon(rules_dir())
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n").replace("\\n", "\n")
        verdict = decide_text(text, lexicon)
        answer = {
            "text": text,
            "decision": verdict.decision.value,
            "why": [{"words": clue.words, "as": clue.meaning} for clue in verdict.why],
        }
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
    return 0
