"""Courtesies of any words: thanks, wishes, apologies, hopes, news of a superior who has seen the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.clausewords import DATES, INSIDE, Remark, may_stand, of_text, past_form, verb_forms
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.tokens import Token
from mailbot.reading.turkish import bare

_REGARDS = ("tesekkur", "selam", "sevgi", "saygi", "sukran", "tebrik", "hurmet")
_SORRY = ("kusura bak", "ozur dil", "merak etme", "affiniza")


def courtesy(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """Thanks, praise or a wish, for whatever it may be: "Sahadaki ekiplere de teşekkürler"."""
    if (
        body[-1].has("p.greeting")
        and bare(body[-1].word).startswith("selam")
        and all(may_stand(t, lexicon) for t in body[:-1])
    ):
        return Remark.COURTESY
    if _greets(body) and all(may_stand(t, lexicon) or t.has("p.thanks", "p.greeting") for t in body[:-1]):
        return Remark.COURTESY
    if not any(token.has("p.thanks", "p.wish", "p.praise") for token in body):
        return None
    rest = [token for token in body if not token.has("p.thanks", "p.wish", "p.praise", "p.greeting")]
    if (
        len(rest) == 2
        and rest[0].word == "kim"
        and any(form == "cond" for *_, form, _ in verb_forms(rest[1].tags))
    ):
        return Remark.COURTESY  # "kim yazdıysa ellerine sağlık"
    behind = [t.has("p.thanks", "p.wish", "p.praise") for t in reversed(body)].index(True)
    tail = body[len(body) - behind :]
    if any(
        t.has("part.*", "press.nom", "become*") or (t.unknown and not t.has("cap*")) for t in tail
    ) and not any(form == "dik" for t in tail for *_, form, _ in verb_forms(t.tags)):
        return None
    if body[-1].unknown and any(t.has("part.*", "item.*") for t in rest):
        return None
    rest = [t for t in rest if not (t.unknown and re.search("[ae]n(?:l[ae]r[ei]?)?$", bare(t.word)))]
    if any(
        token.has("approval.*", "change-noun.*", "sakinca.*", "fault.*", "social.*", "view.*")
        for token in rest
    ):
        return None
    for token in rest:
        forms = verb_forms(token.tags)
        if forms and not token.has("also", "topic.*", "item.*", "remark.*"):
            if not all(
                form in INSIDE and (cls not in ("withdraw", "publish", "change") or form == "dik")
                for cls, _, _, form, _ in forms
            ):
                return None
        elif not (
            may_stand(token, lexicon)
            or token.has("item.*", "part.*", "press.*", "time.*", "occasion")
            or token.word in ("ikinci", "tekrar", "ilk", "buyuk", "büyük")
        ):
            return None
    return Remark.COURTESY


def _greets(body: Sequence[Token]) -> bool:
    """Whether thanks or greetings are to be passed on: "Başhekime teşekkürlerimi iletin"."""
    sent = any(
        cls in ("send", "say", "pass") and sign == "+" and form in ("imp", "opt", "can")
        for cls, _, sign, form, _ in verb_forms(body[-1].tags)
    )
    return sent and any(bare(t.word).startswith(_REGARDS) for t in body[:-1])


def apology(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """An apology, most often for a late answer: "geç döndüğüm için kusura bakmayın"."""
    words = " ".join(bare(t.word) for t in body)
    if not any(sorry in words for sorry in _SORRY) or any(
        of_text(t) and not t.has("letter", "post.*") and not bare(t.word).startswith(("cevap", "yanit"))
        for t in body
    ):
        return None
    if all(
        bare(t.word).startswith(("cevap", "yanit"))
        or may_stand(t, lexicon)
        or t.has("p.*", *DATES, "earlier", "do-imp2")
        or past_form(t)
        for t in body
    ):
        return Remark.STATEMENT
    return None


def late_answer(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """The answer comes only now: "e-postanızı bu sabah görebildim"."""
    last = body[-1]
    forms = verb_forms(last.tags)
    words = {bare(t.word) for t in body[:-1]}
    able = any(form == "able" and sign == "+" and person == "1" for _, _, sign, form, person in forms)
    new = words & {"yeni", "simdi", "gec", "ancak"} and any(
        cls in ("see", "judge", "return", "stay", "find", "call")
        and sign == "+"
        and form == "past"
        and person == "1"
        for cls, _, sign, form, person in forms
    )
    short = words & {"kisa", "acele", "ayakta"} and bare(last.word) in ("yazdim", "yazdik", "yaziyorum")
    excuse = last.has("p.closing") and bare(last.word).endswith(("dim", "dik", "dum", "duk"))
    if not (able or new or short or excuse):
        return None
    if all(
        may_stand(t, lexicon) or t.has(*DATES, "letter", "new", "item.acc") or t.word in ("kısa", "kisa")
        for t in body[:-1]
    ):
        return Remark.STATEMENT
    return None


def superior_saw(body: Sequence[Token]) -> Remark | None:
    """A superior has seen the text or knows of it: "Vali Bey de gördü, beğendi"."""
    last = body[-1]
    saw = any(
        cls in ("see", "judge") and sign == "+" and form == "past" and person == "3"
        for cls, _, sign, form, person in verb_forms(last.tags)
    )
    knows = bare(last.word) in ("haberdar", "haberdardir", "biliyor", "dahilinde", "dahilindedir")
    fits = all(
        t.has(
            "honour",
            "chief.nom",
            "title.nom",
            "office.nom",
            "sir",
            "also",
            "doctor",
            "name*",
            "cap*",
            "item.acc",
            "this",
            "chief.gen",
            "title.gen",
            "makam.gen",
            "makam.nom",
        )
        or bare(t.word) in ("bilgisi", "bilgileri")
        for t in body[:-1]
    )
    if (
        (saw or knows)
        and fits
        and (len(body) == 1 or any(t.has("chief.nom", "chief.gen", "office.nom", "makam.gen") for t in body))
    ):
        return Remark.STATEMENT
    return None


def hopes(body: Sequence[Token], lexicon: Lexicon) -> bool:
    """What the text may bring, hoped for: "umarım ilgi görür", "inşallah güzel ses getirir"."""
    hoping = bare(body[0].word) in ("umarim", "umariz", "insallah", "insaallah", "dilerim", "dileriz")
    good = any(
        form == "aor"
        and sign == "+"
        and person == "3"
        and cls in ("judge", "bring", "become", "call", "ensure", "act", "take")
        for cls, _, sign, form, person in verb_forms(body[-1].tags)
    )
    return (
        hoping
        and good
        and len(body) > 2
        and all(may_stand(t, lexicon) or t.has("good.*", "item.gen", "item.nom") for t in body[1:-1])
        and not any(t.has("ok.*", "approval.*", "view.*", "yes") for t in body[:-1])
    )


def trusting(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """What good the text will do: "farkındalığa katkı sağlayacağına inanıyorum"."""
    if not bare(body[-1].word).startswith("inaniyoru") or len(body) < 3:
        return None
    good = any(
        form in ("acak", "fut")
        and sign == "+"
        and cls in ("ensure", "become", "have", "act", "attend", "make")
        for cls, _, sign, form, _ in verb_forms(body[-2].tags)
    )
    if (
        good
        and all(may_stand(t, lexicon) or t.has("item.*") for t in body[:-2])
        and not any(t.has("ok.*", "approval.*", "not") for t in body)
    ):
        return Remark.COURTESY
    return None
