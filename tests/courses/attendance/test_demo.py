from datetime import date, timedelta

import pytest

from courses.attendance import demo
from courses.models import SessionMinutes, SessionPlace
from courses.session_papers import demo as papers
from tests.factories.planning import HOUR, NINE, SessionFactory
from trainingsite.core.demo import Story
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def story(hire):
    """Three past sessions of twenty people and one to come."""
    hire(Role.HR, username="hr")
    hire(Role.INSTRUCTOR, username="instructor")
    people = [hire(name=f"客服{number}") for number in range(20)]
    for number, title in enumerate(("工作坊", "服务复盘会", "专题")):
        session = SessionFactory(title=title, room=None, starts_at=NINE + number * DAY)
        SessionPlace.objects.bulk_create([SessionPlace(session=session, person=person) for person in people])
    SessionFactory(title="将来", room=None, starts_at=NINE + 30 * DAY)
    return Story(date(2026, 12, 20))


def test_past_sessions_have_attendance_by_code_and_roster_late_and_excused_ones(story):
    demo.tell(story)

    noted = SessionPlace.objects.all()
    assert not noted.filter(noted_by="").exists()
    assert {each.noted_by for each in noted} == {"code", "roster"}
    assert noted.filter(attended_at__isnull=False, late_minutes__gt=0).exists()
    assert noted.exclude(excused_reason="").exists()
    assert noted.filter(corrections__isnull=False).count() == 1


def test_told_again_it_changes_nothing_but_corrects_another(story):
    demo.tell(story)
    before = noted()

    demo.tell(story)

    assert sum(1 for pk, facts in noted().items() if before[pk] != facts) <= 1


def noted():
    return {place.pk: (place.attended_at, place.noted_by) for place in SessionPlace.objects.all()}


def test_reviews_have_minutes_with_decisions_and_tasks(story):
    demo.tell(story)
    papers.tell(story)

    review = SessionMinutes.objects.get(session__title="服务复盘会")
    assert (bool(review.decisions), review.session.todos.count(), review.told_at) == (
        True,
        3,
        NINE + DAY + 3 * HOUR,
    )
    assert review.session.todos.exclude(done_at=None).count() == 1
    assert SessionMinutes.objects.count() == 3
    assert Notice.objects.count() == 0
