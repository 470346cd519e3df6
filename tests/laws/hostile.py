"""Bodies of 200 kB that try to cost time: shapes that a reader of lines, tags or words may stumble on."""
# ruff: noqa: E501 - pieces, a class a line

from __future__ import annotations

SIZE = 200_000


def _fill(piece: str, *, head: str = "", tail: str = "") -> str:
    return head + piece * ((SIZE - len(head) - len(tail)) // len(piece)) + tail


_PIECES = (
    # signs and brackets
    "<", "<a", "a", "\n>", ">", "> > ", ">\n", "&", "&amp", "&#x41;", "&#99999999;", "[", "(", "\"", "'", "=", "*", "_", "-",
    "\t", " ", "\n", "\n\n", "\u00a0", "\u200b", "\u0307", "İ", "i\u0307", "\ufb03", "\u202e", "\ud83d\udc4d".encode("utf-16", "surrogatepass").decode("utf-16"),
    # tags
    "<!--", "<!-- -->", "<!", "<?", "</", "</p>", "<p>", "<div>", "<b>", "<b><i>", "<b></i>", "<font>", "<td>", "<tr><td>", "<table>",
    "<table><tr><td>", "<li>", "<ul><li>", "<br>", "<hr>", "<blockquote>", "<blockquote>x", "<div>x</div>", "<span>x", "</div>", "</span></b>",
    "<s>a</s>", "<a b='", "<a b=\"", "<a b=c ", "<a b=\"x\"c='y'", "<div x>", "<p style='text-decoration:", "<font color=", "<td style='",
    "<span style='color:red'>x</span>", "<div style='display:none'>", "<pre>\n", "<title>", "<script>", "<style>", "<textarea>", "<select>",
    "<div class=gmail_quote>", "<div id=divRplyFwdMsg>", "<div class=gmail_signature>x</div>", "<p>Kimden: a</p>", "Kimden:<br>", "<wbr>",
    "<img alt=\"+\">", "<o:p>", "<o:p/>", "<svg>", "<b></div>", "<td><b></div>", "<a href='x'>", "<li><p>", "<dl><dd>", "<i><td></i>",
    # lines of clients
    "Kimden: ", "Kimden:\n", "Kimden: a\nKime: b\nKonu: c\n\n", "Kimden: a b c d e f g Kime: h ", "Konu: x\n", "From: ", "x yazdı:\n",
    "a@b:\n", "On ", "On 1.1.2026 ", "Am 1.1.2026 schrieb a@b ", "quoting a@ ", "--- wrote: ---\n", "(a) yazdı: ", "1.1.2026 ", "<x@y ",
    "2026-01-01 10:00 tarihinde ", "-----Özgün İleti-----", "-----Özgün İleti-----\n", "________________________________\n",
    "________________________________\nA: b@c\n", "AB> x\n", "[A]: x\n", "** x\n", "a@b.c, 10:00:\n", "23.11.2026 10:15 tarihinde a\n",
    "Begin forwarded message:\n", "bu satırın üstüne yazınız\n",
    # signatures and notices
    "A B\n", "A B\n\n", "Dr. Ali Veli\n", "Müdür a.\n", "Ali Veli | Müdür | ", "Ali Veli, Müdür, ", "saygı\nAli Veli\n", "--\n", "-- \n", "-----\n",
    "Tel: 0258 000 00 00\n", "0258 000 00 00 ", "a@b.example ", "www.a.b/", "https://a.example/b\n", "Onay Mah. ", "\"a b c\"\n", "6698 gizli alıcı ",
    "bu mesaj gizli ", "Bu e-posta gizlidir. Alıcısı değilseniz siliniz.\n", "gönderildi ", "iphone gönderildi\n", "iletinize tepki verdi\n",
    "external ", "dikkat kurum dışı ", "adresinden sık sık e-posta almıyorsunuz ", "[cid:", "[cid:a]", "[image: ", "<mailto:", "<mailto:a@b>", "<https://a>",
    # machines and swindlers
    "parola ", "hesap dogrula ", "belge paylas ", "kargo ", "posta kutusu doldu ", "kota ", "sayin kullanici ", "izin ", "toplanti ", "e-posta ", "iletiniz ",
    "kamera kaydet ", "icra ", "miras ", "iban ", "gorevimden ", "talep no: 1", "mesai saatleri ", "i am ", "tikla ", "http://a ", "iletiniz tarihinde ", "otomatik ",
    "kaynak: a\n", "toplam haber: 1 ", "adresiniz artik ", "ekli fatura ",
    # words
    "onay ", "uygundur ", "onaylıyorum\n", "değil ", "x ", "satır bir iki üç\n", "çıktı: ",
)  # fmt: skip
BODIES: dict[str, str] = {
    **{piece: _fill(piece) for piece in _PIECES},
    "nested and closed": "<div>" * 18_000 + "x" + "</div>" * 18_000,
    "nested quotes and closed": "<blockquote>" * 8_000 + "x" + "</blockquote>" * 8_000,
    "misnested": "<b>" * 30_000 + "</i>" * 25_000,
    "misnested cells": "<td>" * 20_000 + "</b>" * 25_000,
    "formatting around blocks": "<b><p>" * 15_000 + "</b>" * 25_000,
    "open cell": "<i>" * 900 + "<td>" + "<b>" * 90 + "</i>" * 45_000,
    "quotes of growing depth": "\n".join(">" * (n % 400) + " x" for n in range(950)),
    "one long attribution": "On " + "a" * 199_000 + " wrote:",
    "long line in front of a colon": "a " * 99_000 + ":",
    "long lines": ("kelime " * 280 + "\n") * 100,
    "header values": "Kimden: " + "a@b.example; " * 15_000 + "\nKime: x\nKonu: y",
    "one tag": "<div " + "a=b " * 49_000 + ">",
    "one attribute": "<div style='" + "color:red;" * 19_000 + "'>x",
    "huge table": "<table>" + "<tr><td>a</td><td>b</td></tr>" * 6_800 + "</table>",
    "signatures with blanks": "Onay\n\n" + "Ali Veli\nMüdür\n\nnot\n\n" * 8_000,
    "base64 picture": '<img src="data:image/png;base64,' + "A" * 199_000 + '">Onay',
}
"""By name."""
