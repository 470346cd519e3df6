"""One file of `workflows/` becomes a Workflow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta

from mailbot.core.rules import (
    Alarm,
    Collect,
    Due,
    FieldRule,
    FieldType,
    Notice,
    Span,
    Stage,
    Tell,
    Usual,
    Workflow,
)
from mailbot.core.values import Office
from mailbot.rulebook.sheet import Sheet, Table
from mailbot.rulebook.spans import parse_span

_SPAN_HELP = "süre değil; “10m” (dakika), “2h” (saat), “1d” (gün), “2wh” (mesai saati) ya da “sabah” yazınız."


def read_workflow(sheet: Sheet) -> Workflow:
    """The workflow in the file; what is wrong is noted on the sheet."""
    top = sheet.top
    name = top.ident("name")
    code = top.line("code")
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        top.complain("code", f"“{code}” kayıt kodu olamaz; Türkçe harf içermeyen üç büyük harf yazınız.")
    title = top.name("title")
    draft = top.flag("draft", default=False)
    fields = _fields(top.table("fields", required=True))
    stages = tuple(_stage(table) for table in top.tables("stage"))
    on = top.table("on", required=True)
    if on is None:
        top.done()
        return Workflow(name, code, title, fields, stages, "", "")
    choose = on.line("choose", "")
    workflow = Workflow(
        name,
        code,
        title,
        fields,
        stages,
        revise=on.line("revise"),
        reopen=on.line("reopen"),
        reject=on.lines("reject"),
        choose=Office(choose) if choose else None,
        form=top.line("form", ""),
        correct=on.line("correct", ""),
        move=on.flag("move", default=False),
        pass_on=top.flag("pass_on", default=False),
        requester=top.line("requester", ""),
        draft=draft,
    )
    workflow = _deadline(top.table("deadline"), _cancel(on, workflow))
    if supplement := on.table("supplement"):
        workflow = replace(workflow, supplement=supplement.line("to"), clears=supplement.lines("clears"))
        supplement.done()
    on.done()
    top.done()
    return workflow


def _cancel(on: Table, workflow: Workflow) -> Workflow:
    """`cancel = "iptal"`, or a table that says whom to tell beside everybody who was asked."""
    if not isinstance(on.data.get("cancel"), dict):
        return replace(workflow, cancel=on.line("cancel", "iptal"))
    cancel = on.table("cancel")
    assert cancel is not None
    workflow = replace(
        workflow,
        cancel=cancel.line("to", "iptal"),
        cancel_tell=cancel.lines("tell"),
        cancel_mail=cancel.line("template", "iptal-bildirimi"),
    )
    cancel.done()
    return workflow


def _deadline(table: Table | None, workflow: Workflow) -> Workflow:
    """`[deadline]`: the field, and what holds where a wish names no deadline."""
    if table is None:
        return workflow
    field, urgent, other = table.line("field"), _span(table, "urgent"), _span(table, "usual")
    table.done()
    return replace(workflow, deadline=field, usual=Usual(urgent, other) if urgent else None)


def _fields(table: Table | None) -> Mapping[str, FieldRule]:
    found: dict[str, FieldRule] = {}
    if table is None:
        return found
    for name in table.data:
        field = table.table(name)
        if field is None:
            continue
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,29}", name):
            table.complain(
                name, f"“{name}” alan adı olamaz; küçük harf (Türkçe harf olmadan), rakam ve “_” kullanınız."
            )
        kind = field.choice("type", FieldType) or FieldType.LINE
        choices = field.lines("of") if "of" in field.data else ()
        if kind is FieldType.CHOICE and len(choices) < 2:
            field.complain(None, f"“{name}” bir seçim alanı; “of” içine en az iki seçenek yazınız.")
        elif kind is not FieldType.CHOICE and choices:
            field.complain("of", f'“{name}” seçim alanı değil; “of” yalnız type = "choice" ile yazılır.')
        choice_words = field.lines("of_words")
        if choice_words and len(choice_words) != len(choices):
            field.complain("of_words", "“of_words” içinde her seçenek için bir söz olmalı, aynı sırayla.")
        found[name] = FieldRule(
            name,
            field.name("label"),
            kind,
            field.flag("bind", default=False),
            choices,
            choice_words,
            field.lines("words"),
            field.lines("clears"),
            field.flag("shown", default=True),
        )
        field.used.add("of")
        field.done()
    return found


def _stage(table: Table) -> Stage:
    stage = Stage(
        name=table.ident("name"),
        title=table.name("title"),
        when=_condition(table),
        need=table.lines("need"),
        collect=_collect(table.table("collect")),
        ask=table.lines("ask"),
        ask_mail=table.line("ask_mail", ""),
        again_mail=table.line("again_mail", ""),
        remind_mail=table.line("remind_mail", ""),
        remind=_reminders(table),
        tell=tuple(_tell(entry) for entry in table.tables("tell")),
        wait=table.lines("wait"),
        pause=_span(table, "pause"),
        record=table.lines("record"),
        record_from=table.line("record_from", "role:editor"),
        check=table.lines("check"),
        gate=table.flag("gate", default=False),
        alarm=_alarm(table),
        any_hour=_any_hour(table),
        notices=tuple(n for n in map(_notice, table.tables("notice")) if n is not None),
    )
    table.done()
    return stage


def _collect(table: Table | None) -> Collect | None:
    """`collect = { field = "note|text", from = "$department", mail = …, due = …, remind = […] }`."""
    if table is None:
        return None
    due = None
    if share := table.table("due"):
        keep = _span(share, "keep")
        due = Due(share.fraction("share"), keep.length if keep else timedelta(0))
        share.done()
    found = Collect(
        fields=tuple(table.line("field").split("|")),
        source=table.line("from"),
        mail=table.line("mail"),
        remind_mail=table.line("remind_mail", ""),
        remind=_steps(table),
        due=due,
        on_order=table.one_of("start", {"order": "order", "entry": "entry"}, "entry") == "order",
        due_field=table.line("due_field", ""),
        signed=table.flag("signed", default=False),
    )
    table.done()
    return found


def _steps(table: Table) -> tuple[Span | float, ...]:
    """Spans, or shares of the time until the own deadline: `[0.33, 0.66]`."""
    table.used.add("remind")
    value = table.data.get("remind", [])
    found: list[Span | float] = []
    for number, step in enumerate(value if isinstance(value, list) else [value]):
        span = parse_span(step) if isinstance(step, str) else None
        if span is not None:
            found.append(span)
        elif isinstance(step, float) and 0 < step < 1:
            found.append(step)
        else:
            table.sheet.complain(
                (*table.path, "remind", number),
                f"“{step}” hatırlatma zamanı değil; “4wh” gibi bir süre ya da 0.33 gibi bir pay yazınız.",
            )
    return tuple(found)


def _any_hour(table: Table) -> bool:
    return table.one_of("hours", {"any": "any", "office": "office"}, "office") == "any"


_AT = re.compile(r"([a-z][a-z0-9_]*)([+-])([0-9]{1,3})([mhd])(?: ([0-9]{1,2})[.:]([0-9]{2}))?")


def _notice(table: Table) -> Notice | None:
    """`{ at = "starts_at-1d 10.00", to = ["opener"], template = … }`."""
    text, to, template = table.line("at"), table.lines("to", required=True), table.line("template")
    table.done()
    found = _AT.fullmatch(text)
    if found is None or (found[5] and (int(found[5]) > 23 or int(found[6]) > 59)):
        table.complain("at", '“at” alan-süre biçiminde yazılır: "starts_at-2h" ya da "starts_at-1d 10.00".')
        return None
    span = parse_span(f"{found[3]}{found[4]}")
    length = span.length if span else timedelta(0)
    clock = time(int(found[5]), int(found[6])) if found[5] else None
    return Notice(found[1], -length if found[2] == "-" else length, clock, to, template)


def _alarm(table: Table) -> Alarm | None:
    text = table.line("alarm", "")
    if not text:
        return None
    name, _, span = text.rpartition("-")
    before = parse_span(span)
    if not name or before is None or before.working:
        table.complain("alarm", '“alarm” alan-süre biçiminde yazılır, örneğin "deadline-20m".')
        return None
    return Alarm(name, before.length)


def _tell(table: Table) -> Tell:
    tell = Tell(
        table.line("to"),
        table.line("template"),
        _condition(table),
        table.flag("invite", default=False),
        table.flag("carry", default=True),
    )
    table.done()
    return tell


def _condition(table: Table) -> Mapping[str, str]:
    condition = table.table("if")
    if condition is None:
        return {}
    return {key: condition.line(key) for key in condition.data}


def _span(table: Table, key: str) -> Span | None:
    text = table.line(key, "")
    if not text:
        return None
    span = parse_span(text)
    if span is None:
        table.complain(key, f"“{text}” {_SPAN_HELP}")
    return span


def _reminders(table: Table) -> tuple[Span, ...]:
    found = []
    for number, text in enumerate(_repeatable(table, "remind")):
        span = parse_span(text)
        if span is None:
            table.sheet.complain((*table.path, "remind", number), f"“{text}” {_SPAN_HELP}")
        else:
            found.append(span)
    return tuple(found)


def _repeatable(table: Table, key: str) -> list[str]:
    """An array of texts in which one may stand twice ("4wh", "4wh")."""
    table.used.add(key)
    value = table.data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        table.complain(key, f"“{key}” köşeli parantez içinde tırnaklı sürelerden oluşmalı.")
        return []
    return [str(entry) for entry in value]
