"""`mailbot simulate FILE.senaryo`: a told day played on the unit's own rules and templates, in memory."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from mailbot.adapters.documents import ProcessDocuments
from mailbot.adapters.memory import HereReader, MemoryMailbox, MemorySender, MovableClock
from mailbot.adapters.proof import ServerProofs
from mailbot.adapters.render import JinjaRenderer
from mailbot.adapters.store import open_store
from mailbot.adapters.system import SystemEntropy
from mailbot.app.glossary import known_replies
from mailbot.app.journal import printable
from mailbot.app.parts import Parts, Watched
from mailbot.app.scenario.clients import parsed
from mailbot.app.scenario.language import Scenario, ScenarioError, Step, read
from mailbot.app.scenario.play import AUTHSERV_ID, Player
from mailbot.core.worktime import ISTANBUL
from mailbot.rulebook.load import load

_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ISTANBUL)
"""The clock before the scenario sets it."""


@dataclass
class MemoryWorld:
    """Mailbox and sender in memory, the real store, rules and templates."""

    clock: MovableClock
    parts: Parts
    mailbox: MemoryMailbox
    sender: MemorySender

    async def arrive(self, raw: bytes) -> None:
        self.mailbox.put(raw, self.clock.now())

    async def outgoing(self) -> list[tuple[str, bytes]]:
        return [(str(recipient), raw) for recipient, raw in self.sender.accepted]


def world(rules: Path, templates: Path, folder: Path) -> MemoryWorld:
    """A world of its own in `folder`. Raises RulesRefused."""
    names = [p.name for p in templates.iterdir() if (p / "mail.toml").is_file()]
    loaded = load(rules, templates=names)
    clock, mailbox, sender, entropy = MovableClock(_MORNING), MemoryMailbox(), MemorySender(), SystemEntropy()
    parts = Parts(
        store=open_store(f"sqlite:///{folder / 'mailbot.db'}", entropy=entropy, clock=clock),
        book=loaded.book,
        lexicon=loaded.lexicon,
        watched=(Watched("INBOX", mailbox),),
        sender=sender,
        renderer=JinjaRenderer(templates, loaded.book.unit),
        proofs=ServerProofs(AUTHSERV_ID),
        clock=clock,
        entropy=entropy,
        reader=HereReader(),
        documents=ProcessDocuments(),
        envelope_from=loaded.book.unit.address,
        known=known_replies(rules),
    )
    return MemoryWorld(clock, parts, mailbox, sender)


def simulate(files: list[Path], rules: Path, templates: Path) -> int:
    """Play each file and show it. 1 where a line was not so, 2 where a file cannot be read."""
    status = 0
    console = Console(highlight=False, markup=False)
    for file in files:
        try:
            scenario = read(file)
        except (OSError, UnicodeDecodeError) as error:
            print(f"{file}: okunamadı: {error}", file=sys.stderr)
            status = 2
            continue
        except ScenarioError as error:
            print(error, file=sys.stderr)
            status = 2
            continue
        with tempfile.TemporaryDirectory(prefix="mailbot-simulate-") as folder:
            made = world(rules, templates, Path(folder))
            try:
                asyncio.run(_play(console, made, scenario))
                console.print(Text("Senaryo sonuna kadar tuttu.", "green"))
            except ScenarioError as error:
                console.print(Text(str(error), "bold red"))
                status = max(status, 1)
            except ValueError as error:
                console.print(Text(f"{file}: {error}", "bold red"))
                status = max(status, 1)
            finally:
                made.parts.documents.close()
                made.parts.store.close()
    return status


async def _play(console: Console, made: MemoryWorld, scenario: Scenario) -> None:
    console.print(Text(scenario.name, "bold"))
    player = Player(made)
    shown = 0

    def show(step: Step) -> None:
        nonlocal shown
        at = made.clock.now().astimezone(ISTANBUL)
        console.print(Text.assemble((f"{at:%d.%m %H.%M}  ", "dim"), printable(step.at.words)))
        for mail in player.sent[shown:]:
            subject = printable(str(parsed(mail.raw)["Subject"]))
            console.print(Text.assemble("             → ", (mail.to, "cyan"), f"  {subject}"))
        shown = len(player.sent)

    player.watch = show
    await player.play(scenario)
