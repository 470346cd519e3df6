"""A reply as words with their tags, phrases joined, names and figures recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailbot.reading.lexicon import Lexicon
from mailbot.reading.turkish import bare, fold
from mailbot.reading.typos import one_slip

MAX_TOKENS = 400
"""A longer reply is cut: nobody approves in more words, and reading stays bounded."""

_TOKEN = re.compile(
    r"(?P<nl>\n\s{0,400})"
    r"|(?P<url>(?:https?://|www\.)[^\s<>]{1,300}|[\w.+-]{1,64}@[\w.-]{1,190})"
    r"|(?P<phone>\+?0?\(?[2-5]\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d))"
    r"|(?P<date>\d{1,2}[./]\d{1,2}[./](?:20)?\d{2}(?!\d))"
    r"|(?P<clock>\d{1,2}[.:]\d{2}(?![\d.:]\d)(?:['’](?:[dt][ae]n?|y?[aeıiuü]))?|\d{1,2}['’](?:[dt][ae](?:n|ki)?|y?[ae]))"
    r"|(?P<ord>\d{1,3}\.(?=[ \t]*[^\W\d_]))"
    r"|(?P<num>\d{1,40})"
    r"|(?P<word>(?:[eE]-)?[^\W\d_]{1,60}(?:['’‘`´][^\W\d_]{1,20}){0,2})"
    r"|(?P<qmark>\?)"
    r"|(?P<dots>\.{2,}|…)"
    r"|(?P<emoji>[:;]-?[)D](?!\w))"
    r"|(?P<sep>[.!;:]{1,40})"
    r"|(?P<comma>,)"
    r"|(?P<slash>[/|\\])"
    r"|(?P<dash>[-–—*•·]{1,80})"
    r"|(?P<quote>[\"'’‘“”«»]{1,10})"
    r"|(?P<paren>[()\[\]])"
    r"|(?P<sym>[^\s\w])"
    r"|(?P<other>\S)"
)
_DOUBTFUL = frozenset("👎❌🚫⛔😡🤬🤔🙄😒😏🤨❓❔⁉❗✋🛑⚠🤷😤😠😬🤐🙃👀")
"""Pictures that say no, wait or something else than they say."""
_SMILES = frozenset("👍👌🙏✅✔☑😊🙂😀😃😄👏🌹💐🌸🌺❤💯🤝🎉😉☺🫶🥰💪🇹🇷🏻🏼🏽🏾🏿\ufe0f\u200d")
_RUN = re.compile(r"([^\W\d_])\1{2,}$")
_APOSTROPHE = re.compile("['’‘`´]")
_NAME_CASES = {
    "gen": ("ın", "in", "un", "ün", "nın", "nin", "nun", "nün"),
    "dat": ("a", "e", "ya", "ye", "na", "ne"),
    "acc": ("ı", "i", "u", "ü", "yı", "yi", "yu", "yü", "nı", "ni"),
    "ins": ("la", "le", "yla", "yle"),
}
_CASE_OF = {ending: case for case, endings in _NAME_CASES.items() for ending in endings}


@dataclass(frozen=True, slots=True)
class Token:
    """One word, phrase or sign: how it was written, folded, and what it may be."""

    written: str
    word: str
    tags: frozenset[str]

    @property
    def unknown(self) -> bool:
        return "unknown" in self.tags

    def has(self, *tags: str) -> bool:
        """Whether one of the tags is one of `tags`, or begins like one that ends in `*`."""
        return has_any(self.tags, tags)


@lru_cache(maxsize=100_000)
def has_any(own: frozenset[str], tags: tuple[str, ...]) -> bool:
    """Whether one of `own` is one of `tags`, or begins like one that ends in `*`.

    Remembered: rules ask the same few hundred questions of words with the same few hundred sets of tags.
    """
    return any(
        tag in own if not tag.endswith("*") else any(o.startswith(tag[:-1]) for o in own) for tag in tags
    )


END = Token("", "", frozenset({"end"}))
CUT = "cut"
"""Stands for whatever follows the last token that is read; no rule expects it."""
_KINDS = {kind: frozenset({kind}) for kind in (*_TOKEN.groupindex, CUT)}
_EMOJI = frozenset({"emoji"})
_BEFORE_SURNAME = frozenset({"name", "doctor"})
_NO_SURNAME = frozenset(
    {"but", "untidy", "choice", "not", "no", "ask", "which", "hedge",
     "after", "earlier", "turn", "passed", "or"}
)  # fmt: skip
_OTHER = frozenset({"other", "unknown"})
_UNKNOWN = frozenset({"unknown"})
_INITIAL = frozenset({"unknown", "initial"})


def _is_smile(sign: str) -> bool:
    """Whether a sign is a picture that adds nothing to the words beside it."""
    if sign in _SMILES:
        return True
    code = ord(sign[0])
    return (0x1F300 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF) and sign not in _DOUBTFUL


def raw_tokens(text: str) -> list[tuple[str, str]]:
    """(kind, written) of every piece of `text`, at most MAX_TOKENS."""
    text = unicodedata.normalize("NFKC", text[:20_000]).replace("\r\n", "\n").replace("\r", "\n")
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(text):
        if len(found) == MAX_TOKENS:
            found.append((CUT, ""))
            break
        found.append((match.lastgroup or "other", match[0]))
    return found


def tokens_of(text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens of `text`, ended by END."""
    raw = _rejoined(raw_tokens(text), lexicon)
    return tagged(raw, [_folded(kind, written) for kind, written in raw], lexicon)


_TORN = re.compile("(?:d[ıiuü]r|t[ıiuü]r|l[ıi]yoru[mz]|lad[ıi][mk]|land[ıi]|lanm[ıi][sş]t[ıi]r)")
"""Endings that are no words of their own, as a phone's keyboard tears them off."""


def _rejoined(raw: list[tuple[str, str]], lexicon: Lexicon) -> list[tuple[str, str]]:
    """The pieces with an ending put back to the word of approval that it was torn from: "uygun dur"."""
    if not any(kind == "word" and _TORN.fullmatch(fold(written)) for kind, written in raw):
        return raw
    out: list[tuple[str, str]] = []
    for kind, written in raw:
        if kind == "word" and out and out[-1][0] == "word" and _TORN.fullmatch(fold(written)):
            whole = fold(out[-1][1] + written)
            known = has_any(lexicon.tags(fold(out[-1][1])), ("assent", "ok.nom")) and bool(
                lexicon.tags(whole)
            )
            if known and not (
                "u" in fold(written)[:2] and "u" not in whole[:-3]
            ):  # "onay, dur!" is no onaydır
                out[-1] = (kind, out[-1][1] + written)
                continue
        out.append((kind, written))
    return out


def _folded(kind: str, written: str) -> str:
    if kind != "word":
        return written
    folded = _RUN.sub(r"\1", fold(written))
    return _APOSTROPHE.sub("", folded).replace("-", "")


def folded_words(raw: Sequence[tuple[str, str]]) -> list[str]:
    """The folded spelling of each raw token; signs as they are."""
    return [_folded(kind, written) for kind, written in raw]


def tagged(raw: Sequence[tuple[str, str]], words: Sequence[str], lexicon: Lexicon) -> list[Token]:
    """Tokens of raw pieces whose folded spelling is `words` (which may differ where a typo was undone)."""
    found: list[Token] = []
    at = 0
    while at < len(raw):
        kind, written = raw[at]
        if kind in ("word", "num"):
            length, tags = lexicon.phrases_at(words, at)
            if length > 1:
                found.append(
                    Token(
                        " ".join(w for _, w in raw[at : at + length]), " ".join(words[at : at + length]), tags
                    )
                )
                at += length
                continue
            if kind == "word":
                own = _word_tags(written, words[at], lexicon)
                if (
                    found
                    and written[:1].isupper()
                    and found[-1].tags <= _BEFORE_SURNAME
                    and not own & {"unknown"}
                ):
                    own = own | _surname(words[at], own, lexicon)
                found.append(Token(written, words[at], tags if tags and "unknown" in own else tags | own))
            else:
                found.append(Token(written, written, _KINDS["num"]))
        elif kind == "sep" and written == "." and found and found[-1].word == "sn":
            pass  # "Sn." is one word
        elif kind == "sym":
            found.append(Token(written, written, _EMOJI if _is_smile(written) else _KINDS["sym"]))
        else:
            found.append(Token(written, words[at], _KINDS[kind]))
        at += 1
    found.append(END)
    return _prayed(_surnamed(found), lexicon)


_SURNAME = frozenset({"name"})
_ALSO_SURNAMES = ("assent", "ok.nom", "okay.nom", "yes", "p.approve", "approval.nom")


def _surnamed(tokens: list[Token]) -> list[Token]:
    """The tokens with a word of approval as a surname where a line below is a name: "Ayşe Uygun"."""
    for at in range(2, len(tokens) - 1):
        word, start = tokens[at], at - 1
        if tokens[start].has("nl") and start > 1 and tokens[start - 1].has("name*"):
            start -= 1  # the line was broken inside the name
        if not (word.written[:1].isupper() and word.has(*_ALSO_SURNAMES)):
            continue
        while start > 0 and (tokens[start].has("name*", "cap*", "doctor") or tokens[start].word == "."):
            start -= 1
        named = any(token.has("name*") for token in tokens[start + 1 : at])
        if (
            named
            and tokens[start].has("nl")
            and tokens[at + 1].has("nl", "comma", "end", "sep", "dots", "emoji")
        ):
            tokens[at] = Token(word.written, word.word, _SURNAME)
    return tokens


_NOT_PRAYED = (
    "publish*", "change*", "change-noun.*", "item.*", "part.*", "press.*", "social.*", "approve*",
    "ok.*", "okay.*", "approval.*", "send*", "pass*", "go+*", "go-*", "but", "time.*", "clock", "date",
    "num", "sakinca.*", "fault.*", "untidy", "choice", "yes", "assent", "ask", "which", "hedge", "not",
    "no", "judge*", "see*", "wait*", "sep", "comma", "nl", "end", "qmark",
)  # fmt: skip
_WISHED = ("sin", "sın", "sun", "sün")
_CURSED = ("kahr", "bela", "ceza", "canin")
_LONGEST_PRAYER = 9


def _curses(word: str) -> bool:
    """Whether a bare word begins like a curse, but for one slip."""
    return any(other.startswith(_CURSED) for length in (4, 5, 6) for other in one_slip(word[:length]))


def _prayed(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with each prayer as one wish: from God's name to the verb, none of it about the text."""
    if not any(token.has("god") for token in tokens):
        return tokens
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _end_of_prayer(tokens, at, lexicon) if tokens[at].has("god") else at
        if end > at:
            prayer = tokens[at : end + 1]
            out.append(
                Token(
                    " ".join(t.written for t in prayer),
                    " ".join(t.word for t in prayer),
                    frozenset({"p.wish"}),
                )
            )
        else:
            out.append(tokens[at])
        at = end + 1
    return out


def _end_of_prayer(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> int:
    """The place of the verb that ends the prayer begun at `start`; `start` itself where there is none."""
    for place in range(start + 1, min(start + _LONGEST_PRAYER, len(tokens))):
        word = bare(tokens[place].word)
        if tokens[place].has(*_NOT_PRAYED) or word.startswith(_CURSED):
            return start
        if tokens[place].unknown and (lexicon.near_danger(word) or _curses(word)):
            return start
        if bare(tokens[place].word).endswith(tuple(map(bare, _WISHED))):
            return place
    return start


def _surname(word: str, own: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    """A known word behind a first name may be a surname, unless it could change a decision: Bora Deneme."""
    told = any(tag in _NO_SURNAME or tag.startswith(("time.", "part.", "social.")) for tag in own)
    return frozenset() if told or lexicon.is_dangerous(word) else frozenset({"name"})


def _word_tags(written: str, word: str, lexicon: Lexicon) -> frozenset[str]:
    tags = lexicon.tags(word)
    stem, _, ending = _APOSTROPHE.sub("'", written).partition("'")
    case = "" if not ending else "." + _CASE_OF.get(fold(ending), "other")
    folded = fold(stem)
    capital = written[:1].isupper()
    if lexicon.is_name(folded) and (capital or not tags):
        return tags | {"name" + case}
    if tags:
        return tags
    if capital and len(folded) > 1 and not lexicon.is_dangerous(folded):
        return frozenset({"cap" + case, "other", "unknown"})
    if capital and len(folded) == 1:
        return _INITIAL
    return _OTHER if len(word) > 2 and not lexicon.is_dangerous(word) else _UNKNOWN
