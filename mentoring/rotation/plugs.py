"""What rotations plug in."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.audiences.hooks import USED_BY, Use
from mentoring.acts import VIEW_ROTATIONS
from mentoring.rotation import calendar, notices, panels, source
from mentoring.rotation.models import RotationOffer
from trainingsite.core import navigation

__all__ = ["calendar", "notices", "panels", "source"]

navigation.register(
    navigation.Place(_("Rotations"), "arrows-exchange", "rotations", act=VIEW_ROTATIONS, section="grow", order=65)
)


@USED_BY.registers("rotations")
def offers_for(audience_ids: Sequence[int]) -> Iterable[Use]:
    """The offers that are for the audiences alone."""
    for offer in RotationOffer.objects.filter(audience__in=audience_ids).order_by("-pk"):
        kind = str(pgettext_lazy("one", "Rotation"))
        yield Use(offer.audience_id or 0, kind, str(offer), offer.get_absolute_url())
