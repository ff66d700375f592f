"""Two planners at the same instant, through connections of their own: one is served, the other refused in words."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from courses.models import Engagement, PlanningRule, Session, SessionPlace
from courses.sessions.actions import place, schedule
from courses.sessions.clashes import in_words
from tests.factories.planning import NINE, SessionFactory
from tests.factories.sessions import OutsideInstructorFactory, RoomFactory, instructor_of
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planner(hire, now):
    """`planner(room=…)` plans an hour at 9 on 1 December."""
    PlanningRule.objects.create(pk=1, max_in_training_percent=100)
    hr = hire(Role.HR, department="centre")

    def plan(**fields):
        return schedule(title="工作坊", starts_at=NINE, minutes=60, by=hr, at=now, **fields)

    return plan


def at_once(*acts):
    """What becomes of these acts when they begin together: "done", or the code of the refusal and its words."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(10)
            act()
        except Refused as refusal:
            return refusal.code, str(refusal.message)
        else:
            return ("done", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts), key=lambda outcome: outcome[0] != "done")


def test_two_planners_take_the_same_room(planner):
    room = RoomFactory(name="培训室 A")

    done, refused = at_once(lambda: planner(room=room), lambda: planner(room=room))

    assert (done[0], refused[0]) == ("done", "room_double")
    assert "培训室 A" in refused[1]
    assert Session.objects.count() == 1


def test_two_planners_take_the_same_instructor(planner, hire):
    for instructor in (instructor_of(hire(Role.INSTRUCTOR)), OutsideInstructorFactory()):
        rooms = [RoomFactory(), RoomFactory()]
        acts = [lambda room=room, who=instructor: planner(room=room, instructors=[who]) for room in rooms]

        done, refused = at_once(*acts)

        assert (done[0], refused[0]) == ("done", "instructor_double")
        assert str(instructor) in refused[1]
    assert Session.objects.count() == 2


def test_two_planners_take_the_same_person(planner, hire):
    person, rooms = hire(name="王小明"), [RoomFactory(), RoomFactory()]

    done, refused = at_once(*[lambda room=room: planner(room=room, people_ids=[person.pk]) for room in rooms])

    assert (done[0], refused[0]) == ("done", "person_double")
    assert "王小明" in refused[1]
    assert (SessionPlace.objects.count(), Engagement.objects.count()) == (1, 1)


def test_two_planners_give_the_last_seat(planner, hire, now):
    session = planner(room=RoomFactory(), capacity=1)
    people = [hire(), hire()]

    done, refused = at_once(
        *[lambda person=person: place(session, [person.pk], by=None, at=now, anyway=True) for person in people]
    )

    assert (done[0], refused[0]) == ("done", "session_full")
    assert SessionPlace.objects.filter(seat=1).count() == 1


def test_rows_written_past_the_acts_are_refused_in_words_too(hire):
    """Without the acts' lock nothing but the constraints stands between the two."""
    person, sessions = hire(name="王小明"), [SessionFactory(), SessionFactory()]

    def sit(session):
        with in_words():
            SessionPlace.objects.create(session=session, person=person)

    done, refused = at_once(*[lambda session=session: sit(session) for session in sessions])

    assert (done[0], refused[0]) == ("done", "person_double")
    assert "王小明" in refused[1]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ("room", "room_double", "room"),
        ("outside", "instructor_double", "instructors"),
        ("seat", "session_full", "people"),
    ],
)
def test_each_refusal_of_the_database_has_words_and_a_field(hire, fields, code, field):
    session = SessionFactory(capacity=1, instructors=[OutsideInstructorFactory()])
    SessionPlace.objects.create(session=session, person=hire())
    acts = {
        "room": lambda: SessionFactory(room=session.room),
        "outside": lambda: SessionFactory(instructors=list(session.instructors.all())),
        "seat": lambda: SessionPlace.objects.create(session=session, person=hire()),
    }

    with pytest.raises(Refused) as refusal, in_words():
        acts[fields]()

    assert (refusal.value.code, refusal.value.field, bool(str(refusal.value.message))) == (code, field, True)


def test_other_refusals_of_the_database_stay_errors(db):
    session = SessionFactory()

    with pytest.raises(IntegrityError), in_words(), transaction.atomic():
        Session.objects.create(title="x", starts_at=NINE, ends_at=NINE, token=session.token)
