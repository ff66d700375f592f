from datetime import timedelta

import pytest

from mentoring.evaluations.reminding import remind
from mentoring.pairings.making import finish
from mentoring.pairings.models import EndReason
from tests.factories.courses import MONDAY
from tests.factories.pairings import EvaluationFactory, PlannedPairingFactory
from tests.mentoring.evaluations.conftest import HALF_TIME, LAST
from trainingsite.notices.models import Notice

DAY = timedelta(days=1)


def test_both_are_asked_when_it_opens_and_once_more_before_it_closes(pairing, rule):
    told = {n: remind(on=HALF_TIME + n * DAY) for n in (-4, -3, -2, 0, 2, 3, 4)}

    assert told == {-4: 0, -3: 2, -2: 0, 0: 0, 2: 2, 3: 0, 4: 0}
    assert set(Notice.objects.values_list("person", "kind", "facts__other", "facts__moment", "url")) == {
        (pairing.mentor_id, "pairing_evaluation", "王小明", "half", f"/mentoring/pairings/{pairing.pk}/evaluate/half/"),
        (pairing.mentee_id, "pairing_evaluation", "李静", "half", f"/mentoring/pairings/{pairing.pk}/evaluate/half/"),
    }


def test_whoever_has_spoken_is_left_alone(pairing, rule):
    EvaluationFactory(pairing=pairing)

    assert (remind(on=HALF_TIME), Notice.objects.get().person_id) == (1, pairing.mentor_id)


def test_the_end_is_asked_for_again_on_the_last_day_and_then_no_more(pairing, rule):
    assert [remind(on=LAST + n * DAY) for n in (-3, -1, 0, 9)] == [2, 2, 0, 0]


def test_graduates_are_asked_for_some_days(pairing, rule):
    finish(pairing, EndReason.REACHED, LAST, tell=False)

    assert [remind(on=LAST + n * DAY) for n in (0, 3, 4)] == [2, 2, 0]


@pytest.mark.parametrize("rows", [1, 20])
def test_however_many_pairs_take_the_same_queries(rule, rows, django_assert_max_num_queries):
    PlannedPairingFactory.create_batch(rows, started_on=MONDAY)

    with django_assert_max_num_queries(7):  # four of them savepoints
        assert remind(on=HALF_TIME) == 2 * rows
