"""Handing a mail to the submission server (RFC 5321), one recipient a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mailbot.core.values import Address


@dataclass(frozen=True, slots=True)
class Accepted:
    """250 after the final dot: the server's, with its queue identifier."""

    reply: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """4yz, or no connection: certainly not accepted; try again later."""

    reply: str


@dataclass(frozen=True, slots=True)
class Refused:
    """5yz: this will not be accepted. `account` is true where the login or sender is refused."""

    reply: str
    account: bool = False


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The connection broke after the final dot: accepted or not, nobody knows."""

    reply: str


Answer = Accepted | Deferred | Refused | Uncertain


class Sender(Protocol):
    """The way out."""

    async def send(self, envelope_from: Address, recipient: Address, mail: bytes) -> Answer:
        """Offer one mail to one recipient. Never raises for what a server or network does."""
        ...

    async def close(self) -> None:
        """Close kept connections without raising."""
        ...
