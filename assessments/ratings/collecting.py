"""Evidence out of what people do here: graded quizzes, completed courses, checklists that were signed off.

Each is recorded once, in the transaction in which it happens; a mark that changes later corrects it. What generated
history does (`silence`) is collected afterwards, at the moments when it happened.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, CharField, DecimalField, F, Max, Sum, Value, When
from django.db.models.functions import Concat, Greatest
from django.utils.translation import gettext as _

from assessments.attempts.models import Response, State
from assessments.questions.models import Kind
from assessments.ratings.deriving import levels_of, middle_of
from assessments.ratings.models import Evidence
from assessments.ratings.ready import rule_at
from assessments.ratings.recording import Piece, keep
from courses.checklists.models import CheckItem, Result, SignOff
from courses.competencies.models import Teaches
from courses.enrolment.models import Enrolment, Scope
from trainingsite.core import clock
from trainingsite.notices.actions import is_silent

FULL = 100


def of_attempts(attempt_ids: Collection[int]) -> list[Piece]:
    """Per graded attempt and competency of its questions the share of the points; typing tests stand for themselves.

    An answer that cost points earned none; questions that do not count (0 points) and practice show nothing.
    """
    answers = Response.objects.filter(attempt__in=attempt_ids, attempt__state=State.GRADED, points__gt=0)
    answers = answers.filter(
        version__question__competency__isnull=False, version__question__competency__retired_at=None
    )
    source = Case(When(version__question__kind=Kind.TYPING, then=Value("typing")), default=Value("quiz"))
    money = DecimalField(max_digits=14, decimal_places=4)
    earned = Sum(F("points") * Greatest(F("fraction"), Value(Decimal(0))), output_field=money)
    unit = "attempt__quiz__unit"
    rows = (
        answers.annotate(source=source)
        .values("attempt", "source", "version__question__competency")
        .annotate(
            person=Max("attempt__person"),
            title=Max(Concat(f"{unit}__course__title", Value(" · "), f"{unit}__title", output_field=CharField())),
            at=Max("attempt__submitted_at"),
            share=earned / Sum("points"),
        )
    )
    return [
        Piece(
            person_id=row["person"],
            competency_id=row["version__question__competency"],
            source=row["source"],
            key=f"attempt:{row['attempt']}",
            title=row["title"],
            score=FULL * row["share"],
            at=row["at"],
        )
        for row in rows.order_by("attempt", "source", "version__question__competency")
    ]


def of_completions(enrolment_ids: Collection[int], at: datetime) -> list[Piece]:
    """Per completed course and competency that it teaches the middle of the level taught; of quizzes alone nothing."""
    done = Enrolment.objects.completed().filter(pk__in=enrolment_ids, scope=Scope.FULL)
    rows = list(
        done.filter(course__teaches__competency__retired_at=None)
        .exclude(course__teaches=None)
        .order_by("pk")
        .values_list(
            *("pk", "person_id", "course__title", "completed_at"),
            *("course__teaches__competency", "course__teaches__level"),
        )
    )
    worth = _worth({(competency, level) for *_rest, competency, level in rows}, at)
    return [
        Piece(person, competency, "course", f"enrolment:{pk}", title, worth[competency, level], moment)
        for pk, person, title, moment, competency, level in rows
        if (competency, level) in worth
    ]


def _worth(taught: Collection[tuple[int, int]], at: datetime) -> dict[tuple[int, int], Decimal]:
    """The middle of the band of each level taught, by the rule in force."""
    if not taught:
        return {}
    rule, levels = rule_at(at), levels_of({competency for competency, _level in taught}, at)
    return {(pk, level): middle_of(rule, levels[pk], level) for pk, level in taught if level <= levels[pk]}


def of_checklist(enrolment: Enrolment, unit_id: int, at: datetime) -> list[Piece]:
    """Per competency that the course teaches what its level is worth, once all required items are signed off.

    All items are worth the middle of the band of the level taught, as completing the course is; some of them their
    share of that. Assessed by whoever signed last; five queries.
    """
    facts = SignOff.objects.filter(enrolment=enrolment, item__checklist__unit=unit_id)
    done = {fact.item_id: fact for fact in facts.standing().filter(result=Result.DONE).order_by("pk")}
    items = list(CheckItem.objects.filter(checklist__unit=unit_id).select_related("checklist__unit"))
    required = [item.pk for item in items if item.is_required]
    if not required or not done.keys() >= set(required):
        return []
    last = max(done.values(), key=lambda fact: fact.pk)
    worth = _worth(taught(enrolment.course_id), at)
    return [
        Piece(
            person_id=enrolment.person_id,
            competency_id=competency,
            source="checklist",
            key=f"checklist:{enrolment.pk}:{unit_id}",
            title=str(items[0].checklist.unit),
            score=middle * len(done) / len(items),
            at=last.at,
            by_id=last.by_id,
        )
        for (competency, _level), middle in worth.items()
    ]


def taught(course_id: int) -> list[tuple[int, int]]:
    """The competencies in use that the course teaches, each with the level."""
    rows = Teaches.objects.filter(course=course_id, competency__retired_at=None)
    return list(rows.order_by("competency").values_list("competency", "level"))


def when_graded(attempt_ids: Sequence[int], at: datetime) -> None:
    """Attempts were graded, or graded again: what is different now is corrected."""
    if is_silent():
        return
    pieces = of_attempts(attempt_ids)
    present = {piece[1:4] for piece in pieces}
    people = Enrolment.objects.filter(attempts__in=attempt_ids).values("person")
    standing = Evidence.objects.standing().filter(person__in=people, source__in=["quiz", "typing"])
    before = standing.of_events([f"attempt:{pk}" for pk in attempt_ids])
    gone = [row for row in before if (row.competency_id, row.source, row.event) not in present]
    _keep(pieces, at, _("It was graded again"), gone)


def when_completed(enrolment_ids: Sequence[int], at: datetime) -> None:
    """Courses were completed."""
    if not is_silent():
        _keep(of_completions(enrolment_ids, at), at, "")


def when_signed(sign_off: SignOff, at: datetime) -> None:
    """An item was signed off, or its sign-off taken back."""
    enrolment, unit = sign_off.enrolment, sign_off.item.checklist.unit_id
    if is_silent() or not taught(enrolment.course_id):
        return
    pieces = of_checklist(enrolment, unit, at)
    standing = Evidence.objects.standing().filter(person=enrolment.person_id, source="checklist")
    gone = [] if pieces else list(standing.of_events([f"checklist:{enrolment.pk}:{unit}"]))
    _keep(pieces, at, _("A sign-off was taken back or added"), gone)


def _keep(pieces: Sequence[Piece], at: datetime, reason: str, gone: Collection[Evidence] = ()) -> None:
    """Record it now: what happened at a moment that was told may be known only later, never before."""
    if pieces or gone:
        moment = max([clock.now(), at, *(piece.at for piece in pieces)])
        keep(pieces, reason=reason, at=moment, gone=gone)
