from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentoring.guidance.actions import save_rule
from mentoring.job_plans.models import Side
from mentoring.models import Away, KeepApart, Wish
from mentoring.wishes.actions import Say, keep_apart, lift, save_wishes, say, wishable
from mentoring.wishes.reading import kept_apart, own, told_to_hr, wishes_of
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.courses import MONDAY
from tests.factories.mentoring import MentorProfileFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

NEW = date(2026, 5, 25)


@pytest.fixture
def newcomer(hire):
    return hire(name="王小明", hired_on=NEW)


@pytest.fixture
def mentors(db):
    return [MentorProfileFactory(person__name=name).person for name in ("甲", "乙", "丙", "丁", "戊")]


def ranks(person, side=Side.MENTEE):
    """{name: rank} of what the person wishes."""
    return {wish.other.name: wish.rank for wish in Wish.objects.filter(person=person, side=side)}


def refusal(*wishes):
    with pytest.raises(Refused) as refused:
        save_wishes(*wishes, MONDAY)
    return refused.value.field, refused.value.code


def test_wishes_are_kept_in_order_and_replaced(newcomer, mentors):
    save_wishes(newcomer, Side.MENTEE, mentors[:3], mentors[3:4], MONDAY)
    assert ranks(newcomer) == {"甲": 1, "乙": 2, "丙": 3, "丁": 0}

    save_wishes(newcomer, Side.MENTEE, [mentors[4], mentors[0]], [], MONDAY)

    assert ranks(newcomer) == {"戊": 1, "甲": 2}


def test_a_repeat_does_not_touch_the_rows(newcomer, mentors):
    save_wishes(newcomer, Side.MENTEE, mentors[:2], mentors[2:3], MONDAY)
    before = set(Wish.objects.values_list("pk", flat=True))

    save_wishes(newcomer, Side.MENTEE, mentors[:2], mentors[2:3], MONDAY)

    assert set(Wish.objects.values_list("pk", flat=True)) == before


def test_more_than_three_oneself_and_twice_the_same_are_refused(newcomer, mentors):
    side = Side.MENTEE
    assert refusal(newcomer, side, mentors[:4], []) == ("wanted", "too_many")
    assert refusal(newcomer, side, [], mentors[:4]) == ("unwanted", "too_many")
    assert refusal(newcomer, side, [newcomer], []) == ("wanted", "own_mentor")
    assert refusal(newcomer, side, mentors[:1], mentors[:1]) == ("unwanted", "named_twice")
    assert Wish.objects.count() == 0


def test_a_newcomer_can_name_mentors_alone_who_are_ready(newcomer, mentors):
    mentors[0].mentor_profile.is_active = False
    mentors[0].mentor_profile.save()

    assert refusal(newcomer, Side.MENTEE, [mentors[0]], []) == ("wanted", "not_wishable")
    assert refusal(newcomer, Side.MENTEE, [], [PersonFactory()]) == ("unwanted", "not_wishable")


def test_a_mentor_can_name_newcomers_alone_whom_nobody_guides(newcomer, mentors, hire):
    guided = PairingFactory(mentee=hire(name="有人带", hired_on=NEW)).mentee

    assert refusal(mentors[0], Side.MENTOR, [guided], []) == ("wanted", "not_wishable")
    save_wishes(mentors[0], Side.MENTOR, [newcomer], [], MONDAY)

    assert ranks(mentors[0], Side.MENTOR) == {"王小明": 1}


def test_who_is_no_mentor_or_has_left_wishes_nothing(newcomer, mentors, hire):
    assert refusal(newcomer, Side.MENTOR, [], [])[1] == "not_a_mentor"
    assert refusal(hire(left_on=date(2026, 5, 1)), Side.MENTEE, [], [])[1] == "not_employed"


def test_one_thing_is_said_of_one_person_at_a_time(newcomer, mentors):
    def speak(other, what):
        say(newcomer, Side.MENTEE, other, what, on=MONDAY)
        return ranks(newcomer)

    assert speak(mentors[0], Say.WANTED) == {"甲": 1}
    assert speak(mentors[0], Say.WANTED) == {"甲": 1}
    assert speak(mentors[1], Say.WANTED) == {"甲": 1, "乙": 2}
    assert speak(mentors[1], Say.FIRST) == {"乙": 1, "甲": 2}
    assert speak(mentors[1], Say.WANTED) == {"乙": 1, "甲": 2}
    assert speak(mentors[0], Say.UNWANTED) == {"乙": 1, "甲": 0}
    assert speak(mentors[0], Say.WANTED) == {"乙": 1, "甲": 2}
    assert speak(mentors[1], Say.NOTHING) == {"甲": 1}


def test_whoever_cannot_be_named_any_more_falls_off_the_list(newcomer, mentors):
    save_wishes(newcomer, Side.MENTEE, mentors[:2], [], MONDAY)
    mentors[0].mentor_profile.is_active = False
    mentors[0].mentor_profile.save()

    say(newcomer, Side.MENTEE, mentors[2], Say.WANTED, on=MONDAY)

    assert ranks(newcomer) == {"乙": 1, "丙": 2}


def refused_to_say(person, other, what):
    """The code of the refusal, "" when it was taken."""
    try:
        say(person, Side.MENTEE, other, what, on=MONDAY)
    except Refused as refused:
        return refused.code
    return ""


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(Say)), max_size=7))
def test_whatever_is_said_ranks_count_from_one_and_nobody_is_named_twice(newcomer, mentors, said):
    Wish.objects.all().delete()
    for number, what in said:
        before = ranks(newcomer)
        if refused_to_say(newcomer, mentors[number], what):
            assert ranks(newcomer) == before
            continue
        rank = ranks(newcomer).get(mentors[number].name)
        assert {Say.NOTHING: rank is None, Say.UNWANTED: rank == 0, Say.FIRST: rank == 1, Say.WANTED: bool(rank)}[what]

    wanted = sorted(rank for rank in ranks(newcomer).values() if rank)
    assert wanted == list(range(1, len(wanted) + 1))
    assert len([rank for rank in ranks(newcomer).values() if not rank]) <= 3


def test_both_sides_of_one_person_are_apart(hire):
    person, mentor = hire(name="两边", hired_on=NEW), MentorProfileFactory(person__name="甲").person
    MentorProfileFactory(person=person)
    other = hire(name="新人", hired_on=NEW)

    save_wishes(person, Side.MENTEE, [mentor], [], MONDAY)
    save_wishes(person, Side.MENTOR, [other], [], MONDAY)
    save_wishes(person, Side.MENTEE, [], [], MONDAY)

    assert (ranks(person), ranks(person, Side.MENTOR)) == ({}, {"新人": 1})


def test_mentors_away_or_without_the_certificate_cannot_be_wished(newcomer, mentors):
    Away.objects.create(person=mentors[0], first_day=MONDAY, last_day=MONDAY)
    assert refusal(newcomer, Side.MENTEE, [mentors[0]], []) == ("wanted", "not_wishable")

    certification = CertificationFactory()
    save_rule(certification=certification, escalate_after=3, evaluate_within=7, at_risk_after=7)
    CertificateFactory(person=mentors[1], certification=certification)

    assert list(wishable(Side.MENTEE, MONDAY)) == [mentors[1]]


def test_hr_reads_what_is_wished_of_a_person_and_by_the_person(newcomer, mentors):
    save_wishes(newcomer, Side.MENTEE, mentors[:2], mentors[2:3], MONDAY)
    save_wishes(mentors[0], Side.MENTOR, [newcomer], [], MONDAY)

    assert [(wish.person, wish.rank) for wish in told_to_hr(mentors[0].pk)] == [(newcomer, 1), (mentors[0], 1)]
    assert [(wish.other, wish.rank) for wish in told_to_hr(newcomer.pk)] == [
        (mentors[2], 0),
        (mentors[0], 1),
        (mentors[1], 2),
        (newcomer, 1),
    ]


def test_own_wishes_come_the_dearest_first_and_the_unwanted_apart(newcomer, mentors):
    save_wishes(newcomer, Side.MENTEE, [mentors[2], mentors[0]], [mentors[1]], MONDAY)

    wanted, unwanted = own(newcomer.pk, Side.MENTEE)

    assert ([wish.other for wish in wanted], [wish.other for wish in unwanted]) == (
        [mentors[2], mentors[0]],
        [mentors[1]],
    )


def test_supervisors_see_those_kept_apart_of_whom_they_see_both(hire):
    inside, other, outside = hire(department="disputes"), hire(department="care"), hire(department="sales")
    row = keep_apart(inside, other, KeepApart.Reason.OTHER)
    keep_apart(inside, outside, KeepApart.Reason.OTHER)

    seen = {role: list(KeepApart.objects.visible_to(hire(role)).order_by("pk")) for role in (Role.SUPERVISOR, Role.HR)}

    assert seen == {Role.SUPERVISOR: [row], Role.HR: list(KeepApart.objects.order_by("pk"))}


def test_wishes_of_many_are_read_in_one_query(newcomer, mentors, django_assert_num_queries):
    save_wishes(newcomer, Side.MENTEE, mentors[:1], mentors[1:2], MONDAY)
    save_wishes(mentors[0], Side.MENTOR, [newcomer], [], MONDAY)

    with django_assert_num_queries(1):
        found = wishes_of([newcomer.pk, mentors[0].pk])

    assert found == {
        (newcomer.pk, mentors[0].pk, "mentee"): 1,
        (newcomer.pk, mentors[1].pk, "mentee"): 0,
        (mentors[0].pk, newcomer.pk, "mentor"): 1,
    }


def test_two_people_are_kept_apart_once_whichever_is_named_first(mentors):
    one, other = mentors[:2]
    row = keep_apart(other, one, KeepApart.Reason.RELATIVES)

    again = keep_apart(one, other, KeepApart.Reason.OTHER, " 曾有争执 ")

    assert (again.pk, again.one, again.other) == (row.pk, one, other)
    assert (again.reason, again.note, KeepApart.objects.count()) == ("other", "曾有争执", 1)
    assert kept_apart([one.pk]) == {frozenset({one.pk, other.pk})}
    assert kept_apart([mentors[2].pk]) == set()


def test_nobody_is_kept_apart_from_himself_and_lifting_twice_is_harmless(mentors):
    with pytest.raises(Refused) as refused:
        keep_apart(mentors[0], mentors[0], KeepApart.Reason.OTHER)
    row = keep_apart(mentors[0], mentors[1], KeepApart.Reason.OTHER)

    lift(row)
    lift(row)

    assert (refused.value.field, refused.value.code, KeepApart.objects.count()) == ("other", "same_person", 0)
