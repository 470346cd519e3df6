"""What the writer found in the text: read, free of faults, good, put right, or so in an earlier state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mailbot.reading.clausewords import (
    BAD,
    DATES,
    LOOSE,
    TOLD,
    VERBISH,
    Remark,
    is_finite,
    may_stand,
    of_text,
    unknown_noun,
    verb_forms,
)
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.tokens import Token
from mailbot.reading.turkish import bare

_APART = re.compile(r"(?:[dt][ae]n?|l[ae]|n[ae]|iyle|iyla)$")
_MADE = frozenset({"change", "bring", "send", "make", "become", "act", "go", "give", "find", "write"})
_WRONGLY = ("yanlış", "yanlis", "eksik", "hatalı", "hatali", "noksan", "kusurlu")


def as_found(body: list[Token]) -> list[Token]:
    """The clause without "görülmüştür", "anlaşılmıştır" behind what was found."""
    if len(body) > 2 and any(
        (
            (cls == "judge" and passive)
            or cls == "show"
            or (cls == "do" and passive and body[-2].has("check.*"))
        )
        and sign == "+"
        and form in TOLD
        and person == "3"
        for cls, passive, sign, form, person in verb_forms(body[-1].tags)
    ):
        shorter = body[:-1]
        if shorter[-1].has("check.*"):
            shorter.pop()
        if any(form == "dik" for *_, form, _ in verb_forms(shorter[-1].tags)):
            return shorter
    return body


def _negated(token: Token) -> bool:
    """Whether the word says that something is not there or was not found."""
    if token.has("no"):
        return True
    return any(
        sign == "-"
        and form in ("fact", "past", "evid", "plup", "able", "dik")
        and cls
        in (
            "find",
            "judge",
            "do",
            "become",
            "have",
            "see",
            "need",
            "stay",
            "carry",
            "act",
            "make",
            "exist",
            "say",
            "hold",
            "bring",
        )
        for cls, _, sign, form, _ in verb_forms(token.tags)
    )


def faultless(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """No fault, no wish for a change: "tek hata bulamadım", "bir değişiklik talep edilmemektedir"."""
    last = body[-1]
    if not _negated(last):
        return None
    before = body[:-1]
    if last.has("view.*"):
        return None
    bad = [t for t in before if t.has("fault.*", "change-noun.*", "sakinca.*", "view.*")]
    bad += [
        t
        for t in before
        if any(
            cls == "change" and form in ("vn", "acak", "fut", "mak")
            for cls, _, _, form, _ in verb_forms(t.tags)
        )
    ]
    bad += [t for t, behind in pairwise(before) if t.has("ok.nom") and behind.has("become-an")]
    if not bad or any(_negated(t) for t in before):
        return None
    if all(
        may_stand(t, lexicon)
        or of_text(t)
        or t.has("num", "thing.*", "or", "any", "untidy", "become-an", *BAD)
        or any(form in ("acak", "an", "vn", "fut", "dik") for *_, form, _ in verb_forms(t.tags))
        for t in before
    ):
        return Remark.COURTESY
    return None


def read_through(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """The text was read or checked: "metni baştan sona okudum", "rakamları kontrol ettik"."""
    last = body[-1]
    forms = verb_forms(last.tags)
    seen = any(
        (cls == "see" or (cls == "judge" and last.word.startswith(("gör", "gor"))))
        and sign == "+"
        and form in ("fact", "past", "evid", "able")
        and (person in ("1", "3"))
        for cls, _, sign, form, person in forms
    )
    checked = (
        len(body) > 1
        and any(t.has("check.*") or t.word in ("kontrol", "teyit", "tetkik") for t in body[-3:-1])
        and any(
            cls in ("do", "make") and sign == "+" and form in ("past", "evid", "plup", "fact")
            for cls, _, sign, form, _ in forms
        )
    )
    checked = checked or (
        len(body) > 1
        and body[-2].has("check.*")
        and any(cls == "take" and sign == "+" and form == "past" for cls, _, sign, form, _ in forms)
    )
    checked = checked or (
        any(t.has("letter") for t in body[:-1])
        and any(
            cls == "take" and passive and sign == "+" and form in TOLD
            for cls, passive, sign, form, _ in forms
        )
    )
    if not (seen or checked) or any(
        form == "fact"
        and last.word.endswith(
            (
                "yor",
                "yorum",
                "yoruz",
                "makta",
                "mekte",
                "maktadır",
                "mektedir",
                "maktayım",
                "mekteyim",
                "maktayız",
                "mekteyiz",
                "mektedır",
                "maktadir",
            )
        )
        for *_, form, _ in forms
    ):
        return None
    before = body[:-1]
    objects = [t for t in before if t.has("item.acc", "part.acc", "form.acc")]
    if len(objects) > 1 + sum(t.word in ("ve", "ile", "de", "da", "hem") for t in before):
        return None
    for at, token in enumerate(before):
        behind = before[at + 1] if at + 1 < len(before) else last
        if token.has("changeP+evid3", "changeP+an") and behind.has("form.acc"):
            continue
        if bare(token.word).endswith("ken") and seen:
            continue
        if token.has("p.closing", "p.errand") or is_finite(token):
            return None
        if token.has("item.*", "part.*", "form.*"):
            lone = token.has("item.nom", "part.nom", "form.nom") and not token.has(
                "item.acc", "part.acc", "form.acc"
            )
            if (
                lone
                and seen
                and not behind.has("item.*", "part.*", "form.*", "and", "letter", "also")
                and "P" not in "".join(last.tags)
            ):
                return None
        elif token.unknown and checked and bare(token.word).startswith(("guncel", "dogru")):
            continue
        elif token.unknown:
            if (
                not token.has("cap*")
                and not bare(token.word).endswith(("ip", "up"))
                and not (unknown_noun(token, lexicon) and _APART.search(bare(token.word)))
            ):
                return None
        elif token.has(
            "time.*", "num", "letter", "earlier", "change-noun.*", "clock", "choice", "ok.was"
        ) or token.word in ("tekrar", "yeniden", "tam"):
            if token.has("choice") and token.word not in ("ilk", "son"):
                return None
        elif not may_stand(token, lexicon) or token.has("which", "exists", "necessity.*"):
            return None
    return Remark.STATEMENT


def praised(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """The text or a part of it found good: "başlık da cuk oturmuş", "adımı doğru yazmışsınız"."""
    last = body[-1]
    fits = [
        at
        for at, t in enumerate(body)
        if at
        and t.has("ok.nom", "ok.pred")
        and re.search("[ae]$", bare(body[at - 1].word))
        and not body[at - 1].has("part.*", "item.*", "time.*", "also", "and")
    ]
    good = [t for t in body if t.has("good.*", "p.praise")] + [body[at] for at in fits]
    if bare(last.word) in ("tam", "tamdir") and len(body) > 1 and body[-2].has("part.nom", "item.nom"):
        return (
            Remark.COURTESY
            if all(may_stand(t, lexicon) or t.has("part.*", "item.*") for t in body[:-1])
            else None
        )
    if not good or any(
        t.has("fault.*", "sakinca.*", "change-noun.*", "approval.*") or (t.has("ok.*") and t not in good)
        for t in body
    ):
        return None
    if last.word in ("açık", "acik", "hazır", "hazir") and any(t.unknown for t in body):
        return None
    forms = verb_forms(last.tags)
    told = any(
        sign == "+"
        and (
            (cls in _MADE and form in ("evid", "past", "fact") and person in ("2", "3"))
            or (cls == "become" and form == "dik")
        )
        for cls, _, sign, form, person in forms
    ) and not any(form in ("imp", "opt", "nec", "fut", "aor", "can", "cond") for *_, form, _ in forms)
    said = (last.has("good.nom", "good.pred") or (last in good and not last.has("p.praise"))) and not forms
    if not (told or said):
        return None
    rest = body[:-1]
    if any(t.has(*LOOSE) and t.word not in ("tam", "tekrar") for t in rest) or any(
        t.has("no", "sep", "num", "clock", "date") for t in rest
    ):
        return None
    if said and any(t.word == "daha" for t in rest):
        return None
    for token in rest:
        if token in good or token.has(
            "good.*",
            "item.*",
            "part.*",
            "p.praise",
            "form.*",
            "also",
            "very",
            "topic.*",
            "press.nom",
            "view.*",
        ):
            continue
        if not may_stand(token, lexicon) and token.word != "tam":
            return None
    return Remark.COURTESY


_EARLIER_WORDS = frozenset({"dun", "gecen", "onceki", "sabah", "ilk", "once", "gecenlerde", "basta"})
_LONGEST_EARLIER = 12


def earlier(body: Sequence[Token]) -> bool:
    """What the writer said or wanted earlier: "dün uygun bulmadığımı yazmıştım"."""
    forms = verb_forms(body[-1].tags)
    said = any(
        form == "plup" and (person == "1" or (passive and cls == "need"))
        for cls, passive, _, form, person in forms
    )
    marked = _EARLIER_WORDS.intersection(bare(t.word) for t in body)
    said = said or (
        bool(marked)
        and any(
            form == "past"
            and person == "1"
            and cls in ("say", "see", "change", "need", "judge", "do", "make")
            for cls, _, _, form, person in forms
        )
    )
    return (
        said
        and len(body) <= _LONGEST_EARLIER
        and not any(is_finite(t) or t.word == "ve" for t in body[:-1])
        and not any(t.unknown and VERBISH.search(bare(t.word)) for t in body[:-1])
        and not any(t.has("untidy", "fault.nom", "fault.pred", "no", "exists") for t in body[:-2])
        and not any(t.has("ask", "qmark", "which", "slash", "sym", "hedge") for t in body)
    )


def taken_back(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """An objection withdrawn: "önceki itirazımı geri çekiyorum"."""
    words = [bare(t.word) for t in body]
    if "geri" not in words[-2:] or not re.match(
        "(?:cek(?:iyoru[mz]|ti[mk])|al(?:iyoru[mz]|di[mk]))$", words[-1]
    ):
        return None
    before = body[:-2]
    if not any(t.has("sakinca.acc") for t in before) or any(t.has("approval.*", "ok.*") for t in before):
        return None
    return (
        Remark.SETTLED
        if all(may_stand(t, lexicon) or t.has("sakinca.*", "choice", *DATES) for t in before)
        else None
    )


def settled(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """What was asked for has been done: "dünkü düzeltmelerim işlenmiş", "tereddüdümüz giderilmiş"."""
    last = body[-1]
    forms = verb_forms(last.tags)
    done = (
        any(
            cls in ("change", "settle", "make", "act", "ensure", "start", "bring", "have")
            and sign == "+"
            and (passive or cls in ("settle", "act", "have"))
            and ((form in ("past", "evid", "fact", "plup") and person == "3") or form == "dik")
            for cls, passive, sign, form, person in forms
        )
        and not any(form in ("imp", "opt", "nec", "fut", "aor", "can", "cond", "an") for *_, form, _ in forms)
        and not last.word.endswith(("yor", "makta", "mekte", "maktadır", "mektedir"))
    )
    if not done:
        return None
    rest = body[:-1]
    if (
        not rest
        or rest[-1].word in _WRONGLY
        or any(cls == "change" and last.word.startswith("yaz") for cls, *_ in forms)
    ):
        return None
    asked = [
        t
        for t in rest
        if t.has(*BAD)
        or any(
            form == "dik" and cls in ("need", "say", "see", "meet", "send", "ask")
            for cls, _, _, form, _ in verb_forms(t.tags)
        )
    ]
    if not asked:
        return None
    for token in rest:
        if token.has(
            *BAD, "item.*", "part.*", "time.*", "thing.*", "form.*", "also", "sure"
        ) or token.word in ("ilk", "önceki", "geçen"):
            continue
        if not may_stand(token, lexicon):
            return None
    return Remark.SETTLED
