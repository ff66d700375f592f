"""What a person of the demo answers: the right thing, or something wrong that fits the question."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from assessments.questions.models import Kind, QuestionVersion
from assessments.questions.types.base import Content, type_of

SLOW = 2  # times as long as the typing test asks for


def right(version: QuestionVersion) -> Any:
    return type_of(version.question.kind).right(version.content)


def wrong(kind: str, content: Content, rng: Random) -> Any:
    """A plausible mistake; nothing where people mark."""
    return _MISTAKES[kind](content, rng) if kind in _MISTAKES else None


def answer(version: QuestionVersion, rng: Random, ability: float) -> Any:
    """What somebody answers who knows an easy question with this probability."""
    question = version.question
    if rng.random() < ability - 0.05 * (question.difficulty - 1):
        return right(version)
    return wrong(question.kind, version.content, rng)


def _single(content: Content, rng: Random) -> list[str]:
    return [rng.choice([option["id"] for option in content["options"] if not option["correct"]])]


def _multiple(content: Content, rng: Random) -> list[str]:
    """One that is right is missed, and another chosen in its place."""
    rest = [option["id"] for option in content["options"] if option["correct"]][1:]
    others = [option["id"] for option in content["options"] if not option["correct"]]
    return sorted({*rest, rng.choice(others)} if others else rest)


def _reply(content: Content, rng: Random) -> list[str]:
    return [rng.choice([option["id"] for option in content["options"] if option["credit"] < 100])]  # noqa: PLR2004 - percent


def _matching(content: Content, rng: Random) -> dict[str, str]:
    """Two of the pairs are mixed up."""
    pairs = type_of(Kind.MATCHING).right(content)
    one, other = rng.sample(sorted(pairs), 2)
    return {**pairs, one: pairs[other], other: pairs[one]}


def _ordering(content: Content, rng: Random) -> list[str]:
    """Two neighbours stand the wrong way round."""
    ids = list(type_of(Kind.ORDERING).right(content))
    place = rng.randrange(len(ids) - 1)
    ids[place], ids[place + 1] = ids[place + 1], ids[place]
    return ids


def _gaps(content: Content, rng: Random) -> dict[str, str]:
    """One gap is filled wrongly."""
    gap = rng.choice(content["gaps"])
    others = [option["id"] for option in gap.get("options", []) if not option["correct"]]
    return {**type_of(Kind.GAPS).right(content), gap["id"]: rng.choice(others) if others else "不清楚"}


def _case(content: Content, rng: Random) -> dict[str, Any]:
    """One part is answered wrongly."""
    part = rng.choice(content["parts"])
    return {**type_of(Kind.CASE).right(content), part["id"]: wrong(part["kind"], part["content"], rng)}


def _typing(content: Content, rng: Random) -> dict[str, Any]:
    """Too slow, with a wrong character."""
    place = rng.randrange(len(content["text"]))
    typed = content["text"][:place] + "的" + content["text"][place + 1 :]
    seconds = min(SLOW * len(typed) * 60 // content["goal"], content["seconds"])
    return {"typed": typed, "ms": seconds * 1000, "run": ""}


_MISTAKES: Mapping[str, Callable[[Any, Random], Any]] = {
    Kind.SINGLE: _single,
    Kind.TRUE_FALSE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.BEST_REPLY: _reply,
    Kind.MATCHING: _matching,
    Kind.ORDERING: _ordering,
    Kind.GAPS: _gaps,
    Kind.SHORT: lambda _content, _rng: "不清楚",
    Kind.NUMERICAL: lambda content, rng: f"{rng.randint(1, 9)}{content['answers'][0]['value']}",
    Kind.CASE: _case,
    Kind.HOTSPOT: lambda content, rng: [rng.randrange(content["width"]), content["height"] - rng.randrange(60) - 1],
    Kind.TYPING: _typing,
}
