"""The access matrix: who gets through at which page and which operation of the API, with own and with foreign data.

How to add a row
----------------
Every URL pattern and every operation under /api/v1/ needs a row; without one `test_matrix.py` fails and names the file.
Rows live beside the tests of their app, in `tests/<app>/…/access_matrix.py`, as a dict named ROWS:

    from tests.access.matrix import HUMANS, Row

    ROWS = {
        "courses": Row("hr instructor auditor"),                          # a page: its url name
        "course-create": Row("hr", methods="GET POST"),                  # each method is walked; POST sends no data
        "learn": Row("trainee", own=lambda w, p: {"pk": enrolment(w, p).pk},
                     foreign=lambda w, p: {"pk": enrolment(w, w.stranger).pk}),
        "GET /api/v1/enrolments/{pk}/": Row("hr auditor", own=…, foreign=…, sees_foreign="hr auditor"),
        "verify-certificate": Row(public=True, own=lambda w, p: {"code": "nothing"}, got="404"),
    }

- The first argument names the roles that get through (HUMANS, ALL are ready-made). Everybody else who is logged in
  gets 403, or `refused="404"` where the queryset is the only guard. The anonymous are led to the login (API: 401).
- `own` and `foreign` give the arguments of the URL: callables of the world and of the person who asks. Own data belong
  to that person, or to `world.agent`, who works below the department that the supervisor supervises; foreign data
  belong to `world.stranger` of another department. Those of `sees_foreign` get through there, the other allowed ones
  get 404.
- `unseen` names roles that may do the act and yet do not see the own data here (a mentor without that mentee): 404.
- Make what you need once: `world.make("quiz", lambda: QuizFactory(…))` returns the same thing ever after. Each request
  is rolled back, so that none changes what the next one finds.
- `got` is what getting through means where it is neither a page, nor a redirect, nor a complaint about missing data.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.admindocs.views import simplify_regex
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.people import DepartmentFactory, PersonFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department, RoleGrant, User

ALL = " ".join(Role)
HUMANS = " ".join(role for role in Role if role != Role.API_CLIENT)
API = "api/v1/"
TESTS = Path(__file__).resolve().parents[1]


@dataclass
class World:
    """A person of each role in 售后服务部, which the supervisor supervises; an agent below it, a stranger elsewhere."""

    people: dict[str, User]
    departments: dict[str, Department]
    agent: User
    stranger: User
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    kept: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def make(self, name: str, how: Callable[[], Any]) -> Any:
        """What `how` returned the first time it was asked for under this name."""
        if name not in self.kept:
            self.kept[name] = how()
        return self.kept[name]

    def become(self, role: str) -> Client:
        """The client, logged in as the person of the role; nobody for "anonymous"."""
        self.client.cookies.clear()
        if role in self.sessions:
            self.client.cookies["sessionid"] = self.sessions[role]
        return self.client


Arguments = Callable[[World, User], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """What is expected at one page or operation; the module's docstring explains each field."""

    allow: str = ""
    own: Arguments = lambda _world, _person: {}
    foreign: Arguments | None = None
    sees_foreign: str = ""
    unseen: str = ""
    methods: str = "GET"
    refused: str = "403"
    got: str = "in"
    public: bool = False
    data: Arguments = lambda _world, _person: {}

    def expected(self, role: str, *, foreign: bool, api: bool) -> str:
        """The outcome for a role, or for nobody ("anonymous")."""
        if self.public:
            return self.got
        if role == "anonymous":
            return "401" if api else "login"
        if role not in self.allow.split():
            return self.refused
        if role in self.unseen.split() and not foreign:
            return "404"
        return self.got if not foreign or role in self.sees_foreign.split() else "404"


class Door(NamedTuple):
    """A place where something leaves the system: a page (its url name) or an operation ("GET /api/v1/people/")."""

    key: str
    name: str
    method: str
    module: str

    @property
    def api(self) -> bool:
        return " /api/" in self.key


def doors() -> Iterator[Door]:
    """Every URL pattern of the resolver; under /api/v1/ every method of it."""
    for route, name, callback in _patterns(get_resolver().url_patterns):
        view = getattr(callback, "cls", getattr(callback, "view_class", None))
        module = view.__module__ if view else callback.__module__
        if not route.startswith(API):
            yield Door(name or route, name, "", module)
            continue
        template = simplify_regex(route).replace("<", "{").replace(">", "}")
        for method in _methods(callback, view):
            yield Door(f"{method} {template}", name, method, module)


def _patterns(
    entries: list[URLPattern | URLResolver], prefix: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Any]]:
    for entry in entries:
        route = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _patterns(entry.url_patterns, route, inner)
        else:
            yield route, ":".join([*spaces, entry.name]) if entry.name else "", entry.callback


def _methods(callback: Any, view: Any) -> list[str]:
    actions = getattr(callback, "actions", None)
    names = actions or [m for m in ("get", "post", "put", "patch", "delete") if hasattr(view, m)]
    allowed = {name.lower() for name in view.http_method_names}
    return [name.upper() for name in names if name in allowed and name not in {"head", "options"}]


def rows() -> dict[str, Row]:
    """The rows of all apps; raises ValueError when two files hold the same one."""
    found: dict[str, Row] = {}
    for path in sorted(TESTS.glob("**/access_matrix.py")):
        module = import_module(".".join(path.relative_to(TESTS.parent).with_suffix("").parts))
        if twice := found.keys() & module.ROWS.keys():
            raise ValueError(f"{path} repeats rows: {sorted(twice)}")
        found |= module.ROWS
    return found


def home_of(door: Door) -> str:
    """The file in which the row of a door belongs."""
    parts = door.module.split(".")
    known = parts[0] in {"trainingsite", "courses", "assessments", "mentoring", "analytics"}
    app = ["trainingsite", "core"] if not known else parts[:2] if parts[0] == "trainingsite" else parts[:1]
    if app == ["trainingsite", "api"]:
        app = ["trainingsite", "core"]
    return "/".join(["tests", *app, "access_matrix.py"])


def build_world() -> World:
    centre = DepartmentFactory(name="客户服务中心")
    care = DepartmentFactory(name="售后服务部", parent=centre)
    departments = {
        "centre": centre,
        "care": care,
        "disputes": DepartmentFactory(name="投诉专席", parent=care),
        "sales": DepartmentFactory(name="售前服务部", parent=centre),
    }
    people = {role: PersonFactory(username=f"the-{role}", department=care) for role in Role.values}
    agent = PersonFactory(username="agent", department=departments["disputes"])
    stranger = PersonFactory(username="stranger", department=departments["sales"])
    for person, role in [*((people[role], role) for role in Role.values), (agent, "trainee"), (stranger, "trainee")]:
        RoleGrant.objects.create(user=person, role=role, department=care if role == Role.SUPERVISOR else None)
    world = World(people, departments, agent, stranger)
    for role, person in people.items():
        world.client.force_login(person, backend="trainingsite.people.access.backend.PersonBackend")
        world.sessions[role] = world.client.cookies["sessionid"].value
        world.client.cookies.clear()
    return world


def walk(world: World, door: Door, row: Row) -> tuple[dict[str, str], dict[str, str]]:
    """Expected and actual outcomes of everybody at the door: {"GET own hr": "in", …}."""
    expected, actual = {}, {}
    for role in ("anonymous", *Role.values):
        for method in [door.method] if door.api else row.methods.split():
            for whose, arguments in (("own", row.own), ("foreign", row.foreign)):
                if arguments is None:
                    continue
                step = f"{method} {whose} {role}"
                expected[step] = row.expected(role, foreign=whose == "foreign", api=door.api)
                actual[step] = _knock(world, door, row, role, method, arguments)
    return expected, actual


def _knock(world: World, door: Door, row: Row, role: str, method: str, arguments: Arguments) -> str:
    person = world.people.get(role, world.agent)
    url = reverse(door.name, kwargs=arguments(world, person))
    data = row.data(world, person) if method != "GET" else {}
    point = transaction.savepoint()
    try:
        options = {"content_type": "application/json"} if door.api else {}
        response = getattr(world.become(role), method.lower())(url, data, **options)
    finally:
        transaction.savepoint_rollback(point)
    if response.status_code == 302 and response["Location"].startswith("/login/"):
        return "login"
    return str(response.status_code) if response.status_code in {401, 403, 404, 405} else _through(response)


def _through(response: Any) -> str:
    return "in" if response.status_code < 500 else f"{response.status_code}: {getattr(response, 'exc_info', '')}"
