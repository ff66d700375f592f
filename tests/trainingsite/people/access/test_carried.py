"""Whoever is logged in comes with everything that every page asks, in one query."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.backend import PersonBackend
from trainingsite.people.access.carried import load_person
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User
from trainingsite.people.staff.actions import grant


def test_one_query_brings_department_roles_unread_and_the_moment(hire, company):
    person = hire(Role.SUPERVISOR, department="care")
    grant(person, Role.TRAINEE)
    Notice.objects.create(person=person, kind="test", key="1")
    stored = User.objects.get(pk=person.pk)
    before = clock.now()

    with CaptureQueriesContext(connection) as queries:
        loaded = load_person(person.pk)
        known = (
            loaded.department,
            str(loaded.department),
            loaded.roles,
            loaded.supervised_paths,
            loaded.notices_unread,
        )

    assert len(queries) == 1
    assert known == (stored.department, str(stored.department), stored.roles, stored.supervised_paths, 1)
    assert before <= loaded.loaded_at <= clock.now()
    assert {field.attname: getattr(loaded, field.attname) for field in User._meta.concrete_fields} == {
        field.attname: getattr(stored, field.attname) for field in User._meta.concrete_fields
    }


def test_a_person_without_department_or_role_is_loaded_too(db):
    person = User.objects.create(username="new", name="新人")

    loaded = load_person(person.pk)

    assert (loaded.department, loaded.roles, loaded.notices_unread) == (None, frozenset(), 0)


def test_who_may_not_log_in_is_nobody(hire):
    person = hire(Role.TRAINEE)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert PersonBackend().get_user(person.pk) is None
    assert PersonBackend().get_user(person.pk + 1_000_000) is None


def test_a_look_reads_the_clock_once(hire, as_):
    page = as_(hire(Role.TRAINEE))

    with CaptureQueriesContext(connection) as queries:
        page.get("/")

    assert sum("clock_timestamp" in query["sql"] for query in queries.captured_queries) == 1
