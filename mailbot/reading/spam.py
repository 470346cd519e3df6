"""Spam and phishing from senders nobody knows, by the classes of what such letters want.

One hint is never enough: an honest stranger may speak of a campaign, a password or a prize. Points are
given for what is wanted, for how it is pressed, and for who the sender pretends to be.
"""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re

from mailbot.core.letter import Letter
from mailbot.reading.plain import plain

LEAST = 3
"""Points that make a letter spam."""
_LISTED = 5
"""Points that make a letter of a mailing list spam: advertising words are common there."""

_MINE = r"(?![a-z]{0,2}m(?:i|a|e|de|da|in|den|iz\w{0,6})?\b)"
"""Not behind the first person: "şifremi unuttum" is a citizen's own trouble."""
_LINK = r"(?:https?://|www\.)"
_ASKED_FOR = r"(?:sifre|parola|kullanici\sadi|giris\sbilgi|hesap\sbilgi|kimlik\sbilgi|kart\sbilgi|kredi\skart|banka\sbilgi|banka\shesa|pasaport|password|credential|bank\s(?:details|account)|passport|card\sdetails)"
_WANTED: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (3, "parola ya da hesap doğrulama isteniyor", re.compile(
        r"(?:sifre|parola|hesab|hesap|oturum|kimlik)" + _MINE + r"\w{0,12}[^.\n]{0,60}(?:dogrula|guncelle|yenile|askiya|kapatil|kapanm|sonlandir|suresi\s(?:dol|bit)|gir(?:iniz|in)\b|ac(?:iniz|in)\b|engellen|kilitlen)"
        r"|verify\syour\s(?:account|mailbox|password|identity|e-?mail)|password\s(?:will\s|is\sabout\sto\s)?expir|mailbox\s(?:is\s)?(?:almost\s)?full|account\s(?:has\sbeen\s|will\sbe\s|is\s)?(?:suspend|lock|limit|deactivat|restrict)")),
    (3, "gizli bilgi isteniyor", re.compile(
        _ASKED_FOR + r"\w{0,10}[^.\n]{0,60}(?:gir(?:in|iniz|erek)|gonder|ilet|paylas|yaz(?:in|iniz)|dogrula|ile\sgiris|la\soturum|la\sgiris)|(?:send|enter|confirm|provide|submit)\s[^.\n]{0,40}" + _ASKED_FOR)),
    (3, "posta kutusu tehdidi", re.compile(
        r"(?:posta\skutu|kota|depolama)\w{0,10}[^.\n]{0,60}(?:doldu|dolmus|dolmak|asildi|asmis|yukselt|kapatilacak|silinecek)[^\n]{0,120}(?:tikla|baglanti|giris|" + _LINK + r")")),
    (3, "para ya da ödül vaadi", re.compile(
        r"\bcekilis\w{0,8}[^.\n]{0,60}(?:ad|kazan|cikt)|\bodul\w{0,4}\skazan|\bkazandiniz|\bhediye\sceki|\bbahis|\bcasino|\bkredi\sfirsat|\byatirim\sfirsat|\bkripto|\bbitcoin|\blottery|\binheritance|\bwinner\b"
        r"|\bmiras\w{0,6}[^.\n]{0,60}(?:avukat|dolar|euro|usd|tl|hak|hisse)|million\s(?:usd|dollar|euro)|\b(?:usd|eur|dolar|euro)\s?[0-9.]{7,}|beneficiary|next\sof\skin|(?:garanti(?:li)?|gunde|gunluk|haftada|ayda)[^.\n]{0,30}(?:kazan|getiri|kar\sel)")),
    (3, "para göndertiyor ya da hediye kartı istiyor", re.compile(
        r"hediye\skart|gift\scard|steam\s(?:kart|card)|(?:itunes|google\splay|razer)\s(?:kart|card)|(?:yeni|degisen|guncel)\s(?:bir\s)?iban|iban\w{0,8}[^.\n]{0,40}(?:degis|yeni|gonder|aktar|yat)|(?:havale|eft|odeme|transfer)\w{0,6}[^.\n]{0,40}(?:bugun|acil|hemen|ivedi|iban)|(?:urgent|immediate)\s(?:wire|payment|transfer)")),
    (3, "belge paylaşımı gibi görünüp oturum açtırıyor", re.compile(
        r"(?:belge|dosya|evrak|document|file)\w{0,8}[^.\n]{0,60}(?:paylas|goruntule|indir|shared|view|eris)\w{0,12}[^\n]{0,160}(?:oturum|giris\syap|parola|sifre|sign\s?in|log\s?in)")),
    (3, "kargo ya da ceza bahanesiyle ödetiyor", re.compile(
        r"\b(?:kargo|paket|gonderi|koli|parcel|package)\w{0,6}\b[^\n]{0,120}(?:ode|ucret|tikla|gumruk|teslim\sedilemedi[^\n]{0,80}" + _LINK + r")|\b(?:trafik\sceza|icra|haciz|vergi\s(?:iade|borc))\w{0,6}[^\n]{0,120}(?:tikla|ode|" + _LINK + r")")),
    (3, "şantaj", re.compile(r"(?:webcam|kamera\w{0,6})[^.\n]{0,80}(?:kaydet|ele\sgecir|goruntu)[^\n]{0,200}(?:bitcoin|ode|gonder)|(?:hacked|compromised)\syour\s(?:device|account|computer)")),
    (2, "bağlantıya tıklatıyor", re.compile(
        r"(?:buraya|asagidaki\s(?:baglanti|link|butona|adres)\w{0,6}|link\w{0,4})\s?(?:\w{1,10}\s){0,3}(?:tikla|giris\syap|yukle)|click\s(?:here|the\slink|below)|hemen\stikla")),
    (2, "fatura ya da evrak tuzağı", re.compile(
        r"\b(?:fatura|dekont|odeme|siparis|icra|ceza|tebligat)\w{0,8}[^.\n]{0,60}(?:ekte|ektedir|tikla|indir|goruntule)|\be-?fatura|\bodenmemis\sborc|\boverdue\sinvoice")),
    (2, "ödetiyor", re.compile(r"\b(?:fatura|borc|ceza)\w{0,8}[^.\n]{0,40}\b(?:ode|yatir)(?:yin|in|me)\w{0,6}")),
    (1, "bağlantıya tıklatıyor", re.compile(r"tikla(?:yin|yarak|yip)?\w{0,4}[^\n]{0,80}" + _LINK + "|" + _LINK + r"[^\n]{0,80}tikla")),
    (2, "satış", re.compile(r"\bhemen\sal|\bsatin\sal(?:in|abil)|\bucretsiz\sdene|\bunsubscribe|\babonelikten\scik|\blisteden\scik|\bteklifimiz|\bteklif\s(?:alin|isteyin)|\bkacirmayin")),
    (2, "fiyat veriyor", re.compile(r"\b(?:sadece|yalnizca|simdi|sadece)\s[0-9.,]{2,9}\s?(?:tl|lira|usd|euro)|[0-9]\s?(?:tl|lira)['’]?(?:den|ye|ya|dan)?\sbasla|\bozel\sfiyat|\buygun\sfiyat|\bfiyat\slistemiz")),
    (2, "sınırlı süre ya da stok", re.compile(r"\bstoklarla\ssinirli|\bsinirli\s(?:sure|sayida|stok)|\bson\sfirsat|\berken\skayit|\bbugune\sozel")),
    (1, "reklam", re.compile(r"\bkampanya|\bindirim|\bfirsat|%\s?[0-9]{2}|\bsinirsiz|\bpaket")),
    (3, "tanıtım hizmeti satıyor", re.compile(
        r"\bseo\b|\bbacklink|\btakipci\w{0,4}\b[^\n]{0,60}(?:sat|tl|lira|paket|garanti|gercek|organik)|\bgercek\stakipci|\bweb\s(?:site\w{0,4}\s)?(?:tasarim|yazilim)\w{0,6}\s(?:hizmet|paket|fiyat|teklif)|(?:website|search)\s[^.\n]{0,40}(?:traffic|ranking|results)"
        r"|\b(?:toplu\s(?:sms|mail|e-?posta)|e-?posta\slistesi|veri\stabani|mail\slist)\w{0,6}[^.\n]{0,40}(?:sat|paket|hizmet|fiyat|kisi)|(?:dijital\spazarlama|reklam\sajansi|tanitim\spaketi)[^\n]{0,120}(?:teklif|fiyat|paket|indirim|tl)")),
    (2, "yükleme adresi veriyor", re.compile(r"(?:baglanti|adres|link)\w{0,5}\s?(?:\w{1,10}\s){0,2}yukle(?:yiniz|yin|menizi)")),
    (3, "firma teklifi", re.compile(
        r"\b(?:firma|sirket|marka|ajans|fabrika)(?:miz|mizin|miza|m)\b[^\0]{0,300}\b(?:(?:urun|hizmet|cozum|paket|katalog|kampanya|referans|fiyat)\w{0,3}(?:larimiz|lerimiz|umuz|imiz|ogumuz)\w{0,5}|teklif\s(?:sun|ver|gonder|ilet)\w{0,10}|is\sbirligi\steklif\w{0,6})"
        r"|\bour\s(?:company|products|services)\b[^\0]{0,300}\b(?:quotation|price|offer|catalog|discount)")),
    (3, "posta sistemi bahanesiyle giriş istiyor", re.compile(
        r"\b(?:posta|mail|outlook|sunucu|guvenlik|webmail)\s?(?:sistem|sunucu|hizmet|sertifika|surum)?\w{0,8}\s(?:yenilen|tasin|guncellen|gecis|yukselt)\w{0,10}[^\n]{0,160}(?:giris|dogrula|tikla|" + _LINK + r")|\bsesli\smesaj\w{0,8}[^\n]{0,80}(?:dinle|indir|" + _LINK + r")|\bvoice\s?mail\b[^\n]{0,80}(?:listen|download|" + _LINK + r")")),
    (3, "ilaç ya da yetişkin reklamı", re.compile(r"\bviagra|\bcialis|\bzayiflama\s(?:hap|cay|urun)|\bcinsel\s(?:guc|performans)|\bescort|\b(?:seks|porno)\w{0,6}\s(?:site|video|film)|\bsingles\sin\syour")),
)  # fmt: skip
_PRESSED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("acele ettiriyor", re.compile(r"\b(?:[0-9]{1,2}\ssaat\sicinde|son\s(?:uyari|sans)|aksi\s(?:halde|takdirde)|cok\sacele|acilen|hemen\s(?:simdi|gonder|odeyin)|urgent(?:ly)?|immediately|within\s[0-9]{1,2}\shours)")),
    ("gizli tutulmasını istiyor", re.compile(r"kimseye\s(?:soyleme|bahsetme|haber\sverme)|aramizda\skalsin|telefonda\skonusam|(?:haber|bilgi)\svermeden|strictly\sconfidential|keep\sthis\s(?:confidential|between)|sadece\sbana\syaz")),
    ("tanımadan seslenip bağlantı veriyor", re.compile(r"(?:sayin|degerli|dear)\s(?:kullanici|musteri(?:miz)?|abone|uye|customer|user|friend|sir)\b[^\0]{0,600}?" + _LINK)),
)  # fmt: skip
_TRAP_FILES = (
    ".docm", ".xlsm", ".exe", ".js", ".vbs", ".scr", ".iso", ".img", ".lnk", ".bat", ".cmd", ".hta", ".jar", ".html",
    ".htm", ".svg", ".msi", ".ps1", ".one",
)  # fmt: skip
_AUTHORITY = re.compile(
    r"bakan(?:i|lig|\b)|saglik|vali(?:\b|lig|si)|mudur|destek|yonetici|admin|guvenlik|security|bilgi\sislem|help\s?desk|support|banka|kargo|ptt|e-?devlet|ortak\sbelge|microsoft|google"
)


def read_spam(letter: Letter, subject: str, body: str, *, listed: bool = False) -> tuple[str, ...]:
    """Why an unknown sender's letter is spam, in Turkish sentences; () where it is not.

    `subject` and `body` in plain letters (`plain`); `listed`: a mailing list or a machine sent it.
    """
    both = f"{subject}\n{body}"
    hits = [(points, name) for points, name, pattern in _WANTED if pattern.search(both)]
    points = sum(p for p, _ in hits)
    names = [name for _, name in hits]
    if points:
        pressed = [name for name, pattern in _PRESSED if pattern.search(both)]
        points, names = points + len(pressed), names + pressed
    flag = (letter.header("x-spam-flag") or letter.header("x-spam-status") or "").strip().lower()
    if flag.startswith("yes"):
        points, names = points + 3, [*names, "sunucumuz istenmeyen diye işaretlemiş"]
    if any(a.name.lower().endswith(_TRAP_FILES) for a in letter.attachments):
        points, names = points + 2, [*names, "ekinde çalıştırılabilir ya da makrolu dosya"]
    if points:
        if letter.from_ and _AUTHORITY.search(plain(letter.from_[0].name)):
            points, names = points + 1, [*names, "adı bir kurumu andırıyor, adresi tanınmıyor"]
        if _lookalike(letter):
            points, names = points + 2, [*names, "adresi bizimkine benzetilmiş"]
    enough = points >= (_LISTED if listed else LEAST)
    return tuple(f"İstenmeyen ileti: {name}." for name in names) if enough else ()


def _lookalike(letter: Letter) -> bool:
    """Whether the sender's domain wears the name of ours without being it or below it."""
    if not letter.from_:
        return False
    domain = letter.from_[0].address.domain.lower()
    for box in (*letter.to, *letter.cc)[:20]:
        ours = box.address.domain.lower()
        name = ours.split(".")[0]
        if domain == ours or domain.endswith("." + ours) or ours.endswith("." + domain):
            return False
        if len(name) >= 5 and name in domain:
            return True
    return False
