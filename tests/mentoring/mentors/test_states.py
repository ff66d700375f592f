from datetime import UTC, date, datetime, timedelta

import pytest

from mentoring.guidance.models import GuidanceRule
from mentoring.mentors.states import MentorState, in_state, state_of, with_standing
from mentoring.models import Away, Evaluation, MentorProfile
from tests.factories.courses import MONDAY, CompetencyFactory
from tests.factories.mentoring import MentorProfileFactory, PairingFactory

DAY = timedelta(days=1)


def rate(profile, *stars, side="mentee"):
    """Evaluations with these stars, each of another mentee."""
    for one in stars:
        pairing = PairingFactory(mentor=profile.person, ended=True)
        by = pairing.mentee if side == "mentee" else pairing.mentor
        Evaluation.objects.create(
            pairing=pairing, moment="end", side=side, by=by, at=datetime(2026, 7, 1, tzinfo=UTC), stars=one
        )


def standing(profile):
    return with_standing(MentorProfile.objects.filter(pk=profile.pk), MONDAY, GuidanceRule.objects.current()).get()


def away(profile, first=0, last=0):
    Away.objects.create(person=profile.person, first_day=MONDAY + first * DAY, last_day=MONDAY + last * DAY)


def ready():
    return [profile.person.name for profile in MentorProfile.objects.ready(MONDAY).order_by("pk")]


def test_rating_is_the_mean_of_what_mentees_say_from_three_on(named):
    two, three = named("两条"), named("三条")
    rate(two, 5, 4)
    rate(three, 5, 4, 3)
    rate(three, 1, side="mentor")

    assert [(one.rated, one.rating) for one in (standing(two), standing(three))] == [(2, None), (3, 4.0)]


def test_guided_counts_pairings_that_reached_their_goal_and_load_the_open_ones(named):
    profile = named("李静", competencies=[CompetencyFactory(), CompetencyFactory()])
    PairingFactory(mentor=profile.person, ended=True)
    PairingFactory(mentor=profile.person, ended=True, end_reason="left")
    PairingFactory(mentor=profile.person)

    found = standing(profile)

    assert (found.guided, found.load) == (1, 1)


def test_without_a_rule_everybody_counts_as_certified(named):
    named("李静")

    assert ready() == ["李静"]


def test_ready_are_the_active_certified_ones_who_are_not_away(named, certified):
    certified(named("可带"))
    named("没有证")
    certified(named("证已过期"), until=MONDAY - DAY)
    certified(named("最后一天"), until=MONDAY)
    certified(named("停带", is_active=False))
    away(certified(named("休假中")))
    away(certified(named("明天休假")), 1, 2)

    assert ready() == ["可带", "最后一天", "明天休假"]


def test_a_revoked_certificate_is_none(named, certified):
    profile = certified(named("李静"))
    profile.person.certificates.update(revoked_at=datetime(2026, 2, 1, tzinfo=UTC))

    assert ready() == []


@pytest.mark.parametrize("state", MentorState)
def test_each_mentor_is_in_one_state_which_filter_and_row_agree_on(named, certified, state):
    certified(named("room"))
    certified(named("full", full=True))
    away(certified(named("away", full=True)))
    away(named("training"))
    certified(named("inactive", is_active=False))
    everybody = with_standing(MentorProfile.objects.all(), MONDAY, GuidanceRule.objects.current())

    found = list(in_state(everybody.select_related("person"), state, MONDAY))

    assert [(one.person.name, state_of(one, MONDAY)) for one in found] == [(state.value, state)]


def test_who_has_left_takes_nobody(db):
    profile = MentorProfileFactory(person__left_on=date(2026, 6, 1))

    assert state_of(standing(profile), MONDAY) == MentorState.INACTIVE
