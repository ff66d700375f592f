"""Take people into an assignment and let them go again: in sets, and repeatable without harm."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from operator import itemgetter

from django.db import transaction
from django.utils import timezone

from courses.programmes.kinds import ITEM_KINDS, Cohort
from courses.programmes.models import Assignment, DueException, Participation
from courses.programmes.notices import tell_assigned
from courses.programmes.reasons import left_reason
from courses.programmes.schedule import Failed, Path, path_of, sort_people, windows_until
from trainingsite.people.models import User

Report = Callable[[int, int], None]
Hired = tuple[int, date | None]
BATCH = 2_500


def report_nothing(_done: int, _total: int) -> None:
    """Of work that nobody watches."""


def take_in(assignment: Assignment, people: Sequence[Hired], *, on: date, report: Report = report_nothing) -> list[int]:
    """Let these people (with their hire dates) take part from `on`; returns who was not on the way before.

    Who takes part or is exempted already stays as is. Whose days cannot be met is listed as an exception instead.
    Who had left comes back: an extension of old still counts.
    """
    path = path_of(assignment.programme, assignment.programme_version)
    begun: list[int] = []
    for start in range(0, len(people), BATCH):
        begun += _take_in_batch(assignment, path, people[start : start + BATCH], on)
        report(min(start + BATCH, len(people)), len(people))
    return begun


@transaction.atomic
def _take_in_batch(assignment: Assignment, path: Path, people: Sequence[Hired], on: date) -> list[int]:
    ids = [pk for pk, _hired in people]
    known = {part.person_id: part for part in assignment.participations.filter(person__in=ids).select_for_update()}
    undecided = assignment.exceptions.filter(person__in=ids)
    kept = {pk for pk, part in known.items() if part.left_at is None or part.completed_at or part.exempted_at}
    kept |= set(undecided.exclude(decision__in=["extend", "override"]).values_list("person_id", flat=True))
    back = [part for pk, part in known.items() if pk not in kept and part.extended_to and part.extended_to >= on]
    extended = {part.person_id for part in back}
    found = sort_people(assignment, path, [row for row in people if row[0] not in kept | extended], on=on)
    found.cohorts += [
        Cohort(part.starts_on, [part.person_id], windows_until(path, part.starts_on, part.extended_to or on, on=on))
        for part in back
    ]
    list_failed(assignment, found.failed)
    give(assignment, path, found.cohorts, on=on)
    return [person for cohort in found.cohorts for person in cohort.people]


def give(assignment: Assignment, path: Path, cohorts: Sequence[Cohort], *, on: date) -> int:
    """Note that these people take part, and hand them every item of the path."""
    if not cohorts:
        return 0
    rows = [
        Participation(assignment=assignment, person_id=person, joined_on=on, starts_on=cohort.starts_on)
        for cohort in cohorts
        for person in cohort.people
    ]
    Participation.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assignment", "person"],
        update_fields=["starts_on", "left_at", "left_reason"],
    )
    kinds = {item.kind for item in path.items}
    return sum(
        kind.give(assignment, path.of_kind(name), cohorts, on=on) for name, kind in ITEM_KINDS.items() if name in kinds
    )


def list_failed(assignment: Assignment, failed: dict[int, Failed]) -> None:
    """Let HR decide about these people."""
    DueException.objects.bulk_create(
        [
            DueException(assignment=assignment, person_id=person, computed_on=why.day, reason=why.reason)
            for person, why in sorted(failed.items(), key=itemgetter(0))
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assignment", "person"],
        update_fields=["computed_on", "reason", "resolved_at", "resolved_by", "decision", "extended_to", "resolution"],
    )


@transaction.atomic
def let_go(assignment: Assignment, people: Collection[int], *, at: datetime) -> int:
    """Who no longer belongs to the audience: what is open ends with that reason, what is completed stays."""
    going = list(assignment.participations.active().filter(person__in=people).values_list("person_id", flat=True))
    assignment.exceptions.filter(person__in=people, resolved_at=None).delete()
    take_back(assignment, going, reason=left_reason(), at=at)
    leaving = assignment.participations.filter(person__in=going)
    return leaving.update(left_at=at, left_reason=left_reason())


def take_back(assignment: Assignment, people: Collection[int], *, reason: str, at: datetime) -> None:
    """End what these people still have open of the assignment, whatever kind it is of."""
    if people:
        for kind in ITEM_KINDS.values():
            kind.take_back(assignment, people, reason=reason, at=at)


def members_changed(audience_id: int, joined: Sequence[int], left: Sequence[int], at: datetime) -> None:
    """Let the standing assignments of the audience follow it."""
    for assignment in _following(audience_id):
        if left:
            let_go(assignment, left, at=at)
        if joined:
            join(assignment, joined, at=at)


def _following(audience_id: int) -> list[Assignment]:
    found = Assignment.objects.standing().filter(audience=audience_id).select_related("programme", "audience")
    return list(found.select_for_update(of=("self",)).order_by("pk"))


def join(assignment: Assignment, people: Collection[int], *, at: datetime) -> list[int]:
    """Take newcomers of the audience in, and tell them."""
    on = timezone.localdate(at)
    hired = User.objects.filter(pk__in=people).order_by("pk").values_list("pk", "hired_on")
    begun = take_in(assignment, list(hired), on=on)
    count(assignment)
    tell_assigned(assignment, begun)
    return begun


def count(assignment: Assignment) -> None:
    """Keep the numbers that lists show."""
    assignment.reached = assignment.participations.count() + assignment.exceptions.filter(resolved_at=None).count()
    assignment.enrolled = assignment.enrolments.count()
    assignment.save(update_fields=["reached", "enrolled"])
