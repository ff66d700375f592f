from datetime import UTC, datetime

import pytest
from django.urls import reverse

from mentoring.board.guided import guided_by
from mentoring.checkins.panels import exceptions, mentees, mentor
from tests.mentoring.board.conftest import DAY, MONDAY, TODAY
from trainingsite.core import clock, days
from trainingsite.people.access.roles import Role
from trainingsite.people.models import RoleGrant

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(days, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 16, 4, tzinfo=UTC))


@pytest.fixture
def newcomer(hire):
    return hire(name="王小明", locale="en", hired_on=MONDAY)


def needing(data):
    return [(guided.pairing.mentee.name, [reason.text for reason in guided.mine]) for guided in data["this_week"]]


def test_a_mentor_sees_what_waits_besides_the_talk(couple, hire):
    guide = hire(Role.MENTOR, name="李静")
    couple(mentor=guide, mentee=hire(name="王小明"), tasks=[(2, 2)], due=TODAY + 20 * DAY)
    couple(mentor=guide, mentee=hire(name="周红"), due=TODAY - DAY)
    couple(mentor=guide, mentee=hire(name="吴刚"), due=TODAY + 20 * DAY)
    data = mentees(guide, TODAY)
    assert needing(data) == [("周红", []), ("王小明", ["2 tasks of week 2 not signed"])]
    assert data["others"] == 1


@pytest.mark.parametrize("number", [1, 20])
def test_a_mentors_mentees_take_five_queries(couple, hire, number, django_assert_max_num_queries):
    guide = hire(Role.MENTOR)
    for _each in range(number):
        couple(mentor=guide, mentee=hire(), tasks=[(1, 1)])
    with django_assert_max_num_queries(5):
        assert len(guided_by(guide, on=TODAY)) == number


def test_a_mentee_is_asked_to_agree_and_to_evaluate(couple, newcomer):
    pairing = couple(mentee=newcomer, agreed=False, half=False, planned_end=MONDAY + 27 * DAY)
    data = mentor(newcomer, TODAY)
    assert (data["pairing"], data["to_agree"]) == (pairing, True)
    assert [moment.value for moment in data["to_evaluate"]] == ["half"]


def test_a_mentee_who_has_agreed_and_evaluated_is_asked_for_nothing(couple, newcomer):
    couple(mentee=newcomer)
    data = mentor(newcomer, TODAY)
    assert (data["to_agree"], data["to_evaluate"]) == (False, [])


def test_hr_sees_where_to_act(couple, hire, hr, newcomer):
    orphan = couple(mentee=hire(name="周红"))
    type(orphan.mentor).objects.filter(pk=orphan.mentor_id).update(left_on=TODAY)
    missed = couple(mentee=hire(name="吴刚"), due=TODAY - 5 * DAY)
    missed.checkins.update(escalated_at=datetime(2026, 6, 15, tzinfo=UTC))
    data = exceptions(hr, TODAY)
    numbers = {name: data[name] for name in ("alone", "orphaned", "overdue", "escalated", "at_risk", "may_match")}
    assert numbers == {"alone": 1, "orphaned": 1, "overdue": 1, "escalated": 1, "at_risk": 1, "may_match": True}
    assert [line.row for line in data["lines"]] == [orphan]


def test_a_supervisor_sees_the_own_part_and_nothing_when_all_is_well(couple, hire, supervisor):
    couple(mentee=hire(department="sales"), due=TODAY - 9 * DAY)
    couple(mentee=hire(), due=TODAY + DAY)
    assert exceptions(supervisor, TODAY) == {}


def test_first_pages_say_it(as_, couple, hire, hr, newcomer):
    guide = hire(Role.MENTOR, name="李静", locale="en")
    pairing = couple(mentor=guide, mentee=newcomer, tasks=[(1, 2)], due=TODAY - DAY)
    of_hr = as_(hr).get("/").content.decode()
    assert "2 tasks of week 1 not signed" in of_hr
    assert f"{reverse('pairings-board')}?sign=checkin" in of_hr
    of_mentor = as_(guide).get("/").content.decode()
    assert "week 3 of 4" in of_mentor
    assert reverse("note-checkin", args=[pairing.pk]) in of_mentor
    of_mentee = as_(newcomer).get("/").content.decode()
    task = pairing.plan.tasks.first()
    assert reverse("sign-at-home", args=[task.pk]) in of_mentee


def test_one_tap_signs_for_the_mentee_and_then_for_the_mentor(as_, couple, hire, newcomer):
    guide = hire(Role.MENTOR, name="李静", locale="en")
    task = couple(mentor=guide, mentee=newcomer, tasks=[(1, 1)]).plan.tasks.get()
    url = reverse("sign-at-home", args=[task.pk])
    panel = as_(newcomer).post(url, **HTMX).content.decode()
    assert "Signed." in panel
    assert "Everything of this week is signed on your side." in panel
    panel = as_(guide).post(url, **HTMX).content.decode()
    assert "Nothing waits for your signature." in panel
    task.refresh_from_db()
    assert (task.done_on, task.mentor) == (TODAY, guide)
    assert as_(newcomer).post(url, **HTMX).status_code == 200
    assert task.sign_offs.count() == 2


def test_without_htmx_the_first_page_says_so(as_, couple, newcomer):
    task = couple(mentee=newcomer, tasks=[(1, 1)]).plan.tasks.get()
    response = as_(newcomer).post(reverse("sign-at-home", args=[task.pk]), follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Signed." in response.content.decode()


def test_a_week_to_come_is_refused_in_words(as_, couple, newcomer):
    task = couple(mentee=newcomer, tasks=[(4, 1)]).plan.tasks.get()
    url = reverse("sign-at-home", args=[task.pk])
    assert "k-bad" in as_(newcomer).post(url, **HTMX).content.decode()
    assert as_(newcomer).post(url, follow=True).status_code == 200
    task.refresh_from_db()
    assert task.mentee_signed_at is None


def test_a_former_mentor_does_not_find_the_task(as_, couple, hire, newcomer):
    guide = hire(Role.MENTOR)
    pairing = couple(mentor=guide, mentee=newcomer, tasks=[(1, 1)])
    pairing.ended_on, pairing.end_reason = TODAY, "changed"
    pairing.save()
    url = reverse("sign-at-home", args=[pairing.plan.tasks.get().pk])
    assert as_(guide).post(url).status_code == 404
    assert RoleGrant.objects.filter(user=guide, role=Role.MENTOR).exists()
