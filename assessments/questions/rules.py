"""What a question must be before it is kept; forms and imports ask here."""

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.models import Kind, Option
from trainingsite.core.errors import Refused

FEWEST, MOST = 2, 10
TRUE, FALSE = "true", "false"


def true_or_false(answer: bool) -> list[Option]:
    """The options of a true/false question; their words are the reader's language's."""
    return [Option(id=TRUE, text="", correct=answer), Option(id=FALSE, text="", correct=not answer)]


def checked_options(kind: str, options: Iterable[Mapping[str, Any]]) -> list[Option]:
    """The options tidied and with an id each; refused when a trainee could not answer them, or not fairly."""
    if kind == Kind.TRUE_FALSE:
        return _checked_truth(list(options))
    tidy = _with_ids(list(options))
    _check_texts([option["text"] for option in tidy])
    _check_right(kind, sum(option["correct"] for option in tidy))
    return tidy


def _checked_truth(options: Sequence[Mapping[str, Any]]) -> list[Option]:
    right = [option.get("id") for option in options if option.get("correct")]
    if right not in ([TRUE], [FALSE]):
        raise Refused(_("Say whether the statement is true or false."), field="options", code="no_right_option")
    return true_or_false(right == [TRUE])


def _with_ids(options: Sequence[Mapping[str, Any]]) -> list[Option]:
    """An option keeps its id from version to version; a new one gets the next free letter."""
    taken = {option.get("id") for option in options}
    free = (letter for letter in ascii_lowercase if letter not in taken)
    return [
        Option(
            id=str(option.get("id") or next(free)),
            text=str(option.get("text") or "").strip(),
            correct=bool(option.get("correct")),
        )
        for option in options[: MOST + 1]
    ]


def _check_texts(texts: list[str]) -> None:
    if not FEWEST <= len(texts) <= MOST:
        message = _("A question has %(fewest)s to %(most)s options.") % {"fewest": FEWEST, "most": MOST}
        raise Refused(message, field="options", code="number_of_options")
    seen: dict[str, int] = {}
    for number, text in enumerate(texts, start=1):
        if not text:
            raise Refused(_("Option %(n)s is empty.") % {"n": number}, field="options", code="empty_option")
        first = seen.setdefault(_key(text), number)
        if first != number:
            message = _("Options %(first)s and %(n)s are the same.") % {"first": first, "n": number}
            raise Refused(message, field="options", code="duplicate_option")


def _key(text: str) -> str:
    """What makes two options the same to a reader: the words, without case and blanks."""
    return "".join(text.casefold().split())


def _check_right(kind: str, right: int) -> None:
    if right == 0:
        raise Refused(_("Mark the right option."), field="options", code="no_right_option")
    if kind == Kind.SINGLE and right > 1:
        message = _("A single-choice question has one right option; for more, make it multiple choice.")
        raise Refused(message, field="options", code="several_right_options")
