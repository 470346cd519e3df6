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
    r"^\W{0,3}(?:(?:re|ynt|yanit|cvp|aw|sv)\s?:\s?){0,3}\W{0,2}(?:otomatik (?:yanit|cevap|ileti|mesaj|e-?posta|bilgilendirme)|oto(?:matik)?[- ]?(?:yanit|cevap)"
    r"|ofis(?:te|im|imde)? (?:disi(?:nda)?(?:yim)?\b|degil)|(?:is yeri|gorev|il|yurt|kurum) disi(?:nda)?(?:yim)?\s?(?::|$)|disarida(?:yim)?\s?:"
    r"|automatic(?:ally)? (?:reply|response|generated)|auto[- ]?(?:reply|response|responder)|autoreply"
    r"|out of (?:the )?office|ooo\b|(?:yillik )?izin(?:de|li)(?:yim|dir)?\b|tatilde(?:yim)?\b|vacation (?:reply|response|notice)"
    r"|away from (?:the |my )?office|on (?:annual |sick )?leave|abwesenheit|automatische antwort|absence du bureau|izin bildirimi|e-?postaniz alin)"
)
_MAIL_WORD = r"(?:e-?posta|ileti|mesaj|mail|posta)"
_SAYS_MACHINE = re.compile(
    r"(?:bu|isbu) (?:bir )?(?:otomatik|e-?posta|ileti|mesaj|yanit|cevap)[^.\n]{0,60}(?:otomatik|kendiliginden|sistem)[^.\n]{0,40}(?:olustur|gonder|uretil|yanit|mesaj|cevap|ileti)"
    r"|(?:bu|isbu) (?:bir )?otomatik (?:bir )?(?:yanit|cevap|ileti|mesaj|e-?posta|bilgilendirme|bildirim)|(?:otomatik|kendiliginden) (?:olarak )?(?:olusturul|gonderil|uretil)m"
    r"|^\W{0,4}otomatik (?:yanit|cevap|mesaj|ileti|bilgilendirme|e-?posta)\w{0,4}\W{0,4}$|[\[(*]\s?otomatik (?:yanit|cevap|mesaj|ileti|bilgilendirme|e-?posta)\w{0,4}\s?[\])*]"
    r"|otomatik (?:yanit|cevap)(?:tir|dir| mesaji| sistemi)|this is an? (?:automat|auto-?(?:reply|response))|automatically generated|auto-?generated (?:message|reply|response)"
    r"|(?:lutfen )?bu (?:e-?postaya|iletiye|mesaja|adrese|e-?posta adresine) (?:yanit|cevap) (?:vermeyin|yazmayin|gondermeyin)|do not reply to this|diese nachricht wurde automatisch",
    re.MULTILINE,
)
_DENIED = re.compile(r"otomatik\w{0,4} (?:\w{1,12} ){0,2}(?:san|degil|zannet)")
_AWAY = (
    r"(?:(?:ofis|hastane|kurum|makam|buro|mudurluk|mudurlug|birim|is yer|gorev(?: yer)?|sehir|il|ilce|ulke|yurt|merkez)\w{0,5})"
    r" (?:disi(?:nda)?(?:yim|yiz)\b|disinda (?:gorevli |izinli )?(?:olac|bulun|ol(?:ma|d))\w{0,14}|degil(?:im|iz)\b|(?:bulun|ol)(?:mayac|amayac|muyor|madig)\w{0,10}|uzagim)"
)
_SIGNS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    # weight, what it is, words
    (2, "izin ya da yokluk", re.compile(
        r"iz(?:in|n)(?:de|li)(?:yim|yiz|ydim)\b|iznindeyi[mz]|izinde (?:olac|bulun|olma|oldug)|izinli (?:oldug|olac|olma|bulun)|iz(?:in|n\w{1,5}) kullan(?:iyor|ac|makta|dig)|izne ayril(?:dim|mis|acagim)|" + _AWAY +
        r"|tatilde(?:yim|yiz)\b|tatilde (?:olac|bulun)|raporlu(?:yum|yuz)\b|raporlu (?:oldug|olac|olma)|seyahatte(?:yim|yiz)?\b|yurt disindayi|gorevli olarak[^.\n]{0,40}disinda|gorevimin basinda (?:degil|olmayac)|kongre(?:de|deyim)\b|gorevdeyim"
        r"|(?:kongre|toplanti|egitim|seminer|kurs|calistay|seyahat|gorev|gorevlendirme|hastalik|cenaze)\w{0,8}[^.\n]{0,40}(?:olacag(?:im|iz|imdan|imizdan|im icin)|(?:nedeniyle|dolayisiyla|sebebiyle|icin)[^.\n]{0,60}(?:bulunm|olmayac|bakam|ulasam|erisem))"
        r"|(?:i am|i'm|i will be|am currently|we are) (?:currently )?(?:out of|away|travel|attending|on (?:annual |sick |maternity |parental )?(?:leave|vacation|holiday))|out of (?:the )?office|on annual leave"
        r"|ich bin (?:derzeit |bis |vom )?[^\n]{0,40}(?:abwesend|nicht (?:im (?:haus|buro)|erreichbar)|im urlaub)")),
    (2, "iletilere bakamama", re.compile(
        _MAIL_WORD + r"\w{0,14}[^.\n]{0,60}(?:bakam|erisem|okuyam|okunm|takip edem|(?:yanit|cevap)\w{0,5} (?:verem|yazam)|(?:yanit|cevap)layam|kontrol edem|ulasam|donus (?:yapam|saglayam)|goremey|gec (?:donus|yanit|cevap))\w{0,12}"
        r"|(?:sinirli|kisitli) (?:bir )?(?:erisim|sekilde eris)\w{0,8}|erisimim?\w{0,4} (?:sinirli|kisitli|yok)|(?:no|limited|intermittent) access to (?:my )?e-?mail|not be (?:able to )?(?:reading|checking|respond)"
        r"|unable to (?:respond|reply)|may be (?:slow|delayed) (?:to|in)")),
    (3, "kapanmış kutu ya da ayrılmış kişi", re.compile(
        r"(?:posta kutu|adres|hesa[bp]|kutu)\w{0,6}(?: artik| bundan)?[^.\n]{0,30}(?:kullanilma|kullanmiyor|takip edilme|kapatil(?:mis|di)|kontrol edilme|okunma)\w{0,10}|(?:gorev|kurum|birim|is)(?:imden|umdan|imizden)[^.\n]{0,20} ayril(?:dim|mis)|emekli (?:oldu|ol(?:mus|dum))\w{0,8}[^.\n]{0,40}(?:adres|kutu|hesap|muhatab)"
        r"|(?:mailbox|address|account) is (?:no longer|not) (?:monitored|in use|active)|no longer (?:work|with the)")),
    (2, "alındı bildirimi", re.compile(
        _MAIL_WORD + r"(?:niz|iniz|leriniz)?[^.\n]{0,50}(?:alinmis|alindi\b|ulasmis|tarafimiza ulas|kayda alin|kaydedil|bize ulas|kayit altina)"
        r"|ilgili (?:birim|servis|makam|uzman|ekip)\w{0,8} (?:yonlendiril|iletil|sevk edil|aktaril)(?:mis|di|ec)\w{0,8}|(?:yazi|evrak|dilekce|bildirim|gonderi|oneri|mektub)(?:niz|iniz)[^.\n]{0,60}(?:alinmis|ulasmis|kayda alin|kaydedil|kayit altina|isleme alin)"
        r"|(?:basvuru|talep|taleb|istek|bildirim)(?:niz|iniz|leriniz)[^.\n]{0,60}(?:alinmis|alindi\b|ulasmis|kayda alin|kaydedil|kayit altina|olusturul|isleme alin)|your (?:message|e-?mail|request|press release)\w{0,3}[^.\n]{0,30}(?:has been|was) received|we have received your")),
    (2, "yanıt sözü", re.compile(
        r"(?:en kisa (?:surede|zamanda)|en gec [0-9]{1,2}|[0-9]{1,2} (?:is )?gun(?:u)? icinde|ilk is gunu|ilk firsatta|mesai (?:saat|gun)\w{0,6}|hafta ici)[^.\n]{0,60}(?:(?:yanit|cevap)lanac|donus (?:yapilac|saglanac)|donulec|degerlendiril|incelen|geri don)\w{0,10}|will (?:get back to|reply to|respond to) you")),
    (1, "kayıt numarası", re.compile(
        r"(?:talep|kayit|takip|basvuru|ticket)\s?(?:numaraniz|numarasi|no|number|id|kodunuz)?\s?[:#]\s?[a-z]{0,4}-?[0-9]{3,12}|[0-9]{3,8} (?:kayit |talep |takip )?numara(?:si|li)|(?:kayit|talep) numarasi ile")),
    (1, "çalışma saatleri", re.compile(r"mesai (?:saat|gun)\w{0,8}[^.\n]{0,60}(?:disinda|icinde|arasinda|icerisinde)|working hours|office hours")),
    (1, "dönüş tarihi", re.compile(
        r"(?:donus|don[ud]|donec|is ?basi)\w{0,10}|goreve basla|tarihine (?:kadar|dek)|tarihleri? arasinda|[0-9] (?:ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik)\w{0,4}[^.\n]{0,12}(?:kadar|dek|arasi)|['’]?[ae] (?:kadar|dek)\b|\bbu sure(?:cte| zarfinda| icinde)|\bbugun\b|until|return|back (?:on|in)|bis zum|tomorrow")),
    (1, "yerine bakan ya da başka adres", re.compile(
        r"(?:gorus|ulas|yaz|ara|basvur|ilet|irtibat|kur)(?:ebil|abil|in|iniz|menizi|manizi)\w{0,10}|(?:irtibat|iletisim)\w{0,3} (?:gec|kur)\w{0,10}|vekalet|vekil|yerime|yerine bak|(?:gorev|is)\w{0,6}(?:\s\w{2,15}){1,3} (?:yurut|bak)(?:mekte|makta|ecek|acak)|acil (?:durum|konu|is|hal)\w{0,8}|ivedi|urgent|dringend|contact|\S{1,40}@\S{3,60}|(?<![0-9])0?[0-9]{3}[ )-]{0,2}[0-9]{3} ?[0-9]{2} ?[0-9]{2}")),
    (1, "kimliksiz hitap", re.compile(r"(?:sayin|degerli|kiymetli) (?:ilgili|gonderen|kullanici|vatandas)\w{0,6}\b|gonderdiginiz " + _MAIL_WORD + r"|bize yazdi")),
)  # fmt: skip
_LEAST = 3
"""Weight that makes a letter a machine's."""
_HARMLESS = re.compile(
    r"donus|don[ud]|donec|yanit|cevap|acil|ivedi|irtibat|iletisim|ulas|gorus|basvur|vekil|vekalet|yerime|yerine|telefon|dahili|gsm|cep|tesekkur|anlayis|iyi (?:calisma|gun)"
    r"|saygi|merhaba|sayin|bilgi|arz|rica|tarih|arasinda|kadar|mesaj|e-?posta|ileti|mail|@|urgent|contact|return|back|regards|thank|please|hello|dear|www|nobetci|adres|otomatik|dringend"
)
_DECIDES = re.compile(
    r"\buygundur|\buygun (?:gor|bul)|\bonayl(?:i|a(?!nacak|yacak|nmasi|rim gel))|\bonaydir|\bonay(?:im|imiz)? (?:verdim|verildi|veriyor)|\bolur\b(?! olmaz)|\btamam\b|\bok\b"
    r"|sakinca|mahzur|yayinlan(?:sin|abilir)|yayimlan(?:sin|abilir)|paylas(?:in|alim|abilir)|gonder(?:in|elim|ebilir)siniz|\bred(?:dediyorum|dir)?\b|\bduzelt"
    r"|\buygundu|\bevet\b|\bhayir\b|\bapproved?\b|degistir|cikar(?:in|alim|ilsin)|yayinlamay|^onay\b|\n\s{0,5}onay\W"
)
_PERSON = re.compile(
    r"\b(?:metn|metin\b|metni|haber(?:i|imiz|inizi?|in|de|deki)\b|foto|gorsel|baslig|baslik|paragraf|cumle|taslag|sorac|sorayim|goster|inceleyip|bakip|bakacagim|bakarim|bakabilirim|incelerim|yazarim|donerim|bildiririm|haber veririm|bekleyin|inceled|okudum|baktim|kactir|kac kisi)"
    r"|\?|\bm[iu](?:s[iu]n[iu]z|y[iu]z)?\b|^\W{0,3}[a-z]{2,15} (?:hanim|bey)\b",
    re.MULTILINE,
)
"""Words of the request and questions: whoever speaks of the text or asks somebody is no machine."""
_RECEIPT_SUBJECT = re.compile(
    r"^\W{0,3}(?:(?:re|ynt)\s?:\s?)?(?:okundu|okunmadi|okunmadan silindi|silindi|alindi (?:bildirimi|belgesi|onayi|makbuzu)|(?:iletildi|okundu|teslim) (?:bilgisi|bildirimi|onayi|makbuzu)|read|not read|deleted|return receipt"
    r"|read receipt|read-receipt|read notification|iletildi|delivered|goruntulendi|gelen ileti okundu|ilet(?:i)? okundu|gelesen|lesebestatigung|empfangsbestatigung)(?: bilgisi| bildirimi)?(?:\s?\([a-z ]{2,30}\))?\s?[:\-]"
)
_RECEIPT_TEXT = re.compile(
    r"(?:alindi|okundu|teslim) (?:belgesi|bildirimi|makbuzu)(?:dir|dur)|bu bir (?:alindi|okundu)|okunmadan silindi|(?:okundugu|anlasildigi|goruntulendigi)n\w{0,4}[^.\n]{0,60}(?:garanti|anlamina gelm|kanit)"
    r"|teslim edildi|nachricht wurde (?:gelesen|angezeigt)|(?:bilgisayar|ekran)\w{0,6} (?:goruntulen|acil)(?:di|mis)|return receipt only acknowledges|disposition:\s|"
    r"\bileti(?:niz)?[\s\S]{0,300}?\b(?:okundu|goruntulendi|acildi)\b|your message[\s\S]{0,300}?was (?:read|displayed|opened)|this is a (?:return )?receipt"
    r"|okundu bilgisi(?:dir)?|e-?postaniz (?:okundu|goruntulendi)|(?:alici|kullanici) (?:iletiyi|iletinizi|mesajinizi) (?:okudu|goruntuledi)"
)
_CALENDAR_SUBJECT = re.compile(
    r"^\W{0,3}(?:kabul (?:edildi|ediyor)|reddedildi|belirsiz|kabul|gecici(?: olarak kabul)?|accepted|declined|tentative(?:ly accepted)?|zugesagt|abgelehnt|toplanti (?:kabul|red)|yeni zaman onerildi|new time proposed)\s?:"
)


def read_automatic(
    letter: Letter, words: str, calendar: WorkCalendar | None = None, *, whole: str = ""
) -> Automatic | None:
    """What sort of automatic letter this is, or None for a person's.

    `words` are the new words of the body, `whole` all of it: what a receipt repeats of our mail looks
    like a quote. Only `Strength.HEADER` and `SUBJECT` are certain; `WORDS`
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
    elif _RECEIPT_SUBJECT.match(subject) and (
        _RECEIPT_TEXT.search(body) or _RECEIPT_TEXT.search(plain(tidy(whole[:6000]))) or not body.strip()
    ):
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
    if _SAYS_MACHINE.search(body) and not _DENIED.search(body):
        return "metin otomatik olduğunu söylüyor"
    if _PERSON.search(body):
        return None
    signs = [(weight, name) for weight, name, pattern in _SIGNS if pattern.search(body)]
    sentences = [s for s in re.split(r"[.!]+\s|\n+", body)[:60] if re.search(r"[a-z]{2}", s)]
    rest = [
        s
        for s in sentences
        if len(s.split()) > 4 and not _HARMLESS.search(s) and not any(p.search(s) for _, _, p in _SIGNS)
    ]
    if not any(weight > 1 for weight, _ in signs) or sum(w for w, _ in signs) - 2 * len(rest) < _LEAST:
        return None
    return f"metin otomatik yanıtların sözlerinden oluşuyor ({', '.join(name for _, name in signs)})"


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
