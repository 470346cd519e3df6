"""A dossier verifies itself with Python alone, and one altered byte anywhere is named."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mailbot.app.dossier import DossierRefused, dossier, write_zip
from mailbot.core.values import ItemRef
from mailbot.resources import templates_dir
from tests.app.houses import DIRECTOR, PRESS, START, TEXT, house, news


async def _written(folder: Path) -> dict[str, bytes]:
    """The files of an item that the director approved and the ministry wants changed."""
    async with house(folder) as h:
        await h.open(news(where=PRESS))
        await h.answer(DIRECTOR, "Uygundur, elinize sağlık.", "haber-mudur-onayi")
        await h.answer("basin@bakanlik-sm.example", "Başlık kısalsın.", "haber-dis-onay")
        with h.parts.store.reading() as reads:
            return dossier(reads, h.parts.book, h.item().ref, templates_dir(), START)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return asyncio.run(_written(tmp_path_factory.mktemp("house")))


def _unpacked(files: dict[str, bytes], folder: Path) -> Path:
    write_zip(folder / "dosya.zip", files)
    with zipfile.ZipFile(folder / "dosya.zip") as archive:
        archive.extractall(folder)
    return folder / "dosya"


def _verify(folder: Path) -> tuple[int, str]:
    """As a stranger would: an isolated Python, no package of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "dogrula.py")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_an_untouched_dossier_verifies(files: dict[str, bytes], tmp_path: Path) -> None:
    status, words = _verify(_unpacked(files, tmp_path))
    assert status == 0, words
    assert "DOĞRULANDI" in words
    end = json.loads(files["zincir.jsonl"].decode().splitlines()[-1])["link"]
    assert end in words


def test_it_holds_what_was_asked_and_answered(files: dict[str, bytes]) -> None:
    report = files["rapor.html"].decode()
    assert "Uygundur, elinize sağlık." in report
    assert "Başlık kısalsın." in report
    assert TEXT in report
    answers = [name for name, data in files.items() if name.startswith("gelen/") and b"Uygundur" in data]
    assert answers


def test_no_key_stands_outside_the_mails_themselves(files: dict[str, bytes]) -> None:
    import re

    for name, data in files.items():
        if name.startswith(("gelen/", "giden/")) or name == "iletiler.json":
            continue
        assert not re.search(rb"[/ ]k[0-9a-z]{13}(?![0-9a-z])", data), name


def test_a_byte_of_any_file_is_missed(files: dict[str, bytes], tmp_path: Path) -> None:
    folder = _unpacked(files, tmp_path)
    for name in sorted(files):
        if name == "dogrula.py":
            continue
        path, whole = folder / name, files[name]
        path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
        status, words = _verify(folder)
        assert status == 1
        assert f"{name}: dosya değiştirilmiş." in words
        path.write_bytes(whole)
    assert _verify(folder)[0] == 0


def _row(files: dict[str, bytes], kind: str, change: Callable[[dict[str, object]], None]) -> dict[str, bytes]:
    rows = [json.loads(line) for line in files["zincir.jsonl"].decode().splitlines()]
    change(next(row for row in rows if row["kind"] == kind))
    return {**files, "zincir.jsonl": b"".join(json.dumps(row).encode() + b"\n" for row in rows)}


def test_an_answer_changed_together_with_the_list_of_digests_is_found(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    def soften(row: dict[str, object]) -> None:
        row["data"] = str(row["data"]).replace("approve", "reject")

    status, words = _verify(_unpacked(_row(files, "answer", soften), tmp_path))
    assert status == 1
    assert "kaydın metni ya da verisi değiştirilmiş" in words


def test_a_text_changed_together_with_the_list_of_digests_is_found(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    changed = {**files, "kayit.json": files["kayit.json"].replace(b"120", b"1200")}
    assert changed["kayit.json"] != files["kayit.json"]
    status, words = _verify(_unpacked(changed, tmp_path))
    assert status == 1
    assert "Sürüm 1: metin ya da ekler" in words


def test_a_mail_put_in_anothers_place_is_found(files: dict[str, bytes], tmp_path: Path) -> None:
    came = sorted(name for name in files if name.startswith("gelen/"))
    changed = {**files, came[1]: files[came[0]]}
    status, words = _verify(_unpacked(changed, tmp_path))
    assert status == 1
    assert f"{came[1]}: ileti, saklanan ileti değil." in words


def test_an_answer_whose_mail_is_gone_is_found(files: dict[str, bytes], tmp_path: Path) -> None:
    mails = json.loads(files["iletiler.json"])
    left = [mail for mail in mails if b"Uygundur" not in files[mail["path"]]]
    changed = {**files, "iletiler.json": json.dumps(left).encode()}
    status, words = _verify(_unpacked(changed, tmp_path))
    assert status == 1
    assert "yanıtın geldiği ileti dosyada yok" in words


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"versions": 3}', b"\xff\xfe"])
def test_a_damaged_record_is_said_and_no_traceback(
    files: dict[str, bytes], tmp_path: Path, damage: bytes
) -> None:
    status, words = _verify(_unpacked({**files, "kayit.json": damage}, tmp_path))
    assert status == 1
    assert "Traceback" not in words
    assert "DOĞRULANMADI" in words


def test_an_unknown_item_is_refused(tmp_path: Path) -> None:
    async def ask() -> None:
        async with house(tmp_path) as h:
            with h.parts.store.reading() as reads, pytest.raises(DossierRefused, match="diye bir kayıt yok"):
                dossier(reads, h.parts.book, ItemRef("DNZ", "HBR", 2026, 99), templates_dir(), START)

    asyncio.run(ask())


def test_an_existing_file_is_not_overwritten(files: dict[str, bytes], tmp_path: Path) -> None:
    target = tmp_path / "dosya.zip"
    target.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_zip(target, files)
    assert target.read_bytes() == b"mine"


def test_a_broken_report_of_the_unit_is_said(tmp_path: Path) -> None:
    (tmp_path / "_dosya").mkdir()
    (tmp_path / "_dosya" / "rapor.html").write_text("{{ olmayan.deger }}")

    async def ask() -> None:
        async with house(tmp_path) as h:
            await h.open()
            with h.parts.store.reading() as reads, pytest.raises(DossierRefused, match=r"rapor\.html kullan"):
                dossier(reads, h.parts.book, h.item().ref, tmp_path, START)

    asyncio.run(ask())
