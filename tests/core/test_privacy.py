"""What identifies a patient is found, what a note needs to say is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.privacy import Kind, found_in, is_identity_number


def number(first: int) -> str:
    """The identity number that begins with these nine digits."""
    d = [int(c) for c in str(first)]
    tenth = (7 * sum(d[0:9:2]) - sum(d[1:8:2])) % 10
    return f"{first}{tenth}{(sum(d) + tenth) % 10}"


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_every_identity_number_is_found_however_it_is_spaced(first: int) -> None:
    whole = number(first)
    assert is_identity_number(whole)
    for written in (whole, f"{whole[:3]} {whole[3:6]} {whole[6:9]} {whole[9:]}", f"TC:{whole}'li"):
        (found,) = [f for f in found_in(f"Başvuran {written} olarak kayıtlı.") if f.kind is Kind.IDENTITY]
        assert whole not in found.shown.replace(" ", "")


@given(st.integers(min_value=100_000_000, max_value=999_999_999), st.integers(1, 9))
def test_a_number_with_a_wrong_check_digit_is_none(first: int, off: int) -> None:
    whole = number(first)
    wrong = whole[:10] + str((int(whole[10]) + off) % 10)
    assert not is_identity_number(wrong)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hasta Ayşe Yılmaz acil servise getirildi.", Kind.NAME),
        ("Mehmet Kurgu'nun kalp krizi geçirdiği iddia edilmiştir.", Kind.NAME),
        ("Yaralı Ali ÖRNEK ameliyata alındı.", Kind.NAME),
        ("Hastamız A.Y. (54) entübe edildi.", Kind.INITIALS),
        ("Protokol no: 2026/12345 ile kayıtlıdır.", Kind.FILE),
        ("Hastanın dosya numarası 4455667 olup", Kind.FILE),
        ("Yakınına 0532 000 00 00 numarasından ulaşıldı.", Kind.PHONE),
    ],
)
def test_found(text: str, kind: Kind) -> None:
    assert kind in {f.kind for f in found_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "54 yaşında erkek hasta Gökpınar Eğitim ve Araştırma Hastanesi Acil Servisine getirildi.",
        "Ekip hastayı Beyazkaya 112 Acil Sağlık Hizmetleri İstasyonundan aldı.",
        "Denizli İl Sağlık Müdürlüğü Basın Birimi olayı inceledi.",
        "Hasta Hakları Birimi incelemesi sürmektedir.",
        "Vaka 23 Kasım 2026 Pazartesi günü saat 21.05'te bildirilmiştir; tanı konulmuştur.",
        "Basın toplantısını Dr. Ada Kurgusal yönetti.",
        "Telefon: 0258 000 00 00",
        "",
    ],
)
def test_left_alone(text: str) -> None:
    assert found_in(text) == ()


def test_names_that_the_directory_holds_may_stand() -> None:
    text = "Hasta Çamlık Postası haberinde yer almıştır."
    assert found_in(text) != ()
    assert found_in(text, ["Çamlık Postası"]) == ()
