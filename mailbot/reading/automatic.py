"""Letters that a machine wrote or passed on: absence notes, receipts, calendar answers, lists.

Headers are certain (RFC 3834, RFC 3798, RFC 2919). Words alone are used where no header says so, and
then strictly: a person who mentions leave beside a decision is a person.
"""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from mailbot.core.letter import Letter
from mailbot.core.values import Address
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.plain import plain, tidy
from mailbot.reading.when import Leaning, days_in


class AutoKind(StrEnum):
    """What sort of machine mail it is; the values are those of `kind`."""

    AUTO_REPLY = "auto_reply"
    READ_RECEIPT = "read_receipt"
    CALENDAR_REPLY = "calendar_reply"
    LIST = "list"


class Strength(IntEnum):
    """How sure: WORDS is read from prose alone, HEADER from a field that only machines set."""

    WORDS = 1
    SUBJECT = 2
    HEADER = 3


@dataclass(frozen=True, slots=True)
class Automatic:
    """An automatic letter, by what it was known, and what it says about the absence."""

    kind: AutoKind
    strength: Strength
    evidence: tuple[str, ...]
    """Turkish phrases."""
    until: date | None = None
    """Last day of the absence, or the day of return where only that is named."""
    deputy: str | None = None
    deputy_address: Address | None = None


_AUTO_HEADERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-vacation",
)
_LIST_HEADERS = ("list-id", "list-post", "list-unsubscribe", "list-help", "x-mailing-list", "mailing-list")

_SUBJECT = re.compile(
    r"^\W{0,3}(?:(?:re|ynt|yanit|cvp|aw|sv)\s?:\s?){0,3}\W{0,2}(?:otomatik (?:yanit|cevap|ileti|mesaj|e-?posta)|oto(?:matik)?[- ]?yanit"
    r"|ofis(?:te)? (?:disinda|degil)|is yeri disinda|automatic(?:ally)? (?:reply|response|generated)|auto[- ]?(?:reply|response|responder)"
    r"|out of (?:the )?office|ooo\b|(?:yillik )?izin(?:de|li)(?:yim|dir)?\b|tatilde(?:yim)?\b|vacation (?:reply|response)"
    r"|away from (?:the |my )?office|on (?:annual )?leave|abwesenheit|absence du bureau|izin bildirimi|e-?postaniz alin)"
)
_SAYS_MACHINE = re.compile(
    r"(?:bu|isbu) (?:bir )?(?:otomatik|e-?posta|ileti|mesaj|yanit|cevap)[^.\n]{0,60}otomatik[^.\n]{0,40}(?:olustur|gonder|uretil|yanit|mesaj|cevap|ileti)"
    r"|(?:bu|isbu) (?:bir )?otomatik (?:bir )?(?:yanit|cevap|ileti|mesaj|e-?posta)|otomatik (?:olarak )?(?:olusturul|gonderil|uretil)m"
    r"|otomatik (?:yanit|cevap)(?:tir|dir| mesaji| sistemi)|this is an automat|automatically generated|auto-?generated (?:message|reply)"
    r"|(?:lutfen )?bu (?:e-?postaya|iletiye|mesaja|adrese) (?:yanit|cevap) (?:vermeyiniz|yazmayiniz|gondermeyiniz)|do not reply to this"
)
_ABSENT = re.compile(
    r"(?:yillik |idari |saglik |dogum |mazeret |ucretsiz |senelik )?izin(?:de|li)(?:yim|yiz|ydim)\b|izinde (?:olacagim|bulunuyorum|olmam|oldugum|bulundugum|bulunmaktayim)"
    r"|izinli (?:oldugum|olacagim|olmam)|(?:ofis|kurum|sehir|il|yurt|gorev yeri|birim|makam)(?:im)?(?:in)? ?disi(?:nda)?(?:yim|yiz|nda olacagim|nda bulun\w{1,14}|nda ol\w{1,14})"
    r"|ofiste (?:degilim|olmayacagim|bulunm\w{1,12})|tatilde(?:yim|yiz)\b|raporlu(?:yum|olmam)|raporluyum|gorevli olarak[^.\n]{0,40}disinda"
    r"|izne ayril(?:dim|mis|acagim)|gorevimin basinda (?:degilim|olmayacagim)|e-?posta(?:lar)?im(?:a|i)[^.\n]{0,40}(?:bakam|erisem|kontrol edem|ulasam)\w{0,12}"
    r"|(?:i am|i'm|i will be|am currently) (?:currently )?(?:out of|away|on (?:annual |sick )?(?:leave|vacation|holiday))|out of (?:the )?office|on annual leave"
    r"|kongre(?:de|deyim)|toplanti(?:da|lar)[^.\n]{0,30}(?:olacagim|nedeniyle[^.\n]{0,30}(?:bakam|ulasam|erisem))|yurt disindayim|gorevdeyim"
)
_RECEIVED = re.compile(
    r"(?:e-?posta|ileti|mesaj|basvuru|mail)(?:niz|iniz|leriniz)?[^.\n]{0,40}(?:alinmistir|ulasmistir|tarafimiza ulas|kayda alin|kaydedil|bize ulas)"
    r"|en kisa (?:surede|zamanda)[^.\n]{0,40}(?:donus|yanit|cevap|geri)|your (?:message|e-?mail|request) has been received|we have received your"
)
_HARMLESS = re.compile(
    r"donus|don[ud]|dondugum|yanit|cevap|acil|ivedi|irtibat|iletisim|ulas|vekil|vekalet|yerime|yerine|telefon|dahili|gsm|cep|tesekkur|iyi (?:calisma|gun)"
    r"|saygi|merhaba|sayin|bilgi|arz|rica|tarih|arasinda|kadar|mesaj|e-?posta|ileti|mail|@|urgent|contact|return|back|regards|thank|please|hello|dear|www|nobetci|adres"
)
_DECIDES = re.compile(
    r"\buygundur|\buygun (?:gor|bul)|\bonayl(?:i|a(?!nacak|yacak|nmasi|rim gel))|\bonaydir|\bonay(?:im|imiz)? (?:verdim|verildi|veriyor)|\bolur\b(?! olmaz)|\btamam\b|\bok\b"
    r"|sakinca|mahzur|yayinlan(?:sin|abilir)|yayimlan(?:sin|abilir)|paylas(?:in|alim|abilir)|gonder(?:in|elim|ebilir)siniz|\bred(?:dediyorum|dir)?\b|\bduzelt"
    r"|\buygundu|\bevet\b|\bhayir\b|\bapproved?\b|degistir|cikar(?:in|alim|ilsin)|yayinlamay|^onay\b|\n\s{0,5}onay\W"
)
_RECEIPT_SUBJECT = re.compile(
    r"^\W{0,3}(?:okundu(?: bilgisi)?|okunmadi|silindi|okundu bildirimi|alindi bildirimi|read|not read|deleted|return receipt(?: \(displayed\))?"
    r"|read receipt|read-receipt|iletildi|delivered|goruntulendi|ilet(?:i)? okundu)\s?[:\-]"
)
_RECEIPT_TEXT = re.compile(
    r"\bileti(?:niz)?[\s\S]{0,300}?\b(?:okundu|goruntulendi|acildi)\b|your message[\s\S]{0,300}?was (?:read|displayed|opened)|this is a (?:return )?receipt"
    r"|okundu bilgisi(?:dir)?|e-?postaniz (?:okundu|goruntulendi)|(?:alici|kullanici) (?:iletiyi|iletinizi|mesajinizi) (?:okudu|goruntuledi)"
)
_CALENDAR_SUBJECT = re.compile(
    r"^\W{0,3}(?:kabul (?:edildi|ediyor)|reddedildi|belirsiz|accepted|declined|tentative(?:ly accepted)?|toplanti (?:kabul|red)|yeni zaman onerildi|new time proposed)\s?:"
)


def read_automatic(letter: Letter, words: str, calendar: WorkCalendar | None = None) -> Automatic | None:
    """What sort of automatic letter this is, or None for a person's.

    `words` are the new words of the body. Only `Strength.HEADER` and `SUBJECT` are certain; `WORDS`
    is given where every sentence belongs to an absence note and none to a decision.
    """
    by_header = _by_header(letter)
    subject = plain(tidy(letter.subject[:500]))
    body = plain(tidy(words))[:6000]
    if by_header and by_header[0] is not AutoKind.AUTO_REPLY:
        return Automatic(by_header[0], Strength.HEADER, by_header[1])
    found: tuple[Strength, tuple[str, ...]] | None = None
    if by_header:
        found = (Strength.HEADER, by_header[1])
    elif _RECEIPT_SUBJECT.match(subject) and (_RECEIPT_TEXT.search(body) or not body.strip()):
        return Automatic(AutoKind.READ_RECEIPT, Strength.SUBJECT, ("konusu ve metni okundu bilgisi",))
    elif _SUBJECT.match(subject):
        found = (Strength.SUBJECT, ("konusu otomatik yanıt diyor",))
    elif _CALENDAR_SUBJECT.match(subject) and _has_calendar(letter):
        return Automatic(AutoKind.CALENDAR_REPLY, Strength.SUBJECT, ("takvim daveti yanıtı",))
    elif _RECEIPT_TEXT.search(body) and len(body) < 1500 and not _DECIDES.search(body):
        return Automatic(AutoKind.READ_RECEIPT, Strength.WORDS, ("metni okundu bilgisi",))
    elif evidence := _by_words(body):
        found = (Strength.WORDS, (evidence,))
    if found is None:
        return None
    until, deputy, address = _absence(words, letter.date, calendar)
    return Automatic(AutoKind.AUTO_REPLY, found[0], found[1], until, deputy, address)


def _by_header(letter: Letter) -> tuple[AutoKind, tuple[str, ...]] | None:
    if letter.report_type == "disposition-notification":
        return AutoKind.READ_RECEIPT, ("okundu bildirimi (RFC 8098)",)
    if letter.calendar_method in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"):
        return AutoKind.CALENDAR_REPLY, (f"takvim yanıtı ({letter.calendar_method})",)
    precedence = (letter.header("precedence") or "").strip().lower()
    submitted = (letter.header("auto-submitted") or "no").split(";")[0].strip().lower()
    if submitted not in ("no", ""):
        return AutoKind.AUTO_REPLY, (f"Auto-Submitted: {submitted[:40]}",)
    for name in _AUTO_HEADERS:
        value = letter.header(name)
        if value is not None and value.strip().lower() not in ("no", "false", "0"):
            return AutoKind.AUTO_REPLY, (f"{name} başlığı var",)
    if precedence in ("auto_reply", "auto-reply"):
        return AutoKind.AUTO_REPLY, (f"Precedence: {precedence}",)
    for name in _LIST_HEADERS:
        if letter.header(name):
            return AutoKind.LIST, (f"{name} başlığı var",)
    if precedence in ("bulk", "junk", "list"):
        return AutoKind.LIST, (f"Precedence: {precedence}",)
    if letter.header("x-ms-exchange-inbox-rules-loop"):
        return AutoKind.AUTO_REPLY, ("bir posta kutusu kuralı göndermiş",)
    path = letter.header("return-path")
    if path is not None and path.strip() == "<>":
        return AutoKind.AUTO_REPLY, ("zarf göndericisi boş (Return-Path: <>)",)
    return None


def _has_calendar(letter: Letter) -> bool:
    return letter.calendar_method is not None or any(
        a.content_type == "text/calendar" or a.name.lower().endswith(".ics") for a in letter.attachments
    )


def _by_words(body: str) -> str | None:
    """The evidence where the whole text is an absence note or a receipt by machine."""
    if not body.strip() or _DECIDES.search(body):
        return None
    if _SAYS_MACHINE.search(body):
        return "metin otomatik olduğunu söylüyor"
    sentences = [s for s in re.split(r"[.!?]+\s|\n+", body) if re.search(r"[a-z]{2}", s)]
    absent = [s for s in sentences if _ABSENT.search(s)]
    received = [s for s in sentences if _RECEIVED.search(s)]
    rest = [
        s
        for s in sentences
        if s not in absent and s not in received and len(s.split()) > 4 and not _HARMLESS.search(s)
    ]
    if absent and not rest and any(_CONTACT.search(s) for s in sentences):
        return "metin yalnız izin ya da ofis dışı bildirimi"
    if len(received) >= 2 and not rest:
        return "metin yalnız otomatik alındı bildirimi"
    return None


_CONTACT = re.compile(
    r"donus|dondugum|acil|ivedi|vekil|vekalet|irtibat|iletisim|ulasa|return|urgent|contact|arasinda|kadar|tarihine|tarihleri|yanit(?:la|iniz)|cevap|until|back"
)
_DEPUTY = re.compile(
    r"((?:(?:Uz|Op|Doç|Prof|Dr|Dt|Ecz|Av)\.\s?){0,4}(?:[A-ZÇĞİÖŞÜ][a-zçğıöşü]{1,20}\s){1,2}[A-ZÇĞİÖŞÜ][a-zçğıöşü]{1,20})"
    r"(?:'?(?:y?[ae]|n[ae]|[iıuü]n|n[iıuü]n|y?l[ae]|y?[iıuü]))?\s(?:tarafıma |bana |tarafından |ile |adına )?(?:vekâlet|vekalet|vekil|ile (?:irtibat|iletişim|görüş)|ulaş|başvur|yazabil|arayabil|irtibat|iletişim|bakacak|bakmakta)"
)
_DEPUTY_BEFORE = re.compile(
    r"(?:vekâleten|vekaleten|vekilim(?:iz)?|yerime|vekâlet eden|vekalet eden|contact|yerime bakan|adıma)\s?:?,?\s(?:sayın\s|Sn\.\s)?"
    r"((?:(?:Uz|Op|Doç|Prof|Dr|Dt|Ecz|Av)\.\s?){0,4}(?:[A-ZÇĞİÖŞÜ][a-zçğıöşü]{1,20}\s){1,2}?[A-ZÇĞİÖŞÜ][a-zçğıöşü]{1,20})",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")


def _absence(
    words: str, said_at: datetime | None, calendar: WorkCalendar | None
) -> tuple[date | None, str | None, Address | None]:
    text = tidy(words)[:6000]
    until = None
    if said_at is not None:
        found = [
            day
            for day in days_in(text, said_at, calendar or WorkCalendar(), Leaning.NEAREST)
            if day.last >= said_at.date()
        ]
        until = found[0].last if found else None
        if len(found) > 1 and re.fullmatch(
            r"[\s'()-]{0,4}(?:ile|ve)?\s?", plain(text)[found[0].end : found[1].start]
        ):
            until = found[1].last
    name = _DEPUTY.search(text) or _DEPUTY_BEFORE.search(text)
    mail = _MAIL.search(text)
    return until, name[1].strip() if name else None, Address.parse(mail[0].strip(".")) if mail else None
