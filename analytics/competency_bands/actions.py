"""Say what figures say of competencies, change it, take it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from analytics.competency_bands.models import KpiBand
from analytics.competency_bands.ready import READY
from analytics.competency_bands.scoring import Step, check_bands, kept
from analytics.metrics.models import Metric
from courses.models import Competency
from trainingsite.core.errors import Refused


@transaction.atomic
def add_band(
    metric: Metric, competency: Competency, steps: Sequence[Step], *, minimum_cases: int, at: datetime
) -> KpiBand:
    """From the month of `at` on, figures of the metric are evidence of the competency."""
    if competency.retired_at:
        raise Refused(_("This competency is retired."), field="competency", code="competency_retired")
    if metric not in Metric.objects.measured():
        raise Refused(
            _("Only what other systems measure of people counts."), field="metric", code="metric_not_measured"
        )
    _check(metric, steps, minimum_cases)
    band = KpiBand(metric=metric, competency=competency, minimum_cases=minimum_cases, created_at=at)
    band.bands = kept(steps)
    try:
        with transaction.atomic():
            band.save(force_insert=True)
    except IntegrityError:
        text = _("This metric has bands for this competency already.")
        raise Refused(text, field="competency", code="band_taken") from None
    return band


def _check(metric: Metric, steps: Sequence[Step], minimum_cases: int) -> None:
    if minimum_cases < 1:
        raise Refused(_("At least one case."), field="minimum_cases", code="no_case")
    check_bands(steps, metric)


@transaction.atomic
def change_band(band: KpiBand, steps: Sequence[Step], *, minimum_cases: int, at: datetime) -> KpiBand:
    """Let other bands hold from the month of `at` on; past months keep theirs. The same again changes nothing."""
    found = KpiBand.objects.select_for_update().select_related("metric", "competency").get(pk=band.pk)
    if found.retired_at:
        raise Refused(_("These bands are retired."), code="band_retired")
    _check(found.metric, steps, minimum_cases)
    if (found.bands, found.minimum_cases) == (kept(steps), minimum_cases):
        return found
    retire_band(found, at=at)
    return add_band(found.metric, found.competency, steps, minimum_cases=minimum_cases, at=at)


@transaction.atomic
def retire_band(band: KpiBand, *, at: datetime) -> KpiBand:
    """Figures say nothing of the competency any more; evidence that was recorded stays. A repeat changes nothing."""
    found = KpiBand.objects.select_for_update(of=("self",)).select_related("metric", "competency").get(pk=band.pk)
    if found.retired_at is None:
        found.retired_at = at
        found.save(update_fields=["retired_at"])
    return found


@transaction.atomic
def take_ready(*, at: datetime) -> list[KpiBand]:
    """Add the ready bands whose metric and competency are here and have none yet; a repeat adds none."""
    metrics = {metric.code: metric for metric in Metric.objects.measured()}
    competencies = {row.code: row for row in Competency.objects.in_use()}
    there = set(KpiBand.objects.in_use().values_list("metric__code", "competency__code"))
    return [
        add_band(metrics[ready.metric], competencies[ready.competency], ready.steps, minimum_cases=ready.cases, at=at)
        for ready in READY
        if ready.metric in metrics
        and ready.competency in competencies
        and (ready.metric, ready.competency) not in there
    ]
