"""What answers do: versions, waivers, verbal records, refusals, contradictions (E3, E4, E5, E12, E17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mailbot.core.decision import Decision
from mailbot.core.item import AskState, Hold
from mailbot.core.letter import ProofLevel
from mailbot.core.outcome import Purpose
from mailbot.core.trigger import Undelivered
from tests.core.books import (
    BOOK,
    DEPUTY,
    DIRECTOR,
    EXTERNALS,
    GOVERNOR,
    HEALTH_GM,
    MINISTRY,
    STAFF,
    address_of,
    with_deputy,
    with_office,
)
from tests.core.drive import PHOTO, WEB, Drive, actor, kinds, mail_of, offices_of, templates

PAUSE = timedelta(minutes=10)


# -- a new version -------------------------------------------------------------------------------------


def test_a_wanted_change_goes_back_to_staff_and_the_new_text_is_asked_of_everybody_at_once() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY)
    run.answer(GOVERNOR, Decision.REVISE, "Valimizin adı eklenirse uygundur.")
    assert run.item.stage == "taslak"
    assert "duzeltme-istendi" in templates(run.last)

    run.change(text="Valimizin katılımıyla yürüyüş yapıldı.")
    assert run.version == 2
    assert offices_of(run.last, "haber-yeni-surum") == [DIRECTOR, *EXTERNALS]
    order = next(m for m in run.last.mails if m.template == "haber-yeni-surum")
    assert order.values["previous_version"] == 1
    assert order.values["changes"], "the difference is shown"
    assert {a.state for a in run.item.asks if a.version == 1} == {AskState.STALE}


def test_approvals_of_the_old_version_do_not_count_for_the_new_one() -> None:
    run = Drive().open().all_approve()
    run.change(text="Yeni metin.")
    run.wait(timedelta(days=2))

    assert run.released() == []
    run.approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.wait(timedelta(days=2))
    assert run.released() == []
    run.approve(HEALTH_GM)
    run.wait(timedelta(days=2))
    assert [m.version for m in run.released()] == [2, 2]


def test_the_offices_outside_need_not_wait_for_the_director_with_a_changed_text() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.change(text="Yeni metin.")
    run.approve(GOVERNOR, HEALTH_GM, MINISTRY)
    assert run.item.stage == "mudur_onayinda"
    run.approve(DIRECTOR)

    assert run.item.stage == "bekliyor"


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Başka."},
        {"title": "Başka başlık"},
        {"photos": (PHOTO,)},
        {"embargo": Drive().now + timedelta(hours=3)},
    ],
    ids=lambda c: next(iter(c)),
)
def test_every_bound_field_makes_a_version(change: dict[str, object]) -> None:
    run = Drive().open()
    run.change(**change)  # type: ignore[arg-type]

    assert run.version == 2


def test_an_unbound_field_makes_no_version() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.change(event="Halk yürüyüşü")

    assert run.version == 1
    assert run.ask(DIRECTOR).state is AskState.APPROVED


def test_going_back_to_the_first_text_is_a_third_version() -> None:
    run = Drive().open().approve(DIRECTOR)
    first = run.item.fields["text"]
    run.change(text="Ara metin.")
    run.change(text=first)

    assert run.version == 3
    assert run.ask(DIRECTOR).state is AskState.OPEN


def test_the_difference_is_against_the_version_that_the_office_saw_last() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.change(text="İkinci.")
    run.waive(HEALTH_GM)
    run.change(text="Üçüncü.")
    previous = {
        r.office: m.values["previous_version"]
        for m in run.last.mails
        if m.template == "haber-yeni-surum"
        for r in m.to
    }

    assert previous == {DIRECTOR: 2, MINISTRY: 2, HEALTH_GM: 2, GOVERNOR: 2}


def test_from_press_to_web_only_the_offices_outside_are_not_asked_again() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.change(to="web")

    assert offices_of(run.last, "haber-yeni-surum") == [DIRECTOR]
    run.approve(DIRECTOR)
    assert run.item.stage == "bekliyor"


def test_an_approval_of_the_old_version_is_asked_back_for_the_new_one() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.change(text="Yeni metin.")
    run.answer(MINISTRY, Decision.APPROVE, version=1)

    assert run.ask(MINISTRY, 2).state is AskState.OPEN
    back = mail_of(run.last, "eski-surum")
    newest = next(c for c in run.ask(MINISTRY, 2).copies if c.address == address_of(MINISTRY))
    assert back.to[0].token == newest.token
    assert back.version == 2


def test_a_refusal_of_the_old_version_stops_the_new_one_until_staff_go_on() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.change(text="Yeni metin.")
    run.all_approve()
    run.answer(MINISTRY, Decision.REJECT, "Yayımlanmasın.", version=1)

    assert run.item.hold is Hold.CONTRADICTION
    run.wait(timedelta(days=1))
    assert run.released() == []
    run.resume()
    run.wait(PAUSE)
    assert len(run.released()) == 2


# -- waivers and verbal records --------------------------------------------------------------------------


def test_a_waiver_with_a_reason_stands_for_the_approval_of_this_version_alone() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.waive(HEALTH_GM)
    assert run.ask(HEALTH_GM).state is AskState.WAIVED
    assert run.item.stage == "bekliyor"

    run.change(text="Yeni metin.")
    assert run.ask(HEALTH_GM).state is AskState.OPEN


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_waiver_without_a_reason_is_refused(reason: str) -> None:
    run = Drive().open().approve(DIRECTOR)
    run.waive(HEALTH_GM, reason)

    assert run.ask(HEALTH_GM).state is AskState.OPEN
    assert templates(run.last) == ["hatali-ileti"]


def test_the_director_cannot_be_waived() -> None:
    run = Drive().open()
    run.waive(DIRECTOR)

    assert run.ask(DIRECTOR).state is AskState.OPEN
    assert templates(run.last) == ["hatali-ileti"]


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.REVISE])
def test_an_office_that_objected_cannot_be_waived_away(decision: Decision) -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.answer(HEALTH_GM, decision, "Basına verilmesin.")
    run.waive(HEALTH_GM)
    run.resume()
    run.wait(timedelta(days=1))

    assert run.ask(HEALTH_GM).state is not AskState.WAIVED
    assert run.released() == []


def test_a_given_approval_is_not_overwritten_by_a_waiver() -> None:
    run = Drive().open().approve(DIRECTOR, HEALTH_GM)
    run.waive(HEALTH_GM)

    assert run.ask(HEALTH_GM).state is AskState.APPROVED
    assert templates(run.last) == ["hatali-ileti"]


def test_an_office_that_nobody_asks_cannot_be_waived() -> None:
    run = Drive().open(WEB)
    run.waive(HEALTH_GM)

    assert templates(run.last) == ["hatali-ileti"]
    assert run.item.ask_of(HEALTH_GM, 1) is None


def test_an_office_may_be_waived_before_it_is_asked_and_is_then_not_asked() -> None:
    run = Drive().open()
    run.waive(HEALTH_GM)
    run.approve(DIRECTOR)

    assert offices_of(run.last, "haber-dis-onay") == [MINISTRY, GOVERNOR]


def test_an_office_that_refuses_after_a_waiver_stops_the_item() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.waive(HEALTH_GM)
    run.answer(HEALTH_GM, Decision.REJECT, "Uygun değildir.")

    assert run.item.hold is Hold.CONTRADICTION
    run.wait(timedelta(days=1))
    assert run.released() == []


def test_a_verbal_approval_counts_and_is_marked_until_the_written_one_comes() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.rule(HEALTH_GM, Decision.APPROVE)
    assert run.ask(HEALTH_GM).state is AskState.VERBAL
    assert run.item.stage == "bekliyor"

    run.answer(HEALTH_GM, Decision.APPROVE, "Uygundur.")
    assert run.ask(HEALTH_GM).state is AskState.APPROVED
    assert run.item.stage == "bekliyor"
    assert "written" in kinds(run.last)


def test_where_the_directory_forbids_it_a_verbal_approval_is_refused() -> None:
    strict = with_office(BOOK, replace(BOOK.offices[GOVERNOR], verbal=False))
    run = Drive(strict).open().approve(DIRECTOR, MINISTRY, HEALTH_GM)
    run.rule(GOVERNOR, Decision.APPROVE)

    assert run.ask(GOVERNOR).state is AskState.OPEN
    assert templates(run.last) == ["hatali-ileti"]


def test_a_verbal_refusal_is_heard_even_of_an_office_that_had_approved() -> None:
    run = Drive().open().all_approve()
    run.rule(GOVERNOR, Decision.REJECT, "Vali Bey vazgeçti")

    assert run.ask(GOVERNOR).state is AskState.REJECTED
    assert run.item.hold is Hold.REJECTED
    run.wait(timedelta(days=1))
    assert run.released() == []


def test_a_ruling_that_decides_nothing_is_refused() -> None:
    run = Drive().open()
    run.rule(DIRECTOR, Decision.UNCLEAR)

    assert templates(run.last) == ["hatali-ileti"]
    assert run.ask(DIRECTOR).state is AskState.OPEN


def test_a_ruling_without_an_office_means_the_only_one_outstanding() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.rule(None, Decision.APPROVE)
    assert run.ask(HEALTH_GM).state is AskState.VERBAL


def test_a_ruling_without_an_office_is_refused_while_several_are_outstanding() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY)
    run.rule(None, Decision.APPROVE)

    assert templates(run.last) == ["hatali-ileti"]
    assert run.ask(GOVERNOR).state is AskState.OPEN
    assert run.ask(HEALTH_GM).state is AskState.OPEN


def test_a_verbal_approval_of_one_office_does_not_lift_the_objection_of_another() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY)
    run.answer(GOVERNOR, Decision.REJECT, "Uygun değildir.")
    run.rule(HEALTH_GM, Decision.APPROVE)

    assert run.item.hold is Hold.REJECTED
    run.wait(timedelta(days=1))
    assert run.released() == []


def test_a_verbal_approval_of_one_office_does_not_settle_the_doubt_about_another() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.answer(GOVERNOR, Decision.UNCLEAR, "Bir dakika, emin değiliz.")
    assert run.item.hold is Hold.CONTRADICTION
    run.rule(HEALTH_GM, Decision.APPROVE)
    run.wait(timedelta(days=1))

    assert run.item.hold is Hold.CONTRADICTION
    assert run.released() == []


# -- refusals ---------------------------------------------------------------------------------------------


def test_a_refusal_stops_everything_and_offers_three_ways() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.answer(HEALTH_GM, Decision.REJECT, "Basına servis edilmesi uygun görülmemiştir.")

    assert run.item.hold is Hold.REJECTED
    assert "ret-geldi" in templates(run.last)
    assert run.wait(timedelta(days=2)) == []
    assert run.released() == []


def test_after_a_refusal_going_on_is_refused() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.answer(HEALTH_GM, Decision.REJECT, "Uygun değildir.")
    run.resume()

    assert run.item.hold is Hold.REJECTED
    assert templates(run.last) == ["hatali-ileti"]


def test_web_only_after_a_refusal_is_a_new_version_that_the_director_approves() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.answer(HEALTH_GM, Decision.REJECT, "Web sitesinde yayımlanabilir.")
    run.choose("web")

    assert run.item.hold is None
    assert offices_of(run.last, "haber-yeni-surum") == [DIRECTOR]
    run.approve(DIRECTOR)
    run.wait(PAUSE)
    assert [m.template for m in run.released()] == ["yayin-gorevi"]


def test_web_only_is_no_way_on_for_an_item_that_is_web_only() -> None:
    run = Drive().open(WEB)
    run.answer(DIRECTOR, Decision.REJECT, "Yayınlamayalım.")
    run.choose("web")

    assert templates(run.last) == ["hatali-ileti"]
    assert run.item.hold is Hold.REJECTED


def test_cancelling_after_a_refusal() -> None:
    run = Drive().open()
    run.answer(DIRECTOR, Decision.REJECT, "Yayınlamayalım.")
    run.choose("iptal")

    assert not run.item.open


def test_a_promised_new_version_keeps_the_item_held_until_it_comes() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.answer(MINISTRY, Decision.UNCLEAR, "Onayladık ama şimdi bilemedik.")
    run.choose("yeni")
    run.approve(HEALTH_GM)
    run.wait(timedelta(days=1))
    assert run.released() == []

    run.change(text="Yeni metin.")
    assert run.item.hold is None
    assert offices_of(run.last, "haber-yeni-surum") == [DIRECTOR, *EXTERNALS]


def test_choosing_without_a_refusal_is_refused() -> None:
    run = Drive().open()
    run.choose("web")

    assert templates(run.last) == ["hatali-ileti"]
    assert run.item.fields["to"] == "press"


def test_a_change_asked_for_and_then_a_refusal_is_the_refusal() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.answer(GOVERNOR, Decision.REVISE, "Başlığı değiştirin.")
    run.answer(GOVERNOR, Decision.REJECT, "Vazgeçtik, yayımlanmasın.")

    assert run.ask(GOVERNOR).state is AskState.REJECTED
    assert run.item.hold is Hold.REJECTED


def test_an_approval_after_a_refusal_changes_nothing_until_staff_confirm_it() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, HEALTH_GM)
    run.answer(GOVERNOR, Decision.REJECT, "Uygun değildir.")
    run.answer(GOVERNOR, Decision.APPROVE, "Uygundur.")
    run.wait(timedelta(days=1))
    assert run.released() == []
    assert "KARAR: ONAY" in str(mail_of(run.outcomes[-1], "yanit-bildirimi").values["next_step"])

    run.rule(GOVERNOR, Decision.APPROVE, "telefonla teyit edildi")
    assert run.item.hold is None
    run.wait(PAUSE)
    assert len(run.released()) == 2


# -- two answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.REVISE])
def test_approve_then_object_stops_the_item_before_the_release(decision: Decision) -> None:
    run = Drive().open().all_approve()
    run.answer(DIRECTOR, decision, "Bunu yayınlamayalım.")

    assert run.item.hold is Hold.CONTRADICTION
    assert "contradiction" in kinds(run.last)
    run.wait(timedelta(days=1))
    assert run.released() == []
    run.resume()
    assert run.item.hold is Hold.CONTRADICTION, "DEVAM does not overrule an objection"
    run.rule(DIRECTOR, Decision.APPROVE, "telefonla konuşuldu")
    run.wait(PAUSE)
    assert len(run.released()) == 2


@pytest.mark.parametrize("decision", [Decision.UNCLEAR, Decision.DEFER])
def test_approve_then_doubt_stops_the_item_until_staff_go_on(decision: Decision) -> None:
    run = Drive().open().all_approve()
    run.answer(MINISTRY, decision, "Bir dakika.")
    assert run.item.hold is Hold.CONTRADICTION
    run.wait(timedelta(days=1))
    assert run.released() == []
    run.resume()
    run.wait(PAUSE)

    assert len(run.released()) == 2


@pytest.mark.parametrize("decision", [Decision.NONE, Decision.QUESTION])
def test_thanks_or_a_question_after_the_approval_leave_it(decision: Decision) -> None:
    run = Drive().open().all_approve()
    run.answer(MINISTRY, decision, "Teşekkürler")
    run.wait(PAUSE)

    assert len(run.released()) == 2


def test_a_second_colleague_of_the_office_who_objects_stops_it_too() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY)
    run.answer(MINISTRY, Decision.REJECT, "Uygun değil.", person=address_of(MINISTRY, 2))

    assert run.item.hold is Hold.CONTRADICTION


def test_the_same_approval_twice_is_told_once_that_it_stands() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.answer(DIRECTOR, Decision.APPROVE, "Onay")

    order = mail_of(run.last, "zaten-sonuclandi")
    assert order.values["who"] == "İl Sağlık Müdürü 1. Masa"
    assert order.values["what"] == "Bu metin zaten onaylandı"
    assert order.once is not None
    assert order.to[0].token is None
    assert order.purpose is Purpose.NOTICE


def test_an_approval_after_the_release_says_already_and_by_whom() -> None:
    run = Drive().open().all_approve()
    run.wait(PAUSE)
    run.answer(MINISTRY, Decision.APPROVE, person=address_of(MINISTRY, 2))

    order = mail_of(run.last, "zaten-sonuclandi")
    assert order.values["what"] == "Bu haber zaten yayımlandı"
    assert order.values["who"] == "Bakanlık 1. Masa"


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.REVISE, Decision.QUESTION, Decision.UNCLEAR])
def test_an_objection_after_the_release_is_an_alarm_and_changes_nothing(decision: Decision) -> None:
    run = Drive().open().all_approve()
    run.wait(PAUSE)
    before = run.item.stage, run.item.hold, [a.state for a in run.item.asks]
    run.answer(DIRECTOR, decision, "Durdurun!")

    assert (run.item.stage, run.item.hold, [a.state for a in run.item.asks]) == before
    assert "DİKKAT" in str(mail_of(run.last, "yanit-bildirimi").values["next_step"])


def test_an_office_that_was_never_asked_changes_nothing() -> None:
    run = Drive().open()
    run.answer(GOVERNOR, Decision.APPROVE)

    assert kinds(run.last) == ["unasked"]
    assert run.item.ask_of(GOVERNOR, 1) is None


def test_an_answer_below_the_proof_that_its_office_needs_is_not_counted() -> None:
    strict = with_office(BOOK, replace(BOOK.offices[DIRECTOR], least_proof=ProofLevel.DMARC))
    run = Drive(strict).open()
    run.answer(DIRECTOR, Decision.APPROVE, level=ProofLevel.KEY)

    assert run.ask(DIRECTOR).state is AskState.OPEN
    run.answer(DIRECTOR, Decision.APPROVE, level=ProofLevel.DMARC)
    assert run.ask(DIRECTOR).state is AskState.APPROVED


# -- answers without a decision ----------------------------------------------------------------------------


def test_an_unclear_reply_costs_one_question_and_then_the_approval_counts() -> None:
    run = Drive().open()
    run.answer(DIRECTOR, Decision.UNCLEAR, "👍")
    assert run.ask(DIRECTOR).state is AskState.OPEN
    back = mail_of(run.last, "yanit-netlestirme")
    assert back.to[0].token == run.ask(DIRECTOR).copies[0].token
    assert back.once is not None
    assert "belirsiz-yanit" in templates(run.last)
    run.approve(DIRECTOR)

    assert run.item.stage == "dis_onayda"


def test_a_question_goes_to_staff_and_the_ask_stays_open() -> None:
    run = Drive().open()
    run.answer(DIRECTOR, Decision.QUESTION, "Bu fotoğraf hangi gün çekildi?")

    assert run.ask(DIRECTOR).state is AskState.OPEN
    assert templates(run.last) == ["yanit-bildirimi"]


def test_thanks_alone_leave_a_trace_and_no_mail() -> None:
    run = Drive().open()
    run.answer(DIRECTOR, Decision.NONE, "Elinize sağlık")

    assert run.last.mails == ()
    assert kinds(run.last) == ["answer"]
    assert len(run.ask(DIRECTOR).history) == 1


def test_an_unproved_reply_is_asked_back_with_a_fresh_key_and_locks_nobody_out() -> None:
    run = Drive().open()
    first = run.ask(DIRECTOR).copies[0].token
    run.unproved(DIRECTOR)

    back = mail_of(run.last, "kimlik-dogrulama")
    assert back.to[0].address == address_of(DIRECTOR)
    assert back.to[0].token not in (None, first)
    assert first in {c.token for c in run.ask(DIRECTOR).copies}, "the first key stays good"
    assert run.ask(DIRECTOR).state is AskState.OPEN


def test_a_flood_of_unproved_replies_does_not_grow_the_item() -> None:
    run = Drive().open()
    for _ in range(50):
        run.unproved(DIRECTOR)

    assert len(run.ask(DIRECTOR).copies) <= 3


def test_an_unproved_reply_to_a_settled_ask_is_only_noted() -> None:
    run = Drive().open().approve(DIRECTOR)
    run.unproved(DIRECTOR)

    assert "kimlik-dogrulama" not in templates(run.last)
    assert "unproved" in kinds(run.last)


# -- delivery, deputies -------------------------------------------------------------------------------------


def _bounce(run: Drive, number: int = 1) -> None:
    run.do(Undelivered(address_of(MINISTRY, number), None, 1, MINISTRY, "5.1.1 kutu yok"))


def test_an_ask_that_bounced_everywhere_was_never_asked() -> None:
    run = Drive().open().approve(DIRECTOR)
    _bounce(run)
    assert run.ask(MINISTRY).state is AskState.OPEN, "a colleague still has it"
    _bounce(run, 2)

    assert run.ask(MINISTRY).state is AskState.UNDELIVERED
    assert "teslim-edilemedi" in templates(run.last)
    reminded = [o for outcome in run.wait(timedelta(days=1)) for o in offices_of(outcome, "hatirlatma")]
    assert MINISTRY not in reminded
    run.approve(HEALTH_GM, GOVERNOR)
    assert run.item.stage == "dis_onayda"


def test_an_undelivered_ask_goes_out_anew_when_staff_say_so() -> None:
    run = Drive().open().approve(DIRECTOR)
    _bounce(run)
    _bounce(run, 2)
    run.resume()

    assert offices_of(run.last, "haber-dis-onay") == [MINISTRY]
    assert run.ask(MINISTRY).state is AskState.OPEN
    run.approve(*EXTERNALS)
    assert run.item.stage == "bekliyor"


def test_a_bounced_reminder_reaches_only_whom_a_copy_reached() -> None:
    run = Drive().open().approve(DIRECTOR)
    _bounce(run)
    mails = [m for o in run.wait(timedelta(hours=8)) for m in o.mails if m.template == "hatirlatma"]
    people = {r.address for m in mails for r in m.to if r.office == MINISTRY}

    assert people == {address_of(MINISTRY, 2)}


def test_a_deputy_is_asked_with_the_principal_in_copy_and_without_a_key() -> None:
    run = Drive(with_deputy(BOOK, DIRECTOR, date(2026, 11, 23), date(2026, 11, 24))).open()

    order, copy = (m for m in run.last.mails if m.template == "haber-mudur-onayi")
    assert [r.address for r in order.to] == [DEPUTY]
    assert order.to[0].copy_to == (address_of(DIRECTOR),)
    assert [(r.address, r.token) for r in copy.to] == [(address_of(DIRECTOR), None)]
    assert copy.purpose is Purpose.NOTICE
    assert [c.address for c in run.ask(DIRECTOR).copies] == [DEPUTY]
    run.answer(DIRECTOR, Decision.APPROVE, person=DEPUTY)
    assert run.item.stage == "dis_onayda"
    assert "Dr. Deniz Numune" in run.last.records[0].text


def test_the_principal_who_refuses_after_the_deputy_approved_stops_the_item() -> None:
    run = Drive(with_deputy(BOOK, DIRECTOR, date(2026, 11, 23), date(2026, 11, 24))).open()
    run.answer(DIRECTOR, Decision.APPROVE, person=DEPUTY)
    run.answer(DIRECTOR, Decision.REJECT, "Bunu yayınlamayalım.", person=address_of(DIRECTOR))

    assert run.item.hold is Hold.CONTRADICTION


def test_after_the_leave_the_director_is_asked() -> None:
    run = Drive(with_deputy(BOOK, DIRECTOR, date(2026, 11, 20), date(2026, 11, 22))).open()

    assert [r.address for r in mail_of(run.last, "haber-mudur-onayi").to] == [address_of(DIRECTOR)]


# -- stopping -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [actor(), actor(address_of(GOVERNOR), "Valilik Basın Masası")])
def test_stop_in_the_pause_by_staff_or_approver_and_go_on_with_a_fresh_pause(by: object) -> None:
    run = Drive().open().all_approve()
    run.wait(timedelta(minutes=9))
    run.stop(by)  # type: ignore[arg-type]
    assert run.item.hold is Hold.STOPPED
    assert {Purpose.RELEASE, Purpose.TASK} <= set(run.last.cancel_mails)
    run.wait(timedelta(hours=3))
    assert run.released() == []

    run.resume()
    run.wait(timedelta(minutes=9))
    assert run.released() == []
    run.wait(timedelta(minutes=1))
    assert len(run.released()) == 2


def test_approvals_during_a_stop_count_once_it_is_lifted() -> None:
    run = Drive().open()
    run.stop()
    run.approve(DIRECTOR)
    assert run.item.stage == "mudur_onayinda"
    run.resume()

    assert run.item.stage == "dis_onayda"


def test_a_new_text_during_a_stop_is_asked_when_the_stop_is_lifted() -> None:
    run = Drive().open().all_approve()
    run.stop()
    run.change(text="Yeni metin.")
    assert offices_of(run.last, "haber-yeni-surum") == []
    assert run.item.hold is Hold.STOPPED
    run.resume()

    assert offices_of(run.last, "haber-yeni-surum") == [DIRECTOR, *EXTERNALS]


@pytest.mark.parametrize("decision", [Decision.REJECT, Decision.UNCLEAR])
def test_a_stop_is_lifted_by_nothing_but_going_on(decision: Decision) -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY, GOVERNOR)
    run.stop()
    run.answer(GOVERNOR, decision, "Hayır.")
    run.rule(GOVERNOR, Decision.APPROVE, "telefonla düzeltti")
    run.rule(HEALTH_GM, Decision.APPROVE)
    run.wait(timedelta(days=1))

    assert run.item.hold is Hold.STOPPED
    assert run.released() == []


def test_a_refusal_during_a_stop_still_offers_its_choices() -> None:
    run = Drive().open().approve(DIRECTOR, MINISTRY)
    run.stop()
    run.answer(GOVERNOR, Decision.REJECT, "Hayır.")
    run.choose("web")

    assert run.version == 2
    assert run.item.fields["to"] == "web"


def test_stop_after_the_release_calls_back_what_has_not_left() -> None:
    run = Drive().open().all_approve()
    run.wait(PAUSE)
    run.stop()

    assert Purpose.RELEASE in run.last.cancel_mails
    assert "geri alınamaz" in str(mail_of(run.last, "durduruldu").values["reason"])
    run.resume()
    assert run.item.hold is None
    assert "komut-tamam" in templates(run.last)


def test_going_on_with_an_item_that_stands_nowhere_is_refused() -> None:
    run = Drive().open()
    run.resume()

    assert templates(run.last) == ["hatali-ileti"]
    assert [r.address for r in run.last.mails[0].to] == [STAFF]


def test_going_on_with_a_closed_item_is_refused() -> None:
    run = Drive().open().all_approve()
    run.wait(PAUSE)
    run.stop()
    run.close()
    run.resume()

    assert templates(run.last) == ["hatali-ileti"]
    assert run.timers == {}
