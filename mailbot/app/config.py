"""`mailbot.toml` becomes Settings, or every complaint about it at once. Secrets stay out of the file."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from mailbot.rulebook.complaint import Complaint, RulesRefused
from mailbot.rulebook.rows import row_of
from mailbot.rulebook.sheet import Sheet, Table, read_sheet

CONFIG_NAME = "mailbot.toml"
CONFIG_VARIABLE = "MAILBOT_CONFIG"
_MAX_SECRET = 4096


class ConfigRefused(RulesRefused):
    """The configuration cannot be used. Carries every complaint."""


Tls = Literal["tls", "starttls", "none"]
"""How a connection is protected; "none" only to this very machine."""

_TLS: Mapping[str, Tls] = {"tls": "tls", "starttls": "starttls", "none": "none"}


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a password is, never the password: an environment variable or a file."""

    config: str
    """Name of the configuration file, for complaints."""
    row: int | None
    variable: str
    file: Path | None
    environ: Mapping[str, str] = field(repr=False)

    def read(self) -> str:
        """The password. Raises ConfigRefused."""
        found = self._from_file(self.file) if self.file else self._from_environment()
        if isinstance(found, Complaint):
            raise ConfigRefused([found])
        return found.text

    def _from_environment(self) -> _Password | Complaint:
        text = self.environ.get(self.variable, "")
        if not text:
            return self._complaint(f"“{self.variable}” ortam değişkeni boş; parolayı oraya koyunuz.")
        return _Password(text)

    def _from_file(self, path: Path) -> _Password | Complaint:
        try:
            mode = path.stat().st_mode
            with path.open("rb") as file:
                raw = file.read(_MAX_SECRET + 1)
            text = raw.decode("utf-8").rstrip("\r\n")
        except FileNotFoundError:
            return self._complaint(f"Parola dosyası bulunamadı: {path}.")
        except UnicodeDecodeError:
            return self._complaint(f"Parola dosyası UTF-8 değil: {path}.")
        except OSError as error:
            return self._complaint(f"Parola dosyası okunamadı ({error.strerror}): {path}.")
        if mode & 0o077:
            return self._complaint(
                f"Parola dosyasını başkaları da okuyabiliyor; “chmod 600 {path}” ile kapatınız."
            )
        if not text or "\n" in text or len(raw) > _MAX_SECRET:
            return self._complaint("Parola dosyası yalnız parolayı içeren tek bir satır olmalı.")
        return _Password(text)

    def _complaint(self, text: str) -> Complaint:
        return Complaint(self.config, self.row, text)


@dataclass(frozen=True, slots=True)
class _Password:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and the account on it."""

    host: str
    port: int
    tls: Tls
    user: str
    """"" where the server takes mail without a login (SMTP only)."""
    secret: Secret | None
    """Where the password is; None where no login is wanted."""
    ca_file: Path | None = None
    timeout: float = 30.0
    """Seconds."""

    def password(self) -> str:
        """The password, read now. Raises ConfigRefused with a sentence that does not hold it."""
        return self.secret.read() if self.secret else ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything in `mailbot.toml`, checked. The mode is not here: it lives in the database."""

    file: Path
    imap: Server
    smtp: Server
    inbox: str
    sent: str | None
    """The folder of what staff sent by hand, watched too."""
    move_to: str | None
    """Where handled mail is filed; None (the default) leaves it where it is."""
    database: str = field(repr=False)
    """A URL of SQLAlchemy's; it may carry a password."""
    state: Path
    rules: Path
    templates: Path
    authserv_id: str | None
    """The name that our own server stamps into Authentication-Results (RFC 8601, 2.5)."""
    internal_header: tuple[str, str] | None
    """Name (lower case) and value of a header that only our own server can set for inside mail."""
    smime_authorities: Path | None
    """PEM file of the authorities whose S/MIME certificates prove a sender; None: signatures do not."""
    subaddress: bool
    """Whether the server delivers "basin+x@…" to "basin@…" (RFC 5233)."""
    poll_seconds: float


def find_config(argument: str | None, environ: Mapping[str, str]) -> Path:
    """The configuration to use: `--config`, else `./mailbot.toml`, else $MAILBOT_CONFIG.

    It need not exist: `load_settings` then says so.
    """
    if argument:
        return Path(argument)
    here = Path(CONFIG_NAME)
    if here.exists():
        return here
    named = environ.get(CONFIG_VARIABLE)
    return Path(named) if named else here


def load_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """The settings in `path`. Passwords come from `environ` or from files.

    They are read when they are used, so that a command that needs none asks for none.
    Raises ConfigRefused with every complaint; no complaint holds a secret.
    """
    sheet = read_sheet(path, path.name)
    if sheet.complaints:
        raise ConfigRefused(sheet.complaints)
    base = path.resolve().parent
    top = sheet.top
    reader = _Reader(base, environ)
    imap = reader.server(_section(top, "imap"), imap=True)
    smtp = reader.server(_section(top, "smtp"), imap=False)
    inbox, sent, move_to = _folders(_section(top, "folders", required=False))
    places = _section(top, "paths", required=False)
    state = reader.path(places, "state", "state")
    rules = reader.path(places, "rules", "rules")
    templates = reader.path(places, "templates", "templates")
    places.done()
    database = reader.database(_section(top, "database", required=False), state)
    proof = _section(top, "proof", required=False)
    authserv_id = proof.line("authserv_id", "") or None
    internal = _internal(proof)
    authorities = reader.path(proof, "smime_authorities", "") if "smime_authorities" in proof.data else None
    proof.done()
    mail = _section(top, "mail", required=False)
    subaddress = mail.flag("subaddress", default=False)
    poll = mail.number("poll_seconds", 60, 1, 3600)
    mail.done()
    if "mode" in top.data:
        top.used.add("mode")
        top.complain("mode", "Çalışma biçimi bu dosyada değil; “mailbot golive” ile değişir. Satırı siliniz.")
    top.done()
    if any(not c.warning for c in sheet.complaints):
        raise ConfigRefused(sheet.complaints)
    return Settings(
        file=path.resolve(),
        imap=imap,
        smtp=smtp,
        inbox=inbox,
        sent=sent,
        move_to=move_to,
        database=database,
        state=state,
        rules=rules,
        templates=templates,
        authserv_id=authserv_id,
        internal_header=internal,
        smime_authorities=authorities,
        subaddress=subaddress,
        poll_seconds=float(poll),
    )


def _section(top: Table, name: str, *, required: bool = True) -> Table:
    """The table `name`, or an empty one so that reading goes on to the next mistake."""
    table = top.table(name, required=required)
    if table is not None:
        return table
    # Without the section one complaint is enough: what its keys lack goes to a sheet of its own.
    return Table(Sheet(name) if required else top.sheet, (name,), {})


def _folders(table: Table) -> tuple[str, str | None, str | None]:
    """The inbox, the Sent folder and where handled mail goes."""
    inbox = table.line("inbox", "INBOX")
    sent = table.line("sent", "") or None
    move_to = table.line("move_to", "") or None
    table.done()
    if move_to is not None and move_to in (inbox, sent):
        table.complain(
            "move_to", "İşlenen iletiler izlenen klasörün kendisine taşınamaz; başka bir klasör yazınız."
        )
    return inbox, sent, move_to


def _internal(table: Table) -> tuple[str, str] | None:
    text = table.line("internal_header", "")
    if not text:
        return None
    name, colon, value = (part.strip() for part in text.partition(":"))
    if not colon or not value or not name.isascii() or " " in name or not name:
        table.complain("internal_header", "“internal_header” başlık: değer biçiminde yazılır.")
        return None
    return name.lower(), value


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class _Reader:
    base: Path
    environ: Mapping[str, str]

    def path(self, table: Table, key: str, default: str) -> Path:
        """A path, relative to the configuration's directory."""
        return self.base / Path(table.line(key, default)).expanduser()

    def database(self, table: Table, state: Path) -> str:
        url = table.line("url", "")
        variable = table.line("url_env", "")
        table.done()
        if variable:
            url = self.environ.get(variable, "")
            if not url:
                table.complain(
                    "url_env", f"“{variable}” ortam değişkeni boş; veritabanı adresini oraya yazınız."
                )
        elif "@" in url and ":" in url.partition("://")[2].partition("@")[0]:
            table.complain(
                "url",
                "Parola dosyaya yazılmaz; veritabanı adresini bir "
                "ortam değişkenine koyup “url_env” ile adını yazınız.",
            )
        if url and not url.startswith(("sqlite", "postgresql")):
            table.complain("url", "Veritabanı adresi “sqlite:///…” ya da “postgresql://…” ile başlamalı.")
        return url or f"sqlite:///{state / 'mailbot.db'}"

    def server(self, table: Table, *, imap: bool) -> Server:
        host = table.line("host")
        tls = table.one_of("tls", _TLS, "tls" if imap else "starttls") or "tls"
        usual = (993 if tls == "tls" else 143) if imap else (465 if tls == "tls" else 587)
        port = table.number("port", usual, 1, 65535)
        user = table.line("user", None if imap else "")
        if any(c.isspace() or c in "/:" for c in host) and not host.count(":") > 1:
            table.complain("host", "“host” yalnız sunucu adıdır; “https://”, “:” ve boşluk içermez.")
        if tls == "none" and host and not _loopback(host):
            table.complain(
                "tls",
                "Şifresiz bağlantı yalnız bu makineye (127.0.0.1) kurulur; “tls” ya da “starttls” yazınız.",
            )
        ca_text = table.line("ca_file", "")
        ca_file = self.base / Path(ca_text).expanduser() if ca_text else None
        if ca_file is not None and not ca_file.is_file():
            table.complain("ca_file", f"Sertifika dosyası bulunamadı: {ca_file}.")
        server = Server(
            host=host,
            port=port,
            tls=tls,
            user=user,
            secret=self._secret(table, wanted=bool(user)),
            ca_file=ca_file,
            timeout=float(table.number("timeout", 30 if imap else 60, 1, 600)),
        )
        table.done()
        return server

    def _secret(self, table: Table, *, wanted: bool) -> Secret | None:
        variable = table.line("password_env", "")
        file_text = table.line("password_file", "")
        if "password" in table.data:
            table.used.add("password")
            table.complain(
                "password",
                "Parola bu dosyaya yazılmaz: satırı siliniz, parolayı değiştiriniz ve “password_env” ya da "
                "“password_file” kullanınız.",
            )
        elif variable and file_text:
            table.complain(
                "password_file", "“password_env” ile “password_file” birlikte yazılmaz; birini siliniz."
            )
        elif wanted and not variable and not file_text:
            table.complain(None, "Parolanın yeri yazılmamış; “password_env” ya da “password_file” ekleyiniz.")
        if not wanted:
            return None
        row = row_of(table.sheet.places, (*table.path, "password_env" if variable else "password_file"))
        file = self.base / Path(file_text).expanduser() if file_text else None
        return Secret(table.sheet.name, row, variable, file, self.environ)
