"""Figures of a month become evidence, once; what is corrected is recorded anew."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.competency_bands.actions import change_band, retire_band
from analytics.competency_bands.evidence import record_due, record_month
from analytics.competency_bands.tasks import record_kpi_evidence
from analytics.models import Reading
from assessments.models import CurrentLevel, Evidence
from assessments.ratings.recording import void
from assessments.ratings.sources import SOURCES, link_of
from tests.analytics.competency_bands.conftest import BEGUN, OCTOBER, SEPTEMBER, SETTLED, steps
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


def pieces():
    return list(Evidence.objects.standing().order_by("pk").values_list("person__name", "key", "score"))


@pytest.fixture
def li(db):
    return PersonFactory(name="李静")


def test_a_month_is_one_piece_a_person(band, li, measured):
    measured(li, 85)
    measured(li, 95, day=date(2026, 10, 13))
    measured(PersonFactory(name="边城"), 70)
    assert record_month(OCTOBER, at=SETTLED) == 2
    assert pieces() == [("李静", f"{band.pk}-2026-10", Decimal(90)), ("边城", f"{band.pk}-2026-10", Decimal(30))]


def test_a_piece_says_what_it_was(band, li, measured, empathy):
    measured(li, 85)
    record_month(OCTOBER, at=SETTLED)
    (piece,) = Evidence.objects.all()
    assert (piece.source, piece.competency, piece.title, piece.note, piece.by) == (
        "kpi",
        empathy,
        "客户满意度，2026年10月：85 %",
        "40 例",
        None,
    )
    assert (piece.at, piece.recorded_at) == (datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC), SETTLED)


def test_the_level_is_derived(band, li, measured, empathy):
    measured(li, 85)
    measured(li, 95, day=date(2026, 9, 20))
    record_month(SEPTEMBER, at=SETTLED)
    record_month(OCTOBER, at=SETTLED)
    level = CurrentLevel.objects.get(person=li, competency=empathy)
    assert (level.pieces, level.assessed, level.level) == (2, 0, 3)


def test_a_repeat_records_nothing(band, li, measured):
    measured(li, 85)
    assert [record_month(OCTOBER, at=SETTLED + n * DAY) for n in range(3)] == [1, 0, 0]
    assert Evidence.objects.count() == 1


def test_few_cases_say_nothing(band, li, measured):
    measured(li, 85, cases=19)
    assert record_month(OCTOBER, at=SETTLED) == 0
    measured(li, 85, cases=1, day=date(2026, 10, 20))
    assert record_month(OCTOBER, at=SETTLED) == 1


def test_a_corrected_reading_voids_and_records_anew(band, li, measured):
    measured(li, 85)
    record_month(OCTOBER, at=SETTLED)
    measured(li, 70)
    assert record_month(OCTOBER, at=SETTLED + DAY) == 1
    assert pieces() == [("李静", f"{band.pk}-2026-10#2", Decimal(30))]
    (gone,) = Evidence.objects.exclude(void=None)
    assert (gone.score, gone.void.reason) == (60, "当月读数已更正。")


def test_a_correction_within_the_band_changes_nothing(band, li, measured):
    measured(li, 85)
    record_month(OCTOBER, at=SETTLED)
    measured(li, 86)
    assert record_month(OCTOBER, at=SETTLED + DAY) == 0


def test_what_has_too_few_cases_by_now_is_voided(band, li, measured):
    measured(li, 85)
    record_month(OCTOBER, at=SETTLED)
    measured(li, 85, cases=5)
    assert record_month(OCTOBER, at=SETTLED + DAY) == 0
    assert pieces() == []
    assert [row.void.recorded_at for row in Evidence.objects.all()] == [SETTLED + DAY]


def test_what_a_person_voided_stays_void(band, li, measured, hire):
    measured(li, 85)
    record_month(OCTOBER, at=SETTLED)
    void(Evidence.objects.get(), reason="当月借调", by=hire(Role.HR), at=SETTLED + DAY)
    measured(li, 95)
    assert record_month(OCTOBER, at=SETTLED + 2 * DAY) == 0
    assert pieces() == []


def test_a_month_is_left_alone_until_its_readings_are_in(band, li, measured):
    measured(li, 85, at=SETTLED - 2 * DAY)
    assert record_month(OCTOBER, at=SETTLED - DAY) == 0
    assert record_month(date(2026, 11, 1), at=SETTLED) == 0


def test_bands_count_from_the_month_in_which_they_were_made(band, li, measured):
    measured(li, 85, day=date(2026, 8, 20))
    measured(li, 85, day=date(2026, 9, 20))
    measured(li, 85)
    assert record_due(at=SETTLED) == 2
    assert [key for _name, key, _score in pieces()] == [f"{band.pk}-2026-09", f"{band.pk}-2026-10"]


def test_changed_bands_leave_past_months_as_they_were(band, li, measured):
    measured(li, 85, day=date(2026, 9, 20))
    record_month(SEPTEMBER, at=BEGUN + 25 * DAY)
    new = change_band(band, steps((None, 10), (85, 99)), minimum_cases=20, at=BEGUN + 26 * DAY)
    measured(li, 85)
    assert record_due(at=SETTLED) == 1
    assert pieces() == [("李静", f"{band.pk}-2026-09", Decimal(60)), ("李静", f"{new.pk}-2026-10", Decimal(99))]


def test_retired_bands_say_nothing_of_later_months(band, li, measured):
    retire_band(band, at=BEGUN + DAY)
    measured(li, 85)
    assert record_due(at=SETTLED) == 0


def test_readings_of_departments_are_nobodys_evidence(band, company):
    Reading.objects.create(
        metric=band.metric, department=company["care"], day=date(2026, 10, 5), numerator=9, denominator=10,
        sample_size=100, source="test",
    )  # fmt: skip
    assert record_month(OCTOBER, at=SETTLED) == 0


def test_beat_records_what_is_due(band, li, measured):
    measured(li, 85)
    with clock.frozen(SETTLED):
        assert [record_kpi_evidence(), record_kpi_evidence()] == [1, 0]


def test_evidence_leads_to_the_figures_of_the_person(band, li, measured, hire):
    measured(li, 85)
    record_month(OCTOBER, at=SETTLED)
    piece = Evidence.objects.get()
    assert link_of(piece, hire(Role.HR)) == f"/dashboard/people/{li.pk}/"
    assert link_of(piece, hire(Role.TRAINEE)) == ""
    assert SOURCES["kpi"].by_person is False


@pytest.mark.parametrize("people", [1, 30])
def test_recording_takes_a_fixed_number_of_queries(band, measured, people):
    for number in range(people):
        measured(PersonFactory(), 60 + number)
    with CaptureQueriesContext(connection) as made:
        record_month(OCTOBER, at=SETTLED)
    assert len(made) <= 25
