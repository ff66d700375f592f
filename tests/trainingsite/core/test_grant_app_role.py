"""What the application's role may do, asked of PostgreSQL itself."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pghistory.models
import pgtrigger
import pytest
from django.conf import settings as live_settings
from django.core.management import CommandError, call_command
from django.db import connection

from trainingsite.core.facts import FACTS
from trainingsite.core.management.commands.grant_app_role import audit_tables

pytestmark = pytest.mark.django_db
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
Rights = Callable[[str], list[str]]


@pytest.fixture
def rights(settings: Any) -> Rights:
    """`rights(table)`: what the embedded servers' application role may do with it."""
    settings.APP_DATABASE_URL = live_settings.OWNER_DATABASE_URL.replace("kefu_owner", "kefu_app")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'kefu_app'")
        if cursor.fetchone() is None:
            pytest.skip("servers of the environment without a kefu_app")

    def ask(table: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT r FROM unnest(%s) r WHERE has_table_privilege('kefu_app', %s, r)", [list(RIGHTS), table]
            )
            return [row[0] for row in cursor.fetchall()]

    return ask


def grant() -> str:
    output = StringIO()
    call_command("grant_app_role", stdout=output)
    return output.getvalue()


def test_rows_of_ordinary_tables_may_be_worked_on_and_nothing_more(rights: Rights) -> None:
    grant()
    assert rights("people_user") == ["SELECT", "INSERT", "UPDATE", "DELETE"]


def test_audit_trail_may_only_grow(rights: Rights) -> None:
    grant()
    allowed = {table: rights(table) for table in audit_tables()}
    assert allowed
    assert [table for table, found in allowed.items() if found != ["SELECT", "INSERT"]] == []


def test_facts_are_added_and_read_never_changed_nor_removed(rights: Rights) -> None:
    grant()
    tables = {model._meta.db_table for model in FACTS}
    named = ("pointentry", "pointrule", "evidence", "evidencevoid", "ratingrule", "levelchange", "profileversion")
    assert tables >= {f"assessments_{name}" for name in (*named, "profileneed")}
    assert {table: rights(table) for table in tables} == {table: ["SELECT", "INSERT"] for table in tables}


def test_rows_of_facts_may_be_locked_and_a_trigger_keeps_them(rights: Rights) -> None:
    grant()
    tables = [model._meta.db_table for model in FACTS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_column_privilege('kefu_app', t, 'id', 'UPDATE') FROM unnest(%s) t", [tables])
        assert {lockable for (lockable,) in cursor.fetchall()} == {True}
    for model in FACTS:
        assert any(
            isinstance(trigger, pgtrigger.Protect) and trigger.operation == pgtrigger.Update
            for trigger in model._meta.triggers  # type: ignore[attr-defined]  # django-pgtrigger adds it
        )


def test_context_of_a_request_may_be_completed_but_not_moved(rights: Rights) -> None:
    grant()
    table = pghistory.models.Context._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " AND has_column_privilege('kefu_app', %s, column_name, 'UPDATE') ORDER BY 1",
            [table, table],
        )
        assert [row[0] for row in cursor.fetchall()] == ["metadata", "updated_at"]


def test_migrations_are_not_the_applications_business(rights: Rights) -> None:
    grant()
    assert rights("django_migrations") == ["SELECT"]


def test_table_made_later_is_open_to_the_application(rights: Rights) -> None:
    grant()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id int)")
    assert rights("later") == ["SELECT", "INSERT", "UPDATE", "DELETE"]


def test_grant_twice_changes_nothing(rights: Rights) -> None:
    assert grant() == grant() == "kefu_app may work on rows and only add to the audit trail and to facts.\n"
    assert rights("people_user") == ["SELECT", "INSERT", "UPDATE", "DELETE"]


def test_one_role_for_both_needs_no_grant(settings: Any) -> None:
    settings.APP_DATABASE_URL = live_settings.OWNER_DATABASE_URL
    assert grant() == "DATABASE_URL and DATABASE_OWNER_URL name the same role: nothing to grant.\n"


def test_missing_role_that_the_owner_may_not_make_is_named(settings: Any) -> None:
    settings.APP_DATABASE_URL = "postgres://nobody_yet:secret@127.0.0.1/kefu"
    with pytest.raises(CommandError, match=r"The role nobody_yet is missing and this role may not make it"):
        grant()
