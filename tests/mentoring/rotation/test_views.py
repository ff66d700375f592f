import csv
from datetime import date, timedelta

import pytest
from django.urls import reverse

from mentoring.acts import DECIDE_ROTATIONS
from mentoring.rotation.models import Rotation, RotationEvaluation, RotationOffer
from tests.factories.courses import AudienceFactory, CompetencyFactory
from tests.factories.growth import OfferFactory, PlannedTaskFactory, RotationFactory, RotationTaskFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR, name="陈人力", department="centre"))


@pytest.fixture
def offer(host, company, today):
    days = {"begins_on": today + 10 * DAY, "ends_on": today + 20 * DAY, "apply_by": today + 5 * DAY}
    return OfferFactory(host=host, department=company["sales"], **days)


@pytest.fixture
def going(offer, agent, today):
    """Begun a week ago, over today."""
    days = {"begins_on": today - 7 * DAY, "ends_on": today}
    rotation = RotationFactory(offer=offer, person=agent, going=True, **days)
    RotationTaskFactory(rotation=rotation, due_on=today - DAY)
    return rotation


def page(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response


def titles(response):
    return [offer.title for offer in response.context["page"]]


def form_of(host, company, today, changes=()):
    return {
        "title": "售前轮岗",
        "about": "学会售前推荐",
        "department": company["sales"].pk,
        "host": host.employee_number,
        "begins_on": today + 10 * DAY,
        "ends_on": today + 20 * DAY,
        "apply_by": today + 5 * DAY,
        "places": 2,
        "audience": "",
        "plan": "1 | 旁听接待\n10｜独立接待十位客户",
    } | dict(changes)


def test_hr_offers_a_rotation_with_its_plan(hr, host, company, today):
    response = hr.post(reverse("rotation-offer-new"), form_of(host, company, today))

    offer = RotationOffer.objects.get()
    assert response["Location"] == offer.get_absolute_url()
    assert (offer.host, offer.places, offer.about) == (host, 2, "学会售前推荐")
    assert list(offer.tasks.values_list("text", "after_days")) == [("旁听接待", 0), ("独立接待十位客户", 9)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"host": "没有这个人"}, "host"),
        ({"title": ""}, "title"),
        ({"places": "0"}, "places"),
        ({"plan": "x | 旁听"}, "plan"),
        ({"plan": "0 | 旁听"}, "plan"),
        ({"plan": "30 | 旁听"}, "plan"),
        ({"begins_on": "2020-01-01", "ends_on": "2020-02-01", "apply_by": "2019-12-01"}, "apply_by"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
    ],
    ids=["nobody", "no title", "no place", "no day", "day nought", "after the end", "past", "turned round"],
)
def test_bad_input_is_refused_at_its_field(hr, host, company, today, changes, field):
    response = hr.post(reverse("rotation-offer-new"), form_of(host, company, today, changes))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert RotationOffer.objects.count() == 0


def test_host_is_found_by_name_when_only_one_has_it(hr, host, hire, company, today):
    url, other = reverse("rotation-offer-new"), hire(name="李静")
    hire(name="周敏")

    many = hr.post(url, form_of(host, company, today, {"host": "周敏"})).context["form"].errors["host"][0]
    hr.post(url, form_of(host, company, today, {"host": "李静"}))

    assert host.employee_number in many
    assert RotationOffer.objects.get().host == other


def test_edit_form_shows_what_there_is_and_keeps_it(hr, offer):
    PlannedTaskFactory(offer=offer, after_days=2)
    url = reverse("rotation-offer-edit", args=[offer.pk])
    initial = hr.get(url).context["form"]

    data = {name: initial[name].value() or "" for name in initial.fields}
    hr.post(url, data | {"title": "改名", "department": offer.department_id})

    offer.refresh_from_db()
    assert (offer.title, list(offer.tasks.values_list("text", "after_days"))) == ("改名", [("旁听五通投诉电话", 2)])


def test_withdrawing_an_offer(hr, offer, agent):
    rotation = RotationFactory(offer=offer, person=agent)

    hr.post(reverse("rotation-offer-withdraw", args=[offer.pk]))

    rotation.refresh_from_db()
    assert (rotation.state, titles(page(hr, "rotations"))) == ("declined", [])
    assert titles(page(hr, "rotations", state="all")) == [offer.title]


def test_trainee_sees_offers_and_which_are_for_others(agent, offer, as_, company, today):
    rule = [{"kind": "department", "value": [company["sales"].pk]}]
    other = OfferFactory(
        title="只给售前", audience=AudienceFactory(conditions=rule), apply_by=today, begins_on=today, ends_on=today
    )

    response = page(as_(agent), "rotations")

    assert titles(response) == [other.title, offer.title]
    assert response.context["for_me"] == {offer.pk}


def test_trainee_applies_once_from_the_offers_page(agent, offer, as_, supervisor):
    client, url = as_(agent), reverse("rotation-apply", args=[offer.pk])
    assert page(client, "rotation-offer", offer.pk).context["can_apply"]

    answers = [client.post(url, {"wish": "想学售前接待"})["Location"] for _ in range(2)]

    rotation = Rotation.objects.get()
    assert answers == [rotation.get_absolute_url()] * 2
    assert (rotation.wish, page(client, "rotation-offer", offer.pk).context["own"]) == ("想学售前接待", rotation)


def test_refused_application_says_why_on_the_page(agent, offer, as_):
    RotationFactory(offer=offer, going=True)

    response = as_(agent).post(reverse("rotation-apply", args=[offer.pk]), {"wish": "想学售前接待"})

    assert (response.status_code, Rotation.objects.filter(person=agent).count()) == (422, 0)
    assert "名额已满" in response.content.decode()


def test_supervisor_finds_what_waits_and_approves(supervisor, offer, agent, as_):
    rotation = RotationFactory(offer=offer, person=agent)
    client = as_(supervisor)
    assert page(client, "rotations").context["waiting"] == [rotation]
    assert page(client, "rotation", rotation.pk).context["may_decide"]

    client.post(reverse("rotation-decide", args=[rotation.pk]), {"decision": "approve", "reason": ""})

    rotation.refresh_from_db()
    assert (rotation.state, rotation.decided_by) == ("approved", supervisor)


def test_declining_without_a_reason_is_refused_at_its_field(supervisor, offer, agent, as_):
    rotation = RotationFactory(offer=offer, person=agent)

    response = as_(supervisor).post(reverse("rotation-decide", args=[rotation.pk]), {"decision": "decline"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])


def test_supervisor_of_others_neither_sees_nor_decides(offer, agent, hire, as_):
    rotation = RotationFactory(offer=offer, person=agent)
    client = as_(hire(Role.SUPERVISOR, department="sales"))

    url = reverse("rotation-decide", args=[rotation.pk])
    assert client.post(url, {"decision": "approve"}).status_code == 404
    assert list(page(client, "rotations-all").context["page"]) == []


def test_person_ticks_off_and_host_confirms(going, agent, host, as_):
    task = going.tasks.get()
    as_(agent).post(reverse("rotation-tick", args=[task.pk]), {"done": "1", "note": "五通"})
    as_(host).post(reverse("rotation-confirm", args=[task.pk]))

    task.refresh_from_db()
    assert (task.note, task.confirmed_by, bool(task.done_at)) == ("五通", host, True)


def test_supervisor_cannot_tick_for_the_person(going, supervisor, as_):
    task = going.tasks.get()

    response = as_(supervisor).post(reverse("rotation-tick", args=[task.pk]), follow=True)

    task.refresh_from_db()
    assert (task.done_at, "只能勾选自己的任务" in response.content.decode()) == (None, True)


def test_both_evaluate_and_it_is_finished(going, agent, host, as_):
    competency, url = CompetencyFactory(), reverse("rotation-evaluate", args=[going.pk])
    as_(host).post(url, {"text": "沟通很稳", "stars": "4", f"score-{competency.pk}": "80"})
    as_(agent).post(url, {"text": "收获很大", "stars": "5"})

    going.refresh_from_db()
    rows = RotationEvaluation.objects.order_by("pk").values_list("side", "stars", "scores__score")
    assert (going.state, list(rows)) == ("finished", [("host", 4, 80), ("person", 5, None)])


@pytest.mark.parametrize("data", [{"text": "", "stars": "4"}, {"text": "好"}, {"text": "好", "stars": "9"}])
def test_incomplete_evaluation_is_refused(going, host, as_, data):
    response = as_(host).post(reverse("rotation-evaluate", args=[going.pk]), data)

    assert (response.status_code, RotationEvaluation.objects.count()) == (422, 0)


def test_others_do_not_reach_the_evaluation(going, supervisor, as_):
    response = as_(supervisor).get(reverse("rotation-evaluate", args=[going.pk]))

    assert response["Location"] == going.get_absolute_url()


def test_host_stops_with_a_reason(going, host, as_, agent):
    client, url = as_(host), reverse("rotation-stop", args=[going.pk])
    assert client.post(url, {"reason": ""}).status_code == 422

    client.post(url, {"reason": "人手调整"})

    going.refresh_from_db()
    assert (going.state, going.decision_note) == ("stopped", "人手调整")
    assert as_(agent).get(url)["Location"] == going.get_absolute_url()


def test_person_withdraws(offer, agent, as_):
    rotation = RotationFactory(offer=offer, person=agent)

    as_(agent).post(reverse("rotation-withdraw", args=[rotation.pk]))

    rotation.refresh_from_db()
    assert rotation.state == "withdrawn"


def test_list_of_all_is_narrowed_sorted_and_exported(hr, offer, agent, hire):
    RotationFactory(offer=offer, person=agent)
    RotationFactory(offer=offer, person=hire(name="孙悦", department="sales"), going=True)

    def found(**query):
        return [row.person.name for row in page(hr, "rotations-all", **query).context["page"]]

    assert [found(sort="person"), found(state="approved"), found(q="wxm"), found(department=agent.department_id)] == [
        ["孙悦", "王小明"],
        ["孙悦"],
        ["王小明"],
        ["王小明"],
    ]
    content = b"".join(hr.get(reverse("rotations-export"), {"state": "approved"}).streaming_content)
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["孙悦"]


@pytest.mark.parametrize("rows", [1, 30])
def test_rotations_take_nine_queries(hr, rows, today, django_assert_max_num_queries):
    for offer in OfferFactory.create_batch(rows, apply_by=today + DAY, begins_on=today + DAY, ends_on=date(2030, 1, 1)):
        RotationFactory(offer=offer)

    with django_assert_max_num_queries(9):
        hr.get(reverse("rotations"))


@pytest.mark.parametrize("rows", [1, 30])
def test_all_rotations_take_eight_queries(hr, rows, django_assert_max_num_queries):
    RotationFactory.create_batch(rows)

    with django_assert_max_num_queries(8):
        hr.get(reverse("rotations-all"))


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_of_offer_and_rotation_take_eight_queries(hr, going, rows, django_assert_max_num_queries):
    RotationTaskFactory.create_batch(rows, rotation=going)
    for _ in range(rows):
        RotationFactory(offer=going.offer)

    with django_assert_max_num_queries(8):
        hr.get(going.offer.get_absolute_url())
    with django_assert_max_num_queries(8):
        hr.get(going.get_absolute_url())


def test_first_page_and_person_page_tell_of_rotations(going, agent, supervisor, as_, offer, hire):
    waiting = RotationFactory(offer=offer, person=hire(department="disputes", name="孙悦"))

    own = as_(agent).get("/").content.decode()
    client = as_(supervisor)
    home = client.get("/").content.decode()
    person = client.get(reverse("person", args=[agent.pk])).content.decode()

    link = going.get_absolute_url()
    assert [link in own, waiting.get_absolute_url() in home, link in person] == [True, True, True]


def test_deciding_is_for_hr_and_supervisors(hire):
    assert [hire(role).may(DECIDE_ROTATIONS) for role in (Role.HR, Role.SUPERVISOR, Role.TRAINEE, Role.MENTOR)] == [
        True,
        True,
        False,
        False,
    ]


def test_who_withdraws_before_the_decision_takes_no_place_and_reads_when(agent, offer, as_):
    rotation, client = RotationFactory(offer=offer, person=agent, state="applied"), as_(agent)
    before = page(client, "rotation", rotation.pk).content.decode()
    assert "名额会让给其他人" not in before
    assert "批准后这里显示任务计划" in before

    client.post(reverse("rotation-withdraw", args=[rotation.pk]))

    after = page(client, "rotation", rotation.pk).content.decode()
    assert "该申请已撤回" in after
    assert "批准后这里显示任务计划" not in after
