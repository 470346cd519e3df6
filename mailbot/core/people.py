"""Who gets a mail: offices, staff and lists become recipients."""

from __future__ import annotations

from mailbot.core.item import Ask, Copy, Item
from mailbot.core.outcome import Recipient
from mailbot.core.rules import Closing, OfficeRule, Person, PersonRole, Tell
from mailbot.core.scene import Scene, office_named
from mailbot.core.values import Address, Office


def deciders(scene: Scene, office: OfficeRule) -> tuple[tuple[Person, bool], ...]:
    """Who is asked for the office today, and whether as deputy.

    Vekâlet (E1): while a deputy stands in, the ask is the deputy's.
    """
    deputy = scene.book.deputy_of(office.id, scene.today)
    if deputy is not None:
        return ((deputy.person, True),)
    return tuple((person, False) for person in office.people_on(scene.today))


def asked(scene: Scene, office: OfficeRule, copy: Copy, *, key: bool = True) -> Recipient:
    """The holder of a copy as the recipient of a mail about it."""
    deputies = tuple(d.person for d in scene.book.deputies if d.office == office.id)
    person = next((p for p in (*office.people, *deputies) if p.address == copy.address), None)
    principals = tuple(p.address for p in office.people_on(scene.today)) if copy.deputy else ()
    return Recipient(
        address=copy.address,
        name=copy.name,
        salutation=(person.salutation if person else "") or office.salutation,
        closing=office.closing,
        office=office.id,
        office_name=office.name,
        token=copy.token if key else None,
        copy_to=principals,
    )


def holders(scene: Scene, ask: Ask, *, key: bool = True) -> tuple[Recipient, ...]:
    """Everybody who holds a delivered copy of the ask, each with their newest key."""
    office = scene.book.offices.get(ask.office)
    if office is None:
        return ()
    newest = {copy.address: copy for copy in ask.copies if not copy.undelivered}
    return tuple(asked(scene, office, copy, key=key) for copy in newest.values())


def principals(scene: Scene, ask: Ask) -> tuple[Recipient, ...]:
    """Whom a deputy stands in for: they see the ask, in a copy of their own and without a key (E1)."""
    office = scene.book.offices.get(ask.office)
    if office is None or not any(copy.deputy for copy in ask.copies):
        return ()
    copies = (Copy(p.address, p.name, ask.copies[0].token) for p in office.people_on(scene.today))
    return tuple(asked(scene, office, copy, key=False) for copy in copies)


def colleague(person: Person) -> Recipient:
    """A member of the staff."""
    return Recipient(
        address=person.address,
        name=person.name,
        salutation=person.salutation or (f"Sayın {person.name}" if person.name else "Merhaba"),
        closing=Closing.NEZAKET,
    )


def staff(scene: Scene, item: Item | None, by: Address | None = None) -> tuple[Recipient, ...]:
    """Staff who follow an item: who opened it and who acts now; the unit's chief where neither is there."""
    people = [p for p in scene.book.staff if p.valid_on(scene.today)]
    wanted = {a for a in (item.opened_by if item else None, by) if a is not None}
    chosen = [p for p in people if p.address in wanted] or [p for p in people if p.role is PersonRole.CHIEF]
    return tuple({p.address: colleague(p) for p in chosen or people}.values())


def overseers(scene: Scene, item: Item) -> tuple[Recipient, ...]:
    """Staff who follow the item, and the unit's chief: who may still stop a release."""
    chiefs = [p for p in scene.book.staff if p.valid_on(scene.today) and p.role is PersonRole.CHIEF]
    people = (*staff(scene, item), *(colleague(p) for p in chiefs))
    return tuple({r.address: r for r in people}.values())


def readers(scene: Scene, office: OfficeRule) -> tuple[Recipient, ...]:
    """Who speaks for the office today, as readers of a mail that asks nothing."""
    return tuple(_reader(office, person) for person, _ in deciders(scene, office))


def _reader(office: OfficeRule, person: Person) -> Recipient:
    salutation = person.salutation or office.salutation
    return Recipient(person.address, person.name, salutation, office.closing, office.id, office.name)


def requesters(scene: Scene, item: Item) -> tuple[Recipient, ...]:
    """Whoever asked for the item, at the registered address; the office meant where nobody wrote.

    An address that the directory does not hold (any more) is never written to.
    """
    found: dict[Address, Recipient] = {}
    for request in item.requests:
        office = scene.book.offices.get(request.office) if request.office else None
        if office is None:
            continue
        desk = next((p for p in office.people if p.address == request.address.base), None)
        if desk is not None and desk.valid_on(scene.today):
            known: tuple[Recipient, ...] = (_reader(office, desk),)
        else:
            known = readers(scene, office)
        found |= {r.address: r for r in known}
    if not found and scene.workflow.requester:
        office = scene.book.offices.get(Office(scene.workflow.requester))
        found = {r.address: r for r in readers(scene, office)} if office else {}
    return tuple(found.values())


def leaves_house(to: str) -> bool:
    """Whether a `tell` to these goes to the public: a list, or whoever got an earlier release."""
    return to.startswith("list:") or to == "$recipients"


def _known(scene: Scene, addresses: tuple[Address, ...]) -> tuple[Recipient, ...]:
    """People of distributions by their addresses: whoever has left a list since is still one of them."""
    lists = scene.book.lists.values()
    found = {p.address: (p, mailing) for mailing in lists for p in mailing.members}
    recipients = []
    for address in addresses:
        if known := found.get(address):
            person, mailing = known
            salutation = person.salutation or mailing.salutation
            recipients.append(Recipient(address, person.name, salutation, mailing.closing))
        else:
            recipients.append(Recipient(address, "", "", Closing.NEZAKET))
    return tuple(recipients)


def _of_facility(scene: Scene, item: Item) -> tuple[Recipient, ...]:
    """The press officers of the hospital that the item names."""
    named = (f for f in scene.book.facilities.values() if f.name == item.fields.get("facility"))
    return tuple(
        Recipient(p.address, p.name, p.salutation or "Sayın Basın Sorumlusu", Closing.ARZ)
        for facility in named
        for p in facility.people
        if p.valid_on(scene.today)
    )


def _written(scene: Scene, item: Item, name: str) -> tuple[Recipient, ...]:
    """Whoever's address staff wrote into the item: a guest, an outlet. In deneme staff stand in."""
    value = item.fields.get(name)
    address = Address.parse(value.strip()) if isinstance(value, str) and value.strip() else None
    if address is None:
        return ()
    known = item.fields.get(name.removesuffix("_mail"))
    called = known if isinstance(known, str) else ""
    salutation = f"Sayın {called}" if called else "Sayın Yetkili"
    return (Recipient(scene.book.stand_in or address, called, salutation, Closing.NEZAKET),)


def told(scene: Scene, tell: Tell, item: Item) -> tuple[Recipient, ...]:
    """The recipients that a `tell` of the workflow means for this item."""
    book, today = scene.book, scene.today
    kind, _, name = tell.to.partition(":")
    match kind:
        case "staff":
            return staff(scene, item)
        case "opener":
            return tuple(colleague(p) for p in book.staff if p.address == item.opened_by) or staff(
                scene, item
            )
        case "role":
            found = tuple(colleague(p) for p in book.staff if p.role.value == name and p.valid_on(today))
            return found or staff(scene, item)
        case "list":
            members = book.lists[name]
            people = {p.address: p for p in members.members if p.valid_on(today)}
            return tuple(
                Recipient(p.address, p.name, p.salutation or members.salutation, members.closing)
                for p in people.values()
            )
        case "office":
            return readers(scene, book.offices[Office(name)])
        case "asked":
            everybody = (r for ask in item.asks for r in holders(scene, ask, key=False))
            return tuple({r.address: r for r in everybody}.values())
        case "$requester":
            return requesters(scene, item)
        case "$field":
            return _written(scene, item, name)
        case "$department.gm":
            gm = office_named(tell.to, item, book)
            rule = book.offices.get(gm) if gm else None
            return readers(scene, rule) if rule else ()
        case "$facility":
            return _of_facility(scene, item) or told(scene, Tell("$department", tell.template), item)
        case "$recipients":
            return _known(scene, item.recipients)
        case "$department":
            department = book.departments.get(item.department or "")
            if department is None:
                return ()
            return tuple(
                Recipient(p.address, p.name, p.salutation or "Sayın Başkanım", Closing.ARZ)
                for p in department.people
                if p.valid_on(today)
            )
        case _:
            return ()
