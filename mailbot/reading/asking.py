"""Whether a mail of the ministry asks for an information note, changes what it asked, or does neither (1.4.1).

Three things make a request: the thing that is wanted (a note, information, a view), a verb that wants it or
a time by which it is due, and a story that it is about. A thing that is named "bilgi notu" needs no story.
"""
# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.core.request import Update
from mailbot.reading.plain import plain, tidy

_NOTE = re.compile(
    r"\bbilgi\s?not\w*|(?<!dip\s)(?<!\bana\s)\bnot(?:u|unu|unun|unuz|unuzu|unuzun|a|unuza|unuzda|undan|unuzdan|undaki|uyla|unuzla|ta|tan|lar|lari|larini|larinizi|umuz|umuzu)?\b(?!\s?[:=)]|\sed(?:er|il|in)|\sal(?:in|di|mis)|\sdefter)"
)
_BILGI_NOTU = re.compile(r"\bbilgi\s?not\w*")
_THING = re.compile(
    r"\b(?:bilgi(?:ler\w{0,8}|lendir\w*|niz\w{0,4}|yi|si\w{0,4})?|degerlendirme\w*|aciklama\w*|gorus\w*|izah\w*|cevab\w*|cevap\w*|yanit\w*|rapor\w*|teyit\w*|teyid\w*|netice\w*|sonuc\w*|sonucu\w*|durum\w{0,8}|asli(?:ni|nin)?|detay\w*|ayrinti\w*|savunma\w*|inceleme\w*|donus\w{0,8}|ne\soldugu\w*|ne\soldu\b|dogru\s?(?:mu|lug\w*))(?![a-z])"
)
_VERB = r"(?:ilet|gonder|gec|hazirla|ulastir|paylas|bildir|yaz|ver|olustur|duzenle|don|cikar|toparla|yolla|at|anlat|acikla|arastir|incele|bak|sor|teyit\sed|haber\sver|bilgi\sver|temin\sed|tamamla|aydinlat|ozetle|netlestir|degerlendir|cevapla|cevaplandir|yanitla|aktar|sun|derle|kontrol\sed|belirt|izah\sed|donus\syap|rapor\set|raporla)"
_WANT = re.compile(
    r"\brica\b|\brica(?:miz|olunur|ederi[mz])|\bbekl(?:iyor|emekte|enmekte|eniyor|er\b|eriz|erim)\w*|\btalep\s?(?:ed|olun)\w*|\btalebi(?:miz)?\b|\bisti?(?:yor|yorum|enmekte|eniyor|enmis|endi|edi|edik|enmistir)\w*|\biste(?:nmekte|r\b|riz|riyoruz|yelim|rim)\w*|\blazim\b|\bgerek(?:iyor|mekte|li|ir)\w*|\bihtiyac\w*\s?(?:var|duy|hasil|olus|bulun)\w*|\bihtiyaci?miz\b|\blutfen\b"
    rf"|\b{_VERB}\w*(?:siniz|misin|miyiz|misiniz|yalim|yelim|alim|elim)\b|\b{_VERB}(?:[iuy]{{0,2}}n(?:iz|uz)?)\b(?!\s?(?:bilgi|haber|metin|raporu))|\b{_VERB}\w*(?:[ae]?r|[iu]r)\s?m[iu]\s?s[iu]n[iu]z|\b\w+[ae]bilir\s?m[iu]\s?(?:y[iu][mz]|s[iu]n[iu]z|y[iu]m)?|\b(?:alabil|alal|alsak|alay)\w*|\belimizde\b|\bmasa(?:mi|si)zda\b|\b{_VERB}\w*rseniz\b|\bsevini(?:riz|rim)\b|\bmemnun\s(?:oluruz|olurum|kaliriz)"
    rf"|\b\w{2,14}(?:ar|er|ir|ur)\s?m[iu]\s?s[iu]n[iu]z|\b\w{3,16}(?:il|in|n)m[ae]s[iu]\b(?=\W{0,3}(?:$|\n))|\bdonus\w{0,8}\s(?:yap|bekl|rica|sagla|ver)\w*|\bdonusunuz\w{0,3}|\barz\s(?:ed|olun)\w*|\bmakbule\sgec|\bumu(?:yor|ar)\w*|\bumari[mz]|\barzu\sed\w*|\bgeregi(?:ni|nin)?\s(?:rica|arz|bilg)|\bgeregi\sicin|\btemini\b|\b(?:ilet|gonder|gecil|hazirlan|bildir|veril|ulastir|paylas)\w*m[ae]s[iu]\w{{0,3}}(?=\W{{0,3}}$|\s(?:hususu|uygun|gerek|bekl|isten|rica|talep|onem|arz))|\bhaberdar\sed\w*|\bbilgilendir(?:il|in|ir|me)\w*|\bonem\sarz|\bekstra\sacil|\bsure\w{{0,4}}\s?:|\bistenen\s?:"
)
_STORY = re.compile(
    r"\bhaber|\biddia|\bpaylasim|\bvideo|\bsosyal\smedya|\bson\sdakika|\bgazete|\bekran|\byayi[nm]la|\btweet|\bgorunt|\bkose\syaz|\bbasina\syans|\bkupur|\bhttps?:|\bwww\.|\bmanset|\bajans|\bmuhabir|\bsikayet\w*\s(?:haber|konu)|\bone\ssurul|\bileri\ssurul|\bsoylen(?:iyor|mekte|di|tisi)|\balt\s?yazi|\bgundem|\bviral|\bleri\ssurul|\bdarp|\byangin|\bzehirlen|\bkaza(?!n)\w{0,6}\b|\bbasin\w{0,5}\ssor(?:uyor|du|ular|makta)|\bolay"
)
_REFUSED: tuple[tuple[bool, str, re.Pattern[str]], ...] = (
    # holds against a request with note, time and story, reason, words
    (False, "eğitim ya da toplantı duyurusu", re.compile(r"\begitim(?:i|ine|inin|leri)?\b(?!\s(?:ve\s)?arastirma)[^.\n]{0,80}(?:yapilacak|duzenlenecek|gerceklestirilecek|katil)|\bcevrim\s?ici\b[^.\n]{0,60}(?:egitim|toplanti|seminer)|\bcalistay|\bwebinar|\bkatiliminizi\srica|\b81\sil|\btoplanti(?:ya|si|miz|nin)?\b[^.\n]{0,60}(?:davet|yapilacak|katil|ertelen|gundem)|\btoplanti\w{0,4}\snot")),
    (False, "biçim ya da usul duyurusu", re.compile(r"\bsablon|\bformat[a-z]{0,6}\s(?:kullan|guncel|degis|gonder|hazirla)|\bbu\sformat|\bbundan\s(?:sonra|boyle)|\bornek\sbilgi\snot|\bbilgi\snotu\sornekler|\bkilavuz|\bgenelge|\bbicim\sbirlig|\bbilgi\snot(?:u|lari)\w{0,6}\s(?:yazim|hazirlama\susul|kurallari|formati(?!nda))|\bhazirlanirken\sdikkat|gonderilecek\s(?:tum|butun)\sbilgi\snotlari|\bbos\s(?:bir\s)?form|\byeni\s(?:e-?posta\s)?adres|\bkayitlarinizi\sguncelle|\bders(?:ler|te|imiz)|\btez(?:im|i)\b|\bodev")),
    (True, "Bakanlığın kendi notu, bilgi için", re.compile(r"(?:bakanligi?miz(?:ca|in)?|genel\smudurlugumuz(?:ce|un)?|kurumumuz(?:ca|un)?|tarafimiz(?:ca|dan)|musavirligimiz(?:ce|in)?)\s(?:\w{2,16}\s){0,3}(?:hazirlanan|hazirladigi(?:miz)?|olusturulan|yayi[nm]lanan)\s(?:\w{1,16}\s){0,6}(?:bilgi\snotu|metin|soru-?cevap)\w{0,4}[^.\n]{0,40}(?:ekte|sunul|gonderil|paylas|ilist)|bilgi(?:leri)?nize\ssunul(?:mustur|ur|mus)|bilgisine\ssunul(?:mustur|ur)|bilgi\sicin\sgonderil")),
    (True, "istenmediği söyleniyor", re.compile(r"bilgi\snotu\w{0,3}\s(?:talep\sedilme(?:mis|di|yecek)|istenme(?:di|mis|mekte)|talebi\s(?:yok|bulunmamakta)|gerekmemekte|gerekmez)")),
    (True, "yapılmaması isteniyor", re.compile(r"\b(?:yap|ver|paylas|acikla|yayi[nm]la)\w*m[ae]m[ae]s[iu]\w*\s(?:\w{1,12}\s){0,2}(?:rica|onem|gerek)")),
    (False, "yayın isteniyor", re.compile(r"(?:\bsite|\bsayfa|\bhesap|\bsosyal\smedya)\w{0,14}[^.\n]{0,60}(?:yayi[nm]la|paylas|duyur)\w{0,4}(?:masi|menizi|mesi|maniz)(?![^\n]{0,120}bilgi\snot)")),
)  # fmt: skip
_ANOTHER_TASK = re.compile(
    r"\btanitim\s(?:notu|film)|\bbrosur|\bkonusma\s(?:notu|metni)|\bkonusmasi(?:nda|na)?\b|\bziyaret\w{0,5}[^.\n]{0,60}\bnot(?:u|un)|\bkarsilama\snotu|\bprotokol\snotu|\bbrifing|\bsunum\w{0,5}\s(?:hazirla|kullan)|\bprogram\snotu|\bnobet\w{0,3}\slistesi|\biletisim\s(?:bilgi|list)|\birtibat\s(?:bilgi|kisi)|\banket\b|\bform\w{0,4}\sdoldur|\bfatura|\bsertifika|\bozgecmis"
)
_TOLD = re.compile(r"\bhaber(?!\smetn|imiz|iniz)|\biddia|\bpaylasim|\byansi")
_ON_AIR = re.compile(
    r"\broportaj\w*\s(?:yap|isti|talep|taleb|ver)|\bcekim\s(?:yap|izn|isti|talep)|\bkonuk\s(?:isti|ol)|\bcanli\syayin\w*\s(?:katil|baglan|konuk)"
)
_UPLOAD = re.compile(
    r"(?:baglanti|link|adres|sistem|portal|form|sayfa)\w{0,6}[^.\n]{0,40}(?:yukle(?:yin|meniz|nmesi)|giris\syap|tikla|sifre|hesab\w*\sdogrula|oturum\sac)|sifre\w{0,6}\s(?:guncelle|yenile|dogrula)"
)
_RECEIVED = re.compile(
    r"(?:bilgi\snot\w{0,10}|notunuz|yaziniz|gonderiniz|e-?postaniz|notu)\s(?:\w{2,14}\s){0,3}(?:alinmistir|alindi\b|ulasti|ulasmistir|tarafimiza\sulas|makama\sarz|teslim\salindi|incelendi|yeterli\b(?!dir\w|\solur|\solacak))|^\W{0,3}(?:alindi|tesekkur|aldik|ulasti)|elinize\ssaglik"
)
_ANSWER = re.compile(r"^\W{0,3}(?:(?:re|ynt|yan|cvp|yanit|aw|sv)\s?:)")

_CANCEL = re.compile(
    r"(?:talebi?m?iz\w{0,4}|talep|not\w{0,8}|istegimiz|konu|istenen)\s(?:\w{2,14}\s){0,4}(?:iptal|geri\scek|dusur|kapat|dikkate\salin?m[ae])\w*|iptal\sed(?:il|ebil|iyor|in)\w*|\biptal(?:dir)?\W{0,3}$|vazgec|sehven\s(?:gonderil|iletil|talep)|dikkate\sal(?:mayiniz|mayin|inmamasi|mayabilir)|gundemimizden\scik|gerek\s?kalma\w*|ihtiyac\w{0,2}\skalma|gondermenize\sgerek|gondermeyiniz|gondermeyin\b|hazirlamayin|ilgilenmenize\sgerek|gecersiz(?:dir)?\b|baska\sil\w{0,4}\sait|yanlis(?:likla)?\s(?:size|gonder|ilet)"
)
_CANCEL_SOFT = re.compile(
    r"gerek\s?(?:yok(?:tur)?\b|bulunma|duyulma|gorulme)|hazirlanmasina\sgerek|ihtiyac\w{0,2}\s(?:duyulma|bulunma|yok)|konu\s(?:\w{2,12}\s){0,2}kapan\w*|not\w{0,8}[^.\n]{0,30}(?:istemiyoruz|beklemiyoruz|beklemeyin)|(?:gonder|hazirla|ugras)\w{0,5}m[ae]y[iu]n\w*"
)
_EXTEND = re.compile(
    r"\bsure\w{0,8}[^.\n]{0,40}(?:uzat|uzad|genisle|ek\sure|degis|ertele|one\s(?:al|cek)|kisal|esnet)|\buzat(?:ilmistir|ildi|tik|iyoruz|ilmis|ilmasi)|\bek\ssure|\b(?:kadar|tarihine|saatine)\s(?:uzat|ertele)|\bsaat\w{0,4}\s(?:degis|one\s(?:alin|cekil))|one\s(?:alinmistir|cekilmistir|cektik|alindi|cekildi|aldik|cekiyoruz)|yeni\sson\s(?:saat|tarih)|(?:teslim|son)\s(?:saat|tarih|gun)\w{0,4}[^.\n]{0,30}(?:degis|uzat|olarak\sguncel|one)|\byerine\s(?:\w{2,12}\s){0,2}(?:saat\s)?[0-9][^.\n]{0,30}(?:olsun|alalim|gonder|ilet|yeter)|\bertelen(?:di|mistir)[^.\n]{0,60}\bnot|\bsure\w{0,8}\s(?:\w{1,12}\s){0,3}(?:[0-9:]+\S{0,4}\s)?(?:cek|al|kaydir)(?:iyor|ti|dik|tik|ildi|ilmis|indi)"
)
_EXTEND_SOFT = re.compile(
    r"gondermeniz\s(?:de\s)?(?:yeterli|olur|mumkun)|gonderebilirsiniz|iletebilirsiniz|\bzamaniniz\svar|\bvaktiniz\svar|\bsureniz\svar|\bbekleyebiliriz|\bacele\setme|\bacil(?:iyeti)?\s(?:degil|kalma|yok)|\balsak\s(?:da\s)?(?:yeterli|olur|yeter)|\bda\solur\b|\b(?:kadar)\s(?:\w{2,14}\s){0,3}(?:yeterli|uygundur|olabilir|mumkun)"
)
_REMIND = re.compile(
    r"\btekit|\btekiden|\bte'kit|\bhatirlat|\bhenuz\s(?:\w{2,14}\s){0,4}(?:ulasma|gelme|iletilme|gonderilme|alama)\w*|\bhal(?:en|a)\s(?:\w{2,14}\s){0,4}(?:ulasma|gelme|iletilme|gonderilme|bekle|bekli|alama|yok)\w*|\bulasmamistir|\bgelmemistir|\bulasmadi|\bgelmedi\b|\b(?:bilgi\snotu|not|notunuz|talebimiz\w{0,6}|cevap|yanit)\s(?:\w{2,14}\s){0,3}(?:ne\s(?:durumda|asamada|oldu)|gelmedi|alamadik|ulasmadi|nerede)|\bsure\w{0,6}\s(?:doldu|gecti|dolmustur|gecmistir|asildi)|\bbekliyoruz\shala|\bakibet|\bne\szaman\s(?:iletil|gel|gonder|alabil)|\bcevap\salamadik|\balabilmis\sdegil|\bikinci\skez|\btekrar\s(?:talep|rica)|\bunutulma|\bunutmay"
)
_SUPPLEMENT = re.compile(
    r"\b(?:not(?:t?a|unuz(?:da|a)?|unda|u|una)?|gonderdiginiz|iletilen|gonderilen|ilettiginiz|gondermis\soldugunuz|metinde|yazida)\b[^!?\n]{0,140}?(?:\byok\b|\byer\salm|\beksik|\bekle(?:yip|yerek|nmesi|n|r|yin|nerek)|\bilave|\bbelirtilm|\bacik\sdegil|\byetersiz|\bdetaylandir|\bgenislet|\bduzelt|\bguncelle|\bcelis|\btamamla)"
)
_ADD = re.compile(
    r"\bekleyip\s(?:tekrar|yeniden)|\bek\sbilgi|\bilave\sbilgi|\btamamlayici\sbilgi|\beklenerek\s(?:tekrar|yeniden|ivedi)|\bsu\s(?:husus|bilgi|sorular)\w{0,6}\s(?:da|de)\s(?:ekle|ilave)|\bnota\s(?:sunu|su)\b|\bayrica\s(?:\w{2,18}\s){1,8}(?:bilgisi|sayisi|tarihi|durumu)\w{0,4}\s(?:da|de)\s(?:ekle|ilet|bildir)|\beksik\sgorul|\bguncel\ssayi"
)
_FACT = re.compile(
    r"\bdogru\s?m[iu]\b|\bnedir\b|\bne\soldu\b|\bvar\s?mi\b|\b(?:detay|bilgi|ayrinti|durum|gorus|aciklama)\w{0,4}\s?\?|\bne\sdiyorsunuz|\b(?:nasil|neden|nicin|kim|kac|hangi)\b[^?.\n]{0,80}\?|\b(?:asli|astari|gercek)\b[^?.\n]{0,40}\?"
)
"""A question of fact, which asks for an answer without any word for asking."""
_YOUR_NOTE = re.compile(r"\bbilgi\snot(?:unuzu|larinizi|unuza)\b")
_TEXT = re.compile(r"\bmetn[iy]|\btaslak|\bfoto|\bgorsel|\broportaj|\bcekim")
_STILL = re.compile(
    r"\brica|\bbekli|\biletil|\bgonderil|\blazim|\bisti(?:yor|en)|\balabilir|\balalim|\b\w+(?:ar|er|ir|ur)\s?m[iu]s[iu]n"
)
"""Something is wanted beside the thanks."""
_EARLIER = re.compile(r"\b(?:bir\s)?onceki\s(?:ileti|mail|mesaj|e-?posta|yazi|talep|talebi)\w*")
_SUPPLEMENT_SOFT = re.compile(
    r"\bayni\smi|\bteyit\sed(?:ip|er|in)|\bilave\sed|\bekleme\w{0,4}\s(?:iste|gerek)|\bekle(?:rseniz|yebilir|yiniz|yin|nmesi|nsin|nebilir)|\bnot(?:ta|unuzda|a)\b[^.\n]{0,90}(?:yazsin|olsun|yer\salsin|belirt|gecsin)|\bbir\s(?:sey|soru|husus)\s?(?:miz)?\sdaha|\bsunu\s(?:da|de)|\b(?:kac|hangi|ne\szaman|neden|nicin)\b[^.\n]{0,80}(?:\?|yaz|belirt|bildir|ilet)|\bnetlestir|\b(?:tekrar|yeniden)\s(?:ilet|gonder|yolla|at)\w*|\b(?:da|de)\s(?:yazip|ekleyip|belirtip|ilave)|\bac(?:ar|abilir)\smi"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words are: a request (`update` None) or a change to one, and the words that show it."""

    update: Update | None
    words: str


def asked_in(
    subject: str, words: str, *, threaded: bool, due: bool, named: bool, news_ask: bool = False
) -> Asked | None:
    """What `subject` and the new `words` ask; None where they ask for no note.

    `due`: a deadline is said; `named`: an outlet, a link or a facility stands in the mail.
    """
    head, body = plain(subject), undotted(plain(words))
    both = head + "\n\n" + body
    answers = threaded or bool(_ANSWER.match(head))
    note = _NOTE.search(both)
    strong = bool(note and due and named and _TOLD.search(both))
    if _UPLOAD.search(body) or any(
        pattern.search(both) for firm, _, pattern in _REFUSED if firm or not strong
    ):
        return None
    about_note = bool(note) or answers or bool(re.search(r"\btaleb|\btalep", both))
    acknowledged = bool(_RECEIVED.search(body))
    if not news_ask and (
        changed := _changed(head, body, answers=answers, about_note=about_note, note=bool(note))
    ):
        return changed
    if (
        (_ANOTHER_TASK.search(both) and not (note and _TOLD.search(both)))
        or (_ON_AIR.search(both) and not note)
        or (note and _CANCEL_SOFT.search(body) and not due)
    ):
        return None
    wants = _WANT.search(body)
    if acknowledged and not (due or (wants and _STILL.search(body))):
        return None
    if answers and not (note and _NOTE.search(body)):
        return None
    story = named or bool(_STORY.search(both))
    if note and (wants or due) and (story or _BILGI_NOTU.search(both)):
        return Asked(None, _around(body, wants, note))
    if (
        wants
        and story
        and not re.search(r"\bmetn[iy]|\btaslak|\bhaber\smetin", both)
        and (due or _same_sentence(body))
    ):
        return Asked(None, _around(body, wants, note))
    if _YOUR_NOTE.search(body) and story and not answers and not acknowledged:
        return Asked(None, _around(body, wants, note))
    if due and story and not answers and len(body) < 300 and _THING.search(body) and not _TEXT.search(both):
        return Asked(None, _around(body, wants, note))
    if named and not answers and len(body) < 200 and _FACT.search(body) and not _TEXT.search(both):
        return Asked(None, _around(body, _FACT.search(body), note))
    if due and story and _FACT.search(body) and not answers and not _TEXT.search(both):
        return Asked(None, _around(body, _FACT.search(body), note))
    if due and named and not answers and not acknowledged and len(body) < 300 and re.search(r"\bhaber|\biddia", both):
        return Asked(None, head)
    if _BILGI_NOTU.search(head) and story and not answers and not acknowledged:
        return Asked(None, head)
    return None


def _changed(head: str, body: str, *, answers: bool, about_note: bool, note: bool) -> Asked | None:
    both = head + "\n\n" + body
    refers = answers or bool(
        re.search(
            r"\b(?:talebimiz|talep\sett|istedigimiz|istenen|istemist|verdigimiz|bildirdigimiz|tarihli\s(?:talep|yazi|e-?posta))",
            both,
        )
    )
    if about_note and (hit := _CANCEL.search(both)):
        return Asked(Update.CANCEL, hit[0])
    if about_note and refers and (hit := _CANCEL_SOFT.search(body)):
        return Asked(Update.CANCEL, hit[0])
    if (hit := _REMIND.search(both)) and (about_note or "tekit" in head or "hatirlat" in head):
        return Asked(Update.REMINDER, hit[0])
    if (
        about_note
        and (hit := _EXTEND.search(body))
        and not re.search(r"en\sgec[^.\n]{0,30}gonderebilir", body)
    ):
        return Asked(Update.EXTEND, hit[0])
    if note and answers and (hit := _EXTEND_SOFT.search(body)):
        return Asked(Update.EXTEND, hit[0])
    wants = bool(_WANT.search(body))
    gave = bool(re.search(r"\b(?:gonderdiginiz|ilettiginiz|gonderilen|iletilen|notunuz(?:da|a|un)?)\b", body))
    if note and (answers or gave or not wants) and (hit := _SUPPLEMENT.search(body)):
        return Asked(Update.SUPPLEMENT, hit[0])
    if (note or (answers and not re.search(r"\bmetin|\bmetn|\btaslag|\btaslak|\bgorsel|\bfoto", both))) and (
        (answers or gave or not wants) and (hit := _ADD.search(body))
    ):
        return Asked(Update.SUPPLEMENT, hit[0])
    if note and (hit := _EARLIER.search(both)):
        return Asked(Update.SUPPLEMENT, hit[0])
    if note and (answers or gave) and (hit := _SUPPLEMENT_SOFT.search(body)):
        return Asked(Update.SUPPLEMENT, hit[0])
    return None


def _same_sentence(body: str) -> bool:
    """Whether a thing is wanted: both in one sentence, or in two that follow one another."""
    sentences = re.split(r"(?<=[.!?;])\s|\n{1,3}", body)
    things = [bool(_THING.search(s)) for s in sentences]
    wants = [bool(_WANT.search(s)) for s in sentences]
    return any(
        wants[n] and (things[n] or (n and things[n - 1]) or (n + 1 < len(things) and things[n + 1]))
        for n in range(len(sentences))
    )


def _around(body: str, wants: re.Match[str] | None, note: re.Match[str] | None) -> str:
    if wants is None:
        return note[0] if note else ""
    start = max(0, body.rfind("\n", 0, wants.start()) + 1, wants.start() - 70)
    return body[start : wants.end()].strip()


def undotted(low: str) -> str:
    """Times, dates and links without the dots that would look like the end of a sentence."""
    low = re.sub(r"(?:https?://|www\.)\S{1,2000}", lambda m: "https:" + " " * (len(m[0]) - 6), low)
    return re.sub(r"(?<=[0-9])\.(?=[0-9])", ":", low)


_SHORT = 240
"""Characters of an acknowledgement at most: a longer answer says something else too."""


def received(words: str) -> bool:
    """Whether the words only say that something came ("Alındı.", "Bilgi notu tarafımıza ulaşmıştır")."""
    low = undotted(plain(tidy(words)[:20_000])).strip()
    if not low or len(low) > _SHORT or "?" in low:
        return False
    return bool(_RECEIVED.search(low)) and not _SUPPLEMENT.search(low) and not _CANCEL.search(low)
