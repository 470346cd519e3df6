"""Every client around every answer: raw mails made from parts, for laws rather than samples.

A mail is an answer, perhaps a signature, a device line and a disclaimer, and a quote as one of the
clients makes it. What has to come out is known, because the parts are.
"""
# ruff: noqa: E501, ISC004 - samples stand as they are sent, a line a line

from __future__ import annotations

import base64
import html
import quopri
import random
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.header import Header

from mailbot.reading.fresh import alternatives
from mailbot.reading.mime import parse

ASKED = """\
— Yanıtınızı lütfen bu satırın üstüne yazınız —

Sayın Müdürüm,

Aile Sağlığı Başkanlığı tarafından 20.11.2026'da Numune Meydanı'nda düzenlenen "Aşı Haftası" programına \
ilişkin hazırlanan haber metni ve 2 adet fotoğraf aşağıda sunulmuştur.
Uygun görülmesi hâlinde onaylarınıza arz ederim.

ONAY
DÜZELTME
RET

AŞI HAFTASI'NDA 500 ÇOCUK AŞILANDI

Denizli'de düzenlenen etkinlikte 500 çocuk aşılandı, programın yinelenmesi uygundur denildi. Müdür Numune, \
"Onaylıyorum, çok güzel oldu." dedi.

Kayıt no: DNZ-HBR-2026-0147 / Sürüm 1 / k0123456789abc"""
"""What the bot asked: full of words that decide."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a client's language around a quote."""

    wrote: Mapping[str, str]
    """Attribution lines by style."""
    headers: Mapping[str, tuple[str, ...]]
    """Header blocks by style, a line each."""


@dataclass(frozen=True, slots=True)
class Client:
    """One way in which programs quote."""

    name: str
    plain: Callable[[str], str] | None
    """The plain quote of a text, attribution included; None where the client sends HTML alone."""
    page: Callable[[str], str] | None
    """The HTML quote of a text."""
    paragraph: Callable[[str], str] = field(default=lambda line: f"<div>{line or '<br>'}</div>")
    """How the client writes one line of its own."""
    device: str = ""
    flowed: bool = False
    bottom: bool = False
    """People are used to answer below the quote."""


def marked(text: str) -> str:
    """`text` behind quote signs."""
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def wrapped(text: str, width: int = 72) -> str:
    """`text` with hard line ends."""
    return "\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)) if line else ""
        for line in text.split("\n")
    )


def divs(text: str) -> str:
    """`text` as HTML, a div each line."""
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>\n" for line in text.split("\n"))


def paragraphs(text: str) -> str:
    """`text` as Word writes it."""
    return "".join(
        f"<p class=MsoNormal>{html.escape(line) or '&nbsp;'}<o:p></o:p></p>\n" for line in text.split("\n")
    )


WHO, WHOM = "Basın Birimi", "Dr. Deniz Numune"
BOX, HIS = "basin@ism.example", "mudur@saglik.example"
SUBJECT = "[DNZ-HBR-2026-0147] Haber onayı: Aşı Haftası"

ATTRIBUTIONS: Mapping[str, str] = {
    "gmail-tr": f"{WHO} <{BOX}>, 23 Kas 2026 Pzt, 10:15 tarihinde şunu yazdı:",
    "gmail-en": f"On Mon, Nov 23, 2026 at 10:15\u202fAM {WHO} <{BOX}> wrote:",
    "gmail-de": f"Am Mo., 23. Nov. 2026 um 10:15 Uhr schrieb {WHO} <{BOX}>:",
    "apple-tr": f"{WHO} <{BOX}> şunları yazdı (23 Kas 2026 10:15):",
    "apple-tr-old": f"23 Kas 2026 tarihinde 10:15 saatinde, {WHO} <{BOX}> şunları yazdı:",
    "apple-en": f"On 23 Nov 2026, at 10:15, {WHO} <{BOX}> wrote:",
    "apple-de": f"Am 23.11.2026 um 10:15 schrieb {WHO} <{BOX}>:",
    "tb-tr": f"23.11.2026 10:15 tarihinde {WHO} yazdı:",
    "tb-en": f"On 23/11/2026 10:15, {WHO} wrote:",
    "tb-de": f"Am 23.11.26 um 10:15 schrieb {WHO}:",
    "roundcube-tr": f"{WHO} 2026-11-23 10:15 tarihinde yazdı:",
    "roundcube-en": f"On 2026-11-23 10:15, {WHO} wrote:",
    "yandex": f'23.11.2026, 10:15, "{WHO}" <{BOX}>:',
    "horde": f"{WHO} <{BOX}> şunları yazmış:",
    "k9": f"{WHO} <{BOX}>, 23 Kasım 2026 10:15:00 GMT+03:00 tarihinde şunu yazdı:",
}
HEADERS: Mapping[str, tuple[str, ...]] = {
    "outlook-tr": (
        f"Kimden: {WHO} <{BOX}>",
        "Gönderildi: 23 Kasım 2026 Pazartesi 10:15",
        f"Kime: {WHOM} <{HIS}>",
        f"Konu: {SUBJECT}",
    ),
    "outlook-tr-cc": (
        f"Kimden: {WHO} <{BOX}>",
        "Gönderilme Tarihi: Pazartesi, 23 Kasım 2026 10:15",
        f"Kime: {WHOM} <{HIS}>; Ece Taslak <ece@ism.example>;",
        "Bilgi: Ali Örnek <ali@ism.example>",
        f"Konu: {SUBJECT}",
        "Önem Derecesi: Yüksek",
    ),
    "outlook-en": (
        f"From: {WHO} <{BOX}>",
        "Sent: Monday, November 23, 2026 10:15 AM",
        f"To: {WHOM} <{HIS}>",
        f"Subject: {SUBJECT}",
    ),
    "outlook-de": (
        f"Von: {WHO} <{BOX}>",
        "Gesendet: Montag, 23. November 2026 10:15",
        f"An: {WHOM} <{HIS}>",
        f"Betreff: {SUBJECT}",
    ),
    "ios-tr": (
        f"Gönderen: {WHO} <{BOX}>",
        "Gönderme Tarihi: Pazartesi, Kasım 23, 2026 10:15:00 AM",
        f"Alıcı: {WHOM} <{HIS}>",
        f"Konu: {SUBJECT}",
    ),
    "new-tr": (
        f"Kimden: {WHO} <{BOX}>",
        "Tarih: 23 Kasım 2026 Pazartesi 10:15",
        f"Kime: {WHOM} <{HIS}>",
        f"Konu: {SUBJECT}",
    ),
    "posta-tr": (
        f"Kimden: {WHO}",
        "Gönderilme: 23 Kasım 2026 Pazartesi 10:15",
        f"Kime: {WHOM}",
        f"Konu: {SUBJECT}",
    ),
    "zimbra-tr": (
        f'Kimden: "{WHO}" <{BOX}>',
        f'Kime: "{WHOM}" <{HIS}>',
        "Gönderilenler: 23 Kasım Pazartesi 2026 10:15:22",
        f"Konu: {SUBJECT}",
    ),
    "samsung-tr": (
        f"Kimden: {WHO} <{BOX}>",
        "Tarih: 23.11.2026 10:15 (GMT+03:00)",
        f"Alıcı: {HIS}",
        f"Konu: {SUBJECT}",
    ),
}


def _signs(style: str, *, wrap: int = 72, width: int = 0) -> Callable[[str], str]:
    """A plain quote behind signs; the attribution wrapped at `width`."""

    def quote(text: str) -> str:
        line = ATTRIBUTIONS[style]
        line = wrapped(line, width) if width else line
        return f"{line}\n\n{marked(wrapped(text, wrap))}"

    return quote


def _block(style: str, above: str = "") -> Callable[[str], str]:
    """A plain quote below a header block."""
    return lambda text: above + "\n".join(HEADERS[style]) + "\n\n" + text


def _one_line(style: str, above: str) -> Callable[[str], str]:
    """A plain quote whose headers a client put in one line."""
    return lambda text: above + " ".join(HEADERS[style]) + "\n\n" + text


def _bold(style: str) -> str:
    rows = (html.escape(line).split(": ", 1) for line in HEADERS[style])
    return "<br>\n".join(f"<b>{name}:</b> {value}" for name, value in rows)


def _word(style: str) -> Callable[[str], str]:
    border = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
    return lambda text: (
        f"<div><div style='{border}'><p class=MsoNormal>{_bold(style)}<o:p></o:p></p></div></div>\n"
        f"<p class=MsoNormal><o:p>&nbsp;</o:p></p>{paragraphs(text)}"
    )


def _owa(style: str) -> Callable[[str], str]:
    return lambda text: (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{_bold(style)}</font><div>&nbsp;</div></div>'
        f"<div>{divs(text)}</div>"
    )


def _stripped(style: str) -> Callable[[str], str]:
    """Outlook's quote after a gateway took every id, class and style away."""
    return lambda text: (
        f"<p>{_bold(style)}</p>\n<p>&nbsp;</p>{''.join(f'<p>{html.escape(t)}</p>' for t in text.split(chr(10)))}"
    )


def _table(style: str) -> Callable[[str], str]:
    """Headers in a table, as Notes and forwards have them."""

    def quote(text: str) -> str:
        rows = (html.escape(line).split(": ", 1) for line in HEADERS[style])
        cells = "".join(f"<tr><td>{name}:</td><td>{value}</td></tr>" for name, value in rows)
        return f"<table border=0><tbody>{cells}</tbody></table><br><div>{divs(text)}</div>"

    return quote


def _gmail(style: str) -> Callable[[str], str]:
    return lambda text: (
        '<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f"{html.escape(ATTRIBUTIONS[style])}<br></div>"
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid">'
        f"{divs(text)}</blockquote></div>"
    )


def _cite(style: str) -> Callable[[str], str]:
    """Apple's quote: the attribution inside the block quote."""
    return lambda text: (
        f'<br><div dir="ltr"><br><blockquote type="cite">{html.escape(ATTRIBUTIONS[style])}<br><br></blockquote>'
        f'</div><blockquote type="cite"><div dir="ltr">{divs(text)}</div></blockquote>'
    )


def _prefix(style: str) -> Callable[[str], str]:
    return lambda text: (
        f'<div class="moz-cite-prefix">{html.escape(ATTRIBUTIONS[style])}<br></div>'
        f'<blockquote type="cite" cite="mid:a@b">{divs(text)}</blockquote>'
    )


def _bare_quote(style: str) -> Callable[[str], str]:
    """An attribution that no mark shows, above a block quote."""
    return lambda text: f"<p>{html.escape(ATTRIBUTIONS[style])}</p><blockquote>{divs(text)}</blockquote>"


def _zimbra(style: str) -> Callable[[str], str]:
    return lambda text: (
        '<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">'
        f'{_bold(style)}<br></div><div data-marker="__QUOTED_TEXT__">{divs(text)}</div>'
    )


def _yandex(style: str) -> Callable[[str], str]:
    return lambda text: (
        f"<div> </div><div>{html.escape(ATTRIBUTIONS[style])}</div>"
        f"<blockquote><div>{divs(text)}</div></blockquote>"
    )


def _mso(line: str) -> str:
    return f"<p class=MsoNormal>{line or '<o:p>&nbsp;</o:p>'}<o:p></o:p></p>"


def _para(line: str) -> str:
    return f"<p>{line or '<br>'}</p>"


CLIENTS: tuple[Client, ...] = (
    Client("outlook-tr", _block("outlook-tr"), _word("outlook-tr"), _mso),
    Client("outlook-tr-cc", _block("outlook-tr-cc", "-----Özgün İleti-----\n"), _word("outlook-tr-cc"), _mso),
    Client("outlook-en", _block("outlook-en", "-----Original Message-----\n"), _word("outlook-en"), _mso),
    Client("outlook-de", _block("outlook-de"), _word("outlook-de"), _mso),
    Client("outlook-stripped", None, _stripped("outlook-tr"), _para),
    Client("owa-tr", _block("outlook-tr", "________________________________\n"), _owa("outlook-tr")),
    Client("owa-en", _block("outlook-en", "________________________________\n"), _owa("outlook-en")),
    Client("new-outlook-tr", _block("new-tr", "________________________________\n"), _owa("new-tr")),
    Client(
        "outlook-ios",
        _block("ios-tr", "________________________________\n"),
        _owa("ios-tr"),
        device="iOS için Outlook'u edinin",
    ),
    Client(
        "outlook-android",
        _block("ios-tr", "________________________________\n"),
        _owa("ios-tr"),
        device="Android için Outlook'u edinin",
    ),
    Client(
        "gmail-tr",
        _signs("gmail-tr"),
        _gmail("gmail-tr"),
        lambda line: f'<div dir="auto">{line or "<br>"}</div>',
    ),
    Client("gmail-en", _signs("gmail-en"), _gmail("gmail-en")),
    Client("gmail-de", _signs("gmail-de"), _gmail("gmail-de")),
    Client("gmail-app", _signs("gmail-tr", width=60), None),
    Client("gmail-narrow", _signs("gmail-en", width=40), None),
    Client("iphone-tr", _signs("apple-tr"), _cite("apple-tr"), device="iPhone’umdan gönderildi"),
    Client(
        "iphone-tr-old",
        _signs("apple-tr-old", width=70),
        _cite("apple-tr-old"),
        device="iPhone'umdan gönderildi",
    ),
    Client("iphone-en", _signs("apple-en"), _cite("apple-en"), device="Sent from my iPhone"),
    Client("iphone-de", _signs("apple-de"), _cite("apple-de"), device="Von meinem iPhone gesendet"),
    Client("thunderbird-tr", _signs("tb-tr"), _prefix("tb-tr"), _para, flowed=True),
    Client("thunderbird-en", _signs("tb-en"), _prefix("tb-en"), _para, flowed=True, bottom=True),
    Client("thunderbird-de", _signs("tb-de"), _prefix("tb-de"), _para, flowed=True, bottom=True),
    Client("roundcube-tr", _signs("roundcube-tr"), _bare_quote("roundcube-tr"), _para, bottom=True),
    Client("roundcube-en", _signs("roundcube-en"), _bare_quote("roundcube-en"), _para, bottom=True),
    Client("yandex", _signs("yandex"), _yandex("yandex")),
    Client("horde", _signs("horde"), None, bottom=True),
    Client("k9", _signs("k9", width=70), _bare_quote("k9"), device="Cihazımdan K-9 Mail ile gönderildi."),
    Client("zimbra", _block("zimbra-tr", "----- Özgün İleti -----\n"), _zimbra("zimbra-tr"), _para),
    Client(
        "samsung",
        _block("samsung-tr", "-------- Orijinal mesaj --------\n"),
        None,
        device="Galaxy cihazımdan gönderildi",
    ),
    Client(
        "samsung-one-line",
        _one_line("samsung-tr", "-------- Orijinal mesaj --------"),
        None,
        device="Samsung Galaxy akıllı telefonumdan gönderildi.",
    ),
    Client("notes", _block("zimbra-tr"), _table("zimbra-tr")),
    Client("posta", _block("posta-tr"), _word("posta-tr"), _mso, device="Windows için Posta ile gönderildi"),
)

SIGNATURES: Mapping[str, str] = {
    "none": "",
    "name": "Dr. Deniz Numune",
    "title": "Dr. Deniz Numune\nİl Sağlık Müdürü",
    "delimiter": "-- \nDr. Deniz Numune\nİl Sağlık Müdürü",
    "onay-mah": "Uzm. Dr. Deniz Numune\nİl Sağlık Müdürü\n\nDenizli İl Sağlık Müdürlüğü\n"
    "Onay Mah. Uygun Sok. No: 5 Merkezefendi / DENİZLİ\nTel: 0258 000 00 00 / Dahili: 1234",
    "building": "Deniz Numune\nİl Sağlık Müdürü V.\nSağlık Müdürlüğü Ek Hizmet Binası\n"
    "Cumhuriyet Cad. No: 14 Kat: 3 Pamukkale/DENİZLİ\nTel: +90 258 000 00 00",
    "english": "Deniz Numune, MD\nProvincial Health Director\nDenizli, Türkiye\nPhone: +90 258 000 00 00",
    "state": "T.C.\nDENİZLİ VALİLİĞİ\nİl Sağlık Müdürlüğü\n\nDr. Deniz NUMUNE\nMüdür",
    "lines": "______________________\nDeniz Numune\nBasın ve Halkla İlişkiler Müşaviri",
    "web": "Deniz NUMUNE\nBasın Müşaviri\nwww.saglik.example | f: saglikdenizli | t: @saglikdenizli",
}
SIGNATURES = {
    **SIGNATURES,
    "one-line": "Dr. Deniz Numune - İl Sağlık Müdürü",
    "bars": "Deniz Numune | Basın Müşaviri | Sağlık Bakanlığı",
    "reach": "Deniz Numune\ndeniz.numune@saglik.example\n0 (258) 000 00 00",
    "icons": "Deniz NUMUNE\nHalkla İlişkiler Uzmanı\n📞 0258 000 00 00  📧 deniz@saglik.example",
    "closing": "Saygılarımla,\n\nDr. Deniz Numune\nİl Sağlık Müdürü",
    "deputy": "Müdür a.\nDeniz Numune\nMüdür Yardımcısı",
    "cid": "[cid:image001.png@01DB3D8F.12345670]\nDeniz Numune\nİl Sağlık Müdürü",
    "motto": 'Dr. Deniz Numune\nİl Sağlık Müdürü\n"Sağlıkla kalın"',
    "hospital": "Op. Dr. Deniz NUMUNE\nBaşhekim\nDenizli Devlet Hastanesi\nSırakapılar Mah. Selçuk Cad. No:2\n"
    "Santral: 0 258 000 00 00 - Faks: 0 258 000 00 01",
    "ministry": "Deniz NUMUNE\nMüşavir\n\nT.C. Sağlık Bakanlığı\nBasın ve Halkla İlişkiler Müşavirliği\n"
    "Üniversiteler Mahallesi Dumlupınar Bulvarı 6001. Cadde No: 9 Çankaya / ANKARA",
    "both-langs": "Deniz NUMUNE\nGenel Müdür Yardımcısı / Deputy Director General\nHalk Sağlığı Genel Müdürlüğü / "
    "General Directorate of Public Health",
    "dashes": "--\nDeniz Numune",
    "stars": "*******************\nDeniz Numune\nBasın Sorumlusu",
    "long-dash": "—\nDeniz Numune\nBasın Sorumlusu",
    "arz": "Arz ederim.\n\nDeniz Numune\nBasın Sorumlusu",
}
CLOSINGS = {"closing": "Saygılarımla,", "arz": "Arz ederim."}
"""Words of a signature that were typed."""
DELIMITED = ("delimiter", "dashes", "long-dash")
"""Where a line said that the signature begins, all below it is set aside (and may veto)."""
BANNERS: Mapping[str, str] = {
    "none": "",
    "tr": "DİKKAT: Bu e-posta kurum dışından gönderilmiştir. Göndereni tanımıyorsanız bağlantılara tıklamayınız.",
    "en": "CAUTION: This email originated from outside of the organization. Do not click links or open "
    "attachments unless you recognize the sender and know the content is safe.",
    "short": "[EXTERNAL]",
    "tag": "[Dış Kaynak] Bu ileti kurum dışından gelmektedir.",
    "outlook": "mudur@saglik.example adresinden sık sık e-posta almıyorsunuz. Bunun neden önemli olduğunu öğrenin",
}
POSTSCRIPTS: tuple[str, ...] = (
    "",
    "Not: 2. fotoğraf çıkarılsın.",
    "Not: Haber 3 Aralık gününe kadar yayımlanmasın.",
    "P.S. Başlığı kısaltın lütfen.",
    "Bir de tarih yanlış olmuş, düzeltilsin.",
)
"""Typed below the signature."""
DISCLAIMERS: Mapping[str, str] = {
    "none": "",
    "tr": "YASAL UYARI: Bu e-posta ve ekleri yalnızca gönderildiği kişi ya da kuruma özeldir ve gizli bilgi "
    "içerebilir. Muhatabı değilseniz lütfen göndereni uyarınız ve iletiyi siliniz; onaysız kullanılması, "
    "yayınlanması uygun değildir. Kurumumuz virüslerden sorumlu tutulamaz.",
    "two": "Bu elektronik posta ve onunla iletilen bütün dosyalar gizlidir; yetkili alıcısı dışında kimse "
    "tarafından kullanılamaz, çoğaltılamaz.\n\nThis e-mail and any files transmitted with it are confidential "
    "and intended solely for the use of the individual or entity to whom they are addressed. If you have "
    "received this email in error please notify the sender and delete it.",
    "green": "Lütfen bu e-postayı gerekmedikçe yazdırmayınız. Çevremizi koruyalım.",
    "scan": "Bu e-posta virüslere karşı Avast antivirüs yazılımı tarafından denetlenmiştir.\nwww.avast.example",
    "private": "Bu e-posta kişiye özeldir.",
    "lines": "Bu e-posta ve ekleri gizli bilgiler içerebilir ve sadece adreste belirtilen alıcıya özeldir.\n"
    "Eğer bu e-postayı yanlışlıkla aldıysanız, lütfen göndericiye haber veriniz ve e-postayı siliniz.\n"
    "E-postanın içeriği kurumumuzun resmî görüşünü yansıtmayabilir.",
    "title": "Gizlilik Notu\nBu mesaj ve ekleri, mesajda gönderildiği belirtilen kişi/kişilere özeldir ve gizlidir. "
    "Bu mesajın muhatabı olmamanıza rağmen tarafınıza ulaşmış olması hâlinde mesaj içeriğinin gizliliği ve bu "
    "gizlilik yükümlülüğüne uyulması zorunluluğu tarafınız için de söz konusudur.",
    "en": "CONFIDENTIALITY NOTICE: The contents of this email message and any attachments are intended solely for "
    "the addressee(s) and may contain confidential and/or privileged information and may be legally protected "
    "from disclosure.",
    "de": "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren "
    "Sie bitte sofort den Absender und vernichten Sie diese E-Mail.",
    "kvkk": "6698 sayılı Kişisel Verilerin Korunması Kanunu kapsamındaki aydınlatma metnine web sitemizden "
    "ulaşabilirsiniz. Bu ileti kişisel veri içeriyorsa yetkisiz kişilerle paylaşılmamalıdır.",
}
ANSWERS: tuple[str, ...] = (
    "Onaylıyorum.",
    "Uygun değildir.",
    "OLUR",
    "Sayın meslektaşım,\n\nMetni inceledim, uygundur.\n\nİyi çalışmalar dilerim.",
    "Şu düzeltmelerle uygundur:\n- başlık kısaltılsın\n- ikinci fotoğraf çıkarılsın\n- tarih 24.11.2026 olsun",
    "1) Başlıkta geçen sayı yanlış.\n2) Müdür Bey'in adı tam yazılsın.",
    'Vali Bey dün bana şunu yazdı: "bekleyelim".\nO yüzden bekleyelim.',
    "Konu: aşı haberi\nTarihi düzeltip yeniden gönderin.",
    "Kaç kişi katıldı? Kime sordunuz?",
    "Uygundur, ancak saat 15.00'ten önce yayınlanmasın çünkü aynı saatte Valilik de açıklama yapacak ve iki "
    "haberin birbirini gölgelemesini istemeyiz, bunu özellikle rica ediyorum.",
    "yarin bakarim\nselamlar",
    "Metin https://www.saglik.example/haber/12 adresindeki gibi olsun.",
    '"Aşı Haftası" yerine "Aşı Günleri" denilsin.',
    "Tamamdır 👍",
    "23.11.2026 tarihinde konuştuğumuz gibi, yayınlayabilirsiniz.",
)
CHARSETS: tuple[tuple[str, str], ...] = (
    ("utf-8", "utf-8"),
    ("windows-1254", "windows-1254"),
    ("iso-8859-9", "windows-1254"),
    ("windows-1254", "utf-8"),
    ("us-ascii", "utf-8"),
    ("utf-8", "windows-1254"),
)
"""Label and truth."""
ENCODINGS = ("quoted-printable", "base64", "8bit")
OLDER = (
    "",
    "",
    "24.11.2026 tarihinde Vali Bey <vali@x.example> yazdı:\n> Onaylıyorum\n> uygundur",
    "-----Özgün İleti-----\nKimden: Vali <v@x.example>\nGönderildi: 21 Kasım 2026\nKime: Basın\nKonu: x\n\n"
    "ONAY\n\nVali",
    "On Mon, Nov 2, 2026 at 9:15 AM Genel Müdür <gm@x.example> wrote:\n\nOlur, yayınlansın.",
)
"""Letters of others in the quote."""
FORMS = ("plain", "html", "both")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """One mail to make."""

    client: Client
    form: str = "both"
    answer: str = ANSWERS[0]
    signature: str = "none"
    disclaimer: str = "none"
    bottom: bool = False
    label: str = "utf-8"
    charset: str = "utf-8"
    encoding: str = "quoted-printable"
    decomposed: bool = False
    banner: str = "none"
    postscript: str = ""
    older: str = ""
    """A letter that is quoted in the quote."""

    def __str__(self) -> str:
        return (
            f"{self.client.name} {self.form} sig={self.signature} disc={self.disclaimer} "
            f"{'bottom' if self.bottom else 'top'} {self.label}/{self.charset} {self.answer[:20]!r}"
        )

    @property
    def wanted(self) -> str:
        """The new words."""
        below = "" if self.signature in DELIMITED else self.postscript
        return "\n".join(t for t in (self.answer, CLOSINGS.get(self.signature, ""), below) if t)

    @property
    def possible(self) -> bool:
        """Whether this client sends this form and people answer there in it."""
        c = self.client
        return not (
            (self.form != "html" and c.plain is None)
            or (self.form != "plain" and c.page is None)
            or (self.bottom and not c.bottom)
            or (self.charset != "utf-8" and "👍" in self.answer)
        )


def raw(w: Wrapping) -> bytes:
    """The bytes of the mail."""
    asked = ASKED + (f"\n\n{w.older}" if w.older else "")
    plain = _plain_body(w, asked) if w.form != "html" else ""
    page = _page_body(w, asked) if w.form != "plain" else ""
    head = [
        f"From: {Header(WHOM, 'utf-8').encode()} <{HIS}>",
        f"To: {BOX}",
        f"Subject: {Header('Ynt: ' + SUBJECT, 'utf-8').encode()}",
        "Date: Mon, 23 Nov 2026 12:11:03 +0300",
        "Message-ID: <1.made@saglik.example>",
        "In-Reply-To: <ask.request@ism.example>",
        "MIME-Version: 1.0",
    ]
    flowed = "; format=flowed" if w.client.flowed else ""
    forms = [_part(w, "plain", plain, flowed)] if plain else []
    forms += [_part(w, "html", page, "")] if page else []
    if len(forms) == 1:
        return "\n".join(head).encode() + b"\n" + forms[0]
    split = b"--=_made\n"
    return (
        "\n".join([*head, 'Content-Type: multipart/alternative; boundary="=_made"', "", ""]).encode()
        + b"".join(split + form + b"\n" for form in forms)
        + b"--=_made--\n"
    )


def _own(w: Wrapping) -> list[str]:
    """The stretches that the writer's program puts together, top to bottom, without the quote."""
    parts = (
        BANNERS[w.banner],
        w.answer,
        SIGNATURES[w.signature],
        w.postscript,
        w.client.device,
        DISCLAIMERS[w.disclaimer],
    )
    return [part for part in parts if part]


def _plain_body(w: Wrapping, asked: str) -> str:
    quote = w.client.plain(asked) if w.client.plain else ""
    own = "\n\n".join(_own(w))
    if w.client.flowed:
        own = "\n".join(" \n".join(textwrap.wrap(t, 70)) if t and t != "-- " else t for t in own.split("\n"))
    return f"{quote}\n\n{own}\n" if w.bottom else f"{own}\n\n{quote}\n"


def _page_body(w: Wrapping, asked: str) -> str:
    quote = w.client.page(asked) if w.client.page else ""
    blank = w.client.paragraph("")
    own = blank.join(
        "".join(w.client.paragraph(html.escape(line)) for line in stretch.split("\n")) for stretch in _own(w)
    )
    body = f"{quote}{own}" if w.bottom else f"{own}{blank}{quote}"
    return f"<html><head><title>x</title></head><body>{body}</body></html>"


def _part(w: Wrapping, kind: str, text: str, more: str) -> bytes:
    text = unicodedata.normalize("NFD", text) if w.decomposed else text
    data = text.encode(
        w.charset, "replace" if w.charset == "utf-8" else "xmlcharrefreplace" if kind == "html" else "ignore"
    )
    if w.encoding == "base64":
        data = base64.encodebytes(data)
    elif w.encoding == "quoted-printable":
        data = quopri.encodestring(data)
    head = f"Content-Type: text/{kind}; charset={w.label}{more}\nContent-Transfer-Encoding: {w.encoding}\n\n"
    return head.encode() + data


def sample(count: int, seed: int) -> Iterator[Wrapping]:
    """`count` mails that clients may send, the same ones for the same seed."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        client = chance.choice(CLIENTS)
        label, charset = chance.choice(CHARSETS)
        wrapping = Wrapping(
            client,
            chance.choice(FORMS),
            chance.choice(ANSWERS),
            chance.choice(tuple(SIGNATURES)),
            chance.choice(("none",) * 4 + tuple(DISCLAIMERS)),
            bottom=client.bottom and chance.random() < 0.4,
            label=label,
            charset=charset,
            encoding=chance.choice(ENCODINGS),
            decomposed=charset == "utf-8" and chance.random() < 0.1,
            banner=chance.choice(("none",) * 6 + tuple(BANNERS)),
            postscript=chance.choice(("",) * 10 + POSTSCRIPTS),
            older=chance.choice(OLDER),
        )
        if wrapping.possible:
            made += 1
            yield wrapping


def main() -> None:
    """By hand: `python -m tests.laws.wrappings 20000 7` names every mail that comes out wrong."""
    count, seed = (int(word) for word in (*sys.argv[1:3], "5000", "1")[:2])
    wrong = 0
    for wrapping in sample(count, seed):
        forms = alternatives(parse(raw(wrapping)))
        texts = [" ".join(form.text.split()) for form in forms]
        if any(text != " ".join(wrapping.wanted.split()) for text in texts):
            wrong += 1
            print(f"{wrapping}\n    {texts}\n    {forms[0].why}")
    print(f"{wrong} of {count} wrong")


if __name__ == "__main__":
    main()
