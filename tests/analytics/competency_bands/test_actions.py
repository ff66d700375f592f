"""Make, change and retire bands."""

from datetime import timedelta

import pytest

from analytics.competency_bands.actions import add_band, change_band, retire_band, take_ready
from analytics.competency_bands.models import KpiBand
from courses.competencies.actions import retire_competency
from courses.competencies.ready import load_ready_framework
from tests.analytics.competency_bands.conftest import BEGUN, USUAL, steps
from trainingsite.core.errors import Refused

LATER = BEGUN + timedelta(days=30)
OTHER = steps((None, 20), (85, 70))


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.field, refusal.value.code


def test_bands_are_kept(band, metrics, empathy):
    band.refresh_from_db()
    assert (band.metric, band.competency, band.minimum_cases, band.created_at) == (
        metrics["satisfaction"],
        empathy,
        20,
        BEGUN,
    )
    assert band.bands == [
        {"from": None, "score": "30"},
        {"from": "80", "score": "60"},
        {"from": "90", "score": "90"},
    ]


def test_a_metric_says_one_thing_of_a_competency(band, metrics, empathy):
    again = refused(lambda: add_band(metrics["satisfaction"], empathy, OTHER, minimum_cases=1, at=LATER))
    assert again == ("competency", "band_taken")


def test_what_is_counted_from_training_is_no_evidence(metrics, empathy):
    found = refused(lambda: add_band(metrics["pass-rate"], empathy, USUAL, minimum_cases=1, at=BEGUN))
    assert found == ("metric", "metric_not_measured")


def test_a_retired_competency_gets_no_bands(metrics, empathy):
    empathy = retire_competency(empathy, at=BEGUN)
    found = refused(lambda: add_band(metrics["satisfaction"], empathy, USUAL, minimum_cases=1, at=BEGUN))
    assert found == ("competency", "competency_retired")


def test_no_case_is_no_evidence(metrics, empathy):
    found = refused(lambda: add_band(metrics["satisfaction"], empathy, USUAL, minimum_cases=0, at=BEGUN))
    assert found == ("minimum_cases", "no_case")


def test_changed_bands_are_new_ones(band):
    new = change_band(band, OTHER, minimum_cases=20, at=LATER)
    band.refresh_from_db()
    assert (band.retired_at, new.created_at, new.retired_at) == (LATER, LATER, None)
    assert list(KpiBand.objects.in_use()) == [new]


def test_the_same_bands_again_change_nothing(band):
    assert change_band(band, USUAL, minimum_cases=20, at=LATER) == band
    assert KpiBand.objects.count() == 1


def test_wrong_bands_leave_those_that_are_there(band):
    assert refused(lambda: change_band(band, USUAL[::-1], minimum_cases=20, at=LATER)) == ("bands", "bands_wrong")
    assert list(KpiBand.objects.in_use()) == [band]


def test_retired_bands_cannot_be_changed(band):
    retire_band(band, at=LATER)
    assert refused(lambda: change_band(band, OTHER, minimum_cases=20, at=LATER)) == (None, "band_retired")


def test_retiring_again_keeps_the_first_moment(band):
    retire_band(band, at=LATER)
    assert retire_band(band, at=LATER + timedelta(days=1)).retired_at == LATER


def test_the_ready_bands_are_taken_once(metrics):
    load_ready_framework()
    made = take_ready(at=BEGUN)
    assert sorted((band.metric.code, band.competency.code) for band in made) == [
        ("complaint-rate", "complaint-closure"),
        ("first-response-time", "typing"),
        ("satisfaction", "empathy"),
    ]
    assert take_ready(at=LATER) == []


def test_without_the_competencies_there_are_no_ready_bands(metrics):
    assert take_ready(at=BEGUN) == []
