"""The conditions that `rules/routing.toml` may name: one pure function each, in one literal table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailbot.core.decision import Decision
from mailbot.core.facts import Facts, Found, SenderRole
from mailbot.core.letter import ProofLevel

Guard = Callable[[Facts], bool]

GUARDS: Mapping[str, Guard] = {
    "her-zaman": lambda _: True,
    "kendi-iletimiz": lambda f: f.echo,
    "ikinci-kez-gelmis": lambda f: f.duplicate,
    "bozuk": lambda f: f.kind == "malformed",
    "gonderici-belirsiz": lambda f: f.sender is None,
    "bota-yazilmis": lambda f: f.for_bot,
    "geri-donen-ileti": lambda f: f.kind == "bounce_failed",
    "geciken-ileti": lambda f: f.kind == "bounce_delayed",
    "otomatik-yanit": lambda f: f.kind == "auto_reply",
    "okundu-bilgisi": lambda f: f.kind in ("read_receipt", "calendar_reply"),
    "liste-iletisi": lambda f: f.kind in ("list", "clipping", "spam", "loop"),
    "bilgi-notu-talebi": lambda f: f.kind.startswith("info_note"),
    "bakanlik-raporu": lambda f: f.kind == "report",
    "kendi-adresimizden": lambda f: f.role is SenderRole.SELF,
    "personelden": lambda f: f.role is SenderRole.STAFF,
    "makamdan": lambda f: f.role is SenderRole.OFFICE,
    "sekreterden": lambda f: f.role is SenderRole.SECRETARY,
    "basindan": lambda f: f.role is SenderRole.OUTLET,
    "baskanliktan": lambda f: f.role is SenderRole.DEPARTMENT,
    "bilinmeyenden": lambda f: f.role is SenderRole.UNKNOWN,
    "kaniti-yeterli": lambda f: f.level >= f.needed,
    "kendisine-sorulmus": lambda f: f.asked,
    "kaydi-belli": lambda f: f.ref is not None,
    "surumu-belli": lambda f: f.version is not None,
    "birden-cok-kayit-olabilir": lambda f: f.found is Found.SEVERAL,
    "karar-soyluyor": lambda f: f.decision is not Decision.NONE,
    "itiraz-ediyor": lambda f: f.decision in (Decision.REJECT, Decision.REVISE),
    "secim-yapiyor": lambda f: bool(f.choice),
    "durdur-diyor": lambda f: f.stops,
    "listeden-cikmak-istiyor": lambda f: f.leaves,
    "yanit-gibi": lambda f: f.kind == "reply",
    "kaniti-var": lambda f: f.level >= ProofLevel.KEY,
    "komut-var": lambda f: f.commands,
    "kayit-acabilir": lambda f: f.openings > 0,
    "alindi-diyor": lambda f: f.received,
    "sahte-gorunuyor": lambda f: f.refuted,
    "talebe-bagli": lambda f: f.follows,
    "birden-cok-is-var": lambda f: f.openings > 1,
}
