"""What is done with one letter: it is routed, and one action carries the route out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from mailbot.app.apply import owe, scene_for
from mailbot.app.case import Case, Result, actor, day, team
from mailbot.app.drafts import collected
from mailbot.app.gather import guide_of, look_up, sender_text, sight_of, texts_of
from mailbot.app.glossary import Addition, additions, grown
from mailbot.app.listmail import show_wish
from mailbot.app.mode import book_for, mode_of
from mailbot.app.openmail import open_items
from mailbot.app.parts import Mode, Parts
from mailbot.app.releasing import unsent
from mailbot.app.reports import report
from mailbot.app.requests import received, request
from mailbot.app.staffmail import command
from mailbot.app.timers import UNKNOWN_KIND
from mailbot.core.decision import Decision
from mailbot.core.document import NOTHING, Examined
from mailbot.core.facts import SenderRole
from mailbot.core.item import Answer, Item
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose, Record
from mailbot.core.people import asked, colleague
from mailbot.core.routing import Action, route
from mailbot.core.trigger import Answered, Chosen, Noted, Stopped, Undelivered, Unproved
from mailbot.core.values import ItemRef
from mailbot.ports.store import LetterState, Reads, StoredLetter, Transaction
from mailbot.reading.bounce import read_bounce
from mailbot.reading.choice import drops_press
from mailbot.reading.embargo import embargo_in
from mailbot.reading.whole import Guide, Known, Look, LookUp, Seen

WORDS = 2000
"""Characters of a reply that are kept in the history; the bytes are kept whole."""


_ACQUAINTED = frozenset({SenderRole.STAFF, SenderRole.OFFICE, SenderRole.SECRETARY, SenderRole.DEPARTMENT})


class Desk:
    """Handles letters inside the transaction that it is given."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._guided: tuple[Mode, tuple[Addition, ...]] | None = None
        self._guide = guide_of(parts.book, parts.lexicon)

    def guide(self, reads: Reads) -> Guide:
        """The rules for reading as mode and lexicon are now; the same object until one of them changes."""
        mode, added = mode_of(reads), additions(reads)
        if (mode, added) != self._guided:
            lexicon = grown(self._parts.lexicon, added)
            self._guided, self._guide = (
                (mode, added),
                guide_of(book_for(self._parts.book, mode, reads), lexicon),
            )
        return self._guide

    def looking_up(self, letters: Sequence[StoredLetter], now: datetime) -> LookUp:
        """What the database knows of these letters, for the reader, which asks by their place."""
        parts = self._parts

        def look(looks: Sequence[tuple[int, Look]]) -> list[tuple[Known, tuple[str, ...]]]:
            found = []
            with parts.store.reading() as reads:
                book = book_for(parts.book, mode_of(reads), reads)
                for number, seen in looks:
                    known = look_up(reads, book, parts.proofs, now, letters[number], seen).known
                    found.append((known, texts_of(reads, known)))
            return found

        return look

    def handle(self, tx: Transaction, stored: StoredLetter, seen: Seen, examined: Examined = NOTHING) -> bool:
        """Route and carry out; the letter is finished in the same transaction.

        False, and nothing is done, where the database no longer knows of it what it was read on.
        """
        parts = self._parts
        mode = mode_of(tx)
        book = book_for(parts.book, mode, tx)
        now = parts.clock.now()
        letter = seen.look.letter
        place = look_up(tx, book, parts.proofs, now, stored, seen.look)
        if place.known != seen.known or self.guide(tx) is not seen.guide:
            return False
        sight = sight_of(book, seen.look, place, seen.said, examined)
        routed = route(book.routing, sight.facts)
        case = Case(tx, parts, book, mode, now, stored, sight, routed)
        stale = _from_before(case)
        if stored.reason == "too-large":
            state, ref = _too_large(case)
        elif stale:
            state, ref = stale
        elif sight.item is not None and sight.item.mode != mode.value and routed.action is not Action.IGNORE:
            state, ref = _other_mode(case, sight.item)
        else:
            state, ref = _ACTIONS[routed.action](case)
        if ref is not None:
            _remember(case, ref)
        tx.finish_letter(
            stored.id,
            state,
            kind=UNKNOWN_KIND if routed.action is Action.UNKNOWN else sight.facts.kind,
            reason=f"{routed.rule}: {routed.why}",
            ref=ref,
            message_id=letter.message_id,
            sender=sender_text(letter),
            subject=letter.subject[:500],
        )
        return True

    def set_aside(self, tx: Transaction, stored: StoredLetter, reason: str) -> None:
        """Tell staff of a letter that could not be read; its bytes are kept."""
        parts = self._parts
        mode, now = mode_of(tx), parts.clock.now()
        values = {
            "sender": stored.sender or "bilinmiyor",
            "subject": stored.subject or "okunamadı",
            "reason": f"İleti okunamadı ve bir kenara ayrıldı: {reason}.",
            "excerpt": "",
            "what_to_do": f"Posta kutusunda iletiye bakınız; kayıt numarası {stored.id} ile saklandı.",
        }
        people = team(book_for(parts.book, mode, tx), now)
        owe(tx, parts, MailOrder("bekletilen-ileti", people, Purpose.STAFF, values), None, mode, now)


def _remember(case: Case, ref: ItemRef) -> None:
    """The letter belongs to the item from now on: replies to it are found.

    The words of staff count as quoted from then on; one office's "Uygundur" must not hide another's.
    """
    letter = case.sight.letter
    if letter.message_id is not None:
        by_staff = case.sight.facts.role is SenderRole.STAFF
        words = (letter.subject, letter.text or case.sight.fresh.text) if by_staff else ()
        case.tx.link_message(
            letter.message_id, ref, version=None, text="\n".join(filter(None, words))[:20_000]
        )
    case.tx.append(
        ref,
        [
            Record(
                "letter",
                f"{sender_text(letter)} iletisi alındı ({case.routed.rule}).",
                {
                    "letter": case.stored.digest,
                    "message_id": letter.message_id,
                    "rule": case.routed.rule,
                    "missed": "; ".join(case.routed.missed),
                    "found": case.sight.facts.found.value,
                    "proof": case.sight.proof.by,
                    "decision": case.sight.verdict.decision.value,
                },
            )
        ],
        case.now,
    )


def _from_before(case: Case) -> Result | None:
    """A letter whose Date lies before the first start never acts (a restored mailbox, an old ONAY)."""
    mark = case.tx.watermark(case.stored.mailbox)
    date = case.sight.letter.date
    if mark is None or date is None or (mark.started - date).days < 1:
        return None
    return LetterState.OLD, None


def _too_large(case: Case) -> Result:
    """Of a large letter only the head was taken; a stranger's stays in the mailbox like any other."""
    facts = case.sight.facts
    if facts.role not in _ACQUAINTED or facts.echo or facts.duplicate:
        return _ACTIONS[case.routed.action](case)
    size = case.stored.size / 1_000_000
    case.tell_staff(
        f"İleti çok büyük ({size:.0f} MB); bot yalnızca başlıklarını aldı, içeriğini işlemedi.",
        "Fotoğrafları küçülterek ya da birkaç iletiye bölerek yeniden gönderiniz.",
    )
    return LetterState.HELD, case.sight.item.ref if case.sight.item else None


def _other_mode(case: Case, item: Item) -> Result:
    case.tell_staff(
        "Kayıt başka bir çalışma modunda açılmıştı; bu modda sürdürülmüyor.",
        "Gerekiyorsa haberi yeni bir iletiyle yeniden açınız.",
        once=f"mod:{item.ref}",
    )
    return LetterState.HELD, item.ref


def _ignore(case: Case) -> Result:
    facts = case.sight.facts
    if facts.duplicate:
        return LetterState.DUPLICATE, None
    return (LetterState.HANDLED if facts.echo else LetterState.IGNORED), None


def _decide(case: Case) -> Result:
    sight, facts = case.sight, case.sight.facts
    item = sight.item
    assert item is not None
    assert facts.office
    assert facts.version
    assert facts.sender
    returned = sight.returned
    # Remarks in a document that came along are words of the answer too.
    said = returned.notes if returned is not None else ()
    answer = Answer(
        decision=sight.verdict.decision,
        person=facts.sender,
        at=case.now,
        level=sight.proof.level,
        proof=sight.proof.by,
        words="\n".join((sight.fresh.text, *said)).strip()[:WORDS],
        channel="mail",
        letter=case.stored.digest,
        not_before=_time_named(case),
    )
    web_only = drops_press(sight.fresh.text)
    offer = returned.offer if returned is not None and returned.changed else None
    case.step(item, Answered(facts.office, facts.version, answer, web_only, offer))
    return LetterState.HANDLED, item.ref


def _time_named(case: Case) -> datetime | None:
    """A time before which an answer that wishes for something does not want it published."""
    sight = case.sight
    if sight.verdict.decision is not Decision.REVISE:
        return None
    said = sight.letter.date or case.now
    found = embargo_in(sight.fresh.text, said, case.book.calendar)
    return found if found is not None and found > case.now else None


def _choose(case: Case) -> Result:
    item = case.sight.item
    assert item is not None
    case.step(item, Chosen(case.sight.facts.choice, actor(case)))
    return LetterState.HANDLED, item.ref


def _ask_proof(case: Case) -> Result:
    sight, facts = case.sight, case.sight.facts
    item = sight.item
    assert facts.sender is not None
    if facts.role is SenderRole.OFFICE and item is not None and facts.office and facts.version:
        case.step(
            item,
            Unproved(facts.office, facts.version, facts.sender, sight.fresh.text[:WORDS], sight.proof.by),
        )
        return LetterState.HELD, item.ref
    person = case.book.staff_at(facts.sender, day(case.book, case.now))
    if person is not None and item is not None:
        scene = scene_for(case.parts, case.book, item.workflow, case.now)
        case.owe(
            MailOrder(
                "kimlik-dogrulama",
                (colleague(person),),
                Purpose.ASK_BACK,
                {
                    "item": item_values(scene, item),
                    "words": sight.fresh.text[:WORDS],
                    "at": case.now,
                },
                once=f"kimlik:{item.ref}",
            ),
            item.ref,
        )
    return LetterState.HELD, item.ref if item else None


def _which(case: Case) -> Result:
    """E15: the reply could mean several items; the sender is asked at the registered address."""
    facts = case.sight.facts
    assert facts.sender is not None
    places = case.tx.open_asks_to(facts.sender)
    newest = {place.ref: place for place in places}
    rows, person = [], None
    for place in newest.values():
        item = case.tx.item(place.ref)
        rule = case.book.offices.get(place.office)
        if item is None or rule is None:
            continue
        ask = item.ask_of(place.office, place.version)
        copy = next((c for c in ask.copies if c.address == facts.sender), None) if ask else None
        if copy is not None:
            scene = scene_for(case.parts, case.book, item.workflow, case.now)
            person = asked(scene, rule, copy, key=False)
            rows.append(
                {"ref": str(item.ref), "title": item.title, "version": place.version, "at": copy.name}
            )
    if person is not None:
        case.owe(
            MailOrder(
                "hangi-kayit",
                (person,),
                Purpose.ASK_BACK,
                {"rows": rows, "words": case.sight.fresh.text[:WORDS]},
                once="hangi-kayit",
            )
        )
    return LetterState.HELD, None


def _stop(case: Case) -> Result:
    item = case.sight.item
    assert item is not None
    case.step(item, Stopped(actor(case), case.sight.fresh.text[:WORDS], unsent(case.tx, item)))
    return LetterState.HANDLED, item.ref


def _bounce(case: Case) -> Result:
    """A report about a mail of ours marks that delivery and that person; a forged one finds nothing."""
    ref = None
    for bounce in read_bounce(case.sight.letter):
        if not bounce.permanent or bounce.original_id is None:
            continue
        mail = case.tx.bounced(bounce.original_id, bounce.reason or bounce.status)
        if mail is None or mail.ref is None:
            continue
        item = case.tx.item(mail.ref)
        if item is None:
            continue
        reason = bounce.reason or f"durum kodu {bounce.status or 'yok'}"
        release = mail.purpose is Purpose.RELEASE
        case.step(
            item, Undelivered(mail.recipient, mail.message_id, mail.version, mail.office, reason, release)
        )
        ref = item.ref
    return LetterState.HANDLED, ref


def _note(case: Case) -> Result:
    item = case.sight.item
    if item is not None:
        case.step(item, Noted("note", f"{sender_text(case.sight.letter)}: {case.routed.why}"))
    return LetterState.HANDLED, item.ref if item else None


def _tell(case: Case) -> Result:
    item = case.sight.item
    what = "İletiye posta kutusunda bakınız; bot bu iletiyle kayıtta bir şey değiştirmedi."
    if case.sight.facts.kind == "auto_reply":
        what = "Yerine bakan biri varsa onay ona sorulmalıdır; vekili rules/directory.toml dosyasına yazınız."
    who = case.sight.facts.sender
    # What a journalist asks next is another question: each is shown, not one a day.
    again = f":{case.stored.digest}" if case.sight.facts.role is SenderRole.OUTLET else ""
    case.tell_staff(
        case.routed.why, what, once=f"bildir:{case.routed.rule}:{who}:{item.ref if item else ''}{again}"
    )
    return LetterState.HANDLED, item.ref if item else None


def _hold(case: Case) -> Result:
    case.tell_staff(
        case.routed.why,
        f"İletiye bakınız; gerekiyorsa gönderene siz yanıt veriniz (bekletilen ileti no {case.stored.id}).",
        once=f"beklet:{case.routed.rule}:{case.sight.facts.sender}",
    )
    return LetterState.HELD, case.sight.item.ref if case.sight.item else None


def _unknown(_case: Case) -> Result:
    return LetterState.IGNORED, None


_ACTIONS: Mapping[Action, Callable[[Case], Result]] = {
    Action.IGNORE: _ignore,
    Action.DECIDE: _decide,
    Action.CHOOSE: _choose,
    Action.ASK_PROOF: _ask_proof,
    Action.ASK_WHICH: _which,
    Action.COMMAND: command,
    Action.STOP: _stop,
    Action.OPEN: open_items,
    Action.REQUEST: request,
    Action.COLLECT: collected,
    Action.RECEIVED: received,
    Action.LEAVE: show_wish,
    Action.REPORT: report,
    Action.BOUNCE: _bounce,
    Action.NOTE: _note,
    Action.TELL: _tell,
    Action.HOLD: _hold,
    Action.UNKNOWN: _unknown,
}
