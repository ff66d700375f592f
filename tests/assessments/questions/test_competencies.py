import pytest

from assessments.models import Question
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import CompetencyFactory, TopicFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(as_, hire):
    return as_(hire(Role.HR))


def sent(**fields):
    return {
        "topic": TopicFactory().pk,
        "kind": "true_false",
        "stem": "七天内可以退货。",
        "answer": "true",
        "difficulty": 1,
        **fields,
    }


def test_question_names_what_it_proves_and_may_name_nothing_again(hr):
    found = CompetencyFactory()
    data = sent(competency=found.pk)
    hr.post("/questions/new/", data)
    question = Question.objects.get()
    assert question.competency == found

    hr.post(f"/questions/{question.pk}/edit/", data | {"competency": ""})

    question.refresh_from_db()
    assert (question.competency, question.current.number) == (None, 1)


def test_unknown_competency_is_said_at_the_field(hr):
    answer = hr.post("/questions/new/", sent(competency="999999"))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["competency"])


def test_retired_competency_stays_chosen_and_is_not_offered_anew(hr):
    old = CompetencyFactory(retired_at=clock.now())
    question = QuestionFactory(competency=old, topic=TopicFactory())

    assert old in hr.get(f"/questions/{question.pk}/edit/").context["form"].fields["competency"].queryset
    assert old not in hr.get("/questions/new/?kind=single").context["form"].fields["competency"].queryset


def test_bank_is_filtered_by_competency(hr):
    found = CompetencyFactory()
    QuestionFactory(code="a-1", competency=found, topic=TopicFactory())
    QuestionFactory(code="a-2", topic=TopicFactory())

    page = hr.get(f"/questions/?competency={found.pk}").context["page"]

    assert [question.code for question in page] == ["a-1"]
