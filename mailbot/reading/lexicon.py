"""The words that the unit knows: `rules/lexicon.toml` as a value.

The grammar (`clauses.py`) speaks of classes of words, the lexicon says which words they are. Staff add
words, never classes: an unknown class is a mistake, since no rule would read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mailbot.reading.morphology import Stems
from mailbot.reading.turkish import bare, fold, typed_for
from mailbot.reading.typos import one_slip

PHRASE_CLASSES = frozenset(
    {
        "approve", "revise", "reject", "defer", "none", "unclear", "greeting", "thanks", "praise",
        "wish", "closing", "errand", "device", "hearsay", "automatic",
    }
)  # fmt: skip
VERB_CLASSES = frozenset(
    {
        "approve", "publish", "send", "pass", "settle", "go", "attend", "do", "become", "make", "take",
        "give", "judge", "find", "see", "start", "submit", "say", "wait", "stay", "meet", "call", "return",
        "forget", "bring", "have", "withdraw", "ask", "change", "need", "ensure",
        "act", "fit", "show", "hold",
    }
)  # fmt: skip
NOUN_CLASSES = frozenset(
    {
        "ok", "okay", "approval", "item", "part", "press", "social", "office", "chief", "makam",
        "title", "sakinca", "fault", "change-noun", "thing", "view", "form", "side", "remark",
        "time", "topic", "necessity", "memo", "check", "event", "paper", "holder", "good", "busy", "inner",
        "kin", "post",
    }
)  # fmt: skip
_ADJECTIVES = frozenset({"ok", "okay"})
WORD_CLASSES = frozenset(
    {
        "yes", "assent", "sure", "this", "and", "by", "for", "self", "any", "no", "exists", "not",
        "honour", "sir", "doctor", "people", "very", "also", "ask", "which", "hedge", "but",
        "untidy", "choice", "passed", "please", "signmark", "occasion", "sirto",
        "it", "label", "every", "letter", "away", "ondate", "dear",
        "or", "new", "firm", "spoken", "god", "earlier", "turn", "after", "high", "now",
        "apt", "manner", "dated", "they", "amounting", "instead", "untouched", "undone",
        "again",
    }
)  # fmt: skip
_SHORT = 3
_WEIGHTY = (
    "time.", "part.", "but", "not", "change+imp", "hedge", "choice", "which", "ask", "untidy",
    "item.",
)  # fmt: skip
"""What a short word must not be one slip away from."""
_RISKY, _LONGEST_RISKY = 5, 14
"""Letters of the beginnings that an unknown word is compared with."""
_RISKY_VERBS = ("change", "publish", "approve", "withdraw", "wait")
_RISKY_NOUNS = ("part", "change-noun", "fault", "sakinca", "approval", "ok", "time", "form")
_RISKY_WORDS = ("but", "hedge", "choice", "not", "untidy", "after", "by")
_RISKY_TEXT = (
    "haber", "metin", "metni", "bülten", "açıklama", "duyuru", "içerik", "yayın", "yayım", "taslak",
    "tarafından",
)  # fmt: skip
_LONGEST_WORD = 40
_MEMORY = 50_000
"""Words whose tags are remembered; beyond it they are worked out anew."""


@dataclass(slots=True)
class Lexicon:
    """Known phrases, verbs, nouns and words by class, as `lexicon_from` builds them."""

    data: Mapping[str, Mapping[str, Sequence[str]]]
    """What it was built from."""
    stems: Stems = field(default_factory=Stems, repr=False)
    words: dict[str, list[tuple[str, str]]] = field(default_factory=dict, repr=False)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict, repr=False)
    parts: set[str] = field(default_factory=set, repr=False)
    """The bare words that phrases are made of."""
    near: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Known words one slip away, remembered by whoever looks for them."""
    first_names: frozenset[str] = frozenset()
    danger: tuple[str, ...] = ()
    _long_danger: tuple[str, ...] = ()
    _short_danger: tuple[str, ...] = ()
    _glued: tuple[str, ...] = ()
    """Words of condition that a missing space may have put behind another."""
    _risky: set[str] = field(default_factory=set, repr=False)
    """Beginnings of words that may change a decision, whole and with one letter less."""
    _memory: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def tags(self, word: str) -> frozenset[str]:
        """Every tag of a folded word, apostrophes left out; empty where the word is unknown."""
        found = self._memory.get(word)
        if found is None:
            if len(word) > _LONGEST_WORD:
                return frozenset()
            own = {tag for spelled, tag in self.words.get(bare(word), ()) if typed_for(word, spelled)}
            found = _ordered_first(self.stems.readings(word)) | own
            if len(self._memory) < _MEMORY:
                self._memory[word] = found
        return found

    def phrases_at(self, words: Sequence[str], start: int) -> tuple[int, frozenset[str]]:
        """How many words from `start` the longest known phrase takes (0: no phrase), and its tags."""
        best, tags = 0, set[str]()
        for spelled, tag in self.phrases.get(bare(words[start]), ()):
            length = len(spelled)
            if length < best or len(words) - start < length:
                continue
            if all(map(typed_for, words[start : start + length], spelled)):
                if length > best:
                    best, tags = length, set()
                tags.add(tag)
        return best, frozenset(tags)

    def knows(self, word: str) -> bool:
        """Whether a folded word is known by itself or as a part of a phrase."""
        return bare(word) in self.parts or bool(
            (self.words.get(bare(word)) and self.tags(word)) or self.stems.readings(word)
        )

    def is_name(self, word: str) -> bool:
        """Whether a folded word is a known first name."""
        return bare(word) in self.first_names

    def near_danger(self, word: str) -> bool:
        """Whether a bare unknown word begins, perhaps with one slip, like one that may change a decision."""
        if self.is_dangerous(word) or word.endswith(self._glued):
            return True
        if not self._risky:
            self._risky.update(_one_letter_less(self._risky_stems()))
        if len(word) <= _RISKY and any(
            any(tag.startswith(_WEIGHTY) for tag in self.tags(other)) for other in one_slip(word)
        ):
            return True
        for length in range(_RISKY, min(len(word), _LONGEST_RISKY) + 1):
            begin = word[:length]
            if begin in self._risky or any(
                begin[:at] + begin[at + 1 :] in self._risky for at in range(length)
            ):
                return True
        return False

    def _risky_stems(self) -> set[str]:
        stems = {verb[:-3] for tag in _RISKY_VERBS for verb in self.data["verbs"][tag]}
        stems |= {noun.partition("/")[0] for tag in _RISKY_NOUNS for noun in self.data["nouns"][tag]}
        stems |= {word for tag in _RISKY_WORDS for word in self.data["words"][tag]}
        return {bare(stem) for stem in (*stems, *_RISKY_TEXT)}

    def is_dangerous(self, word: str) -> bool:
        """Whether an unknown folded word begins like one that may change a decision.

        A beginning of two or three letters counts only with a whole ending behind it: ad, adı, not adres.
        """
        word = bare(word)
        return word.startswith(self._long_danger) or any(
            word.startswith(short) and self.stems.is_ending(word[len(short) :])
            for short in self._short_danger
        )


_SECTIONS: Mapping[str, frozenset[str]] = {
    "phrases": PHRASE_CLASSES,
    "verbs": VERB_CLASSES,
    "nouns": NOUN_CLASSES,
    "words": WORD_CLASSES,
    "names": frozenset({"first"}),
    "danger": frozenset({"beginnings"}),
}


def lexicon_from(data: Mapping[str, object]) -> Lexicon:
    """The lexicon of a parsed `rules/lexicon.toml`.

    Raises ValueError with every mistake, one a line, each with the place it stands at.
    """
    mistakes = _mistakes(data)
    if mistakes:
        raise ValueError("\n".join(mistakes))
    checked: Mapping[str, Mapping[str, Sequence[str]]] = data  # type: ignore[assignment]
    danger = tuple(map(bare, checked["danger"]["beginnings"]))
    lexicon = Lexicon(
        checked,
        first_names=frozenset(map(bare, checked["names"]["first"])),
        danger=danger,
        _long_danger=tuple(begin for begin in danger if len(begin) > _SHORT),
        _glued=tuple(bare(word) for word in checked["words"]["but"] if len(word) > _RISKY),
        _short_danger=tuple(begin for begin in danger if len(begin) <= _SHORT),
    )
    for tag, verbs in checked["verbs"].items():
        for verb in verbs:
            lexicon.stems.add_verb(verb, tag)
    for tag, nouns in checked["nouns"].items():
        for noun in nouns:
            if tag in _ADJECTIVES:
                lexicon.stems.add_adjective(noun, tag)
            else:
                lexicon.stems.add_noun(noun, tag)
    for tag, words in checked["words"].items():
        for word in words:
            lexicon.words.setdefault(bare(word), []).append((word, tag))
    for tag, phrases in checked["phrases"].items():
        for phrase in phrases:
            spelled = tuple(part.replace("'", "") for part in phrase.split())
            lexicon.parts.update(map(bare, spelled))
            lexicon.phrases.setdefault(bare(spelled[0]), []).append((spelled, "p." + tag))
    return lexicon


_ORDERS = ("send+imp2", "give+imp2", "sendP+imp2")


def _ordered_first(tags: frozenset[str]) -> frozenset[str]:
    """Without the noun where an order reads alike: "gönderin", "verin" are no genitives."""
    if not any(order in tags for order in _ORDERS):
        return tags
    return frozenset(tag for tag in tags if not tag.startswith(("item.", "part.")))


def _one_letter_less(stems: set[str]) -> set[str]:
    """The stems of at least `_RISKY` letters, each whole and with every one letter left out."""
    long = {stem for stem in stems if len(stem) >= _RISKY}
    return long | {stem[:at] + stem[at + 1 :] for stem in long for at in range(len(stem))}


def _mistakes(data: Mapping[str, object]) -> list[str]:
    found = [f"[{name}]: böyle bir bölüm yok" for name in data if name not in _SECTIONS]
    for name, classes in _SECTIONS.items():
        section = data.get(name)
        if not isinstance(section, Mapping):
            found.append(f"[{name}]: bölüm eksik")
            continue
        found += [f"[{name}] {key}: böyle bir sınıf yok" for key in section if key not in classes]
        found += [f"[{name}] {key}: sınıf eksik" for key in sorted(classes) if key not in section]
        for key, values in section.items():
            if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
                found.append(f"[{name}] {key}: sözlerden oluşan bir liste olmalı")
                continue
            found += [f"[{name}] {key}: {value!r} {why}" for value in values if (why := _wrong(name, value))]
    return found


def _wrong(section: str, value: str) -> str:
    if not value.strip() or value != value.strip():
        return "boş ya da başında, sonunda boşluk var"
    if fold(value) != value:
        return "küçük harfle yazılmalı"
    if section != "phrases" and " " in value:
        return "tek sözcük olmalı"
    if section == "verbs" and not (value.endswith(("mak", "mek")) and len(value) > 4):
        return "sözlük biçimiyle (-mak, -mek) yazılmalı"
    return ""
