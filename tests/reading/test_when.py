"""Turkish deadlines, embargoes and appointments, relative to the mail that says them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from mailbot.core.request import Clock
from mailbot.reading.due import deadline_in
from mailbot.reading.embargo import embargo_in
from mailbot.reading.when import Leaning, days_in, moments_in
from tests.reading.letters import the_calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+03:00")


TUESDAY = at("2026-11-24T10:00")

DEADLINES = [
    ("bilgi notunu bugün saat 15.00'e kadar", "2026-11-24T15:00"),
    ("en geç 1430'a kadar", "2026-11-24T14:30"),
    ("en geç 1430'da elimizde olmalıdır", "2026-11-24T14:30"),
    ("saat 14:30 da elimizde olsun", "2026-11-24T14:30"),
    ("saat 14.00'ten önce gönderilmesini", "2026-11-24T14:00"),
    ("saat 15.00 itibarıyla elimizde olmalı", "2026-11-24T15:00"),
    ("Son saat: 16.00", "2026-11-24T16:00"),
    ("15'e kadar bekliyoruz", "2026-11-24T15:00"),
    ("15 e kadar bekliyoruz", "2026-11-24T15:00"),
    ("bugun 16'ya dek", "2026-11-24T16:00"),
    ("saat 5'e kadar", "2026-11-24T17:00"),
    ("saat beşe kadar", "2026-11-24T17:00"),
    ("saat on altı buçuğa kadar", "2026-11-24T16:30"),
    ("akşam 8'e kadar", "2026-11-24T20:00"),
    ("gece 12'ye kadar", "2026-11-25T00:00"),
    ("saat 24.00'e kadar", "2026-11-25T00:00"),
    ("mesai bitimine kadar", "2026-11-24T17:00"),
    ("mesai saatleri içerisinde", "2026-11-24T17:00"),
    ("gün içinde", "2026-11-24T17:00"),
    ("gün sonuna kadar", "2026-11-24T17:00"),
    ("akşama kadar", "2026-11-24T17:00"),
    ("öğleden önce", "2026-11-24T12:00"),
    ("yarın öğlene kadar", "2026-11-25T12:00"),
    ("yarın sabaha kadar", "2026-11-25T08:00"),
    ("en geç yarın", "2026-11-25T17:00"),
    ("yarın gün içinde", "2026-11-25T17:00"),
    ("hafta içinde", "2026-11-27T17:00"),
    ("cumaya kadar", "2026-11-27T17:00"),
    ("27 Kasım'a kadar", "2026-11-27T17:00"),
    ("27 Kasım Cuma 12.00'ye kadar", "2026-11-27T12:00"),
    ("25/11/2026 12:00'ye kadar", "2026-11-25T12:00"),
    ("03.12.2026 Perşembe günü mesai bitimine kadar", "2026-12-03T17:00"),
    ("Perşembe 3 Aralık saat 9.30'a kadar", "2026-12-03T09:30"),
    ("haftaya pazartesi 10.00'a kadar", "2026-11-30T10:00"),
    ("pazartesi sabah ilk iş olarak gönderir misiniz", "2026-11-30T08:00"),
    ("ayın 30'una kadar", "2026-11-30T17:00"),
    ("1 saat içinde", "2026-11-24T11:00"),
    ("bir saate kadar", "2026-11-24T11:00"),
    ("yarım saat içerisinde", "2026-11-24T10:30"),
    ("1,5 saat içinde", "2026-11-24T11:30"),
    ("en geç 45 dakika içinde", "2026-11-24T10:45"),
    ("2 saatlik süreniz var", "2026-11-24T12:00"),
    ("3 gün içinde", "2026-11-27T17:00"),
    ("beş iş günü içerisinde", "2026-12-01T17:00"),
]


@pytest.mark.parametrize(("words", "expected"), DEADLINES)
def test_deadlines_that_people_write(words: str, expected: str) -> None:
    found = deadline_in(words, TUESDAY, the_calendar())
    assert found is not None
    assert found.at == at(expected)


@pytest.mark.parametrize(
    "words",
    [
        "ivedilikle gönderilmesi rica olunur",
        "acil bilgi notu",
        "09.00'dan 17.00'ye kadar açık olan poliklinik",
        "250 kişiye kadar hizmet verilmektedir",
        "20 yaşına kadar olan hastalar",
        "dün saat 15.00'te yayımlanan haber",
        "3 saattir bekleyen hasta, 2 saat içinde sıra geldi",
        "https://haber.example/15.00'e kadar/x",
        "",
    ],
)
def test_what_is_no_deadline(words: str) -> None:
    assert deadline_in(words, TUESDAY, the_calendar()) is None


@pytest.mark.parametrize(
    ("said", "words", "expected"),
    [
        ("2026-11-26T22:47", "saat 21.30'da yayına giren haber için sabah 08.30'a kadar", "2026-11-27T08:30"),
        ("2026-12-09T13:10", "saat 5'e kadar", "2026-12-09T17:00"),
        ("2026-11-24T17:30", "17:00'ye kadar", "2026-11-25T17:00"),
        ("2027-03-08T09:30", "bugün mesai bitimine kadar", "2027-03-08T13:00"),
        ("2027-03-05T10:00", "üç iş günü içinde", "2027-03-15T17:00"),
        ("2026-12-31T16:00", "ilk iş günü mesai bitimine kadar", "2027-01-04T17:00"),
        ("2026-12-30T15:00", "2 Ocak saat 10.00'a kadar", "2027-01-02T10:00"),
        ("2026-11-27T09:00", "cuma 12.00'ye kadar", "2026-11-27T12:00"),
    ],
)
def test_deadlines_count_from_the_mail(said: str, words: str, expected: str) -> None:
    found = deadline_in(words, at(said), the_calendar())
    assert found is not None
    assert found.at == at(expected)


def test_the_words_and_the_kind_are_kept() -> None:
    found = deadline_in("notun en geç yarın mesai bitimine kadar iletilmesi", TUESDAY, the_calendar())
    assert found is not None
    assert (found.words, found.kind) == ("en geç yarın mesai bitimine kadar", Clock.COMPUTED)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Cumartesi 09.00'dan önce yayınlanmasın", "2026-11-28T09:00"),
        ("Bakanımızın paylaşımından sonra, saat 16.00 itibarıyla servis ediniz", "2026-11-24T16:00"),
        ("Ambargo: 28.11.2026 09.00", "2026-11-28T09:00"),
        ("saat 14.00'e kadar ambargoludur", "2026-11-24T14:00"),
        ("1 Aralık'tan önce paylaşılmasın", "2026-12-01T00:00"),
        ("yarın 10.00'dan sonra yayımlansın", "2026-11-25T10:00"),
        ("3 Aralık sabahı 07.00'den itibaren paylaşılabilir", "2026-12-03T07:00"),
        ("metni 30 Kasım tarihine kadar bekletelim", "2026-11-30T00:00"),
        ("saat 18:00'e kadar yayımlanmaması rica olunur", "2026-11-24T18:00"),
    ],
)
def test_embargoes(words: str, expected: str) -> None:
    assert embargo_in(words, TUESDAY, the_calendar()) == at(expected)


@pytest.mark.parametrize(
    "words",
    [
        "bilgi notunun 15.00'e kadar iletilmesi",
        "dün 15.00'te yayınlandı",
        "bugün 14.00'te yapılan tören",
        "24 Kasım 2026'da yayımlanan haber",
    ],
)
def test_what_is_no_embargo(words: str) -> None:
    assert embargo_in(words, TUESDAY, the_calendar()) is None


def test_an_embargo_is_no_deadline() -> None:
    assert deadline_in("saat 16.00'dan önce yayınlanmasın", TUESDAY, the_calendar()) is None


def test_a_programme_takes_its_day_and_clock() -> None:
    (moment,) = moments_in("3 Aralık Perşembe günü saat 20.30'da canlı yayın", TUESDAY, the_calendar())
    assert moment.at == at("2026-12-03T20:30")


def test_about_nine_on_the_coming_tuesday() -> None:
    (moment,) = moments_in("önümüzdeki salı sabah 9 gibi bağlanacak", TUESDAY, the_calendar())
    assert (moment.at, moment.about) == (at("2026-12-01T09:00"), True)


def test_a_range_has_its_end() -> None:
    (moment,) = moments_in("27 Kasım Cuma 10.00-12.00 arası çekim", TUESDAY, the_calendar())
    assert (moment.at, moment.until) == (at("2026-11-27T10:00"), at("2026-11-27T12:00"))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("26-27 Kasım'da yıllık izinli", date(2026, 11, 26), date(2026, 11, 27)),
        ("dünkü tatbikat", date(2026, 11, 23), date(2026, 11, 23)),
        ("14 Kasım Dünya Diyabet Günü", date(2026, 11, 14), date(2026, 11, 14)),
        ("28 Aralık - 3 Ocak", date(2026, 12, 28), date(2027, 1, 3)),
        ("32.13.2026", None, None),
    ],
)
def test_days(words: str, first: date | None, last: date | None) -> None:
    found = days_in(words, TUESDAY, the_calendar(), Leaning.NEAREST)
    assert [(d.first, d.last) for d in found] == ([(first, last)] if first else [])
