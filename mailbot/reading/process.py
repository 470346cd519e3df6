"""Which of the unit's processes a staff mail belongs to: weighed words, none of which decides alone."""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re

from mailbot.core.opening import Process
from mailbot.reading.plain import plain, tidy

_SIGNS: tuple[tuple[Process, int, int, str], ...] = (
    # process, weight in the subject, weight in the body, words
    (Process.REFUTATION, 6, 5, r"\btekzip|\bduzeltme\sve\scevap|\bduzeltme\s(?:yazi|metn)|\byalanlama|\bcevap\sve\sduzeltme|\bcevap\shakk"),
    (Process.REPORT_FORWARD, 6, 5, r"\bhaber\ssiteleri\stakip\srapor|\btakip\sraporu|\bbakanli\w{0,10}(?:\s\w{1,14}){0,3}\s(?:medya|haber|takip)\w*(?:\s\w{1,12}){0,2}\srapor"),
    (Process.CLIPPING, 6, 4, r"\bbasin\sozet|\bgunluk\s(?:basin|medya|haber)\s?\w{0,9}\s(?:ozet|tara|rapor|bulten|takip)|\b(?:basin|medya|haber|gazete)\stara(?:ma|ya)|\bgazetelerde\b[^.\n]{0,60}\b[0-9]{1,3}\shaber|\bhaftalik\s(?:basin|medya)\s(?:ozet|rapor|tara)|\bgunun\shaberleri|\bhaber\sozet|\bhaber\stakibi|\bgazete\sozet|\bhaftasonu\sbasin|\bgunun\sbasin|\bbasinda\s(?:bugun|biz)|\bmedya\sozet|\bkupur|\byansima\w*\s(?:rapor|ozet|liste)|\bbasin\stakib"),
    (Process.CLIPPING, 2, 11, r"\bhaber(?:ler)?\s(?:bulteni\s)?\(?derle|\bhaber\sbulteni\b[^.\n]{0,30}\bderle|\b[0-9]{1,3}\solumsuz\shaber|\bhaber\w{0,4}[^.\n]{0,40}\b[0-9]{1,2}'?\s?[sy]?[iu]?\solumsuz"),
    (Process.CLIPPING, 0, 2, r"\btoplam\s[0-9]{1,3}\s(?:adet\s)?haber|\b[0-9]{1,3}\solumlu"),
    (Process.INFO_NOTE, 6, 5, r"\bbilgi\snotu\w{0,3}\s(?:\w{1,12}\s){0,3}?(?:talep|taleb|iste(?:di|n|m)|istiyor|hazirla)|\bbilgi\snotu\w{0,3}\sicin\s(?:arad|yaz)"),
    (Process.INFO_NOTE, 4, 0, r"\bbilgi\snotu"),
    (Process.NEGATIVE_NEWS, 6, 5, r"\bolumsuz\s(?:bir\s|bi\s)?(?:haber|paylasim|icerik|yayin|yorum)|\btonu?\s?:\s?olumsuz|\bhaber\stespiti|\basilsiz\shaber|\baleyhimiz|\baleyhte\shaber|\belestirel\shaber|\bolumsuz\stespit"),
    (Process.NEGATIVE_NEWS, 1, 3, r"\b(?:asagidaki|su|bu)?\s?haber\stespit\sedil|\bhakkimizda\s(?:cikan|yapilan)\s(?:\w{1,12}\s)?haber|\biddia\w{0,6}[^.\n]{0,60}haber\w{0,6}\s(?:yapil|cik|yay)|\bsikayet\siceren\shaber"),
    (Process.NEGATIVE_NEWS, 1, 5, r"\bdiye\s(?:bi|bir)?\s?haber\w{0,4}\s(?:cik|yap|yay)|\bhaber\w{0,3}\s(?:cik|yap|yay|var)\w*[^.\n]{0,60}\bolumsuz\b|\b(?:elestiren|suclayan|karalayan)\s(?:bir\s)?haber|\bhaber\w{0,4}\s(?:yap|cik|yayi[nm]la)\w*\s[^.\n]{0,60}(?:olumsuz|tepki|sikayet|aleyh)|\bolumsuz\b[^.\n]{0,40}\bhaber\w{0,3}\s(?:cik|yap|yay|var|dustu)"),
    (Process.PRODUCTION, 6, 5, r"\b(?:tanitim|kamu\sspotu|belgesel)\s?(?:film|video|klib|klip)|\bafis|\bbrosur|\bel\silani|\broll-?\s?up|\bbillboard|\bkamu\sspotu|\bsenaryo|\bkatalog\b|\bbranda|\binfografik|\bpankart|\bposter|\bdavetiye\w*[^.\n]{0,40}(?:tasar|bas(?:il|ki|tir)|hazirla|taslag|taslak|son\shal)|\bvinil|\bkitapcik|\bbulten\stasarim|\bgorsel\stasarim|\btasarim\stalebi|\btanitim\svideosu|\bmagnet|\btakvim\sbas|\bsticker|\btabela|\brozet|\bajanda|\bstant\sgiydir|\banimasyon|\bjingle|\bkurgusu?\b|\bmontaj|\btanitim\skatalog|\bel\skitap|\bfoy\b|\bbanner"),
    (Process.PRODUCTION, 2, 2, r"\bbaski(?:si|ya|sina)?\b|\btasarim\w{0,4}|\bgrafik|\bgorsel(?:i)?\s(?:hazirla|calis|tasarla)"),
    (Process.FEEDBACK, 6, 3, r"\bsikayet|\boneri\b|\boneris|\bmemnuniyet|\btesekkur\smesaj|\bdilekce|\bmagdur|\byakin(?:di|iyor|mis|ma)\b|\bmemnun\s(?:kal|ol)|\boneri\skutu|\bvatandas\s(?:basvuru|mesaj|talebi|sikayet|oneri)|\bcimer|\bsabim|\bistek\sve\soneri|\bgeri\sbildirim"),
    (Process.FEEDBACK, 0, 8, r"\b(?:sikayet|oneri|tesekkur)\w*\s(?:olarak|kaydi|kapsaminda)"),
    (Process.FEEDBACK, 2, 5, r"\btesekkur\s(?:mektub|yazis|not|dilekce|kart)"),
    (Process.FEEDBACK, 0, 3, r"\bvatandas\w{0,5}[^.\n]{0,80}(?:onerdi|sikayet|tesekkur\sed|oneri|memnun|talep\sed|yazmis|bildirdi|dile\sgetir|belirt)|\b(?:dm|direkt\smesaj|mesaj)\w{0,5}[^.\n]{0,60}(?:sikayet|belirt|yazmis|gelen)|\bhesabimiza\sgelen\s(?:mesaj|yorum)|\bonerdi\b|\bonermis|\b(?:vatandas|kisi|hasta\syakini|takipci)\w{0,5}[^.\n]{0,140}(?:diyor|oneriyor|soyluyor|rahatsiz|magdur|birakmis)|\byorumda\b[^.\n]{0,140}(?:belirt|yaz|sikayet|diyor)"),
    (Process.VISIT, 6, 4, r"\bziyaret\s(?:plan|talep|taleb|program|randevu|onayi|istegi)|\biade-?\s?i\s?ziyaret|\biadei\sziyaret|\bmakam\sziyaret|\bnezaket\sziyaret|\bziyaretinize|\bmakaminizi?\sziyaret|\bziyaret\set(?:mek|meyi)\s(?:isti|plan)|\bsizi\sziyaret|\bhayirli\solsun|\bziyaret\sicin|\bmakam(?:in)?a\s(?:kabul|gel)|\bheyet\w*[^.\n]{0,60}(?:ziyaret|kabul|gel)|\btanisma\s(?:ziyaret|icin)"),
    (Process.VISIT, 3, 2, r"\bziyaret|\brandevu\stalep"),
    (Process.FILMING, 6, 5, r"\bcekim\s(?:izni|talebi|istegi|izin|yap|programi|planl)|\bcekim\syapmak|\bkayit\salmak\sist|\bgoruntu\s(?:almak|cek)\w*|\bkamera\s(?:cekim|ekib)|\bbelgesel\scekim|\bcekim\sekib|\bcekim\w{0,4}\s(?:yapacak|yapmasi|gerceklestir|sure|istiyor|istemekte|talep|taleb)|\bgoruntulemek\b|\bgoruntule(?:mesi|yecek)|\bkamera\w{0,4}\s(?:ile\s)?(?:izle|gir|kayit|takip|cek|goruntu)|\bbelgesel\s(?:ekib|film|cek)|\bkayit\s(?:alacak|yapmak)|\bcekimi\sicin\sizin|\bdron(?:e)?\sile"),
    (Process.INTERVIEW, 6, 4, r"\b(?:tv|televizyon|radyo)\sprogram|\broportaj|\bcanli\syayin|\bcanli\sbaglan|\btelefonla\sbaglan|\btelefon\sbaglanti|\bpodcast|\bprograma?\skonuk|\bkonuk\sol|\bsoylesi|\bstudyo|\bcanli\stelefon|\byayin\skonu|\bdemec|\bkonuk\stalebi|\bkonuk\s(?:isti|iste|ariyor|talep|olacak|edecek|etmek)|\byayin\w{0,8}\s(?:\w{1,14}\s){0,4}(?:katil|baglan)|\bprogram\w{0,6}\s(?:\w{1,14}\s){0,4}(?:katil|davet)|\bkayit\syapilacak|\bkonugu\sol|\bprogram\sdaveti|\bacik\soturum|\byayina\sbaglan|\bsorular(?:i|ini|a)\s(?:yanit|cevap)|\bgorus\w{0,4}\s(?:almak|isti|ist[ie]n|talep)"),
    (Process.INTERVIEW, 3, 3, r"\bprogram\w{0,8}[^.\n]{0,120}(?:katil|konu[gk]|konus)|\bkatilmasi\s(?:planlan|isten|uygun)|\bkonuk\b|\bekran\w{0,4}\skonu"),
    (Process.MEDIA_MATERIAL, 6, 5, r"\b(?:arsiv\s)?(?:goruntu|fotograf|gorsel|video)\w{0,8}\s(?:talep|taleb|istiyor|istedi|isteniyor|istem|rica\sed)\w*|\b(?:goruntu|fotograf)\w{0,8}\s(?:medya|basin|kanal|ajans|gazete)\w{0,12}\s(?:ile|la|le|lara|lere|ya|a)?\s?(?:paylas|gonder|ilet|dagit|servis)\w*|\bham\sgoruntu|\b(?:ajans|kanal|televizyon|gazete)\w*\s(?:talebi|istegi)[^.\n]{0,80}(?:goruntu|foto|video)|\b(?:goruntu|foto|video|kare)\w*[^.\n]{0,40}(?:metin|metni)\s(?:yok|olmadan|istemi)|\b(?:goruntu|fotograf|foto|gorsel|video|kare)\w{0,8}\s(?:\w{1,14}\s){0,6}?(?:istiyor|istedi|isteniyor|istemekte|talep\sed|gonderilecek|gonderilebilir|servis\sed)"),
    (Process.NEWS, 5, 5, r"\bbasin\s(?:aciklama|duyuru|bulten|bildiri|davet|notu)\w*|\bpaylasim\s(?:metn|gorsel)|\bbilgilendirme\smetn|\bhaber\smetn|\bhaber\s?metin|\bhaber\sonay|\bduyuru\smetn|\bweb\shaber|\bkamuoyu\s(?:duyuru|aciklama)|\bhaber\staslag"),
    (Process.NEWS, 3, 0, r"\bhaber(?:i|imiz|ler|leri)?\b|\bbulten|\bduyuru"),
    (Process.NEWS, 0, 4, r"\bhaber(?:[iu]\w{0,8}|in\w{0,4}|ler\w{0,8})?\b[^.\n]{0,60}(?:\bek(?:te|li|tedir|lidir|teki)\b|\basagida|\bsun(?:uyor|ul)|\bgonderiyor|\biletiyor|\bhazirla(?!nacak|yacag|ma)|\bonay|\bpaylas|\bservis|\byay)|\bduyuru(?:su|muz)?\b[^.\n]{0,60}\bek(?:te|li)|\bmesaj(?:iniz|imiz|i)\b[^.\n]{0,30}(?:asagida|\bek(?:te|li))|\bhaberlestir|\bhaber\syap(?:alim|ilsin|ilmasi)|\bmetin\w{0,8}[^.\n]{0,30}(?:ek|asagida)|\bmetn[iy]\w{0,6}[^.\n]{0,40}(?:ek(?:te|li)|asagida|yapistir)"),
    (Process.NEWS, 1, 2, r"\bbasina\sservis|\byerel\sbasina|\bsosyal\smedya\w{0,18}\s(?:icin|paylas)|\bsadece\s(?:web|site)|\bsiteye\skoy|\bbasina\s(?:gonder|gid|ver)|\byayinlanmasi|\byayimlanmasi|\bpaylasim\smetni|\bweb\s(?:sitesi|sayfa)"),
)  # fmt: skip
IDIOMS = re.compile(
    r"\bhaber\s(?:ver(?!il)\w*|al(?:ir|in|di|ama|amad|dik)\w*|et(?:tim|ti|tik|er|in)\w*|edin\w*|bekl\w*|gel(?:ir|di|ince|me)\w*|kanal\w*)|\bhaber(?:im|in|iniz)\s(?:olsun|olur|var\b|yok\b)"
)
"""Word for word "news", and none of it: "haberiniz olsun", "haber verin"."""
_COMPILED = tuple((process, head, body, re.compile(pattern)) for process, head, body, pattern in _SIGNS)
_LEAST = 4
_ORDER = (
    Process.REFUTATION, Process.REPORT_FORWARD, Process.CLIPPING, Process.INFO_NOTE, Process.NEGATIVE_NEWS, Process.PRODUCTION,
    Process.FILMING, Process.INTERVIEW, Process.VISIT, Process.FEEDBACK, Process.MEDIA_MATERIAL, Process.NEWS,
)  # fmt: skip

_ABOUT_NEWS = re.compile(
    r"\b(?:ziyaret|afis|brosur|film|roportaj|tesekkur|program|oneri|memnuniyet|cekim|soylesi|sikayet)\w{0,10}(?:\s\w{1,16}){0,4}\s(?:haber(?:i|inin|imiz)?|haber\smetni|bulten(?:i)?|haberi(?:ni)?)\b"
)
_DELIVERED = re.compile(
    r"\bhaber(?:i|imiz|inin|in)?\b(?:\s\w{1,14}){0,4}\s(?:ek(?:te|li|tedir|lidir|teki)|asagida)|\bhaber\smetni|\bhaber\sonay|\bweb\shaberi|\bmetin\s(?:asagida|ekte)"
)


def process_of(subject: str, note: str, least: int = _LEAST) -> tuple[Process, str] | None:
    """The process that `subject` and covering `note` speak of, and the words; None where none is clear."""
    head, body = (IDIOMS.sub(" ", plain(tidy(text))) for text in (subject, note))
    scores: dict[Process, int] = {}
    words: dict[Process, str] = {}
    for process, in_head, in_body, pattern in _COMPILED:
        for text, weight in ((head, in_head), (body, in_body)):
            if weight and (hit := pattern.search(text)):
                scores[process] = scores.get(process, 0) + weight
                words.setdefault(process, hit[0].strip())
    both = head + "\n" + body
    if (
        _DELIVERED.search(both)
        and _ABOUT_NEWS.search(both)
        and not re.search(r"\bplan(?:i|lan|liyor)|\btalep|\btaleb|\bizni\b", both)
    ):
        # News about a visit, a film or a programme that took place is news.
        scores[Process.NEWS] = scores.get(Process.NEWS, 0) + 8
    if (
        Process.NEGATIVE_NEWS in scores
        and Process.INFO_NOTE in scores
        and re.search(
            r"bilgi\snotu\w{0,3}(?:\s\w{1,12}){0,2}\s(?:gelmedi|istenmedi|talep\sedilmedi|talebi\s(?:yok|gelmedi|bulunm))",
            both,
        )
    ):
        del scores[Process.INFO_NOTE]
    if re.search(r"\b(?:haber\s)?metn?i?n?\s?(?:i\s)?yok\b|\bmetinsiz|\bhaber\syok\b", both):
        scores.pop(Process.NEWS, None)  # "metin yok, yalnız görüntü gönderilecek"
    if not scores:
        return None
    best = max(scores, key=lambda p: (scores[p], -_ORDER.index(p)))
    return (best, words.get(best, "")) if scores[best] >= least else None
