"""Classes of language that the words of an approval can say without approving, each with its twins."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mailbot.core.decision import Decision
from mailbot.reading.fresh import fresh_text
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.verdict import decide

ROOT = Path(__file__).resolve().parents[2]

NO_APPROVAL = {
    "a hope in place of a decision": (
        "Uygun olur inşallah", "Tabii olur inşallah", "Sakınca yok inşallah", "İnşallah uygun görülmüştür",
        "İnşallah tamamdır", "İNŞALLAH OLUR", "Olur hayırlısıyla",
    ),
    "another text, or one of several": (
        "Başka haber yayınlansın", "Diğer bülten uygundur", "Eski metin uygundur", "İlk bülten yayınlansın",
        "Önceki metni yayınlayın", "Kısa metin uygundur", "Onaylı metin yayınlansın",
        "İkinci haber uygundur",
    ),
    "some text, not the text": (
        "Bir metin yayınlansın", "Bir haber yayınlayın", "Bir duyuru yapabilirsiniz",
        "Birkaç haber yayınlayın",
        "Bir bülten uygundur", "Bir haber paylaşılabilir",
    ),
    "taken down": (
        "Basından alınsın", "Siteden kaldırılması uygundur", "Yayından çıkması uygundur",
        "Sayfadan alınması uygundur", "Gazetelerden çıkması uygundur", "Bültenden alınması uygundur",
    ),
    "only a part": (
        "Başlık uygundur", "Rakamlar onaylandı", "Görsel tamam", "Fotoğraflar uygundur", "İsimler tamam",
        "Spot tamam", "Logo uygun",
    ),
    "approved by somebody else": (
        "Hemşire tarafından onaylandı", "Birim sorumlusunun onayı vardır", "Onayı var",
        "Uzmanlarca uygun görülmüştür",
        "Ahmet Bey tarafından onaylandı", "Ayşe Hanım'ın onayı var", "Basın danışmanının onayı var",
    ),
    "your approval, not mine": (
        "Onaylarınız alındı", "Onayınız vardır", "Onayınız verilmiştir", "Onayınız için teşekkür ederim",
        "Onay için çok teşekkürler", "Onayınız tamamdır",
    ),
    "yes, I have seen it": (
        "Evet, okudum", "Tamam, inceledim", "Ok gördüm", "Olur baktım", "Tamam inceledik teşekkürler",
        "Evet inceledim",
    ),
    "a channel under a name": (
        "Onay\nAyşe\nMail", "Uygundur\nVeli Deneme\nWeb", "Onaylıyorum\nAhmet\nweb mail",
        "Olur\nEmre\nSite",
        "Onaylıyorum\n\nZehra Örnek\nWeb", "Tamam\nAli\nEposta",
    ),
    "a hanging but": (
        "Onaylıyorum da", "Evet de", "Uygundur da...", "Tamam da.", "Metin uygun da", "Yayınlayalım da",
    ),
    "an empty field": (
        "Onay:", "Onay: .....", "Uygundur: -", "[ ] Onay", "( ) Uygundur", "Onay: …", "ONAY ..............",
    ),
    "shared with whom": (
        "Metni paylaşın", "Taslağı paylaşın", "Programı paylaşın", "Metin paylaşın", "Videoyu paylaşın",
        "Dosyayı paylaşın",
    ),
    "sent to whom": (
        "Taslağı gönderin", "Videoyu gönderin", "Haberi yollayın", "Bülteni iletin", "Afiş gönderin",
        "Röportajı gönderin",
    ),
    "a question typed like a title": (
        "Uygun mudur", "Olur mudur", "Tamam mudur", "Bu haber uygun mudur", "Onay mudur", "Makul mudur",
    ),
    "left to somebody else": (
        "Vali tamam", "Başhekim yayınlasın", "Müdür yayınlasın", "Sekreter tamam", "Valilik yayınlasın",
        "Şube paylaşsın", "Onay alındı",
    ),
    "an order inside": (
        "Yazın, uygundur", "Yazın tamam", "Bildirin uygundur", "Söylesin tamam", "Yazın onay",
        "Konun uygundur",
    ),
    "a day that may be that of publishing": (
        "Yayınlansın. 25.11.2026", "Yayınlayın.\n25.11.2026", "Paylaşılabilir.\n26.11.2026",
        "Basına gönderin. 25.11.2026",
        "Gönderin.\n25.11.2026", "Uygundur 25.11.2026",
    ),
    "an objection half denied": (
        "Sakıncası bulmuyorum", "Sakıncasığ bulmuyorum", "sakıncası zbulmuyorum", "Sakıncasz bulmuyorum",
        "Sakıncasnız bulmuyorum", "Sakıncasıp bulmuyorum",
    ),
    "a slip between yes and no": ("RvET", "rvet", "thmm", "evt değil", "hayr", "olmz"),
    "one slip over a space": (
        "Sakıncası yoks ayayınlayın", "Sakınca yoks aonaylıyorum", "uygunsay ayınlayın", "Onayını zvar",
        "Onaylarsamy ayınlayın", "uygund eğildir",
    ),
    "better than this": (
        "Onaylıyorum. Daha net.", "Uygundur. Daha güzel.", "Olur. Daha iyi.", "Onay. Daha anlaşılır.",
        "Uygundur, daha kısa.",
        "Tamam. Daha açık.",
    ),
    "own words about writing": (
        "Uygundur.\nDoktor soyadını yanlış yazmış\nDüzeltin", "Onay\nKim yazdı:\nbu kısım çıksın",
        "Olur\nGazete 2026'da yazdı\nçıkarın",
        "Onaylıyorum\nFrom\nsadece web", "Uygundur\nKimden: bilinmiyor, silinsin", "Onay\n| web için",
    ),
    "behind the last word read": (
        "Olur" + " ." * 500 + " yayınlamayın", "Onay" + " 👍" * 500 + " ret", "uygundur " * 450 + "değildir",
        "Evet" + " -" * 600 + " fotoğrafı çıkarın", "Onay" + "\n" * 500 + "başlık değişsin",
        "Tamam" + " ," * 500 + " hayır",
    ),
    "letters of other alphabets": (
        "Uуgundur", "Onaylıyоrum", "Таmam", "evеt", "ΟNAY", "yayınlаyın",
    ),
}  # fmt: skip

APPROVALS = (
    "Onaylıyorum, hayırlısı olsun inşallah.",
    "Başka bir sakınca yok", "Güzel bir haber olmuş, onaylıyorum", "Uygundur, Valilik onayına sunulsun.",
    "Sayın Valimiz tarafından uygun görülmüştür", "Genel Müdürlüğümüzce uygun görülmüştür",
    "Onayı verilmiştir",
    "Okudum, tamam", "Evet, gördüm, uygundur", "Bence de uygundur", "Benden de onay", "Onay: Evet",
    "Onay...",
    "Onay\nMehmet Kaya\nİl Sağlık Müdürü\nTel: 0258 000 00 00", "Haberi basına gönderin", "Haberi paylaşın",
    "Onaylıyorum. Daha güzel olmuş.", "Olur, devam edin", "OLUR. 25.11.2026",
    "UYGUNDUR\n25.11.2026\nDr. Deniz Numune",
    "***ONAY***",
    "Uygundur :)", "Onaylıyorum\n\n\n\n\nİyi çalışmalar",
)  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in NO_APPROVAL.items() for t in texts])
def test_it_is_no_approval(kind: str, text: str, lexicon: Lexicon) -> None:
    verdict = decide(text, lexicon)
    assert verdict.decision is not Decision.APPROVE, kind
    assert verdict.why[0].meaning


@pytest.mark.parametrize("text", APPROVALS)
def test_its_twin_is_an_approval(text: str, lexicon: Lexicon) -> None:
    assert decide(text, lexicon).decision is Decision.APPROVE


def test_the_whole_of_a_long_disclaimer_is_looked_through(lexicon: Lexicon) -> None:
    disclaimer = "Bu e-posta ve ekleri gizlidir, alıcısı değilseniz siliniz ve gönderene bildiriniz.\n" * 12
    aside = disclaimer + "Not: 2. fotoğrafı çıkarın."
    assert decide("Onaylıyorum.", lexicon, aside=aside).decision is not Decision.APPROVE
    assert decide("Onaylıyorum.", lexicon, aside="." * 9_000).decision is Decision.UNCLEAR


@pytest.mark.parametrize("name", ["Ada", "Eda", "Seda", "Musa", "Ece", "Hamza", "Rıza", "İsa", "Sena"])
def test_a_name_is_no_condition(name: str, lexicon: Lexicon) -> None:
    for text in (
        f"Uygundur.\n\nDr. {name} Kurgu\nBasın Müşaviri",
        f"Uygundur. {name} Hanım'a selamlar.",
        f"Uygundur {name} Bey",
    ):
        assert decide(text, lexicon).decision is Decision.APPROVE, text
    aside = f"Dr. {name} Kurgu\nBasın Müşaviri"
    assert decide("Uygundur.", lexicon, aside=aside).decision is Decision.APPROVE


@pytest.mark.parametrize(
    ("notice", "approves"),
    [
        ("Bu e-posta kişiye özeldir ve gizlidir.", True),
        ("Çevrenizi korumak için gerekmedikçe bu e-postayı yazdırmayınız.", True),
        ("Doğamızı korumak için gerekmedikçe bu e-postayı yazdırmayınız.", True),
        ("Bu mesaj gizli, yayınlamayın kişiye özel", False),
        ("Bu mesaj gizlidir, kişiye özeldir, lütfen bunu kesinlikle yayınlamayın", False),
        ("Bu haber gizlidir ve kişiye özeldir.", False),
    ],
)
def test_a_notice_of_the_mail_is_none_of_the_text(notice: str, approves: bool, lexicon: Lexicon) -> None:
    words = fresh_text(f"Uygundur.\n\n{notice}")
    verdict = decide(words.text, lexicon, aside=words.aside)
    assert (verdict.decision is Decision.APPROVE) is approves
