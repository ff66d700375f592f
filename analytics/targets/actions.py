from datetime import date
from decimal import Decimal

from django.db import transaction

from analytics.metrics.models import Metric
from analytics.targets.models import Target
from trainingsite.people.models import Department


@transaction.atomic
def set_target(metric: Metric, department: Department | None, *, starts_on: date, value: Decimal) -> Target:
    """From the day on, this is what the metric should reach; the same day again corrects the value."""
    target, _created = Target.objects.update_or_create(
        metric=metric, department=department, starts_on=starts_on, defaults={"value": value}
    )
    return target


def remove_target(target: Target) -> None:
    """What held before holds again; the change stays on record."""
    target.delete()
