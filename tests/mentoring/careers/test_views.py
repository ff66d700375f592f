from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import reverse

from mentoring.careers.conditions import Condition
from mentoring.careers.shown import way_on
from mentoring.models import CareerStep
from tests.factories.assessments import CertificationFactory
from tests.factories.careers import NOON, NominationFactory, StepFactory
from tests.factories.courses import CompetencyFactory
from tests.factories.people import PositionFactory
from tests.factories.profiles import competency, need, profile_of
from trainingsite.people.access.roles import Role

GRAPH, MINE = "/careers/", "/me/career/"


@pytest.fixture
def step(jobs):
    """客服专员 P2 → 高级客服专员 P3, which asks all six kinds of conditions."""
    empathy = competency("共情")
    profile_of(need(empathy, 4, 100), position=jobs["B"])
    return StepFactory(
        from_position=jobs["A"],
        to_position=jobs["B"],
        competencies={empathy: 3},
        certifications=[CertificationFactory(title="投诉认证")],
        fit=80,
        points=300,
        months=24,
        appraisal=75,
    )


@pytest.fixture
def ladder(jobs, step):
    """Beyond the step: 高级客服专员 of every grade → 组长 M1, on the leadership track."""
    return StepFactory(from_position=jobs["B"], from_grade="", to_position=jobs["C"], to_grade="M1", track="leadership")


def test_the_graph_shows_jobs_level_by_level_and_where_i_am(agent, as_, ladder):
    graph = as_(agent).get(GRAPH).context["graph"]

    shown = [[(job.name, job.grade, job.is_mine, job.people) for job in level] for level in graph.levels]
    assert shown == [
        [("客服专员", "P2", True, None)],
        [("高级客服专员", "P3", False, None)],
        [("高级客服专员", "", False, None)],
        [("组长", "M1", False, None)],
    ]
    assert [(str(arrow.step or ""), arrow.asks) for arrow in graph.arrows] == [
        ("", 0),
        ("客服专员 P2 → 高级客服专员 P3", 6),
        ("高级客服专员 → 组长 M1", 0),
    ]


def test_a_supervisor_sees_how_many_of_the_own_people_hold_each_job(hire, boss, as_, agent, jobs, ladder):
    hire(position=jobs["B"], grade="P3", department="care")
    hire(position=jobs["B"], grade="P4", department="care")
    hire(position=jobs["B"], grade="P3", department="sales")

    graph = as_(boss).get(GRAPH).context["graph"]

    assert [job.people for job in graph.jobs] == [1, 1, 2, 0]


def test_the_graph_is_told_as_a_list_for_who_cannot_see_it(agent, as_, ladder):
    page = as_(agent).get(GRAPH).content.decode()

    assert page.index("第 4 级") < page.index("第 1 级")
    assert page.count(reverse("career-step", args=[ladder.pk])) == 2


def test_without_steps_hr_is_led_to_the_first_one_and_others_wait(agent, hr, as_):
    assert reverse("career-step-new") in as_(hr).get(GRAPH).content.decode()
    assert reverse("career-step-new") not in as_(agent).get(GRAPH).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_graph_takes_five_queries(hr, as_, rows, django_assert_max_num_queries):
    jobs = PositionFactory.create_batch(rows + 1)
    for begin, end in pairwise(jobs):
        StepFactory(from_position=begin, to_position=end, to_grade="P2", competencies={CompetencyFactory(): 1})
    client = as_(hr)

    with django_assert_max_num_queries(5):
        assert len(client.get(GRAPH).context["graph"].levels) == rows + 1


def test_my_career_says_where_i_am_what_is_missing_and_what_comes_after(agent, as_, rated, step, ladder):
    [wanted] = [row.competency for row in step.competencies.all()]
    rated(agent, wanted, 3)

    page = as_(agent).get(MINE)

    career = page.context["career"]
    assert (career.months, career.since) == (14, agent.hired_on)
    [following] = career.nexts
    assert [(c.kind, c.met) for c in following.standing.conditions] == [
        ("fit", False),
        ("competency", True),
        ("certificate", False),
        ("points", False),
        ("months", False),
        ("appraisal", False),
    ]
    assert following.standing.conditions[0].now_text == "75 %"
    assert career.later == [ladder]
    text = page.content.decode()
    assert "已满足 1 / 6 项" in text
    fit = following.standing.conditions[0]
    assert reverse("role-profile", args=[fit.ref]) in text  # of the job that the step leads to
    assert reverse("my-certificates") in text
    assert reverse("my-points") in text
    assert reverse("nominate", args=[agent.pk, step.pk]) not in text


def test_without_a_position_my_career_says_so(hire, as_):
    career = as_(hire()).get(MINE).context["career"]

    assert (career.nexts, career.later) == ([], [])


@pytest.mark.parametrize("rows", [1, 10])
def test_my_career_takes_nine_queries(agent, as_, jobs, step, rows, django_assert_max_num_queries):
    for number in range(rows):
        target = PositionFactory()
        profile_of(need(competency("共情"), 2, 100), position=target)
        asked = {"fit": 80, "points": 10, "months": 1, "appraisal": 50, "certifications": [CertificationFactory()]}
        StepFactory(
            from_position=jobs["A"],
            to_position=target,
            to_grade=f"P{number}",
            **asked,
            competencies={CompetencyFactory(): 1},
        )
    client = as_(agent)

    with django_assert_max_num_queries(9):
        assert len(client.get(MINE).context["career"].nexts) == rows + 1


def test_a_supervisor_opens_the_career_of_the_own_people_with_ways_to_act(agent, boss, hire, as_, step):
    stranger = hire(department="sales")
    client = as_(boss)

    page = client.get(reverse("person-career", args=[agent.pk])).content.decode()

    assert reverse("nominate", args=[agent.pk, step.pk]) in page
    assert reverse("reserve-keep", args=[agent.pk, step.pk]) in page
    assert client.get(reverse("person-career", args=[stranger.pk])).status_code == 404


def test_the_own_career_offers_nobody_to_nominate_oneself(hire, as_, jobs, step):
    boss = hire(Role.SUPERVISOR, position=jobs["A"], grade="P2")

    page = as_(boss).get(reverse("person-career", args=[boss.pk])).content.decode()

    assert reverse("nominate", args=[boss.pk, step.pk]) not in page


def test_the_page_of_a_person_shows_the_next_steps(agent, boss, as_, step):
    page = as_(boss).get(reverse("person", args=[agent.pk])).content.decode()

    assert reverse("person-career", args=[agent.pk]) in page
    assert "高级客服专员 P3" in page


def form(jobs, **changes):
    data = {
        "from_position": jobs["A"].pk,
        "from_grade": "P2",
        "to_position": jobs["B"].pk,
        "to_grade": "P3",
        "track": "professional",
    }
    return data | changes


def test_hr_makes_a_step_with_what_it_asks(hr, as_, jobs):
    wanted, certificate = CompetencyFactory(), CertificationFactory()
    asked = {"fit": "80", "months": "12", "certifications": [certificate.pk], "competencies": [f"{wanted.pk}:2"]}

    answer = as_(hr).post(reverse("career-step-new"), form(jobs, **asked))

    step = CareerStep.objects.get()
    assert answer["Location"] == step.get_absolute_url()
    assert (step.fit, step.points, step.months, step.appraisal) == (80, None, 12, None)
    assert list(step.competencies.values_list("competency", "level")) == [(wanted.pk, 2)]
    assert [each.pk for each in step.certifications.all()] == [certificate.pk]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_position": ""}, "from_position"),
        ({"fit": "101"}, "fit"),
        ({"months": "0"}, "months"),
        ({"points": "-1"}, "points"),
        ({"track": "sideways"}, "track"),
        ({"competencies": ["0:1"]}, "competencies"),
        ({"competencies": ["x"]}, "competencies"),
    ],
)
def test_bad_input_is_named_at_its_field_and_makes_no_step(hr, as_, jobs, changes, field):
    answer = as_(hr).post(reverse("career-step-new"), form(jobs, **changes))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert CareerStep.objects.count() == 0


def test_a_loop_is_told_at_the_field_with_its_positions(hr, as_, jobs, ladder):
    answer = as_(hr).post(
        reverse("career-step-new"),
        form(jobs, from_position=jobs["C"].pk, from_grade="", to_position=jobs["A"].pk, to_grade="P2"),
    )

    [error] = answer.context["form"].errors["to_position"]
    assert error == "这条通道会绕回起点：组长 → 客服专员 P2 → 高级客服专员 P3 → 组长。"


def test_changing_a_step_begins_with_what_it_asks(hr, as_, step):
    initial = as_(hr).get(reverse("career-step-edit", args=[step.pk])).context["form"].initial

    [row] = step.competencies.all()
    assert (initial["fit"], initial["competencies"]) == (80, [f"{row.competency_id}:3"])


def test_retiring_takes_the_step_off_the_graph_and_its_page_says_so(hr, as_, step):
    client = as_(hr)

    client.post(reverse("career-step-retire", args=[step.pk]))

    assert client.get(GRAPH).context["graph"] is None
    page = client.get(step.get_absolute_url())
    assert (page.context["may_edit"], "该阶梯已停用" in page.content.decode()) == (False, True)
    assert client.get(reverse("career-step-edit", args=[step.pk])).status_code == 404


def test_a_step_says_what_it_asks(agent, as_, step):
    asks = as_(agent).get(step.get_absolute_url()).context["asks"]

    assert [(condition.text, condition.need_text) for condition in asks] == [
        ("岗位匹配度", "80 %"),
        ("共情", "3 级"),
        ("证书“投诉认证”", "有效"),
        ("能力积分", "300 分"),
        ("任职时间", "24 个月"),
        ("评估得分", "75 %"),
    ]


def test_my_approved_promotion_stands_on_top_and_what_is_only_proposed_does_not(agent, as_, step, now):
    nomination = NominationFactory(person=agent, step=step)
    client = as_(agent)
    assert client.get(MINE).context["career"].coming is None

    nomination.state, nomination.decided_at = "approved", NOON
    nomination.effective_on = (now + timedelta(days=9)).date()
    nomination.save()

    assert client.get(MINE).context["career"].coming == nomination


@pytest.mark.parametrize(
    ("kind", "mine", "theirs"),
    [
        ("fit", "/role-profiles/7/", "/role-profiles/7/"),
        ("competency", "/people/{pk}/competencies/7/", "/people/{pk}/competencies/7/"),
        ("certificate", "/certificates/", ""),
        ("points", "/me/points/", "/people/{pk}/points/"),
        ("months", "", ""),
        ("appraisal", "/me/competencies/", "/people/{pk}/competencies/"),
    ],
)
def test_what_is_missing_leads_to_where_one_gets_on_with_it(agent, boss, kind, mine, theirs):
    condition = Condition(kind, 1, 0, met=False, ref=7)

    assert way_on(condition, agent, own=True) == mine.format(pk=agent.pk)
    assert way_on(condition, agent, own=False) == theirs.format(pk=agent.pk)


def test_who_is_no_trainee_is_led_to_pages_that_open(boss):
    urls = [way_on(Condition(kind, 1, 0, met=False), boss, own=True) for kind in ("fit", "certificate", "points")]

    assert urls == ["", "", f"/people/{boss.pk}/points/"]
