from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.audiences.hooks import USED_BY, Use
from courses.refreshers.models import Refresher


@USED_BY.registers("refreshers")
def refreshers_of(audience_ids: Sequence[int]) -> Iterable[Use]:
    """The refreshers for the audiences."""
    for refresher in Refresher.objects.filter(audience__in=audience_ids).order_by("title", "pk"):
        yield Use(refresher.audience_id, _("Refresher"), str(refresher), reverse("refresher", args=[refresher.pk]))
