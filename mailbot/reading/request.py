"""The ministry's requests for an information note (1.4.1), and mails that only look like one."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from mailbot.core.directory import Directory
from mailbot.core.letter import Letter
from mailbot.core.request import Clock, InfoRequest, NewsRef, Update
from mailbot.core.values import Office
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.links import find_urls
from mailbot.reading.names import department_of, facilities_in, network_in, outlet_of_url, outlets_in
from mailbot.reading.plain import capital, plain, tidy
from mailbot.reading.when import Leaning, blanked, days_in, deadline_in, moments_in

_NOTE = r"(?:bilgi\s?not(?:u|un|unu|unun|unuz|unuzu|unuzun|lari|larini|larinin|larinizi|umuz|a)?\w{0,4}|(?:kisa|yazili|ayrintili|detayli|acil|kapsamli|guncel)\s(?:bir\s)?(?:bilgi(?:\snotu)?|not|aciklama|rapor|degerlendirme)\w{0,6})"
_WANT = r"(?:ilet|gonder|hazirla|bekliyor|bekle[nm]|rica|talep|ist(?:en|iyor|edi|enmek)|al(?:abilir|alim|inmasi)|gec(?:er|in|il|mesi)|elimizde|ulastir|paylas|ihtiyac|sunul|yaz(?:ar|ip|in)|olustur|duzenle|tanzim|tarafimiza|temin|bildir|verilmesi|onem\sarz|lazim|gerek(?:iyor|mekte|li))"
_ASKS = re.compile(rf"{_NOTE}[^.!?\n]{{0,200}}{_WANT}|{_WANT}[^.!?\n]{{0,120}}{_NOTE}")
_ASKS_OTHERWISE = re.compile(
    r"(?:hakkinda|konusunda|konuda|olayi?yla\silgili|olayina\siliskin|konuyla\silgili|konuya\s(?:dair|iliskin)|konu\shakkinda|iddia\w{0,8}[^.\n]{0,40}(?:iliskin|dair|yonelik|hakkinda|ilgili)|haber\w{0,8}[^.\n]{0,30}(?:iliskin|dair|yonelik|hakkinda|ilgili|icin))[^.!?\n]{0,160}"
    r"(?:bilgi(?:lendir\w{0,12})?\s(?:ver|gec|ilet|gonder|rica|alabilir|alalim|bekli|istiyor|talep|edin|yapilmasi|paylas)\w*|(?:gorus|aciklama|degerlendirme|bilgi|islem|calisma|durum)\w{0,14}[^.!?\n]{0,90}(?:ilet|bildir|gonder|rica|bekli|alabilir|gec(?:il|er))\w*|bilgi\w{0,8}\srica|detayli\sbilgi)"
)
_NEWSY = re.compile(
    r"\bhaber|\biddia|\bpaylasim|\bvideo|\bsosyal\smedya|\bson\sdakika|\bgazete|\bekran|\byayin|\btweet|\bgorunt|\bkose\syaz|\bbasina\syans|\bkupur|\bhttps?:|\bmanset"
)
_REFUSED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("eğitim ya da toplantı duyurusu", re.compile(r"\begitim(?:i|ine|inin|leri)?\b[^.\n]{0,80}(?:yapilacak|duzenlenecek|gerceklestirilecek|katil)|\bcevrim\s?ici\b[^.\n]{0,60}(?:egitim|toplanti|seminer)|\bcalistay|\bwebinar|katiliminizi\srica|\b81\sil")),
    ("biçim ya da usul duyurusu", re.compile(r"\bsablon|\bformat[a-z]{0,6}\s(?:kullan|guncel|degis)|\bbundan\s(?:sonra|boyle)|\bornek\sbilgi\snotu|\bkilavuz|\bbilgi\snot(?:u|lari)\w{0,6}\s(?:yazim|hazirlama\susul|kurallari|formati)|\bhazirlanirken\sdikkat|gonderilecek\s(?:tum|butun)\sbilgi\snotlari")),
    ("Bakanlığın kendi notu, bilgi için", re.compile(r"(?:bakanligi?miz(?:ca|in)?|genel\smudurlugumuz(?:ce|un)?|tarafimiz(?:ca|dan))\s(?:\w{2,16}\s){0,3}(?:hazirlanan|hazirladigi(?:miz)?|olusturulan)\s(?:\w{2,16}\s){0,6}(?:bilgi\snotu|metin|soru-?cevap)\w{0,4}[^.\n]{0,40}(?:ekte|sunul|gonderil|paylas|ilist)|bilgi(?:leri)?nize\ssunulmustur|bilgisine\ssunulmustur|bilgi\sicin\sgonderil")),
    ("istenmediği söyleniyor", re.compile(r"bilgi\snotu\w{0,3}\s(?:talep\sedilme(?:mis|di|yecek)|istenme(?:di|mis|mekte)|talebi\s(?:yok|bulunmamakta)|gerekme|hazirlanmasina\sgerek\syok)")),
)  # fmt: skip
_RECEIVED = re.compile(
    r"(?:bilgi\snot\w{0,10}|notunuz|yaziniz|gonderiniz|e-?postaniz|notu)\s(?:\w{2,14}\s){0,3}(?:alinmistir|alindi\b|ulasti|ulasmistir|tarafimiza\sulas|makama\sarz|teslim\salindi|incelendi|yeterli)|^\W{0,3}(?:alindi|tesekkur|aldik|ulasti)|elinize\ssaglik"
)
_CANCEL = re.compile(
    r"gerek\s?(?:kalma(?:mis|di)|yok(?:tur)?\b|bulunma|duyulma|gorulme)|(?:talebi?m?iz\w{0,4}|talep|not\w{0,8}|istegimiz|konu)\s(?:\w{2,14}\s){0,4}(?:iptal|geri\scek|dusur|kapat|dikkate\salinma)\w*|iptal\sed(?:il|ebil)\w*|hazirlanmasina\sgerek|gondermenize\sgerek|gondermeyiniz|gondermeyin\b|hazirlamayin|vazgec|ihtiyac\s(?:kalma|duyulma|bulunma)|sehven\s(?:gonderil|iletil|talep)|dikkate\salmayiniz|gundemimizden\scik"
)
_EXTEND = re.compile(
    r"\bsure\w{0,8}[^.\n]{0,40}(?:uzat|ek\sure|degis|ertele|one\s(?:al|cek)|kisalt)|\buzatilmistir|\buzatildi|\buzattik|\bek\ssure|\b(?:kadar|tarihine|saatine)\s(?:uzat|ertele)|\bsaat\w{0,4}\s(?:degis|one\s(?:alin|cekil))|gondermeniz\syeterli|gonderebilirsiniz|iletebilirsiniz|\bzamaniniz\svar|\bbekleyebiliriz|one\s(?:alinmistir|cekilmistir|cektik|alindi|cekildi)|yeni\sson\s(?:saat|tarih)|teslim\s(?:saati|tarihi)[^.\n]{0,30}(?:degis|uzat|olarak\sguncel|one)"
)
_REMIND = re.compile(
    r"\btekit|\bhatirlat|\bhenuz\s(?:\w{2,14}\s){0,4}(?:ulasma|gelme|iletilme|gonderilme|alama)\w*|\bhalen\s(?:\w{2,14}\s){0,4}(?:ulasma|gelme|iletilme|gonderilme|bekle|alama)\w*|\bhala\s(?:\w{2,14}\s){0,4}(?:ulasma|gelme|iletilme|gonderilme|bekle|alama|yok)\w*|\bulasmamistir|\bgelmemistir|\bulasmadi|\bgelmedi\b|\b(?:bilgi\snotu|not|notunuz|talebimiz\w{0,6}|cevap|yanit)\s(?:\w{2,14}\s){0,3}(?:ne\sdurumda|ne\sasamada|gelmedi|alamadik|ulasmadi)|\bsure\w{0,6}\s(?:doldu|gecti|dolmustur|gecmistir|asildi)|\bbekliyoruz\shala|\bakibet|\bne\szaman\s(?:iletil|gel|gonder|alabil)|\bcevap\salamadik|\balabilmis\sdegil|\bikinci\skez|\btekrar\s(?:talep|rica)"
)
_SUPPLEMENT = re.compile(
    r"\b(?:not(?:t?a|unuz(?:da|a)?|unda|u|una)?|gonderdiginiz|iletilen|gonderilen|ilettiginiz|metinde|yazida)\b[^.!?\n]{0,140}(?:\byok\b|\byer\salm|\beksik|\bekle(?:yip|yerek|nmesi|n|r|yin)|\bilave|\bbelirtilm|\bacik\sdegil|\byetersiz|\bdetaylandir|\bgenislet|\bduzelt|\bguncelle|\bcelis)"
    r"|\bekleyip\s(?:tekrar|yeniden)|\bek\sbilgi|\bilave\sbilgi|\btamamlayici\sbilgi|\beklenerek\s(?:tekrar|yeniden|ivedi)|\bsu\s(?:husus|bilgi|sorular)\w{0,6}\s(?:da|de)\s(?:ekle|ilave)|\bnota\s(?:sunu|su)\b|\bayrica\s(?:\w{2,18}\s){1,8}(?:bilgisi|sayisi|tarihi|durumu)\w{0,4}\s(?:da|de)\s(?:ekle|ilet|bildir)|\beksik\sgorul|\bguncel\ssayi"
)
_ANSWER = re.compile(r"^\W{0,3}(?:(?:re|ynt|yan|cvp|yanit|aw|sv)\s?:)")
_ANOTHER_TASK = re.compile(
    r"\btanitim\snotu|\bkonusma\s(?:notu|metni)|\bziyaret\w{0,5}[^.\n]{0,60}\bnot(?:u|un)|\bkarsilama\snotu|\bprotokol\snotu|\bbrifing|\bsunum\shazirla|\bprogram\snotu"
)
_UPLOAD = re.compile(
    r"(?:baglanti|link|adres|sistem|portal|form|sayfa)\w{0,6}[^.\n]{0,40}(?:yukle|giris\syap|tikla|sifre|dogrula|oturum\sac)|sifre\w{0,6}\s(?:guncelle|yenile|dogrula)"
)
_HEADER = re.compile(
    r"^[\s>*_]{0,6}(?:kimden|gonderen|from|kime|to|tarih|gonderildi|gonderilme\starihi|gonderme\starihi|date|sent|konu|subject|bilgi|cc|bcc)\s{0,2}\*?:",
    re.MULTILINE,
)


def read_request(
    letter: Letter, words: str, *, directory: Directory, calendar: WorkCalendar
) -> InfoRequest | None:
    """The request, or the change to an earlier one, in `letter`; None where it is neither.

    Only the ministry's press office and the general directorates ask for notes: any other sender, and
    a look-alike address, gives None. `words` are the new words; a passed-on request is looked for in
    the body below them, and counts from its own date.
    """
    if not _may_ask(letter, directory):
        return None
    subject = tidy(letter.subject[:600])
    words = tidy(words)[:_READ]
    said_at = letter.date or datetime(2000, 1, 1, tzinfo=UTC)
    whole = tidy(letter.text or "")
    inner_text, inner_date = _passed_on(whole, subject, words, said_at, calendar)
    kind, why = _kind_of(subject, words, threaded=bool(letter.in_reply_to or letter.references))
    if kind is None and inner_text:
        kind, why = _kind_of("", inner_text, threaded=False)
        words, said_at = inner_text, inner_date or said_at
    if kind is None or _for_another(letter, subject, words, directory):
        return None
    update = kind if isinstance(kind, Update) else None
    return _fields(letter, subject, words, said_at, directory, calendar, update, why)


_READ = 20_000


def requesters(directory: Directory) -> frozenset[Office]:
    """The offices that may ask for notes: the ministry's press office and every general directorate."""
    general = {d.gm for d in directory.departments.values() if d.gm}
    return frozenset(
        general | {o for o in directory.offices if "bakanlig" in plain(directory.offices[o].name)}
    )


def _may_ask(letter: Letter, directory: Directory) -> bool:
    if len(letter.from_) != 1:
        return False
    who = letter.from_[0].address.base
    allowed = requesters(directory)
    return any(p.address == who for office in allowed for p in directory.offices[office].people)


def _kind_of(subject: str, words: str, *, threaded: bool) -> tuple[Update | bool | None, str]:
    """True for a request, an `Update`, or None; and the words that show it."""
    head, body = plain(subject), _undotted(plain(words))
    both = head + "\n" + body
    for name, pattern in _REFUSED:
        if hit := pattern.search(both):
            return None, f"{name}: “{hit[0][:60]}”"
    if _UPLOAD.search(body):
        return None, "bağlantıya yükleme ya da giriş isteniyor"
    asks = _ASKS.search(body) or (_ASKS_OTHERWISE.search(body) if _NEWSY.search(both) else None)
    answers = bool(_ANSWER.match(head)) or threaded
    about_note = answers or bool(re.search(r"bilgi\s?not|\bnot(?:un|unuz|ta|u)\b|\btalebimiz|\btalep", both))
    if about_note and (hit := _CANCEL.search(body)):
        return Update.CANCEL, hit[0]
    if (hit := _REMIND.search(both)) and (about_note or "tekit" in head):
        return Update.REMINDER, hit[0]
    if (
        about_note
        and (hit := _EXTEND.search(body))
        and not re.search(r"en\sgec[^.\n]{0,30}gonderebilir", body)
    ):
        return Update.EXTEND, hit[0]
    if (answers or not asks) and about_note and (hit := _SUPPLEMENT.search(body)):
        return Update.SUPPLEMENT, hit[0]
    if _ANOTHER_TASK.search(both):
        return None, "başka bir görev"
    if asks and not (_RECEIVED.search(body) and not re.search(r"rica|bekli|iletil|gonderil", body)):
        return True, asks[0][-80:]
    if (
        re.search(r"bilgi\s?notu\w{0,3}\s(?:talebi|iste)", head)
        and _NEWSY.search(body)
        and not _RECEIVED.search(body)
    ):
        return True, head
    return None, ""


def _undotted(low: str) -> str:
    """Times, dates and links without the dots that would look like the end of a sentence."""
    low = re.sub(r"https?://\S{1,2000}", lambda m: "https:" + " " * (len(m[0]) - 6), low)
    return re.sub(r"(?<=[0-9])\.(?=[0-9])", ":", low)


def _for_another(letter: Letter, subject: str, words: str, directory: Directory) -> bool:
    """Whether the request is addressed to another province's directorate."""
    own = plain(directory.province)
    low = plain(subject + "\n" + words)
    named = re.search(
        r"(?<![a-z])([a-z]{3,16})\s(?:il\ssaglik\smudurlug|valilig)\w{0,6}(?:\s?dikkatine)?", low
    )
    if (
        named
        and named[1] not in (own, "ilimiz", "iliniz", "ilgili", "sayin", "ve", "bagli", "tum")
        and own not in low
    ):
        return re.search(
            rf"{named[1]}\sil\ssaglik\smudurlug\w{{0,6}}\s?(?:dikkatine|[,:])", low
        ) is not None or (letter.cc != () and own not in low)
    return False


def _passed_on(
    whole: str, subject: str, words: str, said_at: datetime, calendar: WorkCalendar
) -> tuple[str, datetime | None]:
    """The innermost forwarded text of a mail that passes a request on, and the date of its header."""
    if not re.match(r"\W{0,3}(?:ilt|fw|fwd|iletilen)\s?:", plain(subject)) and not re.search(
        r"\basagida\w{0,4}|\bekteki\se-?posta|\biletilmistir|\bilgili\se-?posta", plain(words)
    ):
        return "", None
    low = plain(whole)
    headers = list(_HEADER.finditer(low))
    if len(headers) < 2:
        return "", None
    last = headers[-1]
    line_end = whole.find("\n", last.end())
    text = whole[line_end + 1 :] if line_end >= 0 else ""
    block = whole[headers[max(0, len(headers) - 6)].start() : line_end if line_end >= 0 else len(whole)]
    dated = None
    dates = list(
        re.finditer(
            r"(?:tarih|gonderil\w*(?:\starihi)?|gonderme\starihi|date|sent)\s{0,2}\*?:([^\n]{4,80})",
            plain(block),
        )
    )
    if dates:
        line = block[dates[-1].start(1) : dates[-1].end(1)]
        moments = moments_in(line, said_at, calendar, Leaning.NEAREST)
        days = days_in(line, said_at, calendar)
        if days:
            clock = next((m.at.timetz() for m in moments if m.clock is not None), None)
            loose = re.search(r"(?<![0-9])([01]?[0-9]|2[0-3]):([0-5][0-9])", line)
            base = said_at.astimezone(calendar.zone).replace(second=0, microsecond=0)
            if loose:
                dated = base.replace(hour=int(loose[1]), minute=int(loose[2]))
            elif clock:
                dated = base.replace(hour=clock.hour, minute=clock.minute)
            if dated:
                dated = dated.replace(
                    year=days[0].first.year, month=days[0].first.month, day=days[0].first.day
                )
    return text.strip(), dated


def _fields(
    letter: Letter,
    subject: str,
    words: str,
    said_at: datetime,
    directory: Directory,
    calendar: WorkCalendar,
    update: Update | None,
    why: str,
) -> InfoRequest:
    body = _without_signature(words)
    head = _bare_subject(subject)
    both = head + "\n" + body
    due = deadline_in(body, said_at, calendar, latest=update is Update.EXTEND) or deadline_in(
        head, said_at, calendar
    )
    urls = find_urls(body, None if letter.text else letter.html)
    outlets = [name for _, name in outlets_in(both, directory)]
    facilities = [name for _, name, _ in facilities_in(both, directory)]
    department, _, topic_words = department_of(head, body, directory)
    title = _headline(body, facilities)
    news = _stories(body, urls, outlets, title, said_at, directory, calendar)
    outlet = outlets[0] if outlets else next((n.outlet for n in news if n.outlet), None) or _network(body)
    separate = (
        bool(re.search(r"\bayri\sayri|\bher\s(?:bir\s)?haber\sicin|\bhaberlerin\sher\sbiri", plain(body)))
        and len(news) > 1
    )
    request = InfoRequest(
        topic=_topic(head, body, title),
        deadline=due.at if due else None,
        deadline_words=due.words if due else _urgent_word(both),
        clock=due.kind if due else Clock.NONE,
        urgent=bool(_urgent_word(both)),
        urls=urls,
        outlet=outlet,
        title=title,
        facility=facilities[0] if facilities else None,
        department=department,
        update=update,
        news=news,
        separate=separate,
        why=(
            f"“{' '.join(why.split())}” sözlerinden",
            *((f"konu sözleri: {topic_words}",) if topic_words else ()),
        ),
    )
    if len(news) == 1 and news[0].title is None:
        request = replace(request, news=(replace(news[0], title=title, outlet=news[0].outlet or outlet),))
    return request


def _urgent_word(text: str) -> str:
    found = re.search(
        r"\b(?:cok\s)?(?:ivedi(?:likle)?|acil(?:en)?(?!\sservis|\ssaglik|\sdurum)|gunlu|derhal|bir\san\sonce|en\skisa\s(?:surede|zamanda))\b",
        plain(text),
    )
    return text[found.start() : found.end()].strip() if found else ""


def _without_signature(words: str) -> str:
    """The words down to the closing formula: a signature's "Sağlık Bakanlığı" is no topic."""
    lines = words.split("\n")
    for number, line in enumerate(lines):
        if number and re.match(
            r"\W{0,3}(?:iyi\s(?:calismalar|gunler)|saygilar\w*|kolay\sgelsin|t\.\s?c\.)", plain(line)
        ):
            rest = lines[number + 1 :]
            # A reference line ("İlgi: …") or a link may follow the formula.
            kept = [
                r
                for r in rest
                if re.match(r"\W{0,3}(?:ilgi|haber|link|ek|baglanti)\s?\w{0,4}\s?:|\W{0,3}https?:", plain(r))
            ]
            return "\n".join(lines[:number] + kept)
    return words


def _bare_subject(subject: str) -> str:
    low = plain(subject)
    hit = re.match(
        r"\W{0,3}(?:(?:re|ynt|yan|cvp|yanit|aw|sv|ilt|fw|fwd|tekit|hatirlatma)\s?:\s?|\[[^\]]{1,60}\]\s?){0,8}",
        low,
    )
    return subject[hit.end() :].strip() if hit else subject


_TITLE = re.compile(r"[\"“«]([^\"”»\n]{4,160})[\"”»]|(?<![\w])['‘]([^\n]{5,160}?)['’](?=\s|[.,;:)]|$)")


def _headline(body: str, facilities: list[str]) -> str | None:
    """The headline that the mail quotes, or names with "başlıklı"."""
    quoted = [(hit, (hit[1] or hit[2]).strip()) for hit in _TITLE.finditer(body)]
    low = plain(body)
    strong = [
        t
        for hit, t in quoted
        if re.match(
            r"\W{0,3}(?:baslikl|haber|iddia|baslig|manset|dizi|roportaj|video)",
            low[hit.end() : hit.end() + 20],
        )
    ]
    if strong:
        return strong[0]
    plausible = [
        t for _, t in quoted if len(t.split()) >= 2 and plain(t) not in {plain(f) for f in facilities}
    ]
    if plausible:
        return plausible[0]
    named = re.search(r"(?:haber\s?basligi|baslik|basligi)\s?:\s?([^\n]{4,160})", low)
    return body[named.start(1) : named.end(1)].strip(" .\"'“”") if named else None


def _network(body: str) -> str | None:
    if network := network_in(body):
        return f"{network} (sosyal medya)"
    low = plain(body)
    if re.search(r"\bulusal\s(?:kanal|basin|medya)", low):
        return "ulusal kanallar"
    if re.search(r"\bekranlar", low):
        return "ekranlar (TV)"
    return "sosyal medya" if re.search(r"\bsosyal\smedya", low) else None


def _stories(
    body: str,
    urls: tuple[str, ...],
    outlets: list[str],
    title: str | None,
    said_at: datetime,
    directory: Directory,
    calendar: WorkCalendar,
) -> tuple[NewsRef, ...]:
    """One story for each link, or for each outlet where no link is given."""
    lines = body.split("\n")
    stories = []
    for url in urls[:30]:
        line = next((line for line in lines if url in line or url.split("://")[1].split("?")[0] in line), "")
        own = line if len(urls) > 1 else body
        facility = next((name for _, name, _ in facilities_in(own, directory)), None)
        bracket = re.search(r"\(([^()]{3,140})\)", line) if len(urls) > 1 else None
        own_title = _headline(line, []) if len(urls) > 1 else title
        if own_title is None and bracket and (dash := re.split(r"\s[-–—]\s", bracket[1])):
            own_title = dash[-1].strip() if len(dash) > 1 else None
        department, _, _ = department_of("", own, directory)
        stories.append(
            NewsRef(
                url,
                outlet_of_url(url, directory),
                own_title,
                _story_day(own, said_at, calendar),
                facility,
                department,
            )
        )
    if not stories:
        day = _story_day(body, said_at, calendar)
        stories = [NewsRef(None, outlet, title, day) for outlet in outlets[:10]]
    if not stories and (title or _network(body)):
        stories = [NewsRef(None, _network(body), title, _story_day(body, said_at, calendar))]
    return tuple(stories)


def _story_day(text: str, said_at: datetime, calendar: WorkCalendar) -> date | None:
    """When the news came out: a day before or at the mail's own that no deadline takes."""
    low = _undotted(blanked(text))
    today = said_at.astimezone(calendar.zone).date()
    for day in days_in(text, said_at, calendar, Leaning.PAST):
        if day.first > today or re.match(r"[^.\n]{0,40}(?:kadar|dek|icinde)\b", low[day.end :]):
            continue
        if (
            day.today
            and not re.match(
                r"\w{0,4}\s?(?:sayi|nusha|yayi|gazete|cik|haber|saat\s[0-9.:]+'?[dt][ae]\syayi)",
                low[day.end :],
            )
            and not low[day.start : day.end].startswith("bugunku")
        ):
            continue
        return day.first
    aired = re.search(r"saat\s[0-9]{1,2}[.:][0-9]{2}'?[dt]?[ae]?\s(?:yayi|haber|cik|gir)", low)
    return today if aired else None


_TOPIC = re.compile(
    r"(?P<a>(?:[^\s.;:!?\"]{1,30}\s){1,12})(?:iddia(?:si|lari|larina|sina|siyla|sinin)?(?:\s(?:iliskin|dair|ile|yonelik))?|haber(?:i|ine|leri|lerine|ler)?\s(?:ile\silgili|iliskin|dair|hakkinda|icin)|hakkinda|konusunda|ile\silgili|iliskin|konulu)\b"
)


def _topic(head: str, body: str, title: str | None) -> str:
    """A few words that say what the news is about: headline, subject's own words, or the clause."""
    low = plain(head)
    kept = re.sub(
        r"\b(?:cok\s)?(?:acil|ivedi|gunlu)\b|\b(?:toplu\s)?bilgi\s?not(?:u|lari|unuz)?(?:\stalebi(?:miz)?|\sistemi|\srica)?\b|\btalebi?\b|\bhk\b\.?|\bhakkinda\b|\bdenizli\b|\bolumsuz\shaber(?:ler|i)?\b|\bhaber(?:leri|ler|i)?$|[!/:()-]",
        lambda m: " " * len(m[0]),
        low,
    )
    spans = [head[m.start() : m.end()] for m in re.finditer(r"\S+(?:\s\S+)*", kept)]
    own = max(spans, key=len, default="").strip(" .,-")
    if len(own.split()) >= 2 or (own and title is None and len(own) > 5):
        return capital(own)
    if title:
        return title
    found = _TOPIC.search(plain(body))
    if found:
        words = body[found.start("a") : found.end("a")].strip(" ,'\"")
        words = re.sub(r"^(?:İliniz|Merhaba,?|Günaydın,?|iliniz|İlinizdeki)\s", "", words)
        return capital(" ".join(words.split()[-8:]))
    return capital(own or head.strip())
