"""What is kept in mind: who counts, in which groups, and who sees it."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Card, Review
from assessments.practice.models import Grade
from assessments.practice.retention import Figure, by_team, by_topic, in_detail, over_time, overall
from assessments.practice.scheduling import after, terms
from tests.assessments.practice.practising import DAY, noon
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory
from trainingsite.core import clock
from trainingsite.core.templatetags.kit import thousands
from trainingsite.people.access.roles import Role

MONDAY = date(2026, 6, 1)


@pytest.fixture
def topic(db):
    return TopicFactory(title="售后")


@pytest.fixture
def question(topic):
    return QuestionFactory(topic=topic)


def practised(person, question, *, right=True, day=MONDAY, **given):
    """An answer after three days for which 0.8 was predicted."""
    memory = after(None, Grade.RIGHT, day)
    card, _new = Card.objects.get_or_create(
        person=person, question=question, defaults={"began_on": day, "terms": terms(), **memory._asdict()}
    )
    facts = {"number": 1, "interval": 3, "predicted": 0.8, "fraction": int(right), "rating": 3 if right else 1} | given
    return Review.objects.create(
        card=card, person=person, version=question.current, day=day, at=noon(day), answer=["a"], **facts
    )


@pytest.fixture
def five(hire, question):
    """Five of 售后服务部, three of whom were right."""
    people = [hire(department="care") for _ in range(5)]
    for place, person in enumerate(people):
        practised(person, question, right=place < 3)
    return people


def test_the_share_of_right_ones_stands_beside_the_prediction(five, topic):
    figure = overall(Review.objects.all())
    assert figure == Figure(n=5, right=3, predicted=pytest.approx(0.8), people=5)
    assert (figure.share, figure.verdict) == (0.6, "as_predicted")
    assert figure.interval == (pytest.approx(0.231, abs=0.001), pytest.approx(0.882, abs=0.001))
    assert by_topic(Review.objects.all()).rows == [(topic, figure)]


def test_only_first_answers_after_a_day_at_least_count(five, question):
    person = five[0]
    practised(person, question, day=MONDAY + DAY, interval=0)
    practised(person, question, day=MONDAY + 2 * DAY, interval=None, predicted=None)
    practised(person, question, day=MONDAY + 3 * DAY, number=2, interval=None, predicted=None)
    assert overall(Review.objects.all()).n == 5


def test_fewer_than_five_people_are_not_shown(five, hire, topic, company):
    other = QuestionFactory(topic=TopicFactory(title="售前"))
    for _ in range(4):
        practised(hire(department="sales"), other)
    assert overall(Review.objects.filter(person__in=five[:4])) is None
    lines = by_topic(Review.objects.all())
    assert ([topic for topic, _figure in lines.rows], lines.hidden) == ([topic], 1)
    teams = by_team(Review.objects.all())
    assert ([team for team, _figure in teams.rows], teams.hidden) == ([company["care"]], 1)


def test_weeks_and_months_are_told_apart(five, question):
    for person in five:
        practised(person, question, day=MONDAY + 7 * DAY)
    weeks = over_time(Review.objects.all(), months=False)
    assert [(first, figure.right) for first, figure in weeks.rows] == [(MONDAY, 3), (MONDAY + 7 * DAY, 5)]
    assert [first for first, _figure in over_time(Review.objects.all(), months=True).rows] == [MONDAY]


@pytest.mark.parametrize(("right", "verdict"), [(100, "better"), (80, "as_predicted"), (50, "worse")])
def test_the_verdict_leaves_room_for_chance(right, verdict):
    assert Figure(100, right, 0.8, 9).verdict == verdict


def test_the_detail_is_topic_by_period_by_team(five, topic, company):
    ((found, first, team, figure),) = in_detail(Review.objects.all(), months=False)
    assert (found, first, team, figure.n) == (topic, MONDAY, company["care"], 5)


@pytest.fixture
def june(db):
    with clock.frozen(noon(MONDAY + 10 * DAY)):
        yield


def test_a_supervisor_sees_the_own_people_alone(as_, hire, five, june):
    own = as_(hire(Role.SUPERVISOR, department="care")).get("/practice/retention/").context
    assert (own["overall"].n, len(own["topics"].rows)) == (5, 1)
    assert own["topic_chart"]["series"][0]["data"] == [60.0]
    assert as_(hire(Role.SUPERVISOR, department="sales")).get("/practice/retention/").context["overall"] is None


def test_the_page_is_narrowed_by_department_and_period(as_, hire, five, june, company):
    client = as_(hire(Role.HR))

    def found(**query):
        return client.get("/practice/retention/", query).context["overall"]

    assert found(department=company["centre"].pk).n == 5
    assert found(department=company["sales"].pk) is None
    with clock.frozen(noon(MONDAY + 60 * DAY)):
        assert found(days=28) is None
        assert found(days="x") is not None
        assert found().n == 5


def test_department_filter_offers_the_own_ones_alone(as_, hire, five, june, company):
    def offered(role, **given):
        page = as_(hire(role, **given)).get("/practice/retention/")
        return set(page.context["filterset"].form.fields["department"].queryset)

    assert offered(Role.SUPERVISOR, department="care") == {company["care"], company["disputes"]}
    assert offered(Role.HR) >= {company["centre"], company["care"], company["sales"]}


def test_topic_leads_to_the_questions_missed_most(as_, hire, five, june, topic, question):
    easy = QuestionFactory(topic=topic)
    rare = QuestionFactory(topic=topic)
    for person in five:
        practised(person, easy)
    practised(five[0], rare, right=False)
    client = as_(hire(Role.HR))

    link = f"/practice/retention/topics/{topic.pk}/"
    assert link in client.get("/practice/retention/").content.decode()
    page = client.get(link)

    assert [(found, figure.share) for found, figure in page.context["rows"]] == [(question, 0.6), (easy, 1.0)]
    assert "/refreshers/new/most_missed/" in page.content.decode()


def test_supervisor_sees_there_the_own_people_and_plans_nothing(as_, hire, five, june, topic, question):
    link = f"/practice/retention/topics/{topic.pk}/"
    own = as_(hire(Role.SUPERVISOR, department="care")).get(link)
    assert ([found for found, _figure in own.context["rows"]], own.context["may_plan"]) == ([question], False)
    assert as_(hire(Role.SUPERVISOR, department="sales")).get(link).context["rows"] == []


def test_words_of_the_page_are_plain(as_, hire, five, june):
    page = as_(hire(Role.HR)).get("/practice/retention/").content.decode()
    assert "n = " not in page
    assert "置信区间" not in page
    assert "误差范围" in page
    assert thousands(2722) == "2,722"


def test_htmx_gets_the_part(as_, hire, five, june):
    part = as_(hire(Role.HR)).get("/practice/retention/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_the_csv_has_numbers_and_intervals(as_, hire, five, june):
    text = b"".join(as_(hire(Role.HR)).get("/practice/retention/export/")).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0][1] == "统计周期开始日"
    assert rows[1:] == [["售后", "2026-06-01", "售后服务部", "5", "5", "3", "60.0", "23.1", "88.2", "80.0"]]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_eight_queries(as_, hire, five, june, number):
    for place in range(number):
        question = QuestionFactory(topic=TopicFactory(title=f"模块 {place}"))
        for person in five:
            practised(person, question, day=MONDAY + (place % 9) * DAY)
    client = as_(hire(Role.HR))
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/practice/retention/")
    assert len(page.context["topics"].rows) == number + 1
    assert len(queries) <= 8


def test_machines_read_cards_and_answers(rest, five, question, topic):
    cards = rest("get", "/api/v1/practice/cards/?due_by=2026-06-30").json()["results"]
    assert len(cards) == 5
    assert (cards[0]["question"], cards[0]["topic"], cards[0]["due_on"]) == (question.code, topic.slug, "2026-06-03")
    (answer,) = rest("get", f"/api/v1/practice/reviews/?employee_number={five[4].employee_number}").json()["results"]
    assert (answer["right"], answer["interval"], answer["predicted"], answer["day"]) == (False, 3, 0.8, "2026-06-01")
    assert rest("get", "/api/v1/practice/reviews/?since=2026-06-02").json()["results"] == []
    assert rest("get", "/api/v1/practice/cards/?due_by=2026-06-01").json()["results"] == []
    assert rest("post", "/api/v1/practice/cards/", {}).status_code == 403
