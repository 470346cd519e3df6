"""The ground the daemons stand on: a port is given away once."""

from __future__ import annotations

import socket

import pytest

from tests.servers import ground


@pytest.fixture(autouse=True)
def returned(monkeypatch: pytest.MonkeyPatch) -> list[socket.socket]:
    """The ports that a test picks are free again after it."""
    held: list[socket.socket] = []
    monkeypatch.setattr(ground, "_held", held)
    return held


def test_no_port_is_picked_twice_by_us_or_by_others() -> None:
    ours = [ground.free_port() for _ in range(500)]
    others = []
    for _ in range(200):
        other = socket.socket()
        other.bind((ground.HOST, 0))
        others.append(other)
    theirs = {other.getsockname()[1] for other in others}
    for other in others:
        other.close()
    assert len(set(ours)) == len(ours)
    assert not theirs & set(ours)


def test_a_daemon_listens_on_a_picked_port_and_nobody_else_does() -> None:
    port = ground.free_port()
    with socket.socket() as client:
        assert client.connect_ex((ground.HOST, port)) != 0
    with socket.create_server((ground.HOST, port)):  # asks for SO_REUSEADDR, as daemons do
        with socket.create_connection((ground.HOST, port)):
            pass
        with pytest.raises(OSError, match="in use"):
            socket.create_server((ground.HOST, port))
