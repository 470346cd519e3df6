"""Items survive their JSON documents."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.adapters.codec import decode_item, encode_item
from mailbot.core.decision import Decision
from mailbot.core.item import Answer, Ask, AskState, Copy, FileRef, Hold, Item, Link, Version
from mailbot.core.letter import ProofLevel
from mailbot.core.values import Address, Digest, ItemRef, MessageId, Office, Token
from tests.adapters.samples import item_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=3))])
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64).map(Digest)
ADDRESSES = st.sampled_from([Address("a@b.example"), Address("c+d@e.example")])
FILES = st.builds(FileRef, TEXTS, TEXTS, st.integers(0), DIGESTS)
ISO_TEXTS = INSTANTS.map(datetime.isoformat)
FIELDS = st.dictionaries(
    TEXTS, TEXTS | ISO_TEXTS | INSTANTS | st.lists(FILES, max_size=2).map(tuple), max_size=3
)
TOKENS = st.integers(0, 2**64 - 1).map(Token.from_bits)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(Decision),
    ADDRESSES,
    INSTANTS,
    st.sampled_from(ProofLevel),
    TEXTS,
    TEXTS,
    TEXTS,
    st.none() | DIGESTS,
    st.none() | ADDRESSES,
)
ASKS = st.builds(
    Ask,
    TEXTS.map(Office),
    st.integers(1, 9),
    st.sampled_from(AskState),
    INSTANTS,
    st.lists(st.builds(Copy, ADDRESSES, TEXTS, TOKENS, st.booleans(), st.booleans()), max_size=2).map(tuple),
    st.none() | ANSWERS,
    st.lists(ANSWERS, max_size=1).map(tuple),
    st.integers(0, 5),
    st.none() | INSTANTS,
)
VERSIONS = st.builds(
    Version, st.integers(1, 9), DIGESTS, FIELDS, INSTANTS, ADDRESSES, st.none() | DIGESTS, st.booleans()
)
ITEMS = st.builds(
    Item,
    ref=st.builds(ItemRef, st.just("DNZ"), st.just("HBR"), st.integers(2000, 2099), st.integers(1, 99999)),
    workflow=TEXTS,
    stage=TEXTS,
    opened_at=INSTANTS,
    opened_by=ADDRESSES,
    fields=FIELDS,
    revision=st.integers(0, 99),
    department=st.none() | TEXTS,
    versions=st.lists(VERSIONS, max_size=2).map(tuple),
    asks=st.lists(ASKS, max_size=2).map(tuple),
    hold=st.none() | st.sampled_from(Hold),
    entered_at=st.none() | INSTANTS,
    links=st.lists(st.builds(Link, TEXTS, TEXTS, INSTANTS, ADDRESSES), max_size=2).map(tuple),
    thread=st.lists(TEXTS.map(MessageId), max_size=2).map(tuple),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(ITEMS)
def test_every_item_comes_back_as_it_was(item: Item) -> None:
    document = encode_item(item)
    assert decode_item(document) == item
    assert encode_item(decode_item(document)) == document


def test_an_old_document_takes_defaults_and_an_unknown_field_is_left_out() -> None:
    item = item_of()
    document = json.loads(encode_item(item))
    for name in ("notes", "mode", "hold", "links"):
        del document[name]
    del document["asks"][0]["history"]
    document["from_the_future"] = 1
    assert decode_item(json.dumps(document)) == item


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"fields":1}', '{"fields":{"a":{"b":1}}}'])
def test_a_damaged_document_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        decode_item(text)
