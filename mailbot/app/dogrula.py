"""Verifies a dossier: copied into each one, needs nothing but Python 3 and its standard library.

    python3 dogrula.py [KLASÖR]

Written apart from the service on purpose: it recomputes what the service wrote, by the rules below, and
imports nothing of it.

- `ozetler.txt` holds the SHA-256 of every other file of the folder.
- `zincir.jsonl` holds the item's history. A record's `content` is SHA-256 of salt, text and data joined by
  NUL; its `link` is SHA-256 of the nine lines "mailbot chain 1", previous link, reference, number, instant
  in UTC, kind, content, digest of the item's document, joined by line feeds. The first previous link is 64
  zeros. A record without salt, text and data was purged; its `content` keeps the proof.
- A version's digest is SHA-256 of "mailbot version 1" and a line feed, then every bound field in order of
  names, each part led by its length in eight bytes, big-endian.
- An answer names the digest of the version that it was given for and of the mail that it came in.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Iterator

Row = Any
"""One JSON object; whatever it lacks is a complaint."""
START = "0" * 64


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content_of(record: Row) -> str:
    return sha256(b"\0".join(record[part].encode() for part in ("salt", "text", "data")))


def link_of(previous: str, record: Row) -> str:
    at = datetime.fromisoformat(record["at"]).astimezone(timezone.utc).isoformat()
    lines = ("mailbot chain 1", previous, record["ref"], str(record["seq"]), at, record["kind"])
    return sha256("\n".join((*lines, record["content"], record["state"] or "")).encode())


def version_digest(bound: Row) -> str:
    running = hashlib.sha256(b"mailbot version 1\n")

    def put(part: bytes) -> None:
        running.update(len(part).to_bytes(8, "big"))
        running.update(part)

    for name in sorted(bound):
        put(name.encode())
        value = bound[name]
        if "text" in value:
            put(b"text")
            put(value["text"].encode(errors="surrogatepass"))
        elif "time" in value:
            put(b"time")
            put(datetime.fromisoformat(value["time"]).astimezone(timezone.utc).isoformat().encode())
        else:
            put(b"files")
            put(len(value["files"]).to_bytes(8, "big"))
            for file in value["files"]:
                put(file["name"].encode(errors="surrogatepass"))
                put(file["digest"].encode())
    return running.hexdigest()


def wrong_files(folder: Path) -> Iterator[str]:
    """Every file against `ozetler.txt`."""
    listed = {}
    for line in (folder / "ozetler.txt").read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    for name, digest in listed.items():
        path = folder / name
        if not path.is_file():
            yield f"{name}: dosya yok."
        elif sha256(path.read_bytes()) != digest:
            yield f"{name}: dosya değiştirilmiş."
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in listed and name != "ozetler.txt" and "__pycache__" not in name:
            yield f"{name}: bu dosya özet listesinde yok."


def wrong_chain(records: Row) -> Iterator[str]:
    """The history against itself."""
    previous = START
    for number, record in enumerate(records, 1):
        place = f"zincir.jsonl, {record['seq']}. kayıt"
        if record["seq"] != number:
            yield f"{place}: {number} numaralı kayıt olmalıydı."
        purged = not (record["salt"] or record["text"] or record["data"])
        if not purged and record["content"] != content_of(record):
            yield f"{place}: kaydın metni ya da verisi değiştirilmiş."
        if record["link"] != link_of(previous, record):
            yield f"{place}: kaydın zincirdeki halkası tutmuyor."
        previous = record["link"]


def wrong_versions(folder: Path, versions: Row) -> Iterator[str]:
    """Each version against its digest, each attachment against its bytes."""
    for version in versions:
        place = f"Sürüm {version['number']}"
        if version_digest(version["bound"]) != version["digest"]:
            yield f"{place}: metin ya da ekler, onaya sunulan içerikle aynı değil."
        for value in version["bound"].values():
            for file in value.get("files", ()):
                path = folder / file["path"]
                if not path.is_file() or sha256(path.read_bytes()) != file["digest"]:
                    yield f"{place}: {file['name']} eki, onaya sunulan dosya değil."


def wrong_mails(folder: Path, mails: Row) -> Iterator[str]:
    """Each mail against the digest under which the service kept it."""
    for mail in mails:
        path = folder / mail["path"]
        if not path.is_file() or sha256(path.read_bytes()) != mail["digest"]:
            yield f"{mail['path']}: ileti, saklanan ileti değil."


def wrong_answers(records: Row, versions: Row, mails: Row) -> Iterator[str]:
    """Each answer of the history against the version and the mail that it names."""
    digests = {version["number"]: version["digest"] for version in versions}
    kept = {mail["digest"] for mail in mails}
    for record in records:
        if record["kind"] != "answer" or not record["data"]:
            continue
        answer = json.loads(record["data"])
        place = f"zincir.jsonl, {record['seq']}. kayıt"
        if digests.get(answer["version"]) != answer["digest"]:
            yield f"{place}: yanıt, dosyadaki Sürüm {answer['version']} için değil."
        if answer.get("letter") and answer["letter"] not in kept:
            yield f"{place}: yanıtın geldiği ileti dosyada yok."


def check(folder: Path) -> tuple[list[str], str]:
    """Every complaint, a Turkish sentence each; and the last link of the chain."""
    complaints: list[str] = []
    try:
        complaints += wrong_files(folder)
        item = json.loads((folder / "kayit.json").read_text("utf-8"))
        mails = json.loads((folder / "iletiler.json").read_text("utf-8"))
        lines = (folder / "zincir.jsonl").read_text("utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        complaints += wrong_chain(records)
        complaints += wrong_versions(folder, item["versions"])
        complaints += wrong_mails(folder, mails)
        complaints += wrong_answers(records, item["versions"], mails)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return [*complaints, f"Dosya okunamadı ({type(error).__name__}: {error})."], START
    return complaints, str(records[-1]["link"]) if records else START


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    complaints, end = check(folder)
    for complaint in complaints:
        print(complaint)
    if complaints:
        print(f"\nDOĞRULANMADI: {len(complaints)} kusur.")
        return 1
    print("DOĞRULANDI: dosyalar, geçmiş zinciri, sürümler, ekler ve yanıtlar birbirini tutuyor.")
    print(f"Zincirin ucu: {end}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
