"""What became of one mail to one recipient, in words: the same in terminal, mail and report."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailbot.core.suffix import Case as Ending
from mailbot.core.suffix import suffixed, tarih_saat
from mailbot.core.worktime import ISTANBUL
from mailbot.ports.store import Delivery, MailState

STATE_LABELS: Mapping[MailState, str] = {
    MailState.QUEUED: "sırada",
    MailState.SENDING: "gönderiliyor",
    MailState.SENT: "gönderildi",
    MailState.REFUSED: "kabul edilmedi",
    MailState.UNCERTAIN: "belirsiz (bağlantı koptu)",
    MailState.CANCELLED: "gönderilmedi",
    MailState.BOUNCED: "geri döndü",
    MailState.BLOCKED: "onay denetiminde durduruldu",
    MailState.SHOWN: "gölge: gönderilmedi",
}

_QUEUE_ID = re.compile(
    r"queued (?:mail for delivery )?as ([0-9A-Za-z._-]{4,64})"  # Postfix; Haraka
    r"|\bid=([0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4})"  # Exim
    r"|\bInternalId=(\d{4,20})"  # Exchange
    r"|\b([0-9A-Za-z]{8,20}) Message accepted",  # Sendmail
    re.IGNORECASE,
)


def queue_id(reply: str) -> str | None:
    """The server's own number for an accepted mail, which its administrator looks for; None without one."""
    found = _QUEUE_ID.search(reply)
    return next((group for group in found.groups() if group), None) if found else None


def deferred(mail: Delivery) -> bool:
    """Whether it was offered and the server put it off."""
    return mail.state is MailState.QUEUED and mail.attempts > 0


def state_words(mail: Delivery) -> str:
    """Where the mail stands and why, as the part of a sentence: without a capital and without a full stop."""
    match mail.state:
        case MailState.SENT:
            number = queue_id(mail.reply)
            at = f" {tarih_saat(mail.sent_at)}" if mail.sent_at else ""
            return f"gönderildi{at}" + (f" (kuyruk no {number})" if number else "")
        case MailState.QUEUED if deferred(mail):
            again = suffixed(f"{mail.due.astimezone(ISTANBUL):%H.%M}", Ending.AT)
            return f"ertelendi, saat {again} yeniden denenecek ({mail.reply})"
        case (
            MailState.REFUSED
            | MailState.BOUNCED
            | MailState.UNCERTAIN
            | MailState.CANCELLED
            | MailState.BLOCKED
        ):
            label = "belirsiz" if mail.state is MailState.UNCERTAIN else STATE_LABELS[mail.state]
            return f"{label} ({mail.reply})" if mail.reply else label
        case _:
            return STATE_LABELS[mail.state]
