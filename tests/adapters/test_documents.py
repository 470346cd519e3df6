"""Looking into files in a process that can be stopped: whatever one file does, the next one is read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from mailbot.adapters import made as build
from mailbot.adapters.documents import ProcessDocuments, files_of
from mailbot.core.document import Examined, Trouble
from mailbot.core.letter import Letter
from mailbot.reading.mime import parse
from mailbot.resources import templates_dir
from tests.fakes.looks import look

GOOD = ("haber.docx", build.docx("Başlık", "Denizli’de aşı standı kuruldu."))


def a_letter(*files: tuple[str, bytes]) -> Letter:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.example", "Haber"
    mail.set_content("Ekte.")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return parse(mail.as_bytes())


@pytest.fixture
def documents() -> Iterator[ProcessDocuments]:
    made = ProcessDocuments(templates_dir(), seconds=4.0, look=look)
    yield made
    made.close()


def examined(documents: ProcessDocuments, *files: tuple[str, bytes]) -> Examined:
    return asyncio.run(documents.examine(a_letter(*files)))


@pytest.mark.parametrize(
    ("name", "trouble"),
    [("takilan.docx", Trouble.SLOW), ("olen.docx", Trouble.BOMB), ("sisen.docx", Trouble.BOMB)],
)
def test_whatever_a_file_does_the_next_one_is_read(
    documents: ProcessDocuments, name: str, trouble: Trouble
) -> None:
    bad, good = examined(documents, (name, b"x"), GOOD).files
    assert bad.trouble is trouble
    assert bad.complaint
    assert good.paper is not None
    assert good.paper.accepted[-1].text == "Denizli’de aşı standı kuruldu."


def test_a_letter_has_its_time_and_no_more() -> None:
    documents = ProcessDocuments(seconds=2.0, letter_seconds=1.0, look=look)
    try:
        started = time.monotonic()
        files = examined(documents, ("takilan.docx", b"x"), ("takilan2.docx", b"x"), GOOD).files
        assert [f.trouble for f in files] == [Trouble.SLOW, Trouble.SLOW, Trouble.SLOW]
        assert time.monotonic() - started < 60
    finally:
        documents.close()


@pytest.mark.servers("pango")
def test_a_bulletin_is_made_there_too(documents: ProcessDocuments) -> None:
    from mailbot.adapters.bulletin import SAMPLE

    form = asyncio.run(documents.form("bulten", SAMPLE))
    assert form.trouble == ""
    assert [f.ending for f in form.files] == ["docx", "pdf"]
    assert asyncio.run(documents.form("yok", SAMPLE)).files == ()


def test_pictures_of_a_signature_are_not_looked_into() -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("x")
    mail.add_alternative('<img src="cid:logo">', subtype="html")
    page = mail.get_payload()[1]  # type: ignore[index]
    page.add_related(build.photo(), "image", "jpeg", cid="<logo>")  # type: ignore[union-attr]
    assert list(files_of(parse(mail.as_bytes()))) == []
