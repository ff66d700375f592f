"""What mentors' credit plugs in."""

from django.utils.translation import gettext_lazy as _

from mentoring.acts import GUIDE, VIEW_CREDIT
from trainingsite.core import navigation

for label, icon, url_name, act, order in [
    (_("My credit"), "award", "my-credit", GUIDE, 407),
    (_("Mentors' credit"), "report-analytics", "mentor-credit", VIEW_CREDIT, 460),
]:
    navigation.register(navigation.Place(label, icon, url_name, act=act, section="mentor", order=order))
