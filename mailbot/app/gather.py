"""Everything known about one letter, looked up once: who wrote, which ask, what the words say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mailbot.core.choosing import choosable
from mailbot.core.command import Command, Unknown, Verb
from mailbot.core.decision import Clue, Decision, Fresh, Verdict
from mailbot.core.directory import Directory
from mailbot.core.document import NOTHING, Examined
from mailbot.core.facts import Facts, Found, SenderRole
from mailbot.core.item import Item
from mailbot.core.letter import Letter, Proof, ProofLevel
from mailbot.core.opening import Opening, Process
from mailbot.core.outcome import Purpose
from mailbot.core.request import InfoRequest
from mailbot.core.rules import PersonRole, Rulebook
from mailbot.core.values import Address, ItemRef, MessageId, Office
from mailbot.ports.proofs import Proofs
from mailbot.ports.store import CopyPlace, Reads, StoredLetter
from mailbot.reading.asking import received
from mailbot.reading.choice import read_choice
from mailbot.reading.leaving import ours as leaving_by_link
from mailbot.reading.leaving import wants_out
from mailbot.reading.lexicon import Lexicon
from mailbot.reading.papers import Returned, returned_text
from mailbot.reading.plain import plain
from mailbot.reading.thread import Traces
from mailbot.reading.whole import Guide, Known, Look, Said, look_at, read


@dataclass(frozen=True, slots=True)
class Pointed:
    """The ask that a letter points to."""

    found: Found
    ref: ItemRef | None = None
    version: int | None = None
    office: Office | None = None
    asked: bool = False
    """The sender holds a copy of that ask and may decide for its office today."""
    key: bool = False
    """The sender's own key came back."""
    reissued: bool = False
    """It is a key of a question back, sent to the registered address alone."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A letter with all that was found out about it."""

    letter: Letter
    fresh: Fresh
    facts: Facts
    verdict: Verdict
    proof: Proof
    item: Item | None
    traces: Traces
    commands: tuple[Command, ...] = ()
    unknown: Unknown | None = None
    openings: tuple[Opening, ...] = ()
    request: InfoRequest | None = None
    why: tuple[str, ...] = ()
    """Turkish sentences: why it is of this kind."""
    examined: Examined = NOTHING
    """What is in its files."""
    returned: Returned | None = None
    """The text that was asked, as the asked person sent it back in a document."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """What looking at a letter needs beside the database."""

    book: Rulebook
    lexicon: Lexicon
    proofs: Proofs


@dataclass(frozen=True, slots=True)
class Place:
    """What the database knows of a letter: who wrote it, which ask is meant, how that is proved."""

    pointed: Pointed
    item: Item | None
    office: Office | None
    proof: Proof
    known: Known
    """As much of it as reading depends on."""


def look_up(
    reads: Reads, book: Rulebook, proofs: Proofs, now: datetime, stored: StoredLetter | None, seen: Look
) -> Place:
    """Look everything up once. `stored` is None for a letter that is only inspected."""
    letter, marks = seen.letter, seen.traces
    today = now.astimezone(book.calendar.zone).date()
    who = _writer(letter)
    ref = _ref_of(reads, marks)
    pointed = _point(reads, book, marks, who, today)
    subject = _asked_subject(reads, book, pointed, letter.subject)
    if pointed.found is Found.NOTHING and who is not None:
        pointed = _by_open_asks(reads, letter, who)
    return Place(
        pointed,
        reads.item(pointed.ref) if pointed.ref else None,
        pointed.office or _office(book, who, today),
        _proof(proofs, reads, stored, letter, marks, who, pointed),
        Known(
            role=_role(book, who, pointed, today),
            asked=pointed.asked,
            subject=subject,
            sent=tuple(reads.sent_digests(ref)) if ref else (),
            echo=_echo(reads, letter, book),
            duplicate=stored is not None and _duplicate(reads, stored, letter),
        ),
    )


def texts_of(reads: Reads, known: Known) -> tuple[str, ...]:
    """The texts that a letter may quote."""
    return tuple(reads.blob(digest).decode() for digest in known.sent)


def sight_of(book: Rulebook, seen: Look, place: Place, said: Said, examined: Examined = NOTHING) -> Sight:
    """All of it side by side, with what is in the files."""
    letter, known, pointed = seen.letter, place.known, place.pointed
    returned = _returned(place.item, pointed, examined)
    verdict = with_returned(said.verdict, returned)
    commands = tuple(order for order in said.orders if isinstance(order, Command))
    openings = _of_own_chain(book, known.role, letter, place.item) or said.openings
    facts = Facts(
        kind=said.kind.kind,
        sender=_writer(letter),
        role=known.role,
        office=place.office,
        level=place.proof.level,
        needed=_needed(book, known.role, place.office),
        found=pointed.found,
        ref=place.item.ref if place.item else None,
        version=pointed.version,
        asked=pointed.asked,
        decision=verdict.decision,
        commands=bool(commands),
        stops=any(c.verb is Verb.STOP for c in commands),
        openings=len(openings),
        for_bot=any(m.address.base == book.unit.address for m in (*letter.to, *letter.cc)),
        echo=known.echo,
        duplicate=known.duplicate,
        defects=letter.defects,
        choice=_choice(book, place.item, place.office, said.fresh.text),
        received=received(said.fresh.text),
        refuted=place.proof.refuted,
        follows=place.item is not None and bool(place.item.requests),
        leaves=_leaves(known.role, letter, said.fresh),
    )
    return Sight(
        letter=letter,
        fresh=said.fresh,
        facts=facts,
        verdict=verdict,
        proof=place.proof,
        item=place.item,
        traces=seen.traces,
        commands=commands,
        unknown=next((order for order in said.orders if isinstance(order, Unknown)), None),
        openings=openings,
        request=said.request,
        why=said.kind.why,
        examined=examined,
        returned=returned,
    )


_REPLIES = re.compile(r"\W{0,3}(?:re|ynt|yan|cvp|yanit|aw|sv|ilt|fw|fwd)\s?:")


def _of_own_chain(book: Rulebook, role: SenderRole, letter: Letter, item: Item | None) -> tuple[Opening, ...]:
    """A staff mail whose subject begins with the title of a chain of the unit's own opens an item of it."""
    if role is not SenderRole.STAFF or item is not None or _REPLIES.match(plain(letter.subject)):
        return ()
    subject = letter.subject.strip()
    for name, workflow in book.workflows.items():
        known = name in {process.value for process in Process}
        if known or workflow.draft or not plain(subject).startswith(plain(workflow.title)):
            continue
        title = subject[len(workflow.title) :].strip(" :-–—") or workflow.title
        return (Opening(Process.PRODUCTION, title, workflow=name),)
    return ()


def guide_of(book: Rulebook, lexicon: Lexicon) -> Guide:
    """What of the rules reading needs."""
    return Guide(lexicon, Directory.of(book), book.calendar)


def gather(
    reads: Reads,
    eyes: Eyes,
    now: datetime,
    letter: Letter,
    examine: Callable[[Letter], Examined] = lambda _: NOTHING,
) -> Sight:
    """Look up and read, in this process, a letter that is only looked at. Changes nothing.

    `examine` looks into its files, where they may be an answer to an ask.
    """
    seen = look_at(letter)
    place = look_up(reads, eyes.book, eyes.proofs, now, None, seen)
    guide = guide_of(eyes.book, eyes.lexicon)
    said = read(seen, place.known, texts_of(reads, place.known), guide, now)
    answers = place.pointed.asked and bool(letter.attachments or letter.attached)
    return sight_of(eyes.book, seen, place, said, examine(letter) if answers else NOTHING)


_OWN = frozenset({SenderRole.SELF, SenderRole.STAFF, SenderRole.OFFICE, SenderRole.SECRETARY})


def _leaves(role: SenderRole, letter: Letter, fresh: Fresh) -> bool:
    """A wish to leave a list: in an outlet's own words; from anybody else only by our link's subject."""
    if role is SenderRole.OUTLET:
        return wants_out(letter.subject, fresh.text)
    return role not in _OWN and leaving_by_link(letter.subject)


def _choice(book: Rulebook, item: Item | None, office: Office | None, words: str) -> str:
    """The way on that the words name, where the item waits for one and the office may choose."""
    workflow = book.workflows.get(item.workflow) if item is not None else None
    if item is None or workflow is None or office is None or workflow.choose != office:
        return ""
    return (read_choice(words) or "") if choosable(item) else ""


def _returned(item: Item | None, pointed: Pointed, examined: Examined) -> Returned | None:
    """The asked version's text in a document of the asked person."""
    version = next((v for v in item.versions if v.number == pointed.version), None) if item else None
    if version is None or not pointed.asked:
        return None
    title, text = version.bound.get("title", ""), version.bound.get("text", "")
    if not isinstance(title, str) or not isinstance(text, str):
        return None
    return returned_text(examined, title, text)


_OVERRULED = frozenset({Decision.APPROVE, Decision.NONE, Decision.UNCLEAR, Decision.REVISE})


def with_returned(verdict: Verdict, returned: Returned | None) -> Verdict:
    """The decision where a document came along: a corrected text sent back is a wish for a change.

    It never approves, not even unchanged: what else the file holds nobody has read.
    """
    if returned is None or not returned.speaks or verdict.decision not in _OVERRULED:
        return verdict
    clue = Clue(returned.offer.source, "düzeltilmiş metin ya da açıklama içeren belge geri geldi")
    return Verdict(Decision.REVISE, (*verdict.why, clue))


def _writer(letter: Letter) -> Address | None:
    """The one address in From; nobody where there are several."""
    return letter.from_[0].address.base if len(letter.from_) == 1 else None


def _ref_of(reads: Reads, marks: Traces) -> ItemRef | None:
    for token in marks.tokens:
        place = reads.copy_of(token)
        if place is not None:
            return place.ref
    places = reads.places(marks.message_ids)
    if places:
        return places[0].ref
    return next((ref for ref in marks.refs if reads.item(ref) is not None), None)


def _point(reads: Reads, book: Rulebook, marks: Traces, who: Address | None, today: date) -> Pointed:
    """The ask meant: by key, by thread, by the staff's own mail, by reference; in this order of trust."""
    copies = [place for token in marks.tokens if (place := reads.copy_of(token)) is not None]
    if len({place.ref for place in copies}) > 1 and marks.split:
        return Pointed(Found.SEVERAL)
    for place in copies:
        own = place.address == who
        if own and speaks_for(book, place.office, who, today):
            return Pointed(
                Found.KEY,
                place.ref,
                place.version,
                place.office,
                asked=True,
                key=True,
                reissued=_is_reissued(reads, place),
            )
    for place in copies:
        return _holder(reads, book, Found.THREAD, place.ref, place.version, who, today)
    for message in reads.places(marks.message_ids):
        item = reads.item(message.ref)
        if item is None:
            continue
        if message.ours:
            # A notice of ours that belongs to no version was no ask: an answer to it decides nothing.
            return _holder(reads, book, Found.THREAD, message.ref, message.version, who, today)
        alone = bool(item.versions) and item.versions[0].alone and message.message_id == item.thread[0]
        if alone:
            return _holder(reads, book, Found.STAFF_MAIL, message.ref, 1, who, today)
        return Pointed(Found.REFERENCE, message.ref)
    for ref in marks.refs:
        item = reads.item(ref)
        if item is None:
            continue
        asked = {ask.version for ask in item.asks if any(c.address == who for c in ask.copies)}
        if len(asked) > 1:
            # The reference alone does not say which text was read.
            return Pointed(Found.SEVERAL, ref)
        return _holder(reads, book, Found.REFERENCE, ref, next(iter(asked), None), who, today)
    return Pointed(Found.NOTHING)


def _holder(
    reads: Reads,
    book: Rulebook,
    found: Found,
    ref: ItemRef,
    version: int | None,
    who: Address | None,
    today: date,
) -> Pointed:
    item = reads.item(ref)
    if item is None:
        return Pointed(Found.NOTHING)
    for ask in item.asks:
        # A deputy was asked; the principal may still speak.
        held = any(copy.address == who or copy.deputy for copy in ask.copies)
        if ask.version == version and held and speaks_for(book, ask.office, who, today):
            return Pointed(found, ref, version, ask.office, asked=True)
    return Pointed(found, ref, version)


def _is_reissued(reads: Reads, place: CopyPlace) -> bool:
    item = reads.item(place.ref)
    ask = item.ask_of(place.office, place.version) if item else None
    first = next((c for c in ask.copies if c.address == place.address), None) if ask else None
    return first is not None and first.token != place.token


def _by_open_asks(reads: Reads, letter: Letter, who: Address) -> Pointed:
    """No mark at all: one open ask with the same subject is meant; anything else is asked (E15)."""
    places = reads.open_asks_to(who)
    if not places:
        return Pointed(Found.NOTHING)
    subject = letter.subject.casefold()
    named = []
    for place in places:
        item = reads.item(place.ref)
        title = item.title.casefold() if item else ""
        if len(title) >= 8 and title in subject:
            named.append(place)
    if len({p.ref for p in named}) == 1:
        place = named[-1]
        return Pointed(Found.SUBJECT, place.ref, place.version, place.office, asked=True)
    return Pointed(Found.SEVERAL)


def speaks_for(book: Rulebook, office: Office, who: Address | None, today: date) -> bool:
    """Whether `who` may decide for `office` today: a member, or its deputy within the dates."""
    rule = book.offices.get(office)
    if rule is None or who is None:
        return False
    deputy = book.deputy_of(office, today)
    if deputy is not None and deputy.person.address == who:
        return True
    return any(person.address == who for person in rule.people_on(today))


def _role(book: Rulebook, who: Address | None, pointed: Pointed, today: date) -> SenderRole:
    if who is None:
        return SenderRole.UNKNOWN
    if who == book.unit.address:
        return SenderRole.SELF
    if pointed.asked:
        return SenderRole.OFFICE
    if book.staff_at(who, today):
        return SenderRole.STAFF
    held = book.office_of(who, today)
    if held is not None:
        return SenderRole.SECRETARY if held[1].role is PersonRole.SECRETARY else SenderRole.OFFICE
    groups = [d.people for d in book.departments.values()] + [f.people for f in book.facilities.values()]
    if any(p.address == who and p.valid_on(today) for people in groups for p in people):
        return SenderRole.DEPARTMENT
    if any(p.address == who for mailing in book.lists.values() for p in mailing.members):
        return SenderRole.OUTLET
    return SenderRole.UNKNOWN


def _office(book: Rulebook, who: Address | None, today: date) -> Office | None:
    held = book.office_of(who, today) if who else None
    return held[0].id if held else None


def _proof(
    proofs: Proofs,
    reads: Reads,
    stored: StoredLetter | None,
    letter: Letter,
    marks: Traces,
    who: Address | None,
    pointed: Pointed,
) -> Proof:
    proof = _of_today(proofs.judge(letter), reads, stored, pointed)
    if proof.level >= ProofLevel.KEY or who is None:
        return proof
    # Where our own server says "fail", only the answer to a question back counts: its key went to the
    # registered address alone and was never quoted to anybody.
    if pointed.key and (pointed.reissued or not proof.refuted):
        return Proof(ProofLevel.KEY, f"Anahtar, verildiği kayıtlı adresten ({who}) geri geldi.")
    # Our Message-IDs carry 64 random bits that only their recipient was given.
    ours = [p for p in reads.places(marks.message_ids) if p.ours and p.recipient == who]
    if any(p.purpose is Purpose.ASK_BACK or not proof.refuted for p in ours):
        return Proof(ProofLevel.KEY, f"Kayıtlı adrese ({who}) gönderdiğimiz iletiye yanıt.")
    if not proof.refuted and any(_sent_alone(reads, number, who) for number in marks.message_ids[:20]):
        return Proof(ProofLevel.KEY, f"Kayıtlı adrese ({who}) gönderdiğimiz iletiye yanıt.")
    if stored is not None and not pointed.asked and reads.meta(vouched_key(stored.id)):
        return Proof(ProofLevel.KEY, "Sunucu başındaki personel iletiyi bıraktı (mailbot release).")
    return proof


def _sent_alone(reads: Reads, message_id: MessageId, who: Address) -> bool:
    """Whether a mail of ours that belongs to no item went to `who` under this Message-ID."""
    mail = reads.delivery_of(message_id)
    return mail is not None and mail.ref is None and mail.recipient == who


SIGNED_LATE = timedelta(days=7)
"""A signature older than its letter's arrival by so much belongs to a letter that was sent again."""
CLOCKS = timedelta(minutes=10)
"""How far the signer's clock may lie behind ours."""


def _of_today(proof: Proof, reads: Reads, stored: StoredLetter | None, pointed: Pointed) -> Proof:
    """`proof`, unless a signature proves it that was made before the question it seems to answer.

    A signature covers the body alone: under other headers an old "Onaylıyorum" could answer anything.
    """
    if proof.signed_at is None:
        return proof
    item = reads.item(pointed.ref) if pointed.ref else None
    asked = item.ask_of(pointed.office, pointed.version or 0) if item and pointed.office else None
    if asked is not None and proof.signed_at < asked.asked_at - CLOCKS:
        return Proof(ProofLevel.NONE, "S/MIME imzası, sorulmadan önce atılmış; eski bir mektup olabilir.")
    if stored is not None and proof.signed_at < stored.arrived - SIGNED_LATE:
        return Proof(ProofLevel.NONE, "S/MIME imzası mektuptan çok eski; eski bir mektup olabilir.")
    return proof


def vouched_key(letter_id: int) -> str:
    """Where the database remembers that a person at the terminal let a held letter go."""
    return f"vouched:{letter_id}"


def _needed(book: Rulebook, role: SenderRole, office: Office | None) -> ProofLevel:
    rule = book.offices.get(office) if office else None
    if role is SenderRole.OFFICE and rule is not None:
        return max(ProofLevel.KEY, rule.least_proof)
    return ProofLevel(book.limits.get("proof.command", ProofLevel.KEY))


def _asked_subject(reads: Reads, book: Rulebook, pointed: Pointed, subject: str) -> str:
    """What of the request's own subject came back: its "Düzeltme onayı" is no wish of the answer's."""
    item = reads.item(pointed.ref) if pointed.ref else None
    if item is None:
        return ""
    workflow = book.workflows.get(item.workflow)
    whole = f"{workflow.title}: {item.title}" if workflow else item.title
    return whole if whole in subject else item.title


def _echo(reads: Reads, letter: Letter, book: Rulebook) -> bool:
    if letter.message_id is None or not any(m.address.base == book.unit.address for m in letter.from_):
        return False
    return any(place.ours for place in reads.places((letter.message_id,)))


def _duplicate(reads: Reads, stored: StoredLetter, letter: Letter) -> bool:
    """The same bytes, or the same Message-ID from the same sender with the same words, came before."""
    if reads.letter_seen(stored.digest, before=stored.id):
        return True
    if letter.message_id is None:
        return False
    return any(
        earlier.id < stored.id and earlier.sender == sender_text(letter) and earlier.subject == letter.subject
        for earlier in reads.letters_named(letter.message_id)
    )


def sender_text(letter: Letter) -> str:
    """The From addresses as kept with a stored letter."""
    return ", ".join(str(m.address) for m in letter.from_)[:500]


def said_at(letter: Letter, now: datetime) -> datetime:
    """When the letter says that it was written; never in the future."""
    return min(letter.date, now) if letter.date else now
