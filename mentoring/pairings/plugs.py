"""What pairings plug in."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mentoring.acts import VIEW_MENTORING
from mentoring.pairings import calendar, notices, points, programme_items
from mentoring.pairings.leaving import end_of_the_gone
from mentoring.pairings.models import Pairing
from trainingsite.core import days, navigation
from trainingsite.people.access.roles import Role
from trainingsite.people.access.sight import RELATIONS
from trainingsite.people.hooks import PEOPLE_CHANGED
from trainingsite.people.models import User

__all__ = ["calendar", "notices", "points", "programme_items"]


def mentees_seen_by(mentor: User) -> QuerySet[User]:
    """A mentor sees the records of those whom he or she guides now."""
    guided = Pairing.objects.open().filter(mentor=mentor)
    mentees: QuerySet[User] = User.objects.filter(pk__in=guided.values("mentee"))
    return mentees


@PEOPLE_CHANGED.registers("pairings")
def follow_people(people_ids: set[int]) -> None:
    """Whoever has left is guided no longer."""
    end_of_the_gone(on=days.today(), people=people_ids)


RELATIONS.register("mentor", (Role.MENTOR, mentees_seen_by))

for label, icon, url_name, order in [
    (_("Newcomers"), "user-plus", "newcomers", 410),
    (_("Pairings"), "heart-handshake", "pairings", 420),
]:
    navigation.register(navigation.Place(label, icon, url_name, act=VIEW_MENTORING, section="mentor", order=order))
