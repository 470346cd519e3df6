"""Statements about something else than the text: where somebody is, what happened, what is asked after."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.reading.clausewords import (
    BAD,
    DATES,
    ELSEWHERE,
    FINITE,
    I_DO,
    ILL,
    LETTER,
    ONCE_OUT,
    TOLD,
    WHERE,
    Remark,
    is_finite,
    may_stand,
    of_text,
    speaks_of_text,
    unknown_noun,
    verb_forms,
)
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.tokens import Token
from mailbot.reading.turkish import bare

_MOVES = frozenset(
    {
        "act",
        "settle",
        "call",
        "return",
        "have",
        "meet",
        "start",
        "bring",
        "send",
        "give",
        "take",
        "go",
        "forget",
        "attend",
    }
)
_LIGHT = frozenset({"do", "become", "make"})
_I_AM = ("yım", "yim", "yum", "yüm", "yiz", "yız")
_THEY_DO = re.compile(
    r"[a-z]{3,}(?:[iu]yor(?:lar)?|[dt][iu](?:lar|ler)?|m[iu]st[iu]r|[ae]cak(?:tir|lar)?|[ae]cek(?:tir|ler)?)$"
)
_CONTENT = (
    "hasta", "cihaz", "ambulans", "tatbikat", "acilis", "tomografi", "rontgen", "laboratuvar", "asi",
    "ilac", "proje", "kampanya", "protokol", "seminer", "kongre", "egitim", "sempozyum", "konuk",
    "konusmaci", "doktor", "hekim", "hoca", "aile", "veli", "program", "etkinlik", "toren", "festival",
    "fuar", "sergi", "ziyaret", "poliklinik", "ameliyat", "tedavi", "tahlil", "recete", "muayene",
    "bagis", "gonullu", "ogrenci", "kursiyer", "dosya", "ek", "yazi",
)  # fmt: skip
"""What a text may well be about: its news may be news of the text."""
_POST = (
    "mail",
    "eposta",
    "epost",
    "adres",
    "sistem",
    "kutu",
    "kutum",
    "spam",
    "sunucu",
    "outlook",
    "gmail",
    "hat",
    "sarj",
)


def whereabouts(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """Where the writer is: "cenazedeyim", "bugün Çivril'deyim"."""
    last = body[-1]
    away = last.has("p.automatic", "away") and last.word.endswith(_I_AM)
    stays = (
        len(body) > 1
        and body[-2].has(
            "remark.loc",
            "office.loc",
            "makam.loc",
            "busy.loc",
            "event.loc",
            "inner.loc",
            "cap.other",
            "other",
        )
        and bare(body[-2].word).endswith(("da", "de", "ta", "te"))
        and any(
            cls == "become" and sign == "+" and form in ("fut", "aor", "past") and person == "1"
            for cls, _, sign, form, person in verb_forms(last.tags)
        )
    )
    meets = (
        last.has("exists")
        and len(body) > 1
        and body[-2].has("event.*", "inner.*", "kin.*")
        and not body[-2].has("item.*")
    )
    feels = (
        last.unknown
        and re.search("l[iu]y[iu][mz]$", bare(last.word))
        and not bare(last.word).startswith(ILL)
        and not lexicon.near_danger(bare(last.word))
    )
    writes = (
        away
        or bool(feels)
        or stays
        or meets
        or last.word.startswith("yazıyoru")
        or last.word.startswith("yaziyoru")
    )
    if not (
        writes
        or last.has("busy.am", "busy.was", "away")
        or (WHERE.search(bare(last.word)) and (last.unknown or last.has(*ELSEWHERE, "office.*")))
    ):
        return None
    if all(may_stand(t, lexicon) or t.has(*DATES, "after") for t in body[:-1]) and not any(
        of_text(t) for t in body
    ):
        return Remark.STATEMENT
    return None


def doing(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """What somebody does or did, in a verb that the lexicon lacks: "uçağa biniyorum", "torunum yürüdü".

    Told, not wished, and of somebody or something that is named and is not the text.
    """
    last = body[-1]
    word = bare(last.word)
    if (
        not last.unknown
        or len(body) < 2
        or word.startswith(ILL)
        or re.search("m[iu]yor|m[ae]d[iu]|m[ae]m[iu]s", word)
    ):
        return None
    mine = bool(I_DO.search(word))
    theirs = bool(_THEY_DO.search(word)) and any(
        t.has(*ELSEWHERE, "holder.*", "name*", "cap*") for t in body[:-1]
    )
    others = any(t.has(*ELSEWHERE, "name*", "cap*") for t in body[:-1])
    if mine and not others and not re.search("[iu]yoru[mz]$", word):
        return None
    if not (mine or theirs) or any(of_text(t) for t in body[:-1]) or lexicon.near_danger(word):
        return None
    if theirs and any(t.has("office.nom", "makam.nom", "chief.nom", "sir", "title.nom") for t in body[:-1]):
        return None
    return Remark.STATEMENT if all(may_stand(t, lexicon) or t.has(*DATES) for t in body[:-1]) else None


def statement(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """News of something else than the text: "kızım evlendi", "akşam ben de uğrarım"."""
    last = body[-1]
    if any((of_text(t) and not LETTER.match(t.word)) or t.has(*ONCE_OUT) for t in body[:-1]):
        return None
    forms = [f for f in verb_forms(last.tags) if f[3] in FINITE]
    if not forms or last.has(*ELSEWHERE, "also", "for"):
        return None
    before = next((t for t in reversed(body[:-1]) if not t.has("also", "and", "self", "sure")), None)
    others = [
        t
        for t in body[:-1]
        if LETTER.match(t.word)
        or t.has(*ELSEWHERE, "holder.*", "name*", "cap*", "sir")
        or (t.has("letter") and last.word.endswith(("müş", "miş", "muş", "mış")))
    ]
    above = any(t.has("office.nom", "makam.nom", "chief.nom", "sir") for t in body[:-1])
    strange = [t for t in body[:-1] if t.unknown]
    if any(t.has("memo.*") for t in body[:-1]):
        return None
    if any(sign == "-" for _, _, sign, _, _ in forms) and any(
        LETTER.match(t.word) or t.has("approval.*") for t in body[:-1]
    ):
        return None
    if any(
        bare(t.word).startswith(_CONTENT)
        and t.has("remark.nom", "event.nom", "topic.nom", "holder.nom", "paper.nom", "other")
        for t in body[:-1]
    ) and not all(
        person == "1" or (sign == "+" and cls in ("call", "return", "go"))
        for cls, _, sign, _, person in forms
    ):
        return None
    for cls, _, sign, form, person in forms:
        told = form in TOLD
        if cls in _LIGHT and not (form == "evid" and person == "1"):
            fine = (
                before is not None
                and told
                and (before.has(*ELSEWHERE, "topic.*", "holder.*") or (before.unknown and bool(others)))
                and (form != "evid" or before.has("event.*"))
                and sign == "+"
                and not (cls == "make" and person == "1")
            )
        elif cls in _LIGHT and form == "evid" and person == "1":
            fine = True
        elif cls in ("see", "fit", "ensure", "show", "publish") and told and bool(others) and not above:
            fine = sign == "+" and person == "1" and cls != "publish"
        elif cls == "say":
            fine = told and person == "1" and bool(others)
        elif cls not in _MOVES:
            fine = False
        elif told and person == "1":
            fine = sign == "+" or bool(others)
        elif told:
            fine = bool(others) or (form in ("past", "fact") and sign == "+" and bool(strange))
            fine = fine and not (above and (strange or cls not in ("call", "go", "return", "meet")))
        elif form == "fut" and person == "3":
            fine = (
                bool(others)
                and cls in ("call", "return", "go", "have", "act", "send", "attend", "meet")
                and not above
            )
        elif form == "fut" and sign == "-":
            fine = person == "1" and bool(others) and cls in ("attend", "call", "go")
        else:
            fine = (
                form in ("fut", "aor", "can")
                and person == "1"
                and sign == "+"
                and (
                    cls not in ("give", "return", "take", "bring")
                    or (cls in ("take", "bring") and bool(others))
                )
                and (bool(others) or cls in ("call", "go", "act"))
            )
        informs = any(bare(t.word) == "bilgi" for t in body) or bare(last.word).startswith("bilgilendir")
        if informs and person == "1" and sign == "+":
            fine = True
        elif cls in ("give", "take") and not (strange or any(t.has(*ELSEWHERE) for t in body[:-1])):
            fine = False
        if not fine:
            return None
    if len(body) == 1 and not any(f[0] in ("act", "have") and f[4] == "1" for f in forms):
        return None
    informs = any(bare(t.word) == "bilgi" for t in body) or bare(last.word).startswith("bilgilendir")
    if (
        not informs
        and any(t.has("office.dat", "makam.dat", "chief.dat", "title.dat") for t in body)
        and any(f[0] in ("give", "send", "bring", "take", "attend") for f in forms)
    ):
        return None
    return (
        Remark.STATEMENT
        if all(
            may_stand(t, lexicon)
            or t.has(*DATES, "after")
            or t.word in ("ilk", "ikinci", "son")
            or LETTER.match(t.word)
            for t in body[:-1]
        )
        else None
    )


def nominal(body: Sequence[Token], lexicon: Lexicon) -> Remark | None:
    """A sentence without a verb about something else: "yemekhanenin menüsü çok kötü", "rapor masamda"."""
    if len(body) < 2 or any(
        of_text(t)
        or t.has(*BAD, "untidy", "choice", "which", "exists", "no", "num", "clock", "date", "self", "must")
        for t in body
    ):
        return None
    if any(verb_forms(t.tags) and not t.has(*ELSEWHERE, "also") for t in body):
        return None
    about = [
        at
        for at, t in enumerate(body[:-1])
        if t.has("remark.nom", "paper.nom", "event.nom", "inner.nom", "kin.nom")
        and not t.has("item.*", "part.*", "topic.*", "time.*")
    ]
    if not about or not (
        body[-1].unknown
        or body[-1].has("remark.loc", "busy.loc", "good.*", "paper.loc")
        or (about and body[-1].has("remark.nom") and len(body) > 2)
    ):
        return None
    if body[-1].unknown and not unknown_noun(body[-1], lexicon):
        return None
    return Remark.STATEMENT if all(may_stand(t, lexicon) or t.has(*DATES) for t in body) else None


def small_talk(body: Sequence[Token]) -> bool:
    """A question after somebody's family: "babanız nasıl oldu?"."""
    if not (body[-1].has("qmark", "ask") or any(t.word in ("nasıl", "nasil") for t in body)):
        return False
    if not any(t.has("kin.nom", "kin.gen") for t in body):
        return False
    return all(
        t.has("kin.*", "qmark", "ask", "self", "also", "good.nom", "time.*", "now")
        or t.word in ("nasıl", "nasil", "oldu")
        or any(cls in ("act", "have", "become") for cls, *_ in verb_forms(t.tags))
        for t in body
    )


def other_question(body: Sequence[Token], lexicon: Lexicon) -> bool:
    """A question about something that is not the text: "servis arabası geldi mi?", "yemekte ne var?"."""
    if not body[-1].has("qmark") or len(body) < 3 or speaks_of_text(body[:-1]):
        return False
    about = any(
        t.has(*ELSEWHERE) and not t.has("topic.*", "item.*", "part.*", "holder.*", "approval.*", "time.nom")
        for t in body[:-1]
    )
    if not about:
        return False
    return all(
        t.has("qmark", "ask", "which", "exists", "time.*", "clock", "num", "self")
        or may_stand(t, lexicon)
        or (
            verb_forms(t.tags)
            and all(
                cls in ("call", "go", "have", "act", "stay", "find", "return", "become")
                for cls, *_ in verb_forms(t.tags)
            )
        )
        for t in body
    )


def mishap(body: Sequence[Token], lexicon: Lexicon) -> bool:
    """How a mail went astray: "yanlış adrese göndermişim", "mail kutum doluymuş"."""
    last = body[-1]
    if len(body) < 2 or not any(bare(t.word).startswith(_POST) for t in body[:-1]):
        return False
    told = any(
        form in ("evid", "plup") or (form == "past" and person == "1")
        for *_, form, person in verb_forms(last.tags)
    ) or (last.unknown and re.search("m[iu]s(?:[iu]m)?$", bare(last.word)))
    return (
        bool(told)
        and all(
            may_stand(t, lexicon)
            or t.has("letter", *DATES)
            or bare(t.word).startswith((*_POST, "yanlis", "dolu"))
            for t in body[:-1]
        )
        and not any(verb_forms(t.tags) and is_finite(t) for t in body[:-1])
    )


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
