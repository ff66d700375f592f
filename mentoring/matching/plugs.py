"""What matching plugs in."""

from django.utils.translation import pgettext_lazy

from mentoring.acts import MATCH
from mentoring.matching import confirming, notices
from mentoring.matching.repair import tell_of_gone
from trainingsite.core import days, navigation
from trainingsite.people.hooks import PEOPLE_CHANGED

__all__ = ["confirming", "notices"]

navigation.register(
    navigation.Place(
        pgettext_lazy("matching", "Matching"),
        "arrows-shuffle",
        "matching-rounds",
        act=MATCH,
        section="mentor",
        order=415,
    )
)


@PEOPLE_CHANGED.registers("gone mentors")
def look_after_mentees(people: set[int]) -> None:
    """Tell of those whose mentor has just left."""
    tell_of_gone(days.today(), people=people)
