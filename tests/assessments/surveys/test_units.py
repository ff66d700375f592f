from datetime import date, timedelta

import pytest

from assessments.models import Invitation, Reply
from assessments.surveys.units import SURVEY, answer_in_course, copy, go_on, problems, rule, survey_unit_of
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.surveys import SurveyFactory
from trainingsite.core import clock
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def survey(today):
    now = clock.now()
    dates = {"opens_on": today, "closes_on": today + DAY, "released_at": now, "sent_at": now}
    return SurveyFactory(**dates, is_anonymous=True, questions=[("scale", "讲得清楚吗", [])])


@pytest.fixture
def unit(survey):
    made = UnitFactory(kind=SURVEY, body="", title="课程反馈")
    asked = survey_unit_of(made)
    asked.survey = survey
    asked.save()
    return made


@pytest.fixture
def enrolment(unit, hire):
    return EnrolmentFactory(person=hire(Role.TRAINEE, locale="en"), course=unit.course)


@pytest.fixture
def answers(survey):
    return {survey.questions.get().pk: "5"}


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def test_learner_answers_without_an_invitation_and_has_done_the_unit(enrolment, unit, survey, answers, today):
    done = answer_in_course(enrolment, unit, answers, at=clock.now())

    assert done.completed_at is not None
    assert list(Invitation.objects.values_list("person", "answered_on")) == [(enrolment.person_id, today)]
    assert list(Reply.objects.values_list("person", "answered_on")) == [(None, None)]


def test_answering_twice_keeps_the_first_answers(enrolment, unit, answers):
    for _repeat in range(2):
        answer_in_course(enrolment, unit, answers, at=clock.now())

    assert Reply.objects.count() == 1


def test_who_has_answered_by_invitation_goes_on(enrolment, unit, survey, today):
    Invitation.objects.create(survey=survey, person=enrolment.person, answered_on=today)

    assert go_on(enrolment, unit, at=clock.now()).completed_at is not None


def test_going_on_without_an_answer_is_refused(enrolment, unit):
    assert refusal(go_on, enrolment, unit, at=clock.now()) == "not_answered"


def test_closed_survey_holds_nobody_up(enrolment, unit, answers):
    late = clock.now() + 3 * DAY

    assert refusal(answer_in_course, enrolment, unit, answers, at=late) == "survey_closed"
    assert go_on(enrolment, unit, at=late).completed_at == late


def test_survey_that_is_not_open_yet_is_refused(enrolment, unit, survey, answers, today):
    survey.opens_on = survey.closes_on = today + DAY
    survey.save()

    assert refusal(answer_in_course, enrolment, unit, answers, at=clock.now()) == "survey_not_open"
    assert not Invitation.objects.exists()


def test_unit_needs_a_survey_that_can_be_answered(unit, survey):
    bare = UnitFactory(kind=SURVEY)
    found = [len(problems(unit)), len(problems(bare))]
    for change in (
        {"released_at": None, "sent_at": None},
        {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 1, 2)},
    ):
        type(survey).objects.filter(pk=survey.pk).update(**change)
        found.append(len(problems(unit)))

    assert found == [0, 1, 1, 1]


def test_copy_asks_the_same_survey(unit, survey):
    new = UnitFactory(kind=SURVEY, course=unit.course)

    copy(unit, new)

    assert (survey_unit_of(new).survey, bool(rule(new))) == (survey, True)


class TestPages:
    def test_learner_answers_in_the_course(self, as_, enrolment, unit, survey):
        client, path = as_(enrolment.person), f"/learn/{enrolment.pk}/surveys/{unit.pk}/"
        name = f"q{survey.questions.get().pk}"

        empty = client.post(path, {})
        sent = client.post(path, {name: "4"}, follow=True)

        assert (empty.status_code, list(empty.context["form"].errors)) == (422, [name])
        assert "Thank you, you have answered" in sent.content.decode()
        enrolment.refresh_from_db()
        assert enrolment.completed_at is not None

    def test_of_somebody_else_does_not_exist(self, as_, hire, enrolment, unit):
        assert as_(hire(Role.TRAINEE)).get(f"/learn/{enrolment.pk}/surveys/{unit.pk}/").status_code == 404

    def test_author_chooses_among_the_surveys_that_can_be_answered(self, as_, hire, survey):
        new = UnitFactory(kind=SURVEY, course__draft=True)
        old = SurveyFactory(opens_on=date(2026, 1, 1), closes_on=date(2026, 1, 2))
        client, path = as_(hire(Role.INSTRUCTOR)), f"/units/{new.pk}/survey/"

        refused = client.post(path, {"survey": old.pk})
        client.post(path, {"survey": survey.pk})

        assert (refused.status_code, survey_unit_of(new).survey) == (422, survey)
