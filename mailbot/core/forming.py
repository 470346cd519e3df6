"""The unit's form of an approved text (duty G5): a bulletin as files, made beside the steps of the item.

A form holds the words of its version and what stands in the unit's template, nothing else; whoever makes
it reads it back and compares (`adapters.bulletin`). It is made once for a version and leaves with the
release of exactly that version.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.core.item import Version
from mailbot.core.mailvalues import item_values, photos_of
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import leaves_house, staff
from mailbot.core.rules import Rulebook
from mailbot.core.scene import Work, condition_holds
from mailbot.core.suffix import tarih_uzun
from mailbot.core.trigger import Formed

KEY = "form:"
"""A timer of this kind asks for the form of the version whose number follows."""


def want_form(work: Work) -> None:
    """Ask for the form of the current version, where the workflow has one and its release goes to a list."""
    version = work.item.version
    work.drop_timers(f"{KEY}*")
    outward = any(
        leaves_house(tell.to) and condition_holds(tell.when, work.item)
        for stage in work.scene.workflow.stages
        if stage.gate
        for tell in stage.tell
    )
    if version is not None and work.scene.workflow.form and outward:
        work.set_timer(f"{KEY}{version.number}", work.scene.now)


def formed(work: Work, trigger: Formed) -> None:
    """The form of a version was made, or could not be."""
    item = work.item
    work.drop_timers(f"{KEY}{trigger.version}")
    if item.version is None or item.version.number != trigger.version or item.released_at is not None:
        return
    if trigger.trouble:
        work.note("form", f"Sürüm {trigger.version} için bülten yapılamadı: {trigger.trouble}")
        work.mails.append(
            MailOrder(
                "hatali-ileti",
                staff(work.scene, item),
                Purpose.STAFF,
                {
                    "item": item_values(work.scene, item),
                    "problem": f"Bülten yapılamadı: {trigger.trouble}",
                    "what_to_do": "Haber bültensiz servis edilecektir. Bülten de gidecekse DURDUR yazınız, "
                    "templates/_bulten klasöründeki şablonu düzeltiniz, ardından DEVAM yazınız.",
                },
                once=f"form:{item.ref}:{trigger.version}",
            )
        )
    if not trigger.files:
        return
    version = replace(item.version, forms=trigger.files)
    work.item = replace(item, versions=(*item.versions[:-1], version))
    names = ", ".join(file.name for file in trigger.files)
    work.note(
        "form",
        f"Sürüm {trigger.version} için bülten yapıldı: {names}.",
        {
            "version": trigger.version,
            "digest": version.digest,
            "files": " ".join(str(file.digest) for file in trigger.files),
        },
    )


def form_values(book: Rulebook, version: Version) -> dict[str, object]:
    """What the form's template may use; see `templates/README.md`."""
    embargo = version.bound.get("embargo")
    day = embargo if isinstance(embargo, datetime) else version.made_at
    title, text = version.bound.get("title", ""), version.bound.get("text", "")
    assert isinstance(title, str)
    assert isinstance(text, str)
    return {
        "kurum": book.unit.institution,
        "birim": book.unit.name,
        "telefon": book.unit.phone,
        "eposta": str(book.unit.address),
        "web": book.unit.website,
        "tarih": tarih_uzun(day.astimezone(book.calendar.zone)),
        "baslik": title,
        "paragraflar": [part.strip() for part in text.split("\n") if part.strip()],
        "fotograflar": [
            {"ad": p.name, "altyazi": p.caption, "ceken": p.photographer}
            for p in photos_of(version.bound)
            if p.caption or p.photographer
        ],
    }
