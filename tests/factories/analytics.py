from datetime import date

import factory
from factory.django import DjangoModelFactory

from analytics.metrics.actions import ensure_metrics
from analytics.models import Metric, Reading


def ready_metrics():
    """The ready metrics by code, also after a browser test has emptied the tables."""
    ensure_metrics()
    return {metric.code: metric for metric in Metric.objects.all()}


class ReadingFactory(DjangoModelFactory):
    """A satisfaction reading: 9 of 10 on a fixed day, where the person is."""

    class Meta:
        model = Reading

    metric = factory.LazyFunction(lambda: ready_metrics()["satisfaction"])
    department = factory.LazyAttribute(lambda reading: reading.person.department)
    day = date(2026, 3, 2)
    numerator = 9
    denominator = 10
    sample_size = 10
    source = "test"


def row(person=None, *, metric="satisfaction", day=date(2026, 3, 2), numerator="9", denominator="10", **more):
    """A row as systems send it, about the person."""
    whose = {"employee_number": person.employee_number} if person else {}
    return {"metric": metric, **whose, "day": day, "numerator": numerator, "denominator": denominator, **more}
