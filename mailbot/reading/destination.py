"""Where a text may go: to the press, or to web and social media alone. Read, never guessed (1.1.3)."""

# ruff: noqa: E501 - a pattern is one class of words a line: wrapped, nobody could read it

from __future__ import annotations

import re

from mailbot.reading.plain import plain, tidy

_PRESS = re.compile(
    r"\bbasina\b(?!\s(?:kapali|yansi|dus|konu|bilgi\snotu|acik))|\bbasin(?:la|\sile|\smensuplariyla|\skuruluslari(?:yla|\sile)|\sorganlari(?:yla|\sile))\s(?:da\s|birlikte\s)?payla[sş]|(?<!sosyal\s)\bmedya(?:yla|\sile|\skuruluslari(?:yla|na|\sile)|\sorganlari(?:yla|na))\s|\bgazete(?:lere|ye|lerle)\b|\byerel\s(?:ve\sulusal\s)?(?:basina|medyaya)|\bulusal\sbasina|\bajans(?:lara|a)\b|(?<!sosyal\s)\bmedyaya\b|(?<!sosyal\s)\b(?:basin|gazeteler|medya)da\s(?:\w{1,14}\s){0,5}?(?:yer\sal(?:ma|sin|acak)|yayi[nm]lan(?:ma|sin|acak)|cik(?:ma|sin|acak)|paylas(?:ilma|ilsin|ilacak))|\bbasin\syayin\s(?:kurulus|organ)\w{0,8}"
    r"|\bbasin\s(?:mensuplarina|kuruluslarina|listesine)|\bservis\sedil(?:ecek|sin|mesi|ebilir)|\bservis\sedelim|\bmedya\skuruluslarina|\bbasin\s(?:listemiz|listesi)\w{0,6}|\bbasin\sdahil|\bher\s(?:ikisi|iki\syere)|\b(?:televizyon|kanal)lara\b"
)
_NO = r"(?:m[iu]y(?:or|ec|ac)|m[ae](?:yecek|yacak|yece|yaca|sin(?:ler)?\b|yin|yiniz|yelim|yalim|den\b|dan\b|mis|meli|mali|di\b|dik|z\b|zsa|k\skaydi|mek|mak\s(?:kaydi|sarti|uzere)|yip|yerek|yarak|mesi|masi))"
"""Endings that deny, without the noun in -me/-ma: "gönderilmesi" denies nothing."""
_PRESS_NOT = re.compile(
    rf"\bbasina\s(?:da\s)?(?:hic\s|simdilik\s|bu\skez\s|ayrica\s|servis\s|gonder\w*\s|asla\s|kesinlikle\s)?(?:gerek\s(?:yok|bulunm|duyulm|gor)|git{_NO}|gid{_NO}|gonder(?:il)?{_NO}|ver(?:il)?{_NO}|cik(?:il|aril)?{_NO}|servis\s(?:yok|edil{_NO}|et{_NO}|yap(?:il)?{_NO})|dusun(?:ul)?{_NO}|paylas(?:il)?{_NO}|gec(?:il)?{_NO}|sunul{_NO}|yok\b|degil|istem|kapali|ilet(?:il)?{_NO}|at(?:il)?{_NO}|dagit(?:il)?{_NO}|yansit(?:il)?{_NO}|sizd)"
    rf"|\bbasin(?:la|\sile|\smensuplariyla|\skuruluslariyla)\s(?:\w{{1,10}}\s)?paylas(?:il)?{_NO}|\bbasin\s(?:servisi\s|dagitimi\s|gonderimi\s|bulteni\s|ayagi\s)?(?:yok|olmayacak|degil|haric|olmasin|istemiyor)|\bservis\sedil{_NO}|\bservis\set{_NO}|\bbasin(?:a)?\s(?:servisine|gonderimine|gonderilmesine|verilmesine)\s(?:gerek|luzum|ihtiyac)|\bbasina\s(?:\w{{1,12}}\s){{0,3}}(?:gerek|luzum|ihtiyac)\s(?:yok|bulunm|gorulm)"
    rf"|\bmedyaya\s(?:git{_NO}|gid{_NO}|veril{_NO}|gonderil{_NO}|cik{_NO}|gerek)|\bajanslara\s(?:git{_NO}|gid{_NO}|veril{_NO}|gonderil{_NO}|gerek)|\bgazetelere\s(?:git{_NO}|veril{_NO}|gonderil{_NO}|gerek)|\b(?:sitemiz|web|internet)\w*\s(?:\w{{1,12}}\s)?disinda\s[^.\n]{{0,60}}{_NO}|\bbaska\syere\s(?:git{_NO}|gid{_NO}|gonder(?:il)?{_NO}|ver(?:il)?{_NO}|gerek)|\bdisariya?\s(?:git{_NO}|cik{_NO}|ver(?:il)?{_NO})|\bbasin(?:da|la)?\s(?:yer\sal{_NO}|yayi[nm]lan{_NO})|\bbasinla\s(?:bir\s|hic\s)?(?:isimiz|ilgisi|alakasi|ilgili)\s?(?:yok|degil)|\bbasinlik\s(?:degil|bir\ssey\syok)"
)
_WEB_ONLY = re.compile(
    r"\b(?:sadece|yalniz(?:ca)?|salt|bir\stek|sirf)\s(?:kendi\s|kurumsal\s|kurum\s|kurumun\s|mudurluk\s|mudurlugumuz(?:un)?\s|resmi\s|bizim\s)*(?:web|site|internet|sosyal|sayfa|instagram|facebook|twitter|x\b|hesap|kanallar|kurumsal|dijital|insta)"
    r"|\b(?:web|site(?:miz|de|ye|mize|mizde)?|sosyal\smedya\w{0,16}|internet\ssitesi\w{0,6})(?:\s(?:sitesi|sitemiz|sitemizde|ve|ile|veya|hesaplarimiz\w{0,4}|web|sosyal|medya\w{0,8}|sayfamiz\w{0,4}|icin|olarak))*\s(?:yeterli|yeter\b|kalsin|olarak\skalsin|ile\ssinirli|le\ssinirli|gecelim|disinda)"
    r"|\bsiteye\s(?:koyalim|koyun|ekleyelim|koyup\sgecelim|girelim)|\bweb\shaberi\b|\bweb\sicerigi|\bicin\ssiteye\b|\bbasinsiz|\b(?:web|site)\s?/\s?sosyal\s(?:medya)?\b|\bweb\s?(?:ve|\+|&|-)\s?sosyal(?:\smedya)?\b|\bsosyal\smedya\s?(?:ve|\+)\s?web\b"
    r"|\bsite(?:ye|mize)\s(?:ve\s\w{2,16}\s)?(?:koy|ekle|yukle|gir|at)(?!(?:ul|il)?m[ae](?!k))\w*|\b(?:instagram|facebook|twitter)(?:'?[ae]|'?ya|'?da|'?de)?\s(?:ve\s\w{2,12}\s)?(?:koy|at|paylas|ekle)(?!(?:ul|il)?m[ae](?!k))\w*|\bsosyal\smedya(?:miz\w{0,3}|da|\shesaplarimiz\w{0,3})?\s(?:icin(?:dir)?|paylasimi(?:dir)?|icerigi(?:dir)?)\b|\bkurumsal\shesaplarimizda\s(?:paylas|yay)|\bsosyal\smedya\shesaplarimiz(?:da|dan)\s(?:paylas|yay)|\bweb\s(?:sitemiz|sayfamiz|sitesi)\w{0,4}(?:\sve\s\w{1,20}){0,2}\s(?:icin|paylas\w*|yay\w*)"
)
_AT_END = re.compile(
    r"(?:^|[,;(/–-]\s?|\bhaberi,?\s)(?:siteye|sitede|sitemize|web(?:'?e|'?de)?|sosyal\smedya(?:ya|da)?|instagram(?:'?a|'?da)?)(?:\sve\s(?:siteye|sitede|web|sosyal\smedya(?:ya|da)?|instagram(?:'?a|'?da)?))?\W{0,3}$"
)
"""The whole of what a row says of its place: "Oryantasyon haberi, siteye"."""
_OPEN_PRESS = re.compile(
    r"\bbasin\w*[^.\n]{0,40}\bm[iu]\b|\bkarar|\btakdir|\bbilemed|\bkararsiz|\bisterseniz|\bistenirse|\buygun\sgor|\bgerekirse|\bduruma\sgore|\bnetles"
)
"""It is open whether the press gets it; another question beside a clear no leaves the no."""
_ONLY = re.compile(r"\b(?:sadece|yalniz(?:ca)?|salt|sirf|bir\stek)\b")
_BOTH = re.compile(
    r"\bhem\b|\bile\sbirlikte\b|\bve\s(?:yerel\s)?basin|\bbasina\s(?:ve|da)\b|\bayni\sanda\b|\bayrica\b|\bardindan\b|\bbasin\W{1,3}(?:ve\s)?(?:web|site|sosyal)"
)
"""Web, social media and the press together: then web and social media deny nothing."""
_OPEN = re.compile(
    r"\bgitsin\smi\b|\bsiz\sne\sder|\buygun\s?m[iu]d[iu]r\b[^.\n]{0,30}takdir|\bsiz\skarar|\bkarar\s(?:sizin|verirsiniz|mudur)|\buygun\sgor(?:ulurse|urseniz|dugunuz)|\btakdir(?:iniz|leriniz)(?:dedir|indir|e\sbirak)|\btakdir\s(?:sizin|eder)|\b(\w{3,12})\w*[iu]p\s\1\w*m[ae]|\bm[iu](?:\s|,)?[^.\n]{0,40}\bm[iu]\b|\bbasina\s(?:da\s)?(?:gonder|ver|servis)\w*\s?(?:edelim\s)?m[iu]\b|\bgerekirse\b|\bveya\sbasina|\bnasil\suygun\sgor|\bhangisi\b"
    r"|\bbasina\s\w{0,14}\s?m[iu]\s|\bkararsiz|\bbilemedi(?:m|k)|\bnetle(?:sme|stirilme)|\bbelli\sdegil|\bsonra\skarar|\bkarar\sver(?:ilecek|ecegiz|elim|in|ilmedi)|\bduruma\sgore|\bisterseniz|\bistenirse|\bdusun(?:ur|ulur)se"
)


def destination_in(text: str) -> bool | None:
    """Whether a text is for the press (True), for web and social media alone (False), or unsaid (None).

    Both said, left to somebody's judgement, or asked: None. Never guessed.
    """
    low = re.sub(r"\s+", " ", plain(tidy(text)))
    if _OPEN.search(low) and not (_PRESS_NOT.search(low) and not _OPEN_PRESS.search(low)):
        return None
    denied = bool(_PRESS_NOT.search(low))
    not_press = denied or bool(_WEB_ONLY.search(low) or _AT_END.search(low))
    # "basına gerek yok" holds the word "basına": what denies the press is taken away before asking for it.
    rest = _PRESS_NOT.sub(" ", low)
    rest = re.sub(r"\bbasina\s(?:kapali|yansi\w*|konu\w*)", " ", rest)
    press = bool(_PRESS.search(rest))
    if re.match(
        r"\W{0,3}(?:tum\s|yerel\s|ulusal\s)?basin(?:\W{1,3}(?:ve\s)?(?:web|site|sosyal|internet)[\w +/&,-]*)?\W{0,3}$",
        low,
    ):
        press = True
    if re.match(r"\W{0,3}(?:web|site|sosyal medya|web sosyal(?: medya)?)\W{0,3}$", low):
        not_press = True
    if press and not_press and not denied and not _ONLY.search(low) and _BOTH.search(low):
        return True
    if press and not_press:
        return None
    return True if press else False if not_press else None
