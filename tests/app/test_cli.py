"""The command line as a contract: names, flags, JSON fields, exit statuses, what goes to which stream."""

from __future__ import annotations

import asyncio
import io
import json
import os
import random
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailbot.adapters.embedded import EmbeddedServers
from mailbot.adapters.made import docx
from mailbot.adapters.store import open_store
from mailbot.app.cli import main
from mailbot.app.init import create, make_plan
from mailbot.app.mode import set_mode
from mailbot.app.parts import Mode
from mailbot.ports.sender import Refused
from tests.app.houses import DIRECTOR, STAFF, TEXT, TITLE, UNIT, House, news
from tests.fakes.clock import FakeClock, FakeEntropy

REF = "DNZ-HBR-2026-0001"
WORDS = "Uygundur, elinize sağlık."

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: its status, the objects on stdout, the words on stderr."""

    def command(*words: object) -> tuple[int, list[dict[str, Any]], str]:
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:  # argparse
            status = int(str(ended.code))
        out, err = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines() if line.startswith("{")], err

    return command


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh directory from init, entered; nothing ran in it yet."""
    monkeypatch.setenv("MAILBOT_PASSWORD", "gizli")
    monkeypatch.delenv("MAILBOT_CONFIG", raising=False)
    folder = tmp_path / "birim"
    flags = {"unit_address": UNIT, "imap_host": "127.0.0.1:1", "smtp_host": "127.0.0.1:1"}
    create(folder, make_plan(flags, None))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def played(empty: Path) -> Path:
    """A directory in which the director approved an item and the web editor's mail was refused."""

    async def play() -> None:
        h = House(empty / "state")
        h.build()
        await h.settle()
        await h.open()
        await h.arrive(h.mail("kimse@baska.example", "Merhaba", "Bot ne yapar?", to=UNIT))
        await h.answer(DIRECTOR, WORDS, "haber-mudur-onayi")
        refused = Refused("550 5.1.1 no such user")
        h.sender.answer = lambda to: refused if to.local.startswith("bora") else None
        h.forward(minutes=11)
        await h.settle()
        h.parts.store.close()

    asyncio.run(play())
    return empty


# Words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["yok"],
        ["show"],
        ["release"],
        ["resend"],
        ["inspect"],
        ["init"],
        ["golive", "--mode", "x"],
        ["run", "--twice"],
        ["items", "--config"],
    ],
)
def test_wrong_words_end_with_2(run: Run, words: list[str]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, [])
    assert "usage" in err


@pytest.mark.parametrize(
    "words", [["show", "haber"], ["release", "haber"], ["resend", "ileti:1"], ["verify", "haber"]]
)
def test_a_name_that_is_none_ends_with_2(run: Run, played: Path, words: list[str]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, [])
    assert "yazı" in err


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["run"],
        ["run", "--once"],
        ["items"],
        ["show", REF],
        ["held"],
        ["release", "ileti:1"],
        ["resend", "gonderim:1"],
        ["verify"],
        ["golive", "--yes"],
        ["inspect", "--config", "yok.toml", __file__],
    ],
)
def test_without_a_configuration_a_sentence_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAILBOT_CONFIG", raising=False)
    status, out, err = run(*words)
    assert (status, out) == (1, [])
    assert "Dosya bulunamadı" in err


def test_the_configuration_stands_before_or_after_or_in_the_environment(
    run: Run, played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = played / "mailbot.toml"
    monkeypatch.chdir(tmp_path)
    assert run("items", "--json")[0] == 1
    told = [
        run("--config", file, "items", "--all", "--json"),
        run("items", "--all", "--json", "--config", file),
    ]
    monkeypatch.setenv("MAILBOT_CONFIG", str(file))
    told.append(run("items", "--all", "--json"))
    assert [(status, [row["ref"] for row in rows]) for status, rows, _ in told] == [(0, [REF])] * 3


# Looking -------------------------------------------------------------------------------------------


def test_items_and_show(run: Run, played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, (row,), _ = run("items", "--all", "--json")
    assert status == 0
    assert {"ref", "process", "title", "state", "stage", "version", "waiting_for", "opened_at"} <= set(row)
    assert (row["ref"], row["state"], row["version"]) == (REF, "yayinda", 1)
    status, (story,), _ = run("show", REF, "--json")
    assert status == 0
    assert story["asks"][0]["words"] == WORDS
    assert story["asks"][0]["decision"] == "approve"
    assert [version["fields"]["title"] for version in story["versions"]] == [row["title"]]
    assert {"yayin-gorevi", "kayit-acildi"} <= {mail["template"] for mail in story["deliveries"]}
    assert any(WORDS in record["text"] for record in story["history"])
    assert main(["show", REF]) == 0
    words = capsys.readouterr().out
    assert WORDS in words
    assert "550 5.1.1" in words or "kabul edilmedi" in words
    assert run("show", "DNZ-HBR-2026-0999")[0] == 1


def test_a_mail_is_shown_as_a_person_reads_it(
    run: Run, played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = run("show", REF, "--json")[1][0]
    asked = next(mail for mail in story["deliveries"] if mail["template"] == "haber-mudur-onayi")
    capsys.readouterr()
    assert main(["show", f"gonderim:{asked['id']}"]) == 0
    assert "Alıcı: mudur@denizli-ism.example" in capsys.readouterr().out
    assert main(["show", "ileti:1"]) == 0
    assert "Sayın Müdürüm" in capsys.readouterr().out
    assert run("show", "ileti:999")[0] == 1


def test_held_and_resend(run: Run, played: Path) -> None:
    status, rows, _ = run("held", "--json")
    assert status == 0
    assert all({"id", "state", "at", "who", "subject", "reason"} <= set(row) for row in rows)
    (refused,) = [row for row in rows if str(row["id"]).startswith("gonderim:")]
    assert (refused["state"], refused["reason"]) == ("refused", "550 5.1.1 no such user")
    status, _, err = run("resend", refused["id"])
    assert (status, "sıraya kondu" in err) == (0, True)
    assert [row for row in run("held", "--json")[1] if row["id"] == refused["id"]] == []
    assert run("resend", "gonderim:1")[0] == 1
    assert run("resend", "gonderim:99999")[0] == 1


def test_release_lets_only_a_held_letter_go(run: Run, played: Path) -> None:
    status, _, err = run("release", "ileti:1")
    assert (status, "bekletilen bir ileti değil" in err) == (1, True)
    assert run("release", "ileti:999")[0] == 1


# Verifying -----------------------------------------------------------------------------------------


def test_verify_finds_nothing_where_nothing_was_altered(run: Run, played: Path) -> None:
    assert run("verify")[0] == 0
    assert run("verify", REF)[0] == 0
    assert run("verify", "DNZ-HBR-2026-0999")[0] == 1


@pytest.mark.parametrize(
    "place",
    ["elinize sağlık", "Stantta 120 kişiye", "kaydı açtı", "Haber onayı: Aşı"],
    ids=["an approver's words", "the text", "the history", "a mail"],
)
def test_verify_finds_a_flipped_byte(run: Run, played: Path, place: str) -> None:
    file = played / "state" / "mailbot.db"
    raw, words = file.read_bytes(), place.encode()
    assert words in raw
    file.write_bytes(raw.replace(words, words[:-1] + bytes([words[-1] ^ 1])))
    status, _, err = run("verify")
    assert status == 1
    assert "bozukluk bulundu" in err


# Reading -------------------------------------------------------------------------------------------


def decided(monkeypatch: pytest.MonkeyPatch, run: Run, lines: bytes) -> list[dict[str, Any]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    status, out, _ = run("decide")
    assert status == 0
    return out


def test_decide_answers_line_by_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = "Uygundur.\n\nUygun değildir.\\nSaygılar\nMetne tarih eklensin.\nKim yazdı?\n".encode()
    out = decided(monkeypatch, run, lines)
    assert [row["decision"] for row in out] == ["approve", "none", "reject", "revise", "question"]
    assert [row["text"] for row in out][1:3] == ["", "Uygun değildir.\nSaygılar"]
    assert all(set(row) == {"text", "decision", "why"} for row in out)
    assert all(set(clue) == {"words", "as"} for row in out for clue in row["why"])


def test_decide_takes_any_bytes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    soup = random.Random(5)
    lines = b"".join(soup.randbytes(60).replace(b"\n", b" ").replace(b"\r", b" ") + b"\n" for _ in range(20))
    out = decided(monkeypatch, run, lines)
    assert len(out) == 20
    assert "approve" not in {row["decision"] for row in out}


FIELDS = {
    "file", "kind", "decision", "new_text", "position", "sender", "item", "open", "request", "bounce",
    "action", "why",
}  # fmt: skip


def soups() -> list[bytes]:
    """What no mail program wrote."""
    soup = random.Random(11)
    return [
        b"",
        b"\x00" * 2000,
        soup.randbytes(5000),
        b"From: a@b.example\r\n" + soup.randbytes(3000),
        b"Content-Type: message/rfc822\r\n\r\n" * 400,
        b"To: " + b"a@b.example, " * 20_000 + b"\r\n\r\n",
        b"Message-ID: <[x]>\r\nFrom: x\r\nFrom: y\r\n\r\nONAY",
        b'Content-Type: text/plain; charset="yok-boyle"\r\n\r\n\xff\xfe ONAY',
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 3000,
        b"Subject: " + b"=?utf-8?b?" * 3000 + b"\r\n\r\n",
    ]


def test_inspect_gives_an_object_for_any_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAILBOT_CONFIG", raising=False)
    files = []
    for number, raw in enumerate(soups()):
        files.append(tmp_path / f"{number}.eml")
        files[-1].write_bytes(raw)
    status, out, err = run("inspect", *files)
    assert status == 0
    assert [row["file"] for row in out] == [str(file) for file in files]
    assert all(set(row) == FIELDS for row in out)
    assert "Traceback" not in err
    assert not any(row["decision"] == "approve" and row["sender"]["proved"] for row in out)
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_inspect_tells_what_would_be_done(run: Run, empty: Path) -> None:
    h = House(empty)
    opening, reply = empty / "a.eml", empty / "b.eml"
    opening.write_bytes(h.mail(STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT))
    reply.write_bytes(h.mail(DIRECTOR, f"Ynt: [{REF}] Haber onayı: Aşı standı", "Uygundur."))
    status, (first, second), _ = run("inspect", opening, reply)
    assert status == 0
    assert (first["kind"], first["open"][0]["process"]) == ("open", "news")
    assert first["open"][0]["to_press"] is False
    assert set(first["open"][0]) == {
        "process", "title", "to_press", "when", "channel", "guest", "embargo", "department", "missing",
        "attachments",
    }  # fmt: skip
    assert (second["decision"], second["sender"]["office"]) == ("approve", "mudur")
    assert set(second["sender"]) == {"address", "office", "proved", "by"}
    assert not (empty / "state" / "mailbot.db").exists()


def test_inspect_knows_items_where_there_is_a_database(run: Run, played: Path) -> None:
    file = played / "b.eml"
    file.write_bytes(House(played).mail(DIRECTOR, f"Ynt: [{REF}] Haber onayı", "Uygundur."))
    assert run("inspect", file)[1][0]["item"] == REF


def test_inspect_looks_into_a_document_that_comes_back(run: Run, played: Path) -> None:
    file = played / "b.eml"
    data = docx(TITLE, TEXT.replace("120", "125"))
    raw = House(played).mail(
        DIRECTOR, f"Ynt: [{REF}] Haber onayı", "Uygundur.", files=[("haber.docx", data)]
    )
    file.write_bytes(raw)
    assert run("inspect", file)[1][0]["decision"] == "revise"


def test_inspect_of_a_file_that_is_not_there(run: Run, empty: Path) -> None:
    status, (row,), _ = run("inspect", "yok.eml")
    assert (status, row["kind"], set(row)) == (1, "malformed", FIELDS)


# Setting up and running ----------------------------------------------------------------------------


def test_init_and_check(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAILBOT_PASSWORD", "gizli")
    assert run("init", "birim", "--unit-address", UNIT, "--yes")[0] == 0
    assert run("init", "birim", "--unit-address", "basin", "--yes")[0] == 1
    status, out, _ = run("check", "--offline", "--json", "--config", "birim/mailbot.toml")
    assert status == 0
    assert all(row["ok"] for row in out)
    rules = tmp_path / "birim" / "rules" / "limits.toml"
    rules.write_text(rules.read_text("utf-8") + "\n[yok]\nx = 1\n", "utf-8")
    status, out, _ = run("check", "--offline", "--json", "--config", "birim/mailbot.toml")
    assert status == 1
    (complaint,) = [c for row in out for c in row["complaints"] if not c["warning"]]
    assert (complaint["file"], complaint["row"] is None) == ("limits.toml", False)


def test_going_live_needs_a_server_that_answers(run: Run, empty: Path) -> None:
    status, _, err = run("golive", "--yes")
    assert (status, "mod değiştirilmedi" in err) == (1, True)


def test_run_refuses_broken_rules_and_templates_with_file_and_row(run: Run, empty: Path) -> None:
    body = empty / "templates" / "haber-servis" / "body.txt"
    body.write_text(body.read_text("utf-8") + "{{ x", "utf-8")
    status, _, err = run("run", "--once")
    assert status == 1
    assert "haber-servis" in err
    assert "Traceback" not in err


def configured(folder: Path, servers: EmbeddedServers) -> None:
    """Point the directory to the embedded servers."""
    (folder / "parola").write_text(servers.passwords[UNIT], "utf-8")
    (folder / "parola").chmod(0o600)
    account = f'host = "127.0.0.1"\ntls = "none"\nuser = "{UNIT}"\npassword_file = "parola"\n'
    (folder / "mailbot.toml").write_text(
        f"[imap]\n{account}port = {servers.imap_port}\n[smtp]\n{account}port = {servers.smtp_port}\n"
        f'[proof]\nauthserv_id = "{servers.authserv_id}"\n',
        "utf-8",
    )


async def process(folder: Path, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "mailbot.app.cli", *words, cwd=folder,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def live(folder: Path) -> None:
    """What golive does once its checklist has passed."""
    store = open_store(f"sqlite:///{folder / 'state' / 'mailbot.db'}", entropy=FakeEntropy())
    with store.writing() as tx:
        set_mode(tx, Mode.CANLI)
        tx.commit()
    store.close()


def test_run_serves_until_it_is_told_to_stop(empty: Path, run: Run) -> None:
    author = House(empty, clock=FakeClock(datetime.now(UTC)))
    opening = author.mail(STAFF, "Haber onayı: Aşı standı", news(), to=DIRECTOR, cc=UNIT)

    async def play() -> tuple[int | None, str]:
        async with EmbeddedServers([UNIT, STAFF, DIRECTOR]) as servers:
            configured(empty, servers)
            first = await process(empty, "run", "--once")
            _, err = await first.communicate()
            assert first.returncode == 0, err.decode()
            live(empty)
            service = await process(empty, "run")
            ended = asyncio.create_task(service.communicate())
            await servers.deliver(UNIT, opening)
            try:
                async with asyncio.timeout(90):
                    while len(servers.log) < 2 and not ended.done():
                        await asyncio.sleep(0.02)
            finally:
                if not ended.done():
                    service.send_signal(signal.SIGTERM)
                _, err = await ended
            return service.returncode, err.decode()

    status, said = asyncio.run(play())
    assert status == 0, said
    assert "Traceback" not in said
    assert run("items", "--json")[1][0]["state"] == "mudur_onayinda"
    assert run("verify")[0] == 0


def test_a_call_leaves_the_callers_umask_alone() -> None:
    before = os.umask(0o022)
    try:
        main(["items", "--config", "/nonexistent/mailbot.toml"])
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)
