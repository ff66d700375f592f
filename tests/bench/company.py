"""The company that is measured: the demo's, grown to 10,000 people with enrolments, attempts and readings."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from analytics.readings.actions import record_readings
from analytics.rollups.actions import rebuild
from assessments.attempts.history import PastAttempt, record_attempts
from assessments.models import Attempt, Quiz
from assessments.questions.types.choice import right_ids
from courses.audiences.actions import save_audience
from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.versions import publish_version
from courses.enrolment.actions import complete_many, enrol
from courses.models import Enrolment, Programme, Topic
from courses.programmes.actions import assign_at_once
from courses.programmes.assigning import Terms
from courses.programmes.due import Due
from courses.programmes.models import DueRule
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.departments.actions import upsert_departments
from trainingsite.people.models import Department, User
from trainingsite.people.staff.actions import grant
from trainingsite.people.staff.bulk import upsert_people

PEOPLE = 10_000
BUSY = 200
TEAMS = 190
DAYS_OF_READINGS = 5
DAY = timedelta(days=1)
TOKEN = "bench-token-on-loopback-only"
LOGINS = ("trainee", "supervisor", "hr", "mentor")


@dataclass(frozen=True)
class Company:
    """`ids` fill the paths of the targets; `someone` is read by the bare view."""

    ids: dict[str, int]
    someone: int
    cookies: dict[str, str]

    def headers(self, who: str) -> dict[str, str]:
        if who == "client":
            return {"Authorization": f"Bearer {TOKEN}"}
        return {"Cookie": f"sessionid={self.cookies[who]}"}


def load_company() -> Company:
    """The company, made when it is not there yet; about two minutes the first time."""
    call_command("prepare", verbosity=0)
    if not User.objects.exists():
        call_command("load_demo")
    if User.objects.count() < PEOPLE:
        print(f"Growing the company to {PEOPLE:,} people …")
        _grow()
    return _company()


def _grow() -> None:
    chance = Random(7)
    parents = [d.external_id for d in Department.objects.filter(depth=3)]
    teams = [{"external_id": f"B-{n}", "name": f"客服{n}组", "parent": chance.choice(parents)} for n in range(TEAMS)]
    upsert_departments(teams)
    today = clock.today()
    upsert_people([_person(n, today, chance) for n in range(PEOPLE - User.objects.count())], at=clock.now())
    _teach(chance)
    _measure(chance)
    rebuild()


def _person(number: int, today: Any, chance: Random) -> dict[str, Any]:
    return {
        "external_id": f"B{number}",
        "employee_number": f"B{number:05}",
        "name": chance.choice("王李张刘陈杨黄赵吴周") + chance.choice("伟芳娜敏静丽强磊军洋") + chance.choice("文明华"),
        "department": f"B-{number % TEAMS}",
        "position": "P-01",
        "hired_on": (today - chance.randint(30, 2000) * DAY).isoformat(),
    }


def _teach(chance: Random) -> None:
    """Everybody is given the onboarding; half of them have passed its first course."""
    today = clock.today()
    hr = User.objects.get(username="hr")
    programme = Programme.objects.get(code="onboarding")
    everybody = save_audience("全体", [], owner=hr)
    terms = Terms(Due(DueRule.FIXED, on=today + 30 * DAY))
    token = UUID(int=chance.getrandbits(128), version=4)
    assignment = assign_at_once(programme, everybody, by=hr, on=today - 20 * DAY, terms=terms, token=token, tell=False)
    quiz = Quiz.objects.get(unit__course__code="seven-day-return")
    right = {
        item.question_id: right_ids(item.question.current.content)
        for item in quiz.items.select_related("question__current")
    }
    enrolments = Enrolment.objects.open().filter(assignment=assignment, course=quiz.unit.course)[: PEOPLE // 2]
    begun = timezone.now() - 5 * DAY
    past = [PastAttempt(enrolment, quiz, begun, begun + timedelta(minutes=9), right) for enrolment in enrolments]
    record_attempts(past)
    complete_many([(attempt.enrolment, attempt.submitted_at) for attempt in past])


def _measure(chance: Random) -> None:
    today = clock.today()
    people = list(User.objects.filter(external_id__startswith="B").values_list("external_id", flat=True))
    for ago in range(1, DAYS_OF_READINGS + 1):
        rows = [
            {"metric": metric, "external_id": person, "day": (today - ago * DAY).isoformat(), **_values(metric, chance)}
            for person in people
            for metric in ("first-response-time", "satisfaction", "complaint-rate")
        ]
        record_readings(rows, source="bench")


def _values(metric: str, chance: Random) -> dict[str, int]:
    if metric == "first-response-time":
        return {"numerator": chance.randint(1500, 2800), "denominator": 60}
    return {
        "numerator": chance.randint(17, 20) if metric == "satisfaction" else chance.randint(0, 2),
        "denominator": 20,
    }


def _company() -> Company:
    people = {person.username: person for person in User.objects.filter(username__in=LOGINS)}
    people["busy"] = _busy()
    trainee = people["trainee"]
    enrolment = Enrolment.objects.open().filter(person=trainee).order_by("pk")[0]
    attempt = Attempt.objects.filter(person=trainee).order_by("pk").first()
    unit = enrolment.course.units.filter(kind="article").order_by("position")[0]
    _token()
    return Company(
        ids={
            "enrolment": enrolment.pk,
            "unit": unit.pk,
            "attempt": attempt.pk if attempt else 0,
            "department": people["supervisor"].department_id or 0,
        },
        someone=trainee.pk,
        cookies={name: session_of(person) for name, person in people.items()},
    )


def _busy() -> User:
    """Somebody with 200 courses open."""
    person = User.objects.get(external_id="B1")
    grant(person, Role.TRAINEE)
    topic = Topic.objects.order_by("pk")[0]
    for number in range(Enrolment.objects.open().filter(person=person).count(), BUSY):
        course = create_course(topic=topic, title=f"很多课程 {number}")
        add_unit(course, kind="article", title="正文", body="先看订单，再回答客户。")
        publish_version(course, by=None, at=clock.now())
        course.refresh_from_db()
        enrol(person, course, on=clock.today(), due_on=clock.today() + number * DAY)
    return person


def session_of(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "trainingsite.people.access.backend.PersonBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _token() -> None:
    application = Application.objects.get(client_id="demo-hr-sync")
    AccessToken.objects.update_or_create(
        token=TOKEN,
        defaults={"application": application, "scope": "read write", "expires": timezone.now() + DAY},
    )
