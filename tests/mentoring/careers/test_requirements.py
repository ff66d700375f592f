from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from assessments.points.steps import Ask
from mentoring.careers.asks import asked_points
from mentoring.careers.conditions import Condition, Standing
from mentoring.careers.requirements import measure, standing_of
from mentoring.models import CareerStep
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.careers import StepFactory
from tests.factories.courses import CompetencyFactory
from tests.factories.points import entry_of, rule_of
from tests.factories.profiles import competency, need, profile_of
from trainingsite.people.models import User


@pytest.fixture
def step(jobs):
    """`step(points=300)` from 客服专员 P2 to 高级客服专员 P3."""

    def make(**asked):
        return StepFactory(from_position=jobs["A"], to_position=jobs["B"], **asked)

    return make


def one(person, step, now):
    """The only condition of the step, as the person stands: need, now, met."""
    [condition] = standing_of(person, step, at=now).conditions
    return condition.need, condition.now, condition.met


def test_a_step_that_asks_nothing_is_met_by_all(agent, step, now):
    standing = standing_of(agent, step(), at=now)

    assert (standing.conditions, standing.is_ready, standing.share) == ((), True, 100.0)


@pytest.mark.parametrize(("level", "percent"), [(2, 50.0), (4, 100.0), (5, 100.0)])
def test_fit_is_measured_by_the_profile_of_the_job_that_the_step_leads_to(
    agent, step, rated, jobs, now, level, percent
):
    empathy = competency("共情")
    profile_of(need(empathy, 4, 100), position=jobs["B"], grade="P3")
    profile_of(need(competency("打字"), 1, 100), position=jobs["A"])
    rated(agent, empathy, level)

    assert one(agent, step(fit=80), now) == (80, percent, percent >= 80)


def test_where_the_grade_stays_the_profile_of_the_persons_grade_counts(agent, step, rated, jobs, now):
    empathy = competency("共情")
    profile_of(need(empathy, 4, 100), position=jobs["B"], grade="P2")
    rated(agent, empathy, 3)

    assert one(agent, step(fit=70, to_grade=""), now) == (70, 75.0, True)


def test_where_there_is_no_profile_nobody_fits(agent, step, now):
    assert one(agent, step(fit=1), now) == (1, None, False)


@pytest.mark.parametrize(("level", "met"), [(None, False), (1, False), (2, True)])
def test_a_competency_is_asked_at_its_level_whatever_else_is_met(agent, step, rated, now, level, met):
    wanted = CompetencyFactory()
    if level:
        rated(agent, wanted, level)

    assert one(agent, step(competencies={wanted: 2}), now) == (2, level or 0, met)


@pytest.mark.parametrize(
    ("expires", "revoked", "met"), [(None, False, True), (0, False, True), (-1, False, False), (None, True, False)]
)
def test_only_a_valid_certificate_counts(agent, step, now, expires, revoked, met):
    wanted = CertificationFactory()
    day = now.date() + timedelta(days=1)  # the day after in UTC is today or tomorrow in Shanghai
    until = None if expires is None else day + timedelta(days=2 * expires)
    CertificateFactory(
        person=agent,
        certification=wanted,
        issued_on=date(2024, 1, 1),
        expires_on=until,
        revoked_at=now if revoked else None,
    )

    assert one(agent, step(certifications=[wanted]), now) == (1, int(met), met)


def test_points_are_the_balance_of_now(agent, step, boss, now):
    rule_of("external", points=120)
    entry_of(agent, at=now - timedelta(hours=1))

    assert one(agent, step(points=120), now) == (120, 120.0, True)
    assert one(boss, step(points=120, from_grade=""), now) == (120, 0.0, False)


def test_months_count_since_the_hiring_while_there_was_no_other_job(agent, step, now):
    [condition] = standing_of(agent, step(months=24), at=now).conditions

    assert (condition.now, condition.met) == (14, False)
    assert condition.by == agent.hired_on + relativedelta(months=24)


def test_months_at_the_grade_count_where_the_step_is_from_one_grade(agent, step, moved, jobs, now):
    moved(agent, now - timedelta(days=200), position=jobs["A"], grade="P1")
    moved(agent, now - timedelta(days=100), position=jobs["A"], grade="P2")

    assert one(agent, step(months=6), now) == (6, 3, False)
    assert one(agent, step(months=6, from_grade=""), now) == (6, 14, True)


def test_months_begin_anew_with_another_position(agent, step, moved, jobs, now):
    moved(agent, now - timedelta(days=200), position=jobs["C"], grade="P2")
    moved(agent, now - timedelta(days=40), position=jobs["A"], grade="P2")
    moved(agent, now - timedelta(days=5), name="王晓明")

    assert one(agent, step(months=1, from_grade=""), now) == (1, 1, True)


def test_appraisal_is_the_mean_of_what_people_judged_in_a_year(agent, step, boss, judged, now):
    first, second = CompetencyFactory.create_batch(2)
    judged(agent, first, 70, by=boss)
    judged(agent, second, 90, by=boss, source="appraisal", days=200)
    judged(agent, first, 10, by=boss, days=366)
    judged(agent, first, 20, by=None, source="quiz")

    assert one(agent, step(appraisal=80), now) == (80, 80.0, True)
    assert one(boss, step(appraisal=80, from_grade=""), now) == (80, None, False)


def test_everything_that_is_asked_is_told_in_words_and_kept(agent, step, jobs, now):
    empathy = CompetencyFactory(title="共情")
    asked = {"fit": 80, "points": 1200, "months": 24, "appraisal": 75}
    found = step(competencies={empathy: 2}, certifications=[CertificationFactory(title="投诉认证")], **asked)

    standing = standing_of(agent, found, at=now)

    assert [(c.text, c.need_text, c.now_text) for c in standing.conditions] == [
        ("岗位匹配度", "80 %", "–"),
        ("共情", "2 级", "–"),
        ("证书“投诉认证”", "有效", "未取得"),
        ("能力积分", "1,200 分", "0 分"),
        ("任职时间", "24 个月", "14 个月"),
        ("评估得分", "75 %", "–"),
    ]
    assert (standing.met, standing.total, len(standing.missing)) == (0, 6, 6)
    kept = Standing.of(standing.kept())
    assert [c.kind for c in kept.conditions] == [c.kind for c in standing.conditions]
    assert standing.kept()[1] == {
        "kind": "competency",
        "need": 2,
        "now": 0,
        "met": False,
        "ref": empathy.pk,
        "name": "共情",
    }


def test_what_is_nearly_met_does_not_read_as_met():
    assert Condition("fit", 80, 79.99, met=False).now_text == "79.9 %"
    assert Condition("points", 300, 299.9, met=False).now_text == "299.9 分"
    assert Condition("points", 300, 299.9, met=False).share == 99
    assert Condition("points", 300, 500, met=True).share == 100


@pytest.mark.parametrize("people", [1, 30])
def test_many_people_and_steps_are_measured_in_six_queries(
    hire, step, jobs, now, people, django_assert_max_num_queries
):
    profile_of(need(competency("共情"), 4, 100), position=jobs["B"])
    asked = {"fit": 80, "points": 10, "months": 3, "appraisal": 50, "certifications": [CertificationFactory()]}
    step(competencies={CompetencyFactory(): 1}, **asked)
    step(competencies={CompetencyFactory(): 2}, **asked, to_grade="P4")
    for _ in range(people):
        hire(position=jobs["A"], grade="P2")

    with django_assert_max_num_queries(7):
        steps = list(CareerStep.objects.whole())
        found = measure(User.objects.filter(position=jobs["A"]), steps, at=now)

    assert [len(standings) for _person, standings in found] == [2] * people
    assert {standing.total for _person, standings in found for standing in standings.values()} == {6}


def test_the_points_page_is_told_what_the_next_steps_ask(agent, step, now):
    found = step(points=300)
    step(points=500, from_grade="P9")
    step(months=3, to_grade="P4")

    asked = list(asked_points(agent, now.date()))

    assert asked == [Ask("高级客服专员 P3", 300, found.get_absolute_url())]
    assert list(asked_points(agent, now.date() - timedelta(days=1))) == []
