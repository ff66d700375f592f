"""The demo company's plans on the job: templates, and who signed what when."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from assessments.models import Certification
from courses.models import Competency
from mentoring.job_plans.actions import save_tasks, save_template
from mentoring.job_plans.evidence import collect
from mentoring.job_plans.history import Signed
from mentoring.job_plans.models import JobPlanTemplate, JobTask, Phase, Side, SignResult
from mentoring.job_plans.templates import TemplateText
from mentoring.job_plans.words import TaskText
from mentoring.pairings.models import Pairing
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read
from trainingsite.people.models import Position

DAY = timedelta(days=1)
LAST_DAY_OF_WEEK = 6
NOT_YET_SHARE = 0.06


class Event(NamedTuple):
    """Something that happens to a pairing on a day; events of one day come in the order of `hour`."""

    day: date
    hour: int
    happen: Callable[[], Any]


def tell(story: Story) -> dict[str, JobPlanTemplate]:
    """The templates by the codes of the file."""
    found = {row["code"]: _template(row) for row in read("mentoring_plans")["templates"]}
    story.kept["templates"] = found
    return found


def _template(row: dict[str, Any]) -> JobPlanTemplate:
    competencies = {each.code: each for each in Competency.objects.in_use()}
    text = TemplateText(
        title=row["title"],
        weeks=row["weeks"],
        about=row["about"],
        positions=list(Position.objects.filter(external_id__in=row["positions"])),
        least_checkins=row["least_checkins"],
        least_stars=row["least_stars"],
        certification=Certification.objects.filter(code=row["certification"]).first(),
    )
    template = save_template(None, text)
    save_tasks(template, [_task(week, words, competencies) for week, tasks in row["tasks"].items() for words in tasks])
    return template


def _task(week: int, words: list[Any], competencies: dict[str, Competency]) -> TaskText:
    phase, minutes, competency, text, hint, *optional = words
    known = competencies.get(competency)
    return TaskText(week, Phase(phase), text, hint, minutes, is_required=not optional, competency=known)


def signatures(pairing: Pairing, chance: Random, texts: Sequence[str]) -> Iterator[Signed]:
    """Both sign each task within its week, the mentor on the same day or the next; now and then it is "not yet".

    The texts say what is missing then.
    """
    assert pairing.plan is not None  # noqa: S101 - only pairings with a plan come here
    mentee, mentor = (Side.MENTEE, pairing.mentee), (Side.MENTOR, pairing.mentor)
    for task in pairing.plan.tasks.filter(done_on=None):
        begins = max(pairing.plan.begins(task.week), pairing.started_on)
        day, minute = begins + chance.randint(1, LAST_DAY_OF_WEEK - 2) * DAY, chance.randint(0, 59)
        yield Signed(task, *mentee, moment(day, 17, minute))
        if chance.random() < NOT_YET_SHARE:
            yield Signed(task, *mentor, moment(day, 18, minute), SignResult.NOT_YET, chance.choice(texts))
            yield Signed(task, *mentee, moment(day + DAY, 16, minute))
            yield Signed(task, *mentor, moment(day + DAY, 18, minute))
        else:
            yield Signed(task, *mentor, moment(day + chance.randint(0, 1) * DAY, 18, minute))


def tell_evidence(story: Story) -> None:
    """What all of it showed of competencies, recorded in one go."""
    done = JobTask.objects.filter(done_on__isnull=False).select_related("plan", "competency")
    collect(list(done.order_by("done_on", "pk")), at=moment(story.today, 8))
