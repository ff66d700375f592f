import pytest

from analytics.metrics.actions import ensure_metrics
from analytics.models import Metric, Target


def test_ready_metrics_are_made_once(metrics):
    assert ensure_metrics() == []
    assert Metric.objects.count() == 6


def test_what_hr_changed_stays(metrics):
    Metric.objects.filter(code="satisfaction").update(name="好评率")
    Target.objects.all().delete()
    ensure_metrics()
    assert Metric.objects.get(code="satisfaction").name == "好评率"
    assert Target.objects.count() == 0


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "value"),
    [("satisfaction", 9, 10, 90), ("first-response-time", 1240, 40, 31), ("complaint-rate", 0, 0, None)],
)
def test_value_is_numerator_by_denominator_in_the_metrics_unit(metrics, code, numerator, denominator, value):
    assert metrics[code].value(numerator, denominator) == value


def test_better_depends_on_the_direction(metrics):
    assert metrics["satisfaction"].is_better(91, than=90)
    assert metrics["complaint-rate"].is_better(1, than=2)
    assert metrics["complaint-rate"].meets(2, target=2)
