"""A department's draft is taken without what was written around it; a remark is no draft."""

from __future__ import annotations

from datetime import datetime

import pytest

from mailbot.core.rules import FieldRule, FieldType
from mailbot.core.worktime import ISTANBUL, WorkCalendar
from mailbot.reading.draft import draft_in
from mailbot.reading.labels import label_lines, read_labels

NOTE = (
    "Konu: Acilde bekleme iddiası\nOlayın özeti: Hasta 21.10'da başvurmuştur.\nSonuç: Denetim tamamlanmıştır."
)


@pytest.mark.parametrize(
    "words",
    [
        NOTE,
        f"Sayın yetkili, bilgi notu aşağıdadır.\n\n{NOTE}\n\nBilgilerinize arz ederim.",
        f"Merhaba,\nBilgi notu taslağı:\n{NOTE}\nSaygılarımla",
        f"BİLGİ NOTU\n{NOTE}",
    ],
)
def test_the_draft_alone(words: str) -> None:
    assert draft_in(words) == NOTE


def test_plain_prose_counts_where_it_is_long() -> None:
    prose = "Söz konusu haberde yer alan iddialar incelenmiş olup " + "ekip zamanında ulaşmıştır, " * 6
    assert draft_in(f"Sayın yetkili,\n\n{prose.strip()}\n\nSaygılarımızla") == prose.strip()


@pytest.mark.parametrize(
    "words", ["", "Tamam.", "Hazırlıyoruz, 16.00'ya kadar iletiriz.", "Süre uzatılabilir mi?", "Alındı."]
)
def test_a_remark_is_no_draft(words: str) -> None:
    assert draft_in(words) is None


FIELDS = (
    FieldRule("deadline", "son saat", FieldType.TIME, words=("son saat", "süre")),
    FieldRule("live", "yayın", FieldType.CHOICE, False, ("live", "recorded"), ("canlı", "bant"), ("yayın",)),
    FieldRule("place", "yer", FieldType.LINE, words=("yer",)),
    FieldRule("why", "gerekçe", FieldType.TEXT, words=("gerekçe",)),
    FieldRule("silent", "yazılmaz", FieldType.LINE),
)  # fmt: skip
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ISTANBUL)


def test_label_lines_give_fields() -> None:
    words = "Son saat: 24.11.2026 16.30\nYAYIN: Bant kayıt\nyer = Gökpınar EAH\nGerekçe: kısa\nuzun\n\nson"
    assert read_labels(words, FIELDS, NOW, WorkCalendar()) == {
        "deadline": datetime(2026, 11, 24, 16, 30, tzinfo=ISTANBUL),
        "live": "recorded",
        "place": "Gökpınar EAH",
        "why": "kısa\nuzun",
    }


def test_a_value_that_does_not_fit_is_left_out_and_its_line_is_known() -> None:
    words = "Son saat: yakında\nYayın: belki\nyazılmaz: x"
    assert read_labels(words, FIELDS, NOW, WorkCalendar()) == {}
    assert label_lines(words, FIELDS) == ("Son saat: yakında", "Yayın: belki")
