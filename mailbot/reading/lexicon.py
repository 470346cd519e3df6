"""The words that the unit knows: `rules/lexicon.toml` as a value.

The grammar (`clauses.py`) speaks of classes of words, the lexicon says which words they are. Staff add
words, never classes: an unknown class is a mistake, since no rule would read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mailbot.reading.morphology import Stems
from mailbot.reading.turkish import bare, fold, typed_for

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
    }
)  # fmt: skip
NOUN_CLASSES = frozenset(
    {
        "ok", "okay", "approval", "item", "part", "press", "social", "office", "chief", "makam",
        "title", "sakinca", "fault", "change-noun", "thing", "view", "form", "side", "remark",
        "time", "topic", "necessity", "memo", "check", "event", "paper", "holder", "good", "busy", "inner",
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
    }
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
    _memory: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def tags(self, word: str) -> frozenset[str]:
        """Every tag of a folded word, apostrophes left out; empty where the word is unknown."""
        found = self._memory.get(word)
        if found is None:
            if len(word) > _LONGEST_WORD:
                return frozenset()
            own = {tag for spelled, tag in self.words.get(bare(word), ()) if typed_for(word, spelled)}
            found = self.stems.readings(word) | own
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

    def is_dangerous(self, word: str) -> bool:
        """Whether an unknown folded word begins like one that may change a decision."""
        return bare(word).startswith(self.danger)


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
    lexicon = Lexicon(
        checked,
        first_names=frozenset(map(bare, checked["names"]["first"])),
        danger=tuple(map(bare, checked["danger"]["beginnings"])),
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
