"""Which text is the text: one of one source, a question where there are two, and what staff are told."""
# ruff: noqa: E501 - the words of a case stay in one line

from __future__ import annotations

import pytest

from mailbot.core.document import Comment, Examined, Found, Paper, Paragraph, Picture, Spot, Trouble
from mailbot.core.item import Offer
from mailbot.core.letter import Attachment
from mailbot.core.opening import FileRole
from mailbot.core.values import digest_of
from mailbot.reading.captions import captions, photographer
from mailbot.reading.files import role_of
from mailbot.reading.forms import has_identity_number, private_role
from mailbot.reading.papers import (
    BODY,
    change_words,
    choose_text,
    chosen,
    file_notes,
    returned_text,
    split_paper,
)

TITLE = "Ağız ve diş sağlığı taraması başladı"
TEXT = (
    "Denizli’de ilkokul öğrencilerine yönelik ağız ve diş sağlığı taraması Sayın Valimizin katılımıyla başladı. "
    "Taramalar 15 okulda sürecek; 4.200 öğrenciye ulaşılması planlanıyor."
)


def paper(*texts: str, original: tuple[str, ...] | None = None, **more: object) -> Paper:
    accepted = tuple(Paragraph(t) for t in texts)
    before = accepted if original is None else tuple(Paragraph(t) for t in original)
    return Paper("docx", accepted, before, **more)  # type: ignore[arg-type]


def file(name: str, found: Paper | None = None, role: FileRole = FileRole.TEXT, **more: object) -> Found:
    return Found(name, "", digest_of(name.encode()), 1, role, paper=found, **more)  # type: ignore[arg-type]


# -- title and text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "title", "text"),
    [
        ([Paragraph(TITLE), Paragraph(TEXT)], TITLE, TEXT),
        ([Paragraph(TITLE, title=True), Paragraph("Kısa."), Paragraph(TEXT)], TITLE, f"Kısa.\n\n{TEXT}"),
        ([Paragraph("Başlık: " + TITLE), Paragraph("Metin:"), Paragraph(TEXT)], TITLE, TEXT),
        (
            [Paragraph(TITLE.replace("i", "İ").upper()), Paragraph(TEXT)],
            "Ağız ve Diş Sağlığı Taraması Başladı",
            TEXT,
        ),
        (
            [Paragraph("İki satırlık", title=True), Paragraph("başlık", title=True), Paragraph(TEXT)],
            "İki satırlık başlık",
            TEXT,
        ),
        ([Paragraph(TEXT)], "", TEXT),
        ([Paragraph("Bir cümledir."), Paragraph(TEXT)], "", f"Bir cümledir.\n\n{TEXT}"),
        ([Paragraph(TITLE), Paragraph(TEXT, Spot.TABLE), Paragraph("söz", Spot.TEXTBOX)], TITLE, TEXT),
    ],
)
def test_title_and_text_of_a_document(paragraphs: list[Paragraph], title: str, text: str) -> None:
    split = split_paper(paragraphs)
    assert (split.title, split.text, split.titles) == (title, text, ())


def test_the_letterhead_is_no_part_of_the_text() -> None:
    head = ["T.C.", "DENİZLİ VALİLİĞİ", "İl Sağlık Müdürlüğü", "BASIN BÜLTENİ", "23.11.2026"]
    split = split_paper([*(Paragraph(line) for line in head), Paragraph(TITLE), Paragraph(TEXT)])
    assert (split.title, split.text) == (TITLE, TEXT)
    assert split.dropped == tuple(head)


def test_a_document_with_two_titles_is_no_text() -> None:
    two = Paper(
        "docx",
        (Paragraph("Bir", title=True), Paragraph(TEXT), Paragraph("İki", title=True), Paragraph(TEXT)),
        (),
    )
    choice = choose_text(Examined((file("haberler.docx", two),)), None)
    assert (choice.text, choice.offers) == (None, ())
    assert any("birden çok başlık var: “Bir”; “İki”" in note for note in choice.notes)


# -- the choice -----------------------------------------------------------------------------------------------


def test_one_document_is_the_text() -> None:
    choice = choose_text(Examined((file("haber.docx", paper(TITLE, TEXT)),)), None)
    assert choice.text == Offer("haber.docx", TEXT, TITLE)
    assert choice.notes == ("Metin haber.docx dosyasından alındı.",)


def test_the_same_text_twice_is_one_text() -> None:
    files = (file("haber.docx", paper(TITLE, TEXT)), file("haber.pdf", paper(TITLE, TEXT.replace(" ", "\n"))))
    assert choose_text(Examined(files), None).text == Offer("haber.docx", TEXT, TITLE)
    assert choose_text(Examined(files), Offer(BODY, TEXT, "Başka başlık")).text == Offer(
        BODY, TEXT, "Başka başlık"
    )


def test_two_texts_are_asked() -> None:
    choice = choose_text(Examined((file("haber.docx", paper(TITLE, TEXT)),)), Offer(BODY, "Başka bir metin."))
    assert choice.text is None
    assert [o.source for o in choice.offers] == [BODY, "haber.docx"]


def test_a_file_that_is_not_named_as_the_text_is_offered_and_never_taken() -> None:
    examined = Examined((file("belge1.pdf", paper(TITLE, TEXT * 2), role=FileRole.DOCUMENT),))
    choice = choose_text(examined, None)
    assert (choice.text, [o.source for o in choice.offers]) == (None, ["belge1.pdf"])
    named = choose_text(examined, Offer(BODY, TEXT))
    assert named.text == Offer(BODY, TEXT)
    assert "“belge1.pdf” metin olarak alınmadı." in named.notes


def test_open_changes_make_two_texts_to_choose_from() -> None:
    changed = paper(TITLE, TEXT.replace("15", "16"), original=(TITLE, TEXT), changes=2)
    choice = choose_text(Examined((file("haber.docx", changed),)), None)
    assert [o.source for o in choice.offers] == [
        "haber.docx, değişiklikler kabul edilmiş hâli",
        "haber.docx, özgün hâli",
    ]
    assert "“haber.docx” belgesinde 2 izlenen değişiklik var." in choice.notes
    assert "İzlenen değişiklikler: “15” → “16”." in choice.notes


def test_remarks_and_what_stands_beside_the_text_are_told() -> None:
    seen = Paper(
        "docx",
        (Paragraph(TITLE), Paragraph(TEXT), Paragraph("kutu", Spot.TEXTBOX), Paragraph("dip", Spot.NOTE)),
        (),
        comments=(Comment("Emin miyiz?", "Ada Kurgu", "4.200"),),
        signs=("belgenin içinde 1 görsel var (ayrıca ekleyiniz)",),
    )
    choice = choose_text(Examined((file("haber.docx", seen),)), None)
    assert choice.text is not None
    said = "\n".join(choice.notes)
    for words in (
        "1 açıklama var",
        "Ada Kurgu: “Emin miyiz?” (“4.200” için)",
        "metin kutusu metne alınmadı (“kutu”)",
        "dipnot",
        "1 görsel",
    ):
        assert words in said


def test_a_text_in_text_boxes_is_offered() -> None:
    boxed = Paper("docx", (Paragraph(TITLE, Spot.TEXTBOX), Paragraph(TEXT, Spot.TEXTBOX)), ())
    choice = choose_text(Examined((file("haber.docx", boxed),)), None)
    assert choice.text is not None
    assert choice.text.source == "haber.docx, metin kutuları"


def test_a_text_with_an_identity_number_is_not_taken() -> None:
    choice = choose_text(Examined((file("haber.docx", paper(TITLE, TEXT + " 10000000146")),)), None)
    assert (choice.text, choice.offers) == (None, ())
    assert any("T.C. kimlik numarası" in note for note in choice.notes)


def test_changes_in_words() -> None:
    assert change_words("bir iki üç", "bir dört üç beş") == "“iki” → “dört”; eklenen “beş”"
    assert change_words("bir iki", "bir") == "çıkan “iki”"


# -- choosing ---------------------------------------------------------------------------------------------------

TWO = (Offer(BODY, "a"), Offer("haber.docx", "b"))


@pytest.mark.parametrize(
    ("words", "offers", "expected"),
    [
        ("METİN: 2", TWO, TWO[1]),
        ("metin 1\n\nSaygılar", TWO, TWO[0]),
        ("2", TWO, TWO[1]),
        ("Metin: haber.docx", TWO, TWO[1]),
        ("METİN: gövde", TWO, TWO[0]),
        ("KULLAN", TWO[:1], TWO[0]),
        ("Kullanalım.", TWO[:1], TWO[0]),
        ("Tamam.", TWO[:1], None),
        ("evet", TWO[:1], None),
        ("Tamam, bakıyorum", TWO[:1], None),
        ("Kullanmayalım", TWO[:1], None),
        ("Tamam mı?", TWO[:1], None),
        ("Metin: Yeni metin burada.", TWO, None),
        ("NOT: 2", TWO, None),
        ("", TWO, None),
    ],
)
def test_one_word_takes_a_text(words: str, offers: tuple[Offer, ...], expected: Offer | None) -> None:
    assert chosen(words, offers) == expected


@pytest.mark.parametrize(
    ("words", "said"), [("METİN: 3", "3 numaralı"), ("0", "0 numaralı"), ("KULLAN", "hangisi")]
)
def test_a_choice_that_there_is_not_is_answered(words: str, said: str) -> None:
    answer = chosen(words, TWO)
    assert isinstance(answer, str)
    assert said in answer


# -- what comes back ----------------------------------------------------------------------------------------------


def test_a_corrected_document_is_the_text_changed() -> None:
    back = returned_text(Examined((file("haber.docx", paper(TITLE, TEXT.replace("15", "16"))),)), TITLE, TEXT)
    assert back is not None
    assert back.changed
    assert back.offer.text == TEXT.replace("15", "16")


def test_the_same_document_says_nothing() -> None:
    back = returned_text(Examined((file("haber.docx", paper(TITLE, TEXT)),)), TITLE, TEXT)
    assert back is not None
    assert not back.speaks


def test_a_remark_in_the_same_document_speaks() -> None:
    back = returned_text(
        Examined((file("haber.docx", paper(TITLE, TEXT, comments=(Comment("16 olacak"),))),)), TITLE, TEXT
    )
    assert back is not None
    assert (back.changed, back.speaks) == (False, True)


def test_another_paper_is_not_the_text() -> None:
    letter = paper("İlgi: yazınız.", "Konu hakkında bilgi verilmesini rica ederim. Başka bir belge budur.")
    assert returned_text(Examined((file("yazi.docx", letter),)), TITLE, TEXT) is None


# -- photographs and papers that stay -------------------------------------------------------------------------------


def test_captions_by_name_by_number_and_for_all() -> None:
    names = ["tarama-1.jpg", "tarama-2.jpg", "tarama-3.jpg"]
    words = "tarama-1.jpg: Vali okulda\nFoto 2: Diş hekimi muayene ediyor\nFotoğraf altı: Tarama günü\nFoto: 3 adet"
    assert captions(words, names) == {
        "tarama-1.jpg": "Vali okulda",
        "tarama-2.jpg": "Diş hekimi muayene ediyor",
        "tarama-3.jpg": "Tarama günü",
    }


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Fotoğraf: Bora Deneme", "Bora Deneme"),
        ("Fotoğrafları çeken: Ada Kurgu", "Ada Kurgu"),
        ("Fotoğraflar: 3 adet", ""),
        ("Fotoğraf: ekte", ""),
        ("Fotoğraflar Bora’da.", ""),
    ],
)
def test_who_took_the_photographs(words: str, name: str) -> None:
    assert photographer(words) == name


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("kimlik fotokopisi.jpg", FileRole.IDENTITY),
        ("nufus_cuzdani.pdf", FileRole.IDENTITY),
        ("TC kimlik ön yüz.png", FileRole.IDENTITY),
        ("pasaport.jpg", FileRole.IDENTITY),
        ("onam-kimlik.pdf", FileRole.CONSENT),
        ("kurumsal kimlik.png", FileRole.PHOTO),
        ("haber metni.docx", FileRole.TEXT),
        ("tarama1.jpg", FileRole.PHOTO),
    ],
)
def test_papers_that_stay_are_known_by_name(name: str, role: FileRole) -> None:
    assert role_of(Attachment(name, "", 1, digest_of(b"x"), b"x")) is role


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("AÇIK RIZA BEYANI\nAdı soyadı: ......\nİmza", FileRole.CONSENT),
        ("Görüntü kullanım izni\nVelisi olduğum ... T.C. kimlik no: ... beyan ederim.", FileRole.CONSENT),
        ("Kişisel verilerin korunması paneli düzenlendi. Panele 40 kişi katıldı.", None),
        ("Organ bağışında muvafakat konuşuldu.", None),
        ("NÜFUS CÜZDANI 10000000146", FileRole.IDENTITY),
        ("Kimlik kartı başvuruları sürüyor.", None),
    ],
)
def test_papers_that_stay_are_known_by_words(words: str, role: FileRole | None) -> None:
    assert private_role(words) is role


def test_identity_numbers_have_two_check_digits() -> None:
    assert has_identity_number("no 10000000146 dir")
    assert not has_identity_number("no 10000000147 dir")
    assert not has_identity_number("telefon 05551234567")


def test_every_file_is_spoken_of() -> None:
    moved = Picture("image/jpeg", b"x", 100, 50, located=True, altered=True, original_size=(4000, 2000))
    notes = file_notes(
        Examined(
            (
                file("bozuk.jpg", role=FileRole.PHOTO, trouble=Trouble.PICTURE_BROKEN),
                file("onam.pdf", role=FileRole.CONSENT),
                file("film.mp4", role=FileRole.VIDEO),
                file("liste.xlsx", role=FileRole.DOCUMENT),
                file("foto.jpg", role=FileRole.PHOTO, picture=moved),
            )
        )
    )
    assert notes == (
        "“bozuk.jpg” bozuk ya da eksik, açılamadı; fotoğrafı yeniden gönderiniz.",
        "“onam.pdf” bir onam formu; saklandı, hiçbir iletiye eklenmeyecek.",
        "“film.mp4” bir video; onaya ve servise eklenmeyecek.",
        "“liste.xlsx” metin ya da fotoğraf değil; onaya ve servise eklenmeyecek.",
        "1 fotoğraftan çekim konumu silindi, 1 fotoğraf e-posta için küçültüldü. Asılları saklandı.",
    )
