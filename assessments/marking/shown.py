"""An answer as its marker sees it: without whose it is, where the quiz is marked without names."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from assessments.attempts.models import Response
from assessments.questions.types.base import QuestionType, type_of


def is_nameless(response: Response) -> bool:
    """Whether nobody may learn whose answer it is: until the whole attempt is graded."""
    return response.attempt.is_nameless


def paper_code(response: Response) -> str:
    """What an attempt is called while it has no name: one code for all of its answers, which tells nothing."""
    return salted_hmac("assessments.marking", str(response.attempt_id)).hexdigest()[:5].upper()


def author_of(response: Response) -> str:
    """The person's name, or the code of the paper."""
    if is_nameless(response):
        return _("Paper %(code)s") % {"code": paper_code(response)}
    return str(response.attempt.person)


def file_name(response: Response, name: str) -> str:
    """What a file that was handed in is called for its markers."""
    if not is_nameless(response):
        return name
    return f"{paper_code(response)}-{response.position}{PurePath(name).suffix.lower()}"


def answer_of(response: Response) -> Any:
    """The answer as it was given; a file that was handed in without a name that tells whose it is."""
    answer = response.answer
    if is_nameless(response) and isinstance(answer, dict) and "file" in answer:
        return {**answer, "name": file_name(response, str(answer.get("name", "")))}
    return answer


@dataclass(frozen=True)
class Sheet:
    """One answer in the queue or on the marking page."""

    response: Response

    @property
    def author(self) -> str:
        return author_of(self.response)

    @property
    def is_nameless(self) -> bool:
        return is_nameless(self.response)

    @property
    def type(self) -> QuestionType:
        return type_of(self.response.version.question.kind)

    @property
    def summary(self) -> str:
        """The beginning of the answer in words."""
        return self.type.summary(self.response.version.content, answer_of(self.response))

    @property
    def parts(self) -> dict[str, Any]:
        """What the template of the question's type shows of the answer."""
        return self.type.told(self.response.version.content, self.response.option_order, answer_of(self.response))
