from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.checkins.away import next_day
from mentoring.checkins.learning import learning_of
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
        "minutes": "30",
        "shared_note": "旁听十通电话",
        "note": "他有点紧张",
        "progress": "4",
        "step1_text": "独立处理退货",
        "step1_side": "mentee",
        "next_due_on": (today + timedelta(days=7)).isoformat(),
    }
    return client.post(reverse("note-checkin", args=[pairing.pk]), usual | data)


def test_mentor_notes_a_checkin_and_sending_it_twice_is_harmless(as_, guide, pair_up, today):
    pairing, client = pair_up(), as_(guide)

    places = [note(client, pairing, today)["Location"] for _ in range(2)]

    assert places == [reverse("my-mentees")] * 2
    assert list(pairing.checkins.order_by("due_on").values_list("due_on", "held_on", "shared_note", "progress")) == [
        (today, today, "旁听十通电话", 4),
        (today + timedelta(days=7), None, "", None),
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"shared_note": ""}, "shared_note"),
        ({"shared_note": "长" * 2001}, "shared_note"),
        ({"note": "长" * 2001}, "note"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "481"}, "minutes"),
        ({"step1_text": "长" * 301}, "step1_text"),
        ({"step1_due": "2020-01-01"}, "step1_due"),
        ({"step2_text": "长" * 301}, "step2_text"),
        ({"step1_side": "hr"}, "step1_side"),
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


def test_learning_of_a_mentee_in_two_queries(pair_up, graded, today, django_assert_num_queries):
    mentee = pair_up().mentee
    graded(mentee, TopicFactory(), score=70)
    days = {"assigned_on": today - timedelta(days=9), "due_on": today - timedelta(days=2)}
    late = EnrolmentFactory(person=mentee, course=CourseFactory(), **days)

    with django_assert_num_queries(2):
        learning = learning_of(mentee, on=today)

    assert (learning.open, learning.completed, learning.overdue, learning.attempts) == ([late], 1, 1, 1)
    assert float(learning.mean_score) == 70.0


def test_what_was_prepared_stands_in_the_form(as_, guide, pair_up, today):
    pairing = pair_up()
    checkin = pairing.checkins.get()
    checkin.note = "先听他说"
    checkin.save()
    checkin.agenda.create(text="排班")
    talked = checkin.agenda.create(text="退款话术", talked_at=clock.now())

    form = as_(guide).get(reverse("note-checkin", args=[pairing.pk])).context["form"]

    assert (form["note"].value(), form["talked"].value()) == ("先听他说", [talked.pk])
    assert form["next_due_on"].value() == next_day(pairing, on=today)


def test_agenda_that_was_not_reached_stands_on_the_next_one(as_, guide, pair_up, today):
    pairing = pair_up()
    items = [pairing.checkins.get().agenda.create(text=text) for text in ("退款话术", "排班")]

    note(as_(guide), pairing, today, talked=[str(items[0].pk)])

    agendas = [list(each.agenda.values_list("text", flat=True)) for each in pairing.checkins.order_by("due_on")]
    assert agendas == [["退款话术"], ["排班"]]


def test_steps_of_both_are_noted_with_their_days(as_, guide, pair_up, today):
    until = today + timedelta(days=3)
    data = {"step2_text": "要一份录音", "step2_side": "mentor", "step2_due": until.isoformat()}

    note(as_(guide), pair_up(), today, **data)

    steps = CheckIn.objects.held().get().next_steps.values_list("side", "text", "due_on")
    assert list(steps) == [("mentee", "独立处理退货", None), ("mentor", "要一份录音", until)]


class TestCorrecting:
    def test_everything_stands_there_and_is_corrected(self, as_, guide, pair_up, today):
        pairing, client = pair_up(due=5), as_(guide)
        held = CheckInFactory(pairing=pairing, due_on=today - timedelta(days=2), held=True, minutes=20)
        page = reverse("checkin-correct", args=[held.pk])

        form = client.get(page).context["form"]
        values = {name: form[name].value() for name in ("held_on", "progress", "minutes", "step1_text")}
        told = {"minutes": "40", "shared_note": "复盘三通", "progress": "5", "step1_text": "独立处理简单退货"}
        client.post(page, told | {"next_due_on": (today + timedelta(days=6)).isoformat()})  # is not asked

        assert values == {
            "held_on": held.held_on,
            "progress": 3,
            "minutes": 20,
            "step1_text": "独立处理简单退货",
        }
        rows = pairing.checkins.order_by("due_on").values_list("due_on", "held_on", "shared_note", "minutes")
        day = held.held_on
        assert list(rows) == [(day, day, "复盘三通", 40), (today + timedelta(days=5), None, "", None)]

    def test_an_old_talk_is_corrected_while_the_planned_one_is_overdue(self, as_, guide, pair_up, today):
        pairing, client = pair_up(due=-2), as_(guide)
        held = CheckInFactory(pairing=pairing, due_on=today - timedelta(days=9), held=True, minutes=20)
        page = reverse("checkin-correct", args=[held.pk])
        form = client.get(page).context["form"]

        response = client.post(page, {"minutes": "40", "shared_note": "复盘三通", "progress": "4"})

        assert ("next_due_on" in form.fields, response["Location"]) == (False, reverse("my-mentees"))
        held.refresh_from_db()
        assert (held.minutes, pairing.checkins.planned().get().due_on) == (40, today - timedelta(days=2))

    def test_what_is_noted_today_again_is_a_correction(self, as_, guide, pair_up, today):
        pairing, client = pair_up(), as_(guide)
        note(client, pairing, today)

        form = client.get(reverse("note-checkin", args=[pairing.pk])).context["form"]

        assert (form["shared_note"].value(), form["step1_text"].value()) == ("旁听十通电话", "独立处理退货")

    def test_others_and_planned_ones_are_not_there(self, as_, hire, guide, pair_up, today):
        pairing = pair_up()
        held = CheckInFactory(pairing=pairing, due_on=today - timedelta(days=2), held=True)
        pages = [reverse("checkin-correct", args=[row.pk]) for row in (held, pairing.checkins.planned().get())]

        assert as_(guide).get(pages[1]).status_code == 404
        assert as_(hire(Role.MENTOR)).get(pages[0]).status_code == 404


def test_what_is_typed_is_kept_under_the_own_name(as_, guide, hire, pair_up, today):
    pairing, other = pair_up(), hire(Role.MENTOR)
    held = CheckInFactory(pairing=pairing, due_on=today - timedelta(days=2), held=True)
    page, again = reverse("note-checkin", args=[pairing.pk]), reverse("checkin-correct", args=[held.pk])

    drafts = [as_(guide).get(page).context["draft"], as_(guide).get(again).context["draft"]]
    pairing.mentor = other
    pairing.save()
    later = [as_(other).get(page).context["draft"], as_(other).get(again).context["draft"]]

    assert drafts == [f"check-in-{pairing.pk}-by-{guide.pk}", f"check-in-{held.pk}-again-by-{guide.pk}"]
    assert not set(drafts) & set(later)


class TestPlanning:
    def test_the_mentor_plans_where_nothing_is_planned(self, as_, guide, hire, today):
        pairing, client = PairingFactory(mentor=guide, mentee=hire(name="王小明")), as_(guide)
        page = reverse("checkin-plan", args=[pairing.pk])
        proposed = client.get(page).context["form"]["next_due_on"].value()

        places = [client.post(page, {"next_due_on": proposed.isoformat()})["Location"] for _ in range(2)]

        assert places == [reverse("my-mentees")] * 2
        assert pairing.checkins.get().due_on == next_day(pairing, on=today)

    def test_what_is_planned_is_not_moved_here_but_asked_for(self, as_, guide, pair_up, today):
        pairing, client = pair_up(due=-5), as_(guide)
        planned, page = pairing.checkins.get(), reverse("checkin-plan", args=[pairing.pk])

        shown = client.get(page)
        sent = client.post(page, {"next_due_on": (today + timedelta(days=7)).isoformat()})

        assert shown["Location"] == reverse("checkin-move", args=[planned.pk])
        assert (sent.status_code, list(sent.context["form"].errors)) == (422, ["next_due_on"])
        assert pairing.checkins.get().due_on == today - timedelta(days=5)

    def test_a_day_that_has_passed_is_said_at_its_field(self, as_, guide, hire):
        page = reverse("checkin-plan", args=[PairingFactory(mentor=guide, mentee=hire()).pk])

        response = as_(guide).post(page, {"next_due_on": "2020-01-01"})

        assert (response.status_code, list(response.context["form"].errors)) == (422, ["next_due_on"])
        assert CheckIn.objects.count() == 0


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
