"""Why a letter was read as it was: sentences that a person can check against the mail.

Which words were read as what, which were not read as an answer and for what sign, and which rule decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.core.command import Command
from mailbot.core.decision import Fresh, Verdict
from mailbot.core.routing import Routed
from mailbot.reading.fresh import CUT, QUOTE

_SHOWN = 90
"""Characters of a passage that are shown; the mail itself has the rest."""


def cut_off(fresh: Fresh) -> Iterator[str]:
    """What was not read as an answer, how it begins, and by which sign."""
    quote = [sign.removeprefix(QUOTE) for sign in fresh.why if sign.startswith(QUOTE)]
    cut = [sign.removeprefix(CUT) for sign in fresh.why if sign.startswith(CUT)]
    if fresh.quoted:
        signs = "; ".join(quote) or "işaretli satırlar"
        yield f"Alıntı sayıldı, yanıt diye okunmadı: {signs}. {_passage(fresh.quoted)}"
    if fresh.aside:
        signs = "; ".join(cut) or "imza"
        yield f"Yanıttan ayrıldı, yalnız koşul ve itiraz için okundu: {signs}. {_passage(fresh.aside)}"
    if fresh.machine:
        yield f"Programların eklediği metin sayıldı. {_passage(fresh.machine)}"
    if fresh.unsent:
        yield f"Alıntının içinde bizim göndermediğimiz sözler var. {_passage(fresh.unsent)}"
    for sign in fresh.why:
        if not sign.startswith((QUOTE, CUT)):
            yield f"Dikkat: {sign}."


def words_read(verdict: Verdict, *, counts: bool) -> Iterator[str]:
    """Which words were read as what; `counts`: letters of this kind may decide at all."""
    if not counts:
        yield "Bu türdeki bir ileti karar sayılmaz; sözlerinde karar aranmadı."
        return
    for clue in verdict.why:
        yield f"“{clue.words}” sözü: {clue.meaning}." if clue.words else f"{_capital(clue.meaning)}."


def orders(commands: Sequence[Command]) -> list[str]:
    """The commands that were found, each with the words that it was read from."""
    return [f"“{_short(c.words)}” sözü: {c.verb.value} komutu." for c in commands]


def rule(routed: Routed) -> str:
    """The row of the routing table that decided what is done."""
    return f"Yönlendirme kuralı “{routed.rule}”: {routed.why}"


def _passage(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    more = f" ({len(lines)} satır)" if len(lines) > 1 else ""
    return f"Başı: “{_short(' / '.join(lines))}”{more}"


def _short(text: str) -> str:
    flat = " ".join(text[: 4 * _SHOWN].split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN].rstrip() + "…"


def _capital(text: str) -> str:
    return ("İ" if text[:1] == "i" else text[:1].upper()) + text[1:]
