"""People with gaps, and courses that close them."""

from datetime import UTC, datetime

from assessments.models import CurrentLevel, RoleProfile
from assessments.ratings.ready import ensure_first_rule
from courses.models import Competency, Course, Prerequisite, Teaches
from tests.factories.courses import CourseFactory, UnitFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.people.models import User

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai


def has_level(person: User, of: Competency, level: int) -> CurrentLevel:
    """As if evidence had given the level."""
    rule = ensure_first_rule(NOON)
    values = {"level": level, "score": level * 20, "rule": rule, "derived_at": NOON}
    return CurrentLevel.objects.update_or_create(person=person, competency=of, defaults=values)[0]


def teaching(title: str, minutes: int, **reaches: int) -> Course:
    """A course of one article; `reaches` are pairs of a competency's code and a level."""
    course: Course = CourseFactory(title=title)
    UnitFactory(course=course, minutes=minutes)
    for code, level in reaches.items():
        Teaches.objects.create(course=course, competency=Competency.objects.get(code=code), level=level)
    return course


def before(course: Course, *first: Course) -> None:
    for each in first:
        Prerequisite.objects.create(course=course, needs=each)


def asks(person: User, typing: int = 3, empathy: int = 3) -> RoleProfile:
    """The person's job asks for the levels in typing (40 %) and empathy (60 %); codes `typing`, `empathy`."""
    needs = [
        need(Competency.objects.filter(code="typing").first() or competency("打字速度", code="typing"), typing, 40),
        need(Competency.objects.filter(code="empathy").first() or competency("共情沟通", code="empathy"), empathy, 60),
    ]
    profile = profile_of(*needs)
    person.position = profile.position
    person.save(update_fields=["position"])
    return profile
