"""See who has completed a programme: all required items, and of each stage as many of the others as it asks for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from courses.enrolment.cohorts import withdraw_open
from courses.programmes.kinds import ITEM_KINDS
from courses.programmes.models import Assignment, Participation
from courses.programmes.reasons import enough_reason
from courses.programmes.schedule import Path, path_of

# Who, by these completions, may have completed a programme: nothing that it requires of courses is missing.
CANDIDATES = """
SELECT DISTINCT taking.assignment_id, taking.person_id
FROM courses_enrolment ended
JOIN courses_participation taking ON taking.person_id = ended.person_id AND taking.completed_at IS NULL
    AND taking.left_at IS NULL AND taking.exempted_at IS NULL
JOIN courses_assignment assignment ON assignment.id = taking.assignment_id
WHERE ended.id = ANY(%(ids)s)
AND EXISTS (
    SELECT FROM courses_item item JOIN courses_stage stage ON stage.id = item.stage_id
    WHERE item.kind = 'course' AND item.object_id = ended.course_id
        AND stage.programme_id = assignment.programme_id AND stage.version = assignment.programme_version
)
AND NOT EXISTS (
    SELECT FROM courses_item item JOIN courses_stage stage ON stage.id = item.stage_id
    WHERE item.kind = 'course' AND item.required
        AND stage.programme_id = assignment.programme_id AND stage.version = assignment.programme_version
        AND NOT EXISTS (
            SELECT FROM courses_enrolment done
            WHERE done.person_id = taking.person_id AND done.course_id = item.object_id
                AND (done.completed_at AT TIME ZONE %(zone)s)::date >= assignment.assigned_on
        )
)
"""
Done = dict[int, set[int]]


def enrolments_completed(enrolment_ids: Sequence[int], at: datetime) -> None:
    """The hook of completions."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, {"ids": list(enrolment_ids), "zone": timezone.get_current_timezone_name()})
        rows = cursor.fetchall()
    people: dict[int, list[int]] = defaultdict(list)
    for assignment, person in rows:
        people[assignment].append(person)
    for assignment in Assignment.objects.filter(pk__in=people).select_related("programme").order_by("pk"):
        settle(assignment, people[assignment.pk], at=at)


def settle_people(people: Collection[int], kind: str, *, at: datetime) -> int:
    """Look again at the programmes of these people that have an item of the kind; its app calls it when one is done."""
    taking: dict[int, list[int]] = defaultdict(list)
    found = Participation.objects.active().filter(person__in=people).with_kind(kind)
    for assignment, person in found.values_list("assignment_id", "person_id"):
        taking[assignment].append(person)
    assignments = Assignment.objects.filter(pk__in=taking).select_related("programme").order_by("pk")
    return sum(settle(assignment, taking[assignment.pk], at=at) for assignment in assignments)


def settle_all(*, at: datetime) -> int:
    """Look at everybody who is on the way; for what completes an item without telling. Returns the completions."""
    open_ones = Participation.objects.active().values("assignment")
    assignments = Assignment.objects.filter(pk__in=open_ones).select_related("programme").order_by("pk")
    return sum(
        settle(each, each.participations.active().values_list("person_id", flat=True), at=at) for each in assignments
    )


@transaction.atomic
def settle(assignment: Assignment, people: Collection[int], *, at: datetime) -> int:
    """Complete the programme for those who have done what it asks for; returns how many that were.

    What they have not begun of the optional rest is withdrawn then. A repeat changes nothing.
    """
    people = list(people)
    path = path_of(assignment.programme, assignment.programme_version)
    done = done_by(assignment, path, people, at=at)
    ready = [person for person in people if is_complete(path, done, person)]
    taking = assignment.participations.filter(person__in=ready, completed_at=None, exempted_at=None)
    number: int = taking.update(completed_at=at, left_at=None, left_reason="")
    optional = [item.object_id for item in path.of_kind("course") if not item.required and item.object_id]
    if ready and optional:
        withdraw_open(assignment, ready, reason=enough_reason(), at=at, courses=optional, begun=False)
    return number


def done_by(assignment: Assignment, path: Path, people: Collection[int], *, at: datetime) -> Done:
    """Who of the people has done which item, by the item's id."""
    on = timezone.localdate(at)
    done: Done = {item.pk: set() for item in path.items}
    for name, kind in ITEM_KINDS.items():
        if items := path.of_kind(name):
            done |= kind.done(assignment, items, people, on=on)
    return done


def is_complete(path: Path, done: Done, person: int) -> bool:
    """All required items, and enough of the optional ones of each stage."""
    if not all(person in done[item.pk] for item in path.items if item.required):
        return False
    return all(_enough(path, stage.pk, stage.optional_needed, done, person) for stage in path.stages)


def _enough(path: Path, stage: int, needed: int, done: Done, person: int) -> bool:
    optional = [item.pk for item in path.items if item.stage_id == stage and not item.required]
    return sum(person in done[pk] for pk in optional) >= needed
