"""How many fields of the corpus of openings and requests come out right; as a module, a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailbot.reading.opening import read_opening
from mailbot.reading.request import read_request
from tests.reading.letters import Sample, samples, the_calendar, the_directory


@dataclass(frozen=True, slots=True)
class Score:
    """Fields right and fields compared, and the wrong ones in words."""

    right: int
    total: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0


def _opening_fields(sample: Sample) -> dict[str, object]:
    found = read_opening(sample.letter, sample.words, directory=the_directory(), calendar=the_calendar())
    fields: dict[str, object] = {"opens": bool(found), "count": len(found)}
    if found:
        first = found[0]
        fields |= {
            "process": first.process.value,
            "to_press": first.to_press,
            "when": first.when_text[:16] if first.when_text else None,
            "channel": first.channel,
            "programme": first.programme,
            "guest": first.guest,
            "live": first.live,
            "embargo": first.embargo.isoformat() if first.embargo else None,
            "deadline": first.deadline.isoformat() if first.deadline else None,
            "department": first.department,
            "facility": first.facility,
            "place": first.place,
            "title": first.title,
            "has_text": first.text is not None,
            "crisis": first.crisis,
            "press_list": [opening.to_press for opening in found],
        }
    return fields


def _request_fields(sample: Sample) -> dict[str, object]:
    found = read_request(sample.letter, sample.words, directory=the_directory(), calendar=the_calendar())
    if found is None:
        return {"request": False}
    return {
        "request": True,
        "update": found.update.value if found.update else None,
        "deadline": found.deadline.isoformat() if found.deadline else None,
        "urls": list(found.urls),
        "outlet": found.outlet,
        "title": found.title,
        "facility": found.facility,
        "department": found.department,
        "separate": found.separate,
    }


def _score(
    rows: Iterable[Sample], read: Callable[[Sample], dict[str, object]], default: dict[str, object]
) -> Score:
    right = total = 0
    wrong = []
    for sample in rows:
        got = read(sample)
        for name, wanted in ({**default, **sample.expect} if _positive(sample) else sample.expect).items():
            total += 1
            if got.get(name) == wanted:
                right += 1
            else:
                wrong.append(f"{sample.id}.{name}: {got.get(name)!r} is not {wanted!r}")
    return Score(right, total, tuple(wrong))


def _positive(sample: Sample) -> bool:
    return "opens" not in sample.expect and "request" not in sample.expect


def openings(file: str, part: str = "all") -> Score:
    """The score of `tests/corpus/openings/<file>`."""
    return _score(_part(samples(f"openings/{file}"), part), _opening_fields, {"opens": True})


def requests(file: str, part: str = "all") -> Score:
    """The score of `tests/corpus/requests/<file>`."""
    rows = _part(samples(f"requests/{file}"), part)
    return _score(rows, _request_fields, {"request": True})


def _part(rows: tuple[Sample, ...], part: str) -> tuple[Sample, ...]:
    """Every third sample is kept unread by whoever writes rules."""
    unread = {sample.id for sample in rows[2::3]}
    if part == "unread":
        return tuple(s for s in rows if s.id in unread)
    return tuple(s for s in rows if part == "all" or s.id not in unread)


def main() -> None:
    for name, score, file in (("openings", openings, "hands.jsonl"), ("requests", requests, "hands.jsonl")):
        for part in ("read", "unread"):
            result = score(file, part)
            print(f"{name:9} {file:12} {part:7} {result.right}/{result.total} = {result.share:.1%}")
            if part == "read":
                print("".join(f"    {line}\n" for line in result.wrong), end="")
    for name, score in (("openings", openings), ("requests", requests)):
        result = score("unit.jsonl")
        print(f"{name:9} unit.jsonl   all     {result.right}/{result.total} = {result.share:.1%}")
        print("".join(f"    {line}\n" for line in result.wrong), end="")


if __name__ == "__main__":
    main()
