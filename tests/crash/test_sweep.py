"""A bounded part of the crash sweep; all of it by hand: `python -m tests.crash.sweep`."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.app.scenario.language import Scenario, read
from tests.crash.cut import Cut
from tests.crash.sweep import SCENARIOS, Run, run, sweep

CUTS = 5
"""Of each scenario below, evenly spread."""
LAST = ("sender.send", "sender.answered", "store.commit")
"""Before the last two of these each scenario is cut too: that is in the middle of the release."""
NAMES = ("s1-web", "s2-basin", "durdur-devam")


@pytest.fixture(scope="module", params=NAMES)
def whole(request: pytest.FixtureRequest) -> tuple[Scenario, Run]:
    scenario = read(SCENARIOS / f"{request.param}.senaryo")
    return scenario, run(scenario)


def test_a_process_that_dies_loses_nothing_and_repeats_nothing(whole: tuple[Scenario, Run]) -> None:
    scenario, uncut = whole
    calls = len(uncut.calls)
    late = [at for last in LAST for at in [n for n, call in enumerate(uncut.calls, 1) if call == last][-2:]]
    cuts = sorted({*range(7, calls, max(calls // CUTS, 1)), *late})
    broken = [(at, where, wrong) for at, where, wrong in sweep(cuts, uncut, scenario) if wrong]
    assert broken == []


def test_every_port_is_cut(whole: tuple[Scenario, Run]) -> None:
    _, uncut = whole
    assert {call.partition(".")[0] for call in uncut.calls} == {
        "store", "mailbox", "sender", "clock", "entropy"
    }  # fmt: skip
    assert not uncut.cut_at


def test_a_cut_reaches_the_service(whole: tuple[Scenario, Run]) -> None:
    scenario, uncut = whole
    at = next(n for n, call in enumerate(uncut.calls, 1) if call == "sender.answered")
    assert run(scenario, at).cut_at == "sender.answered"


def test_what_is_cut_is_no_exception_that_a_handler_takes() -> None:
    assert not issubclass(Cut, Exception)


def test_the_scenarios_are_there() -> None:
    assert all((Path(SCENARIOS) / f"{name}.senaryo").is_file() for name in NAMES)
