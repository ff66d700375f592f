from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.checkins.panels import exceptions, mentees, mentor
from mentoring.models import CheckIn
from tests.factories.courses import CourseFactory, EnrolmentFactory, TopicFactory
from tests.factories.mentoring import CheckInFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def guide(hire):
    return hire(Role.MENTOR, name="李静")


@pytest.fixture
def pair_up(guide, hire, today):
    """A pairing of the guide since four weeks ago, with a check-in planned in `due` days."""

    def make(name="王小明", due=0, department="sales"):
        mentee = hire(name=name, department=department)
        pairing = PairingFactory(mentor=guide, mentee=mentee, started_on=today - timedelta(days=28))
        CheckInFactory(pairing=pairing, due_on=today + timedelta(days=due))
        return pairing

    return make


def names(rows):
    return [mentee.pairing.mentee.name for mentee in rows]


def test_my_mentees_are_those_who_need_me_this_week_first(as_, guide, pair_up):
    pair_up("下月", due=30), pair_up("逾期", due=-3), pair_up("今天")
    PairingFactory(mentee__name="别人的")

    context = as_(guide).get(reverse("my-mentees")).context

    assert (names(context["this_week"]), names(context["later"])) == (["逾期", "今天"], ["下月"])


@pytest.mark.parametrize("rows", [1, 10])
def test_my_mentees_take_seven_queries(as_, guide, pair_up, rows, django_assert_max_num_queries):
    for _ in range(rows):
        pairing = pair_up()
        CheckInFactory.create_batch(1, pairing=pairing, due_on=pairing.started_on, held=True)
    client = as_(guide)

    with django_assert_max_num_queries(7):
        client.get(reverse("my-mentees"))


def note(client, pairing, today, **data):
    usual = {
        "held_on": today.isoformat(),
        "note": "旁听十通电话",
        "progress": "4",
        "next_step": "独立处理退货",
        "next_due_on": (today + timedelta(days=7)).isoformat(),
    }
    return client.post(reverse("note-checkin", args=[pairing.pk]), usual | data)


def test_mentor_notes_a_checkin_and_sending_it_twice_is_harmless(as_, guide, pair_up, today):
    pairing, client = pair_up(), as_(guide)

    places = [note(client, pairing, today)["Location"] for _ in range(2)]

    assert places == [reverse("my-mentees")] * 2
    assert list(pairing.checkins.order_by("due_on").values_list("due_on", "held_on", "note", "progress")) == [
        (today, today, "旁听十通电话", 4),
        (today + timedelta(days=7), None, "", None),
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"note": ""}, "note"),
        ({"note": "长" * 2001}, "note"),
        ({"progress": "6"}, "progress"),
        ({"held_on": "2999-01-01"}, "held_on"),
        ({"held_on": "2020-01-01"}, "held_on"),
        ({"next_due_on": "2020-01-01"}, "next_due_on"),
        ({"next_due_on": "下周"}, "next_due_on"),
    ],
)
def test_bad_input_is_named_at_its_field_and_notes_nothing(as_, guide, pair_up, today, data, field):
    response = note(as_(guide), pair_up(), today, **data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert CheckIn.objects.held().count() == 0


def test_ended_pairing_takes_no_note(as_, guide, today):
    pairing = PairingFactory(mentor=guide, ended=True)

    response = note(as_(guide), pairing, today)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["__all__"])


def test_only_the_own_mentor_notes(as_, hire, pair_up, today):
    response = note(as_(hire(Role.MENTOR)), pair_up(), today)

    assert (response.status_code, CheckIn.objects.held().count()) == (404, 0)


def test_pairing_page_shows_timeline_and_learning(as_, guide, pair_up, graded, today):
    pairing = pair_up(due=-1)
    CheckInFactory(pairing=pairing, due_on=today - timedelta(days=8), held=True)
    graded(pairing.mentee, TopicFactory(), score=70)
    late = EnrolmentFactory(
        person=pairing.mentee,
        course=CourseFactory(),
        assigned_on=today - timedelta(days=9),
        due_on=today - timedelta(days=2),
    )

    context = as_(guide).get(reverse("pairing", args=[pairing.pk])).context

    learning = context["learning"]
    assert (learning.open, learning.completed, learning.overdue, learning.attempts) == ([late], 1, 1, 1)
    assert (float(learning.mean_score), len(context["talks"].held), context["talks"].overdue) == (70.0, 1, True)


@pytest.mark.parametrize("rows", [1, 30])
def test_pairing_page_takes_nine_queries(as_, guide, pair_up, rows, today, django_assert_max_num_queries):
    pairing, client = pair_up(), as_(guide)
    for days in range(rows):
        CheckInFactory(pairing=pairing, due_on=today - timedelta(days=days), held=True)
        EnrolmentFactory(person=pairing.mentee)

    with django_assert_max_num_queries(9):
        client.get(reverse("pairing", args=[pairing.pk]))


def test_strange_mentor_gets_404(as_, hire, pair_up):
    assert as_(hire(Role.MENTOR)).get(reverse("pairing", args=[pair_up().pk])).status_code == 404


def test_mentor_sees_records_of_present_mentees_only(hire, guide, pair_up):
    present, former = pair_up(), PairingFactory(mentor=guide, ended=True)
    theirs = [EnrolmentFactory(person=pairing.mentee) for pairing in (present, former)]

    seen = type(theirs[0]).objects.visible_to(guide)

    assert list(seen) == theirs[:1]


def test_mentee_sees_the_next_step_and_not_the_note(as_, pair_up, today):
    pairing = pair_up()
    CheckInFactory(pairing=pairing, due_on=today - timedelta(days=7), held=True)

    page = as_(pairing.mentee).get(reverse("my-mentor")).content.decode()

    assert ("独立处理简单退货" in page, "旁听了十通电话" in page) == (True, False)


def test_mentee_without_mentor_is_told_so(as_, hire):
    assert as_(hire()).get(reverse("my-mentor")).context["pairing"] is None


def test_panels_say_who_needs_the_mentor_and_when_the_mentee_is_seen(guide, pair_up, today):
    pairing = pair_up()
    pair_up("下月", due=30)

    assert (names(mentees(guide, today)["this_week"]), mentees(guide, today)["others"]) == (["王小明"], 1)
    assert mentor(pairing.mentee, today)["pairing"].next_due_on == today


def test_panels_are_hidden_from_those_they_do_not_concern(guide, hire, today):
    assert [mentees(guide, today), mentor(guide, today), exceptions(hire(Role.HR), today)] == [{}, {}, {}]


def test_exceptions_name_newcomers_alone_and_overdue_checkins(hire, pair_up, today):
    hire(hired_on=today)
    pair_up(due=-1)

    data = exceptions(hire(Role.HR), today)

    assert (data["alone"], data["overdue"]) == (1, 1)


def test_the_mentor_is_led_to_the_competencies_of_each_mentee(as_, guide, pair_up):
    pairing = pair_up()
    address = reverse("person-competencies", args=[pairing.mentee_id])
    client = as_(guide)

    assert address in client.get(reverse("my-mentees")).content.decode()
    assert address in client.get(reverse("pairing", args=[pairing.pk])).content.decode()
    assert client.get(address).status_code == 200


def test_of_an_ended_pairing_the_mentor_is_not_led_there(as_, guide):
    pairing = PairingFactory(mentor=guide, ended=True)

    page = as_(guide).get(reverse("pairing", args=[pairing.pk]))

    assert reverse("person-competencies", args=[pairing.mentee_id]) not in page.content.decode()
