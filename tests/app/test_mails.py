"""`mailbot mail`: what it prints, writes, refuses and sends."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from mailbot.adapters.embedded import EmbeddedServers
from mailbot.app import mails
from mailbot.app.cli import main
from mailbot.app.init import create, make_plan
from mailbot.app.mails import NO_ITEM, Shelf, sample_message
from mailbot.app.scenario.clients import parsed, text_of
from mailbot.core.values import Address
from mailbot.resources import rules_dir, templates_dir
from mailbot.rulebook.load import load
from tests.app.houses import STAFF, UNIT
from tests.app.test_cli import configured


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAILBOT_CONFIG", raising=False)
    return tmp_path


def test_list_names_every_template(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "list", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["template"] for row in rows} == {p.parent.name for p in templates_dir().glob("*/mail.toml")}
    assert all(row["purpose"] for row in rows)


def test_preview_writes_all_forms(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "preview", "durum", "kapandi", "--out", "resim", "--no-pictures"]) == 0
    assert sorted(p.name for p in (elsewhere / "resim").iterdir()) == [
        "durum.html", "durum.txt", "index.html", "kapandi.html", "kapandi.txt",
    ]  # fmt: skip
    assert main(["mail", "preview", "kapandi"]) == 0
    assert "Konu: [DNZ-HBR-2026-0147]" in capsys.readouterr().out


def test_an_unknown_template_is_met_with_the_nearest(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mail", "lint", "duru"]) == 2
    assert "Şunu mu demek istediniz: “durum”?" in capsys.readouterr().err


def test_lint_says_what_is_wrong_and_fails(
    elsewhere: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = elsewhere / "templates"
    shutil.copytree(templates_dir(), folder)
    body = folder / "kapandi" / "body.html"
    body.write_text(body.read_text(encoding="utf-8").replace("Yayımlandığı", "Çıktığı"), encoding="utf-8")
    monkeypatch.setattr(mails, "templates_dir", lambda: folder)
    assert main(["mail", "lint", "kapandi", "durum"]) == 1
    said = capsys.readouterr().err
    assert f"{body}: biçimli gövdede eksik: “Yayımlandığı”" in said
    assert "2 şablon denetlendi, 2 kusur bulundu." in said


@pytest.mark.parametrize("name", ["haber-dis-onay", "durum", "haber-servis", "acik-kayitlar"])
def test_a_test_mail_can_meet_no_item(name: str) -> None:
    shelf = Shelf(templates_dir(), load(rules_dir()).book, None)
    mail = parsed(sample_message(shelf, name, Address("ada.kurgu@denizli-ism.example")))
    shown = f"{mail['Subject']} {text_of(mail)}"
    assert "0147" not in mail.as_string()
    assert "ÖRNEK: Bu ileti bir şablonun denemesidir" in shown
    assert mail["To"] == "ada.kurgu@denizli-ism.example"
    if "[" in mail["Subject"]:
        assert NO_ITEM in mail["Subject"]


def test_without_a_configuration_nothing_is_sent(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mail", "test", "durum"]) == 1
    assert "mailbot.toml gerekir" in capsys.readouterr().err


def test_a_test_mail_goes_to_oneself_and_to_nobody_outside(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def play() -> None:
        async with EmbeddedServers([UNIT, STAFF], authserv_id="mx.x.example") as servers:
            create(elsewhere / "birim", make_plan({"unit_address": UNIT}, None))
            configured(elsewhere / "birim", servers)
            config = ["--config", str(elsewhere / "birim" / "mailbot.toml")]
            assert await asyncio.to_thread(main, ["mail", "test", "hatirlatma", *config]) == 0
            assert await asyncio.to_thread(main, ["mail", "test", "durum", "--to", STAFF, *config]) == 0
            outside = ["mail", "test", "durum", "--to", "haber@travertenhaber.example", *config]
            assert await asyncio.to_thread(main, outside) == 2
            assert "yalnız onlara gönderilir" in capsys.readouterr().err
            assert [mail.recipients for mail in servers.log] == [(UNIT,), (STAFF,)]

    asyncio.run(play())
