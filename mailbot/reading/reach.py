"""How far a proved approval reaches: to this text, for publication, today, in the writer's own voice?

The grammar proves that every word is known; an approval may still be of something else, of a part or a
place, in principle only, somebody else's, or crossed out. Each row is a class of such limits, found in one
clause of the reply. A row can only take an approval away, so it may err on the side of asking back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.core.decision import Clue, Decision, Verdict
from mailbot.reading.turkish import bare, fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SAYS = r"(?:uygun|onayl|onay |onayim|kabul|tamam|olumlu|sakinca|mahzur)"
_ACTS = (
    r"(?:yayin|yayim|paylas|duyur|kullan|servis|dagit|gonder|ilet|ver[ie]l|ver[ie]b|ver[ie]n|bas[ti]|cik[aisr])"
)
_TEXT = re.compile(r"\b(?:haber|metin|metn|bulten|icerik|icerig|yazi|duyuru|aciklama|taslag|taslak)")

_ELSE = """
    ziyaret brosur afis poster pankart rezervasyon uyelig uyelik basvuru tez tezi proje izin izni davet sunum
    fiyat butce boya odenek ihale seminer kurs gezi organizasyon stand anket kampanya kitapcik katalog duvar
    mekan menu hediye plaket nobet mesai format konsept yaklasim fikir fikri randevu
"""
"""What may be approved beside the text; a clause that also names the text is about the text."""
_SOMETHING_ELSE = re.compile(
    rf"\b(?:(?<!basin )toplanti|{'|'.join(_ELSE.split())})(?:[a-z]{{0,9}})\b[^.,;:\n]{{0,40}}\b{_SAYS}"
)
_NEW_THING = re.compile(
    r"\b(?:afis|brosur|haber|paylasim|tesekkur)\w*\s+(?:yapil|basil|edil|hazirlan)\w*\s+(?:fikri\s+)?uygun"
)
_PLACES = _words(
    """
    acisinda asagida basinda basinimizda bende bicimde bizde bunda burada cercevesinde dogrultusunda
    ekte elbette gazetede gazetelerde gelinen guzellikte hakkinda halde hesabimizda hesaplarda
    hesaplarimizda hesaplarinda hesapta hususunda iste kanallarda kanallarimizda kapsaminda konusunda
    makaminda mecralarda mecralarimizda medyada neticesinde noktada onda onunde orada ortamda ortaminda
    platformlarda sadelikte sayesinde sayfada sayfalarimizda sayfalarinda sayfamizda sekilde simdide
    sitede sitemizde sitesinde sizde sonucunda suresinde suretiyle tarafinda tarihinde webde yarinda
    yukarida
    """
)
_PLACE = re.compile(rf"\b([a-z]{{3,}}['’]?[dt][ae])\s+(?:[a-z]+\s+)?{_ACTS}")
_AUDIENCES = _words(
    """
    basina medyaya ajanslara gazetelere gazeteye kamuoyuna yayina servise kuruluslara kuruluslarina
    mensuplarina muhabirlere vatandaslara vatandaslarimiza halka halkimiza bence herkese ayrica sonra
    """
)
_AUDIENCE = re.compile(
    r"\b([a-z]{2,}(?:lar|ler|lari|leri|larin|lerin)?(?:n|y)?[ae])\s+"
    r"(?:duyur|dagit)"
)
_MEANS_WITH = _words(
    """
    acilen ajanslarla aynisiyla basinla basligiyla begeniyle bicimiyle bile birlikle boyle butunuyle
    dileklerimizle dileklerimle dolayisiyla fotografiyla fotograflariyla fotograflarla gazetecilerle
    gazetelerle genellikle gonulle gorselleriyle gorsellerle gururla haberiyle haliyla haliyle halkla
    hayirlisiyla hizla ictenlikle itibariyla itibariyle ivedilikle izniyle kamuoyuyla kesinlikle keyifle
    kolaylikla kuruluslariyla kuruluslarla medyayla memnuniyetle mensuplarimizla mensuplariyla metniyle
    muhabirlerle nedeniyle olduguyla onayimizla oncelikle oyle ozellikle ozenle rahatligiyla rahatlikla
    saygiyla sebebiyle sekliyle selamla sevgiyle sevinerek soyle sukranla takdirle tamamiyla tamamiyle
    tarihiyle titizlikle tumuyle vatandaslarimizla vatandaslarla vesilesiyle vesileyle zevkle
    """
)
_MEANS = re.compile(rf"\b([a-z]{{3,}}['’]?y?l[ae])\s+(?:birlikte\s+)?(?:paylas|yayin|yayim|{_SAYS})")
_VERBAL = re.compile(r"(?:[dt][iu]g[iu]n?d[ae]n?|m[ae]s[iu]nd[ae]|d[iu]g[iu]nd[ae]n?)$")
"""Endings of verbs that are no places: "yayınlandığında", "yer almasında"."""
_FOR_WHOM = _words(
    """
    bakanligimiz bakanlik basin baskanligimiz benim birimimiz bizim bizler bu bunlar bunun gonderdiginiz
    haber haberiniz herkes ilettiginiz kendi kurumumuz makam makamimiz metin mudurlugumuz mudurluk
    musavirligimiz onay onun paylasim servis sizin valiligimiz valilik web yayim yayimlamak yayin
    yayinlamak
    """
)
_FOR = re.compile(rf"\b([a-z]+)\s+icin\s+(?:de\s+|da\s+)?{_SAYS}")

_ROWS: tuple[tuple[Decision, str, re.Pattern[str]], ...] = (
    (
        Decision.UNCLEAR,
        "aktarılan söz",
        re.compile(
            r"[dt][iu]g[iu]\w*\s+(?:\w+\s+)?(?:soylen|belirtildi|belirtiliyor|bildirildi|bildiriliyor)"
        ),
    ),
    (
        Decision.UNCLEAR,
        "kayıtlı onay",
        re.compile(
            r"\b(?:prensip\w*|ilkece|ilkesel|ilke olarak|temelde|ozunde|genel (?:olarak|hatlariyla|anlamda)|"
            r"simdilik|bu (?:safha|asama)\w*|su an(?: icin|lik)?|suan|halihazir\w*|normalde|aslinda|kagit\w*|"
            r"(?:hukuk|tibb|tibb?en|teknik|idar|mal|bilimsel|sekil"
            r"|format|etik|dil|usul)\w* (?:olarak|acidan|acisindan|yonden|yonunden|bakimdan|"
            r"bakimindan|anlamda)|"
            r"bir ara)\b[^.,;:\n]{0,30}\b" + _SAYS
        ),
    ),
    (Decision.UNCLEAR, "kayıtlı onay", re.compile(r"\bara onay\b")),
    (
        Decision.DEFER,
        "başkasının onayı",
        re.compile(r"(?:taraf\w*|c[ae])\s+onaylan(?:mas|dig)\w*|\bhasta\w* taraf\w* (?:onay|uygun)"),
    ),
    (
        Decision.UNCLEAR,
        "gönülsüz onay",
        re.compile(
            r"\b(?:bilincsiz|tehdit|isteksiz|istemeye|baskiyla|baski|mecbur|alayla|ruya|ofke|endise|yetkisiz|zorla|"
            r"gonulsuz|caresiz|rica uzerine)\w*[^.,;:\n]{0,20}\bonay"
        ),
    ),
    (
        Decision.REVISE,
        "istenen değişiklik yapılmamış",
        re.compile(
            r"\b(?:duzeltme|degisiklik|ekleme|cikarma|guncelleme)(?:ler|lar|m|niz)?\w{0,6}\b(?![^.,;:\n]*gere)"
            r"[^.,;:\n]{0,30}\b(?:yapilma\w+|gormed\w+|goremed\w+|bulamad\w+|giderilmem\w+)"
        ),
    ),
    (Decision.REVISE, "istenen değişiklik yapılmamış", re.compile(r"\bhata\w* (?:duzeltilmem|giderilmem)")),
    (
        Decision.REVISE,
        "gönderenin kendi metni",
        re.compile(
            r"\b(?:gonder|yolla|ilet|hazirla|duzelt|ekle)[dt][iu]g[iu]m(?:iz)?\b"
            r"[^.,;:\n]{0,30}\b(?:uygun|onay|yayin)"
        ),
    ),
    (
        Decision.REVISE,
        "dil",
        re.compile(r"\b(?:turkce|ingilizce|almanca|arapca)\w*\b[^.,;:\n]{0,30}\b(?:uygun|yayin|yayim)"),
    ),
    (
        Decision.REVISE,
        "kurum içi yayın",
        re.compile(
            r"\b(?:mahallinde|kurum ic\w+|ic yayin)\b[^.\n]{0,40}\b(?:uygun|yayin|yayim|duyur)"
        ),
    ),
    (
        Decision.REVISE,
        "bir adın düzeltilmesi",
        re.compile(
            r"^(?:sayin |degerli )?\w+(?:imiz|umuz|miz|muz) (?:dr |doc |prof )?\w+ (?:bey|hanim|hoca)$"
        ),
    ),
    (
        Decision.REVISE,
        "metne ilişkin söz",
        re.compile(r"\bdogru(?:su|dur)?\b(?: \w+)? yaz(?:iyor|ili|mis)|\bdogrusu\b|\bguzel olur\b"),
    ),
    (
        Decision.UNCLEAR,
        "izin ve rıza",
        re.compile(
            r"\b(?:hasta|veli|yakini|aile|onam|riza|muvafakat|izin form)\w*[^.,;:\n]{0,30}"
            r"\b(?:ara|al|topla|gonder|haber ver|sor|iste)(?:yin|in|n|alim|elim|sin)?\w{0,3}$"
        ),
    ),
    (Decision.DEFER, "konuşulacak", re.compile(r"\b(?:konusuruz|konusuluru?|gorusulecek|konusalim)\b")),
    (
        Decision.REVISE,
        "başka bir belge",
        re.compile(
            r"\b(?:guncel|dogru|yeni|son) (?:liste|dosya|rapor|metin|hal)\w*"
            r"[^.,;:\n]{0,20}\b(?:al|iste|gonder)"
        ),
    ),
    (
        Decision.UNCLEAR,
        "metnin konusu olabilir",
        re.compile(
            r"\b(?:ertele|feshet|iptal|vefat|istifa|emekli)\w*|"
            r"\b(?:toplanti|kongre|toren|kurs|etkinlik)\w*\s+(?:\w+\s+){0,2}\w+(?:ydi|ydu)\b"
        ),
    ),
    (
        Decision.REVISE,
        "metnin konusu olabilir",
        re.compile(r"\bo gun\b[^.,;:\n]{0,30}(?:[dt]ay?d?[iu]m|[dt]ey?d?[iu]m|ydim)\b"),
    ),
    (Decision.UNCLEAR, "başkası adına", re.compile(r"\b(?:bey|hanim|hoca)(?:in|nin)? adina\b")),
    (Decision.UNCLEAR, "kayıtlı onay", re.compile(r"\bbir ara\b.{0,20}\b(?:yayin|yayim|paylas)")),
)
_SIGNS = re.compile(r"[✗✘☒☐☑→➔➜⇒✂🔜🚫❌✖⛔🙃🙄🤨🤦]|\(!\)")
_LISTED = re.compile(r"^\s*(?:[-•*+–&]|\d{1,2}[.)])\s+\S", re.MULTILINE)
_GOOD = re.compile(
    r"uygun|onay|dogru|tamam|olur|sorun yok|eksik yok|hata yok|kontrol|katil|gel|dilerim|tesekkur"
)
_QUOTED = re.compile(r"^[ \t]{0,8}>", re.MULTILINE)
_CLAUSES = re.compile(r"[.,;:!?\n()…]+|\s[-–—]\s")
_LONGEST = 6_000


def beyond(text: str) -> Verdict | None:
    """The first limit that `text`, proved to approve, puts on its approval; None where there is none."""
    text = text[:_LONGEST]
    if (found := _SIGNS.search(text)) is not None:
        return _verdict(Decision.UNCLEAR, found[0], "üstü çizili ya da açık olmayan işaret")
    if between_quotes(text):
        return _verdict(Decision.UNCLEAR, "", "alıntılar arasında yanıt")
    if (listed := _open_list(text)) is not None:
        return _verdict(Decision.UNCLEAR, listed, "onayın altında liste")
    if (name := _surname(text)) is not None:
        return _verdict(Decision.UNCLEAR, name, "soyadı olabilir")
    for clause in _clauses(text):
        if (limit := _limit(clause)) is not None:
            return limit
    return None


_CONTACT = re.compile(
    r"^(?:tel\w*|gsm|cep\w*|fa[ksx]+|e ?-?posta|e ?-?mail|mail|web\w*|www|adres\w*|dahili|ic hat|santral|kep|"
    r"twitter|instagram|facebook|linkedin|x|t|m|f|e|w|p|a|d|phone|mobile|address|kimden|gonderen|"
    r"gonderil\w*(?: tarihi)?|tarih|kime|bilgi|konu|from|sent|to|cc|subject|date|kayit no|yasal uyari|uyari|"
    r"dikkat|onemli|kvkk|disclaimer|important|notice|warning|cevre\w*|bu e-?posta\w*|saygilar\w*)$"
)
"""Labels of the lines of signatures, headers and disclaimers."""
_LABEL = re.compile(r"^([a-z][a-z .-]{0,24}?) ?: ?(\S.*)$")
_NO_SIGNATURE = re.compile(
    r"\b(?:haftaya|pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar|sabah\w*|aksam\w*|gunu|gunleri|"
    r"bayram\w*|ozel(?! kalem| hast| egit)|ekte|ek liste|"
    r"yeni|taslak|metin|metni|logo\w*|fon|bulten\w*|odul\w*|"
    r"aldi|oldu|oldum|birinci|basladi|kutlandi|yasandi|heyecani|gizli|vefat|fazla|kotu|emekli|artik|ayrildim|"
    r"yok|var|dahil|de|askida|listesi?|kisi|resmi gazete|senlig\w*|projesi|mayis ayi|kesti|ismim|gecmesin|"
    r"notlar|ceviri|personele|akademik personel|kurum ic[iı])\b|^olur$"
)
"""Words that no line of a signature has: days, states, parts of a text, what happened."""
_WORDS_OF_A_LINE = 6


def cut_off(aside: str) -> Verdict | None:
    """What stands among the lines that were cut off as a signature and is none: a limit to the approval.

    Names, titles and contacts may stand there; a label of its own, a list, a day or a state may not.
    """
    for line in aside[:_LONGEST].splitlines():
        if (found := _SIGNS.search(line)) is not None:
            return _verdict(Decision.UNCLEAR, found[0], "imzanın altında işaret")
        plain = " ".join(bare(fold(line)).split())
        if re.match(r"\s*[-•*+–&]+\s*[^\W\d_]", line) and not plain.startswith("--"):
            return _verdict(Decision.UNCLEAR, line, "imzanın altında liste")
        label = _LABEL.match(plain)
        if label is not None and len(plain) < 80 and not _CONTACT.match(label[1].strip(" .")):
            return _verdict(Decision.UNCLEAR, line, "imzanın altında ayrı satır")
        short = len(plain.split()) <= _WORDS_OF_A_LINE and not re.search(r"[0-9@/]", plain)
        if short and (found := _NO_SIGNATURE.search(plain)) is not None:
            return _verdict(Decision.UNCLEAR, line, "imzanın altında ayrı söz")
    return None


def _clauses(text: str) -> Iterator[str]:
    """Clauses of the reply, folded, without diacritics; a line that goes on in the next is one."""
    plain = bare(fold(text))
    for whole in (plain, re.sub(r"\n(?=[a-z])", " ", plain)):
        for clause in _CLAUSES.split(whole):
            if clause.strip():
                yield " ".join(clause.split())


def _limit(clause: str) -> Verdict | None:
    for decision, meaning, pattern in _ROWS:
        if (found := pattern.search(clause)) is not None:
            return _verdict(decision, found[0], meaning)
    if not _TEXT.search(clause) and (found := _SOMETHING_ELSE.search(clause)) is not None:
        return _verdict(Decision.UNCLEAR, found[0], "başka bir konunun onayı")
    if (found := _NEW_THING.search(clause)) is not None:
        return _verdict(Decision.UNCLEAR, found[0], "başka bir konunun onayı")
    for pattern, known, meaning in (
        (_PLACE, _PLACES, "yayın yeri"),
        (_AUDIENCE, _AUDIENCES, "alıcı"),
        (_MEANS, _MEANS_WITH, "koşul"),
        (_FOR, _FOR_WHOM, "amaç"),
    ):
        for hit in pattern.finditer(clause):
            if hit[1] not in known and not _VERBAL.search(hit[1]):
                return _verdict(Decision.REVISE, hit[0], meaning)
    return None


_SURNAME = re.compile(
    r"^(?!haber|metin|bulten|icerik|fotograf|gorsel|hepsi|tumu|bizce|bence|benden|bizden|yayin|basin|evet|tamam|ok|"
    r"gayet|cok|bu)[a-z]+(?: [a-z]+)? (?:onay|onayli|uygun|tamam)$"
)
"""A last line that may be a name: Ali Onay, Ayşe Nur Uygun."""


def _surname(text: str) -> str | None:
    """The last line where it alone seems to approve and may be the writer's name."""
    lines = [" ".join(bare(fold(line)).split()).strip(" .!") for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not _SURNAME.match(lines[-1]) or any(re.search(_SAYS, line) for line in lines[:-1]):
        return None
    return lines[-1]


def _open_list(text: str) -> str | None:
    """A line of a list that says nothing good, below or above the approval."""
    for line in text.splitlines():
        if _LISTED.match(line) and not _GOOD.search(bare(fold(line))):
            return line.strip()
    return None


def between_quotes(text: str) -> bool:
    """Whether words stand both above and below a quoted line."""
    lines = text.splitlines()
    quoted = [at for at, line in enumerate(lines) if _QUOTED.match(line)]
    if not quoted:
        return False
    above = any(line.strip() for line in lines[: quoted[0]])
    below = any(line.strip() and not _QUOTED.match(line) for line in lines[quoted[0] :])
    return above and below


def _verdict(decision: Decision, words: str, meaning: str) -> Verdict:
    return Verdict(decision, (Clue(words.strip(), meaning),))
