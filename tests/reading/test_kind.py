"""The kind of a letter over the corpus, and that no reader hangs or fails on any text."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.command import Command
from mailbot.core.facts import SenderRole
from mailbot.core.letter import Mailbox
from mailbot.core.values import Address
from mailbot.reading.command import read_commands
from mailbot.reading.kind import KINDS, Kind, kind_of
from mailbot.reading.opening import read_opening
from mailbot.reading.request import read_request
from mailbot.reading.thread import traces
from tests.reading.letters import NOON, Sample, a_letter, fresh, samples, the_calendar, the_directory


def kind(sample: Sample) -> Kind:
    role = SenderRole(sample.row["role"])
    letter = sample.letter
    if role is SenderRole.OFFICE and "from" not in sample.row:
        letter = replace(letter, from_=(Mailbox("", Address("basin@hsgm-sm.example")),))
    words, staff = sample.words, role is SenderRole.STAFF
    known = {"directory": the_directory(), "calendar": the_calendar()}
    commands = read_commands(words, now=NOON, **known) if staff else ()  # type: ignore[arg-type]
    return kind_of(
        letter,
        fresh(words),
        traces(letter, fresh(words)),
        role=role,
        commands=[c for c in commands if isinstance(c, Command)],
        openings=read_opening(letter, words, **known) if staff else (),  # type: ignore[arg-type]
        request=read_request(letter, words, **known),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("sample", samples("letters/kinds.jsonl"), ids=lambda s: s.id)
def test_kinds_of_letters(sample: Sample) -> None:
    found = kind(sample)
    assert found.kind == sample.row["kind"], found.why
    assert found.kind in KINDS
    assert all(found.why)


def test_an_answer_to_an_ask_is_a_reply_though_it_speaks_of_a_note() -> None:
    letter = a_letter(
        "Bilgi notunun da 15.00'e kadar iletilmesini rica ederiz. Metin uygundur.",
        subject="Ynt: [DNZ-HBR-2026-0147 k0123456789abc]",
        sender="basin@bakanlik-sm.example",
    )
    words = fresh(letter.text or "")
    request = read_request(letter, words.text, directory=the_directory(), calendar=the_calendar())
    found = kind_of(letter, words, traces(letter, words), role=SenderRole.OFFICE, request=request, asked=True)
    assert (request is not None, found.kind) == (True, "reply")


def test_duplicates_and_echoes_come_first() -> None:
    letter = a_letter("Onay", headers={"Auto-Submitted": "auto-replied"})
    marks = traces(letter, fresh("Onay"))
    assert kind_of(letter, fresh("Onay"), marks, role=SenderRole.OFFICE, duplicate=True).kind == "duplicate"
    assert kind_of(letter, fresh("Onay"), marks, role=SenderRole.SELF, echo=True).kind == "loop"


def read_everything(subject: str, body: str, sender: str = "basin@bakanlik-sm.example") -> Kind:
    letter = a_letter(body, subject=subject, sender=sender, files=("a.jpg",))
    words = fresh(body, quoted=body)
    openings = read_opening(letter, body, directory=the_directory(), calendar=the_calendar(), quoted=body)
    request = read_request(letter, body, directory=the_directory(), calendar=the_calendar())
    read_commands(body, directory=the_directory(), calendar=the_calendar(), now=NOON)
    return kind_of(
        letter, words, traces(letter, words), role=SenderRole.UNKNOWN, openings=openings, request=request
    )


_PIECES = st.sampled_from(
    [
        "bugün ",
        "31.02.2026 ",
        "99.99'a kadar ",
        "saat ",
        "\n",
        "1) ",
        "Haber ",
        "ektedir ",
        "'",
        "”",
        "http://[",
        "İ",
        "ı",
        "\u0307",
        "KARAR: ",
        "GM: ",
        "24.00",
        "0 iş günü içinde ",
        "30 Şubat ",
        ":",
        "(",
        "-",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    subject=st.text(max_size=60),
    body=st.one_of(st.text(max_size=400), st.lists(_PIECES, max_size=30).map("".join)),
)
def test_any_text_gives_a_kind(subject: str, body: str) -> None:
    assert read_everything(subject, body).kind in KINDS


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        "'",
        "12.30 ",
        "haber bilgi notu ",
        "Ece Örnek ",
        "http://a.example/",
        "3 Aralık ",
        "Kimden: x\n",
        "a@",
    ],
)
def test_a_hostile_body_is_read_in_bounded_time(piece: str) -> None:
    start = time.process_time()
    assert read_everything("Haber onayı", piece * (200_000 // len(piece))).kind in KINDS
    assert time.process_time() - start < 3
