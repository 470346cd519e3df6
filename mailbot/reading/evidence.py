"""What a reply that does not approve says instead: signs, weighed in a fixed order.

Nothing here can publish a text, so a sign may stand anywhere in the reply. The order is that of the
borders: what sets a reply aside, what must be answered first, then change, refusal, delay, and last
the replies that decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mailbot.core.decision import Clue, Decision, Verdict
from mailbot.reading import weighing
from mailbot.reading.tokens import Token

_APPROVING = (
    "yes",
    "assent",
    "okay.*",
    "ok.nom",
    "ok.pred",
    "approve+fact*",
    "approveP+fact*",
    "publish+can*",
    "publishP+can*",
    "publish+imp*",
    "publishP+imp*",
    "publish+optp",
    "give+fact*",
    "giveP+fact*",
    "judgeP+fact*",
    "judge+fact*",
    "p.approve",
    "send+imp2",
    "sendP+imp3",
    "send+can*",
    "sendP+can*",
    "go+imp*",
    "go+can*",
    "attend+imp*",
    "attend+can*",
    "doP+can3",
    "do+can*",
    "do+imp2",
    "makeP+can3",
    "giveP+can3",
    "takeP+fact3",
    "doP+vn*",
    "publishP+vn*",
    "doP+imp3",
)
_CHANGING = (
    "change+*",
    "changeP+*",
    "change-noun.*",
    "p.revise",
    "untidy",
    "fault.*",
)
_SILENT = frozenset(
    {
        "sep",
        "nl",
        "dots",
        "comma",
        "emoji",
        "sym",
        "other",
        "dash",
        "end",
        "quote",
        "paren",
        "qmark",
        "num",
        "slash",
        "ord",
    }
)


@lru_cache(maxsize=20_000)
def _begun(tags: frozenset[str]) -> frozenset[str]:
    """The tags, and every beginning of one with a "*" behind it."""
    return tags | {tag[:length] + "*" for tag in tags for length in range(1, len(tag) + 1)}


class _Reply:
    """The tokens of a reply, and questions about them."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = [token for token in tokens if not token.tags & {"end", "nl", "quote", "emoji", "paren"}]
        self.words = [token for token in tokens if not token.tags <= _SILENT]
        self._tags = frozenset[str]().union(*(_begun(token.tags) for token in self.words))

    def _any(self, tags: tuple[str, ...]) -> bool:
        """Whether some word has one of the tags; "x*" stands for every tag that begins so."""
        return not self._tags.isdisjoint(tags)

    def first(self, *tags: str) -> Token | None:
        if not self._any(tags):
            return None
        return next((t for t in self.words if t.has(*tags) and not t.has("honour", *self._named(tags))), None)

    @staticmethod
    def _named(tags: tuple[str, ...]) -> tuple[str, ...]:
        """What a word may not be to be read as `tags`: Ada is a person, not "to the name"."""
        return () if "name*" in tags else ("name*",)

    def word(self, *words: str) -> Token | None:
        return next((token for token in self.words if token.word in words), None)

    def pair(self, one: tuple[str, ...], other: tuple[str, ...], gap: int = 1) -> Token | None:
        """The first token of `one` with one of `other` at most `gap` words behind it."""
        if not (self._any(one) and self._any(other)):
            return None
        for at, token in enumerate(self.words):
            if token.has(*one) and any(t.has(*other) for t in self.words[at + 1 : at + 1 + gap]):
                return token
        return None


def weigh(text: str, tokens: Sequence[Token]) -> Verdict:
    """The class of a reply that is no proved approval: never APPROVE."""
    reply = _Reply(text, tokens)
    for decision, meaning, sign in _SIGNS:
        found = sign(reply)
        if found is not None:
            return Verdict(decision, (Clue(found.written, meaning),))
    if not reply.words:
        empty = not text.strip()
        return Verdict(
            Decision.NONE if empty else Decision.UNCLEAR,
            (Clue(text.strip()[:40], "söz yok" if empty else "yalnız işaret"),),
        )
    left = " ".join(token.written for token in reply.words[:12])
    return Verdict(Decision.UNCLEAR, (Clue(left, "anlaşılmayan sözler"),))


def _automatic(r: _Reply) -> Token | None:
    return r.first("p.automatic")


def _asked(r: _Reply) -> Token | None:
    """The sign of a question: mark, particle, joined particle or question word."""
    mark = next((token for token in r.tokens if token.has("qmark")), None)
    if not r.words:
        return None
    particle = r.first("ask")
    joined = next(
        (
            t
            for t in r.words
            if t.tags and all(g.endswith(("+q", "-q", ".q")) for g in t.tags) and not t.has("title.*", "yes")
        ),
        None,
    )
    return (
        particle
        or joined
        or mark
        or (r.first("which") if not r.first("p.praise", "p.unclear", "hedge", "p.wish") else None)
    )


def _unrelated(r: _Reply) -> Token | None:
    """An approval or news of something else: leave, a car, a meeting's place."""
    about = r.word("araç", "araba", "aracı", "arac") or r.first("remark.gen", "remark.nom", "remark.acc")
    if r.first(
        "item.*", "publish*", "see+*", "wait*", "change+imp2", "changeP*", "make-*", "do-*"
    ) and not r.word(
        "izin", "araç", "nöbet", "personel", "yemek", "form", "formunuz", "talebi", "tahsisiniz", "servis"
    ):
        return None
    if r.first("yes", "ok.*", "assent", "hedge", "p.hearsay", "not", "no") and not r.word("araç", "izin"):
        return None
    if r.word("araç", "aracı", "izin", "tahsisiniz", "satın") and r.first("approve*", "judge*"):
        return r.word("araç", "aracı", "izin", "tahsisiniz", "satın")
    return (
        about
        if about and not _asked(r) and not r.first("but", "meet*", "approval.*", "take*", "give*", "judge*")
        else None
    )


def _split(r: _Reply) -> Token | None:
    """Two texts, or one of several."""
    picks = [t for t in r.words if t.has("choice") and not t.has("untidy")]
    if len(picks) > 1 and r.first("ok.*", "okay.*", "yes"):
        return picks[0]
    if picks and r.first("ok.*", "approve*", "yes") and not r.first("part.*", "change*"):
        return picks[0]
    fine = [t for t in r.words if t.has("ok.nom", "ok.pred", "okay.*", "yes")]
    bad = [t for t in r.words if t.has("not", "become-aor3", "p.reject")]
    items = [t for t in r.words if t.has("item.nom")]
    return items[0] if fine and bad and len(items) > 1 else None


_ORDER = re.compile(r"(?:s[ıiuü]n(?:lar|ler)?|[lyr][ıiuü]n(?:[ıiuü]z)?|[ae]l[ıi]m)$")


def _unknown_order(r: _Reply) -> Token | None:
    """An approval, and beside it an order in a word that the lexicon lacks: mozaikleyin."""
    if not r.first("ok.pred", "approve+fact1", "good.*", "publish+imp2", "publishP+can3", "attend+imp3"):
        return None
    asked = next((t for t in r.words if t.unknown and len(t.word) > 4 and _ORDER.search(t.word)), None)
    return asked or r.first("become+imp3", "takeP+imp3", "stay+imp3", "giveP+imp3")


def _under_way(r: _Reply) -> Token | None:
    """An examination that goes on, somebody else's work, an answer promised."""
    started = next(
        (t for t in r.words if t.word.startswith(("değerlendirme", "inceleme", "ilgilen", "dönüş"))), None
    )
    if started and (
        started.word.startswith(("ilgilen", "dönüş"))
        or any(t.word.startswith(("süre", "devam", "alın", "aşama")) for t in r.words)
    ):
        return started
    return r.first("approve+imp3") if r.first("sir", "title.*", "office.*", "name*") else None


def _contradicted(r: _Reply) -> Token | None:
    """Yes and no in one breath, or only a part found right."""
    if (
        len(r.words) <= 4
        and r.first("approve+fact1", "ok.pred", "yes")
        and r.first("approve-fact1", "not", "p.reject")
        and not r.pair(("assent",), ("not",))
        and not r.first("see+*", "call+*")
    ):
        return r.words[0]
    if (
        len(r.words) <= 4
        and r.first("part.nom")
        and not r.first("item.*")
        and r.first("ok.*", "okay.*")
        and not r.first("not", "but", "no", "change*", "ask", "untidy")
    ):
        return r.first("part.nom")
    return None


def _others_approval(r: _Reply) -> Token | None:
    """Waits for an approval of somebody else's: onayından sonra, onayı gelince."""
    behind = r.pair(
        ("approval.abl", "approval.nom", "approval.acc"),
        ("after", "call+inca", "take+inca", "takeP+inca", "takeP+dikta", "take+dikta"),
        1,
    )
    return behind or (r.word("sonrası") if r.first("approval.nom") else None)


def _both(r: _Reply) -> Token | None:
    """Both options of the request left standing."""
    if not any(t.has("slash") or t.word in ("veya", "ya") for t in r.tokens):
        return None
    good = r.first("yes", "assent", "ok.*", "okay.*", "approve+*")
    bad = r.first("p.reject", "not", "approve-*")
    return good if good and bad else None


def _hedged(r: _Reply) -> Token | None:
    return r.first("p.hearsay", "hedge")


def _polite_order(r: _Reply) -> Token | None:
    """An order in the form of a question."""
    ordered = r.pair(("change+can*", "change+aor*", "send+can*", "send+aor*"), ("ask",)) or r.first(
        "change+q"
    )
    if ordered is None and r.first("change+can*", "changeP+can*") and r.first("ask", "change+q"):
        ordered = r.first("change+can*")
    if ordered and ordered.has("change*"):
        return ordered
    if (
        ordered
        and (r.first("part.*", "untidy", "very", "change*", "item.acc"))
        and not r.first("view.*", "which")
        and not r.word("bilgi", "konu", "başlıklarını")
    ):
        return ordered
    return None


def _polite_handover(r: _Reply) -> Token | None:
    return r.word("bakar", "ilgilenir", "ilgilenebilir", "bakabilir") if r.first("ask") else None


def _whatever(r: _Reply) -> Token | None:
    """Leaves it to somebody else's judgement: uygunsa, uygun görülürse, onayladıysa."""
    found = next(
        (
            t
            for t in r.words
            if t.has(
                "ok.cond",
                "judge+cond",
                "judgeP+cond",
                "approve+cond",
                "approveP+cond",
                "approval.cond",
                "become+cond",
                "no",
                "give+cond",
            )
            and any(g.endswith("cond") for g in t.tags)
        ),
        None,
    )
    if found is None and r.first("sakinca.*"):
        found = r.word("yoksa")
    return found if found and not r.first("change*", "part.*", "see+fut*", "say+fut*") and _fine(r) else None


def _fine(r: _Reply) -> Token | None:
    return r.first(*_APPROVING)


def _changed(r: _Reply) -> Token | None:
    found = r.first(*_CHANGING)
    if found is None or not found.has("fault.*", "untidy") or not r.first("no"):
        return found
    return None


def _change_ordered(r: _Reply) -> Token | None:
    return (
        r.first(
            "change+imp*",
            "changeP+imp*",
            "changeP+nec",
            "change+optp",
            "change+arak",
            "changeP+arak",
            "change+ip",
            "changeP+ip",
        )
        if not r.first("approve+plup1")
        else None
    )


def _web_instead(r: _Reply) -> Token | None:
    """The press refused, the web allowed."""
    return (
        r.first("social.*")
        if r.first("publish+*", "publishP+*", "ok.pred", "go+imp*")
        and r.first("not", "publish*", "judgeP-*", "send-*", "give-*", "giveP-*", "necessity.*")
        else None
    )


def _plainly_refused(r: _Reply) -> Token | None:
    """A refusal of the text itself, whatever else is said."""
    if r.first("sakinca.*") and (
        r.first("exists", "sakinca.pred") or r.pair(("sakinca.*",), ("judgeP+fact*", "judge+fact*"), 2)
    ):
        return r.first("sakinca.*")
    if r.word("sakıncalı", "sakıncalıdır", "olumsuz", "olumsuzdur", "sakincali") and not r.first(
        "no", "part.*"
    ):
        return r.word("sakıncalı", "sakıncalıdır", "olumsuz", "olumsuzdur", "sakincali")
    if r.first("necessity.*") and r.first("no") and not _fine(r) and not r.first("change*"):
        return r.first("necessity.*")
    if r.first("change-noun.*", "changeP+*", "change+*", "part.*") and not r.first("publish*"):
        return None
    return (
        (
            r.pair(
                ("ok.nom", "okay.nom"), ("judge-fact*", "judgeP-fact*", "not", "become-*", "judge-aor*"), 2
            )
            if not r.word("hale", "kurumsal", "yetki", "müsait")
            and len([t for t in r.words if t.has("ok.nom", "ok.pred")]) == 1
            else None
        )
        or r.pair(
            ("approval.*", "assent"), ("give-*", "giveP-*", "take-*", "takeP-*", "do-*", "doP-*", "no"), 2
        )
        or r.pair(("publishP-vn*", "publish-vn*", "giveP-vn*", "makeP-vn*"), ("ok.*",), 2)
        or (r.word("geri") if r.first("approval.acc") else None)
    )


def _no_power(r: _Reply) -> Token | None:
    """Not mine to decide, or not now."""
    return next(
        (
            t
            for t in r.words
            if (t.word.startswith(("yetki", "müsait", "aşama", "vekalet", "vekâlet")) and t.word != "yetkili")
            or (t.word == "yetkili" and r.first("not"))
        ),
        None,
    )


def _noted(r: _Reply) -> Token | None:
    if len(r.words) <= 2 and r.first("see+past1") and not r.first("ask"):
        return r.first("see+past1")
    return (
        r.first("p.none")
        if len(r.words) <= 4 and not r.first("but", "see+fut*", "wait*", "approval.*")
        else None
    )


def _meeting(r: _Reply) -> Token | None:
    """News about a meeting, a list, a form: nothing of the item's."""
    about = next(
        (
            t
            for t in r.words
            if t.word.startswith(("toplantı", "liste", "nöbet", "yemek", "form", "izin", "servis"))
        ),
        None,
    )
    return (
        about
        if about
        and (
            r.first("makeP+fut3", "change+past3", "takeP+fact3", "send+fact1", "waitP+fact3")
            or r.word("ektedir", "ekte")
        )
        and not r.first("yes", "ok.*", "publish*")
        else None
    )


def _past(r: _Reply) -> Token | None:
    """What was once approved, or not by whom we asked."""
    return (
        r.first("ok.was", "approve+dikta")
        or r.word("onaysız", "usule", "usulüne", "mevzuata", "usulünce")
        or (r.first("approve+plup1") if not r.word("vazgeçtim") else None)
    )


def _lacking(r: _Reply) -> Token | None:
    if r.first("part.*") and (r.word("daha") or r.first("no")) and not _fine(r):
        return r.first("part.*")
    return r.first("not") if r.first("become+imp3", "become+fut3") and not r.first("publish*") else None


def _conditional(r: _Reply) -> Token | None:
    """An approval with a condition, a time, a channel or a part left out."""
    if _fine(r) is None and not r.first("publish*", "give*", "send*"):
        return None
    return (
        r.first("but")
        or next(
            (
                t
                for t in r.words
                if any(g.endswith(("cond", "+arak", "+madan", "+inca", "+dikta")) for g in t.tags)
                and not t.has("name*")
            ),
            None,
        )
        or next((t for t in r.tokens if t.has("clock", "date")), None)
        or r.first("time.*", "part.*", "social.*", "choice")
        or next(
            (
                t
                for t in r.words
                if t.has("approve-*", "publish-*", "publishP-*", "give-*", "giveP-*", "take-*", "takeP-*")
            ),
            None,
        )
    )


_REFUSING = (
    "p.reject",
    "approve-*",
    "approveP-*",
    "publish-imp*",
    "publishP-imp*",
    "publish-optp",
    "publishP-nec",
    "publish-fact*",
    "judge-*",
    "judgeP-*",
    "make-*",
    "makeP-*",
    "give-*",
    "giveP-*",
    "send-imp*",
    "sendP-imp*",
    "go-*",
    "attend-*",
    "withdraw*",
    "become-*",
    "do-*",
    "doP-*",
    "publish-*",
    "publishP-*",
    "goP-*",
    "need-fact*",
    "ensureP-*",
    "ensure-*",
    "take-*",
    "not",
)


def _refused(r: _Reply) -> Token | None:
    if r.first("sakinca.*") and r.first("exists", "sakinca.pred", "judgeP+fact*", "judge+fact*"):
        return r.first("sakinca.*")
    if len(r.words) <= 2 and r.first("sakinca.*", "fault.*"):
        return r.first("sakinca.*", "fault.*")
    if r.pair(("approval.*", "assent"), ("no",), 2):
        return r.first("no")
    if (r.word("geri") and r.first("take*", "withdraw*")) or r.word(
        "çekiyorum", "çekin", "iptal", "ret", "red", "hayır"
    ):
        return r.word("geri", "çekiyorum", "çekin", "iptal", "ret", "red", "hayır")
    return r.first(*_REFUSING)


_WAITING = (
    "see+fut*",
    "see+aor*",
    "see+optp",
    "see+fact1",
    "wait*",
    "stay+imp3",
    "stay+vn*",
    "meet*",
    "ask+*",
    "askP*",
    "submit*",
    "passed",
    "p.defer",
    "judge+fut*",
    "judgeP+fut*",
    "judge+optp",
    "judgeP+fact3",
    "call+fut*",
    "return+aor*",
    "return+fut*",
    "return+fact1",
    "call+aor*",
    "see+ip",
    "seeP+fut*",
    "seeP+ip",
    "seeP+fact3",
    "sayP+fut3",
    "say+fut*",
    "approve+fut*",
    "approveP+fut*",
    "approve+aor*",
    "give+fut*",
    "giveP+fut*",
    "give+aor*",
    "see+imp*",
    "see-able*",
    "see-fact*",
    "ensureP+fut*",
    "do+fut*",
    "judge-*",
    "makeP+fut*",
    "sendP+fact3",
    "send+fact1",
    "judge+fact1",
    "take+optp",
    "takeP+nec",
    "takeP+fut*",
    "say+cond",
)


def _delayed(r: _Reply) -> Token | None:
    if r.word("şimdilik", "henüz", "birazdan", "önce") and not r.first("yes"):
        return r.word("şimdilik", "henüz", "birazdan", "önce")
    return r.first(*_WAITING)


def _awaited(r: _Reply) -> Token | None:
    """Signs of delay strong enough to stand before a refusal or a change."""
    return (
        r.word(
            "şimdilik",
            "henüz",
            "birazdan",
            "acele",
            "bekleyin",
            "bekletin",
            "bekleyelim",
            "bekletelim",
            "vekaleten",
        )
        or r.pair(("approval.*",), ("need+*", "submitP*", "wait*", "takeP+nec", "becomeP*"), 3)
        or r.first("approve+fut*", "p.defer")
        or (
            r.pair(
                ("approval.dat", "view.dat", "approval.dat"),
                ("p.closing", "submit*", "submitP*", "passed"),
                3,
            )
        )
        or (
            r.first(
                "see+fut*",
                "see+aor1",
                "say+fut*",
                "giveP+fut*",
                "judgeP+fut*",
                "sayP+fut*",
                "seeP+fut*",
                "askP+imp3",
                "ask+optp",
                "ask+fut*",
                "ask+ip",
                "see-able*",
                "submitP+fact3",
                "submit+fut*",
                "meet+optp",
                "meet+imp2",
                "meet+aor1",
            )
        )
    )


def _acknowledged(r: _Reply) -> Token | None:
    return r.first(
        "p.none",
        "p.thanks",
        "p.praise",
        "p.wish",
        "p.greeting",
        "p.closing",
        "p.errand",
        "good.*",
        "p.device",
    )


def _signature(r: _Reply) -> Token | None:
    only = all(t.has("cap*", "name*", "doctor", "title.*", "office.*", "phone", "url") for t in r.words)
    return r.words[0] if r.words and only and r.first("title.*", "doctor") else None


def _undecided(r: _Reply) -> Token | None:
    return r.first("p.unclear")


_SIGNS = (
    (Decision.NONE, "otomatik yanıt", _automatic),
    (Decision.UNCLEAR, "iki seçenek birden", _both),
    (Decision.UNCLEAR, "çelişkili ya da yarım", _contradicted),
    (Decision.UNCLEAR, "birden çok metin", weighing.several_items),
    (Decision.UNCLEAR, "metinlerden biri", weighing.one_of_two),
    (Decision.UNCLEAR, "alay olabilir", weighing.irony),
    (Decision.REVISE, "koşul", weighing.strict_condition),
    (Decision.REVISE, "kendi sözü", weighing.such_and_such),
    (Decision.REVISE, "değişikliğe bağlı", weighing.until_changed),
    (Decision.REVISE, "bir parçası için istek", weighing.change_of_part),
    (Decision.REVISE, "gerekli bulunan değişiklik", weighing.necessity),
    (Decision.REVISE, "soru biçiminde istek", _polite_order),
    (Decision.DEFER, "başkasına aktarma", _polite_handover),
    (
        Decision.NONE,
        "konuyla ilgisiz söz",
        lambda r: _unrelated(r) if r.word("araç", "izin", "tahsisiniz", "satın") else None,
    ),
    (Decision.QUESTION, "soru", _asked),
    (Decision.QUESTION, "dolaylı soru", weighing.indirect_question),
    (Decision.NONE, "konuyla ilgisiz söz", _meeting),
    (Decision.REJECT, "ret", weighing.plain_refusal),
    (Decision.DEFER, "başkasına bırakma", weighing.third_decides),
    (Decision.DEFER, "sonra bakma", weighing.own_look),
    (Decision.NONE, "görüldü bilgisi", _noted),
    (Decision.REVISE, "eksik bulma", _lacking),
    (Decision.UNCLEAR, "kesin olmayan söz", _hedged),
    (Decision.UNCLEAR, "birden çok metinden biri", _split),
    (Decision.UNCLEAR, "kararı başkasına bırakma", _whatever),
    (Decision.UNCLEAR, "karar bildirmeyen söz", _past),
    (Decision.DEFER, "başkasının onayına bağlı", _others_approval),
    (Decision.DEFER, "yetki ya da uygun zaman yok", _no_power),
    (Decision.REVISE, "değişiklik isteği", _change_ordered),
    (Decision.DEFER, "süren inceleme", _under_way),
    (Decision.REVISE, "yalnız web", _web_instead),
    (Decision.DEFER, "bekletme", _awaited),
    (Decision.REJECT, "ret", _plainly_refused),
    (Decision.REVISE, "değişiklik isteği", _changed),
    (Decision.REVISE, "bilinmeyen bir istek", _unknown_order),
    (Decision.REVISE, "koşul", lambda r: _conditional(r) if _fine(r) else None),
    (Decision.REJECT, "ret", _refused),
    (Decision.UNCLEAR, "karar bildirmeyen söz", _undecided),
    (Decision.DEFER, "erteleme ya da aktarma", _delayed),
    (Decision.NONE, "imza", _signature),
    (Decision.NONE, "nezaket ya da bilgi sözü", _acknowledged),
    (Decision.NONE, "konuyla ilgisiz söz", _unrelated),
)
