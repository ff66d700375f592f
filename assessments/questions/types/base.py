"""What a type of question can do. Each type is one module beside this one; nothing outside asks which kind it is.

The shapes that go in and out are JSON: `content` is what the author gives (`QuestionVersion.content`), `order` what one
person sees in which order (`Response.option_order`), `answer` what the person gave (`Response.answer`; None: nothing).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.questions.fields import ContentForm
from trainingsite.core.errors import Refused
from trainingsite.core.registry import Registry

NONE, FULL = Decimal(0), Decimal(1)
FRACTION = Decimal("0.0001")
Json = Any
Content = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """One thing that can be chosen: in which part of the question, its words, and the fraction it earns there."""

    part: str
    key: str
    text: str
    fraction: Decimal


TEMPLATES = "assessments/questions/types"


class QuestionType(ABC):
    """One type of question. The instances hold no state; `TYPES` has one of each."""

    label: ClassVar[Promise]
    hint: ClassVar[Promise]  # what the type is for, one line for who chooses it
    icon: ClassVar[str]
    by_person: ClassVar[bool] = False  # whether people mark it
    form: ClassVar[type[ContentForm]]  # the author's fields of the content
    folder: ClassVar[str]  # of ask.html and review.html, within templates/assessments/questions/types/

    @abstractmethod
    def check(self, content: Mapping[str, Any]) -> Content:
        """The content tidied and complete, with an id for each part; raises Refused with `field` when unusable."""

    def order(self, content: Content, chance: Random | None) -> Json:
        """What this person sees in which order; without `chance` as the author wrote it."""
        return []

    @abstractmethod
    def accept(self, content: Content, order: Json, given: Json) -> Json:
        """The answer as it is kept, None when it says nothing; raises Refused when it does not fit the question."""

    @abstractmethod
    def from_form(self, data: QueryDict, name: str) -> Json:
        """The answer out of a form without scripts, whose fields begin with `name`."""

    @abstractmethod
    def grade(self, content: Content, answer: Json) -> Decimal | None:
        """The part of the points that `answer` earns, 0 to 1; None when a person must say."""

    @abstractmethod
    def asked(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        """What `ask.html` shows as `parts`, beside `name`, the beginning of its fields' names. Never what is right."""

    @abstractmethod
    def told(self, content: Content, order: Json, answer: Json) -> dict[str, Any]:
        """What `review.html` shows as `parts`: what was answered, and what is right.

        Beside it stand `mine` (whether the reader answered) and `see`, the `Thing`s that may be seen now: the template
        shows what is right only with "solution", and whether the answer is only with "right".
        """

    @abstractmethod
    def texts(self, content: Content) -> dict[str, str]:
        """Every text a person reads, by its path: for search, twins and translations."""

    @abstractmethod
    def with_texts(self, content: Content, texts: Mapping[str, str]) -> Content:
        """The content with the texts at these paths replaced."""

    def keys(self, content: Content) -> list[Key]:
        """All that can be chosen, in the author's order, for the frequencies of choices."""
        return []

    def chosen(self, content: Content, answer: Json) -> list[tuple[str, str]]:
        """What `answer` chose, as (part, key) of `keys`."""
        return []

    def guess(self, content: Content) -> Decimal:
        """The fraction that blind guessing earns on average, 0 to 1."""
        return NONE

    @abstractmethod
    def summary(self, content: Content, answer: Json) -> str:
        """The answer in words, for lists and exports."""

    @property
    def ask_template(self) -> str:
        return f"{TEMPLATES}/{self.folder}/ask.html"

    @property
    def review_template(self) -> str:
        return f"{TEMPLATES}/{self.folder}/review.html"

    def right(self, content: Content) -> Json:
        """An answer that earns everything; None when there is none to give (people mark it)."""
        return None


TYPES: Registry[QuestionType] = Registry("type of question")


def type_of(kind: str) -> QuestionType:
    return TYPES[kind]


def misfit() -> Refused:
    """The refusal of an answer that was not among what was shown."""
    return Refused(_("This answer does not fit the question."), field="answer", code="unknown_option")


def part_of_one(earned: Decimal | float, possible: Decimal | float = 1) -> Decimal:
    """Earned / possible within 0 and 1, with four decimals."""
    share = Decimal(earned) / Decimal(possible) if possible else NONE
    return min(max(share, NONE), FULL).quantize(FRACTION, ROUND_HALF_UP)


def texts_of(rows: Iterable[Mapping[str, Any]], prefix: str, field: str = "text") -> dict[str, str]:
    """The texts of rows with ids, by path: {"options.a": "…"}."""
    return {f"{prefix}.{row['id']}": row[field] for row in rows if row.get(field)}


def with_row_texts(
    rows: Iterable[Mapping[str, Any]], prefix: str, texts: Mapping[str, str], field: str = "text"
) -> list[dict[str, Any]]:
    """The rows with what `texts` has for their paths."""
    return [{**row, field: texts.get(f"{prefix}.{row['id']}") or row.get(field, "")} for row in rows]
