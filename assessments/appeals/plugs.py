"""What appeals plug in."""

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from assessments.acts import APPEAL, MARK
from assessments.appeals import notices, panels
from assessments.appeals.models import Appeal
from assessments.marking.sources import SOURCES, Source, Waiting
from trainingsite.core.navigation import Place, register
from trainingsite.people.models import User

__all__ = ["notices", "panels"]


def waiting(user: User) -> Waiting:
    found = Appeal.objects.answerable_by(user).open().aggregate(count=Count("pk"), oldest=Min("made_at"))
    return Waiting(found["count"], found["oldest"])


register(Place(_("My appeals"), "gavel", "my-appeals", act=APPEAL, section="learn", order=47))
SOURCES.register("appeals", Source(_("Appeals"), "gavel", "appeals", MARK, waiting))
