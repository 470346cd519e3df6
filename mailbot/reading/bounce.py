"""Delivery reports: whose copy did not arrive (RFC 3464 first, providers' prose second)."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.core.letter import DeliveryStatus, Letter
from mailbot.core.values import Address, ItemRef, MessageId, Token, message_ids
from mailbot.reading.plain import plain, tidy

_TEXT_LIMIT = 20_000
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_DAEMON = re.compile(
    r"mailer-?daemon|postmaster|mail delivery (?:sub)?system|microsoft outlook|microsoftexchange[0-9a-f]{6,40}"
    r"|posta (?:teslim|teslimat|dagitim) (?:sistemi|alt sistemi|servisi)|mail administrator|(?:mail|system) administrator|sistem yoneticisi|(?:posta|e-?posta) sunucusu|mail (?:server|gateway)"
)
_FAILED = re.compile(
    r"undeliver(?:able|ed)|delivery status notification \(failure\)|mail delivery (?:failed|failure)|failure notice"
    r"|delivery (?:has )?failed|returned mail|returned to sender|message (?:not delivered|could not be delivered)"
    r"|non-?delivery|teslim edilem(?:edi|eyen|iyor)|teslim edilmedi|teslimat basarisiz|gonderilem(?:edi|eyen)"
    r"|iletilem(?:edi|eyen)|(?:teslim edil|ulastiril|iletil|gonderil|ulas)[ae]m(?:adi|edi|amis|emis|ayan|eyen|iyor)|iade (?:edil|edilmis)|teslim(?:at)? hatasi|teslim(?:at)?(?:tan|i)? (?:vazgec|basarisiz|mumkun olma)"
    r"|teslim edilemedi bildirimi|geri (?:dondu|cevril|gonderil)|unzustellbar|zustellung fehlgeschlagen|permanent (?:error|failure)|failed permanently"
)
_DELAYED = re.compile(
    r"delivery status notification \(delay\)|delivery (?:is |has been )?delayed|delayed mail|message delayed"
    r"|warning: (?:could not send message|message .{0,80}delayed)|still being retried|teslim(?:at)?i? gecik|gecikme bildirimi"
    r"|teslimat gecikti|gecikmeli teslimat|henuz teslim edilem|teslim edilmesi gecik|will (?:keep trying|be retried)"
    r"|yeniden denenecek|tekrar denenecek|denemeye devam ed"
)
_REASON = re.compile(
    r"user unknown|unknown user|no such (?:user|recipient|mailbox)|address (?:not found|rejected|couldn'?t be found)"
    r"|does ?n[o']t exist|wasn'?t found at|mailbox (?:is )?(?:full|unavailable)|over ?quota|quota exceeded|host or domain name not found"
    r"|recipient (?:address )?rejected|unrouteable address|\b5[0-9]{2}[ -]5\.[0-9]\.[0-9]{1,3}|(?<![0-9])5\.[1-7]\.[0-9]{1,3}(?![0-9])"
    r"|adres(?:i|iniz)? bulunamadi|(?:alici|kullanici|posta kutusu|e-?posta adresi) (?:bulunamadi|mevcut degil|yok|reddedildi)"
    r"|boyle bir (?:kullanici|adres|alici)|posta kutusu (?:dolu|dolmus)|kotasi? (?:dolu|dolmus|asil)|kota asimi|alan adi bulunamadi"
)
_CALENDAR_OR_OOO = re.compile(r"otomatik (?:yanit|cevap)|automatic reply|out of office")


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient whose copy failed or waits."""

    recipient: Address | None
    permanent: bool
    status: str
    """Enhanced status code (RFC 3463), or ""."""
    reason: str
    """The provider's words, shortened."""
    original_id: MessageId | None
    """The Message-ID of the mail that came back, where the report carries it."""
    tokens: tuple[Token, ...]
    refs: tuple[ItemRef, ...]
    evidence: str
    """Turkish: what showed it."""


def read_bounce(letter: Letter) -> tuple[Bounce, ...]:
    """The failed or delayed recipients that `letter` reports; () where it is no such report.

    A report of a delivery that succeeded (action delivered, relayed, expanded) is no bounce.
    """
    text = _searchable(letter)
    tokens = Token.find_all(text)
    refs = ItemRef.find_all(text)
    original = letter.original_id or _original_in(text, letter)
    if letter.delivery:
        return tuple(
            Bounce(
                recipient=status.recipient,
                permanent=_permanent(status),
                status=status.status,
                reason=status.diagnostic[:300],
                original_id=original,
                tokens=tokens,
                refs=refs,
                evidence="teslim durumu bildirimi (RFC 3464)",
            )
            for status in letter.delivery[:200]
            if status.action in ("failed", "delayed")
            or (not status.action and status.status[:1] in ("4", "5"))
        )
    found = _by_words(letter, plain(text))
    if found is None:
        return ()
    permanent, evidence = found
    code = re.search(r"(?<![0-9.])([45]\.[0-9]\.[0-9]{1,3})(?![0-9.])", text)
    reason = _REASON.search(plain(text))
    return (
        Bounce(
            recipient=_recipient(letter, text),
            permanent=permanent,
            status=code[1] if code else "",
            reason=_line_around(text, reason.start())[:300] if reason else "",
            original_id=original,
            tokens=tokens,
            refs=refs,
            evidence=evidence,
        ),
    )


def _permanent(status: DeliveryStatus) -> bool:
    """ "failed" with a 4.x.x code is a transient trouble that the server gave up on: it never arrived."""
    return status.action != "delayed"


def _searchable(letter: Letter) -> str:
    parts = [letter.subject, letter.text or _stripped(letter.html or "")]
    parts += [raw[:4000].decode("utf-8", "replace") for raw in letter.attached[:3]]
    return tidy("\n".join(part[:_TEXT_LIMIT] for part in parts))


def _stripped(html: str) -> str:
    return re.sub(r"<[^<>]{0,2000}>", " ", html[: 3 * _TEXT_LIMIT])


def _by_words(letter: Letter, text: str) -> tuple[bool, str] | None:
    subject = plain(tidy(letter.subject))
    if _CALENDAR_OR_OOO.search(subject):
        return None
    author = " ".join(plain(f"{m.name} {m.address.local}") for m in letter.from_[:3])
    daemon = bool(_DAEMON.search(author))
    null_path = (letter.header("return-path") or "x").strip() == "<>"
    named = bool(letter.header("x-failed-recipients"))
    machine = daemon or null_path or named or letter.report_type == "delivery-status"
    if not machine:
        return None
    evidence = (
        "gönderen ve konu bir teslim hatası bildirimi"
        if daemon
        else "zarf göndericisi boş, metin teslim hatası bildiriyor"
    )
    # A delay says "will be retried" in a text that may also say "could not be delivered" so far.
    if _DELAYED.search(subject) or (_DELAYED.search(text) and not _FAILED.search(subject)):
        return False, evidence
    if _FAILED.search(subject) or named or (_FAILED.search(text) and (daemon or _REASON.search(text))):
        return True, evidence
    if daemon and _REASON.search(text):
        return True, evidence
    return None


def _recipient(letter: Letter, text: str) -> Address | None:
    for value in (letter.header("x-failed-recipients") or "").split(","):
        if address := Address.parse(value):
            return address
    labelled = re.search(
        r"(?:final-recipient|original-recipient)\s{0,3}:\s{0,3}rfc822\s{0,3};\s{0,3}<?(\S{3,254}?)>?\s",
        text + "\n",
        re.IGNORECASE,
    )
    if labelled and (address := Address.parse(labelled[1])):
        return address
    ours = {m.address.base for m in (*letter.to, *letter.from_)}
    candidates = [
        (hit.start(), address)
        for hit in list(_ADDRESS.finditer(text))[:200]
        if (address := Address.parse(hit[0].strip(".'")))
        and address.base not in ours
        and not _DAEMON.search(address.local)
    ]
    if not candidates:
        return None
    reason = _REASON.search(plain(text)) or _FAILED.search(plain(text), len(letter.subject))
    if reason is None:
        return candidates[0][1]
    return min(candidates, key=lambda c: abs(c[0] - reason.start()))[1]


def _line_around(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)].strip()


def _original_in(text: str, letter: Letter) -> MessageId | None:
    """The Message-ID among original headers that the text repeats, else what the report answers."""
    quoted = re.search(
        r"^\s{0,8}message-id\s{0,3}:\s{0,4}(<[^<>\s]{3,400}>)", text, re.IGNORECASE | re.MULTILINE
    )
    if quoted:
        return next(iter(message_ids(quoted[1])), None)
    return next(iter((*letter.in_reply_to, *letter.references[-1:])), None)
