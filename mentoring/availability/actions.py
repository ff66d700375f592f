"""Say when somebody works, what he or she speaks, and on which days nobody is to count on him or her."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.availability.models import Availability, Away, Shift, Speech
from trainingsite.core.errors import Refused
from trainingsite.people.models import User

LONGEST_AWAY = timedelta(days=366)
FARTHEST = timedelta(days=2 * 366)


@transaction.atomic
def save_availability(person: User, *, shifts: Collection[str], languages: Collection[str]) -> Availability:
    """Say the usual shifts and the languages; a repeat changes nothing."""
    chosen = _known(shifts, Shift.values, "shifts"), _known(languages, Speech.values, "languages")
    found, created = Availability.objects.select_for_update().get_or_create(
        person=person, defaults={"shifts": chosen[0], "languages": chosen[1]}
    )
    if not created and (found.shifts, found.languages) != chosen:
        found.shifts, found.languages = chosen
        found.save(update_fields=["shifts", "languages"])
    return found


def _known(given: Collection[str], known: list[str], field: str) -> list[str]:
    """Each once, in the order of the list; what is not on it is refused."""
    if strange := sorted(set(given) - set(known)):
        raise Refused(
            _("Not known: %(value)s. Possible: %(known)s.") % {"value": strange[0], "known": ", ".join(known)},
            field=field,
            code="unknown",
        )
    return [value for value in known if value in given]


@transaction.atomic
def add_away(person: User, *, first_day: date, last_day: date, note: str = "", on: date) -> Away:
    """Note days on which the person is not there; a repeat returns the same row."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    _check_days(first_day, last_day, on)
    overlapping = person.days_away.filter(first_day__lte=last_day, last_day__gte=first_day).first()
    if overlapping and (overlapping.first_day, overlapping.last_day) == (first_day, last_day):
        return overlapping
    if overlapping:
        raise _taken(overlapping)
    try:
        with transaction.atomic():
            return Away.objects.create(person=person, first_day=first_day, last_day=last_day, note=note.strip())
    except IntegrityError as error:
        raise Refused(_("These days are noted already."), field="first_day", code="overlaps") from error


def _check_days(first_day: date, last_day: date, on: date) -> None:
    if last_day < first_day:
        raise Refused(_("The last day comes before the first."), field="last_day", code="wrong_order")
    if last_day < on:
        raise Refused(_("These days have passed."), field="last_day", code="past")
    if last_day - first_day > LONGEST_AWAY:
        raise Refused(_("At most a year at a time."), field="last_day", code="too_long")
    if first_day - on > FARTHEST:
        raise Refused(_("At most two years ahead."), field="first_day", code="too_far")


def _taken(away: Away) -> Refused:
    first, last = date_format(away.first_day, "DATE_FORMAT"), date_format(away.last_day, "DATE_FORMAT")
    words = _("Days away from %(first)s to %(last)s are noted already.") % {"first": first, "last": last}
    return Refused(words, field="first_day", code="overlaps")


def remove_away(away: Away) -> None:
    """The person is there after all; a repeat changes nothing."""
    Away.objects.filter(pk=away.pk).delete()
