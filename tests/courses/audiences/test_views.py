import pytest
from django.urls import reverse

from courses.models import Audience
from tests.factories.courses import AssignmentFactory, AudienceFactory
from trainingsite.people.access.roles import Role


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


def text(response):
    return " ".join(response.content.decode().split())


def test_list_says_who_how_many_and_where_used(browse, company, hire):
    hire(department="disputes")
    care = AudienceFactory(name="售后全员", conditions=[{"kind": "department", "value": [company["care"].pk]}])
    AssignmentFactory(audience=care)
    AudienceFactory(name="没有人", conditions=[{"kind": "position", "value": [0]}])
    AudienceFactory(name="")

    rows = browse.get(reverse("audiences")).context["rows"]

    assert [(str(a), words, people, a.assigned) for a, words, people in rows] == [
        ("售后全员", "售后服务部及其下级部门", 1, 1),
        ("没有人", "一个已失效的条件", 0, 0),
    ]


def test_saved_audience_keeps_the_conditions_that_are_set(browse, company):
    response = browse.post(
        reverse("audience-new"),
        {"name": "新人", "department": [company["care"].pk], "hired_since": "2026-05-04"},
    )

    assert response.status_code == 302
    assert list(Audience.objects.values_list("name", "conditions")) == [
        (
            "新人",
            [
                {"kind": "department", "value": [company["care"].pk]},
                {"kind": "hired_since", "value": "2026-05-04"},
            ],
        )
    ]


def test_form_shows_what_was_saved(browse, company):
    audience = AudienceFactory(conditions=[{"kind": "department", "value": [company["care"].pk]}])

    form = browse.get(reverse("audience", args=[audience.pk])).context["form"]

    assert (form["name"].value(), form["department"].value()) == (audience.name, [company["care"].pk])


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "新人"}, "name"),
        ({"name": "甲", "hired_since": "2026-13-01"}, "hired_since"),
        ({"name": "甲", "department": ["0"]}, "department"),
        ({"name": "甲", "position": ["x"]}, "position"),
    ],
)
def test_bad_input_is_said_at_its_field_and_changes_nothing(browse, posted, field):
    AudienceFactory(name="新人")

    response = browse.post(reverse("audience-new"), posted)

    assert list(response.context["form"].errors) == [field]
    assert Audience.objects.count() == 1


def test_audience_in_use_is_not_deleted(browse):
    audience = AssignmentFactory().audience

    response = browse.post(reverse("audience-delete", args=[audience.pk]), follow=True)

    assert [str(m) for m in response.context["messages"]] == ["有培训计划正在使用这个人群，不能删除。"]
    assert Audience.objects.get() == audience


def test_preview_counts_and_names_the_first_people(browse, company, hire):
    for number in range(10):
        hire(department="disputes", name=f"客服{number}")

    response = browse.get(reverse("audience-preview"), {"audience-department": [company["disputes"].pk]})

    reach = response.context["reach"]
    assert (reach["count"], [p.name for p in reach["first"]], reach["more"], reach["everybody"]) == (
        10,
        [f"客服{n}" for n in range(8)],
        2,
        False,
    )


def test_preview_of_a_saved_audience(browse, company, hire):
    hire(department="disputes")
    saved = AudienceFactory(conditions=[{"kind": "department", "value": [company["disputes"].pk]}])

    response = browse.get(reverse("audience-preview"), {"audience-source": "saved", "audience-saved": saved.pk})

    assert response.context["reach"]["count"] == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"hired_since": "2199-01-01"}, "没有人符合条件"),
        ({}, "这是全公司所有人"),
        ({"hired_since": "never"}, "入职日期不早于: 输入一个有效的日期。"),
    ],
)
def test_preview_says_nobody_everybody_and_bad_input(browse, asked, said):
    assert said in text(browse.get(reverse("audience-preview"), asked))


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_ten_queries(as_, hr, company, django_assert_max_num_queries, count):
    rule = [{"kind": "department", "value": [company["care"].pk]}, {"kind": "position", "value": [0]}]
    AudienceFactory.create_batch(count, conditions=rule)
    browse = as_(hr)
    browse.get(reverse("audiences"))

    with django_assert_max_num_queries(10):
        browse.get(reverse("audiences"))
