"""Copies of one distribution are parsed once; anything that is not such a copy is looked at anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot.app import gate
from mailbot.core.advance import bound_fields
from mailbot.core.item import Ask, AskState, Item, version_digest
from mailbot.core.outcome import Purpose
from mailbot.core.scene import Scene
from mailbot.core.values import Address, ItemRef, MessageId, Office, Token, digest_of
from mailbot.ports.store import Delivery, MailState
from mailbot.resources import rules_dir
from mailbot.rulebook.load import load
from tests.app.test_gate import TEXT, mail, version

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def scene() -> Scene:
    book = load(rules_dir()).book
    return Scene(book.workflows["news"], book, NOW, iter([Token.from_bits(1)]))


@pytest.fixture
def item(scene: Scene) -> Item:
    offices = [Office(name) for name in ("mudur", "bakanlik", "hsgm", "valilik")]
    plain = Item(
        ref=ItemRef("DNZ", "HBR", 2026, 1), workflow="news", stage="yayinda", opened_at=NOW,
        opened_by=Address("a@b.example"), fields=version().bound, mode="canli", gm=Office("hsgm"),
        asks=tuple(Ask(office, 1, AskState.WAIVED, NOW, ()) for office in offices),
    )  # fmt: skip
    bound = bound_fields(scene, plain)
    return replace(plain, versions=(replace(version(), bound=bound, digest=version_digest(bound)),))


def copy_of(
    item: Item, message: bytes, recipient: str, subject: str = "Denizli - Başlık"
) -> tuple[Delivery, bytes]:
    """A row of the outbox as the renderer makes it: a head of the copy's own, a body of all copies."""
    head, _, body = message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").partition(b"\r\n\r\n")
    own = f"To: {recipient}\r\nMessage-ID: <{recipient}>\r\n".encode()
    shared = b"\r\n".join(f for f in head.split(b"\r\n") if not f.startswith(b"Subject"))
    line = f"\r\nSubject: {subject}\r\n".encode()
    delivery = Delivery(
        1, ItemRef("DNZ", "HBR", 2026, 1), Address(recipient), MessageId(f"<{recipient}>"), "haber-servis",
        Purpose.RELEASE, subject, MailState.SENDING, 1, NOW, NOW, None, "", 1, None,
        item.versions[0].digest, False,
        digest_of(body), own + shared + line,
    )  # fmt: skip
    return delivery, body


def look(checked: gate.Checked, scene: Scene, item: Item, copy: tuple[Delivery, bytes]) -> str | None:
    delivery, body = copy
    return checked.blocked(scene, item, delivery, body, digest_of(body))


def test_an_equal_copy_is_not_parsed_again(scene: Scene, item: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    checked, same = gate.Checked(), mail()
    assert look(checked, scene, item, copy_of(item, same, "a@b.example")) is None

    def parsed(message: bytes, of: object, *more: object) -> str:
        return "parsed"

    monkeypatch.setattr(gate, "content_difference", parsed)
    assert look(checked, scene, item, copy_of(item, same, "c@d.example")) is None
    later = replace(item, revision=item.revision + 1)
    assert look(checked, scene, later, copy_of(item, same, "e@f.example")) == "parsed"
    assert look(checked, scene, item, copy_of(item, same, "e@f.example", subject="Başka")) == "parsed"


def test_another_body_is_looked_at_even_under_a_remembered_digest(scene: Scene, item: Item) -> None:
    checked = gate.Checked()
    right, body = copy_of(item, mail(), "a@b.example")
    assert look(checked, scene, item, (right, body)) is None
    _, wrong = copy_of(item, mail(plain=f"Başlık\n\n{TEXT.replace('şu', 'bu')}\n"), "c@d.example")
    assert look(checked, scene, item, (right, wrong)) is not None


def test_approvals_are_asked_for_every_copy(scene: Scene, item: Item) -> None:
    checked = gate.Checked()
    copy = copy_of(item, mail(), "a@b.example")
    assert look(checked, scene, item, copy) is None
    withdrawn = replace(item, asks=(*item.asks[:-1], replace(item.asks[-1], state=AskState.OPEN)))
    assert look(checked, scene, withdrawn, copy) is not None
    changed = replace(item, fields={**item.fields, "text": "Başka bir metin."})
    assert look(checked, scene, changed, copy) is not None
