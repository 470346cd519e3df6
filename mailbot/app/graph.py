"""`mailbot graph WORKFLOW`: the stages of a workflow as an SVG of our own, from top to bottom."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from mailbot.core.advance import alternatives
from mailbot.core.plan import spoken
from mailbot.core.rules import Rulebook, Span, Stage, Workflow
from mailbot.core.values import Office
from mailbot.rulebook.load import load
from mailbot.rulebook.sheet import nearest
from mailbot.rulebook.spans import parse_span

_WIDTH, _BOX, _LEFT = 860, 460, 150
_LINE, _PAD, _GAP = 20, 14, 46
_CHARS = 58


@dataclass(frozen=True, slots=True)
class _Placed:
    stage: Stage
    top: int
    height: int
    rows: tuple[str, ...]

    @property
    def bottom(self) -> int:
        return self.top + self.height


def write_graph(name: str, rules: Path, templates: Path, out: Path | None) -> int:
    """Draw the workflow `name` to `out`, or to stdout. 1 where there is none. Raises RulesRefused."""
    names = [p.name for p in templates.iterdir() if (p / "mail.toml").is_file()]
    book = load(rules, templates=names).book
    workflow = book.workflows.get(name)
    if workflow is None:
        print(f"“{name}” diye bir iş akışı yok.{nearest(name, book.workflows)}", file=sys.stderr)
        return 1
    drawn = graph(workflow, book)
    if out is None:
        sys.stdout.write(drawn)
        return 0
    try:
        out.write_text(drawn, encoding="utf-8")
    except OSError as error:
        print(f"{out}: yazılamadı: {error.strerror or error}", file=sys.stderr)
        return 1
    print(f"{out} yazıldı.", file=sys.stderr)
    return 0


def graph(workflow: Workflow, book: Rulebook) -> str:
    """The SVG text: one box a stage with what it does, arrows down, ways back on the left."""
    placed: list[_Placed] = []
    top = 70
    for stage in workflow.stages:
        rows = tuple(part for row in rows_of(stage, workflow, book) for part in _wrapped(row))
        height = 2 * _PAD + _LINE * (1 + len(rows))
        placed.append(_Placed(stage, top, height, rows))
        top += height + _GAP
    parts = [_head(workflow, top + 50)]
    for number, box in enumerate(placed):
        parts.append(_drawn(box))
        if number + 1 < len(placed):
            parts.append(_down(box.bottom, placed[number + 1].top, placed[number + 1].stage))
    last = placed[-1]
    parts.append(_down(last.bottom, last.bottom + _GAP, None))
    middle = _LEFT + _BOX // 2
    parts.append(
        f'<rect x="{middle - 60}" y="{last.bottom + _GAP}" width="120" height="34" rx="17" class="son"/>'
        f'<text x="{middle}" y="{last.bottom + _GAP + 23}" text-anchor="middle">Kapandı</text>'
    )
    parts += _ways_back(workflow, placed)
    parts.append("</svg>\n")
    return "\n".join(parts)


def rows_of(stage: Stage, workflow: Workflow, book: Rulebook) -> list[str]:
    """What the stage does, a Turkish line each."""
    rows: list[str] = []
    for need in stage.need:
        labels = (workflow.fields[n].label.partition(" (")[0] for n in alternatives(need))
        rows.append("gerekir: " + " ya da ".join(labels))
    if stage.collect is not None:
        share = stage.collect.due.share if stage.collect.due else None
        due = f", ara süre kalanın %{share * 100:.0f}" if share is not None else ""
        rows.append(f"istenir: {_who(stage.collect.source, book)}{due}")
    if stage.ask:
        rows.append("onay: " + ", ".join(_who(spec, book) for spec in stage.ask))
    if stage.remind:
        rows.append("hatırlatma: " + ", ".join(map(_span, stage.remind)))
    if stage.check:
        rows.append("denetim: kimlik bilgisi")
    if stage.alarm is not None:
        label = workflow.fields[stage.alarm.field].label
        rows.append(f"uyarı: “{label}” zamanına {spoken(stage.alarm.before)} kala")
    rows += ["beklenir: " + _WAITS.get(condition, _label(workflow, condition)) for condition in stage.wait]
    rows += [f"yazılır: {_who(tell.to, book)}" + _only(tell.when, workflow) for tell in stage.tell]
    if stage.record:
        rows.append("bağlantı: " + ", ".join(stage.record))
    return rows


_WAITS = {"pause": "DURDUR için kısa süre", "ack": "“Alındı” yanıtı"}


def _label(workflow: Workflow, name: str) -> str:
    rule = workflow.fields.get(name)
    return f"“{rule.label}” zamanı" if rule else name


def _only(when: object, workflow: Workflow) -> str:
    if not isinstance(when, dict) or not when:
        return ""
    said = (
        f"{workflow.fields[k].label.partition(' (')[0]}: {workflow.fields[k].said(v)}"
        for k, v in when.items()
    )
    return f" (yalnız {', '.join(said)})"


def _who(target: str, book: Rulebook) -> str:
    kind, _, name = target.partition(":")
    fixed = {
        "$department": "ilgili başkanlık",
        "$department.gm": "ilgili genel müdürlük",
        "$requester": "talep eden",
        "staff": "personel",
        "opener": "kaydı açan",
        "asked": "sorulanlar",
    }
    if target in fixed:
        return fixed[target]
    if kind == "list" and name in book.lists:
        return book.lists[name].name
    if kind == "role":
        return name
    office = book.offices.get(Office(name or kind))
    return office.short if office else target


def _span(span: Span) -> str:
    if span == parse_span("sabah"):
        return "ertesi sabah"
    return spoken(span.length).replace(" saat", " mesai saati") if span.working else spoken(span.length)


def _wrapped(row: str) -> list[str]:
    rows, line = [], ""
    for word in row.split():
        if line and len(line) + 1 + len(word) > _CHARS:
            rows.append(line)
            line = "   " + word
        else:
            line = f"{line} {word}" if line else word
    return [*rows, line]


def _head(workflow: Workflow, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="Segoe UI, Arial, sans-serif" font-size="14">'
        "<style>.kutu{fill:#f3f5f8;stroke:#1d4f7c;stroke-width:1.5}.kapi{fill:#fff3c4}"
        ".son{fill:#e4efe4;stroke:#2f6b2f}.ok{stroke:#1c2228;stroke-width:1.5;fill:none}"
        ".geri{stroke:#9a3412;stroke-width:1.5;fill:none;stroke-dasharray:5 4}text{fill:#1c2228}"
        ".soluk{fill:#57616c}.kirmizi{fill:#9a3412}</style>"
        '<defs><marker id="u" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0 8 4 0 8z" fill="#1c2228"/></marker><marker id="g" viewBox="0 0 8 8" '
        'refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" '
        'fill="#9a3412"/></marker></defs>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
        f'<text x="{_LEFT}" y="36" font-size="20" font-weight="bold">{escape(workflow.title)}</text>'
        f'<text x="{_LEFT + _BOX}" y="36" text-anchor="end" class="soluk">{escape(workflow.code)}</text>'
    )


def _drawn(box: _Placed) -> str:
    shape = "kutu kapi" if box.stage.gate else "kutu"
    y = box.top + _PAD + 14
    text = [f'<text x="{_LEFT + 16}" y="{y}" font-weight="bold">{escape(box.stage.title)}</text>']
    if box.stage.gate:
        text.append(
            f'<text x="{_LEFT + _BOX - 16}" y="{y}" text-anchor="end" class="soluk">onay denetimi</text>'
        )
    for number, row in enumerate(box.rows, start=1):
        text.append(
            f'<text x="{_LEFT + 16}" y="{y + number * _LINE}" xml:space="preserve">{escape(row)}</text>'
        )
    return (
        f'<rect x="{_LEFT}" y="{box.top}" width="{_BOX}" height="{box.height}" rx="6" class="{shape}"/>'
        + "".join(text)
    )


def _down(start: int, end: int, stage: Stage | None) -> str:
    middle = _LEFT + _BOX // 2
    arrow = f'<path d="M{middle} {start} V{end - 2}" class="ok" marker-end="url(#u)"/>'
    if stage is None or not stage.when:
        return arrow
    said = ", ".join(f"{name}: {value}" for name, value in stage.when.items())
    return (
        arrow
        + f'<text x="{middle + 10}" y="{(start + end) // 2 + 5}" class="soluk">yalnız {escape(said)}</text>'
    )


def _ways_back(workflow: Workflow, placed: Sequence[_Placed]) -> list[str]:
    """Arrows on the left for a wish for a change, on the right for more that is wanted later."""
    by_name = {box.stage.name: box for box in placed}
    found: list[str] = []
    back = by_name.get(workflow.revise)
    asking = [box for box in placed if box.stage.ask]
    for number, box in enumerate(asking):
        if back is None:
            continue
        x, start, end = _LEFT - 26 - 22 * number, box.top + box.height // 2, back.top + back.height // 2
        found.append(
            f'<path d="M{_LEFT} {start} H{x} V{end} H{_LEFT - 3}" class="geri" marker-end="url(#g)"/>'
        )
    if back is not None and asking:
        x = _LEFT - 32 - 22 * (len(asking) - 1)
        y = (asking[0].top + back.bottom) // 2
        found.append(f'<text x="{x}" y="{y}" text-anchor="end" class="kirmizi">düzeltme</text>')
    more = by_name.get(workflow.supplement)
    if more is not None:
        last, right = placed[-1], _LEFT + _BOX
        start, end, x = last.top + last.height // 2, more.top + more.height // 2, _LEFT + _BOX + 40
        found.append(
            f'<path d="M{right} {start} H{x} V{end} H{right + 3}" class="geri" marker-end="url(#g)"/>'
            f'<text x="{x + 6}" y="{(start + end) // 2}" class="kirmizi">ek istek</text>'
        )
    return found
