"""The three small files: `routing.toml`, `calendar.toml`, `limits.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise

from mailbot.core.rules import RoutingRule
from mailbot.core.worktime import WorkCalendar
from mailbot.rulebook.directory import PROOFS
from mailbot.rulebook.sheet import Sheet, Table

_WEEKDAYS = {
    "pazartesi": 0,
    "salı": 1,
    "çarşamba": 2,
    "perşembe": 3,
    "cuma": 4,
    "cumartesi": 5,
    "pazar": 6,
}

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")

_LIMITS: Mapping[tuple[str, str], tuple[int, int, int]] = {
    ("mail", "per_hour"): (400, 1, 100_000),
    ("mail", "per_minute"): (60, 1, 100_000),
    ("mail", "max_outbound_kb"): (10_240, 1_000, 102_400),
    ("mail", "per_connection"): (50, 1, 1000),
    ("mail", "max_inbound_kb"): (35_840, 100, 102_400),
    ("mail", "retry_hours"): (120, 1, 240),
    ("pause", "minutes"): (10, 0, 1440),
    ("parsing", "seconds"): (2, 1, 300),
}
"""Section and key: default, least, most. In the rulebook they are called `section.key`."""

_PROOF_ACTIONS: Mapping[str, str] = {"command": "anahtar"}
"""Actions of unit staff and the least proof they need by default; `proof.command` in the rulebook."""


def read_routing(sheet: Sheet) -> tuple[RoutingRule, ...]:
    """The rows of `routing.toml`, in order."""
    top = sheet.top
    found = []
    for table in top.tables("rule"):
        found.append(
            RoutingRule(table.line("name"), table.lines("when"), table.line("then"), table.line("why"))
        )
        if "when" not in table.data:
            table.complain(None, "“when” yazılmamış; koşul yoksa boş dizi ([]) yazınız.")
        table.done()
    top.done()
    return tuple(found)


def read_limits(sheet: Sheet) -> Mapping[str, int]:
    """The numbers of `limits.toml` as `section.key`; what is left out has its default."""
    top = sheet.top
    sections: dict[str, Table] = {}
    for name in (*dict.fromkeys(section for section, _ in _LIMITS), "proof"):
        table = top.table(name)
        sections[name] = table if table is not None else Table(sheet, (name,), {})
    found = {
        f"{section}.{key}": sections[section].number(key, default, low, high)
        for (section, key), (default, low, high) in _LIMITS.items()
    }
    for action, default_word in _PROOF_ACTIONS.items():
        level = sections["proof"].one_of(action, PROOFS, PROOFS[default_word])
        found[f"proof.{action}"] = int(PROOFS[default_word] if level is None else level)
    for table in sections.values():
        table.done()
    top.done()
    return found


def read_calendar(sheet: Sheet) -> WorkCalendar:
    """Office hours and days off."""
    top = sheet.top
    plain = WorkCalendar()
    hours, weekdays, half_day_end = plain.hours, plain.weekdays, plain.half_day_end
    table = top.table("hours", required=True)
    if table is not None:
        weekdays = _weekdays(table)
        hours = _blocks(table) or hours
        half_day_end = _time(table, "half_day_end", table.line("half_day_end", "13.00")) or half_day_end
        table.done()
    days = {key: _days(top.table(key)) for key in ("holidays", "half_days", "leave")}
    top.done()
    return WorkCalendar(hours, weekdays, half_day_end, days["holidays"], days["half_days"], days["leave"])


def _weekdays(table: Table) -> frozenset[int]:
    found = set()
    for name in table.lines("weekdays", required=True):
        if name not in _WEEKDAYS:
            table.complain(
                "weekdays", f"“{name}” bir gün adı değil; küçük harfle “pazartesi” … “pazar” yazınız."
            )
        else:
            found.add(_WEEKDAYS[name])
    if not found:
        table.complain("weekdays", "Hiç iş günü yok; en az bir gün yazınız.")
    return frozenset(found)


def _time(table: Table, key: str, text: str) -> time | None:
    found = _TIME.fullmatch(text.strip())
    if not found:
        table.complain(key, f"“{text}” bir saat değil; 13.00 biçiminde yazınız.")
        return None
    return time(int(found[1]), int(found[2]))


def _blocks(table: Table) -> tuple[tuple[time, time], ...]:
    found: list[tuple[time, time]] = []
    for text in table.lines("blocks", required=True):
        parts = text.replace("–", "-").split("-")
        if len(parts) != 2:
            table.complain("blocks", f"“{text}” bir saat aralığı değil; 08.00-12.00 biçiminde yazınız.")
            continue
        start, end = _time(table, "blocks", parts[0]), _time(table, "blocks", parts[1])
        if start is None or end is None:
            continue
        if start >= end:
            table.complain("blocks", f"“{text}” aralığının başlangıcı bitişinden önce olmalı.")
            continue
        found.append((start, end))
    found.sort()
    for one, other in pairwise(found):
        if one[1] > other[0]:
            table.complain(
                "blocks",
                f"Mesai aralıkları çakışıyor: {_hm(one[0])}-{_hm(one[1])} "
                f"ve {_hm(other[0])}-{_hm(other[1])}.",
            )
    if not found:
        table.complain("blocks", 'Hiç mesai aralığı yok; örneğin ["08.00-12.00", "13.00-17.00"] yazınız.')
    return tuple(found)


def _hm(moment: time) -> str:
    return f"{moment:%H.%M}"


def _days(table: Table | None) -> Mapping[date, str]:
    found: dict[date, str] = {}
    if table is None:
        return found
    for text in table.data:
        name = table.line(text)
        try:
            day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        except ValueError:
            day = None
        if day is None:
            table.complain(
                text, f"“{text}” diye bir gün yok; günü yıl-ay-gün (2026-11-23) biçiminde yazınız."
            )
            continue
        found[day] = name
    return found
