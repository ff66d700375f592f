"""Mark an answer. Every mark is kept; what they come to is written on the answer, and the attempt is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts.grading import settle
from assessments.attempts.models import Attempt, Response, State
from assessments.marking.claims import check_free, release
from assessments.marking.decision import decide
from assessments.marking.models import LONGEST_COMMENT, Draft, Marking, Role, Team
from assessments.marking.notices import tell_changed, tell_marked
from assessments.marking.reach import in_reach
from assessments.marking.rubrics import by_percent, by_rubric, rubric_of
from assessments.statistics.actions import mark_stale
from courses.models import Course, Enrolment
from trainingsite.core.errors import Refused
from trainingsite.people.models import User


@dataclass(frozen=True)
class Verdict:
    """What a marker chose: levels and comments by criterion id, or a percentage where there is no rubric."""

    percent: Decimal | int | None = None
    points: Mapping[int, int] = field(default_factory=dict)
    comments: Mapping[int, str] = field(default_factory=dict)
    comment: str = ""


@transaction.atomic
def mark(response: Response, verdict: Verdict, *, by: User, at: datetime) -> Marking:
    """Mark in the part that is needed next, or correct the own mark: a new row. The same mark again is one."""
    found = locked(response)
    _check_marker(found, by)
    former = list(found.markings.all())
    role = _role_of(found, former, by)
    if not any(marking.marker_id == by.pk for marking in former):
        check_free(found, by=by, at=at)
    made = add(found, role, verdict, by=by, at=at)
    release(found, by=by)
    Draft.objects.filter(response=found, marker=by).delete()
    return made


def locked(response: Response) -> Response:
    """The answer's present row; enrolment and attempt are locked first, in the order in which grading locks them."""
    attempt = Attempt.objects.get(pk=response.attempt_id)
    Enrolment.objects.select_for_update().get(pk=attempt.enrolment_id)
    Attempt.objects.select_for_update().get(pk=attempt.pk)
    related = Response.objects.select_related("attempt__quiz__unit", "version__question")
    return related.select_for_update(of=("self",)).get(pk=response.pk)


def _check_marker(response: Response, by: User) -> None:
    if response.attempt.person_id == by.pk:
        raise Refused(_("Nobody marks the own answer."), code="own_answer")
    if not Response.objects.filter(in_reach(by, ""), pk=response.pk).exists():
        raise Refused(_("This answer is not yours to mark."), code="not_yours")
    if response.attempt.state not in {State.SUBMITTED, State.GRADED}:
        raise Refused(_("This attempt is not handed in."), code="not_handed_in")


def _role_of(response: Response, former: Sequence[Marking], by: User) -> Role:
    """In which part somebody marks now; who has marked before corrects that mark."""
    roles = {marking.role for marking in former}
    own = next((marking for marking in former if marking.marker_id == by.pk and marking.role != Role.APPEAL), None)
    if own is not None:
        above = roles & {Role.MODERATOR, Role.APPEAL} - {own.role}
        if above:
            raise Refused(_("This answer was decided after you had marked it; the decision stands."), code="decided")
        return Role(own.role)
    if not response.needs_person:
        name = former[-1].marker if former else _("The machine")
        words = _("%(name)s has marked it meanwhile; nothing of yours was saved.") % {"name": name}
        raise Refused(words, code="marked_already")
    return next((role for role in (Role.FIRST, Role.SECOND) if role not in roles), Role.MODERATOR)


def add(response: Response, role: Role, verdict: Verdict, *, by: User, at: datetime) -> Marking:
    """Write a mark of the locked answer and what all marks come to; the same mark by the same person again is one."""
    values = values_of(response, verdict)
    former = list(response.markings.filter(role=role).order_by("number"))
    last = former[-1] if former else None
    if last and last.marker_id == by.pk and last.says_the_same(values):
        return last
    number = last.number + 1 if last else 1
    made = Marking.objects.create(response=response, marker=by, role=role, number=number, at=at, **values)
    _apply(response, made, at)
    return made


def values_of(response: Response, verdict: Verdict) -> dict[str, Any]:
    """The fields of a mark out of what was chosen; refused when it does not fit the rubric."""
    comment = verdict.comment.strip()
    if len(comment) > LONGEST_COMMENT:
        text = _("At most %(n)s characters.") % {"n": LONGEST_COMMENT}
        raise Refused(text, field="comment", code="comment_too_long")
    rubric = rubric_of(response)
    marked = by_rubric(rubric, verdict.points, verdict.comments) if rubric else by_percent(verdict.percent)
    return {**marked, "comment": comment}


def _apply(response: Response, made: Marking, at: datetime) -> None:
    """Write on the answer what its marks come to now; while somebody is needed it goes on waiting."""
    attempt = response.attempt
    decision = decide(attempt.quiz, response.markings.all())
    if decision is None:
        response.needs_person = True  # a correction may have opened a gap again
        response.save(update_fields=["needs_person"])
        return
    response.fraction, response.comment, response.needs_person = decision.fraction, decision.comment, False
    response.save(update_fields=["fraction", "comment", "needs_person"])
    before = (attempt.state, attempt.score, attempt.passed)
    settle(attempt, at=at)
    attempt.refresh_from_db()
    if attempt.state != State.GRADED:
        return
    if before[0] != State.GRADED:
        tell_marked(attempt)
        return
    transaction.on_commit(partial(mark_stale, [attempt.quiz_id]))  # the statistics hold what was marked before
    if before[1:] != (attempt.score, attempt.passed) and made.role != Role.APPEAL:
        tell_changed(attempt, made)


@transaction.atomic
def set_team(course: Course, people: Sequence[User]) -> Team:
    """Say who marks the quizzes of the course besides its owner and whoever sees the person."""
    team = Team.objects.select_for_update().get_or_create(course=course)[0]
    team.people.set(people)
    return team
