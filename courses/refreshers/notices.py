"""What people are told when a refresher comes."""

from typing import Any

from django.utils.translation import gettext as _

from courses.enrolment.notices import day_of, study_url
from courses.refreshers.models import Occurrence
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind


def tell_refreshed(occurrence: Occurrence) -> int:
    """Tell everybody whom the run enrolled; whoever was told before is not told again."""
    facts = {"course": occurrence.refresher.course.title, "due_on": occurrence.due_on.isoformat()}
    return notify(
        Message(person, "refresher", f"occurrence:{occurrence.pk}", facts, study_url(pk))
        for pk, person in occurrence.enrolments.order_by("pk").values_list("pk", "person_id")
    )


def _refreshed(facts: dict[str, Any]) -> str:
    return _("Refresher: take the quiz of “%(course)s” by %(day)s") % {"course": facts["course"], "day": day_of(facts)}


KINDS.register("refresher", Kind(_refreshed, icon="repeat"))
