"""What holds for every sequence of triggers, however people, clocks and networks behave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.decision import Decision
from mailbot.core.item import Answer, FieldValue, FileRef, Item, version_digest
from mailbot.core.letter import ProofLevel
from mailbot.core.outcome import Outcome, Purpose
from mailbot.core.rules import Rulebook
from mailbot.core.timing import UNSAID
from mailbot.core.trigger import (
    Answered,
    Changed,
    Sought,
    TimerFired,
    Trigger,
    Undelivered,
    Withdrawn,
)
from mailbot.core.values import Office, digest_of
from mailbot.core.workflow import step
from tests.core.books import (
    BOOK,
    DIRECTOR,
    EMERGENCY_GM,
    EXTERNALS,
    GOVERNOR,
    HEALTH_GM,
    MINISTRY,
    MONDAY,
    address_of,
    with_office,
)
from tests.core.drive import PHOTO, PRESS, WEB, Drive, actor, keys

OFFICES = (DIRECTOR, MINISTRY, HEALTH_GM, EMERGENCY_GM, GOVERNOR)
GRANTS = {"onayladi", "feragat", "sozlu"}
"""Spelled out here: the law must not believe the engine's own list."""

Act = tuple[str, object, object]
"""What happens next: a word and its two details, carried out by `_do`."""

offices = st.sampled_from(OFFICES)
acts = st.one_of(
    st.tuples(st.just("answer"), offices, st.sampled_from(Decision)),
    st.tuples(st.just("approve"), offices, st.none()),
    st.tuples(st.just("stale"), offices, st.sampled_from(Decision)),
    st.tuples(st.just("change"), st.sampled_from(["A metni.", "B metni.", ""]), st.none()),
    st.tuples(st.just("to"), st.sampled_from(["press", "web"]), st.none()),
    st.tuples(st.just("embargo"), st.integers(0, 50), st.none()),
    st.tuples(st.just("gm"), st.sampled_from([HEALTH_GM, EMERGENCY_GM]), st.none()),
    st.tuples(st.just("department"), st.sampled_from(["halk-sagligi", "acil", "hukuk"]), st.none()),
    st.tuples(st.just("waive"), offices, st.sampled_from(["", "gerekçe"])),
    st.tuples(st.just("rule"), st.sampled_from([*OFFICES, None]), st.sampled_from(Decision)),
    st.tuples(st.just("choose"), st.sampled_from(["web", "taslak", "iptal"]), st.none()),
    st.tuples(st.just("wait"), st.integers(1, 3000), st.none()),
    st.tuples(st.just("timer"), st.sampled_from(["wait:pause", "wait:embargo", "remind:mudur:1"]), st.none()),
    st.tuples(st.just("unproved"), offices, st.none()),
    st.tuples(st.just("bounce"), offices, st.none()),
    st.tuples(
        st.sampled_from(["stop", "resume", "close", "publish", "withdraw", "seek", "unsaid", "web-only"]),
        st.none(),
        st.none(),
    ),
)
stories = st.lists(acts, max_size=25)
hopeful = st.tuples(st.permutations(EXTERNALS), st.integers(0, 4)).map(
    lambda drawn: [("approve", office, None) for office in (DIRECTOR, *drawn[0])][: drawn[1]]
)
"""The way through as far as it may go, so that many stories come near the release or beyond it."""

FINALE: list[Act] = [("wait", 15, None), ("wait", 5000, None)]
"""After the story time passes: what was let through by mistake leaves now."""


def _do(run: Drive, act: Act) -> None:
    """Carry out one act; nobody minds whether it is sensible."""
    word, first, second = act
    version = run.version
    match word:
        case "answer" | "approve":
            decision = cast(Decision, second) if word == "answer" else Decision.APPROVE
            run.answer(cast(Office, first), decision, version=max(version, 1))
        case "stale" if version > 1:
            run.answer(cast(Office, first), cast(Decision, second), version=version - 1)
        case "change":
            run.change(text=cast(str, first))
        case "to":
            run.change(to=cast(str, first))
        case "embargo":
            run.change(embargo=run.now + timedelta(hours=cast(int, first)))
        case "gm":
            run.do(Changed(actor(), gm=cast(Office, first)))
        case "department":
            run.do(Changed(actor(), department=cast(str, first)))
        case "waive":
            run.waive(cast(Office, first), cast(str, second))
        case "rule":
            run.rule(cast("Office | None", first), cast(Decision, second))
        case "choose":
            run.choose(cast(str, first))
        case "wait":
            run.wait(timedelta(minutes=cast(int, first)))
        case "timer":
            run.do(TimerFired(cast(str, first)))
        case "unproved":
            if version:
                run.unproved(cast(Office, first))
        case "bounce":
            office = cast(Office, first)
            run.do(Undelivered(address_of(office), None, version or None, office, "5.1.1"))
        case "stop":
            run.stop()
        case "withdraw":
            run.do(Withdrawn(actor(), "yeniden bakılacak"))
        case "seek":
            run.do(Sought(actor(), "fotoğraflar"))
        case "unsaid":
            run.change(embargo=UNSAID)
        case "web-only" if version:
            answer = Answer(
                Decision.REVISE, address_of(HEALTH_GM), run.now, ProofLevel.KEY, "anahtar", "siteye", "mail"
            )
            run.do(Answered(HEALTH_GM, version, answer, web_only=True))
        case "resume":
            run.resume()
        case "close":
            run.close()
        case "publish":
            run.publish("web", "X")


def _needed(item: Item) -> set[Office | None]:
    """Who must have approved, from the unit's process (1.1.3, 1.1.4), not from the workflow's code."""
    if item.fields.get("to") == "web":
        return {DIRECTOR}
    of_department = {"halk-sagligi": HEALTH_GM, "acil": EMERGENCY_GM}.get(item.department or "")
    return {DIRECTOR, MINISTRY, item.gm or of_department, GOVERNOR}


def _carries_out(outcome: Outcome) -> bool:
    return any(m.gate is not None or m.purpose in (Purpose.RELEASE, Purpose.TASK) for m in outcome.mails)


def _told(
    story: list[Act], approvals: list[Act], fields: dict[str, FieldValue]
) -> Iterator[tuple[Item, Outcome]]:
    """Every step of the story: the item before it, and the outcome."""
    run = Drive().open(fields)
    yield run.item, run.last
    for act in (*approvals, *story, *FINALE):
        seen, before = len(run.outcomes), run.item
        _do(run, act)
        for outcome in run.outcomes[seen:]:
            yield before, outcome
            before = outcome.item


starts = st.sampled_from([PRESS, WEB, {**PRESS, "photos": (PHOTO,)}, {"title": "Yalnız başlık"}])


@settings(max_examples=300, deadline=None)
@given(stories, hopeful, starts)
def test_nothing_leaves_unless_every_office_needed_granted_exactly_this_content(
    story: list[Act], approvals: list[Act], fields: dict[str, FieldValue]
) -> None:
    for before, outcome in _told(story, approvals, fields):
        if not _carries_out(outcome):
            continue
        item = outcome.item
        version = item.versions[-1]
        bound = {name: item.fields.get(name, () if name == "photos" else "") for name in version.bound}
        assert before.hold is None or item.hold is None
        assert item.hold is None
        assert version_digest(bound) == version.digest
        granted = {a.office for a in item.asks if a.version == version.number and a.state.value in GRANTS}
        assert _needed(item) <= granted
        for order in outcome.mails:
            if order.gate is not None:
                assert order.gate == version.digest


@settings(max_examples=200, deadline=None)
@given(stories, hopeful, st.lists(st.integers(1, 5000), min_size=1, max_size=8))
def test_silence_approves_nothing(story: list[Act], approvals: list[Act], silence: list[int]) -> None:
    run = Drive().open()
    for act in (*approvals, *story):
        _do(run, act)
    number = run.version
    before = {a.office: a.state for a in run.item.asks if a.version == number}
    complete = all(before.get(o) is not None and before[o].value in GRANTS for o in _needed(run.item) if o)
    seen = len(run.outcomes)
    for minutes in silence:
        run.wait(timedelta(minutes=minutes))

    assert {a.office: a.state for a in run.item.asks if a.version == number} == before
    if not complete or None in _needed(run.item) or run.item.hold is not None:
        assert not any(_carries_out(outcome) for outcome in run.outcomes[seen:])


@settings(max_examples=200, deadline=None)
@given(stories, hopeful, starts)
def test_the_revision_grows_by_one_and_versions_only_by_content(
    story: list[Act], approvals: list[Act], fields: dict[str, FieldValue]
) -> None:
    for number, (before, outcome) in enumerate(_told(story, approvals, fields)):
        item = outcome.item
        if number:
            assert item.revision == before.revision + 1
            assert item.versions[: len(before.versions)] == before.versions, (
                "what was approved stays as it was"
            )
        assert [v.number for v in item.versions] == list(range(1, len(item.versions) + 1))
        assert all(a.digest != b.digest for a, b in zip(item.versions, item.versions[1:], strict=False))


@settings(max_examples=200, deadline=None)
@given(stories, hopeful, st.sampled_from(OFFICES), st.sampled_from(Decision))
def test_an_answer_to_an_old_version_never_grants_the_new_one(
    story: list[Act], approvals: list[Act], office: Office, decision: Decision
) -> None:
    run = Drive().open()
    for act in (*approvals, *story):
        _do(run, act)
    if run.version < 2:
        run.change(text="Başka bir metin.")
    if run.version < 2:
        return
    current = {a.office: a.state for a in run.item.asks if a.version == run.version}
    run.answer(office, decision, version=run.version - 1)

    after = {a.office: a.state for a in run.item.asks if a.version == run.version}
    gained = {o for o, s in after.items() if s.value in GRANTS and current.get(o) != s}
    assert gained == set()


@settings(max_examples=100, deadline=None)
@given(stories, hopeful, acts)
def test_a_step_is_a_function_of_its_arguments(story: list[Act], approvals: list[Act], act: Act) -> None:
    run = Drive().open()
    for earlier in (*approvals, *story):
        _do(run, earlier)
    item, frozen, seen = run.item, repr(run.item), len(run.outcomes)
    _do(run, act)
    if len(run.outcomes) != seen + 1:
        return
    again = Drive(now=run.now)
    again.item, again.timers = item, {}
    trigger = _trigger_of(act, run)
    if trigger is None:
        return
    first = step(replace(again.scene, keys=keys()), item, trigger)
    second = step(replace(again.scene, keys=keys()), item, trigger)
    assert first == second
    assert repr(item) == frozen


def _trigger_of(act: Act, run: Drive) -> Trigger | None:
    word, first, _ = act
    match word:
        case "timer":
            return TimerFired(cast(str, first))
        case "change":
            return Changed(actor(), {"text": cast(str, first)})
        case "gm":
            return Changed(actor(), gm=cast(Office, first))
        case "approve":
            ask = next(iter(run.item.asks), None)
            if ask is None or ask.answer is None:
                return None
            return Answered(ask.office, ask.version, ask.answer)
        case _:
            return None


@settings(max_examples=150, deadline=None)
@given(stories, hopeful)
def test_what_was_stopped_goes_on_by_a_word_of_staff_alone(story: list[Act], approvals: list[Act]) -> None:
    run = Drive().open()
    for act in approvals:
        _do(run, act)
    run.stop()
    if run.item.hold is None:
        return
    for act in (*story, *FINALE):
        if act[0] == "resume":
            continue
        seen = len(run.outcomes)
        _do(run, act)
        assert not any(_carries_out(outcome) for outcome in run.outcomes[seen:])


@settings(max_examples=150, deadline=None)
@given(stories, st.sampled_from(OFFICES))
def test_below_its_least_proof_an_office_approves_nothing(story: list[Act], office: Office) -> None:
    strict: Rulebook = with_office(BOOK, replace(BOOK.offices[office], least_proof=ProofLevel.DMARC))
    run = Drive(strict).open()
    for act in story:
        if act[0] not in ("rule", "waive"):
            _do(run, act)

    assert all(a.state.value not in GRANTS for a in run.item.asks if a.office == office)
    assert office is not DIRECTOR or run.released() == []


# -- the digest ---------------------------------------------------------------------------------------------

texts = st.text(max_size=20)
times = st.integers(0, 1000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
files = st.lists(
    st.builds(
        lambda name, data: FileRef(name, "image/jpeg", len(data), digest_of(data)),
        texts,
        st.binary(max_size=4),
    ),
    max_size=3,
).map(tuple)
contents = st.fixed_dictionaries(
    {"title": texts, "text": texts, "photos": files, "to": st.sampled_from(["press", "web"])},
    optional={"embargo": times},
)


@settings(max_examples=300, deadline=None)
@given(contents, contents)
def test_equal_digests_mean_equal_content(one: dict[str, FieldValue], other: dict[str, FieldValue]) -> None:
    assert (version_digest(one) == version_digest(other)) == (one == other)


@settings(max_examples=200, deadline=None)
@given(contents, st.data())
def test_one_bit_of_one_attachment_makes_another_digest(
    content: dict[str, FieldValue], data: st.DataObject
) -> None:
    raw = bytearray(data.draw(st.binary(min_size=1, max_size=64)))
    place = data.draw(st.integers(0, 8 * len(raw) - 1))
    before = FileRef("foto.jpg", "image/jpeg", len(raw), digest_of(bytes(raw)))
    raw[place // 8] ^= 1 << (place % 8)
    after = replace(before, digest=digest_of(bytes(raw)))

    assert version_digest({**content, "photos": (before,)}) != version_digest({**content, "photos": (after,)})


@settings(max_examples=200, deadline=None)
@given(contents, st.permutations(["title", "text", "photos", "to"]))
def test_the_order_of_fields_is_no_content(content: dict[str, FieldValue], order: list[str]) -> None:
    shuffled = {name: content[name] for name in order} | content

    assert version_digest(shuffled) == version_digest(content)


def test_the_stories_do_reach_the_release() -> None:
    """A law about releases says nothing where no story gets there."""
    run = Drive().open()
    for office in (DIRECTOR, *EXTERNALS):
        _do(run, ("approve", office, None))
    _do(run, ("wait", 15, None))

    assert _carries_out(run.last)
