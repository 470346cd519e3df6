"""mailbot.toml: every complaint at once, and no secret in anything that is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.app.config import ConfigRefused, find_config, load_settings

GOOD = """
[imap]
host = "imap.denizli-ism.example"
user = "basin"
password_env = "PW"
[smtp]
host = "127.0.0.1"
tls = "none"
port = 2525
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "mailbot.toml"
    file.write_text(text, "utf-8")
    return file


def refusals(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigRefused) as refused:
        load_settings(written(folder, text), {"PW": "hunter2"})
    return [str(c) for c in refused.value.complaints]


def test_a_good_file_and_its_defaults(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, GOOD), {"PW": "hunter2"})
    assert (settings.imap.port, settings.imap.tls, settings.imap.password()) == (993, "tls", "hunter2")
    assert settings.smtp.password() == ""
    assert settings.move_to is None
    assert settings.database == f"sqlite:///{tmp_path / 'state' / 'mailbot.db'}"
    assert "hunter2" not in repr(settings)


def test_a_password_in_the_file_is_refused_unseen(tmp_path: Path) -> None:
    said = refusals(tmp_path, GOOD.replace('password_env = "PW"', 'password = "hunter2"'))
    assert len(said) == 1
    assert said[0].startswith("mailbot.toml, satır 5: Parola bu dosyaya yazılmaz")
    assert "hunter2" not in said[0]


def test_all_complaints_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("127.0.0.1", "smtp.x.example").replace("2525", "99999") + "[mail]\npol_seconds = 3\n"
    assert [line.split(":")[0] for line in refusals(tmp_path, text + '[folders]\nmove_to = "INBOX"\n')] == [
        "mailbot.toml, satır 8",
        "mailbot.toml, satır 9",
        "mailbot.toml, satır 11",
        "mailbot.toml, satır 13",
    ]


def test_an_open_or_missing_password_file_is_said(tmp_path: Path) -> None:
    secret = tmp_path / "parola"
    settings = load_settings(written(tmp_path, GOOD.replace('_env = "PW"', '_file = "parola"')), {})
    with pytest.raises(ConfigRefused, match="bulunamadı"):
        settings.imap.password()
    secret.write_text("hunter2\n", "utf-8")
    secret.chmod(0o644)
    with pytest.raises(ConfigRefused, match="chmod 600"):
        settings.imap.password()
    secret.chmod(0o600)
    assert settings.imap.password() == "hunter2"


def test_where_the_configuration_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    environ = {"MAILBOT_CONFIG": "/srv/m.toml"}
    assert find_config("x.toml", environ) == Path("x.toml")
    assert find_config(None, environ) == Path("/srv/m.toml")
    written(tmp_path, GOOD)
    assert find_config(None, environ) == Path("mailbot.toml")
    with pytest.raises(ConfigRefused, match="Dosya bulunamadı"):
        load_settings(Path("absent.toml"), {})
