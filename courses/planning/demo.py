"""The demo company's calendar: the seasons of last, this and next year, a team's shifts, hours to spend."""

from datetime import timedelta

from courses.planning.actions import load_ready, ready_for, save_season, set_budgets, set_rule
from courses.planning.busy import save_busy_times
from courses.planning.models import Season
from courses.planning.quarters import Quarter
from courses.planning.ready import YEARS
from trainingsite.core.demo import Story
from trainingsite.notices.actions import silence
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
ROSTER_TEAM = "pre-sale"
ROSTER_DAYS = 21
LIMIT = 40
# Person-hours of a quarter for each person of a department.
HOURS_A_PERSON = {"service-centre": 9, "pre-sale": 9, "after-sale": 12}


def tell(story: Story) -> None:
    hr = User.objects.get(username="hr")
    set_rule(LIMIT)
    with silence():
        for year in (story.today.year - 1, story.today.year, story.today.year + 1):
            seasons = [season for _entry, season in ready_for(year)] if year in YEARS else []
            load_ready(seasons, by=hr, on=story.today)
        own = Season(name="店铺周年庆", blackout=False, max_in_training_percent=15)
        own.starts_on, own.ends_on = story.today + 5 * DAY, story.today + 8 * DAY
        save_season(own, by=hr, on=story.today)
    _shifts(story)
    _budgets(story)


def _shifts(story: Story) -> None:
    """Three weeks of shifts for one team: early and late in turn, two days off a week, somebody on leave."""
    team = User.objects.employed(story.today).in_department(story.kept["department"][ROSTER_TEAM]).by_name()
    rows = []
    for number, person in enumerate(team.exclude(employee_number=None)):
        for ahead in range(ROSTER_DAYS):
            day = story.today + ahead * DAY
            if (day.toordinal() + number) % 7 < 2:  # noqa: PLR2004 - days off
                continue
            hour = 14 if (number + ahead // 7) % 2 else 8
            rows.append(_row(person, f"{day}", "shift", moment(day, hour), moment(day, hour + 8)))
        if number % 9 == 0:
            begin = story.today + (9 + number % 5) * DAY
            rows.append(_row(person, "leave", "leave", moment(begin, 0), moment(begin + 3 * DAY, 0)))
    save_busy_times(rows)


def _row(person: User, mark: str, kind: str, starts_at: object, ends_at: object) -> dict[str, object]:
    key = f"wfm-{person.employee_number}-{mark}"
    return {
        "source_key": key,
        "employee_number": person.employee_number,
        "kind": kind,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }


def _budgets(story: Story) -> None:
    """Hours for this quarter and the one before."""
    now = Quarter.of(story.today)
    hours: dict[int, int | None] = {}
    for code, each in HOURS_A_PERSON.items():
        department = story.kept["department"][code]
        hours[department.pk] = each * User.objects.employed(story.today).in_department(department).count()
    for quarter in (now.before, now):
        set_budgets(hours, year=quarter.year, quarter=quarter.number)
