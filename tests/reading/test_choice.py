"""Ways on after a refusal: a choice is the whole of the words, or none."""

from __future__ import annotations

import pytest

from mailbot.reading.choice import drops_press, read_choice


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("Siteye koyun yeter", "web"),
        ("WEB", "web"),
        ("Basına vermeyelim.", "web"),
        ("O zaman siteye koyalım.", "web"),
        ("Basına gerek yok, sadece sosyal medyada paylaşalım", "web"),
        ("İPTAL", "iptal"),
        ("Haberden vazgeçelim.", "iptal"),
        ("Yeni sürüm", "taslak"),
        ("Metni düzeltip yeniden gönderin.", "taslak"),
        ("Siteye koyun, ama ikinci paragrafı çıkarın.", None),
        ("Siteye koymayalım", None),
        ("Siteye mi koysak?", None),
        ("Bunu yayınlamayalım.", None),
        ("Uygundur", None),
        ("Bakanlık da uygun görürse siteye koyun", None),
        ("", None),
        ("Sayın arkadaşlar,\n\nSiteye koyun yeter.\n\nİyi çalışmalar\nUzm. Dr. Kaya Örnek", "web"),
        ("Yeni sürüm\n\nSaygılarımla\nKaya Örnek", "taslak"),
        ("Siteye koyun.\nİkinci paragraf çıksın.\nSaygılarımla", None),
    ],
)
def test_a_choice_is_the_whole_of_the_words(words: str, choice: str | None) -> None:
    assert read_choice(words) == choice


@pytest.mark.parametrize(
    ("words", "drops"),
    [
        ("Basına servis edilmesi uygun görülmemiş olup kurumsal web sitesinde yayımlanabilir.", True),
        ("Haberin basına verilmesi uygun görülmemektedir; web sitenizde yer alabilir.", True),
        ("Yalnız web sitenizde yayımlansın.", True),
        ("Basına servis edilmesi uygundur, başlığı kısaltın.", False),
        ("Başlıktaki web adresini düzeltiniz.", False),
        ("Basına servis edilmesi uygun görülmemiştir.", False),
    ],
)
def test_dropping_the_press_is_told_from_wishing_for_another_text(words: str, drops: bool) -> None:
    assert drops_press(words) is drops
