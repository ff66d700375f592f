import pytest

from courses.models import Instructor, Room, Session, SessionTemplate
from courses.series.template_actions import from_template, keep_as_template, retire_template
from courses.sessions.models import Teaching
from tests.factories.planning import NINE, SessionFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory, SessionTemplateFactory
from trainingsite.core.errors import Refused


@pytest.fixture
def template(db):
    found = SessionTemplateFactory(
        title="情绪与压力管理工作坊", kind="workshop", minutes=90, capacity=12, minimum=5, room__seats=20
    )
    found.instructors.add(OutsideInstructorFactory(name="林医生"))
    return found


def test_session_from_a_template_says_what_the_template_says(template, hr, now, hire):
    session = from_template(template, NINE, by=hr, at=now, people_ids=[hire().pk])

    found = (session.title, session.kind, session.minutes, session.capacity, session.minimum, session.room)
    assert found == ("情绪与压力管理工作坊", "workshop", 90, 12, 5, template.room)
    assert list(Teaching.objects.values_list("instructor__name", "minutes", "cost")) == [("林医生", 90, 1200)]
    assert session.places.count() == 1


def test_what_is_said_otherwise_counts(template, hr, now):
    room = RoomFactory(seats=30)

    session = from_template(template, NINE, by=hr, at=now, title="第四季度", room=room, minutes=60, instructors=[])

    assert (session.title, session.room, session.minutes, session.instructor_names) == ("第四季度", room, 60, "")


def test_token_plans_one_session_from_a_template(template, hr, now):
    first = from_template(template, NINE, by=hr, at=now)

    assert from_template(template, NINE, by=hr, at=now, token=first.token) == first


def test_instructor_who_teaches_no_longer_is_left_out(template, hr, now):
    Instructor.objects.update(retired_at=now)

    assert from_template(template, NINE, by=hr, at=now).instructors.count() == 0


def test_room_that_is_given_up_is_not_planned(template, hr, now):
    Room.objects.update(retired_at=now)

    with pytest.raises(Refused) as refusal:
        from_template(SessionTemplate.objects.get(), NINE, by=hr, at=now)

    assert (refusal.value.code, Session.objects.count()) == ("place_missing", 0)


def test_retired_template_plans_nothing(template, hr, now):
    retire_template(template, by=hr, at=now)
    template.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        from_template(template, NINE, by=hr, at=now)
    assert refusal.value.code == "template_retired"


def test_session_kept_as_a_template_says_the_same(hr, now):
    session = SessionFactory(kind="review", capacity=8, agenda="数据\n措施", instructors=[OutsideInstructorFactory()])

    template = keep_as_template(session, title="复盘会", by=hr)

    again = from_template(template, NINE.replace(day=2), by=hr, at=now)
    assert (again.title, again.kind, again.capacity, again.agenda) == ("复盘会", "review", 8, "数据\n措施")
    assert (again.room, list(again.instructors.all())) == (session.room, list(session.instructors.all()))
    assert SessionTemplate.objects.get() == template
