"""Reminders: in working hours, one after an outage, then staff; silence is never consent (E2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailbot.core.decision import Decision
from mailbot.core.item import AskState
from mailbot.core.outcome import Purpose
from mailbot.core.trigger import TimerFired
from mailbot.core.worktime import ISTANBUL
from tests.core.books import DIRECTOR, GOVERNOR, HEALTH_GM, MINISTRY
from tests.core.drive import Drive, mail_of, offices_of, templates


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ISTANBUL)


def test_the_first_reminder_comes_after_two_working_hours() -> None:
    run = Drive().open()

    assert run.timers == {"remind:mudur:1": _at(23, 13)}
    assert [templates(o) for o in run.wait(timedelta(hours=3))] == [["hatirlatma"]]
    order = run.last.mails[0]
    assert order.purpose is Purpose.REMINDER
    assert order.to[0].token == run.ask(DIRECTOR).copies[0].token


def test_an_ask_of_friday_evening_is_reminded_on_monday() -> None:
    run = Drive(now=datetime(2026, 11, 20, 16, 30, tzinfo=ISTANBUL)).open()

    assert run.timers == {"remind:mudur:1": _at(23, 9, 30)}


def test_the_reminder_answers_the_ask_in_its_thread() -> None:
    run = Drive().open()
    token = run.ask(DIRECTOR).copies[0].token
    run.wait(timedelta(hours=3))

    assert run.last.mails[0].reply_to_id == f"<dnz-hbr-2026-0001.1.{token}@unit.example>"


def test_after_the_last_reminder_staff_are_told_to_phone_and_nothing_is_approved() -> None:
    run = Drive().open()
    fired = run.wait(timedelta(days=10))

    assert [templates(o) for o in fired] == [["hatirlatma"], ["hatirlatma", "onay-gecikti"]]
    assert run.ask(DIRECTOR).state is AskState.OPEN
    assert run.item.stage == "mudur_onayinda"
    assert run.released() == []


def test_after_an_outage_there_is_one_reminder_not_all_that_were_missed() -> None:
    run = Drive().open()
    run.now = _at(26, 11)  # three days later: the timer of Monday is found due
    key = next(iter(run.timers))
    run.timers.clear()
    run.do(TimerFired(key))

    assert templates(run.last) == ["hatirlatma"]
    assert all(due > run.now for due in run.timers.values())


def test_a_timer_found_due_at_night_waits_for_the_morning() -> None:
    run = Drive().open()
    run.now = _at(24, 3)
    run.timers.clear()
    run.do(TimerFired("remind:mudur:1"))

    assert run.last.mails == ()
    assert run.timers == {"remind:mudur:1": _at(24, 8)}


def test_whoever_answered_is_not_reminded() -> None:
    run = Drive().open().approve(DIRECTOR, GOVERNOR)
    fired = run.wait(timedelta(hours=8))

    assert [o for outcome in fired for o in offices_of(outcome, "hatirlatma")] == [MINISTRY, HEALTH_GM]


def test_an_office_that_said_later_is_left_alone_until_the_next_morning() -> None:
    run = Drive().open()
    run.answer(DIRECTOR, Decision.DEFER, "Yarın bakarım.")

    assert run.timers == {"remind:mudur:1": _at(24, 9)}
    assert run.ask(DIRECTOR).state is AskState.OPEN
    assert "yanit-bildirimi" in templates(run.last)
    run.do(TimerFired("remind:mudur:1"))
    assert "hatirlatma" not in templates(run.last), "an earlier timer does not break the promise"


def test_nobody_is_reminded_while_the_item_is_held_and_again_after_it() -> None:
    run = Drive().open()
    run.stop()
    assert [t for o in run.wait(timedelta(days=1)) for t in templates(o)] == []
    run.resume()
    fired = run.wait(timedelta(days=1))

    assert "hatirlatma" in [t for o in fired for t in templates(o)]


def test_an_old_version_is_not_reminded() -> None:
    run = Drive().open()
    run.change(text="Yeni metin.")

    assert set(run.timers) == {"remind:mudur:2"}
    run.do(TimerFired("remind:mudur:1"))
    assert run.last.mails == ()


def test_a_verbal_record_of_one_office_does_not_push_the_reminders_of_the_others() -> None:
    run = Drive().open().approve(DIRECTOR)
    due = dict(run.timers)
    run.now += timedelta(hours=1)
    run.rule(HEALTH_GM, Decision.APPROVE)

    assert run.timers == {k: v for k, v in due.items() if "hsgm" not in k}


def test_the_late_mail_names_the_office() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.approve(MINISTRY, GOVERNOR)
    run.wait(timedelta(days=1))

    late = [o for o in run.outcomes if "onay-gecikti" in templates(o)]
    assert [mail_of(o, "onay-gecikti").values["office"] for o in late] == ["Halk Sağlığı GM"]
