"""An attempt as its pages show it: each question with its options in the order of this attempt."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.attempts.models import Attempt, Response
from assessments.questions.models import Kind, Option
from assessments.questions.rules import FALSE, TRUE

WORDS: dict[str, Promise] = {TRUE: _("True"), FALSE: _("False")}


@dataclass(frozen=True)
class Choice:
    id: str
    text: str | Promise
    chosen: bool
    correct: bool


@dataclass(frozen=True)
class Asked:
    """One question of an attempt."""

    response: Response
    choices: list[Choice] = field(default_factory=list)

    @property
    def is_multiple(self) -> bool:
        return self.response.version.question.kind == Kind.MULTIPLE

    @property
    def is_right(self) -> bool:
        return self.response.fraction == 1

    @property
    def is_partly_right(self) -> bool:
        return bool(self.response.fraction) and not self.is_right

    @property
    def was(self) -> str:
        """What is kept, so that a form without scripts can tell what was changed."""
        return ",".join(self.response.answer or [])


def asked_in(attempt: Attempt) -> list[Asked]:
    """Every question of the attempt, in one query."""
    return [_asked(response) for response in attempt.responses.select_related("version__question")]


def _asked(response: Response) -> Asked:
    options: dict[str, Option] = {option["id"]: option for option in response.version.options}
    chosen = set(response.answer or [])
    truth = response.version.question.kind == Kind.TRUE_FALSE
    return Asked(response, list(_choices((options[key] for key in response.option_order), chosen, truth=truth)))


def _choices(options: Iterable[Option], chosen: set[str], *, truth: bool) -> Iterable[Choice]:
    for option in options:
        text = WORDS[option["id"]] if truth else option["text"]
        yield Choice(option["id"], text, option["id"] in chosen, option["correct"])
