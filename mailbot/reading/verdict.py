"""What a reply decides. An approval is proved, everything else is read from its own signs.

`decide` reads the new words. First the whole reply is held against the closed grammar of approvals
(`clauses.py`); where that fails, the signs of the other six classes are weighed (`evidence.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from mailbot.core.decision import Clue, Decision, Verdict
from mailbot.reading.clauses import approval
from mailbot.reading.clausewords import verb_forms
from mailbot.reading.doubts import doubt
from mailbot.reading.evidence import weigh
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.reach import beyond, cut_off
from mailbot.reading.reduction import reduced
from mailbot.reading.tokens import END, Token, folded_words, raw_tokens, tagged, tokens_of
from mailbot.reading.turkish import bare, fold
from mailbot.reading.typos import MOST, neighbours, one_slip_apart

_QUOTED_LINE = re.compile(r"^[ \t]{0,8}>.*$", re.MULTILINE)
_MARKED = re.compile(
    r"^[ \t]{0,8}[-_]{3,20}[ \t]{0,4}(?:özgün ileti|original message|iletilen ileti|iletilmiş mesaj|"
    r"forwarded message)[ \t]{0,4}[-_]{3,20}[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_LABEL = (
    r"[ \t]{0,8}\*{0,2}"
    r"(?:kimden|gönderen|gönderildi|gönderilme tarihi|tarih|kime|konu|from|sent|date|to|subject)"
)
_HEADER = re.compile(
    rf"^{_LABEL}[ \t]*:.{{0,300}}\n{_LABEL}[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"^(?=[^\n]{0,300}(?:@|\d{1,2}[.:]\d{2}|\b20\d\d\b))[^\n]{0,300}(?:yazdı|yazmış|wrote):[ \t]*$"
    r"|^[^\n]{0,300}(?:yazdı|yazmış|wrote):?[ \t]*\n(?:[ \t]*\n){0,3}[ \t]{0,8}>",
    re.MULTILINE | re.IGNORECASE,
)
_MOST_SLIPS = 3
_SHORTEST = 4
"""Letters of a word that a slip may be undone to; a shorter one still speaks against another."""
_LONGEST = 6_000
"""Characters read; a longer text is never an approval."""
_PIECE = 1_500
"""Characters of a signature or disclaimer that are weighed at once."""


def decide(text: str, lexicon: Lexicon, aside: str = "", subject: str = "") -> Verdict:
    """The decision of a reply's new words.

    `aside` is what was cut off as signature or disclaimer: it may veto an approval, never make one.
    `subject` is what the sender added to the request's subject (`subject_words`); it counts where
    `text` is empty, and otherwise only against an approval. Total: any text gives a verdict.
    """
    fresh = _without_history(text)
    if not fresh.strip() and subject.strip():
        fresh, subject = subject, ""
    verdict = _read(fresh, lexicon)
    if verdict.decision is not Decision.APPROVE:
        return verdict
    if len(text) > _LONGEST:
        return Verdict(Decision.UNCLEAR, (Clue(text[:60], "bir onay için çok uzun"),))
    if (limit := beyond(text)) is not None:
        return limit
    for other, where in ((aside, "imzanın altında"), (subject, "konu satırında")):
        veto = _veto(other, lexicon) if other.strip() else None
        if veto is not None:
            return Verdict(
                veto.decision, tuple(Clue(c.words, f"{where} {c.meaning}") for c in veto.why) + verdict.why
            )
    return cut_off(aside) or verdict


def subject_words(subject: str, asked_subject: str) -> str:
    """The words that the sender put before or behind the request's own subject; "" where there are none.

    "ONAY - Ynt: [DNZ-HBR-2026-0147] Onay: Diyabet haberi" gives "ONAY". Words of the asked subject
    never count, and where it cannot be found whole nothing does.
    """
    plain, asked = fold(subject), _PREFIX.sub("", fold(asked_subject)).strip()
    if not asked or plain.count(asked) != 1:
        return ""
    at = plain.index(asked)
    before, behind = plain[:at].strip(), plain[at + len(asked) :].strip()
    while (found := _LAST_PREFIX.search(before)) is not None:
        before = before[: found.start()].strip()
    return " ".join(part.strip(" -–—:|/") for part in (_PREFIX.sub("", before), behind)).strip()


_PREFIXES = r"(?:ynt|cvp|yan|ilt|re|fw|fwd|aw|sv|yanıt|yanit)"
_PREFIX = re.compile(rf"^(?:{_PREFIXES}[ \t]*(?:\[\d+\])?[ \t]*:[ \t]*){{1,20}}")
_LAST_PREFIX = re.compile(rf"(?:^|[ \t-]){_PREFIXES}[ \t]*(?:\[\d+\])?[ \t]*:$")


def safe_addition(
    lexicon: Lexicon, phrase: str, decision: Decision, known: Sequence[tuple[str, Decision]]
) -> str | None:
    """Whether staff may add `phrase` under `decision`: None if they may, else a Turkish sentence why not.

    Every known reply is read again with the phrase; it is refused where a reply that is no approval
    would become one, and where an approval would be lost.
    """
    folded = " ".join(fold(phrase).split()).strip(" .,;:!")
    if decision is Decision.QUESTION:
        return "Soru olarak söz eklenemez; sorular kendiliğinden tanınır."
    data = {name: dict(section) for name, section in lexicon.data.items()}
    phrases = data["phrases"]
    phrases[decision.value] = [*phrases[decision.value], folded]
    try:
        grown = lexicon_from(data)
    except ValueError as error:
        return f"Söz eklenemedi: {error}"
    if decision is not Decision.APPROVE and decide(folded, lexicon).decision is Decision.APPROVE:
        return f"“{folded}” zaten onay olarak okunuyor."
    if decision is Decision.APPROVE and _veto(folded, lexicon) is not None:
        return f"“{folded}” onay değil, “{decide(folded, lexicon).decision.value}” olarak okunuyor."
    if decision is Decision.APPROVE:
        if not _says_something(folded, lexicon):
            return f"“{folded}” tek başına bir karar bildirmiyor; kararı söyleyen sözlerle birlikte yazınız."
        for frame in _FRAMES:
            text = frame.format(folded)
            if decide(text, grown).decision is Decision.APPROVE:
                return f"Eklenirse onay olmayan şu yanıt onay sayılırdı: “{text}”"
    added = {bare(word.replace("'", "")) for word in folded.split()}
    for text, expected in known:
        if not _touched(text, added):
            continue
        is_approval = decide(text, grown).decision is Decision.APPROVE
        if is_approval and expected is not Decision.APPROVE:
            return f"Eklenirse onay olmayan şu yanıt onay sayılırdı: “{text}”"
        if (
            not is_approval
            and expected is Decision.APPROVE
            and decide(text, lexicon).decision is Decision.APPROVE
        ):
            return f"Eklenirse şu onay artık anlaşılmazdı: “{text}”"
    return None


def _touched(text: str, added: set[str]) -> bool:
    """Whether a reply may read otherwise with these bare words in a phrase: it has one, or a slip of one."""
    return any(
        word in added or any(one_slip_apart(word, other) for other in added)
        for word in map(bare, folded_words(raw_tokens(text)))
    )


_FRAMES = (
    "{} ama başlığı değiştirin", "{} değil", "{} mi?", "yarın {}", "{} sanırım", "vali bey görsün {}",
    "{}, ikinci fotoğrafı çıkarın", "{} denemez",
)  # fmt: skip
"""What no phrase of approval may turn into an approval."""


def _says_something(phrase: str, lexicon: Lexicon) -> bool:
    """Whether a phrase holds more than known words that approve nothing: a new word, a verb, praise.

    "fotoğrafı" or "toplantıdan" would else be an approval wherever they stand.
    """
    words = [token for token in tokens_of(phrase, lexicon) if token is not END]
    return any(
        t.unknown or t.has("good.*", "p.*", *_SLIPPABLE) or verb_forms(t.tags) for t in words
    ) and not (len(words) == 1 and not words[0].unknown and not words[0].has("good.*", "p.*"))


def _without_history(text: str) -> str:
    """`text` without quoted lines and from a reply's header on, should any have been left in.

    A header is proved too: two labels, or a date or an address before "yazdı:". A sentence of the
    sender's own that ends in "yazdı" stays, and with it what stands below.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")[:20_000]
    for mark in (_MARKED, _HEADER, _ATTRIBUTION):
        found = mark.search(text)
        if found:
            text = text[: found.start()]
    return _QUOTED_LINE.sub("", text)


def _read(text: str, lexicon: Lexicon) -> Verdict:
    tokens = tokens_of(text, lexicon)
    read = tokens if _approves(tokens, lexicon) else _repaired(text, tokens, lexicon)
    if read is None:
        return weigh(text, tokens)
    return doubt(_spoken(read, lexicon)) or Verdict(Decision.APPROVE, _approval_clues(read))


def _spoken(tokens: Sequence[Token], lexicon: Lexicon) -> Sequence[Token]:
    """The tokens that doubts are raised from: all but those of earlier states that are over."""
    if approval().matches(t.tags for t in tokens):
        return tokens
    rest = reduced(tokens, lexicon)
    if rest is None or not any(t.has("settled", "soft") for t in rest):
        return tokens
    hidden = [t.written for t in rest if t.has("settled", "soft")]
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        for words in hidden:
            length = words.count(" ") + 1
            if " ".join(t.written for t in tokens[at : at + length]) == words:
                out.append(Token(words, bare(words), frozenset({"soft"})))
                at += length
                break
        else:
            out.append(tokens[at])
            at += 1
    return out


def _approves(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the grammar covers the tokens, capitalised unknown words being names or else slips."""
    named = [
        Token(t.written, t.word, _as_name(tokens, at)) if t.has("cap*") else t for at, t in enumerate(tokens)
    ]
    if not approval().matches(t.tags for t in named):
        rest = reduced(named, lexicon)
        if rest is None or not approval().matches(t.tags for t in rest):
            return False
        tokens = rest
    return not any(
        token.has("cap*", "other") and _near(_stem(token.written), lexicon)
        for token in tokens
        if token.unknown
    )


def _near(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The known words one slip away from `word`, remembered in the lexicon."""
    found = lexicon.near.get(word)
    if found is None:
        found = neighbours(word, lexicon.knows)
        if len(lexicon.near) < 5_000:
            lexicon.near[word] = found
    return found


def _stem(written: str) -> str:
    return fold(re.split("['’‘`´]", written)[0])


def _as_name(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The tags of a token, where a capitalised unknown word is a name by what stands beside it.

    A first name, a title or "Sayın" before it, "Bey" behind it: a capital letter alone proves nothing.
    """
    tags = tokens[at].tags
    if not tokens[at].has("cap*"):
        return tags
    before = at - 1
    while before > 0 and tokens[before].word == "." and tokens[before - 1].has("doctor"):
        before -= 1
    shouted = tokens[at].written.isupper()
    beside = before >= 0 and tokens[before].has("name*", "cap*", "doctor", *(() if shouted else ("honour",)))
    if not beside and not tokens[at + 1].has("sir"):
        return tags
    if before >= 0 and tokens[before].has("cap*") and "name" not in "".join(_as_name(tokens, before)):
        return tags
    return frozenset(tag.replace("cap", "name") for tag in tags)


def _repaired(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[Token] | None:
    """The tokens with slips undone, where every way to undo them is an approval."""
    slips = [
        token for token in tokens if token.unknown and token.word and bare(token.word) not in lexicon.parts
    ]
    if not 1 <= len(slips) <= _MOST_SLIPS:
        return None
    if not _could_approve(tokens, lexicon):
        return None
    if any(not (t.written.islower() or t.written.isupper() or t.written.istitle()) for t in slips):
        return None  # "Ali nOay" is a name
    if any(one.has("name*") and other in slips for one, other in pairwise(tokens)):
        return None  # so may be "Ayşe gygun"
    raw = raw_tokens(text)
    words = folded_words(raw)
    places = [
        at for at, (kind, _) in enumerate(raw) if kind == "word" and any(words[at] == t.word for t in slips)
    ]
    if any(other - one == 1 for one, other in pairwise(places)):
        return None  # one slip across the space: "yoks ayayınlayın"
    choices = [_near(words[at], lexicon) for at in places]
    if not all(1 <= len(choice) <= MOST for choice in choices):
        return None
    best: list[Token] | None = None
    for picked in product(*choices):
        other = list(words)
        for at, word in zip(places, picked, strict=True):
            other[at] = word
        read = tagged(raw, other, lexicon)
        approves = _approves(read, lexicon) and doubt(_spoken(read, lexicon)) is None
        if approves and all(_may_be_slipped(word, lexicon) for word in picked):
            best = best or read
        elif not all(_bland(word, lexicon) for word in picked) or any(t.has(*_TURNING) for t in read):
            return None
    return best


def _could_approve(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the unknown words are all that stands between the tokens and an approval."""
    if approval().matches(None if token.unknown else token.tags for token in tokens):
        return True
    rest = reduced(tokens, lexicon)
    return rest is not None and approval().matches(None if t.unknown else t.tags for t in rest)


_SLIPPABLE = (
    "ok.", "okay.", "yes", "assent", "approve", "approval.", "publish", "judge",
    "sakinca.", "no", "give", "send", "do", "become", "find", "p.",
    "exists", "attend", "go", "dear", "sir", "people", "check.", "see", "good.",
)  # fmt: skip


_TURNING = (
    "not", "judge-*", "judgeP-*", "find-*", "become-*", "do-*", "give-*", "approve-*", "publish-*",
    "publishP-*",
)  # fmt: skip
"""Beside one of these no neighbour is bland: "sakıncasız bulmuyorum" is no "sakınca bulmuyorum"."""


_SPOKEN_OF = ("item.", "part.", "topic.", "social.", "press.", "time.", "title.", "office.")


def _may_be_slipped(word: str, lexicon: Lexicon) -> bool:
    """Whether a slip of `word` may be undone: words that approve or greet, never what is spoken of."""
    tags = lexicon.tags(word)
    if len(word) < _SHORTEST:
        return False
    if any(tag.startswith(_SLIPPABLE) for tag in tags):
        return True
    return bare(word) in lexicon.parts and not any(tag.startswith(_SPOKEN_OF) for tag in tags)


def _bland(word: str, lexicon: Lexicon) -> bool:
    """Whether a neighbour that does not approve at least says nothing against it: uygundr may be uygundu."""
    tags = lexicon.tags(word)
    return bool(tags) and all(
        (tag.startswith(("ok.", "okay.", "remark.")) and not tag.endswith((".cond", ".q")))
        or tag in ("publish+an", "publishP+an", "approve+an", "approveP+an", "fit+an", "act+an")
        for tag in tags
    )


def _veto(text: str, lexicon: Lexicon) -> Verdict | None:
    """What a signature or subject says against an approval, if anything."""
    for line in text.splitlines()[:200]:
        words = [token for token in tokens_of(line, lexicon) if token is not END]
        if words and all(token.has("social.*") for token in words):
            return Verdict(Decision.REVISE, (Clue(line.strip(), "yalnız web"),))
    against = (Decision.REVISE, Decision.REJECT, Decision.DEFER, Decision.QUESTION)
    for piece in _pieces(text[: _LONGEST + 1]):
        tokens = tokens_of(piece, lexicon)
        if len(text) > _LONGEST or any(token.has("cut") for token in tokens):
            return Verdict(Decision.UNCLEAR, (Clue(piece[:60], "bir onay için çok uzun"),))
        verdict = weigh(piece, tokens)
        if verdict.decision in against:
            return verdict
    return None


def _pieces(text: str) -> Iterator[str]:
    """`text` in pieces of whole lines that are short enough to be read to their end."""
    piece = ""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > _PIECE:
            yield piece
            piece = ""
        piece += line
    yield piece


_KINDS_OF_WORD = (
    (
        "onay",
        (
            "yes",
            "assent",
            "ok.*",
            "approve*",
            "approval.*",
            "p.approve",
            "publish*",
            "sakinca.*",
            "send*",
            "go+*",
            "attend*",
            "judge*",
        ),
    ),
    ("nezaket sözü", ("p.*", "good.*", "people")),
    ("imza", ("name*", "doctor", "url", "phone")),
)


def _approval_clues(tokens: Sequence[Token]) -> tuple[Clue, ...]:
    return tuple(
        Clue(" ".join(t.written for t in clause), _meaning(clause)) for clause in _clauses(tokens) if clause
    ) or (Clue("", "onay"),)


def _meaning(clause: Sequence[Token]) -> str:
    for meaning, tags in _KINDS_OF_WORD:
        if any(token.has(*tags) for token in clause):
            return meaning
    return "onayı değiştirmeyen söz"


def _clauses(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if token is END or token.has("sep", "nl", "dots", "comma"):
            yield clause
            clause = []
        else:
            clause.append(token)
