"""Another framework may have competencies with other numbers of levels: a worker derives their levels anew."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.ratings.deriving import REDERIVE, rederive
from assessments.ratings.models import CurrentLevel, LevelChange
from courses.competencies.models import FrameworkVersion
from courses.competencies.versions import Snapshot
from trainingsite.core.jobs import actions as jobs


def when_published(version: FrameworkVersion, before: FrameworkVersion | None, at: datetime) -> None:
    """Start the work for those whose number of levels is another one, if anybody has a level in them."""
    now, then = counts_in(version.snapshot), counts_in(before.snapshot) if before else {}
    changed = [pk for pk, count in now.items() if then.get(pk) != count]
    rated = CurrentLevel.objects.filter(competency__in=changed).values_list("competency", flat=True)
    competencies = sorted(rated.order_by("competency").distinct())
    if not competencies:
        return
    if version.by is None:
        rederive(None, competencies, at=at, why=LevelChange.Why.RULE)
        return
    title = _("Deriving levels by version %(n)s of the framework") % {"n": version.number}
    arguments = {"competencies": competencies}
    jobs.start(REDERIVE, title=title, owner=version.by, arguments=arguments, back_url=reverse("competencies"))


def counts_in(snapshot: Snapshot) -> dict[int, int]:
    """The number of levels by competency."""
    return {row["id"]: len(row["levels"]) for group in snapshot["groups"] for row in group["competencies"]}
