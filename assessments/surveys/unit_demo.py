"""The demo's survey within a course: a look back at the first week, with the survey that is open."""

from datetime import timedelta
from typing import Any

from assessments.surveys.models import Survey
from assessments.surveys.units import SURVEY, answer_in_course, survey_unit_of
from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.versions import publish_version
from courses.enrolment.actions import complete_unit, enrol
from courses.models import Topic
from trainingsite.core import clock
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
LEARNERS = 6
ANSWERED = 4


def tell(story: Story, survey: Survey) -> None:
    row: dict[str, Any] = read("practice")["feedback_course"]
    owner = User.objects.get(username="instructor")
    course = create_course(
        topic=Topic.objects.get(slug="communication"),
        title=row["title"],
        code=row["code"],
        summary=row["summary"],
        objectives=row["objectives"],
        by=owner,
    )
    text = row["article"]
    article = add_unit(course, kind="article", title=text["title"], minutes=text["minutes"], body=text["body"])
    unit = add_unit(course, kind=SURVEY, title=row["survey"]["title"], minutes=row["survey"]["minutes"])
    asked = survey_unit_of(unit)
    asked.survey = survey
    asked.save()
    published_at = moment(story.today - 2 * DAY)
    with clock.frozen(published_at):  # whether the survey can still be answered is judged by the clock
        publish_version(course, by=owner, at=published_at)
    course.refresh_from_db()
    team = User.objects.employed(story.today).in_department(story.kept["department"]["pre-sale"])
    questions = list(survey.questions.filter(kind="scale"))
    with silence():
        for number, person in enumerate(team.order_by("-hired_on", "pk")[:LEARNERS]):
            enrolment = enrol(person, course, on=story.today - 2 * DAY, due_on=story.today + 5 * DAY)
            complete_unit(enrolment, article, at=moment(story.today - DAY, 10, 5 * number))
            if number < ANSWERED:
                answers = {question.pk: str(story.rng.choice((4, 5))) for question in questions}
                answers |= {q.pk: q.options[0] for q in survey.questions.filter(kind="choice")}
                answer_in_course(enrolment, unit, answers, at=moment(story.today - DAY, 11, 5 * number))
