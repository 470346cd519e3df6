"""What staff mails open: fields over the corpus, and the rules that must hold for any mail."""
# ruff: noqa: E501 - the words of a mail stay in one line

from __future__ import annotations

import pytest

from mailbot.core.opening import FileRole, Opening, Process
from mailbot.reading.destination import destination_in
from mailbot.reading.opening import read_opening
from tests.reading import scoring
from tests.reading.letters import a_letter, samples, the_calendar, the_directory


def opened(
    body: str, subject: str = "Haber onayı: Aşı standı", files: tuple[str, ...] = (), quoted: str = ""
) -> tuple[Opening, ...]:
    letter = a_letter(body, subject=subject, files=files)
    return read_opening(letter, body, directory=the_directory(), calendar=the_calendar(), quoted=quoted)


def one(body: str, subject: str = "Haber onayı: Aşı standı", files: tuple[str, ...] = ()) -> Opening:
    (opening,) = opened(body, subject, files)
    return opening


@pytest.mark.parametrize(
    ("file", "part"), [("unit.jsonl", "all"), ("hands.jsonl", "read"), ("hands.jsonl", "unread")]
)
def test_at_least_95_of_100_fields_are_right(file: str, part: str) -> None:
    score = scoring.openings(file, part)
    assert score.share >= 0.95, score.wrong


@pytest.mark.parametrize(
    "sample",
    [s for s in samples("openings/unit.jsonl") if s.expect.get("opens") is False],
    ids=lambda s: s.id,
)
def test_mails_that_must_not_open(sample: object) -> None:
    assert scoring._opening_fields(sample)["opens"] is False  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["Stant açıldı.", "Denizli’de aşı standı açıldı. Standa 120 kişi geldi.", ""]
)
@pytest.mark.parametrize("note", ["Haber metni aşağıdadır.", "Aşağıdaki haber sadece web içindir.", ""])
def test_the_label_above_the_text_is_no_part_of_it(note: str, text: str) -> None:
    body = f"Sayın Müdürüm,\n\n{note}\n\nBaşlık: Aşı standı\n\nMetin:\n{text}"
    assert one(body).text == (text or None)


def test_items_with_titles_of_their_own_are_several() -> None:
    first, second = opened(
        "Haberler aşağıdadır, sadece web.\n\nBaşlık: Aşı standı\nMetin:\nAşı standı kuruldu.\n\n"
        "Başlık: Kan bağışı\n\nKan bağışı yapıldı."
    )
    assert (first.title, first.text, first.to_press) == ("Aşı standı", "Aşı standı kuruldu.", False)
    assert (second.title, second.text, second.to_press) == ("Kan bağışı", "Kan bağışı yapıldı.", False)


@pytest.mark.parametrize(
    "told",
    ["Toplantıda aşı kampanyası ele alındı.", "Yürüyüş yağmur nedeniyle ertelendi, yeni tarih duyurulacak."],
)
def test_what_a_news_text_tells_is_no_order(told: str) -> None:
    body = "Sayın Müdürüm,\n\nHaber metni aşağıdadır.\n\nBaşlık: Aşı standı\n\nMetin:\n"
    assert one(f"{body}Denizli’de aşı standı kuruldu. {told}").process is Process.NEWS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Basına servis edilecektir.", True),
        ("yerel basına ve ajanslara gidecek", True),
        ("Basınla da paylaşılacak", True),
        ("sadece web sitesi ve sosyal medyada paylaşacağız", False),
        ("içeriktir, basına gerek yok", False),
        ("basına gönderilmeyecek, sitemizde yayımlanacak", False),
        ("siteye koyalım", False),
        ("yalnızca sitemizde", False),
        ("basın dağıtımı yok", False),
        ("basina gonderelim mi siteye koyup gecelim mi siz karar verin", None),
        ("uygun görülürse basına", None),
        ("sadece web'de yayınlayalım, ardından yerel basına servis edilecek", None),
        ("Haber ektedir, onayınıza arz ederim.", None),
        ("basına yansıyan haberler", None),
    ],
)
def test_the_destination_is_read_and_never_guessed(words: str, expected: bool | None) -> None:
    assert destination_in(words) is expected


def test_the_text_is_told_apart_from_the_covering_note() -> None:
    opening = one(
        "Sayın Müdürüm,\nMetin aşağıdadır, basına servis edilecektir.\n\nERİŞKİN AŞI STANDI AÇILDI\n"
        "İl Sağlık Müdürlüğü ekipleri pazaryerinde stant açtı.\n\nVatandaşlar bilgilendirildi.\n\n"
        "Tarih: 21.11.2026\nYer: Çamlık Pazaryeri\nİlgili Başkanlık: Halk Sağlığı Hizmetleri Başkanlığı\n\nSaygılarımla\nEce Taslak"
    )
    assert (
        opening.text
        == "İl Sağlık Müdürlüğü ekipleri pazaryerinde stant açtı.\n\nVatandaşlar bilgilendirildi."
    )
    assert opening.title == "Erişkin Aşı Standı Açıldı"
    assert opening.place == "Çamlık Pazaryeri"
    assert (opening.department, opening.department_said) == ("halk-sagligi", True)


def test_words_of_the_text_do_not_decide_its_destination() -> None:
    opening = one(
        "Metin aşağıdadır.\n\nBAŞLIK SATIRI BURADA\nBu haber sadece web sitesinde yer alan bilgileri basına anlatıyor ve uzunca sürüyor."
    )
    assert opening.to_press is None


def test_attachments_get_their_roles() -> None:
    opening = one(
        "Haber ektedir, basına.",
        files=(
            "haber.docx",
            "1.jpg",
            "IMG.HEIC",
            "onam_formu.pdf",
            "foto.zip",
            "talep.pdf",
            "video.mp4",
            "logo.ai",
        ),
    )
    assert [f.role for f in opening.files] == [
        FileRole.TEXT, FileRole.PHOTO, FileRole.PHOTO, FileRole.CONSENT, FileRole.ARCHIVE, FileRole.DOCUMENT, FileRole.VIDEO, FileRole.OTHER,
    ]  # fmt: skip


def test_what_is_missing_is_said_in_turkish() -> None:
    assert one("Haberi sunuyorum, onayınıza arz ederim.").missing == (
        "haber metni",
        "yayın yeri (basın mı, yalnız web ve sosyal medya mı)",
        "etkinlik tarihi",
        "etkinlik yeri",
        "fotoğraf",
    )


def test_an_interview_without_the_heads_signature_lacks_it() -> None:
    opening = one(
        "Laodik Radyo önümüzdeki salı sabah 9 gibi telefonla bağlanıp diş sağlığı konuşmak istiyor, Dt. Deniz Numune uygun.",
        "röportaj talebi",
    )
    assert opening.process is Process.INTERVIEW
    assert "ilgili başkanın imzası" in opening.missing
    assert opening.guest == "Dt. Deniz Numune"


def test_a_mail_with_numbered_items_opens_each_with_its_files() -> None:
    items = opened(
        "Müdürüm iki haberimiz var:\n1) Sigara bırakma polikliniği (basına)\n2) Teşekkür belgesi töreni (sadece sosyal medya)",
        "2 haber birden",
        ("1_sigara.docx", "1_foto.jpg", "2_tesekkur.docx"),
    )
    assert [(i.title, i.to_press, [f.name for f in i.files]) for i in items] == [
        ("Sigara bırakma polikliniği", True, ["1_sigara.docx", "1_foto.jpg"]),
        ("Teşekkür belgesi töreni", False, ["2_tesekkur.docx"]),
    ]


def test_the_general_directorate_that_is_named() -> None:
    opening = one(
        "Organ bağışı haberi ekte, yerel basına gidecek; Bakanlık, Sağlık Hizmetleri Genel Müdürlüğü ve Valiliğe sunulacaktır."
    )
    assert opening.gm == "shgm"


def test_a_fire_that_is_urgent_is_a_crisis() -> None:
    assert one(
        "ACİL: Gökpınar EAH'deki yangınla ilgili basın açıklaması taslağı ektedir.",
        "Acil basın açıklaması - yangın",
    ).crisis


def test_a_passed_on_mail_gives_its_text_from_below() -> None:
    body = (
        "SAĞLIKLI YAŞAM YÜRÜYÜŞÜ YAPILDI\n"
        + "Vatandaşlar parkurda bir araya geldi ve ekiplerimiz bilgi verdi. " * 4
    )
    (opening,) = opened("Müdürüm haber metni aşağıda, basına.", "İLT: haber", quoted=body)
    assert opening.title == "Sağlıklı Yaşam Yürüyüşü Yapıldı"
    assert opening.text is not None
    assert opening.text.startswith("Vatandaşlar parkurda")
