"""The demo as people and tools see it: panels on a terminal, or one event a line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text


def as_json(event: Mapping[str, object]) -> None:
    """One event, one line."""
    print(json.dumps(event, ensure_ascii=False), flush=True)


class Screen:
    """Shows the play to a person: mails of one text to several people as one panel."""

    LINES = 11

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._like: list[Mapping[str, object]] = []
        """Mails of one kind that went out one after the other, each to one person."""

    def __call__(self, event: Mapping[str, object]) -> None:
        if event["event"] == "mail" and event["direction"] == "out":
            if self._like and _kind_of_mail(self._like[0]) != _kind_of_mail(event):
                self._flush()
            self._like.append(event)
            return
        self._flush()
        match event["event"]:
            case "scene":
                when = datetime.fromisoformat(str(event["time"]))
                self._console.print()
                self._console.print(Rule(f"{when:%d.%m.%Y %H.%M}", style="bold"))
                self._console.print(Text(str(event["text"]), style="bold", justify="center"))
            case "mail":
                self._panel(event, f"→ bot   {event['from']}", "yellow")
            case "state":
                self._console.print(
                    f"  ● {event['item']}: [bold]{STAGES.get(str(event['state']), event['state'])}[/bold]"
                )
            case "done":
                good = "Tamam" if event["ok"] else "EKSİK KALDI"
                self._console.print()
                self._console.print(
                    Rule(
                        f"{good}: {event['item']}, {event['mails_in']} ileti geldi, "
                        f"{event['mails_out']} ileti gitti",
                        style="bold green" if event["ok"] else "bold red",
                    )
                )

    def _flush(self) -> None:
        if self._like:
            first = self._like[0]
            people = f"{first['to']}"
            if len(self._like) > 1:
                people = f"her birine ayrı ileti, {len(self._like)} alıcı: " + ", ".join(
                    str(mail["to"]) for mail in self._like
                )
                people = people if len(people) <= 110 else people[:107] + "…"
            self._panel(first, f"bot →   {people}", "cyan")
            self._like = []

    def _panel(self, event: Mapping[str, object], title: str, colour: str) -> None:
        lines = [line for line in str(event["text"]).strip().splitlines() if not line.startswith(">")]
        shown = lines[: self.LINES]
        while shown and not shown[-1].strip():
            shown.pop()
        body = Text(str(event["subject"]) + "\n", style="bold")
        body.append("\n".join(shown) + ("\n…" if len(lines) > len(shown) else ""), style="not bold")
        attached = event.get("attachments")
        if attached and isinstance(attached, list):
            body.append("\nEk: " + ", ".join(attached), style="not bold italic")
        self._console.print(Panel(body, title=Text(title), title_align="left", border_style=colour))


def _kind_of_mail(event: Mapping[str, object]) -> str:
    """What mails of one order have in common: the subject without the key, and no salutation."""
    subject = re.sub(r"/k[0-9a-z]{13}\]", "]", str(event["subject"]))
    return subject + str(event.get("attachments"))


STAGES: Mapping[str, str] = {
    "taslak": "Taslak (yeni metin bekleniyor)",
    "mudur_onayinda": "Müdür onayında",
    "dis_onayda": "Bakanlık, Genel Müdürlük ve Valilik onayında",
    "bekliyor": "Bütün onaylar tamam; yayından önce on dakika bekleniyor (DURDUR ile durdurulabilir)",
    "yayinda": "Yayında",
    "kapali": "Kapandı",
}
