"""The one place where adapters are chosen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mailbot.adapters.documents import ProcessDocuments
from mailbot.adapters.imap import ImapMailbox, ImapSettings
from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.reader import ProcessReader
from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.smtp import SmtpSender, SmtpSettings
from mailbot.adapters.store import open_store
from mailbot.adapters.system import (
    SystemClock,
    SystemEntropy,
    SystemProcesses,
    give_back_memory,
    own_name,
    settle_memory,
)
from mailbot.app.config import ConfigRefused, Settings
from mailbot.app.glossary import known_replies
from mailbot.app.parts import Parts, Watched
from mailbot.ports.clock import Clock, Entropy
from mailbot.ports.proofs import Proofs
from mailbot.ports.store import Store
from mailbot.resources import rules_dir
from mailbot.rulebook.complaint import Complaint, RulesRefused
from mailbot.rulebook.load import Loaded, load


def load_rules(settings: Settings) -> Loaded:
    """The unit's rules, checked against its templates. Raises RulesRefused with every complaint."""
    if not settings.templates.is_dir():
        text = "Şablon klasörü bulunamadı; “mailbot init” ile kurunuz."
        raise RulesRefused([Complaint(str(settings.templates), None, text)])
    templates = [p.name for p in settings.templates.iterdir() if (p / "mail.toml").is_file()]
    return load(settings.rules, templates=templates)


def is_new(settings: Settings) -> bool:
    """Whether there is no database yet, as far as can be seen without connecting."""
    return (
        settings.database == f"sqlite:///{settings.state / 'mailbot.db'}"
        and not (settings.state / "mailbot.db").exists()
    )


def store_of(settings: Settings, entropy: Entropy | None = None, clock: Clock | None = None) -> Store:
    """The unit's database, upgraded where it is older. Raises StoreDown."""
    return open_store(settings.database, entropy=entropy or SystemEntropy(), clock=clock)


@contextmanager
def parts_of(settings: Settings, *, clock: Clock | None = None) -> Iterator[Parts]:
    """Everything the service needs, closed at the end. Raises RulesRefused, StoreDown."""
    loaded = load_rules(settings)
    give_back_memory()
    entropy = SystemEntropy()
    store = store_of(settings, entropy, clock)
    reader = ProcessReader(seconds=loaded.book.limits["parsing.seconds"])
    documents = ProcessDocuments(settings.templates)
    settle_memory()
    try:
        yield Parts(
            store=store,
            book=loaded.book,
            lexicon=loaded.lexicon,
            watched=_watched(settings),
            sender=SmtpSender(smtp_settings(settings, loaded.book.limits["mail.per_connection"])),
            renderer=JinjaRenderer(settings.templates, loaded.book.unit, subaddress=settings.subaddress),
            proofs=proofs_of(settings),
            clock=clock or SystemClock(),
            entropy=entropy,
            reader=reader,
            documents=documents,
            envelope_from=loaded.book.unit.address,
            move_to=settings.move_to,
            max_size=loaded.book.limits["mail.max_inbound_kb"] * 1024,
            poll_seconds=settings.poll_seconds,
            known=known_replies(rules_dir()),
            owner=own_name(),
            processes=SystemProcesses(),
        )
    finally:
        reader.close()
        documents.close()
        store.close()


def proofs_of(settings: Settings) -> Proofs:
    """Our server's stamps, and signatures where the unit names authorities. Raises ConfigRefused."""
    stamps = ServerProofs(settings.authserv_id, settings.internal_header)
    if settings.smime_authorities is None:
        return stamps
    try:
        from mailbot.adapters.smime import AuthoritiesRefused, SmimeProofs, authorities
    except ImportError as missing:
        text = "“smime_authorities” için “mailbot[sign]” paketi kurulu olmalı; kurunuz ya da satırı siliniz."
        raise ConfigRefused([Complaint(settings.file.name, None, text)]) from missing
    try:
        return SmimeProofs(stamps, authorities(settings.smime_authorities))
    except AuthoritiesRefused as refused:
        raise ConfigRefused([Complaint(settings.file.name, None, str(refused))]) from refused


def imap_settings(settings: Settings, folder: str) -> ImapSettings:
    """How the folder is reached. Raises ConfigRefused where the password is not to be had."""
    imap = settings.imap
    return ImapSettings(
        host=imap.host,
        port=imap.port,
        user=imap.user,
        password=imap.password(),
        folder=folder,
        tls=imap.tls,
        ca_file=imap.ca_file,
        timeout=imap.timeout,
    )


def smtp_settings(settings: Settings, mails_a_session: int = 50) -> SmtpSettings:
    """How mail goes out. Raises ConfigRefused where the password is not to be had."""
    smtp = settings.smtp
    return SmtpSettings(
        host=smtp.host,
        port=smtp.port,
        user=smtp.user or None,
        password=smtp.password() if smtp.user else "",
        tls=smtp.tls,
        ca_file=smtp.ca_file,
        timeout=smtp.timeout,
        mails_a_session=mails_a_session,
    )


def _watched(settings: Settings) -> tuple[Watched, ...]:
    folders = [Watched(settings.inbox, ImapMailbox(imap_settings(settings, settings.inbox)))]
    if settings.sent:
        folders.append(Watched(settings.sent, ImapMailbox(imap_settings(settings, settings.sent)), sent=True))
    return tuple(folders)
