"""What ratings plug in: the sources of evidence that this app knows itself."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.ratings.sources import SOURCES, Source

SOURCES.register("quiz", Source(_("Quiz"), "list-check"))
SOURCES.register("typing", Source(_("Typing test"), "keyboard"))
SOURCES.register("course", Source(_("Completed course"), "book", weight=0.5))
SOURCES.register("checklist", Source(_("Sign-off"), "clipboard-check", weight=1.2, by_person=True))
SOURCES.register("assessment", Source(_("Assessment by a person"), "user-check", weight=1.5, by_person=True))
SOURCES.register("api", Source(pgettext_lazy("rating", "Another system"), "plug", sent=True))
