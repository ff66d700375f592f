"""What a gradebook is about: a course or a programme, its quizzes as columns, and the people in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.quizzes.models import Quiz
from courses.models import Course, Enrolment, Item, Participation, Programme
from trainingsite.people.models import User

COURSE, PROGRAMME = "course", "programme"


@dataclass(frozen=True)
class Column:
    """A quiz as the course offers it today; `quizzes` are all that stood in its place, in older versions too."""

    place: int
    quiz: Quiz
    quizzes: tuple[int, ...]

    @property
    def title(self) -> str:
        return str(self.quiz.unit)

    @property
    def course(self) -> Course:
        return self.quiz.unit.course


@dataclass(frozen=True)
class Book:
    """A course or programme with its columns."""

    kind: str
    subject: Course | Programme
    columns: list[Column]

    @property
    def url_name(self) -> str:
        return f"{self.kind}-gradebook"

    def members(self, *, on: date) -> QuerySet[User]:
        """Who takes the course or programme and works here on the day."""
        if self.kind == COURSE:
            taking: QuerySet[Any] = Enrolment.objects.filter(
                person=OuterRef("pk"), course=self.subject.pk, withdrawn_at=None
            )
        else:
            taking = Participation.objects.filter(
                person=OuterRef("pk"), assignment__programme=self.subject.pk, left_at=None, exempted_at=None
            )
        people: QuerySet[User] = User.objects.employed(on).filter(Exists(taking))
        return people


def book_of_course(course: Course) -> Book:
    return Book(COURSE, course, columns_of([course.pk]))


def book_of_programme(programme: Programme) -> Book:
    """The courses of the version that is published, in the order of learning."""
    items = Item.objects.of_version(programme.pk, programme.version).courses()
    return Book(PROGRAMME, programme, columns_of([pk for pk in items.values_list("object_id", flat=True) if pk]))


def columns_of(courses: Sequence[int]) -> list[Column]:
    """The quizzes of the courses, in their order; practice proves nothing and has no column. One query."""
    places = {pk: place for place, pk in enumerate(courses)}
    every = Quiz.objects.filter(unit__course__in=courses, practice=False).select_related("unit__course__topic")
    slots: defaultdict[tuple[int, str], list[Quiz]] = defaultdict(list)
    for quiz in every:
        slots[quiz.unit.course_id, quiz.unit.slug].append(quiz)
    offered = [(quiz, some) for some in slots.values() for quiz in some if quiz.unit.is_in(quiz.unit.course.version)]
    offered.sort(key=lambda pair: (places[pair[0].unit.course_id], pair[0].unit.position, pair[0].pk))
    return [Column(place, quiz, tuple(sorted(one.pk for one in some))) for place, (quiz, some) in enumerate(offered)]
