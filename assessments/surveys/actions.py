"""Make a survey, let it go, answer it, and remind those who have not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.surveys.models import AnswerKind, Invitation, Reply, Survey, SurveyQuestion
from assessments.surveys.rules import problem_with, problem_with_options, stored
from assessments.surveys.telling import tell
from courses.audiences.actions import people_matching
from courses.models import Audience
from courses.programmes.settling import settle_people
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

BATCH = 2000
REMINDERS = (1, 3)  # days before the last day


@dataclass(frozen=True)
class Draft:
    """A question as it was typed."""

    kind: str
    text: str
    options: list[str] = field(default_factory=list)
    is_required: bool = True


@dataclass(frozen=True)
class Frame:
    """What a survey is besides its questions and its audience."""

    title: str
    opens_on: date
    closes_on: date
    introduction: str = ""
    is_anonymous: bool = True


@transaction.atomic
def save_survey(
    survey: Survey | None, frame: Frame, questions: Sequence[Draft], *, audience: Audience, owner: User | None
) -> Survey:
    """Make or change a draft; one that was let go is refused, since answers belong to what was asked."""
    if survey is None:
        survey = Survey(owner=owner)
    else:
        survey = Survey.objects.select_for_update().get(pk=survey.pk)
        _check_draft(survey)
    if frame.closes_on < frame.opens_on:
        raise Refused(_("It cannot close before it opens."), field="closes_on", code="closes_before_opening")
    for name, value in vars(frame).items():
        setattr(survey, name, value)
    survey.audience = audience
    survey.save()
    _save_questions(survey, questions)
    return survey


def _check_draft(survey: Survey) -> None:
    if survey.released_at is not None:
        raise Refused(_("It was sent already; its questions stay as they are."), code="survey_sent")


def _save_questions(survey: Survey, drafts: Sequence[Draft]) -> None:
    present = list(survey.questions.all())
    for position, draft in enumerate(drafts):
        options = draft.options if draft.kind == AnswerKind.CHOICE else []
        if draft.kind == AnswerKind.CHOICE and (problem := problem_with_options(options)):
            raise Refused(problem, code="bad_options")
        question = present[position] if position < len(present) else SurveyQuestion(survey=survey)
        question.position, question.kind, question.text = position, draft.kind, draft.text
        question.options, question.is_required = options, draft.is_required
        question.save()
    survey.questions.filter(position__gte=len(drafts)).delete()


@transaction.atomic
def delete_survey(survey: Survey) -> None:
    """Throw a draft away."""
    _check_draft(Survey.objects.select_for_update().get(pk=survey.pk))
    survey.delete()


@transaction.atomic
def release(survey: Survey, *, at: datetime) -> Survey:
    """Let the survey go: from now on it stays as it is, and it is sent on its first day. A repeat changes nothing."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("audience").get(pk=survey.pk)
    if survey.released_at is not None:
        return survey
    day = timezone.localdate(at)
    if not survey.questions.exists():
        raise Refused(_("It has no question yet."), code="no_questions")
    if survey.closes_on < day:
        raise Refused(_("Its last day has passed."), field="closes_on", code="closes_in_past")
    if not people_matching(survey.conditions, on=day).exists():
        raise Refused(_("Nobody matches the audience."), code="audience_empty")
    survey.released_at = at
    survey.save(update_fields=["released_at"])
    return survey


@transaction.atomic
def send(survey: Survey, *, at: datetime, tell_people: bool = True) -> int:
    """Invite everybody of the audience, once; before its first day it only waits. Returns the number of invitations."""
    survey = release(survey, at=at)
    day = timezone.localdate(at)
    if survey.sent_at is not None or day < survey.opens_on:
        return 0
    people = list(people_matching(survey.conditions, on=day).values_list("pk", flat=True))
    rows = [Invitation(survey=survey, person_id=person) for person in people]
    Invitation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    survey.sent_at = at
    survey.save(update_fields=["sent_at"])
    if tell_people:
        tell(survey, people, kind="survey_sent", key=f"survey:{survey.pk}")
    return len(people)


def send_due(*, at: datetime) -> int:
    """Send the surveys whose first day has come. Returns the number of invitations."""
    return sum(send(survey, at=at) for survey in Survey.objects.to_send(timezone.localdate(at)))


@transaction.atomic
def answer(survey: Survey, person: User, answers: dict[int, str], *, at: datetime) -> bool:
    """Keep the person's answers (question id -> text); False when he or she had answered before.

    In an anonymous survey neither person, nor day, nor order is kept with the answers.
    """
    day = timezone.localdate(at)
    invitation = Invitation.objects.select_for_update().filter(survey=survey, person=person).first()
    if invitation is None:
        raise Refused(_("You are not asked here."), code="not_invited")
    if invitation.answered_on is not None:
        return False
    if survey.closes_on < day:
        raise Refused(_("This survey has closed."), code="survey_closed")
    questions = list(survey.questions.all())
    for question in questions:
        if problem := problem_with(question, answers.get(question.pk, "").strip()):
            raise Refused(problem, field=f"q{question.pk}", code="bad_answer")
    invitation.answered_on = day
    invitation.save(update_fields=["answered_on"])
    named = {} if survey.is_anonymous else {"person": person, "answered_on": day}
    Reply.objects.create(survey=survey, answers=stored(questions, answers), **named)
    settle_people([person.pk], "survey", at=at)
    return True


def remind(*, on: date) -> int:
    """Tell those who have not answered, three days and one day before the last day, each once.

    Returns the number of new notices. Who was invited the same day is not reminded at once.
    """
    last = on + timedelta(days=max(REMINDERS))
    return sum(_remind(survey, on) for survey in Survey.objects.open(on).filter(closes_on__lte=last))


@transaction.atomic
def _remind(survey: Survey, on: date) -> int:
    if survey.sent_at is None or timezone.localdate(survey.sent_at) >= on:
        return 0
    stage = min(days for days in REMINDERS if (survey.closes_on - on).days <= days)
    waiting = survey.invitations.unanswered().filter(person__is_active=True).values_list("person", flat=True)
    return tell(survey, list(waiting), kind="survey_reminder", key=f"survey:{survey.pk}:left{stage}")
