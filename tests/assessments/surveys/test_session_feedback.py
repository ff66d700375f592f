from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.models import Invitation, Reply, Survey
from assessments.surveys.actions import answer, remind
from assessments.surveys.session_feedback import KEY, ask, results
from courses.models import SessionPlace
from courses.session_papers.actions import ask_feedback_due
from courses.session_papers.feedback import FEEDBACK, FeedbackResults
from tests.factories.planning import HOUR, NINE, SessionFactory
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

LATER = NINE + 2 * HOUR
DAY = timedelta(days=1)


@pytest.fixture
def session(db):
    return SessionFactory(title="投诉处理工作坊", room=None, feedback=KEY)


@pytest.fixture
def people(session, hire):
    """Six who were there."""
    found = [hire(name=f"客服{number}") for number in range(6)]
    for person in found:
        SessionPlace.objects.create(session=session, person=person, attended_at=NINE, noted_by="code")
    return found


def fill_in(survey, person, scale):
    questions = list(survey.questions.all())
    answers = {question.pk: str(scale) for question in questions if question.kind == "scale"}
    return answer(survey, person, answers, at=LATER)


def test_those_who_were_there_are_invited_by_beat_once(session, people):
    assert [ask_feedback_due(at=LATER) for _twice in range(2)] == [6, 0]

    survey = Survey.objects.get()
    assert (survey.session, survey.audience, survey.is_anonymous, survey.title) == (
        session,
        None,
        True,
        "反馈：投诉处理工作坊",
    )
    assert [question.kind for question in survey.questions.all()] == ["scale"] * 4 + ["text"]
    assert Notice.objects.filter(kind="survey_sent").count() == Invitation.objects.count() == 6


def test_asked_again_nobody_is_invited_twice(session, people):
    ids = [person.pk for person in people]

    assert [ask(session, ids, LATER), ask(session, ids, LATER + HOUR)] == [6, 0]
    assert (Survey.objects.count(), Invitation.objects.count()) == (1, 6)


def test_rate_and_mean_show_when_enough_have_replied(session, people):
    assert results(session) is None
    ask(session, [person.pk for person in people], LATER)
    survey = Survey.objects.get()
    url = reverse("survey", args=[survey.pk])
    for person in people[:4]:
        fill_in(survey, person, 4)
    assert results(session) == FeedbackResults(6, 4, None, 5, hidden=True, url=url)

    fill_in(survey, people[4], 5)

    assert results(session) == FeedbackResults(6, 5, 4.2, 5, hidden=False, url=url)
    assert set(Reply.objects.values_list("person", "answered_on")) == {(None, None)}


def test_unanswered_ones_are_reminded_like_those_of_any_survey(session, people):
    ask(session, [person.pk for person in people], LATER)
    fill_in(Survey.objects.get(), people[0], 4)

    assert remind(on=(LATER + 4 * DAY).date()) == 5


def test_hr_finds_the_survey_among_the_others(as_, hire, session, people):
    ask(session, [person.pk for person in people], LATER)
    browse = as_(hire(Role.HR))

    listed = browse.get(reverse("surveys")).content.decode()
    page = browse.get(reverse("survey", args=[Survey.objects.get().pk])).content.decode()

    assert ("反馈：投诉处理工作坊" in listed, "投诉处理工作坊" in page) == (True, True)


def test_survey_of_a_session_has_no_audience_to_ask(session, people):
    ask(session, [people[0].pk], LATER)

    with pytest.raises(ValueError, match="no audience"):
        _ = Survey.objects.get().conditions
    assert KEY in FEEDBACK
