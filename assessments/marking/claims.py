"""Who is at an answer just now, so that two people do not mark the same one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts.models import Response
from assessments.marking.models import CLAIM_LASTS, Claim
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@transaction.atomic
def claim(response: Response, *, by: User, at: datetime) -> Claim:
    """Hold the answer for half an hour from now; refused while somebody else holds it."""
    Response.objects.select_for_update(of=("self",)).get(pk=response.pk)  # two who come at once come one by one
    check_free(response, by=by, at=at)
    return Claim.objects.update_or_create(response=response, defaults={"marker": by, "until": at + CLAIM_LASTS})[0]


def check_free(response: Response, *, by: User, at: datetime) -> None:
    """Refuse what another marker is at."""
    other = Claim.objects.live(at).filter(response=response).exclude(marker=by).select_related("marker").first()
    if other:
        words = _("%(name)s is marking this answer just now.") % {"name": other.marker}
        raise Refused(words, code="claimed")


def release(response: Response, *, by: User) -> None:
    """Leave the answer to others; a repeat changes nothing."""
    Claim.objects.filter(response=response, marker=by).delete()
