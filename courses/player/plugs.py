"""What the player plugs in: its place in the navigation."""

from django.utils.translation import gettext_lazy as _

from courses.acts import LEARN
from trainingsite.core.navigation import Place, register

register(Place(_("My courses"), "book", "my-courses", act=LEARN, section="learn", order=10, phone=2))
