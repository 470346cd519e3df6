"""One item's story, told once for the terminal and for the mail (DURUM): who was asked for which version
when, who answered with which words, what is waiting for whom, and what went out to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.app.deliveries import STATE_LABELS, queue_id, state_words
from mailbot.core.channels import lacking_channels
from mailbot.core.item import Ask, AskState, Item
from mailbot.core.mailvalues import ASK_LABELS, DECISION_LABELS, PROOF_LABELS, office_name, person_name
from mailbot.core.outcome import Purpose
from mailbot.core.rules import Rulebook
from mailbot.core.suffix import Case, suffixed, tarih_saat
from mailbot.ports.store import Delivery, MailState

WORDS = 300
"""Characters of an answer that a page shows; the history and the dossier have all of them."""

_GOING = (MailState.QUEUED, MailState.SENDING)
_NAMES = {
    Purpose.RELEASE: "Dağıtım",
    Purpose.ASK: "Onay isteği",
    Purpose.REMINDER: "Hatırlatma",
    Purpose.ASK_BACK: "Soru",
    Purpose.TASK: "Görev",
    Purpose.NOTICE: "Bildirim",
    Purpose.STAFF: "Personele",
    Purpose.REFUSAL: "Yanıt",
}


def waiting(book: Rulebook, item: Item, mails: Sequence[Delivery]) -> list[str]:
    """What the item waits for, and for whom: a Turkish sentence each."""
    number = item.version.number if item.version else 0
    found = []
    if item.open and item.hold is not None:
        found.append(
            f"Kayıt bekletiliyor ({item.hold_by or 'onay denetimi'}); DEVAM yazılana kadar ilerlemez."
        )
    if item.open:
        found += [f"Personelden bekleniyor: {phrase}." for phrase in item.missing]
    for ask in item.asks:
        if ask.version != number or not item.open:
            continue
        name = office_name(book, ask.office)
        if ask.state is AskState.OPEN:
            reminded = f", {ask.reminders} kez hatırlatıldı" if ask.reminders else ""
            since = suffixed(tarih_saat(ask.asked_at), Case.FROM)
            found.append(f"{name}: Sürüm {ask.version} için yanıtı {since} beri bekleniyor{reminded}.")
        elif ask.state is AskState.UNDELIVERED:
            found.append(f"{name}: onay isteği ulaşmadı; adresi düzeltip DEVAM yazınız.")
    workflow = book.workflows.get(item.workflow)
    stage = workflow.stage(item.stage) if workflow and item.open else None
    if stage is not None and (channels := lacking_channels(stage, item)):
        found.append(f"Yayın bağlantısı bekleniyor: {', '.join(channels)}.")
    going = [m for m in mails if m.state in _GOING and m.purpose is Purpose.RELEASE]
    if going:
        found.append(f"Dağıtım sürüyor: {len(going)} alıcı sırada.")
    return found


def asked(book: Rulebook, item: Item) -> list[dict[str, object]]:
    """Every ask in order: office, version, when and whom, its state, and every answer in its words."""
    return [
        {
            "office": office_name(book, ask.office),
            "version": ask.version,
            "at": ask.asked_at,
            "people": ", ".join(dict.fromkeys(copy.name or str(copy.address) for copy in ask.copies)),
            "state_label": ASK_LABELS[ask.state],
            "reminders": ask.reminders,
            "answers": _answers(book, ask),
        }
        for ask in item.asks
    ]


def _answers(book: Rulebook, ask: Ask) -> list[dict[str, object]]:
    given = (*ask.history, *((ask.answer,) if ask.answer else ()))
    rows = []
    for answer in dict.fromkeys(given):
        words = " ".join(answer.words.split())
        rows.append(
            {
                "at": answer.at,
                "person": person_name(book, answer.person),
                "label": DECISION_LABELS[answer.decision],
                "proof_label": PROOF_LABELS[answer.level],
                "words": words if len(words) <= WORDS else words[:WORDS] + "…",
            }
        )
    return rows


def sent(mails: Sequence[Delivery]) -> list[dict[str, object]]:
    """What went out to whom, in one line per mail of one kind: a distribution is counted, and only copies
    that did not arrive are named."""
    groups: dict[tuple[Purpose, int | None, str], list[Delivery]] = {}
    for mail in mails:
        groups.setdefault((mail.purpose, mail.version, mail.template), []).append(mail)
    found: list[dict[str, object]] = []
    for (purpose, version, template), copies in groups.items():
        good = [m for m in copies if m.state is MailState.SENT]
        times = [m.sent_at for m in good if m.sent_at]
        found.append(
            {
                "kind": _NAMES[purpose],
                "template": template,
                "version": version,
                "count": len(copies),
                "good": len(good),
                "at": min(times) if times else None,
                "last": max(times) if times else None,
                "people": "" if purpose is Purpose.RELEASE else _people(copies),
                "bad": [
                    {"address": str(m.recipient), "words": state_words(m)}
                    for m in copies
                    if m.state is not MailState.SENT
                ],
            }
        )
    return found


def _people(copies: Sequence[Delivery]) -> str:
    return ", ".join(dict.fromkeys(str(mail.recipient) for mail in copies))


def copy_row(mail: Delivery) -> dict[str, object]:
    """One mail for the JSON of `show`: where it stands, the server's number, when it is tried again."""
    return {
        "id": mail.id,
        "to": str(mail.recipient),
        "subject": mail.subject,
        "template": mail.template,
        "version": mail.version,
        "state": mail.state.value,
        "state_label": STATE_LABELS[mail.state],
        "sent_at": mail.sent_at,
        "queue_id": queue_id(mail.reply) if mail.state is MailState.SENT else None,
        "attempts": mail.attempts,
        "next_try": mail.due if mail.state is MailState.QUEUED and mail.attempts else None,
        "reply": mail.reply,
    }


def when(instant: datetime | None) -> str:
    """23.11.2026, saat 15.00; "" for None."""
    return tarih_saat(instant) if instant else ""
