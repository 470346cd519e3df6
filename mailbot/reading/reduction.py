"""A reply with its open remarks taken out, so that the closed grammar sees what is left.

The reply is cut into clauses at signs, and inside a run of words behind every finite verb. A clause that
`remarks.py` proves harmless becomes one token; all others keep every word.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.reading.clauses import granted
from mailbot.reading.clausewords import Remark, verb_forms
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.remarks import ends_clause, remark_of
from mailbot.reading.tokens import Token

_BREAKS = ("sep", "comma", "nl", "dots", "dash", "emoji", "quote", "paren", "end")
_HARD = ("sep", "nl", "dots", "end", "emoji")
_APPROVING = (
    "yes", "assent", "ok.pred", "ok.nom", "okay.*", "approve+*", "approveP+*", "publish+can*", "publish+imp*",
    "publish+optp", "publishP+can*", "publishP+imp*", "p.approve", "go+imp*", "go+can*", "sakinca.*",
    "approval.pred",
    "approval.nom",
)  # fmt: skip
_MOST = 10
"""Finite verbs in one run of words; beyond it the run is left as it is."""


def reduced(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token] | None:
    """The tokens with harmless clauses as one token each; None where there was none."""
    if not any(t.has(*_APPROVING, "apt") for t in tokens) or any(_hopeless(t) for t in tokens):
        return None
    out: list[Token] = []
    approved = False
    start = 0
    lines = unmarked(unwrapped(tokens))
    found = len(lines) < len(tokens)
    for at, token in enumerate(lines):
        if not token.has(*_BREAKS):
            continue
        piece = lines[start:at]
        start = at + 1
        if piece:
            turn = next((k for k, t in enumerate(piece) if t.has("turn")), 0)
            if 0 < turn < len(piece) - 1 and not approved and remark_of(piece[:turn], lexicon):
                out += (_as_one(piece[:turn], Remark.STATEMENT), _COMMA)  # "yoldayım ama okudum"
                found, piece = True, piece[turn + 1 :]
            cuts = _cut(piece, lexicon)
            found = found or sum(len(clause) for clause, _ in cuts) < len(piece)
            for clause, remark in cuts:
                if out and not out[-1].has(*_BREAKS):
                    out.append(_COMMA)
                early = remark is Remark.ORDER and not (approved or token.has(*_HARD))
                if remark is None or early:
                    out += clause
                    approved = approved or any(t.has(*_APPROVING) for t in clause)
                else:
                    found = True
                    out.append(_as_one(clause, remark))
        out.append(token)
    if not found:
        return None
    return [
        Token(t.written, t.word, _TAGS[Remark.SETTLED])
        if t.has("earlier-state") and _answered(out, at)
        else t
        for at, t in enumerate(out)
    ]


_MAY_CONDITION = ("turn", "earlier", "after", "instead")
_MILD = frozenset({"üzere", "uzere", "müteakip", "muteakip", "müteakiben", "muteakiben"})


def _hopeless(token: Token) -> bool:
    """Whether a word leaves no approval, whatever stands beside it: most that open a condition."""
    return token.has("but") and not token.has(*_MAY_CONDITION) and token.word not in _MILD


def _answered(tokens: Sequence[Token], at: int) -> bool:
    """Whether an approval follows what was said of earlier."""
    return any(t.has(*_APPROVING) for t in tokens[at + 1 :])


_COMMA = Token(",", ",", frozenset({"comma"}))
_TAGS = {remark: frozenset({remark.value}) for remark in Remark}


def _as_one(clause: Sequence[Token], remark: Remark) -> Token:
    return Token(" ".join(t.written for t in clause), " ".join(t.word for t in clause), _TAGS[remark])


def unwrapped(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the line breaks that a program may have put into a sentence."""
    return [
        token
        for at, token in enumerate(tokens)
        if not (
            token.has("nl")
            and 0 < at < len(tokens) - 1
            and tokens[at + 1].written[:1].islower()
            and not tokens[at - 1].has(*_BREAKS)
        )
    ]


def unmarked(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the marks of a list: "1)", "2-"."""
    out: list[Token] = []
    skip = False
    for at, token in enumerate(tokens):
        if skip:
            skip = False
            continue
        opens = not out or out[-1].has("nl")
        if opens and token.has("num") and at + 1 < len(tokens) and tokens[at + 1].written in (")", "-", "–"):
            skip = True
            continue
        if opens and token.has("ord"):
            continue
        out.append(token)
    return out


_Cut = tuple[Sequence[Token], Remark | None]


def _cut(piece: Sequence[Token], lexicon: Lexicon) -> list[_Cut]:
    """The piece as clauses, cut so that as few words as possible are left unread."""
    whole = _clause(piece, lexicon)
    if whole[1] is not None or whole[0] is not piece:
        return [whole]
    ends = [at + 1 for at in range(len(piece) - 1) if ends_clause(piece[: at + 1])]
    if not ends or len(ends) > _MOST:
        return [(piece, None)]
    places = [0, *ends, len(piece)]
    best: list[tuple[int, list[_Cut]]] = [(0, [])]
    for stop in range(1, len(places)):
        options = []
        for start in range(stop):
            part = piece[places[start] : places[stop]]
            clause, remark = _clause(part, lexicon)
            read = remark is not None or clause is not part
            cost, cuts = best[start]
            options.append((cost + (0 if read else len(part) * 10 + 1), [*cuts, (clause, remark)]))
        best.append(min(options, key=lambda option: option[0]))
    joined: list[_Cut] = []
    for clause, remark in best[-1][1]:
        if remark is None and joined and joined[-1][1] is None:
            joined[-1] = ([*joined[-1][0], *clause], None)
        else:
            joined.append((clause, remark))
    return joined


def _clause(clause: Sequence[Token], lexicon: Lexicon) -> _Cut:
    """The clause and what remark it is, if it is one."""
    clause = _without_as_said(clause)
    if any(t.has(*_GRANTING) for t in clause[-6:]) and granted().matches(t.tags for t in clause):
        return [*clause], None
    if any(t.has("chief.ins") for t in clause):
        return clause, None  # what came of it follows
    remark = remark_of(clause, lexicon)
    if remark is Remark.COURTESY and _nothing_against(clause):
        return [Token(" ".join(t.written for t in clause), "sakınca yok", _APPROVED)], None
    return clause, remark


_APPROVED = frozenset({"p.approve"})


def _nothing_against(clause: Sequence[Token]) -> bool:
    """Whether a clause without fault says of the text itself that nothing stands against it."""
    return (
        any(t.has("sakinca.*") for t in clause)
        and any(t.has("item.*", "publish+vn.*", "publishP+vn.*") for t in clause)
        and not any(
            t.has("part.*", "remark.*", "event.*", "inner.*", "change-noun.*", "untidy", "other", "choice")
            for t in clause
        )
    )




_GRANTING = ("ok.*", "approve*", "approval.*", "sakinca.*", "apt", "assent")


def _without_as_said(clause: Sequence[Token]) -> Sequence[Token]:
    """The clause without "telefonda da söylediğim üzere" before it."""
    for at in range(1, min(len(clause) - 1, 8)):
        if clause[at].word in ("üzere", "uzere", "gibi") and any(
            form == "dik" and sign == "+" and cls in ("say", "do", "meet")
            for cls, _, sign, form, _ in verb_forms(clause[at - 1].tags)
        ):
            return clause[at + 1 :]
    return clause
