"""Raw mails of many clients: the new words come out exactly, up to white space."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mailbot.reading.fresh import alternatives
from mailbot.reading.mime import parse

CLIENTS = Path(__file__).parent.parent / "corpus" / "clients"
MAILS = sorted(CLIENTS.glob("*.eml"))


def _flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.stem)
def test_new_words_of_every_form_of_the_body(path: Path) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    letter = parse(path.read_bytes())
    sent = [(CLIENTS / "request.txt").read_text("utf-8")]
    for known in ((), sent):
        readings = alternatives(letter, known)
        assert [_flat(reading.text) for reading in readings] == [_flat(expected["new_text"])] * len(readings)
        assert readings[0].position == expected["position"]
