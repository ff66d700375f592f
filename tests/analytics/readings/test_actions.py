from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Thread
from time import perf_counter

import pytest
from django.db import connection

from analytics.models import Reading
from analytics.readings.actions import Outcome, record_readings
from analytics.readings.rows import Problem
from tests.factories.analytics import ready_metrics, row
from tests.factories.people import DepartmentFactory, PersonFactory
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.usefixtures("metrics")
NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)


def record(rows, **options):
    return record_readings(rows, source="crm", at=NOW, **options)


def facts(**filters):
    """Every row of readings: who, numerator, whether it counts."""
    rows = Reading.objects.filter(**filters).order_by("pk")
    return [(r.person_id, r.numerator, r.superseded_at is None) for r in rows]


def test_reading_is_kept_as_given(hire):
    wang = hire()
    outcome = record([row(wang, numerator="45.5", denominator="50", sample_size="60")])
    reading = Reading.objects.get()
    assert outcome == Outcome(created=1)
    assert (reading.metric.code, reading.person, reading.department, reading.day, reading.source) == (
        "satisfaction",
        wang,
        wang.department,
        date(2026, 3, 2),
        "crm",
    )
    assert (reading.numerator, reading.denominator, reading.sample_size) == (Decimal("45.5"), Decimal(50), 60)


def test_the_same_again_changes_nothing(hire):
    wang = hire()
    record([row(wang)])
    assert record([row(wang)]) == Outcome(unchanged=1)
    assert facts() == [(wang.pk, 9, True)]


def test_correction_supersedes_and_keeps_the_earlier_fact(hire):
    wang = hire()
    record([row(wang)])
    assert record([row(wang, numerator="8")]) == Outcome(corrected=1)
    assert facts() == [(wang.pk, 9, False), (wang.pk, 8, True)]


def test_correction_back_to_the_first_number_is_a_third_fact(hire):
    wang = hire()
    for numerator in ("9", "8", "9"):
        record([row(wang, numerator=numerator)])
    assert facts() == [(wang.pk, 9, False), (wang.pk, 8, False), (wang.pk, 9, True)]


def test_correction_stays_where_the_day_happened_though_the_person_moved(hire, company):
    wang = hire(department="care")
    record([row(wang)])
    wang.department = company["sales"]
    wang.save()
    record([row(wang, numerator="8"), row(wang, day=date(2026, 3, 3))])
    places = Reading.objects.in_force().order_by("day").values_list("department__name", flat=True)
    assert list(places) == ["售后服务部", "售前服务部"]


def test_row_may_say_where_it_happened(hire, company):
    wang = hire(department="care")
    record([row(wang)])
    assert record([row(wang, department=company["sales"].external_id)]) == Outcome(corrected=1)
    assert Reading.objects.in_force().get().department == company["sales"]


def test_department_has_readings_of_its_own(company):
    given = [row(department=company["care"].external_id)]
    assert record(given) == Outcome(created=1)
    assert record(given) == Outcome(unchanged=1)
    assert record([{**given[0], "numerator": "7"}]) == Outcome(corrected=1)
    assert Reading.objects.in_force().get().person is None


def test_person_is_known_by_the_hr_systems_id(hire):
    wang = hire()
    given = {**row(), "external_id": wang.external_id}
    assert record([given]) == Outcome(created=1)
    assert record([{**given, "employee_number": wang.employee_number}]) == Outcome(unchanged=1)


def test_metric_may_be_named_in_any_language(hire):
    wang = hire()
    assert record(
        [row(wang, metric=name) for name in ("客户满意度", "Customer satisfaction", "客戶滿意度")]
    ) == Outcome(created=1, unchanged=2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"metric": "wrong"}, "metric"),
        ({"metric": "pass-rate"}, "metric"),
        ({"metric": ""}, "metric"),
        ({"employee_number": "E-none"}, "employee_number"),
        ({"employee_number": ""}, "employee_number"),
        ({"external_id": "hr-none"}, "external_id"),
        ({"department": "D-none"}, "department"),
        ({"day": "2026-03-21"}, "day"),
        ({"day": "31.3.2026"}, "day"),
        ({"day": None}, "day"),
        ({"numerator": "-1"}, "numerator"),
        ({"numerator": "many"}, "numerator"),
        ({"numerator": "NaN"}, "numerator"),
        ({"numerator": "1e40"}, "numerator"),
        ({"numerator": True}, "numerator"),
        ({"numerator": "11"}, "numerator"),
        ({"denominator": "0"}, "denominator"),
        ({"denominator": "0.00001"}, "denominator"),
        ({"sample_size": "0"}, "sample_size"),
        ({"sample_size": "1.5"}, "sample_size"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_row_is_named_by_row_and_field_and_nothing_is_kept(hire, change, field):
    wang = hire()
    with pytest.raises(Refused) as refused:
        record([row(wang), {**row(wang, day=date(2026, 3, 3)), **change}])
    assert [(number, name) for number, name, _message in refused.value.rows] == [(2, field)]
    assert facts() == []


def test_good_rows_alone_are_kept_when_asked_for(hire):
    wang = hire()
    outcome = record([row(wang), row(metric="wrong"), row(wang, day=date(2026, 3, 3))], good_rows_alone=True)
    assert (outcome.created, [(p.row, p.field) for p in outcome.problems]) == (2, [(2, "metric")])
    assert isinstance(outcome.problems[0], Problem)
    assert len(facts()) == 2


def test_same_key_twice_with_other_numbers_is_refused(hire):
    wang = hire()
    with pytest.raises(Refused) as refused:
        record([row(wang), row(wang, numerator="8")])
    assert [(number, name) for number, name, _message in refused.value.rows] == [(2, "day")]


def test_today_is_no_future_day_in_the_companys_time_zone(hire):
    late = datetime(2026, 3, 19, 17, 0, tzinfo=UTC)  # the 20th in Shanghai
    assert record_readings([row(hire(), day=date(2026, 3, 20))], source="crm", at=late) == Outcome(created=1)


def test_service_account_has_no_readings(company):
    robot = PersonFactory(is_service=True, department=company["care"])
    with pytest.raises(Refused):
        record([row(robot)])


def test_ten_thousand_rows_take_about_a_second_and_six_queries(company, django_assert_max_num_queries):
    people = [PersonFactory(department=company["care"]) for _ in range(100)]
    days = [date(2026, 3, 19) - timedelta(n) for n in range(100)]
    rows = [row(person, day=day) for person in people for day in days]
    started = perf_counter()
    with django_assert_max_num_queries(12):
        assert record(rows) == Outcome(created=10_000)
    assert record(rows) == Outcome(unchanged=10_000)
    assert perf_counter() - started < 10  # about 1 s each on an idle machine


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_the_same_rows_keep_one_set():
    ready_metrics()
    person = PersonFactory(department=DepartmentFactory())
    rows = [row(person, day=date(2026, 3, day)) for day in range(1, 20)]
    outcomes = []

    def write():
        outcomes.append(record(rows))
        connection.close()

    threads = [Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(o.created for o in outcomes) == [0, 0, 19]
    assert Reading.objects.count() == 19
