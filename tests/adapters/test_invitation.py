"""A calendar entry keeps its UID through changes and is ended by the same UID (RFC 5545, RFC 5546)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from mailbot.adapters.invitation import invitation, invitation_part
from mailbot.core.event import Event
from mailbot.core.outcome import Recipient
from mailbot.core.rules import Closing, Unit
from mailbot.core.values import Address
from mailbot.core.worktime import ISTANBUL

STARTS = datetime(2026, 12, 3, 20, 30, tzinfo=ISTANBUL)
EVENT = Event(
    "dnz-tvp-2026-0009@unit.example", 1, STARTS, STARTS + timedelta(hours=1), "Kanal: grip", "Stüdyo", "x"
)
UNIT = Unit("DNZ", "Basın", "Denizli İl Sağlık Müdürlüğü", "", Address("basin@unit.example"))
GUEST = Recipient(Address("ada@kurum.example"), "Uz. Dr. Ada Kurgusal", "", Closing.NEZAKET)


def read(data: bytes) -> Any:
    """The calendar; its values are of many types."""
    return Calendar.from_ical(data)


def entry(event: Event) -> tuple[str, dict[str, str]]:
    calendar = read(invitation(event, UNIT, GUEST))
    (found,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), {key: str(value) for key, value in found.items()}


def test_the_entry_says_when_in_utc_and_whom_it_is_for() -> None:
    method, found = entry(EVENT)
    assert method == "REQUEST"
    (event,) = read(invitation(EVENT, UNIT, GUEST)).walk("VEVENT")
    assert event["DTSTART"].dt == STARTS.astimezone(UTC)
    assert found["ATTENDEE"] == "MAILTO:ada@kurum.example"
    assert found["ORGANIZER"] == "MAILTO:basin@unit.example"


def test_a_change_and_an_end_keep_the_uid_and_count_on() -> None:
    _, first = entry(EVENT)
    _, second = entry(replace(EVENT, sequence=2, starts_at=STARTS + timedelta(days=1)))
    method, last = entry(replace(EVENT, sequence=3, cancelled=True))
    assert {first["UID"], second["UID"], last["UID"]} == {EVENT.uid}
    assert (first["SEQUENCE"], second["SEQUENCE"], last["SEQUENCE"]) == ("1", "2", "3")
    assert (method, last["STATUS"]) == ("CANCEL", "CANCELLED")


def test_a_name_with_line_breaks_writes_no_property_of_its_own() -> None:
    bad = replace(GUEST, name='Ada"\r\nATTENDEE:MAILTO:x@y.example')
    method = read(invitation(replace(EVENT, title="a\r\nUID:b"), UNIT, bad))
    (event,) = method.walk("VEVENT")
    assert event["UID"] == EVENT.uid
    assert not isinstance(event["ATTENDEE"], list)


def test_the_part_names_its_method() -> None:
    head = invitation_part(EVENT, UNIT, GUEST).partition(b"\r\n\r\n")[0]
    assert b"text/calendar" in head
    assert b"method=REQUEST" in head
