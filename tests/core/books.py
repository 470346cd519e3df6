"""A small rulebook built by hand: the engine's tests must not hang on what `rules/` says today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from mailbot.core.letter import ProofLevel
from mailbot.core.rules import (
    Closing,
    Department,
    Deputy,
    FieldRule,
    FieldType,
    MailingList,
    OfficeRule,
    Person,
    PersonRole,
    Rulebook,
    Span,
    Stage,
    Tell,
    Unit,
    Workflow,
)
from mailbot.core.values import Address, Office
from mailbot.core.worktime import ISTANBUL, WorkCalendar

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ISTANBUL)
"""A working Monday, 10.00."""

DIRECTOR = Office("mudur")
MINISTRY = Office("bakanlik")
HEALTH_GM = Office("hsgm")
EMERGENCY_GM = Office("ashgm")
GOVERNOR = Office("valilik")
EXTERNALS = (MINISTRY, HEALTH_GM, GOVERNOR)

STAFF = Address("ece.taslak@unit.example")
EDITOR = Address("bora.deneme@unit.example")
DEPUTY = Address("deniz.numune@unit.example")


def address_of(office: Office, number: int = 1) -> Address:
    """The registered address of the office's first (or another) person."""
    return Address(f"basin{number if number > 1 else ''}@{office}.example")


def _office(office: Office, name: str, *, waivable: bool = True, people: int = 1) -> OfficeRule:
    members = tuple(Person(address_of(office, n), f"{name} {n}. Masa") for n in range(1, people + 1))
    secretary = Person(Address(f"sekreter@{office}.example"), f"{name} Sekreteri", PersonRole.SECRETARY)
    return OfficeRule(
        id=office,
        name=name,
        short=name,
        people=(*members, secretary),
        salutation="Sayın Yetkili",
        closing=Closing.ARZ,
        waivable=waivable,
    )


OFFICES = {
    rule.id: rule
    for rule in (
        replace(_office(DIRECTOR, "İl Sağlık Müdürü", waivable=False), least_proof=ProofLevel.KEY),
        _office(MINISTRY, "Bakanlık", waivable=False, people=2),
        _office(HEALTH_GM, "Halk Sağlığı GM"),
        _office(EMERGENCY_GM, "Acil Sağlık GM"),
        _office(GOVERNOR, "Valilik", waivable=False),
    )
}


def _two(address: str, name: str) -> Person:
    return Person(Address(address), name)


NEWS = Workflow(
    name="news",
    code="HBR",
    title="Haber",
    fields={
        rule.name: rule
        for rule in (
            FieldRule("title", "Başlık", FieldType.LINE, bind=True),
            FieldRule("text", "Metin", FieldType.TEXT, bind=True),
            FieldRule("photos", "Fotoğraflar", FieldType.FILES, bind=True),
            FieldRule("to", "Yayın yeri", FieldType.CHOICE, bind=True, choices=("press", "web")),
            FieldRule("embargo", "Ambargo", FieldType.TIME, bind=True),
            FieldRule("event", "Etkinlik", FieldType.LINE),
        )
    },
    stages=(
        Stage("taslak", "Taslak", need=("title", "text", "to")),
        Stage(
            "mudur_onayinda",
            "Müdür onayında",
            ask=("mudur",),
            ask_mail="haber-mudur-onayi",
            again_mail="haber-yeni-surum",
            remind_mail="hatirlatma",
            remind=(Span(timedelta(hours=2), True), Span(timedelta(hours=6), True)),
        ),
        Stage(
            "dis_onayda",
            "Dış onayda",
            when={"to": "press"},
            ask=("bakanlik", "$department.gm", "valilik"),
            ask_mail="haber-dis-onay",
            again_mail="haber-yeni-surum",
            remind_mail="hatirlatma",
            remind=(Span(timedelta(hours=4), True),),
        ),
        Stage(
            "bekliyor", "Yayın bekliyor", wait=("embargo", "pause"), pause=Span(timedelta(minutes=10), False)
        ),
        Stage(
            "yayinda",
            "Yayında",
            gate=True,
            tell=(
                Tell("list:yerel-basin", "haber-servis", {"to": "press"}),
                Tell("role:editor", "yayin-gorevi"),
            ),
            record=("web", "sosyal"),
        ),
    ),
    revise="taslak",
    reopen="mudur_onayinda",
    reject=("taslak", "web", "iptal"),
)

BOOK = Rulebook(
    unit=Unit(
        code="DNZ",
        name="Basın Birimi",
        institution="Denizli İl Sağlık Müdürlüğü",
        phone="0258 000 00 00",
        address=Address("basin@unit.example"),
    ),
    offices=OFFICES,
    departments={
        "halk-sagligi": Department("halk-sagligi", "Halk Sağlığı Başkanlığı", HEALTH_GM),
        "acil": Department("acil", "Acil Sağlık Başkanlığı", EMERGENCY_GM),
        "hukuk": Department("hukuk", "Hukuk Birimi", None),
    },
    facilities={},
    lists={
        "yerel-basin": MailingList(
            "yerel-basin",
            "Yerel basın",
            (_two("haber@gazete.example", "Gazete"), _two("haber@ajans.example", "Ajans")),
            "Değerli basın mensupları",
            Closing.NEZAKET,
        )
    },
    staff=(
        Person(STAFF, "Ece Taslak", PersonRole.CHIEF),
        Person(EDITOR, "Bora Deneme", PersonRole.EDITOR),
    ),
    deputies=(),
    workflows={"news": NEWS},
    routing=(),
    calendar=WorkCalendar(),
)


def with_office(book: Rulebook, rule: OfficeRule) -> Rulebook:
    """`book` with one office replaced."""
    return replace(book, offices={**book.offices, rule.id: rule})


def with_deputy(book: Rulebook, office: Office, since: date, until: date) -> Rulebook:
    """`book` with Dr. Deniz Numune standing in for `office`."""
    person = Person(DEPUTY, "Dr. Deniz Numune")
    return replace(book, deputies=(Deputy(office, person, since, until),))
