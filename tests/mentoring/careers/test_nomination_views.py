import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse

from mentoring.models import Nomination
from tests.factories.careers import NOON, NominationFactory, ReserveFactory, StepFactory
from trainingsite.core.days import company_day
from trainingsite.people.access.roles import Role

LIST, RESERVE = "/careers/nominations/", "/careers/reserve/"


@pytest.fixture
def step(jobs):
    return StepFactory(from_position=jobs["A"], to_position=jobs["B"], months=24)


@pytest.fixture
def nomination(agent, step, boss):
    kept = [{"kind": "months", "ref": None, "name": "", "need": 24, "now": 14, "met": False}]
    return NominationFactory(person=agent, step=step, nominated_by=boss, justification="业绩突出", standing=kept)


def names(response):
    return [row.person.name for row in response.context["page"]]


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_nominating_shows_what_is_missing_and_asks_why_in_spite_of_it(agent, boss, as_, step):
    client, url = as_(boss), reverse("nominate", args=[agent.pk, step.pk])
    page = client.get(url).content.decode()
    assert "14 个月 / 要求 24 个月" in page

    refused = client.post(url, {"reason": "带教了三名新人"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["justification"])
    made = client.post(url, {"reason": "带教了三名新人", "justification": "业绩突出"})

    assert made["Location"] == Nomination.objects.get().get_absolute_url()


def test_nominating_again_is_told_above_the_form(agent, boss, as_, step, nomination):
    url = reverse("nominate", args=[agent.pk, step.pk])

    answer = as_(boss).post(url, {"reason": "再来一次", "justification": "业绩突出"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["__all__"])
    assert Nomination.objects.count() == 1


def test_where_all_is_met_no_more_words_are_asked(agent, boss, as_, step):
    step.months = 12
    step.save()

    form = as_(boss).get(reverse("nominate", args=[agent.pk, step.pk])).context["form"]

    assert list(form.fields) == ["reason"]


def test_nobody_is_led_to_nominate_oneself_or_people_of_others(boss, hire, as_, step):
    client = as_(boss)

    for person in (boss, hire(department="sales")):
        assert client.get(reverse("nominate", args=[person.pk, step.pk])).status_code == 404


@pytest.fixture
def many(agent, jobs, step, nomination, hire, boss):
    """王小明 waits; 赵磊 was declined, 孙悦 is approved for July."""
    zhao, sun = hire(name="赵磊", department="sales"), hire(name="孙悦")
    NominationFactory(person=zhao, step=step, state="declined", decided_at=NOON, nominated_at=NOON + timedelta(days=1))
    other = StepFactory(from_position=jobs["A"], to_position=jobs["C"])
    NominationFactory(person=sun, step=other, approved=True, nominated_at=NOON + timedelta(days=2))
    return other


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["王小明"]),
        ("state=declined", ["赵磊"]),
        ("state=coming", ["孙悦"]),
        ("state=all", ["王小明", "赵磊", "孙悦"]),
        ("state=all&sort=-nominated", ["孙悦", "赵磊", "王小明"]),
        ("state=all&sort=person", ["孙悦", "王小明", "赵磊"]),
        ("state=all&q=zhaolei", ["赵磊"]),
        ("state=nonsense", ["王小明"]),
    ],
)
def test_nominations_are_filtered_and_sorted_by_the_address(hr, as_, many, query, found):
    assert names(as_(hr).get(f"{LIST}?{query}")) == found


def test_nominations_of_one_step_and_department(hr, as_, company, many):
    client = as_(hr)

    assert names(client.get(LIST, {"state": "all", "step": many.pk})) == ["孙悦"]
    assert names(client.get(LIST, {"state": "all", "department": company["sales"].pk})) == ["赵磊"]


def test_nobody_reads_of_what_is_proposed_for_oneself(hire, as_, step, many):
    own = NominationFactory(person=hire(Role.HR, name="吴人力"), step=step)
    client = as_(own.person)

    assert "吴人力" not in names(client.get(LIST, {"state": "all"}))
    assert client.get(own.get_absolute_url()).status_code == 404


def test_nominations_are_exported_as_they_are_listed(hr, as_, many):
    headings, row = rows_of(as_(hr).get(reverse("nominations-csv")))

    told = dict(zip(headings, row, strict=True))
    wanted = ("人员", "起点", "目标", "通道", "提名人", "已满足的要求数", "条件", "状态")
    assert {name: told[name] for name in wanted} == {
        "人员": "王小明",
        "起点": "客服专员 P2",
        "目标": "高级客服专员 P3",
        "通道": "专业通道",
        "提名人": "李主管",
        "已满足的要求数": "0",
        "条件": "1",
        "状态": "待审批",
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_nominations_take_eight_queries(hr, as_, step, hire, rows, django_assert_max_num_queries):
    for _ in range(rows):
        NominationFactory(person=hire(), step=step)
    client = as_(hr)

    with django_assert_max_num_queries(8):
        client.get(LIST)


def act(client, nomination, name, **data):
    return client.post(reverse(f"nomination-{name}", args=[nomination.pk]), data)


def test_hr_approves_and_reads_that_the_hr_system_keeps_the_person(hr, as_, now, nomination):
    client, day = as_(hr), company_day(now) + timedelta(days=3)
    page = client.get(nomination.get_absolute_url())
    assert list(page.context["forms"]) == ["approve", "decline"]
    assert f"编号 {nomination.person.external_id}" in page.content.decode()

    act(client, nomination, "approve", effective_on=day.isoformat(), note="同意")

    kept = Nomination.objects.get()
    assert (kept.state, kept.effective_on, kept.decided_by) == ("approved", day, hr)
    assert list(client.get(nomination.get_absolute_url()).context["forms"]) == ["call_off"]


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("approve", {}, "effective_on"),
        ("approve", {"effective_on": "2020-01-01"}, "effective_on"),
        ("approve", {"effective_on": "morgen"}, "effective_on"),
        ("decline", {"reason": " "}, "reason"),
        ("call-off", {"reason": "不"}, "__all__"),
    ],
)
def test_bad_input_is_named_in_its_form_and_decides_nothing(hr, as_, nomination, name, data, field):
    answer = act(as_(hr), nomination, name, **data)

    form = answer.context["forms"][name.replace("-", "_")]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert Nomination.objects.get().state == "open"


def test_who_nominated_takes_it_back_and_another_supervisor_is_refused(boss, hire, as_, nomination):
    other = hire(Role.SUPERVISOR, department="centre")
    refused = act(as_(other), nomination, "withdraw")
    assert (refused.status_code, Nomination.objects.get().state) == (422, "open")

    client = as_(boss)
    assert list(client.get(nomination.get_absolute_url()).context["forms"]) == ["withdraw"]
    act(client, nomination, "withdraw", reason="先轮岗")

    assert (Nomination.objects.get().state, Nomination.objects.get().decision_note) == ("withdrawn", "先轮岗")


def test_hr_declines_with_a_reason(hr, as_, nomination):
    act(as_(hr), nomination, "decline", reason="再积累半年")

    assert (Nomination.objects.get().state, Nomination.objects.get().decision_note) == ("declined", "再积累半年")


def test_hr_is_shown_on_the_first_page_what_waits(hr, as_, nomination):
    assert "1 个晋升提名待审批" in as_(hr).get("/").content.decode()


@pytest.fixture
def listed(agent, hire, jobs, step):
    """王小明 is ready within a year, 赵磊 now, 孙悦 later for another step."""
    ReserveFactory(person=agent, step=step)
    ReserveFactory(person=hire(name="赵磊", department="sales"), step=step, readiness="now", note="带过大促")
    other = StepFactory(from_position=jobs["A"], to_position=jobs["C"])
    ReserveFactory(person=hire(name="孙悦"), step=other, readiness="later")
    return other


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["赵磊", "王小明", "孙悦"]),
        ("readiness=year", ["王小明"]),
        ("sort=-person", ["赵磊", "王小明", "孙悦"]),
        ("q=sy", ["孙悦"]),
        ("readiness=nonsense", ["赵磊", "王小明", "孙悦"]),
    ],
)
def test_the_reserve_list_is_filtered_and_sorted_by_the_address(hr, as_, listed, query, found):
    assert names(as_(hr).get(f"{RESERVE}?{query}")) == found


def test_a_supervisor_keeps_a_reserve_list_of_the_own_people(boss, as_, agent, step, listed):
    client = as_(boss)
    assert names(client.get(RESERVE)) == ["王小明", "孙悦"]
    url = reverse("reserve-keep", args=[agent.pk, step.pk])
    assert client.get(url).context["form"].initial["readiness"] == "year"

    client.post(url, {"readiness": "now", "note": "随时可上"})
    row = agent.reserves.get()
    assert (row.readiness, row.note) == ("now", "随时可上")
    client.post(reverse("reserve-remove", args=[row.pk]), {"reason": "转岗"})

    assert names(client.get(RESERVE)) == ["孙悦"]
    assert client.get(reverse("reserve-remove", args=[row.pk])).status_code == 404


def test_who_is_in_the_job_can_be_nominated_from_the_list(hr, as_, agent, step, listed):
    page = as_(hr).get(RESERVE).content.decode()

    assert page.count("/nominate/") == 1
    assert reverse("nominate", args=[agent.pk, step.pk]) in page


def test_bad_input_lists_nobody(boss, as_, agent, step):
    answer = as_(boss).post(reverse("reserve-keep", args=[agent.pk, step.pk]), {"readiness": "someday"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["readiness"])
    assert agent.reserves.count() == 0


def test_the_reserve_list_is_exported(hr, as_, listed):
    rows = rows_of(as_(hr).get(reverse("reserve-csv"), {"readiness": "now"}))

    assert [row[0] for row in rows] == ["人员", "赵磊"]
    assert rows[1][6:8] == ["现在即可胜任", "带过大促"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_reserve_list_takes_eight_queries(hr, as_, step, hire, rows, django_assert_max_num_queries):
    for _ in range(rows):
        ReserveFactory(person=hire(), step=step)
    client = as_(hr)

    with django_assert_max_num_queries(8):
        client.get(RESERVE)


def test_candidates_come_by_how_much_of_the_step_they_meet(boss, as_, hire, jobs, now, agent, company):
    step = StepFactory(from_position=jobs["A"], to_position=jobs["B"], months=12, appraisal=60)
    day = now.date()
    hire(name="赵磊", position=jobs["A"], grade="P2", hired_on=day - timedelta(days=20))
    hire(name="孙悦", position=jobs["A"], grade="P2", hired_on=day - timedelta(days=200))
    hire(name="外部", position=jobs["A"], grade="P2", department="sales")
    hire(name="周敏", position=jobs["A"], grade="P1")
    hire(name="已离职", position=jobs["A"], grade="P2", left_on=day)
    ReserveFactory(person=agent, step=step)

    page = as_(boss).get(reverse("career-candidates", args=[step.pk])).context["page"]

    found = [(person.name, standing.met, person.is_listed) for person, standing in page]
    assert found == [("王小明", 1, True), ("孙悦", 0, False), ("赵磊", 0, False)]


def test_candidates_are_found_by_name(hr, as_, agent, step, hire, jobs):
    hire(name="赵磊", position=jobs["A"], grade="P2")

    page = as_(hr).get(reverse("career-candidates", args=[step.pk]), {"q": "zhao"}).context["page"]

    assert [person.name for person, _standing in page] == ["赵磊"]


@pytest.mark.parametrize("rows", [1, 30])
def test_candidates_take_nine_queries(hr, as_, jobs, hire, rows, django_assert_max_num_queries):
    asked = {"fit": 80, "points": 10, "months": 1, "appraisal": 50}
    step = StepFactory(from_position=jobs["A"], to_position=jobs["B"], **asked)
    for _ in range(rows):
        hire(position=jobs["A"], grade="P2")
    client = as_(hr)

    with django_assert_max_num_queries(9):
        client.get(reverse("career-candidates", args=[step.pk]))
