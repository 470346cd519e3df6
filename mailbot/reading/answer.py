"""The decision of a whole reply: every form of its body, its subject, and what may not have been read."""

from __future__ import annotations

from mailbot.core.decision import Clue, Decision, Fresh, Position, Verdict
from mailbot.core.letter import Letter
from mailbot.reading.fresh import RECALL, STRUCK, TRUNCATED
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.verdict import decide, subject_words

_DOCUMENTS = (
    *(".doc", ".docx", ".docm", ".odt", ".rtf", ".pdf", ".txt", ".udf", ".pages", ".wps", ".xps"),
    *(".zip", ".rar", ".7z", ".msg"),
)
"""Files that may hold the text as the sender wants it."""


def read_decision(
    lexicon: Lexicon, letter: Letter, readings: tuple[Fresh, ...], *, asked_subject: str = ""
) -> Verdict:
    """The decision of a reply; unclear where its forms disagree or words of it may not have been read."""
    subject = subject_words(letter.subject, asked_subject)
    verdicts = [_decided(f, lexicon, subject) for f in readings]
    first = verdicts[0]
    if any(v.decision is not first.decision for v in verdicts[1:]):
        return Verdict(
            Decision.UNCLEAR, (*first.why, Clue("", "düz metin ile HTML gövdesi farklı kararlar söylüyor"))
        )
    if first.decision is Decision.APPROVE:
        doubt = _doubt(letter, readings)
    elif first.decision is Decision.NONE and not any(f.text for f in readings):
        doubt = _unread(letter, readings)
    else:
        doubt = None
    return first if doubt is None else Verdict(Decision.UNCLEAR, (*first.why, doubt))


def _decided(fresh: Fresh, lexicon: Lexicon, subject: str) -> Verdict:
    """What the new words decide; what was cut off and what was typed into the quote may veto."""
    verdict = decide(fresh.text, lexicon, aside=fresh.aside, subject=subject)
    if verdict.decision is not Decision.APPROVE or not fresh.unsent:
        return verdict
    typed = decide(fresh.text, lexicon, aside=fresh.unsent)
    place = ("imzanın altında", "alıntının içinde")
    return Verdict(typed.decision, tuple(Clue(c.words, c.meaning.replace(*place)) for c in typed.why))


def _doubt(letter: Letter, readings: tuple[Fresh, ...]) -> Clue | None:
    """Why an approval may not be one."""
    signs = {sign for f in readings for sign in f.why}
    typed = next((f.unsent for f in readings if f.unsent), "")
    if (document := _document(letter)) is not None:
        return Clue(document, "onayın yanında bir belge var; metin o olabilir")
    if typed:
        return Clue(typed[:200], "alıntının içine yazılmış, bizim göndermediğimiz sözler")
    if "cut-off" in letter.defects:
        return Clue("", "iletinin sonu eksik; okunmayan sözler olabilir")
    if any(f.position is Position.INLINE for f in readings):
        return Clue("", "yanıt alıntının arasına yazılmış")
    for sign in (TRUNCATED, STRUCK):
        if sign in signs:
            return Clue("", sign)
    # Where the subject alone approves, a body that cannot be read may say otherwise.
    return None if any(f.text for f in readings) else _unread(letter, readings)


def _unread(letter: Letter, readings: tuple[Fresh, ...]) -> Clue | None:
    """Where the answer may stand in a reply without new words."""
    typed = next((f.unsent for f in readings if f.unsent), "")
    if typed:
        return Clue(typed[:200], "alıntının içine yazılmış, bizim göndermediğimiz sözler")
    for sign in (TRUNCATED, RECALL):
        if any(sign in f.why for f in readings):
            return Clue("", sign)
    if any(defect in letter.defects for defect in ("winmail", "smime-opaque")):
        return Clue("", "iletinin gövdesi okunamayan bir biçimde")
    answers = bool(letter.in_reply_to or letter.references)
    if answers and (document := _document(letter)) is not None:
        return Clue(document, "söz yok; yanıt ekteki belgede olabilir")
    return None


def _document(letter: Letter) -> str | None:
    names = (a.name for a in letter.attachments if not a.inline)
    return next((name for name in names if name.lower().endswith(_DOCUMENTS)), None)
