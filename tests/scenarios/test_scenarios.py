"""Every scenario on fakes, on the embedded servers, and on Dovecot with Postfix: the same file in each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.app.scenario.language import ScenarioError, parse, read
from mailbot.app.scenario.play import Player
from tests.scenarios import worlds
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.senaryo"))
MAIN = [path for path in FILES if path.name.startswith("s")]


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_on_fakes(path: Path, tmp_path: Path) -> None:
    async def run() -> None:
        async with worlds.fakes(tmp_path) as world:
            await Player(world).play(read(path))

    asyncio.run(run())


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_on_embedded_servers(path: Path, tmp_path: Path) -> None:
    async def run() -> None:
        async with worlds.embedded(tmp_path) as world:
            await Player(world).play(read(path))

    asyncio.run(run())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Dovecot, Postfix]]:
    with worlds.running_servers() as both:
        yield both


@pytest.mark.servers("dovecot", "postfix")
@pytest.mark.parametrize("path", FILES, ids=_name)
def test_on_dovecot_and_postfix(path: Path, tmp_path: Path, running: tuple[Dovecot, Postfix]) -> None:
    async def run() -> None:
        async with worlds.servers(tmp_path, *running) as world:
            await Player(world).play(read(path))

    asyncio.run(run())


def test_the_main_ways_are_all_told() -> None:
    assert {path.stem[:2] for path in MAIN} >= {"s1", "s2", "s3"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("saat 23.11.2026 10.00", "senaryo:"),
        ("senaryo: x\nmudur şarkı söyler", "satır anlaşılmadı"),
        ("senaryo: x\nsaat yarın", "satır anlaşılmadı"),
        ("senaryo: x\nsaat 33.11.2026 10.00", "zaman"),
        ("senaryo: x\n  konu: a", "girintili"),
        ("senaryo: x\nmudur yanıtlar (havadan): Uygundur", "havadan"),
        ("senaryo: x\nada.kurgu yazar mudur\n  selam", "selam"),
        ("senaryo: x\nbekle mudur haber-mudur-onayi\n  | x", "girintili"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=r"örnek\.senaryo:") as caught:
        parse(text, "örnek.senaryo")
    assert words in str(caught.value)
