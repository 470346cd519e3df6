"""Documents to text: both views, all that stands beside the text, a sentence for what is unreadable."""
# ruff: noqa: E501 - a part of a document is written in one piece

from __future__ import annotations

import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.adapters import made as build
from mailbot.adapters.containers import Unreadable
from mailbot.adapters.examine import examine_file
from mailbot.adapters.papers import read_paper
from mailbot.core.document import TROUBLES, Comment, Found, Paper, Spot, Trouble
from mailbot.core.opening import FileRole

TITLE = "Ağız ve diş sağlığı taraması başladı"
FIRST = "Denizli’de ilkokul öğrencilerine yönelik tarama, İl Müdürlüğünce başlatıldı."
SECOND = "Taramaya 300 öğrenci katıldı; ağrısı olanlar için “acil” kuyruğu açıldı."


def texts(paper: Paper, spot: Spot = Spot.BODY, *, original: bool = False) -> list[str]:
    side = paper.original if original else paper.accepted
    return [p.text for p in side if p.spot is spot]


def trouble(name: str, data: bytes) -> Trouble:
    with pytest.raises(Unreadable) as caught:
        read_paper(name, data)
    return caught.value.trouble


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("haber.docx", build.docx(TITLE, FIRST, SECOND)),
        (
            "haber.odt",
            build.odt(f"<text:h>{TITLE}</text:h><text:p>{FIRST}</text:p><text:p>{SECOND}</text:p>"),
        ),
        ("haber.rtf", build.rtf(TITLE, FIRST, SECOND)),
        ("haber.txt", f"{TITLE}\r\n\r\n{FIRST}\r\n\r\n{SECOND}\r\n".encode()),
        ("haber.txt", f"{TITLE}\n{FIRST}\n{SECOND}\n".encode("cp1254")),
        ("haber.txt", f"{TITLE}\n{FIRST}\n{SECOND}\n".encode("utf-16")),
        ("yanlis-ad.doc", build.docx(TITLE, FIRST, SECOND)),
    ],
    ids=["docx", "odt", "rtf", "utf-8", "windows-1254", "utf-16", "docx-named-doc"],
)
def test_every_kind_gives_the_same_text(name: str, data: bytes) -> None:
    paper = read_paper(name, data)
    assert texts(paper) == [TITLE, FIRST, SECOND]
    assert paper.accepted == paper.original
    assert (paper.changes, paper.comments) == (0, ())


def test_tracked_changes_make_two_texts_and_nobody_writes_a_third() -> None:
    paper = read_paper(
        "haber.docx",
        build.docx(
            build.paragraph("Taramaya ", build.deleted("300"), build.inserted("285"), " öğrenci katıldı."),
            build.paragraph(build.inserted("Yeni paragraf."), mark='<w:ins w:id="9" w:author="E"/>'),
            build.paragraph("Son."),
        ),
    )
    assert texts(paper) == ["Taramaya 285 öğrenci katıldı.", "Yeni paragraf.", "Son."]
    assert texts(paper, original=True) == ["Taramaya 300 öğrenci katıldı.", "Son."]
    assert paper.changes == 4


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    paper = read_paper(
        "haber.docx",
        build.docx(
            build.paragraph("Bir cümle ", mark='<w:del w:id="3" w:author="E"/>'),
            build.paragraph("devam eder."),
        ),
    )
    assert texts(paper) == ["Bir cümle devam eder."]
    assert texts(paper, original=True) == ["Bir cümle", "devam eder."]


def test_moved_words_stand_once_in_each_view() -> None:
    moved = build.inserted("Vali katıldı. ").replace("w:ins", "w:moveTo")
    away = (
        build.deleted(" Vali katıldı.").replace("w:del ", "w:moveFrom ").replace("</w:del>", "</w:moveFrom>")
    )
    paper = read_paper("haber.docx", build.docx(build.paragraph(moved, "Stant açıldı.", away)))
    assert texts(paper) == ["Vali katıldı. Stant açıldı."]
    assert texts(paper, original=True) == ["Stant açıldı. Vali katıldı."]


def test_what_stands_beside_the_text_is_seen_and_not_mixed_in() -> None:
    box = f"<w:txbxContent>{build.paragraph('Kutudaki söz')}</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    paper = read_paper(
        "haber.docx",
        build.docx(
            build.paragraph("Metin", both, '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            build.paragraph(
                build.run("gizli söz", properties="<w:vanish/>"),
                build.run("görünen", properties='<w:vanish w:val="0"/>'),
            ),
            "<w:tbl><w:tr><w:tc>" + build.paragraph("hücre") + "</w:tc></w:tr></w:tbl>",
            "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>",
            more={
                "word/footnotes.xml": build.word_part(
                    "footnotes", f'<w:footnote w:id="2">{build.paragraph("dipnot sözü")}</w:footnote>'
                ),
                "word/header1.xml": build.word_part("hdr", build.paragraph("T.C. DENİZLİ VALİLİĞİ")),
                "word/footer1.xml": build.word_part("ftr", build.paragraph("Sayfa 1")),
            },
        ),
    )
    assert texts(paper) == ["Metin", "görünen"]
    assert texts(paper, Spot.TEXTBOX) == ["Kutudaki söz"]
    assert texts(paper, Spot.NOTE) == ["dipnot sözü"]
    assert texts(paper, Spot.HIDDEN) == ["gizli söz"]
    assert texts(paper, Spot.TABLE) == ["hücre"]
    assert texts(paper, Spot.HEADER) == ["T.C. DENİZLİ VALİLİĞİ"]
    assert texts(paper, Spot.FOOTER) == ["Sayfa 1"]
    assert paper.signs == ("belgenin içinde 1 görsel var (ayrıca ekleyiniz)",)


def test_comments_come_with_their_author_and_the_words_that_they_are_about() -> None:
    paper = read_paper(
        "haber.docx",
        build.docx(
            build.paragraph(
                '<w:commentRangeStart w:id="0"/>', "300 öğrenci", '<w:commentRangeEnd w:id="0"/>', " katıldı."
            ),
            more={
                "word/comments.xml": build.word_part(
                    "comments",
                    f'<w:comment w:id="0" w:author="Ada Kurgu">{build.paragraph("285 değil mi?")}</w:comment>',
                )
            },
        ),
    )
    assert texts(paper) == ["300 öğrenci katıldı."]
    assert paper.comments == (Comment("285 değil mi?", "Ada Kurgu", "300 öğrenci"),)


def test_lists_keep_their_numbers() -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{}'/></w:numPr></w:pPr>{}</w:p>"
    numbering = build.word_part(
        "numbering",
        "<w:abstractNum w:abstractNumId='5'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>",
    )
    paper = read_paper(
        "haber.docx",
        build.docx(
            numbered.format(1, build.run("Pamukkale")),
            numbered.format(1, build.run("Merkezefendi")),
            numbered.format(7, build.run("madde")),
            more={"word/numbering.xml": numbering},
        ),
    )
    assert texts(paper) == ["1. Pamukkale", "2. Merkezefendi", "- madde"]


def test_open_document_keeps_deleted_words_apart() -> None:
    paper = read_paper(
        "haber.odt",
        build.odt(
            "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p>300</text:p></text:deletion>"
            "</text:changed-region><text:changed-region text:id='c2'><text:insertion/></text:changed-region></text:tracked-changes>"
            "<text:p>Taramaya <text:change text:change-id='c1'/><text:change-start text:change-id='c2'/>285"
            "<text:change-end text:change-id='c2'/> öğrenci<office:annotation><dc:creator>Ada Kurgu</dc:creator>"
            "<text:p>Kesin mi?</text:p></office:annotation><text:s text:c='2'/>katıldı.<text:note><text:note-citation>1"
            "</text:note-citation><text:note-body><text:p>dipnot</text:p></text:note-body></text:note></text:p>"
            "<text:p><draw:frame><draw:text-box><text:p>kutu</text:p></draw:text-box></draw:frame></text:p>"
        ),
    )
    assert texts(paper) == ["Taramaya 285 öğrenci  katıldı."]
    assert texts(paper, original=True) == ["Taramaya 300 öğrenci  katıldı."]
    assert paper.changes == 2
    assert paper.comments == (Comment("Kesin mi?", "Ada Kurgu"),)
    assert texts(paper, Spot.NOTE) == ["dipnot"]
    assert texts(paper, Spot.TEXTBOX) == ["kutu"]


def test_remarks_of_a_pdf_are_seen() -> None:
    paper = read_paper(
        "haber.pdf", build.pdf([FIRST], notes=[("Text", "Sayıyı düzeltin"), ("StrikeOut", "")])
    )
    assert [c.words for c in paper.comments] == ["Sayıyı düzeltin", "üstü çizilmiş"]


def test_turkish_letters_of_a_pdf_are_right() -> None:
    assert texts(read_paper("haber.pdf", build.pdf([TITLE, FIRST, SECOND]))) == [TITLE, f"{FIRST} {SECOND}"]


def test_lines_of_a_pdf_become_paragraphs() -> None:
    lines = [
        "Denizli İl Sağlık Müdürlüğü tarafından ilkokul öğrencilerine",
        "yönelik ağız ve diş sağlığı taraması Merkezefendi ilçesinde",
        "başladı.",
        "Taramalar 15 okulda sürecek ve 4.200 öğrenciye ulaşılması bek-",
        "leniyor.",
    ]
    assert texts(read_paper("haber.pdf", build.pdf(lines))) == [
        " ".join(lines[:3]),
        "Taramalar 15 okulda sürecek ve 4.200 öğrenciye ulaşılması bekleniyor.",
    ]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("haber.docx", b"", Trouble.EMPTY),
        ("haber.docx", b"PK\x03\x04 yarim", Trouble.BROKEN),
        ("haber.docx", build.docx(FIRST)[:-200], Trouble.BROKEN),
        ("haber.docx", build.zipped({"_rels/.rels": "<a>", "word/document.xml": "<w"}), Trouble.BROKEN),
        ("haber.docx", b"Bu bir belge degil", Trouble.BROKEN),
        ("haber.docx", build.ole("EncryptedPackage"), Trouble.ENCRYPTED),
        ("haber.doc", build.ole("WordDocument"), Trouble.OLD_WORD),
        ("sunum.doc", build.ole("PowerPoint Document"), Trouble.OLD_OFFICE),
        ("haber.docx", build.entity_bomb(), Trouble.UNSAFE),
        ("haber.docx", build.zipped({"word/document.xml": "<a>" * 500}), Trouble.BOMB),
        ("haber.odt", build.odt("", manifest="<m><encryption-data/></m>"), Trouble.ENCRYPTED),
        ("haber.pdf", build.pdf([], picture=True), Trouble.SCAN),
        ("haber.pdf", b"%PDF-1.7\nyarim", Trouble.BROKEN),
        ("haber.udf", b"\0\1\2\3" * 20, Trouble.UNKNOWN),
        ("haber.rtf", b"{\\rtf1 bir {\\deleted iki} \\revised uc}", Trouble.UNKNOWN),
    ],
)
def test_what_cannot_be_read_has_a_name(name: str, data: bytes, expected: Trouble) -> None:
    assert trouble(name, data) is expected


def test_a_bomb_is_not_unpacked() -> None:
    data = build.bomb()
    assert len(data) < 1_000_000
    assert trouble("haber.docx", data) is Trouble.BOMB


def test_an_encrypted_pdf_is_named() -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(build.pdf([FIRST]))))
    writer.encrypt("parola", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert trouble("haber.pdf", out.getvalue()) is Trouble.ENCRYPTED


def test_every_trouble_says_what_to_do() -> None:
    assert set(TROUBLES) == set(Trouble)
    for sentence in TROUBLES.values():
        assert sentence.endswith(("iniz.", "ınız.", "unuz.", "ünüz."))


# -- archives and attached mails ------------------------------------------------------------------------------


def found(name: str, data: bytes, content_type: str = "application/octet-stream") -> dict[str, Found]:
    return {f.name: f for f in examine_file(name, content_type, data)}


def test_an_archive_is_opened_one_level_deep() -> None:
    inner = build.zipped({"x.docx": build.docx(FIRST)})
    files = found(
        "haber.zip",
        build.zipped(
            {
                "klasor/haber metni.docx": build.docx(TITLE, FIRST),
                "klasor/foto.jpg": build.photo(),
                "onam formu.pdf": build.pdf(["x"]),
                "ic.zip": inner,
                "__MACOSX/._foto.jpg": b"x",
            }
        ),
    )
    assert set(files) == {"haber.zip", "haber metni.docx", "foto.jpg", "onam formu.pdf", "ic.zip"}
    assert texts(files["haber metni.docx"].paper or Paper("", (), ())) == [TITLE, FIRST]
    assert files["foto.jpg"].picture is not None
    assert files["foto.jpg"].data == build.photo()
    assert files["onam formu.pdf"].role is FileRole.CONSENT
    assert files["ic.zip"].trouble is Trouble.ARCHIVE_NESTED
    assert files["ic.zip"].complaint.startswith("“ic.zip (haber.zip içinde)” arşiv içinde arşiv")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (build.zipped({f"{n}.txt": "x" for n in range(61)}), Trouble.ARCHIVE_MANY),
        (build.zipped({"a.bin": b"\0" * 41_000_000}), Trouble.BOMB),
        (b"Rar!\x1a\x07\x01\x00", Trouble.ARCHIVE_OTHER),
        (b"PK\x03\x04", Trouble.BROKEN),
        (b"", Trouble.EMPTY),
    ],
)
def test_an_archive_that_is_not_opened_says_why(data: bytes, expected: Trouble) -> None:
    (only,) = examine_file("dosyalar.zip", "application/zip", data)
    assert only.trouble is expected


def test_turkish_names_of_an_old_archive() -> None:
    data = build.zipped({"ayyy.txt": "x"}, compression=zipfile.ZIP_STORED).replace(
        b"ayyy.txt", "şğı".encode("cp857") + b"y.txt"
    )
    assert "şğıy.txt" in found("a.zip", data)


def test_an_attached_mail_gives_its_words_and_its_files() -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example", "Tarama haberi"
    mail.set_content(f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n")
    mail.add_attachment(build.photo(), maintype="image", subtype="jpeg", filename="foto.jpg")
    files = found("", mail.as_bytes(), "message/rfc822")
    paper = files["ekli ileti: Tarama haberi"].paper
    assert paper is not None
    assert texts(paper) == [TITLE, FIRST, SECOND]
    assert files["foto.jpg"].inside == "ekli ileti: Tarama haberi"
    assert files["foto.jpg"].picture is not None


def test_a_form_is_known_by_its_words() -> None:
    form = build.docx("AYDINLATILMIŞ ONAM FORMU", "Adı Soyadı: ........", "İmza: ........ Tarih: ........")
    (only,) = examine_file("belge1.docx", "", form)
    assert (only.role, only.paper) == (FileRole.CONSENT, None)
    card = build.docx("TÜRKİYE CUMHURİYETİ KİMLİK KARTI", "10000000146")
    (only,) = examine_file("tarama2.docx", "", card)
    assert (only.role, only.paper) == (FileRole.IDENTITY, None)


# -- laws ---------------------------------------------------------------------------------------------------------

_STARTS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.4\n",
        b"{\\rtf1 ",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
    ]
)
_NAMES = st.sampled_from(
    ["a.docx", "a.pdf", "a.odt", "a.rtf", "a.txt", "a.jpg", "a.png", "a.heic", "a.zip", "a.eml", "a", ""]
)


@given(_NAMES, _STARTS, st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_value(name: str, start: bytes, rest: bytes) -> None:
    files = examine_file(name, "", start + rest)
    assert files[0].digest
    assert all(f.trouble is None or f.complaint for f in files)


_GOOD = [
    ("a.docx", build.docx(TITLE, build.paragraph(FIRST, build.inserted("x")))),
    ("a.odt", build.odt(f"<text:p>{FIRST}</text:p>")),
    ("a.pdf", build.pdf([FIRST], notes=[("Text", "not")])),
    ("a.rtf", build.rtf(FIRST)),
    ("a.jpg", build.photo(placed=True)),
]


@given(st.sampled_from(_GOOD), st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_documents_give_a_value(good: tuple[str, bytes], place: int, damage: bytes) -> None:
    name, data = good
    place %= len(data)
    files = examine_file(name, "", data[:place] + damage + data[place + len(damage) :])
    assert len(files) == 1


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80), st.integers(0, 2))
@settings(max_examples=200, deadline=None)
def test_both_views_hold_every_word_that_was_not_changed(words: str, kind: int) -> None:
    change = [build.run, build.inserted, build.deleted][kind](words)
    paper = read_paper("a.docx", build.docx(build.paragraph("önce ", change, " sonra")))
    accepted, original = "".join(texts(paper)), "".join(texts(paper, original=True))
    assert accepted.startswith("önce")
    assert original.endswith("sonra")
    if kind == 1:
        assert original == "önce  sonra"
    if kind == 2:
        assert accepted == "önce  sonra"
