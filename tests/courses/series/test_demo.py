from datetime import date

from courses.instructors import demo as instructors
from courses.instructors.models import Instructor
from courses.models import Room, Series, Session, SessionTemplate
from courses.rooms import demo as rooms
from courses.series import demo as series
from courses.sessions import demo as sessions
from trainingsite.core.demo import Story
from trainingsite.people.access.roles import Role


def test_demo_has_rooms_experts_templates_a_series_and_every_kind(company, hire):
    hire(Role.HR, username="hr")
    teacher = hire(Role.INSTRUCTOR, username="instructor")
    Instructor.objects.of([teacher.pk])
    for _number in range(60):
        hire(department="care")
    story = Story(date(2026, 11, 23))
    story.kept["department"] = {"after-sale": company["care"], "pre-sale": company["care"]}
    for told in (rooms, instructors, sessions, series):
        told.tell(story)

    assert (Room.objects.in_use().count(), SessionTemplate.objects.count(), Series.objects.count()) == (5, 3, 1)
    assert {session.kind for session in Session.objects.all()} == {"class", "workshop", "team", "review", "roleplay"}
    outside = Session.objects.filter(instructors__person=None, instructors__isnull=False)
    assert outside.filter(title__startswith="情绪与压力管理").count() == 2
    assert Series.objects.get().sessions.exclude(cancelled_at=None).count() == 1
