"""Broken mails: every one has an answer with its reason, soon, and none is approved for being cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.adapters.system import SystemClock
from mailbot.app.inspect import inspect_bytes
from mailbot.app.nothing import EmptyReads
from mailbot.reading.kind import KINDS
from mailbot.reading.mime import parse
from tests.bench.kinds import eyes
from tests.laws.mutations import MUTATIONS, broken, mails, read
from tests.laws.wrappings import CLIENTS, Wrapping
from tests.laws.wrappings import raw as made

DECISIONS = {None, "approve", "revise", "reject", "defer", "question", "none", "unclear"}


def said(raw: bytes) -> dict[str, object]:
    return inspect_bytes("x.eml", raw, eyes(), EmptyReads(), SystemClock())


def test_nothing_raises_and_nothing_takes_long() -> None:
    for raw in broken(300, seed=26):
        start = time.process_time()
        read(raw)
        assert time.process_time() - start < 1.0, raw[:500]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_mutation_of_every_mail_has_a_kind_and_a_reason(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(mails()))
    mutation = data.draw(st.sampled_from(MUTATIONS))
    answer = said(mutation(raw, data.draw(st.randoms(use_true_random=False))))
    assert answer["kind"] in KINDS
    assert answer["decision"] in DECISIONS
    assert answer["why"]
    assert answer["action"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=3_000))
def test_any_bytes_have_a_kind_and_a_reason(raw: bytes) -> None:
    answer = said(raw)
    assert answer["kind"] in KINDS
    assert answer["decision"] != "approve"
    assert answer["why"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "Bir e-posta iletisi de\u011fil"),
        (b"\0" * 900, "Bir e-posta iletisi de\u011fil"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "Bir e-posta iletisi de\u011fil"),
        (b"ONAY", "Bir e-posta iletisi de\u011fil"),
        (
            b"Content-Type: multipart/mixed; boundary=w\n\n--w\n" * 40,
            "s\u0131n\u0131rlar\u0131n\u0131 a\u015f\u0131yor",
        ),
        (
            b"From: a@b.example\n" + b"X: y\n" * 2_000 + b"\nONAY",
            "s\u0131n\u0131rlar\u0131n\u0131 a\u015f\u0131yor",
        ),
    ],
)
def test_what_is_no_mail_is_malformed_and_says_why(raw: bytes, why: str) -> None:
    answer = said(raw)
    assert (answer["kind"], answer["decision"]) == ("malformed", None)
    assert why in str(answer["why"])


def test_a_mail_whose_end_is_missing_never_approves() -> None:
    for client in CLIENTS:
        mail = Wrapping(client, "both", "Uygundur.")
        if not mail.possible:
            continue
        raw = made(mail)
        assert said(raw)["decision"] == "approve", client.name
        cut = raw[: raw.index(b"--=_made--")]
        assert "cut-off" in parse(cut).defects
        assert said(cut)["decision"] == "unclear", client.name
