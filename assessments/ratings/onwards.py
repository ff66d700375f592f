"""Where the page of competencies leads on to: the path that closes gaps, the points that levels earned."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.acts import FOLLOW_PATHS, SEE_PATHS, SEE_POINTS
from trainingsite.people.models import User


class Onwards(NamedTuple):
    url: str
    icon: str
    words: str


def onwards_of(viewer: User, person: User) -> list[Onwards]:
    """The pages that the viewer may open about the person, the likeliest first."""
    places: list[tuple[str, str, list[int], str, str]]
    if viewer == person:
        places = [
            (FOLLOW_PATHS, "my-path", [], "route", _("My learning path")),
            (SEE_POINTS, "my-points", [], "star", _("My ability points")),
        ]
    else:
        places = [
            (SEE_PATHS, "person-path", [person.pk], "route", _("Learning path")),
            (SEE_POINTS, "person-points", [person.pk], "star", _("Ability points")),
        ]
    found = [(act, Onwards(reverse(name, args=args), icon, words)) for act, name, args, icon, words in places]
    return [onwards for act, onwards in found if viewer.may(act)]
