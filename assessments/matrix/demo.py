"""Three weeks of shifts of the after-sale teams, so that there is an answer to who can cover what."""

from datetime import timedelta

from courses.planning.busy import save_busy_times
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)
TEAM = "after-sale"
DAYS = 21
OFF, WEEK = 2, 7
EARLY, LATE, HOURS = 8, 14, 8
SICK = 13  # every so manieth person is on leave in the coming days


def tell(story: Story) -> None:
    """Early and late in turn, two days off a week, few on Sundays."""
    team = User.objects.employed(story.today).in_department(story.kept["department"][TEAM]).by_name()
    rows = []
    for number, person in enumerate(team.exclude(employee_number=None)):
        for ahead in range(DAYS):
            day = story.today + ahead * DAY
            sunday = day.isoweekday() == WEEK
            if (day.toordinal() + number) % WEEK < OFF or (sunday and number % 3):
                continue
            hour = LATE if (number + ahead // WEEK) % 2 else EARLY
            rows.append(_row(person, f"{day}", "shift", moment(day, hour), moment(day, hour + HOURS)))
        if number % SICK == 0:
            begin = story.today + (2 + number % 4) * DAY
            rows.append(_row(person, "leave", "leave", moment(begin, 0), moment(begin + 3 * DAY, 0)))
    save_busy_times(rows)


def _row(person: User, mark: str, kind: str, starts_at: object, ends_at: object) -> dict[str, object]:
    return {
        "source_key": f"wfm-{person.employee_number}-{mark}",
        "employee_number": person.employee_number,
        "kind": kind,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
