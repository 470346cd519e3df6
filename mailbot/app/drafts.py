"""What a department or a hospital sends because it was asked to: a draft in the body or in a file."""

from __future__ import annotations

from mailbot.app.case import Case, Result, actor
from mailbot.app.facts import take_facts, takes_facts
from mailbot.app.keeping import keep
from mailbot.core.item import FieldValue, FileRef
from mailbot.core.letter import Attachment
from mailbot.core.opening import FileRole
from mailbot.core.privacy import found_in
from mailbot.core.rules import FieldType, Workflow
from mailbot.core.trigger import Collected
from mailbot.ports.store import LetterState
from mailbot.reading.draft import draft_in
from mailbot.reading.files import role_of

_WORDS = 2000
_PAPERS = frozenset({FileRole.TEXT, FileRole.DOCUMENT, FileRole.OTHER})


def collected(case: Case) -> Result:
    """Take the answer to the item; the engine decides what of it counts."""
    item = case.sight.item
    assert item is not None
    if takes_facts(case, item):
        take_facts(case, item)
        return LetterState.HANDLED, item.ref
    workflow = case.book.workflows[item.workflow]
    stage = workflow.stage(item.stage)
    wanted = stage.collect.fields if stage and stage.collect else ()
    fields = draft_fields(case, workflow, wanted)
    letter = case.sight.letter
    case.step(
        item, Collected(actor(case), fields, case.sight.fresh.text[:_WORDS], message_id=letter.message_id)
    )
    return LetterState.HANDLED, item.ref


def draft_fields(case: Case, workflow: Workflow, wanted: tuple[str, ...]) -> dict[str, FieldValue]:
    """The fields among `wanted` that the letter fills: its papers, else the draft in its words.

    Where one comes the other kind is emptied: an older text must not go out beside a newer file.
    """
    papers = tuple(kept(case, a) for a in case.sight.letter.attachments if is_paper(a))
    text = None if papers else draft_in(case.sight.fresh.text)
    fields: dict[str, FieldValue] = {}
    for name in wanted:
        kind = workflow.fields[name].type
        if kind in (FieldType.FILE, FieldType.FILES):
            fields[name] = papers
        elif kind is FieldType.TEXT:
            fields[name] = text or ""
    return fields if any(fields.values()) else {}


def is_paper(attachment: Attachment) -> bool:
    """A document that somebody attached: no picture of a signature, no consent form."""
    return not attachment.inline and role_of(attachment) in _PAPERS


def kept(case: Case, attachment: Attachment) -> FileRef:
    """The paper under its digest, with what in it would identify a person."""
    file = keep(case, attachment)
    return FileRef(file.name, file.content_type, file.size, file.digest, file_warning(case, attachment))


def file_warning(case: Case, attachment: Attachment) -> str:
    """What in the file would identify a person; "" where nothing was found or it cannot be read here.

    All that stands in a document counts: open changes, comments, headers and hidden text leave with it.
    """
    papers = [f.paper for f in case.sight.examined.papers if f.digest == attachment.digest]
    said = [p.text for paper in papers if paper for p in (*paper.accepted, *paper.original)]
    said += [comment.words for paper in papers if paper for comment in paper.comments]
    if not said and attachment.content_type == "text/plain":
        said = [attachment.data[:400_000].decode("utf-8", "replace")]
    found = found_in("\n".join(dict.fromkeys(said)))
    return "; ".join(dict.fromkeys(f"{f.kind.value} ({f.shown})" for f in found))
