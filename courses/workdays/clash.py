"""What working days have against a session: a public holiday or a day off of the company. A planner may know better."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.sessions.slots import AGAINST, Clash, Slot
from courses.workdays.days import company_days, day_off_name
from courses.workdays.regions import Region, region_of
from trainingsite.people.models import User


@AGAINST.registers("holidays")
def holidays(slot: Slot) -> Iterator[Clash]:
    """Each day off that the session touches, where its people live; one query, and another when it is one somewhere."""
    days = sorted({timezone.localdate(slot.starts_at), timezone.localdate(slot.ends_at)})
    known = company_days(days[0], days[-1])
    off = [(region, day, name) for region in Region for day in days if (name := day_off_name(day, region, known))]
    here = _regions(slot) if off else []
    for region, day, name in off:
        if region in here:
            values = {"day": date_format(day, "DATE_FORMAT"), "name": name, "region": region.label}
            yield Clash("holiday", _("%(day)s is a day off: %(name)s (%(region)s).") % values, hard=False)


def _regions(slot: Slot) -> list[Region]:
    """Where those of the session live; the company's seat when nobody is named yet."""
    people = User.objects.filter(pk__in=slot.people | slot.teachers).order_by()
    zones = set(people.values_list("time_zone", flat=True).distinct())
    return sorted({region_of(zone) for zone in zones} or {Region.CN})
