"""`rules/` becomes a Rulebook, or every complaint about it at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mailbot.core.rules import Rulebook, Workflow
from mailbot.rulebook.complaint import Complaint, RulesRefused, in_order
from mailbot.rulebook.directory import read_directory
from mailbot.rulebook.sheet import Sheet, read_sheet
from mailbot.rulebook.tables import read_calendar, read_limits, read_routing
from mailbot.rulebook.workflows import read_workflow


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rules, ready for use."""

    book: Rulebook
    warnings: tuple[Complaint, ...] = ()


def load(folder: Path, *, templates: Collection[str] | None = None, today: date | None = None) -> Loaded:
    """Read `folder`. With `templates`, the names of mail templates are checked against them; with
    `today`, a calendar that ends too soon is warned of.

    Raises RulesRefused with every complaint.
    """
    directory_sheet = read_sheet(folder / "directory.toml", "directory.toml")
    routing_sheet = read_sheet(folder / "routing.toml", "routing.toml")
    calendar_sheet = read_sheet(folder / "calendar.toml", "calendar.toml")
    limits_sheet = read_sheet(folder / "limits.toml", "limits.toml")
    workflow_sheets = [
        read_sheet(path, f"workflows/{path.name}") for path in sorted((folder / "workflows").glob("*.toml"))
    ]
    sheets = [directory_sheet, routing_sheet, calendar_sheet, limits_sheet, *workflow_sheets]
    # A file that could not be read at all would only bring complaints that follow from that.
    if any(sheet.complaints for sheet in sheets):
        raise RulesRefused(c for sheet in sheets for c in sheet.complaints)

    directory = read_directory(directory_sheet)
    workflows: dict[str, Workflow] = {}
    for sheet in workflow_sheets:
        workflow = read_workflow(sheet)
        workflows[workflow.name] = workflow
    book = Rulebook(
        unit=directory.unit,
        offices=directory.offices,
        departments=directory.departments,
        facilities=directory.facilities,
        lists=directory.lists,
        staff=directory.staff,
        deputies=directory.deputies,
        workflows=workflows,
        routing=read_routing(routing_sheet),
        calendar=read_calendar(calendar_sheet),
        outlets=directory.outlets,
        limits=read_limits(limits_sheet),
    )
    found = in_order(c for sheet in sheets for c in sheet.complaints)
    if any(not c.warning for c in found):
        raise RulesRefused(found)
    return Loaded(book, found)
