"""The mailbox over IMAP4rev1 with UIDPLUS (RFC 3501, 4315), by imapclient on a thread of its own.

Required of the server: IMAP4rev1 and UIDPLUS. IDLE and MOVE are used where offered. No state is
kept in flags or keywords: people open the same mailbox.
"""

from __future__ import annotations

import asyncio
import contextlib
import imaplib
import re
import socket
import ssl
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import LoginError, ProtocolError

from mailbot.adapters.network import TlsMode, client_context, explain, one_line, tls_complaint
from mailbot.ports.mailbox import Fetched, MailboxDown, MailboxRefused, Selected

T = TypeVar("T")

SpecialUse = Literal["Sent", "Drafts", "Junk", "Trash", "Archive"]
"""The use attributes of RFC 6154, without the backslash."""

BATCH_BYTES = 8 * 1024 * 1024
"""Letters of one FETCH together; a larger letter travels alone."""
BATCH_LETTERS = 100
HEAD_BYTES = 256 * 1024
"""As much of the head of a letter above the size limit as is fetched."""
IDLE_SLICE = 1.0
"""Seconds between looks at an IDLE: how long a call that wants the thread may have to wait."""
IDLE_LONGEST = 240.0
"""Seconds after which IDLE is left and entered again (RFC 2177: 29 minutes; firewalls: fewer)."""

# RFC 5530: the account is right, but not now.
_NOT_NOW = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|OVERQUOTA)\b", re.IGNORECASE)

_COMMON_NAMES: dict[str, tuple[str, ...]] = {
    "Sent": (
        "sent", "sent items", "sent messages", "sent mail", "gönderilmiş öğeler", "gönderilen öğeler",
        "gönderilenler", "gönderilmiş postalar", "gönderilen postalar", "gönderilmiş iletiler", "gönderilmiş",
    ),
    "Drafts": ("drafts", "taslaklar"),
    "Junk": ("junk", "junk e-mail", "spam", "önemsiz", "önemsiz e-posta", "gereksiz"),
    "Trash": ("trash", "deleted items", "deleted messages", "silinmiş öğeler", "silinen öğeler", "çöp"),
    "Archive": ("archive", "arşiv"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """How the mailbox is reached. `password` never appears in a representation."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: TlsMode = "tls"
    ca_file: Path | None = None
    timeout: float = 30.0
    """Seconds for connecting and for each read or write."""
    notice: Literal["noop", "idle"] = "noop"
    """How news is awaited. Dovecot tells an IDLE half a second late; a NOOP every 100 ms costs
    a third of a per cent of a core and brings the median from delivery to answer under 60 ms."""
    notice_every: float = 0.1
    """Seconds between NOOPs."""


class ImapMailbox:
    """One folder over one connection (`ports.mailbox.Mailbox`). After MailboxDown: `open()` again.

    One thread owns the connection, since imapclient blocks. Cancelling a call leaves the thread to
    finish its command, and the next call waits for it: the conversation never gets out of step.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._client: Any = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="imap")
        self._idling_since: float | None = None
        self._sizes: dict[int, int] = {}

    # -- the port -------------------------------------------------------------------------------

    async def open(self) -> Selected:
        return await self._run(self._open)

    async def uids_from(self, first: int, *, limit: int = 10_000) -> Sequence[int]:
        return await self._run(lambda: self._uids_from(first, limit))

    async def batches(self, uids: Sequence[int], *, max_size: int) -> Sequence[Sequence[int]]:
        return await self._run(lambda: list(self._batches(uids, max_size)))

    async def fetch(self, uids: Sequence[int], *, max_size: int) -> Sequence[Fetched]:
        return await self._run(lambda: self._fetch(uids, max_size))

    async def wait(self, seconds: float) -> bool:
        if self._settings.notice == "idle":
            offered = await self._run(lambda: bool(self._connection().has_capability("IDLE")))
            if offered:
                return await self._wait_idle(seconds)
        return await self._wait_noop(seconds)

    async def move(self, uid: int, folder: str) -> bool:
        return await self._run(lambda: self._move(uid, folder), filing=True)

    async def close(self) -> None:
        with contextlib.suppress(MailboxDown, MailboxRefused, TimeoutError):
            async with asyncio.timeout(2.0):
                await self._run(self._logout)
        self._drop()
        self._thread.shutdown(wait=False)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="imap")

    # -- beside the port: for `check`, for the Sent folder and for tests ----------------------------

    async def append(self, folder: str, raw: bytes) -> None:
        """Put a letter into `folder` (RFC 3501, 6.3.11)."""
        await self._run(lambda: self._connection().append(folder, raw), filing=True)

    async def folders(self) -> Sequence[str]:
        """The names of all folders."""
        return await self._run(lambda: [name for _, name, _ in self._list()])

    async def special(self, use: SpecialUse) -> str | None:
        """The folder of this use: by its attribute (RFC 6154), else by a common name."""
        return await self._run(lambda: _find_special(use, list(self._list())))

    async def capabilities(self) -> frozenset[str]:
        """What the server offers after login, upper case."""
        return await self._run(
            lambda: frozenset(
                name.decode("ascii", "replace").upper() for name in self._connection().capabilities()
            )
        )

    # -- waiting --------------------------------------------------------------------------------

    async def _wait_noop(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not await self._run(self._noop):
            left = end - time.monotonic()
            if left <= 0:
                return False
            await asyncio.sleep(min(self._settings.notice_every, left))
        return True

    async def _wait_idle(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        if await self._run(self._idle_enter):
            return True
        while (left := end - time.monotonic()) > 0:
            news = await self._run(lambda: self._idle_look(min(IDLE_SLICE, left)), in_idle=True)
            if news:
                return True
        return False

    def _noop(self) -> bool:
        client = self._connection()
        if self._told_exists():
            return True
        client.noop()
        return self._told_exists()

    def _idle_enter(self) -> bool:
        # A NOOP first: an EXISTS that comes in one packet with "+ idling" shows only after IDLE.
        if self._noop():
            return True
        self._connection().idle()
        self._idling_since = time.monotonic()
        return False

    def _idle_look(self, seconds: float) -> bool:
        if self._idling_since is None or time.monotonic() - self._idling_since > IDLE_LONGEST:
            self._leave_idle()
            return self._idle_enter()
        started = time.monotonic()
        responses = self._connection().idle_check(timeout=seconds)
        if responses:
            return any(len(response) > 1 and response[1] == b"EXISTS" for response in responses)
        # Nothing, and too early: a dead connection answers so for ever. Leaving IDLE finds out,
        # since it needs the server's answer; where that comes it was a TLS record without news.
        if time.monotonic() - started < seconds * 0.9:
            self._leave_idle()
            return self._idle_enter()
        return False

    def _leave_idle(self) -> None:
        if self._idling_since is not None:
            self._idling_since = None
            self._connection().idle_done()

    def _told_exists(self) -> bool:
        """Whether an EXISTS came since the last look, with whatever command it came.

        imaplib keeps untagged responses; a new letter may be told in the answer to a SEARCH that
        does not list it yet, and no later NOOP would tell it again.
        """
        _, data = self._connection()._imap.response("EXISTS")
        return bool(data != [None])

    # -- on the thread ----------------------------------------------------------------------------

    def _open(self) -> Selected:
        self._drop()
        s = self._settings
        if complaint := tls_complaint(s.host, s.tls):
            raise MailboxRefused(complaint)
        try:
            context = None if s.tls == "none" else client_context(s.ca_file)
        except (OSError, ssl.SSLError) as fault:
            raise MailboxRefused(f"{s.ca_file} okunamadı ({one_line(str(fault))}).") from fault
        client = IMAPClient(s.host, s.port, ssl=s.tls == "tls", ssl_context=context, timeout=s.timeout)
        client._imap.debug = 0  # imapclient formats every line for a log nobody reads
        client.normalise_times = False
        self._client = client
        if s.tls == "starttls":
            if not client.has_capability("STARTTLS"):
                raise MailboxRefused(f"{s.host} STARTTLS sunmuyor; tls ve port ayarlarını denetleyiniz.")
            client.starttls(context)
        self._login(client)
        if not client.has_capability("UIDPLUS"):
            raise MailboxRefused(f"{s.host} UIDPLUS (RFC 4315) sunmuyor; bu posta sunucusu kullanılamaz.")
        return self._select(client)

    def _login(self, client: Any) -> None:
        s = self._settings
        try:
            if (s.user + s.password).isascii():
                client.login(s.user, s.password)
            else:  # LOGIN has no charset; SASL PLAIN is UTF-8 (RFC 4616)
                client.plain_login(s.user, s.password)
        except LoginError as fault:
            # imapclient turns a connection that broke into a LoginError too.
            if isinstance(fault.__context__, imaplib.IMAP4.abort) or _NOT_NOW.search(str(fault)):
                raise MailboxDown(f"{s.host} şu anda oturum açtırmıyor ({_words(fault)}).") from fault
            raise MailboxRefused(
                f"{s.host} {s.user} hesabını kabul etmedi; kullanıcı adını ve parolayı denetleyiniz "
                f"({_words(fault)})."
            ) from fault

    def _select(self, client: Any) -> Selected:
        s = self._settings
        try:
            told = client.select_folder(s.folder)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as fault:
            raise MailboxRefused(
                f"{s.folder} klasörü açılamadı; [folders] bölümünü denetleyiniz ({_words(fault)})."
            ) from fault
        if b"UIDVALIDITY" not in told:
            raise MailboxRefused(f"{s.folder} klasörünün UIDVALIDITY değeri yok; bu klasör kullanılamaz.")
        self._told_exists()
        uidnext = told.get(b"UIDNEXT")
        if uidnext is None:  # RFC 3501 only recommends it
            uidnext = max(client.search(["UID", "*"]), default=0) + 1
        return Selected(int(told[b"UIDVALIDITY"]), int(uidnext), int(told.get(b"EXISTS", 0)))

    def _uids_from(self, first: int, limit: int) -> Sequence[int]:
        # A server may search what it told of last, and tell of the newest only behind the result.
        self._connection().noop()
        self._told_exists()
        found = self._connection().search(["UID", f"{max(first, 1)}:*"])
        # "n:*" names the last letter even where its UID is below n (RFC 3501, 6.4.8).
        return sorted({int(uid) for uid in found if uid >= first})[:limit]

    def _batches(self, uids: Sequence[int], max_size: int) -> Iterator[list[int]]:
        sizes = self._look_up_sizes(uids)
        part: list[int] = []
        weight = 0
        for uid in uids:
            size = sizes.get(uid, 0)
            size = size if size <= max_size else HEAD_BYTES
            if part and (weight + size > BATCH_BYTES or len(part) >= BATCH_LETTERS):
                yield part
                part, weight = [], 0
            part.append(uid)
            weight += size
        if part:
            yield part

    def _look_up_sizes(self, uids: Sequence[int]) -> dict[int, int]:
        unknown = [uid for uid in uids if uid not in self._sizes]
        if len(self._sizes) > 50_000:
            self._sizes.clear()
            unknown = list(uids)
        for start in range(0, len(unknown), 1000):
            answer = self._connection().fetch(unknown[start : start + 1000], ["RFC822.SIZE"])
            self._sizes.update(
                (uid, int(item[b"RFC822.SIZE"])) for uid, item in answer.items() if b"RFC822.SIZE" in item
            )
        return self._sizes

    def _fetch(self, uids: Sequence[int], max_size: int) -> Sequence[Fetched]:
        letters: list[Fetched] = []
        for part in self._batches(uids, max_size):
            present = [uid for uid in part if uid in self._sizes]
            whole = [uid for uid in present if self._sizes[uid] <= max_size]
            large = [uid for uid in present if self._sizes[uid] > max_size]
            letters += self._fetch_item(whole, "BODY.PEEK[]", b"BODY[]")
            letters += self._fetch_item(large, f"BODY.PEEK[HEADER]<0.{HEAD_BYTES}>", b"BODY[HEADER]<0>")
        for letter in letters:
            self._sizes.pop(letter.uid, None)
        return sorted(letters, key=lambda letter: letter.uid)

    def _fetch_item(self, uids: Sequence[int], item: str, key: bytes) -> Iterator[Fetched]:
        answer = self._connection().fetch(uids, ["INTERNALDATE", "RFC822.SIZE", item]) if uids else {}
        for uid, told in answer.items():
            data = told.get(key)
            if not isinstance(data, bytes):  # vanished, or somebody else's change of flags
                continue
            yield Fetched(
                uid=uid,
                arrived=_aware(told.get(b"INTERNALDATE")),
                size=int(told.get(b"RFC822.SIZE", len(data))),
                raw=data if key == b"BODY[]" else None,
                head=b"" if key == b"BODY[]" else data,
            )

    def _move(self, uid: int, folder: str) -> bool:
        client = self._connection()
        if uid not in client.search(["UID", str(uid)]):
            return False
        if folder not in {name for _, name, _ in self._list()}:
            client.create_folder(folder)
            client.subscribe_folder(folder)
        if client.has_capability("MOVE"):
            client.move([uid], folder)
        else:
            client.copy([uid], folder)
            client.add_flags([uid], [rb"\Deleted"], silent=True)
            client.uid_expunge([uid])
        return True

    def _list(self) -> Iterator[tuple[frozenset[str], str, str]]:
        """Attributes, name and delimiter of every folder."""
        for flags, delimiter, name in self._connection().list_folders():
            attributes = frozenset(flag.decode("ascii", "replace").lower() for flag in flags)
            yield attributes, str(name), (delimiter or b"").decode("ascii", "replace")

    def _logout(self) -> None:
        if self._client is not None:
            self._client.logout()
            self._client = None

    def _connection(self) -> Any:
        if self._client is None:
            raise MailboxDown("Posta kutusu bağlantısı açık değil.")
        return self._client

    def _drop(self) -> None:
        client, self._client, self._idling_since = self._client, None, None
        self._sizes.clear()
        if client is not None:
            # shutdown() of the socket first: it wakes a thread that waits in recv.
            with contextlib.suppress(Exception):
                client.socket().shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(Exception):
                client.shutdown()

    # -- the way onto the thread ------------------------------------------------------------------

    async def _run(self, work: Callable[[], T], *, in_idle: bool = False, filing: bool = False) -> T:
        """Do `work` on the connection's thread. Raises MailboxDown and MailboxRefused, nothing else.

        `in_idle`: stay in IDLE. `filing`: a NO is about the folder that the caller named.
        """

        def guarded() -> T:
            s = self._settings
            try:
                if not in_idle and self._client is not None:
                    self._leave_idle()
                return work()
            except (MailboxDown, MailboxRefused):
                raise
            except ssl.SSLCertVerificationError as fault:
                self._drop()
                raise MailboxRefused(explain(fault, s.host, s.port)) from fault
            except OSError as fault:
                self._drop()
                raise MailboxDown(explain(fault, s.host, s.port)) from fault
            except imaplib.IMAP4.abort as fault:
                self._drop()
                raise MailboxDown(
                    f"{s.host}:{s.port} bağlantıyı kapattı ({one_line(str(fault))})."
                ) from fault
            except imaplib.IMAP4.error as fault:
                text = f"{s.host} isteği geri çevirdi ({one_line(str(fault))})."
                if filing and not isinstance(fault, ProtocolError) and not _NOT_NOW.search(str(fault)):
                    raise MailboxRefused(text) from fault
                # A NO to a question that is always allowed: the server is not well.
                self._drop()
                raise MailboxDown(text) from fault
            except Exception as fault:
                # imaplib and imapclient parse a foreign server's words and raise whatever they run
                # into (ValueError, AttributeError, IndexError …). Such a connection is of no use.
                self._drop()
                raise MailboxDown(f"{s.host} yanıtı anlaşılamadı ({one_line(repr(fault))}).") from fault

        return await asyncio.get_running_loop().run_in_executor(self._thread, guarded)


def _words(fault: Exception) -> str:
    """What the server said; imaplib hands some of it on as bytes, and imapclient writes those out."""
    inner = fault.__context__ if isinstance(fault.__context__, imaplib.IMAP4.error) else fault
    said = inner.args[0] if inner.args else ""
    return one_line(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(fault))


def _aware(instant: object) -> datetime:
    """INTERNALDATE as imapclient gives it; the epoch where a server gave none that can be read.

    So it counts as old, and nothing that arrived before the first start is ever acted on.
    """
    if isinstance(instant, datetime):
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return datetime.fromtimestamp(0, UTC)


def _find_special(use: SpecialUse, folders: Sequence[tuple[frozenset[str], str, str]]) -> str | None:
    for attributes, name, _ in folders:
        if f"\\{use}".lower() in attributes:
            return name
    by_name = {
        _plain(name.rpartition(delimiter)[2] if delimiter else name): name for _, name, delimiter in folders
    }
    return next((by_name[common] for common in _COMMON_NAMES[use] if common in by_name), None)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("İ", "i").casefold().strip()
