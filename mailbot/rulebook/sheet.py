"""A TOML file that people edit, read with its rows, and typed access that complains in Turkish."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Any, TypeVar

from mailbot.core.values import Address
from mailbot.rulebook.complaint import Complaint
from mailbot.rulebook.rows import Path, row_of, rows

MAX_BYTES = 2_000_000
"""No rule file of a press unit comes near it; a larger one was put there by mistake."""

_POSITION = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_TEXT_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_Choice = TypeVar("_Choice", bound=StrEnum)

_KINDS: Mapping[type, str] = {
    str: "tırnak içinde bir metin",
    bool: "true ya da false",
    int: "tırnaksız bir tam sayı",
    float: "tırnaksız bir sayı",
    list: "köşeli parantez içinde bir dizi",
    dict: "bir tablo",
    date: "tırnaksız bir gün (2026-11-23)",
}


@dataclass(slots=True)
class Sheet:
    """One file: its values, its rows, and what was found wrong with it."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Path, int] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, path: Path, text: str, *, warning: bool = False) -> None:
        """Note a mistake at `path`."""
        self.complaints.append(Complaint(self.name, row_of(self.places, path), text, warning))

    @property
    def top(self) -> Table:
        return Table(self, (), self.data)


def read_sheet(path: FilePath, name: str) -> Sheet:
    """The file at `path`, called `name` in complaints. An unreadable file is an empty sheet that says why."""
    sheet = Sheet(name)
    try:
        if path.stat().st_size > MAX_BYTES:
            sheet.complain((), "Dosya 2 MB'tan büyük; yanlış bir dosya konmuş olmalı.")
            return sheet
        raw = path.read_bytes()
    except FileNotFoundError:
        sheet.complain((), "Dosya bulunamadı; “mailbot init” ile kurulan klasörden kopyalayınız.")
        return sheet
    except IsADirectoryError:
        sheet.complain((), "Bu adda bir dosya beklenirken klasör bulundu.")
        return sheet
    except PermissionError:
        sheet.complain((), f"Dosya okunamıyor; “{_user()}” kullanıcısına okuma izni veriniz.")
        return sheet
    except OSError as error:
        sheet.complain((), f"Dosya okunamadı: {error.strerror or error}.")
        return sheet
    text = _decode(sheet, raw)
    if text is None:
        return sheet
    try:
        sheet.data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sheet.complaints.append(_syntax(name, text, str(error)))
        return sheet
    except RecursionError:
        sheet.complain((), "İç içe geçen ayraçlar çok derin; dosya bozulmuş olmalı.")
        return sheet
    sheet.places = rows(text)
    return sheet


def _user() -> str:
    return os.environ.get("USER") or str(os.getuid())


def _decode(sheet: Sheet, raw: bytes) -> str | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        sheet.complain((), "Dosya UTF-16 olarak kaydedilmiş; düzenleyicide “UTF-8” seçip yeniden kaydediniz.")
        return None
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        sheet.complaints.append(
            Complaint(
                sheet.name,
                row,
                "Dosya UTF-8 değil (Windows-1254 olabilir); düzenleyicide “UTF-8” seçip yeniden kaydediniz.",
            )
        )
        return None


_SYNTAX = (
    ("Cannot overwrite a value", "Aynı anahtar ikinci kez yazılmış; birini siliniz."),
    ("Cannot declare", "Aynı başlık ikinci kez yazılmış; liste satırları çift ayraçla ([[…]]) açılır."),
    (
        "Cannot mutate immutable",
        "Önceden yazılmış bir diziye ya da tabloya ekleme yapılamaz; birini siliniz.",
    ),
    ("Duplicate inline table key", "Aynı anahtar bu satırda iki kez yazılmış; birini siliniz."),
    ("Illegal character", "Metin aynı satırda kapanmıyor; kapanış tırnağını ekleyiniz."),
    ("Expected '=' after a key", "Anahtardan sonra “=” bekleniyor (anahtar = değer)."),
    ("Unclosed array", "Dizi kapanmamış; öğeler arasına virgül, sonuna “]” koyunuz."),
    ("Unclosed inline table", "Süslü ayraç kapanmamış; öğeler arasına virgül, sonuna “}” koyunuz."),
    (
        "Invalid initial character for a key part",
        "Burada bir anahtar adı bekleniyor; fazla virgül ya da ayraç olabilir.",
    ),
    (
        "Invalid value",
        "Değer anlaşılamadı; metinleri tırnak içine alınız, günleri 2026-11-23 biçiminde yazınız.",
    ),
    ("Invalid date or datetime", "Böyle bir gün yok; günü 2026-11-23 biçiminde yazınız."),
    (
        "Expected newline or end of document",
        "Değerden sonra fazladan bir şey var; tırnakları ve ayraçları denetleyiniz.",
    ),
    ("Unterminated string", "Metin kapanmamış; kapanış tırnağını ekleyiniz."),
    ("Unescaped '\\'", "Metin içinde “\\” işareti iki kez (\\\\) yazılır."),
    ("Expected", "Ayraç ya da tırnak eksik; satırı benzer bir satırla karşılaştırınız."),
)


def _syntax(name: str, text: str, message: str) -> Complaint:
    place = _POSITION.search(message)
    row = int(place[1]) if place and place[1] else text.count("\n") + 1
    said = next((turkish for english, turkish in _SYNTAX if message.startswith(english)), None)
    return Complaint(name, row, said or "Satır TOML kurallarına uymuyor; benzer bir satırla karşılaştırınız.")


def nearest(word: str, known: Iterable[str]) -> str:
    """ " Şunu mu demek istediniz: “x”?" for the known word closest to `word`, else the known words."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f" Şunu mu demek istediniz: “{close[0]}”?"
    if len(names) > 16 or not names:
        return ""
    return " Bilinenler: " + ", ".join(names) + "."


class Table:
    """A TOML table with typed access. A wrong value is complained of and the default returned.

    Keys that nobody asked for are complained of by `done`.
    """

    __slots__ = ("data", "path", "sheet", "used")

    def __init__(self, sheet: Sheet, path: Path, data: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.path = path
        self.data = data
        self.used: set[str] = set()

    def complain(self, key: str | None, text: str, *, warning: bool = False) -> None:
        """Note a mistake at `key`, or at the table itself."""
        path = self.path if key is None else (*self.path, key)
        self.sheet.complain(path, text, warning=warning)

    def done(self) -> None:
        """Complain of every key that was not asked for."""
        for key in self.data:
            if key not in self.used:
                self.complain(key, f"“{key}” diye bir ayar yok.{nearest(key, self.used)}")

    def _get(self, key: str, kind: type, *, required: bool) -> Any:
        self.used.add(key)
        if key not in self.data:
            if required:
                self.complain(None, f"“{key}” yazılmamış; {_KINDS[kind]} olarak ekleyiniz.")
            return None
        value = self.data[key]
        wrong = not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)
        if wrong or (kind is date and isinstance(value, datetime)):
            self.complain(key, f"“{key}” {_KINDS[kind]} olmalı.")
            return None
        return value

    def line(self, key: str, default: str | None = None, *, empty: bool = False) -> str:
        """A text in one line that is safe in a mail header. Required where there is no default."""
        value = self._get(key, str, required=default is None)
        if value is None:
            return default or ""
        if _CONTROL.search(value):
            self.complain(key, f"“{key}” tek satır olmalı; satır sonu ve denetim karakteri içeremez.")
            return default or ""
        if len(value) > 300:
            self.complain(key, f"“{key}” çok uzun; en çok 300 karakter olabilir.")
            return default or ""
        if not value.strip() and not empty and default != "":
            self.complain(key, f"“{key}” boş bırakılmış; bir metin yazınız.")
        return str(value.strip())

    def text(self, key: str, default: str = "") -> str:
        """A text that may have several lines."""
        value = self._get(key, str, required=False)
        if value is None:
            return default
        if _TEXT_CONTROL.search(value):
            self.complain(key, f"“{key}” denetim karakteri içeriyor; satırı yeniden yazınız.")
            return default
        return str(value)

    def name(self, key: str, default: str | None = None) -> str:
        """A display name: one line without the characters that structure an address list."""
        value = self.line(key, default)
        if any(c in value for c in '<>@"'):
            self.complain(
                key,
                f'“{key}” yalnız ad içermeli; adres ve < > @ " '
                "işaretleri “address” içine yazılır ya da silinir.",
            )
            return default or ""
        return value

    def ident(self, key: str) -> str:
        """An identifier: lower-case ASCII letters, digits and "-" or "_"."""
        value = self.line(key)
        if value and not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", value):
            self.complain(
                key,
                f"“{value}” kısa ad olamaz; küçük harf (ı, ş, ğ gibi "
                "harfler olmadan), rakam, “-” ve “_” kullanınız.",
            )
            return ""
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._get(key, bool, required=False)
        return default if value is None else bool(value)

    def number(self, key: str, default: int | None, low: int, high: int) -> int:
        """An integer between `low` and `high`, both included."""
        value = self._get(key, int, required=default is None)
        if value is None:
            return low if default is None else default
        if not low <= value <= high:
            self.complain(key, f"“{key}” {low} ile {high} arasında olmalı; {value} yazılmış.")
            return low if default is None else default
        return int(value)

    def fraction(self, key: str) -> float:
        """A share between 0 and 1, both excluded."""
        value = self._get(key, float, required=True)
        if value is None:
            return 0.5
        if not 0 < value < 1:
            self.complain(key, f"“{key}” 0 ile 1 arasında bir pay olmalı, örneğin 0.5.")
            return 0.5
        return float(value)

    def day(self, key: str) -> date | None:
        value = self._get(key, date, required=False)
        return value if isinstance(value, date) else None

    def choice(self, key: str, kind: type[_Choice], default: _Choice | None = None) -> _Choice | None:
        """A member of `kind`; None where it is required and missing or wrong."""
        return self.one_of(key, {str(member): member for member in kind}, default)

    def one_of(self, key: str, known: Mapping[str, _T], default: _T | None = None) -> _T | None:
        """The value that `known` gives for the text under `key`."""
        value = self._get(key, str, required=default is None)
        if value is None:
            return default
        if value not in known:
            self.complain(key, f"“{key}” için “{value}” diye bir değer yok.{nearest(value, known)}")
            return default
        return known[value]

    def address(self, key: str) -> Address | None:
        value = self._get(key, str, required=True)
        return None if value is None else self._address((key,), value)

    def _address(self, path: Path, value: str) -> Address | None:
        parsed = Address.parse(value)
        if parsed is None or value != value.strip():
            self.sheet.complain(
                (*self.path, *path),
                f"“{_CONTROL.sub('␤', value)[:80]}” bir e-posta adresi "
                "değil; yalnız adresi, ad ve ayraç olmadan yazınız.",
            )
            return None
        return parsed

    def lines(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """An array of one-line texts, each once. A single text counts as an array of one."""
        if isinstance(self.data.get(key), str):
            return (self.line(key),)
        value = self._get(key, list, required=required) or []
        found: dict[str, None] = {}
        for number, entry in enumerate(value):
            if not isinstance(entry, str) or not entry.strip() or _CONTROL.search(entry):
                self.sheet.complain(
                    (*self.path, key, number),
                    f"“{key}” içindeki her öğe tırnak içinde tek satır metin olmalı.",
                )
            elif entry in found:
                self.sheet.complain((*self.path, key, number), f"“{entry}” iki kez yazılmış; birini siliniz.")
            else:
                found[entry.strip()] = None
        return tuple(found)

    def table(self, key: str, *, required: bool = False) -> Table | None:
        value = self._get(key, dict, required=required)
        return None if value is None else Table(self.sheet, (*self.path, key), value)

    def tables(self, key: str, *, text_as: str | None = None) -> list[Table]:
        """An array of tables. With `text_as`, a bare text stands for a table with that one key."""
        found = []
        for number, entry in enumerate(self._get(key, list, required=False) or []):
            path = (*self.path, key, number)
            if isinstance(entry, str) and text_as:
                found.append(Table(self.sheet, path, {text_as: entry}))
            elif isinstance(entry, dict):
                found.append(Table(self.sheet, path, entry))
            else:
                self.sheet.complain(
                    path, f"“{key}” içindeki her öğe bir tablo olmalı ([[{key}]] ya da {{ … }})."
                )
        return found


_T = TypeVar("_T")
