"""The survey after a session: ready questions, asked of those who were there, anonymous as surveys are."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from assessments.surveys.models import AnswerKind, Invitation, Survey, SurveyQuestion
from assessments.surveys.results import Results, results_of
from assessments.surveys.rules import SCALE
from assessments.surveys.telling import tell
from courses.models import Session
from courses.session_papers.feedback import FEEDBACK, Feedback, FeedbackResults

KEY = "training_feedback"
OPEN_FOR = timedelta(days=7)
BATCH = 2000


def _questions() -> list[tuple[str, str, bool]]:
    """Kind, text and whether it has to be answered, in the language of the company's content."""
    with override(settings.LANGUAGE_CODE):
        return [
            (AnswerKind.SCALE, _("I can use what was taught in my work."), True),
            (AnswerKind.SCALE, _("The instructor explained clearly and answered questions."), True),
            (AnswerKind.SCALE, _("The pace and the length were right."), True),
            (AnswerKind.SCALE, _("I would recommend this session to colleagues."), True),
            (AnswerKind.TEXT, _("What should we change next time?"), False),
        ]


@transaction.atomic
def ask(session: Session, people: Sequence[int], at: datetime) -> int:
    """Open the survey of the session and invite these people, each once; a repeat asks nobody again."""
    day = timezone.localdate(at)
    with override(settings.LANGUAGE_CODE):
        title = _("Feedback: %(title)s") % {"title": session.title}
    frame = {"title": title[:100], "is_anonymous": True, "opens_on": day, "closes_on": day + OPEN_FOR}
    sent = {"released_at": at, "sent_at": at, "owner": session.planned_by}
    survey, is_new = Survey.objects.get_or_create(session=session, defaults={**frame, **sent})
    if is_new:
        _write(survey)
    rows = [Invitation(survey=survey, person_id=person) for person in people]
    Invitation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return tell(survey, people, kind="survey_sent", key=f"survey:{survey.pk}")


def _write(survey: Survey) -> None:
    SurveyQuestion.objects.bulk_create(
        [
            SurveyQuestion(survey=survey, position=position, kind=kind, text=text, is_required=required)
            for position, (kind, text, required) in enumerate(_questions())
        ]
    )


def results(session: Session) -> FeedbackResults | None:
    """How many replied, and the mean over all scales while it need not be hidden."""
    survey = Survey.objects.filter(session=session).first()
    if survey is None:
        return None
    found = results_of(survey)
    url = reverse("survey", args=[survey.pk])
    return FeedbackResults(found.invited, found.replied, _mean(found), int(SCALE[-1]), found.hidden, url)


def _mean(found: Results) -> float | None:
    """Every answer on a scale counts alike."""
    counts = [
        (int(answer), number)
        for result in found.questions
        if result.question.kind == AnswerKind.SCALE
        for answer, number in result.counts
    ]
    given = sum(number for _answer, number in counts)
    return sum(answer * number for answer, number in counts) / given if given else None


FEEDBACK.register(KEY, Feedback(gettext_lazy("Training feedback (four scales and a text, anonymous)"), ask, results))
