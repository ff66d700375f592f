"""What ratings plug in: the sources of evidence that this app knows itself, and who tells it of what happens."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.attempts.hooks import GRADED
from assessments.ratings import backfill, collecting, framework, panels, places
from assessments.ratings.models import Evidence
from assessments.ratings.sources import SOURCES, Source
from courses.acts import SIGN_OFF
from courses.checklists.hooks import SIGNED
from courses.competencies.hooks import PUBLISHED
from courses.enrolment.hooks import COMPLETED
from trainingsite.people.models import User

__all__ = ["backfill", "panels", "places"]  # they register a kind of job, parts of pages, entries of the navigation


def _attempt(evidence: Evidence, _viewer: User) -> str:
    return reverse("attempt", args=[_ids(evidence)[0]])


def _course(evidence: Evidence, viewer: User) -> str:
    """One's own course opens where it was learnt; others have no page of it."""
    return reverse("learn", args=_ids(evidence)) if viewer.pk == evidence.person_id else ""


def _checklist(evidence: Evidence, viewer: User) -> str:
    if viewer.pk == evidence.person_id:
        return reverse("learn-checklist", args=_ids(evidence))
    return reverse("sign-off", args=_ids(evidence)) if viewer.may(SIGN_OFF) else ""


def _ids(evidence: Evidence) -> list[int]:
    """The ids in a key such as "checklist:3:17#2"."""
    return [int(part) for part in evidence.key.partition("#")[0].split(":")[1:]]


SOURCES.register("quiz", Source(_("Quiz"), "list-check", describe=_attempt))
SOURCES.register("typing", Source(_("Typing test"), "keyboard", describe=_attempt))
SOURCES.register("course", Source(_("Completed course"), "book", weight=0.5, describe=_course))
SOURCES.register("checklist", Source(_("Sign-off"), "clipboard-check", weight=1.2, by_person=True, describe=_checklist))
SOURCES.register("assessment", Source(_("Assessment by a person"), "user-check", weight=1.5, by_person=True))
SOURCES.register("api", Source(pgettext_lazy("rating", "Another system"), "plug", sent=True))

GRADED.register("evidence", collecting.when_graded)
COMPLETED.register("evidence", collecting.when_completed)
SIGNED.register("evidence", collecting.when_signed)
PUBLISHED.register("levels", framework.when_published)
