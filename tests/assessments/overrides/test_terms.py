from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Override, Quiz
from assessments.overrides.models import SETTINGS
from assessments.overrides.terms import KINDEST, Grant, Terms, applied, merged, terms_for, terms_of
from courses.audiences.members import watch
from tests.assessments.conftest import NOON

DAY = timedelta(days=1)
moments = st.none() | st.integers(0, 10**6).map(lambda minutes: NOON + timedelta(minutes=minutes))
grants = st.builds(
    Grant,
    extra_minutes=st.none() | st.integers(1, 600),
    opens_at=moments,
    closes_at=moments,
    max_attempts=st.none() | st.integers(1, 100),
    cooldown_minutes=st.none() | st.integers(0, 5000),
)
KINDER = {
    "extra_minutes": lambda one, other: one >= other,
    "opens_at": lambda one, other: one <= other,
    "closes_at": lambda one, other: one >= other,
    "max_attempts": lambda one, other: one >= other,
    "cooldown_minutes": lambda one, other: one <= other,
}


def test_every_setting_says_which_value_is_kinder():
    assert set(KINDEST) == set(SETTINGS) == set(KINDER)


@given(own=st.none() | grants, groups=st.lists(grants, max_size=5))
def test_the_own_wins_and_of_groups_the_kindest_whatever_they_are(own, groups):
    held = merged(own, groups)
    for name in SETTINGS:
        mine, said = getattr(own, name, None), [v for g in groups if (v := getattr(g, name)) is not None]
        value = getattr(held, name)
        if mine is not None:
            assert value == mine
        elif said:
            assert value in said
            assert all(KINDER[name](value, other) for other in said)
        else:
            assert value is None


@given(groups=st.lists(grants, max_size=5), data=st.data())
def test_the_order_of_groups_does_not_matter(groups, data):
    assert merged(None, groups) == merged(None, data.draw(st.permutations(groups)))


@given(grant=grants, limit=st.none() | st.integers(1, 600))
def test_extra_time_is_added_and_a_quiz_without_limit_stays_so(grant, limit):
    terms = applied(Quiz(time_limit_minutes=limit), grant)
    assert terms.time_limit_minutes == (None if limit is None else limit + (grant.extra_minutes or 0))


@pytest.mark.django_db
def test_nobody_has_other_terms_than_the_quiz(offered, trainee):
    assert terms_for(offered, trainee.pk, at=NOON) == Terms(None, None, 10, 3, 0)


@pytest.mark.django_db
def test_person_and_groups_are_put_together_by_setting(offered, trainee, hire, hr, group_of):
    colleague, stranger = hire(department="care"), hire(department="sales")
    care, centre = group_of("care"), group_of("centre")
    for group in (care, centre):
        watch(group, at=NOON)
    Override.objects.create(quiz=offered, person=trainee, extra_minutes=5, reason="手腕受伤", by=hr)
    Override.objects.create(quiz=offered, audience=care, extra_minutes=20, max_attempts=4, reason="夜班", by=hr)
    Override.objects.create(
        quiz=offered, audience=centre, max_attempts=6, closes_at=NOON + DAY, cooldown_minutes=30, reason="大促", by=hr
    )

    found = terms_of(offered, [trainee.pk, colleague.pk, stranger.pk], at=NOON)

    assert found == {
        trainee.pk: Terms(None, NOON + DAY, 15, 6, 30),
        colleague.pk: Terms(None, NOON + DAY, 30, 6, 30),
        stranger.pk: Terms(None, NOON + DAY, 10, 6, 30),
    }


@pytest.mark.django_db
def test_what_has_ended_and_who_has_left_the_group_count_no_more(offered, trainee, hr, group_of):
    care = group_of("care")
    watch(care, at=NOON)
    Override.objects.create(quiz=offered, audience=care, max_attempts=9, reason="夜班", by=hr)
    Override.objects.create(quiz=offered, person=trainee, extra_minutes=5, reason="旧", by=hr, ended_at=NOON)
    assert terms_for(offered, trainee.pk, at=NOON - DAY).time_limit_minutes == 15
    assert terms_for(offered, trainee.pk, at=NOON) == Terms(None, None, 10, 9, 0)
    care.members.update(until=NOON)
    assert terms_for(offered, trainee.pk, at=NOON).max_attempts == 3


@pytest.mark.django_db
@pytest.mark.parametrize("groups", [0, 12])
def test_one_query_however_many_groups(offered, trainee, hr, group_of, groups, django_assert_num_queries):
    for number in range(groups):
        group = group_of("care", f"人群 {number}")
        watch(group, at=NOON)
        Override.objects.create(quiz=offered, audience=group, max_attempts=number + 1, reason="夜班", by=hr)
    with django_assert_num_queries(1):
        terms_for(offered, trainee.pk, at=NOON)
