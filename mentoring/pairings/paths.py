"""Where the doors of a pairing find it, and where they lead back to."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mentoring.pairings.models import Pairing
from trainingsite.people.access.doors import me
from trainingsite.people.models import User


def pairing_of(request: HttpRequest, pk: int) -> Any:
    """The pairing with both people and the plan, if the user may see it."""
    rows = Pairing.objects.visible_to(me(request)).select_related("mentor", "mentee__department", "plan")
    return get_object_or_404(rows, pk=pk)


def page_of(pairing: Pairing, user: User) -> str:
    """The page on which the user reads about the pairing."""
    return reverse("my-mentor") if user.pk == pairing.mentee_id else reverse("pairing", args=[pairing.pk])
