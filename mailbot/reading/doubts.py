"""Why a reply that the grammar covers may be no approval after all.

The grammar (`clauses.py`) asks whether every word is known to be harmless; a doubt asks how the words
stand to each other. Each doubt is a class of language, found by a few words in one clause. It can only
take an approval away, so it may err on the side of asking back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from mailbot.core.decision import Clue, Decision, Verdict
from mailbot.reading.tokens import END, Token
from mailbot.reading.turkish import bare, fold

Tokens = Sequence[Token]
_BREAKS = ("sep", "comma", "nl", "dots", "dash", "emoji", "quote", "paren", "end")
_PERFORMED = ("approve*", "publish*", "approval.*", "give*", "assent", "p.approve", "sakinca.*")
_STRONG = (*_PERFORMED, "ok.*", "send*", "attend*", "go+*")
_NEGATED = ("no", "not", "find-*", "findP-*", "judge-*", "judgeP-*", "become-*", "do-*", "need-*")


def doubt(tokens: Tokens) -> Verdict | None:
    """The first doubt that the tokens of a covered reply raise, as what the reply is then; else None."""
    lines = [Token(t.written, bare(t.word), t.tags) for t in tokens]
    flat = [token for token in lines if not token.has("nl")]
    clauses = [*_clauses(lines), *_clauses(flat)]  # a sentence may go on in the next line
    for signs, pieces in ((_OF_CLAUSES, clauses), (_OF_REPLIES, [flat]), (_OF_LINES, [lines])):
        for decision, meaning, sign in signs:
            found = next((token for piece in pieces if (token := sign(piece)) is not None), None)
            if found is not None:
                return Verdict(decision, (Clue(found.written, meaning),))
    return None


def _clauses(tokens: Tokens) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if token.has(*_BREAKS):
            if clause:
                yield clause
            clause = []
        else:
            clause.append(token)


def _any(tokens: Tokens, *tags: str) -> bool:
    return any(token.has(*tags) for token in tokens)


_HOPES = frozenset({"insallah", "insaallah", "hayirlisi", "hayirlisiyla", "inshallah", "allahin izniyle"})


def _hoped(reply: Tokens) -> Token | None:
    """A hope in place of a decision: "olur inşallah". Beside "onaylıyorum" it is a wish."""
    for clause in _clauses(reply):
        hope = next((t for t in clause if t.word in _HOPES), None)
        if hope is None:
            continue
        alone = all(t is hope or t.has("p.wish") for t in clause)
        if not _any(reply if alone else clause, "approve*", "publish*", "give*", "p.wish+*"):
            if alone and hope.word not in ("insallah", "insaallah"):
                continue
            if not alone and not _any(clause, "yes", "ok.*", "okay.*", "sakinca.*", "assent", "approval.*"):
                continue
            return hope
    return None


_MARKED = frozenset({"onayli", "onaylanan", "onaylanmis", "yerel", "asil", "dogru"})


def _other_text(clause: Tokens) -> Token | None:
    """Another text than the one asked about, or one of several: "başka metin uygundur"."""
    if _any(clause, *_NEGATED):
        return None
    for one, other in pairwise(clause):
        if one.word in ("baska", "baskasi", "diger", "digerleri") and not other.has("approval.*"):
            return one
        if other.has("item.*", "form.*") and (one.has("choice") or one.word in _MARKED):
            return one
    return None


def _indefinite(clause: Tokens) -> Token | None:
    """Some text, not the text: "bir haber yayınlayın". In praise ("güzel bir haber") it is harmless."""
    if _any(clause, *_NEGATED, "good.*", "p.praise", "p.thanks"):
        return None
    return next(
        (
            one
            for one, other in pairwise(clause)
            if one.word in ("bir", "bi", "birkac") and other.has("item.*", "topic.nom")
        ),
        None,
    )


_OWNED = ("si", "niz", "nuz", "miz", "muz")


def _no_objection_found(clause: Tokens) -> Token | None:
    """ "Sakıncası bulmuyorum": half of "sakınca bulmuyorum" and half of "sakıncasız bulmuyorum"."""
    for one, other in pairwise(clause):
        if one.has("sakinca.*") and one.word.endswith(_OWNED) and other.has("judge-fact1"):
            return one
    return None


def _taken_down(clause: Tokens) -> Token | None:
    """Out of the paper, off the site: "yayından alınması uygundur"."""
    for at, token in enumerate(clause):
        if token.has("item.abl", "press.abl", "social.abl", "part.abl") and _any(
            clause[at + 1 : at + 4], "take*", "go*", "do*", "make*"
        ):
            return token
        if token.has("item.loc", "press.loc") and _any(clause[at + 1 : at + 2], "takeP*"):
            return token
    return None


def _part_only(clause: Tokens) -> Token | None:
    """Only a part found right: "rakamlar uygundur"."""
    if len(clause) > 4 or _any(clause, *_NEGATED, "good.*"):
        return None
    items = [t for t in clause if t.has("item.*", "part.nom") and not t.has("honour", "name*", "for", "by")]
    parts = bool(items) and all(t.has("part.nom") for t in items)
    return items[0] if parts and _any(clause, "ok.*", "okay.*", "approve*", *_RELEASED) else None


_RELEASED = ("publish+imp*", "publish+can*", "publish+optp", "publishP+imp*", "publishP+can*")


def _shared_with_whom(clause: Tokens) -> Token | None:
    """To share asks for a text as often as it releases one: "taslağı paylaşın"."""
    if _any(clause, "press.*", "social.*") or not any(
        t.word.startswith("paylas") and t.has("publish+imp2", "publish+optp") for t in clause
    ):
        return None
    return next((t for t in clause if t.has("item.*", "paper.*") and not _is_news(t)), None)


def _is_news(token: Token) -> bool:
    return token.has("item.acc") and token.word.startswith(_NEWS)


_NEWS = ("haber", "bulten", "duyuru", "iceri", "aciklama", "afis", "gonderi", "paylasim", "basin")


_HIGH = (
    "vali", "bakan", "mudur", "musavir", "kaymakam", "mustesar", "makam", "baskan", "valilik", "valili",
    "rektor", "dekan",
)  # fmt: skip
_LOW = (
    "bashekim", "sube", "sekreter", "uzman", "sozcu", "sef", "memur", "koordinator", "danisman", "sorumlu",
    "hemsire", "doktor", "hekim", "hoca", "personel", "amir", "birim",
)  # fmt: skip
_OWN = ("imizca", "imizce", "umuzca", "umuzce", "mizca", "mizce")


def _ranks(clause: Tokens) -> bool:
    """Whether the clause names a superior, and nobody below him."""
    words = [token.word for token in clause]
    for at, word in enumerate(words):
        if word.startswith("yardimci"):
            whose = words[max(0, at - 2) : at]
            if not any(before.startswith(("vali", "bakan", "genel")) for before in whose):
                return False
        elif word.startswith(_LOW):
            return False
    return any(word.startswith(_HIGH) for word in words)


def _somebody_elses(clause: Tokens) -> Token | None:
    """Approved by somebody who is not the sender's superior: "şube müdürü tarafından onaylandı"."""
    for at, token in enumerate(clause):
        before = clause[max(0, at - 6) : at]
        by = token.word in ("tarafindan", "taraflarindan", "tarafinca", "taraflarinca")
        if by and _any(before, "title.*", "office.*", "name*", "sir", "holder.*") and not _ranks(before):
            return token
        if (
            token.has("title.eq", "office.eq")
            and not token.word.endswith(_OWN)
            and not _ranks([*before, token])
        ):
            return token
        if not token.has("approval.nom") or _ranks(before):
            continue
        held = token.word.endswith(("i", "u"))
        named = _any(before, "title.*", "office.*", "name*", "sir", "holder.*")
        behind = clause[at + 1 :]
        if (
            (behind and behind[0].word == "alindi")
            or ((held or named) and _any(behind, "exists"))
            or (held and named and _any(behind, "takeP*", "giveP*"))
        ):
            return token
    return None


def _your_approval(clause: Tokens) -> Token | None:
    """The approval is the other side's: "onayınız alındı"."""
    for one, other in pairwise([*clause, END]):
        if "approval.yours" in one.tags and (_only_yours(one) or other.has("takeP*", "giveP*", "exists")):
            return one
    return None


def _only_yours(token: Token) -> bool:
    """Whether no other reading is left: "Valilik onayına" is the office's."""
    return {tag for tag in token.tags if tag.startswith("approval.")} == {"approval.yours"}


def _thanks_for_approval(clause: Tokens) -> Token | None:
    for one, other in pairwise(clause):
        unnamed = other.unknown and not other.written[:1].isupper()
        if one.has("assent", "approval.*") and not one.has("remark.*") and (other.word == "icin" or unnamed):
            return one
    return None


def _seen_only(reply: Tokens) -> Token | None:
    """ "Evet gördüm" acknowledges; "gördüm, evet" approves."""
    if _any(reply, *_STRONG):
        return None
    words = [t for t in reply if not t.has("comma")]
    for one, other in pairwise(words):
        if one.has("yes", "okay.*") and other.has("see+past1", "judge+past1", "p.none"):
            return other
    return None


_CHANNELS = ("web", "mail", "eposta", "site", "internet")


def _channel_below(reply: Tokens) -> Token | None:
    """A channel alone on a line where a signature's label might stand: "Ahmet / Web"."""
    before = reply[0]
    for one, other in pairwise(reply):
        alone = before.has("nl") or before.word in _CHANNELS
        if one.word in _CHANNELS and alone and (other.has("nl", "end") or other.word in _CHANNELS):
            return one
        before = one
    return None


def _hanging(reply: Tokens) -> Token | None:
    """ "Onay da", "uygundur da …": a "but" whose rest the writer kept."""
    for at, token in enumerate(reply[:-1]):
        if (
            token.word in ("da", "de", "ki", "ve", "ile", "hem", "ya", "veya")
            and reply[at + 1].has("sep", "dots", "nl", "end", "emoji", "dash", "comma")
            and at
            and not reply[at - 1].has("self", "by")
            and not reply[at + 1].has("comma")
        ):
            return token
    return None


def _unfilled(reply: Tokens) -> Token | None:
    """A form's field left empty: "Onay: ......", "[ ] Onay"."""
    for at, token in enumerate(reply[:-1]):
        behind = [*reply[at + 1 :], *[reply[-1]] * 2]
        if token.written in "([" and token.written and behind[0].written in (")", "]"):
            return token
        if token.has("dots") and len(token.written) > 5:
            return token
        if not token.has("yes", "assent", "ok.*", "okay.*", "approval.*", "approve*"):
            continue
        if (
            behind[0].has("sep")
            and ":" in behind[0].written
            and behind[1].has("dots", "dash", "other", "nl", "end", "sep")
        ):
            return token
        opened = at > 0 and reply[at - 1].has("dash")  # ***ONAY***
        if not opened and behind[0].has("dash") and behind[1].has("nl", "end"):
            return token
    return None


def _only_national(clause: Tokens) -> Token | None:
    found = next((t for t in clause if t.word == "ulusal"), None)
    return found if found and _any(clause, "press.*") and not any(t.word == "yerel" for t in clause) else None


def _comparison(reply: Tokens) -> Token | None:
    """ "Daha net." wishes for something; "daha net olmuş" praises it."""
    for at, token in enumerate(reply[:-2]):
        if token.word == "daha" and reply[at + 1].has("good.nom") and not reply[at + 2].has("become*"):
            return token
    return None


def _more(reply: Tokens) -> Token | None:
    """Something more is to be published: "programı da paylaşın"."""
    for one, too, order in zip(reply, reply[1:], reply[2:], strict=False):
        if (
            too.word in ("da", "de")
            and order.has("publish+*")
            and one.has("item.*", "part.*", "remark.*", "unknown")
        ):
            return one
    return None


def _asked(reply: Tokens) -> Token | None:
    """ "Uygun mudur", a question typed like the title müdür."""
    for one, other in pairwise(reply):
        if fold(other.written) == "mudur" and one.has("ok.*", "okay.*", *_PERFORMED, "yes", "view.*"):
            return other
    return None


def _on_a_day(reply: Tokens) -> Token | None:
    """ "Yayınlansın. 25.11.2026": the day of signing or that of publishing, unless a name stands below."""
    for at, token in enumerate(reply):
        if (
            token.has("date")
            and not _any(reply[at + 1 :], "name*", "ondate", "doctor")
            and _any(reply, *_RELEASED, "send*", "go+imp*", "go+can*", "attend*", "pass*")
            and not _any(reply, "approve*", "ok.*", "assent", "approval.*")
        ):
            return token
    return None


def _ordered(clause: Tokens) -> Token | None:
    """A word that may also be an order to change or to say: "yazın", "bildirin"."""
    return next(
        (
            t
            for t in clause
            if t.has("change+imp*", "change+optp", "say+imp*", "see+imp*", "wait+imp*", "withdraw+imp*")
            and t.word not in ("de", "yaziniz")
        ),
        None,
    )


def _left_to_another(clause: Tokens) -> Token | None:
    """Somebody else's word or deed: "vali tamam", "başhekim yayınlasın"."""
    for one, other in pairwise(clause):
        who = one.has("title.nom", "office.nom") and not one.has(
            "dear", "people", "name*", "item.*", "okay.*"
        )
        if who and (other.has("okay.*") or (other.has("publish+imp3") and not other.has("publishP+imp3"))):
            return one
    return None


_Sign = Callable[[Tokens], Token | None]
_OF_CLAUSES: tuple[tuple[Decision, str, _Sign], ...] = (
    (Decision.REJECT, "yayından alma", _taken_down),
    (Decision.UNCLEAR, "yarım olumsuzluk", _no_objection_found),
    (Decision.UNCLEAR, "başka bir metin", _other_text),
    (Decision.UNCLEAR, "belirsiz bir metin", _indefinite),
    (Decision.UNCLEAR, "metnin yalnız bir parçası", _part_only),
    (Decision.UNCLEAR, "kiminle paylaşılacağı belirsiz", _shared_with_whom),
    (Decision.UNCLEAR, "başkasının onayı", _somebody_elses),
    (Decision.UNCLEAR, "başkasının işi", _left_to_another),
    (Decision.REVISE, "değişiklik isteği olabilir", _ordered),
    (Decision.NONE, "sizin onayınız", _your_approval),
    (Decision.NONE, "onay için teşekkür", _thanks_for_approval),
    (Decision.REVISE, "yalnız ulusal basın", _only_national),
)
_OF_REPLIES: tuple[tuple[Decision, str, _Sign], ...] = (
    (Decision.QUESTION, "soru", _asked),
    (Decision.REVISE, "yayın günü olabilir", _on_a_day),
    (Decision.UNCLEAR, "karar yerine dilek", _hoped),
    (Decision.NONE, "yalnız görüldü bilgisi", _seen_only),
    (Decision.REVISE, "eklenmesi istenen", _more),
    (Decision.UNCLEAR, "daha iyisini dileme", _comparison),
)
_OF_LINES: tuple[tuple[Decision, str, _Sign], ...] = (
    (Decision.REVISE, "kanal", _channel_below),
    (Decision.UNCLEAR, "yarım kalan söz", _hanging),
    (Decision.UNCLEAR, "boş form alanı", _unfilled),
)
