"""The kind of a letter: one word of the command line's contract, with the reasons in Turkish."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.core.command import Command
from mailbot.core.decision import Fresh
from mailbot.core.facts import SenderRole
from mailbot.core.letter import Letter
from mailbot.core.opening import Opening
from mailbot.core.request import InfoRequest, Update
from mailbot.reading.automatic import AutoKind, Automatic, Strength, read_automatic
from mailbot.reading.bounce import Bounce, read_bounce
from mailbot.reading.plain import plain, tidy
from mailbot.reading.spam import read_spam
from mailbot.reading.thread import Traces

KINDS = (
    "reply", "info_note_request", "info_note_reminder", "info_note_update", "open", "command", "report", "clipping",
    "auto_reply", "bounce_failed", "bounce_delayed", "read_receipt", "calendar_reply", "list", "spam", "loop", "duplicate",
    "malformed", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of letter it is, and why; with what was read on the way."""

    kind: str
    why: tuple[str, ...]
    automatic: Automatic | None = None
    bounces: tuple[Bounce, ...] = ()


_REPLY_PREFIX = re.compile(r"^\W{0,3}(?:\w{1,14}\W{1,3}){0,3}?(?:re|ynt|yan|cvp|yanit|aw|sv|antw)\s?:")
_REPORT = re.compile(
    r"\b(?:haber\ssiteleri|medya|basin|haber|dijital)\s(?:\w{1,14}\s){0,2}(?:takip|tarama|izleme|analiz)\s(?:\w{1,10}\s){0,2}rapor|\btakip\srapor|\bhaber\ssiteleri\srapor|\b(?:gunluk|haftalik)\s(?:haber|medya)\s(?:\w{1,10}\s)?rapor|\bmedya\srapor"
)
_CLIPPING = re.compile(
    r"\b(?:gunluk|haftalik|sabah|aksam|anlik)\s(?:medya|basin|haber|gazete)\s?(?:\w{1,12}\s?){0,2}(?:rapor|tara|ozet|bulten|takip|yansima)|\bmedya\s(?:tarama|takip|raporu|yansima|izleme)|\bbasin\s(?:tarama|takip|ozeti|yansima)|\bkupur|\binterpress|\bhaber\salarm|\bhaber\suyaris|\bgoogle\salerts?\b|\byeni\shaber\sbildirim|\b(?:haber|tv|televizyon|radyo|yazili\sbasin|sosyal\smedya)\s(?:yansima|izleme)|\byansima\sbildirim|\bmedya\sbulten|\bhaberiniz\scikti|\bstxcm|\berisim\s?:\s?[0-9]"
)
_FIELD = re.compile(
    r"^\W{0,3}(?P<field>anahtar\s(?:kelime|sozcuk)|kaynak|mecra|yayin(?:\s(?:zamani|tarihi|adi|organi))?|haber\sbasligi|baslik|erisim|tiraj|okunma|ton|duygu|stxcm|sayfa|baglanti|link|url|reklam\sesdegeri|kategori|konum)\s?:",
    re.MULTILINE,
)
"""The lines of an alert as press scanning services send them."""
_TALLY = re.compile(r"\bolumlu\s?:?\s?\(?[0-9]|\b[0-9]{1,3}\s(?:adet\s)?olumlu|\btoplam\shaber\s?:?\s?[0-9]")
_ASK_WORDS = re.compile(r"\bonay|\bhaber|\bbilgi\s?notu|\bmetin|\broportaj|\bprogram|\bsurum")


def kind_of(
    letter: Letter,
    fresh: Fresh,
    marks: Traces,
    *,
    role: SenderRole,
    commands: Sequence[Command] = (),
    openings: Sequence[Opening] = (),
    request: InfoRequest | None = None,
    echo: bool = False,
    duplicate: bool = False,
    asked: bool = False,
) -> Kind:
    """The kind of `letter`, from what the other readers found and who sent it.

    Machines are told apart first, so that nothing they repeat is taken for a person's words. `asked`:
    the sender holds a copy of the ask that the letter answers.
    """
    subject, body = plain(tidy(letter.subject[:1000])), plain(tidy(fresh.text))[:20_000]
    if duplicate:
        return Kind("duplicate", ("Aynı ileti daha önce alınmış.",))
    if echo or letter.header("x-loop"):
        return Kind("loop", ("Kendi iletimiz geri gelmiş.",))
    if unread := _unread(letter):
        return Kind("malformed", (unread,))
    if bounces := read_bounce(letter):
        kind = "bounce_failed" if any(b.permanent for b in bounces) else "bounce_delayed"
        return Kind(kind, (f"Teslim bildirimi: {bounces[0].evidence}.",), bounces=bounces)
    automatic = read_automatic(letter, fresh.text, whole="\n".join((fresh.text, fresh.aside, fresh.quoted)))
    known = role in (SenderRole.OFFICE, SenderRole.SECRETARY, SenderRole.STAFF, SenderRole.DEPARTMENT)
    spam = read_spam(letter, subject, body, listed=automatic is not None)
    if role is SenderRole.UNKNOWN and spam and (automatic is None or automatic.strength is Strength.WORDS):
        return Kind("spam", spam, automatic)
    if automatic and automatic.kind is not AutoKind.LIST:
        weak = automatic.strength is Strength.WORDS and (bool(commands) or bool(openings))
        if not weak:
            return Kind(
                automatic.kind.value, (f"Makine iletisi: {', '.join(automatic.evidence)}.",), automatic
            )
    if role is SenderRole.UNKNOWN and spam:
        return Kind("spam", spam, automatic)
    if not known and _clipped(subject, body):
        return Kind(
            "clipping", ("Basın tarama servisinin iletisi: konusu ya da sayımları gösteriyor.",), automatic
        )
    if automatic:
        return Kind("list", (f"Liste iletisi: {', '.join(automatic.evidence)}.",), automatic)
    return _by_person(letter, marks, role, subject, body, commands, openings, request, asked=asked)


def _unread(letter: Letter) -> str | None:
    """Why nothing of the letter can be trusted to have been read; None where it was."""
    for defect in letter.defects:
        if defect == "no-headers":
            return "Bir e-posta iletisi değil: hiçbir ileti başlığı yok."
        if defect == "malformed":
            return "İletinin yapısı bozuk; gövdesi okunamadı."
        if defect.startswith("over-limit:"):
            return f"İleti ayrıştırma sınırlarını aşıyor ({defect.partition(':')[2]}); gövdesi okunmadı."
    return None


def _clipped(subject: str, body: str) -> bool:
    """Whether a press scanning service wrote: by its subject, its counts, or a form of its fields."""
    fields = {found["field"] for found in _FIELD.finditer(body[:4_000])}
    return bool(
        _CLIPPING.search(subject) or (_TALLY.search(body) and _CLIPPING.search(body)) or len(fields) >= 4
    )


def _by_person(
    letter: Letter,
    marks: Traces,
    role: SenderRole,
    subject: str,
    body: str,
    commands: Sequence[Command],
    openings: Sequence[Opening],
    request: InfoRequest | None,
    *,
    asked: bool,
) -> Kind:
    answers = bool(_REPLY_PREFIX.match(subject)) or bool(letter.in_reply_to)
    office = role in (SenderRole.OFFICE, SenderRole.SECRETARY)
    if (
        office
        and _REPORT.search(subject + "\n" + body[:400])
        and letter.attachments
        and not answers
        and (request is None or _REPORT.search(subject))
    ):
        return Kind("report", ("Bakanlığın takip raporu: konusu ve eki gösteriyor.",))
    if request is not None and office and not (asked and marks.tokens):
        return _requested(request)
    if role is SenderRole.STAFF:
        if openings and not (answers and marks.refs):
            return Kind("open", (f"Personel iletisi bir iş açıyor: {openings[0].process.value}.",))
        if commands:
            return Kind(
                "command", (f"Personel komutu: {', '.join(dict.fromkeys(c.verb.value for c in commands))}.",)
            )
        if marks.tokens or marks.refs:
            return Kind("command", ("Personel bir kaydımızı yanıtlıyor.",))
        return Kind("other", ("Personel iletisi; açılacak bir iş ya da komut yok.",))
    if asked or (
        office
        and (marks.tokens or (answers and (marks.refs or letter.in_reply_to or _ASK_WORDS.search(subject))))
    ):
        return Kind(
            "reply",
            ("Sorduğumuz makam yanıtlıyor." if asked else "Makamın yanıtı: konusu ya da izi gösteriyor.",),
        )
    if marks.tokens and answers:
        return Kind("reply", ("İletide bir onay anahtarı var.",))
    if request is not None:
        return _requested(request)
    if office and answers:
        return Kind("reply", ("Makamın yanıtı: konusu yanıt öneki taşıyor.",))
    if openings:
        return Kind(
            "open", (f"Bir iş açılmak isteniyor: {openings[0].process.value}; gönderen personel değil.",)
        )
    if marks.refs and answers:
        return Kind("reply", ("Kayıt numaralı bir iletimizi yanıtlıyor.",))
    return Kind("other", ("Bilinen türlerden biri değil.",))


def _requested(request: InfoRequest) -> Kind:
    why = request.why or ("Bilgi notu isteniyor.",)
    match request.update:
        case None:
            return Kind("info_note_request", ("Bilgi notu talebi.", *why))
        case Update.REMINDER:
            return Kind("info_note_reminder", ("Bilgi notu talebi hatırlatılıyor.", *why))
        case _:
            return Kind("info_note_update", ("Bilinen bir bilgi notu talebi değiştiriliyor.", *why))
