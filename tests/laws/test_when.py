"""Laws of dates and deadlines: whatever the writing, the same clock and the same day are read back."""

# ruff: noqa: E501 - a writing a line

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.worktime import ISTANBUL
from mailbot.reading.chain import header_date, layers
from mailbot.reading.due import deadline_in
from mailbot.reading.embargo import embargo_in
from mailbot.reading.when import Leaning, days_in, moments_in
from tests.reading.letters import the_calendar

MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
WEEKDAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")
WORDS = {
    8: "sekiz", 9: "dokuz", 10: "on", 11: "on bir", 12: "on iki", 13: "on üç", 14: "on dört", 15: "on beş", 16: "on altı",
    17: "on yedi", 18: "on sekiz", 19: "on dokuz", 20: "yirmi", 21: "yirmi bir",
}  # fmt: skip
FIRST = datetime(2026, 1, 2, tzinfo=ISTANBUL)
SAID = st.integers(0, 710 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
MINUTES = st.sampled_from(range(0, 60, 5))


def dative(number: int) -> str:
    """The dative ending of a written number, as its last word is spoken: 15.00'e, 16.00'ya, 12.00'ye."""
    last = number % 100 if number % 10 == 0 and number % 100 else number % 10
    return {
        0: "a", 1: "e", 2: "ye", 3: "e", 4: "e", 5: "e", 6: "ya", 7: "ye", 8: "e", 9: "a", 10: "a", 20: "ye", 30: "a",
        40: "a", 50: "ye",
    }[last]  # fmt: skip


def clocks(hour: int, minute: int) -> tuple[str, ...]:
    """Writings of a clock time that carry a case ending."""
    end = dative(minute) if minute else dative(hour)
    written: tuple[str, ...] = (
        f"{hour:02}.{minute:02}'{end}", f"{hour:02}:{minute:02}'{end}", f"{hour:02}.{minute:02}’{end}",
        f"{hour:02}.{minute:02} {end}", f"saat {hour:02}.{minute:02}'{end}", f"saat {hour:02}:{minute:02}{end}",
        f"SAAT {hour:02}.{minute:02}'{end.upper()}", f"{hour:02}{minute:02}'{end}", f"saat {hour:02}{minute:02}'{end}",
    )  # fmt: skip
    if minute == 0:
        written += (f"saat {hour}'{end}", f"saat {hour} {end}", f"en geç {hour}'{end}")
    return written


def days(day: date) -> tuple[str, ...]:
    """Writings of a day that name its year, and of one that does not."""
    month, name = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    return (
        f"{day.day} {month} {day.year}", f"{day.day} {month} {day.year} {name}", f"{day.day} {month} {name}",
        f"{day.day} {month.upper()} {day.year}", f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y} {name}",
        f"{day:%d-%m-%Y}", f"{name} {day.day} {month}", f"{day.day} {month}", f"{day:%Y-%m-%d}",
        f"{day.day} {month} {day.year} tarihinde", f"{day:%d.%m.%Y} günü", f"{day:%d.%m.%Y} {name} günü",
    )  # fmt: skip


@given(said=SAID, hour=st.integers(8, 22), minute=MINUTES, data=st.data())
def test_every_writing_of_a_clock_reads_back(
    said: datetime, hour: int, minute: int, data: st.DataObject
) -> None:
    words = data.draw(st.sampled_from(clocks(hour, minute)))
    found = deadline_in(f"Bilgi notunun {words} kadar iletilmesini rica ederiz.", said, the_calendar())
    assert found is not None, words
    # A bare hour before noon may also be the one in the evening.
    twice = hour < 12 and not re.search(r"\d{2}[.:]?\d{2}", words)
    assert found.at.hour in ({hour, hour + 12} if twice else {hour}), words
    assert found.at.minute == minute, words
    assert found.at > said, words
    assert found.at - said <= timedelta(days=1), words


@given(said=SAID, hour=st.sampled_from(sorted(WORDS)), half=st.booleans())
def test_an_hour_in_words_reads_back(said: datetime, hour: int, half: bool) -> None:
    soft = {"dört": "dörd"}
    word = WORDS[hour]
    ending = {"e": "e", "a": "a", "ye": "ye", "ya": "ya"}[dative(hour)]
    for plain, softened in soft.items():
        word = word.replace(plain, softened) if not half else word
    words = f"saat {word} buçuğa kadar" if half else f"saat {word}{ending} kadar"
    found = deadline_in(f"Notu {words} bekliyoruz.", said, the_calendar())
    assert found is not None, words
    wanted = {hour % 12, hour} if hour < 12 else {hour}
    assert found.at.hour % 24 in wanted | {h + 12 for h in wanted if h < 12}, words
    assert found.at.minute == (30 if half else 0), words
    assert found.at > said


@given(said=SAID, ahead=st.integers(1, 150), hour=st.integers(8, 20), minute=MINUTES, data=st.data())
def test_every_writing_of_a_day_reads_back(
    said: datetime, ahead: int, hour: int, minute: int, data: st.DataObject
) -> None:
    day = said.date() + timedelta(days=ahead)
    words = data.draw(st.sampled_from(days(day)))
    clock = f"{hour:02}.{minute:02}'{dative(minute) if minute else dative(hour)}"
    found = deadline_in(f"Notun {words} saat {clock} kadar gönderilmesi", said, the_calendar())
    assert found is not None, words
    assert found.at == datetime.combine(day, time(hour, minute), ISTANBUL), words
    assert [d.first for d in days_in(words, said, the_calendar(), Leaning.FUTURE)] == [day], words


@given(said=SAID, behind=st.integers(0, 200), data=st.data())
def test_a_day_that_was_is_read_as_that_day(said: datetime, behind: int, data: st.DataObject) -> None:
    day = said.date() - timedelta(days=behind)
    words = data.draw(st.sampled_from(days(day)))
    found = days_in(f"{words} yapılan etkinlik", said, the_calendar(), Leaning.PAST)
    assert [d.first for d in found] == [day], words


PHRASES = (
    "mesai bitimine kadar", "gün içinde", "bugün gün sonuna kadar", "öğleden önce", "öğlene kadar", "akşama kadar",
    "sabaha kadar", "yarın öğlene kadar", "yarın mesai bitimine kadar", "yarın gün içinde", "bir saat içinde", "yarım saat içinde",
    "yarım saate not lazım", "45 dakika içinde", "1,5 saat içinde", "iki saate kadar", "üç iş günü içinde", "5 gün içinde",
    "cumaya kadar", "pazartesi öğleye kadar", "haftaya salı 10.00'a kadar", "hafta sonuna kadar", "saat 9'a kadar",
    "saat 5'e kadar", "sabah 8'e kadar", "akşam 7'ye kadar", "gece 12'ye kadar", "dörde çeyrek kala elimizde olsun",
)  # fmt: skip


@given(said=SAID, words=st.sampled_from(PHRASES))
def test_no_deadline_lies_before_the_mail_unless_it_says_today(said: datetime, words: str) -> None:
    found = deadline_in(f"Bilgi notunu {words} rica ederiz.", said, the_calendar())
    assert found is not None, words
    if "bugün" not in words and "öğleden önce" not in words:
        assert found.at >= said, words


@given(
    said=SAID,
    words=st.sampled_from(("ivedilikle", "acilen", "en kısa sürede", "derhal", "bir an önce", "ÇOK ACİL")),
)
def test_urgent_is_no_time(said: datetime, words: str) -> None:
    assert deadline_in(f"Bilgi notunun {words} gönderilmesini rica ederiz.", said, the_calendar()) is None


@given(said=SAID, minutes=st.integers(1, 600))
def test_a_span_counts_from_the_mail(said: datetime, minutes: int) -> None:
    for words in (f"{minutes} dakika içinde", f"{minutes} dk içerisinde", f"en geç {minutes} dakika içinde"):
        found = deadline_in(words, said, the_calendar())
        assert found is not None
        assert found.at == said + timedelta(minutes=minutes)


@given(said=SAID, hour=st.integers(8, 22), minute=MINUTES, ahead=st.integers(1, 60))
def test_what_holds_back_a_text_is_no_deadline(said: datetime, hour: int, minute: int, ahead: int) -> None:
    day = said.date() + timedelta(days=ahead)
    words = f"{day:%d.%m.%Y} saat {hour:02}.{minute:02}'den önce yayımlanmasın"
    assert embargo_in(words, said, the_calendar()) == datetime.combine(day, time(hour, minute), ISTANBUL)
    assert deadline_in(words, said, the_calendar()) is None


@given(text=st.text(max_size=400), said=SAID)
def test_the_readers_of_time_are_total(text: str, said: datetime) -> None:
    deadline_in(text, said, the_calendar())
    embargo_in(text, said, the_calendar())
    moments_in(text, said, the_calendar())
    layers(text, said)


@given(said=SAID, back=st.integers(1, 400), minute=st.integers(0, 59), data=st.data())
def test_the_date_of_a_header_reads_back(said: datetime, back: int, minute: int, data: st.DataObject) -> None:
    at = (said - timedelta(hours=back)).replace(minute=minute)
    month, name = MONTHS[at.month - 1], WEEKDAYS[at.weekday()]
    english = at.strftime("%B")
    line = data.draw(
        st.sampled_from(
            (
                f"Gönderildi: {at.day} {month} {at.year} {name} {at:%H:%M}",
                f"Gönderilme: {at:%d.%m.%Y %H:%M}",
                f"Tarih: {at.day} {month[:3]} {at.year} {name[:3]}, {at:%H:%M}",
                f"Tarih: {at.day} {month} {at.year} {at:%H:%M:%S}",
                f"Date: {at:%a}, {at.day} {english[:3]} {at.year} {at:%H:%M:%S} +0300",
                f"Sent: {at:%A}, {english} {at.day}, {at.year} {at:%I:%M %p}",
                f"Gönderme Tarihi: {name}, {at.day} {month} {at.year} {at:%H:%M}",
            )
        )
    )
    assert header_date(line) == at, line
    below = layers(f"Gereği için.\n\nKimden: Basın\n{line}\nKonu: haber\n\nNotu bekliyoruz.", said)
    assert [layer.said_at for layer in below] == [said, at], line
