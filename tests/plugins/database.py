"""One migrated template database for a state of the migrations; each worker works in a clone of it.

What a test commits is emptied afterwards: of hundreds of tables a few hold rows, and a DELETE of those takes
milliseconds where Django's own flush, a TRUNCATE of all, takes seconds.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import ProgrammingError
from django.test import TransactionTestCase
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from analytics.metrics.actions import ensure_metrics
from trainingsite.embedded.state import locked

ROOT = Path(__file__).resolve().parents[2]
LARGE = 64 * 2**20  # bytes; from here on a TRUNCATE is quicker, and gives the space back
KEPT = "'django_migrations', 'django_content_type', 'auth_permission'"
TABLES = f"""
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND pg_relation_size(oid) > 0 AND relname NOT IN ({KEPT})
"""
EMPTY = f"""
    DO $$ DECLARE name text; BEGIN
        PERFORM set_config('session_replication_role', 'replica', true);
        FOR name IN SELECT oid::regclass::text {TABLES} LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    END $$
"""  # noqa: S608 - names of ours
flush = TransactionTestCase._fixture_teardown


def _empty(test: TransactionTestCase) -> None:
    """Empty what holds rows, past the triggers; by Django's flush where that is not allowed, or much was written."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(sum(pg_relation_size(oid)), 0) {TABLES}")
        size = cursor.fetchone()[0]
        try:
            if size < LARGE:
                cursor.execute(EMPTY)
                ensure_metrics()  # as after a migration
                return
        except ProgrammingError:  # the server is not ours, and its owner may not pass over triggers
            pass
    flush(test)


TransactionTestCase._fixture_teardown = _empty


def _fingerprint() -> str:
    """Changes whenever a migration or a locked version does."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("**/migrations/*.py"), ROOT / "requirements" / "dev.txt"]):
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _sql(statement: str) -> list[tuple[str, ...]]:
    connection = psycopg2.connect(settings_url())
    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def settings_url() -> str:
    return str(settings.OWNER_DATABASE_URL)


def _exists(name: str) -> bool:
    return bool(_sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))  # noqa: S608 - names of ours


def _use(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _template() -> str:
    """The name of a database in which all migrations ran; made once, whichever worker comes first."""
    name = f"template_{_fingerprint()}"
    with locked(Path(settings.VAR_DIR)):
        if not _exists(name):
            _sql(f"DROP DATABASE IF EXISTS {name}_making WITH (FORCE)")
            _sql(f"CREATE DATABASE {name}_making TEMPLATE template0")
            _use(f"{name}_making")
            call_command("migrate", verbosity=0)
            connections["default"].close()
            _sql(f"ALTER DATABASE {name}_making RENAME TO {name}")
    return name


@pytest.fixture(scope="session")
def django_db_setup(worker_id: str, testrun_uid: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Replace pytest-django's own: cloning takes a moment where migrating takes many."""
    name = f"test_{testrun_uid[:8]}_{worker_id}"
    with django_db_blocker.unblock():
        template = _template()
        _sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        _use(name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        _sql(f"DROP DATABASE {name} WITH (FORCE)")
