"""Requests for information notes, changes to them, and mails that only look like one."""
# ruff: noqa: E501 - the words of a mail stay in one line

from __future__ import annotations

from datetime import datetime

import pytest

from mailbot.core.request import InfoRequest, Update
from mailbot.reading.links import channel_of, clean
from mailbot.reading.request import read_request
from tests.reading import scoring
from tests.reading.letters import a_letter, the_calendar, the_directory

MINISTRY = "basin@bakanlik-sm.example"


def asked(
    body: str, subject: str = "Bilgi notu", sender: str = MINISTRY, words: str | None = None
) -> InfoRequest | None:
    letter = a_letter(body, subject=subject, sender=sender)
    return read_request(
        letter, body if words is None else words, directory=the_directory(), calendar=the_calendar()
    )


@pytest.mark.parametrize(
    ("file", "part"), [("unit.jsonl", "all"), ("hands.jsonl", "read"), ("hands.jsonl", "unread")]
)
def test_at_least_95_of_100_fields_are_right(file: str, part: str) -> None:
    score = scoring.requests(file, part)
    assert score.share >= 0.95, score.wrong


def test_only_the_ministry_and_general_directorates_ask() -> None:
    body = "Haber hakkında bilgi notunun bugün 15.00'e kadar iletilmesini rica ederiz."
    assert asked(body) is not None
    assert asked(body, sender="iletisim@khgm-sm.example") is not None
    for other in (
        "basin@bakanlik-sm-gov.example",
        "haber@travertenhaber.example",
        "basin@denizli-valilik.example",
        "basin@gokpinar-eah.example",
    ):
        assert asked(body, sender=other) is None


def test_a_request_without_the_words_for_it() -> None:
    request = asked(
        "Hastanede çıkan yangınla ilgili ekranlarda son dakika geçiyor. Konuya dair en geç 45 dakika içinde yazılı bilgi geçilmesini rica ederim.",
        "yangın",
    )
    assert request is not None
    assert request.deadline == datetime.fromisoformat("2026-11-24T12:45:00+03:00")


def test_a_forwarded_request_counts_from_its_own_date() -> None:
    body = (
        "Basın Müşavirliğinin talebi aşağıdadır.\n\n-----Özgün İleti-----\nKimden: Basın <basin@bakanlik-sm.example>\n"
        "Gönderildi: 23 Kasım 2026 Pazartesi 17:10\nKonu: talep\n\nDarp haberleri için bugün 19.00'a kadar bilgi notu alınmasını rica ederim."
    )
    request = asked(
        body, "İLT: Bilgi notu", "iletisim@khgm-sm.example", words="Basın Müşavirliğinin talebi aşağıdadır."
    )
    assert request is not None
    assert request.deadline == datetime.fromisoformat("2026-11-23T19:00:00+03:00")


@pytest.mark.parametrize(
    ("words", "update"),
    [
        ("Bilgi notu talebimize gerek kalmamıştır.", Update.CANCEL),
        ("Bilgi notunuzu yarın 12.00'ye kadar göndermeniz yeterlidir, süre uzatılmıştır.", Update.EXTEND),
        ("Sabah istenen bilgi notu hâlen tarafımıza ulaşmamıştır.", Update.REMINDER),
        ("Notta gebelik takipleri yok, ekleyip tekrar gönderin.", Update.SUPPLEMENT),
    ],
)
def test_changes_to_a_known_request(words: str, update: Update) -> None:
    request = asked(words, "YNT: Bilgi notu")
    assert request is not None
    assert request.update is update


def test_a_note_for_each_story() -> None:
    request = asked(
        "Haberlere ilişkin ayrı ayrı bilgi notlarının 12.00'ye kadar iletilmesi rica olunur.\n"
        "1) https://travertenhaber.example/n/771 (Kızılyer DH - park sorunu)\n2) https://camlikpostasi.example/n/5120 (Göveçlik ADSM - randevu)"
    )
    assert request is not None
    assert request.separate
    assert [(n.outlet, n.title, n.facility) for n in request.news] == [
        ("Traverten Haber", "park sorunu", "Kızılyer Devlet Hastanesi"),
        ("Çamlık Postası", "randevu", "Göveçlik Ağız ve Diş Sağlığı Merkezi"),
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/h?utm_source=x&id=7&fbclid=abc", "https://a.example/h?id=7"),
        ("https://a.example/h?gclid=1#section", "https://a.example/h#section"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fh%3Futm_medium%3Dm&data=05&reserved=0",
            "https://a.example/h",
        ),
        ("https://www.google.com/url?q=https://a.example/h&sa=D", "https://a.example/h"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fh&h=AT0", "https://a.example/h"),
        ("https://www.google.com/amp/s/a.example/h", "https://a.example/h"),
        ("https://A.example/Yol?q=a%20b", "https://a.example/Yol?q=a%20b"),
        ("javascript:alert(1)", ""),
        ("http://[::1", ""),
    ],
)
def test_links_are_cleaned(url: str, expected: str) -> None:
    assert clean(url) == expected


def test_channels_of_links() -> None:
    assert channel_of("https://x.com/a/status/1") == "X"
    assert channel_of("https://www.instagram.com/p/1") == "Instagram"
    assert channel_of("https://kisa.example/1", "Facebook: ") == "Facebook"
    assert channel_of("https://denizli-ism.example/haber/1") == "web"
