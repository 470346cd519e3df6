"""YAYIN DÜZELTME, and GERİ ÇEK after the release: the correction becomes an item of its own (E7, S12)."""

from __future__ import annotations

from mailbot.app.case import Case, actor
from mailbot.app.openmail import new_item
from mailbot.app.releasing import reached, unsent
from mailbot.core.command import Command, Verb
from mailbot.core.correcting import CORRECTION, WITHDRAWAL, correction_fields, corrects
from mailbot.core.item import Item
from mailbot.core.trigger import Noted, Stopped
from mailbot.reading.amendment import read_amendment

_EXAMPLE = "Örneğin “YAYIN DÜZELTME: Çamlık Parkı → Gökpınar Parkı” yazınız."


def is_correction(order: Command, item: Item) -> bool:
    """Whether the order is about a text that is out already."""
    if order.verb is Verb.CORRECTED:
        return True
    return order.verb is Verb.WITHDRAW and item.released_at is not None


def correct(case: Case, item: Item, order: Command) -> None:
    """Open the correction of `item`; the director approves it before anything leaves."""
    name = case.book.workflows[item.workflow].correct
    if not name or item.parent is not None:
        case.refuse(
            "Bu kayıt için yayın düzeltmesi yapılamaz.",
            "Düzeltmenin metnini değiştirmek için yeni metni bu iletiyi yanıtlayarak gönderiniz.",
        )
        return
    if item.released_at is None:
        case.refuse(
            "Haber henüz yayımlanmadı; yayın düzeltmesi yapılamaz.",
            "Metni değiştirmek için yeni metni gönderiniz.",
        )
        return
    kind = WITHDRAWAL if order.verb is Verb.WITHDRAW else CORRECTION
    words = order.text.strip()
    if kind == CORRECTION and len(words) < 3:
        case.refuse("Neyin düzeltileceği yazılmamış.", _EXAMPLE)
        return
    standing = next((i for i in case.tx.items() if corrects(i, item.ref)), None)
    if standing is not None:
        case.refuse(
            f"Bu haberin açık bir düzeltmesi var: {standing.ref}.",
            f"Metnini değiştirmek için {standing.ref} kaydının iletisini yanıtlayıp yeni metni gönderiniz; "
            "vazgeçmek için orada İPTAL yazınız.",
        )
        return
    if kind == WITHDRAWAL and unsent(case.tx, item):
        item = case.step(item, Stopped(actor(case), order.words, unsent(case.tx, item)))
    fields = correction_fields(item, kind, words, read_amendment(words), case.book.calendar.zone)
    people = reached(case.tx, item)
    if not people:
        fields["to"] = "web"
    ref = new_item(case, name, fields, department=item.department, parent=item.ref, recipients=people)
    what = "geri çekilmesi" if kind == WITHDRAWAL else "düzeltilmesi"
    case.step(
        item, Noted("correction", f"{actor(case).name}, haberin {what} için {ref} kaydını açtı: {words}")
    )
