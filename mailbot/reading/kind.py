"""The kind of a letter: one word of the command line's contract, with the reasons in Turkish."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.core.command import Command
from mailbot.core.decision import Fresh
from mailbot.core.facts import SenderRole
from mailbot.core.letter import Letter
from mailbot.core.opening import Opening
from mailbot.core.request import InfoRequest, Update
from mailbot.reading.automatic import AutoKind, Automatic, Strength, read_automatic
from mailbot.reading.bounce import Bounce, read_bounce
from mailbot.reading.plain import plain, tidy
from mailbot.reading.thread import Traces

KINDS = (
    "reply", "info_note_request", "info_note_reminder", "info_note_update", "open", "command", "report", "clipping",
    "auto_reply", "bounce_failed", "bounce_delayed", "read_receipt", "calendar_reply", "list", "spam", "loop", "duplicate",
    "malformed", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of letter it is, and why; with what was read on the way."""

    kind: str
    why: tuple[str, ...]
    automatic: Automatic | None = None
    bounces: tuple[Bounce, ...] = ()


_REPLY_PREFIX = re.compile(r"^\W{0,3}(?:\w{1,14}\W{1,3}){0,3}?(?:re|ynt|yan|cvp|yanit|aw|sv|antw)\s?:")
_REPORT = re.compile(
    r"\b(?:haber\ssiteleri|medya|basin|haber|dijital)\s(?:\w{1,14}\s){0,2}(?:takip|tarama|izleme|analiz)\s(?:\w{1,10}\s){0,2}rapor|\btakip\srapor|\bhaber\ssiteleri\srapor|\b(?:gunluk|haftalik)\s(?:haber|medya)\s(?:\w{1,10}\s)?rapor|\bmedya\srapor"
)
_CLIPPING = re.compile(
    r"\b(?:gunluk|haftalik|sabah|aksam|anlik)\s(?:medya|basin|haber|gazete)\s?(?:\w{1,12}\s?){0,2}(?:rapor|tara|ozet|bulten|takip|yansima)|\bmedya\s(?:tarama|takip|raporu|yansima|izleme)|\bbasin\s(?:tarama|takip|ozeti|yansima)|\bkupur|\binterpress|\bhaber\salarm|\bhaber\suyaris|\bgoogle\salerts?\b|\byeni\shaber\sbildirim|\bmedya\sbulten|\bhaberiniz\scikti|\bstxcm|\berisim\s?:\s?[0-9]"
)
_TALLY = re.compile(r"\bolumlu\s?:?\s?\(?[0-9]|\b[0-9]{1,3}\s(?:adet\s)?olumlu|\btoplam\shaber\s?:?\s?[0-9]")
_SPAM: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (3, "parola ya da hesap doğrulama isteniyor", re.compile(r"(?:sifre|parola|hesab|oturum|kimlik)\w{0,12}[^.\n]{0,60}(?:dogrula|guncelle|yenile|askiya|kapatil|sonlandir|suresi\s(?:dol|bit)|gir(?:iniz|in)\b)|verify\syour\s(?:account|mailbox|password|identity)|password\s(?:will\s)?expire|mailbox\s(?:is\s)?(?:almost\s)?full|account\s(?:has\sbeen\s|will\sbe\s)?(?:suspend|lock|limit|deactivat)")),
    (3, "posta kutusu tehdidi", re.compile(r"(?:posta\skutu|kota|depolama)\w{0,10}[^.\n]{0,60}(?:doldu|dolmak|asildi|yukselt|kapatilacak)[^\n]{0,160}(?:tikla|baglanti|giris)")),
    (2, "bağlantıya tıklatıyor", re.compile(r"(?:buraya|asagidaki\s(?:baglanti|link|butona|adres)\w{0,6}|link\w{0,4})\s?(?:\w{1,10}\s){0,3}(?:tikla|giris\syap|yukle)|click\s(?:here|the\slink|below)|hemen\stikla")),
    (3, "para ya da ödül vaadi", re.compile(r"\bcekilis|\bodul\skazan|\bkazandiniz|\bhediye\sceki|\bbonus|\bbahis|\bcasino|\bkredi\sfirsat|\byatirim\sfirsat|\bkripto|\bbitcoin|\blottery|\binheritance|\bmiras|\bwinner\b|million\s(?:usd|dollar|euro)|\bkargonuz\b[^\n]{0,80}(?:ode|ucret|tikla)")),
    (2, "reklam", re.compile(r"\bkampanya|\bindirim|\bfirsat|\bhemen\sal|\bsatin\sal|\bucretsiz\sdene|\bunsubscribe|\babonelikten\scik|\blisteden\scik|\bseo\b|\bbacklink|\btakipci\ssat|\bweb\stasarim\shizmet|\bteklifimiz|%\s?[0-9]{2}")),
    (2, "fatura ya da evrak tuzağı", re.compile(r"\b(?:fatura|dekont|odeme|siparis|icra|ceza|tebligat)\w{0,8}[^.\n]{0,60}(?:ekte|ektedir|tikla|indir|goruntule)|\be-?fatura|\bodenmemis\sborc")),
    (2, "yükleme adresi veriyor", re.compile(r"(?:baglanti|adres|link)\w{0,5}\s?(?:\w{1,10}\s){0,2}yukle(?:yiniz|yin|menizi)")),
)  # fmt: skip
_TRAP_FILES = (
    ".docm",
    ".xlsm",
    ".exe",
    ".js",
    ".vbs",
    ".scr",
    ".iso",
    ".img",
    ".lnk",
    ".bat",
    ".cmd",
    ".hta",
    ".jar",
    ".html",
    ".htm",
    ".svg",
)
_ASK_WORDS = re.compile(r"\bonay|\bhaber|\bbilgi\s?notu|\bmetin|\broportaj|\bprogram|\bsurum")


def kind_of(
    letter: Letter,
    fresh: Fresh,
    marks: Traces,
    *,
    role: SenderRole,
    commands: Sequence[Command] = (),
    openings: Sequence[Opening] = (),
    request: InfoRequest | None = None,
    echo: bool = False,
    duplicate: bool = False,
    asked: bool = False,
) -> Kind:
    """The kind of `letter`, from what the other readers found and who sent it.

    Machines are told apart first, so that nothing they repeat is taken for a person's words. `asked`:
    the sender holds a copy of the ask that the letter answers.
    """
    subject, body = plain(tidy(letter.subject[:1000])), plain(tidy(fresh.text))[:20_000]
    if duplicate:
        return Kind("duplicate", ("Aynı ileti daha önce alınmış.",))
    if echo or letter.header("x-loop"):
        return Kind("loop", ("Kendi iletimiz geri gelmiş.",))
    if not letter.from_ and "empty" in letter.defects:
        return Kind("malformed", ("İletinin okunabilir bir içeriği yok.",))
    if bounces := read_bounce(letter):
        kind = "bounce_failed" if any(b.permanent for b in bounces) else "bounce_delayed"
        return Kind(kind, (f"Teslim bildirimi: {bounces[0].evidence}.",), bounces=bounces)
    automatic = read_automatic(letter, fresh.text)
    known = role in (SenderRole.OFFICE, SenderRole.SECRETARY, SenderRole.STAFF, SenderRole.DEPARTMENT)
    if automatic and automatic.kind is not AutoKind.LIST:
        weak = automatic.strength is Strength.WORDS and (bool(commands) or bool(openings))
        if not weak:
            return Kind(
                automatic.kind.value, (f"Makine iletisi: {', '.join(automatic.evidence)}.",), automatic
            )
    if role is SenderRole.UNKNOWN and (spam := _spam(letter, subject, body)):
        return Kind("spam", spam, automatic)
    if not known and (_CLIPPING.search(subject) or (_TALLY.search(body) and _CLIPPING.search(body))):
        return Kind(
            "clipping", ("Basın tarama servisinin iletisi: konusu ya da sayımları gösteriyor.",), automatic
        )
    if automatic:
        return Kind("list", (f"Liste iletisi: {', '.join(automatic.evidence)}.",), automatic)
    return _by_person(letter, marks, role, subject, body, commands, openings, request, asked=asked)


def _by_person(
    letter: Letter,
    marks: Traces,
    role: SenderRole,
    subject: str,
    body: str,
    commands: Sequence[Command],
    openings: Sequence[Opening],
    request: InfoRequest | None,
    *,
    asked: bool,
) -> Kind:
    answers = bool(_REPLY_PREFIX.match(subject)) or bool(letter.in_reply_to)
    office = role in (SenderRole.OFFICE, SenderRole.SECRETARY)
    if (
        office
        and _REPORT.search(subject + "\n" + body[:400])
        and letter.attachments
        and not answers
        and request is None
    ):
        return Kind("report", ("Bakanlığın takip raporu: konusu ve eki gösteriyor.",))
    if request is not None and office and not (asked and marks.tokens):
        return _requested(request)
    if role is SenderRole.STAFF:
        if openings and not (answers and marks.refs):
            return Kind("open", (f"Personel iletisi bir iş açıyor: {openings[0].process.value}.",))
        if commands:
            return Kind(
                "command", (f"Personel komutu: {', '.join(dict.fromkeys(c.verb.value for c in commands))}.",)
            )
        if marks.tokens or marks.refs:
            return Kind("command", ("Personel bir kaydımızı yanıtlıyor.",))
        return Kind("other", ("Personel iletisi; açılacak bir iş ya da komut yok.",))
    if asked or (
        office
        and (marks.tokens or (answers and (marks.refs or letter.in_reply_to or _ASK_WORDS.search(subject))))
    ):
        return Kind(
            "reply",
            ("Sorduğumuz makam yanıtlıyor." if asked else "Makamın yanıtı: konusu ya da izi gösteriyor.",),
        )
    if marks.tokens and answers:
        return Kind("reply", ("İletide bir onay anahtarı var.",))
    if request is not None:
        return _requested(request)
    if office and answers:
        return Kind("reply", ("Makamın yanıtı: konusu yanıt öneki taşıyor.",))
    if openings:
        return Kind(
            "open", (f"Bir iş açılmak isteniyor: {openings[0].process.value}; gönderen personel değil.",)
        )
    if marks.refs and answers:
        return Kind("reply", ("Kayıt numaralı bir iletimizi yanıtlıyor.",))
    return Kind("other", ("Bilinen türlerden biri değil.",))


def _requested(request: InfoRequest) -> Kind:
    why = request.why or ("Bilgi notu isteniyor.",)
    match request.update:
        case None:
            return Kind("info_note_request", ("Bilgi notu talebi.", *why))
        case Update.REMINDER:
            return Kind("info_note_reminder", ("Bilgi notu talebi hatırlatılıyor.", *why))
        case _:
            return Kind("info_note_update", ("Bilinen bir bilgi notu talebi değiştiriliyor.", *why))


def _spam(letter: Letter, subject: str, body: str) -> tuple[str, ...]:
    """Why an unknown sender's letter is spam; () where it is not: three points are needed."""
    both = subject + "\n" + body
    hits = [(points, name) for points, name, pattern in _SPAM if pattern.search(both)]
    points = sum(p for p, _ in hits)
    names = [name for _, name in hits]
    flag = (letter.header("x-spam-flag") or letter.header("x-spam-status") or "").strip().lower()
    if flag.startswith("yes"):
        points, names = points + 3, [*names, "sunucumuz istenmeyen diye işaretlemiş"]
    if any(a.name.lower().endswith(_TRAP_FILES) for a in letter.attachments):
        points, names = points + 2, [*names, "ekinde çalıştırılabilir ya da makrolu dosya"]
    if (
        letter.from_
        and re.search(r"bakanl|saglik|valil|destek|yonetici|admin|guvenlik", plain(letter.from_[0].name))
        and points
    ):
        points, names = points + 1, [*names, "adı bir kurumu andırıyor, adresi tanınmıyor"]
    return tuple(f"İstenmeyen ileti: {name}." for name in names) if points >= 3 else ()
