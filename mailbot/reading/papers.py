"""Which text of a mail is the text: from its body, its documents, or a question to staff. Never a guess."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from mailbot.core.difference import Change, Kind, difference
from mailbot.core.document import FLOW, Examined, Found, Paper, Paragraph, Spot
from mailbot.core.item import Offer
from mailbot.core.opening import FileRole
from mailbot.reading.body import split_body
from mailbot.reading.forms import has_identity_number
from mailbot.reading.plain import headline, plain, tidy

BODY = "iletinin gövdesi"
"""What the mail's own text is called where staff have to choose."""

MOST = 60_000
"""Characters of a text that an item takes."""
_SHORT = 80
"""Characters below which a document is no text to be published."""
_UNSURE = 200
"""Of a file whose name does not say that it is the text."""
_MOST_OFFERS = 6
_MOST_NOTES = 30
_ALIKE = 0.5
_CHANGES = 8

_LETTERHEAD = re.compile(
    r"\W*(?:t\.?\s?c\.?|[\w\s.]{2,40}valiligi|[\w\s.]{2,60}(?:il\s)?saglik\smudurlugu|saglik\sbakanligi|basin\s(?:bulteni|aciklamasi|duyurusu|bildirisi)|haber\s(?:metni|bulteni)|bulten|basin\sve\siletisim\s\w+|sayi\s?:.{0,60}|tarih\s?:.{0,40}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}|[0-9]{1,2}\s[a-z]{3,8}\s20[0-9]{2})\W*"
)
_LABELLED = re.compile(r"\W{0,4}(?:haber\s)?(?:baslik|basligi|metin|metni)\s?[:=]")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the mail says: one text, or several to choose from, and what staff should know."""

    text: Offer | None = None
    offers: tuple[Offer, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A document in title and text."""

    title: str
    text: str
    titles: tuple[str, ...] = ()
    """More than one where the document holds several news."""
    dropped: tuple[str, ...] = ()
    """Lines of the letterhead above the title: no part of the text."""


def split_paper(paragraphs: Iterable[Paragraph]) -> Split:
    """Title and text of the paragraphs that are read from top to bottom."""
    flow = [replace(p, text=tidy(p.text)[:MOST]) for p in paragraphs if p.spot in FLOW]
    if any(_LABELLED.match(plain(p.text)) for p in flow[:12]):
        labels = [p.text for p in flow if re.match(r"\W{0,4}(?:haber\s)?basli(?:k|gi)\s?[:=]", plain(p.text))]
        body = split_body("\n\n".join(p.text for p in flow))
        if body.text and len(set(labels)) < 2:
            return Split(headline((body.title or "").strip()), body.text[:MOST])
        titles = tuple(dict.fromkeys(re.split(r"[:=]", label, maxsplit=1)[1].strip() for label in labels))
        if len(titles) > 1:
            return Split("", _joined(flow), titles)
    dropped: list[str] = []
    while len(flow) > 1 and len(flow[0].text) < 100 and _LETTERHEAD.fullmatch(plain(flow[0].text)):
        dropped.append(flow.pop(0).text)
    titles = _titles(flow)
    if len(titles) > 1:
        return Split("", _joined(flow), titles, tuple(dropped))
    count = 0
    while count < len(flow) and flow[count].title:
        count += 1
    if count == 0 and len(flow) > 1 and _like_a_title(flow[0].text, flow[1:]):
        count = 1
    title = headline(" ".join(p.text for p in flow[:count]).replace("\n", " ").strip(' *"“”'))
    return Split(title, _joined(flow[count:]), (), tuple(dropped))


def _titles(flow: Sequence[Paragraph]) -> tuple[str, ...]:
    """Titles by style, each with text below it; a title in two lines is one."""
    found: list[str] = []
    before = False
    for number, paragraph in enumerate(flow):
        if paragraph.title and before:
            found[-1] += " " + paragraph.text
        elif paragraph.title and any(not p.title for p in flow[number + 1 :]):
            found.append(paragraph.text)
        before = paragraph.title
    return tuple(dict.fromkeys(found))


def _like_a_title(line: str, below: Sequence[Paragraph]) -> bool:
    longer = any(len(p.text) > max(60, len(line) * 0.9) for p in below[:3])
    return (
        6 <= len(line) <= 150
        and "\n" not in line
        and not line.rstrip("”\"'").endswith((".", ":", ",", ";"))
        and longer
    )


def _joined(paragraphs: Iterable[Paragraph]) -> str:
    return "\n\n".join(p.text for p in paragraphs)[:MOST].strip()


def choose_text(examined: Examined, body: Offer | None) -> Choice:
    """The one text of a mail, else what staff have to choose from."""
    notes: list[str] = []
    sure: list[Offer] = [body] if body is not None else []
    unsure: list[Offer] = []
    for file in examined.files:
        if file.paper is None:
            continue
        offers, said = offers_of(file)
        notes += said
        (sure if file.role is FileRole.TEXT else unsure).extend(offers)
    sure = _different(sure)
    if len(sure) == 1:
        only = sure[0]
        if only.source != BODY:
            notes.insert(0, f"Metin {only.source} dosyasından alındı.")
        notes += [
            f"“{offer.source}” metin olarak alınmadı."
            for offer in unsure
            if _letters(offer) != _letters(only)
        ]
        return Choice(only, (), tuple(notes[:_MOST_NOTES]))
    several = tuple(sure or _different(unsure))[:_MOST_OFFERS]
    return Choice(None, several, tuple(notes[:_MOST_NOTES]))


def offers_of(file: Found) -> tuple[list[Offer], list[str]]:
    """The texts that a document may stand for (two, where its tracked changes are open), and its notes."""
    paper = file.paper
    assert paper is not None
    name = file.called
    notes = _about(name, paper)
    accepted = split_paper(paper.accepted)
    if len(accepted.titles) > 1:
        named = "; ".join(f"“{_short(title, 80)}”" for title in accepted.titles[:4])
        notes.append(
            f"“{name}” içinde birden çok başlık var: {named}. Her haberi ayrı bir iletiyle gönderiniz; tek "
            "haberse metni iletiye yapıştırınız."
        )
        return [], notes
    if accepted.dropped:
        notes.append(
            f"“{name}”: baştaki antet satırları metne alınmadı (“{_short(' / '.join(accepted.dropped), 120)}”)."
        )
    if has_identity_number("\n".join(p.text for p in (*paper.accepted, *paper.original))):
        return [], [
            *notes,
            f"“{name}” içinde bir T.C. kimlik numarası var; metin alınmadı. Çıkarıp yeniden gönderiniz.",
        ]
    least = _SHORT if file.role is FileRole.TEXT else _UNSURE
    whole = Offer(name, accepted.text, accepted.title)
    if len(accepted.text) < least:
        apart = [p for p in paper.accepted if p.spot is Spot.TEXTBOX]
        boxed = split_paper(Paragraph(p.text) for p in apart)
        if len(boxed.text) < least or file.role is not FileRole.TEXT:
            if file.role is FileRole.TEXT and accepted.text:
                return [whole], notes
            return [], notes
        # The text stands in text boxes: their order on the page is not known, so that staff look.
        return [
            Offer(f"{name}, metin kutuları", boxed.text, boxed.title),
            *([whole] if accepted.text else []),
        ], notes
    if paper.changes:
        original = split_paper(paper.original)
        before = Offer(f"{name}, özgün hâli", original.text, original.title)
        after = replace(whole, source=f"{name}, değişiklikler kabul edilmiş hâli")
        if _letters(before) != _letters(after):
            return [after, before], notes
    return [whole], notes


def _about(name: str, paper: Paper) -> list[str]:
    """What staff should know about a document: nothing that was seen in it is dropped silently."""
    notes = []
    parts = []
    if paper.changes:
        parts.append(f"{paper.changes} izlenen değişiklik")
    if paper.comments:
        parts.append(f"{len(paper.comments)} açıklama")
    if parts:
        notes.append(f"“{name}” belgesinde {' ve '.join(parts)} var.")
    if paper.changes:
        said = change_words(_all(paper.original), _all(paper.accepted))
        notes.append(f"İzlenen değişiklikler: {said}.")
    for comment in paper.comments[:8]:
        who = f"{comment.author}: " if comment.author else ""
        about = f" (“{_short(comment.about, 60)}” için)" if comment.about else ""
        notes.append(f"Açıklama: {who}“{_short(comment.words)}”{about}.")
    if len(paper.comments) > 8:
        notes.append(f"{len(paper.comments) - 8} açıklama daha var.")
    for spot in (Spot.TEXTBOX, Spot.NOTE, Spot.HIDDEN, Spot.HEADER, Spot.FOOTER):
        words = " / ".join(p.text for p in paper.accepted if p.spot is spot)
        if words:
            notes.append(f"“{name}”: {spot.value} metne alınmadı (“{_short(words)}”).")
    if any(p.spot is Spot.TABLE for p in paper.accepted):
        notes.append(f"“{name}”: tablonun hücreleri metne satır satır alındı.")
    notes += [f"“{name}”: {sign}." for sign in paper.signs]
    return notes


def change_words(old: str, new: str) -> str:
    """What changed, in one line: “eski” → “yeni”; eklenen “…”; çıkan “…”."""
    said: list[str] = []
    left = 0
    gone = ""
    for part in (*difference(old, new), Change(Kind.SAME, "")):
        if part.kind is Kind.OUT:
            gone = part.text
            continue
        if part.kind is Kind.SAME and not gone:
            continue
        if len(said) == _CHANGES:
            left += 1
        elif part.kind is Kind.SAME:
            said.append(f"çıkan “{_short(gone, 120)}”")
        elif gone:
            said.append(f"“{_short(gone, 120)}” → “{_short(part.text, 120)}”")
        else:
            said.append(f"eklenen “{_short(part.text, 120)}”")
        gone = ""
    if left:
        said.append(f"{left} değişiklik daha")
    return "; ".join(said) or "yalnız boşluklar"


def _all(paragraphs: Iterable[Paragraph]) -> str:
    return "\n".join(p.text for p in paragraphs)


def _short(text: str, limit: int = 200) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _letters(offer: Offer) -> str:
    """What makes two texts the same: their letters in order, title and text together."""
    return re.sub(r"[\s\u00ad*_-]+", "", tidy(offer.title + offer.text)).casefold()


def _different(offers: Iterable[Offer]) -> list[Offer]:
    """Offers whose text or whose title and text no earlier one has."""
    kept: list[Offer] = []
    for offer in offers:
        own = {_letters(offer), _letters(replace(offer, title=""))}
        if not any(own & {_letters(other), _letters(replace(other, title=""))} for other in kept):
            kept.append(offer)
    return kept


# -- a document that comes back ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Returned:
    """The item's text as an approver sent it back in a document."""

    offer: Offer
    changed: bool
    """Title or text differ from what was asked."""
    notes: tuple[str, ...] = ()

    @property
    def speaks(self) -> bool:
        """Whether the document wishes for anything: another text, a remark, a mark."""
        return self.changed or bool(self.notes)


def alike(one: str, other: str) -> bool:
    """Whether two texts are versions of one: half of their words stand in the same order."""
    first, second = plain(tidy(one)).split()[:4_000], plain(tidy(other)).split()[:4_000]
    return bool(second) and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def returned_text(examined: Examined, title: str, text: str) -> Returned | None:
    """The document that holds the item's text again, changed or not; None where there is none."""
    for file in examined.papers:
        paper = file.paper
        assert paper is not None
        for paragraphs in (paper.accepted, paper.original):
            split = split_paper(paragraphs)
            if not alike(text, split.text):
                continue
            accepted = split_paper(paper.accepted)
            offer = Offer(file.called, accepted.text, accepted.title)
            same = _letters(offer) in (_letters(Offer("", text, title)), _letters(Offer("", text)))
            if paper.kind == "eml" and _letters(Offer("", text)) in _letters(offer):
                same = True  # our own mail, which some programs attach to the answer
            notes = [n for n in _about(file.called, paper) if not n.startswith("İzlenen")]
            spoken = bool(paper.comments or paper.changes or any(p.spot in _SAID for p in paper.accepted))
            return Returned(offer, not same, tuple(notes) if spoken else ())
    return None


_SAID = frozenset({Spot.TEXTBOX, Spot.NOTE, Spot.HIDDEN})


# -- what else came ------------------------------------------------------------------------------------------------

_KEPT_BACK = {
    FileRole.CONSENT: "bir onam formu; saklandı, hiçbir iletiye eklenmeyecek.",
    FileRole.IDENTITY: "bir kimlik belgesi olabilir; saklandı, hiçbir iletiye eklenmeyecek.",
    FileRole.VIDEO: "bir video; onaya ve servise eklenmeyecek.",
}


def file_notes(examined: Examined) -> tuple[str, ...]:
    """What staff should know about the files that are neither text nor photograph, or could not be read."""
    notes = []
    for file in examined.files:
        if file.trouble is not None:
            notes.append(file.complaint)
        elif file.role in _KEPT_BACK:
            notes.append(f"“{file.called}” {_KEPT_BACK[file.role]}")
        elif file.picture is None and file.paper is None and file.role is not FileRole.ARCHIVE:
            if not any(other.inside == file.name for other in examined.files):
                notes.append(f"“{file.called}” metin ya da fotoğraf değil; onaya ve servise eklenmeyecek.")
        elif file.picture is not None and (file.picture.caption or file.picture.photographer):
            said = [
                f"{name} “{_short(value, 120)}”"
                for name, value in (("altyazı", file.picture.caption), ("çeken", file.picture.photographer))
                if value
            ]
            notes.append(
                f"“{file.called}” dosyasında {' ve '.join(said)} yazılı; kullanılacaksa iletiye yazınız."
            )
    notes += _pictures(examined)
    return tuple(notes[:_MOST_NOTES])


def _pictures(examined: Examined) -> list[str]:
    """One sentence about what was done to the photographs."""
    pictures = [f.picture for f in examined.files if f.picture is not None]
    said = []
    if count := sum(p.located for p in pictures):
        said.append(f"{count} fotoğraftan çekim konumu silindi")
    if count := sum(
        p.original_size > (0, 0) and max(p.original_size) > max(p.width, p.height) for p in pictures
    ):
        said.append(f"{count} fotoğraf e-posta için küçültüldü")
    if not said and any(p.altered for p in pictures):
        said.append("fotoğrafların içindeki gizli bilgiler silindi")
    return [f"{'; '.join(said)}. Asılları saklandı.".replace("; ", ", ")] if said else []


# -- the choice of staff -----------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\W{0,3}(?:metin\s?(?:[:=-]\s?|no\s?[:=]?\s?|\s))?(?:secenek\s)?([0-9]{1,2})\W{0,3}")
# "Tamam" and "evet" say as often "I have seen it": they take nothing.
_TAKE = re.compile(
    r"\W{0,3}(?:metin\s?[:=-]\s?)?(?:kullan(?:alim|iniz|in|abilirsiniz)?|kabul(?:\set)?|uygula(?:yin|yiniz|yalim)?|yeni\smetni\skullan(?:alim|in)?)\W{0,3}"
)


def chosen(words: str, offers: Sequence[Offer]) -> Offer | str | None:
    """The text that the first line of a staff mail takes; a complaint where it takes none that there is.

    None where the line is no choice at all.
    """
    line = next((row for row in tidy(words).split("\n") if row.strip()), "")[:200]
    low = plain(line)
    if number := _NUMBER.fullmatch(low):
        place = int(number[1])
        if 1 <= place <= len(offers):
            return offers[place - 1]
        return f"“{line.strip()}”: {place} numaralı bir metin yok."
    if _TAKE.fullmatch(low):
        if len(offers) == 1:
            return offers[0]
        return f"“{line.strip()}”: birden çok metin var, hangisi olduğu belli değil."
    if named := re.fullmatch(r"\W{0,3}metin\s?[:=-]\s?(.{1,120}?)\W{0,3}", low):
        wanted = named[1].strip()
        hits = [
            o
            for o in offers
            if plain(o.source) == wanted or (o.source == BODY and wanted in ("govde", "ileti"))
        ]
        return hits[0] if len(hits) == 1 else None
    return None
