"""HTML bodies: the words that a browser shows, and no others."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from html import escape
from pathlib import Path

import pytest

from mailbot.reading.mime import parse
from mailbot.reading.page import lines_of
from mailbot.reading.tags import tokens
from tests.servers.ground import program

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ODD = (
    '<p>Uygun <a title="x>y">değildir</a>',
    "<p style='display:none'>ONAY<p>Uygun değildir",
    '<img src="data:image/png;base64,' + "iVBORw0KGgo" * 4_000 + '">Uygun değildir',
    "<title><div>ONAY</div></title>Uygun",
    "<style><!-- p{} </style><body>Uygun değildir",
    "<!--> Uygun <!---> değil <!-- x --!> dir",
    "<!-- a -- b --> Uygun <![endif]--> değil",
    "<![if !mso]>Uygun<![endif]> değil",
    "<div style='display:none'/>ONAY</div>Uygun",
    "<ul><li>bir<li style='display:none'>iki<li>üç</ul>",
    "<table><tr><td style=display:none>ONAY<td>Uygun<tr><td>değil</table>",
    "<b><div>Uygun</b> değil</div> dir",
    "a < b ve c <3 > d",
    "<a b='>ONAY</a>Uygun",
    "<p x=y'>Uygun</p>değil",
    '<span title="a<b">Uygun</span>',
    "<script>document.write('<b>ONAY</b>')</script>Uygun",
    "<div>Uygun</p>değil</div>dir",
    "<dl><dt>Konu<dd style='visibility:hidden'>ONAY<dd>Uygun</dl>",
    "Uygun<wbr>dur &amp; &lt;b&gt; &#305; &ccedil;&#x15F;",
    "<pre>bir\niki\n\nüç</pre>",
    "<textarea>ONAY</textarea>Uygun",
    "<div hidden>ONAY</div><div>Uygun</div>",
    "<span><div style='display:none'>ONAY</span>OLUR</div>Uygun",
    "<font><p style='display:none'>ONAY</font>OLUR</p>Uygun",
)


def shown(page: str) -> str:
    return " ".join(line.text for line in lines_of(page) if line.text)


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<pre>bir\niki</pre>üç", ["bir", "iki", "üç"]),
        ("<div style='white-space: pre-wrap'>bir\niki</div>", ["bir", "iki"]),
        ("<div>bir\niki</div>", ["bir iki"]),
        ("<p>bir<p>iki", ["bir", "iki"]),
        ("<ul><li>bir<li>iki</ul>", ["bir", "iki"]),
        ("<table><tr><td>Kimden:<td>Ali<tr><td>Kime:<td>Veli</table>", ["Kimden: Ali", "Kime: Veli"]),
        ("bir<br/>iki</br>üç", ["bir", "iki", "üç"]),
    ],
)
def test_lines(page: str, lines: list[str]) -> None:
    assert [line.text for line in lines_of(page) if line.text] == lines


def test_a_quote_ends_where_it_ends() -> None:
    page = "<blockquote><font><div>ONAY</font></div>OLUR</blockquote><p>Uygun değildir"
    assert [(line.text, line.quoted) for line in lines_of(page) if line.text] == [
        ("ONAY", True),
        ("OLUR", True),
        ("Uygun değildir", False),
    ]


@pytest.mark.parametrize("page", ODD, ids=lambda page: page[:24])
def test_no_hidden_word_is_read(page: str) -> None:
    assert "ONAY" not in shown(page)
    assert "Uygun" in shown(page) or "ygun" not in page or page.startswith("<a b='")


def test_every_character_is_text_or_markup() -> None:
    page = "".join(ODD[:2]) + "<div>son</div>"
    assert "".join(text for kind, text, _ in tokens(page) if kind == "text").endswith("son")


READ_APART = ("<s>", "<strike", "line-through", " alt=", "mso-hide", "font-size:0")
"""What the reader knows better: struck words, symbols as pictures, what Outlook or no size hides."""
SCRIPT = """<!doctype html><meta charset=utf-8><body><script>
const pages = JSON.parse(document.getElementById ? PAGES : "[]");
Promise.all(pages.map(page => new Promise(done => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.onload = () => done(frame.contentDocument.body.innerText);
  frame.srcdoc = page;
  document.body.append(frame);
}))).then(texts => {
  document.body.textContent = "";
  const out = document.createElement("pre");
  out.id = "out";
  out.textContent = encodeURIComponent(JSON.stringify(texts));
  document.body.append(out);
});
</script>"""


def _in_browser(pages: list[str], folder: Path) -> list[str]:
    from urllib.parse import unquote

    file = folder / "pages.html"
    data = json.dumps(json.dumps(pages)).replace("</", "<\\/").replace("<!--", "<\\!--")
    file.write_text(SCRIPT.replace("PAGES", data), "utf-8")
    chromium = program("chromium") or program("chromium-browser")
    assert chromium is not None
    said = subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000",
            f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri(),
        ],
        capture_output=True, check=True, timeout=100,
    ).stdout.decode()  # fmt: skip
    _, _, rest = said.partition('<pre id="out">')
    texts: list[str] = json.loads(unquote(rest.partition("</pre>")[0]))
    return texts


@pytest.mark.servers("chromium")
def test_the_words_are_those_that_a_browser_shows(tmp_path: Path) -> None:
    mails = sorted(CORPUS.glob("*/*.eml"))
    pages = [page for mail in mails if (page := parse(mail.read_bytes()).html)]
    pages = [page for page in pages if not any(mark in page for mark in READ_APART)]
    pages += [page for page in ODD if "textarea" not in page]
    different = []
    for page, there in zip(pages, _in_browser(pages, tmp_path), strict=True):
        here = Counter("".join(shown(page).split()))
        if here != Counter("".join(there.split())):
            different.append((escape(page[:200]), shown(page)[:300], there[:300]))
    assert different == []
