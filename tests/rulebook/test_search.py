"""The search through a workflow's states finds what must not be, with the path that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.core.rules import Collect, MailingList, Stage, Tell, Workflow
from mailbot.rulebook.load import load
from mailbot.rulebook.search import search
from tests.core.books import BOOK, NEWS

RULES = Path(__file__).parents[2] / "rules"


def with_stage(name: str, **changes: object) -> Workflow:
    stages = tuple(replace(s, **changes) if s.name == name else s for s in NEWS.stages)  # type: ignore[arg-type]
    return replace(NEWS, stages=stages)


@pytest.mark.parametrize("name", sorted(p.stem for p in (RULES / "workflows").glob("*.toml")))
def test_the_shipped_workflows_have_no_flaw(name: str) -> None:
    book = load(RULES).book
    assert search(book.workflows[name], book) == ()


def test_a_link_that_is_wanted_before_the_release_is_waited_for_for_ever() -> None:
    (flaw,) = search(with_stage("bekliyor", record=("web",)), BOOK)
    assert "“Yayın bekliyor” aşamasında kalıyor" in flaw.text
    assert flaw.path[0] == "kayıt açılır (press)" or flaw.path[0] == "kayıt açılır (web)"
    assert "İl Sağlık Müdürü onaylar" in flaw.path


def test_an_acknowledgement_of_nothing_is_waited_for_for_ever() -> None:
    (flaw,) = search(with_stage("bekliyor", wait=("ack",)), BOOK)
    assert "kalıyor" in flaw.text


def test_a_text_that_leaves_before_its_approvals_is_shown_with_the_way_there() -> None:
    early = Stage("erken", "Erken", tell=(Tell("list:yerel-basin", "haber-servis"),))
    flaws = search(replace(NEWS, stages=(*NEWS.stages[:2], early, *NEWS.stages[2:])), BOOK)
    assert any("“haber-servis” onaylar tamamlanmadan gidiyor" in f.text for f in flaws)
    assert all("İl Sağlık Müdürü onaylar" in f.path for f in flaws if "haber-servis" in f.text)


def test_a_mail_to_nobody_is_found() -> None:
    nobody = replace(
        BOOK,
        lists={
            "yerel-basin": MailingList(
                "yerel-basin", "Yerel basın", (), "", BOOK.lists["yerel-basin"].closing
            )
        },
    )
    told = Stage("haberli", "Haberli", tell=(Tell("list:yerel-basin", "x", {"to": "press"}),))
    flaws = search(replace(NEWS, stages=(told, *NEWS.stages)), nobody)
    assert any("kayıtlı alıcı yok" in f.text for f in flaws)


def test_a_draft_that_nobody_can_be_asked_for_does_not_hang_the_item() -> None:
    """Staff may always write the text themselves: collecting is no dead end."""
    collect = Collect(("text",), "$department", "haber-mudur-onayi")
    assert search(with_stage("taslak", collect=collect), BOOK) == ()
