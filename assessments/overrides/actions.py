"""Give a person or a group other terms, and end them; open attempts follow at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts.deadlines import retime
from assessments.overrides.models import SETTINGS, Override
from assessments.overrides.notices import tell_ended, tell_given
from assessments.overrides.terms import Grant, applied
from assessments.quizzes.models import Quiz
from courses.audiences.hooks import uses_of
from courses.audiences.members import members_of, unwatch, watch
from courses.audiences.models import Audience
from trainingsite.core.errors import Refused
from trainingsite.people.access.sight import people_seen_by
from trainingsite.people.models import User


@transaction.atomic
def give(quiz: Quiz, whom: User | Audience, grant: Grant, *, reason: str, by: User, at: datetime) -> Override:
    """Let other terms hold for a person or a group; what held for them before is changed, so that there is one.

    The deadlines of open attempts follow in the same transaction. A repeat changes nothing.
    """
    held = Quiz.objects.select_for_update(of=["self"]).select_related("unit").get(pk=quiz.pk)
    _check(held, whom, grant, reason, by)
    named = {"person": whom} if isinstance(whom, User) else {"audience": whom}
    override = Override.objects.filter(quiz=held, ended_at=None, **named).first() or Override(quiz=held, **named)
    is_news = override.pk is None or any(getattr(override, name) != getattr(grant, name) for name in SETTINGS)
    for name in SETTINGS:
        setattr(override, name, getattr(grant, name))
    override.reason, override.by = reason.strip(), by
    override.clean_fields()
    override.save()
    if isinstance(whom, Audience):
        watch(whom, at=at)
    people = _people_of(override)
    retime(held, at=at, people=people)
    if is_news:
        tell_given(override, people, at=at)
    return override


@transaction.atomic
def end(override: Override, *, by: User, at: datetime) -> Override:
    """Let the quiz's own settings hold again, for open attempts too; a repeat changes nothing."""
    found = Override.objects.select_for_update(of=["self"]).select_related("quiz__unit", "audience").get(pk=override.pk)
    if found.person_id == by.pk:
        raise _own()
    if found.ended_at:
        return found
    people = _people_of(found)
    found.ended_at, found.ended_by = at, by
    found.save(update_fields=["ended_at", "ended_by"])
    retime(found.quiz, at=at, people=people)
    tell_ended(found, people, at=at)
    if found.audience and not any(use.standing for use in uses_of([found.audience.pk])[found.audience.pk]):
        unwatch(found.audience, at=at)
    return found


def follow_members(audience_id: int, joined: Sequence[int], left: Sequence[int], at: datetime) -> None:
    """Whoever joins or leaves a group with other terms has them, or no more, in open attempts too."""
    for override in Override.objects.standing(at).filter(audience=audience_id).select_related("quiz"):
        retime(override.quiz, at=at, people=[*joined, *left])


@transaction.atomic
def carry_over(old: Quiz, new: Quiz) -> int:
    """Let what holds for people and groups at a quiz hold at the one that replaces it; returns how many were new."""
    standing = Override.objects.filter(quiz=old, ended_at=None)
    known = set(Override.objects.filter(quiz=new).values_list("person_id", "audience_id"))
    fresh = [override for override in standing if (override.person_id, override.audience_id) not in known]
    for override in fresh:
        override.pk, override.quiz = None, new
    Override.objects.bulk_create(fresh)
    return len(fresh)


def _people_of(override: Override) -> list[int]:
    if override.audience:
        return members_of(override.audience)
    return [override.person_id] if override.person_id else []


def _check(quiz: Quiz, whom: User | Audience, grant: Grant, reason: str, by: User) -> None:
    if whom == by:
        raise _own()
    _check_sight(whom, by)
    if grant == Grant():
        raise Refused(_("Change at least one setting."), field="extra_minutes", code="nothing_changed")
    if not reason.strip():
        raise Refused(_("Say why."), field="reason", code="no_reason")
    if grant.extra_minutes and not quiz.time_limit_minutes:
        raise Refused(_("This quiz has no time limit to add to."), field="extra_minutes", code="no_time_limit")
    terms = applied(quiz, grant)
    if terms.opens_at and terms.closes_at and terms.closes_at <= terms.opens_at:
        field = "closes_at" if grant.closes_at else "opens_at"
        raise Refused(_("It would close before it opens."), field=field, code="closes_before_opens")


def _check_sight(whom: User | Audience, by: User) -> None:
    """A group may hold anybody, so that only those who see everybody decide about it."""
    seen = people_seen_by(by)
    if isinstance(whom, Audience) and seen:
        raise Refused(_("Only HR gives other terms to a group."), field="audience", code="groups_by_hr")
    if isinstance(whom, User) and not User.objects.filter(seen, pk=whom.pk).exists():
        raise Refused(_("There is nobody of this name or number."), field="person", code="unknown_person")


def _own() -> Refused:
    return Refused(_("Somebody else has to decide about your own terms."), field="person", code="own_terms")
