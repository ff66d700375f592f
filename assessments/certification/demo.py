"""The demo company's certifications, and the certificates that two years of learning have earned."""

from datetime import date, timedelta
from random import Random

from django.db.models import QuerySet
from django.utils import timezone

from assessments.attempts.demo import right
from assessments.attempts.history import PastAttempt, record_attempts
from assessments.certification.actions import certify_due
from assessments.certification.models import Certification
from assessments.quizzes.models import Quiz
from courses.enrolment.actions import complete_many, enrol
from courses.models import Course, Enrolment
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import User

DAY = timedelta(days=1)
TO_GUIDE = "coaching-and-quality"  # the course that mentors take
SENIORS, OTHERS = 11, 5
EXPIRED, SINCE, LATELY = 410, (210, 340), 20  # days ago on which it was completed: by one too long ago
LEARNING = 6  # days ago on which the last was given it


def tell(story: Story) -> None:
    for row in read("certifications")["certifications"]:
        certification = Certification.objects.create(
            code=row["code"],
            title=row["title"],
            summary=row["summary"],
            minimum_score=row["minimum_score"],
            valid_months=row["valid_months"],
        )
        certification.courses.set(Course.objects.filter(code__in=row["courses"]))
    _train_mentors(story)
    done = Enrolment.objects.completed().values_list("pk", flat=True)
    certify_due(list(done), timezone.localtime(moment(story.today, 20)))


def _train_mentors(story: Story) -> None:
    """The login `mentor` and experienced agents learn to guide; one has let it expire, the last is still learning.

    Senior agents have been given the course as future supervisors; agents of the complaint desk take it for this.
    """
    chance = Random("mentors")  # its own, so that the rest of the story stays as it is
    quiz = Quiz.objects.select_related("unit__course").get(unit__course__code=TO_GUIDE, practice=False)
    learning = Enrolment.objects.filter(course=quiz.unit.course_id)
    done = learning.completed().values("person")
    login = User.objects.get(username="mentor")
    seniors = _experienced(story, "senior-agent").exclude(pk=login.pk)
    taught = _shuffled(chance, _experienced(story, "complaint-agent").exclude(pk__in=learning.values("person")))
    chosen = [login, *_shuffled(chance, seniors.filter(pk__in=done))[: SENIORS - 1], *taught[:OTHERS]]
    if not done.filter(person=login).exists():
        _complete(login, quiz, story.today - LATELY * DAY)
    for number, person in enumerate(taught[:OTHERS], start=1):
        ago = EXPIRED if number == OTHERS else chance.randint(*SINCE)
        _complete(person, quiz, story.today - ago * DAY)
    learner = [*_shuffled(chance, seniors.exclude(pk__in=done)), *taught[OTHERS:]][0]
    enrol(learner, quiz.unit.course, on=story.today - LEARNING * DAY)
    chosen.append(learner)
    story.kept["mentors"] = [person.pk for person in chosen]


def _experienced(story: Story, job: str) -> QuerySet[User]:
    people = User.objects.filter(position__external_id=story.kept["position"][job])
    experienced: QuerySet[User] = people.filter(hired_on__lt=story.first_day)
    return experienced


def _shuffled(chance: Random, people: QuerySet[User]) -> list[User]:
    found = list(people.order_by("pk"))
    chance.shuffle(found)
    return found


def _complete(person: User, quiz: Quiz, day: date) -> None:
    enrolment = enrol(person, quiz.unit.course, on=day)
    begun, done = moment(day + 3 * DAY, 15), moment(day + 3 * DAY, 15, 14)
    record_attempts([PastAttempt(enrolment, quiz, begun, done, right)])
    complete_many([(enrolment, done)])
