"""A draft whose facts have changed says so, offers nobody who may not be it, and is well again once solved anew."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.matching import rounds
from mentoring.matching.choosing import Who, candidates
from mentoring.matching.showing import lines
from mentoring.matching.standing import standing_of
from mentoring.models import Away, MentorProfile
from tests.factories.mentoring import PairingFactory
from tests.mentoring.matching.conftest import GAPS_ALONE

DAY = timedelta(days=1)


@pytest.fixture
def draft(begin, mentee, mentor):
    """王小明 with 全; 半 and 空 would be possible."""
    mentors = {"全": mentor("全", "empathy", "complaints"), "半": mentor("半", "empathy"), "空": mentor("空")}
    person = mentee("王小明")
    return begin([person], dict.fromkeys(mentors.values(), 1), **GAPS_ALONE), person, mentors


def leaves(person, today):
    person.left_on = today
    person.save(update_fields=["left_on"])


def goes_away(person, today):
    Away.objects.create(person=person, first_day=today, last_day=today)


def stops(person, _today):
    MentorProfile.objects.filter(person=person).update(is_active=False)


def is_filled(person, _today):
    for _ in range(3):
        PairingFactory(mentor=person)


CHANGES = [leaves, goes_away, stops, is_filled]


def offered(matching, today):
    (line,) = lines(matching.matches.select_related("mentee", "mentor"), standing_of(matching, on=today))
    return [choice.mentor.name for choice in line.choices]


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_is_offered_who_may_not_be_it_now(draft, today, change):
    matching, _person, mentors = draft
    assert offered(matching, today) == ["半", "空"]

    change(mentors["半"], today)

    assert offered(matching, today) == ["空"]
    assert standing_of(matching, on=today).changed == {}


@pytest.mark.parametrize("change", CHANGES)
def test_a_pair_that_cannot_be_any_more_is_told_until_it_is_solved_anew(draft, today, change):
    matching, person, mentors = draft
    assert standing_of(matching, on=today).changed == {}

    change(mentors["全"], today)
    assert list(standing_of(matching, on=today).changed) == [person.pk]

    rounds.solve_round(matching, on=today)
    assert standing_of(matching, on=today).changed == {}


def test_a_mentee_who_left_or_was_paired_elsewhere_is_told(begin, mentee, mentor, today):
    gone, paired, stays = mentee("甲"), mentee("乙"), mentee("丙")
    matching = begin([gone, paired, stays], {mentor(): 3})
    leaves(gone, today)
    PairingFactory(mentee=paired, mentor=mentor("周敏"))

    assert set(standing_of(matching, on=today).changed) == {gone.pk, paired.pk}


def test_a_place_given_elsewhere_leaves_too_few(begin, mentee, mentor, today):
    guide = mentor(load=1)
    matching = begin([mentee("甲"), mentee("乙")], {guide: 2})
    PairingFactory(mentor=guide)

    assert len(standing_of(matching, on=today).changed) == 2


def test_the_page_says_it_with_a_button(as_, hr, draft, today):
    matching, _person, mentors = draft
    address = reverse("matching-round", args=[matching.pk])
    before = as_(hr).get(address)
    stops(mentors["全"], today)

    after = as_(hr).get(address)

    solve = f'action="{reverse("matching-solve", args=[matching.pk])}"'
    assert [response.context["changed"] for response in (before, after)] == [0, 1]
    assert [response.content.decode().count(solve) for response in (before, after)] == [1, 2]


def test_whoever_is_in_another_draft_is_not_chosen_beforehand_and_the_draft_is_named(hr, begin, mentee, mentor, today):
    taken, free = mentee("甲", hired_on=today), mentee("乙", hired_on=today - DAY)
    matching = begin([taken], {mentor(): 1})

    rows = candidates(Who.NEW, hr, on=today)

    assert [(row.person, row.is_chosen, matching.title in row.why) for row in rows] == [
        (taken, False, True),
        (free, True, False),
    ]
    rounds.discard_round(matching)
    assert all(row.is_chosen for row in candidates(Who.NEW, hr, on=today))
