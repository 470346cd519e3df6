"""Mails leave as the golden files say; nothing that a value holds changes their form.

`MAILBOT_GOLDEN=write pytest tests/adapters/test_render.py` writes the golden files anew: read the diff.
"""

from __future__ import annotations

import html as htmllib
import os
import re
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from mailbot.adapters.render import JinjaRenderer, RenderError, check_templates
from mailbot.adapters.renderer import read_info
from mailbot.adapters.template_check import Sample, sample_of, template_names
from mailbot.core.command import Command, Verb
from mailbot.core.directory import Directory
from mailbot.core.item import FileRef
from mailbot.core.outcome import MailOrder, Purpose, Recipient
from mailbot.core.rules import Closing, Unit
from mailbot.core.values import Address, Digest, MessageId, Token, digest_of
from mailbot.ports.renderer import RenderedMail
from mailbot.reading.choice import read_choice
from mailbot.reading.command import read_commands
from mailbot.reading.fresh import fresh_text
from mailbot.reading.verdict import decide
from mailbot.rulebook.load import load, load_lexicon

TEMPLATES = Path(__file__).parents[2] / "templates"
GOLDEN = Path(__file__).parent / "golden"
UNIT = Unit(
    "DNZ", "Basın ve İletişim Birimi", "Denizli İl Sağlık Müdürlüğü", "0258 000 00 00",
    Address("basin@denizli-ism.example"), "https://denizli-ism.example",
)  # fmt: skip
ID = MessageId("<dnz-hbr-2026-0147.1@denizli-ism.example>")
NAMES = template_names(TEMPLATES)
ASKS = [name for name in NAMES if read_info(TEMPLATES / name).answers]


@pytest.fixture(scope="module")
def renderer() -> JinjaRenderer:
    return JinjaRenderer(TEMPLATES, UNIT)


def blob_of(digest: Digest) -> bytes:
    return b"x" * 1000


def render(renderer: JinjaRenderer, sample: Sample, **changes: object) -> list[RenderedMail]:
    order = replace(sample.order, **changes)  # type: ignore[arg-type]
    return renderer.render(order, [ID] * len(order.to), sample.now, blob_of)


def parsed(mail: RenderedMail) -> EmailMessage:
    found = message_from_bytes(mail.message, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_mail_is_as_the_golden_file_says(renderer: JinjaRenderer, name: str) -> None:
    mail = render(renderer, sample_of(TEMPLATES, name))[0]
    message = parsed(mail)
    head = [f"{key}: {value}" for key, value in message.items() if key != "Content-Type"]
    part = message.get_body(("plain",))
    assert part is not None
    text = "\n".join(head) + "\n\n" + part.get_content().replace("\r\n", "\n")
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("MAILBOT_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_form_of_every_mail(renderer: JinjaRenderer, name: str) -> None:
    mail = render(renderer, sample_of(TEMPLATES, name))[0]
    assert mail.message.isascii()
    assert b"8bit" not in mail.message
    assert all(len(line) <= 998 for line in mail.message.split(b"\r\n"))
    assert b"\n" not in mail.message.replace(b"\r\n", b"")
    assert parsed(mail).defects == []


def shown(html: str) -> str:
    """HTML without what no reader sees."""
    hidden = r"<style>.*?</style>|<!--.*?-->|<div style=\"display:none.*?</div>|<title>.*?</title>"
    return htmllib.unescape(re.sub(hidden, " ", html, flags=re.DOTALL))


@pytest.mark.parametrize("name", NAMES)
def test_text_and_html_say_the_same(renderer: JinjaRenderer, name: str) -> None:
    sample = sample_of(TEMPLATES, name)
    _, text, html = renderer.preview(sample.order, sample.now)
    words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", shown(html)))
    assert sorted(set(re.findall(r"\w+", text))) == sorted(set(words))


def test_all_templates_pass_their_check() -> None:
    assert check_templates(TEMPLATES, UNIT) == []


@pytest.mark.parametrize("name", ASKS)
def test_an_ask_carries_the_key_in_subject_and_footer(renderer: JinjaRenderer, name: str) -> None:
    sample = sample_of(TEMPLATES, name)
    key = str(sample.order.to[0].token)
    mail = render(renderer, sample)[0]
    item = sample.order.values["item"]
    assert isinstance(item, dict)
    assert re.fullmatch(
        re.escape(f"[{item['ref']}/{key}] ") + r"[\w ]{4,30} onayı: " + re.escape(item["title"]), mail.subject
    )
    assert mail.text.splitlines()[0] == "— Yanıtınızı lütfen bu satırın üstüne yazınız —"
    assert mail.text.splitlines()[-1] == f"Kayıt no: {item['ref']} / Sürüm {item['version']} / {key}"
    html = parsed(mail).get_body(("html",))
    assert html is not None
    rows = [
        row.strip() for row in re.sub(r"<[^>]*>", "\n", shown(html.get_content())).split("\n") if row.strip()
    ]
    assert (rows[0], rows[-1]) == (mail.text.splitlines()[0], mail.text.splitlines()[-1])


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(ASKS)))
def test_who_is_asked_nothing_sees_no_key(renderer: JinjaRenderer, name: str) -> None:
    """Not even where a subject or an answer is repeated that held somebody's key."""
    mail = render(renderer, sample_of(TEMPLATES, name))[0]
    assert Token.find_all(mail.message.decode()) == ()


@pytest.mark.parametrize("name", NAMES)
def test_lists_and_paragraphs_keep_their_lines(renderer: JinjaRenderer, name: str) -> None:
    sample = sample_of(TEMPLATES, name)
    _, text, _ = renderer.preview(sample.order, sample.now)
    assert "\n\n\n" not in text
    assert "\n\nDenizli İl Sağlık Müdürlüğü\nBasın ve İletişim Birimi" in text
    assert not re.search(r"[^\s–]- |\b(?:None|False|True)\b", text)


def test_a_report_names_each_outlet_in_a_line_of_its_own(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "servis-raporu")
    rows = [
        {"name": "", "address": f"haber{n}@basin.example", "state_label": state, "reply": reply, "number": no}
        for n, (state, reply, no) in enumerate(
            (("gönderildi", "", "4XyzAb2k"), ("geri döndü", "550 dolu", ""), ("geri döndü", "551 yok", ""))
        )
    ]
    mail = render(renderer, sample, values={**sample.order.values, "deliveries": rows})[0]
    lines = mail.text.splitlines()
    assert "3 alıcıdan 1 tanesine gönderildi. İlk kopya 23.11.2026, saat 16.00'da" in lines[2]
    assert [line for line in lines if line.startswith("- ")] == [
        "- haber1@basin.example: geri döndü (550 dolu)",
        "- haber2@basin.example: geri döndü (551 yok)",
        "- haber0@basin.example (kuyruk no 4XyzAb2k)",
    ]
    assert "YENİDEN GÖNDER: haber2@basin.example" in mail.text


DEPARTMENT = "Halk Sağlığı Hizmetleri Başkanlığı"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (
            {"event": "Sağlıklı Gülüşler", "event_date": date(2026, 11, 22), "place": "Çamlık Parkı"},
            (
                f"{DEPARTMENT} tarafından 22.11.2026'da Çamlık Parkı'nda düzenlenen “Sağlıklı Gülüşler” "
                "programına ilişkin"
            ),
        ),
        (
            {"event": "Sağlıklı Gülüşler"},
            f"{DEPARTMENT} tarafından düzenlenen “Sağlıklı Gülüşler” programına ilişkin",
        ),
        (
            {"event_date": date(2026, 11, 22)},
            f"{DEPARTMENT} tarafından 22.11.2026'da düzenlenen etkinliğe ilişkin",
        ),
        (
            {"event_date": date(2026, 11, 29)},
            f"{DEPARTMENT} tarafından 29.11.2026'da düzenlenecek etkinliğe ilişkin",
        ),
        ({"place": "Çamlık Parkı"}, f"{DEPARTMENT} tarafından Çamlık Parkı'nda düzenlenen etkinliğe ilişkin"),
        (
            {"department": None, "event_date": date(2026, 11, 22), "place": "Çamlık Parkı"},
            "Müdürlüğümüz tarafından 22.11.2026'da Çamlık Parkı'nda düzenlenen etkinliğe ilişkin",
        ),
        ({}, "Halk Sağlığı Hizmetleri Başkanlığının çalışmalarına ilişkin"),
        ({"department": None}, "Müdürlüğümüzce"),
    ],
)
def test_the_day_that_the_director_reads_is_the_event_s(
    renderer: JinjaRenderer, known: dict[str, object], words: str
) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    item = {**sample.order.values["item"], "event": None, "event_date": None, "place": None, **known}  # type: ignore[dict-item]
    mail = render(renderer, sample, values={"item": item})[0]
    assert (
        f"\n{words} hazırlanan haber metni (Sürüm 2) ve 2 adet fotoğraf aşağıda ve ekte sunulmuştur.\n"
        in mail.text
    )


def test_the_help_names_lines_that_work_as_written(renderer: JinjaRenderer) -> None:
    book = load(TEMPLATES.parent / "rules").book
    sample = sample_of(TEMPLATES, "yardim")
    _, text, _ = renderer.preview(sample.order, sample.now)
    verbs = set()
    for line in re.findall(r"^- (.+?) – ", text, re.MULTILINE):
        [found] = read_commands(line, directory=Directory.of(book), calendar=book.calendar, now=sample.now)
        assert isinstance(found, Command), line
        assert found.lacking == "", line
        verbs.add(found.verb)
    unsupported = {Verb.POSTPONE, Verb.EBYS, Verb.DEPUTY, Verb.CORRECTED}
    synonyms = {Verb.WITHDRAW, Verb.TODAY}
    assert verbs | unsupported | synonyms | {Verb.LEXICON} == set(Verb)


@pytest.mark.parametrize(
    "name", ["onay-gecikti", "duzeltme-istendi", "sozluk-onerisi", "anlasilmadi", "kayit-acildi"]
)
def test_lines_that_staff_may_copy_are_orders(renderer: JinjaRenderer, name: str) -> None:
    book = load(TEMPLATES.parent / "rules").book
    sample = sample_of(TEMPLATES, name)
    _, text, _ = renderer.preview(sample.order, sample.now)
    lines = [
        m[1]
        for m in re.finditer(r"(?:^[-|\s]*|: )([A-ZÇĞİÖŞÜ]{5,}(?: [A-ZÇĞİÖŞÜ]+)?: .+)$", text, re.MULTILINE)
    ]
    lines = [line for line in lines if "AMBERGO" not in line]
    assert lines
    for line in lines:
        [found] = read_commands(line, directory=Directory.of(book), calendar=book.calendar, now=sample.now)
        assert isinstance(found, Command), line
        assert found.lacking == "", line


def test_a_verbal_approval_is_offered_for_the_office_that_is_late(renderer: JinjaRenderer) -> None:
    book = load(TEMPLATES.parent / "rules").book
    sample = sample_of(TEMPLATES, "onay-gecikti")
    for office in book.offices.values():
        late = {**sample.order.values, "office": office.name, "short": office.short}
        mail = render(renderer, sample, values=late)[0]
        line = mail.text.split("SÖZLÜ ONAY: ")[1].splitlines()[0]
        [found] = read_commands(
            f"SÖZLÜ ONAY: {line}", directory=Directory.of(book), calendar=book.calendar, now=sample.now
        )
        assert isinstance(found, Command)
        assert found.office == office.id


def test_who_has_no_key_gets_no_key_and_no_button(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    person = replace(sample.order.to[0], token=None)
    mail = render(renderer, sample, to=(person,))[0]
    assert mail.subject.startswith("[DNZ-HBR-2026-0147] ")
    assert b"mailto:" not in mail.message
    assert "\nOnay, size vekâlet edenden istenmiştir. Bilgilerinize arz ederim.\n" in mail.text
    assert "onaylarınıza" not in mail.text


@pytest.mark.parametrize(
    "evil", ["A\r\nBcc: kurban@x.example", "A\nB", "A\x00\x1b\u2028B", "=?utf-8?q?=0D=0ABcc?=", "\ud800"]
)
def test_no_value_breaks_out_of_a_header(renderer: JinjaRenderer, evil: str) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    item = {**sample.order.values["item"], "title": evil, "text": evil}  # type: ignore[dict-item]
    person = replace(sample.order.to[0], name=evil)
    files = (FileRef(evil, evil, 3, digest_of(b"x")),)
    mail = render(
        renderer,
        sample,
        to=(person,),
        values={"item": item},
        files=files,
        references=(MessageId("<a\x00ğ@b>"),),
    )[0]
    plain = render(renderer, sample, files=(FileRef("a.jpg", "image/jpeg", 3, digest_of(b"x")),))[0]
    assert parsed(mail).keys() == parsed(plain).keys()
    assert parsed(mail)["Bcc"] is None
    assert "\n" not in mail.subject


def test_html_shows_markup_as_text(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    item = {**sample.order.values["item"], "text": "<script>x</script> & <b>"}  # type: ignore[dict-item]
    _, text, html = renderer.preview(replace(sample.order, values={"item": item}), sample.now)
    assert "<script>" in text
    assert "<script>" not in html
    assert "&lt;script&gt;x" in html


def test_buttons_write_a_mail_that_names_version_and_key(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    item = {**sample.order.values["item"], "title": "Ağız, diş + çene & sağlığı " * 30}  # type: ignore[dict-item]
    _, _, html = renderer.preview(replace(sample.order, values={"item": item}), sample.now)
    hrefs = re.findall(r'href="(mailto:[^"]*)"', html)
    assert len(hrefs) == 3
    assert all("&amp;body=" in href for href in hrefs)
    for href, words in zip(
        hrefs, ("Metni onaylıyorum.", "değişikliğin yapılmasını", "uygun görmüyorum."), strict=True
    ):
        url = htmllib.unescape(href)
        assert len(url) < 1500
        assert "+" not in url
        assert "," not in url
        fields = parse_qs(urlsplit(url).query)
        assert set(fields) == {"subject", "body"}
        key = str(sample.order.to[0].token)
        assert key in fields["subject"][0]
        assert key in fields["body"][0]
        assert f"-- \r\nKayıt no: DNZ-HBR-2026-0147 / Sürüm 2 / {key}" in fields["body"][0]
        assert words in fields["body"][0]
        assert "\r\n" in fields["body"][0]


SIGNATURES = {
    "none": "{}",
    "below": "{}\r\n\r\nSaygılarımla\r\nNisan Örnek\r\nBasın Müşaviri\r\nTel: 0312 000 00 00",
    "Outlook": "{}\r\n\r\n________________________________\r\nNisan Örnek\r\nBasın Müşavirliği",
    "iPhone": "{}\r\n\r\niPhone’umdan gönderildi",
    "blank lines": "\r\n\r\n{}\r\n\r\n\r\n",
    "bare LF": "{}",
}
"""What mail programs do to the text of a `mailto:` link before it is sent."""


@pytest.mark.parametrize("program", SIGNATURES)
@pytest.mark.parametrize("name", ASKS)
def test_buttons_are_read_as_what_they_say(renderer: JinjaRenderer, name: str, program: str) -> None:
    sample = sample_of(TEMPLATES, name)
    _, asked, html = renderer.preview(sample.order, sample.now)
    lexicon = load_lexicon(TEMPLATES.parent / "rules")
    offered, read = list(read_info(TEMPLATES / name).answers), []
    for href in re.findall(r'href="(mailto:[^"]*)"', html):
        body = SIGNATURES[program].format(parse_qs(urlsplit(htmllib.unescape(href)).query)["body"][0])
        if "değişikliğin yapılmasını istiyorum: " in body:
            body = body.replace("istiyorum: ", "istiyorum: İlk cümleye tarih eklensin.")
        fresh = fresh_text(body.replace("\r\n", "\n") if program == "bare LF" else body, (asked,))
        if offered == ["WEB", "YENİ SÜRÜM", "İPTAL"]:
            read.append(read_choice(fresh.text) or "")
        else:
            read.append(decide(fresh.text, lexicon, aside=fresh.aside).decision.value)
    assert read in (["approve", "revise", "reject"], ["web", "taslak", "iptal"])


def test_a_change_that_names_none_is_no_approval(renderer: JinjaRenderer) -> None:
    """DÜZELTME sent as it opens, without the wish."""
    sample = sample_of(TEMPLATES, "haber-dis-onay")
    _, _, html = renderer.preview(sample.order, sample.now)
    href = re.findall(r'href="(mailto:[^"]*)"', html)[1]
    fresh = fresh_text(parse_qs(urlsplit(htmllib.unescape(href)).query)["body"][0])
    lexicon = load_lexicon(TEMPLATES.parent / "rules")
    assert decide(fresh.text, lexicon, aside=fresh.aside).decision.value == "revise"


@pytest.mark.parametrize("name", ASKS)
def test_no_line_of_ours_reads_as_an_approval(renderer: JinjaRenderer, name: str) -> None:
    """Where a mail program quotes without a mark, our own words must not decide."""
    sample = sample_of(TEMPLATES, name)
    lexicon = load_lexicon(TEMPLATES.parent / "rules")
    _, text, _ = renderer.preview(sample.order, sample.now)
    own = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("  | ")]
    assert [line for line in own if decide(line, lexicon).decision.value == "approve"] == []


@pytest.mark.parametrize("name", ASKS)
def test_subaddress_carries_the_key(name: str) -> None:
    sample = sample_of(TEMPLATES, name)
    mail = render(JinjaRenderer(TEMPLATES, UNIT, subaddress=True), sample)[0]
    assert parsed(mail)["Reply-To"] == f"basin+{sample.order.to[0].token}@denizli-ism.example"


def test_copies_of_a_release_share_one_body(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "haber-servis")
    asked: list[Digest] = []

    def blob(digest: Digest) -> bytes:
        asked.append(digest)
        return b"y" * 2_000_000

    people = tuple(
        Recipient(Address(f"haber{n}@basin.example"), f"Gazete {n}", "", Closing.NEZAKET) for n in range(200)
    )
    files = (FileRef("büyük resim.jpg", "image/jpeg", 2_000_000, digest_of(b"y")),)
    order = replace(sample.order, to=people, files=files)
    mails = renderer.render(order, [MessageId(f"<{n}@x.example>") for n in range(200)], sample.now, blob)
    assert len({id(mail.body) for mail in mails}) == 1
    assert len(asked) == 1
    assert all(b"haber7@" not in mail.message for n, mail in enumerate(mails[:20]) if n != 7)
    [file] = list(parsed(mails[3]).iter_attachments())
    assert file.get_filename() == "büyük resim.jpg"
    assert file.get_content() == b"y" * 2_000_000


def test_a_long_text_rides_as_a_file(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    text = 'Şöyle "bir" <uzun> cümle.\n' * 20_000
    item = {**sample.order.values["item"], "text": text}  # type: ignore[dict-item]
    mail = render(renderer, sample, values={"item": item})[0]
    message = parsed(mail)
    rich = message.get_body(("html",))
    assert rich is not None
    assert len(rich.get_content().encode()) < 90_000
    [file] = list(message.iter_attachments())
    assert file.get_content().replace("\r\n", "\n").lstrip("\ufeff") == text
    assert str(sample.order.to[0].token) in rich.get_content()


def headers(renderer: JinjaRenderer, purpose: Purpose) -> EmailMessage:
    return parsed(render(renderer, sample_of(TEMPLATES, "haber-servis"), purpose=purpose)[0])


def test_asks_want_to_hear_of_absences_and_the_rest_does_not(renderer: JinjaRenderer) -> None:
    wanting = {Purpose.ASK, Purpose.REMINDER, Purpose.ASK_BACK, Purpose.CHOICE, Purpose.ERRAND}
    for purpose in wanting:
        found = headers(renderer, purpose)
        assert found["Auto-Submitted"] is None
        assert found["X-Auto-Response-Suppress"] == "AutoReply, RN, NRN"
    for purpose in set(Purpose) - wanting:
        assert headers(renderer, purpose)["Auto-Submitted"].startswith("auto-")
    release = headers(renderer, Purpose.RELEASE)
    assert "<bulten.denizli-ism.example>" in release["List-Id"]
    assert release["List-Unsubscribe"].startswith("<mailto:basin@")


def test_threads_and_copies(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    person = replace(sample.order.to[0], copy_to=(Address("mudur@denizli-ism.example"),))
    mail = parsed(
        render(renderer, sample, to=(person,), references=(MessageId("<a@x>"), MessageId("<b@x>")))[0]
    )
    assert (mail["In-Reply-To"], mail["References"]) == ("<b@x>", "<a@x> <b@x>")
    assert mail["Cc"] == "mudur@denizli-ism.example"
    assert mail["Message-ID"] == ID


def broken(tmp_path: Path, file: str, content: str) -> list[str]:
    import shutil

    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    (folder / file).write_text(content, encoding="utf-8")
    return check_templates(folder, UNIT)


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("kapandi/body.txt", "bir\niki {{ item.yok }}\n", ("kapandi/body.txt:2", "bilinmeyen değer")),
        ("kapandi/body.html", "{% if %}", ("kapandi/body.html:1", "yazım yanlışı")),
        ("kapandi/mail.toml", "purpose = 3", ("kapandi/mail.toml", "okunamadı")),
        ("hatirlatma/body.txt", "Merhaba", ("hatirlatma/body.txt", "anahtar")),
        ("hatirlatma/body.html", "<p>{{ key }}" + "x" * 90_000, ("hatirlatma/body.html", "90 kB")),
    ],
)
def test_check_names_file_and_row(tmp_path: Path, file: str, content: str, words: tuple[str, ...]) -> None:
    complaints = broken(tmp_path, file, content)
    assert any(all(word in line for word in words) for line in complaints), complaints


def test_a_template_that_is_missing_is_a_render_error(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "kapandi")
    with pytest.raises(RenderError, match="böyle-yok"):
        render(renderer, sample, template="böyle-yok")


def test_what_may_go_twice(renderer: JinjaRenderer) -> None:
    assert renderer.repeatable("hatirlatma")
    assert not renderer.repeatable("haber-servis")


def test_a_trial_says_so_under_the_reply_line(renderer: JinjaRenderer) -> None:
    sample = sample_of(TEMPLATES, "haber-mudur-onayi")
    mail = render(renderer, sample, values={**sample.order.values, "banner": "DENEME — örnek"})[0]
    assert mail.text.splitlines()[0].startswith("— Yanıtınızı")
    assert "*** DENEME — örnek ***" in mail.text
    assert "DENEME" not in mail.subject
    assert isinstance(sample.order, MailOrder)
