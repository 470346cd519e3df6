"""Turkish mails as the unit gets them: news from staff, replies of offices, pictures, Outlook's ballast."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from mailbot.core.rules import Rulebook

SUBJECTS = (
    "diyabet farkındalık yürüyüşü", "aşı haftası etkinliği", "ağız ve diş sağlığı taraması",
    "sigara bırakma polikliniği",
    "kan bağışı kampanyası", "emzirme haftası kutlaması", "kanser taraması standı", "hijyen eğitimi",
)  # fmt: skip
PLACES = (
    "Çamlık Parkı'nda",
    "Delikliçınar Meydanı'nda",
    "Bayramyeri'nde",
    "Servergazi'de",
    "İncilipınar Parkı'nda",
)
SENTENCES = (
    "İl Sağlık Müdürlüğümüz ekipleri {place} vatandaşlarımızla bir araya geldi.",
    "Etkinlikte katılımcılara sağlıklı beslenme ve hareketli yaşam hakkında bilgi verildi.",
    "Kurulan stantta kan şekeri ve tansiyon ölçümü yapıldı, broşür dağıtıldı.",
    "Ölçümü yüksek çıkan {number} vatandaş aile hekimine yönlendirildi.",
    "Programa öğrenciler, öğretmenler ve çok sayıda gönüllü katıldı.",
    "Yürüyüşe yaklaşık {number} kişi eşlik etti, gün boyunca sorular yanıtlandı.",
    "Çalışmaların önümüzdeki aylarda ilçelerde de sürdürüleceği belirtildi.",
)
APPROVALS = (
    "Uygundur.", "Uygundur, iyi çalışmalar dilerim.", "Onaylıyorum.", "Sakınca yok, iyi çalışmalar dileriz.",
    "Olur.", "Tarafımızca uygun görülmüştür.", "Uygundur, elinize sağlık.",
)  # fmt: skip
REVISIONS = (
    "İkinci paragraftaki sayıyı 285 olarak düzeltip yeniden gönderir misiniz?",
    "Başlık daha kısa olsun lütfen.",
)
QUESTIONS = ("Etkinlik hangi gün yapıldı?", "Fotoğraflar hangi kuruma ait?")
CHARSETS = ("windows-1254", "utf-8")
PICTURE = 150_000
"""Bytes before base64: some 200 kB in the mail."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail of the bot that somebody answers."""

    recipient: str
    message_id: str
    references: str
    subject: str
    text: str


def news_text(dice: random.Random, size: int) -> str:
    """A press text of about `size` characters."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        chosen = dice.sample(SENTENCES, 4)
        paragraphs.append(
            " ".join(s.format(place=dice.choice(PLACES), number=dice.randint(40, 900)) for s in chosen)
        )
    return "\n\n".join(paragraphs)


def opening(dice: random.Random, book: Rulebook, number: int, *, picture: bool) -> bytes:
    """A staff mail to the director with the bot in Cc: a news item for the press."""
    staff = book.staff[number % len(book.staff)]
    director = next(office for name, office in book.offices.items() if name == "mudur").people[0]
    department = next(d for d in book.departments.values() if d.gm == "hsgm")
    title = f"{number}. {dice.choice(SUBJECTS)} {dice.choice(PLACES)}"
    body = (
        "Sayın Müdürüm,\n\nHaber metni aşağıdadır. Yerel basına servis edilecektir.\n\n"
        f"İlgili Başkanlık: {department.name}\nBaşlık: {title}\n\nMetin:\n"
        f"{news_text(dice, dice.randint(1500, 4500))}\n"
    )
    return _mail(
        dice,
        sender=f"{staff.name} <{staff.address}>",
        to=str(director.address),
        cc=str(book.unit.address),
        subject=f"Haber onayı: {title}",
        body=body,
        picture=picture,
    )


def reply(
    dice: random.Random, book: Rulebook, sent: Sent, *, picture: bool, words: str | None = None
) -> bytes:
    """An office's answer to an ask: mostly a yes, sometimes a change or a question, always with the quote."""
    words = words or dice.choice(dice.choices((APPROVALS, REVISIONS, QUESTIONS), (85, 10, 5))[0])
    quote = "\n".join(f"> {line}" for line in sent.text.splitlines())
    unit = str(book.unit.address)
    body = f"{words}\n\n23.11.2026 10:31 tarihinde {unit} şunu yazdı:\n{quote}\n"
    return _mail(
        dice,
        sender=sent.recipient,
        to=unit,
        cc="",
        subject=f"YNT: {sent.subject}",
        body=body,
        picture=picture,
        in_reply_to=sent.message_id,
        references=f"{sent.references} {sent.message_id}".strip(),
    )


def _mail(
    dice: random.Random,
    *,
    sender: str,
    to: str,
    cc: str,
    subject: str,
    body: str,
    picture: bool,
    in_reply_to: str = "",
    references: str = "",
) -> bytes:
    charset = dice.choice(CHARSETS)
    body = body.encode(charset, "replace").decode(charset)
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, to
    if cc:
        mail["Cc"] = cc
    mail["Subject"] = subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = make_msgid(domain="mail.example")
    if in_reply_to:
        mail["In-Reply-To"], mail["References"] = in_reply_to, references
    mail.set_content(body, charset=charset, cte="quoted-printable")
    mail.add_alternative(_page(dice, body), subtype="html", charset=charset, cte="quoted-printable")
    if picture:
        mail.add_attachment(
            b"\xff\xd8\xff\xe0" + dice.randbytes(PICTURE),
            maintype="image",
            subtype="jpeg",
            filename="foto.jpg",
        )
    return mail.as_bytes()


def _page(dice: random.Random, body: str) -> str:
    """The body as Outlook writes it: behind a style block of 8 to 30 kB."""
    new, mark, quote = body.partition("\n\n23.11.2026")
    rows = [
        f"p.Mso{number}{{mso-style-priority:{number};margin:0cm;font-size:11.0pt;font-family:Calibri,sans-serif}}"
        for number in range(dice.randint(90, 330))
    ]
    paragraphs = "".join(
        f'<p class="MsoNormal">{html.escape(line)}<o:p></o:p></p>\n' for line in new.splitlines()
    )
    quoted = html.escape("23.11.2026" + quote).replace("\n&gt; ", "<br>\n") if mark else ""
    rest = f"<blockquote>{quoted}</blockquote>" if quoted else ""
    return (
        "<html><head><style><!--\n" + "\n".join(rows) + "\n--></style></head>"
        f'<body lang="TR"><div class="WordSection1">\n{paragraphs}</div>{rest}</body></html>\n'
    )
