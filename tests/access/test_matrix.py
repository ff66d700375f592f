"""Walks every page and every operation of the API as everybody; `matrix.py` tells how to add a row."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from drf_spectacular.generators import SchemaGenerator

from tests.access import matrix

DOORS = list(matrix.doors())
ROWS = matrix.rows()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[matrix.World]:
    """One company for all rows; nothing of it is kept. Sessions are in the database alone, to be rolled back too."""
    engine = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db")
    with engine, django_db_blocker.unblock(), transaction.atomic():
        yield matrix.build_world()
        transaction.set_rollback(True)


def test_every_page_and_operation_has_its_row():
    missing = [f"{door.key!r}: add a row to {matrix.home_of(door)}" for door in DOORS if door.key not in ROWS]

    assert missing == [], "\n".join(missing)


def test_no_row_is_left_over():
    assert sorted(ROWS.keys() - {door.key for door in DOORS}) == []


def test_names_of_pages_are_unique():
    assert [key for key, number in Counter(door.key for door in DOORS).items() if number > 1] == []


def test_openapi_document_holds_every_operation():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    documented = {(path, method.upper()) for path, methods in paths.items() for method in methods}

    assert {_blank(path, method) for path, method in documented if path.startswith("/api/v1/")} == {
        _blank(door.key.split(" ")[1], door.method) for door in DOORS if door.api
    }


def _blank(path: str, method: str) -> str:
    """The operation without the names of its parameters, which the document may change (pk becomes id)."""
    parts = ["{}" if part.startswith("{") else part for part in path.split("/")]
    return f"{method} {'/'.join(parts)}"


@pytest.mark.parametrize("door", [door for door in DOORS if door.key in ROWS], ids=lambda door: door.key)
def test_everybody_at(door, world):
    expected, actual = matrix.walk(world, door, ROWS[door.key])

    assert actual == expected
