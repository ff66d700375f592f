"""The clock's door."""

import pytest
from django.conf import settings

from assessments.models import CurrentLevel, Evidence
from assessments.ratings.tasks import collect_evidence, sweep_levels
from courses.competencies.actions import set_teaches
from courses.enrolment.actions import complete_many
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.ratings import DAY, NOON, rate
from trainingsite.core import clock
from trainingsite.notices.actions import silence

pytestmark = pytest.mark.django_db


def test_beat_sweeps_after_midnight():
    assert settings.CELERY_BEAT_SCHEDULE["sweep-levels"]["task"] == sweep_levels.name


def test_the_sweep_takes_the_day_of_the_clock(agent, empathy):
    rate(agent, empathy, 80, 90)
    for days, changed in [(0, 0), (364, 0), (365, 1), (365, 0)]:
        with clock.frozen(NOON + days * DAY):
            assert sweep_levels() == changed
    assert CurrentLevel.objects.get().level is None


def test_what_happened_before_is_collected_by_a_task(empathy, hire):
    enrolment = EnrolmentFactory(person=hire())
    UnitFactory(course=enrolment.course)
    set_teaches(enrolment.course, [(empathy, 2)])
    with silence():
        complete_many([(enrolment, NOON)])
    assert [collect_evidence(), collect_evidence()] == [1, 0]
    assert Evidence.objects.get().at == NOON
