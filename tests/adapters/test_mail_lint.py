"""Each fault that a template can have is found, with its place, in a sentence; our own have none."""
# ruff: noqa: E501 - one fault a row

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.adapters.browser import VIEWS, find_browser, open_browser
from mailbot.adapters.colours import colour_of, contrast, painted
from mailbot.adapters.mail_lint import Rendered, lint
from mailbot.adapters.render import JinjaRenderer, check_templates
from mailbot.adapters.template_check import sample_of
from tests.adapters.test_render import TEMPLATES, UNIT


@pytest.fixture(scope="module")
def good() -> Rendered:
    sample = sample_of(TEMPLATES, "haber-dis-onay")
    return Rendered(
        TEMPLATES, "haber-dis-onay", *JinjaRenderer(TEMPLATES, UNIT).preview(sample.order, sample.now)
    )


def test_our_own_mail_has_no_fault(good: Rendered) -> None:
    assert lint(good) == []


@pytest.mark.parametrize(
    ("field", "old", "new", "place", "words"),
    [
        ("subject", "Haber onayı", "Haber onayı, Sürüm 2", "haber-dis-onay/subject.txt", "yazışma bölünür"),
        ("subject", "Haber onayı", "Haber onayı " + "x" * 200, "haber-dis-onay/subject.txt", "200 harften kısa"),
        ("html", "</table>", "</table>" + "<!-- x -->" * 9000, "haber-dis-onay/body.html", "90 kB sınırını aşıyor"),
        ("html", "color:#57616c;", "color:#b7c1cc;", "haber-dis-onay/body.html", "zor okunuyor: “— Yanıtınızı"),
        ("html", "color:#57616c;", "color:gri;", "haber-dis-onay/body.html", "#rrggbb biçiminde"),
        ("html", "#eceff2 !important; }", "#20252b !important; }", "_layout/mail.html:", "koyu görünümde yazı"),
        ("html", "background-color:#f3f5f8;color:#1c2228;", "background-color:#f3f5f8;", "_parts/blok.html:", "yazı rengi"),
        ("html", "&amp;body=", "&amp;body=" + "x" * 1500, "haber-dis-onay/body.html", "1500 harfi aşan"),
        ("html", "&amp;body=", "&amp;body=evet ", "haber-dis-onay/body.html", "yüzde ile yazılmamış"),
        ("html", "Metin uygunsa", "Metin güzelse", "haber-dis-onay/body.html", "biçimli gövdede eksik: “uygunsa”"),
        ("html", "Metin uygunsa", "Metin güzelse", "haber-dis-onay/body.txt", "düz gövdede eksik: “güzelse”"),
        ("html", "</body>", '<img src="https://x.example/a.png">', "haber-dis-onay/body.html", "resim eklenmiş"),
        ("html", "<table role=\"presentation\"", "<table", "haber-dis-onay/body.html", "ekran okuyucu"),
        ("html", 'lang="tr" ', "", "_layout/mail.html:", "dil belirtilmemiş"),
        ("html", "font-size:14px", "font-size:9px", "haber-dis-onay/body.html", "9 piksel, küçük"),
        ("html", "margin:0 0 16px", "margin:0 auto", "haber-dis-onay/body.html", "Outlook bilmez"),
    ],
)  # fmt: skip
def test_each_fault_is_found_and_placed(
    good: Rendered, field: str, old: str, new: str, place: str, words: str
) -> None:
    before = str(getattr(good, field))
    assert old in before
    found = lint(replace(good, **{field: before.replace(old, new)}))  # type: ignore[arg-type]
    assert any(place in complaint.partition(": ")[0] and words in complaint for complaint in found), found


def test_what_nobody_sees_is_not_compared(good: Rendered) -> None:
    hidden = '<div style="display:none;max-height:0;">gizli önsöz</div>'
    assert lint(replace(good, html=good.html.replace("</body>", hidden + "</body>"))) == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.478),
        ("#ff0000", "#ffffff", 3.998),
        ("#fff", "white", 1.0),
    ],
)
def test_contrast_is_as_wcag_computes_it(one: str, other: str, ratio: float) -> None:
    first, second = colour_of(one), colour_of(other)
    assert first is not None
    assert second is not None
    assert contrast(first, second) == pytest.approx(ratio, abs=0.001)


def test_every_word_is_seen_in_both_schemes(good: Rendered) -> None:
    found = list(painted(good.html))
    day = [p.words for p in found if not p.dark]
    assert day == [p.words for p in found if p.dark]
    assert "ONAY" in day
    assert {p.ground for p in found if p.words == "ONAY"} == {"#1d4f7c", "#2c6ba5"}


def test_a_fault_in_one_template_is_said_of_that_one(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    body = folder / "kapandi" / "body.html"
    body.write_text(
        body.read_text(encoding="utf-8").replace("kaydı kapandı", "defteri dürüldü"), encoding="utf-8"
    )
    found = check_templates(folder, UNIT)
    assert [complaint.partition(": ")[0] for complaint in found] == [
        str(folder / "kapandi" / "body.txt"), str(body),
    ]  # fmt: skip


def titled(title: str) -> str:
    """An ask about an item of this title, as HTML."""
    sample = sample_of(TEMPLATES, "haber-dis-onay")
    item = {**sample.order.values["item"], "title": title}  # type: ignore[dict-item]
    return JinjaRenderer(TEMPLATES, UNIT).preview(replace(sample.order, values={"item": item}), sample.now)[2]


@pytest.mark.servers("chromium")
def test_pictures_are_whole_pages_at_their_width(good: Rendered) -> None:
    program = find_browser()
    assert program is not None
    with open_browser(program) as browser:
        shots = {view.name: browser.picture(good.html, view) for view in VIEWS}
        endless = browser.picture(titled("x" * 90), VIEWS[1])
        broken = browser.picture(f'<div style="width:700px">{"x" * 100}</div>', VIEWS[1])
    sizes = {name: (int.from_bytes(s.png[16:20]), int.from_bytes(s.png[20:24])) for name, s in shots.items()}
    assert {name: width for name, (width, _) in sizes.items()} == {"genis": 800, "dar": 360, "koyu": 800}
    assert sizes["dar"][1] > sizes["genis"][1] >= 600
    assert shots["genis"].png != shots["koyu"].png
    assert endless.content_width == 360
    assert broken.content_width > 360
