"""The store keeps its port's promises, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypedDict

import pytest

from mailbot.adapters.store import SqlStore
from mailbot.core.item import AskState
from mailbot.core.outcome import Purpose, Record, Timer
from mailbot.core.values import Digest, MessageId, Token, digest_of
from mailbot.ports.store import LetterState, MailState, Settled, StoreConflict, Watermark
from tests.adapters.samples import MUDUR, NOW, REF, arrival_of, item_of, mail_of

LATER = NOW + timedelta(seconds=61)


class Leased(TypedDict):
    owner: str
    lease: float
    max_bytes: int


LEASED: Leased = {"owner": "a", "lease": 60, "max_bytes": 1000}
"""What a process says when it starts letters."""


def with_item(store: SqlStore) -> None:
    with store.writing() as tx:
        tx.put_item(item_of(), was=None)
        tx.append(REF, [Record("acildi", "İş açıldı.")], NOW)
        tx.commit()


def test_nothing_stays_without_commit(store: SqlStore) -> None:
    with store.writing() as tx:
        tx.put_item(item_of(), was=None)
        tx.owe([mail_of(1)], NOW)
        tx.accept("INBOX", 1, [arrival_of(1)], NOW)
    with store.reading() as reads:
        assert (reads.item(REF), reads.deliveries(), reads.letters()) == (None, [], [])


def test_a_savepoint_undoes_only_what_is_inside(store: SqlStore) -> None:
    with store.writing() as tx:
        tx.put_item(item_of(), was=None)
        with contextlib.suppress(StoreConflict), tx.savepoint():
            tx.set_meta("a", "b")
            tx.put_item(item_of(revision=7), was=6)
        tx.commit()
    with store.reading() as reads:
        assert reads.item(REF) == item_of()
        assert reads.meta("a") is None
        assert reads.faults(REF) == []


def test_a_new_item_undone_by_a_savepoint_leaves_nothing_to_record(store: SqlStore) -> None:
    with store.writing() as tx:
        with contextlib.suppress(LookupError), tx.savepoint():
            tx.put_item(item_of(), was=None)
            raise LookupError
        tx.set_meta("a", "b")
        tx.commit()
    with store.reading() as reads:
        assert (reads.item(REF), reads.records(REF), reads.meta("a")) == (None, [], "b")


def test_an_item_is_found_by_all_that_leads_to_it(store: SqlStore) -> None:
    with_item(store)
    with store.writing() as tx:
        tx.owe([mail_of(1), mail_of(2, None)], NOW)
        tx.link_message(MessageId("<s@x.example>"), REF, version=1, text="Metin ektedir.")
        tx.link_message(MessageId(f"<{'ü' * 900}@x.example>"), REF, version=None)
        tx.commit()
    with store.reading() as reads:
        place = reads.copy_of(Token.from_bits(1))
        assert place is not None
        assert (place.ref, place.address, place.version) == (REF, MUDUR, 1)
        assert reads.open_asks_to(MUDUR) == [place]
        asked = ["<zz@x.example>", "<s@x.example>", f"<{'ü' * 900}@x.example>", "<1@denizli.example>"]
        found = reads.places([MessageId(message_id) for message_id in asked])
        assert [(place.message_id, place.ours) for place in found] == list(
            zip(asked[1:], [False, False, True], strict=True)
        )
        texts = [reads.blob(digest).decode() for digest in reads.sent_digests(REF)]
        assert texts == ["Metin ektedir.", "Onayınıza sunulur."]
        assert reads.items() == [item_of()]
        owed = reads.delivery_of(MessageId("<2@denizli.example>"))
        assert owed is not None
        assert owed.ref is None


def test_the_second_writer_of_a_revision_is_refused(store: SqlStore) -> None:
    with_item(store)
    answered = item_of(revision=1, state=AskState.APPROVED)
    with store.writing() as tx:
        tx.put_item(answered, was=0)
        tx.commit()
    with pytest.raises(StoreConflict), store.writing() as tx:
        tx.put_item(replace(answered, stage="x"), was=0)
    with pytest.raises(StoreConflict), store.writing() as tx:
        tx.put_item(item_of(), was=None)
    with store.reading() as reads:
        assert reads.item(REF) == answered
        assert reads.open_asks_to(MUDUR) == []
        assert reads.faults(REF) == []


def test_letters_are_started_by_their_bytes_and_one_that_failed_comes_when_it_is_told_to(
    store: SqlStore,
) -> None:
    sizes = (40, 40, 500, 40)
    with store.writing() as tx:
        tx.accept("INBOX", 1, [arrival_of(n, b"x" * size) for n, size in enumerate(sizes)], NOW)
        tx.commit()
    few = LEASED | {"max_bytes": 100}
    with store.writing() as tx:
        started = [tx.start_letters(9, NOW, **few) for _ in range(4)]
        assert [[letter.uid for letter, _ in batch] for batch in started] == [[0, 1], [2], [3], []]
        failed = started[1][0][0]
        tx.finish_letter(failed.id, LetterState.FAILED, kind="malformed", again=NOW + timedelta(seconds=5))
        assert tx.start_letters(9, NOW + timedelta(seconds=4), **few) == []
        ((again, raw),) = tx.start_letters(9, NOW + timedelta(seconds=5), **few)
        assert (again.id, again.attempts, len(raw)) == (failed.id, 2, 500)


def test_a_letter_is_accepted_once_and_started_under_a_lease(store: SqlStore) -> None:
    with store.writing() as tx:
        assert tx.accept("INBOX", 1, [arrival_of(1), arrival_of(2)], NOW) == 2
        assert tx.accept("INBOX", 1, [arrival_of(2, b"other"), arrival_of(3)], NOW) == 1
        tx.commit()
    with store.writing() as tx:
        (first, raw), (second, _) = tx.start_letters(2, NOW, **LEASED)
        assert (first.uid, first.attempts, raw) == (1, 1, arrival_of(1).raw)
        assert [letter.uid for letter, _ in tx.start_letters(9, NOW, **LEASED)] == [3]
        name = MessageId("<a@b.example>")
        tx.finish_letter(
            first.id, LetterState.HANDLED, kind="reply", message_id=name, subject="Ynt\0: \udc80"
        )
        tx.finish_letter(second.id, LetterState.FAILED, kind="reply", reason="hata")
        assert tx.start_letters(9, NOW, **LEASED) == []
        assert [letter.uid for letter, _ in tx.start_letters(9, LATER, **LEASED)] == [2, 3]
        tx.commit()
    with store.writing() as tx:
        assert [letter.id for letter in tx.letters_named(name)] == [first.id]
        assert tx.letter_seen(first.digest, before=second.id)
        assert not tx.letter_seen(first.digest, before=first.id)
        tx.finish_letter(second.id, LetterState.SET_ASIDE, kind="malformed")
        assert tx.retry_letter(second.id)
        assert not tx.retry_letter(first.id)
        assert [(letter.uid, letter.attempts) for letter, _ in tx.start_letters(9, NOW, **LEASED)] == [(2, 1)]


def test_mails_are_claimed_once_and_answers_fenced(store: SqlStore) -> None:
    with_item(store)
    with store.writing() as tx:
        tx.owe([mail_of(1), mail_of(2, due=LATER)], NOW)
        tx.commit()
    with store.writing() as tx:
        (mail,) = tx.claim_mails(NOW, 10, owner="a", lease=60)
        assert (mail.state, mail.attempts) == (MailState.SENDING, 1)
        assert tx.claim_mails(NOW, 10, owner="b", lease=60) == []
        assert tx.stranded(NOW, owner="a") == []
        assert [stranded.id for stranded in tx.stranded(LATER, owner="a")] == [mail.id]
        tx.settle([Settled(mail.id, MailState.REFUSED, "550")], NOW, owner="b")
        assert tx.deliveries(REF, states=[MailState.REFUSED]) == []
        tx.settle([Settled(mail.id, MailState.QUEUED, "451", LATER)], NOW, owner="a")
        assert tx.next_due() == LATER
        assert len(tx.claim_mails(LATER, 1, owner="a", lease=60)) == 1
        tx.settle([Settled(mail.id, MailState.SENT, "250 ok")], LATER, owner="a")
        tx.settle([Settled(mail.id, MailState.QUEUED, "late")], LATER, owner="b")
        (sent,) = tx.deliveries(REF, states=[MailState.SENT, MailState.QUEUED])[:1]
        assert (sent.state, sent.reply, sent.sent_at) == (MailState.SENT, "250 ok", LATER)
        assert tx.cancel_mails(REF, [Purpose.ASK, Purpose.REMINDER]) == 1
        assert not tx.requeue(mail.id, NOW)
        bounced = tx.bounced(mail.message_id, "5.1.1")
        assert bounced is not None
        assert (bounced.state, bounced.reply, bounced.sent_at) == (MailState.BOUNCED, "5.1.1", LATER)
        assert tx.bounced(MessageId("<no@x.example>"), "") is None
        assert tx.requeue(mail.id, NOW)


def test_what_a_process_that_is_gone_left_is_anybodys_at_once(store: SqlStore) -> None:
    with_item(store)
    with store.writing() as tx:
        tx.owe([mail_of(1)], NOW)
        tx.accept("INBOX", 1, [arrival_of(1), arrival_of(2)], NOW)
        (mail,) = tx.claim_mails(NOW, 10, owner="gone", lease=60)
        tx.start_letters(1, NOW, owner="gone", lease=60, max_bytes=1000)
        tx.start_letters(1, NOW, owner="alive", lease=60, max_bytes=1000)
        assert sorted(tx.owners()) == ["alive", "gone"]
        tx.end_leases(["gone"])
        assert [stranded.id for stranded in tx.stranded(NOW, owner="alive")] == [mail.id]
        ready = tx.start_letters(9, NOW, owner="alive", lease=60, max_bytes=1000)
        assert [(letter.uid, letter.attempts) for letter, _ in ready] == [(1, 2)]
        assert tx.owners() == ["alive"]


def test_a_timer_of_the_same_key_replaces_the_earlier_one(store: SqlStore) -> None:
    with_item(store)
    with store.writing() as tx:
        assert tx.next_due() is None
        tx.set_timers(REF, [Timer("wait:pause", NOW), Timer("remind:a", NOW), Timer("remind:b", NOW)])
        tx.set_timers(REF, [Timer("wait:pause", LATER)])
        assert [timer.key for timer in tx.due_timers(NOW, 9)] == ["remind:a", "remind:b"]
        tx.cancel_timers(REF, ["remind:*"])
        assert tx.next_due() == LATER
        (timer,) = tx.due_timers(LATER, 9)
        tx.finish_timer(timer.id)
        assert tx.due_timers(LATER, 9) == []


def test_small_facts(store: SqlStore) -> None:
    mark = Watermark(1, 2, NOW)
    with store.writing() as tx:
        assert tx.once("a", date(2026, 11, 23))
        assert not tx.once("a", date(2026, 11, 23))
        assert tx.once("a", date(2026, 11, 24))
        tx.set_watermark("INBOX", replace(mark, last_uid=1))
        tx.set_watermark("INBOX", mark)
        tx.set_meta("mode", "golge")
        tx.set_meta("mode", "canli")
        assert tx.put_blob(b"x") == tx.put_blob(b"x")
        tx.commit()
    with store.reading() as reads:
        assert (reads.watermark("INBOX"), reads.watermark("Sent")) == (mark, None)
        assert reads.meta("mode") == "canli"
        assert reads.blob(digest_of(b"x")) == b"x"
        with pytest.raises(KeyError):
            reads.blob(Digest("f" * 64))


def test_a_naive_instant_is_refused(store: SqlStore) -> None:
    naive = datetime(2026, 11, 23)  # noqa: DTZ001
    with store.writing() as tx, pytest.raises(ValueError, match="time zone"):
        tx.accept("INBOX", 1, [arrival_of(1)], naive)


def test_numbers_have_no_gaps_under_rollback_and_threads(store: SqlStore) -> None:
    numbers: list[int] = []

    def draw() -> None:
        for turn in range(10):
            with store.writing() as tx:
                number = tx.next_number("HBR-2026")
                if turn % 3:
                    tx.commit()
                    numbers.append(number)

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 25))


def test_threads_never_claim_the_same_mail(store: SqlStore) -> None:
    with_item(store)
    with store.writing() as tx:
        tx.owe([mail_of(number) for number in range(60)], NOW)
        tx.commit()
    claimed: list[int] = []

    def work(owner: str) -> None:
        while True:
            with store.writing() as tx:
                mails = tx.claim_mails(NOW, 4, owner=owner, lease=60)
                tx.commit()
            if not mails:
                return
            claimed.extend(mail.id for mail in mails)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 60
