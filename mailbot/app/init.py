"""`mailbot init`: a directory with `mailbot.toml`, `rules/` and `templates/`, ready to edit."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mailbot.app.config import CONFIG_NAME
from mailbot.core.values import Address
from mailbot.resources import rules_dir, templates_dir

_HOST = re.compile(r"(?P<host>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:]{2,45}\])(?::(?P<port>[0-9]{1,5}))?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

Ask = Callable[[str, str], str]
"""A question and its default become an answer."""

_ASKED_OFFICES = (
    ("mudur", "İl Sağlık Müdürünün"),
    ("bakanlik", "Bakanlık basın biriminin"),
    ("valilik", "Valilik basın biriminin"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the new directory is to hold. Every text has been checked."""

    unit_address: Address | None
    imap: tuple[str, int | None]
    smtp: tuple[str, int | None]
    user: str
    password_env: str
    password_file: str
    people: Mapping[str, tuple[Address, ...]] = field(default_factory=dict)
    """Offices and lists by identifier: the addresses that replace the examples."""


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
    sys.stderr.write(
        f"\nSırada: {args.directory}/rules/directory.toml dosyasını düzenleyiniz; sonra\n"
        f"  cd {args.directory} && mailbot check\n"
        "Program gölge biçiminde başlar: kutuyu okur, hiçbir ileti göndermez.\n"
    )
    return 0


def _ask_at_terminal(question: str, default: str) -> str:
    from rich.console import Console
    from rich.prompt import Prompt

    return Prompt.ask(question, default=default, console=Console(stderr=True), show_default=bool(default))


def make_plan(given: Mapping[str, object], ask: Ask | None) -> Plan:
    """The plan of the flags; with `ask`, what they leave open is asked. Raises PlanRefused."""

    def answer(key: str, question: str, default: str) -> str:
        value = given.get(key)
        if value:
            return str(value).strip()
        return ask(question, default).strip() if ask else default

    unit_text = answer("unit_address", "Birimin posta adresi", "")
    unit = _address(unit_text) if unit_text else None
    domain = unit.domain if unit else "posta.example"
    imap = _host(answer("imap_host", "IMAP sunucusu", f"imap.{domain}"))
    smtp = _host(answer("smtp_host", "SMTP sunucusu", f"smtp.{domain}"))
    user = answer("user", "Posta hesabının adı", unit.text if unit else "basin")
    if not user.isprintable() or not user:
        raise PlanRefused("Posta hesabının adı tek satır olmalı.")
    file_text = str(given.get("password_file") or "")
    variable = str(given.get("password_env") or "")
    if file_text and variable:
        raise PlanRefused("--password-env ile --password-file birlikte verilmez; birini seçiniz.")
    if not file_text and not variable:
        variable = (
            ask("Parolanın okunacağı ortam değişkeni", "MAILBOT_PASSWORD") if ask else "MAILBOT_PASSWORD"
        ).strip()
    if variable and not _VARIABLE.fullmatch(variable):
        raise PlanRefused(
            "Ortam değişkeninin adı harf, rakam ve “_” içerebilir. Parolanın kendisini yazmayınız."
        )
    if not file_text.isprintable():
        raise PlanRefused("Parola dosyasının yolu tek satır olmalı.")
    people: dict[str, tuple[Address, ...]] = {}
    if ask:
        for ident, whose in (*_ASKED_OFFICES, ("yerel-basin", "Yerel basın listesinin")):
            typed = ask(f"{whose} adresleri (virgülle; boş bırakılırsa örnek kalır)", "")
            people[ident] = tuple(
                _address(part) for part in typed.replace(";", ",").split(",") if part.strip()
            )
    file = str(Path(file_text).expanduser().resolve()) if file_text else ""
    return Plan(unit, imap, smtp, user, variable, file, {k: v for k, v in people.items() if v})


def _address(text: str) -> Address:
    found = Address.parse(text)
    if found is None:
        raise PlanRefused(f"{text!r} bir e-posta adresi değil; ad@kurum.example biçiminde yazınız.")
    return found


def _host(text: str) -> tuple[str, int | None]:
    found = _HOST.fullmatch(text)
    if not found or (found["port"] and not 0 < int(found["port"]) < 65536):
        raise PlanRefused(f"{text!r} bir sunucu adı değil; sunucu ya da sunucu:kapı biçiminde yazınız.")
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
    for ident, addresses in plan.people.items():
        rows = "".join(f'  {{ address = "{address}" }},\n' for address in addresses)
        block = rf'(?ms)^(id\s*=\s*"{re.escape(ident)}"$.*?^people = \[\n).*?^\]'
        text = re.sub(block, rf"\g<1>{rows}]", text, count=1)
    return text


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

[mail]
subaddress      = false          # sunucu "basin+anahtar@…" adresini kutuya teslim ediyorsa true
poll_seconds    = 60
max_inbound_mb  = 30
"""


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's where no control character is left."""
    return json.dumps(text, ensure_ascii=False)
