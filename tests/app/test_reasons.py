"""What `mailbot inspect` says of a mail can be checked against the mail."""

from __future__ import annotations

import pytest

from mailbot.adapters.system import SystemClock
from mailbot.app.inspect import inspect_bytes
from mailbot.app.nothing import EmptyReads
from tests.bench import kinds, rawmails
from tests.bench.kinds import eyes
from tests.laws.wrappings import CLIENTS, Wrapping, raw

BY_NAME = {client.name: client for client in CLIENTS}


def why(mail: Wrapping) -> str:
    answer = inspect_bytes("x.eml", raw(mail), eyes(), EmptyReads(), SystemClock())
    reasons = answer["why"]
    assert isinstance(reasons, list)
    return "\n".join(reasons)


def test_what_was_cut_off_is_shown_with_its_sign_and_its_beginning() -> None:
    said = why(Wrapping(BY_NAME["outlook-tr"], "plain", "Uygundur.", "title", "tr"))
    assert "Alıntı sayıldı, yanıt diye okunmadı: “Kimden: Basın Birimi" in said
    assert "Yanıttan ayrıldı, yalnız koşul ve itiraz için okundu: yasal uyarı." in said
    assert "Dr. Deniz Numune / İl Sağlık Müdürü" in said
    assert "Programların eklediği metin sayıldı. Başı: “YASAL UYARI" in said
    assert "“Uygundur” sözü: onay." in said


def test_words_of_a_letter_that_cannot_decide_are_not_called_a_decision() -> None:
    row = next(row for row in kinds.rows("own") if row["kind"] == "list")
    reasons = kinds.read(row)["why"]
    assert any("karar sayılmaz" in reason for reason in reasons)
    assert not any("sözü:" in reason for reason in reasons)


@pytest.mark.parametrize("part", ["hands-raw-dev", "red-team"])
def test_every_reason_is_a_sentence(part: str) -> None:
    for reading in rawmails.readings(part):
        for reason in reading.said["why"]:
            assert reason.rstrip("”)")[-1] not in " :;,", reason
            assert "; ." not in reason
            assert reason[0].isupper() or reason[0] in '“"', reason
