"""Deneme: everything that would go outward goes to staff instead, with a banner that says so."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.rules import Person, PersonRole, Rulebook


def trial(book: Rulebook) -> Rulebook:
    """`book` with every office, list and department reached at the unit's chief (or first staff member)."""
    chief = next((p for p in book.staff if p.role is PersonRole.CHIEF), book.staff[0])

    def stand_in(name: str) -> tuple[Person, ...]:
        return (Person(chief.address, f"{name} (deneme)"),)

    return replace(
        book,
        offices={key: replace(o, people=stand_in(o.short)) for key, o in book.offices.items()},
        departments={key: replace(d, people=stand_in(d.name)) for key, d in book.departments.items()},
        facilities={key: replace(f, people=stand_in(f.name)) for key, f in book.facilities.items()},
        lists={
            key: replace(mailing, members=stand_in(f"{mailing.name}, {len(mailing.members)} alıcı"))
            for key, mailing in book.lists.items()
        },
        deputies=(),
        stand_in=chief.address,
    )
