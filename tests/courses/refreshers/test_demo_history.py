"""The refreshers of the demo company: several kinds with results, one left out, one shifted over a holiday."""

from datetime import date

import pytest
from django.db import transaction

from courses.models import Occurrence, Refresher
from courses.refreshers.models import State
from courses.refreshers.whats import results_of
from trainingsite.core.demo import tell

TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield tell(TODAY)
        transaction.set_rollback(True)


def test_rules_of_several_kinds_have_run_with_results_and_will_run_again(story):
    ran = list(Occurrence.objects.ran().select_related("refresher"))
    done = {run.refresher.what for run in ran if results_of([run])[run.pk].done}

    assert Refresher.objects.count() >= 5
    assert done >= {"quiz", "session"}
    assert Occurrence.objects.to_come().values("refresher").distinct().count() >= 4


def test_what_was_left_out_says_why_and_nothing_was_missed(story):
    skipped = Occurrence.objects.filter(state=State.SKIPPED)

    assert {run.refresher.title for run in skipped.exclude(by_hand=False)} == {"平台规则月度复训", "月度角色扮演考核"}
    assert not skipped.filter(by_hand=False).exists()
    assert not Occurrence.objects.exclude(problem="").exists()


def test_some_runs_were_shifted_over_days_off(story):
    shifted = [run for run in Occurrence.objects.ran().filter(planned_on__isnull=False) if run.shifted]

    assert shifted
    assert all(run.on.weekday() < 5 or run.on != run.planned_on for run in shifted)
