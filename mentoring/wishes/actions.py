"""Say whom one would like to be paired with, and keep people apart."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.job_plans.models import Side
from mentoring.mentors.models import MentorProfile
from mentoring.pairings.newcomers import without_mentor
from mentoring.wishes.models import KeepApart, Wish
from trainingsite.core.errors import Refused
from trainingsite.people.models import User
from trainingsite.people.staff.models import PersonQuerySet

MOST = 3


@transaction.atomic
def save_wishes(person: User, side: Side, wanted: Sequence[User], unwanted: Sequence[User], on: date) -> None:
    """Replace what the person on this side wishes: `wanted` in order, the dearest first. A repeat changes nothing."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    _check_wisher(person, side, on)
    ranks = {other.pk: rank for rank, other in enumerate(wanted, start=1)}
    _check_numbers(person, wanted, unwanted)
    _check_others(side, wanted, unwanted, on)
    ranks |= {other.pk: 0 for other in unwanted}
    held = Wish.objects.filter(person=person, side=side)
    if dict(held.values_list("other_id", "rank")) == ranks:
        return
    held.delete()
    Wish.objects.bulk_create(
        Wish(person=person, side=side, other_id=other, rank=rank) for other, rank in sorted(ranks.items())
    )


class Say(StrEnum):
    """What can be said of one person: to be wanted, wanted before the others, rather not, or nothing any more."""

    WANTED = "wanted"
    FIRST = "first"
    UNWANTED = "unwanted"
    NOTHING = "nothing"


@transaction.atomic
def say(person: User, side: Side, other: User, what: Say, *, on: date) -> None:
    """Say one thing of one person; whatever was wished of others stays. A repeat changes nothing.

    Others who can no longer be named (a mentor who left, a newcomer who has a mentor by now) fall off the list.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    rows = Wish.objects.filter(person=person, side=side).exclude(other=other).select_related("other")
    still = set(wishable(side, on).filter(pk__in=rows.values("other")).values_list("pk", flat=True))
    kept = [wish for wish in rows if wish.other_id in still]
    wanted = [wish.other for wish in kept if wish.rank]
    unwanted = [wish.other for wish in kept if not wish.rank]
    if what == Say.FIRST:
        wanted.insert(0, other)
    elif what == Say.WANTED and _rank_of(person, side, other):
        return
    elif what == Say.WANTED:
        wanted.append(other)
    elif what == Say.UNWANTED:
        unwanted.append(other)
    save_wishes(person, side, wanted, unwanted, on)


def _rank_of(person: User, side: Side, other: User) -> int | None:
    return Wish.objects.filter(person=person, side=side, other=other).values_list("rank", flat=True).first()


def _check_wisher(person: User, side: Side, on: date) -> None:
    if side == Side.MENTOR and not MentorProfile.objects.active(on).filter(person=person).exists():
        raise Refused(_("%(mentor)s takes no mentees.") % {"mentor": person}, code="not_a_mentor")
    if not User.objects.employed(on).filter(pk=person.pk).exists():
        raise Refused(_("%(name)s does not work here.") % {"name": person}, code="not_employed")


def _check_numbers(person: User, wanted: Sequence[User], unwanted: Sequence[User]) -> None:
    for field, others in (("wanted", wanted), ("unwanted", unwanted)):
        if len(others) > MOST:
            raise Refused(_("At most %(n)s people.") % {"n": MOST}, field=field, code="too_many")
    everybody = [other.pk for other in chain(wanted, unwanted)]
    if person.pk in everybody:
        raise Refused(_("Nobody is the own mentor."), field="wanted", code="own_mentor")
    if len(set(everybody)) < len(everybody):
        raise Refused(_("Each person can be named once."), field="unwanted", code="named_twice")


def _check_others(side: Side, wanted: Sequence[User], unwanted: Sequence[User], on: date) -> None:
    for field, others in (("wanted", wanted), ("unwanted", unwanted)):
        fitting = set(wishable(side, on).filter(pk__in=[other.pk for other in others]).values_list("pk", flat=True))
        if strange := [other for other in others if other.pk not in fitting]:
            words = _("%(name)s is no newcomer without a mentor.")
            if side == Side.MENTEE:
                words = _("%(name)s takes no mentees at present.")
            raise Refused(words % {"name": strange[0]}, field=field, code="not_wishable")


def wishable(side: Side, on: date) -> PersonQuerySet:
    """The people whom somebody on this side can name: mentors who are ready, or newcomers whom nobody guides."""
    if side == Side.MENTOR:
        return without_mentor(on=on)
    ready: PersonQuerySet = User.objects.filter(pk__in=MentorProfile.objects.ready(on).values("person"))
    return ready


@transaction.atomic
def keep_apart(one: User, other: User, reason: KeepApart.Reason | str, note: str = "") -> KeepApart:
    """Never pair the two; a repeat changes the reason and the note."""
    if one.pk == other.pk:
        raise Refused(_("Name two different people."), field="other", code="same_person")
    first, second = sorted((one.pk, other.pk))
    row, _created = KeepApart.objects.update_or_create(
        one_id=first, other_id=second, defaults={"reason": reason, "note": note.strip()}
    )
    return row


def lift(row: KeepApart) -> None:
    """The two may be paired again; a repeat changes nothing."""
    KeepApart.objects.filter(pk=row.pk).delete()
