"""One thing that `mailbot check` looked at."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.rulebook.complaint import Complaint


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: fine where it has no complaints."""

    what: str
    complaints: tuple[Complaint, ...] = ()
    note: str = ""

    @property
    def ok(self) -> bool:
        return all(c.warning for c in self.complaints)
