"""What happens in courses and assessments and earns points: courses, quizzes, checklists, certificates, levels."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy

from assessments.acts import OWN_CERTIFICATES, SEE_RATINGS, VIEW_CERTIFICATIONS
from assessments.attempts.hooks import PASSED
from assessments.attempts.models import Attempt
from assessments.certification.hooks import ISSUED
from assessments.certification.models import Certificate
from assessments.points.earning import Earned, earn
from assessments.points.events import EVENTS, Event, Suggested
from assessments.points.models import PointEntry, PointRule
from assessments.ratings.hooks import LEVELS_MOVED
from assessments.ratings.models import LevelChange
from courses.acts import LEARN, VIEW_COURSES
from courses.checklists.hooks import CHECKED
from courses.checklists.models import SignOff
from courses.competencies.models import Competency, Teaches
from courses.enrolment.hooks import COMPLETED
from courses.models import Enrolment
from trainingsite.core import clock
from trainingsite.core.days import start_of
from trainingsite.people.models import User

COURSE, QUIZ, CHECKLIST, CERTIFICATE, LEVEL = "course", "quiz", "checklist", "certificate", "level"
NOON = timedelta(hours=12)
OF_THE_COURSE = pgettext_lazy("points", "The one that the course teaches to the highest level")


def earns(event: str) -> bool:
    """Whether the event was ever given a rule; where none is used, what happens costs one small question."""
    return PointRule.objects.filter(event=event).exists()


def taught_most(course_ids: Iterable[int]) -> dict[int, int]:
    """The competency that each course teaches to the highest level, the first of the framework where two are even."""
    rows = Teaches.objects.filter(course__in=set(course_ids)).order_by(
        "course", "-level", "competency__group__position", "competency__position", "competency"
    )
    return dict(rows.distinct("course").values_list("course", "competency"))


def moment_of(day: date) -> datetime:
    """The noon of the day; of today, when it is not noon yet, now."""
    return min(start_of(day) + NOON, clock.now())


def courses_completed(enrolment_ids: Sequence[int], at: datetime) -> None:  # noqa: ARG001 - each has its own moment
    if earns(COURSE):
        earn(completions(Enrolment.objects.filter(pk__in=enrolment_ids)))


def completions(enrolments: QuerySet[Enrolment]) -> list[Earned]:
    """The completed ones of the enrolments, each under its course: the first completion earns."""
    rows = enrolments.filter(completed_at__isnull=False).order_by("completed_at", "pk")
    found = list(rows.values_list("person", "course", "course__title", "completed_at"))
    taught = taught_most(course for _person, course, *_rest in found)
    return [Earned(who, COURSE, str(pk), title, at, taught.get(pk)) for who, pk, title, at in found if at]


def quizzes_passed(attempts: Sequence[Attempt], at: datetime) -> None:
    if earns(QUIZ):
        earn(passes(Attempt.objects.filter(pk__in=[one.pk for one in attempts]), at=at))


def passes(attempts: QuerySet[Attempt], *, at: datetime) -> list[Earned]:
    """The attempts, each under its quiz: the first pass earns."""
    columns = ("person", "quiz", "quiz__unit__course", "quiz__unit__course__title", "quiz__unit__title", "submitted_at")
    found = list(attempts.order_by("submitted_at", "pk").values_list(*columns))
    taught = taught_most(course for _person, _quiz, course, *_rest in found)
    return [
        Earned(who, QUIZ, str(quiz), f"{of} · {title}", done or at, taught.get(course))
        for who, quiz, course, of, title, done in found
    ]


def checklist_signed(sign_off: SignOff, at: datetime) -> None:
    if earns(CHECKLIST):
        unit, enrolment = sign_off.item.checklist.unit, sign_off.enrolment
        taught = taught_most([unit.course_id]).get(unit.course_id)
        earn([Earned(enrolment.person_id, CHECKLIST, str(unit.pk), unit.title, at, taught, by_id=sign_off.by_id)])


def certificates_issued(certificates: Sequence[Certificate]) -> None:
    if earns(CERTIFICATE):
        earn(holdings(certificates))


def holdings(certificates: Iterable[Certificate]) -> list[Earned]:
    """Each certificate under its certification and period."""
    return [
        Earned(one.person_id, CERTIFICATE, f"{one.certification_id}:{one.period}", one.title, moment_of(one.issued_on))
        for one in certificates
    ]


def levels_moved(changes: Sequence[LevelChange], at: datetime) -> None:  # noqa: ARG001 - each has its own moment
    if earns(LEVEL):
        earn(levels_gained(changes))


def levels_gained(changes: Iterable[LevelChange]) -> list[Earned]:
    """Each level that a person reached by new evidence, those in between too; a changed rule is nobody's merit."""
    risen = [one for one in changes if one.why == LevelChange.Why.EVIDENCE and (one.after or 0) > (one.before or 0)]
    titles = {one.pk: str(one) for one in Competency.objects.filter(pk__in={one.competency_id for one in risen})}
    return [
        Earned(
            one.person_id, LEVEL, f"{one.competency_id}:{number}", f"{titles[one.competency_id]} · {number}",
            one.at, one.competency_id,
        )
        for one in risen
        for number in range((one.before or 0) + 1, (one.after or 0) + 1)
    ]  # fmt: skip


COMPLETED.register("points", courses_completed)
PASSED.register("points", quizzes_passed)
CHECKED.register("points", checklist_signed)
ISSUED.register("points", certificates_issued)
LEVELS_MOVED.register("points", levels_moved)


def _to_course(entry: PointEntry, viewer: User) -> str:
    """One's own way through the course, where there still is one; whoever looks after courses gets to the course."""
    if entry.person_id == viewer.pk and viewer.may(LEARN):
        enrolment = getattr(entry, "enrolment", None)
        return reverse("learn", args=[enrolment]) if enrolment else ""
    return reverse("course", args=[entry.key]) if entry.event == COURSE and viewer.may(VIEW_COURSES) else ""


def _to_certificate(entry: PointEntry, viewer: User) -> str:
    if entry.person_id == viewer.pk and viewer.may(OWN_CERTIFICATES):
        return reverse("my-certificates")
    rule = entry.key.partition(":")[0]
    return reverse("certification", args=[rule]) if viewer.may(VIEW_CERTIFICATIONS) else ""


def _level_named(entry: PointEntry) -> str:
    """The title is the competency as it was called then, and the number of the level."""
    name, dot, number = entry.title.rpartition(" · ")
    if not dot or not number.isdecimal():
        return entry.title
    return pgettext("points", "%(competency)s raised to level %(number)s") % {"competency": name, "number": number}


def _to_evidence(entry: PointEntry, viewer: User) -> str:
    """What the level rests on."""
    if not viewer.may(SEE_RATINGS):
        return ""
    return reverse("competency-evidence", args=[entry.person_id, entry.competency_id])


for _name, _event in {
    COURSE: Event(
        pgettext_lazy("points", "Course completed"),
        "book",
        pgettext_lazy("points", "The first completion of each course"),
        OF_THE_COURSE,
        Suggested(20, 365),
        _to_course,
        order=10,
    ),
    QUIZ: Event(
        pgettext_lazy("points", "Quiz passed"),
        "list-check",
        pgettext_lazy("points", "The first pass of each quiz"),
        OF_THE_COURSE,
        Suggested(10, 180),
        _to_course,
        order=20,
    ),
    CHECKLIST: Event(
        pgettext_lazy("points", "Checklist signed off"),
        "clipboard-check",
        pgettext_lazy("points", "Each checklist once, when all that it requires is signed off"),
        OF_THE_COURSE,
        Suggested(15, 365),
        _to_course,
        order=30,
    ),
    CERTIFICATE: Event(
        pgettext_lazy("points", "Certificate issued"),
        "certificate",
        pgettext_lazy("points", "Each certificate, a renewed one again"),
        suggested=Suggested(60, 365),
        link=_to_certificate,
        order=40,
    ),
    LEVEL: Event(
        pgettext_lazy("points", "Level gained"),
        "trending-up",
        pgettext_lazy("points", "Each level of each competency once, when new evidence raises a person to it"),
        pgettext_lazy("points", "The one that was raised"),
        Suggested(10, 720),
        _to_evidence,
        _level_named,
        order=50,
    ),
}.items():
    EVENTS.register(_name, _event)
