"""What a reply decides once everything beside its new words is weighed: no doubt ever approves."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.template_check import sample_of, template_names
from mailbot.app.ask import decide_text
from mailbot.core.decision import Decision, Position
from mailbot.core.letter import Letter
from mailbot.core.rules import Unit
from mailbot.core.values import Address
from mailbot.reading.answer import read_decision
from mailbot.reading.fresh import alternatives, fresh_text
from mailbot.reading.lexicon import Lexicon
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import load_lexicon
from tests.bench.newwords import CLIENTS
from tests.reading.letters import a_letter

ASKED = (CLIENTS / "request-long.txt").read_text("utf-8")
HEAD = "\n\nKimden: Basın <basin@ism.example>\nGönderildi: 23 Kasım 2026 10:15\nKime: Deniz\nKonu: Haber\n\n"
UNIT = Unit(
    "DNZ", "Basın Birimi", "Denizli İl Sağlık Müdürlüğü", "0258 000 00 00", Address("basin@ism.example")
)
NAMES = template_names(templates_dir())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(rules_dir())


@pytest.fixture(scope="module")
def renderer() -> JinjaRenderer:
    return JinjaRenderer(templates_dir(), UNIT)


def decided(lexicon: Lexicon, letter: Letter, sent: tuple[str, ...] = (ASKED,)) -> Decision:
    return read_decision(lexicon, letter, alternatives(letter, sent)).decision


def test_an_approval_above_a_clean_quote_approves(lexicon: Lexicon) -> None:
    assert decided(lexicon, a_letter("Uygundur." + HEAD + ASKED)) is Decision.APPROVE


@pytest.mark.parametrize(
    ("typed", "decision"),
    [
        ("bu cümle çıkarılsın", Decision.REVISE),
        ("yayınlanmasın", Decision.REJECT),
        ("14", Decision.UNCLEAR),
        ("xyz", Decision.UNCLEAR),
    ],
)
def test_words_typed_into_the_quote_veto(lexicon: Lexicon, typed: str, decision: Decision) -> None:
    quote = ASKED.replace("görev başında. ", f"görev başında. {typed} ")
    letter = a_letter("Uygundur." + HEAD + quote)
    assert decided(lexicon, letter) is decision


def test_words_typed_into_the_quote_alone_are_asked_about(lexicon: Lexicon) -> None:
    letter = a_letter(HEAD + ASKED + "\nUygundur, teşekkürler.")
    assert decided(lexicon, letter) is Decision.UNCLEAR


def test_a_red_remark_vetoes_where_nothing_is_known_of_what_was_sent(lexicon: Lexicon) -> None:
    red = "<p style='color:red'>tarih yanlış</p>"
    page = f"<p>Uygundur</p><div id='divRplyFwdMsg'><b>From:</b> a</div><p>metin</p>{red}"
    assert decided(lexicon, a_letter("", html=page), ()) is not Decision.APPROVE


@pytest.mark.parametrize("below", ["satır\n" * 2_000, "<>" * 101_000])
def test_what_was_not_read_to_its_end_is_asked_about(lexicon: Lexicon, below: str) -> None:
    assert decided(lexicon, a_letter("Uygundur." + HEAD + below)) is Decision.UNCLEAR


def test_the_command_decides_no_better_than_it_has_read(lexicon: Lexicon) -> None:
    assert decide_text("Uygundur." + HEAD + ASKED, lexicon).decision is Decision.APPROVE
    assert decide_text("Uygundur." + HEAD + "metin\n[Deniz]: xyz\n", lexicon).decision is Decision.UNCLEAR
    assert decide_text("Uygundur." + HEAD + "satır\n" * 2_000, lexicon).decision is Decision.UNCLEAR


def test_struck_out_words_are_asked_about(lexicon: Lexicon) -> None:
    assert decided(lexicon, a_letter("", html="<p>Uygundur <s>diyemem</s></p>")) is Decision.UNCLEAR


@pytest.mark.parametrize("defect", ["winmail", "smime-opaque"])
def test_an_unread_body_is_asked_about(lexicon: Lexicon, defect: str) -> None:
    letter = replace(a_letter("", subject="ONAY - Ynt: Haber onayı"), defects=(defect,))
    verdict = read_decision(lexicon, letter, alternatives(letter), asked_subject="Haber onayı")
    assert verdict.decision is Decision.UNCLEAR


def test_a_signed_document_as_the_whole_answer_is_asked_about(lexicon: Lexicon) -> None:
    letter = a_letter(HEAD + ASKED, files=("imzali.pdf",), in_reply_to=("<ask@ism.example>",))
    assert decided(lexicon, letter) is Decision.UNCLEAR
    assert decided(lexicon, a_letter(HEAD + ASKED)) is Decision.NONE


def test_a_recalled_mail_is_asked_about(lexicon: Lexicon) -> None:
    words = 'Deniz Numune, "Haber onayı" iletisini geri çağırmak istiyor.'
    assert decided(lexicon, a_letter(words)) is Decision.UNCLEAR


@pytest.mark.parametrize("name", NAMES)
def test_a_quote_of_our_own_mails_leaves_nothing_behind(renderer: JinjaRenderer, name: str) -> None:
    sample = sample_of(templates_dir(), name)
    _, plain, page = renderer.preview(sample.order, sample.now)
    body = re.sub(r"(?s)^.*?<body[^>]*>|</body>.*$", "", page)
    head = "<div id='divRplyFwdMsg'><b>From:</b> a<br><b>Sent:</b> b<br><b>To:</b> c</div>"
    outlook = f"<p>Uygundur</p>{head}{body}"
    for reading in (
        alternatives(a_letter("", html=outlook), (plain,))[0],
        alternatives(a_letter("", html=outlook))[0],
        fresh_text("Uygundur" + HEAD + plain, (plain,)),
    ):
        assert (reading.text, reading.unsent, reading.position) == ("Uygundur", "", Position.TOP)


@pytest.mark.parametrize(
    "below",
    [
        "iPhone'umdan gönderildi",
        "iOS için Outlook'u edinin",
        "Yandex Mail uygulamasından gönderildi",
        "Virüs bulunmuyor. www.avast.com",
        "YASAL UYARI: Bu ileti gizlidir. Yanlışsa göndereni uyarınız, onay almadan paylaşmayınız ve siliniz.",
        "This e-mail is confidential. If you are not the recipient, please notify the sender and delete it.",
        "Doğayı korumak için lütfen bu e-postayı yazdırmayınız.",
    ],
)
def test_what_programs_add_vetoes_nothing(lexicon: Lexicon, below: str) -> None:
    assert decided(lexicon, a_letter(f"Uygundur.\n\n{below}\n{HEAD}{ASKED}")) is Decision.APPROVE
    assert decided(lexicon, a_letter(f"Uygundur.{HEAD}{ASKED}\n\n{below}\n")) is Decision.APPROVE


@pytest.mark.parametrize(
    "below",
    [
        "-- \nDeniz Numune\nBaşlık değişsin.",
        "YASAL UYARI: Bu e-posta gizlidir. Fotoğrafı siliniz.",
        "Bu e-posta gizlidir, yalnızca muhatabına özeldir. Başlıktaki tarih düzeltilsin.",
        "Bu e-posta gizlidir, yalnızca muhatabına özeldir. Yayınlanmasın.",
    ],
)
def test_a_condition_below_or_in_a_disclaimer_vetoes(lexicon: Lexicon, below: str) -> None:
    assert decided(lexicon, a_letter(f"Uygundur.\n\n{below}\n{HEAD}{ASKED}")) is not Decision.APPROVE
