"""What keeps a person from a seat: another session at that time, or the own team, which would be left too small."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import Exists, Func, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.planning.models import Season
from courses.sessions.clashes import when_shown
from courses.sessions.desk import too_many_in_training
from courses.sessions.models import Engagement, Session
from courses.sessions.slots import Slot
from trainingsite.people.models import User


@dataclass(frozen=True)
class Obstacle:
    """One reason against a seat: `key` names it for ever, `facts` are what its words are made from."""

    code: str
    key: str
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return words(self.facts)


def words(facts: dict[str, Any]) -> str:
    """An obstacle in the active language."""
    if "title" not in facts:
        return _("too many of your team would be in training at that hour")
    span = [datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at")]
    return _("you are in “%(title)s” (%(when)s)") % {"title": facts["title"], "when": when_shown(*span)}


def elsewhere(session: Session, person: User) -> Obstacle | None:
    """That the person takes part in another session then, or gives one."""
    taken = Engagement.objects.filter(person=person, period__overlap=(session.starts_at, session.ends_at))
    found = taken.exclude(session=session).select_related("session").order_by("period", "pk").first()
    if found is None:
        return None
    other = found.session
    facts = {"title": other.title, "starts_at": other.starts_at.isoformat(), "ends_at": other.ends_at.isoformat()}
    return Obstacle("person_double", f"session:{other.pk}:{other.moves}", facts)


def team_too_small(session: Session, person: User) -> Obstacle | None:
    """That too many of the person's team would be in training at once."""
    seated = session.places.filter(seat__isnull=False, person__department=person.department_id)
    slot = Slot.of(session, people={person.pk, *seated.values_list("person_id", flat=True)})
    day = timezone.localdate(session.starts_at)
    if any(too_many_in_training(slot, list(Season.objects.between(day, day)))):
        return Obstacle("queue_limit", f"team:{session.starts_at.isoformat()}")
    return None


def obstacle(session: Session, person: User) -> Obstacle | None:
    """What keeps the person from a seat; None when nothing does."""
    return elsewhere(session, person) or team_too_small(session, person)


def is_elsewhere(person: User) -> Exists:
    """Within a query of sessions: that the person is in another one at that time."""
    span = Func(OuterRef("starts_at"), OuterRef("ends_at"), function="TSTZRANGE", output_field=DateTimeRangeField())
    return Exists(Engagement.objects.filter(person=person, period__overlap=span).exclude(session=OuterRef("pk")))
