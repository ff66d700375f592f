"""What mentoring costs: the best pairs of 500 newcomers and 200 mentors, a board of 300 pairs, the ramps of 2,000."""

from datetime import timedelta

from django.db import connection

from analytics.models import Metric
from mentoring.board.states import with_state, worst_first
from mentoring.guidance.models import GuidanceRule
from mentoring.matching.rounds import Draft, open_round
from mentoring.models import MentorProfile, Pairing, Ramp
from mentoring.ramp.actions import reckon
from tests.bench.works import _print, _seconds, taken_back
from trainingsite.core import clock
from trainingsite.people.models import User

NEWCOMERS, MENTORS, PLACES, PAIRS = 500, 200, 3, 300
RAMPS, DAYS = 2_000, 90
DAY = timedelta(days=1)
FILL = """
INSERT INTO analytics_reading (metric_id, person_id, department_id, day, numerator, denominator, sample_size, source)
SELECT metric, person.id, person.department_id, person.hired_on + 7 + number,
       60 + (person.id * 31 + metric * 17 + number * 13) %% 30 + least(number, 40) / 4, 100, 100, 'bench'
FROM people_user AS person CROSS JOIN unnest(%s::bigint[]) AS metric CROSS JOIN generate_series(0, %s - 1) AS number
WHERE person.id = ANY(%s)
"""


def measure_mentoring() -> None:
    """Print what each work took, beside its goal."""
    people = list(User.objects.filter(external_id__startswith="B").order_by("pk")[: NEWCOMERS + MENTORS])
    newcomers, mentors = people[:NEWCOMERS], people[NEWCOMERS:]
    today, hr = clock.today(), User.objects.get(username="hr")
    with taken_back():
        MentorProfile.objects.bulk_create(MentorProfile(person=person, capacity=PLACES) for person in mentors)
        draft = Draft("测量用方案", today, {person.pk: PLACES for person in mentors})
        GuidanceRule.objects.update(certification=None)
        took = _seconds(lambda: open_round(draft, newcomers, by=hr, on=today))
        _print(f"{NEWCOMERS} newcomers and {MENTORS} mentors matched and explained", took, "< 5")
        Pairing.objects.bulk_create(
            Pairing(mentor=mentors[number % MENTORS], mentee=mentee, started_on=today - 10 * DAY)
            for number, mentee in enumerate(newcomers[:PAIRS])
        )
        _print(f"{PAIRS} pairs judged, the worst first", _seconds(_judge), "< 0.5")
    with taken_back():
        _print(f"{Ramp.objects.count() + _fill():,} ramps of {DAYS} days reckoned", _seconds(_reckon), "< 10")


def _judge() -> None:
    today = clock.today()
    list(worst_first(with_state(Pairing.objects.open(), on=today, rule=GuidanceRule.objects.current())))


def _fill() -> int:
    """Three figures a day of newcomers of the last two years; how many people there are."""
    first = clock.today() - 700 * DAY
    people = list(User.objects.filter(external_id__startswith="B").order_by("pk").values_list("pk", flat=True)[:RAMPS])
    for place, start in enumerate(range(0, RAMPS, 100)):
        User.objects.filter(pk__in=people[start : start + 100]).update(hired_on=first + place * 28 * DAY)
    metrics = list(Metric.objects.measured().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM analytics_reading WHERE person_id = ANY(%s)", [people])
        cursor.execute(FILL, [metrics, DAYS, people])
        cursor.execute("ANALYZE analytics_reading")
    return len(people)


def _reckon() -> None:
    now = clock.now()
    reckon(on=now.date(), at=now)
