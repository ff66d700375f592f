"""Set what proficient means, and reckon everybody's ramp by it: every night, and after the rule was changed.

The readings of one figure at a time are held, as an array of people x days, and read in batches of people: 10,000
newcomers x 400 days are 32 MB, however many figures count. People are those of the cohorts that are reckoned and those
of the months before, whose band judges the oldest of them.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.planning.quarters import Quarter
from mentoring.ramp.cohorts import quarters
from mentoring.ramp.figures import all_kpis, first_contacts
from mentoring.ramp.judging import bands_begin, judge
from mentoring.ramp.measuring import Newcomer, Tell
from mentoring.ramp.models import Ramp, RampBand, RampRule
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.core.errors import Refused
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.jobs.models import Job
from trainingsite.core.locks import take_turns
from trainingsite.people.models import User

JOB = "ramp-reckoning"
DAY = timedelta(days=1)
WRITTEN_AT_ONCE = 1000
AIMS = {"before_days", "goal_days"}  # what is compared with, not what is reckoned by
KEPT = ["first_contact_on", "proficient_on", "days", "left", "reckoned_at"]


@dataclass(frozen=True)
class RuleValues:
    """What HR sets; the names are those of the model."""

    metrics: list[str]
    run_days: int
    low: int
    high: int
    settled_from: int
    horizon: int
    cohort_months: int
    before_days: int
    goal_days: int


@transaction.atomic
def save_rule(values: RuleValues, *, by: User) -> Job | None:
    """Let this be the rule; returns the job that reckons ramps anew, None when they do not rest on what changed."""
    take_turns(JOB)
    rule = RampRule.objects.current()
    before = values_of(rule)
    if before == values:
        return None
    for name, value in asdict(values).items():
        setattr(rule, name, value)
    _check(rule)
    rule.save()
    if _reckoned_by(before) == _reckoned_by(values):
        return None
    return jobs.start(JOB, title=_("Reckon all ramps anew"), owner=by, arguments={}, back_url=reverse("ramp"))


def values_of(rule: RampRule) -> RuleValues:
    return RuleValues(**{each.name: getattr(rule, each.name) for each in fields(RuleValues)})


def _check(rule: RampRule) -> None:
    known = {kpi.code for kpi in all_kpis()}
    if not rule.metrics or not known.issuperset(rule.metrics):
        raise Refused(_("Choose at least one of the figures."), field="metrics", code="no_figure")
    if rule.settled_from >= rule.horizon:
        raise Refused(
            _("People settle before the last day that is looked at."), field="settled_from", code="settles_too_late"
        )
    try:
        rule.clean_fields(exclude=["metrics"])
    except ValidationError as error:
        field, texts = next(iter(error.message_dict.items()))
        raise Refused(texts[0], field=field, code="out_of_range") from None


def _reckoned_by(values: RuleValues) -> dict[str, Any]:
    return {name: value for name, value in asdict(values).items() if name not in AIMS}


@jobs.JOB_KINDS.registers(JOB)
def reckon_in_job(job: Job) -> str:
    """After the rule was changed."""
    now = clock.now()
    changed = reckon(on=company_day(now), at=now, tell=lambda done, total: jobs.progress(job, done, total))
    return ngettext("%(n)s ramp has changed", "%(n)s ramps have changed", changed) % {"n": changed}


def began_since(rule: RampRule, on: date) -> date:
    """The first day of the oldest cohort that is reckoned: whole months before the present quarter."""
    return Quarter.of(on).first - relativedelta(months=rule.cohort_months)


def reckon(*, on: date, at: datetime, tell: Tell = lambda _done, _total: None) -> int:
    """Reckon bands and ramps from the readings in force, as of the day; returns how many ramps changed.

    A repeat changes nothing. Should the rule be changed meanwhile nothing is kept: that change has its own job.
    """
    rule = RampRule.objects.current()
    began = began_since(rule, on)
    people = sorted(first_contacts(bands_begin(rule, began)).items(), key=lambda one: (one[1], one[0]))
    bands, proficient_days = judge(rule, people, quarters(began, on)[::-1], tell)
    newcomers = [(person, first) for person, first in people if first >= began]
    left = dict(User.objects.filter(left_on__lte=on, pk__in=dict(newcomers)).values_list("pk", "left_on"))
    ramps = [
        _ramp(newcomer, day, Seen(on, left.get(newcomer[0]), rule.horizon))
        for newcomer, day in zip(newcomers, proficient_days, strict=True)
    ]
    return _keep(rule, ramps, bands, at)


class Seen(NamedTuple):
    """Until when people can be seen."""

    on: date
    left_on: date | None
    horizon: int

    def days(self, first: date) -> int:
        """The last day of the ramp on which the person was here."""
        last = self.left_on - DAY if self.left_on else self.on
        return max((last - first).days + 1, 1)


def _ramp(newcomer: Newcomer, proficient_day: int | None, seen: Seen) -> Ramp:
    person, first = newcomer
    here = seen.days(first)
    return Ramp(
        person_id=person,
        first_contact_on=first,
        proficient_on=first + (proficient_day - 1) * DAY if proficient_day else None,
        days=proficient_day or min(here, seen.horizon),
        left=not proficient_day and seen.left_on is not None and here < seen.horizon,
    )


@transaction.atomic
def _keep(rule: RampRule, ramps: list[Ramp], bands: list[RampBand], at: datetime) -> int:
    """Write what is different, take away who is no newcomer any more; returns how many ramps changed."""
    take_turns(JOB)
    if values_of(RampRule.objects.current()) != values_of(rule):
        return 0
    if not RampRule.objects.filter(pk=1).update(reckoned_at=at):
        RampRule.objects.create(pk=1, reckoned_at=at)
    RampBand.objects.all().delete()
    RampBand.objects.bulk_create(bands, WRITTEN_AT_ONCE)
    known = {ramp.person_id: _facts(ramp) for ramp in Ramp.objects.iterator()}
    changed = [ramp for ramp in ramps if known.get(ramp.person_id) != _facts(ramp)]
    for ramp in changed:
        ramp.reckoned_at = at
    Ramp.objects.bulk_create(
        changed, WRITTEN_AT_ONCE, update_conflicts=True, unique_fields=["person"], update_fields=KEPT
    )
    gone = known.keys() - {ramp.person_id for ramp in ramps}
    Ramp.objects.filter(person__in=gone).delete()
    return len(changed) + len(gone)


def _facts(ramp: Ramp) -> tuple[Any, ...]:
    return ramp.first_contact_on, ramp.proficient_on, ramp.days, ramp.left
