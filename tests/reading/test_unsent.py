"""Words typed into the quote are found; what clients do to a quote leaves nothing behind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.decision import Position
from mailbot.reading.fresh import RECALL, STRUCK, TRUNCATED, TYPED_IN, fresh_text
from mailbot.reading.fresh import fresh as fresh_of
from tests.bench.newwords import CLIENTS
from tests.reading.letters import a_letter

ASKED = (CLIENTS / "request-long.txt").read_text("utf-8")
HEAD = "\n\nKimden: Basın <basin@ism.example>\nGönderildi: 23 Kasım 2026 10:15\nKime: Deniz\nKonu: Haber\n\n"
LINES = [line for line in ASKED.splitlines() if line.strip()]


def _page(quote: str) -> str:
    return f"<p>Uygundur</p><hr><div id='divRplyFwdMsg'><b>From:</b> a</div>{quote}"


@settings(max_examples=200, deadline=None)
@given(width=st.integers(18, 200), quotes=st.sampled_from(['"', "”", "«"]), apostrophe=st.sampled_from("'’`"))
def test_rewrapping_leaves_nothing_behind(width: int, quotes: str, apostrophe: str) -> None:
    rows: list[str] = []
    for line in ASKED.replace('"', quotes).replace("'", apostrophe).splitlines():
        row = ""
        for word in line.split(" "):
            if row and len(row) + len(word) >= width:
                rows.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        rows.append(row)
    reading = fresh_text("Uygundur" + HEAD + "\n".join(rows), (ASKED,))
    assert (reading.text, reading.unsent, reading.position) == ("Uygundur", "", Position.TOP)


@settings(max_examples=200, deadline=None)
@given(
    place=st.integers(1, len(LINES)),
    typed=st.sampled_from(
        ["bu cümle çıkarılsın", "olmaz", "X", "2. fotoğraf değişsin lütfen", "14 olacak", "ben hayır diyorum"]
    ),
    sign=st.sampled_from(["", "> "]),
)
def test_a_line_typed_anywhere_is_found(place: int, typed: str, sign: str) -> None:
    head = HEAD if not sign else "\n\n23.11.2026 10:15 tarihinde Basın <basin@ism.example> yazdı:\n"
    quote = "\n".join(sign + line for line in (*LINES[:place], typed, *LINES[place:]))
    reading = fresh_text("Uygundur" + head + quote, (ASKED,))
    assert typed in reading.unsent
    assert TYPED_IN in reading.why


@pytest.mark.parametrize(
    ("was", "became", "found"),
    [
        ("12 paletli", "14 paletli", "14"),
        ("göreve hazır", "göreve henüz hazır", "henüz"),
        ("Ambargo: yok", "Ambargo: 27.11.2026", "27"),
    ],
)
def test_an_edit_inside_a_sentence_is_found(was: str, became: str, found: str) -> None:
    reading = fresh_text("Uygundur" + HEAD + ASKED.replace(was, became), (ASKED,))
    assert found in reading.unsent


def test_other_peoples_letters_below_are_not_typed_in() -> None:
    chain = HEAD + "Kaç çocuk aşılandı?\n" + HEAD + ASKED
    assert fresh_text("Uygundur" + chain, (ASKED,)).unsent == ""


def test_a_disclaimer_below_the_quote_is_not_typed_in() -> None:
    legal = (
        "\n\nYASAL UYARI: Bu e-posta ve ekleri gizlidir, yalnızca alıcısına özeldir.\n"
        "Yetkisiz kişilerce kullanılamaz.\n"
    )
    assert fresh_text("Uygundur" + HEAD + ASKED + legal, (ASKED,)).unsent == ""


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("<p>metin</p><p><span style='color:red'>bu olmasın</span></p>", "bu olmasın"),
        ("<p>metin <font color='#C00000'>değil</font></p>", "değil"),
        ("<p>metin</p><p>[Deniz]: bu olmasın</p>", "[Deniz]: bu olmasın"),
        ("<p>metin <s>eski söz</s></p>", "eski söz"),
        ("<p>metin</p><p style='background-color:#ff0000'>renkli zemin</p>", ""),
        ("<p><b>[ÇIKTI:</b> <s>eski söz</s><b>]</b></p>", ""),
    ],
)
def test_without_what_was_sent_the_form_gives_it_away(quote: str, found: str) -> None:
    assert fresh_of(a_letter("", html=_page(quote))).unsent == found


def test_struck_words_are_no_new_words_and_are_named() -> None:
    reading = fresh_of(a_letter("", html="<p>Uygun <del>değildir</del></p>"))
    assert (reading.text, reading.aside) == ("Uygun", "değildir")
    assert STRUCK in reading.why


@pytest.mark.parametrize("filler", ["satır\n", "\n", " \n"])
def test_what_is_not_read_is_said(filler: str) -> None:
    assert TRUNCATED in fresh_text("Uygundur\n" + filler * 5_000 + "ama yayınlanmasın").why


def test_long_html_and_long_text_are_said() -> None:
    assert TRUNCATED in fresh_of(a_letter("", html="<p>Uygundur</p>" + "<!-- -->" * 40_000)).why
    assert TRUNCATED in fresh_text("Uygundur\n" + "a" * 200_000).why


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("👍\n\nDeniz Numune Gmail üzerinden tepki verdi", "👍"),
        ("❤️ Deniz reacted to your message:", "❤️"),
        ("👍 uygundur", "👍 uygundur"),
        ("Deniz iletinize tepki verdi. Uygundur.", "Deniz iletinize tepki verdi. Uygundur."),
    ],
)
def test_a_reaction_is_the_bare_symbol(text: str, left: str) -> None:
    assert fresh_text(text).text == left


def test_a_recall_has_no_words() -> None:
    reading = fresh_text('Deniz Numune would like to recall the message, "Haber".')
    assert reading.text == ""
    assert RECALL in reading.why


@pytest.mark.parametrize("word", ["Onaylıyorum", "Uygun değildir", "Düzeltme istiyorum"])
def test_a_word_that_we_ask_for_is_an_answer(word: str) -> None:
    asked = f"Sayın Valim,\n\nOnayınızı arz ederim.\n\n{word}\n\nHaber metni aşağıdadır.\n"
    assert fresh_text(word + HEAD + asked, (asked,)).text == word
