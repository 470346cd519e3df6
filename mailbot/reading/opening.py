"""Staff mails that open items (1.1.1 and the unit's other processes): what is to be done, and what is missing."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from mailbot.core.directory import Directory
from mailbot.core.letter import Letter
from mailbot.core.opening import FileRole, Opening, OpeningFile, Process
from mailbot.core.values import Address, Office
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.asking import undotted
from mailbot.reading.body import Body, split_body, titled_blocks
from mailbot.reading.destination import destination_in
from mailbot.reading.due import deadline_in
from mailbot.reading.embargo import embargo_in
from mailbot.reading.files import role_of
from mailbot.reading.links import find_urls
from mailbot.reading.names import department_of, facilities_in, offices_in, outlet_of_url, outlets_in
from mailbot.reading.parts import Parts, parts_of
from mailbot.reading.people import guest_in
from mailbot.reading.plain import plain, tidy
from mailbot.reading.process import IDIOMS, process_of
from mailbot.reading.title import clean_subject, item_title, title_of
from mailbot.reading.unsaid import unsaid_embargo
from mailbot.reading.when import Day, Leaning, Moment, blanked, days_in, moments_in

_PREFIX = re.compile(r"^\W{0,3}(?:(?:re|ynt|yan|cvp|yanit|aw|sv)\s?:\s?)", re.IGNORECASE)
_FORWARD = re.compile(r"^\W{0,3}(?:ilt|fw|fwd|iletilen|ilet)\s?:", re.IGNORECASE)
_UPDATES = re.compile(
    r"\bguncel(?:\shali|\smetin|lendi|lenmis|ledim)|\bduzelttim|\bduzeltilmis|\bduzeltildi|\brevize|\byeni\shali|\byeni\sversiyon|\bv[2-9]\b|\byanlisti\b|\bsurum\s?[2-9]|\bdegistirdim|\bekledim\b"
)
_CHANGES = re.compile(
    r"\biptal\s(?:edil|oldu)|\bsaati?\sdegis|\btarihi?\sdegis|\bertelen(?:di|mis)|'?[ae]\salindi\b|\bvek[ai]let\sed|\bsozlu\sonay|\btelefonla\sonay\s(?:verdi|verildi|alindi)|\bkayit\sdusul|\bsehven|\bkonugu?\sdegis|\bfarkli\sbir\ssaat"
)
_CHANGE_SUBJECT = re.compile(r"^\W{0,3}(?:iptal|vekalet|sozlu\sonay|duzeltme\s?:|hatirlatma\s?:|erteleme)")
_THANKS = re.compile(
    r"\b(?:icin|hizli|destek\w*|onay\w*)\s(?:\w{1,12}\s){0,4}?tesekkur\sed|\btesekkur(?:ler|\sederi[mz])\W{0,3}(?:mudurum|baskanim)?[^.\n]{0,60}\b(?:guzel|harika)\b|\belinize\ssaglik"
)
_WISH = re.compile(
    r"\bhaber\s?onay(?:i\b)|\bonay(?:iniza|lariniza|inizi|iniz\b)|\barz\b|\brica\b|\basagida|\bekte|\bhaberlestir|\bhaber\syap|\b(?:yayi[nm]la|paylas|servis\sed)\w*(?:alim|elim|sin\b|masi|mesi|acag|eceg|ilecek|ilacak|nacak)|\bbasina\s(?:ver|gonder|gid)|\bsiteye\b|\bsunuyor"
)
_NEWS_NAMED = re.compile(r"\bhaber(?:i(?:n\w{0,4}|m\w{0,6})?)?\b|\bbulten|\bduyuru")
_TOOLS = re.compile(
    r"\bhaber\w{0,5}\s(?:\w{1,12}\s)?(?:sablon|arsiv|takvim|format|kilavuz|listes|toplanti|plan|klasor|yedeg|havuz|grub)\w*"
)
"""What the unit works with, not what it publishes."""
_DELIBERATES = re.compile(
    r"\b(?:dusunuyor|planliyor)\w*[^.\n]{0,40}(?:\?|ne\sders|acaba)|\b\w{2,12}(?:sak|sek)\sm[iu]\b|\bne\sdersiniz|\bfikriniz|\bileride\b|\bkonusalim|\bgoruselim|\btoplantida\s(?:konus|gorus|ele)|\baklim(?:da|a)|\bhenuz\s(?:yaz|hazir|basla|cekil)\w*|\bonumuzdeki\s(?:ay|yil)\b[^.\n]{0,60}(?:yapabilir|dusun)"
)
"""Thinking aloud opens nothing."""
_PUBLISHED = re.compile(r"\b(?:yayi[nm]landi|paylasildi|yayinda(?:dir)?|girildi|yuklendi)\b(?!\s(?:\w{1,12}\s){0,2}?(?:haber|iddia))")
"""Links that are written back (1.1.3) tell where an item stands: they open none."""
_WANTS = re.compile(r"\bsimdiden|\bonayiniza|\barz\s|\brica\b|\basagida|\bisti(?:yor|en)|\btalep|\bekte")
_STATUS = re.compile(
    r"\b(?:onaylandi|yayi[nm]landi|paylasildi|cikti|geldi|gitti|gonderildi|hazir|girildi|bitti|tamam|degisti)\s?m[iu](?:ydi|dir)?\b|\bne\s(?:oldu|zaman|durumda|asamada)\b[^.\n]{0,60}(?:\?|$)|\bnereye\s(?:koy|gonder|yukle)\w*|\bgid(?:ecek|iyor)\sm[iu]ydi"
)
"""Questions about what became of an item: they open none."""
_CRISIS = re.compile(
    r"\bacil\s?(?::|!|basin)|\bivedi\s?(?::|!|basin)|\bkriz\b|\bson\sdakika\s(?:gelisme|aciklama)|\bacilen\b|\bcok\sacil"
)
_CRISIS_TOPIC = re.compile(
    r"\byangin|\bpatlama|\bdeprem|\bsel\b|\bzehirlen|\bsaldiri|\bdarp|\bsalgin|\bolum|\bkaza\b|\bcan\skaybi|\byarali|\bcokme|\bgaz\skacag|\bsu\sbaskini"
)
_PATIENT = re.compile(
    r"\bhasta(?:miz|nin|lar|ya|dan|lardan|larin|lari|\syakin|\bile\b)?(?![a-z])|\bonam|\bbebe[gk]|\bacik\sriza|\bmahrem|\b[A-Z]\.[A-Z]\.\s?\("
)
_SIGNED = re.compile(r"imzali|imzalanmis|imzasi\s(?:ekte|alindi|tamam)|imza\sekte|ebys")
_UNSIGNED = re.compile(
    r"imza\w{0,5}\s(?:yarin|bekle|gelecek|sonra|henuz|alinacak|eksik|yok|tamamlan)|imzasiz"
)
_HELD = re.compile(
    r"[^.\n]{0,80}\b(?:yap|duzenle|gercekles|kutla|acil|kurul|veril|hizmete\sgir|basla|sona\ser)\w*"
)
"""A day on which something was held goes before one that is named beside it."""
_AHEAD = re.compile(
    r"(?:(?!\b\w{2,16}(?:[iu]lan|[iu]len|l[ae]nen|[ae]n|[dt][iu]|[dt][iu]g[iu]\w*|m[iu]s\w*)\b)[^.\n]){0,70}?\b\w{2,14}(?:[ae]ca[gk]|[ae]cek)\w{0,6}"
)
"""A verb in the future, with no participle of something done before it."""
_SEVERAL = re.compile(
    r"\b(?:[2-9]|iki|uc|dort|bes)\s(?:adet\s|ayri\s|farkli\s)?(?:haber|metin|bulten|duyuru|is\b|icerik|konu|roportaj|talep|program|cekim|davet|yayin)|\bhaberler(?:imiz|i)?\b(?=[^.\n]{0,40}(?:\bek|onay|asagida|var))|\bayri\sayri"
)

_TWO_KINDS = re.compile(
    r"\b(?:haber|afis|cekim|roportaj|program|ziyaret|brosur|tekzip|duyuru|film|video)\w{0,8}(?:\s\w{1,10}){0,2}\s?(?:\+|&|,|/|\bve\b|\bile\b)\s?(?:\w{1,12}\s){0,3}(?:haber|afis|cekim|roportaj|program|ziyaret|brosur|tekzip|duyuru|film|video)"
)
"""A subject that names two kinds of work."""

_READ = 6_000
"""Characters of a covering note that are searched; the text to be published may be longer."""

_ASKED = re.compile(r"\bbasina\s\w{0,14}\s?m[iu]\b|\bkararsiz|\bbilemed|\bsiz\skarar")

NEEDS_HEAD = (Process.INTERVIEW, Process.FILMING)


def read_opening(
    letter: Letter, words: str, *, directory: Directory, calendar: WorkCalendar, quoted: str = ""
) -> tuple[Opening, ...]:
    """What the staff mail `letter` with new words `words` opens; () where it opens nothing.

    `quoted` is read for the text alone, where the mail passes on what somebody else sent. Who may open
    items is the caller's question.
    """
    subject = tidy(letter.subject[:600])
    words = tidy(words)
    body = split_body(words)
    # What a news text tells ("ele alındı", "etkinlik ertelendi") changes nothing of ours.
    if _opens_nothing(subject, body.note if body.text else words, letter):
        return ()
    if body.text is None and quoted and _FORWARD.match(plain(subject)):
        passed_on = split_body(quoted)
        body = replace(body, text=passed_on.text, title=body.title or passed_on.title)
    body = replace(body, note=body.note[:_READ])
    blocks = titled_blocks(words)
    words = words[:_READ]
    note = body.note + "\n" + "\n".join(value[:400] for value in body.labels.values())
    bare_subject = clean_subject(subject)
    found = process_of(
        _FORWARD.sub("", subject) if not bare_subject else subject,
        note + ("\nhaber metni aşağıda" if body.text else ""),
    )
    files = tuple(
        OpeningFile(a.name, role_of(a), a.digest)
        for a in letter.attachments
        if not a.inline or role_of(a) is not FileRole.PHOTO
    )
    said_at = letter.date or datetime(2000, 1, 1, tzinfo=UTC)
    attached = any(f.role in (FileRole.TEXT, FileRole.PHOTO) for f in files)
    if found is None and attached and _NEWS_NAMED.search(IDIOMS.sub(" ", plain(subject + "\n" + note))):
        found = Process.NEWS, "haber"  # something is attached, and a word says what it is
    sender = letter.from_[0].address.base if len(letter.from_) == 1 else None
    reader = _Mail(subject, words, body, said_at, directory, calendar, files, sender, passed_on=quoted)
    if found is None:
        return reader.several(blocks, None)
    process, sign = found
    if process is Process.NEWS and not (files or body.text or quoted or find_urls(words) or _WISH.search(plain(subject + "\n" + note))):
        return ()  # it speaks of news, and brings none
    if parts := reader.several(blocks, process):
        return parts
    return (reader.one(process, sign),)


def _opens_nothing(subject: str, words: str, letter: Letter) -> bool:
    low_subject, low = plain(subject), plain(words[:_READ])
    if _CHANGE_SUBJECT.match(low_subject):
        return True
    answers = bool(_PREFIX.match(low_subject)) or (
        bool(letter.in_reply_to) and not _FORWARD.match(low_subject)
    )
    if answers and (
        _UPDATES.search(low)
        or not re.search(r"\bonay(?:lar)?iniz|\bbasina|\bsadece\sweb|\bhaber\w*[^.\n]{0,40}\bek", low)
    ):
        return True
    if _TOOLS.search(low_subject + "\n" + low) and not re.search(r"\bonay(?:lar)?iniz|\bbasina\b", low):
        return True
    if not letter.attachments and _DELIBERATES.search(low) and not _WISH.search(low):
        return True
    if not letter.attachments and _PUBLISHED.search(low) and find_urls(words[:_READ]):
        return True
    if not letter.attachments and len(low) < 400 and (
        _STATUS.search(low) or (_THANKS.search(low) and not _WANTS.search(low))
    ):
        return True
    return bool(_CHANGES.search(low)) and not re.search(
        r"\bhaber\w{0,6}[^.\n]{0,40}\b(?:ekte|asagida)|\bonay(?:lar)?iniza", low
    )


class _Mail:
    """One staff mail while its fields are read."""

    def __init__(
        self,
        subject: str,
        words: str,
        body: Body,
        said_at: datetime,
        directory: Directory,
        calendar: WorkCalendar,
        files: tuple[OpeningFile, ...],
        sender: Address | None = None,
        *,
        passed_on: str = "",
    ) -> None:
        self.subject = subject
        self.words = words
        self.body = body
        self.said_at = said_at
        self.directory = directory
        self.calendar = calendar
        self.files = files
        self.sender = sender
        self.passed_on = passed_on
        self.note = body.note
        self.all = subject + "\n" + words
        self.low = plain(tidy(self.all))

    def one(self, process: Process, sign: str) -> Opening:
        department, said, topic_words = self.department(process)
        facility = next((f[1] for f in facilities_in(self.all, self.directory)), None)
        embargo = embargo_in(self.subject + "\n" + self.note, self.said_at, self.calendar)
        if label := self.body.labels.get("embargo"):
            embargo = embargo_in(f"ambargo: {label}", self.said_at, self.calendar) or embargo
        unsaid = "" if label else unsaid_embargo(self.subject + "\n" + self.note, self.said_at, self.calendar)
        deadline = deadline_in(self.note, self.said_at, self.calendar)
        opening = Opening(
            process=process,
            title=title_of(
                process,
                self.subject,
                self.body,
                self.note,
                names=[name for _, name in outlets_in(self.all, self.directory)],
            ),
            text=self.body.text if process in (Process.NEWS, Process.REFUTATION) else None,
            to_press=self.to_press(process) if process in (Process.NEWS, Process.MEDIA_MATERIAL) else None,
            department=department,
            department_said=said,
            gm=self.gm(),
            place=self.body.labels.get("place")
            or _place_in(self.note)
            or (facility if process is Process.FILMING else None),
            facility=facility,
            urls=find_urls(self.words),
            files=self.files,
            embargo=embargo if process in (Process.NEWS, Process.MEDIA_MATERIAL, Process.INTERVIEW) else None,
            embargo_unsaid=unsaid if process is Process.NEWS else "",
            deadline=deadline.at if deadline else None,
            crisis=(bool(_CRISIS.search(self.low)) and bool(_CRISIS_TOPIC.search(self.low)))
            or "kriz" in self.low,
            privacy=bool(_PATIENT.search(plain(self.note)))
            and bool(re.search(r"onam|foto|goruntu|cekim|hastamiz|riza", self.low)),
            why=(
                f"“{sign}” sözlerinden iş türü",
                *((f"konu sözleri: {topic_words}",) if topic_words else ()),
            ),
        )
        if process in (Process.INTERVIEW, Process.FILMING):
            opening = self.programme(opening)
        elif process is Process.VISIT:
            opening = replace(opening, when=self.appointment()[0])
        elif process in (Process.NEWS, Process.PRODUCTION):
            opening = replace(opening, when=self.event_day(process))
        elif process in (Process.REPORT_FORWARD, Process.CLIPPING):
            opening = replace(opening, department=None, department_said=False, facility=None, place=None)
        if process in (Process.NEGATIVE_NEWS, Process.INFO_NOTE, Process.REFUTATION, Process.VISIT):
            outlet = next((name for _, name in outlets_in(self.all, self.directory)), None)
            by_link = next(
                (name for url in opening.urls if (name := outlet_of_url(url, self.directory))), None
            )
            opening = replace(opening, channel=None if process is Process.VISIT else outlet or by_link)
        return replace(opening, missing=self.missing(opening))

    def department(self, process: Process) -> tuple[str | None, bool, str]:
        if label := self.body.labels.get("department"):
            found = department_of(
                label if "başkanlı" in label.lower() else label + " Başkanlığı", "", self.directory
            )
            if found[0]:
                return found[0], True, found[2]
        head = self.subject if not _FORWARD.match(plain(self.subject)) else clean_subject(self.subject)
        # Whose approval comes next ("…Bakanlık, Sağlık Hizmetleri GM ve Valiliğe sunulacaktır") says nothing
        # about the topic, except the general directorate, which is that of the department.
        note = re.sub(r"(?:[Bb]akanlık|[Vv]alilik|[Vv]aliliğ\w*)", " ", self.words)
        found = department_of(head, note, self.directory)
        if found[0] is None or not found[1]:
            gm = self.gm()
            owners = [key for key, d in self.directory.departments.items() if gm is not None and d.gm == gm]
            if len(owners) == 1:
                return owners[0], False, self.directory.offices[gm].short if gm else ""
        if found[0] is None and self.passed_on:
            found = department_of("", self.passed_on[:_READ], self.directory)
        if found[0] is None and process is not Process.VISIT and (owner := self._senders_department()):
            return owner, False, "gönderen"
        return found

    def _senders_department(self) -> str | None:
        """The department of a sender that belongs to one, or to a facility of one."""
        for key, department in self.directory.departments.items():
            if any(p.address == self.sender for p in department.people):
                return key
        for facility in self.directory.facilities.values():
            if any(p.address == self.sender for p in facility.people):
                return facility.department
        return None

    def gm(self) -> Office | None:
        general = {d.gm for d in self.directory.departments.values() if d.gm}
        named = [
            o for o in offices_in(self.subject + "\n" + self.note, self.directory.offices) if o in general
        ]
        said = [
            o for o in named if re.search(r"genel\smudur|\bgm\b|titck|gm\b", plain(self.note + self.subject))
        ]
        return said[0] if len(said) == 1 else None

    def to_press(self, process: Process) -> bool | None:
        if process is Process.MEDIA_MATERIAL:
            # What an outlet asks for goes to an outlet, unless the mail says otherwise.
            said = destination_in(self.subject + "\n" + self.note)
            return True if said is None and not _ASKED.search(plain(self.note)) else said
        labelled = destination_in(self.body.labels.get("destination", ""))
        if labelled is not None:
            return labelled
        note = self.subject + "\n" + self.note
        said = destination_in(note)
        if said is None and re.search(r"\bbasin\s(?:duyuru|aciklama|bulten|bildiri)", plain(note)):
            # The name of the form says for whom it is, unless something beside it denies or asks.
            rest = re.sub(r"\bbasin\s(?:duyuru|aciklama|bulten|bildiri)\w{0,6}", " basina ", plain(note))
            return destination_in(rest)
        return said

    def programme(self, opening: Opening) -> Opening:
        """Channel, programme, guest, day and time of an interview or a filming (1.2, duty G2)."""
        labels = self.body.labels
        outlets = outlets_in(self.all, self.directory)
        channel = labels.get("channel") or (outlets[0][1] if outlets else None)
        when, until, about = self.appointment()
        live = None
        if re.search(r"\bcanli\b|\btelefon(?:la)?\sbagl", self.low) and not re.search(
            r"canli\s(?:degil|olmayacak)", self.low
        ):
            live = True
        elif (
            re.search(
                r"\bbant(?:tan)?\b|\bbanda\b|\bkayit(?:tan)?\b|\bbant\syayin|canli\s(?:degil|olmayacak)|\bmontaj",
                self.low,
            )
            or opening.process is Process.FILMING
        ):
            live = False
        return replace(
            opening,
            channel=channel,
            programme=labels.get("programme") or _programme_in(self.all, [name for _, name in outlets]),
            guest=guest_in(self.words, labels.get("guest"), [name for _, name in outlets]),
            when=when,
            until=until,
            live=live,
            why=(*opening.why, *(("saat yaklaşık yazılmış",) if about else ())),
        )

    def appointment(self) -> tuple[date | datetime | None, datetime | None, bool]:
        """The day and time of something that is planned, the end of its range, and whether it is about."""
        labels = self.body.labels
        if labels.get("date"):
            said = " ".join(
                filter(
                    None,
                    (
                        labels["date"],
                        f"saat {labels['time'].removeprefix('saat ')}" if labels.get("time") else "",
                    ),
                )
            )
        else:
            said = self.subject + "\n" + self.note
        moments = [
            m
            for m in moments_in(said, self.said_at, self.calendar)
            if m.clock is not None and not self._due(said, m)
        ]
        dated = [m for m in moments if m.day is not None]
        days = [
            d for d in days_in(said, self.said_at, self.calendar, Leaning.FUTURE) if not self._aside(said, d)
        ]
        # A deadline may stand beside the date: it was left out above.
        if dated:
            return dated[0].at, dated[0].until, dated[0].about
        if moments and days:
            nearest = min(days, key=lambda d: abs(d.start - moments[0].start))
            at = datetime.combine(nearest.first, moments[0].clock or moments[0].at.time(), self.calendar.zone)
            return (
                at,
                moments[0].until and datetime.combine(nearest.first, moments[0].until.timetz()),
                moments[0].about,
            )
        if days:
            return days[0].first, None, False
        return None, None, False

    def _due(self, text: str, moment: Moment) -> bool:
        behind = blanked(text)[moment.end : moment.end + 60]
        return bool(
            re.match(
                r"'?[a-z]{0,4}\s(?:kadar|dek|once)|'?[a-z]{0,3}\s[^.\n]{0,30}(?:onay\sver|donus)", behind
            )
        )

    def _aside(self, text: str, day: Day) -> bool:
        """A day that the signature, a deadline or an earlier mail is about."""
        low = blanked(text)
        behind, before = low[day.end : day.end + 70], low[max(0, day.start - 40) : day.start]
        return bool(
            re.match(
                r"'?[a-z]{0,4}\s(?:gunu\s)?(?:kadar|dek|once)|\s(?:imza\w*\s)?gelecek|\s(?:tarihli|sayili)|\s(?:imza|gonderecegim|iletecegim|donus|bilgi\sver)",
                behind,
            )
            or re.search(r"imza\w{0,5}\s$|\bdoneceg\w*\s$", before)
        )

    def event_day(self, process: Process) -> date | None:
        """The day on which the event took or takes place: by label, else the first day named for it."""
        if label := self.body.labels.get("date"):
            days = days_in(label, self.said_at, self.calendar)
            if days:
                return days[0].first
        for text in (self.subject + "\n" + self.note, self.body.text or ""):
            low = undotted(blanked(text))
            past = days_in(text, self.said_at, self.calendar, Leaning.PAST)
            named = [
                day
                for day in past
                if not self._not_event(low, day)
                and (
                    process is not Process.PRODUCTION
                    or re.search(r"\bcekim", low[max(0, day.start - 60) : day.end + 60])
                )
            ]
            if not named:
                continue
            day = next((d for d in named if _HELD.match(low, d.end)), named[0])
            if _AHEAD.match(low, day.end) or process is Process.PRODUCTION:
                future = days_in(text, self.said_at, self.calendar, Leaning.FUTURE)
                return next((d.first for d in future if d.start == day.start), day.first)
            return day.first
        return None

    def _not_event(self, low: str, day: Day) -> bool:
        behind, before = low[day.end : day.end + 60], low[max(0, day.start - 30) : day.start]
        return bool(
            re.match(
                r"(?:\sgunu)?(?:\ssaat)?\s?(?:[0-9]{1,2}[.:][0-9]{2})?'?[a-z]{0,5}\s(?:kadar|dek|once|itibar|sonra)|\s(?:mesai|ogle|sabah\sservis)|[^.\n]{0,28}\b(?:cik(?:sin|mali|masi|ma)|yayi[nm]la(?:n|y|ma)\w*|servis\sed|paylas(?:ilsin|alim|ilmasi|ilacak|acagiz)|gonder|onay|basina|gece\b|yetis|geliyor|iletec)"
                r"|\s(?:tarihli|sayili)\s(?:yazi|olur|onay|haber)|\s(?:gunu\s)?(?:cikan|gonderdig|ilettig|paylastig)",
                behind,
            )
            or re.search(r"ambargo\w{0,4}\W{0,3}$|\bbugunku\s$", before)
        )

    def several(self, blocks: list[tuple[str, str]], whole: Process | None) -> tuple[Opening, ...]:
        """The items of a mail that lists them, gives each a title, or tells of two; () where it holds one.

        `whole` is the process of the mail as a whole: that of a part whose own words tell none.
        """
        if blocks and whole is Process.NEWS:
            return tuple(self._titled(title, text) for title, text in blocks)
        note = self.note if self.body.text and self.body.title else self.words
        said = plain(self.subject + "\n" + self.note)
        several = bool(_SEVERAL.search(said) or _TWO_KINDS.search(plain(self.subject)))
        found = parts_of(note, _process_of_part, _process_of_row, several=several)
        if found is None or whole in _NEVER_SEVERAL or (found.listed and not self._listed(found)):
            return ()
        if whole is None and any(part.process is None for part in found.parts):
            return ()
        common = destination_in(self.subject + "\n" + found.common)
        items = []
        for part in found.parts:
            process = part.process or whole
            if process is None:
                return ()
            own = destination_in(part.words)
            asked = bool(re.search(r"\bbasin|\bweb|\bsite|\bsosyal|\bm[iu]\b", plain(part.words)))
            sub = _Mail(
                "",
                part.words,
                Body(part.words, None, None),
                self.said_at,
                self.directory,
                self.calendar,
                self._files_of(part.number, part.words) if found.listed else self._files_for(process),
                self.sender,
            )
            opening = sub.one(process, part.words[:40])
            if (process is Process.NEWS and found.listed) or not opening.title:
                opening = replace(opening, title=item_title(part.words))
            if process is Process.NEWS:
                opening = replace(opening, to_press=own if own is not None or asked else common)
            items.append(replace(opening, missing=sub.missing(opening)))
        return tuple(items)

    def _listed(self, found: Parts) -> bool:
        """Whether a list is one of pieces of work, not one of points inside a single one."""
        if all(part.process is not None for part in found.parts):
            return True
        prefixed = {m[1] for f in self.files if (m := re.match(r"\W{0,2}([1-9])[^0-9]", f.name))}
        return bool(_SEVERAL.search(self.low) or len(prefixed) > 1)

    def _files_for(self, process: Process) -> tuple[OpeningFile, ...]:
        return self.files if process is Process.NEWS else ()

    def _titled(self, title: str, text: str) -> Opening:
        """One of several items that have titles of their own; whose the files are is not guessed."""
        sub = _Mail(title, title, Body("", text, title), self.said_at, self.directory, self.calendar, (), self.sender)
        common = destination_in(self.subject + "\n" + self.note)
        opening = replace(sub.one(Process.NEWS, title[:40]), title=title, text=text, to_press=common)
        return replace(opening, missing=sub.missing(opening))

    def _files_of(self, number: int, said: str) -> tuple[OpeningFile, ...]:
        own = tuple(
            f for f in self.files if re.match(rf"\W{{0,2}}(?:haber[ _-]?)?{number}[^0-9]", plain(f.name))
        )
        if own:
            return own
        stems = {
            w[:5]
            for w in re.findall(r"[a-z]{4,}", plain(said))
            if w not in ("basina", "sadece", "sosyal", "medya")
        }
        return tuple(
            f
            for f in self.files
            if any(stem in plain(f.name) for stem in stems) and not re.match(r"\W{0,2}[1-9][^0-9]", f.name)
        )

    def missing(self, opening: Opening) -> tuple[str, ...]:
        """Turkish phrases: what the process needs and the mail does not hold."""
        roles = [file.role for file in opening.files]
        lacks: list[str] = []
        if opening.process is Process.NEWS:
            if opening.text is None and FileRole.TEXT not in roles:
                lacks.append("haber metni")
            if opening.to_press is None:
                lacks.append("yayın yeri (basın mı, yalnız web ve sosyal medya mı)")
            if opening.when is None:
                lacks.append("etkinlik tarihi")
            if opening.place is None and opening.facility is None:
                lacks.append("etkinlik yeri")
            if FileRole.ARCHIVE in roles and FileRole.PHOTO not in roles:
                lacks.append("fotoğraflar (arşiv dosyası içinde, ayrı ayrı ekleyiniz)")
            elif FileRole.PHOTO not in roles:
                lacks.append("fotoğraf")
            if any(
                re.search(r"wetransfer|drive|dosya|we\.tl|yandex|onedrive|dropbox", url)
                for url in opening.urls
            ):
                lacks.append("bağlantıyla verilen dosyalar (iletiye ekleyiniz)")
        if opening.process in NEEDS_HEAD:
            if _UNSIGNED.search(self.low) or not _SIGNED.search(
                self.low + " " + " ".join(plain(f.name) for f in opening.files)
            ):
                lacks.append("ilgili başkanın imzası")
            if opening.channel is None:
                lacks.append("yayın kuruluşu")
            if opening.process is Process.INTERVIEW and opening.programme is None:
                lacks.append("program adı")
            if opening.process is Process.INTERVIEW and opening.guest is None:
                lacks.append("konuk")
        if opening.process in (*NEEDS_HEAD, Process.VISIT):
            if opening.when is None:
                lacks += ["tarih", "saat"]
            elif not isinstance(opening.when, datetime):
                lacks.append("saat")
            elif "saat yaklaşık yazılmış" in opening.why:
                lacks.append("kesin saat (yaklaşık yazılmış)")
        if opening.process in (Process.NEWS, *NEEDS_HEAD) and opening.department is None:
            lacks.append("ilgili başkanlık")
        return tuple(lacks)


_NEVER_SEVERAL = frozenset({Process.CLIPPING, Process.REPORT_FORWARD, Process.REFUTATION})


def _process_of_part(words: str) -> Process | None:
    found = process_of("", words)
    return found[0] if found else None


def _process_of_row(words: str) -> Process | None:
    """A row of a list is as short as a subject."""
    found = process_of("", words) or process_of(words, words, least=3)
    return found[0] if found else None


_QUOTED_NAME = r"(?:[\"“«]([^\"”»\n]{3,60})[\"”»]|(?<![\w])'([^'\n]{3,60})'(?!\w))"
_PROGRAMME = re.compile(
    rf"{_QUOTED_NAME}(?=\s(?:adlı\s|isimli\s)?(?:program|kuşa[kğ]|dosya|bülten|belgesel|yayın))"
)
_ANY_QUOTED = re.compile(_QUOTED_NAME)
_PROGRAMME_BARE = re.compile(
    r"((?:[A-ZÇĞİÖŞÜ][\wçğıöşü]{1,20}\s){1,4})(?:adlı |isimli )?(?:(?:[Pp]rogram[ıi]|[Kk]uşağ[ıi])(?:n[aei]|ndaki|nda|nın|mıza)?\b|(dosyası)\b)"
)
_NOT_A_PROGRAMME = frozenset(
    {"TV", "Televizyon", "Radyo", "Sayın", "Müdürüm", "Canlı", "Yayın", "Haber", "Çekim"}
)


def _programme_in(text: str, outlets: Sequence[str]) -> str | None:
    """The programme's name: quoted before "programı", else capitalised before it, else quoted anywhere."""
    text = re.sub(r"[’‘]", "'", tidy(text))
    for outlet in outlets:
        short = outlet.removesuffix(" Gazetesi")
        text = re.sub(rf"{re.escape(short)}(?: Gazetesi)?(?:'\w{{1,6}})?", " ; ", text)
    if hit := _PROGRAMME.search(text):
        return (hit[1] or hit[2]).strip()
    for hit in _PROGRAMME_BARE.finditer(text):
        words = hit[1].split()
        while words and words[0] in _NOT_A_PROGRAMME:
            words.pop(0)
        if words:
            return " ".join(words) + (" dosyası" if hit[2] else "")
    named = _ANY_QUOTED.search(text)
    return (named[1] or named[2]).strip() if named else None


_PLACE = re.compile(
    r"((?:[A-ZÇĞİÖŞÜ0-9][\wçğıöşü.]{0,20}\s){1,5}(?:Salonu|Meydanı|Pazaryeri|Parkı|Merkezi|Caddesi|Okulu|Lisesi|Üniversitesi|Otel|Oteli|Stadı|Stadyumu|AVM|Kampüsü|Camii|Bahçesi|Tesisleri|Müzesi|Sarayı|Alanı|Sitesi|Mahallesi|Köyü))"
    r"(?='?(?:nda|nde|da|de|ndaki|ta|te)\b)"
)


def _place_in(note: str) -> str | None:
    found = _PLACE.search(tidy(note).translate(str.maketrans("’‘", "''"))) or re.search(
        _PLACE.pattern.replace("(?='?", "(?:"), note
    )
    return found[1].strip() if found and "Sağlık" not in found[1] else None
