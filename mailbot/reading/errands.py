"""Orders about something else than the text: whom to call, what to bring, which cutting to keep."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.clausewords import (
    DATES,
    ELSEWHERE,
    FINITE,
    ONCE_OUT,
    Remark,
    may_stand,
    speaks_of_text,
    verb_forms,
)
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.tokens import Token
from mailbot.reading.turkish import bare

_ORDERED = frozenset({"call", "bring", "send", "give", "forget", "need", "start"})
_OWNED = re.compile(r"(?:s[iı]n[iıae]|s[uü]n[uüae]|[iıuü]n[iıuüae]|ler[iı]n[iıe]|lar[iı]n[iıa])$")
_FOLLOWING = ("müteakip", "müteakiben", "muteakip", "muteakiben")
_TO_ME = ("bana", "bize", "masama", "odama", "adresime", "mailime")
_SUCH = frozenset({"benzer", "boyle", "gelecek", "onumuzdeki", "sonraki"})
_NO_LIGHT = (
    "reviz", "edit", "redakt", "sansur", "blur", "iptal", "tashih", "rotus", "modif", "adapt", "tercum",
    "kontrol", "teyit", "tetkik", "servis", "kabul", "iade", "tekzip", "editle", "optimiz", "monte",
    "montaj", "kurgu", "geri", "terk", "red", "yok", "dikkat", "tercih", "tekrar", "ilave", "dahil",
)  # fmt: skip
_ABOUT = ("remark.acc", "paper.acc", "event.acc", "inner.acc", "kin.acc", "holder.acc", "item.acc")
_OTHER_DEEDS = frozenset(
    {"see", "make", "take", "act", "say", "meet", "start", "ensure", "attend", "return", "settle", "stay"}
)
_PLEASED = re.compile(
    r"(?:sevin(?:irim|iriz|iyorum)|memnun olur(?:um|uz)|(?:cok )?iyi olur|guzel olur|makbule gecer"
    r"|minnettar (?:kalirim|oluruz))$"
)


def requested(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """Something else than the text is waited or asked for: "listeyi de bekliyorum"."""
    last = body[-1]
    forms = verb_forms(last.tags)
    waits = any(
        cls == "wait" and sign == "+" and form == "fact" and person == "1"
        for cls, _, sign, form, person in forms
    )
    begs = last.has("p.closing") and "rica" in last.word
    if not (waits or begs) or len(body) < 2:
        return None
    rest = with_copies(body[:-1])
    if speaks_of_text(
        [
            t
            for at, t in enumerate(rest)
            if not (t.has("press.nom") and at + 1 < len(rest) and rest[at + 1].has("paper.*", "remark.*"))
        ]
    ):
        return None
    wanted = [
        t
        for t in rest
        if t.has("paper.*", "remark.acc", "event.acc")
        or (t.has("part.acc") and bare(t.word).startswith("ism"))
        or (t.unknown and bare(t.word).endswith(("ni", "nu")))
    ]
    told = [
        t
        for t in rest
        if t.has(
            "sendP+vn.acc", "send+vn.acc", "giveP+vn.acc", "submitP+vn.acc", "bringP+vn.acc", "give+vn.acc"
        )
    ]
    if not wanted or (begs and not told and not any(t.has("paper.acc") for t in rest)):
        return None
    for token in rest:
        if token in told or token in wanted or token.has(*DATES, "press.nom"):
            continue
        if token.has("office.acc", "chief.acc", "title.acc", "makam.acc") or not may_stand(token, lexicon):
            return None
    return Remark.ORDER


def more_such(body: Sequence[Token], lexicon: Lexicon) -> bool:
    """More texts like it, later: "önümüzdeki ay benzer bir haber daha yapalım"."""
    last = body[-1]
    words = {bare(t.word) for t in body}
    wanted = any(
        cls in ("make", "send", "bring", "see") and sign == "+" and form in ("imp", "opt", "can")
        for cls, _, sign, form, _ in verb_forms(last.tags)
    )
    oftener = last.unknown and bare(last.word).startswith(("siklas", "cogalt"))
    if not (wanted or oftener) or not words & _SUCH or not any(t.has("item.*") for t in body):
        return False
    return all(
        may_stand(t, lexicon) or t.has("item.*", *DATES) or bare(t.word) in {*_SUCH, "daha"}
        for t in body[:-1]
    )


def errand(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """A small order that the lexicon lists, with whatever names and times: "Ahmet Bey'e de bilgi verin"."""
    last = body[-1]
    if not (last.has("p.errand") or (last.has("p.closing") and "takip" in last.word)):
        return None
    if all(may_stand(t, lexicon) or t.has(*DATES, "item.gen") for t in body[:-1]):
        return Remark.ORDER
    return None


def when_free(words: Sequence[Token]) -> list[Token]:
    """The words without "müsait olunca"."""
    return [
        t
        for at, t in enumerate(words)
        if not (
            bare(t.word) in ("musait", "musait olunca")
            or (at and bare(words[at - 1].word) == "musait" and t.has("become+inca", "become+diginda"))
        )
    ]


def with_copies(words: Sequence[Token]) -> list[Token]:
    """The words without the text where only a paper of it or the time behind it is spoken of.

    "Haberin küpürünü", "yayından sonra", "haber çıkınca".
    """
    out: list[Token] = []
    for at, token in enumerate(words):
        behind = words[at + 1 : at + 4]
        if (
            token.has("item.nom")
            and behind
            and behind[0].has("paper.acc", "paper.nom")
            and not behind[0].has("item.*")
        ):
            continue
        if token.has("item.gen", "part.gen") and any(t.has("paper.*") for t in behind):
            continue
        if (
            token.has("item.nom", "item.abl", "publishP+vn.abl")
            and behind
            and behind[0].has("after", *ONCE_OUT)
        ):
            continue
        if token.has("publishP+vn.acc") and behind and behind[0].word in _FOLLOWING:
            continue
        if token.word in _FOLLOWING and at and words[at - 1].has("publishP+vn.acc"):
            continue
        if token.has(*ONCE_OUT) or (
            token.has("after") and at and words[at - 1].has("item.nom", "item.abl", "publishP+vn.abl")
        ):
            continue
        out.append(token)
    return out


def _light_noun(rest: Sequence[Token]) -> bool:
    """Whether the word before etmek names a deed that is none to the text: "salonu rezerve edin"."""
    noun = rest[-1] if rest else None
    if noun is None or not (noun.unknown or noun.has(*ELSEWHERE)) or bare(noun.word).startswith(_NO_LIGHT):
        return False
    return any(
        t.has("remark.acc", "paper.acc", "event.acc", "inner.acc", "holder.acc")
        or (t.unknown and bare(t.word).endswith(("ni", "nu", "yi", "yu")))
        for t in rest[:-1]
    )


def as_wish(body: Sequence[Token]) -> Sequence[Token]:
    """The clause without "sevinirim" behind a conditional: "linki atarsanız sevinirim"."""
    words = " ".join(bare(t.word) for t in body[-3:])
    found = _PLEASED.search(words)
    if not found:
        return body
    shorter = body[: len(body) - found[0].count(" ") - 1]
    if len(shorter) > 1 and any(
        form == "cond" and sign == "+" for _, _, sign, form, _ in verb_forms(shorter[-1].tags)
    ):
        return shorter
    return body


def order_elsewhere(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """An order about something else: "şoför Ali'yi arayın", "yarınki listeyi masama bırakın"."""
    wished = as_wish(body)
    polite = len(wished) < len(body)
    body = wished
    asked = body[-1].has("ask") and len(body) > 1
    last = body[-2] if asked else body[-1]
    rest = body[:-2] if asked else body[:-1]
    forms = [f for f in verb_forms(last.tags) if f[3] in FINITE or (polite and f[3] == "cond")]
    if not forms or not rest or last.has("also", "for", "and"):
        return None
    rest = when_free(rest)
    if not rest:
        return None
    to_me = any(t.word in ("beni", "bizi", *_TO_ME) for t in rest)
    mine = any(t.has("remark.nom") and not t.has("approval.*") for t in rest) and not any(
        t.has("title.*", "office.*", "chief.*", "name*", "cap*", "sir") for t in rest
    )
    made_ready = bool(rest) and rest[-1].word in ("hazır", "hazir")
    for cls, passive, sign, form, person in forms:
        ready = made_ready and (
            (cls == "do" and form in ("imp", "opt")) or (cls == "become" and form == "imp" and mine)
        )
        tossed = cls == "pass" and to_me and any(t.has("paper.acc", "remark.acc") for t in rest)
        if cls in ("have", "change") and tossed:
            continue
        joined = cls == "attend" and form == "imp" and any(t.has("event.dat", "inner.dat") for t in rest)
        told = (
            cls == "say"
            and form == "imp"
            and any(
                t.has("remark.dat", "name.dat", "cap.dat", "sirto", "kin.dat")
                or (t.unknown and bare(t.word).endswith(("e", "a")))
                for t in rest
            )
        )
        linked = cls == "publish" and any(t.has("paper.acc") for t in rest)
        about = cls in _OTHER_DEEDS and any(
            t.has(*_ABOUT) and not t.has("item.*", "part.*", "topic.*", "time.*", "sakinca.*") for t in rest
        )
        named = about or (cls == "do" and form in ("imp", "opt") and not passive and _light_noun(rest))
        if cls not in _ORDERED and not (told or ready or tossed or linked or named or joined):
            return None
        if cls == "forget":
            if sign == "+":
                return None
        elif sign == "-":
            return None
        if polite:
            continue
        if asked:
            if form not in ("aor", "can") or person == "1":
                return None
        elif form == "imp":
            if about and cls not in _ORDERED and rest[-1].has("time.dat", "num", "clock", "date"):
                return None
            if person == "3" and not (
                passive
                or cls == "forget"
                or ready
                or (cls == "call" and (mine or (to_me and bare(last.word).startswith("ara"))))
            ):
                return None
        elif not (form == "opt" or (form == "can" and person == "2")):
            return None
    if speaks_of_text(rest):
        return None
    objects = [
        t
        for t in rest
        if t.has(
            "remark.*",
            "paper.*",
            "event.*",
            "inner.*",
            "self",
            "name*",
            "cap*",
            "topic.*",
            "holder.*",
            "sir",
            "sirto",
        )
        or (t.unknown and not t.has("cap*"))
    ]
    if not objects:
        return None
    handed = any(cls in ("give", "send") for cls, *_ in forms)
    if handed and not any(
        t.has("paper.*", "remark.*") or t.word in _TO_ME or t.has("name.dat", "cap.dat", "sirto")
        for t in rest
    ):
        return None  # more may be meant for the press
    for at, token in enumerate(rest):
        if token.unknown and "'" not in token.written and "’" not in token.written:
            word = bare(token.word)
            if re.search("l[iu]$", word):
                return None
            if _OWNED.search(word) and (
                at == 0
                or not (
                    rest[at - 1].unknown
                    or rest[at - 1].has(
                        *ELSEWHERE, "topic.*", "name*", "cap*", "holder.*", "office.*", "title.*", "time.*"
                    )
                )
            ):
                return None
        if token.has(
            "office.dat",
            "makam.dat",
            "chief.dat",
            "title.dat",
            "office.acc",
            "makam.acc",
            "chief.acc",
            "title.acc",
        ):
            return None
        if not (may_stand(token, lexicon) or token.has(*DATES, "item.acc")):
            return None
    return Remark.ORDER


def own_post(body: Sequence[Token]) -> Remark | None:
    """The writer will share it too: "ben de hesabımdan paylaşırım"."""
    shares = any(
        cls == "publish" and sign == "+" and form in ("fut", "aor") and person == "1"
        for cls, _, sign, form, person in verb_forms(body[-1].tags)
    )
    mine = any(t.word in ("ben", "biz", "bizim", "kendi") for t in body[:-1])
    if (
        shares
        and mine
        and all(t.has("self", "also", "and", "social.*", "time.nom", "this", "it") for t in body[:-1])
    ):
        return Remark.STATEMENT
    return None
