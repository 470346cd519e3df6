"""What programs and people put around an answer, one class a line: each is cut off, and nothing else is."""
# ruff: noqa: E501 - samples stand as they are sent

from __future__ import annotations

from collections.abc import Callable
from email.header import Header
from html import escape

import pytest

from mailbot.core.decision import Position
from mailbot.reading.fresh import alternatives, fresh_text
from mailbot.reading.mime import parse
from tests.laws.wrappings import ASKED, CLIENTS, DISCLAIMERS, HIS, Client

BY_NAME = {client.name: client for client in CLIENTS}
OUTLOOK, GMAIL, BOTTOM = BY_NAME["outlook-tr"], BY_NAME["gmail-tr"], BY_NAME["roundcube-tr"]
DEVICES = (
    "Yahoo Mail'den gönderildi",
    "Yahoo Mail: Ara, Organize Et, Fethet",
    "Huawei cep telefonumdan gönderildi",
    "Xiaomi cihazımdan gönderildi",
    "Redmi Note cihazımdan gönderildi",
    "Spark ile gönderildi",
    "Sent with Spark",
    "Sent from Yahoo Mail for iPhone",
    "Yandex Posta mobil uygulamasından gönderildi",
    "Yandex.Mail uygulamasından gönderildi",
    "Mail.Ru uygulamasından gönderildi",
    "Samsung Galaxy akıllı telefonumdan gönderildi.",
    "Galaxy'mden gönderildi",
    "iPad'imden gönderildi",
    "iPad’den gönderildi",
    "iPhone aygıtımdan gönderildi",
    "Mobil cihazımdan gönderildi",
    "Cep telefonumdan gönderilmiştir.",
    "Outlook for iOS edinin",
    "Android için Outlook uygulamasını edinin",
    "Get Outlook for iOS",
    "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "Sent from Outlook for Android",
    "Mac için Outlook ile gönderildi",
    "Windows 10 için Posta ile gönderildi",
    "Sent from Mail for Windows",
    "Sent from my Galaxy",
    "Sent from Samsung Mobile",
    "Gönderildi: iPhone",
    "Telefonumdan yazdım, yazım hataları için kusura bakmayın.",
    "Proton Mail güvenli e-posta ile gönderildi.",
    "Sent with Proton Mail secure email.",
    "Gesendet mit der GMX Mail App",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "TypeApp ile gönderildi",
    "BlueMail'den gönderildi",
    "Sent from Nine",
    "Zimbra mobil'den gönderildi",
    "Outlook Mobile'dan gönderildi",
    "HUAWEI telefonumdan gönderildi",
    "Gmail mobil uygulamasından gönderildi",
    "Opera Mail ile gönderildi",
    "Canary ile gönderildi",
    "Airmail ile gönderildi",
    "Sent via eM Client",
    "Sent from Workspace ONE Boxer",
    "MailMaster ile gönderildi",
    "Sent from my Huawei phone",
    "Vivo telefonumdan gönderildi",
    "Bu e-posta iPhone'dan gönderilmiştir",
)
SIGNATURES = (
    "Dr. Deniz Numune\nDenizli İl Sağlık Müdürü",
    "Deniz Numune\nT.C. Sağlık Bakanlığı\nBasın ve Halkla İlişkiler Müşavirliği\nBasın Müşaviri\nTel : 0312 000 00 00 \nGSM : 0532 000 00 00",
    "DENİZ NUMUNE",
    "Dr.Deniz NUMUNE\nHalk Sağlığı Uzmanı",
    "Deniz NUMUNE\nVHKİ",
    "Deniz NUMUNE\nV.H.K.İ.",
    "Deniz Numune\nŞube Müdürü",
    "Deniz Numune\nTıbbi Sekreter",
    "Deniz Numune\nBilgisayar İşletmeni",
    "Deniz Numune\nUzman Yardımcısı",
    "Deniz Numune\nBasın Danışmanı\n#SağlıklıTürkiyeYüzyılı",
    "Deniz Numune\nGenel Müdür Yrd.",
    "Deniz Numune (Mobil)",
    "Deniz Numune\n05320000000",
    "Deniz Numune / Basın",
    "Uzm.Dr.Deniz Numune\nMüdür V.",
    "Av. Deniz Numune\nHukuk Müşaviri\nAdres : Sırakapılar Mah. 500. Sok. No:1/A 20100 DENİZLİ",
    "Ad Soyad: Deniz Numune\nUnvan: Müdür\nTel: 0258 000 00 00",
    "Deniz Numune\nBasın Birimi Sorumlusu\nDahili 1234",
    "Deniz Numune\n0258 000 00 00 - 1234",
    "Basın Birimi",
    "Valilik Basın ve Halkla İlişkiler Müdürlüğü",
    "Deniz Numune\nProvincial Director of Health\nT: +90 258 000 00 00 | M: +90 532 000 00 00\nE: deniz@saglik.example | W: www.saglik.example",
    "Deniz Numune\nMüdür\nDENİZLİ İL SAĞLIK MÜDÜRLÜĞÜ\nSırakapılar Mahallesi Halk Caddesi Numara 5 Merkezefendi",
    "Deniz NUMUNE | Basın Müşaviri\nDenizli Valiliği | www.denizli.example\nT: 0258 000 00 00 - F: 0258 000 00 01",
    "Deniz Numune\nMedia Relations\nMinistry of Health of the Republic of Türkiye",
    "Uz. Dr. Deniz NUMUNE\nBaşhekim Yardımcısı\nGökpınar Eğitim ve Araştırma Hastanesi",
    "Dr. Öğr. Üyesi Deniz Numune\nHalk Sağlığı AD",
    "Hem. Deniz Numune\nİş Sağlığı ve Güvenliği Birimi",
    "Deniz Numune\nİletişim Ofisi\nKEP: saglik@hs01.kep.example",
    "Deniz Numune\nDETSİS No: 12345678\nTel: 0258 000 00 00",
    "Deniz Numune\n-------------------\nBasın Müşaviri",
    "Prof. Dr. Deniz NUMUNE\nGenel Müdür\nGenel Müdürlük Makamı",
    "Deniz Numune\nKurumsal İletişim | Denizli",
    "Deniz Numune\r\nSosyal Medya Sorumlusu",
    "Deniz Numune\nŞef",
    "D. Numune",
    "Deniz NUMUNE\nKoordinatör\n[logo]",
    "*Deniz Numune*\n*İl Sağlık Müdürü*",
    "_Deniz Numune_\nMüdür",
    "<Deniz Numune>",
    "Deniz Numune\nİl Sağlık Müdürü\nİmzalandı ✔",
    "Deniz Numune ✍️",
    "Deniz Numune 🇹🇷\nMüdür",
)
FORWARDS = {
    "gmail": "---------- Forwarded message ---------\nGönderen: Basın Birimi <basin@ism.example>\nDate: 23 Kas 2026 Pzt, 10:15\nSubject: x\nTo: <mudur@saglik.example>\n\n\n",
    "gmail2": "---------- Forwarded message ---------\nKimden: **Basın Birimi** <basin@ism.example>\nTarih: 23 Kas 2026\nKonu: x\nAlıcı: y\n\n",
    "apple": "Begin forwarded message:\n\nFrom: Basın Birimi <basin@ism.example>\nSubject: x\nDate: 23 November 2026\nTo: y\n\n",
    "apple-tr": "İletilen ileti başlangıcı:\n\nKimden: Basın Birimi <basin@ism.example>\nKonu: x\nTarih: 23 Kasım 2026 10:15:00 GMT+3\nKime: y\n\n",
    "apple-tr2": "Yönlendirilen ileti başlangıcı:\n\nGönderen: Basın Birimi <basin@ism.example>\nKonu: x\nTarih: 23 Kasım 2026 10:15:00\nAlıcı: y\n\n",
    "tb": "-------- İletilmiş Mesaj --------\nKonu: x\nTarih: 23 Kas 2026\nGönderen: a <a@b>\nKime: y\n\n",
    "tb2": "-------- Yönlendirilen ileti --------\nKonu: \tx\nTarih: \t23 Kas 2026\nGönderen: \ta <a@b>\nAlıcı: \ty\n\n",
    "zim": "----- İletilen İleti -----\nKimden: a\nKime: b\nGönderilenler: c\nKonu: d\n\n",
    "yx": '-------- Пересылаемое сообщение --------\n23.11.2026, 10:15, "Basın Birimi" <basin@ism.example>:\n\n',
    "yx2": "-------- Yönlendirilen mesaj --------\n23.11.2026, 10:15, Basın Birimi <basin@ism.example>:\n\n",
    "rc": "-------- Orijinal Mesaj --------\nKonu: x\nTarih: 2026-11-23 10:15\nGönderen: a <a@b>\nAlıcı: y\n\n",
    "out": "-----Original Message-----\nFrom: a\nSent: b\nTo: c\nSubject: d\n\n",
    "gmx": 'Gesendet: Montag, 23. November 2026 um 10:15 Uhr\nVon: "a" <a@b>\nAn: c\nBetreff: d\n\n',
    "sam": "-------- İletilen mesaj --------\nKimden: a <a@b>\nTarih: 23.11.2026\nAlıcı: y\nKonu: x\n\n",
    "tbde": "-------- Weitergeleitete Nachricht --------\nBetreff: x\nDatum: y\nVon: z <a@b>\nAn: q\n\n",
    "notes": "----- İleten Deniz Numune/SAGLIK tarihinde 23.11.2026 10:20 -----\n\nKimden:\tBasın Birimi\nKime:\tx\nTarih:\t23.11.2026 10:15\nKonu:\tx\n\n",
    "notes2": "Basın Birimi ---23.11.2026 10:15:22---Sayın Müdürüm\n\nKimden:\tBasın Birimi/ISM\nKime:\tx\n\n",
}
ROWS = (
    ("Deniz Numune", "İl Sağlık Müdürü", "0258 000 00 00", "deniz@saglik.example"),
    ("Op. Dr. Deniz NUMUNE", "Başhekim", "Denizli Devlet Hastanesi", "Sırakapılar Mah. No:2 Denizli"),
    ("Deniz Numune", "Communications Director", "Tel: +90 258 000 00 00", "www.saglik.example"),
)
TABLES = (
    "<table><tr><td><img src='cid:logo'></td><td><b>{0}</b><br>{1}<br>{2}<br>{3}</td></tr></table>",
    "<table><tr><td>{0}</td></tr><tr><td>{1}</td></tr><tr><td>{2}</td></tr><tr><td>{3}</td></tr></table>",
    "<table><tr><td>{0}</td><td>{1}</td></tr><tr><td>{2}</td><td>{3}</td></tr></table>",
    "<table><tr><td><img src=x alt='logo'></td><td><p>{0}</p><p>{1}</p><p>{2}</p><p>{3}</p></td></tr></table>",
    "<div><span>{0}</span> <span>|</span> <span>{1}</span><br><span>{2}</span> / <span>{3}</span></div>",
    "<hr><p>{0}</p><p>{1}</p><p>{2}</p><p>{3}</p>",
)


def flat(text: str) -> str:
    return " ".join(text.split())


def plain(client: Client) -> str:
    assert client.plain is not None
    return client.plain(ASKED)


def page(client: Client) -> str:
    assert client.page is not None
    return client.page(ASKED)


def read(kind: str, body: str) -> str:
    sender = f"From: {Header('Dr. Deniz Numune', 'utf-8').encode()} <{HIS}>"
    found = alternatives(parse(f"{sender}\nContent-Type: text/{kind}; charset=utf-8\n\n{body}".encode()))
    return flat(found[0].text)


@pytest.mark.parametrize("line", DEVICES)
def test_device_lines(line: str) -> None:
    assert fresh_text(f"Onaylıyorum.\n\n{line}\n\n{plain(OUTLOOK)}").text == "Onaylıyorum."


@pytest.mark.parametrize(
    "line",
    [
        "Fotoğraflar telefonumdan gönderildi.",
        "Metin Outlook'tan gönderildi.",
        "Haber iPhone'umdan gönderildi",
    ],
)
def test_sentences_that_look_like_device_lines(line: str) -> None:
    assert fresh_text(f"Onaylıyorum.\n\n{line}\n\n{plain(OUTLOOK)}").text.endswith(line)


@pytest.mark.parametrize("client", [OUTLOOK, GMAIL, BOTTOM], ids=lambda client: client.name)
@pytest.mark.parametrize("signature", SIGNATURES)
def test_signatures(signature: str, client: Client) -> None:
    for answer in ("Uygun değildir.", "Başlık kısaltılsın\nKolay gelsin"):
        own = f"{answer}\n\n{signature}\n\n"
        assert read("plain", own + plain(client)) == flat(answer)
        html = "".join(client.paragraph(escape(line)) for line in own.split("\n"))
        assert read("html", html + page(client)) == flat(answer)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
@pytest.mark.parametrize("table", TABLES)
def test_signatures_in_tables(table: str, row: tuple[str, ...]) -> None:
    made = table.format(*map(escape, row))
    for client in (OUTLOOK, GMAIL, BOTTOM):
        assert (
            read("html", f"<p>Uygun değildir.</p><p>Saygılar</p>{made}<br>{page(client)}")
            == "Uygun değildir. Saygılar"
        )


def test_a_signature_in_one_row_with_a_telephone_number() -> None:
    row = "<table><tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in ROWS[0]) + "</tr></table>"
    assert read("html", f"<p>Uygun değildir.</p>{row}{page(OUTLOOK)}") == "Uygun değildir."


@pytest.mark.parametrize("name", [name for name in DISCLAIMERS if name not in ("none", "scan")])
def test_a_notice_above_the_answer_costs_no_word_of_it(name: str) -> None:
    assert fresh_text(f"{DISCLAIMERS[name]}\n\nUygun değildir.\n\n{plain(OUTLOOK)}").text == "Uygun değildir."


@pytest.mark.parametrize("name", FORWARDS)
@pytest.mark.parametrize("own", ["", "Uygun değildir.", "Selma Hanım bakar mısınız\n\nDeniz"])
def test_forwards(name: str, own: str) -> None:
    assert flat(fresh_text(f"{own}\n\n{FORWARDS[name]}{ASKED}".lstrip()).text) == flat(own)


@pytest.mark.parametrize(
    "client", [c for c in CLIENTS if c.plain and "\n>" in c.plain("x")], ids=lambda c: c.name
)
def test_answers_between_quoted_lines(client: Client) -> None:
    lines = plain(client).split("\n")
    half = len(lines) // 2
    body = "\n".join([*lines[:half], "", "Bu cümle çıksın.", "", *lines[half:], "", "Gerisi uygun."])
    found = fresh_text(body)
    assert (flat(found.text), found.position) == ("Bu cümle çıksın. Gerisi uygun.", Position.INLINE)


MADE_HTML: dict[str, Callable[[list[str]], str]] = {
    "br": "<br>\n".join,
    "pre": lambda lines: "<pre>" + "\n".join(lines) + "</pre>",
    "div": lambda lines: "".join(f"<div>{line or '<br>'}</div>" for line in lines),
    "p": lambda lines: "".join(f'<p class="PlainText">{line or "&nbsp;"}</p>' for line in lines),
}
"""How servers make HTML of plain text."""


SERVED = [
    pytest.param(client, form, id=f"{client.name}-{form}")
    for client in CLIENTS
    for form in MADE_HTML
    if client.plain and (client.name, form) != ("gmail-narrow", "p")
]
"""Without an attribution over three paragraphs, of which two stay: no word is lost."""


@pytest.mark.parametrize(("client", "form"), SERVED)
def test_plain_quotes_that_a_server_made_html_of(client: Client, form: str) -> None:
    bodies = [f"Uygun değildir.\n\n{plain(client)}"]
    if "\n>" in plain(client):
        bodies.append(f"{plain(client)}\n\nUygun değildir.")
    for body in bodies:
        assert read("html", MADE_HTML[form]([escape(line) for line in body.split("\n")])) == "Uygun değildir."


def test_one_sign_alone_is_typed() -> None:
    assert read("html", "<p>Uygun değildir.</p><p>&gt; başlık kısa olsun</p>").endswith("başlık kısa olsun")
