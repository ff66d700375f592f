"""What the database itself refuses, whichever door it comes by."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mentoring.models import Availability, Away, GuidanceRule, KeepApart, MentorCompetency, MentorProfile, Wish
from tests.factories.courses import MONDAY, CompetencyFactory
from tests.factories.mentoring import MentorProfileFactory
from tests.factories.people import PersonFactory

DAY = timedelta(days=1)


@pytest.fixture
def people(db):
    return sorted(PersonFactory.create_batch(3), key=lambda person: person.pk)


def refused(name, model, **fields):
    """Whether the constraint of this name refuses the row."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.create(**fields)
    return True


def test_days_away_neither_overlap_nor_end_before_they_begin(people):
    Away.objects.create(person=people[0], first_day=MONDAY, last_day=MONDAY + 2 * DAY)

    last = MONDAY + 2 * DAY
    assert refused("away_once_at_a_time", Away, person=people[0], first_day=last, last_day=last + DAY)
    assert refused("away_for_a_day", Away, person=people[1], first_day=MONDAY, last_day=MONDAY - DAY)
    Away.objects.create(person=people[1], first_day=MONDAY, last_day=MONDAY)
    Away.objects.create(person=people[0], first_day=last + DAY, last_day=last + DAY)


def test_a_wish_is_one_of_a_rank_and_of_a_person_on_each_side(people):
    one, other, third = people
    Wish.objects.create(person=one, other=other, side="mentee", rank=1)

    assert refused("one_wish_a_rank", Wish, person=one, other=third, side="mentee", rank=1)
    assert refused("wish_once", Wish, person=one, other=other, side="mentee", rank=2)
    assert refused("wish_rank", Wish, person=one, other=third, side="mentee", rank=4)
    assert refused("wish_for_another", Wish, person=one, other=one, side="mentee", rank=2)
    Wish.objects.create(person=one, other=other, side="mentor", rank=1)


def test_several_may_be_unwanted(people):
    for other in people[1:]:
        Wish.objects.create(person=people[0], other=other, side="mentee", rank=0)

    assert Wish.objects.count() == 2


def test_a_pair_is_kept_apart_once_with_the_smaller_first(people):
    one, other, third = people
    KeepApart.objects.create(one=one, other=other, reason="other")

    assert refused("kept_apart_once", KeepApart, one=one, other=other, reason="relatives")
    assert refused("kept_apart_smaller_first", KeepApart, one=third, other=one, reason="other")
    assert refused("kept_apart_smaller_first", KeepApart, one=one, other=one, reason="other")


def test_there_is_one_row_of_rules(db):
    GuidanceRule.objects.create(pk=1)

    assert refused("one_guidance_rule", GuidanceRule, pk=2)


@pytest.mark.parametrize("capacity", [0, 11])
def test_a_mentor_has_one_to_ten_places(people, capacity):
    assert refused("mentor_capacity", MentorProfile, person=people[0], capacity=capacity)


def test_a_person_is_one_mentor_with_one_availability_and_each_competency_once(people):
    competency = CompetencyFactory()
    profile = MentorProfileFactory(person=people[0], competencies=[competency])
    Availability.objects.create(person=people[0])

    assert refused("person_id", MentorProfile, person=people[0])
    assert refused("person_id", Availability, person=people[0])
    assert refused("mentor_competency_once", MentorCompetency, profile=profile, competency=competency)
