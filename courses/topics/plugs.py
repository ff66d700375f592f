from django.utils.translation import gettext_lazy as _

from courses.acts import EDIT_TOPICS
from trainingsite.core.navigation import Place, register

register(Place(_("Topics"), "category", "topic-tree", act=EDIT_TOPICS, section="plan", order=5))
