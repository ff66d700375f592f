"""What the media plug in: how Markdown finds their pictures, who sees them, and their place in the navigation."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.acts import EDIT_COURSES
from courses.media.markdown import address_of
from courses.media.uses import USES
from trainingsite.core.markdown import ADDRESSES
from trainingsite.core.navigation import Place, register
from trainingsite.people.models import User


def _makers(user: User) -> Q:
    """Who makes courses chooses from all files."""
    return Q(pk__isnull=not user.may(EDIT_COURSES))


ADDRESSES.register("media", address_of)
USES.register("makers", _makers)
register(Place(_("Files"), "photo", "media", act=EDIT_COURSES, section="manage", order=15))
