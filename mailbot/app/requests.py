"""A ministry's request for an information note, and what follows it by mail (1.4.1, 1.4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.app.case import Case, Result, actor
from mailbot.app.keeping import one_line
from mailbot.app.openmail import new_item
from mailbot.core.item import FieldValue, Item, Request
from mailbot.core.plan import usual_deadline
from mailbot.core.request import InfoRequest, NewsRef, Update
from mailbot.core.suffix import tarih
from mailbot.core.trigger import Acknowledged, CalledOff, Extended, Supplemented, Trigger, Wanted
from mailbot.ports.store import LetterState
from mailbot.reading.plain import plain

WORKFLOW = "info_note"
_WORDS = 2000


def request(case: Case) -> Result:
    """A new request opens an item for each note that is wanted; anything else goes to the item meant."""
    wanted = case.sight.request
    workflow = case.book.workflows.get(WORKFLOW)
    if wanted is None or workflow is None or workflow.draft:
        case.tell_staff("Bilgi notu talebi; iş akışı açık değil.", "Talebi bugünkü gibi elle yürütünüz.")
        return LetterState.HANDLED, None
    items = _meant(case, wanted)
    if wanted.update is None:
        if items:
            case.step(items[0], Wanted(_asker(case), actor(case), _said(case)))
            return LetterState.HANDLED, items[0].ref
        return _open(case, wanted)
    if not items and wanted.update is Update.REMINDER:
        # A reminder of what never came here is the request itself.
        return _open(case, wanted)
    if len(items) != 1:
        found = "; ".join(f"{item.ref} “{item.title}”" for item in items)
        case.tell_staff(
            "Bilgi notu talebine ilişkin bir ileti geldi, hangi kayıt için olduğu anlaşılamadı"
            + (f": {found}." if found else "; açık bir kayıt bulunamadı."),
            "İletiyi ilgili kayda işlemek için kaydın bir iletisini yanıtlayıp ne istendiğini yazınız "
            "(SON SAAT: …, İPTAL: … gibi).",
        )
        return LetterState.HELD, None
    trigger = _trigger(case, wanted, wanted.update)
    if trigger is None:
        case.tell_staff(
            "Süre değişikliği yazılmış, yeni saat anlaşılamadı.",
            "Yeni saati “SON SAAT: 24.11.2026 16.30” biçiminde yazınız.",
        )
        return LetterState.HELD, items[0].ref
    case.step(items[0], trigger)
    return LetterState.HANDLED, items[0].ref


def received(case: Case) -> Result:
    """ "Alındı." of whoever got the released text."""
    item = case.sight.item
    assert item is not None
    case.step(item, Acknowledged(actor(case), _said(case)))
    return LetterState.HANDLED, item.ref


def _trigger(case: Case, wanted: InfoRequest, update: Update) -> Trigger | None:
    by, words = actor(case), _said(case)
    match update:
        case Update.REMINDER:
            return Wanted(_asker(case), by, words, reminder=True)
        case Update.CANCEL:
            return CalledOff(by, words)
        case Update.SUPPLEMENT:
            return Supplemented(by, words, wanted.deadline, _asker(case))
        case Update.EXTEND:
            return Extended(by, wanted.deadline, words) if wanted.deadline else None


def _said(case: Case) -> str:
    return case.sight.fresh.text[:_WORDS]


def _asker(case: Case) -> Request:
    letter, facts = case.sight.letter, case.sight.facts
    assert facts.sender is not None
    return Request(
        address=facts.sender,
        at=letter.date or case.now,
        office=facts.office,
        subject=letter.subject[:300],
        message_id=letter.message_id,
        references=letter.references[-10:],
    )


def _meant(case: Case, wanted: InfoRequest) -> list[Item]:
    """The open items that the request is about: its thread, the same story, or the only one of the asker."""
    found = case.sight.item
    if found is not None and found.workflow == WORKFLOW and (wanted.update or _same_story(found, wanted)):
        return [found]
    items = [i for i in case.tx.items() if i.workflow == WORKFLOW and i.open and i.mode == case.mode.value]
    same = [item for item in items if _same_story(item, wanted)]
    if same or wanted.update is None:
        return same
    office = case.sight.facts.office
    return [item for item in items if any(r.office == office for r in item.requests)]


def _same_story(item: Item, wanted: InfoRequest) -> bool:
    """The same link, or the same headline or topic in the same words."""
    news = plain(str(item.fields.get("news", "")))
    if any(plain(url) in news for url in wanted.urls):
        return True
    if wanted.urls and "http" in news:
        return False
    names = [plain(name) for name in (wanted.title, wanted.topic) if name and len(name.split()) >= 2]
    held = plain(item.title)
    return any(name in (held, news) or f"“{name}”" in news or f'"{name}"' in news for name in names)


def _open(case: Case, wanted: InfoRequest) -> Result:
    stories: Iterable[tuple[NewsRef, ...]] = (
        ((n,) for n in wanted.news) if wanted.separate else (wanted.news,)
    )
    ref = None
    for news in stories:
        ref = new_item(
            case,
            WORKFLOW,
            _fields(case, wanted, news),
            department=(news[0].department if len(news) == 1 else None) or wanted.department,
            requests=(_asker(case),),
        )
    return LetterState.HANDLED, ref


def _fields(case: Case, wanted: InfoRequest, news: tuple[NewsRef, ...]) -> dict[str, FieldValue]:
    workflow = case.book.workflows[WORKFLOW]
    deadline = wanted.deadline
    if deadline is None and workflow.usual is not None:
        said = case.sight.letter.date or case.now
        deadline = usual_deadline(workflow.usual, case.book.calendar, said, urgent=wanted.urgent)
    own = news[0].title if wanted.separate and news else None
    fields: dict[str, FieldValue] = {
        "title": one_line(own or wanted.topic or wanted.title or case.sight.letter.subject),
        "news": "\n\n".join(story(n) for n in news) or "\n".join(wanted.urls),
        "wish": re.sub(r"\n{3,}", "\n\n", _said(case)),
    }
    if deadline is not None:
        fields[workflow.deadline] = deadline
    facility = (news[0].facility if len(news) == 1 else None) or wanted.facility
    if facility:
        fields["facility"] = facility
    return fields


def story(news: NewsRef) -> str:
    """Haber künyesi: outlet and day, headline, link."""
    head = ", ".join(filter(None, (news.outlet, tarih(news.day) if news.day else "")))
    return "\n".join(filter(None, (head, f"“{news.title}”" if news.title else "", news.url)))
