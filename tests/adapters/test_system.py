"""Which processes still run, by what they called themselves."""

from __future__ import annotations

import subprocess
import sys

from mailbot.adapters.system import SystemProcesses, own_name


def _name_of_another() -> str:
    """What a process called itself that has ended since."""
    words = "from mailbot.adapters.system import own_name; print(own_name())"
    return subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_this_process_runs() -> None:
    assert not SystemProcesses().gone(own_name())


def test_a_process_that_ended_is_gone() -> None:
    assert SystemProcesses().gone(_name_of_another())


def test_a_number_that_was_given_again_is_another_process() -> None:
    host, pid, started = own_name().rsplit(":", 2)
    assert SystemProcesses().gone(f"{host}:{pid}:{int(started) - 1}")


def test_of_another_host_nobody_can_know() -> None:
    assert not SystemProcesses().gone("baska.example:1:1")
    assert not SystemProcesses().gone("mailbot")
    assert not SystemProcesses().gone("")


def test_a_dead_process_that_nobody_collected_is_gone() -> None:
    words = (
        "import sys; from mailbot.adapters.system import own_name; "
        "print(own_name(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        name = child.stdout.readline().strip()
        assert not SystemProcesses().gone(name)
        child.kill()
        # Not waited for: it stays a zombie until the block ends.
        for _ in range(1_000_000):
            if SystemProcesses().gone(name):
                break
        assert SystemProcesses().gone(name)
