"""A clock with movable hands, and entropy that counts up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """`ports.clock.Clock` whose time passes only when a test says so, or when somebody sleeps."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def forward(self, span: timedelta) -> None:
        """Move the hands on by `span`."""
        if span < timedelta(0):
            raise ValueError("time does not run backwards")
        self._now += span

    def set(self, instant: datetime) -> None:
        """Move the hands to `instant`, which must not lie in the past."""
        self.forward(instant.astimezone(UTC) - self._now)

    async def sleep(self, seconds: float) -> None:
        self.forward(timedelta(seconds=seconds))


class FakeEntropy:
    """`ports.clock.Entropy` that counts: two draws never give the same bits, and every run the same ones.

    Each draw is spread over all the bits by an odd factor, so that a key looks like a key.
    """

    _SPREAD = 0x9E3779B97F4A7C15

    def __init__(self) -> None:
        self._drawn = 0

    def bits(self, count: int) -> int:
        self._drawn += 1
        return (self._drawn * self._SPREAD) % (1 << count)
