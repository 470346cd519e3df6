"""After the release: a correction, or the news taken back, as an item of its own (process E7, S12).

It has its own text, its own approval and its own release to whoever got the first one; so everything
that holds for a text that leaves holds for it too. The item that it corrects keeps a record of it.
"""

from __future__ import annotations

from datetime import tzinfo

from mailbot.core.item import FieldValue, Item
from mailbot.core.suffix import Case, suffixed, tarih
from mailbot.core.values import ItemRef

CORRECTION = "duzeltme"
WITHDRAWAL = "geri_cekme"


def corrects(item: Item, ref: ItemRef) -> bool:
    """Whether `item` is an open correction of the item `ref`."""
    return item.parent == ref and item.open


def correction_fields(
    item: Item, kind: str, words: str, pair: tuple[str, str] | None, zone: tzinfo
) -> dict[str, FieldValue]:
    """The fields of the correction of a released item, its text as it will be approved (T18).

    `words` is what staff wrote, `pair` the wrong and the right words where they said both.
    """
    released = item.first_released_at or item.released_at
    assert released is not None
    day = suffixed(tarih(released.astimezone(zone)), Case.AT)
    press = item.fields.get("to") == "press"
    first = f"{day} {'servis edilen' if press else 'yayımlanan'} “{item.title}” başlıklı haberimiz"
    words = " ".join(words.split()).rstrip(".")
    if kind == WITHDRAWAL:
        reason = f" Gerekçe: {words}." if words else ""
        text = (
            f"{first} geri çekilmiştir.{reason}\n\nHaberin yayımlanmamasını, yayımlandıysa yayından "
            "kaldırılmasını rica ederiz."
        )
    elif pair is not None:
        wrong, right = pair
        text = (
            f"{first}de “{wrong}” ifadesi sehven yer almıştır. Doğrusu: “{right}”.\n\n"
            "Düzeltir, bilgilerinize sunarız."
        )
    else:
        text = f"{first}e ilişkin düzeltme: {words}.\n\nDüzeltir, bilgilerinize sunarız."
    return {
        "title": item.title,
        "text": text,
        "kind": kind,
        "to": "press" if press else "web",
        "links": "\n".join(link.url for link in item.links),
    }


TOLD = frozenset({"release", "closed", "cancelled"})
"""Records of a correction that the corrected item's history repeats."""
