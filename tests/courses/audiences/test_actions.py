from datetime import date

import pytest
from django.utils import translation

from courses.audiences.actions import delete_audience, describe, people_matching, save_audience, sizes
from courses.audiences.names import remembering
from courses.models import Audience
from tests.factories.courses import AssignmentFactory, AudienceFactory
from tests.factories.people import PersonFactory, PositionFactory
from trainingsite.core.errors import Refused

TODAY = date(2026, 6, 1)


def department(*places):
    return {"kind": "department", "value": [place.pk for place in places]}


def names(conditions, on=TODAY):
    return sorted(person.name for person in people_matching(conditions, on=on))


@pytest.fixture
def team(hire):
    """Three people: the care desk's, its complaint team's, and one of sales who came in May."""
    return [
        hire(name="售后", department="care"),
        hire(name="投诉", department="disputes"),
        hire(name="售前", department="sales", hired_on=date(2026, 5, 4)),
    ]


def test_no_condition_is_everybody_who_works_here(team, hire):
    hire(name="离职", left_on=date(2026, 5, 1))
    hire(name="未到", hired_on=date(2026, 7, 1))
    PersonFactory(name="接口", is_service=True)

    assert names([]) == ["售前", "售后", "投诉"]


def test_department_includes_everyone_below(team, company):
    assert names([department(company["care"])]) == ["售后", "投诉"]
    assert names([department(company["disputes"])]) == ["投诉"]


def test_several_departments_add_up(team, company):
    assert names([department(company["sales"], company["disputes"])]) == ["售前", "投诉"]


def test_department_of_a_longer_number_is_another(company, hire):
    """The path of department 1 must not match that of 11."""
    hire(name="售后", department="care")
    assert names([{"kind": "department", "value": [company["care"].pk * 10]}]) == []


def test_position(hire):
    lead = PositionFactory(name="客服组长")
    hire(name="组长", position=lead)
    hire(name="组员")

    assert names([{"kind": "position", "value": [lead.pk]}]) == ["组长"]


def test_hired_since_includes_the_day(team):
    assert names([{"kind": "hired_since", "value": "2026-05-04"}]) == ["售前"]
    assert names([{"kind": "hired_since", "value": "2026-05-05"}]) == []


def test_all_conditions_must_hold(team, company):
    assert names([department(company["care"]), {"kind": "hired_since", "value": "2026-05-04"}]) == []


@pytest.mark.parametrize(
    "broken", [{"kind": "moon", "value": 1}, {"kind": "hired_since", "value": "soon"}, {"kind": "position"}]
)
def test_broken_rule_is_refused_and_said(db, broken):
    with pytest.raises(Refused) as refusal:
        people_matching([broken], on=TODAY)

    assert refusal.value.code == "audience_broken"
    with translation.override("en"):
        assert describe([broken]) == "a condition that no longer means anything"


def test_rule_in_words(company):
    lead, agent = PositionFactory(name="客服组长"), PositionFactory(name="售后客服")
    rule = [
        department(company["care"]),
        {"kind": "position", "value": [lead.pk, agent.pk]},
        {"kind": "hired_since", "value": "2026-05-04"},
    ]

    with translation.override("en"):
        assert describe(rule) == "售后服务部 and everyone below; 客服组长, 售后客服; hired since May 4, 2026"
        assert describe([]) == "everybody in the company"


def test_words_name_what_is_gone(company):
    with translation.override("en"):
        assert describe([{"kind": "department", "value": [0]}]) == "a condition that no longer means anything"


def test_remembered_names_take_one_query(company, django_assert_num_queries):
    rule = [department(company["care"])]

    with django_assert_num_queries(1), remembering():
        assert len({describe(rule) for _ in range(5)}) == 1


def test_sizes_of_many_audiences_take_one_query(team, company, django_assert_num_queries):
    care = AudienceFactory(conditions=[department(company["care"])])
    everybody, nobody = AudienceFactory(), AudienceFactory(conditions=[{"kind": "position", "value": [0]}])

    with django_assert_num_queries(1):
        assert sizes([care, everybody, nobody], on=TODAY) == {care.pk: 2, everybody.pk: 3, nobody.pk: 0}


def test_name_is_taken_once(db):
    save_audience("新人", [], owner=None)

    with pytest.raises(Refused) as refusal:
        save_audience(" 新人 ", [], owner=None)

    assert (refusal.value.field, refusal.value.code) == ("name", "name_taken")
    assert Audience.objects.count() == 1


def test_audiences_without_a_name_are_many_and_not_listed(db):
    save_audience("", [], owner=None)
    save_audience("", [], owner=None)

    assert (Audience.objects.count(), Audience.objects.saved().count()) == (2, 0)


def test_audience_in_use_stays(db):
    audience = AssignmentFactory().audience

    with pytest.raises(Refused) as refusal:
        delete_audience(audience)

    assert refusal.value.code == "audience_in_use"
    assert Audience.objects.get() == audience


def test_unused_audience_can_go(db):
    delete_audience(AudienceFactory())

    assert not Audience.objects.exists()
