"""The demo company's people: 150 in 6 departments, hired over six years, and the logins that the README names.

They come the way the HR system sends them, through the bulk acts of the sync.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from oauth2_provider.models import Application

from trainingsite.core.demo import CONTENT, Story
from trainingsite.people.access.roles import Role
from trainingsite.people.departments.actions import upsert_departments
from trainingsite.people.models import Department, RoleGrant, User
from trainingsite.people.positions.actions import upsert_positions
from trainingsite.people.staff.bulk import upsert_people

COMPANY = CONTENT / "company"
TAGS = {"夜班": 4, "直播间": 9, "内训种子": 13}  # every fourth agent works at night, and so on
LEADS = {"supervisor", "team-leader", "head-of-service"}


@dataclass(frozen=True)
class Login:
    """A login of the demo: who of the company gets it, and the roles besides being a trainee."""

    username: str
    position: str
    department: str
    roles: tuple[Role, ...]
    learns: bool = False
    hired_days_ago: int = 900


LOGINS = [
    Login("hr", "hr-specialist", "service-centre", (Role.HR,)),
    Login("supervisor", "supervisor", "after-sale", (Role.SUPERVISOR,)),
    Login("instructor", "trainer", "service-centre", (Role.INSTRUCTOR,)),
    Login("mentor", "senior-agent", "after-sale-handling", (Role.MENTOR,), learns=True, hired_days_ago=1500),
    Login("assessor", "quality-specialist", "service-centre", (Role.ASSESSOR,)),
    Login("trainee", "agent", "after-sale-handling", (), learns=True, hired_days_ago=16),
    Login("auditor", "quality-specialist", "service-centre", (Role.AUDITOR,)),
    Login("admin", "system-administrator", "service-centre", (Role.ADMIN,)),
]


def read(name: str) -> Any:
    """A file of the company's texts."""
    return yaml.safe_load((COMPANY / f"{name}.yaml").read_text(encoding="utf-8"))


def tell(story: Story) -> None:
    departments = read("departments")["departments"]
    positions = read("positions")["positions"]
    by_code = {row["code"]: row["external_id"] for row in departments}
    upsert_departments(
        [
            {"external_id": row["external_id"], "name": row["name"], "parent": by_code.get(row["parent"])}
            for row in departments
        ]
    )
    upsert_positions([{"external_id": row["external_id"], "name": row["title"]} for row in positions])
    rows = _staff(story, positions, by_code)
    upsert_people([row for row, _code in rows], at=moment(story.today))
    _log_in(rows)
    _give_roles(rows)
    _register_client()
    story.kept["department"] = {code: Department.objects.get(external_id=key) for code, key in by_code.items()}
    story.kept["position"] = {row["code"]: row["external_id"] for row in positions}


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the day in the company's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


Row = tuple[dict[str, Any], str]  # a row of the HR system, and the code of its position


def _staff(story: Story, positions: list[dict[str, Any]], by_code: dict[str, str]) -> list[Row]:
    places = [
        (position, place) for position in positions for place, n in position["departments"].items() for _ in range(n)
    ]
    names = _names(story, len(places))
    waiting: defaultdict[tuple[str, str], list[Login]] = defaultdict(list)
    for login in LOGINS:
        waiting[login.position, login.department].append(login)
    rows = []
    for number, ((position, place), name) in enumerate(zip(places, names, strict=True), 1):
        logins = waiting[position["code"], place]
        given = logins.pop(0) if logins else None
        rows.append((_person(story, number, name, position, by_code[place], given), position["code"]))
    _set_managers(rows)
    return rows


def _person(
    story: Story, number: int, name: str, position: dict[str, Any], department: str, login: Login | None
) -> dict[str, Any]:
    hired = story.today - timedelta(days=login.hired_days_ago if login else _days_employed(story, position["code"]))
    username = login.username if login else f"ks{number:04}"
    return {
        "external_id": f"HR{10000 + number}",
        "employee_number": f"KF{number:05}",
        "username": username,
        "name": name,
        "email": f"{username}@yunshan.example",
        "department": department,
        "position": position["external_id"],
        "grade": story.rng.choices(position["grades"], position["weights"])[0],
        "hired_on": hired.isoformat(),
        "tags": [tag for tag, every in TAGS.items() if position["code"] == "agent" and number % every == 0],
        "status": "probation" if (story.today - hired).days < 90 else "regular",  # noqa: PLR2004 - three months
    }


def _days_employed(story: Story, position: str) -> int:
    """Agents turn over: one in six is new; those who lead have been here for years."""
    if position in LEADS or position != "agent":
        return story.rng.randint(420, 2200)
    return story.rng.randint(3, 85) if story.rng.random() < 1 / 6 else story.rng.randint(120, 1500)


def _names(story: Story, number: int) -> list[str]:
    pool = read("names")
    surnames, weights = zip(*pool["surnames"].items(), strict=True)
    bounds = list(accumulate(weights))
    taken = set(pool["avoid"])
    names: list[str] = []
    while len(names) < number:
        female = story.rng.randint(1, 100) <= pool["gender_share"]["female"]
        neutral = story.rng.randint(1, 100) <= pool["neutral_share"]
        given = story.rng.choice(pool["given_names"]["neutral" if neutral else "female" if female else "male"])
        name = story.rng.choices(surnames, cum_weights=bounds)[0] + given
        if name not in taken:
            taken.add(name)
            names.append(name)
    return names


def _set_managers(rows: list[Row]) -> None:
    """Everybody answers to the lead of the own department, leads to the head."""
    head = next(row for row, code in rows if code == "head-of-service")
    leads = {row["department"]: row for row, code in rows if code == "team-leader"}
    leads |= {row["department"]: row for row, code in rows if code == "supervisor"}
    for row, _code in rows:
        lead = leads.get(row["department"], head)
        if row is not head:
            row["manager"] = (head if lead is row else lead)["external_id"]


def _log_in(rows: list[Row]) -> None:
    """One hash for all: hashing 150 passwords would take longer than the rest of the company."""
    User.objects.filter(username__in=[row["username"] for row, _code in rows]).update(
        password=make_password(settings.DEMO_PASSWORD)
    )


def _give_roles(rows: list[Row]) -> None:
    people = {person.username: person for person in User.objects.select_related("department")}
    grants = []
    for login in LOGINS:
        person = people[login.username]
        grants += [_grant(person, role) for role in login.roles]
        if not login.learns:
            RoleGrant.objects.filter(user=person, role=Role.TRAINEE).delete()
    for row, code in rows:
        person = people[row["username"]]
        if code in LEADS and person.username != "supervisor":
            grants.append(_grant(person, Role.SUPERVISOR))
    RoleGrant.objects.bulk_create(grants)


def _grant(person: User, role: Role) -> RoleGrant:
    return RoleGrant(user=person, role=role, department=person.department if role == Role.SUPERVISOR else None)


def _register_client() -> None:
    """The REST client of the HR system, with its service account."""
    account = User.objects.create(
        username="demo-hr-sync", name="HR Sync", password=make_password(None), is_service=True
    )
    RoleGrant.objects.create(user=account, role=Role.API_CLIENT)
    Application.objects.create(
        client_id="demo-hr-sync",
        client_secret=settings.DEMO_CLIENT_SECRET,
        name="demo-hr-sync",
        user=account,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
