"""Who is logged in, loaded by one query with everything that every page shows or asks of the person."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.aggregates import JSONBAgg
from django.db import connection
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


@dataclass(frozen=True)
class Statement:
    """The query in words: its columns are first the fields of a person, then what is loaded beside them."""

    sql: str
    parameters: tuple[Any, ...]
    fields: list[str]
    beside: list[str]
    converters: list[tuple[int, list[Callable[..., Any]], Combinable]]


def load_person(user_id: int) -> User | None:
    """The person with department, roles, `loaded_at` (the database's moment) and whatever is CARRIED."""
    row = _fetched(user_id)
    if row is None:
        return None
    statement = _statement()
    size = len(statement.fields)
    person = User.from_db("default", statement.fields, row[:size])
    beside = dict(zip(statement.beside, row[size:], strict=True))
    person.held = [_grant(person, held) for held in beside.pop("held_rows") or []]
    person.department = _place(beside.pop("place"))
    person.__dict__.update(beside)
    return person


def _fetched(user_id: int) -> list[Any] | None:
    statement = _statement()
    values = [user_id if value == NOBODY else value for value in statement.parameters]
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, values)
        found = cursor.fetchone()
    if found is None:
        return None
    row = list(found)
    for place, converters, expression in statement.converters:
        for convert in converters:
            row[place] = convert(row[place], expression, connection)
    return row


@cache
def _statement() -> Statement:
    """Put into words once a process: the ORM's own work on it would be longer than the database's."""
    grant = JSONObject(id="id", role="role", **{f"place_{name}": f"department__{name}" for name in PLACE})
    grants = RoleGrant.objects.filter(user=OuterRef("pk")).order_by().values("user")
    people = User.objects.filter(pk=NOBODY).annotate(
        held_rows=Subquery(grants.annotate(rows=JSONBAgg(grant)).values("rows")),
        place=JSONObject(**{name: f"department__{name}" for name in PLACE}),
        loaded_at=Func(function="clock_timestamp", output_field=DateTimeField()),
        **dict(CARRIED.items()),
    )
    compiler = people.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    columns = [column for column, _sql, _alias in compiler.select]
    found = compiler.get_converters(columns)
    converters = [(place, chain, expression) for place, (chain, expression) in found.items()]
    fields = [field.attname for field in User._meta.concrete_fields]
    beside = list(compiler.annotation_col_map)
    return Statement(sql, tuple(parameters), fields, beside, converters)


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
