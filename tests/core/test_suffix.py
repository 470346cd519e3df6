"""Suffixes fit the sound of what they follow."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from mailbot.core.suffix import Case, boyut, gun, saat, suffixed, tarih_saat, tarih_uzun

TABLE = [
    (time(15), "15.00'te", "15.00'e", "15.00'in", "15.00'ten"),
    (time(16), "16.00'da", "16.00'ya", "16.00'nın", "16.00'dan"),
    (time(17), "17.00'de", "17.00'ye", "17.00'nin", "17.00'den"),
    (time(9), "09.00'da", "09.00'a", "09.00'un", "09.00'dan"),
    (time(16, 30), "16.30'da", "16.30'a", "16.30'un", "16.30'dan"),
    (time(8, 40), "08.40'ta", "08.40'a", "08.40'ın", "08.40'tan"),
    (date(2026, 11, 23), "23.11.2026'da", "23.11.2026'ya", "23.11.2026'nın", "23.11.2026'dan"),
    ("3 Aralık", "3 Aralık'ta", "3 Aralık'a", "3 Aralık'ın", "3 Aralık'tan"),
    ("Kanal Ev", "Kanal Ev'de", "Kanal Ev'e", "Kanal Ev'in", "Kanal Ev'den"),
    ("Ada Kurgusal", "Ada Kurgusal'da", "Ada Kurgusal'a", "Ada Kurgusal'ın", "Ada Kurgusal'dan"),
    ("Denizli", "Denizli'de", "Denizli'ye", "Denizli'nin", "Denizli'den"),
    ("TRT", "TRT'de", "TRT'ye", "TRT'nin", "TRT'den"),
    ("HSGM", "HSGM'de", "HSGM'ye", "HSGM'nin", "HSGM'den"),
    ("İl Valiliği", "İl Valiliğinde", "İl Valiliğine", "İl Valiliğinin", "İl Valiliğinden"),
    ("Valilik", "Valilikte", "Valiliğe", "Valiliğin", "Valilikten"),
    ("Bakanlık", "Bakanlıkta", "Bakanlığa", "Bakanlığın", "Bakanlıktan"),
    ("Çamlık", "Çamlık'ta", "Çamlık'a", "Çamlık'ın", "Çamlık'tan"),
    ("Çamlık Parkı", "Çamlık Parkı'nda", "Çamlık Parkı'na", "Çamlık Parkı'nın", "Çamlık Parkı'ndan"),
    ("Kent Meydanı", "Kent Meydanı'nda", "Kent Meydanı'na", "Kent Meydanı'nın", "Kent Meydanı'ndan"),
    ("Çal İlkokulu", "Çal İlkokulunda", "Çal İlkokuluna", "Çal İlkokulunun", "Çal İlkokulundan"),
    ("Çal ilçesi", "Çal ilçesinde", "Çal ilçesine", "Çal ilçesinin", "Çal ilçesinden"),
    ("kent meydanı", "kent meydanında", "kent meydanına", "kent meydanının", "kent meydanından"),
    ("saat", "saatte", "saate", "saatin", "saatten"),
    ("yemek", "yemekte", "yemeğe", "yemeğin", "yemekten"),
    ("başlık", "başlıkta", "başlığa", "başlığın", "başlıktan"),
    (1, "1'de", "1'e", "1'in", "1'den"),
    (40, "40'ta", "40'a", "40'ın", "40'tan"),
    (100, "100'de", "100'e", "100'ün", "100'den"),
    (1000, "1000'de", "1000'e", "1000'in", "1000'den"),
    (2_000_000, "2000000'da", "2000000'a", "2000000'un", "2000000'dan"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "at", "to", "of", "out"), TABLE)
def test_each_case_fits_the_value(value: object, at: str, to: str, of: str, out: str) -> None:
    cases = (Case.AT, Case.TO, Case.OF, Case.FROM)
    assert tuple(suffixed(value, case) for case in cases) == (at, to, of, out)


def test_instants_are_written_by_the_clock_of_istanbul() -> None:
    instant = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert tarih_saat(instant) == "24.11.2026, saat 01.30"
    assert saat(instant) == "01.30"
    assert gun(instant) == "Salı"
    assert tarih_uzun(instant) == "24 Kasım 2026"


def test_nothing_stays_nothing() -> None:
    assert [suffixed(None, case) for case in Case] == [""] * len(Case)
    assert tarih_saat(None) == ""


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 bayt"), (412_000, "412 kB"), (999_900, "1,0 MB"), (2_400_000, "2,4 MB")]
)
def test_sizes_are_short(size: int, text: str) -> None:
    assert boyut(size) == text
