from datetime import date

import pytest
from django.contrib.auth import authenticate

from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused
from trainingsite.people import hooks
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant, Status, User
from trainingsite.people.staff import actions

DAY = date(2026, 3, 2)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.field, caught.value.code


def test_hire_makes_a_trainee_without_a_password(company):
    person = actions.hire(by=None, on=DAY, name="李娜", employee_number="E77", department=company["care"])

    assert (person.username, person.sort_key, person.hired_on, person.status) == ("E77", "li na", DAY, Status.REGULAR)
    assert person.roles == {Role.TRAINEE}
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"employee_number": "E1"}, ("employee_number", "duplicate")),
        ({"username": "agent-one"}, ("username", "duplicate")),
        ({"external_id": "X1"}, ("external_id", "duplicate")),
        ({"department": None}, ("department", "required")),
        ({"hired_on": DAY, "left_on": date(2026, 3, 1)}, ("left_on", "left_first")),
        ({"employee_number": ""}, ("employee_number", "required")),
    ],
)
def test_hire_refuses_what_breaks_a_rule(company, hire, change, expected):
    hire(username="agent-one", employee_number="E1", external_id="X1")
    fields = {"name": "李娜", "employee_number": "E2", "department": company["care"]} | change

    assert refusal(actions.hire, by=None, on=DAY, **fields) == expected
    assert User.objects.count() == 1


def test_nobody_becomes_the_own_manager(hire):
    person = hire()

    assert refusal(actions.change_person, person, by=None, on=DAY, manager=person) == ("manager", "own_manager")


def test_change_keeps_what_is_not_given(hire):
    person = hire(grade="P3", name="张伟")
    actions.change_person(person, by=None, on=DAY, name="张威")

    person.refresh_from_db()
    assert (person.name, person.grade, person.search_key.split()[0]) == ("张威", "P3", "张威")


def test_who_left_cannot_log_in_and_who_returns_can(hire):
    person = hire()
    actions.leave(person, on=DAY, today=DAY)
    person.refresh_from_db()
    gone = (person.status, person.is_active)

    actions.change_person(person, by=None, on=DAY, left_on=None)
    person.refresh_from_db()
    assert (gone, (person.status, person.is_active)) == ((Status.LEFT, False), (Status.REGULAR, True))


def test_a_last_day_ahead_is_closed_on_that_day_and_once(hire):
    person = hire()
    actions.leave(person, on=date(2026, 3, 31), today=DAY)

    assert [actions.close_left(on=day) for day in (DAY, date(2026, 3, 31), date(2026, 3, 31))] == [0, 1, 0]
    person.refresh_from_db()
    assert (person.status, person.is_active) == (Status.LEFT, False)


def test_grant_twice_gives_one_role(hire, company):
    person = hire()
    first = actions.grant(person, Role.SUPERVISOR, company["care"])

    assert actions.grant(person, Role.SUPERVISOR, company["care"]) == first
    assert RoleGrant.objects.filter(user=person, role=Role.SUPERVISOR).count() == 1


@pytest.mark.parametrize(
    ("role", "department", "expected"),
    [
        (Role.SUPERVISOR, None, ("department", "required")),
        (Role.HR, "care", ("department", "not_wanted")),
        (Role.API_CLIENT, None, ("role", "service")),
    ],
)
def test_grant_refuses_a_role_that_does_not_fit(hire, company, role, department, expected):
    assert refusal(actions.grant, hire(), role, company.get(department)) == expected


def test_revoke_takes_the_role_once(hire):
    person = hire(Role.HR)

    assert [actions.revoke(person, Role.HR), actions.revoke(person, Role.HR)] == [True, False]


def test_last_administrator_stays(hire):
    only = hire(Role.ADMIN)
    gone = hire(Role.ADMIN, is_active=False)

    assert refusal(actions.revoke, only, Role.ADMIN) == (None, "last_admin")
    assert actions.revoke(gone, Role.ADMIN) is True


def test_new_password_opens_the_account(hire, rf):
    person = hire()
    password = actions.new_password(person, by=hire(Role.HR))

    assert authenticate(rf.get("/"), username=person.username, password=password) == person


def test_hr_does_not_take_over_an_administrator(hire):
    assert refusal(actions.new_password, hire(Role.ADMIN), by=hire(Role.HR)) == (None, "not_yours")


def test_changed_people_are_announced(company, monkeypatch):
    heard: list[set[int]] = []
    monkeypatch.setattr(hooks.PEOPLE_CHANGED, "_things", {"test": heard.append})
    person = actions.hire(by=None, on=DAY, name="李娜", employee_number="E77", department=company["care"])
    actions.leave(person, on=DAY, today=DAY)

    assert heard == [{person.pk}, {person.pk}, {person.pk}]


def test_last_login_is_no_change_for_those_who_copy_people(company):
    person = PersonFactory(department=company["care"])
    person.refresh_from_db()
    before = person.modified_at
    User.objects.filter(pk=person.pk).update(last_login="2026-01-01T00:00:00Z")

    person.refresh_from_db()
    assert person.modified_at == before
