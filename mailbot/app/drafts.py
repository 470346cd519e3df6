"""What a department or a hospital sends because it was asked to: a draft in the body or in a file."""

from __future__ import annotations

from dataclasses import replace

from mailbot.app.case import Case, Result, actor
from mailbot.app.facts import take_facts, takes_facts
from mailbot.app.keeping import keep
from mailbot.core.decision import Decision
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
    letter, words = case.sight.letter, case.sight.fresh.text[:_WORDS]
    evidence = ""
    if stage is not None and stage.collect is not None and stage.collect.signed:
        fields, evidence = _signature(case, fields, wanted)
    case.step(item, Collected(actor(case), fields, words, message_id=letter.message_id, evidence=evidence))
    return LetterState.HANDLED, item.ref


def _signature(
    case: Case, fields: dict[str, FieldValue], wanted: tuple[str, ...]
) -> tuple[dict[str, FieldValue], str]:
    """A signed file, or a proved answer that agrees: the mail itself stands for the signature (1.2.2)."""
    if fields:
        found = [f.signed for f in case.sight.examined.files if f.signed is not None and f.signed.intact]
        names = ", ".join(name for signed in found for name in signed.names)
        if found:
            return fields, f"Elektronik imza doğrulandı{': ' + names if names else ''}."
        return fields, "Dosyada elektronik imza yok; başkanlığın kayıtlı adresinden geldi."
    if case.sight.verdict.decision is not Decision.APPROVE:
        return {}, ""
    letter, by = case.sight.letter, actor(case)
    rows = (f"{by.name} <{by.address}>", str(letter.date or case.now), str(letter.message_id or ""), "")
    data = "\n".join((*rows, case.sight.fresh.text)).encode()
    file = FileRef("imza-yaniti.txt", "text/plain", len(data), case.tx.put_blob(data))
    return {wanted[0]: (file,)}, "Yanıtıyla imzaladı."


def draft_fields(case: Case, workflow: Workflow, wanted: tuple[str, ...]) -> dict[str, FieldValue]:
    """The fields among `wanted` that the letter fills: its papers, else the draft in its words.

    Where one comes the other kind is emptied: an older text must not go out beside a newer file.
    """
    papers = tuple(kept(case, workflow, a) for a in case.sight.letter.attachments if is_paper(a))
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


def kept(case: Case, workflow: Workflow, attachment: Attachment) -> FileRef:
    """The paper under its digest, with what is wrong with it."""
    return replace(keep(case, attachment), warning=_warning(case, workflow, attachment))


def _warning(case: Case, workflow: Workflow, attachment: Attachment) -> str:
    found = [f.signed for f in case.sight.examined.files if f.digest == attachment.digest]
    if any(signed is not None and not signed.intact for signed in found):
        return "imzalandıktan sonra değiştirilmiş ya da imzası denetlenemiyor; imzalı aslını gönderiniz"
    private = any("privacy" in stage.check for stage in workflow.stages)
    return file_warning(case, attachment) if private else ""


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
