"""What people are told about certificates."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.certification.models import Certificate
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind

AWARDED = "certificate_awarded"


def _awarded(facts: dict[str, Any]) -> str:
    return _("You have earned the certificate “%(title)s”.") % facts


KINDS.register(AWARDED, Kind(subject=_awarded, icon="certificate"))


def tell_awarded(certificates: Iterable[Certificate]) -> None:
    """Tell each person, once a certificate."""
    url = reverse("my-certificates")
    notify(
        Message(one.person_id, AWARDED, f"certificate:{one.certification_id}:{one.period}", {"title": one.title}, url)
        for one in certificates
    )
