"""What a workflow must promise: nothing leaves without its approvals, and no stage is a dead end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mailbot.core.advance import alternatives
from mailbot.core.rules import FieldType, PersonRole, Stage, Workflow
from mailbot.rulebook.directory import DirectoryFile
from mailbot.rulebook.rows import Path
from mailbot.rulebook.sheet import Sheet, nearest

_PLAIN_TARGETS = (
    "staff",
    "opener",
    "asked",
    "$department",
    "$department.gm",
    "$requester",
    "$recipients",
    "$facility",
)
_CHECKS = ("privacy", "numbers")
_CHANNELS = ("web", "sosyal", "X", "Instagram", "Facebook", "YouTube", "basın")
_REJECT_WORDS = ("web", "iptal")
_RESERVED = ("kapali", "iptal")


def check_workflow(
    sheet: Sheet, workflow: Workflow, directory: DirectoryFile, templates: Collection[str] | None
) -> None:
    """Every complaint about `workflow` that its file alone does not show."""
    stages = {stage.name: number for number, stage in enumerate(workflow.stages)}
    if not workflow.stages:
        sheet.complain((), "İş akışında hiç aşama yok; en az bir [[stage]] yazınız.")
        return
    for number, stage in enumerate(workflow.stages):
        path: Path = ("stage", number)
        if stages[stage.name] != number:
            sheet.complain(path, f"“{stage.name}” aşaması iki kez yazılmış; birine başka ad veriniz.")
        if stage.name in _RESERVED:
            sheet.complain(path, f"“{stage.name}” adı programa ayrılmış; aşamaya başka ad veriniz.")
        _condition(sheet, (*path, "if"), stage.when, workflow)
        _stage(sheet, path, stage, workflow, directory)
        for name_path, name in _templates(path, stage):
            if name and templates is not None and name not in templates:
                sheet.complain(name_path, f"“{name}” diye bir ileti şablonu yok.{nearest(name, templates)}")
    _on(sheet, workflow, stages)
    _approvals(sheet, workflow)
    _version(sheet, workflow)


def _templates(path: Path, stage: Stage) -> Iterator[tuple[Path, str]]:
    yield (*path, "ask_mail"), stage.ask_mail
    yield (*path, "again_mail"), stage.again_mail
    yield (*path, "remind_mail"), stage.remind_mail
    if stage.collect is not None:
        yield (*path, "collect"), stage.collect.mail
        yield (*path, "collect"), stage.collect.remind_mail
    for number, tell in enumerate(stage.tell):
        yield (*path, "tell", number), tell.template
    for number, notice in enumerate(stage.notices):
        yield (*path, "notice", number), notice.template


def _condition(sheet: Sheet, path: Path, when: Mapping[str, str], workflow: Workflow) -> None:
    for name, value in when.items():
        rule = workflow.fields.get(name)
        if rule is None:
            sheet.complain((*path, name), f"“{name}” diye bir alan yok.{nearest(name, workflow.fields)}")
        elif rule.type is not FieldType.CHOICE:
            sheet.complain(
                (*path, name), f"“{name}” seçim alanı değil; koşul yalnız seçim alanlarıyla kurulur."
            )
        elif value not in rule.choices:
            sheet.complain(
                (*path, name),
                f"“{name}” alanı hiç “{value}” olamaz; buraya ulaşılamaz.{nearest(value, rule.choices)}",
            )
        elif not rule.bind:
            sheet.complain(
                (*path, name), f"Koşuldaki “{name}” alanı onaya bağlı değil; alana bind = true yazınız."
            )


def _stage(sheet: Sheet, path: Path, stage: Stage, workflow: Workflow, directory: DirectoryFile) -> None:
    fields = workflow.fields
    for number, need in enumerate(stage.need):
        for name in alternatives(need):
            if name not in fields:
                sheet.complain((*path, "need", number), f"“{name}” diye bir alan yok.{nearest(name, fields)}")
    if stage.collect is not None:
        for name in stage.collect.fields:
            if name not in fields:
                sheet.complain((*path, "collect"), f"“{name}” diye bir alan yok.{nearest(name, fields)}")
        _target(sheet, (*path, "collect"), stage.collect.source, directory, fields)
        shares = any(isinstance(step, float) for step in stage.collect.remind)
        if shares and stage.collect.due is None:
            sheet.complain((*path, "collect"), "Pay ile hatırlatma için “due” yazılmalı.")
        if stage.collect.due is not None and not workflow.deadline:
            sheet.complain((*path, "collect"), "“due” için iş akışında [deadline] bölümü yazılmalı.")
    for number, spec in enumerate(stage.ask):
        if spec != "$department.gm" and spec not in directory.offices:
            known = nearest(spec, (*directory.offices, "$department.gm"))
            sheet.complain((*path, "ask", number), f"“{spec}” diye bir makam yok.{known}")
    if stage.ask and not (stage.ask_mail and stage.again_mail):
        sheet.complain(path, f"“{stage.name}” onay istiyor; “ask_mail” ve “again_mail” şablonlarını yazınız.")
    if stage.remind and not stage.remind_mail:
        sheet.complain(path, f"“{stage.name}” hatırlatıyor; “remind_mail” şablonunu yazınız.")
    for number, tell in enumerate(stage.tell):
        _target(sheet, (*path, "tell", number), tell.to, directory, fields)
        _condition(sheet, (*path, "tell", number, "if"), tell.when, workflow)
        if not stage.gate and _leaves(tell.to, workflow):
            sheet.complain(
                (*path, "tell", number),
                f"“{tell.to}” alıcısına onaylardan önce gidiyor; "
                "aşamaya gate = true yazınız (onaysız metin çıkamaz).",
            )
    for number, notice in enumerate(stage.notices):
        if notice.field not in fields or fields[notice.field].type is not FieldType.TIME:
            sheet.complain((*path, "notice", number), f"“{notice.field}” bir zaman alanı değil.")
        for to in notice.to:
            _target(sheet, (*path, "notice", number), to, directory, fields)
            if not stage.gate and _leaves(to, workflow):
                sheet.complain(
                    (*path, "notice", number),
                    f"“{to}” alıcısına onaylardan önce gidiyor; aşamaya gate = true yazınız.",
                )
    for number, condition in enumerate(stage.wait):
        if condition in ("pause", "ack"):
            continue
        if condition not in fields or fields[condition].type is not FieldType.TIME:
            known = nearest(
                condition, ("pause", "ack", *(f for f, r in fields.items() if r.type is FieldType.TIME))
            )
            sheet.complain((*path, "wait", number), f"“{condition}” beklenemez, aşamadan çıkılamaz.{known}")
    if stage.pause is not None and "pause" not in stage.wait:
        sheet.complain(
            (*path, "pause"), '“pause” yazılmış ama “wait” içinde yok; wait = ["pause"] ekleyiniz.'
        )
    for number, channel in enumerate(stage.record):
        if channel not in _CHANNELS:
            sheet.complain(
                (*path, "record", number),
                f"“{channel}” diye bir yayın kanalı yok, aşamadan çıkılamaz.{nearest(channel, _CHANNELS)}",
            )
    if stage.record and stage.remind:
        _target(sheet, (*path, "record_from"), stage.record_from, directory)
    for number, check in enumerate(stage.check):
        if check not in _CHECKS:
            sheet.complain(
                (*path, "check", number), f"“{check}” diye bir denetim yok.{nearest(check, _CHECKS)}"
            )
    if stage.alarm is not None:
        name = stage.alarm.field
        if name not in fields or fields[name].type is not FieldType.TIME:
            sheet.complain((*path, "alarm"), f"“{name}” bir zaman alanı değil.")


def _target(
    sheet: Sheet, path: Path, to: str, directory: DirectoryFile, fields: Collection[str] = ()
) -> None:
    kind, colon, name = to.partition(":")
    known: Mapping[str, Collection[str]] = {
        "office": directory.offices,
        "list": directory.lists,
        "role": [str(r) for r in (PersonRole.STAFF, PersonRole.EDITOR, PersonRole.CHIEF)],
    }
    if not colon and to in _PLAIN_TARGETS:
        return
    if kind == "$field":
        if name not in fields:
            sheet.complain(path, f"“{name}” diye bir alan yok.{nearest(name, fields)}")
        return
    if kind not in known or not colon:
        sheet.complain(
            path, f"“{to}” bir alıcı değil; list:…, office:…, role:… ya da {', '.join(_PLAIN_TARGETS)}."
        )
    elif name not in known[kind]:
        word = {"office": "makam", "list": "liste", "role": "görev"}[kind]
        sheet.complain(path, f"“{name}” diye bir {word} yok.{nearest(name, known[kind])}")
    elif kind == "role" and not any(p.role.value == name for p in directory.staff):
        sheet.complain(
            path, f"“{name}” görevinde hiç personel yok; directory.toml içinde birine bu görevi yazınız."
        )


def _leaves(to: str, workflow: Workflow) -> bool:
    """Whether a mail to `to` gets ahead of the approvals.

    The office that is asked first may be told beforehand: it is about to see the text anyway.
    """
    if workflow.pass_on:
        return False
    kind, _, name = to.partition(":")
    if kind == "office":
        first = next((stage.ask for stage in workflow.stages if stage.ask), ())
        return name not in first
    return kind in ("list", "$field") or to in ("$requester", "$department.gm", "$recipients")


def _on(sheet: Sheet, workflow: Workflow, stages: Mapping[str, int]) -> None:
    for key, name in (("revise", workflow.revise), ("reopen", workflow.reopen)):
        if name and name not in stages:
            sheet.complain(("on", key), f"“{name}” diye bir aşama yok.{nearest(name, stages)}")
    for number, name in enumerate(workflow.reject):
        if name not in stages and name not in _REJECT_WORDS:
            known = nearest(name, (*stages, *_REJECT_WORDS))
            sheet.complain(("on", "reject", number), f"“{name}” diye bir aşama yok.{known}")
    asked = [spec for stage in workflow.stages for spec in stage.ask]
    if workflow.choose is not None and workflow.choose not in asked:
        sheet.complain(
            ("on", "choose"),
            f"“{workflow.choose}” bu iş akışında hiç sorulmuyor; retten sonra seçimi o yapamaz."
            f"{nearest(workflow.choose, asked)}",
        )
    asking = [number for number, stage in enumerate(workflow.stages) if stage.ask]
    if not asking:
        return
    if stages.get(workflow.reopen, 0) > asking[0]:
        sheet.complain(
            ("on", "reopen"),
            f"Yeni sürüm “{workflow.reopen}” aşamasından başlarsa "
            f"“{workflow.stages[asking[0]].name}” yeniden sorulmaz; "
            "“reopen” ilk onay aşaması ya da öncesi olmalı.",
        )
    if stages.get(workflow.revise, -1) >= asking[0]:
        sheet.complain(
            ("on", "revise"),
            "Düzeltme isteği ilk onaydan önceki bir aşamaya dönmeli; “revise” adını düzeltiniz.",
        )


def _approvals(sheet: Sheet, workflow: Workflow) -> None:
    """Every approval stands before the first gate, and at least one cannot be skipped."""
    gates = [number for number, stage in enumerate(workflow.stages) if stage.gate]
    asked: dict[str, str] = {}
    for number, stage in enumerate(workflow.stages):
        for position, spec in enumerate(stage.ask):
            if spec in asked:
                sheet.complain(
                    ("stage", number, "ask", position),
                    f"“{spec}” daha önce “{asked[spec]}” aşamasında soruluyor; aynı sürüm iki kez sorulmaz.",
                )
            asked.setdefault(spec, stage.name)
        if stage.ask and gates and number >= gates[0]:
            sheet.complain(
                ("stage", number),
                f"“{stage.name}” onayı, metnin çıktığı "
                f"“{workflow.stages[gates[0]].name}” aşamasından sonra; yukarı alınız.",
            )
    if gates and not any(stage.ask and not stage.when for stage in workflow.stages[: gates[0]]):
        sheet.complain(
            ("stage", gates[0]),
            f"“{workflow.stages[gates[0]].name}” aşamasından önce "
            "koşulsuz bir onay (ask) yok; onaysız metin çıkamaz.",
        )


def _version(sheet: Sheet, workflow: Workflow) -> None:
    """What is approved is complete before anybody is asked."""
    if not any(stage.ask for stage in workflow.stages):
        return
    first = next(number for number, stage in enumerate(workflow.stages) if stage.ask)
    needed = {
        name for stage in workflow.stages[: first + 1] for need in stage.need for name in alternatives(need)
    }
    late = [
        (number, position, name)
        for number, stage in enumerate(workflow.stages)
        if number > first
        for position, name in enumerate(stage.need)
    ]
    for number, position, name in late:
        sheet.complain(
            ("stage", number, "need", position),
            f"“{name}” ilk onaydan sonra isteniyor; sürüm o "
            "zamana dek oluşmaz. “need” satırını yukarı alınız.",
        )
    if not any(rule.bind for rule in workflow.fields.values()):
        sheet.complain(("fields",), "Onaya bağlı (bind = true) hiç alan yok; neyin onaylandığı belli olmaz.")
    optional = (FieldType.FILES, FieldType.TIME)
    for name, rule in workflow.fields.items():
        if rule.bind and rule.type not in optional and name not in needed:
            sheet.complain(
                ("fields", name),
                f"“{name}” onaya bağlı ama ilk onaydan önce hiçbir “need” içinde yok; ekleyiniz.",
            )
