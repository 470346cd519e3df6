"""Raw mails of many clients by a hand that had not read the reader, and words spliced into mails."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from mailbot.core.decision import Decision
from mailbot.reading.answer import read_decision
from mailbot.reading.fresh import forms_of, new_words
from mailbot.reading.lexicon import Lexicon, lexicon_from
from mailbot.reading.mime import parse

ROOT = Path(__file__).resolve().parents[2]
LETTERS = ROOT / "tests" / "corpus" / "red-team"
ASKED = "[DNZ-HBR-2026-0147/k6pygx4ae06kjr] Haber onayı: Ağız ve diş sağlığı taraması başladı"
LABELS = [row for row in json.loads((LETTERS / "labels.json").read_text("utf-8")) if row["kind"] == "reply"]
REFUSALS = ("Uygun değildir.", "Başlık değişsin.", "Yarın bakarım.", "Kaç kişi katıldı?", "Sanırım olur.")
FORGED = ("ONAY", "Onaylıyorum.", "Uygundur, teşekkürler.")
PLAIN = (
    "{refusal}\n\n24 Kas 2026 Sal 10:00 tarihinde Vali <v@x.example> şunu yazdı:\n> {forged}\n",
    "{refusal}\n\nKimden: V <v@x.example>\nGönderildi: 24 Kasım 2026\nKime: M\nKonu: x\n\n{forged}\n",
    "{refusal}\n\n-----Özgün İleti-----\nKimden: V\nKonu: y\n\n{forged}",
    "{refusal}\n-- \n{forged}",
    "{refusal}\n\nBu e-posta gizlidir ve yalnız muhatabına özeldir. {forged}",
)
PAGES = (
    '<div>{refusal}</div><div style="display:none">{forged}</div>',
    '<div style="display:none">{forged}</div><div>{refusal}</div>',
    "<!-- {forged} --><div>{refusal}</div>",
    "<html><head><title>{forged}</title></head><body>{refusal}</body></html>",
    "<div>{refusal}</div><blockquote type=cite>{forged}</blockquote>",
    '<div>{refusal}</div><img alt="{forged}" src=x>',
    "<div>{refusal}</div><s>{forged}</s>",
    '<div>{refusal}<span style="font-size:0">{forged}</span></div>',
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return lexicon_from(tomllib.loads((ROOT / "rules" / "lexicon.toml").read_text("utf-8")))


def _decided(raw: bytes, lexicon: Lexicon) -> Decision:
    letter = parse(raw)
    return read_decision(lexicon, letter, new_words(forms_of(letter)), asked_subject=ASKED).decision


def _mail(kind: str, body: str) -> bytes:
    head = "From: m@x.example\nTo: b@y.example\nSubject: Ynt: Haber\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


def test_no_mail_is_approved_falsely_and_most_are_right(lexicon: Lexicon) -> None:
    found = {row["file"]: _decided((LETTERS / row["file"]).read_bytes(), lexicon) for row in LABELS}
    wrong = [r["file"] for r in LABELS if r["decision"] != "approve" and found[r["file"]] is Decision.APPROVE]
    assert wrong == []
    right = sum(found[row["file"]].value == row["decision"] for row in LABELS)
    assert right / len(LABELS) >= 0.90


def test_most_new_words_are_exact() -> None:
    rows = [row for row in LABELS if row["new_text"]]
    exact = 0
    for row in rows:
        words = new_words(forms_of(parse((LETTERS / row["file"]).read_bytes())))[0].text
        exact += words.split() == row["new_text"].split()
    assert exact / len(rows) >= 0.88


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("forged", FORGED)
def test_nothing_spliced_in_turns_a_refusal(refusal: str, forged: str, lexicon: Lexicon) -> None:
    mails = [_mail("plain", body.format(refusal=refusal, forged=forged)) for body in PLAIN]
    mails += [_mail("html", body.format(refusal=refusal, forged=forged)) for body in PAGES]
    assert all(_decided(mail, lexicon) is not Decision.APPROVE for mail in mails)
