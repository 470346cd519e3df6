"""Where a text may go: to the press, or to web and social media alone. Read, never guessed (1.1.3)."""

from __future__ import annotations

import re

from mailbot.reading.plain import plain, tidy

_PRESS = re.compile(
    r"\bbasina\b(?!\s(?:kapali|yansi|dus|konu|bilgi\snotu|acik))|\bbasin(?:la|\sile)\s(?:da\s)?payla[sş]|\byerel\s(?:ve\sulusal\s)?(?:basina|medyaya)|\bulusal\sbasina|\bajans(?:lara|a)\b|\bmedyaya\b|\bgazetelere\b|\bbasin\syayin\s(?:kurulus|organ)\w{0,8}"
    r"|\bbasin\s(?:mensuplarina|kuruluslarina|listesine)|\bservis\sedil(?:ecek|sin|mesi|ebilir)|\bservis\sedelim|\bmedya\skuruluslarina|\bbasin\s(?:listemiz|listesi)\w{0,6}|\bbasin\sdahil|\bher\s(?:ikisi|iki\syere)|\b(?:televizyon|kanal)lara\b"
)
_PRESS_NOT = re.compile(
    r"\bbasina\s(?:da\s)?(?:hic\s|simdilik\s|bu\skez\s|ayrica\s|servis\s|gonder\w*\s)?(?:gerek\s(?:yok|bulunm|duyulm|gor)|git?m(?:e|iy)|gonder(?:il)?m(?:e|iy)|ver(?:il)?m(?:e|iy)|cik(?:il)?m(?:a|iy)|servis\s(?:yok|edilm|etm|yapm)|dusunm|dusunul?m|verm|paylas(?:il)?m|gecm(?:e|iy)|sunulm|yok\b|degil|istem|kapali|iletilm|iletm)"
    r"|\bbasin(?:la|\sile)\spaylas(?:il)?m[ai]|\bbasin\s(?:servisi\s|dagitimi\s|gonderimi\s|bulteni\s)?(?:yok|olmayacak|degil|haric|olmasin|istemiyor)|\bbasina\sgonderilmesine\sgerek|\bservis\sedilm(?:eyecek|esin|eyip|edi|iyor|ez)|\bbasin(?:a)?\s(?:servisine|gonderimine|gonderilmesine|verilmesine)\s(?:gerek|luzum|ihtiyac)|\bbasina\s(?:\w{1,12}\s){0,3}(?:gerek|luzum|ihtiyac)\s(?:yok|bulunm|gorulm)"
    r"|\bmedyaya\s(?:gitmey|verilmey|gonderilmey|cikmay|gerek)|\bajanslara\s(?:gitmey|verilmey|gonderilmey|gerek)"
)
_WEB_ONLY = re.compile(
    r"\b(?:sadece|yalniz(?:ca)?|salt|bir\stek|sirf)\s(?:kendi\s|kurumsal\s|mudurluk\s|mudurlugumuz(?:un)?\s|resmi\s|bizim\s)*(?:web|site|internet|sosyal|sayfa|instagram|facebook|twitter|x\b|hesap|kanallar|kurumsal|dijital|insta)"
    r"|\b(?:web|site(?:miz|de|ye|mize|mizde)?|sosyal\smedya\w{0,16}|internet\ssitesi\w{0,6})(?:\s(?:sitesi|sitemiz|sitemizde|ve|ile|veya|hesaplarimiz\w{0,4}|web|sosyal|medya\w{0,8}|sayfamiz\w{0,4}|icin|olarak))*\s(?:yeterli|yeter\b|kalsin|olarak\skalsin|ile\ssinirli|le\ssinirli|gecelim|disinda)"
    r"|\bsiteye\s(?:koyalim|koyun|ekleyelim|koyup\sgecelim|girelim)|\bweb\shaberi\b|\bweb\sicerigi|\bicin\ssiteye\b|\bbasinsiz|\b(?:web|site)\s?/\s?sosyal\s(?:medya)?\b|\bweb\s?(?:ve|\+|&|-)\s?sosyal(?:\smedya)?\b|\bsosyal\smedya\s?(?:ve|\+)\s?web\b"
    r"|\bsosyal\smedya(?:miz\w{0,3}|da|\shesaplarimiz\w{0,3})?\s(?:icin(?:dir)?|paylasimi(?:dir)?|icerigi(?:dir)?)\b|\bkurumsal\shesaplarimizda\s(?:paylas|yay)|\bsosyal\smedya\shesaplarimiz(?:da|dan)\s(?:paylas|yay)|\bweb\s(?:sitemiz|sayfamiz|sitesi)\w{0,4}(?:\sve\s\w{1,20}){0,2}\s(?:icin|paylas\w*|yay\w*)"
)
_OPEN = re.compile(
    r"\bsiz\skarar|\bkarar\s(?:sizin|verirsiniz|mudur)|\buygun\sgor(?:ulurse|urseniz|dugunuz)|\btakdir|\bm[iu](?:\s|,)?[^.\n]{0,40}\bm[iu]\b|\bbasina\s(?:da\s)?(?:gonder|ver|servis)\w*\s?(?:edelim\s)?m[iu]\b|\bgerekirse\b|\bveya\sbasina|\bnasil\suygun\sgor|\bhangisi\b"
    r"|\bbasina\s\w{0,14}\s?m[iu]\s|\bkararsiz|\bbilemedi(?:m|k)|\bnetle(?:sme|stirilme)|\bbelli\sdegil|\bsonra\skarar|\bkarar\sver(?:ilecek|ecegiz|elim|in|ilmedi)|\bduruma\sgore|\bisterseniz|\bistenirse|\bdusun(?:ur|ulur)se"
)


def destination_in(text: str) -> bool | None:
    """Whether a text is for the press (True), for web and social media alone (False), or unsaid (None).

    Both said, left to somebody's judgement, or asked: None. Never guessed.
    """
    low = re.sub(r"\s+", " ", plain(tidy(text)))
    if _OPEN.search(low):
        return None
    not_press = bool(_PRESS_NOT.search(low) or _WEB_ONLY.search(low))
    # "basına gerek yok" holds the word "basına": what denies the press is taken away before asking for it.
    rest = _PRESS_NOT.sub(" ", low)
    rest = re.sub(r"\bbasina\s(?:kapali|yansi\w*|konu\w*)", " ", rest)
    press = bool(_PRESS.search(rest))
    if re.match(r"\W{0,3}basin\W{0,3}$", low):
        press = True
    if re.match(r"\W{0,3}(?:web|site|sosyal medya|web sosyal(?: medya)?)\W{0,3}$", low):
        not_press = True
    if press and not_press:
        return None
    return True if press else False if not_press else None
