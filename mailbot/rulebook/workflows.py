"""One file of `workflows/` becomes a Workflow."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailbot.core.rules import FieldRule, FieldType, Span, Stage, Tell, Workflow
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
    revise = reopen = ""
    reject: tuple[str, ...] = ()
    cancel, choose = "iptal", ""
    if on:
        revise, reopen = on.line("revise"), on.line("reopen")
        reject, cancel = on.lines("reject"), on.line("cancel", "iptal")
        choose = on.line("choose", "")
        on.done()
    top.done()
    return Workflow(
        name=name,
        code=code,
        title=title,
        fields=fields,
        stages=stages,
        revise=revise,
        reopen=reopen,
        reject=reject,
        choose=Office(choose) if choose else None,
        cancel=cancel,
        draft=draft,
    )


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
        found[name] = FieldRule(name, field.name("label"), kind, field.flag("bind", default=False), choices)
        field.used.add("of")
        field.done()
    return found


def _stage(table: Table) -> Stage:
    collect = table.table("collect")
    stage = Stage(
        name=table.ident("name"),
        title=table.name("title"),
        when=_condition(table),
        need=table.lines("need"),
        collect=collect.line("field") if collect else None,
        collect_from=collect.line("from") if collect else None,
        ask=table.lines("ask"),
        ask_mail=table.line("ask_mail", ""),
        again_mail=table.line("again_mail", ""),
        remind_mail=table.line("remind_mail", ""),
        remind=_reminders(table),
        tell=tuple(_tell(entry) for entry in table.tables("tell")),
        wait=table.lines("wait"),
        pause=_span(table, "pause"),
        record=table.lines("record"),
        check=table.lines("check"),
        gate=table.flag("gate", default=False),
        due=table.line("due", "") or None,
        alarm=table.line("alarm", "") or None,
    )
    if collect:
        collect.done()
    table.done()
    return stage


def _tell(table: Table) -> Tell:
    hours = table.one_of("hours", {"any": "any", "office": "office"}, "office")
    tell = Tell(table.line("to"), table.line("template"), _condition(table), hours == "any")
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
