"""Signs of change, refusal, delay and doubt by the build of a sentence, before single words are weighed.

`evidence.py` finds words anywhere in a reply; here it counts what is done to what: an order is one by its
form (imperative, optative, necessity, a wish), and what it is about decides whether it changes the text,
stops it or puts it off.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Protocol

from mailbot.reading.clausewords import verb_forms
from mailbot.reading.tokens import Token
from mailbot.reading.turkish import bare


class Reply(Protocol):
    """The words of a reply (`evidence._Reply`)."""

    words: list[Token]
    tokens: list[Token]

    def first(self, *tags: str) -> Token | None: ...


_ORDERING = frozenset({"imp", "opt", "nec"})
_PART = ("part.*",)
_DOING = frozenset(
    {"make", "take", "give", "do", "find", "bring", "send", "become", "call", "stay", "go", "pass"}
)
_STRICT = (
    "kaydiyla", "kaydi ile", "sartiyla", "sarti ile", "kosuluyla", "suretiyle", "takdirde", "takdirinde",
    "halinde", "durumunda", "kayitla", "sartla", "kosulla", "dikce", "mukabilinde",
)  # fmt: skip
_GOOD = (
    "ok.*",
    "okay.*",
    "yes",
    "assent",
    "approve+*",
    "approveP+*",
    "publish+*",
    "publishP+*",
    "sakinca.*",
    "approval.*",
    "p.approve",
    "give+imp*",
    "go+imp*",
    "attend*",
)


def _forms(token: Token) -> tuple[tuple[str, bool, str, str, str], ...]:
    return verb_forms(token.tags)


def _is(
    token: Token, classes: frozenset[str] | tuple[str, ...], forms: frozenset[str], sign: str = "+-"
) -> bool:
    return any(cls in classes and form in forms and own in sign for cls, _, own, form, _ in _forms(token))


def _tag_question(words: Sequence[Token]) -> bool:
    """Whether the only question is "olur mu", "tamam mı" behind an order."""
    asks = [at for at, t in enumerate(words) if t.has("ask")]
    return bool(asks) and all(
        at and bare(words[at - 1].word) in ("olur", "tamam", "olmaz", "oldu") for at in asks
    )


def strict_condition(r: Reply) -> Token | None:
    """An approval under a condition that the language spells out: "kaydıyla", "takdirde"."""
    if not r.first(*_GOOD):
        return None
    found = next((t for t in r.words if bare(t.word) in _STRICT), None)
    if found and any(t.has("approval.dat", "passed", "submit*") or bare(t.word) == "arz" for t in r.words):
        return None
    return found


def change_of_part(r: Reply) -> Token | None:
    """An order or a wish about a part of the text: "o fotoğrafı kullanmayın", "şu kareyi kapak yapınız"."""
    asks = any(t.has("qmark") for t in r.tokens) or any(t.has("ask") for t in r.words)
    tagged = _tag_question(r.words)
    part = next(
        (
            t
            for t in r.words
            if t.has(*_PART) and not t.has("remark.*", "honour", "good.*", "press.*", "time.*", "thing.*")
        ),
        None,
    )
    for at, token in enumerate(r.words):
        behind = r.words[at + 1] if at + 1 < len(r.words) else None
        asked = behind is not None and behind.has("ask")
        if (
            _is(token, ("change",), _ORDERING)
            and not token.has("name*")
            and not (asks and not tagged and not asked)
        ) and (
            any(
                form in _ORDERING and cls == "change" and person != "3"
                for cls, _, _, form, person in _forms(token)
            )
            or part
        ):
            return token
        if part is None:
            continue
        if token.unknown and asked and bare(token.word).endswith(("abilir", "ebilir")):
            return token
        if asked and _is(token, ("take", "make", "give", "find", "bring"), frozenset({"aor", "can"})):
            return token
        if asks and not tagged:
            continue
        if _is(token, ("publish",), _ORDERING, "-") and not any(t.has("item.acc") for t in r.words):
            return token
        if _is(token, _DOING, _ORDERING) and any(
            t.has("part.acc", "part.dat") or t.word in ("başka", "baska", "yeni")
            for t in r.words[max(0, at - 5) : at]
        ):
            return token
    return None


def necessity(r: Reply) -> Token | None:
    """A change said to be needed or useful: "konulmasında yarar görülmektedir"."""
    if any(t.has("qmark") for t in r.tokens):
        return None
    for at, token in enumerate(r.words):
        if (
            _is(token, ("change",), frozenset({"vn"}))
            and any(
                t.has("apt", "need+fact*", "need+aor*", "needP*", "necessity.*")
                or "rica" in t.word
                or bare(t.word) in ("uygun", "iyi", "dogru", "yerinde")
                for t in r.words[at + 1 : at + 4]
            )
            and not any(t.has("no", "need-*") for t in r.words[at + 1 :])
        ):
            return token
        if (
            _is(token, ("publish", "make", "do", "give", "go", "send"), frozenset({"vn"}), "-")
            and r.first("part.*")
            and not r.first("item.gen", "item.nom", "item.acc")
        ):
            return token
    return None


def such_and_such(r: Reply) -> Token | None:
    """The writer's own wording: "şöyle olsun: …"."""
    for one, other in zip(r.words, r.words[1:], strict=False):
        if bare(one.word) in ("soyle", "boyle", "su") and other.has(
            "become+imp3", "change+imp3", "changeP+imp3"
        ):
            return one
    return None


def until_changed(r: Reply) -> Token | None:
    """Not before a change: "fiyat silinmedikçe yayınlamayın"."""
    found = next(
        (
            t
            for t in r.words
            if any(
                cls == "change" and form in ("inca", "madan", "cond", "dikta", "arak")
                for cls, _, _, form, _ in _forms(t)
            )
        ),
        None,
    )
    return (
        found
        if found and r.first("publish-*", "publishP-*", "go-*", "give-*", "publish+*", "publishP+*")
        else None
    )


_REFUSED_JUDGE = ("judge-*", "judgeP-*", "not", "see-*", "seeP-*", "find-*", "become-*")


def plain_refusal(r: Reply) -> Token | None:
    """The text itself refused, whatever the reason: "uygun görülmemiştir", "yayınlanmayacak"."""
    if any(t.has("qmark", "ask") for t in r.tokens) or any(bare(t.word) in _STRICT for t in r.words):
        return None
    if r.first("but") and r.first("ok.pred", "approve+fact*", "yes"):
        return None
    words = r.words
    news = [t for t in words if t.has("item.nom", "item.gen", "item.acc")]
    if (
        r.first("part.*")
        and not news
        and r.first("part.nom") is not None
        and any(
            t.has("part.acc", "part.nom")
            and not t.has("honour", "item.*")
            and not bare(t.word).startswith("sayin")
            for t in words
        )
    ):
        return None
    for at, token in enumerate(words):
        near = words[at + 1 : at + 3]
        if token.has("ok.nom") and any(
            t.has("judge-fact*", "judgeP-fact*", "see-fact*", "seeP-fact*", "not") for t in near[:1]
        ):
            others = [
                t for t in words if t.has("ok.pred", "approve+fact*", "yes", "publish+imp2", "publishP+can3")
            ]
            if (
                not others
                and not r.first("approve+dik", "become+inca", "form.ins", "form.dat")
                and not any(bare(t.word) in ("durumda", "hale", "yetki", "konumda") for t in words)
            ):
                return token
        if _is(token, ("publish",), frozenset({"fut"}), "-") or token.has("publish-fact1"):
            return token
        if _is(token, ("publish", "make", "do", "give"), frozenset({"vn"}), "-") and any(
            t.has("need+*", "needP+*", "ok.*")
            or bare(t.word).startswith(("karar", "uygun", "gerek", "istiyor", "rica"))
            for t in near
        ):
            return token
        if (
            bare(token.word) == "geri"
            and r.first("approval.*", "view.*", "ok.*")
            and any(bare(t.word).startswith(("cek", "al")) for t in near[:1])
            and not r.first("sakinca.*")
        ):
            return token
        if bare(token.word) == "razi" and near and near[0].has("not"):
            return token
    return None


_SOON = frozenset({"fut", "aor", "opt"})


def own_look(r: Reply) -> Token | None:
    """The writer will look or answer later: "sabah bakıp yazarım", "cumadan sonra bakayım"."""
    if any(t.has("qmark", "ask") for t in r.tokens) or r.first(
        "ok.pred", "approve+fact*", "publish+imp2", "change+imp*", "publish+can*", "hedge"
    ):
        return None
    if len(r.words) == 1:
        return None  # "bakarız" promises nothing
    for token in r.words:
        for cls, _, sign, form, person in _forms(token):
            wrote = cls == "change" and bare(token.word).startswith("yaz")
            if (
                (cls in ("see", "return", "say") or wrote)
                and sign == "+"
                and form in _SOON
                and person in ("1", "")
            ):
                return token
    return None


def third_decides(r: Reply) -> Token | None:
    """Somebody else is to look or to decide: "Başkanımız incelesin", "kararı kendisi versin"."""
    if any(t.has("qmark", "ask") for t in r.tokens) or r.first("ok.pred", "approve+fact*", "publish+imp2"):
        return None
    for at, token in enumerate(r.words):
        if token.has("see+imp3", "judge+imp3") and any(
            t.has("title.*", "office.*", "sir", "name*", "they", "chief.*")
            for t in r.words[max(0, at - 5) : at]
        ):
            return token
        if token.has("give+imp3") and any(
            t.has("view.acc", "view.nom") for t in r.words[max(0, at - 4) : at]
        ):
            return token
    return None


def indirect_question(r: Reply) -> Token | None:
    """A question inside a sentence: "katılıp katılmadığı", "… öğrenmek isterim"."""
    for one, other in zip(r.words, r.words[1:], strict=False):
        if any(form in {"i", "ip"} for *_, form, _ in _forms(one)) and any(
            form == "dik" and sign == "-" for _, _, sign, form, _ in _forms(other)
        ):
            return other
        if bare(one.word).startswith(("ogrenmek", "bilmek")) and bare(other.word).startswith("ist"):
            return one
    return (
        next((t for t in r.words if bare(t.word) == "merak" and not r.first("do-imp2")), None)
        if r.first("do+fact1", "do+past1")
        else None
    )


def several_items(r: Reply) -> Token | None:
    """Two texts with different decisions: "aşı haberi tamam, 112 haberi olmasın"."""
    named = [
        t
        for t in r.words
        if t.has("item.nom", "item.loc", "item.gen")
        and bare(t.word).startswith(("haber", "metin", "metn", "bulten", "duyuru"))
    ]
    if len({t.word for t in named}) < 1 or len(named) < 2:
        return None
    good = [
        at
        for at, t in enumerate(r.words)
        if t.has("ok.pred", "okay.*", "approveP+*", "approve+fact*", "publishP+can3", "yes")
    ]
    bad = [
        at
        for at, t in enumerate(r.words)
        if t.has(
            "not",
            "judgeP-*",
            "judge-*",
            "become-imp3",
            "changeP+imp3",
            "change+imp*",
            "p.reject",
            "stay+imp3",
            "wait*",
            "publish-*",
            "publishP-*",
        )
    ]
    places = [at for at, t in enumerate(r.words) if t in named]
    if (
        good
        and bad
        and min(places) < max(good[0], bad[0])
        and any(min(good[0], bad[0]) < place < max(good[0], bad[0]) for place in places)
    ):
        return named[1]
    return None


def one_of_two(r: Reply) -> Token | None:
    """ "İki metinden biri"."""
    for one, other in zip(r.words, r.words[1:], strict=False):
        if one.has("item.abl") and bare(other.word) in ("biri", "birisi", "birini"):
            return other
    return None


def irony(r: Reply) -> Token | None:
    """Praise that means the opposite: "tabii tabii", a quoted adjective, "görelim neler olacak"."""
    words = [bare(t.word) for t in r.words]
    for at, (one, other) in enumerate(itertools.pairwise(words)):
        if one == other and one in ("tabii", "tabi", "yok"):
            return r.words[at]
    return (
        next((t for t in r.words if bare(t.word) in ("inandik", "gorelim", "yersek", "vay")), None)
        if r.first("publish+*", "approve+*", "p.praise")
        else None
    )
