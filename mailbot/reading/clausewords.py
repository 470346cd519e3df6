"""What the words of a clause may do: finite verbs, nouns that may be unknown, words of the text.

The open half of the grammar (`remarks.py`) is built of these. Nouns may be unknown; verbs, endings and
function words may not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from mailbot.reading.lexicon import Lexicon
from mailbot.reading.tokens import Token
from mailbot.reading.turkish import bare

_NEVER = (
    "yes", "assent", "okay.*", "approve*", "publish*", "p.approve", "p.revise", "p.reject", "p.defer",
    "p.unclear", "p.hearsay", "p.automatic", "hedge", "but", "ask", "qmark", "or", "withdraw*", "not",
    "passed", "sym", "slash", "cut", "url", "god",
)  # fmt: skip
"""No open remark holds one of these, whatever else it says."""
_OF_THE_TEXT = (
    "item.*", "part.*", "press.*", "social.*", "change-noun.*", "fault.*", "sakinca.*", "ok.*",
    "view.*", "label", "form.*",
)  # fmt: skip
ELSEWHERE = ("remark.*", "paper.*", "event.*", "inner.*", "busy.*", "kin.*")
DATES = ("time.*", "clock", "date", "num", "ord", "ondate")
LOOSE = ("choice", "untidy", "which")
_VERB = re.compile(
    r"([a-z]+?)(P?)([+-])"
    r"(fact|past|evid|plup|fut|aor|can|able|imp|opt|nec|would|cond|ken|ip|arak|inca|dikta|diginda|madan|mak"
    r"|vn|an|dik|acak|q)([123p]?)(?:\.\w+)?"
)
FINITE = frozenset(
    {"fact", "past", "evid", "plup", "fut", "aor", "can", "able", "imp", "opt", "nec", "would"}
)
INSIDE = frozenset({"ip", "vn", "an", "dik", "mak", "arak"})
"""Forms that a verb may have inside a clause without being one of its own."""
TOLD = frozenset({"past", "fact", "evid", "plup", "able"})
VERBISH = re.compile(
    r"(?:s[iu]n(?:lar|ler)?|[aeiou]y[iu]n(?:[iu]z)?|[a-z]{2}(?:al|el)[iı]m|m[ae]l[iı]\w{0,5}|y?s[ae](?:m|n|k|n[iı]z)?"
    r"|[ae]r[ae]k|[iu]nc[ae]|m[ae]d[ae]n|ken|ks[iı]z[iı]n|[dt][iu]kc[ae]|s[iu]z(?:ca)?|[iu]yor\w{0,8}"
    r"|[ae]c[ae][kg]\w{0,8}|m[iu]s\w{0,6}|[dt][iu](?:m|n|k|n[iu]z)?|(?<![dt])[ae]n|m[ae]z\w{0,6}|m[ae]s[iı]\w{0,4}"
    r"|[dt][iu]g[iu]\w{0,6}|[iu]p|[dt][iu]r[iu]n|l[ae]s[iu]n)$"
)
"""Bare endings that may make an unknown word a verb, a condition or a lack of something."""
_FILLERS = (
    "also", "very", "sure", "this", "it", "self", "any", "every", "and", "for", "people", "honour",
    "name*", "cap*", "letter", "doctor", "sir", "sirto", "dear", "title.*", "office.*", "makam.*",
    "chief.*", "holder.*", "topic.*", "occasion", "thing.*", "good.*", "now", "post.*", "kin.*",
    "please", "firm", "by", "high", "new", "side.*", "exists", "letter", "remark.*", "paper.*",
    "event.*", "inner.*", "busy.*", "p.greeting", "necessity.*", "memo.*", "check.*", "p.closing",
    "p.none", "phone", "spoken", "earlier", "turned",
)  # fmt: skip
WHERE = re.compile(r"(?:[dt][ae]y[iı][mz](?:d[iı](?:k|m)?)?|[dt][ae]yd[iı][mk])$")
"""Where the writer is or was: Ankara'dayım, cenazedeydim."""
CORE = (
    "haber",
    "metin",
    "metn",
    "bulten",
    "aciklama",
    "duyuru",
    "icerik",
    "taslag",
    "taslak",
    "yayin",
    "yayim",
    "afis",
)
BAD = ("fault.*", "sakinca.*", "change-noun.*", "view.*")
I_DO = re.compile(r"[a-z]{2,}(?:[iu]yoru[mz]|[dt][iu][mk])$")
ILL = (
    "kork", "cekin", "endis", "suphe", "kusku", "tereddut", "emin", "bekl", "iste", "dusun", "san",
    "zannet", "um", "bil", "anla", "hosla", "begen", "uzul", "kiz", "sasir", "rahatsiz", "kaygi",
    "pisman", "vazgec", "cay", "iptal", "oner", "tavsiye", "talep", "rica", "ekle", "cikar", "sil",
    "degis", "duzel", "duzen", "dusur", "kes", "kis", "yaz", "ver", "al", "gonder", "ilet", "koy",
    "cek", "tut", "don", "sor", "dan", "ara", "gor", "bak", "incel", "oku", "karar", "onay", "redd",
    "kabul", "katil", "uygun", "yay", "paylas", "isaretle", "not", "gel", "sev", "inan", "guven", "ist",
    "bul", "yap", "ed", "et", "ol", "say", "ayir", "geri", "engel", "dur", "erte", "otel", "boz",
)  # fmt: skip
"""Beginnings of verbs that say something of the text, of a decision, or of the writer's doubts."""
ONCE_OUT = (
    "publish+diginda", "publishP+diginda", "go+diginda", "publish+inca", "publishP+inca", "go+inca",
)  # fmt: skip


class Remark(Enum):
    """What a clause is that approves nothing and takes nothing back; the value is its tag."""

    COURTESY = "soft"
    """Thanks, praise, a wish, the text found free of faults: may stand even beside a bare "tamam"."""
    STATEMENT = "open"
    """News of something else, or of how the text was read."""
    EARLIER = "earlier-state"
    """What was said earlier: harmless where the reply says that it is over."""
    SETTLED = "settled"
    """What was asked for earlier is done."""
    ORDER = "order"
    """An order about something else: harmless only behind the approval or in a sentence of its own."""


@lru_cache(maxsize=20_000)
def verb_forms(tags: frozenset[str]) -> tuple[tuple[str, bool, str, str, str], ...]:
    """(class, passive, sign, form, person) of every verbal reading among `tags`."""
    found = (_VERB.fullmatch(tag) for tag in tags)
    return tuple((m[1], bool(m[2]), m[3], m[4], m[5]) for m in found if m)


def is_finite(token: Token) -> bool:
    """Whether the word may end a sentence as its verb."""
    if token.has("also", "and", "for", "sure", "this", "by", "approval.*", *ELSEWHERE):
        return False
    return any(form in FINITE for _, _, _, form, _ in verb_forms(token.tags))


def never_in(token: Token) -> bool:
    if token.has("remark.*") and token.has("approval.*"):
        return False  # leave of absence
    if token.has(*ONCE_OUT):
        return False
    return token.has(*_NEVER) or token.has("approval.*")


def of_text(token: Token) -> bool:
    return token.has(*_OF_THE_TEXT) and not token.has(*ELSEWHERE, "honour")


def speaks_of_text(words: Sequence[Token]) -> bool:
    """Whether the text, a part of it or a channel is spoken of; "taziye mesajı" is another text."""
    return any(
        of_text(t)
        and not (
            at
            and words[at - 1].has("remark.nom", "event.nom", "kin.nom", "kin.gen", "holder.nom")
            and (t.has("item.*") or bare(t.word).startswith("ism"))
            and not bare(t.word).startswith(CORE)
        )
        for at, t in enumerate(words)
    )


def may_stand(token: Token, lexicon: Lexicon) -> bool:
    """Whether the word may stand in an open clause beside its verb: a filler, or an unknown noun."""
    if token.unknown:
        return unknown_noun(token, lexicon)
    inner = verb_forms(token.tags)
    if inner:
        return all(
            form in INSIDE and cls not in ("change", "withdraw", "publish", "approve")
            for cls, _, _, form, _ in inner
        ) or token.has(*ELSEWHERE, "also")
    return token.has(*_FILLERS)


def unknown_noun(token: Token, lexicon: Lexicon) -> bool:
    word = bare(token.word)
    if not token.has("other", "cap*") or len(word) < 3:
        return False
    return not VERBISH.search(word) and not lexicon.near_danger(word)


def past_form(token: Token) -> bool:
    forms = verb_forms(token.tags)
    return bool(forms) and all(form in TOLD or form in INSIDE for *_, form, _ in forms)
