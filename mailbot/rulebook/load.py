"""`rules/` becomes a Rulebook, or every complaint about it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from mailbot.core.rules import Rulebook, Span, Workflow
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.rulebook.check import check_calendar, check_directory, check_routing
from mailbot.rulebook.complaint import Complaint, RulesRefused, in_order
from mailbot.rulebook.directory import read_directory
from mailbot.rulebook.lists import fill_lists
from mailbot.rulebook.safety import check_workflow
from mailbot.rulebook.sheet import Sheet, read_sheet
from mailbot.rulebook.tables import read_calendar, read_limits, read_routing
from mailbot.rulebook.workflows import read_workflow


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rules, ready for use."""

    book: Rulebook
    lexicon: Lexicon
    warnings: tuple[Complaint, ...] = ()


def load(folder: Path, *, templates: Collection[str] | None = None, today: date | None = None) -> Loaded:
    """Read `folder`. With `templates`, the names of mail templates are checked against them; with
    `today`, a calendar that ends too soon is warned of.

    Raises RulesRefused with every complaint.
    """
    if not folder.is_dir():
        raise RulesRefused(
            [Complaint(str(folder), None, "Kural klasörü bulunamadı; “mailbot init” ile kurunuz.")]
        )
    directory_sheet, routing_sheet, calendar_sheet, limits_sheet, lexicon_sheet = (
        read_sheet(folder / name, name)
        for name in ("directory.toml", "routing.toml", "calendar.toml", "limits.toml", "lexicon.toml")
    )
    workflow_sheets = [
        read_sheet(path, f"workflows/{path.name}") for path in sorted((folder / "workflows").glob("*.toml"))
    ]
    sheets = [directory_sheet, routing_sheet, calendar_sheet, limits_sheet, lexicon_sheet, *workflow_sheets]
    # A file that could not be read at all would only bring complaints that follow from that.
    _refuse_if_wrong(sheets)

    directory = read_directory(directory_sheet)
    lists = fill_lists(
        directory_sheet,
        directory.lists,
        directory.list_specs,
        directory.places,
        folder,
        directory.unit.address,
    )
    directory = replace(directory, lists=lists)
    routing = read_routing(routing_sheet)
    calendar = read_calendar(calendar_sheet)
    limits = read_limits(limits_sheet)
    lexicon = _lexicon(lexicon_sheet)
    pause = Span(timedelta(minutes=limits["pause.minutes"]), working=False)
    workflows = [(sheet, _with_pause(read_workflow(sheet), pause)) for sheet in workflow_sheets]
    # Cross checks look at values: they would repeat what was said about a value that is missing.
    _refuse_if_wrong(sheets)

    check_directory(directory_sheet, directory)
    check_routing(routing_sheet, routing)
    check_calendar(calendar_sheet, calendar, today)
    for sheet, workflow in workflows:
        check_workflow(sheet, workflow, directory, templates)
    _twins(workflows)
    _refuse_if_wrong(sheets)

    book = Rulebook(
        unit=directory.unit,
        offices=directory.offices,
        departments=directory.departments,
        facilities=directory.facilities,
        lists=directory.lists,
        staff=directory.staff,
        deputies=directory.deputies,
        workflows={workflow.name: workflow for _, workflow in workflows},
        routing=routing,
        calendar=calendar,
        outlets=directory.outlets,
        limits=limits,
    )
    assert lexicon is not None
    return Loaded(book, lexicon, in_order(c for sheet in sheets for c in sheet.complaints))


def load_lexicon(folder: Path) -> Lexicon:
    """The reader's lexicon alone. Raises RulesRefused with every complaint about it."""
    sheet = read_sheet(folder / "lexicon.toml", "lexicon.toml")
    lexicon = _lexicon(sheet) if not sheet.complaints else None
    if lexicon is None:
        raise RulesRefused(sheet.complaints)
    return lexicon


def _refuse_if_wrong(sheets: Iterable[Sheet]) -> None:
    found = [c for sheet in sheets for c in sheet.complaints]
    if any(not c.warning for c in found):
        raise RulesRefused(found)


def _lexicon(sheet: Sheet) -> Lexicon | None:
    """The reader's lexicon. Its own complaints begin with "[section] key:"."""
    try:
        return lexicon_from(sheet.data)
    except ValueError as error:
        for line in str(error).splitlines():
            found = re.match(r"\[([^\]]*)\] ?([^:]*)", line)
            sheet.complain((found[1], found[2]) if found else (), line)
        return None


def _with_pause(workflow: Workflow, pause: Span) -> Workflow:
    """The workflow with the unit's usual pause wherever a stage waits for one and names none."""
    stages = tuple(
        replace(stage, pause=pause) if "pause" in stage.wait and stage.pause is None else stage
        for stage in workflow.stages
    )
    return replace(workflow, stages=stages)


def _twins(workflows: Sequence[tuple[Sheet, Workflow]]) -> None:
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for sheet, workflow in workflows:
        for seen, value, key in ((names, workflow.name, "name"), (codes, workflow.code, "code")):
            if value in seen:
                sheet.complain(
                    (key,), f"“{value}” {seen[value]} dosyasında da kullanılmış; başka bir ad veriniz."
                )
            seen.setdefault(value, sheet.name)
    if not workflows:
        raise RulesRefused(
            [Complaint("workflows", None, "Hiç iş akışı dosyası yok; en az bir .toml dosyası koyunuz.")]
        )
