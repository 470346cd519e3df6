"""A calendar entry as the part of a mail that calendar programs read (RFC 5545, RFC 5546, RFC 6047)."""

from __future__ import annotations

from datetime import UTC

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Entry

from mailbot.adapters import message
from mailbot.core.event import Event
from mailbot.core.item import FileRef
from mailbot.core.outcome import Recipient
from mailbot.core.rules import Unit
from mailbot.core.values import digest_of


def invitation(event: Event, unit: Unit, person: Recipient) -> bytes:
    """The entry as text/calendar. Instants are UTC: a time zone block would carry rules from 1973."""
    calendar = Calendar()
    calendar.add("prodid", "-//mailbot//TR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if event.cancelled else "REQUEST")
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.starts_at.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("description", event.words)
    if event.place:
        entry.add("location", event.place)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    organizer = vCalAddress(f"MAILTO:{unit.address.text}")
    organizer.params["cn"] = vText(unit.institution)
    entry["organizer"] = organizer
    attendee = vCalAddress(f"MAILTO:{person.address.text}")
    if person.name:
        attendee.params["cn"] = vText(person.name)
    attendee.params["partstat"] = vText("NEEDS-ACTION")
    attendee.params["rsvp"] = vText("TRUE")
    entry.add("attendee", attendee, encode=False)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def invitation_part(event: Event, unit: Unit, person: Recipient) -> bytes:
    """The entry as a part of a mail, with its method in the Content-Type (RFC 6047, 2.4)."""
    data = invitation(event, unit, person)
    file = FileRef("davet.ics", "text/calendar", len(data), digest_of(data))
    method = "CANCEL" if event.cancelled else "REQUEST"
    return message.attachment_part(file, data, charset=f"utf-8; method={method}")
