"""Harmless remarks in words that nobody listed: the half of the grammar that is open.

`clauses.py` knows every word of an approval. What people say beside it (where they are, what arrived,
whom to call) has no end, so a clause is judged here by its build instead: a known verb that decides
nothing, in a form that orders, asks and conditions nothing about the text, and around it nouns that are
not the text, its parts, its time or its channel. Nouns may be unknown; verbs, endings and function words
may not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mailbot.reading.clausewords import (
    I_DO,
    ILL,
    WHERE,
    Remark,
    is_finite,
    never_in,
    verb_forms,
)
from mailbot.reading.courtesies import apology, courtesy, hopes, late_answer, superior_saw, trusting
from mailbot.reading.errands import (
    as_wish,
    errand,
    more_such,
    order_elsewhere,
    own_post,
    requested,
    when_free,
    with_copies,
)
from mailbot.reading.findings import as_found, earlier, faultless, praised, read_through, settled, taken_back
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.tokens import Token
from mailbot.reading.turkish import bare

_BEHIND_VERB = (
    "dear",
    "sir",
    "name*",
    "self",
    "now",
    "please",
    "people",
    "honour",
    "spoken",
    "firm",
    "doctor",
    "it",
    "cap.dat",
    "cap.loc",
)
_ADVERBS = frozenset(
    {
        ("ogleden", "sonra"),
        ("az", "once"),
        ("biraz", "once"),
        ("daha", "once"),
        ("demin", "once"),
        ("cok", "once"),
    }
)
"""Of time past or of the day: no condition."""
_REASON = ("gindan", "ginden", "gundan")


def ends_clause(clause: Sequence[Token]) -> bool:
    """Whether a clause may end with the last of these words: a verb, a courtesy, "olduğundan", "olup"."""
    last = clause[-1]
    if is_finite(last) or last.has(
        "p.wish", "p.thanks", "p.praise", "busy.am", "okay.*", "yes", "ok.pred", "p.closing", "no"
    ):
        return True
    if len(clause) > 1 and last.has("good.nom") and clause[-2].has("item.nom", "part.nom"):
        return True
    if last.unknown:
        return bool(
            WHERE.search(bare(last.word))
            or (I_DO.search(bare(last.word)) and not bare(last.word).startswith(ILL))
        )
    word = bare(last.word)
    if word == "olup":
        return True
    return word.endswith(_REASON) and any(form == "dik" for *_, form, _ in verb_forms(last.tags))


def _two_in_one(body: Sequence[Token]) -> bool:
    """Whether two clauses stand here with no sign between: a sentence's capital, a verb before "ve"."""
    for one, other in pairwise(body):
        begins = other.written[:1].isupper() and not other.written.isupper() and one.written[:1].islower()
        if begins and not other.has("cap*", "name*", "honour", "doctor", "god", *_CAPITAL):
            return True
        strange = one.unknown and not one.has("cap*")
        if other.word == "ve" and (strange or one.has("untidy", "p.*", "no", "exists") or is_finite(one)):
            return True
    return False


_CAPITAL = (
    "title.*", "office.*", "makam.*", "chief.*", "topic.*", "event.*", "time.*", "press.*", "social.*",
    "occasion", "remark.*",
)  # fmt: skip


def remark_of(clause: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """What harmless remark the clause is, if its build proves it to be one; else None."""
    body = with_copies(when_free([token for token in clause if not token.has("spoken")]))
    body = [
        t for at, t in enumerate(body) if not at or (bare(body[at - 1].word), bare(t.word)) not in _ADVERBS
    ]
    if (
        len(body) > 1
        and body[-1].word in ("olup", "olduğundan", "oldugundan", "için")
        and any(form in ("evid", "dik") for *_, form, _ in verb_forms(body[-2].tags))
    ):
        body.pop()
    if any(t.word == "ancak" for t in body) and any(
        form == "able" and sign == "+" and p == "1" for _, _, sign, form, p in verb_forms(body[-1].tags)
    ):
        body = [t for t in body if t.word != "ancak"]  # "only just"
    body = as_found(body)
    while len(body) > 1 and body[-1].has(*_BEHIND_VERB) and not body[-1].has("p.*"):
        body.pop()
    if not body or len(body) > 30 or _two_in_one(body):
        return None
    if hopes(body, lexicon):
        return Remark.COURTESY
    if more_such(body, lexicon):
        return Remark.ORDER
    seen = superior_saw(body) or own_post(body) or trusting(body, lexicon)
    if seen:
        return seen
    if body[-1].has("p.automatic"):
        return None
    if earlier(body):
        return Remark.EARLIER
    asked = as_wish(body)
    if any(never_in(token) and not (len(asked) < len(body) and token.has("publish+cond")) for token in asked):
        return None
    found = faultless(body, lexicon) or settled(body, lexicon) or taken_back(body, lexicon)
    if found or any(token.has("or") for token in body):
        return found
    return (
        apology(body, lexicon)
        or late_answer(body, lexicon)
        or courtesy(body, lexicon)
        or read_through(body, lexicon)
        or praised(body, lexicon)
        or requested(body, lexicon)
        or errand(body, lexicon)
        or order_elsewhere(body, lexicon)
    )
