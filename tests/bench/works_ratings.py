"""What levels cost with 500,000 pieces of evidence of 10,000 people: all derived anew, one person's, a look back."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection

from assessments.models import CurrentLevel, Evidence
from assessments.ratings.asof import levels_on
from assessments.ratings.deriving import rederive
from assessments.ratings.ready import ensure_first_rule
from assessments.ratings.recording import Piece, record
from assessments.ratings.rules import draft_of, effects_of
from courses.models import Competency
from tests.bench.works import _print, _seconds, taken_back
from trainingsite.core import clock
from trainingsite.people.models import User

PEOPLE, SKILLS, PIECES, TEAM = 10_000, 5, 10, 200
FILL = """
INSERT INTO assessments_evidence (person_id, competency_id, source, key, title, score, at, recorded_at, note)
SELECT person, competency, (ARRAY['quiz', 'course', 'api', 'typing'])[1 + number %% 4], 'bench:' || number, '测量用',
       40 + (person * 31 + competency * 17 + number * 13) %% 60, now() - number * interval '45 days',
       now() - number * interval '45 days', ''
FROM unnest(%s::bigint[]) AS person CROSS JOIN unnest(%s::bigint[]) AS competency
CROSS JOIN generate_series(1, %s) AS number
"""


def measure_ratings() -> None:
    """Print what each work took, beside its goal."""
    with taken_back():
        people, skills = fill()
        took = _seconds(lambda: rederive(None, None, at=clock.now(), why="rule"))
        _print(f"{Evidence.objects.count():,} pieces of evidence derived, for the first time", took, "< 30")
        later = clock.now()
        _print("the same again by another rule", _seconds(_rederive_all), "< 30")
        piece = Piece(people[7], skills[0], "api", "bench:new", "测量用", Decimal(70), later)
        _print("one new piece and the level of its person", _seconds(lambda: record([piece], at=later)), "< 1")
        draft = draft_of(ensure_first_rule(later), later.date())
        _print("whose level a rule would move", _seconds(lambda: effects_of(draft, at=later)), "< 10")
        past = later - timedelta(days=240)
        _print(
            f"the levels of {TEAM} people as of a past day", _seconds(lambda: levels_on(people[:TEAM], at=past)), "< 1"
        )
        _print(f"the levels of {TEAM} people today", _seconds(lambda: levels_on(people[:TEAM], at=later)), "< 1")


def fill() -> tuple[list[int], list[int]]:
    """Evidence of as many people as there are, ten pieces each in five competencies, over more than a year."""
    ensure_first_rule(clock.now() - timedelta(days=900))
    people = list(User.objects.people().order_by("pk").values_list("pk", flat=True)[:PEOPLE])
    skills = list(Competency.objects.in_use().order_by("pk").values_list("pk", flat=True)[:SKILLS])
    Evidence.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILL, [people, skills, PIECES])
        cursor.execute("ANALYZE assessments_evidence")
    return people, skills


def _rederive_all() -> None:
    CurrentLevel.objects.update(level=1)
    rederive(None, None, at=clock.now(), why="rule")
