"""The ministry's report is passed on as it came, once (1.3.2)."""

from __future__ import annotations

from mailbot.app.case import Case, Result, actor, day
from mailbot.app.drafts import is_paper
from mailbot.app.keeping import keep, one_line
from mailbot.app.openmail import new_item
from mailbot.core.item import FieldValue, FileRef, Item
from mailbot.core.trigger import Noted
from mailbot.ports.store import LetterState

WORKFLOW = "report_forward"
GO = "evet"
_REPORTS = "list:bashekimler"


def report(case: Case) -> Result:
    """A new report goes to its lists; the same file twice goes nowhere, another of the day is asked about."""
    workflow = case.book.workflows.get(WORKFLOW)
    papers = tuple(keep(case, a) for a in case.sight.letter.attachments if is_paper(a))
    if workflow is None or workflow.draft or not papers:
        case.tell_staff("Bakanlık raporuna benziyor, ama iletilecek bir eki yok.", "İletiye bakınız.")
        return LetterState.HELD, None
    known = _same(case, papers)
    if known is not None:
        case.step(
            known, Noted("duplicate", f"{actor(case).name}: aynı rapor yeniden geldi; kimseye iletilmedi.")
        )
        return LetterState.HANDLED, known.ref
    fields: dict[str, FieldValue] = {"title": one_line(case.sight.letter.subject), "report": papers}
    today = day(case.book, case.now)
    others = [i for i in _reports(case) if i.opened_at.astimezone(case.book.calendar.zone).date() == today]
    notes = list(gaps(case))
    if others:
        notes.append(
            f"Bugün bir rapor daha gelmişti ({others[-1].ref}); bu ikinci baskı kendiliğinden dağıtılmaz."
        )
    else:
        fields["go"] = GO
    ref = new_item(case, WORKFLOW, fields, notes=tuple(notes))
    return LetterState.HANDLED, ref


def _reports(case: Case) -> list[Item]:
    found = case.tx.items(open_only=False, limit=5000)
    return [item for item in found if item.workflow == WORKFLOW and item.mode == case.mode.value]


def _same(case: Case, papers: tuple[FileRef, ...]) -> Item | None:
    """The report that has these very files already."""
    digests = {p.digest for p in papers}
    for item in _reports(case):
        held = item.fields.get("report", ())
        if isinstance(held, tuple) and digests <= {f.digest for f in held}:
            return item
    return None


def gaps(case: Case) -> tuple[str, ...]:
    """Hospitals of the directory that no address of a chief physician stands for today."""
    today = day(case.book, case.now)
    mailing = case.book.lists.get(_REPORTS.removeprefix("list:"))
    if mailing is None:
        return ()
    domains = {p.address.domain for p in mailing.members if p.valid_on(today)}
    missing = [
        f.name
        for f in case.book.facilities.values()
        if f.people and not {p.address.domain for p in f.people} & domains
    ]
    return tuple(f"“{mailing.name}” listesinde {name} için bugün geçerli adres yok." for name in missing)
