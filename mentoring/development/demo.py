"""The demo company's development plans: drafts, agreed ones, with held reviews, one that is due, one overdue."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.timezone import make_aware

from courses.models import Competency, Course
from mentoring.careers.models import CareerStep
from mentoring.development.actions import Draft, agree, open_plan
from mentoring.development.models import ActionKind, DevelopmentPlan, PlanReview
from mentoring.development.proposals import leadership
from mentoring.development.reviews import Talk, hold
from mentoring.development.steps import ActionDraft, add_actions, finish_action, learnt_lately
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import read
from trainingsite.people.models import User

DAY = timedelta(days=1)
YEAR = relativedelta(years=1, days=-1)


def tell(story: Story) -> None:
    texts, chance = read("development"), Random("development")
    supervisor = User.objects.get(username="supervisor")
    with silence():
        trainee = User.objects.get(username="trainee")
        _tell(story, trainee, supervisor, texts["plans"][0] | texts["trainee"], texts)
        for person, row in zip(_people(story, supervisor, chance), texts["plans"], strict=False):
            _tell(story, person, supervisor, row, texts)


def _people(story: Story, supervisor: User, chance: Random) -> list[User]:
    """Those whom the supervisor leads and who have been here for a while, in an order of chance."""
    path = supervisor.department.path if supervisor.department else ""
    old = story.today - 300 * DAY
    agents = User.objects.employed(story.today).filter(department__path__startswith=path, hired_on__lt=old)
    agents = agents.filter(position__external_id__in=["P-01", "P-02", "P-03"]).exclude(username__in=_LOGINS)
    found = list(agents.select_related("department", "position").order_by("pk"))
    chance.shuffle(found)
    return found


_LOGINS = ("trainee", "supervisor", "mentor")


def _at(day: date, hour: int = 10) -> datetime:
    return make_aware(datetime.combine(day, time(hour)))


def _tell(story: Story, person: User, partner: User, row: dict[str, Any], texts: dict[str, Any]) -> None:
    begins = max(story.today - row["ago"] * DAY, (person.hired_on or story.first_day) + DAY)
    step = CareerStep.objects.from_job(person.position_id, person.grade).order_by("pk").first()
    draft = Draft(begins, begins + YEAR, partner, row["wishes"], row.get("appraisal", ""), step)
    plan = open_plan(person, draft, by=person)
    add_actions(plan, _actions(plan, row, texts), by=person, at=_at(begins))
    if row.get("leadership"):
        add_actions(plan, leadership(plan, _at(begins, 11)), by=partner, at=_at(begins, 11))
    for by in [person, partner][: row["agreed"]]:
        agree(plan, by=by, at=_at(min(begins + 2 * DAY, story.today), 14))
    if row["agreed"] > 1:
        _go_on(story, plan, partner, row)


def _actions(plan: DevelopmentPlan, row: dict[str, Any], texts: dict[str, Any]) -> list[ActionDraft]:
    learnt = learnt_lately(plan.person_id, _at(plan.begins_on))
    courses = {each.code: each for each in Course.objects.published().exclude(pk__in=learnt)}
    competencies = {each.code: each for each in Competency.objects.in_use()}
    chosen = [each for name in row["actions"] for each in texts["actions"][name]]
    return [
        ActionDraft(
            ActionKind(each["kind"]),
            each.get("text", ""),
            plan.begins_on + each["day"] * DAY,
            competencies.get(each["competency"]),
            courses.get(each.get("course", "")),
        )
        for each in chosen
        if each["kind"] != ActionKind.COURSE or each["course"] in courses
    ]


def _go_on(story: Story, plan: DevelopmentPlan, partner: User, row: dict[str, Any]) -> None:
    """Tasks that were due are done, and the reviews so far are held, but for the last where it is overdue."""
    plan.refresh_from_db()
    for action in plan.actions.filter(kind=ActionKind.TASK, due_on__lt=story.today - 20 * DAY):
        finish_action(action, by=plan.person, at=_at(action.due_on, 17), result=row.get("result", ""))
    due = list(plan.reviews.filter(due_on__lt=story.today))
    for review in due[:-1] if row.get("overdue") else due:
        _hold(review, partner, row)


def _hold(review: PlanReview, partner: User, row: dict[str, Any]) -> None:
    talk = Talk(review.due_on, row["said"], row["next"])
    hold(review, talk, by=partner, at=_at(review.due_on, 16))
