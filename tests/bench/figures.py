"""Rounds and what they print: figures of noisy machines say something only beside each other."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def table(rows: Sequence[Sequence[object]], head: Sequence[str]) -> str:
    """Aligned columns."""
    cells = [list(head), *[[_cell(value) for value in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join("  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in cells)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
    return str(value)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def verdict(name: str, value: float, target: float, *, at_least: bool) -> str:
    """One line: the figure, its target, and whether it was met."""
    met = value >= target if at_least else value <= target
    sign = ">=" if at_least else "<="
    return f"{name}: {value:.2f} (target {sign} {target:g}): {'met' if met else 'MISSED'}"
