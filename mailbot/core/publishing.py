"""Where an item was published: links per channel, missing ones, and links that come too early or late."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from mailbot.core.advance import advance
from mailbot.core.channels import lacking_channels
from mailbot.core.item import Link
from mailbot.core.mailvalues import item_values
from mailbot.core.outcome import MailOrder, Purpose
from mailbot.core.people import overseers
from mailbot.core.replies import done, traced
from mailbot.core.rules import Unit
from mailbot.core.scene import Work
from mailbot.core.trigger import Published


def published(work: Work, trigger: Published) -> None:
    """Links that staff report. Before the release they are an alarm and release nothing (S5)."""
    item = work.item
    known = {(link.channel, link.url) for link in item.links}
    new = tuple(link for link in trigger.links if (link.channel, link.url) not in known)
    if item.released_at is None:
        _early(work, trigger, new or trigger.links)
        return
    work.item = replace(item, links=(*item.links, *new))
    for link in new:
        work.note(
            "published", f"{link.channel}: {link.url}", traced(trigger.by, channel=link.channel, url=link.url)
        )
    advance(work)
    if not item.open:
        done(work, trigger.by, "Kayıt kapanmıştı; bağlantılar kayda eklendi.")
    elif work.item.open:
        stage = work.stage
        lacking = ", ".join(lacking_channels(stage, work.item)) if stage else ""
        waited = f" Bağlantısı beklenenler: {lacking}." if lacking else ""
        done(work, trigger.by, f"Bağlantılar kaydedildi.{waited}")


def of_unit(link: Link, unit: Unit) -> bool:
    """Whether the unit itself published there: its own site, or a social account."""
    host = (urlsplit(link.url).hostname or "").removeprefix("www.")
    own = (urlsplit(unit.website).hostname or "").removeprefix("www.")
    return link.channel not in ("web", "basın") or bool(own and (host == own or host.endswith("." + own)))


def _early(work: Work, trigger: Published, links: tuple[Link, ...]) -> None:
    """Somebody published before the release: an alarm; nothing is released because of it (E6)."""
    unit = work.scene.book.unit
    for link in links:
        work.note(
            "early",
            f"Yayın açılmadan yayımlandığı bildirildi: {link.url}",
            traced(trigger.by, channel=link.channel, url=link.url),
        )
    people = {r.address: r for r in overseers(work.scene, work.item)}
    work.mails.append(
        MailOrder(
            "erken-yayin",
            tuple(people.values()),
            Purpose.STAFF,
            {
                "item": item_values(work.scene, work.item, work.item.version),
                "reported_by": trigger.by.name or str(trigger.by.address),
                "links": [
                    {"channel": link.channel, "url": link.url, "ours": of_unit(link, unit)} for link in links
                ],
                "ours": any(of_unit(link, unit) for link in links),
                "open": work.item.open,
            },
        )
    )
