"""Rounds of any size take the same queries, and the largest is reckoned in a blink."""

from time import perf_counter

import numpy as np
import pytest
from django.urls import reverse

from mentoring.matching.confirming import confirm_round
from mentoring.matching.settling import reckon
from mentoring.matching.solving import Task, costs, solve
from mentoring.models import Availability, CheckIn, JobTask, Pairing
from tests.factories.job_plans import TemplateFactory
from tests.factories.mentoring import MentorProfileFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant


@pytest.fixture
def client(hr, as_):
    return as_(hr)


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200


@pytest.fixture
def crowd(hr, company, position, skills, begin, today):
    """A round of so many mentees with as many mentors."""

    def make(number):
        mentees = [PersonFactory(department=company["disputes"], position=position) for _ in range(number)]
        mentors = [PersonFactory(department=company["disputes"]) for _ in range(number)]
        for person in mentors:
            RoleGrant.objects.create(user=person, role=Role.MENTOR)
            MentorProfileFactory(person=person, competencies=list(skills.values()))
        Availability.objects.bulk_create(Availability(person=p, shifts=["early"]) for p in [*mentees, *mentors])
        return begin(mentees, dict.fromkeys(mentors, 1))

    return make


@pytest.mark.parametrize("number", [1, 30])
def test_pages_take_a_bounded_number_of_queries(client, crowd, number, django_assert_max_num_queries):
    matching = crowd(number)
    page(client, "matching-round", matching.pk)

    with django_assert_max_num_queries(16):
        page(client, "matching-round", matching.pk)
    with django_assert_max_num_queries(8):
        page(client, "matching-rounds")
    with django_assert_max_num_queries(14):
        page(client, "matching-new")
    with django_assert_max_num_queries(40):
        client.post(reverse("matching-solve", args=[matching.pk]))


@pytest.mark.parametrize("number", [1, 30])
def test_reckoning_takes_fourteen_queries_at_most(crowd, number, today, django_assert_max_num_queries):
    matching = crowd(number)

    with django_assert_max_num_queries(14):
        found = reckon(matching, on=today)

    assert len(found.matches) == number
    assert None not in found.solution.assigned


@pytest.mark.parametrize("number", [1, 30])
def test_confirming_takes_sixty_queries_at_most(hr, crowd, number, today, django_assert_max_num_queries):
    matching = crowd(number)
    matching.template = TemplateFactory(tasks=[(1, "observe", "旁听"), (2, "alone", "接待")])
    matching.save()

    with django_assert_max_num_queries(60):
        confirm_round(matching, by=hr, on=today, at=clock.now())

    made = Pairing.objects.open()
    assert (made.count(), JobTask.objects.filter(plan__pairings__in=made).count()) == (number, 2 * number)
    assert CheckIn.objects.planned().filter(pairing__in=made).count() == number
    assert Notice.objects.filter(kind="pairing_started").count() == 2 * number


def test_five_hundred_with_two_hundred_are_shared_out_and_priced_within_a_second():
    chance = np.random.default_rng(7)
    shape = 500, 200
    places = [int(number) for number in chance.integers(1, 4, shape[1])]
    allowed = chance.random(shape) < 0.5
    task = Task(chance.uniform(0, 80, shape), allowed, places, [0] * shape[1], [4] * shape[1], 20)

    began = perf_counter()
    solution = solve(task)
    found = costs(task, solution)

    assert perf_counter() - began < 1
    assert sum(mentor is not None for mentor in solution.assigned) == sum(places)
    assert np.nanmin(found.people) == 0
    assert np.nanmin(found.points[found.people == 0]) >= 0
