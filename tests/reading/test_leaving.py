"""Wishes to leave a list, in the words people use; a question or a denial is none."""

from __future__ import annotations

import pytest

from mailbot.reading.leaving import ours, wants_out

WISHES = """Bizi listeden çıkarın
listenizden çıkmak istiyoruz
Lütfen e-posta adresimizi dağıtım listenizden çıkarır mısınız
Mail listenizden silinmek istiyorum
Basın listesinden çıkarılmamızı rica ederiz
Aboneliğimizi iptal ediniz
Bir daha bu adrese bülten göndermeyiniz
Artık haber göndermeyin lütfen
Bültenlerinizi almak istemiyoruz
Bu adresi listeden düşünüz
adresimin listenizden kaldırılmasını talep ederim
Unsubscribe
Please remove us from your mailing list
MAİL LİSTENİZDEN ÇIKARIN
mail listenizden cikarin
Gruptan çıkarır mısınız?
Bu e-posta adresini listenizden siler misiniz?
lütfen artık mail atmayın
Lütfen bizi bu listeden çıkartın"""

OTHER = """Haberi yayımladık, teşekkürler
Fotoğrafları tekrar gönderir misiniz?
Bizi listeden çıkarmayın lütfen
Neden listeden çıkarıldık?
Listeden çıkmak istemiyoruz
İkinci cümleyi çıkardık
Haber listesini gönderir misiniz?
Fotoğraf ekte çıkmadı
Bu haberi manşetten çıkaracağız
Lütfen haberi gönderin
Katılımcı listesi ekte çıkmıyor, yeniden gönderin
Bizi yeniden listeye alın"""


@pytest.mark.parametrize("words", WISHES.splitlines())
def test_a_wish_is_seen(words: str) -> None:
    assert wants_out("YNT: Haber", f"Merhaba,\n{words}\nİyi çalışmalar")


@pytest.mark.parametrize("words", OTHER.splitlines())
def test_anything_else_is_none(words: str) -> None:
    assert not wants_out("YNT: Haber", f"Merhaba,\n{words}\nİyi çalışmalar")


def test_our_own_link_writes_a_subject_that_is_known() -> None:
    assert ours("Listeden çıkmak istiyorum (yerel-basin)")
    assert wants_out("LISTEDEN CIKMAK ISTIYORUM", "")
    assert not ours("YNT: Haber listesi")
