"""The radar and what a level rests on, of a past day: the same whenever it is looked at."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from assessments.ratings.basis import basis_of
from assessments.ratings.looks import Look
from assessments.ratings.recording import record, void
from assessments.ratings.rules import RuleDraft, publish_rule
from assessments.ratings.shown import radar_of
from courses.competencies.versions import publish_framework
from courses.models import CompetencyLevel
from tests.assessments.ratings.rated import asked_of
from tests.factories.people import DepartmentFactory, PositionFactory
from tests.factories.profiles import need, version_of
from tests.factories.ratings import DAY, NOON, piece, rating_rule
from trainingsite.core import clock
from trainingsite.core.days import end_of
from trainingsite.people.access.roles import Role

DAY_SHOWN = date(2026, 6, 1)
LOOK = Look(DAY_SHOWN, end_of(DAY_SHOWN), past=True)
HIRED = datetime(2026, 5, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def team(rule, hire):
    """Six of one position and department, each with levels by 1 June, in a framework that was published in May."""
    with clock.frozen(HIRED):
        position = PositionFactory(name="售后客服")
        people = [hire(Role.TRAINEE, position=position) for _number in range(6)]
        asked = asked_of(position)
        publish_framework("首版", by=None, at=HIRED)
    with clock.frozen(NOON):
        for number, person in enumerate(people):
            pieces = [piece(person, of, 50 + 8 * number) for of in (asked.empathy, asked.typing) for _twice in range(2)]
            record(pieces, at=NOON)
    return SimpleNamespace(people=people, me=people[0], asked=asked, position=position)


def told(radar):
    """Everything that the page says, in words and numbers."""
    lines = [
        (str(each.competency), each.derived, each.need, each.team, each.steps, each.state, each.worth, each.missing)
        for each in radar.lines
    ]
    events = [{name: str(value) for name, value in event.items()} for event in radar.events]
    return (radar.wanted, radar.fit, radar.standing, lines, radar.chart, events)


def told_of_basis(basis):
    """What the page of one competency says."""
    levels = [(each.number, each.title, str(each.behaviours), each.tags) for each in basis.levels_shown]
    pieces = [(each.evidence.pk, each.weighed) for each in basis.counting]
    return (str(basis.competency), basis.derived, basis.bands, levels, basis.level_title, pieces)


def much_happens(team):
    """Evidence, a void, a rule, another framework, another profile, another job: all after the day."""
    empathy, typing, closing = team.asked[1:]
    at = NOON + 10 * DAY
    for person in team.people:
        record([piece(person, empathy, 5, ago=3), piece(person, closing, 99, ago=-9)], at=at)
    void(team.me.evidence.order_by("pk")[0], reason="不是本人", by=None, at=at)
    bands = rating_rule(number=9, valid_from=date(2030, 1, 1)).bands
    publish_rule(RuleDraft(date(2026, 6, 20), 60, 30, 5, False, {"api": 3}, bands), reason="收紧", by=None, at=at)
    typing.levels.all().delete()
    empathy.levels.filter(number=4).delete()
    empathy.levels.update(title="改写", behaviours="改写。")
    empathy.title = "共情"
    empathy.save()
    CompetencyLevel.objects.create(competency=closing, number=5, title="五级", behaviours="带教他人。")
    publish_framework("改版", by=None, at=at)
    version_of(team.asked.profile, need(closing, 1, 100), valid_from=date(2026, 6, 12))
    team.me.position, team.me.department = PositionFactory(), DepartmentFactory()
    team.me.save()


def test_the_radar_of_a_past_day_stays_what_it_was_whatever_happens_later(team):
    with clock.frozen(NOON + DAY):
        then = told(radar_of(team.me, LOOK))
    assert then[4]["radar"]["indicator"] == [
        {"name": "同理心", "max": 4},
        {"name": "打字速度", "max": 3},
        {"name": "投诉闭环", "max": 4},
    ]
    assert [line[3] for line in then[3]] == [pytest.approx(2.83, abs=1), pytest.approx(2.5, abs=1), None]
    with clock.frozen(NOON + 10 * DAY):
        much_happens(team)
    with clock.frozen(NOON + 40 * DAY):
        now = Look(date(2026, 7, 11), NOON + 40 * DAY, past=False)
        assert told(radar_of(team.me, LOOK)) == then
        assert told(radar_of(team.me, now)) != then


def test_what_a_level_rested_on_is_told_by_the_framework_of_the_day(team):
    shown = [team.asked.empathy.pk, team.asked.typing.pk]
    with clock.frozen(NOON + DAY):
        then = [told_of_basis(basis_of(team.me, pk, team.me, LOOK)) for pk in shown]
    with clock.frozen(NOON + 10 * DAY):
        much_happens(team)
    with clock.frozen(NOON + 40 * DAY):
        assert [told_of_basis(basis_of(team.me, pk, team.me, LOOK)) for pk in shown] == then
    assert [each[1] for each in then[0][3]] == ["2 级", "3 级"]


def test_a_draft_moves_no_axis_before_it_is_published(team):
    with clock.frozen(NOON + DAY):
        look = Look(date(2026, 6, 2), NOON + DAY, past=False)
        before = [line.highest for line in radar_of(team.me, look).lines]
        CompetencyLevel.objects.create(competency=team.asked.empathy, number=5, title="五级", behaviours="带教。")
        assert [line.highest for line in radar_of(team.me, look).lines] == before
        publish_framework("五级", by=None, at=NOON + DAY)
        assert radar_of(team.me, look).lines[0].highest == 5


def test_a_competency_without_levels_has_a_page(team):
    team.asked.closing.levels.all().delete()
    assert basis_of(team.me, team.asked.closing.pk, team.me, Look(DAY_SHOWN, NOON, past=False)).levels_shown
