"""Who really wrote a letter."""

from __future__ import annotations

from typing import Protocol

from mailbot.core.letter import Letter, Proof


class Proofs(Protocol):
    """Judges the origin of a letter by what our own server stamped on it (RFC 8601)."""

    def judge(self, letter: Letter) -> Proof:
        """The proof that the letter itself carries; never above NONE where From is not exactly one."""
        ...
