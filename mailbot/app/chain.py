"""Staff mails about chains whose fields a workflow file names: opening one, and correcting its fields.

A field is filled by what the reader of openings found under the same name, and by a line that carries one
of its labels; the label wins. No chain is known by name here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from mailbot.app.case import Case
from mailbot.app.drafts import is_paper, kept
from mailbot.app.keeping import one_line
from mailbot.core.item import FieldValue, FileRef, Item
from mailbot.core.opening import Opening
from mailbot.core.plan import usual_deadline
from mailbot.core.rules import FieldType, Workflow
from mailbot.reading.draft import draft_in
from mailbot.reading.labels import read_labels
from mailbot.reading.plain import plain
from mailbot.reading.revision import revised_text

_WISH = 2000


def _instant(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


_FROM_OPENING: Mapping[str, Callable[[Opening], FieldValue | None]] = {
    "title": lambda o: one_line(o.title),
    "text": lambda o: o.text,
    "deadline": lambda o: o.deadline,
    "embargo": lambda o: o.embargo,
    "starts_at": lambda o: _instant(o.when),
    "ends_at": lambda o: o.until,
    "guest": lambda o: o.guest,
    "outlet": lambda o: o.channel,
    "programme": lambda o: o.programme,
    "live": lambda o: None if o.live is None else "live" if o.live else "recorded",
    "place": lambda o: o.place or o.facility,
    "facility": lambda o: o.facility,
    "news": lambda o: "\n".join(filter(None, (o.channel, *o.urls))),
}
"""Names that a workflow file may give its fields to have them filled from what was read."""


def opened_fields(case: Case, workflow: Workflow, opening: Opening) -> dict[str, FieldValue]:
    """The fields of `workflow` that the mail gives, by name and by label line."""
    fields: dict[str, FieldValue] = {}
    for name in workflow.fields:
        getter = _FROM_OPENING.get(name)
        value = getter(opening) if getter else None
        if value:
            fields[name] = value
    outlet = fields.get("outlet")
    if "outlet_mail" in workflow.fields and isinstance(outlet, str):
        # An outlet of the directory has its address there.
        members = (p for mailing in case.book.lists.values() for p in mailing.members)
        known = next((p for p in members if plain(p.name) == plain(outlet)), None)
        if known is not None:
            fields["outlet_mail"] = known.address.text
    if "wish" in workflow.fields:
        fields["wish"] = case.sight.fresh.text[:_WISH]
    fields |= _labelled(case, workflow)
    fields |= _files(case, workflow, {})
    if workflow.usual is not None and workflow.deadline not in fields:
        said = case.sight.letter.date or case.now
        fields[workflow.deadline] = usual_deadline(
            workflow.usual, case.book.calendar, said, urgent=opening.crisis
        )
    return fields


def corrected_fields(case: Case, workflow: Workflow, item: Item) -> dict[str, FieldValue]:
    """The fields that a staff mail about the item gives anew."""
    fields = _labelled(case, workflow)
    current = item.fields.get("text", "")
    if "text" in workflow.fields:
        words = case.sight.fresh.text
        text = revised_text(words, current if isinstance(current, str) else "")
        if text is None and not fields and not current and not case.sight.commands:
            text = draft_in(words)
        if text and text.strip():
            fields["text"] = text.strip()
    files = _files(case, workflow, item.fields)
    if files and "text" in workflow.fields and "text" not in fields and current:
        # A file takes the place of the words that stood there.
        fields["text"] = ""
    return fields | files


def _labelled(case: Case, workflow: Workflow) -> dict[str, FieldValue]:
    said = case.sight.letter.date or case.now
    fresh, rules = case.sight.fresh, tuple(workflow.fields.values())
    # A line with an address looks like the end of a letter.
    found = read_labels(fresh.aside, rules, said, case.book.calendar)
    found |= read_labels(fresh.text, rules, said, case.book.calendar)
    return {
        name: one_line(value)
        if isinstance(value, str) and workflow.fields[name].type is FieldType.LINE
        else value
        for name, value in found.items()
    }


def _files(case: Case, workflow: Workflow, current: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The papers of the mail, in the workflow's file field; they take the place of earlier ones."""
    papers: tuple[FileRef, ...] = tuple(
        kept(case, workflow, a) for a in case.sight.letter.attachments if is_paper(a)
    )
    if not papers:
        return {}
    name = next(
        (r.name for r in workflow.fields.values() if r.type in (FieldType.FILE, FieldType.FILES)), None
    )
    return {} if name is None or current.get(name) == papers else {name: papers}
