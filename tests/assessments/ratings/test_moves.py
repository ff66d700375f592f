"""By which evidence a level moved."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.models import LevelChange
from assessments.profiles.fitting import Fit, Standing
from assessments.ratings.looks import Look
from assessments.ratings.moves import titles_of, why_words
from assessments.ratings.recording import void
from assessments.ratings.shown import Radar
from tests.factories.ratings import NOON, rate
from trainingsite.core import clock

DAY = timedelta(days=1)


@pytest.fixture
def change(agent, empathy):
    """A level out of two pieces that were recorded at noon; the later one is named first."""
    with clock.frozen(NOON):
        rate(agent, empathy, 60, 64)
        return LevelChange.objects.get()


def changed(change, **values):
    return LevelChange(pk=0, person_id=change.person_id, competency_id=change.competency_id, **values)


def test_what_was_recorded_at_the_moment_moved_it(change, agent, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = titles_of([change])
    assert found == {change.pk: list(dict.fromkeys(agent.evidence.order_by("-pk").values_list("title", flat=True)))[:2]}
    assert found[change.pk][0] in why_words(change, found[change.pk])


@pytest.mark.parametrize(("days", "known"), [(-1, False), (20, True), (40, False)], ids=["before", "month", "later"])
def test_a_change_of_a_months_end_was_moved_by_the_last_piece_of_the_month(change, days, known):
    later = changed(change, at=change.at + days * DAY, why="evidence")
    assert bool(titles_of([later])[0]) is known


@pytest.mark.parametrize("why", ["age", "rule"])
def test_what_no_evidence_moved_names_none(change, why):
    later = changed(change, at=change.at, why=why)
    assert titles_of([later]) == {0: []}
    assert why_words(later, []) == later.get_why_display()


def test_a_voided_piece_is_named(change, agent):
    piece = agent.evidence.order_by("pk")[0]
    void(piece, reason="不是本人", by=None, at=NOON + DAY)
    assert titles_of([changed(change, at=NOON + DAY, why="void")]) == {0: [piece.title]}


def test_without_changes_nothing_is_read(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert titles_of([]) == {}


def test_more_than_six_changes_are_shown_on_demand(as_, agent, empathy):
    rows = [
        LevelChange(person=agent, competency=empathy, before=1, after=2, why="age", at=NOON - number * DAY)
        for number in range(9)
    ]
    LevelChange.objects.bulk_create(rows)
    with clock.frozen(NOON):
        rate(agent, empathy, 60, 64)
        client = as_(agent)
        radar = client.get(reverse("my-competencies")).context["radar"]
        assert (len(radar.events), radar.has_more) == (6, True)
        radar = client.get(reverse("my-competencies"), {"moves": "all"}).context["radar"]
        assert (len(radar.events), radar.has_more) == (10, False)


@pytest.mark.parametrize(("hired", "there"), [(-10, False), (-40, True)], ids=["not yet", "already"])
def test_of_a_day_before_somebody_was_hired_nothing_is_measured(as_, agent, rule, hired, there):
    agent.hired_on = NOON.date() + hired * DAY
    agent.save(update_fields=["hired_on"])
    with clock.frozen(NOON):
        page = as_(agent).get(reverse("my-competencies"), {"on": (NOON.date() - 20 * DAY).isoformat()})
    assert page.context["radar"].employed is there
    assert ("当天未在职" in page.content.decode()) is not there


@pytest.mark.parametrize(("overall", "words"), [(1.56, "1.6"), (1.25, "1.3"), (1.999999, "2.0")], ids=str)
def test_the_mean_is_rounded_half_up_and_the_level_down(agent, overall, words):
    measured = Fit(50, overall, 1, (), Standing.GAPS)
    radar = Radar(agent, Look(NOON.date(), NOON, past=False), None, [], measured, [])
    assert words in radar.mean_shown
