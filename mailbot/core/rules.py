"""What `rules/` says, as frozen values: offices, people, lists, workflows, routing.

`rulebook.load` makes these from TOML; everything else only reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from mailbot.core.letter import ProofLevel
from mailbot.core.values import Address, Office
from mailbot.core.worktime import WorkCalendar


class Closing(StrEnum):
    """The closing formula owed to a reader (arz/rica rule of official letters)."""

    ARZ = "arz"
    RICA = "rica"
    ARZ_RICA = "arz-rica"
    NEZAKET = "nezaket"
    """Media and private persons: plain courtesy."""


class PersonRole(StrEnum):
    """What a person may do for the office or the unit."""

    MEMBER = "uye"
    SECRETARY = "sekreter"
    """Passes on and never decides (E13)."""
    STAFF = "personel"
    EDITOR = "editor"
    """Staff who publish on web and social media."""
    CHIEF = "sorumlu"
    """Staff who answer for the unit: hear of what belongs to nobody, and before every release."""


@dataclass(frozen=True, slots=True)
class Person:
    """One address of an office, a department, a list or the staff."""

    address: Address
    name: str = ""
    role: PersonRole = PersonRole.MEMBER
    salutation: str = ""
    """"Sayın Müdürüm"; "" where the office's own is used."""
    since: date | None = None
    until: date | None = None
    """Last day of validity, inclusive; None where open."""
    groups: tuple[str, ...] = ()
    """Groups of a member of a distribution list, in folded letters: "gazete", "tv"."""

    def valid_on(self, day: date) -> bool:
        """Whether the person holds this place on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """An office that is asked for approval (process 1.1.2, 1.1.4)."""

    id: Office
    name: str
    """"Sağlık Bakanlığı Basın Müşavirliği"."""
    short: str
    """"Bakanlık", for tables and subjects."""
    people: tuple[Person, ...]
    salutation: str
    closing: Closing
    least_proof: ProofLevel = ProofLevel.KEY
    verbal: bool = True
    """Whether proved staff may record a verbal approval of it."""
    waivable: bool = True
    """Whether proved staff may waive its approval with a reason."""

    def people_on(self, day: date) -> tuple[Person, ...]:
        """Who may decide for the office on `day`: members, not secretaries."""
        return tuple(p for p in self.people if p.valid_on(day) and p.role is not PersonRole.SECRETARY)


@dataclass(frozen=True, slots=True)
class Deputy:
    """Vekâlet: who stands in for the office between two days, inclusive (E1)."""

    office: Office
    person: Person
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Department:
    """A başkanlık of the directorate and the general directorate that it belongs to."""

    id: str
    name: str
    gm: Office | None
    """The general directorate asked for its news; None: staff are asked."""
    people: tuple[Person, ...] = ()
    words: tuple[str, ...] = ()
    """Topic words that point to it, folded by whoever compares."""


@dataclass(frozen=True, slots=True)
class Facility:
    """A hospital or centre: its name, the short forms people write, its department."""

    id: str
    name: str
    words: tuple[str, ...]
    department: str
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class MailingList:
    """A distribution list: each member gets a mail of their own."""

    id: str
    name: str
    members: tuple[Person, ...]
    """Its own people, those of its file and those of the lists that it includes; each address once."""
    salutation: str
    closing: Closing
    file: str = ""
    """The CSV file of its people below the folder of the rules; "" where there is none."""
    own: tuple[Person, ...] = ()
    """The people that stand in `directory.toml` itself."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The press unit itself."""

    code: str
    """"DNZ": the head of every reference."""
    name: str
    institution: str
    phone: str
    address: Address
    """The mailbox that the bot reads and writes from."""
    website: str = ""
    photos: str = ""
    """Where photographs that fit into no mail are to be had; `{kayit}` stands for the item's reference."""


class FieldType(StrEnum):
    """Types of an item's fields in a workflow file."""

    LINE = "line"
    TEXT = "text"
    FILE = "file"
    FILES = "files"
    TIME = "time"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field of a workflow: `bind` fields make up the version that is approved."""

    name: str
    label: str
    type: FieldType
    bind: bool = False
    choices: tuple[str, ...] = ()
    choice_words: tuple[str, ...] = ()
    """How people write each choice: "canlı" for `live`."""
    words: tuple[str, ...] = ()
    """Labels that give the field in a mail: "KONUK: …". None: the field has other ways in."""
    clears: tuple[str, ...] = ()
    """Fields that a change of this one makes anew: another guest, another signature."""
    shown: bool = True
    """Whether staff see it among what was understood."""

    def said(self, value: str) -> str:
        """A choice in people's words; any other value as it is."""
        if value in self.choices and len(self.choice_words) == len(self.choices):
            return self.choice_words[self.choices.index(value)]
        return value


@dataclass(frozen=True, slots=True)
class Span:
    """A duration, either on the wall clock or in working hours ("2wh")."""

    length: timedelta
    working: bool


@dataclass(frozen=True, slots=True)
class Tell:
    """One mail owed when a stage is entered.

    `to` is `staff`, `opener`, `asked`, `office:ID`, `role:ROLE`, `list:ID`, `$department`,
    `$department.gm` or `$requester`. Within one stage nobody is told twice, and an office that was
    told as `$requester` is not told again.
    """

    to: str
    template: str
    when: Mapping[str, str] = field(default_factory=dict)
    invite: bool = False
    """The mail carries a calendar entry of the item's date; the same one in every later mail (RFC 5545)."""
    carry: bool = True
    """False: it speaks of what was approved without carrying its files."""


@dataclass(frozen=True, slots=True)
class Due:
    """An own deadline out of the time that is left (1.4.3)."""

    share: float
    """Between 0 and 1."""
    keep: timedelta
    """At least so much stays for who comes after."""


@dataclass(frozen=True, slots=True)
class Collect:
    """Something that somebody outside the unit is asked to send: a draft, facts, a signature."""

    fields: tuple[str, ...]
    """What the answer fills, one of them is enough: files go into a file field, words into a text field."""
    source: str
    """A target of `tell`, such as `$department`."""
    mail: str
    """Template of the work mail."""
    remind_mail: str = ""
    remind: tuple[Span | float, ...] = ()
    """Spans, or shares of the time until the own deadline."""
    due: Due | None = None
    on_order: bool = False
    """Nobody is asked before staff say so (`BİLGİ İSTE`)."""
    signed: bool = False
    """A signature is collected: a signed file, or a proved answer that agrees (1.2.2)."""
    due_field: str = ""
    """The time field that holds the own deadline; what staff write there goes before the plan."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Staff are called this long before the instant of a time field, while the stage lasts."""

    field: str
    before: timedelta


@dataclass(frozen=True, slots=True)
class Notice:
    """A word at an instant that hangs on a time field, while the stage lasts (1.2.4)."""

    field: str
    offset: timedelta
    """Added to the field: below zero before it."""
    clock: time | None
    """The clock on the day that results; None: the instant itself."""
    to: tuple[str, ...]
    """Targets of `tell`."""
    template: str


@dataclass(frozen=True, slots=True)
class Usual:
    """The deadline of an item that names none: for an urgent wish, and for any other."""

    urgent: Span
    other: Span | None = None
    """None: the end of the working day."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a workflow: at most a few of the seven verbs, and their options."""

    name: str
    title: str
    """Turkish name for people, "Dış onayda"."""
    when: Mapping[str, str] = field(default_factory=dict)
    """The stage is skipped unless every named field has the named value (`if` in TOML)."""
    need: tuple[str, ...] = ()
    collect: Collect | None = None
    ask: tuple[str, ...] = ()
    """Office identifiers or `$department.gm`."""
    ask_mail: str = ""
    """Template of the first ask."""
    again_mail: str = ""
    """Template of the ask after a change, with the difference marked."""
    remind_mail: str = ""
    remind: tuple[Span, ...] = ()
    """After each of these spans without an answer a reminder goes out."""
    tell: tuple[Tell, ...] = ()
    wait: tuple[str, ...] = ()
    """`pause`, `ack`, or the name of a time field."""
    pause: Span | None = None
    record: tuple[str, ...] = ()
    """Channels that each need a link before the item closes: `web`, or `sosyal` for any social account."""
    record_from: str = "role:editor"
    """Who is reminded of missing links (`remind`, `remind_mail`), in the words of `Tell.to`."""
    check: tuple[str, ...] = ()
    gate: bool = False
    """Mails of this stage leave only if every required approval is of exactly this version."""
    alarm: Alarm | None = None
    notices: tuple[Notice, ...] = ()
    any_hour: bool = False
    """Reminders do not wait for office hours (a note for the ministry at night)."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """A process of the unit as data."""

    name: str
    code: str
    """Three capitals of the reference: HBR."""
    title: str
    fields: Mapping[str, FieldRule]
    stages: tuple[Stage, ...]
    revise: str
    """Stage that an asked change leads back to."""
    reopen: str
    """Stage that a new version starts from once it was asked."""
    reject: tuple[str, ...] = ()
    """Choices after a refusal."""
    correct: str = ""
    """The workflow of a correction after the release; "" where there is none."""
    choose: Office | None = None
    """Beside staff, the office whose word chooses after another office's refusal (E3)."""
    cancel: str = "iptal"
    cancel_tell: tuple[str, ...] = ()
    """Who hears of a cancellation beside everybody who was asked: targets of a `tell`."""
    cancel_mail: str = "iptal-bildirimi"
    pass_on: bool = False
    """What an office sent is passed on as it came: nobody approves it (1.3.2)."""
    move: bool = False
    """A change of what was approved is taken after the release too: the date of a programme moves (E9)."""
    supplement: str = ""
    """Stage that a wish for more leads back to, after the release too; "" where there is none."""
    clears: tuple[str, ...] = ()
    """Fields that a supplement makes anew."""
    deadline: str = ""
    """The time field by which the item must have left: it is counted down, and kept or missed."""
    usual: Usual | None = None
    form: str = ""
    """The folder of `templates/` (without its "_") with the unit's form of a released text; "": none."""
    requester: str = ""
    """The office that `$requester` means where no mail asked (a wish by telephone)."""
    draft: bool = False
    """True: `check` loads it, the service does not open items of it yet."""

    def stage(self, name: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.name == name), None)


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One row of `rules/routing.toml`: the first whose every guard holds decides."""

    name: str
    when: tuple[str, ...]
    """Names of guards in `core.guards`; "!" before a name turns it."""
    then: str
    """Name of an action in `core.routing.ACTIONS`."""
    why: str
    """Turkish sentence for the history."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything in `rules/`, checked."""

    unit: Unit
    offices: Mapping[Office, OfficeRule]
    departments: Mapping[str, Department]
    facilities: Mapping[str, Facility]
    lists: Mapping[str, MailingList]
    staff: tuple[Person, ...]
    deputies: tuple[Deputy, ...]
    workflows: Mapping[str, Workflow]
    routing: tuple[RoutingRule, ...]
    calendar: WorkCalendar
    stand_in: Address | None = None
    """Deneme: where every mail goes that would go to an address that is no entry of the directory."""
    outlets: tuple[str, ...] = ()
    """Names of media outlets, for reading requests."""
    limits: Mapping[str, int] = field(default_factory=dict)

    def office_of(self, address: Address, day: date) -> tuple[OfficeRule, Person] | None:
        """The office that `address` decides or speaks for on `day`, deputies included."""
        base = address.base
        for deputy in self.deputies:
            if deputy.person.address in (address, base) and deputy.since <= day <= deputy.until:
                return self.offices[deputy.office], deputy.person
        for office in self.offices.values():
            for person in office.people:
                if person.address in (address, base) and person.valid_on(day):
                    return office, person
        return None

    def deputy_of(self, office: Office, day: date) -> Deputy | None:
        """Who stands in for `office` on `day`, or None."""
        return next((d for d in self.deputies if d.office == office and d.since <= day <= d.until), None)

    def staff_at(self, address: Address, day: date) -> Person | None:
        """The staff member with this address on `day`, or None."""
        base = address.base
        return next((p for p in self.staff if p.address in (address, base) and p.valid_on(day)), None)
