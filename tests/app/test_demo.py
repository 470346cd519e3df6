"""mailbot demo: the day ends well, in time, and nothing leaves before everybody approved it."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mailbot.core.values import Office
from mailbot.resources import rules_dir
from mailbot.rulebook.load import load

KEY = re.compile(r"^\[DNZ-HBR-[0-9-]+/k")
"""The subject of an ask."""

LONGEST = 30.0
"""Seconds that a demo may take after installation; of the processor, for the machine may be busy."""

Events = list[dict[str, Any]]


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Events:
    """What `mailbot demo --json` prints, run in an empty folder."""
    root = str(Path(__file__).parents[2])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "mailbot.app.cli", "demo", "--json"],
        cwd=tmp_path_factory.mktemp("bos"), env={**os.environ, "PYTHONPATH": root},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < LONGEST
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def mails(events: Events, direction: str) -> list[tuple[int, dict[str, Any]]]:
    return [
        (place, event)
        for place, event in enumerate(events)
        if event["event"] == "mail" and event["direction"] == direction
    ]


def test_the_last_event_says_how_it_ended(events: Events) -> None:
    last = events[-1]
    assert (last["event"], last["ok"], last["state"]) == ("done", True, "kapali")
    assert last["item"].startswith("DNZ-HBR-")
    assert [event["event"] for event in events].count("done") == 1
    assert last["mails_in"] == len(mails(events, "in"))
    assert last["mails_out"] == len(mails(events, "out"))


def test_nothing_is_released_before_everybody_approved_what_they_were_asked_last(events: Events) -> None:
    book = load(rules_dir()).book
    press = {str(person.address) for person in book.lists["yerel-basin"].members}
    released = [(place, event) for place, event in mails(events, "out") if event["to"] in press]
    assert {event["to"] for _, event in released} == press
    first = min(place for place, _ in released)
    for office in ("mudur", "bakanlik", "valilik", "hsgm"):
        people = {str(person.address) for person in book.offices[Office(office)].people}
        asked = [
            place
            for place, event in mails(events, "out")
            if event["to"] in people and KEY.search(event["subject"])
        ]
        answered = [place for place, event in mails(events, "in") if event["from"] in people]
        assert asked, office
        assert max(asked) < max(answered) < first, office
    # The text that left is the one that was asked last.
    sentence = "Denizli Valiliği koordinesindeki yürüyüşe"
    assert all(sentence in " ".join(event["text"].split()) for _, event in released)
    assert sentence in " ".join(events[max(asked)]["text"].split())


def test_nobody_else_is_mailed_and_outlets_do_not_see_each_other(events: Events) -> None:
    book = load(rules_dir()).book
    known = {str(p.address) for p in book.staff}
    known |= {str(p.address) for office in book.offices.values() for p in office.people}
    known |= {str(p.address) for p in book.lists["yerel-basin"].members}
    recipients = [event["to"] for _, event in mails(events, "out")]
    assert set(recipients) <= known
