"""Mail orders become bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailbot.core.outcome import MailOrder
from mailbot.core.values import Digest, MessageId


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A complete message: `head` + CRLF + `body`. Copies of a distribution share one body."""

    head: bytes
    body: bytes = field(repr=False)
    subject: str
    text: str
    """The plain text part: what a reply will quote."""

    @property
    def message(self) -> bytes:
        return self.head + b"\r\n" + self.body


class Renderer(Protocol):
    """Templates and values become messages."""

    def render(
        self,
        order: MailOrder,
        message_ids: Sequence[MessageId],
        now: datetime,
        blob: Callable[[Digest], bytes],
    ) -> list[RenderedMail]:
        """One message per recipient of the order, in order.

        Raises RenderError (a bug or an edited template) with a sentence that names the template.
        """
        ...

    def repeatable(self, template: str) -> bool:
        """Whether a mail of this template may go twice where SMTP's answer is unknown."""
        ...
