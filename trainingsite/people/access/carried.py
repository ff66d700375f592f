"""Who is logged in, loaded by one query with everything that every page shows or asks of the person."""

import json
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import DateTimeField, Func, Model, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from trainingsite.core.registry import Registry
from trainingsite.people.models import Department, RoleGrant, User

# By the name of the attribute that it becomes: an expression on User that higher apps show on every page.
CARRIED: Registry[Combinable] = Registry("what is loaded with whoever is logged in")
M = TypeVar("M", bound=Model)
PLACE = ("id", "name", "path", "depth", "translations")
NOBODY = -1


def load_person(user_id: int) -> User | None:
    """The person with department, roles, `loaded_at` (the database's moment) and whatever is CARRIED."""
    sql, parameters = _statement()
    values = [user_id if value == NOBODY else value for value in parameters]
    person: User | None = next(iter(User.objects.raw(sql, values)), None)
    if person is not None:
        held = person.__dict__.pop("held_rows")
        person.held = [_grant(person, row) for row in json.loads(held or "[]")]
        person.department = _place(json.loads(person.__dict__.pop("place")))
    return person


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """The query, put into words once a process: the ORM's own work on it would be longer than the database's."""
    grant = JSONObject(id="id", role="role", **{f"place_{name}": f"department__{name}" for name in PLACE})
    grants = RoleGrant.objects.filter(user=OuterRef("pk")).order_by().values("user")
    people = User.objects.filter(pk=NOBODY).annotate(
        held_rows=Subquery(grants.annotate(rows=JSONBAgg(grant)).values("rows")),
        place=JSONObject(**{name: f"department__{name}" for name in PLACE}),
        loaded_at=Func(function="clock_timestamp", output_field=DateTimeField()),
        **dict(CARRIED.items()),
    )
    sql, parameters = people.query.sql_with_params()
    return sql, tuple(parameters)


def _grant(person: User, row: dict[str, Any]) -> RoleGrant:
    place = _place({name: row[f"place_{name}"] for name in PLACE})
    grant = _made(RoleGrant, {"id": row["id"], "role": row["role"], "department_id": place and place.pk})
    grant.department, grant.user = place, person
    return grant


def _place(row: dict[str, Any]) -> Department | None:
    return _made(Department, row) if row["id"] else None


def _made(model: type[M], row: dict[str, Any]) -> M:
    """The row as an instance; what was not loaded is fetched when it is asked for."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in row]
    return model.from_db("default", names, [row[name] for name in names])
