import pytest

from assessments.models import Question
from assessments.questions.exports import entries_of
from tests.factories.courses import TopicFactory
from tests.factories.marking import essay
from tests.factories.practice import rubric

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("essays", [1, 30])
def test_titles_of_rubrics_take_one_query(essays, django_assert_num_queries):
    topic, by = TopicFactory(), rubric()
    for number in range(essays):
        essay(f"e-{number}", by=by, topic=topic)
    with django_assert_num_queries(2):
        found = entries_of(Question.objects.all())
    assert [entry["content"]["rubric"] for entry in found] == [by.title] * essays
