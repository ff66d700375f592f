"""Hosts' scores as evidence for ratings."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from assessments.ratings.models import Evidence
from assessments.ratings.sources import SOURCES, Source
from mentoring.rotation.evaluating import SOURCE
from trainingsite.people.models import User


def where(evidence: Evidence, _viewer: User) -> str:
    """The rotation, which everybody sees who sees the evidence."""
    pk = evidence.key.partition(":")[2].partition("#")[0]
    return reverse("rotation", args=[pk]) if pk.isdecimal() else ""


SOURCES.register(
    SOURCE, Source(pgettext_lazy("evidence", "Rotation"), "arrows-exchange", 1.0, by_person=True, describe=where)
)
