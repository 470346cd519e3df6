"""What departments and hospitals tell of an event: facts, and a text that staff may choose (1.1.1)."""

from __future__ import annotations

from mailbot.app.case import Case, actor
from mailbot.app.papers import photos_in
from mailbot.core.item import FieldValue, Item, Offer
from mailbot.core.trigger import Collected
from mailbot.reading.papers import BODY, choose_text

_WORDS = 20_000


def takes_facts(case: Case, item: Item) -> bool:
    """Whether what comes for this item is material for staff, and no text to be asked as it stands."""
    stage = case.book.workflows[item.workflow].stage(item.stage)
    return stage is not None and stage.collect is not None and stage.collect.on_order


def offers_of(case: Case) -> tuple[Offer, ...]:
    """The texts that the mail holds, named by who sent them."""
    words = case.sight.fresh.text.strip()
    choice = choose_text(case.sight.examined, Offer(BODY, words) if words else None)
    found = choice.offers or ((choice.text,) if choice.text is not None else ())
    sender = actor(case).name
    return tuple(Offer(f"{sender}: {o.source}", o.text, o.title) for o in found)


def take_facts(case: Case, item: Item) -> None:
    """Put the words and the photographs on the item; the texts wait until staff choose one."""
    words = case.sight.fresh.text.strip()[:_WORDS]
    before = item.fields.get("facts", "")
    fields: dict[str, FieldValue] = {}
    if words:
        fields["facts"] = f"{before}\n\n{words}" if isinstance(before, str) and before else words
    new = photos_in(case, words)
    for name, files in (("photos", new.ready), ("originals", new.originals)):
        known = item.fields.get(name, ())
        known = known if isinstance(known, tuple) else ()
        digests = {f.digest for f in known}
        if added := tuple(f for f in files if f.digest not in digests):
            fields[name] = (*known, *added)
    case.step(
        item,
        Collected(actor(case), fields, words[:2000], case.sight.letter.message_id, offers_of(case)),
    )
