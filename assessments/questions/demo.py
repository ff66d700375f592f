"""Which competency the demo company's questions prove: that of the course whose quiz asks them."""

from assessments.questions.models import Question
from courses.models import Competency
from trainingsite.core.demo import Story
from trainingsite.people.demo import read


def tell(_story: Story) -> None:
    competencies = {row.code: row for row in Competency.objects.all()}
    for course, competency in read("course_facts")["questions"].items():
        asked = Question.objects.filter(quiz_items__quiz__unit__course__code=course, competency=None)
        Question.objects.filter(pk__in=asked.values("pk")).update(competency=competencies.get(competency))
