"""Who may do what with a pairing; pages offer by it what acts refuse by it."""

import pytest

from mentoring.models import Pairing
from mentoring.pairings.rights import is_below, leads, may_graduate, may_write, side_of
from trainingsite.people.access.roles import Role


@pytest.fixture
def people(pairing, mentor, mentee, other, hr, supervisor, hire):
    strange = hire(Role.SUPERVISOR, department="sales")
    return {
        "mentor": mentor,
        "mentee": mentee,
        "other mentor": other,
        "hr": hr,
        "supervisor": supervisor,
        "strange supervisor": strange,
        "auditor": hire(Role.AUDITOR),
    }


def those(people, right):
    return {name for name, person in people.items() if right(person)}


def test_hr_and_the_mentees_supervisor_lead(pairing, people):
    assert those(people, lambda person: leads(person, pairing)) == {"hr", "supervisor"}


def test_the_two_and_those_who_lead_write_the_agreement(pairing, people):
    assert those(people, lambda person: may_write(person, pairing)) == {"mentor", "mentee", "hr", "supervisor"}


def test_the_mentor_and_those_who_lead_let_graduate(pairing, people):
    assert those(people, lambda person: may_graduate(person, pairing)) == {"mentor", "hr", "supervisor"}


def test_of_an_ended_pairing_nobody_changes_anything(pairing, people, today):
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=today, end_reason="other")
    ended = Pairing.objects.get()

    assert those(people, lambda person: may_write(person, ended) or may_graduate(person, ended)) == set()


def test_sides_are_told_apart(pairing, people):
    sides = {name: side_of(pairing, person) for name, person in people.items() if side_of(pairing, person)}

    assert sides == {"mentor": "mentor", "mentee": "mentee"}


def test_nobody_leads_oneself(pairing, mentee):
    mentee.grants.create(role=Role.HR)

    assert not leads(mentee, pairing)


def test_mentor_who_lost_the_role_lets_nobody_graduate(pairing, mentor):
    mentor.grants.all().delete()

    assert not may_graduate(mentor, pairing)


@pytest.mark.parametrize(
    ("department", "expected"), [("care", True), ("disputes", True), ("sales", False), ("centre", False), (None, False)]
)
def test_whoever_works_in_a_supervised_department_is_below(hire, supervisor, department, expected):
    assert is_below(hire(department=department), supervisor) is expected
