"""`mailbot dossier`: one zip that shows who approved which exact text, and proves it without us.

It holds the mails as they came and left, the texts and attachments of every version, the history with its
hash chain, a report to read and `dogrula.py`, which needs only Python's standard library.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from mailbot import __version__
from mailbot.adapters.renderer import RenderError
from mailbot.adapters.report import NoPdf, page_of, pdf_of
from mailbot.adapters.system import SystemClock
from mailbot.app import dogrula
from mailbot.app.config import Settings
from mailbot.app.deliveries import STATE_LABELS
from mailbot.app.wiring import load_rules, store_of
from mailbot.core.item import FieldValue, FileRef, Item, Version
from mailbot.core.mailvalues import (
    ASK_LABELS,
    DECISION_LABELS,
    DESTINATIONS,
    PROOF_LABELS,
    office_name,
    person_name,
    stage_title,
)
from mailbot.core.rules import Rulebook
from mailbot.core.values import Digest, ItemRef, digest_of
from mailbot.ports.store import Delivery, LetterState, Reads, StoredLetter, StoredRecord

REPORT = "_dosya/rapor.html"
MANIFEST = "ozetler.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the same item gives the same bytes."""
_LETTERS = 10_000
"""Letters and mails of one item at most."""

_README = """\
{ref} KAYDININ DOSYASI

rapor.html    kim, hangi metni, hangi sözlerle, nasıl doğrulanarak onayladı (rapor.pdf aynı belgedir)
gelen/        gelen iletiler, geldikleri gibi
giden/        gönderilen iletiler, gönderildikleri gibi
ekler/        onaya sunulan ekler
kayit.json    sürümler: onaya sunulan içerik ve özeti
iletiler.json gelen ve giden iletilerin listesi
zincir.jsonl  kaydın geçmişi ve özet zinciri
ozetler.txt   dosyaların SHA-256 özetleri

Doğrulamak için, Python 3 kurulu herhangi bir bilgisayarda, bu klasörde:

    python3 dogrula.py

Program bizim yazılımımızı kullanmaz; kuralları kendi içinde yazılıdır. Sonunda yazdığı “Zincirin ucu”,
birimdeki “mailbot dossier {ref}” komutunun yazdığıyla aynı olmalıdır.
"""


class DossierRefused(Exception):
    """There is nothing to write; a Turkish sentence says why."""


def run_dossier(settings: Settings, wanted: str, out: Path | None) -> int:
    """Write the dossier of the item `wanted`. 0 written, 1 refused in words, 2 no reference."""
    ref = ItemRef.parse(wanted)
    if ref is None:
        _say(f"“{wanted}” bir kayıt numarası değil; DNZ-HBR-2026-0147 biçiminde yazınız.")
        return 2
    target = out or Path(f"{ref}.zip")
    book = load_rules(settings).book
    store = store_of(settings)
    try:
        with store.reading() as reads:
            files = dossier(reads, book, ref, settings.templates, SystemClock().now())
            faults = reads.faults(ref)
    except DossierRefused as refused:
        _say(str(refused))
        return 1
    finally:
        store.close()
    try:
        files["rapor.pdf"] = pdf_of(files["rapor.html"].decode())
    except NoPdf as missing:
        _say(f"{missing} Dosyaya yalnız rapor.html kondu.")
    try:
        write_zip(target, files)
    except FileExistsError:
        _say(f"{target} zaten var; üzerine yazılmadı. --out ile başka bir ad veriniz.")
        return 1
    except OSError as error:
        _say(f"{target} yazılamadı ({error.strerror or error}).")
        return 1
    _say(f"{target} yazıldı: {len(files) + 1} dosya. Zincirin ucu: {_end(files['zincir.jsonl'])}")
    for fault in faults:
        _say(f"DİKKAT: {fault.what}")
    return 1 if faults else 0


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _end(chain: bytes) -> str:
    lines = chain.decode().splitlines()
    return str(json.loads(lines[-1])["link"]) if lines else dogrula.START


def dossier(reads: Reads, book: Rulebook, ref: ItemRef, templates: Path, now: datetime) -> dict[str, bytes]:
    """The files of the dossier by name, without the manifest. Raises DossierRefused for an unknown item."""
    item = reads.item(ref)
    if item is None:
        raise DossierRefused(f"{ref} diye bir kayıt yok; “mailbot items --all” listesine bakınız.")
    records = reads.records(ref)
    letters = _letters(reads, ref)
    mails = reads.deliveries(ref, limit=_LETTERS)
    came = {f"gelen/{number:03}.eml": letter for number, letter in enumerate(letters, 1)}
    went = {f"giden/{number:03}.eml": mail for number, mail in enumerate(mails, 1)}
    files = {path: reads.blob(letter.digest) for path, letter in came.items()}
    files |= {path: mail.head + b"\r\n" + reads.blob(mail.body) for path, mail in went.items()}
    attached = {f.digest: f for v in item.versions for f in _files_of(v)}
    files |= {_path_of(file): reads.blob(file.digest) for file in attached.values()}
    files["kayit.json"] = _json(_item_row(item, now))
    files["iletiler.json"] = _json([*_letter_rows(came), *_mail_rows(went, files)])
    files["zincir.jsonl"] = b"".join(_line(_record_row(record)) for record in records)
    files["rapor.html"] = _report(book, item, records, letters, mails, templates, now).encode()
    files["dogrula.py"] = Path(dogrula.__file__).read_bytes()
    files["OKUYUN.txt"] = _README.format(ref=ref).encode()
    return files


def write_zip(target: Path, files: Mapping[str, bytes]) -> None:
    """One zip in a folder of its own name. Raises FileExistsError, OSError; half a file never stays."""
    manifest = "".join(f"{digest_of(data)}  {name}\n" for name, data in sorted(files.items()))
    everything = {**files, MANIFEST: manifest.encode()}
    with target.open("xb") as opened:
        try:
            with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in sorted(everything.items()):
                    member = zipfile.ZipInfo(f"{target.stem}/{name}", _EPOCH)
                    member.compress_type = zipfile.ZIP_DEFLATED
                    member.external_attr = 0o600 << 16
                    archive.writestr(member, data)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _letters(reads: Reads, ref: ItemRef) -> list[StoredLetter]:
    """Every letter of the item, oldest first."""
    states = [state for state in LetterState if state is not LetterState.OLD]
    return list(reads.letters(ref=ref, states=states, limit=_LETTERS))


def _files_of(version: Version) -> Iterator[FileRef]:
    for value in version.bound.values():
        if isinstance(value, tuple):
            yield from value


def _path_of(file: FileRef) -> str:
    """Where the attachment lies: found by its digest, readable by its name."""
    name = re.sub(r"[^\w.() -]", "_", file.name).strip(". ")[-80:] or "dosya"
    return f"ekler/{file.digest[:16]}-{name}"


def _json(value: object) -> bytes:
    # ASCII: words with broken surrogates from a mail survive the way through a file.
    return (json.dumps(value, indent=1, default=_plain) + "\n").encode()


def _line(value: object) -> bytes:
    return (json.dumps(value, default=_plain) + "\n").encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _bound(value: FieldValue) -> dict[str, object]:
    match value:
        case str():
            return {"text": value}
        case datetime():
            return {"time": value}
        case _:
            return {
                "files": [
                    {"name": f.name, "type": f.content_type, "digest": f.digest, "path": _path_of(f)}
                    for f in value
                ]
            }


def _item_row(item: Item, now: datetime) -> dict[str, object]:
    """No keys: an open item's would still be good."""
    return {
        "ref": str(item.ref),
        "workflow": item.workflow,
        "title": item.title,
        "stage": item.stage,
        "opened_at": item.opened_at,
        "opened_by": str(item.opened_by),
        "released_at": item.released_at,
        "versions": [
            {
                "number": v.number,
                "digest": v.digest,
                "made_at": v.made_at,
                "by": str(v.by),
                "letter": v.letter,
                "bound": {name: _bound(value) for name, value in v.bound.items()},
            }
            for v in item.versions
        ],
        "links": [{"channel": link.channel, "url": link.url, "at": link.at} for link in item.links],
        "written_at": now,
        "program": f"mailbot {__version__}",
    }


def _letter_rows(came: Mapping[str, StoredLetter]) -> Iterator[dict[str, object]]:
    for path, letter in came.items():
        yield {
            "path": path,
            "digest": letter.digest,
            "direction": "gelen",
            "at": letter.arrived,
            "who": letter.sender,
            "subject": letter.subject,
            "message_id": letter.message_id,
            "kind": letter.kind,
            "state": letter.state.value,
        }


def _mail_rows(went: Mapping[str, Delivery], files: Mapping[str, bytes]) -> Iterator[dict[str, object]]:
    for path, mail in went.items():
        yield {
            "path": path,
            "digest": digest_of(files[path]),
            "direction": "giden",
            "at": mail.sent_at,
            "who": str(mail.recipient),
            "subject": mail.subject,
            "message_id": mail.message_id,
            "kind": mail.template,
            "state": mail.state.value,
            "version": mail.version,
            "reply": mail.reply,
        }


def _record_row(record: StoredRecord) -> dict[str, object]:
    return {
        "ref": str(record.ref),
        "seq": record.seq,
        "at": record.at,
        "kind": record.kind,
        "text": record.text,
        "data": record.data,
        "salt": record.salt,
        "content": record.content,
        "state": record.state,
        "link": record.link,
    }


def _report(
    book: Rulebook,
    item: Item,
    records: Sequence[StoredRecord],
    letters: Sequence[StoredLetter],
    mails: Sequence[Delivery],
    templates: Path,
    now: datetime,
) -> str:
    """The report as HTML, from the unit's own template."""
    workflow = book.workflows.get(item.workflow)
    numbers = {letter.digest: number for number, letter in enumerate(letters, 1)}
    values: dict[str, object] = {
        "unit": book.unit,
        "item": item,
        "stage": stage_title(workflow, item) if workflow else item.stage,
        "versions": [_version_values(book, v) for v in item.versions],
        "answers": list(_answer_values(book, item, numbers.get)),
        "records": [r for r in records if r.text],
        "mails": [
            {
                "who": str(m.recipient),
                "subject": m.subject,
                "state": STATE_LABELS[m.state],
                "at": m.sent_at,
            }
            for m in mails
        ],
        "end": records[-1].link if records else dogrula.START,
        "now": now,
        "program": f"mailbot {__version__}",
    }
    try:
        return page_of(templates, REPORT, values)
    except RenderError as error:
        raise DossierRefused(str(error)) from error


def _version_values(book: Rulebook, version: Version) -> dict[str, object]:
    bound = version.bound
    to = bound.get("to")
    return {
        "number": version.number,
        "digest": version.digest,
        "made_at": version.made_at,
        "by": person_name(book, version.by),
        "title": bound.get("title", ""),
        "text": bound.get("text", ""),
        "to": DESTINATIONS.get(to, to) if isinstance(to, str) else "",
        "embargo": bound.get("embargo") or None,
        "files": list(_files_of(version)),
    }


def _answer_values(
    book: Rulebook, item: Item, number_of: Callable[[Digest], int | None]
) -> Iterator[dict[str, object]]:
    for ask in item.asks:
        given = [*ask.history, *([ask.answer] if ask.answer else [])]
        for answer in given:
            letter = number_of(answer.letter) if answer.letter else None
            yield {
                "office": office_name(book, ask.office),
                "version": ask.version,
                "state": ASK_LABELS[ask.state] if answer is ask.answer else "",
                "decision": DECISION_LABELS[answer.decision],
                "person": person_name(book, answer.person),
                "address": str(answer.person),
                "at": answer.at,
                "words": answer.words,
                "proof": answer.proof,
                "proof_label": PROOF_LABELS[answer.level],
                "channel": answer.channel,
                "recorded_by": person_name(book, answer.recorded_by) if answer.recorded_by else "",
                "file": f"gelen/{letter:03}.eml" if letter else "",
            }
        if not given:
            yield {
                "office": office_name(book, ask.office),
                "version": ask.version,
                "state": ASK_LABELS[ask.state],
                "decision": "",
            }
