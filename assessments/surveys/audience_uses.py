from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.surveys.models import Survey
from courses.audiences.hooks import USED_BY, Use


@USED_BY.registers("surveys")
def surveys_of(audience_ids: Sequence[int]) -> Iterable[Use]:
    """The surveys of the audiences."""
    for survey in Survey.objects.filter(audience__in=audience_ids).order_by("-pk"):
        yield Use(survey.audience_id or 0, _("Survey"), str(survey), reverse("survey", args=[survey.pk]))
