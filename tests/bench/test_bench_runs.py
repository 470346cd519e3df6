"""Every benchmark runs, on tiny sizes, so that none rots unseen. Their figures are not judged here."""

from __future__ import annotations

import pytest

from tests.bench import hostile, intake, latency, memory, reading, release, stages
from tests.bench.house import seed
from tests.servers.ground import scratch


@pytest.mark.servers("dovecot", "smtp-sink")
def test_intake_runs() -> None:
    (only,) = intake.measure(rounds=1, count=8)
    assert only.limit > 0 < only.whole
    assert only.out >= 8


@pytest.mark.servers("smtp-sink")
def test_release_runs() -> None:
    rounds = release.measure(rounds=1, copies=60, large=2)
    assert [r.size for r in rounds] == [release.SMALL, release.LARGE]
    assert all(r.service > 0 < r.limit for r in rounds)


@pytest.mark.servers("dovecot", "smtp-sink")
def test_latency_runs() -> None:
    (only,) = latency.measure(rounds=1, replies=3)
    assert len(only.own) == len(only.whole) == len(only.bare)
    assert all(own <= whole for own, whole in zip(only.own, only.whole, strict=True))


@pytest.mark.servers("dovecot", "smtp-sink")
def test_memory_runs() -> None:
    service, parser, bare = memory.peaks(megabytes=1)
    assert min(service, parser, bare) > 5
    assert all(few > 0 < many for few, many in memory.finding(rounds=1, there=30))


def test_many_items_runs() -> None:
    assert all(few > 0 < many for few, many in memory.growth(rounds=1, items=50, replies=2))


def test_reading_runs() -> None:
    assert "false approvals=" in str(reading.table_of("dev", reading.load_lexicon()))


def test_stages_and_hostile_shapes_run() -> None:
    assert all(cost >= 0 for cost in stages.measure(rounds=1, most=6).values())
    assert hostile.cost(hostile.stages("<div>" * 100)["page"], times=1) >= 0


def test_the_seeded_asks_are_one_for_each_office_and_item() -> None:
    with scratch("seed") as folder:
        asks = seed(folder, 2, approved=True).asks
    assert len(asks) == 6
    assert len({ask.message_id for ask in asks}) == 6
