"""The bulletin in the unit's form: the approved text word for word, Turkish letters right."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from mailbot.adapters import bulletin
from mailbot.adapters.bulletin import SAMPLE, check_form, make_form
from mailbot.adapters.papers import read_paper
from mailbot.adapters.report import NoPdf
from mailbot.resources import templates_dir

pytestmark = pytest.mark.servers("pango")

FOLDER = templates_dir() / "_bulten"
LONG = [
    f"Paragraf {n}: Ağız ve diş sağlığı taraması şölenle sürdü; İl Müdürlüğü öğrencilere ışıklı fırça verdi. "
    * 6
    for n in range(12)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The form as a unit may edit it."""
    return Path(shutil.copytree(FOLDER, tmp_path / "_bulten"))


def words_of(values: dict[str, object], ending: str, folder: Path = FOLDER) -> str:
    form = make_form(folder, values)
    assert form.trouble == ""
    (file,) = (f for f in form.files if f.ending == ending)
    return " ".join(" ".join(p.text.split()) for p in read_paper(f"b.{ending}", file.data).accepted)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_bulletin_holds_the_text_with_its_turkish_letters(ending: str) -> None:
    said = words_of(dict(SAMPLE), ending)
    for words in (
        "BASIN BÜLTENİ",
        "ĞÜŞİÖÇ ğüşıöç",
        "& “izlenecek” <dikkatle>",
        "Pamukkale İlkokulu (Fotoğraf: Ada Kurgu)",
    ):
        assert words in said


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_text_over_several_pages_is_whole(ending: str) -> None:
    said = words_of({**SAMPLE, "paragraflar": LONG}, ending)
    for n in range(12):
        assert f"Paragraf {n}:" in said


def test_words_of_the_text_are_no_template() -> None:
    said = words_of({**SAMPLE, "baslik": "{{ kurum }} ve {% x %}"}, "docx")
    assert "{{ kurum }} ve {% x %}" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{% for paragraf in paragraflar %}",
            "{% for paragraf in paragraflar[:1] %}",
            "onaylanan metni olduğu gibi",
        ),
        ("<p>{{ paragraf }}</p>", "<p>{{ paragraf|upper }}</p>", "onaylanan metni olduğu gibi"),
        ("<h1>{{ baslik }}</h1>", "<h1>{{ baslik[:5] }}</h1>", "onaylanan başlığı olduğu gibi"),
        ("{{ tarih }}", "{{ tarihi }}", "işlenemedi"),
        ("{{ tarih }}", "{{ tarih", "işlenemedi"),
    ],
)
def test_a_template_that_alters_the_text_gives_no_bulletin(
    folder: Path, old: str, new: str, said: str
) -> None:
    page = folder / "bulten.html"
    source = page.read_text("utf-8")
    assert old in source
    page.write_text(source.replace(old, new), "utf-8")
    form = make_form(folder, dict(SAMPLE))
    assert [f.ending for f in form.files] == ["docx"]
    assert said in form.trouble


def test_a_word_template_that_leaves_the_text_out_gives_no_bulletin(folder: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(folder / "bulten.docx") as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info).replace(b"{{ paragraf }}", b"bir paragraf"))
    (folder / "bulten.docx").write_bytes(out.getvalue())
    form = make_form(folder, dict(SAMPLE))
    assert [f.ending for f in form.files] == ["pdf"]
    assert "onaylanan metni olduğu gibi" in form.trouble


def test_a_template_fetches_nothing(folder: Path) -> None:
    secret = folder / "gizli.txt"
    secret.write_text("gizli", "utf-8")
    page = folder / "bulten.html"
    page.write_text(
        page.read_text("utf-8").replace("<h1>", f'<img src="file://{secret}" alt=""><h1>'), "utf-8"
    )
    form = make_form(folder, dict(SAMPLE))
    assert {f.ending for f in form.files} == {"docx", "pdf"}


def test_without_pango_a_page_goes_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(html: str) -> bytes:
        raise NoPdf("yok")

    monkeypatch.setattr(bulletin, "pdf_of", missing)
    assert [f.ending for f in make_form(FOLDER, dict(SAMPLE)).files] == ["docx", "html"]
    assert check_form(FOLDER) == (
        [],
        ["PDF yapılamıyor (mailbot[pdf] paketi ya da sistemin Pango kitaplığı yok); HTML gider."],
    )


def test_check_says_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    assert check_form(folder) == ([], [])
    (folder / "bulten.docx").write_bytes(b"bozuk")
    wrong, _ = check_form(folder)
    assert "bulten.docx şablonundan belge yapılamadı" in wrong[0]
    assert "klasörü yok" in check_form(tmp_path / "_yok")[0][0]
