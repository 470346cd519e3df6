"""Cross checks: files that each read well but do not fit together. Complaints on values, with their rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from mailbot.core.guards import GUARDS
from mailbot.core.routing import Action
from mailbot.core.rules import Department, Deputy, PersonRole, RoutingRule
from mailbot.core.worktime import WorkCalendar
from mailbot.rulebook.directory import DirectoryFile
from mailbot.rulebook.rows import Path
from mailbot.rulebook.sheet import Sheet, nearest

_DECIDES = ("kendisine-sorulmus", "kaniti-yeterli")
"""Guards without which no row may let a decision count."""


def check_directory(sheet: Sheet, directory: DirectoryFile) -> None:
    """Offices, departments, lists, staff and deputies against each other."""
    _addresses(sheet, directory)
    for office in directory.offices.values():
        path = directory.places["office", office.id]
        if not office.people:
            sheet.complain(path, f"“{office.id}” makamının hiç adresi yok; en az bir adres yazınız.")
        elif all(p.role is PersonRole.SECRETARY for p in office.people):
            sheet.complain(
                path,
                f"“{office.id}” makamında yalnız sekreter var; karar verebilecek bir kişi (“uye”) yazınız.",
            )
    for mailing_list in directory.lists.values():
        if not mailing_list.members:
            path = directory.places["list", mailing_list.id]
            sheet.complain(path, f"“{mailing_list.id}” listesi boş; en az bir alıcı yazınız.")
    for department in directory.departments.values():
        _general_directorate(sheet, directory, department)
    for facility in directory.facilities.values():
        if facility.department and facility.department not in directory.departments:
            path = (*directory.places["facility", facility.id], "department")
            known = nearest(facility.department, directory.departments)
            sheet.complain(path, f"“{facility.department}” diye bir başkanlık yok.{known}")
    if not directory.staff:
        sheet.complain((), "Hiç personel yok; kayıt açabilecek en az bir kişiyi [[staff]] ile yazınız.")
    elif not any(p.role is PersonRole.CHIEF for p in directory.staff):
        sheet.complain(("staff",), 'Personel arasında “sorumlu” yok; bir kişiye role = "sorumlu" yazınız.')
    _deputies(sheet, directory)


def _general_directorate(sheet: Sheet, directory: DirectoryFile, department: Department) -> None:
    if department.gm is not None and department.gm not in directory.offices:
        path = (*directory.places["department", department.id], "gm")
        sheet.complain(
            path, f"“{department.gm}” diye bir makam yok.{nearest(department.gm, directory.offices)}"
        )


def _addresses(sheet: Sheet, directory: DirectoryFile) -> None:
    """One address speaks for one office: otherwise its answer could be counted for the other."""
    holders: dict[str, str] = {}
    for office in directory.offices.values():
        for number, person in enumerate(office.people):
            path: Path = (*directory.places["office", office.id], "people", number)
            other = holders.setdefault(person.address.base.text, office.id)
            if other != office.id:
                sheet.complain(
                    path,
                    f"“{person.address}” hem “{other}” hem “{office.id}” "
                    "makamında; bir adres tek makam adına konuşabilir.",
                )
            if person.address.base == directory.unit.address:
                sheet.complain(path, f"“{person.address}” birimin kendi adresi; makam adresi olamaz.")
    for number, person in enumerate(directory.staff):
        office_id = holders.get(person.address.base.text)
        if office_id is not None:
            sheet.complain(
                ("staff", number),
                f"“{person.address}” hem personel hem “{office_id}” "
                "makamında; personel kendi metnini onaylayamaz.",
            )
        if person.address.base == directory.unit.address:
            sheet.complain(
                ("staff", number), f"“{person.address}” birimin kendi adresi; personel adresi olamaz."
            )
    for mailing_list in directory.lists.values():
        for number, member in enumerate(mailing_list.own):
            if member.address.base == directory.unit.address:
                path = (*directory.places["list", mailing_list.id], "people", number)
                sheet.complain(path, f"“{member.address}” birimin kendi adresi; listede olamaz.")


def _deputies(sheet: Sheet, directory: DirectoryFile) -> None:
    offices, deputies = directory.offices, directory.deputies
    for number, deputy in zip(directory.deputy_rows, deputies, strict=True):
        path: Path = ("deputy", number)
        if deputy.office not in offices:
            sheet.complain(
                (*path, "office"), f"“{deputy.office}” diye bir makam yok.{nearest(deputy.office, offices)}"
            )
            continue
        held = next(
            (o.id for o in offices.values() if any(p.address == deputy.person.address for p in o.people)),
            None,
        )
        if held == deputy.office:
            sheet.complain(path, f"“{deputy.person.address}” zaten “{held}” makamında; kendine vekil olamaz.")
        elif held is not None:
            sheet.complain(
                path,
                f"“{deputy.person.address}” “{held}” makamında; iki makamın kararı bir adreste toplanamaz.",
            )
        if any(p.address == deputy.person.address for p in directory.staff):
            sheet.complain(path, f"“{deputy.person.address}” personel; kendi metnini onaylayan vekil olamaz.")
    for (_, one), (number, other) in combinations(zip(directory.deputy_rows, deputies, strict=True), 2):
        _two_deputies(sheet, number, one, other)


def _two_deputies(sheet: Sheet, number: int, one: Deputy, other: Deputy) -> None:
    if one.until < other.since or other.until < one.since:
        return
    if one.office == other.office:
        since = max(one.since, other.since)
        sheet.complain(
            ("deputy", number),
            f"“{one.office}” makamının iki vekâleti çakışıyor ({since:%d.%m.%Y}); günleri ayırınız.",
        )
    elif one.person.address == other.person.address:
        sheet.complain(
            ("deputy", number),
            f"“{one.person.address}” aynı günlerde iki makama "
            "vekâlet ediyor; vekil yeni bir vekâlet üstlenemez.",
        )


def check_routing(sheet: Sheet, rules: Sequence[RoutingRule]) -> None:
    """Guards and actions that exist; no row behind one that always holds."""
    if not rules:
        sheet.complain((), "Hiç yönlendirme satırı yok; en az bir [[rule]] yazınız.")
    seen: dict[frozenset[str], str] = {}
    for number, rule in enumerate(rules):
        path: Path = ("rule", number)
        for position, guard in enumerate(rule.when):
            if guard.removeprefix("!") not in GUARDS:
                sheet.complain(
                    (*path, "when", position), f"“{guard}” diye bir koşul yok.{nearest(guard, GUARDS)}"
                )
        if rule.then and rule.then not in {str(a) for a in Action}:
            known = nearest(rule.then, (str(a) for a in Action))
            sheet.complain((*path, "then"), f"“{rule.then}” diye bir iş yok.{known}")
        lacking = [g for g in _DECIDES if g not in rule.when]
        if rule.then in (Action.DECIDE, Action.CHOOSE) and lacking:
            named = " ve ".join(f"“{g}”" for g in lacking)
            sheet.complain(path, f"“{rule.name}” karar işletiyor; “when” içine {named} koşulunu ekleyiniz.")
        guards = frozenset(rule.when) - {"her-zaman"}
        if any(f"!{g}" in guards for g in guards):
            sheet.complain(
                path, f"“{rule.name}” satırı hiç uygulanamaz: bir koşul ve tersi birlikte yazılmış."
            )
        earlier = next((name for known, name in seen.items() if known <= guards), None)
        if earlier is not None:
            sheet.complain(
                path,
                f"“{rule.name}” satırına sıra gelmez; yukarıdaki “{earlier}” aynı iletileri önce alıyor.",
            )
        seen.setdefault(guards, rule.name)
        if not guards and number + 1 < len(rules):
            after = len(rules) - number - 1
            sheet.complain(
                path, f"Koşulsuz “{rule.name}” satırından sonraki {after} satıra sıra gelmez; sona alınız."
            )
            break


def check_calendar(sheet: Sheet, calendar: WorkCalendar, today: date | None) -> None:
    """A day that is both full and half; a next year that nobody entered yet (a warning)."""
    for day, name in calendar.half_days.items():
        if day in calendar.holidays:
            sheet.complain(
                ("half_days", day.isoformat()),
                f"{day:%d.%m.%Y} ({name}) hem tam gün hem yarım gün tatil yazılmış; birini siliniz.",
            )
    if today is None:
        return
    years = {day.year for day in calendar.holidays}
    for year in (today.year, today.year + 1):
        if year not in years:
            sheet.complain(
                ("holidays",),
                f"{year} yılının resmî tatilleri yazılmamış; [holidays] altına ekleyiniz.",
                warning=True,
            )
