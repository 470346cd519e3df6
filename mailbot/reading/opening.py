"""Staff mails that open items (1.1.1 and the unit's other processes): what is to be done, and what is missing."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from mailbot.core.directory import Directory
from mailbot.core.letter import Letter
from mailbot.core.opening import FileRole, Opening, OpeningFile, Process
from mailbot.core.values import Address, Office
from mailbot.core.worktime import WorkCalendar
from mailbot.reading.body import Body, split_body, titled_blocks
from mailbot.reading.destination import destination_in
from mailbot.reading.due import deadline_in
from mailbot.reading.embargo import embargo_in
from mailbot.reading.files import role_of
from mailbot.reading.idle import FORWARD, opens_nothing, wants_nothing
from mailbot.reading.links import find_urls
from mailbot.reading.missing import missing
from mailbot.reading.names import department_of, facilities_in, offices_in, outlet_of_url, outlets_in
from mailbot.reading.occasion import appointment, event_day
from mailbot.reading.parts import Parts, parts_of
from mailbot.reading.people import guest_in
from mailbot.reading.plain import plain, tidy
from mailbot.reading.process import IDIOMS, process_of
from mailbot.reading.programme import place_in, programme_in
from mailbot.reading.title import clean_subject, item_title, title_of
from mailbot.reading.unsaid import unsaid_embargo

_NEWS_NAMED = re.compile(r"\bhaber(?:i(?:n\w{0,4}|m\w{0,6})?)?\b|\bbulten|\bduyuru")
_CRISIS = re.compile(
    r"\bacil\s?(?::|!|basin)|\bivedi\s?(?::|!|basin)|\bkriz\b|\bson\sdakika\s(?:gelisme|aciklama)|\bacilen\b|\bcok\sacil"
)
_CRISIS_TOPIC = re.compile(
    r"\byangin|\bpatlama|\bdeprem|\bsel\b|\bzehirlen|\bsaldiri|\bdarp|\bsalgin|\bolum|\bkaza\b|\bcan\skaybi|\byarali|\bcokme|\bgaz\skacag|\bsu\sbaskini"
)
_PATIENT = re.compile(
    r"\bhasta(?:miz|nin|lar|ya|dan|lardan|larin|lari|\syakin|\bile\b)?(?![a-z])|\bonam|\bbebe[gk]|\bacik\sriza|\bmahrem|\b[A-Z]\.[A-Z]\.\s?\("
)
_SEVERAL = re.compile(
    r"\b(?:[2-9]|iki|uc|dort|bes)\s(?:adet\s|ayri\s|farkli\s)?(?:haber|metin|bulten|duyuru|is\b|icerik|konu|roportaj|talep|program|cekim|davet|yayin)|\bhaberler(?:imiz|i)?\b(?=[^.\n]{0,40}(?:\bek|onay|asagida|var))|\bayri\sayri"
)

_TWO_KINDS = re.compile(
    r"\b(?:haber|afis|cekim|roportaj|program|ziyaret|brosur|tekzip|duyuru|film|video|goruntu|fotograf)\w{0,8}(?:\s\w{1,10}){0,2}\s?(?:\+|&|,|/|\bve\b|\bile\b)\s?(?:\w{1,12}\s){0,3}(?:haber|afis|cekim|roportaj|program|ziyaret|brosur|tekzip|duyuru|film|video|goruntu|fotograf)"
)
"""A subject that names two kinds of work."""

_READ = 6_000
"""Characters of a covering note that are searched; the text to be published may be longer."""

_ASKED = re.compile(r"\bbasina\s\w{0,14}\s?m[iu]\b|\bkararsiz|\bbilemed|\bsiz\skarar")


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
    if opens_nothing(subject, body.note if body.text else words, letter):
        return ()
    if body.text is None and quoted and FORWARD.match(plain(subject)):
        passed_on = split_body(quoted)
        body = replace(body, text=passed_on.text, title=body.title or passed_on.title)
    body = replace(body, note=body.note[:_READ])
    blocks = titled_blocks(words)
    words = words[:_READ]
    note = body.note + "\n" + "\n".join(value[:400] for value in body.labels.values())
    bare_subject = clean_subject(subject)
    found = process_of(
        FORWARD.sub("", subject) if not bare_subject else subject,
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
    if found is None and ("guest" in body.labels or {"channel", "programme"} <= set(body.labels)):
        found = Process.INTERVIEW, "konuk ve program satırları"
    sender = letter.from_[0].address.base if len(letter.from_) == 1 else None
    reader = _Mail(subject, words, body, said_at, directory, calendar, files, sender, passed_on=quoted)
    if found is None:
        return reader.several(blocks, None)
    process, sign = found
    brings = bool(files or body.text or quoted or find_urls(words))
    if wants_nothing(process, subject + "\n" + note, brings=brings, files=bool(files)):
        return ()
    return reader.several(blocks, process) or (reader.one(process, sign),)


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
            or place_in(self.note)
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
            opening = replace(
                opening, when=appointment(self.subject, self.body, self.said_at, self.calendar)[0]
            )
        elif process in (Process.NEWS, Process.PRODUCTION):
            opening = replace(
                opening, when=event_day(process, self.subject, self.body, self.said_at, self.calendar)
            )
        elif process in (Process.REPORT_FORWARD, Process.CLIPPING):
            opening = replace(opening, department=None, department_said=False, facility=None, place=None)
        if process in (Process.NEGATIVE_NEWS, Process.INFO_NOTE, Process.REFUTATION, Process.VISIT):
            outlet = next((name for _, name in outlets_in(self.all, self.directory)), None)
            by_link = next(
                (name for url in opening.urls if (name := outlet_of_url(url, self.directory))), None
            )
            opening = replace(opening, channel=None if process is Process.VISIT else outlet or by_link)
        return replace(opening, missing=missing(opening, self.low))

    def department(self, process: Process) -> tuple[str | None, bool, str]:
        if label := self.body.labels.get("department"):
            found = department_of(
                label if "başkanlı" in label.lower() else label + " Başkanlığı", "", self.directory
            )
            if found[0]:
                return found[0], True, found[2]
        head = self.subject if not FORWARD.match(plain(self.subject)) else clean_subject(self.subject)
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
        when, until, about = appointment(self.subject, self.body, self.said_at, self.calendar)
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
            programme=labels.get("programme") or programme_in(self.all, [name for _, name in outlets]),
            guest=guest_in(self.words, labels.get("guest"), [name for _, name in outlets]),
            when=when,
            until=until,
            live=live,
            why=(*opening.why, *(("saat yaklaşık yazılmış",) if about else ())),
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
            items.append(replace(opening, missing=missing(opening, sub.low)))
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
        sub = _Mail(
            title, title, Body("", text, title), self.said_at, self.directory, self.calendar, (), self.sender
        )
        common = destination_in(self.subject + "\n" + self.note)
        opening = replace(sub.one(Process.NEWS, title[:40]), title=title, text=text, to_press=common)
        return replace(opening, missing=missing(opening, sub.low))

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


_NEVER_SEVERAL = frozenset({Process.CLIPPING, Process.REPORT_FORWARD})


def _process_of_part(words: str) -> Process | None:
    found = process_of("", words)
    return found[0] if found else None


def _process_of_row(words: str) -> Process | None:
    """A row of a list is as short as a subject."""
    found = process_of("", words) or process_of(words, words, least=3)
    return found[0] if found else None
