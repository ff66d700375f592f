"""Give the application's role its rights: rows yes, tables no; of the audit trail and of facts reading and adding."""

from typing import Any

import dj_database_url
import pghistory.models
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.utils import ProgrammingError
from psycopg2 import sql

from trainingsite.core.facts import FACTS

EVERYTHING = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)
ADD_ONLY = "REVOKE UPDATE, DELETE ON {table} FROM {role}"
READ_ONLY = "REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}"
# Whoever adds to a fact locks its row, and PostgreSQL locks only for who may update a column; a trigger refuses that.
LOCK_ROWS = "GRANT UPDATE (id) ON {table} TO {role}"
# pghistory completes the context of a request while the request runs; it never touches the rest of the row.
COMPLETE_CONTEXT = "GRANT UPDATE (metadata, updated_at) ON {table} TO {role}"


class Command(BaseCommand):
    help = "Make the role of DATABASE_URL, when it is missing, and grant it its rights; run as the owner."

    def handle(self, *_args: Any, **_options: Any) -> None:
        role = dj_database_url.parse(settings.APP_DATABASE_URL)
        if role["USER"] == connection.settings_dict["USER"]:
            self.stdout.write("DATABASE_URL and DATABASE_OWNER_URL name the same role: nothing to grant.")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            _make_role(cursor, role["USER"], role["PASSWORD"])
            for statement in EVERYTHING:
                _run(cursor, statement, role=role["USER"])
            for table in audit_tables():
                _run(cursor, ADD_ONLY, table=table, role=role["USER"])
            for model in FACTS:
                for statement in (ADD_ONLY, LOCK_ROWS):
                    _run(cursor, statement, table=model._meta.db_table, role=role["USER"])
            context = pghistory.models.Context._meta.db_table
            _run(cursor, COMPLETE_CONTEXT, table=context, role=role["USER"])
            _run(cursor, READ_ONLY, table="django_migrations", role=role["USER"])
        self.stdout.write(f"{role['USER']} may work on rows and only add to the audit trail and to facts.")


def audit_tables() -> list[str]:
    """Return the tables of the audit trail: what pghistory's triggers write."""
    kinds = (pghistory.models.Event, pghistory.models.Context)
    return sorted(
        {model._meta.db_table for model in apps.get_models() if issubclass(model, kinds) and model._meta.managed}
    )


def _make_role(cursor: CursorWrapper, name: str, password: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if cursor.fetchone():
        return
    try:
        with transaction.atomic():
            _run(cursor, "CREATE ROLE {role} LOGIN PASSWORD {password}", role=name, password=sql.Literal(password))
    except ProgrammingError as error:
        raise CommandError(f"The role {name} is missing and this role may not make it: {error}") from error


def _run(cursor: CursorWrapper, statement: str, **parts: "str | sql.Literal[Any]") -> None:
    """Run a statement whose parts are names (strings) or values (literals)."""
    named = {key: sql.Identifier(part) if isinstance(part, str) else part for key, part in parts.items()}
    cursor.execute(sql.SQL(statement).format(**named))
