"""`mailbot init`: a directory with `mailbot.toml`, `rules/` and `templates/`, ready to edit."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mailbot.app.config import CONFIG_NAME
from mailbot.core.values import Address
from mailbot.resources import rules_dir, templates_dir

_HOST = re.compile(r"(?P<host>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:]{2,45}\])(?::(?P<port>[0-9]{1,5}))?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

T = TypeVar("T")

Ask = Callable[[str, str], str]
"""A question and its default become an answer."""

STAFF = "personel"
"""Identifier that stands for the unit's own staff among the groups of people."""

_GROUPS = (
    (STAFF, "Birim çalışanlarının (ilki sorumlu, ikincisi web ve sosyal medya editörü olur)"),
    ("mudur", "İl Sağlık Müdürünün"),
    ("bakanlik", "Bakanlık basın biriminin"),
    ("valilik", "Valilik basın biriminin"),
    ("yerel-basin", "Yerel basın listesinin"),
)
_PATIENCE = 5
"""So many wrong answers to one question, then the dialogue ends."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An address and, where it was given, the name that goes with it."""

    address: Address
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the new directory is to hold. Every text has been checked."""

    unit_address: Address | None
    imap: tuple[str, int | None]
    smtp: tuple[str, int | None]
    user: str
    password_env: str
    password_file: str
    people: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict)
    """Staff, offices and lists by identifier: who replaces the examples."""


class PlanRefused(Exception):
    """The answers do not make a plan: a Turkish sentence says which."""


def run_init(args: Namespace) -> int:
    """Make the directory of `args`. 0 done, 1 refused in words."""
    interactive = sys.stdin.isatty() and sys.stderr.isatty() and not args.yes
    try:
        plan = make_plan(vars(args), _ask_at_terminal if interactive else None)
        made = create(args.directory, plan)
    except PlanRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{args.directory} klasörü kurulamadı: {error.strerror or error}.\n")
        return 1
    for line in made:
        sys.stderr.write(f"{line}\n")
    where = args.directory.resolve()
    password = (
        f"parolayı {plan.password_file} dosyasına yazıp “chmod 600” ile kapatınız"
        if plan.password_file
        else f"parolayı {plan.password_env} ortam değişkenine koyunuz"
    )
    sys.stderr.write(
        f"\nSırada: {where / 'rules' / 'directory.toml'} dosyasını düzenleyiniz, {password}; sonra\n"
        f"  cd {shlex.quote(str(where))} && mailbot check\n"
        "Program gölge biçiminde başlar: kutuyu okur, hiçbir ileti göndermez.\n"
    )
    return 0


def _ask_at_terminal(question: str, default: str) -> str:
    from rich.console import Console
    from rich.prompt import Prompt

    return Prompt.ask(question, default=default, console=Console(stderr=True), show_default=bool(default))


def make_plan(given: Mapping[str, object], ask: Ask | None) -> Plan:
    """The plan of the flags; with `ask`, what they leave open is asked. Raises PlanRefused."""

    def answer(value: object, question: str, default: str, read: Callable[[str], T]) -> T:
        """A flag must be right; at the terminal a wrong answer is said and asked again."""
        if value or ask is None:
            return read(str(value or default).strip())
        for _ in range(_PATIENCE - 1):
            try:
                return read(ask(question, default).strip())
            except PlanRefused as refused:
                sys.stderr.write(f"{refused}\n")
        return read(ask(question, default).strip())

    unit = answer(given.get("unit_address"), "Birimin posta adresi", "", _address_or_none)
    domain = unit.domain if unit else "posta.example"
    imap = answer(given.get("imap_host"), "IMAP sunucusu", f"imap.{domain}", _host)
    smtp = answer(given.get("smtp_host"), "SMTP sunucusu", f"smtp.{domain}", _host)
    user = answer(given.get("user"), "Posta hesabının adı", unit.text if unit else "basin", _user)
    file_text = str(given.get("password_file") or "")
    variable = str(given.get("password_env") or "")
    if file_text and variable:
        raise PlanRefused("--password-env ile --password-file birlikte verilmez; birini seçiniz.")
    if not file_text:
        variable = answer(variable, "Parolanın okunacağı ortam değişkeni", "MAILBOT_PASSWORD", _variable)
    if not file_text.isprintable():
        raise PlanRefused("Parola dosyasının yolu tek satır olmalı.")
    flags = given.get("people")
    people = dict(_group(str(flag)) for flag in (flags if isinstance(flags, list) else ()))
    for ident, whose in _GROUPS if ask else ():
        if ident not in people:
            question = f"{whose} adresleri (virgülle; boş bırakılırsa örnek kalır)"
            people[ident] = answer(None, question, "", _team if ident == STAFF else _contacts)
    file = str(Path(file_text).expanduser().resolve()) if file_text else ""
    return Plan(unit, imap, smtp, user, variable, file, {k: v for k, v in people.items() if v})


def _address(text: str) -> Address:
    found = Address.parse(text)
    if found is None:
        raise PlanRefused(f"“{text}” bir e-posta adresi değil; ad@kurum.example biçiminde yazınız.")
    return found


def _address_or_none(text: str) -> Address | None:
    return _address(text) if text else None


def _user(text: str) -> str:
    if not text or not text.isprintable():
        raise PlanRefused("Posta hesabının adı tek satır olmalı.")
    return text


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise PlanRefused(
            "Ortam değişkeninin adı harf, rakam ve “_” içerebilir. Parolanın kendisini yazmayınız."
        )
    return text


def _group(flag: str) -> tuple[str, tuple[Contact, ...]]:
    """A flag such as "mudur=mudur@kurum.example"."""
    ident, equals, people = (part.strip() for part in flag.partition("="))
    known = [name for name, _ in _GROUPS]
    if not equals or ident not in known:
        raise PlanRefused(f"“{flag}”: --people KİM=ADRES,ADRES biçiminde yazılır; KİM: {', '.join(known)}.")
    return ident, (_team if ident == STAFF else _contacts)(people)


def _contacts(text: str) -> tuple[Contact, ...]:
    """Addresses, or names with addresses in angle brackets, between commas or semicolons."""
    return tuple(_contact(part.strip()) for part in re.split(r"[,;]", text) if part.strip())


def _team(text: str) -> tuple[Contact, ...]:
    team = _contacts(text)
    if len(team) == 1:
        raise PlanRefused("En az iki çalışan yazınız: ilki sorumlu, ikincisi web ve sosyal medya editörü.")
    return team


def _contact(text: str) -> Contact:
    name, bracket, rest = text.partition("<")
    if not bracket:
        return Contact(_address(text))
    name = name.strip(' "')
    if not rest.endswith(">") or not name.isprintable():
        raise PlanRefused(f"“{text}” anlaşılamadı; Ad Soyad <ad@kurum.example> biçiminde yazınız.")
    return Contact(_address(rest[:-1].strip()), name)


def _host(text: str) -> tuple[str, int | None]:
    found = _HOST.fullmatch(text)
    if not found or (found["port"] and not 0 < int(found["port"]) < 65536):
        raise PlanRefused(f"“{text}” bir sunucu adı değil; sunucu ya da sunucu:kapı biçiminde yazınız.")
    return found["host"].strip("[]"), int(found["port"]) if found["port"] else None


def create(directory: Path, plan: Plan) -> list[str]:
    """Write what is not there yet; one Turkish line per thing made or left as it is.

    Everything is readable by its owner alone. Raises OSError, PlanRefused.
    """
    if directory.exists() and not directory.is_dir():
        raise PlanRefused(f"{directory} bir klasör değil; başka bir ad veriniz.")
    made: list[str] = []
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    (directory / "state").mkdir(mode=0o700, exist_ok=True)
    rules_new = _copy(rules_dir(), directory / "rules", made)
    _copy(templates_dir(), directory / "templates", made)
    if rules_new:
        file = directory / "rules" / "directory.toml"
        file.write_text(with_answers(file.read_text("utf-8"), plan), "utf-8")
    config = directory / CONFIG_NAME
    try:
        handle = os.open(config, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        made.append(f"zaten var, dokunulmadı: {config}")
        return made
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(config_text(plan))
    made.append(f"kuruldu: {config}")
    return made


def _copy(source: Path, target: Path, made: list[str]) -> bool:
    if target.exists():
        made.append(f"zaten var, dokunulmadı: {target}")
        return False
    shutil.copytree(source, target)
    target.chmod(0o700)
    for path in target.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    made.append(f"kuruldu: {target}")
    return True


def with_answers(directory_toml: str, plan: Plan) -> str:
    """The example directory with the plan's addresses in place of the examples."""
    text = directory_toml
    if plan.unit_address:
        head, mark, rest = text.partition("[unit]")
        rest = re.sub(r'(?m)^(address\s*=\s*)"[^"]*"', rf'\g<1>"{plan.unit_address}"', rest, count=1)
        text = head + mark + rest
    for ident, contacts in plan.people.items():
        if ident == STAFF:
            text = _with_staff(text, contacts)
            continue
        rows = "".join(f"  {{ {_person(contact)} }},\n" for contact in contacts)
        block = rf'(?ms)^(id\s*=\s*"{re.escape(ident)}"$.*?^people = \[\n).*?^\]'
        found = re.search(block, text)
        if found:
            text = f"{text[: found.end(1)]}{rows}]{text[found.end() :]}"
    return text


def _person(contact: Contact, comma: str = ", ") -> str:
    name = f"{comma}name = {_quoted(contact.name)}" if contact.name else ""
    return f"address = {_quoted(contact.address.text)}{name}"


def _with_staff(text: str, contacts: tuple[Contact, ...]) -> str:
    """The example colleagues, who stand in one row of [[staff]] tables, become these."""
    first, last = text.index("[[staff]]"), text.rindex("[[staff]]")
    end = text.find("\n\n", last)
    roles = ("sorumlu", "editor", *("personel" for _ in contacts))
    rows = [
        f'[[staff]]\n{_person(c, chr(10))}\nrole = "{role}"' for c, role in zip(contacts, roles, strict=False)
    ]
    return text[:first] + "\n\n".join(rows) + text[end:]


def config_text(plan: Plan) -> str:
    """The contents of `mailbot.toml`."""

    def server(host: tuple[str, int | None], safe: str) -> str:
        name, port = host
        tls = "none" if name in _LOOPBACK else safe
        lines = [f"host = {_quoted(name)}"]
        lines.append(
            f"port = {port}" if port else "# port = …          # yazılmazsa bağlantı türünün olağan kapısı"
        )
        lines.append(f'tls  = "{tls}"          # "tls", "starttls"; "none" yalnız bu makinedeki sunucu için')
        lines.append(f"user = {_quoted(plan.user)}")
        if plan.password_file:
            lines.append(f"password_file = {_quoted(plan.password_file)}")
        else:
            lines.append(f"password_env = {_quoted(plan.password_env)}")
        lines.append('# ca_file = "kurum-ca.pem"   # sunucunun sertifikasını kurum kendisi imzaladıysa')
        return "\n".join(lines)

    return f"""\
# MAILBOT AYARLARI
# Parola bu dosyaya yazılmaz: "password_env" ortam değişkeninin, "password_file" dosyanın adıdır.
# Dosya yolları bu klasöre göredir. Değişiklikten sonra "mailbot check" çalıştırınız.

[imap]
{server(plan.imap, "tls")}

[smtp]
{server(plan.smtp, "starttls")}

[folders]
inbox = "INBOX"
# sent    = "Sent"               # personelin elle gönderdiği yanıtların klasörü; izlenir
# move_to = "Arşiv/mailbot"      # işlenen iletiler taşınsın isterseniz; yazılmazsa yerinde kalır

[paths]
rules     = "rules"
templates = "templates"
state     = "state"              # veritabanı burada durur

[database]
# url_env = "MAILBOT_DATABASE"   # PostgreSQL için: adresi içeren ortam değişkeni

[proof]
# authserv_id     = "mx.kurum.example"    # sunucumuzun Authentication-Results içindeki adı
# internal_header = "X-MS-Exchange-Organization-AuthAs: Internal"
# smime_authorities = "kokler.pem"        # bu köklerden S/MIME imzası gönderenini kanıtlar

[mail]
subaddress      = false          # sunucu "basin+anahtar@…" adresini kutuya teslim ediyorsa true
poll_seconds    = 60
"""


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's where no control character is left."""
    return json.dumps(text, ensure_ascii=False)
