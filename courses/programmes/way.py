"""How far people are on their way through a programme: stage by stage, what is done, open, late or for later."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.enrolment.models import Enrolment
from courses.enrolment.notices import study_url
from courses.programmes.kinds import Facts, Window
from courses.programmes.models import Item, Participation, Stage
from courses.programmes.schedule import Path, path_of, window_of, windows_until
from courses.programmes.settling import Done, done_by
from courses.sessions.models import Session, SessionPlace

STATE_WORDS = {
    "done": pgettext_lazy("item", "Done"),
    "late": _("Overdue"),
    "open": pgettext_lazy("item", "Open now"),
    "later": pgettext_lazy("item", "Later"),
    "off": pgettext_lazy("item", "Not needed"),
}
CLASS_WORDS = STATE_WORDS | {
    "late": pgettext_lazy("class", "Attendance not noted"),
    "open": pgettext_lazy("class", "Today"),
    "later": pgettext_lazy("class", "Planned"),
}
LEVELS = {"done": "good", "late": "bad", "open": "info", "later": "neutral", "off": "neutral"}


@dataclass(frozen=True)
class Step:
    """An item on a person's way."""

    item: Item
    facts: Facts
    state: str
    due_on: date
    url: str = ""
    session: Session | None = None  # of a class: the one with the person's place

    @property
    def words(self) -> str:
        return str((CLASS_WORDS if self.session else STATE_WORDS)[self.state])

    @property
    def level(self) -> str:
        return LEVELS[self.state]


@dataclass(frozen=True)
class Leg:
    """A stage on a person's way."""

    stage: Stage
    window: Window
    steps: list[Step]
    today: date

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def is_now(self) -> bool:
        return self.window.opens_on <= self.today <= self.window.due_on

    @property
    def is_later(self) -> bool:
        return self.window.opens_on > self.today

    @property
    def optional(self) -> int:
        return sum(not step.item.required for step in self.steps)


@dataclass(frozen=True)
class Way:
    participation: Participation
    legs: list[Leg] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What has to be done: the required items, and as many others as the stages ask for."""
        return sum(_needed(leg) for leg in self.legs)

    @property
    def done(self) -> int:
        return sum(_done(leg) for leg in self.legs)

    @property
    def next_step(self) -> Step | None:
        """What comes next for the person: what is late, else what is open; a class takes place and is not opened."""
        steps = [step for leg in self.legs for step in leg.steps if step.state in {"late", "open"}]
        return min(steps, key=lambda step: (not step.url, step.session is not None, step.due_on), default=None)


def _needed(leg: Leg) -> int:
    return sum(step.item.required for step in leg.steps) + leg.stage.optional_needed


def _done(leg: Leg) -> int:
    done = [step for step in leg.steps if step.state == "done"]
    required = sum(step.item.required for step in done)
    return required + min(len(done) - required, leg.stage.optional_needed)


def ways_of(participations: Sequence[Participation], *, at: datetime, today: date) -> list[Way]:
    """The ways of these participations; a few queries for each version and kind of item, whatever the number."""
    versions: dict[int, list[Participation]] = defaultdict(list)
    for part in participations:
        versions[part.assignment_id].append(part)
    known = Known(_enrolments(participations), _sessions(participations))
    paths: dict[tuple[int, int], Path] = {}
    found: dict[int, Way] = {}
    for parts in versions.values():
        assignment = parts[0].assignment
        key = (assignment.programme_id, assignment.programme_version)
        path = paths.setdefault(key, paths.get(key) or path_of(assignment.programme, assignment.programme_version))
        done = done_by(assignment, path, [part.person_id for part in parts], at=at)
        for part in parts:
            found[part.pk] = Way(part, [_leg(part, path, stage, done, known, today) for stage in path.stages])
    return [found[part.pk] for part in participations]


Enrolments = dict[tuple[int, int], list[Enrolment]]
Sessions = dict[tuple[int, int], Session]


@dataclass(frozen=True)
class Known:
    """What the people have: of the courses by person and course, of the classes by person and item."""

    enrolments: Enrolments
    sessions: Sessions


def _sessions(participations: Sequence[Participation]) -> Sessions:
    """The sessions that the people have places in; of several of an item the last."""
    people = {part.person_id for part in participations}
    places = SessionPlace.objects.held().filter(person__in=people, session__item_link__isnull=False)
    rows = places.select_related("session__item_link", "session__room").order_by("session__starts_at")
    return {(place.person_id, place.session.item_link.item_id): place.session for place in rows}


def _enrolments(participations: Sequence[Participation]) -> Enrolments:
    """What the people have of the courses, by person and course; the newest last."""
    known: Enrolments = defaultdict(list)
    people = {part.person_id for part in participations}
    first = min((part.assignment.assigned_on for part in participations), default=date.max)
    rows = Enrolment.objects.filter(person__in=people).exclude(completed_at__date__lt=first).order_by("pk")
    for enrolment in rows:
        known[enrolment.person_id, enrolment.course_id].append(enrolment)
    return known


def _leg(part: Participation, path: Path, stage: Stage, done: Done, known: Known, today: date) -> Leg:
    window = window_of(stage, part.starts_on)
    if part.extended_to:
        window = windows_until(Path([stage], []), part.starts_on, part.extended_to, on=part.joined_on)[stage.pk]
    steps = [_step(part, path, item, done, known, window, today) for item in path.of_stage(stage)]
    last = max((step.due_on for step in steps), default=window.due_on)
    return Leg(stage, Window(min(window.opens_on, last), last), steps, today)


def _step(  # noqa: PLR0913, PLR0917 - what a step is made of
    part: Participation, path: Path, item: Item, done: Done, known: Known, window: Window, today: date
) -> Step:
    if session := known.sessions.get((part.person_id, item.pk)):
        return _class(part, Step(item, path.facts[item.pk], "", window.due_on), session, done, today)
    own = known.enrolments.get((part.person_id, item.object_id or 0), []) if item.kind == "course" else []
    current = next((e for e in reversed(own) if e.is_open), own[-1] if own else None)
    due = (current.due_on if current else None) or window.due_on
    is_done = part.person_id in done[item.pk]
    state = _state(is_done, bool(current and current.withdrawn_at), window.opens_on, due, today)
    state = _still(part, state)
    url = study_url(current.pk) if current and not current.withdrawn_at else ""
    return Step(item, path.facts[item.pk], state, due, url)


def _class(part: Participation, step: Step, session: Session, done: Done, today: date) -> Step:
    """A class takes place on its own day, whatever the days of its stage."""
    day = timezone.localdate(session.starts_at)
    state = _still(part, _state(part.person_id in done[step.item.pk], False, day, day, today))
    return replace(step, state=state, due_on=day, url=reverse("session", args=[session.pk]), session=session)


def _still(part: Participation, state: str) -> str:
    """The state for this participation: when it is over, nothing is to be done any more."""
    over = part.left_at or part.exempted_at or part.completed_at
    return "off" if over and state in {"late", "open", "later"} else state


def _state(is_done: bool, is_withdrawn: bool, opens_on: date, due: date, today: date) -> str:
    if is_done:
        return "done"
    if is_withdrawn:
        return "off"
    if due < today:
        return "late"
    return "later" if opens_on > today else "open"
