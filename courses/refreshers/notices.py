"""What people are told about refreshers; each thing once, whatever beat does."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enrolment.notices import day_of
from courses.refreshers.models import Occurrence
from courses.refreshers.whats import known
from courses.sessions.models import Session
from trainingsite.core.display import listed
from trainingsite.notices.actions import Message, notify
from trainingsite.notices.kinds import KINDS, Kind
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

Facts = dict[str, Any]
NAMED = 5


def _facts(occurrence: Occurrence, **more: Any) -> Facts:
    refresher = occurrence.refresher
    what = known(refresher.what)
    facts = {"title": refresher.title, "about": what.about(refresher) if what else ""}
    return {**facts, "on": occurrence.on.isoformat(), "due_on": occurrence.due_on.isoformat(), **more}


def tell_announced(occurrence: Occurrence, people_ids: Iterable[int]) -> int:
    """Tell these people that the run comes; one that was moved, or left out and taken back, is announced anew."""
    key, facts = _announcement(occurrence), _facts(occurrence)
    return notify(Message(person, "refresher_announced", key, facts) for person in people_ids)


def _announcement(occurrence: Occurrence) -> str:
    """Names the announcement that stands: a run may be announced several times."""
    at = f"{occurrence.announced_at.timestamp():.0f}" if occurrence.announced_at else ""
    return f"occurrence:{occurrence.pk}:announced:{occurrence.on}:{at}"


def tell_opened(occurrence: Occurrence, people: Sequence[tuple[int, str]]) -> int:
    """Tell each of these people, with the page to do it on, that the run has opened."""
    facts = _facts(occurrence)
    return notify(Message(person, "refresher", f"occurrence:{occurrence.pk}", facts, url) for person, url in people)


def tell_called_off(occurrence: Occurrence, people_ids: Iterable[int]) -> int:
    """Tell those who heard of the run that it does not take place."""
    key, facts = f"{_announcement(occurrence)}:skipped", _facts(occurrence)
    return notify(Message(person, "refresher_skipped", key, facts) for person in people_ids)


def tell_moved(occurrence: Occurrence, people_ids: Iterable[int], *, before: Occurrence) -> int:
    """Tell those who heard of the run as it was `before` that it comes on another day."""
    key = f"{_announcement(before)}:moved:{occurrence.on}"
    facts = _facts(occurrence, before=before.on.isoformat())
    return notify(Message(person, "refresher_moved", key, facts) for person in people_ids)


def announced_to(occurrence: Occurrence) -> list[int]:
    """Who was told that this run comes on its present day."""
    key = _announcement(occurrence)
    return list(Notice.objects.filter(key=key).order_by("person_id").values_list("person_id", flat=True))


def remind_people(occurrence: Occurrence, people: Sequence[tuple[int, str]], *, step: int, on: date) -> int:
    """Remind these people, `step` days before the due day; each step once for each due day the run ever had."""
    facts = _facts(occurrence, days=(occurrence.due_on - on).days)
    key = f"occurrence:{occurrence.pk}:due:{occurrence.due_on}:{step}"
    return notify(Message(person, "refresher_due", key, facts, url) for person, url in people)


def tell_supervisors(occurrence: Occurrence, missing: dict[int, list[str]]) -> int:
    """Tell each supervisor (by id) who of the own people is missing, the first of them by name."""
    url = reverse("enrolments") + f"?occurrence={occurrence.pk}"
    return notify(
        Message(
            supervisor,
            "refresher_missing",
            f"occurrence:{occurrence.pk}:missing",
            _facts(occurrence, people=len(names), names=names[:NAMED]),
            url,
        )
        for supervisor, names in sorted(missing.items())
    )


def tell_sign_up(occurrence: Occurrence, session: Session, people_ids: Iterable[int]) -> int:
    """Tell these people that they can sign up for the session of the run."""
    key, facts = f"occurrence:{occurrence.pk}:sign_up:{session.pk}", _facts(occurrence)
    url = reverse("session", args=[session.pk])
    return notify(Message(person, "refresher_sign_up", key, facts, url) for person in people_ids)


def tell_seats_short(occurrence: Occurrence, *, seats: int | None, people: int) -> int:
    """Tell HR that not everybody gets a seat in the session of the run."""
    return tell_hr(occurrence, "refresher_short", f"short:{seats}:{people}", seats=seats, people=people)


def tell_problem(occurrence: Occurrence, said: str, *, on: date) -> int:
    """Tell HR what keeps a run from opening; a reason once a day."""
    return tell_hr(occurrence, "refresher_problem", f"problem:{on}", said=said)


def tell_hr(occurrence: Occurrence, kind: str, about: str, **facts: Any) -> int:
    """Tell everybody of HR something about a run, once."""
    url = reverse("refresher", args=[occurrence.refresher_id])
    people = RoleGrant.objects.filter(role=Role.HR, user__is_active=True).order_by("user_id").distinct()
    key, said = f"occurrence:{occurrence.pk}:{about}", _facts(occurrence, **facts)
    return notify(Message(person, kind, key, said, url) for person in people.values_list("user_id", flat=True))


def _values(facts: Facts) -> Facts:
    on = day_of({"due_on": facts.get("on")})
    return {"title": facts.get("title") or facts.get("course", ""), "on": on, "day": day_of(facts)}


def _announced(facts: Facts) -> str:
    return _("“%(title)s” comes on %(on)s") % _values(facts)


def _refreshed(facts: Facts) -> str:
    if "title" not in facts:
        values = {"course": facts["course"], "day": day_of(facts)}
        return _("Refresher: take the quiz of “%(course)s” by %(day)s") % values
    return _("Refresher “%(title)s” is open: please do it by %(day)s") % _values(facts)


def _skipped(facts: Facts) -> str:
    return _("“%(title)s” of %(on)s does not take place") % _values(facts)


def _moved(facts: Facts) -> str:
    before = day_of({"due_on": facts["before"]})
    return _("“%(title)s” of %(before)s was moved to %(on)s") % {**_values(facts), "before": before}


def _due(facts: Facts) -> str:
    values = {**_values(facts), "days": facts["days"]}
    if not facts["days"]:
        return _("“%(title)s” is due today") % values
    text = ngettext(
        "“%(title)s” is due in %(days)s day, on %(day)s",
        "“%(title)s” is due in %(days)s days, on %(day)s",
        facts["days"],
    )
    return text % values


def _missing(facts: Facts) -> str:
    text = ngettext(
        "%(n)s of your people has not done “%(title)s”, due %(day)s",
        "%(n)s of your people have not done “%(title)s”, due %(day)s",
        facts["people"],
    )
    return text % {**_values(facts), "n": facts["people"]}


def _names(facts: Facts) -> str:
    return listed(facts["names"])


def _problem(facts: Facts) -> str:
    return _("“%(title)s” of %(on)s cannot open: %(said)s") % {**_values(facts), "said": facts["said"]}


def _short(facts: Facts) -> str:
    values = {**_values(facts), "seats": facts["seats"], "people": facts["people"]}
    if facts["seats"] is None or facts["seats"] >= facts["people"]:
        return _("“%(title)s” on %(on)s: not all %(people)s people may be away at once; they sign up") % values
    return _("“%(title)s” on %(on)s has %(seats)s seats for %(people)s people; they sign up") % values


def _sign_up(facts: Facts) -> str:
    return _("“%(title)s” is on %(on)s: sign up for it") % _values(facts)


def kinds() -> Iterator[tuple[str, Kind]]:
    """The kinds of notices of this room."""
    yield "refresher", Kind(_refreshed, icon="repeat")
    yield "refresher_announced", Kind(_announced, icon="calendar-plus")
    yield "refresher_skipped", Kind(_skipped, icon="calendar-x")
    yield "refresher_moved", Kind(_moved, icon="calendar-event")
    yield "refresher_due", Kind(_due, icon="clock")
    yield "refresher_missing", Kind(_missing, icon="alert-triangle", body=_names)
    yield "refresher_problem", Kind(_problem, icon="alert-triangle")
    yield "refresher_sign_up", Kind(_sign_up, icon="calendar-plus")
    yield "refresher_short", Kind(_short, icon="alert-triangle")


for name, kind in kinds():
    KINDS.register(name, kind)
