"""What the jobs of people ask, on which day, and how their levels fit it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from assessments.models import ProfileVersion
from assessments.profiles.actions import restore_profile, retire_profile
from assessments.profiles.fitting import Fit, Gap, NeedOf, Standing, Wanted, fit, wanted_by
from tests.assessments.profiles.conftest import move
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.profiles import MAY, competency, need, profile_of, version_of
from trainingsite.core import clock

JUNE = date(2026, 6, 1)
WANTED = Wanted(1, 1, "客服专员 P1", (NeedOf(11, 4, 50.0), NeedOf(12, 2, 30.0), NeedOf(13, 1, 20.0)))


def day(text: str, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text).replace(hour=hour))


def test_who_has_every_level_meets_the_profile():
    assert fit(WANTED, {11: 4, 12: 2, 13: 1}) == Fit(100.0, 2.8, 2, (), Standing.MEETS)


def test_more_than_needed_makes_up_for_nothing():
    assert fit(WANTED, {11: 2, 12: 5, 13: 5}) == Fit(75.0, 3.5, 3, (Gap(11, 2, 4, 50.0),), Standing.GAPS)


def test_eighty_percent_is_nearly():
    wanted = Wanted(1, 1, "", (NeedOf(11, 5, 80.0), NeedOf(12, 2, 20.0)))
    assert fit(wanted, {11: 4, 12: 2}).standing == Standing.NEARLY  # 84 percent
    assert fit(wanted, {11: 5, 12: None}) == Fit(80.0, 4.0, 4, (Gap(12, 0, 2, 20.0),), Standing.NEARLY)


def test_who_has_no_level_at_all_misses_everything():
    gaps = (Gap(11, 0, 4, 50.0), Gap(12, 0, 2, 30.0), Gap(13, 0, 1, 20.0))
    assert fit(WANTED, {}) == Fit(0.0, 0.0, 0, gaps, Standing.GAPS)


def test_fractions_reach_the_level_that_they_add_up_to():
    needs = tuple(NeedOf(pk, 3, weight) for pk, weight in enumerate([33.33, 33.33, 33.34]))
    assert fit(Wanted(1, 1, "", needs), dict.fromkeys(range(3), 3)) == Fit(100.0, 3.0, 3, (), Standing.MEETS)


@pytest.fixture
def typing(db):
    return competency("打字速度")


@pytest.fixture
def agent(db):
    return PositionFactory(name="客服专员")


def titles(people, on):
    return {pk: wanted.title for pk, wanted in wanted_by([person.pk for person in people], on).items()}


def test_the_profile_of_the_grade_goes_before_that_of_every_grade(typing, agent):
    profile_of(need(typing, 2, 100), position=agent)
    profile_of(need(typing, 3, 100), position=agent, grade="P2")
    low, high = PersonFactory(position=agent, grade="P1"), PersonFactory(position=agent, grade="P2")
    jobless, other = PersonFactory(), PersonFactory(position=PositionFactory(), grade="P1")
    with clock.frozen(day("2026-06-01")):
        assert titles([low, high, jobless, other], JUNE) == {low.pk: "客服专员", high.pk: "客服专员 P2"}


def test_a_grade_whose_profile_has_not_begun_is_measured_by_that_of_every_grade(typing, agent):
    profile_of(need(typing, 2, 100), position=agent)
    profile_of(need(typing, 3, 100), position=agent, grade="P2", valid_from=date(2026, 7, 1))
    person = PersonFactory(position=agent, grade="P2")
    with clock.frozen(day("2026-06-01")):
        assert titles([person], JUNE) == {person.pk: "客服专员"}
        assert titles([person], date(2026, 7, 1)) == {person.pk: "客服专员 P2"}


def test_the_version_that_had_begun_by_the_day_holds(typing, agent):
    profile = profile_of(need(typing, 2, 100), position=agent)
    empathy = competency("共情能力")
    version_of(profile, need(typing, 3, 40), need(empathy, 2, 60), valid_from=JUNE)
    person = PersonFactory(position=agent)
    first, second = ProfileVersion.objects.order_by("number")
    old = Wanted(first.pk, profile.pk, "客服专员", (NeedOf(typing.pk, 2, 100.0),))
    new = Wanted(second.pk, profile.pk, "客服专员", (NeedOf(typing.pk, 3, 40.0), NeedOf(empathy.pk, 2, 60.0)))
    with clock.frozen(day("2026-06-15")):
        assert wanted_by([person.pk], MAY - timedelta(days=1)) == {}
        assert wanted_by([person.pk], MAY) == wanted_by([person.pk], date(2026, 5, 31)) == {person.pk: old}
        assert wanted_by([person.pk], JUNE) == {person.pk: new}


def test_of_two_versions_from_one_day_the_later_one_holds(typing, agent):
    profile = profile_of(need(typing, 2, 100), position=agent)
    later = version_of(profile, need(typing, 3, 100))
    person = PersonFactory(position=agent)
    with clock.frozen(day("2026-05-01")):
        assert wanted_by([person.pk], MAY)[person.pk].version_id == later.pk


def test_a_retired_profile_measures_nobody_from_its_day_on(typing, agent):
    profile = profile_of(need(typing, 2, 100), position=agent)
    person = PersonFactory(position=agent)
    retire_profile(profile, at=day("2026-06-10"))
    with clock.frozen(day("2026-06-15")):
        assert titles([person], date(2026, 6, 9)) == {person.pk: "客服专员"}
        assert titles([person], date(2026, 6, 10)) == titles([person], date(2026, 6, 15)) == {}


def test_a_past_day_in_which_the_profile_was_retired_stays_so_after_it_is_restored(typing, agent):
    """The record of changes is written by the real clock, so the days are real ones here."""
    profile = profile_of(need(typing, 2, 100), position=agent)
    person = PersonFactory(position=agent)
    retire_profile(profile, at=clock.now())
    today = clock.today()
    with clock.frozen(clock.now() + timedelta(days=3)):
        restore_profile(profile)
        events = type(profile).pgh_event_model.objects
        assert events.filter(pgh_label="update").count() == 2
        move(events.latest("pgh_id"), clock.now())
        assert titles([person], today) == titles([person], today + timedelta(days=2)) == {}
        assert titles([person], today + timedelta(days=3)) == {person.pk: "客服专员"}


@pytest.mark.parametrize("people", [1, 30])
def test_what_many_are_asked_takes_three_queries(typing, agent, people, django_assert_num_queries):
    profile_of(need(typing, 2, 100), position=agent)
    profile_of(need(typing, 2, 100), position=agent, grade="P2")
    made = [PersonFactory(position=agent, grade="P2") for _n in range(people)]
    with clock.frozen(day("2026-06-01")), django_assert_num_queries(3):
        assert len(wanted_by([person.pk for person in made], JUNE)) == people
