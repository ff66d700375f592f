from datetime import date, timedelta

import pytest
from django.urls import reverse

from mentoring.models import Pairing
from tests.factories.mentoring import CheckInFactory, MentorProfileFactory, PairingFactory
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

NEWCOMERS, PAIRINGS = "/mentoring/newcomers/", "/mentoring/pairings/"


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR, name="陈人力"))


@pytest.fixture
def newcomer(hire, today):
    return hire(name="王小明", hired_on=today - timedelta(days=10))


def names(response):
    return [person.name for person in response.context["page"]]


def test_newcomers_are_recent_trainees_without_mentor(hr, hire, newcomer, today):
    recent = today - timedelta(days=5)
    hire(name="老员工")
    hire(Role.INSTRUCTOR, name="讲师", hired_on=recent)
    hire(name="已离职", hired_on=recent, left_on=today)
    PairingFactory(mentee=hire(name="有导师", hired_on=recent))
    PairingFactory(mentee=hire(name="已出师", hired_on=recent), ended=True)
    PairingFactory(mentee=hire(name="带教已结束", hired_on=recent), ended=True, end_reason="other")

    assert names(hr.get(NEWCOMERS)) == ["带教已结束", "王小明"]


@pytest.mark.parametrize(("days", "found"), [("", []), ("180", ["李晚"]), ("30", []), ("x", [])])
def test_newcomers_hired_within_the_days_asked_for(hr, hire, today, days, found):
    hire(name="李晚", hired_on=today - timedelta(days=120))

    assert names(hr.get(NEWCOMERS, {"days": days})) == found


def test_supervisor_sees_the_own_newcomers_only(hire, as_, newcomer, today):
    outsider = hire(name="外部", department="sales", hired_on=today)

    client = as_(hire(Role.SUPERVISOR, department="care"))

    assert names(client.get(NEWCOMERS)) == ["王小明"]
    assert client.get(reverse("pair", args=[outsider.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_newcomers_take_eight_queries(hr, hire, today, rows, django_assert_max_num_queries):
    for _ in range(rows):
        hire(hired_on=today)

    with django_assert_max_num_queries(8):
        hr.get(NEWCOMERS)


@pytest.mark.parametrize("rows", [1, 20])
def test_proposals_take_a_fixed_number_of_queries(hr, newcomer, rows, django_assert_max_num_queries):
    for _ in range(rows):
        MentorProfileFactory()

    with django_assert_max_num_queries(13):
        response = hr.get(reverse("pair", args=[newcomer.pk]))

    assert len(response.context["proposals"]) == min(rows, 3)


def test_any_other_mentor_is_found_by_name_and_a_full_one_cannot_be_chosen(hr, newcomer):
    full = MentorProfileFactory(person=PersonFactory(name="赵磊"), full=True).person
    free = MentorProfileFactory(person=PersonFactory(name="赵露")).person

    answer = hr.get(reverse("pair", args=[newcomer.pk]), {"q": "zl"}, headers={"HX-Request": "true"}).content.decode()

    offered = [reverse("pair-confirm", args=[newcomer.pk, person.pk]) in answer for person in (full, free)]
    assert ("赵磊" in answer, "赵露" in answer, offered) == (True, True, [False, True])


def confirm(client, mentee, mentor, **data):
    return client.post(reverse("pair-confirm", args=[mentee.pk, mentor.pk]), data)


def test_confirming_pairs_them(hr, newcomer, today):
    mentor, first = MentorProfileFactory().person, today + timedelta(days=3)

    response = confirm(hr, newcomer, mentor, goal="独立上岗", first_checkin_on=first.isoformat())

    pairing = Pairing.objects.get()
    assert response["Location"] == reverse("pairing", args=[pairing.pk])
    assert (pairing.mentor, pairing.mentee, pairing.started_on) == (mentor, newcomer, today)
    assert pairing.checkins.get().due_on == first


def test_confirming_twice_makes_one_pairing(hr, newcomer, today):
    mentor, data = MentorProfileFactory().person, {"goal": "独立上岗", "first_checkin_on": today.isoformat()}

    places = {confirm(hr, newcomer, mentor, **data)["Location"] for _ in range(2)}

    assert (len(places), Pairing.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"goal": "", "first_checkin_on": "2099-01-01"}, "goal"),
        ({"goal": "上岗", "first_checkin_on": "2020-01-01"}, "first_checkin_on"),
        ({"goal": "上岗", "first_checkin_on": "明天"}, "first_checkin_on"),
    ],
)
def test_bad_input_is_named_at_its_field_and_pairs_nobody(hr, newcomer, data, field):
    response = confirm(hr, newcomer, MentorProfileFactory().person, **data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Pairing.objects.count() == 0


def test_full_mentor_is_refused_above_the_form(hr, newcomer, today):
    mentor = MentorProfileFactory(full=True).person

    response = confirm(hr, newcomer, mentor, goal="上岗", first_checkin_on=today.isoformat())

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["__all__"])
    assert newcomer.pairings.count() == 0


@pytest.mark.parametrize("mentor", [MentorProfileFactory, PersonFactory])
def test_who_takes_no_mentees_is_no_choice(hr, newcomer, mentor):
    person = MentorProfileFactory(is_active=False).person if mentor is MentorProfileFactory else PersonFactory()

    assert confirm(hr, newcomer, person).status_code == 404


def mentees(response):
    return [pairing.mentee.name for pairing in response.context["page"]]


@pytest.fixture
def pairings(today):
    """One whose check-in is overdue, one that is planned, one that has ended."""
    CheckInFactory(pairing__mentee__name="逾期", due_on=today - timedelta(days=1))
    CheckInFactory(pairing__mentee__name="计划", due_on=today + timedelta(days=1))
    PairingFactory(mentee__name="结束", ended=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["逾期", "计划"]),
        ("state=overdue", ["逾期"]),
        ("state=ended", ["结束"]),
        ("state=all", ["逾期", "计划", "结束"]),
        ("q=jihua", ["计划"]),
        ("q=lijing&sort=-due", ["计划", "逾期"]),
        ("department=0", ["逾期", "计划"]),
    ],
)
def test_pairings_are_filtered_and_sorted_by_the_address(hr, pairings, query, found):
    assert mentees(hr.get(f"{PAIRINGS}?{query}")) == found


@pytest.mark.parametrize("rows", [1, 20])
def test_pairings_take_eight_queries(hr, rows, django_assert_max_num_queries):
    for _ in range(rows):
        CheckInFactory()

    with django_assert_max_num_queries(8):
        hr.get(PAIRINGS)


def test_ending_a_pairing_with_a_reason(hr, today):
    pairing = PairingFactory(started_on=date(2026, 1, 5))

    response = hr.post(reverse("pairing-end", args=[pairing.pk]), {"reason": "changed", "note": "换班"})

    pairing.refresh_from_db()
    assert response.status_code == 302
    assert (pairing.ended_on, pairing.end_reason, pairing.end_note) == (today, "changed", "换班")


@pytest.mark.parametrize("data", [{}, {"reason": "boredom"}])
def test_end_without_a_known_reason_is_refused(hr, data):
    pairing = PairingFactory()

    response = hr.post(reverse("pairing-end", args=[pairing.pk]), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    assert Pairing.objects.get().is_open


def test_supervisor_of_others_cannot_end_it(hire, as_):
    pairing = PairingFactory(mentee=hire(department="sales"))

    client = as_(hire(Role.SUPERVISOR, department="care"))

    assert client.post(reverse("pairing-end", args=[pairing.pk]), {"reason": "other"}).status_code == 404
