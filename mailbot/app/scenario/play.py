"""Plays a scenario: writes the mails as bytes, lets the service work, compares what left and what became."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from mailbot.adapters.made import hidden_in
from mailbot.app.mode import set_mode
from mailbot.app.parts import Mode, Parts
from mailbot.app.scenario import language as say
from mailbot.app.scenario.clients import Draft, answer_subject, bytes_of, parsed, report, text_of
from mailbot.app.scenario.language import Scenario, ScenarioError, Step
from mailbot.app.service import Service
from mailbot.core.item import Item
from mailbot.core.rules import Deputy, Person, PersonRole
from mailbot.core.values import Address, Office
from mailbot.ports.store import Delivery

ROUNDS = 50
"""A service that is still busy after so many rounds will never rest."""


class Hands(Protocol):
    """A clock that the scenario moves."""

    def now(self) -> datetime: ...
    def forward(self, span: timedelta) -> None: ...
    def set(self, instant: datetime) -> None: ...


class World(Protocol):
    """Mailboxes, a way in and a way out: fakes, embedded servers, or Dovecot and Postfix."""

    parts: Parts

    @property
    def clock(self) -> Hands: ...

    async def arrive(self, raw: bytes) -> None:
        """Lay a mail into the unit's mailbox, arrived now."""
        ...

    async def outgoing(self) -> list[tuple[str, bytes]]:
        """Every mail that left so far, in order: recipient and bytes."""
        ...


@dataclass
class Sent:
    """A mail that left."""

    to: str
    template: str
    raw: bytes = field(repr=False)
    spoken: bool = False
    """A line of the scenario has spoken for it."""


@dataclass
class Player:
    """One scenario in one world."""

    world: World
    service: Service = field(init=False)
    sent: list[Sent] = field(default_factory=list)
    started: bool = False
    last: bytes = b""
    staff_mail: bytes = b""
    written: int = 0
    watch: Callable[[Step], None] = lambda step: None
    """Told of every step once it has been played."""
    _seen: set[tuple[str, str]] = field(default_factory=set)

    async def play(self, scenario: Scenario) -> None:
        """Every step in order. Raises ScenarioError at the first line that is not so."""
        by_hand = any(isinstance(step, say.ServiceStarts) for step in scenario.steps)
        self.mode(Mode.CANLI)
        self.service = self.serve()
        for step in scenario.steps:
            if (
                not by_hand
                and not self.started
                and not isinstance(step, say.SetTime | say.SetMode | say.StandIn)
            ):
                await self.start()
            await _STEPS[type(step)](self, step)
            self.watch(step)

    # -- the service ---------------------------------------------------------------------------------

    def serve(self) -> Service:
        """A service of the world's parts, as a process that starts."""
        return Service(self.world.parts)

    def mode(self, mode: Mode) -> None:
        """The service's mode from now on."""
        with self.world.parts.store.writing() as tx:
            set_mode(tx, mode)
            tx.commit()

    async def start(self) -> None:
        """The service looks at the mailbox for the first time."""
        self.started = True
        await self.settle()

    async def settle(self) -> None:
        """Let the service work until it rests, then look at what left."""
        if not self.started:
            return
        for _ in range(ROUNDS):
            if not await self.service.round():
                break
        else:
            raise AssertionError(f"the service does not come to rest within {ROUNDS} rounds")
        rows: dict[tuple[str, str], Delivery] = {}
        with self.world.parts.store.reading() as reads:
            for row in reads.deliveries(limit=100_000):
                rows[str(row.recipient), str(row.message_id)] = row
        for recipient, raw in (await self.world.outgoing())[len(self.sent) :]:
            key = (recipient, str(parsed(raw)["Message-ID"]).lower())
            row_of = rows.get(key)
            assert row_of is not None, f"a mail to {recipient} left that the store does not know"
            again = key in self._seen and not self._ordered_again(row_of)
            assert not again, f"{row_of.template} went to {recipient} twice"
            self._seen.add(key)
            self.sent.append(Sent(recipient, row_of.template, raw))

    def _ordered_again(self, mail: Delivery) -> bool:
        """Whether a person ordered that this one copy goes once more (YENİDEN GÖNDER)."""
        with self.world.parts.store.reading() as reads:
            records = reads.records(mail.ref) if mail.ref else ()
        return any(r.kind == "resent" and str(mail.recipient) in r.text for r in records)

    async def arrive(self, raw: bytes, verdict: str) -> None:
        """The unit's own server stamps the mail and lays it into the mailbox."""
        domain = str(parsed(raw)["From"].addresses[0].domain)
        stamp = f"Authentication-Results: {AUTHSERV_ID};\r\n dmarc={verdict} header.from={domain}\r\n"
        self.last = stamp.encode() + raw
        await self.world.arrive(self.last)
        await self.settle()

    # -- names ---------------------------------------------------------------------------------------

    def people(self, name: str, at: say.Place) -> list[Person]:
        """Whom a word of the scenario means."""
        book = self.world.parts.book
        today = self.world.clock.now().astimezone(book.calendar.zone).date()
        if "@" in name:
            return [Person(Address(name))]
        if name == "bot":
            return [Person(book.unit.address, book.unit.name)]
        if name == "vekil":
            return [d.person for d in book.deputies]
        head, _, which = name.partition(".")
        office = book.offices.get(Office(head))
        if office is not None and which == "sekreter":
            return [p for p in office.people if p.role is PersonRole.SECRETARY][:1]
        if office is not None:
            members = list(office.people_on(today))
            return [members[int(which) - 1]] if which else members
        if name in book.lists:
            return [p for p in book.lists[name].members if p.valid_on(today)]
        found = [p for p in book.staff if p.address.local == name]
        if not found:
            raise ScenarioError(at, f"“{name}” diye biri yok")
        return found

    def person(self, name: str, at: say.Place) -> Person:
        return self.people(name, at)[0]

    def newest(self, who: Person, template: str | None, at: say.Place) -> Sent:
        """The newest mail of the bot to somebody."""
        for mail in reversed(self.sent):
            if mail.to == str(who.address) and template in (None, mail.template):
                return mail
        raise ScenarioError(
            at, f"{who.address} adresine {template or 'hiçbir ileti'} gitmedi; {self.unspoken()}"
        )

    def unspoken(self) -> str:
        """The mails that no line has spoken for, in words."""
        open_ = [f"{m.template} → {m.to}" for m in self.sent if not m.spoken]
        return "sözü edilmeyen iletiler: " + ("; ".join(open_) or "yok")

    def item(self) -> Item | None:
        with self.world.parts.store.reading() as reads:
            items = sorted(reads.items(open_only=False), key=lambda i: (i.opened_at, i.ref))
        return items[-1] if items else None

    def the_item(self, at: say.Place) -> Item:
        item = self.item()
        if item is None:
            raise ScenarioError(at, "hiç kayıt yok")
        return item

    def message_id(self, sender: Address) -> str:
        self.written += 1
        return f"<yazan.{self.written}.{self.world.clock.now():%d%H%M}@{sender.domain}>"

    def verdict(self, sender: Address, options: frozenset[str]) -> str:
        """What our server finds: inside mail is proved, outside mail comes without DMARC."""
        if "sahte" in options:
            return "fail"
        return "pass" if sender.domain == self.world.parts.book.unit.address.domain else "none"


AUTHSERV_ID = "mx.denizli-ism.example"


def _expect(
    condition: bool,  # noqa: FBT001 - it reads as "expect that"
    step: Step,
    problem: str | Callable[[], str],
) -> None:
    if not condition:
        raise ScenarioError(step.at, problem if isinstance(problem, str) else problem())


# -- happenings ---------------------------------------------------------------------------------------------


async def _set_time(player: Player, step: say.SetTime) -> None:
    player.world.clock.set(step.instant)
    await player.settle()


async def _forward(player: Player, step: say.Forward) -> None:
    player.world.clock.forward(step.span)
    await player.settle()


async def _set_mode(player: Player, step: say.SetMode) -> None:
    player.mode(Mode(step.mode))


async def _stand_in(player: Player, step: say.StandIn) -> None:
    book = player.world.parts.book
    deputy = Deputy(Office(step.office), Person(Address(step.address), step.name), step.since, step.until)
    player.world.parts = replace(player.world.parts, book=replace(book, deputies=(*book.deputies, deputy)))
    player.service = player.serve()


async def _service_starts(player: Player, step: say.ServiceStarts) -> None:
    await player.start()


async def _writes(player: Player, step: say.Writes) -> None:
    who = player.person(step.who, step.at)
    draft = Draft(
        sender=str(who.address),
        name=who.name,
        to=[str(player.person(name, step.at).address) for name in step.to],
        cc=[str(player.person(name, step.at).address) for name in step.cc],
        subject=step.subject,
        body=step.body,
        at=player.world.clock.now(),
        message_id=player.message_id(who.address),
        files=step.files,
        options=step.options,
        papers=dict(step.papers),
    )
    raw = bytes_of(draft)
    if str(player.world.parts.book.unit.address) in (*draft.to, *draft.cc):
        if any(p.address == who.address for p in player.world.parts.book.staff):
            player.staff_mail = raw
        await player.arrive(raw, player.verdict(who.address, step.options))


async def _answers(player: Player, step: say.Answers) -> None:
    who = player.person(step.who, step.at)
    unit = player.world.parts.book.unit.address
    answered = parsed(
        player.staff_mail if step.staff_mail else player.newest(who, step.template, step.at).raw
    )
    back = answered["Reply-To"] or answered["From"]
    cc = [str(unit)] if step.staff_mail and "herkese" in step.options else []
    draft = Draft(
        sender=str(who.address),
        name=who.name,
        to=[str(back.addresses[0].addr_spec)],
        cc=cc,
        subject=answer_subject(answered, step.options),
        body=step.body,
        at=player.world.clock.now(),
        message_id=player.message_id(who.address),
        files=step.files,
        answered=answered,
        options=step.options,
        papers=dict(step.papers),
    )
    if step.staff_mail and not cc:
        return  # the bot never sees it
    await player.arrive(bytes_of(draft), player.verdict(who.address, step.options))


async def _auto_answers(player: Player, step: say.AutoAnswers) -> None:
    who = player.person(step.who, step.at)
    answered = parsed(player.newest(who, None, step.at).raw)
    draft = Draft(
        sender=str(who.address),
        name=who.name,
        to=[str(player.world.parts.book.unit.address)],
        cc=[],
        subject=f"Otomatik yanıt: {answered['Subject']}",
        body=step.body,
        at=player.world.clock.now(),
        message_id=player.message_id(who.address),
        answered=answered,
        options=frozenset({"alıntısız"}),
        headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    )
    await player.arrive(bytes_of(draft), player.verdict(who.address, frozenset()))


async def _bounces(player: Player, step: say.Bounces) -> None:
    who = player.person(step.who, step.at)
    mail = player.newest(who, None, step.at)
    unit = str(player.world.parts.book.unit.address)
    await player.arrive(
        report(mail.raw, str(who.address), unit, step.reason, player.world.clock.now()), "none"
    )


async def _redelivered(player: Player, step: say.Redelivered) -> None:
    await player.world.arrive(player.last)
    await player.settle()


# -- expectations -------------------------------------------------------------------------------------------


async def _mail_came(player: Player, step: say.Expect) -> None:
    waiting = [m for m in player.sent if not m.spoken and m.template == step.template]
    for who in (person for name in step.who for person in player.people(name, step.at)):
        mail = next((m for m in waiting if m.to == str(who.address) and not m.spoken), None)
        if mail is None:
            raise ScenarioError(step.at, f"{who.address} beklenen iletiyi almadı; {player.unspoken()}")
        mail.spoken = True
        shown = {a.addr_spec for a in parsed(mail.raw)["To"].addresses}
        _expect(shown == {str(who.address)}, step, f"iletinin Kime satırı başkalarını gösteriyor: {shown}")


async def _no_mail_came(player: Player, step: say.ExpectNot) -> None:
    addresses = {str(p.address) for name in step.who for p in player.people(name, step.at)}
    for mail in player.sent:
        if mail.spoken or (step.who and mail.to not in addresses):
            continue
        _expect(step.template not in (None, mail.template), step, f"{mail.template} gitti: {mail.to}")


async def _contains(player: Player, step: say.Contains) -> None:
    mail = parsed(player.newest(player.person(step.who, step.at), step.template, step.at).raw)
    text = " ".join(f"{mail['Subject']} {text_of(mail)}".split())
    _expect((step.words in text) is step.there, step, lambda: f"iletide: {text[:1500]}")


async def _attached(player: Player, step: say.Attached) -> None:
    mail = parsed(player.newest(player.person(step.who, step.at), step.template, step.at).raw)
    names = tuple(part.get_filename() or "" for part in mail.iter_attachments())
    _expect(set(names) == set(step.files), step, f"ekler: {', '.join(names) or 'yok'}")


async def _clean(player: Player, step: say.Clean) -> None:
    mail = parsed(player.newest(player.person(step.who, step.at), step.template, step.at).raw)
    pictures = [part for part in mail.iter_attachments() if part.get_content_maintype() == "image"]
    _expect(bool(pictures), step, "iletide fotoğraf yok")
    for part in pictures:
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        left = hidden_in(data)
        _expect(not left, step, f"{part.get_filename()} içinde kalan: {left}")


async def _state_is(player: Player, step: say.StateIs) -> None:
    item = player.item()
    stage = item.stage if item else "yok"
    _expect(stage == step.stage, step, lambda: f"durum {stage}; {player.unspoken()}")


async def _hold_is(player: Player, step: say.HoldIs) -> None:
    hold = player.the_item(step.at).hold
    _expect((hold.value if hold else "yok") == step.hold, step, f"bekletme {hold.value if hold else 'yok'}")


async def _office_is(player: Player, step: say.OfficeIs) -> None:
    item = player.the_item(step.at)
    ask = item.ask_of(Office(step.office), item.version.number) if item.version else None
    state = ask.state.value if ask else "sorulmadi"
    _expect(state == step.state, step, f"makamın durumu {state}")


async def _version_is(player: Player, step: say.VersionIs) -> None:
    version = player.the_item(step.at).version
    _expect(
        (version.number if version else 0) == step.number, step, f"sürüm {version.number if version else 0}"
    )


async def _items_are(player: Player, step: say.ItemsAre) -> None:
    with player.world.parts.store.reading() as reads:
        count = len(reads.items(open_only=False))
    _expect(count == step.count, step, f"kayıt sayısı {count}")


async def _history_has(player: Player, step: say.HistoryHas) -> None:
    with player.world.parts.store.reading() as reads:
        lines = [record.text for record in reads.records(player.the_item(step.at).ref)]
    _expect(any(step.words in line for line in lines), step, lambda: "geçmiş: " + " | ".join(lines))


_STEPS: Mapping[type[Step], Callable[[Player, Any], Any]] = {
    say.SetTime: _set_time,
    say.Forward: _forward,
    say.SetMode: _set_mode,
    say.StandIn: _stand_in,
    say.ServiceStarts: _service_starts,
    say.Writes: _writes,
    say.Answers: _answers,
    say.AutoAnswers: _auto_answers,
    say.Bounces: _bounces,
    say.Redelivered: _redelivered,
    say.Expect: _mail_came,
    say.ExpectNot: _no_mail_came,
    say.Contains: _contains,
    say.Attached: _attached,
    say.Clean: _clean,
    say.StateIs: _state_is,
    say.HoldIs: _hold_is,
    say.OfficeIs: _office_is,
    say.VersionIs: _version_is,
    say.ItemsAre: _items_are,
    say.HistoryHas: _history_has,
}
