"""Distribution lists by mail: a wish to leave reaches staff, and staff take the address off with one word."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailbot.app.apply import scene_for
from mailbot.app.case import Case, Result, actor, day, team
from mailbot.app.deliveries import state_words
from mailbot.app.departures import come_back, leave
from mailbot.core.command import Command, Verb
from mailbot.core.leaving import lists_of, wished
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import colleague
from mailbot.core.trigger import Noted
from mailbot.core.values import Address
from mailbot.ports.store import Delivery, LetterState, MailState

RESENDABLE = frozenset(
    {MailState.UNCERTAIN, MailState.REFUSED, MailState.BOUNCED, MailState.BLOCKED, MailState.CANCELLED}
)
"""States from which a copy may go out once more."""


def show_wish(case: Case) -> Result:
    """Somebody asks to be taken off: staff get the words and the one word that does it."""
    letter, sender = case.sight.letter, case.sight.facts.sender
    assert sender is not None
    values = {
        "address": str(sender),
        "name": letter.from_[0].name,
        "lists": list(lists_of(case.book, sender)),
        "words": case.sight.fresh.text[:600],
    }
    people = team(case.book, case.now)
    case.owe(MailOrder("listeden-cikma", people, Purpose.STAFF, values, once=f"liste:{sender}"))
    item = case.sight.item
    if item is not None:
        case.step(item, Noted("note", f"{sender} dağıtım listesinden çıkmak istiyor; personele bildirildi."))
    return LetterState.HANDLED, item.ref if item else None


def _address_of(case: Case, order: Command) -> Address | None:
    """The address in the order, else the one that the answered mail was about."""
    return Address.parse(order.text) or wished(case.sight.letter.subject)


def _unlist(case: Case, order: Command) -> None:
    address = _address_of(case, order)
    if address is None:
        case.refuse(
            "Hangi adresin listeden çıkarılacağı anlaşılamadı.",
            "Adresi aynı satıra yazınız; örneğin ÇIKAR: haber@gazete.example",
        )
        return
    names = lists_of(case.parts.book, address)
    if not leave(case.tx, address, actor(case).address, case.now):
        _tell(case, address, f"{address} zaten listelerden çıkarılmıştı; bir şey değişmedi.")
        return
    where = f"Bulunduğu listeler: {', '.join(names)}." if names else "Adres hiçbir listede yazılı değil."
    _tell(
        case,
        address,
        f"{address} bundan sonra hiçbir dağıtımı almayacak. {where} "
        f"Geri almak için LİSTEYE AL: {address} yazınız.",
    )


def _relist(case: Case, order: Command) -> None:
    address = _address_of(case, order)
    if address is None:
        case.refuse(
            "Hangi adresin listeye alınacağı anlaşılamadı.",
            "Adresi aynı satıra yazınız; örneğin LİSTEYE AL: haber@gazete.example",
        )
        return
    if not come_back(case.tx, address):
        _tell(case, address, f"{address} listelerden çıkarılmamıştı; bir şey değişmedi.")
        return
    names = lists_of(case.parts.book, address)
    where = (
        f"Yeniden gönderilecek listeler: {', '.join(names)}."
        if names
        else "Adres hiçbir listede yazılı değil; rules klasöründeki liste dosyasına ekleyiniz."
    )
    _tell(case, address, f"{address} yeniden listeye alındı. {where}")


def _resend(case: Case, order: Command) -> None:
    """One copy of the item's release goes out once more."""
    item, address = case.sight.item, Address.parse(order.text)
    if item is None or address is None:
        case.refuse(
            "Hangi haberin hangi adrese yeniden gönderileceği anlaşılamadı.",
            "Haberin bir iletisini yanıtlayıp adresi yazınız; örneğin YENİDEN GÖNDER: haber@gazete.example",
        )
        return
    copies = [
        mail
        for mail in case.tx.deliveries(item.ref, limit=10_000)
        if mail.purpose is Purpose.RELEASE and mail.recipient == address
    ]
    if not copies:
        case.refuse(
            f"Bu haber {address} adresine hiç gönderilmedi.", "Adresi servis raporundan kopyalayınız."
        )
        return
    mail = copies[-1]
    if refused := resend(case, mail):
        case.refuse(
            refused, "Alıcıya ulaşmadığını düşünüyorsanız önce istenmeyen posta klasörüne baktırınız."
        )
        return
    by = actor(case)
    case.step(item, Noted("resent", f"{by.name} {address} adresine yeniden gönderilmesini istedi."))
    scene = scene_for(case.parts, case.book, item.workflow, case.now)
    person = case.book.staff_at(by.address, day(case.book, case.now))
    case.owe(
        MailOrder(
            "komut-tamam",
            (colleague(person),) if person else team(case.book, case.now),
            Purpose.STAFF,
            {
                "item": item_values(scene, item, item.version),
                "done": f"Haber {address} adresine yeniden gönderilmek üzere sıraya kondu.",
            },
            reply_to_id=case.sight.letter.message_id,
        ),
        item.ref,
    )


def resend(case: Case, mail: Delivery) -> str | None:
    """Queue a copy again; a sentence why not. The gate looks at it once more before it leaves."""
    if mail.state in RESENDABLE and case.tx.requeue(mail.id, case.now):
        return None
    return f"{mail.recipient} adresine giden ileti yeniden gönderilemez: {state_words(mail)}."


LIST_ORDERS: Mapping[Verb, Callable[[Case, Command], None]] = {
    Verb.UNLIST: _unlist,
    Verb.RELIST: _relist,
    Verb.RESEND: _resend,
}


def obey(case: Case, order: Command) -> None:
    """Carry out one of LIST_ORDERS for proved staff; anybody else is asked at the registered address."""
    facts = case.sight.facts
    if facts.level < facts.needed:
        case.refuse(
            f"“{order.words[:80]}” komutunun sizden geldiği doğrulanamadı; uygulanmadı.",
            "Bu iletiyi yanıtlayıp komutu adresiyle birlikte yeniden yazınız.",
        )
        return
    LIST_ORDERS[order.verb](case, order)


def _tell(case: Case, address: Address, done: str) -> None:
    by = actor(case)
    person = case.book.staff_at(by.address, day(case.book, case.now))
    case.owe(
        MailOrder(
            "liste-degisti",
            (colleague(person),) if person else team(case.book, case.now),
            Purpose.STAFF,
            {"address": str(address), "done": done},
            reply_to_id=case.sight.letter.message_id,
        )
    )
