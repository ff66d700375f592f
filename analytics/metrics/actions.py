from django.db import transaction

from analytics.metrics.models import Metric
from analytics.metrics.ready import READY, READY_TARGETS, SINCE
from analytics.targets.models import Target


@transaction.atomic
def ensure_metrics() -> list[Metric]:
    """Make the ready metrics that are missing, each with its first target; what is there stays as it is."""
    known = set(Metric.objects.values_list("code", flat=True))
    made = Metric.objects.bulk_create([Metric(**fields) for fields in READY if fields["code"] not in known])
    Target.objects.bulk_create(
        [Target(metric=metric, starts_on=SINCE, value=READY_TARGETS[metric.code]) for metric in made]
    )
    return made
