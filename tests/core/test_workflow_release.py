"""From the staff mail to the release: order of asks, the pause, the gate, the end (1.1.1 to 1.1.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.core.decision import Decision
from mailbot.core.item import CANCELLED, CLOSED, AskState, Hold
from mailbot.core.letter import ProofLevel
from mailbot.core.outcome import Purpose
from mailbot.core.trigger import Changed, TimerFired
from mailbot.core.values import Office
from tests.core.books import (
    BOOK,
    DIRECTOR,
    EDITOR,
    EMERGENCY_GM,
    EXTERNALS,
    GOVERNOR,
    HEALTH_GM,
    MINISTRY,
    MONDAY,
    address_of,
)
from tests.core.drive import PHOTO, PRESS, WEB, Drive, actor, kinds, mail_of, offices_of, templates

PAUSE = timedelta(minutes=10)


def test_a_complete_mail_asks_the_director_at_once_and_tells_staff_what_was_understood() -> None:
    run = Drive().open()

    assert run.item.stage == "mudur_onayinda"
    assert templates(run.last) == ["kayit-acildi", "haber-mudur-onayi"]
    assert run.item.version is not None
    assert run.item.version.alone
    assert run.item.revision == 1


def test_web_only_needs_the_director_and_nobody_else() -> None:
    run = Drive().open(WEB).approve(DIRECTOR)

    assert run.item.stage == "bekliyor"
    run.wait(PAUSE)
    assert [m.template for m in run.released()] == ["yayin-gorevi"]
    assert {ask.office for ask in run.item.asks} == {DIRECTOR}


def test_for_the_press_three_offices_are_asked_after_the_director_each_with_a_key_of_its_own() -> None:
    run = Drive().open()
    before = offices_of(run.last, "haber-dis-onay")
    run.approve(DIRECTOR)

    asks = [m for m in run.last.mails if m.template == "haber-dis-onay"]
    people = [r for m in asks for r in m.to]
    assert before == []
    assert offices_of(run.last, "haber-dis-onay") == list(EXTERNALS)
    assert all(len(m.to) == 1 for m in asks)
    assert len({r.token for r in people}) == len(people) == 4  # the ministry has two people
    assert all("sekreter" not in r.address.text for r in people)


@pytest.mark.parametrize(
    "order",
    [(GOVERNOR, HEALTH_GM, MINISTRY), (MINISTRY, GOVERNOR, HEALTH_GM), (HEALTH_GM, MINISTRY, GOVERNOR)],
)
def test_the_offices_outside_answer_in_any_order(order: tuple[Office, ...]) -> None:
    run = Drive().open().approve(DIRECTOR)
    for office in order[:-1]:
        run.approve(office)
        assert run.item.stage == "dis_onayda"
    run.approve(order[-1])

    assert run.item.stage == "bekliyor"


def test_the_release_comes_after_the_pause_to_each_outlet_with_the_gate_closed_around_it() -> None:
    run = Drive().open({**PRESS, "photos": (PHOTO,)}).all_approve()
    assert run.released() == []

    run.wait(PAUSE - timedelta(seconds=1))
    assert run.released() == []
    run.wait(timedelta(seconds=1))

    release, task = run.released()
    version = run.item.version
    assert version is not None
    assert (release.template, release.purpose, release.gate) == (
        "haber-servis",
        Purpose.RELEASE,
        version.digest,
    )
    assert (task.template, task.purpose, task.gate) == ("yayin-gorevi", Purpose.TASK, version.digest)
    assert [r.address.text for r in release.to] == ["haber@gazete.example", "haber@ajans.example"]
    assert all(r.token is None for r in release.to)
    assert [r.address for r in task.to] == [EDITOR]
    assert release.files == (PHOTO,)
    assert run.item.released_at == run.now


def test_the_pause_is_announced_to_staff_and_to_whoever_is_proved_by_key_and_address_alone() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.answer(MINISTRY, Decision.APPROVE, level=ProofLevel.DMARC)
    run.answer(HEALTH_GM, Decision.APPROVE, level=ProofLevel.DMARC)
    run.answer(GOVERNOR, Decision.APPROVE, level=ProofLevel.KEY)

    notices = [m for m in run.last.mails if m.template == "duraklama-bildirimi"]
    warned = {r.address for m in notices if m.purpose is Purpose.NOTICE for r in m.to}
    assert {m.purpose for m in notices} == {Purpose.STAFF, Purpose.NOTICE}
    assert warned == {address_of(DIRECTOR), address_of(GOVERNOR)}
    assert all(r.token is None for m in notices for r in m.to)
    assert notices[0].values["release_at"] == run.now + PAUSE
    assert notices[0].values["recipients"] == 2


def test_an_embargo_holds_the_release_until_its_instant() -> None:
    embargo = MONDAY + timedelta(hours=5)
    run = Drive().open({**PRESS, "embargo": embargo}).all_approve()

    run.wait(embargo - run.now - timedelta(seconds=1))
    assert run.released() == []
    run.wait(timedelta(seconds=1))
    assert len(run.released()) == 2


def test_an_embargo_within_the_pause_does_not_shorten_it() -> None:
    run = Drive().open({**PRESS, "embargo": MONDAY + timedelta(minutes=1)}).all_approve()

    run.wait(PAUSE - timedelta(seconds=1))
    assert run.released() == []
    run.wait(timedelta(seconds=1))
    assert len(run.released()) == 2


def test_a_wait_timer_that_fires_too_early_opens_nothing() -> None:
    run = Drive().open({**PRESS, "embargo": MONDAY + timedelta(hours=5)}).all_approve()
    run.do(TimerFired("wait:pause"))
    run.do(TimerFired("wait:embargo"))

    assert run.released() == []
    run.wait(timedelta(hours=5))
    assert len(run.released()) == 2, "the timers of the right instants still count"


def test_the_links_close_the_item_once_web_and_one_social_account_are_there() -> None:
    run = Drive().open(WEB).all_approve()
    run.wait(PAUSE)
    run.publish("web")
    assert run.item.stage == "yayinda"
    assert "komut-tamam" in templates(run.last)
    run.publish("X")

    assert run.item.stage == CLOSED
    assert "kapandi" in templates(run.last)
    assert run.timers == {}


def test_the_same_link_twice_is_one_link() -> None:
    run = Drive().open(WEB).all_approve()
    run.wait(PAUSE)
    run.publish("web")
    run.publish("web")

    assert len(run.item.links) == 1


def test_links_before_the_release_are_an_alarm_and_release_nothing() -> None:
    run = Drive().open()
    run.publish("web")

    assert run.item.links == ()
    assert templates(run.last) == ["erken-yayin"]
    assert run.released() == []


def test_a_list_without_anybody_stops_the_release_until_it_is_filled() -> None:
    empty = replace(BOOK, lists={"yerel-basin": replace(BOOK.lists["yerel-basin"], members=())})
    run = Drive(empty).open().all_approve()
    run.wait(PAUSE)

    assert run.released() == []
    assert run.item.hold is Hold.STOPPED
    assert "yerel-basin" in str(mail_of(run.last, "durduruldu").values["reason"])

    run.book = BOOK
    run.resume()
    run.wait(PAUSE)
    assert len(run.released()) == 2


def test_content_that_differs_from_the_approved_version_is_stopped_at_the_gate() -> None:
    run = Drive().open().all_approve()
    run.item = replace(run.item, fields={**run.item.fields, "text": "Başka bir metin."})
    run.wait(PAUSE)

    assert run.released() == []
    assert run.item.hold is Hold.STOPPED
    assert "gate" in kinds(run.last)


def test_a_version_whose_stored_content_was_altered_is_stopped_at_the_gate() -> None:
    run = Drive().open().all_approve()
    version = run.item.version
    assert version is not None
    forged = replace(version, bound={**version.bound, "text": "Başka bir metin."})
    run.item = replace(run.item, versions=(forged,), fields=dict(forged.bound))
    run.wait(PAUSE)

    assert run.released() == []


# -- what is missing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "label"), [("to", "Yayın yeri"), ("text", "Metin"), ("title", "Başlık")])
def test_what_is_missing_is_asked_of_staff_and_nobody_is_asked_before(field: str, label: str) -> None:
    run = Drive().open({k: v for k, v in PRESS.items() if k != field})

    assert run.item.missing == (label,)
    assert templates(run.last) == ["kayit-acildi"]
    assert not run.item.asks
    assert run.item.version is None

    run.change(**{field: PRESS[field]})
    assert run.item.stage == "mudur_onayinda"
    assert len(run.item.missing) == 0


def test_a_version_made_of_two_mails_is_not_answered_by_answering_the_first() -> None:
    run = Drive().open({"title": "Yürüyüş", "to": "web"})
    run.change(text="Metin sonradan geldi.")

    assert run.item.version is not None
    assert not run.item.version.alone


@pytest.mark.parametrize("department", [None, "hukuk"])
def test_an_unknown_general_directorate_is_asked_of_staff_once_the_director_has_approved(
    department: str | None,
) -> None:
    run = Drive().open(department=department).approve(DIRECTOR)
    assert run.item.stage == "dis_onayda"
    assert "Genel Müdürlük" in run.item.missing[0]
    assert offices_of(run.last, "haber-dis-onay") == [MINISTRY, GOVERNOR], "the others need not wait"

    run.do(Changed(actor(), gm=EMERGENCY_GM))
    assert offices_of(run.last, "haber-dis-onay") == [EMERGENCY_GM]
    assert run.item.missing == ()
    run.approve(MINISTRY, GOVERNOR)
    assert run.item.stage == "dis_onayda"
    run.approve(EMERGENCY_GM)
    assert run.item.stage == "bekliyor"


def test_another_general_directorate_during_the_pause_is_asked_before_anything_leaves() -> None:
    run = Drive().open().all_approve()
    run.do(Changed(actor(), gm=EMERGENCY_GM))

    assert run.item.stage == "dis_onayda"
    assert offices_of(run.last, "haber-dis-onay") == [EMERGENCY_GM]
    run.wait(timedelta(hours=1))
    assert run.released() == []
    run.approve(EMERGENCY_GM)
    run.wait(PAUSE)
    assert len(run.released()) == 2


def test_an_office_that_is_no_longer_needed_is_withdrawn_and_not_reminded() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.do(Changed(actor(), gm=EMERGENCY_GM))

    assert run.ask(HEALTH_GM).state is AskState.WITHDRAWN
    assert offices_of(run.last, "iptal-bildirimi") == []
    reminded = [o for outcome in run.wait(timedelta(hours=8)) for o in offices_of(outcome, "hatirlatma")]
    assert HEALTH_GM not in reminded
    assert EMERGENCY_GM in reminded


def test_an_office_without_an_address_today_is_named_to_staff_and_asked_once_it_has_one() -> None:
    nobody = replace(BOOK.offices[GOVERNOR], people=())
    without = replace(BOOK, offices={**BOOK.offices, GOVERNOR: nobody})
    run = Drive(without).open().approve(DIRECTOR)

    assert "Valilik" in run.item.missing[0]
    assert "kayit-acildi" in templates(run.last)
    assert offices_of(run.last, "haber-dis-onay") == [MINISTRY, HEALTH_GM]
    run.approve(MINISTRY, HEALTH_GM)
    assert run.item.stage == "dis_onayda"

    run.book = BOOK
    run.resume()
    assert offices_of(run.last, "haber-dis-onay") == [GOVERNOR]
    assert run.item.missing == ()


def test_an_office_without_an_address_can_be_waived_where_the_directory_allows_it() -> None:
    nobody = replace(BOOK.offices[HEALTH_GM], people=())
    run = Drive(replace(BOOK, offices={**BOOK.offices, HEALTH_GM: nobody})).open().approve(DIRECTOR)
    run.waive(HEALTH_GM, "haberle ilgisi yok")

    assert run.item.missing == ()
    run.approve(MINISTRY, GOVERNOR)
    assert run.item.stage == "bekliyor"


# -- the end --------------------------------------------------------------------------------------------


def test_a_cancelled_item_tells_everybody_who_was_asked_and_nothing_else_leaves() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY)
    run.cancel()

    assert run.item.stage == CANCELLED
    assert set(offices_of(run.last, "iptal-bildirimi")) == {DIRECTOR, *EXTERNALS}
    assert Purpose.ASK in run.last.cancel_mails
    assert run.timers == {}
    run.approve(HEALTH_GM, GOVERNOR)
    run.wait(timedelta(days=3))
    assert run.released() == []


def test_whoever_was_asked_for_an_older_version_hears_of_the_cancelling_too() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.change(text="Yeni metin.")
    run.waive(HEALTH_GM)
    run.cancel()

    assert HEALTH_GM in offices_of(run.last, "iptal-bildirimi")


def test_a_released_item_cannot_be_cancelled_or_changed() -> None:
    run = Drive().open().all_approve()
    run.wait(PAUSE)
    run.cancel()
    assert templates(run.last) == ["hatali-ileti"]
    run.change(text="Yeni metin.")
    assert templates(run.last) == ["hatali-ileti"]
    assert run.item.stage == "yayinda"
    assert len(run.item.versions) == 1


def test_closing_while_somebody_is_still_asked_is_refused_and_says_how_to_cancel() -> None:
    run = Drive().open()
    run.close()

    assert run.item.open
    assert "İPTAL" in str(mail_of(run.last, "hatali-ileti").values["what_to_do"])


def test_closing_after_the_release_needs_no_links() -> None:
    run = Drive().open().all_approve()
    run.wait(PAUSE)
    run.close()

    assert run.item.stage == CLOSED


def test_a_cancelled_item_stays_cancelled() -> None:
    run = Drive().open()
    run.cancel()
    run.close()

    assert run.item.stage == CANCELLED
    assert templates(run.last) == ["hatali-ileti"]


def test_timers_that_come_late_for_a_closed_item_do_nothing() -> None:
    run = Drive().open()
    run.cancel()
    for key in ("remind:mudur:1", "wait:pause", "wait:embargo"):
        run.do(TimerFired(key))
        assert run.last.mails == ()
        assert run.last.timers == ()


def test_the_release_moment_is_a_step_of_its_own_and_repeats_nothing() -> None:
    run = Drive().open().all_approve()
    run.wait(PAUSE)
    sent = len(run.released())
    run.do(TimerFired("wait:pause"))
    run.do(TimerFired("wait:embargo"))

    assert len(run.released()) == sent


def test_a_late_time_zone_is_the_same_embargo() -> None:
    embargo = MONDAY + timedelta(hours=5)
    run = Drive().open({**PRESS, "embargo": embargo})
    run.change(embargo=embargo.astimezone(UTC))

    assert run.version == 1
    assert isinstance(run.item.fields["embargo"], datetime)


def test_another_department_brings_its_own_general_directorate_with_it() -> None:
    run = Drive().open()
    run.do(Changed(actor(), gm=EMERGENCY_GM))
    run.do(Changed(actor(), department="halk-sagligi"))
    assert run.item.gm == EMERGENCY_GM, "the same department again takes nothing back"
    run.do(Changed(actor(), department="hukuk"))
    assert run.item.gm is None
